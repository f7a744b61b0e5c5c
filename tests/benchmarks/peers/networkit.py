"""networkit: a C++ library without edge attributes to search by; the filter builds a graph of the edges that pass."""

from __future__ import annotations

from typing import ClassVar

import networkit

from benchmarks.peers.base import SEAT, Columns, Edges, Filter, Int32, Peer, pairs


class Adapter(Peer):
    packages = ("networkit",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "BidirectionalBFS",
        "shortest_filtered": "BidirectionalBFS on GraphFromCoo of a numpy mask",
        "all_shortest": "BFS with all predecessors up to the target, getPaths",
        "neighbourhood": "GraphFromCoo of a numpy mask, iterNeighbors twice",
        "shared": "GraphFromCoo of the seats, once; iterNeighbors",
    }

    def load(self, columns: Columns) -> None:
        self.count = len(columns.kinds)
        self.edges = Edges(columns.ties)
        self.kind = columns.ties.kind.copy()
        self.graph = self._graph(*pairs(self.edges.source, self.edges.target))

    def prepare(self, question: str) -> None:
        if question == "shared":
            seats = self.kind == SEAT
            self.seats = self._graph(*pairs(self.edges.source[seats], self.edges.target[seats]))

    def _graph(self, source: Int32, target: Int32) -> networkit.Graph:
        return networkit.GraphFromCoo((source, target), n=self.count, directed=False)

    def _filtered(self, keep: Filter) -> networkit.Graph:
        passing = self.edges.admitted(keep)
        return self._graph(self.edges.source[passing], self.edges.target[passing])

    def shortest(self, u: int, v: int) -> list[int] | None:
        return self._path(self.graph, u, v)

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        return self._path(self._filtered(keep), u, v)

    def _path(self, graph: networkit.Graph, u: int, v: int) -> list[int] | None:
        search = networkit.distance.BidirectionalBFS(graph, u, v)
        search.run()
        return [u, *search.getPath(), v] if search.getDistance() < self.count else None

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        search = networkit.distance.BFS(self.graph, u, True, False, v)
        search.run()
        return search.getPaths(v) if search.distance(v) < self.count else []

    def neighbourhood(self, u: int, keep: Filter) -> set[int]:
        graph = self._filtered(keep)
        near = set(graph.iterNeighbors(u))
        return near.union(*(graph.iterNeighbors(at) for at in near)) - {u}

    def shared(self, u: int, v: int) -> set[int]:
        return set(self.seats.iterNeighbors(u)) & set(self.seats.iterNeighbors(v))
