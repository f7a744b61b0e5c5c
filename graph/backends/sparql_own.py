"""Relationships that an endpoint has in Interlock's vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Self, TypeVar

import numpy as np

from interlock.graph.arrays import Int32
from interlock.graph.backends.sparql_answers import Row
from interlock.graph.backends.sparql_endpoint import Endpoint, chunked, text, together
from interlock.graph.backends.sparql_opening import Opened, Opening
from interlock.graph.backends.sparql_records import Records, Seen
from interlock.graph.backends.sparql_sight import Sight
from interlock.graph.backends.sparql_text import (
    ENDS,
    ROW,
    STANCES,
    TYPE,
    Scope,
    around,
    glimpsed,
    in_sight,
    iri,
    listed,
    reaching,
    told,
    unabridged,
)
from interlock.graph.builder import latest_of
from interlock.graph.collecting import without_collecting
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Memory, Store
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship, RelationshipKind, Status
from interlock.seeds.vocab import BASE

T = TypeVar("T")
_EVERYTHING: Final = RelationshipFilter(statuses=frozenset(Status))
_SAYING: Final = 14
"""Statements about a relationship and its claims, about."""
_KINDS: Final = listed(term.cls for _, term in ENDS)


class Own:
    """Made of the statements there by the code that loads files; see ``interlock.graph.backends.sparql.Reader``.

    The order of what RDF doesn't order (a relationship's claims, an entity's aliases) is that of N-Quads.
    """

    def __init__(self, endpoint: Endpoint, opened: Opened, kept: int) -> None:
        self._endpoint, self._members = endpoint, opened.members
        self.directory: Store = opened.directory
        self.graph = KnowledgeGraph(opened.directory)
        self.records = Records.within(self.graph, opened.terms, opened.merging, kept, endpoint.name)
        self._sight = Sight(self.graph, opened.merging, self.records, kept)
        self._degree = self.graph.columns.degree

    @classmethod
    async def open(cls, endpoint: Endpoint, kept: int) -> Self | None:
        """Read the directory; None if there is no relationship in our vocabulary."""
        with without_collecting():
            opened = await Opening(endpoint).opened()
        if opened is None:
            return None
        own = cls(endpoint, opened, kept)
        if opened.later:
            places = np.array([own.graph.index(each) for each in opened.later], np.int32)
            days = [latest_of(tie.interval) for tie in (await own.around(places, _EVERYTHING, None)).values()]
            store = opened.directory
            own.directory = Memory({**store.meta, "latest_day": max([int(store.meta["latest_day"]), *days])}, store.tables, store.heaps)
        return own

    async def around(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> dict[str, Relationship]:
        made, hubs = await self._gathered(entities, around, self.records.made, conditions, forward)
        return {iri: tie for each in (*made, await self.read(hubs)) for iri, tie in each.items()}

    async def seen(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> list[Seen]:
        endpoint = self._endpoint
        seen, hubs = await self._gathered(entities, in_sight, self._sight.seen, conditions, forward)
        if hubs:
            chunks = chunked(hubs, lambda each: _SAYING, endpoint.rows)
            seen += await endpoint.each_whole(chunks, lambda each: glimpsed(endpoint.scope, each), ROW, self._sight.seen)
        return list({tie.iri: tie for ties in seen for tie in ties}.values())

    def gives_all(self, conditions: RelationshipFilter, forward: bool | None) -> bool:
        every_kind = len(conditions.admitted_kinds) == len(RelationshipKind)
        by_source = conditions.sources is not None or bool(conditions.exclude_sources)
        every_status = Status.DISPUTED in conditions.admitted_statuses
        return every_kind and every_status and forward is None and not by_source and conditions.window is None

    async def read(self, ties: Iterable[str]) -> dict[str, Relationship]:
        endpoint = self._endpoint
        chunks = chunked(list(ties), lambda each: _SAYING, endpoint.rows)
        made = await endpoint.each_whole(chunks, lambda each: told(endpoint.scope, each), ROW, self.records.made)
        return {iri: tie for each in made for iri, tie in each.items()}

    async def find(self, relationship: str) -> str | None:
        return await self._found(f"{self._endpoint.scope(f'?r {TYPE} ?kind')} FILTER(?kind IN ({_KINDS}))", "r", relationship)

    async def find_claim(self, claim: str) -> str | None:
        about = f"GRAPH ?g {{ ?c ?stance ?r }} {self._endpoint.scope(f'?r {TYPE} ?kind')}"
        return await self._found(f"{about} FILTER(?stance IN ({STANCES}) && ?kind IN ({_KINDS}))", "c", claim)

    async def _found(self, where: str, variable: str, id: str) -> str | None:
        """The relationship ``?r`` of which this is so of the thing of this id."""
        written = iri(unabridged(id))
        if written is None or id.startswith(BASE):
            return None
        answer = await self._endpoint.once(f"SELECT ?r WHERE {{ VALUES ?{variable} {{ {written} }} {where} }} LIMIT 1", ("r",))
        return next((found for row in answer.rows if (found := text(row[0]))), None)

    def _reaching(self, hub: str, conditions: RelationshipFilter, forward: bool | None) -> str:
        return f"{reaching(self._endpoint.scope, [hub], conditions, forward)} BIND(?r AS ?v)"

    async def _gathered(
        self,
        entities: Int32,
        query: Callable[[Scope, Iterable[str], RelationshipFilter, bool | None], str],
        made: Callable[[list[Row]], T],
        conditions: RelationshipFilter,
        forward: bool | None,
    ) -> tuple[list[T], list[str]]:
        """What is made of the answers about these entities, and the relationships of those about whom there was too much to tell."""
        endpoint, weights = self._endpoint, {}
        for place in entities.tolist():
            entity = self.graph.entity_at(place)
            for each in self._members.get(entity.id, (entity.iri,)):
                weights[each] = int(self._degree[place]) * _SAYING
        chunks = chunked(list(weights), weights.__getitem__, endpoint.rows)
        found, hubs = await endpoint.each(chunks, lambda each: query(endpoint.scope, each, conditions, forward), ROW, made)
        pages = await together([endpoint.listed(self._reaching(hub, conditions, forward)) for hub in hubs])
        return found, list(dict.fromkeys(tie for ties in pages for tie in ties))
