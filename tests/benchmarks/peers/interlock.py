"""Interlock's own engine over compressed arrays. Everything that this benchmark knows of its names is here."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from benchmarks.peers.base import MOST_HOPS, MOST_PATHS, Columns, Filter, K, Peer
from interlock.graph.arrays import STATUSES, compress
from interlock.graph.budget import Budget
from interlock.graph.compile import compile_filter
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.finder import COMPILER, Finder, Query

Ids = npt.NDArray[np.int32]
ANYTHING = PathFilter(RelationshipFilter(statuses=frozenset(STATUSES)))


class Adapter(Peer):
    packages = ("interlock-graph", "numba")

    def load(self, columns: Columns) -> None:
        self.compressed = compress(columns.ties, columns.kinds)
        for column in self.compressed:
            column.flags.writeable = False  # as those of a graph are
        self.finder = Finder(self.compressed)
        self.anything = compile_filter(ANYTHING)
        self.together = compile_filter(PathFilter(ANYTHING.relationships, held_together=True))
        COMPILER.make()

    def arrays(self) -> int:
        return sum(array.nbytes for array in self.compressed)

    def shortest(self, u: int, v: int) -> list[int] | None:
        return self.finder.shortest(self.anything.between(u, v), 12, Budget()) or None

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        return self.finder.shortest(_filter(keep).between(u, v), 12, Budget()) or None

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        with self.finder.hunt(self.anything.between(u, v), 12, Budget()) as hunt:
            return [list(nodes) for _, nodes in hunt.of_length(hunt.distance, MOST_PATHS)] if hunt.distance else []

    def k_shortest(self, u: int, v: int) -> list[list[int]]:
        return self._first_k(self.anything.between(u, v))

    def k_together(self, u: int, v: int) -> list[list[int]]:
        return self._first_k(self.together.between(u, v))

    def neighbourhood(self, u: int, keep: Filter) -> Ids:
        return self.finder.around(_filter(keep).between(u, -1), 2, 2**31 - 1, Budget())[0]

    def shared(self, u: int, v: int) -> Ids:
        return self.finder.shared_holders(u, v)

    def _first_k(self, query: Query) -> list[list[int]]:
        found: list[list[int]] = []
        with self.finder.hunt(query, MOST_HOPS, Budget()) as hunt:
            for hops in range(hunt.distance, MOST_HOPS + 1) if hunt.distance else ():
                found += [list(nodes) for _, nodes in hunt.of_length(hops, K - len(found))]
                if len(found) == K or hunt.stopped_by:
                    break
        return found


@lru_cache
def _filter(keep: Filter) -> Query:
    return compile_filter(PathFilter(RelationshipFilter(min_status=STATUSES[keep.weakest], during=f"{keep.year:04}")))
