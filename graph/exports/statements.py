"""From records to RDF: the opposite of ``interlock.graph.convert``, in the vocabulary that it reads.

What the loader doesn't read is not in the records, so not here either: properties that it has no use for, languages and datatypes of texts,
and in which graph it stands what is no claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, XSD, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, SDO, SKOS

from interlock.graph.convert_entities import expand
from interlock.graph.model import Amount, Claim, Entity, EntityKind, Relationship, RelationshipKind, Source, Stance, Status
from interlock.seeds import vocab

Node = ox.NamedNode | ox.BlankNode
Graph = ox.NamedNode | ox.DefaultGraph
IL = vocab.IL
DEFAULT: Final = ox.DefaultGraph()


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _fields(names: Mapping[URIRef, str]) -> tuple[tuple[ox.NamedNode, str], ...]:
    """Properties, and the fields of a record whose texts or dates they have as values."""
    return tuple((_node(predicate), name) for predicate, name in names.items())


TYPE, NAME, ALIAS, IDENTIFIER = map(_node, (RDF.type, SDO.name, SKOS.altLabel, DCTERMS.identifier))
SAME_AS, UNIT_OF, CAME_FROM, WENT_INTO = map(_node, (SDO.sameAs, ORG.unitOf, ORG.originalOrganization, ORG.resultingOrganization))
DIFFERENT = _node(OWL.differentFrom)
CREATOR, URL, DERIVED_FROM, ROLE, SHARE = map(_node, (DCTERMS.creator, SDO.url, PROV.hadPrimarySource, ORG.role, IL.share))
PHRASE, INVERSE, STATUS, DURING, OBSERVED = map(_node, (IL.phrase, IL.inverseLabel, IL.status, IL.during, IL.observed))
STATED_BY, AMOUNT, VALUE = map(_node, (PROV.wasAttributedTo, SDO.amount, SDO.value))
_CHANGE, _SOURCE, _CLAIM = map(_node, (ORG.ChangeEvent, IL.Source, IL.Claim))
_CLASSES: Final = {EntityKind(kind): _node(cls) for kind, cls in vocab.ENTITY_CLASSES.items()}
_TERMS: Final = {
    RelationshipKind(kind): (_node(term.cls), _node(term.source), _node(term.target)) for kind, term in vocab.RELATIONSHIP_TERMS.items()
}
_CONCEPTS: Final = {Status(name): _node(concept) for name, concept in vocab.STATUSES.items()}
_STANCES: Final = {Stance(name): _node(predicate) for name, predicate in vocab.STANCES.items()}
_OF_ENTITY: Final = _fields({
    DCTERMS.description: "description", IL.during: "stated", IL.caseNumber: "case_number", IL.court: "court", IL.signed: "signed",
    IL.fileDate: "filed", IL.closeDate: "closed", IL.abandoned: "abandoned", IL.outcome: "outcome",
})  # fmt: skip
_OF_SOURCE: Final = _fields({
    DCTERMS.title: "title", DCTERMS.publisher: "publisher", DCTERMS.issued: "published", IL.retrieved: "retrieved", IL.tier: "tier",
    DCTERMS.license: "licence",
})  # fmt: skip
_OF_TIE: Final = _fields({IL.during: "stated", SDO.roleName: "title", IL.side: "side", IL.outcome: "outcome"})
_OF_CLAIM: Final = _fields({DCTERMS.description: "summary", IL.quote: "quote", IL.locator: "locator", DCTERMS.date: "made"})
_OF_AMOUNT: Final = _fields({SDO.currency: "currency", SDO.description: "basis"})
_INTEGER, _DECIMAL, _DOUBLE = map(_node, (XSD.integer, XSD.decimal, XSD.double))


class Describer:
    """Describes records as quads; ``base`` is the IRI that ids leave out."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._amounts = count(1)

    def entity(self, entity: Entity) -> Iterator[ox.Quad]:
        """All that is said of an entity."""
        node = ox.NamedNode(entity.iri)
        is_change = entity.kind is EntityKind.EVENT and bool(entity.came_from or entity.went_into)
        yield ox.Quad(node, TYPE, _CHANGE if is_change else _CLASSES[entity.kind])
        yield _text(node, NAME, entity.name)
        yield from (_text(node, ALIAS, alias) for alias in entity.aliases)
        yield from (_text(node, IDENTIFIER, identifier) for identifier in entity.identifiers)
        implied = {expand(identifier) for identifier in entity.identifiers}
        yield from (_address(node, SAME_AS, iri) for iri in entity.same_as if iri not in implied)
        yield from _texts(node, entity, _OF_ENTITY)
        if entity.unit_of:
            yield ox.Quad(node, UNIT_OF, self.node(entity.unit_of))
        yield from (ox.Quad(node, CAME_FROM, self.node(id)) for id in entity.came_from)
        yield from (ox.Quad(node, WENT_INTO, self.node(id)) for id in entity.went_into)
        yield from (ox.Quad(node, DIFFERENT, self.node(id)) for id in entity.different_from)
        yield from self._sums(node, entity.amounts, DEFAULT)

    def source(self, source: Source) -> Iterator[ox.Quad]:
        """All that is said of a source."""
        node = ox.NamedNode(source.iri)
        yield ox.Quad(node, TYPE, _SOURCE)
        yield from _texts(node, source, _OF_SOURCE)
        yield from (_text(node, CREATOR, creator) for creator in source.creators)
        if source.url:
            yield _address(node, URL, source.url)
        yield from (ox.Quad(node, DERIVED_FROM, self.node(id)) for id in source.derived_from)

    def relationship(self, tie: Relationship) -> Iterator[ox.Quad]:
        """All that is said of a relationship, without its claims."""
        node = ox.NamedNode(tie.iri)
        cls, source, target = _TERMS[tie.kind]
        yield ox.Quad(node, TYPE, cls)
        yield ox.Quad(node, source, self.node(tie.source))
        yield ox.Quad(node, target, self.node(tie.target))
        if tie.role_iri:
            yield ox.Quad(node, ROLE, ox.NamedNode(tie.role_iri))
        if tie.worded:
            yield _text(node, PHRASE, tie.label)
            yield _text(node, INVERSE, tie.inverse_label)
        yield from _texts(node, tie, _OF_TIE)
        if tie.share is not None:
            yield _number(node, SHARE, tie.share, DEFAULT)
        yield from self._sums(node, tie.amounts, DEFAULT)

    def claim(self, claim: Claim) -> Iterator[ox.Quad]:
        """All that a source says in a claim, in the named graph of that source."""
        node, graph = self.node(claim.id), self.node(claim.source)
        yield ox.Quad(node, TYPE, _CLAIM, graph)
        yield ox.Quad(node, _STANCES[claim.stance], self.node(claim.relationship), graph)
        yield ox.Quad(node, STATUS, _CONCEPTS[claim.status], graph)
        yield from _texts(node, claim, _OF_CLAIM, graph)
        if claim.interval.text:
            yield _text(node, DURING, claim.interval.text, graph)
        yield from (_text(node, OBSERVED, day.text, graph) for day in claim.interval.observed)
        yield from (_text(node, IDENTIFIER, fact, graph) for fact in claim.facts)
        if claim.stated_by:
            yield ox.Quad(node, STATED_BY, self.node(claim.stated_by), graph)
        yield from self._sums(node, claim.amounts, graph)

    def node(self, id: str) -> ox.NamedNode:
        """What an id stands for: one that has a scheme is an IRI."""
        return ox.NamedNode(id if ":" in id else self._base + id)

    def _sums(self, node: ox.NamedNode, amounts: Iterable[Amount], graph: Graph) -> Iterator[ox.Quad]:
        for amount in amounts:
            blank = ox.BlankNode(f"amount{next(self._amounts)}")
            yield ox.Quad(node, AMOUNT, blank, graph)
            yield _number(blank, VALUE, amount.value, graph)
            yield from _texts(blank, amount, _OF_AMOUNT, graph)


def _address(node: ox.NamedNode, predicate: ox.NamedNode, iri: str) -> ox.Quad:
    """A link to somewhere else, which may have been written as a text because it is no IRI."""
    try:
        return ox.Quad(node, predicate, ox.NamedNode(iri))
    except ValueError:
        return _text(node, predicate, iri)


def _text(node: Node, predicate: ox.NamedNode, text: str, graph: Graph = DEFAULT) -> ox.Quad:
    return ox.Quad(node, predicate, ox.Literal(text), graph)


def _texts(node: Node, record: object, fields: Iterable[tuple[ox.NamedNode, str]], graph: Graph = DEFAULT) -> Iterator[ox.Quad]:
    for predicate, name in fields:
        value = getattr(record, name)
        if value is not None:
            yield ox.Quad(node, predicate, ox.Literal(str(value)), graph)


def _number(node: Node, predicate: ox.NamedNode, value: Decimal, graph: Graph) -> ox.Quad:
    """A number as it was most likely written: without a point, an integer."""
    text = str(value)
    kind = _DOUBLE if "E" in text else _DECIMAL if "." in text else _INTEGER
    return ox.Quad(node, predicate, ox.Literal(text, datatype=kind), graph)
