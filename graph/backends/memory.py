"""The backend that a graph in memory is: what the others are compared with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interlock.graph.arrays import Int32
from interlock.graph.backends.admitting import admitted
from interlock.graph.backends.directory import directory_of
from interlock.graph.backends.protocol import Halves
from interlock.graph.columns import runs
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Store
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship


class MemoryBackend:
    """Answers out of a graph in memory, as others do out of an engine."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self.directory: Store = directory_of(graph.columns.store)
        self.trips = 0
        self.in_order = True
        self.ticket: str | None = None

    async def neighbours(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        self.trips += 1
        arrays = self._graph.arrays
        begin, end = arrays.first[entities], arrays.first[entities + 1]
        places = runs(begin, end)
        tie = arrays.tie[places]
        found = Halves(
            np.repeat(entities, end - begin).astype(np.int32),
            arrays.head[places],
            tie.astype(np.int64),
            arrays.word[places],
            arrays.bounds.reshape(-1, 4)[tie],
        )
        mask = self._graph.source_mask(conditions)
        return admitted(found if mask is None else found.where(mask[tie] != 0), conditions, forward)

    async def lookup(self, ties: Sequence[int]) -> Sequence[Relationship]:
        self.trips += 1
        if not all(0 <= tie < self._graph.columns.relationship_count for tie in ties):
            raise KeyError(ties)
        return list(map(self._graph.relationship_at, ties))

    async def find(self, relationship: str) -> int:
        self.trips += 1
        return self._graph.columns.relationship_ids.find(relationship)

    async def find_claim(self, claim: str) -> int:
        self.trips += 1
        found = self._graph.columns.claim(claim)
        return -1 if found is None else self._graph.columns.relationship_ids.find(found.relationship)

    async def is_current(self) -> bool:
        return True

    async def close(self) -> None:
        """There is none."""
