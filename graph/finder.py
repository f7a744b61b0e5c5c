"""Searches the arrays for paths: hands questions to the kernels, length by length, within their budget."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import numpy as np

from interlock.graph.arrays import Arrays, Int8, Int32, Int64
from interlock.graph.budget import WATCH, Budget, StopReason
from interlock.graph.jit import COMPILE_FROM, Compiler, Kernels, interpreted
from interlock.graph.kernels import numbers

_ROOM: Final = 128

Found = list[tuple[int, tuple[int, ...]]]
"""Paths in their order: what each costs, and its entities."""


class Query(NamedTuple):
    """A question as numbers, all of it honoured inside the search.

    - ``numbers`` int64: its ends and conditions, at the places that ``interlock.graph.kernels`` names;
    - ``admit`` uint8 (512): whether a relationship counts, by whether the search goes backward (1 bit), it is seen from its target (1), its
      status (3) and kind (4); ``costs`` int32 (128): what a hop by it costs, by its status and kind;
    - ``mask`` uint8: whether a relationship counts, by its number, where ``MASKED``;
    - ``avoid``, ``must`` int32: the entities that must not, and must, be passed.
    """

    numbers: Int64
    admit: Int8
    costs: Int32
    mask: Int8
    avoid: Int32
    must: Int32

    def between(self, start: int, end: int) -> Query:
        """The same conditions, asked of these two entities."""
        asked = self.numbers.copy()
        asked[numbers.START], asked[numbers.END] = start, end
        return Query(asked, self.admit, self.costs, self.mask, self.avoid, self.must)


class Scratch(NamedTuple):
    """What a search marks as it goes: of each of the n entities, from which ends it was ``met``, and its ``place`` in the queues of the
    start and the end (2 n); these queues, and whom each in them was met from; and what survives from call to call (``state``).
    """

    met: Int8
    place: Int32
    queue_f: Int32
    queue_b: Int32
    from_f: Int32
    from_b: Int32
    buffer: Int64
    state: Int64


class Finder:
    """Answers questions about one set of arrays. Several threads may use it at once: each search has a scratch memory of its own."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._large = len(arrays.tie) >= 2 * COMPILE_FROM
        self._spare: list[Scratch] = []
        self._plain = _views(arrays) if self._large else Arrays(*(column.tolist() for column in arrays))

    def kernels(self) -> tuple[Kernels, Arrays]:
        """The kernels to use now, and the arrays in the form that suits them: Python reads lists and views faster than arrays."""
        compiled = COMPILER.kernels() if self._large else COMPILER.ready
        return (interpreted(), self._plain) if compiled is None else (compiled, self.arrays)

    @contextmanager
    def hunt(self, query: Query, max_hops: int, budget: Budget) -> Iterator[Hunt]:
        """Answer one question."""
        scratch = self._scratch()
        try:
            yield Hunt(*self.kernels(), query, max_hops, budget, scratch)
        finally:
            self._spare.append(scratch)

    def shortest(self, query: Query, max_hops: int, budget: Budget) -> list[int]:
        """The entities of one path of the least length; none if there is none of at most ``max_hops``, or it wasn't found in time."""
        scratch, found = self._scratch(), np.empty(max_hops + 1, np.int32)
        try:
            hops = self._call(scratch, query, budget, "any_path", max_hops, found)
        finally:
            self._spare.append(scratch)
        return list(found[: hops + 1].tolist()) if hops > 0 else []

    def around(self, query: Query, hops: int, most: int, budget: Budget) -> tuple[Int32, bool]:
        """The entities within so many hops of the query's start, the nearest first; and whether these are all.

        Whole levels only: one that would make it more than ``most`` is left out.
        """
        scratch = self._scratch()
        state = scratch.state
        try:
            count = self._call(scratch, query, budget, "around", hops, most)
            whole = not state[numbers.STOPPED] and count <= most
            if count > most:
                count = int(state[numbers.LEVELS + state[numbers.RADIUS_F]]) - 1
            return scratch.queue_f[1 : count + 1].copy(), whole
        finally:
            self._spare.append(scratch)

    def shared_holders(self, one: int, other: int) -> Int32:
        """Who has, or had, a seat on the boards of both companies."""
        kernels, arrays = self.kernels()
        scratch = self._scratch()
        found = scratch.from_f  # room for everybody
        count = kernels.shared_holders(arrays.first, arrays.head, arrays.word, one, other, found)
        holders = found[:count].copy()
        self._spare.append(scratch)
        return holders

    def _call(self, scratch: Scratch, query: Query, budget: Budget, kernel: str, *arguments: Any) -> int:
        kernels, arrays = self.kernels()
        asked, marks = _suited(kernels, query, scratch)
        scratch.state[numbers.STEPS] = budget.steps
        with WATCH.over(budget) as stop:
            result: int = getattr(kernels, kernel)(arrays, asked, marks, *arguments, stop)
        budget.steps = int(scratch.state[numbers.STEPS])
        return result

    def _scratch(self) -> Scratch:
        """Marks and queues for one search; whoever takes them puts them back among the spare ones."""
        return self._spare.pop() if self._spare else _scratch(len(self.arrays.kind))


class Hunt:
    """One question being answered; ``stopped_by`` says what ended it early, if something did."""

    def __init__(self, kernels: Kernels, arrays: Arrays, query: Query, max_hops: int, budget: Budget, scratch: Scratch) -> None:
        self.kernels, self.arrays, self.max_hops = kernels, arrays, max_hops
        self.query, self.scratch = _suited(kernels, query, scratch)
        self.budget = budget
        self.stopped_by: StopReason | None = None
        self.distance = max(0, int(self._call(kernels.meet, max_hops)))
        """The length of the shortest walk from one end to the other; 0 if there is none of at most ``max_hops``."""

    def of_length(self, hops: int, most: int) -> Found:
        """The first ``most`` paths of exactly so many hops, the cheapest first, equal ones by their entities; fewer if it was stopped."""
        if not self._call(self.kernels.reach, hops):
            return []
        room = min(most, _ROOM)
        while True:
            found, costs = np.empty((room, hops + 1), np.int32), np.empty(room, np.int64)
            count = int(self._call(self.kernels.enumerate_paths, hops, room, found, costs))
            if count < room or room == most:
                return [(cost, tuple(nodes)) for cost, nodes in zip(costs[:count].tolist(), found[:count].tolist(), strict=True)]
            room = most

    def goes_on(self) -> bool:
        """May there be paths of more than ``max_hops``? If it was stopped before that was known, there may."""
        known = self._call(self.kernels.reach, self.max_hops)
        return not known or bool(self._call(self.kernels.goes_on, self.max_hops))

    def _call(self, kernel: Any, *arguments: Any) -> Any:
        if self.stopped_by is not None:
            return 0
        state = self.scratch.state
        state[numbers.STEPS], state[numbers.STOPPED] = self.budget.steps, 0
        with WATCH.over(self.budget) as stop:
            result = kernel(self.arrays, self.query, self.scratch, *arguments, stop)
        self.budget.steps = int(state[numbers.STEPS])
        if state[numbers.STOPPED]:
            out_of_steps = state[numbers.STOPPED] == numbers.OUT_OF_STEPS
            self.stopped_by = StopReason.STEP_BUDGET if out_of_steps else StopReason.DEADLINE
        return result


def _scratch(size: int) -> Scratch:
    def queue() -> Int32:
        return np.empty(size, np.int32)

    buffer, state = np.empty(numbers.BUFFER_SIZE, np.int64), np.zeros(numbers.STATE_SIZE, np.int64)
    return Scratch(np.zeros(size, np.uint8), np.empty(2 * size, np.int32), queue(), queue(), queue(), queue(), buffer, state)


def _suited(kernels: Kernels, query: Query, scratch: Scratch) -> tuple[Query, Scratch]:
    """A question and what is marked in the form that suits these kernels."""
    return (_views(query), _views(scratch)) if kernels is interpreted() else (query, scratch)


def _views(columns: Any) -> Any:
    """The same columns as views of their memory, of which Python reads and writes one number faster than of an array."""
    return type(columns)(*(column.data for column in columns))


def _warm(kernels: Kernels) -> None:
    """Compile whatever a question needs, by asking one about two entities."""
    arrays = Arrays(
        np.array([0, 1, 2]), np.array([1, 0], np.int32), np.zeros(2, np.int32), np.zeros(2, np.uint32), np.zeros(4, np.int32),
        np.full(2, 16, np.uint32), np.zeros(2, np.uint8), np.ones(2, np.int32), np.zeros(2, np.int32),
    )  # fmt: skip
    for column in arrays:
        column.flags.writeable = False  # as those of a graph are
    asked = np.zeros(numbers.NUMBERS, np.int64)
    asked[[numbers.END, numbers.NEEDS, numbers.TOGETHER, numbers.ENTITY_KINDS, numbers.MAX_DEGREE]] = 1
    none = np.zeros(0, np.int32)
    query = Query(asked, np.ones(512, np.uint8), np.zeros(128, np.int32), np.zeros(1, np.uint8), none, none)
    patient = Budget(seconds=math.inf)  # it may take longer than a question
    hunt = Hunt(kernels, arrays, query, 2, patient, _scratch(2))
    hunt.of_length(1, 1)
    hunt.goes_on()
    kernels.any_path(arrays, query, hunt.scratch, 2, np.empty(3, np.int32), hunt.budget.flag)
    kernels.around(arrays, query, hunt.scratch, 1, 2, hunt.budget.flag)
    kernels.shared_holders(arrays.first, arrays.head, arrays.word, 0, 1, np.empty(2, np.int32))


COMPILER: Final = Compiler(_warm)
"""Compiles for all graphs of this process."""
