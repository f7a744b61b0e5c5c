"""Paths in a graph that is elsewhere: a search from both ends that fetches what it needs, level by level, and is done when all that could
change the answer is there.

What was fetched is a part of the graph that holds every path of up to so many hops as there are levels on both sides. The kernels that
search a graph in memory search this part, so that the answer is theirs, in its order and with its reasons.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from interlock.graph.backends.frontier import Frontier, Side, Stopped
from interlock.graph.backends.part import Part
from interlock.graph.budget import Budget, StopReason
from interlock.graph.cost import UNIT
from interlock.graph.intervals import Certainty
from interlock.graph.paths import find_paths, least_cost
from interlock.graph.question import PathAnswer, PathQuestion, PathRanking, PathSelector

if TYPE_CHECKING:
    from interlock.graph.backends.graph import RemoteGraph

_BOTH: Final = 4000
"""Up to how many half-edges both sides grow at once: that saves a round trip."""
_SHORTEST: Final = frozenset({PathSelector.ANY_SHORTEST, PathSelector.ALL_SHORTEST})
_USED_UP: Final = frozenset({StopReason.STEP_BUDGET, StopReason.DEADLINE})
_LAST: Final = 0.1
"""How many seconds are left for what was fetched when the time is up."""


async def search(whole: RemoteGraph, question: PathQuestion, budget: Budget) -> PathAnswer:
    """Answer a question about paths as ``find_paths`` does of a graph in memory. Raises ``BackendDown``.

    A step is an entity or a relationship that was fetched, or looked at by the kernels.
    """
    start, end = whole.index(question.start_node), whole.index(question.end_node)
    forward = question.filter.forward
    sides = Side(start, forward), Side(end, None if forward is None else not forward)
    frontier = Frontier(whole, question.filter, budget, (start, end))
    named = {start, end, *whole.known((*question.filter.must_pass, *question.filter.avoid))}
    found = PathAnswer(question, (), StopReason.COMPLETE)
    if not question.filter.must_pass <= whole.entities.keys():
        return found
    try:
        while True:
            levels, done = sum(side.levels for side in sides), not all(len(side.rim) for side in sides)
            if done or (levels >= question.min_hops and len(np.intersect1d(sides[0].met, sides[1].met))):
                hops, beyond = question.max_hops if done else min(levels, question.max_hops), done or levels > question.max_hops
                found = await asyncio.to_thread(_searched, Part(whole, frontier.halves, named), question, hops, budget, beyond)
                if done or _is_final(found, levels):
                    return found
            await frontier.grow(_next(frontier, sides, question.max_hops + 1 - levels))
    except Stopped as stopped:
        if budget.cancelled[0]:
            return replace(found, stopped_by=stopped.reason)
        part, last = Part(whole, frontier.halves, named), Budget(max(budget.steps, 1_000_000), _LAST)
        found = await asyncio.to_thread(_searched, part, question, question.max_hops, last, False)
        return replace(found, stopped_by=stopped.reason)


def _searched(part: Part, question: PathQuestion, hops: int, budget: Budget, beyond: bool) -> PathAnswer:
    """What there is within so many hops, in what was fetched."""
    return replace(find_paths(part, replace(question, max_hops=hops), budget, beyond), question=question)


def _next(frontier: Frontier, sides: tuple[Side, Side], needed: int) -> tuple[Side, ...]:
    """Which sides grow next: the smaller one, or both if that is little and more than one level is needed yet."""
    costs = [frontier.cost(side) for side in sides]
    return sides if needed > 1 and sum(costs) <= _BOTH else (sides[costs.index(min(costs))],)


def _is_final(found: PathAnswer, levels: int) -> bool:
    """Would the answer stay as it is, whatever else was fetched? All paths of up to ``levels`` hops are known."""
    question, reason = found.question, found.stopped_by
    if reason in _USED_UP:
        return True
    if question.selector in _SHORTEST:
        return bool(found.paths) or reason is StopReason.HOP_LIMIT
    if levels > question.max_hops:
        return reason is not StopReason.COMPLETE
    if reason is not StopReason.PATH_LIMIT:
        return False
    if levels == question.max_hops or question.selector is PathSelector.SHORTEST_K_GROUPS:
        return True
    relationships = question.filter.relationships
    unsure = relationships.window is not None and relationships.certainty is not Certainty.CERTAIN
    if unsure and not all(path.surely_held for path in found.paths):
        return False  # longer ones that surely held would come before
    return question.rank_by is PathRanking.HOPS or found.paths[-1].cost * UNIT < least_cost(levels + 1)
