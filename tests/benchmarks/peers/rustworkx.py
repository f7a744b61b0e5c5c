"""rustworkx: a Rust library; the filter prunes edges in the visitor of a breadth-first search."""

from __future__ import annotations

from typing import ClassVar

import rustworkx
from rustworkx.visit import BFSVisitor, PruneSearch, StopSearch

from benchmarks.peers.base import SEAT, Columns, Edges, Filter, Peer, pairs


class _Search(BFSVisitor):
    """Finds one entity by the edges that pass."""

    def __init__(self, edges: Edges, target: int, keep: Filter) -> None:
        self.passing = edges.admitted(keep)
        self.target = target
        self.before: dict[int, int] = {}

    def tree_edge(self, edge: tuple[int, int, int]) -> None:
        source, target, number = edge
        if not self.passing[number]:
            raise PruneSearch
        self.before[target] = source
        if target == self.target:
            raise StopSearch


class Adapter(Peer):
    packages = ("rustworkx",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "dijkstra_shortest_paths with a target",
        "shortest_filtered": "bfs_search, whose visitor prunes what a numpy mask excludes (as fast as building a graph of the rest)",
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
            source, target = pairs(self.edges.source, self.edges.target)
            self.simple.add_edges_from_no_data(list(zip(source.tolist(), target.tolist(), strict=True)))

    def shortest(self, u: int, v: int) -> list[int] | None:
        found = rustworkx.dijkstra_shortest_paths(self.graph, u, v)
        return list(found[v]) if v in found else None

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        search = _Search(self.edges, v, keep)
        rustworkx.bfs_search(self.graph, [u], search)
        path = [v]
        while path[-1] != u:
            if path[-1] not in search.before:
                return None
            path.append(search.before[path[-1]])
        return path[::-1]

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
