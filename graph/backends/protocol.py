"""What an engine elsewhere has to answer, so that questions can be asked of a graph that is not in this machine's memory.

A graph is parted in two. Its *directory* (entities, their names, sources: ``directory_of``) is kept by whoever asks, as a store like any
other: so that names are looked up, and told, as they are in memory. Its relationships stay where they are, and are fetched for whole
frontiers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, Self

import numpy as np

from interlock.graph.arrays import Int32, Int64, Words
from interlock.graph.errors import BackendDown as BackendDown
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Numbers, Store
from interlock.graph.model import Relationship


class Halves(NamedTuple):
    """Relationships as they are seen from one of their ends; k of them, in any order.

    - ``tail``, ``head`` int32: the entity from which it is seen, and the one at the other end, by their numbers in the directory;
    - ``tie`` int64: the relationship, by the number that the backend knows it by;
    - ``word`` uint32: as in ``interlock.graph.arrays.Arrays``; among others whether it is seen from its target (``AGAINST_SHIFT``);
    - ``bounds`` int32 (k, 4): earliest and latest start, earliest and latest end, in days since 1970-01-01.
    """

    tail: Int32
    head: Int32
    tie: Int64
    word: Words
    bounds: Int32

    @classmethod
    def none(cls) -> Self:
        """No relationship."""
        ends = np.empty(0, np.int32)
        return cls(ends, ends, np.empty(0, np.int64), np.empty(0, np.uint32), np.empty((0, 4), np.int32))

    @classmethod
    def joined(cls, parts: Sequence[Halves]) -> Self:
        """Several, one after another."""
        columns: list[Numbers] = [np.concatenate(each) for each in zip(*parts, strict=True)]
        return cls(*columns) if parts else cls.none()

    def where(self, chosen: Numbers) -> Self:
        """Those that a mask or numbers choose."""
        columns: list[Numbers] = [column[chosen] for column in self]
        return type(self)(*columns)


class Backend(Protocol):
    """An engine that has the relationships of one version of a graph. Each method raises ``BackendDown``.

    ``directory`` is the store without relationships (see ``interlock.graph.backends.directory``); ``trips`` counts the round trips that
    were made: requests that were sent at one time count once. If the numbers of relationships are ``in_order``, they are sorted as ids are.
    ``ticket`` is by what another process that has the directory opens the very same version; None if that has to be read anew.
    """

    @property
    def directory(self) -> Store: ...
    @property
    def trips(self) -> int: ...
    @property
    def in_order(self) -> bool: ...
    @property
    def ticket(self) -> str | None: ...

    async def neighbours(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        """All relationships of these entities that pass the filter, seen from them, in one round trip.

        With ``forward`` True only those that lead from them, False those that lead to them. The filter is honoured wholly, and as far as
        may be where the relationships are.
        """
        ...

    async def lookup(self, ties: Sequence[int]) -> Sequence[Relationship]:
        """These relationships, with their claims. Raises ``KeyError`` for a number that stands for none."""
        ...

    async def find(self, relationship: str) -> int:
        """The number of the relationship of this id; -1 if there is none."""
        ...

    async def find_claim(self, claim: str) -> int:
        """The number of the relationship that the claim of this id is about; -1 if there is none."""
        ...

    async def is_current(self) -> bool:
        """Is the version that it answers from still the one to be served?"""
        ...

    async def close(self) -> None:
        """End the connection."""
        ...
