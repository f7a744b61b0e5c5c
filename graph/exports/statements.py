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
from rdflib.namespace import DCTERMS, ORG, PROV, SDO, SKOS

from interlock.graph.convert_entities import expand
from interlock.graph.dates import PartialDate
from interlock.graph.model import Amount, Claim, Entity, EntityKind, Relationship, Source
from interlock.seeds import vocab

IL = vocab.IL
DEFAULT: Final = ox.DefaultGraph()
_CONCEPTS: Final = {name: ox.NamedNode(str(concept)) for name, concept in vocab.STATUSES.items()}
_CLASSES: Final = {kind: str(cls) for kind, cls in vocab.ENTITY_CLASSES.items()}
_CHANGE: Final = str(ORG.ChangeEvent)


class Describer:
    """Describes records as quads; ``base`` is the IRI that ids leave out."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._amounts = count(1)

    def entity(self, entity: Entity) -> Iterator[ox.Quad]:
        """All that is said of an entity."""
        node = ox.NamedNode(entity.iri)
        is_change = entity.kind is EntityKind.EVENT and bool(entity.came_from or entity.went_into)
        yield _link(node, RDF.type, _CHANGE if is_change else _CLASSES[entity.kind.value])
        yield _text(node, SDO.name, entity.name)
        yield from (_text(node, SKOS.altLabel, alias) for alias in entity.aliases)
        yield from (_text(node, DCTERMS.identifier, identifier) for identifier in entity.identifiers)
        implied = {expand(identifier) for identifier in entity.identifiers}
        yield from (_address(node, SDO.sameAs, iri) for iri in entity.same_as if iri not in implied)
        yield from _texts(
            node,
            {
                DCTERMS.description: entity.description,
                IL.during: entity.stated,
                IL.caseNumber: entity.case_number,
                IL.court: entity.court,
                IL.signed: entity.signed,
                IL.fileDate: entity.filed,
                IL.closeDate: entity.closed,
                IL.abandoned: entity.abandoned,
                IL.outcome: entity.outcome,
            },
        )
        if entity.unit_of:
            yield _link(node, ORG.unitOf, self.iri(entity.unit_of))
        yield from (_link(node, ORG.originalOrganization, self.iri(id)) for id in entity.came_from)
        yield from (_link(node, ORG.resultingOrganization, self.iri(id)) for id in entity.went_into)
        yield from self._sums(node, entity.amounts, DEFAULT)

    def source(self, source: Source) -> Iterator[ox.Quad]:
        """All that is said of a source."""
        node = ox.NamedNode(source.iri)
        yield _link(node, RDF.type, str(IL.Source))
        yield from _texts(
            node,
            {
                DCTERMS.title: source.title,
                DCTERMS.publisher: source.publisher,
                DCTERMS.issued: source.published,
                IL.retrieved: source.retrieved,
                IL.tier: source.tier,
            },
        )
        yield from (_text(node, DCTERMS.creator, creator) for creator in source.creators)
        if source.url:
            yield _address(node, SDO.url, source.url)
        yield from (_link(node, PROV.hadPrimarySource, self.iri(id)) for id in source.derived_from)

    def relationship(self, tie: Relationship) -> Iterator[ox.Quad]:
        """All that is said of a relationship, without its claims."""
        node, term = ox.NamedNode(tie.iri), vocab.RELATIONSHIP_TERMS[tie.kind.value]
        yield _link(node, RDF.type, str(term.cls))
        yield _link(node, term.source, self.iri(tie.source))
        yield _link(node, term.target, self.iri(tie.target))
        if tie.role_iri:
            yield _link(node, ORG.role, tie.role_iri)
        yield from _texts(
            node,
            {
                IL.phrase: tie.label if tie.worded else None,
                IL.inverseLabel: tie.inverse_label if tie.worded else None,
                IL.during: tie.stated,
                SDO.roleName: tie.title,
                IL.side: tie.side,
                IL.outcome: tie.outcome,
            },
        )
        if tie.share is not None:
            yield _number(node, IL.share, tie.share, DEFAULT)
        yield from self._sums(node, tie.amounts, DEFAULT)

    def claim(self, claim: Claim) -> Iterator[ox.Quad]:
        """All that a source says in a claim, in the named graph of that source."""
        node, graph = ox.NamedNode(self.iri(claim.id)), ox.NamedNode(self.iri(claim.source))
        yield _link(node, RDF.type, str(IL.Claim), graph)
        yield _link(node, vocab.STANCES[claim.stance.value], self.iri(claim.relationship), graph)
        yield ox.Quad(node, _property(IL.status), _CONCEPTS[claim.status.value], graph)
        said = {
            DCTERMS.description: claim.summary,
            IL.quote: claim.quote,
            IL.locator: claim.locator,
            IL.during: claim.interval.text or None,
            DCTERMS.date: claim.made,
        }
        yield from _texts(node, said, graph)
        yield from (_text(node, IL.observed, day.text, graph) for day in claim.interval.observed)
        yield from (_text(node, DCTERMS.identifier, fact, graph) for fact in claim.facts)
        if claim.stated_by:
            yield _link(node, PROV.wasAttributedTo, self.iri(claim.stated_by), graph)
        yield from self._sums(node, claim.amounts, graph)

    def iri(self, id: str) -> str:
        """The IRI of an id: an id that has a scheme is one."""
        return id if ":" in id else self._base + id

    def _sums(self, node: ox.NamedNode, amounts: Iterable[Amount], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
        for amount in amounts:
            blank = ox.BlankNode(f"amount{next(self._amounts)}")
            yield ox.Quad(node, _property(SDO.amount), blank, graph)
            yield _number(blank, SDO.value, amount.value, graph)
            yield from _texts(blank, {SDO.currency: amount.currency, SDO.description: amount.basis}, graph)


_PROPERTIES: Final[dict[str, ox.NamedNode]] = {}


def _property(iri: str) -> ox.NamedNode:
    return _PROPERTIES.setdefault(iri, ox.NamedNode(iri))


def _link(node: ox.NamedNode, predicate: str, iri: str, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> ox.Quad:
    return ox.Quad(node, _property(predicate), ox.NamedNode(iri), graph)


def _address(node: ox.NamedNode, predicate: str, iri: str) -> ox.Quad:
    """A link to somewhere else, which may have been written as a text because it is no IRI."""
    try:
        return _link(node, predicate, iri)
    except ValueError:
        return _text(node, predicate, iri)


def _text(node: ox.NamedNode | ox.BlankNode, predicate: str, text: str, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> ox.Quad:
    return ox.Quad(node, _property(predicate), ox.Literal(text), graph)


def _texts(
    node: ox.NamedNode | ox.BlankNode, values: Mapping[URIRef, str | PartialDate | None], graph: ox.NamedNode | ox.DefaultGraph = DEFAULT
) -> Iterator[ox.Quad]:
    return (_text(node, predicate, str(value), graph) for predicate, value in values.items() if value is not None)


def _number(node: ox.NamedNode | ox.BlankNode, predicate: str, value: Decimal, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """A number as it was most likely written: without a point, an integer."""
    text = str(value)
    kind = XSD.double if "E" in text else XSD.decimal if "." in text else XSD.integer
    return ox.Quad(node, _property(predicate), ox.Literal(text, datatype=ox.NamedNode(str(kind))), graph)
