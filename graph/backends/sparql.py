"""Any SPARQL 1.1 endpoint as the place where relationships are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final, Self

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.backends.admitting import admitted, needs_records, of_ties
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.backends.sparql_answers import Row, Transport
from interlock.graph.backends.sparql_endpoint import Endpoint, chunked, text, together
from interlock.graph.backends.sparql_opening import Opened, Opening
from interlock.graph.backends.sparql_records import Records
from interlock.graph.backends.sparql_text import ENDS, ROW, STANCES, TYPE, around, iri, listed, reaching, told, unabridged
from interlock.graph.builder import latest_of
from interlock.graph.collecting import without_collecting
from interlock.graph.convert_ties import Known
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Memory, Store
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, Relationship, RelationshipKind, Status
from interlock.seeds.vocab import BASE

ROWS: Final = 10_000
"""Rows that are asked for at a time: Virtuoso sorts no more, and gives no more unless it is told to."""
KEPT: Final = 65_536
"""Relationships that are kept once read."""
_SAYING: Final = 14
"""Statements about a relationship and its claims, about."""
_BOARD: Final = ENTITY_KINDS.index(EntityKind.BOARD)
_EVERYTHING: Final = RelationshipFilter(statuses=frozenset(Status))
_KINDS: Final = listed(term.cls for _, term in ENDS)


class SparqlBackend:
    """Relationships in Interlock's vocabulary, at an endpoint: made of the statements there by the code that loads files.

    The order of what RDF doesn't order (a relationship's claims, an entity's aliases) is that of N-Quads. Each relationship that was ever
    met keeps its number as long as the backend lives: some hundred bytes.
    """

    def __init__(self, endpoint: Endpoint, opened: Opened, kept: int) -> None:
        self._endpoint, self._members = endpoint, opened.members
        self.directory: Store = opened.directory
        self.in_order, self.ticket = False, None
        self._graph = KnowledgeGraph(opened.directory)
        known = Known(opened.terms, self._graph.entities, self._graph.sources)
        self._records = Records(known, opened.merging, self._graph.index, kept, endpoint.name)
        self._degree = opened.directory.numbers("search.degree")
        self._has = (self._degree > 0) & (opened.directory.numbers("search.kind") != _BOARD)

    @classmethod
    async def open(cls, transport: Transport, rows: int = ROWS, kept: int = KEPT) -> Self:
        """Read the directory of an endpoint.

        At most ``rows`` rows are asked for at a time, but for lists and counts where nothing is clipped; ``kept`` relationships are
        remembered. Raises ``BackendDown``, and ``DataError`` for entities and sources that would be refused in a file.
        """
        endpoint = Endpoint(transport, rows)
        with without_collecting():
            opened = await Opening(endpoint).opened()
        backend = cls(endpoint, opened, kept)
        if opened.later:
            places = np.array([backend._graph.index(each) for each in opened.later], np.int32)
            ties = await backend._around(places, _EVERYTHING, None)
            days = (latest_of(tie.interval) for tie in ties.values())
            latest = max(days, default=0)
            latest = max(latest, int(opened.directory.meta["latest_day"]))
            store = opened.directory
            backend.directory = Memory({**store.meta, "latest_day": latest}, store.tables, store.heaps)
        return backend

    async def is_current(self) -> bool:
        """An endpoint doesn't say when its data change: whoever serves them loads them anew when told to."""
        return True

    @property
    def trips(self) -> int:
        return self._endpoint.trips

    async def neighbours(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        """All relationships of these entities that pass the filter.

        Left out at the endpoint are other kinds and directions; without DISPUTED among the statuses, what no claim gives an admitted one;
        what no admitted source supports; and what by the years that are written of it surely began after or ended before the time asked
        about. All conditions are looked at here, exactly. Where nothing was left out, each entity must have as many relationships as were
        counted when the directory was read: else ``BackendDown``.
        """
        asked = entities[self._has[entities]]
        if not len(asked):
            return Halves.none()
        ties = list((await self._around(asked, conditions, forward)).values())
        found = self._records.halves(ties, asked.tolist())
        if _leaves_nothing_out(conditions, forward):
            self._compare(found, asked)
        found = admitted(found, conditions, forward)
        if needs_records(conditions):
            chosen = (tie for tie in ties if conditions.sources_admit(tie, self._graph))
            found = of_ties(found, {self._records.number(tie.iri) for tie in chosen})
        return found

    async def lookup(self, ties: Sequence[int]) -> Sequence[Relationship]:
        wanted = [self._records.iri(tie) for tie in ties]
        found = {each: tie for each in wanted if (tie := self._records.recent(each)) is not None}
        found |= await self._read([each for each in dict.fromkeys(wanted) if each not in found])
        missing = [each for each in wanted if each not in found]
        if missing:
            raise BackendDown(f"{self._endpoint.name} has no {missing[0]} any longer: open it again.")
        return [found[each] for each in wanted]

    async def find(self, relationship: str) -> int:
        return await self._found(f"{self._endpoint.scope(f'?r {TYPE} ?kind')} FILTER(?kind IN ({_KINDS}))", "r", relationship)

    async def find_claim(self, claim: str) -> int:
        about = f"GRAPH ?g {{ ?c ?stance ?r }} {self._endpoint.scope(f'?r {TYPE} ?kind')}"
        return await self._found(f"{about} FILTER(?stance IN ({STANCES}) && ?kind IN ({_KINDS}))", "c", claim)

    async def close(self) -> None:
        await self._endpoint.transport.close()

    async def _found(self, where: str, variable: str, id: str) -> int:
        """The number of the relationship ``?r`` of which this is so of the thing of this id; -1 if it is of none."""
        written = iri(unabridged(id))
        if written is None or id.startswith(BASE):
            return -1
        answer = await self._endpoint.once(f"SELECT ?r WHERE {{ VALUES ?{variable} {{ {written} }} {where} }} LIMIT 1", ("r",))
        ties = [found for row in answer.rows if (found := text(row[0]))]
        return self._records.number(ties[0]) if ties else -1

    async def _around(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> dict[str, Relationship]:
        """Relationships of these entities by IRI: all that pass the filter, and perhaps others."""
        endpoint, weights = self._endpoint, {}
        for place in entities.tolist():
            entity = self._graph.entity_at(place)
            for each in self._members.get(entity.id, (entity.iri,)):
                weights[each] = int(self._degree[place]) * _SAYING
        chunks = chunked(list(weights), weights.__getitem__, endpoint.rows)
        answers, hubs = await endpoint.gathered(chunks, lambda each: around(endpoint.scope, each, conditions, forward), ROW)
        found = await self._made(answers)
        if hubs:
            pages = await together([endpoint.listed(self._reaching(hub, conditions, forward)) for hub in hubs])
            found |= await self._read(list(dict.fromkeys(tie for ties in pages for tie in ties)))
        return found

    def _reaching(self, hub: str, conditions: RelationshipFilter, forward: bool | None) -> str:
        return f"{reaching(self._endpoint.scope, [hub], conditions, forward)} BIND(?r AS ?v)"

    async def _read(self, ties: Iterable[str]) -> dict[str, Relationship]:
        """The relationships of these IRIs."""
        endpoint = self._endpoint
        chunks = chunked(list(ties), lambda each: _SAYING, endpoint.rows)
        return await self._made(await endpoint.whole(chunks, lambda each: told(endpoint.scope, each), ROW))

    async def _made(self, answers: Iterable[list[Row]]) -> dict[str, Relationship]:
        found: dict[str, Relationship] = {}
        for rows in answers:
            found |= await asyncio.to_thread(self._records.made, rows)
        return found

    def _compare(self, found: Halves, asked: Int32) -> None:
        """Has everybody as many relationships as were counted?"""
        counts = np.bincount(found.tail, minlength=len(self._degree))[asked]
        odd = np.flatnonzero(counts != self._degree[asked])
        if len(odd):
            entity = self._graph.id_of(int(asked[odd[0]]))
            counted, got = int(self._degree[asked[odd[0]]]), int(counts[odd[0]])
            raise BackendDown(
                f"{self._endpoint.name} gives {got:,} relationships of {entity}, and counted {counted:,} when it was opened: "
                "it has changed, or clips its answers. Open it again."
            )


def _leaves_nothing_out(conditions: RelationshipFilter, forward: bool | None) -> bool:
    """Does the endpoint give all relationships under this filter?"""
    every_kind = len(conditions.admitted_kinds) == len(RelationshipKind)
    by_source = conditions.sources is not None or bool(conditions.exclude_sources)
    every_status = Status.DISPUTED in conditions.admitted_statuses
    return every_kind and every_status and forward is None and not by_source and conditions.window is None
