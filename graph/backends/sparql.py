"""Any SPARQL 1.1 endpoint as the place where relationships are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol, Self

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.backends.admitting import admitted, needs_records, of_ties
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.backends.sparql_answers import Transport
from interlock.graph.backends.sparql_endpoint import Endpoint
from interlock.graph.backends.sparql_foreign import Foreign
from interlock.graph.backends.sparql_own import Own
from interlock.graph.backends.sparql_records import Records, Seen
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Store
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, Relationship

ROWS: Final = 10_000
"""Rows that are asked for at a time: Virtuoso sorts no more, and gives no more unless it is told to."""
KEPT: Final = 65_536
"""Relationships that are kept once read."""
_BOARD: Final = ENTITY_KINDS.index(EntityKind.BOARD)


class Reader(Protocol):
    """Reads relationships in the vocabulary that an endpoint has them in. All but ``gives_all`` raise ``BackendDown``.

    ``graph`` is one of the directory, which has no relationships; ``records`` are those that were read.
    """

    @property
    def directory(self) -> Store: ...
    @property
    def graph(self) -> KnowledgeGraph: ...
    @property
    def records(self) -> Records: ...

    async def around(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> Mapping[str, Relationship]:
        """Relationships of these entities by IRI: all that pass the filter, and perhaps others."""
        ...

    async def seen(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None) -> Sequence[Seen]:
        """The same as a search sees them."""
        ...

    def gives_all(self, conditions: RelationshipFilter, forward: bool | None) -> bool:
        """Do these give all relationships under this filter?"""
        ...

    async def read(self, ties: Iterable[str]) -> Mapping[str, Relationship]:
        """The relationships of these IRIs, as far as there are such."""
        ...

    async def find(self, relationship: str) -> str | None:
        """The IRI of the relationship of this id; None if there is none."""
        ...

    async def find_claim(self, claim: str) -> str | None:
        """The IRI of the relationship that the claim of this id is about; None if there is none."""
        ...


class SparqlBackend:
    """Relationships at an endpoint: in Interlock's vocabulary or, if there are none, in those of others.

    Each relationship that was ever met keeps its number as long as the backend lives: some hundred bytes.
    """

    def __init__(self, endpoint: Endpoint, reader: Reader) -> None:
        self._endpoint, self._reader, self._records = endpoint, reader, reader.records
        self.directory = reader.directory
        self.in_order, self.ticket = False, None
        self._degree = self.directory.numbers("search.degree")
        self._has = (self._degree > 0) & (self.directory.numbers("search.kind") != _BOARD)

    @classmethod
    async def open(cls, transport: Transport, rows: int = ROWS, kept: int = KEPT) -> Self:
        """Read the directory of an endpoint.

        At most ``rows`` rows are asked for at a time, but for lists and counts where nothing is clipped; ``kept`` relationships are
        remembered. Raises ``BackendDown``, and ``DataError`` for entities and sources that would be refused in a file.
        """
        endpoint = Endpoint(transport, rows)
        return cls(endpoint, await Own.open(endpoint, kept) or await Foreign.open(endpoint, kept))

    async def is_current(self) -> bool:
        """An endpoint doesn't say when its data change: whoever serves them loads them anew when told to."""
        return True

    @property
    def trips(self) -> int:
        return self._endpoint.trips

    async def neighbours(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        """All relationships of these entities that pass the filter.

        In our vocabulary, left out at the endpoint are other kinds and directions; without DISPUTED among the statuses, what no claim
        gives an admitted one; what no admitted source supports; and what by the years that are written of it surely began after or ended
        before the time asked about. All conditions are looked at here, exactly. Where nothing was left out, each entity must have as many
        relationships as were counted when the directory was read: else ``BackendDown``.
        """
        asked = entities[self._has[entities]]
        if not len(asked):
            return Halves.none()
        ties, by_record = list[Relationship](), needs_records(conditions)
        if by_record:
            ties += (await self._reader.around(asked, conditions, forward)).values()
        seen = list(map(self._records.seen, ties)) if by_record else await self._reader.seen(asked, conditions, forward)
        found = self._records.halves(seen, asked.tolist())
        if self._reader.gives_all(conditions, forward):
            self._compare(found, asked)
        found = admitted(found, conditions, forward)
        if by_record:
            chosen = (tie for tie in ties if conditions.sources_admit(tie, self._reader.graph))
            found = of_ties(found, {self._records.number(tie.iri) for tie in chosen})
        return found

    async def lookup(self, ties: Sequence[int]) -> Sequence[Relationship]:
        wanted = [self._records.iri(tie) for tie in ties]
        found = {each: tie for each in wanted if (tie := self._records.recent(each)) is not None}
        found |= await self._reader.read([each for each in dict.fromkeys(wanted) if each not in found])
        missing = [each for each in wanted if each not in found]
        if missing:
            raise BackendDown(f"{self._endpoint.name} has no {missing[0]} any longer: open it again.")
        return [found[each] for each in wanted]

    async def find(self, relationship: str) -> int:
        return self._number(await self._reader.find(relationship))

    async def find_claim(self, claim: str) -> int:
        return self._number(await self._reader.find_claim(claim))

    async def close(self) -> None:
        await self._endpoint.transport.close()

    def _number(self, relationship: str | None) -> int:
        return -1 if relationship is None else self._records.number(relationship)

    def _compare(self, found: Halves, asked: Int32) -> None:
        """Has everybody as many relationships as were counted?"""
        counts = np.bincount(found.tail, minlength=len(self._degree))[asked]
        odd = np.flatnonzero(counts != self._degree[asked])
        if len(odd):
            entity = self._reader.graph.id_of(int(asked[odd[0]]))
            counted, got = int(self._degree[asked[odd[0]]]), int(counts[odd[0]])
            raise BackendDown(
                f"{self._endpoint.name} gives {got:,} relationships of {entity}, and counted {counted:,} when it was opened: "
                "it has changed, or clips its answers. Open it again."
            )
