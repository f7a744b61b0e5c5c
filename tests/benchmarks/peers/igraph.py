"""igraph: a C library; the filter makes a subgraph of the edges that pass."""

from __future__ import annotations

from typing import ClassVar

import igraph
import numpy as np

from benchmarks.peers.base import SEAT, Columns, Edges, Filter, K, Peer, pairs, within_hops


class Adapter(Peer):
    packages = ("igraph",)
    how: ClassVar[dict[str, str]] = {
        "shortest_filtered": "get_shortest_path on subgraph_edges of a numpy mask (faster than infinite weights)",
        "all_shortest": "get_all_shortest_paths, on a simple graph",
        "k_shortest": "get_k_shortest_paths (Yen), on a simple graph",
        "neighbourhood": "incident edges, twice, tested in numpy",
    }

    def load(self, columns: Columns) -> None:
        self.count = len(columns.kinds)
        self.edges = Edges(columns.ties)
        self.kind = columns.ties.kind.copy()
        self.graph = igraph.Graph(self.count, np.stack((self.edges.source, self.edges.target), axis=1))
        self.simple: igraph.Graph | None = None

    def prepare(self, question: str) -> None:
        if question in ("all_shortest", "k_shortest") and self.simple is None:
            self.simple = igraph.Graph(self.count, np.stack(pairs(self.edges.source, self.edges.target), axis=1))

    def shortest(self, u: int, v: int) -> list[int] | None:
        return self.graph.get_shortest_path(u, v) or None

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        edges = np.flatnonzero(self.edges.admitted(keep)).tolist()
        return self.graph.subgraph_edges(edges, delete_vertices=False).get_shortest_path(u, v) or None

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        return self.simple.get_all_shortest_paths(u, to=v)

    def k_shortest(self, u: int, v: int) -> list[list[int]]:
        return within_hops(path for path in self.simple.get_k_shortest_paths(u, v, k=K) if path)

    def neighbourhood(self, u: int, keep: Filter) -> set[int]:
        reached, frontier = {u}, [u]
        edges = self.edges
        for _ in range(2):
            ids = np.array([edge for at in frontier for edge in self.graph.incident(at)], np.int64)
            passing = (edges.status[ids] <= keep.weakest) & (edges.earliest[ids] <= keep.last) & (edges.latest[ids] >= keep.first)
            ids = ids[passing]
            found = set(edges.source[ids].tolist()) | set(edges.target[ids].tolist())
            frontier = list(found - reached)
            reached |= found
        return reached - {u}

    def shared(self, u: int, v: int) -> set[int]:
        return self._directors(u) & self._directors(v)

    def _directors(self, company: int) -> set[int]:
        ids = np.array(self.graph.incident(company), np.int64)
        return set(self.edges.source[ids[self.kind[ids] == SEAT]].tolist()) - {company}
