"""rustworkx: a Rust library; the filter builds a graph of the edges that pass (a visitor that prunes the others takes longer)."""

from __future__ import annotations

from typing import ClassVar

import rustworkx

from benchmarks.peers.base import SEAT, Columns, Edges, Filter, Int32, Peer, pairs


class Adapter(Peer):
    packages = ("rustworkx",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "dijkstra_shortest_paths with a target",
        "shortest_filtered": "dijkstra_shortest_paths on a graph of what a numpy mask leaves (faster than a visitor that prunes)",
        "all_shortest": "graph_all_shortest_paths, on a simple graph",
        "neighbourhood": "incident edges, twice, tested in Python",
    }

    def load(self, columns: Columns) -> None:
        self.edges = Edges(columns.ties)
        self.kind = columns.ties.kind.copy()
        ends = zip(self.edges.source.tolist(), self.edges.target.tolist(), range(len(self.kind)), strict=True)
        self.graph = rustworkx.PyGraph()
        self.graph.add_nodes_from(range(len(columns.kinds)))
        self.graph.add_edges_from(list(ends))
        self.simple: rustworkx.PyGraph | None = None

    def prepare(self, question: str) -> None:
        if question == "all_shortest":
            self.simple = rustworkx.PyGraph()
            self.simple.add_nodes_from(self.graph.nodes())
            self.simple.add_edges_from_no_data(_pairs(*pairs(self.edges.source, self.edges.target)))

    def shortest(self, u: int, v: int) -> list[int] | None:
        return _dijkstra(self.graph, u, v)

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        passing = self.edges.admitted(keep)
        graph = rustworkx.PyGraph()
        graph.add_nodes_from(self.graph.nodes())
        graph.add_edges_from_no_data(_pairs(self.edges.source[passing], self.edges.target[passing]))
        return _dijkstra(graph, u, v)

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        return [list(path) for path in rustworkx.graph_all_shortest_paths(self.simple, u, v)]

    def neighbourhood(self, u: int, keep: Filter) -> set[int]:
        edges = self.edges
        reached, frontier = {u}, [u]
        for _ in range(2):
            found = {
                other
                for at in frontier
                for other, number in ((other, number) for _, other, number in self.graph.out_edges(at))
                if other not in reached
                and edges.status[number] <= keep.weakest
                and edges.earliest[number] <= keep.last
                and edges.latest[number] >= keep.first
            }
            reached |= found
            frontier = list(found)
        return reached - {u}

    def shared(self, u: int, v: int) -> set[int]:
        return self._directors(u) & self._directors(v)

    def _directors(self, company: int) -> set[int]:
        return {other for _, other, number in self.graph.out_edges(company) if self.kind[number] == SEAT}


def _pairs(source: Int32, target: Int32) -> list[tuple[int, int]]:
    return list(zip(source.tolist(), target.tolist(), strict=True))


def _dijkstra(graph: rustworkx.PyGraph, u: int, v: int) -> list[int] | None:
    found = rustworkx.dijkstra_shortest_paths(graph, u, v)
    return list(found[v]) if v in found else None
