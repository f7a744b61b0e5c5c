"""Relationships that an endpoint has in the vocabularies of others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Self

import numpy as np

from interlock.graph.arrays import Int32
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql_endpoint import Endpoint
from interlock.graph.backends.sparql_foreign_opening import ForeignOpening, Translated
from interlock.graph.backends.sparql_records import Records, Seen
from interlock.graph.filters import RelationshipFilter
from interlock.graph.foreign.part import translate_part
from interlock.graph.heap import Store
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship
from interlock.graph.reading import identify


class Foreign:
    """Translated anew whenever they are met; see ``interlock.graph.backends.sparql.Reader``.

    What others say of a relationship isn't told by one statement, nor are its claims theirs: so nothing is left out at the endpoint, and
    filters are applied here.
    """

    def __init__(self, endpoint: Endpoint, opened: Translated, kept: int) -> None:
        self._name, self._opened = endpoint.name, opened
        self.directory: Store = opened.directory
        self.graph = KnowledgeGraph(opened.directory)
        self.records = Records.within(self.graph, opened.terms, opened.merging, kept, endpoint.name)

    @classmethod
    async def open(cls, endpoint: Endpoint, kept: int) -> Self:
        """Read and translate everything, and keep the directory."""
        return cls(endpoint, await ForeignOpening(endpoint).opened(), kept)

    async def around(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> dict[str, Relationship]:
        opened, weights, called, degree = self._opened, dict[str, int](), set[str](), self.graph.columns.degree
        for place in entities.tolist():
            entity = self.graph.entity_at(place)
            called.update(opened.called.get(entity.id, (entity.iri,)))
            weights |= dict.fromkeys(opened.asked.get(entity.id, (entity.iri,)), int(degree[place]))
        quads = sorted(await opened.around.fetch(weights), key=str)
        try:
            ours = await asyncio.to_thread(translate_part, quads, opened.whole, called)
        except KeyError as unknown:
            raise BackendDown(f"{self._name} tells of {unknown}, and did not when it was opened: open it again.") from None
        return await asyncio.to_thread(self.records.converted, ours)

    async def seen(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> list[Seen]:
        return list(map(self.records.seen, (await self.around(entities, conditions, forward)).values()))

    def gives_all(self, conditions: RelationshipFilter, forward: bool | None) -> bool:
        return True

    async def read(self, ties: Iterable[str]) -> dict[str, Relationship]:
        wanted = set(ties)
        places = {self._opened.index.relationship(identify(each)) for each in wanted} - {-1}
        return {iri: tie for iri, tie in (await self._of(places)).items() if iri in wanted}

    async def find(self, relationship: str) -> str | None:
        found = await self._of({self._opened.index.relationship(relationship)} - {-1})
        return next((iri for iri, tie in found.items() if tie.id == relationship), None)

    async def find_claim(self, claim: str) -> str | None:
        found = await self._of({self._opened.index.claim(claim)} - {-1})
        return next((iri for iri, tie in found.items() if any(said.id == claim for said in tie.claims)), None)

    async def _of(self, places: set[int]) -> dict[str, Relationship]:
        return await self.around(np.array(sorted(places), np.int32), RelationshipFilter(), None) if places else {}
