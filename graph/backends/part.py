"""A part of a graph that is elsewhere, as arrays that the kernels search: whatever lies within it has the same answers as in the whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np

from interlock.graph.arrays import Arrays, Int8, Int32, Int64
from interlock.graph.backends.protocol import Halves
from interlock.graph.filters import RelationshipFilter
from interlock.graph.finder import Finder
from interlock.graph.heap import Numbers
from interlock.graph.kernels import numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, Relationship

if TYPE_CHECKING:
    from interlock.graph.backends.graph import RemoteGraph

_AGAINST: Final = np.uint32(1 << numbers.AGAINST_SHIFT)


class Part(KnowledgeGraph):
    """Some entities of a graph, and the relationships that were fetched: only those that pass one filter, which need not be asked again.

    Entities and relationships are numbered anew, the entities in the same order.
    """

    def __init__(self, whole: RemoteGraph, halves: Halves, named: Iterable[int] = ()) -> None:
        """``named`` are entities that are in it even if nothing leads to them."""
        self.__dict__.update(whole.__dict__)  # records, names and all that was found out about hops are the whole's
        self.whole = whole
        self._arrays, self._entities, self._ties = _compressed(whole, halves, np.fromiter(named, np.int32))
        self.finder = Finder(self._arrays)

    @property
    def arrays(self) -> Arrays:
        return self._arrays

    def source_mask(self, conditions: RelationshipFilter) -> Int8 | None:
        mask = conditions.sources is not None or conditions.exclude_sources or conditions.min_independent_sources
        return np.ones(len(self._ties), np.uint8) if mask else None

    def index(self, entity: str) -> int:
        number = self.whole.index(entity)
        place = int(np.searchsorted(self._entities, number))
        if place == len(self._entities) or self._entities[place] != number:
            raise KeyError(entity)
        return place

    def id_of(self, index: int) -> str:
        return self.whole.id_of(int(self._entities[index]))

    def entity_at(self, index: int) -> Entity:
        return self.whole.entity_at(int(self._entities[index]))

    def numbered(self, entities: Int32, ties: Int32) -> tuple[Int32, Numbers]:
        return self._entities[entities], np.array(self.whole.fetched.ordered(self._ties[ties]), np.int64)

    def expect(self, pairs: Iterable[tuple[int, int]]) -> None:
        self.columns.expect(tie for pair in dict.fromkeys(pairs) for tie in self._between(*pair))

    def between(self, one: str, other: str) -> list[Relationship]:
        return list(map(self.whole.relationship_at, self.whole.fetched.ordered(self._between(self.index(one), self.index(other)))))

    def _between(self, one: int, other: int) -> Int64:
        """The numbers in the whole of the relationships of two entities with one another."""
        first, head = self._arrays.first, self._arrays.head
        span = slice(int(first[one]), int(first[one + 1]))
        found: Int64 = self._ties[self._arrays.tie[span][head[span] == other]]
        return found


def _compressed(whole: RemoteGraph, halves: Halves, named: Int32) -> tuple[Arrays, Int32, Int64]:
    """The arrays of what was fetched, each relationship seen from both its ends; which entities and relationships its numbers mean."""
    entities = np.unique(np.concatenate((halves.tail, halves.head, named))).astype(np.int32)
    ties, first_seen, tie = np.unique(halves.tie, return_index=True, return_inverse=True)
    one, other = (np.searchsorted(entities, ends).astype(np.int32) for ends in (halves.tail, halves.head))
    tail, head = np.concatenate((one, other)), np.concatenate((other, one))
    tie, word = np.concatenate((tie, tie)), np.concatenate((halves.word, halves.word ^ _AGAINST))
    order = np.lexsort((word & _AGAINST, tie, head, tail))
    tail, head, tie, word = tail[order], head[order], tie[order], word[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (tail[1:] != tail[:-1]) | (tie[1:] != tie[:-1]) | ((word[1:] ^ word[:-1]) & _AGAINST != 0)
    begins = np.zeros(len(entities) + 1, np.int64)
    np.cumsum(np.bincount(tail[new], minlength=len(entities)), out=begins[1:])
    store = whole.columns.store
    passing, kind, degree, transit = (store.numbers(f"search.{name}")[entities] for name in ("passing", "kind", "degree", "transit"))
    arrays = Arrays(
        first=begins,
        head=head[new],
        tie=tie[new].astype(np.int32),
        word=word[new],
        bounds=np.ascontiguousarray(halves.bounds[first_seen], np.int32).reshape(-1),
        passing=passing,
        kind=kind,
        degree=degree,
        transit=transit,
    )
    return arrays, entities, ties
