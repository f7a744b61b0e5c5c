"""Fetches a graph that is elsewhere level by level, from both ends of a question or from where neighbourhoods begin."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.backends.protocol import Halves
from interlock.graph.budget import Budget, StopReason
from interlock.graph.filters import PathFilter
from interlock.graph.heap import Numbers
from interlock.graph.model import EntityKind

if TYPE_CHECKING:
    from interlock.graph.backends.graph import RemoteGraph

T = TypeVar("T")
_LOOK: Final = 0.02
"""After how many seconds of waiting it is looked whether anybody still wants the answer."""


class Stopped(Exception):
    """The steps or the time are used up, or nobody wants the answer any more."""

    def __init__(self, reason: StopReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Side:
    """Whom a search has met from one side: the entities within ``levels`` hops, and the ``rim`` by which it goes on."""

    def __init__(self, start: int, forward: bool | None) -> None:
        self.rim = self.met = np.array([start], np.int32)
        self.forward = forward
        self.levels = 0


class Frontier:
    """All that was fetched for one question; ``ends`` are met though they may not be passed, and never passed."""

    def __init__(self, whole: RemoteGraph, conditions: PathFilter, budget: Budget, ends: Iterable[int] = ()) -> None:
        self._whole, self._conditions, self._budget = whole, conditions, budget
        self._ends = np.fromiter(ends, np.int32)
        self._avoided = np.fromiter(whole.known(conditions.avoid), np.int32)
        self._kinds = np.array([ENTITY_KINDS.index(kind) for kind in conditions.admitted_kinds - {EntityKind.BOARD}], np.uint8)
        self._fetched: dict[bool | None, Halves] = {}
        self._asked: dict[bool | None, Int32] = {}

    @property
    def halves(self) -> Halves:
        """What was fetched."""
        return Halves.joined(list(self._fetched.values()))

    def cost(self, side: Side) -> int:
        """How many half-edges the next level has at most."""
        return int(self._whole.columns.degree[side.rim].sum())

    async def grow(self, sides: Sequence[Side]) -> None:
        """Let each side grow by a level, all in one round trip. Raises ``Stopped``."""
        rims = {forward: _union([side.rim for side in sides if side.forward == forward]) for forward in {side.forward for side in sides}}
        await asyncio.gather(*(self.fetch(rim, forward) for forward, rim in rims.items()))
        for side in sides:
            fetched = self._fetched[side.forward]
            reached = np.unique(fetched.head[np.isin(fetched.tail, side.rim)])
            new = np.setdiff1d(reached, side.met)
            new = new[self._may_pass(new) | np.isin(new, self._ends)]
            side.met = np.union1d(side.met, new)
            side.rim = np.setdiff1d(new, self._ends)
            side.levels += 1

    async def fetch(self, entities: Int32, forward: bool | None = None) -> None:
        """Fetch the relationships of these entities, as far as that wasn't done before. Raises ``Stopped``."""
        asked = self._asked.get(forward, np.empty(0, np.int32))
        wanted = np.setdiff1d(entities, asked).astype(np.int32)
        found = Halves.none()
        if len(wanted):
            found = await self._in_time(self._whole.backend.neighbours(wanted, self._conditions.relationships, forward))
        self._asked[forward] = np.union1d(asked, wanted)
        self._fetched[forward] = Halves.joined([self._fetched.get(forward, Halves.none()), found])
        self._budget.steps -= len(wanted) + len(found.tail)

    def _may_pass(self, entities: Int32) -> Numbers:
        columns, most = self._whole.columns, self._conditions.max_transit_degree
        may = np.isin(columns.kind[entities], self._kinds) & ~np.isin(entities, self._avoided)
        return may if most is None else may & (columns.degree[entities] <= most)

    async def _in_time(self, work: Coroutine[Any, Any, T]) -> T:
        """What this comes to, unless the budget is used up before."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                self._check()
                await asyncio.wait({task}, timeout=max(0, min(_LOOK, self._budget.deadline - time.monotonic())))
            return task.result()
        finally:
            task.cancel()

    def _check(self) -> None:
        if self._budget.steps < 0:
            raise Stopped(StopReason.STEP_BUDGET)
        if self._budget.overdue:
            raise Stopped(StopReason.DEADLINE)


def _union(sets: Sequence[Int32]) -> Int32:
    return np.unique(np.concatenate(sets)).astype(np.int32)
