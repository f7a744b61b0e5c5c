"""The simple graph of a selection: whoever has a relationship in it, each two that have any joined once."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int8, Int32, Int64
from interlock.graph.columns import runs
from interlock.graph.heap import Numbers
from interlock.graph.kernels import numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind


class HopGraph(NamedTuple):
    """``entities`` (n) are numbers, in order; ``first`` (n + 1) and ``head`` are their neighbours as places among them, ``first_b`` and
    ``head_b`` those before them (the same where relationships are taken either way); ``closed`` (n) marks boards, which nothing passes.
    """

    entities: Int32
    first: Int64
    head: Int32
    first_b: Int64
    head_b: Int32
    closed: Int8

    @classmethod
    def of(cls, graph: KnowledgeGraph, ties: Int32, directed: bool) -> Self:
        """The graph of these relationships."""
        arrays, store = graph.arrays, graph.columns.store
        seen = np.zeros(len(arrays.kind), np.bool_)
        for end in ("source_end", "target_end"):
            seen[store.numbers(end)[ties]] = True
        entities = np.flatnonzero(seen).astype(np.int32)
        place = np.zeros(len(seen), np.int32)
        place[entities] = np.arange(len(entities))
        counts = np.zeros(len(arrays.bounds) // 4, np.bool_)
        counts[ties] = True
        owners = entities if 2 * len(entities) < len(seen) else np.arange(len(seen), dtype=np.int32)  # all, if there are nearly as many
        begin, until = arrays.first[owners], arrays.first[owners + 1]
        halves = runs(begin, until)
        kept = counts[arrays.tie[halves]]
        halves, tail = halves[kept], np.repeat(place[owners], until - begin)[kept]
        head, against = place[arrays.head[halves]], arrays.word[halves] >> numbers.AGAINST_SHIFT & 1 != 0
        onward = _joined(len(entities), tail[~against], head[~against]) if directed else _joined(len(entities), tail, head)
        back = _joined(len(entities), tail[against], head[against]) if directed else onward
        return cls(entities, *onward, *back, (arrays.kind[entities] == ENTITY_KINDS.index(EntityKind.BOARD)).astype(np.uint8))


def _joined(count: int, tail: Numbers, head: Numbers) -> tuple[Int64, Int32]:
    """Neighbours, of half-edges in their order: parallel ones, which stand side by side, are one; none leads from an entity to itself."""
    kept = tail != head
    kept[1:] &= (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    first = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(tail[kept], minlength=count), out=first[1:])
    return first, np.ascontiguousarray(head[kept], np.int32)
