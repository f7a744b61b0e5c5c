"""Small files in the vocabularies of others, and what they come to."""

from __future__ import annotations

from pathlib import Path

from interlock.graph import KnowledgeGraph, Relationship, load

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix e: <http://e.example/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rov: <http://www.w3.org/ns/regorg#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdno: <http://www.wikidata.org/prop/novalue/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PEOPLE = """
e:ann a foaf:Person ; foaf:name "Ann Example" .
e:bob a foaf:Person ; foaf:name "Bob Example" .
e:acme a rov:RegisteredOrganization ; rov:legalName "Acme" .
e:big a org:Organization ; skos:prefLabel "Big" .
"""


def written(folder: Path, text: str, name: str = "data.trig") -> Path:
    """A file of this text, after the prefixes above."""
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str) -> KnowledgeGraph:
    """The graph of this text."""
    return load(written(folder, text))


def told(graph: KnowledgeGraph) -> list[str]:
    """Every relationship in one line: ``Ann Example | BOARD_SEAT director | Acme | 2011/2014``."""
    return sorted(_line(graph, tie) for tie in graph.relationships.values())


def warnings(graph: KnowledgeGraph) -> list[str]:
    """Subject and message of each warning."""
    return [f"{each.subject}: {each.message}" for each in graph.provenance.warnings]


def unread(graph: KnowledgeGraph) -> dict[str, int]:
    """What was left over, by the end of its IRI."""
    return {each.iri.replace("#", "/").rpartition("/")[2]: each.count for each in graph.provenance.unread}


def _line(graph: KnowledgeGraph, tie: Relationship) -> str:
    what = tie.role or tie.label if tie.role or tie.worded else ""
    parts = (f"{tie.kind} {what}".strip(), *filter(None, (tie.title and f"({tie.title})",)))
    ends = graph.entities[tie.source].name, graph.entities[tie.target].name
    return " | ".join(filter(None, (ends[0], " ".join(parts), ends[1], tie.interval.text)))
