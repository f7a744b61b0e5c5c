"""A graph whose relationships are elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator

import numpy as np

from interlock.graph.backends.bridge import Bridge
from interlock.graph.backends.columns import RemoteColumns
from interlock.graph.backends.frontier import Frontier, Side, Stopped
from interlock.graph.backends.part import Part
from interlock.graph.backends.protocol import Backend
from interlock.graph.backends.search import search
from interlock.graph.budget import Budget
from interlock.graph.engine import Engine, Limits
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind
from interlock.graph.nearby import around
from interlock.graph.ordered import Ordered, Places
from interlock.graph.question import PathAnswer, PathQuestion


class RemoteGraph(KnowledgeGraph):
    """Asked like any other: what is looked up is fetched, and kept for a while. Raises ``BackendDown`` where that can't be."""

    at_hand = False

    def __init__(self, backend: Backend, bridge: Bridge, address: str = "") -> None:
        """``address`` is where another process finds the same backend."""
        self.fetched = RemoteColumns(backend, bridge)
        super().__init__(self.fetched)
        self.backend, self.bridge, self.address = backend, bridge, address

    def around(self, entities: Iterable[str], hops: int, conditions: PathFilter, most: int | None, budget: Budget) -> Part:
        return self.bridge.run(self._fetch_around(list(entities), hops, conditions, most, budget))

    async def _fetch_around(self, entities: list[str], hops: int, conditions: PathFilter, most: int | None, budget: Budget) -> Part:
        frontier = Frontier(self, conditions, budget)
        records = [self.entities[entity] for entity in entities]
        starts = [self.index(self.company_of(each).id if each.kind is EntityKind.BOARD else each.id) for each in records]
        sides = [Side(start, conditions.forward) for start in dict.fromkeys(starts)]
        named = {*starts, *self.known((*entities, *conditions.avoid))}
        cut = False
        try:
            for _ in range(hops):
                growing = [side for side in sides if len(side.rim) and (most is None or len(side.met) < most)]
                if growing:
                    await frontier.grow(growing)
            part = Part(self, frontier.halves, named)
            near, whole = await asyncio.to_thread(around, part, entities, hops, conditions, most, budget)
            cut = not whole
            await frontier.fetch(part.numbered(near[:most], np.empty(0, np.int32))[0])
        except Stopped:
            cut = True
        part = Part(self, frontier.halves, named)
        part.cut = cut
        return part

    def is_current(self) -> bool:
        """Is the version that it answers from still the one to be served?"""
        return self.bridge.run(self.backend.is_current())

    def close(self) -> None:
        self.bridge.run(self.backend.close())
        self.bridge.close()

    def known(self, entities: Iterable[str]) -> Iterator[int]:
        """The numbers of those of these entities that there are."""
        return (number for number in map(self.columns.find_entity, entities) if number >= 0)

    def find(self, graph: KnowledgeGraph, question: PathQuestion, budget: Budget) -> PathAnswer:
        """Answer a question about paths in this graph."""
        return self.bridge.run(search(self, question, budget))

    def listed(self, graph: KnowledgeGraph, entity: str, conditions: RelationshipFilter) -> Ordered:
        """The relationships of an entity that pass a filter, by id."""
        wanted = np.array([self.index(entity)], np.int32)
        found = self.bridge.run(self.backend.neighbours(wanted, conditions))
        return Places(self.fetched.ordered(found.tie), self.fetched.expect)


def engine_of(graph: RemoteGraph, limits: Limits | None = None) -> Engine:
    """Answers questions about a graph whose relationships are elsewhere."""
    return Engine(graph, limits, graph.find, graph.listed)
