"""networkx: a multigraph of dicts with the attributes on its edges; the filter is a subgraph view."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import ClassVar

import networkx as nx

from benchmarks.peers.base import MOST_HOPS, MOST_PATHS, SEAT, Columns, Filter, K, Peer


class Adapter(Peer):
    packages = ("networkx",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "shortest_path (bidirectional)",
        "shortest_filtered": "shortest_path on subgraph_view(filter_edge=…)",
        "all_shortest": "all_shortest_paths, the first 100",
        "k_shortest": "shortest_simple_paths, on a Graph since it refuses multigraphs",
        "neighbourhood": "two steps over the adjacency",
        "shared": "two steps over the adjacency",
    }

    def load(self, columns: Columns) -> None:
        graph = nx.MultiGraph()
        graph.add_nodes_from(range(len(columns.kinds)))
        ties = columns.ties
        bounds = ties.bounds
        rows = zip(
            *(column.tolist() for column in (ties.source, ties.target, ties.kind, ties.status, bounds[:, 0], bounds[:, 3])), strict=True
        )
        graph.add_edges_from(
            (source, target, {"kind": kind, "status": status, "first": first, "last": last})
            for source, target, kind, status, first, last in rows
        )
        self.graph = graph
        self.simple: nx.Graph = graph

    def prepare(self, question: str) -> None:
        if question in ("k_shortest", "all_shortest") and self.simple is self.graph:
            self.simple = nx.Graph()
            self.simple.add_nodes_from(self.graph)
            self.simple.add_edges_from(self.graph.edges())

    def shortest(self, u: int, v: int) -> list[int] | None:
        try:
            return nx.shortest_path(self.graph, u, v)
        except nx.NetworkXNoPath:
            return None

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        adjacency = self.graph.adj

        def admits(one: int, other: int, key: int) -> bool:
            edge = adjacency[one][other][key]
            return edge["status"] <= keep.weakest and edge["first"] <= keep.last and edge["last"] >= keep.first

        try:
            return nx.shortest_path(nx.subgraph_view(self.graph, filter_edge=admits), u, v)
        except nx.NetworkXNoPath:
            return None

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        try:
            return list(islice(nx.all_shortest_paths(self.simple, u, v), MOST_PATHS))
        except nx.NetworkXNoPath:
            return []

    def k_shortest(self, u: int, v: int) -> list[list[int]]:
        try:
            return list(takewhile(lambda path: len(path) <= MOST_HOPS + 1, islice(nx.shortest_simple_paths(self.simple, u, v), K)))
        except nx.NetworkXNoPath:
            return []

    def neighbourhood(self, u: int, keep: Filter) -> set[int]:
        adjacency = self.graph._adj
        reached = {u}
        frontier = [u]
        for _ in range(2):
            found = set()
            for at in frontier:
                for other, edges in adjacency[at].items():
                    if other not in reached and any(
                        edge["status"] <= keep.weakest and edge["first"] <= keep.last and edge["last"] >= keep.first
                        for edge in edges.values()
                    ):
                        found.add(other)
            reached |= found
            frontier = list(found)
        return reached - {u}

    def shared(self, u: int, v: int) -> set[int]:
        return self._directors(u) & self._directors(v)

    def _directors(self, company: int) -> set[int]:
        return {other for other, edges in self.graph._adj[company].items() if any(edge["kind"] == SEAT for edge in edges.values())}
