"""The plain search that the engine is tested against: best-first over the records, one relationship at a time, obviously right.

Weights are tuples of integers, compared and added componentwise from the left, so that "fewest hops, then cheapest" and "cheapest, then
fewest hops" are the same search. A backward pass gives each entity the least weight that is left to the target; a partial path is then
continued in the order of what it will weigh at least. Since that bound never falls along a path, finished paths leave the queue in exact
order, and paths of equal weight in the order of their entities' ids.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from interlock.graph.budget import StopReason
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.paths import MAX_PATHS
from interlock.graph.question import Path, PathAnswer, PathQuestion, PathRanking, PathSelector
from interlock.graph.together import held_together
from interlock.graph.view import View

Weight = tuple[int, int]
Neighbours = Callable[[str], Mapping[str, Weight]]
"""Entity → whom a path may go on to from it, and the weight of doing so (the hop, and the passage through whom it leads to)."""


def find_paths(graph: KnowledgeGraph, question: PathQuestion) -> PathAnswer:
    """Answer a question about paths, however long it takes."""
    run = _Run(graph, question)
    reason = run.best() if question.selector is PathSelector.SHORTEST_K else run.shortest()
    paths = run.found
    if question.selector is not PathSelector.SHORTEST_K:
        paths = sorted(paths, key=run.rank)[: 1 if question.selector is PathSelector.ANY_SHORTEST else None]
    return PathAnswer(question, tuple(paths), reason)


@dataclass
class _Run:
    graph: KnowledgeGraph
    question: PathQuestion
    found: list[Path] = field(default_factory=list)
    cut: bool = False

    def best(self) -> StopReason:
        """Find the first k in the order of rank. What surely held is searched for by itself, so that no shorter path hides it."""
        relationships = self.question.filter.relationships
        searches = [self._paths(self.question.rank_by, sure=False)]
        if relationships.window is not None and relationships.certainty is not Certainty.CERTAIN:
            unsure = (path for path in searches[0] if not path.surely_held)
            searches = [self._paths(self.question.rank_by, sure=True), unsure]
        for path in (path for search in searches for path in search):
            if len(self.found) == self.question.k:
                return StopReason.PATH_LIMIT
            self.found.append(path)
        return StopReason.HOP_LIMIT if self.cut else StopReason.COMPLETE

    def shortest(self) -> StopReason:
        """Find all paths of the least length, or of each of the k least lengths."""
        by_groups = self.question.selector is PathSelector.SHORTEST_K_GROUPS
        wanted = self.question.k if by_groups else 1
        for number, (_, group) in enumerate(groupby(self._paths(PathRanking.HOPS, sure=False), lambda path: len(path.hops))):
            if number == wanted:
                return StopReason.PATH_LIMIT if by_groups else StopReason.COMPLETE
            for path in group:
                if len(self.found) == MAX_PATHS:
                    return StopReason.PATH_LIMIT
                self.found.append(path)
        return StopReason.HOP_LIMIT if self.cut and (by_groups or not self.found) else StopReason.COMPLETE

    def rank(self, path: Path) -> tuple[bool, float, float, tuple[str, ...]]:
        """What paths are ordered by."""
        hops_first = self.question.rank_by is PathRanking.HOPS
        first, second = (len(path.hops), path.cost) if hops_first else (path.cost, len(path.hops))
        return not path.surely_held, first, second, tuple(entity.id for entity in path.entities)

    def _paths(self, ranking: PathRanking, sure: bool) -> Iterator[Path]:
        question, view = self.question, PlainView(self.graph, self.question, sure)
        network = view.network(ranking)
        search = Search(network, question.start_node, question.end_node, question.min_hops, question.max_hops, view.keep)
        for nodes in search:
            yield view.path(nodes)
        self.cut |= search.cut


class PlainView(View):
    """What a question admits of a graph; with ``sure``, only hops that surely held at the time that it asks about."""

    def __init__(self, graph: KnowledgeGraph, question: PathQuestion, sure: bool) -> None:
        super().__init__(graph, question)
        self.sure = sure

    def network(self, ranking: PathRanking) -> Network:
        """The steps that a search may take. Weights are (hops, cost) or (cost, hops), by what is to be least first."""

        def weigh(start: str, end: str) -> Weight:
            cost = self._cost(start, end)
            return (1, cost) if ranking is PathRanking.HOPS else (cost, 1)

        return Network(
            forward=lambda start: {end: weigh(start, end) for end in self._around(start, self.question.end_node) if self._open(start, end)},
            backward=lambda end: {
                start: weigh(start, end) for start in self._around(end, self.question.start_node) if self._open(start, end)
            },
        )

    def keep(self, nodes: Sequence[str]) -> bool:
        """Can a path that begins like this still be admitted?"""
        if nodes[-1] == self.question.end_node and not self.filter.must_pass <= set(nodes):
            return False
        if not self.filter.held_together:
            return True
        window = self.filter.relationships.window
        together = held_together([[tie.interval for tie in self.ties(*pair)] for pair in pairwise(nodes)], window)
        if self.filter.relationships.certainty is Certainty.CERTAIN:
            return together.certainty is Certainty.CERTAIN
        return together.certainty is not Certainty.IMPOSSIBLE

    def _open(self, start: str, end: str) -> bool:
        """May a path take this hop? With ``sure``, only if one of its relationships surely held."""
        ties = self.ties(start, end)
        return bool(ties) and (not self.sure or self.filter.relationships.held(ties[0]) is Certainty.CERTAIN)

    def _around(self, entity: str, end: str) -> Iterable[str]:
        """The neighbours that are an end of the question, or may be passed through."""
        for other in self.graph.neighbours(entity):
            if other == end or self._admits_between(other):
                yield other

    def _admits_between(self, entity: str) -> bool:
        return self.filter.admits_between(self.graph.entities[entity], self.graph)


@dataclass(frozen=True)
class Network:
    """What is searched: forward and backward steps. ``backward(v)`` gives the same weights as ``forward(u)[v]`` would."""

    forward: Neighbours
    backward: Neighbours


@dataclass
class Search:
    """Enumerates the simple paths from ``source`` to ``target`` of ``min_hops`` to ``max_hops`` hops, by weight, then by ids.

    ``keep`` judges a partial path (entities so far) and must never come to admit what it has refused a beginning of. After the last path,
    ``cut`` says whether paths longer than ``max_hops`` were left aside.
    """

    network: Network
    source: str
    target: str
    min_hops: int
    max_hops: int
    keep: Callable[[Sequence[str]], bool] = lambda path: True
    cut: bool = False

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        hops, rest = self._lower_bounds()
        if self.source not in rest:
            return
        queue: list[tuple[Weight, tuple[str, ...], Weight]] = [(rest[self.source], (self.source,), (0, 0))]
        while queue:
            _, path, spent = heapq.heappop(queue)
            if path[-1] == self.target:
                if len(path) > self.min_hops:
                    yield path
                continue
            onward = self.network.forward(path[-1])
            for entity, weight in onward.items():
                if entity in path or entity not in rest:
                    continue
                if len(path) + hops[entity] > self.max_hops:
                    self.cut = True
                    continue
                longer = (*path, entity)
                if self.keep(longer):
                    now = _add(spent, weight)
                    heapq.heappush(queue, (_add(now, rest[entity]), longer, now))

    def _lower_bounds(self) -> tuple[dict[str, int], dict[str, Weight]]:
        """For each entity from which the target can be reached: the fewest hops, and the least weight, to it (Dijkstra, backward)."""
        rest: dict[str, Weight] = {}
        queue: list[tuple[Weight, str]] = [((0, 0), self.target)]
        while queue:
            weight, entity = heapq.heappop(queue)
            if entity in rest:
                continue
            rest[entity] = weight
            if entity == self.source:
                continue
            before = self.network.backward(entity)
            for other, step in before.items():
                if other not in rest:
                    heapq.heappush(queue, (_add(weight, step), other))
        return self._hops(rest), rest

    def _hops(self, reached: Mapping[str, Weight]) -> dict[str, int]:
        hops, frontier, distance = {self.target: 0}, [self.target], 0
        while frontier:
            distance += 1
            found = (other for entity in frontier if entity != self.source for other in self.network.backward(entity))
            frontier = [other for other in dict.fromkeys(found) if other not in hops and other in reached]
            hops.update(dict.fromkeys(frontier, distance))
        return hops


def _add(a: Weight, b: Weight) -> Weight:
    return a[0] + b[0], a[1] + b[1]
