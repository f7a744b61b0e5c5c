"""What a backend answers, in the words of its records: so that two backends can be compared that number relationships differently."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np

from interlock.graph.arrays import Int32
from interlock.graph.backends.protocol import Backend
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Store
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.loading import load
from interlock.graph.model import RelationshipKind, Status

_OF_THE_WHOLE = {"version", "terms", "provenance", "licence"}
"""What the directory of a graph in memory tells otherwise: a version of all statements, and what its files were."""


def ordered(lines: list[str], folder: Path) -> tuple[Path, KnowledgeGraph]:
    """A file of these quads in their order, which an endpoint doesn't keep, and the graph that comes of it."""
    path = folder / "ordered.nq"
    path.write_text("".join(f"{line}\n" for line in sorted(set(lines))), "utf-8")
    return path, load(path)


async def told(backend: Backend, entities: Int32, conditions: RelationshipFilter, forward: bool | None = None) -> list[tuple[Any, ...]]:
    """The neighbours of entities with the records of their relationships."""
    halves = await backend.neighbours(entities, conditions, forward)
    ties = await backend.lookup(halves.tie.tolist())
    columns = halves.tail.tolist(), halves.head.tolist(), halves.word.tolist(), halves.bounds.tolist(), ties
    return sorted(zip(*columns, strict=True), key=lambda row: (row[0], row[1], row[4].id, row[2]))


def differences(one: Store, other: Store) -> set[str]:
    """In what two directories differ, apart from what only a whole graph tells. Records share terms, whose numbers are its own."""
    meta = {key for key in one.meta if key not in _OF_THE_WHOLE and one.meta[key] != other.meta[key]}
    tables = {name for name in one.tables if name not in other.tables or not np.array_equal(one.numbers(name), other.numbers(name))}
    heaps = {name for name in one.heaps if bytes(one.bytes(name).whole()) != bytes(other.bytes(name).whole())}
    return (meta | tables | heaps) - {"term", "term.at"}


def drawn_filter(draw: random.Random, sources: list[str]) -> RelationshipFilter:
    """Conditions at random, of every sort."""
    wanted: dict[str, Any] = {}
    if draw.random() < 0.4:
        wanted["kinds"] = frozenset(draw.sample(list(RelationshipKind), 4))
    if draw.random() < 0.3:
        wanted["statuses"] = frozenset(draw.sample(list(Status), draw.randint(1, 5)))
    if draw.random() < 0.5:
        begin = draw.choice(["2005", "2009-03", "2011-06-22", "2013", "2016"])
        wanted["during"] = draw.choice([f"{begin}/{int(begin[:4]) + draw.randint(0, 4)}-12", f"{begin}/..", f"../{begin}"])
        wanted["certainty"] = draw.choice([Certainty.POSSIBLE, Certainty.CERTAIN])
    if draw.random() < 0.3:
        wanted["sources"] = frozenset(draw.sample(sources, min(2, len(sources))))
    elif draw.random() < 0.3:
        wanted["exclude_sources"] = frozenset(draw.sample(sources, 1))
    if draw.random() < 0.3:
        wanted["min_independent_sources"] = draw.randint(1, 2)
    return RelationshipFilter(**wanted)
