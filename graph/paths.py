"""How two entities are connected: the paths that a question asks for, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from interlock.graph.budget import Budget, StopReason
from interlock.graph.compile import compile_question
from interlock.graph.cost import UNIT, transit_cost
from interlock.graph.finder import Found, Hunt
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.question import Path, PathAnswer, PathQuestion, PathRanking, PathSelector
from interlock.graph.view import View

MAX_PATHS: Final = 1000
"""How many paths an answer holds at most, for the selectors that ask for all of some length."""


def find_paths(graph: KnowledgeGraph, question: PathQuestion, budget: Budget | None = None, beyond: bool = True) -> PathAnswer:
    """Answer a question about paths.

    Order: under a date, paths of which every hop surely held come before the others; then fewer hops and lower cost, or the other way
    round if ranked by informativeness; then the ids of the entities. The answer is complete when nothing that was asked for is missing.
    Otherwise ``stopped_by`` says what ended it: PATH_LIMIT (there are more than ``k``), HOP_LIMIT (longer ones were left aside),
    STEP_BUDGET or DEADLINE. Whether there are longer ones takes a look ``beyond``; without that it is never HOP_LIMIT.
    """
    run = Run(graph, question, budget or Budget(), beyond)
    match question.selector:
        case _ if not run.passable:
            reason = StopReason.COMPLETE
        case PathSelector.SHORTEST_K:
            reason = run.best()
        case PathSelector.ANY_SHORTEST:
            reason = run.any_shortest()
        case PathSelector.ALL_SHORTEST | PathSelector.SHORTEST_K_GROUPS:
            reason = run.groups()
    return PathAnswer(question, tuple(run.found), reason)


@dataclass
class Run:
    """One question being answered. ``found`` are its paths; ``goes_on`` says whether there may be longer ones than it asks for, unless it
    isn't to look ``beyond``.
    """

    graph: KnowledgeGraph
    question: PathQuestion
    budget: Budget
    beyond: bool = True
    found: list[Path] = field(default_factory=list)
    goes_on: bool = False
    stopped_by: StopReason | None = None
    view: View = field(init=False)

    def __post_init__(self) -> None:
        self.view = View(self.graph, self.question)

    @property
    def passable(self) -> bool:
        """Is all there that has to be passed?"""
        return self.question.filter.must_pass <= self.graph.entities.keys()

    def best(self) -> StopReason:
        """The first k in the order of rank. What surely held is searched for by itself, so that no shorter path hides it."""
        searches = [self._ranked(sure=False)]
        if self._is_unsure_possible:
            searches = [self._ranked(sure=True), (path for path in searches[0] if not path.surely_held)]
        for path in (path for search in searches for path in search):
            if len(self.found) == self.question.k:
                return StopReason.PATH_LIMIT
            self.found.append(path)
        return self._end()

    def any_shortest(self) -> StopReason:
        """One path of the least length: the first in the order of rank."""
        with self._hunt(sure=False) as hunt:
            for hops in self._lengths(hunt):
                first = hunt.of_length(hops, 1)
                if first:
                    surely = self._surely(hops) if self._is_unsure_possible else []
                    self.found = self._paths(surely or first)
                    return StopReason.COMPLETE
            self._exhausted(hunt)
        return self._end()

    def groups(self) -> StopReason:
        """All paths of the least length, or of each of the k least lengths, as far as an answer holds them; in the order of rank."""
        by_groups = self.question.selector is PathSelector.SHORTEST_K_GROUPS
        wanted, number = (self.question.k if by_groups else 1), 0
        with self._hunt(sure=False) as hunt:
            for hops in self._lengths(hunt):
                room = MAX_PATHS - len(self.found)
                group = hunt.of_length(hops, 1 if number == wanted else room + 1)
                if group and number == wanted:
                    return self._sorted(StopReason.PATH_LIMIT if by_groups else StopReason.COMPLETE)
                number += bool(group)
                self.found += self._paths(group[:room])
                if len(group) > room:
                    return self._sorted(StopReason.PATH_LIMIT)
                if number == wanted and not by_groups:
                    break
            else:
                self._exhausted(hunt)
        self.goes_on &= by_groups or not self.found
        return self._sorted(self._end())

    def _sorted(self, reason: StopReason) -> StopReason:
        self.found.sort(key=self._rank)
        return reason

    def _rank(self, path: Path) -> tuple[bool, float, float, tuple[str, ...]]:
        """What paths are ordered by."""
        hops_first = self.question.rank_by is PathRanking.HOPS
        first, second = (len(path.hops), path.cost) if hops_first else (path.cost, len(path.hops))
        return not path.surely_held, first, second, tuple(entity.id for entity in path.entities)

    @property
    def _is_unsure_possible(self) -> bool:
        """May there be paths that surely held at the time asked about, and others that possibly did?"""
        relationships = self.question.filter.relationships
        return relationships.window is not None and relationships.certainty is not Certainty.CERTAIN

    def _ranked(self, sure: bool) -> Iterator[Path]:
        """All paths in the order of rank, one by one; as many more are looked for as are taken."""
        with self._hunt(sure) as hunt:
            by_hops = self.question.rank_by is PathRanking.HOPS
            yield from self._by_hops(hunt) if by_hops else self._by_cost(hunt)
            self._exhausted(hunt)

    def _by_hops(self, hunt: Hunt) -> Iterator[Path]:
        for hops in self._lengths(hunt):
            most, given = self.question.k + 1 - len(self.found), 0
            while True:
                found = hunt.of_length(hops, most)
                yield from self._paths(found[given:])
                if len(found) < most or hunt.stopped_by:
                    break
                given, most = len(found), 4 * most

    def _by_cost(self, hunt: Hunt) -> Iterator[Path]:
        """The cheapest first: the cheapest of each length, merged, as far as longer ones can't be cheaper any more."""
        most, given = self.question.k + 1 - len(self.found), 0
        while True:
            merged: list[tuple[int, int, tuple[int, ...]]] = []
            more = False
            for hops in self._lengths(hunt):
                if len(merged) >= most and merged[most - 1][0] <= least_cost(hops):
                    more = True
                    break
                found = hunt.of_length(hops, most)
                more |= len(found) == most
                merged = sorted([*merged, *((cost, hops, nodes) for cost, nodes in found)])
            yield from self._paths([(cost, nodes) for cost, _, nodes in merged[given:most]])
            if not more or hunt.stopped_by:
                return
            given, most = most, 4 * most

    def _surely(self, hops: int) -> Found:
        with self._hunt(sure=True) as hunt:
            return hunt.of_length(hops, 1) if 0 < hunt.distance <= hops else []

    def _lengths(self, hunt: Hunt) -> Iterator[int]:
        """How many hops paths may have, the fewest first."""
        if hunt.distance:
            for hops in range(max(hunt.distance, self.question.min_hops), self.question.max_hops + 1):
                if hunt.stopped_by:
                    return
                yield hops

    def _hunt(self, sure: bool) -> AbstractContextManager[Hunt]:
        query = compile_question(self.graph, self.question, self.view.day, sure)
        return self.graph.finder.hunt(query, self.question.max_hops, self.budget)

    def _exhausted(self, hunt: Hunt) -> None:
        """All of it was looked at, unless it was stopped."""
        if hunt.stopped_by is None and self.beyond:
            self.goes_on |= hunt.goes_on()
        self.stopped_by = self.stopped_by or hunt.stopped_by

    def _end(self) -> StopReason:
        if self.stopped_by is not None:
            return self.stopped_by
        return StopReason.HOP_LIMIT if self.goes_on else StopReason.COMPLETE

    def _paths(self, found: Found) -> list[Path]:
        self.graph.expect(pair for _, nodes in found for pair in pairwise(nodes))
        return [self.view.path([self.graph.id_of(node) for node in nodes]) for _, nodes in found]


def least_cost(hops: int) -> int:
    """What a path of so many hops costs at least: whoever is in between has two relationships or more."""
    return hops * UNIT + (hops - 1) * transit_cost(2)
