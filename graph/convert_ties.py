"""From RDF to records: claims, and the relationships that they speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Protocol

from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SDO
from rdflib.term import Node

import interlock.seeds.vocab as vocab
from interlock.graph.dates import PartialDate
from interlock.graph.errors import BadInput
from interlock.graph.intervals import UNKNOWN, Interval
from interlock.graph.model import ENDS, Claim, Entity, EntityKind, Relationship, RelationshipKind, Source, Stance, Status
from interlock.graph.rdf import abbreviate
from interlock.graph.reading import Subject, identify
from interlock.graph.status import derive_status, independent_sources
from interlock.graph.vocabulary import Term

IL = vocab.IL
RELATIONSHIP_KINDS: Final[dict[Node, RelationshipKind]] = {
    term.cls: RelationshipKind(kind) for kind, term in vocab.RELATIONSHIP_TERMS.items()
}
FOR_LIFE_AT_MOST: Final = frozenset({RelationshipKind.BOARD_SEAT, RelationshipKind.POSITION, RelationshipKind.OWNERSHIP})
"""What a person can hold while alive only: their death, where the data knows of it, ends it."""
_PARTS: Final = frozenset({RelationshipKind.PARTY, RelationshipKind.INVOLVEMENT, RelationshipKind.ASSOCIATION})
_STATUSES: Final = {str(concept): Status(name) for name, concept in vocab.STATUSES.items()}


@dataclass(frozen=True)
class Known:
    """What claims and relationships refer to."""

    terms: Mapping[Node, Term]
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]


def make_claim(subject: Subject, known: Known) -> Claim | None:
    """One statement of a source; None, and a fault, if it can't be made sense of."""
    about = [(Stance(stance), value) for stance, predicate in vocab.STANCES.items() for value in subject.values(predicate)]
    status = _STATUSES.get(str(subject.one(IL.status)))
    source = _source_of(subject, known)
    stated_by = subject.link(PROV.wasAttributedTo)
    if len(about) != 1:
        subject.fault(f"speaks of {len(about)} relationships. Give it one il:supports or one il:contradicts")
    if status is None:
        subject.fault(f"has no il:status that is known. Give one of {', '.join(map(abbreviate, vocab.STATUSES.values()))}")
    if stated_by and stated_by not in known.entities:
        subject.fault(f"is attributed to {stated_by}, which is not in the data")
    if len(about) != 1 or status is None or source is None:
        return None
    interval = subject.interval(IL.during) or UNKNOWN
    return Claim(
        id=identify(subject.iri),
        relationship=identify(str(about[0][1])),
        source=source,
        stance=about[0][0],
        status=status,
        interval=_observed(subject, interval, subject.dates(IL.observed)),
        summary=subject.text(DCTERMS.description),
        quote=subject.text(IL.quote),
        locator=subject.text(IL.locator),
        stated_by=stated_by,
        made=subject.date(DCTERMS.date),
        facts=subject.texts(DCTERMS.identifier),
        amounts=subject.amounts(),
    )


def make_relationship(subject: Subject, known: Known, claims: Sequence[Claim]) -> Relationship | None:
    """A relationship with what its claims add up to; None, and a fault, if it lacks an end or has no claim."""
    kind = next(RELATIONSHIP_KINDS[cls] for cls in subject.values(RDF.type) if cls in RELATIONSHIP_KINDS)
    terms = vocab.RELATIONSHIP_TERMS[kind.value]
    source = _end(subject, known, terms.source, kind, ENDS[kind][0])
    target = _end(subject, known, terms.target, kind, ENDS[kind][1])
    role, reading = _reading(subject, known, terms.cls)
    if not claims:
        subject.fault("has no claim: nobody says it. Add a claim in the graph of a source")
    if source is None or target is None or not claims:
        return None
    if source.id == target.id:
        subject.fault(f"leads from {source.id} to itself")
    supporting = [claim for claim in claims if claim.stance is Stance.SUPPORTS]
    interval = _interval(subject, kind, reading, whole_of(kind, source, target), claims)
    return Relationship(
        id=identify(subject.iri),
        iri=subject.iri,
        kind=kind,
        source=source.id,
        target=target.id,
        label=reading.phrase,
        inverse_label=reading.inverse,
        status=derive_status(claims, known.sources),
        independent_sources=independent_sources(known.sources[claim.source] for claim in supporting),
        interval=interval.announced_by(_told(kind, supporting, known.sources)),
        role=role.name if role else None,
        title=subject.text(SDO.roleName),
        side=subject.text(IL.side),
        share=subject.decimal(IL.share),
        outcome=subject.text(IL.outcome),
        amounts=subject.amounts(),
        stated=subject.text(IL.during),
        role_iri=role.iri if role else None,
        worded=bool(subject.values(IL.phrase)),
        claims=tuple(claims),
    )


def _source_of(subject: Subject, known: Known) -> str | None:
    graphs = subject.faults.statements.graphs[subject.node]
    name = next(iter(graphs))
    if len(graphs) != 1 or name is None:
        subject.fault("is not in the named graph of one source. Write it within source:… { … }")
        return None
    source = identify(str(name))
    if source not in known.sources:
        subject.fault(f"is in the graph {abbreviate(name)}, which is not described as an il:Source")
        return None
    return source


def _end(subject: Subject, known: Known, predicate: URIRef, kind: RelationshipKind, allowed: frozenset[EntityKind]) -> Entity | None:
    end = subject.link(predicate)
    if end is None:
        subject.fault(f"has no {abbreviate(predicate)}")
        return None
    entity = known.entities.get(end)
    if entity is None:
        subject.fault(f"refers to {end}, which is not in the data. Is it misspelt, or is its description missing?")
    elif entity.kind not in allowed:
        kinds = ", ".join(sorted(allowed))
        subject.fault(f"has the {entity.kind} {end} as {abbreviate(predicate)}; a {kind} takes one of {kinds} there")
    return entity


def _reading(subject: Subject, known: Known, cls: URIRef) -> tuple[Term | None, Term]:
    """Its role, and the term by which it reads: its own phrase, else its role's, else its kind's."""
    node = subject.one(ORG.role)
    role = known.terms.get(node) if node is not None else None
    if node is not None and (role is None or not role.phrase or not role.inverse):
        subject.fault(f"has the role {abbreviate(node)}, which is not defined as an il:Role with il:phrase and il:inverseLabel")
    kind = known.terms[cls]
    phrase, inverse = subject.text(IL.phrase), subject.text(IL.inverseLabel)
    if bool(phrase) != bool(inverse):
        subject.fault("has one of il:phrase and il:inverseLabel. Give both, or neither")
    lasting = kind.lasting or bool(role and role.lasting)
    if phrase and inverse:
        return role, Term(kind.name, phrase, inverse, lasting, bool(role and role.changing))
    return role, reads_as(kind, role)


def reads_as(kind: Term, role: Term | None) -> Term:
    """The term by which a relationship without words of its own reads: its role's, else its kind's; lasting if one of them is."""
    term, lasting = role or kind, kind.lasting or bool(role and role.lasting)
    return term if term.lasting == lasting else replace(term, lasting=lasting)


def whole_of(kind: RelationshipKind, source: Dated, target: Dated) -> Interval | None:
    """The interval of what this is a part of: a party's case or agreement, the event that one of the ends is, or a person's life."""
    if kind is RelationshipKind.PARTY:
        return target.interval
    if source.kind is EntityKind.PERSON and kind in FOR_LIFE_AT_MOST:
        return source.interval
    return next((end.interval for end in (source, target) if end.kind is EntityKind.EVENT and end.interval), None)


def _interval(subject: Subject, kind: RelationshipKind, reading: Term, whole: Interval | None, claims: Sequence[Claim]) -> Interval:
    """When it held: what is written, else what it is a part of, what its kind implies, and what was observed.

    What may change hands is not as long as its case unless somebody says so.
    """
    observed = [day for claim in claims if claim.stance is Stance.SUPPORTS for day in claim.interval.observed]
    return held(subject.interval(IL.during), whole, observed, manner_of(kind, reading), lambda make: _guard(subject, make))


class Dated(Protocol):
    """What an end says of how long a relationship to it can hold."""

    @property
    def kind(self) -> EntityKind: ...

    @property
    def interval(self) -> Interval | None: ...


class Manner(NamedTuple):
    """What a kind of relationship and its role say about how long it holds."""

    for_life_at_most: bool
    lasting: bool
    changing: bool


def manner_of(kind: RelationshipKind, reading: Term) -> Manner:
    """How long a relationship of this kind that reads so can hold."""
    return Manner(kind in FOR_LIFE_AT_MOST, reading.lasting, reading.changing)


def held(
    stated: Interval | None,
    whole: Interval | None,
    observed: Sequence[PartialDate],
    manner: Manner,
    guard: Callable[[Callable[[], Interval]], Interval | None],
) -> Interval:
    """When something held that has these dates; ``guard`` makes an interval, or tells why there is none."""
    interval = stated or UNKNOWN
    if whole is not None and (manner.for_life_at_most or stated is not None or not (observed or manner.changing)):
        interval = guard(lambda: interval.within(whole)) or interval
    lasting = interval.lasting() if manner.lasting else interval
    return (guard(lambda: lasting.observed_on(observed)) if observed else None) or lasting


def _told(kind: RelationshipKind, claims: Sequence[Claim], sources: Mapping[str, Source]) -> list[PartialDate]:
    """On which days it was said, as far as that is known: what a claim saw, when it was made, when its source was published.

    Nothing for what has its dates from the case or event that it is a part of.
    """
    if kind in _PARTS:
        return []
    said = [day for claim in claims if (day := claim.made or sources[claim.source].published) is not None]
    return [*said, *(day for claim in claims for day in claim.interval.observed)]


def _observed(subject: Subject, interval: Interval, days: Sequence[PartialDate]) -> Interval:
    return _guard(subject, lambda: interval.observed_on(days)) or interval


def _guard(subject: Subject, make: Callable[[], Interval]) -> Interval | None:
    try:
        return make()
    except BadInput as error:
        subject.fault(str(error))
        return None
