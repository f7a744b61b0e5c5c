"""Quick answers by id: one shortest path, who is near, whom two boards have in common."""

from __future__ import annotations

from interlock.graph.budget import Budget
from interlock.graph.compile import compile_filter
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter
from interlock.graph.finder import Query
from interlock.graph.knowledge import KnowledgeGraph
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


def _compiled(graph: KnowledgeGraph, conditions: PathFilter | None) -> Query:
    """The conditions as numbers; what only a search for whole paths can honour is refused."""
    conditions = conditions or PathFilter()
    if conditions.held_together or conditions.must_pass:
        raise BadInput("heldTogether and mustPass are conditions on whole paths: ask find_paths, which honours them.")
    return compile_filter(conditions, graph=graph)
