"""Interlock's own engine over compressed arrays. Everything that this benchmark knows of its names is here."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.peers.base import MOST_HOPS, MOST_PATHS, Columns, Filter, K, Peer
from interlock.graph.arrays import STATUSES, compress
from interlock.graph.fastpaths import Finder
from interlock.graph.filters import PathFilter, RelationshipFilter

Ids = npt.NDArray[np.int32]


class Adapter(Peer):
    packages = ("interlock-graph", "numba")

    def load(self, columns: Columns) -> None:
        self.compressed = compress(columns.ties, columns.kinds)
        self.finder = Finder(self.compressed)

    def arrays(self) -> int:
        return sum(array.nbytes for array in self.compressed)

    def shortest(self, u: int, v: int) -> list[int] | None:
        return self.finder.shortest(u, v) or None

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        return self.finder.shortest(u, v, _filter(keep)) or None

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        return self.finder.all_shortest(u, v, most=MOST_PATHS)

    def k_shortest(self, u: int, v: int) -> list[list[int]]:
        return self.finder.k_shortest(u, v, k=K, max_hops=MOST_HOPS)

    def k_together(self, u: int, v: int) -> list[list[int]]:
        return self.finder.k_shortest(u, v, k=K, max_hops=MOST_HOPS, together=True)

    def neighbourhood(self, u: int, keep: Filter) -> Ids:
        return self.finder.neighbourhood(u, 2, _filter(keep))

    def shared(self, u: int, v: int) -> Ids:
        return self.finder.shared(u, v)


def _filter(keep: Filter) -> PathFilter:
    return PathFilter(RelationshipFilter(min_status=STATUSES[keep.weakest], during=f"{keep.year:04}"))
