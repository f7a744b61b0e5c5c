"""scipy: compressed sparse rows and what csgraph does with them; the filter makes rows of what passes."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csgraph, csr_matrix

from benchmarks.peers.base import SEAT, Columns, Filter, K, Peer, within_hops

Floats = npt.NDArray[np.float64]


class Adapter(Peer):
    packages = ("scipy",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "breadth_first_order over everything",
        "shortest_filtered": "breadth_first_order on the rows that a numpy mask leaves",
        "k_shortest": "yen, on a simple graph",
        "neighbourhood": "slices of the rows, tested in numpy",
        "shared": "slices of the rows, tested in numpy",
    }

    def load(self, columns: Columns) -> None:
        ties, self.count = columns.ties, len(columns.kinds)
        tail, head = np.concatenate((ties.source, ties.target)), np.concatenate((ties.target, ties.source))
        order = np.lexsort((head, tail))
        tie = order % len(ties.source)
        self.first = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=self.count)))).astype(np.int32)
        self.head = head[order]
        self.kind, self.status = ties.kind[tie], ties.status[tie]
        self.earliest, self.latest = ties.bounds[tie, 0], ties.bounds[tie, 3]
        self.graph = self._matrix(self.first, self.head)
        self.simple: csr_matrix | None = None

    def arrays(self) -> int:
        columns = (self.first, self.head, self.kind, self.status, self.earliest, self.latest, self.graph.data)
        return sum(column.nbytes for column in columns)

    def prepare(self, question: str) -> None:
        if question == "k_shortest":
            self.simple = self.graph.copy()
            self.simple.sum_duplicates()
            self.simple.data[:] = 1

    def _matrix(self, first: npt.NDArray[np.int32], head: npt.NDArray[np.int32]) -> csr_matrix:
        return csr_matrix((np.ones(len(head)), head, first), shape=(self.count, self.count))

    def shortest(self, u: int, v: int) -> list[int] | None:
        return _walk_back(csgraph.breadth_first_order(self.graph, u)[1], u, v)

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        passing = self._passes(slice(None), keep)
        first = np.concatenate(([0], np.cumsum(passing, dtype=np.int32)))[self.first].astype(np.int32)
        return _walk_back(csgraph.breadth_first_order(self._matrix(first, self.head[passing]), u)[1], u, v)

    def k_shortest(self, u: int, v: int) -> list[list[int]]:
        _, before = csgraph.yen(self.simple, u, v, K, unweighted=True, return_predecessors=True)
        return within_hops(path for path in (_walk_back(row, u, v) for row in before) if path)

    def neighbourhood(self, u: int, keep: Filter) -> npt.NDArray[np.int32]:
        near = self._step(u, keep)
        steps = [near, *(self._step(at, keep) for at in near.tolist())]
        found = np.unique(np.concatenate(steps))
        return found[found != u]

    def shared(self, u: int, v: int) -> npt.NDArray[np.int32]:
        one, other = (self.head[part][self.kind[part] == SEAT] for part in (self._part(u), self._part(v)))
        return np.intersect1d(one, other)

    def _part(self, u: int) -> slice:
        return slice(int(self.first[u]), int(self.first[u + 1]))

    def _step(self, u: int, keep: Filter) -> npt.NDArray[np.int32]:
        part = self._part(u)
        return self.head[part][self._passes(part, keep)]

    def _passes(self, part: slice, keep: Filter) -> npt.NDArray[np.bool_]:
        return (self.status[part] <= keep.weakest) & (self.earliest[part] <= keep.last) & (self.latest[part] >= keep.first)


def _walk_back(before: npt.NDArray[np.int32], u: int, v: int) -> list[int] | None:
    path = [v]
    while path[-1] != u:
        if (at := int(before[path[-1]])) < 0:
            return None
        path.append(at)
    return path[::-1]
