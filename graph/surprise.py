"""How surprising a connection is: what share of pairs of the same kinds is at least as close, and the hubs that make it so."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.compile import compile_filter
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind
from interlock.graph.narrate import entity_label
from interlock.graph.question import PathAnswer, PathQuestion, PathSelector

MAX_SAMPLES: Final = 2_000
"""How many pairs are looked at, at most."""
_Z: Final = 1.959964
"""Of a normal distribution, 95 % lie within so many standard deviations."""


@dataclass(frozen=True)
class Surprise:
    """How many of the ``pairs`` that were looked at are ``as_close`` as the two asked about, or closer.

    All pairs there are, if ``exact``; else a random sample, the same each time. ``hubs`` are those in between on the shortest path that
    ranks first, the one with most relationships first.
    """

    answer: PathAnswer
    pairs: int
    as_close: int
    exact: bool
    hubs: tuple[Entity, ...]
    complete: bool

    @property
    def hops(self) -> int | None:
        """How many hops lie between the two; None if no path was found."""
        return len(self.answer.paths[0].hops) if self.answer.paths else None

    @property
    def share(self) -> float | None:
        """What share of the pairs is as close: 0 to 1."""
        return self.as_close / self.pairs if self.pairs else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which shares the true one lies with 95 % confidence (Wilson's score interval); the share itself if it is exact."""
        if self.share is None:
            return None
        if self.exact:
            return self.share, self.share
        n, p, z = self.pairs, self.share, _Z
        middle, around = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - around) / (1 + z * z / n)), min(1.0, (middle + around) / (1 + z * z / n))


def surprise(engine: Engine, question: PathQuestion, samples: int = 500) -> Surprise:
    """Compare the distance of two with that of other pairs of their kinds, within the hop limit and under the filter of a question."""
    if not 1 <= samples <= MAX_SAMPLES:
        raise BadInput(f"samples is {samples}; it must be between 1 and {MAX_SAMPLES}.")
    if question.filter.held_together or question.filter.must_pass:
        raise BadInput("heldTogether and mustPass are conditions on whole paths: distances can't be compared under them.")
    graph, budget = engine.graph, engine.budget()
    answer = engine.paths(
        PathQuestion(question.start, question.end, question.filter, PathSelector.ANY_SHORTEST, max_hops=question.max_hops)
    )
    if not answer.paths:
        return Surprise(answer, 0, 0, False, (), answer.complete)
    path = answer.paths[0]
    start, end = answer.question.start.kind, answer.question.end.kind
    query = compile_filter(question.filter, boards=(start is EntityKind.BOARD) + 2 * (end is EntityKind.BOARD), graph=graph)
    ones, others = _nodes(graph, start), _nodes(graph, end)
    exact = len(ones) * len(others) <= samples
    pairs = as_close = 0
    complete = True
    for one, other in (
        _all(ones, others, question.filter.forward is not None)
        if exact
        else _random(ones, others, samples, f"{graph.version} {start} {end}")
    ):
        closer = bool(graph.finder.shortest(query.between(one, other), len(path.hops), budget))
        if budget.steps <= 0 or budget.overdue:
            complete = False
            break
        pairs, as_close = pairs + 1, as_close + closer
    hubs = tuple(sorted(path.entities[1:-1], key=lambda entity: (-graph.relationship_count(entity.id), entity.id)))
    return Surprise(answer, pairs, as_close, exact and complete, hubs, complete)


def surprise_sentence(graph: KnowledgeGraph, found: Surprise) -> str:
    """How near the two are beside others, with the error of a sample, and by whom."""
    question = found.answer.question
    ends = f"{entity_label(graph, question.start)} and {entity_label(graph, question.end)}"
    if found.hops is None:
        return f"No path was found between {ends} within {_hops(question.max_hops)}, under these conditions."
    bounds = found.bounds
    if found.share is None or bounds is None:
        return f"{ends} are {_hops(found.hops)} apart in this dataset; there was no time to compare others."
    kinds = " and ".join(each.kind.value.lower().replace("_", " ") for each in (question.start, question.end))
    told = f"{found.share:.1%} of all {found.pairs:,} pairs" if found.exact else f"{found.share:.1%} of {found.pairs:,} random pairs"
    error = "" if found.exact else f" (95 % confidence: {bounds[0]:.1%} to {bounds[1]:.1%})"
    hubs = ", ".join(f"{hub.name} ({graph.relationship_count(hub.id)} relationships)" for hub in found.hubs)
    passing = f" In between: {hubs}." if hubs else ""
    return f"{ends} are {_hops(found.hops)} apart in this dataset; so close or closer are {told} of {kinds}{error}.{passing}"


def _nodes(graph: KnowledgeGraph, kind: EntityKind) -> list[int]:
    """Where paths to entities of a kind begin or end: for boards, their companies."""
    found = np.flatnonzero(graph.columns.kind == ENTITY_KINDS.index(kind)).tolist()
    if kind is not EntityKind.BOARD:
        return list(found)
    return [graph.index(graph.company_of(graph.entity_at(each)).id) for each in found]


def _all(ones: list[int], others: list[int], ordered: bool) -> Iterator[tuple[int, int]]:
    """Every two that are not one; where both are of one kind, and it makes no difference who is first, each two once."""
    seen: set[frozenset[int]] = set()
    for pair in product(ones, others):
        if pair[0] != pair[1] and (ordered or ones != others or frozenset(pair) not in seen):
            seen.add(frozenset(pair))
            yield pair


def _random(ones: list[int], others: list[int], samples: int, seed: str) -> Iterator[tuple[int, int]]:
    """So many pairs by chance, with replacement; the same for the same seed."""
    chance, given = Random(seed), 0
    while given < samples:
        pair = chance.choice(ones), chance.choice(others)
        if pair[0] != pair[1]:
            given += 1
            yield pair


def _hops(count: int) -> str:
    return f"{count} hop{'' if count == 1 else 's'}"
