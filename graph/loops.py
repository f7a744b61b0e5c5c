"""Loops: closed chains of relationships through one entity, for whoever reviews conflicts of interest.

Company → deal → company → director → the first company: whoever stands on such a chain deals with itself by some other way. In the terms of
graph theory these are the simple cycles through a vertex, up to a length. Several relationships between the same two are one hop, and no
loop: what an entity is to another twice over, investor and customer, is told by that hop's parallel relationships.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from interlock.graph.budget import StopReason
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter
from interlock.graph.finder import Found
from interlock.graph.model import Entity, RelationshipKind
from interlock.graph.paths import Run
from interlock.graph.question import MAX_HOPS, MAX_K, Path, PathQuestion, check_range
from interlock.graph.succession import at_that_time

MIN_LENGTH: Final = 3
"""A loop has three different entities at least."""


@dataclass(frozen=True)
class LoopQuestion(PathQuestion):
    """Which loops of at most ``max_hops`` hops run through an entity, which is both ``start`` and ``end``? The first ``k`` of them.

    With ``mixed``, only those whose hops can be by relationships of two kinds or more. Of a board, they begin and end with a seat on it.
    """

    mixed: bool = True

    def __post_init__(self) -> None:
        check_range("k", self.k, 1, MAX_K)
        check_range("maxLength", self.max_hops, MIN_LENGTH, MAX_HOPS)
        self._check_between()
        if self.mixed and len(self.filter.relationships.admitted_kinds) == 1:
            raise BadInput("The filter leaves one kind of relationship, and a mixed loop takes two: admit more, or ask with mixed false.")

    @classmethod
    def through(
        cls, entity: Entity, conditions: PathFilter | None = None, max_length: int = 4, k: int = 10, mixed: bool = True
    ) -> LoopQuestion:
        """The question about one entity."""
        return cls(entity, entity, conditions or PathFilter(), k=k, min_hops=MIN_LENGTH, max_hops=max_length, mixed=mixed)


@dataclass(frozen=True)
class Loops:
    """Loops in their order: each a path from the entity back to it, told in one of its two directions.

    ``notes`` say what the question was taken to mean. If it was ``cut_short``, its time was up.
    """

    question: LoopQuestion
    found: tuple[Path, ...]
    stopped_by: StopReason
    notes: tuple[str, ...] = ()
    cut_short: bool = False

    @property
    def complete(self) -> bool:
        """Are these all, up to the length that was asked for?"""
        return self.stopped_by is StopReason.COMPLETE


def loops(engine: Engine, question: LoopQuestion) -> Loops:
    """The loops that a question asks for, in the order of paths: under a date those that surely held first, then the shortest.

    A loop is told once, towards the neighbour with the lesser id; under a direction it is a chain of relationships that all point onward,
    of which there may be one each way round. ``stopped_by`` is PATH_LIMIT (there are more than ``k``), STEP_BUDGET or DEADLINE.
    """
    then, notes = at_that_time(engine.graph, question)
    assert isinstance(then, LoopQuestion)
    budget = engine.budget()
    run = _Rounds(engine.graph, then, budget, beyond=False)
    reason = run.best() if run.passable else StopReason.COMPLETE
    return Loops(then, tuple(run.found), reason, notes, budget.overdue)


def kinds_of(loop: Path) -> tuple[RelationshipKind, ...]:
    """The kinds of relationship by which its hops can be taken, in the order of the vocabulary."""
    kinds = {tie.kind for hop in loop.hops for tie in hop.parallel}
    return tuple(kind for kind in RelationshipKind if kind in kinds)


class _Rounds(Run):
    """The search for paths from an entity to itself; of what it finds, each loop counts once."""

    question: LoopQuestion

    def _paths(self, found: Found) -> list[Path]:
        both_ways = self.question.filter.forward is not None
        loops = super()._paths([(cost, nodes) for cost, nodes in found if both_ways or nodes[1] < nodes[-2]])
        return [loop for loop in loops if not self.question.mixed or len(kinds_of(loop)) > 1]
