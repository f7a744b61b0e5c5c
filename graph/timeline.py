"""What began, ended and happened around an entity, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from interlock.graph.dates import PartialDate
from interlock.graph.intervals import Interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import RelationshipKind


class TimelineEvent(StrEnum):
    """What a date on a timeline is."""

    STARTED = "STARTED"
    ENDED = "ENDED"
    HAPPENED = "HAPPENED"


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated point of a relationship, which is told by its number."""

    date: PartialDate
    event: TimelineEvent
    relationship: int

    @property
    def interval(self) -> Interval:
        return Interval(self.date, self.date)

    @property
    def key(self) -> tuple[int, int]:
        """What moments are ordered by: the earliest day it can have been, then the latest. Equal ones come by their relationships."""
        return self.date.first, self.date.last


def timeline(graph: KnowledgeGraph, entity: str) -> tuple[Moment, ...]:
    """The dated moments of an entity's relationships, oldest first."""
    ties = graph.columns.ties_of(graph.index(entity))
    graph.columns.expect(ties)
    return tuple(sorted((moment for tie in ties for moment in _moments(graph, tie)), key=lambda moment: moment.key))


def moments_of(kind: RelationshipKind, interval: Interval, tie: int) -> Iterator[Moment]:
    """The dated moments of one relationship, which is told by its number."""
    once = kind in (RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION) or interval.start == interval.end
    if interval.start is not None:
        yield Moment(interval.start, TimelineEvent.HAPPENED if once else TimelineEvent.STARTED, tie)
    if interval.end is not None and not once:
        yield Moment(interval.end, TimelineEvent.ENDED, tie)


def _moments(graph: KnowledgeGraph, tie: int) -> Iterator[Moment]:
    fields = graph.columns.tie_fields(tie)
    interval: Interval | None = fields.get("interval")
    return iter(()) if interval is None else moments_of(fields["kind"], interval, tie)
