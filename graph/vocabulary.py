"""How kinds and roles read, and which of them last: taken from the ontology and the roles, so that data may bring roles of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

import interlock.seeds.vocab as vocab
from interlock.graph.rdf import Statements, read
from interlock.graph.reading import Faults, Subject

SEEDS = Path(vocab.__file__).parent
"""The folder of the shipped data and its vocabulary."""


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of relationship, or a role in one.

    ``phrase`` reads from source to target, ``inverse`` back. What is ``lasting`` holds from its date on (who founded a company stays its
    founder); what is ``changing`` may pass to another while the case goes on (judges, counsel). ``iri`` is empty for a reading of its own.
    """

    name: str
    phrase: str
    inverse: str
    lasting: bool = False
    changing: bool = False
    iri: str = ""


@cache
def shipped_terms() -> dict[Node, Term]:
    """The terms of ``ontology.ttl`` and ``roles.ttl``."""
    return terms_of(read([SEEDS / "ontology.ttl", SEEDS / "roles.ttl"]))


def terms_of(statements: Statements) -> dict[Node, Term]:
    """Every class of relationships, and every role, that these statements define."""
    faults = Faults(statements)
    classes = {term.cls for term in vocab.RELATIONSHIP_TERMS.values()}
    found = {}
    for node, properties in statements.subjects.items():
        if node in classes or vocab.IL.Role in properties.get(RDF.type, ()):
            found[node] = _term(Subject(node, faults))
    return found


def _term(subject: Subject) -> Term:
    phrase, inverse = subject.text(vocab.IL.phrase), subject.text(vocab.IL.inverseLabel)
    name = subject.text(SKOS.prefLabel) or _local_name(subject.node)
    return Term(name, phrase or "", inverse or "", subject.flag(vocab.IL.lasting), subject.flag(vocab.IL.changing), subject.iri)


def _local_name(node: Node) -> str:
    return str(URIRef(str(node))).rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
