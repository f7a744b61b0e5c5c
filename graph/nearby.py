"""Quick answers by id: one shortest path, who is near, whom two boards have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interlock.graph.arrays import Int32
from interlock.graph.budget import Budget
from interlock.graph.compile import compile_filter
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter
from interlock.graph.finder import Query
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind
from interlock.graph.question import MAX_HOPS


def shortest_path(graph: KnowledgeGraph, start: str, end: str, conditions: PathFilter | None = None, max_hops: int = MAX_HOPS) -> list[str]:
    """The ids along one path of the least length, whichever; none if there is none. ``find_paths`` gives the best ones, and all of them.

    Raises ``KeyError`` for an id that isn't in the graph.
    """
    query = _compiled(graph, conditions).between(graph.index(start), graph.index(end))
    return [graph.id_of(each) for each in graph.finder.shortest(query, max_hops, Budget())]


def neighbourhood(
    graph: KnowledgeGraph, entity: str, hops: int = 1, conditions: PathFilter | None = None, most: int = 1_000_000
) -> list[str]:
    """The ids of all entities within so many hops, the nearest first; whole levels only, as far as these are no more than ``most``."""
    query = _compiled(graph, conditions).between(graph.index(entity), -1)
    found, _ = graph.finder.around(query, hops, most, Budget())
    return [graph.id_of(each) for each in found.tolist()]


def shared_directors(graph: KnowledgeGraph, one: str, other: str) -> list[str]:
    """The ids of those who have, or had, seats on the boards of both companies, at whatever time."""
    return [graph.id_of(each) for each in graph.finder.shared_holders(graph.index(one), graph.index(other)).tolist()]


def around(
    graph: KnowledgeGraph, entities: Sequence[str], hops: int, conditions: PathFilter, most: int | None, budget: Budget
) -> tuple[Int32, bool]:
    """The numbers of all entities within so many hops of one of these, the nearest first, then by id; and whether the search was finished.

    No level is looked for after ``most`` have been found. Of a board, those who had seats on it are one hop away, as is its company.
    """
    count = len(graph.arrays.kind)
    distance = np.full(count, hops + 1, np.uint8)
    whole = True
    for entity in entities:
        start = graph.index(entity)
        record = graph.entity_at(start)
        distance[start] = 0
        if record.kind is EntityKind.BOARD:
            start = graph.index(graph.company_of(record).id)
            distance[start] = min(distance[start], 1)
        query = _compiled(graph, conditions, boards=record.kind is EntityKind.BOARD).between(start, -1)
        known = 0
        for level in range(1, hops + 1):
            found, finished = graph.finder.around(query, level, count, budget)
            distance[found[known:]] = np.minimum(distance[found[known:]], level)
            whole = whole and bool(finished)
            if not finished or len(found) == known or (most is not None and len(found) >= most):
                break
            known = len(found)
    near = np.flatnonzero(distance <= hops)
    return near[np.argsort(distance[near], kind="stable")].astype(np.int32), whole


def _compiled(graph: KnowledgeGraph, conditions: PathFilter | None, boards: bool = False) -> Query:
    """The conditions as numbers; what only a search for whole paths can honour is refused."""
    conditions = conditions or PathFilter()
    if conditions.held_together or conditions.must_pass:
        raise BadInput("heldTogether and mustPass are conditions on whole paths: ask find_paths, which honours them.")
    return compile_filter(conditions, boards=int(boards), graph=graph)
