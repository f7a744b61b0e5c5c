"""What began, ended and happened around an entity, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from interlock.graph.dates import PartialDate
from interlock.graph.intervals import Interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship, RelationshipKind


class TimelineEvent(StrEnum):
    """What a date on a timeline is."""

    STARTED = "STARTED"
    ENDED = "ENDED"
    HAPPENED = "HAPPENED"


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated point of a relationship."""

    date: PartialDate
    event: TimelineEvent
    relationship: Relationship

    @property
    def interval(self) -> Interval:
        return Interval(self.date, self.date)

    @property
    def key(self) -> tuple[int, int, str, str]:
        """What moments are ordered by: the earliest day it can have been, then the latest."""
        return self.date.first, self.date.last, self.relationship.id, self.event.value


def timeline(graph: KnowledgeGraph, entity: str) -> list[Moment]:
    """The dated moments of an entity's relationships, oldest first."""
    return sorted((moment for tie in graph.ties(entity) for moment in _moments(tie)), key=lambda moment: moment.key)


def _moments(tie: Relationship) -> Iterator[Moment]:
    interval = tie.interval
    once = tie.kind in (RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION) or interval.start == interval.end
    if interval.start is not None:
        yield Moment(interval.start, TimelineEvent.HAPPENED if once else TimelineEvent.STARTED, tie)
    if interval.end is not None and not once:
        yield Moment(interval.end, TimelineEvent.ENDED, tie)
