"""The graph as one question sees it: which relationships a hop takes, in what order, and what a path is made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from interlock.graph.cost import UNIT, hop_cost, transit_cost
from interlock.graph.dates import DISTANT_FUTURE
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind, Relationship, RelationshipKind
from interlock.graph.question import Hop, Path, PathQuestion
from interlock.graph.steps import Steps

_TELLING: Final = (
    RelationshipKind.FOUNDING,
    RelationshipKind.ACQUISITION,
    RelationshipKind.OWNERSHIP,
    RelationshipKind.BOARD_SEAT,
    RelationshipKind.POSITION,
    RelationshipKind.INVESTMENT,
    RelationshipKind.PARTY,
    RelationshipKind.OPERATION,
    RelationshipKind.PERSONAL,
    RelationshipKind.INVOLVEMENT,
    RelationshipKind.ASSOCIATION,
)
"""Kinds, the one that tells most first: of two relationships of one status, it is the one to show."""


class View:
    """What a question admits of a graph."""

    def __init__(self, graph: KnowledgeGraph, question: PathQuestion) -> None:
        self.graph, self.question = graph, question
        self.filter = question.filter
        self._steps = Steps() if self._boards else graph.steps(self.filter.relationships, self.filter.forward).within_bounds()

    def ties(self, start: str, end: str) -> tuple[Relationship, ...]:
        """The relationships by which a path may go from one entity to the next, the strongest first."""
        key = start, end
        known = self._steps.ties.get(key)
        if known is None:
            admitted = (tie for tie in self.graph.between(start, end) if self._admits(tie, start, end))
            known = self._steps.ties[key] = tuple(sorted(admitted, key=self._strength))
        return known

    def path(self, nodes: Sequence[str]) -> Path:
        """The path through these entities, with all that is known of it."""
        steps = list(pairwise(nodes))
        return Path(tuple(self._hop(*step) for step in steps), sum(self._cost(*step) for step in steps) / UNIT, self.graph.sources)

    def _admits(self, tie: Relationship, start: str, end: str) -> bool:
        if self.filter.forward is not None and (tie.source == start) is not self.filter.forward:
            return False
        for company in self._boards:
            if company in (start, end) and not (tie.kind is RelationshipKind.BOARD_SEAT and tie.target == company):
                return False
        return self.filter.relationships.admits(tie, self.graph)

    def _strength(self, tie: Relationship) -> tuple[bool, int, int, int, int, str]:
        """What parallel relationships are ordered by: held then, status, kind, how many of its ends are known, sources."""
        surely = self.filter.relationships.held(tie) in (None, Certainty.CERTAIN)
        unknown = (tie.interval.start is None) + (tie.interval.end is None)
        return not surely, tie.status.rank, _TELLING.index(tie.kind), unknown, -tie.independent_sources, tie.id

    def _cost(self, start: str, end: str) -> int:
        """What the hop costs, and the passage through the entity it leads to."""
        key = start, end
        known = self._steps.costs.get(key)
        if known is None:
            known = self._steps.costs[key] = hop_cost(self.ties(start, end), self.day)
        return known if end == self.question.end_node else known + transit_cost(self.graph.relationship_count(end))

    def _hop(self, start: str, end: str) -> Hop:
        key = start, end
        known = self._steps.hops.get(key)
        if known is None:
            ties = self.ties(start, end)
            held = self.filter.relationships.held(ties[0])
            known = self._steps.hops[key] = Hop(self._shown(start), self._shown(end), ties, ties[0].source == start, held)
        return known

    def _shown(self, node: str) -> Entity:
        """The entity that a path shows: at an end, what was asked for."""
        return self._ends.get(node) or self.graph.entities[node]

    @cached_property
    def _ends(self) -> dict[str, Entity]:
        """What was asked for at the ends."""
        question = self.question
        return {question.start_node: question.start, question.end_node: question.end}

    @cached_property
    def _boards(self) -> tuple[str, ...]:
        """The companies whose boards are ends of the question."""
        ends = (self.question.start, self.question.end)
        return tuple(end.unit_of for end in ends if end.kind is EntityKind.BOARD and end.unit_of)

    @cached_property
    def day(self) -> int:
        """From when staleness is counted back."""
        window = self.filter.relationships.window
        return window.last if window and window.last != DISTANT_FUTURE else self.graph.latest_day
