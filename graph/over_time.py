"""How two are connected at several dates, and which relationships opened or closed from one date to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from interlock.graph.dates import PartialDate
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter
from interlock.graph.intervals import Certainty, Window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, Relationship
from interlock.graph.narrate import sentence
from interlock.graph.question import PathAnswer, PathQuestion

MAX_DATES: Final = 20
"""At how many dates a connection is compared at once."""
_WORDS: Final = {Certainty.CERTAIN: "certain", Certainty.POSSIBLE: "possible", Certainty.IMPOSSIBLE: "ruled out"}


@dataclass(frozen=True)
class LinkChange:
    """A relationship of which its dates tell other things at one date than at the date before."""

    tie: Relationship
    before: Certainty
    after: Certainty
    dates: tuple[PartialDate, PartialDate]


@dataclass(frozen=True)
class DatedPaths:
    """The paths as of a date, and what has changed since the date before it in the list (nothing, for the first).

    Changes are looked for among all relationships on the paths of any of the dates, by their own dates: what is on no path any more, while
    it goes on, is not taken to be closed.
    """

    date: PartialDate
    answer: PathAnswer
    opened: tuple[LinkChange, ...] = ()
    closed: tuple[LinkChange, ...] = ()
    changed: tuple[LinkChange, ...] = ()


def compare(
    engine: Engine,
    start: Entity,
    end: Entity,
    dates: Sequence[PartialDate],
    conditions: PathFilter | None = None,
    k: int = 10,
    max_hops: int = 6,
) -> list[DatedPaths]:
    """Answer a question about paths as of each of these dates, in their order; each is a search of its own, within one budget for all."""
    conditions = conditions or PathFilter()
    if conditions.relationships.window is not None:
        raise BadInput("The filter has a time of its own: leave out its asOf and during, since dates say as of when.")
    if not 1 <= len(dates) <= MAX_DATES:
        raise BadInput(f"dates has {len(dates)} dates; it must be between 1 and {MAX_DATES}.")
    if len({date.text for date in dates}) < len(dates):
        raise BadInput("dates has a date twice. Give each once.")
    asked = [replace(conditions, relationships=replace(conditions.relationships, as_of=date)) for date in dates]
    budget = engine.budget()
    answers = [engine.paths(PathQuestion(start, end, each, k=k, max_hops=max_hops), budget) for each in asked]
    ties = {tie.id: tie for answer in answers for path in answer.paths for hop in path.hops for tie in hop.parallel}
    known = [ties[id] for id in sorted(ties)]
    compared = [DatedPaths(dates[0], answers[0])]
    for (_, before), (answer, date) in pairwise(zip(answers, dates, strict=True)):
        changes = [change for tie in known if (change := _change(tie, before, date)) is not None]
        opened = tuple(change for change in changes if change.before is Certainty.IMPOSSIBLE)
        closed = tuple(change for change in changes if change.after is Certainty.IMPOSSIBLE)
        compared.append(DatedPaths(date, answer, opened, closed, tuple(each for each in changes if each not in (*opened, *closed))))
    return compared


def change_sentence(graph: KnowledgeGraph, change: LinkChange) -> str:
    """What its dates say at both dates, and the relationship itself, as firmly as it is known."""
    before, after = change.dates
    return f"By its dates {_WORDS[change.after]} in {after}, {_WORDS[change.before]} in {before}: {sentence(graph, change.tie)}"


def _change(tie: Relationship, before: PartialDate, after: PartialDate) -> LinkChange | None:
    then, now = (tie.interval.overlap(Window(date.first, date.last)) for date in (before, after))
    return None if then is now else LinkChange(tie, then, now, (before, after))
