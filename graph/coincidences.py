"""What began or ended around one actor and around another at about the same time, with what is open about the dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from interlock.graph.budget import Budget
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput, SameEntity, TooCostly
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Numbers
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind, Relationship, Status
from interlock.graph.narrate import sentence, spoken
from interlock.graph.timeline import Moment, TimelineEvent, moments_of

Moments = list[tuple[Moment, Relationship]]
MAX_DAYS: Final = 3660
"""How far apart two moments may be asked for: about ten years."""
MOST_NEAR: Final = 500_000
"""How many pairs of dates that lie so near are put in their order."""
_MATTERS: Final = frozenset({EntityKind.AGREEMENT, EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION, EntityKind.EVENT})
_EVENTS: Final = {TimelineEvent.STARTED: "start", TimelineEvent.ENDED: "end", TimelineEvent.HAPPENED: "date"}


@dataclass(frozen=True)
class Coincidence:
    """A moment of a relationship of each of two actors. They lie ``least`` to ``most`` days apart; ``most`` is None if no limit is known.

    ``certainty`` says whether that is within as many days as were asked for: surely or possibly.
    """

    one: Moment
    other: Moment
    ties: tuple[Relationship, Relationship]
    least: int
    most: int | None
    certainty: Certainty

    @property
    def status(self) -> Status:
        """That of the weaker relationship."""
        return max((tie.status for tie in self.ties), key=lambda status: status.rank)


def coincidences(
    engine: Engine,
    one: Entity,
    other: Entity,
    within_days: int = 90,
    conditions: RelationshipFilter | None = None,
    most: int | None = None,
) -> list[Coincidence]:
    """What may have happened around both within so many days, the nearest first, then what is surer, then the oldest; at most ``most``.

    A relationship between the two belongs to both. Two parts in one agreement, case or event are one happening, and no coincidence.
    Raises ``TooCostly`` if there are more moments to be compared than a search may take steps, or it takes longer than a search may.
    """
    if one == other:
        raise SameEntity(f"Both are {one.name}. Give two, of whom to compare what happened when.")
    if not 0 <= within_days <= MAX_DAYS:
        raise BadInput(f"withinDays is {within_days}; it must be between 0 and {MAX_DAYS}.")
    graph, conditions, budget = engine.graph, conditions or RelationshipFilter(), engine.budget()
    first, second = (_moments(graph, each, conditions) for each in (one, other))
    pairs = len(first) * len(second)
    if pairs > budget.steps:
        message = f"{one.name} and {other.name} have {pairs:,} pairs of dates; the limit is {budget.steps:,}. Narrow the filter."
        raise TooCostly(message, "pairs", pairs, budget.steps)
    found: dict[tuple[tuple[int, str], ...], Coincidence] = {}
    for equal in _nearest_first(first, second, within_days, budget):
        told = [_coincidence(first[a], second[b], least, known, within_days) for a, b, least, known in equal]
        for pair in sorted(told, key=lambda pair: (pair.one.key, pair.other.key)):
            if not _one_happening(graph, *pair.ties):
                found.setdefault(tuple(sorted((each.relationship, each.event.value) for each in (pair.one, pair.other))), pair)
        if most is not None and len(found) >= most:
            break
    return list(found.values())[:most]


def coincidence_sentence(graph: KnowledgeGraph, pair: Coincidence) -> str:
    """Both relationships, each as firmly as it is known, and how far apart they lie; it never says why."""
    told = " ".join(sentence(graph, tie) for tie in pair.ties)
    ends = [
        f"the {_EVENTS[moment.event]} of the {which} ({spoken(moment.date)})"
        for moment, which in ((pair.one, "one"), (pair.other, "other"))
    ]
    return f"{told} By the known dates, {ends[0]} and {ends[1]} lie {_days(pair)} apart. This compares dates, and no more."


def _nearest_first(first: Moments, second: Moments, within_days: int, budget: Budget) -> Iterator[list[tuple[int, int, int, int | None]]]:
    """Places in both lists, with the least and the most days between; in groups of those that have the same, the nearest first."""
    spans = np.array([_span(*each) for each in second], np.int64).reshape(-1, 2)
    columns, count = [np.empty((4, 0), np.int64)], 0
    for place, (moment, tie) in enumerate(first):
        least, most = _apart(_span(moment, tie), spans)
        near = np.flatnonzero(least <= within_days)
        columns.append(np.stack((np.full(len(near), place), near, least[near], most[near])))
        count += len(near)
        if count > MOST_NEAR:
            message = f"More than {MOST_NEAR:,} pairs of dates lie so near to one another. Ask for fewer days, or narrow the filter."
            raise TooCostly(message, "pairs", count, MOST_NEAR)
        if budget.overdue:
            seconds = int(budget.seconds)
            raise TooCostly(f"Comparing all dates takes more than {seconds} seconds. Narrow the filter.", "seconds", seconds + 1, seconds)
    pairs = np.concatenate(columns, axis=1)
    pairs = pairs[:, np.lexsort((pairs[3], pairs[2]))]
    begins = np.flatnonzero(np.any(np.diff(pairs[2:], axis=1, prepend=-1) != 0, axis=0)).tolist()
    for begin, end in pairwise([*begins, pairs.shape[1]]):
        group = pairs[:, begin:end].T.tolist()
        yield [(one, other, least, most if most <= DISTANT_FUTURE else None) for one, other, least, most in group]


def _moments(graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Moments:
    """What began, ended and happened around an entity; around a board, the seats on it."""
    if entity.kind is EntityKind.BOARD:
        ties = graph.columns.seats_of(graph.index(graph.company_of(entity).id))
    else:
        ties = graph.columns.ties_of(graph.index(entity.id))
    records = ((number, graph.relationship_at(number)) for number in ties)
    return [
        (moment, tie) for number, tie in records if conditions.admits(tie, graph) for moment in moments_of(tie.kind, tie.interval, number)
    ]


def _span(moment: Moment, tie: Relationship) -> tuple[int, int]:
    """The days between which a moment lies; observations narrow it, and what was only announced may not have come true."""
    bounds = tie.interval.bounds
    match moment.event:
        case TimelineEvent.ENDED:
            return bounds.end_min, bounds.end_max
        case TimelineEvent.HAPPENED if tie.interval.start == tie.interval.end:
            return bounds.start_min, bounds.end_max
        case _:
            return bounds.start_min, bounds.start_max


def _apart(one: tuple[int, int], spans: Numbers) -> tuple[Numbers, Numbers]:
    """How many days a moment lies from each of others, at least and at most; more than a date can tell if there is no limit."""
    first, last = spans.T
    least = np.maximum(0, np.maximum(first - one[1], one[0] - last))
    most = np.maximum(last - one[0], one[1] - first)
    open_ended = (first == DISTANT_PAST) | (last == DISTANT_FUTURE) | (one[0] == DISTANT_PAST) | (one[1] == DISTANT_FUTURE)
    return least, np.where(open_ended, DISTANT_FUTURE + 1, most)


def _coincidence(
    one: tuple[Moment, Relationship], other: tuple[Moment, Relationship], least: int, most: int | None, within_days: int
) -> Coincidence:
    certainty = Certainty.CERTAIN if most is not None and most <= within_days else Certainty.POSSIBLE
    return Coincidence(one[0], other[0], (one[1], other[1]), least, most, certainty)


def _one_happening(graph: KnowledgeGraph, one: Relationship, other: Relationship) -> bool:
    """Are they one relationship, or two parts in one agreement, case or event?"""
    if one.id == other.id:
        return True
    common = {one.source, one.target} & {other.source, other.target}
    return any(graph.entities[each].kind in _MATTERS for each in common)


def _days(pair: Coincidence) -> str:
    if pair.most is None:
        return f"at least {_counted(pair.least)}"
    return _counted(pair.least) if pair.least == pair.most else f"{pair.least} to {_counted(pair.most)}"


def _counted(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
