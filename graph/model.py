"""The records: entities, relationships, claims and sources. Immutable, and free of any library's types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from interlock.graph.dates import PartialDate
from interlock.graph.intervals import UNKNOWN, Interval


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "PERSON"
    COMPANY = "COMPANY"
    ORGANIZATION = "ORGANIZATION"
    BOARD = "BOARD"
    PRODUCT = "PRODUCT"
    AGREEMENT = "AGREEMENT"
    LAWSUIT = "LAWSUIT"
    REGULATORY_ACTION = "REGULATORY_ACTION"
    EVENT = "EVENT"


class RelationshipKind(StrEnum):
    """What a relationship is; it leads from its source to its target."""

    BOARD_SEAT = "BOARD_SEAT"
    POSITION = "POSITION"
    FOUNDING = "FOUNDING"
    OWNERSHIP = "OWNERSHIP"
    ACQUISITION = "ACQUISITION"
    INVESTMENT = "INVESTMENT"
    PARTY = "PARTY"
    OPERATION = "OPERATION"
    INVOLVEMENT = "INVOLVEMENT"
    PERSONAL = "PERSONAL"
    ASSOCIATION = "ASSOCIATION"


class Status(StrEnum):
    """How firmly something is known, strongest first; ``rank`` counts from 0."""

    CONFIRMED = "CONFIRMED"
    REPORTED = "REPORTED"
    ALLEGED = "ALLEGED"
    DISPUTED = "DISPUTED"
    DISMISSED = "DISMISSED"
    RETRACTED = "RETRACTED"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {status: rank for rank, status in enumerate(Status)}


class Stance(StrEnum):
    """Which side a claim takes."""

    SUPPORTS = "SUPPORTS"
    CONTRADICTS = "CONTRADICTS"


BOARD_SUFFIX = "-board"
"""What follows a company's id and IRI in those of a board that nobody spells out."""

PERSON, COMPANY, ORGANIZATION = EntityKind.PERSON, EntityKind.COMPANY, EntityKind.ORGANIZATION
_FIRM = frozenset({COMPANY, ORGANIZATION})
_ACTOR = _FIRM | {PERSON}
_MATTER = frozenset({EntityKind.AGREEMENT, EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION})
_ANY = frozenset(EntityKind) - {EntityKind.BOARD}

ENDS: dict[RelationshipKind, tuple[frozenset[EntityKind], frozenset[EntityKind]]] = {
    RelationshipKind.BOARD_SEAT: (frozenset({PERSON}), _FIRM),
    RelationshipKind.POSITION: (frozenset({PERSON}), _FIRM | {EntityKind.PRODUCT}),
    RelationshipKind.FOUNDING: (_ACTOR, _FIRM),
    RelationshipKind.OWNERSHIP: (_ACTOR, _FIRM),
    RelationshipKind.ACQUISITION: (_ACTOR, _FIRM | {EntityKind.PRODUCT}),
    RelationshipKind.INVESTMENT: (_ACTOR, _FIRM),
    RelationshipKind.PARTY: (_ACTOR, _MATTER),
    RelationshipKind.OPERATION: (_FIRM, frozenset({EntityKind.PRODUCT})),
    RelationshipKind.INVOLVEMENT: (_ACTOR, _MATTER | {EntityKind.EVENT}),
    RelationshipKind.PERSONAL: (frozenset({PERSON}), frozenset({PERSON})),
    RelationshipKind.ASSOCIATION: (_ANY, _ANY),
}
"""Kind → the kinds of entity allowed as its source, and as its target. A board is neither: a seat leads to its company."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money; ``currency`` is an ISO 4217 code, ``basis`` says of what (announced, at closing, a year), if known."""

    value: Decimal
    currency: str
    basis: str | None = None


@dataclass(frozen=True)
class Entity:
    """A node: a person, company, board, agreement, case, event …

    ``id`` is unique over the whole graph and stable; for IRIs of the graph's own base it is what follows the base (``entity/meta``).
    The fields from ``unit_of`` on belong to some kinds only. ``closed`` is when a case ended or a deal was carried out, ``abandoned`` when
    a deal was called off. Of a change (an event by which one organization became another) ``came_from`` and ``went_into`` are the ids of
    the organizations before and after. ``stated`` is the EDTF interval that is written of it; without one, ``interval`` follows from other
    dates. A board that the data doesn't spell out is ``implied`` by the seats on it.
    ``different_from`` are the ids of entities that this one is declared not to be.
    """

    id: str
    iri: str
    slug: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    identifiers: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    interval: Interval | None = None
    unit_of: str | None = None
    signed: PartialDate | None = None
    case_number: str | None = None
    court: str | None = None
    filed: PartialDate | None = None
    closed: PartialDate | None = None
    abandoned: PartialDate | None = None
    outcome: str | None = None
    amounts: tuple[Amount, ...] = ()
    came_from: tuple[str, ...] = ()
    went_into: tuple[str, ...] = ()
    stated: str | None = None
    implied: bool = False
    different_from: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, then its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Source:
    """A document that makes claims. ``derived_from`` are the ids of the sources that it declares to rest on, ``creators`` who wrote it.

    ``licence`` is that of what it says, as an SPDX identifier where there is one.
    """

    id: str
    iri: str
    title: str
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    retrieved: PartialDate | None = None
    derived_from: tuple[str, ...] = ()
    tier: str | None = None
    creators: tuple[str, ...] = ()
    licence: str | None = None


@dataclass(frozen=True)
class Claim:
    """One statement by one source about one relationship.

    ``status`` is how firmly the source says it; ``made`` is when it was said, where that isn't the day of publication; ``facts`` are the
    ids under which the statement was collected.
    """

    id: str
    relationship: str
    source: str
    stance: Stance
    status: Status
    interval: Interval = UNKNOWN
    summary: str | None = None
    quote: str | None = None
    locator: str | None = None
    stated_by: str | None = None
    made: PartialDate | None = None
    facts: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True)
class Relationship:
    """An edge with an identity: who, to whom, as what, when, by whose word.

    ``label`` reads from source to target ("co-founded"), ``inverse_label`` back ("was co-founded by"). ``status`` is derived from the
    claims (see ``interlock.graph.status``); ``independent_sources`` counts the supporting sources that don't repeat one another.
    ``outcome`` says what became of it: an acquisition that was undone. ``title`` is the very name of a post, where the role is coarser
    ("vice president of product partnerships", executive). ``stated`` is the EDTF interval that is written of it, of which ``interval`` is
    made; ``role_iri`` is the concept that its role is, and ``worded`` says whether its labels are its own rather than its role's or kind's.
    """

    id: str
    iri: str
    kind: RelationshipKind
    source: str
    target: str
    label: str
    inverse_label: str
    status: Status
    independent_sources: int
    interval: Interval = UNKNOWN
    role: str | None = None
    title: str | None = None
    side: str | None = None
    share: Decimal | None = None
    outcome: str | None = None
    amounts: tuple[Amount, ...] = ()
    stated: str | None = None
    role_iri: str | None = None
    worded: bool = False
    claims: tuple[Claim, ...] = field(default=(), repr=False)

    def other(self, entity: str) -> str:
        """The end that is not ``entity``."""
        return self.target if entity == self.source else self.source

    @cached_property
    def supporting(self) -> tuple[Claim, ...]:
        """The claims for it."""
        return tuple(claim for claim in self.claims if claim.stance is Stance.SUPPORTS)

    @cached_property
    def contradicting(self) -> tuple[Claim, ...]:
        """The claims against it."""
        return tuple(claim for claim in self.claims if claim.stance is Stance.CONTRADICTS)


@dataclass(frozen=True)
class Records:
    """What a graph is made of, each by its id; ``vocabulary`` are the data's own roles and other terms, as lines of canonical N-Quads."""

    entities: Mapping[str, Entity]
    relationships: Mapping[str, Relationship]
    sources: Mapping[str, Source]
    vocabulary: tuple[str, ...] = ()
