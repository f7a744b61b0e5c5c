"""The relationships of a graph in Redis Cluster, Valkey or one Redis, where ``interlock publish`` wrote them.

Most of a frontier is read with one command for each part of the dataset; entities of many half-edges with one command each, that filters
where they are. All commands go out at once. What is left of the filter is applied here, so that an answer does not depend on where it was.
Only who supports relationships of several sources takes a second round trip, if a filter asks for it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.backends.admitting import admitted, needs_records
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.backends.redis_directory import fetch
from interlock.graph.backends.redis_function import FUNCTION, LIBRARY, arguments
from interlock.graph.backends.redis_layout import (
    BLOCK,
    CURRENT,
    MANY,
    NO_SOURCE,
    ROW,
    SEVERAL,
    Block,
    Dataset,
    Stored,
    bit_of,
    bucket_of,
    in_bucket,
    slot_of,
)  # fmt: skip
from interlock.graph.backends.redis_nodes import Call, Nodes, call, get, single
from interlock.graph.codec import read_relationship
from interlock.graph.columns import Columns
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Numbers, Store
from interlock.graph.model import EntityKind, Relationship
from interlock.graph.packing import Reader
from interlock.graph.snapshot import FORMAT
from interlock.graph.status import independent_sources

log = logging.getLogger("interlock.redis")
PATIENCE: Final = 10.0
"""Seconds for which is asked again while a cluster is failing over, before it is said to be down."""


class RedisBackend:
    """Answers out of a dataset in Redis; made by ``open``."""

    def __init__(self, nodes: Nodes, dataset: Dataset, directory: Store) -> None:
        self._nodes, self.dataset, self.directory = nodes, dataset, directory
        self._columns = Columns(directory)
        self._degree = directory.numbers("search.degree")
        board = directory.numbers("search.kind") == ENTITY_KINDS.index(EntityKind.BOARD)
        self._stored = (self._degree > 0) | board
        self._many = (self._degree >= MANY) & ~board
        self.trips, self.in_order = 0, True
        self.ticket: str | None = dataset.written()

    @classmethod
    async def open(cls, url: str, folder: Path, patience: float = PATIENCE) -> Self:
        """The dataset that is current at ``redis://…``. Its directory is kept as a file in ``folder``, and fetched if it isn't there.

        Raises ``BackendDown``, and ``BadInput`` if the address is none.
        """
        nodes = Nodes(url, patience)
        try:
            dataset = await _current(nodes)
            return cls(nodes, dataset, await fetch(nodes, dataset, folder))
        except BaseException:
            await nodes.close()
            raise

    @classmethod
    async def reopened(cls, url: str, directory: Store, ticket: str, patience: float = PATIENCE) -> Self:
        """The dataset of a ``ticket``, of which another process has fetched the directory."""
        dataset = Dataset.read(ticket.encode())
        assert dataset is not None, "it was written by the same version of Interlock"
        return cls(Nodes(url, patience), dataset, directory)

    async def is_current(self) -> bool:
        """Is this dataset still the current one? Raises ``BackendDown``, also if none is."""
        return (await _current(self._nodes)).name == self.dataset.name

    async def neighbours(self, entities: Int32, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        entities = np.asarray(entities, np.int32)
        entities = entities[self._stored[entities]]
        given = arguments(conditions, forward)
        filtered = self._many[entities] if given is not None else np.zeros(len(entities), np.bool_)
        owners, calls = self._calls(entities[~filtered].tolist())
        for entity in entities[filtered].tolist():
            assert given is not None
            part, keys = entity % self.dataset.parts, [self.dataset.key(kind, entity) for kind in (b"e", b"s")]
            owners.append(entity)
            calls.append(call(self.dataset.slots[part], FUNCTION, keys, given))
        values = [value for reply in await self._ask(calls) for value in reply]
        if self._nodes.functionless:
            await self._bring_function()
        rows = np.frombuffer(b"".join(values), ROW)
        tails = np.repeat(np.array(owners, np.int32), [len(value) // ROW.itemsize for value in values])
        found = Halves(tails, rows["head"], rows["tie"].astype(np.int64), rows["word"], rows["bounds"])
        if not needs_records(conditions):
            return admitted(found, conditions, forward)
        return await self._sourced(found, rows["source"], conditions, forward)

    async def lookup(self, ties: Sequence[int]) -> Sequence[Relationship]:
        if not all(0 <= tie < self.dataset.relationships for tie in ties):
            raise KeyError(ties)
        stored = await self._stored_ties(ties)
        return [self._relationship(stored[tie]) for tie in ties]

    async def find(self, relationship: str) -> int:
        ties = await self._in_bucket(b"i", relationship, self.dataset.index_bits)
        stored = await self._stored_ties(ties)
        return next((tie for tie in ties if stored[tie].id == relationship), -1)

    async def find_claim(self, claim: str) -> int:
        ties = await self._in_bucket(b"c", claim, self.dataset.claim_bits)
        for tie, record in zip(ties, await self.lookup(ties), strict=True):
            for each in reversed(record.claims):
                if each.id == claim:
                    return tie if each.relationship == record.id else await self.find(each.relationship)
        return -1

    async def close(self) -> None:
        await self._nodes.close()

    async def _ask(self, calls: Sequence[Call]) -> list[Any]:
        if not calls:
            return []
        self.trips += 1
        return await self._nodes.ask(calls)

    def _calls(self, entities: Sequence[int]) -> tuple[list[int], list[Call]]:
        """One command for each part that has some of these entities, and the entities in the order of the answers."""
        by_part: dict[int, list[int]] = defaultdict(list)
        parts = self.dataset.parts
        for entity in entities:
            by_part[entity % parts].append(entity)
        owners = [entity for members in by_part.values() for entity in members]
        prefixes, slots = self.dataset.prefixes, self.dataset.slots
        calls = [get(slots[part], [b"%be%d" % (prefixes[part], entity) for entity in members]) for part, members in by_part.items()]
        return owners, calls

    async def _sourced(self, found: Halves, source: Int32, conditions: RelationshipFilter, forward: bool | None) -> Halves:
        """Those that pass a filter that asks who says so. Only where several sources do, their claims are looked at."""
        places = admitted(found._replace(tie=np.arange(len(found.tie))), conditions, forward).tie
        found, source = found.where(places), source[places]
        taken = self._taken_sources(conditions)
        several = source >= SEVERAL
        one = ~several & (source != NO_SOURCE) & (conditions.min_independent_sources <= 1)
        keep = np.zeros(len(source), np.bool_)
        keep[one] = taken[source[one]]
        bits = np.bitwise_or.reduce(bit_of(np.flatnonzero(taken)), initial=0)
        doubtful = found.tie[several & (source & bits != 0)]
        ties = sorted(set(doubtful.tolist()))
        blocks = await self._blocks(ties)
        least = conditions.min_independent_sources
        sound = [tie for tie in ties if self._is_sourced(blocks[tie // BLOCK].sources(tie % BLOCK), taken, least)]
        return found.where(keep | np.isin(found.tie, sound))

    def _taken_sources(self, conditions: RelationshipFilter) -> Numbers:
        """Which sources count, by their numbers."""
        columns = self._columns
        taken = np.full(columns.source_count, conditions.sources is None)
        for ids, counts in ((conditions.sources or (), True), (conditions.exclude_sources, False)):
            numbers = [number for id in ids if (number := columns.source_ids.find(id)) >= 0]
            taken[numbers] = counts
        return taken

    def _is_sourced(self, sources: Numbers, taken: Numbers, least: int) -> bool:
        counting = sources[taken[sources]].tolist()
        return bool(counting) and (least <= 1 or independent_sources(map(self._columns.source_at, counting)) >= least)

    async def _blocks(self, ties: Sequence[int]) -> dict[int, Block]:
        """The blocks that these relationships are in."""
        by_part: dict[int, list[int]] = defaultdict(list)
        for block in sorted({tie // BLOCK for tie in ties}):
            by_part[block % self.dataset.parts].append(block)
        calls = [get(self.dataset.slots[part], [self.dataset.key(b"r", block) for block in members]) for part, members in by_part.items()]
        values = [value for reply in await self._ask(calls) for value in reply]
        blocks = [block for members in by_part.values() for block in members]
        try:
            return {block: Block(value) for block, value in zip(blocks, values, strict=True)}
        except ValueError as error:
            raise BackendDown(f"Redis gave a block of relationships that can't be read: {error}. Publish the dataset anew.") from None

    async def _stored_ties(self, ties: Sequence[int]) -> dict[int, Stored]:
        """These relationships as they are stored, by number."""
        blocks = await self._blocks(ties)
        return {tie: blocks[tie // BLOCK][tie % BLOCK] for tie in ties}

    def _relationship(self, stored: Stored) -> Relationship:
        columns = self._columns
        source, target = columns.entity_id(stored.source), columns.entity_id(stored.target)
        return read_relationship(Reader(stored.record, columns.term, columns.base), stored.id, source, target)

    async def _in_bucket(self, kind: bytes, id: str, bits: int) -> list[int]:
        place, number = bucket_of(id, bits)
        ((content,),) = await self._ask([get(self.dataset.slots[place % self.dataset.parts], [self.dataset.key(kind, place)])])
        return list(dict.fromkeys(in_bucket(content, number)))

    async def _bring_function(self) -> None:
        """Load the function where it is missing; where that is not allowed, go on without."""
        self._nodes.functionless = False
        with suppress(BackendDown):
            await self._nodes.everywhere("FUNCTION", "LOAD", "REPLACE", LIBRARY)
            log.warning("A node of Redis had no function %s; it was loaded anew", FUNCTION)


async def _current(nodes: Nodes) -> Dataset:
    (text,) = await nodes.ask([single(slot_of(CURRENT), "GET", CURRENT)])
    dataset = None if text is None else Dataset.read(text)
    if dataset is None or dataset.format != FORMAT:
        what = "no dataset" if text is None else "a dataset of another version of Interlock"
        raise BackendDown(f"Redis has {what}. Write one with `interlock publish`.")
    return dataset
