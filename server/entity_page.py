"""The page about one entity: what it is, its relationships with who says so and who denies it, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from interlock.graph import (
    AmbiguousEntity,
    Engine,
    Entity,
    EntityKind,
    KnowledgeGraph,
    QuestionError,
    Relationship,
    RelationshipKind,
    Status,
)
from interlock.graph.narrate import money, spoken, told_from, when
from interlock.graph.timeline import TimelineEvent, timeline

KINDS: Final = {
    EntityKind.PERSON: "Person",
    EntityKind.COMPANY: "Company",
    EntityKind.ORGANIZATION: "Organization",
    EntityKind.BOARD: "Board",
    EntityKind.PRODUCT: "Product",
    EntityKind.AGREEMENT: "Agreement",
    EntityKind.LAWSUIT: "Lawsuit",
    EntityKind.REGULATORY_ACTION: "Regulatory action",
    EntityKind.EVENT: "Event",
}
STATUSES: Final = {
    Status.CONFIRMED: "on record: a court, a filing, the company itself, or press that reports such",
    Status.REPORTED: "reported, not on record",
    Status.ALLEGED: "somebody says so; nothing confirms it",
    Status.DISPUTED: "reported or alleged, and contradicted",
    Status.DISMISSED: "alleged, and dismissed",
    Status.RETRACTED: "said, and taken back",
}
_OF_THE_COURT: Final = frozenset({"counsel in the case", "judge", "magistrate judge", "special master"})
"""Roles in a case of those who are no party to it."""
_SECTIONS: Final[dict[tuple[RelationshipKind, EntityKind | bool | None], str]] = {
    (RelationshipKind.PARTY, False): "Parties",
    (RelationshipKind.PARTY, None): "Court and counsel",
    (RelationshipKind.BOARD_SEAT, True): "Seats on boards",
    (RelationshipKind.BOARD_SEAT, False): "The board",
    (RelationshipKind.POSITION, True): "Posts",
    (RelationshipKind.POSITION, False): "People in posts",
    (RelationshipKind.FOUNDING, True): "Founded",
    (RelationshipKind.FOUNDING, False): "Founders",
    (RelationshipKind.OWNERSHIP, True): "Stakes and subsidiaries",
    (RelationshipKind.OWNERSHIP, False): "Owners",
    (RelationshipKind.ACQUISITION, True): "Acquisitions",
    (RelationshipKind.ACQUISITION, False): "Acquired by",
    (RelationshipKind.INVESTMENT, True): "Investments",
    (RelationshipKind.INVESTMENT, False): "Investors",
    (RelationshipKind.OPERATION, True): "Products",
    (RelationshipKind.OPERATION, False): "Operators",
    (RelationshipKind.PARTY, EntityKind.AGREEMENT): "Agreements",
    (RelationshipKind.PARTY, EntityKind.LAWSUIT): "Lawsuits",
    (RelationshipKind.PARTY, EntityKind.REGULATORY_ACTION): "Regulatory actions",
    (RelationshipKind.INVOLVEMENT, True): "Also involved in",
    (RelationshipKind.INVOLVEMENT, False): "Others involved",
    (RelationshipKind.PERSONAL, True): "Family and friends",
    (RelationshipKind.PERSONAL, False): "Family and friends",
    (RelationshipKind.ASSOCIATION, True): "Other ties",
    (RelationshipKind.ASSOCIATION, False): "Other ties",
}
"""Kind, and whether the page is about the source → heading, in the order of the page. Of a party it is what it is a party to that counts,
and of a case None stands for its court."""
MOST: Final = 300
"""How many relationships of one sort, and how many moments, a page shows."""
_HAPPENED: Final = {TimelineEvent.STARTED: "began", TimelineEvent.ENDED: "ended", TimelineEvent.HAPPENED: ""}


@dataclass(frozen=True)
class Tie:
    """A relationship as told on the page of one of its ends: what that end did, to whom, and by whose word."""

    relationship: Relationship
    told: str
    other: Entity
    who: str

    @property
    def when(self) -> str:
        return when(self.relationship)


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    date: str
    event: str
    tie: Tie


@dataclass(frozen=True)
class Section:
    """Relationships of one sort, ``total`` of them; of a hub's only the first are shown."""

    heading: str
    ties: list[Tie]
    total: int


@dataclass(frozen=True)
class EntityPage:
    """What the template shows of an entity: ``facts`` and ``links`` by their terms, sections in the order of the page."""

    entity: Entity
    kind: str
    facts: list[tuple[str, str]]
    links: list[tuple[str, Entity]]
    sections: list[Section]
    moments: list[Moment]

    @property
    def statuses(self) -> dict[Status, str]:
        """The statuses that occur on the page, with what each means."""
        found = {tie.relationship.status for section in self.sections for tie in section.ties}
        return {status: meaning for status, meaning in STATUSES.items() if status in found}


def find_entity(engine: Engine, slug: str) -> Entity:
    """The entity of this slug, else the one that this is an old slug, an alias or an id of; or the error that says who might be meant."""
    try:
        return engine.entity(slug)
    except AmbiguousEntity as error:
        for candidate in error.entities:
            if candidate.slug == slug:
                return candidate
        raise
    except QuestionError:
        words = slug.replace("-", " ")
        if words == slug:
            raise
        return engine.entity(words)


def entity_page(graph: KnowledgeGraph, entity: Entity) -> EntityPage:
    """All that is known about an entity; the page of a board is about the seats on it."""
    about = graph.company_of(entity) if entity.kind is EntityKind.BOARD else entity
    ties = [_tie(graph, tie, about) for tie in (graph.seats(about.id) if entity.kind is EntityKind.BOARD else graph.ties(entity.id))]
    moments = [
        Moment(spoken(moment.date), _HAPPENED[moment.event], _tie(graph, graph.relationship_at(moment.relationship), about))
        for moment in timeline(graph, about.id)
        if entity.kind is not EntityKind.BOARD or _is_seat(graph.relationship_at(moment.relationship), about)
    ][-MOST:]
    return EntityPage(entity, KINDS[entity.kind], list(_facts(entity)), list(_links(graph, entity)), _sections(ties, about), moments)


def _is_seat(tie: Relationship, company: Entity) -> bool:
    return tie.kind is RelationshipKind.BOARD_SEAT and tie.target == company.id


def _tie(graph: KnowledgeGraph, tie: Relationship, about: Entity) -> Tie:
    return Tie(tie, told_from(tie, about.id), graph.entities[tie.other(about.id)], _who(graph, tie))


def _facts(entity: Entity) -> Iterator[tuple[str, str]]:
    dated = {"Signed": entity.signed, "Filed": entity.filed, "Closed": entity.closed, "Abandoned": entity.abandoned}
    if entity.interval is not None and not any(dated.values()):
        dates = entity.interval
        known = [spoken(date) if date else "unknown" for date in (dates.start, dates.end)]
        told = known[0] if dates.start == dates.end else f"since {known[0]}" if dates.ends_open else f"{known[0]} – {known[1]}"
        yield ("Lived" if entity.kind is EntityKind.PERSON else "When"), told
    yield from ((term, spoken(date)) for term, date in dated.items() if date)
    texts = {"Court": entity.court, "Docket number": entity.case_number, "Outcome": entity.outcome}
    yield from ((term, text) for term, text in texts.items() if text)
    if entity.amounts:
        yield "Amount", "; ".join(map(money, entity.amounts))


def _links(graph: KnowledgeGraph, entity: Entity) -> Iterator[tuple[str, Entity]]:
    """Entities that this one names itself: not by a relationship, so without claims."""
    board = graph.board_of(entity.id)
    if board:
        yield "Its board", board
    if entity.unit_of:
        yield "Board of", graph.entities[entity.unit_of]
    yield from (("Change", change) for change in graph.changes if entity.id in (*change.came_from, *change.went_into))
    yield from (("Before", graph.entities[id]) for id in entity.came_from)
    yield from (("After", graph.entities[id]) for id in entity.went_into)


def _sections(ties: Iterable[Tie], about: Entity) -> list[Section]:
    found: dict[str, list[Tie]] = {heading: [] for heading in _SECTIONS.values()}
    for tie in ties:
        found[_SECTIONS[tie.relationship.kind, _seen_as(tie, about)]].append(tie)
    return [Section(heading, sorted(told, key=_recent_first)[:MOST], len(told)) for heading, told in found.items() if told]


def _seen_as(tie: Tie, about: Entity) -> EntityKind | bool | None:
    from_source = tie.relationship.source == about.id
    if tie.relationship.kind is not RelationshipKind.PARTY:
        return from_source
    if from_source:
        return tie.other.kind
    return None if tie.relationship.role in _OF_THE_COURT else False


def _recent_first(tie: Tie) -> tuple[bool, str, bool, int, str]:
    """By role in a matter; what goes on, then what was last seen to hold latest. What was dismissed or retracted comes at the end."""
    told = tie.relationship
    role = (told.role or "") if told.kind is RelationshipKind.PARTY else ""
    return told.status.rank >= Status.DISMISSED.rank, role, not told.interval.ends_open, -told.interval.bounds.end_min, told.id


def _who(graph: KnowledgeGraph, tie: Relationship) -> str:
    """Whose claims there are about it: three publishers at most, and how many more."""
    sources = [graph.sources[claim.source] for claim in tie.claims]
    names = list(dict.fromkeys(source.publisher or source.title for source in sources))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
