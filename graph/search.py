"""Simple paths between two entities, cheapest first, one after another: plain best-first search with exact lower bounds.

The plain engine: every other one is tested against it. Weights are tuples of integers, compared and added componentwise from the left,
so that "fewest hops, then cheapest" and "cheapest, then fewest hops" are the same search. A backward pass gives each entity the least
weight that is left to the target; a partial path is then continued in the order of what it will weigh at least. Since that bound never
falls along a path, finished paths leave the queue in exact order, and paths of equal weight in the order of their entities' ids.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Weight = tuple[int, int]
Neighbours = Callable[[str], Mapping[str, Weight]]
"""Entity → whom a path may go on to from it, and the weight of doing so (the hop, and the passage through whom it leads to)."""


class StopReason(StrEnum):
    """Why a search ended."""

    COMPLETE = "COMPLETE"
    PATH_LIMIT = "PATH_LIMIT"
    HOP_LIMIT = "HOP_LIMIT"
    STEP_BUDGET = "STEP_BUDGET"
    DEADLINE = "DEADLINE"


class Stopped(Exception):
    """The search used up what it was given."""

    def __init__(self, reason: StopReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass
class Budget:
    """How much a question may use: ``steps`` (an entity looked at from a path) and seconds until the deadline."""

    steps: int = 400_000
    seconds: float = 5.0
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.seconds

    def spend(self, steps: int) -> None:
        """Use up some steps, or raise ``Stopped``."""
        self.steps -= steps
        if self.steps < 0:
            raise Stopped(StopReason.STEP_BUDGET)
        if time.monotonic() > self.deadline:
            raise Stopped(StopReason.DEADLINE)


@dataclass(frozen=True)
class Network:
    """What is searched: forward and backward steps. ``backward(v)`` gives the same weights as ``forward(u)[v]`` would."""

    forward: Neighbours
    backward: Neighbours


@dataclass
class Search:
    """Enumerates the simple paths from ``source`` to ``target`` of ``min_hops`` to ``max_hops`` hops, by weight, then by ids.

    ``keep`` judges a partial path (entities so far) and must never come to admit what it has refused a beginning of. After the last path,
    ``cut`` says whether paths longer than ``max_hops`` were left aside.
    """

    network: Network
    source: str
    target: str
    min_hops: int
    max_hops: int
    budget: Budget
    keep: Callable[[Sequence[str]], bool] = lambda path: True
    cut: bool = False

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        hops, rest = self._lower_bounds()
        if self.source not in rest:
            return
        queue: list[tuple[Weight, tuple[str, ...], Weight]] = [(rest[self.source], (self.source,), (0, 0))]
        while queue:
            _, path, spent = heapq.heappop(queue)
            if path[-1] == self.target:
                if len(path) > self.min_hops:
                    yield path
                continue
            onward = self.network.forward(path[-1])
            self.budget.spend(1 + len(onward))
            for entity, weight in onward.items():
                if entity in path or entity not in rest:
                    continue
                if len(path) + hops[entity] > self.max_hops:
                    self.cut = True
                    continue
                longer = (*path, entity)
                if self.keep(longer):
                    now = _add(spent, weight)
                    heapq.heappush(queue, (_add(now, rest[entity]), longer, now))

    def _lower_bounds(self) -> tuple[dict[str, int], dict[str, Weight]]:
        """For each entity from which the target can be reached: the fewest hops, and the least weight, to it (Dijkstra, backward)."""
        rest: dict[str, Weight] = {}
        queue: list[tuple[Weight, str]] = [((0, 0), self.target)]
        while queue:
            weight, entity = heapq.heappop(queue)
            if entity in rest:
                continue
            rest[entity] = weight
            if entity == self.source:
                continue
            before = self.network.backward(entity)
            self.budget.spend(1 + len(before))
            for other, step in before.items():
                if other not in rest:
                    heapq.heappush(queue, (_add(weight, step), other))
        return self._hops(rest), rest

    def _hops(self, reached: Mapping[str, Weight]) -> dict[str, int]:
        hops, frontier, distance = {self.target: 0}, [self.target], 0
        while frontier:
            distance += 1
            found = (other for entity in frontier if entity != self.source for other in self.network.backward(entity))
            frontier = [other for other in dict.fromkeys(found) if other not in hops and other in reached]
            hops.update(dict.fromkeys(frontier, distance))
        return hops


def _add(a: Weight, b: Weight) -> Weight:
    return a[0] + b[0], a[1] + b[1]
