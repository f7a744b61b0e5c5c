"""The namespaces of others, and IRIs in them."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DC: Final = "http://purl.org/dc/elements/1.1/"
PROV: Final = "http://www.w3.org/ns/prov#"
ORG: Final = "http://www.w3.org/ns/org#"
TIME: Final = "http://www.w3.org/2006/time#"
SCHEMA: Final = "https://schema.org/"
SCHEMA_HTTP: Final = "http://schema.org/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
ROV: Final = "http://www.w3.org/ns/regorg#"
PERSON: Final = "http://www.w3.org/ns/person#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
CC: Final = "http://creativecommons.org/ns#"
EBG: Final = "http://data.businessgraph.io/ontology#"

WIKIBASE: Final = "http://wikiba.se/ontology#"
WD: Final = "http://www.wikidata.org/entity/"
WDT: Final = "http://www.wikidata.org/prop/direct/"
P: Final = "http://www.wikidata.org/prop/"
PS: Final = "http://www.wikidata.org/prop/statement/"
PQ: Final = "http://www.wikidata.org/prop/qualifier/"
PQV: Final = "http://www.wikidata.org/prop/qualifier/value/"
PR: Final = "http://www.wikidata.org/prop/reference/"
WDNO: Final = "http://www.wikidata.org/prop/novalue/"

SHORT: Final[dict[str, str]] = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", RDFS: "rdfs", SKOS: "skos", OWL: "owl", XSD: "xsd", DCTERMS: "dcterms", DC: "dc",
    PROV: "prov", ORG: "org", TIME: "time", SCHEMA: "schema", FOAF: "foaf", ROV: "rov", PERSON: "person", VCARD: "vcard", VOID: "void",
    DCAT: "dcat", CC: "cc", EBG: "ebg", WIKIBASE: "wikibase", WD: "wd", WDT: "wdt", PS: "ps", PQV: "pqv", PQ: "pq", PR: "pr", WDNO: "wdno",
    P: "p",
}  # fmt: skip
"""Namespace → the prefix by which messages call it; of two that fit the longer one comes first."""


def shorten(iri: str) -> str:
    """``org:memberDuring`` for an IRI in one of these namespaces, else ``<…>``."""
    for namespace, prefix in SHORT.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local:
            return f"{prefix}:{local}"
    return f"<{iri}>"


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def is_web_link(text: str) -> bool:
    """Is this an IRI that a browser may follow?"""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return text.startswith(("http://", "https://"))


def all_of(namespace: str, names: str) -> tuple[str, ...]:
    """IRIs of these names, which have spaces between them."""
    return tuple(namespace + name for name in names.split())
