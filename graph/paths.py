"""How two entities are connected: the paths that a question asks for, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.question import Path, PathAnswer, PathQuestion, PathRanking, PathSelector
from interlock.graph.search import Budget, Search, Stopped, StopReason
from interlock.graph.view import View

MAX_PATHS: Final = 1000
"""How many paths an answer holds at most, for the selectors that ask for all of some length."""


def find_paths(graph: KnowledgeGraph, question: PathQuestion, budget: Budget | None = None) -> PathAnswer:
    """Answer a question about paths.

    Order: under a date, paths of which every hop surely held come before the others; then fewer hops and lower cost, or the other way
    round if ranked by informativeness; then the ids of the entities. The answer is complete when nothing that was asked for is missing.
    Otherwise ``stopped_by`` says what ended it: PATH_LIMIT (there are more than ``k``), HOP_LIMIT (longer ones were left aside),
    STEP_BUDGET or DEADLINE.
    """
    run = _Run(graph, question, budget or Budget())
    try:
        reason = run.best() if question.selector is PathSelector.SHORTEST_K else run.shortest()
    except Stopped as stopped:
        reason = stopped.reason
    paths = run.found
    if question.selector is not PathSelector.SHORTEST_K:
        paths = sorted(paths, key=run.rank)[: 1 if question.selector is PathSelector.ANY_SHORTEST else None]
    return PathAnswer(question, tuple(paths), reason)


@dataclass
class _Run:
    graph: KnowledgeGraph
    question: PathQuestion
    budget: Budget
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
        question, view = self.question, View(self.graph, self.question, sure)
        network = view.network(ranking)
        search = Search(network, question.start_node, question.end_node, question.min_hops, question.max_hops, self.budget, view.keep)
        for nodes in search:
            yield view.path(nodes)
        self.cut |= search.cut
