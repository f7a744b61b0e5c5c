"""The lists that a graph is paged through: of which entities, relationships and sources they are, by number, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache, partial
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.filters import RelationshipFilter
from interlock.graph.induced import admitted_of
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind
from interlock.graph.ordered import Ordered
from interlock.graph.timeline import Moment, timeline

_LARGE: Final = 256
"""From how many relationships on the lists of an entity are kept, so that a page of them costs no more than the page."""
_KEPT: Final = 64


Of = Callable[[KnowledgeGraph, str, RelationshipFilter], Ordered]


def relationships_of(graph: KnowledgeGraph, entity: str, conditions: RelationshipFilter) -> Ordered:
    """The relationships of an entity that pass a filter, in either direction, by id."""
    ties = admitted_of(graph, graph.index(entity), conditions)
    if conditions.sources is None and not conditions.exclude_sources and not conditions.min_independent_sources:
        return Ordered(ties)
    sourced = (conditions.sources_admit(graph.relationship_at(tie), graph) for tie in ties.tolist())
    return Ordered(ties[np.fromiter(sourced, np.bool_, len(ties))])


class Lists:
    """The lists of one graph, each made once as far as that takes long."""

    def __init__(self, graph: KnowledgeGraph, of: Of = relationships_of) -> None:
        """``of`` lists the relationships of an entity."""
        self._graph = graph
        self._relationships = partial(of, graph)
        self._kept_relationships = lru_cache(_KEPT)(self._relationships)
        self._kept_timeline = lru_cache(_KEPT)(lambda entity: timeline(graph, entity))

    def entities(self, kinds: Iterable[EntityKind] | None = None) -> Ordered:
        """All entities, or those of some kinds, by id."""
        if kinds is None:
            return Ordered(range(len(self._graph.entities)))
        return Ordered(*(self._by_kind[ENTITY_KINDS.index(kind)] for kind in frozenset(kinds)))

    def sources(self) -> Ordered:
        """All sources, by id."""
        return Ordered(range(len(self._graph.sources)))

    def relationships(self, entity: str, conditions: RelationshipFilter) -> Ordered:
        """The relationships of an entity that pass a filter, in either direction, by id."""
        large = self._graph.relationship_count(entity) >= _LARGE
        return (self._kept_relationships if large else self._relationships)(entity, conditions)

    def timeline(self, entity: str) -> tuple[Moment, ...]:
        """The dated moments of an entity's relationships, oldest first."""
        large = self._graph.relationship_count(entity) >= _LARGE
        return self._kept_timeline(entity) if large else timeline(self._graph, entity)

    @cached_property
    def _by_kind(self) -> list[Int32]:
        """The numbers of the entities of each kind."""
        order = np.argsort(self._graph.columns.kind, kind="stable").astype(np.int32)
        ends = np.searchsorted(self._graph.columns.kind[order], np.arange(1, len(ENTITY_KINDS)))
        return np.split(order, ends)
