"""From records to columns: takes entities, relationships and sources in any order, and sorts them by their ids."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES, Arrays, Ties, compress
from interlock.graph.codec import claim_word, write_entity, write_relationship, write_source
from interlock.graph.dates import DISTANT_PAST
from interlock.graph.errors import DataError, Problem
from interlock.graph.heap import Memory, Numbers, hash_of, pack
from interlock.graph.intervals import Interval
from interlock.graph.model import Entity, EntityKind, Records, Relationship, Source
from interlock.graph.name_tables import NameRows
from interlock.graph.packing import Rows, Writer
from interlock.graph.written import WrittenEntities, WrittenTies
from interlock.seeds.vocab import BASE

_NONE = -1


def compiled(
    records: Records,
    version: str,
    licence: str | None = None,
    notes: Sequence[str] = (),
    provenance: Mapping[str, Any] | None = None,
) -> Memory:
    """The columns of these records; ``notes`` tell how they came about; ``provenance`` is kept as it is (see ``origins``)."""
    builder = ColumnsBuilder()
    for entity in records.entities.values():
        builder.add_entity(entity)
    for source in records.sources.values():
        builder.add_source(source)
    for tie in records.relationships.values():
        builder.add_relationship(tie)
    builder.vocabulary, builder.notes = records.vocabulary, notes
    return builder.finish(version, licence, provenance)


class ColumnsBuilder:
    """Gathers records, and makes of them what ``interlock.graph.columns`` reads.

    ``base`` is the IRI that ids leave out. A relationship may be added before its ends; ``finish`` raises ``DataError`` if they never came.
    ``vocabulary`` are the terms that the data defines, as lines of N-Quads; ``notes`` what was merged and what was not.
    """

    def __init__(self, base: str = BASE) -> None:
        self.writer = Writer(base)
        self._entities, self._relationships, self._sources = (Rows(self.writer) for _ in range(3))
        self._names = NameRows(base)
        self._known: dict[str, int] = {}  # entity id → a number, in the order in which they are first spoken of
        self._known_sources: dict[str, int] = {}
        self._entity, self._entity_kind = array("i"), array("B")
        self._board, self._board_of, self._changes = array("i"), array("i"), array("i")
        self._source = array("i")
        self._tie_ends, self._tie_kind, self._tie_status = array("i"), array("B"), array("B")
        self._tie_sources, self._tie_bounds = array("i"), array("i")
        self._claims, self._claim_source, self._claim_word, self._claim_hash = array("i"), array("i"), array("B"), array("Q")
        self._latest = DISTANT_PAST
        self.vocabulary: Sequence[str] = ()
        self.notes: Sequence[str] = ()

    def add_entity(self, entity: Entity) -> int:
        """Add an entity; its number."""
        number = self.number_of(entity.id)
        self._entity.append(number)
        self._entity_kind.append(ENTITY_KINDS.index(entity.kind))
        if entity.kind is EntityKind.BOARD and entity.unit_of:
            self._board.append(number)
            self._board_of.append(self.number_of(entity.unit_of))
        if entity.came_from and entity.went_into:
            self._changes.append(number)
        self._names.add(number, entity)
        write_entity(self.writer, entity)
        self._entities.add(entity.id)
        return number

    def add_written_entities(self, batch: WrittenEntities) -> Numbers:
        """Add entities that are written already; their numbers."""
        data, at = batch.ids.data.data, batch.ids.at.tolist()
        numbers = np.array([self.number_of(str(data[a:b], "ascii")) for a, b in pairwise(at)], np.int32)
        _extend(self._entity, numbers)
        _extend(self._entity_kind, batch.kind)
        if len(batch.unit_of):
            _extend(self._board, numbers)
            _extend(self._board_of, batch.unit_of)
        self._names.extend(numbers, batch.folded, batch.plain, batch.hashes)
        self._entities.extend(batch.ids, batch.records)
        return numbers

    def add_source(self, source: Source) -> None:
        """Add a source."""
        self._source.append(self.source_number(source.id))
        write_source(self.writer, source)
        self._sources.add(source.id)

    def add_relationship(self, tie: Relationship) -> None:
        """Add a relationship with its claims."""
        self._tie_ends.extend((self.number_of(tie.source), self.number_of(tie.target)))
        self._tie_kind.append(RELATIONSHIP_KINDS.index(tie.kind))
        self._tie_status.append(STATUSES.index(tie.status))
        self._tie_sources.append(tie.independent_sources)
        self._tie_bounds.extend(tie.interval.bounds)
        self._latest = max(self._latest, latest_of(tie.interval))
        self._claims.append(len(tie.claims))
        for claim in tie.claims:
            self._claim_source.append(self.source_number(claim.source))
            self._claim_word.append(claim_word(claim))
            self._claim_hash.append(hash_of(claim.id))
        write_relationship(self.writer, tie)
        self._relationships.add(tie.id)

    def add_written_ties(self, batch: WrittenTies) -> None:
        """Add relationships that are written already."""
        _extend(self._tie_ends, batch.ends)
        _extend(self._tie_kind, batch.kind)
        _extend(self._tie_status, batch.status)
        _extend(self._tie_sources, batch.sources)
        _extend(self._tie_bounds, batch.bounds)
        _extend(self._claims, batch.claims)
        _extend(self._claim_source, batch.claim_source)
        _extend(self._claim_word, batch.claim_word)
        _extend(self._claim_hash, batch.claim_hash)
        self._latest = max(self._latest, batch.latest)
        self._relationships.extend(batch.ids, batch.records)

    @property
    def entity_count(self) -> int:
        """How many entities have been spoken of."""
        return len(self._known)

    def boards(self) -> tuple[Numbers, Numbers]:
        """The numbers of the boards that have been added, and of their companies."""
        return self._column(self._board), self._column(self._board_of)

    def number_of(self, entity: str) -> int:
        """The number by which an entity is called here, whether or not it has been added."""
        return self._known.setdefault(entity, len(self._known))

    def knows(self, entity: str) -> bool:
        """Has this entity been spoken of?"""
        return entity in self._known

    def source_number(self, source: str) -> int:
        """The same of a source."""
        return self._known_sources.setdefault(source, len(self._known_sources))

    def finish(self, version: str, licence: str | None = None, provenance: Mapping[str, Any] | None = None) -> Memory:
        """Everything in order. Nothing can be added after that."""
        entities, relationships, sources = self._entities.order(), self._relationships.order(), self._sources.order()
        place = _places(len(self._known), self._column(self._entity)[entities])
        source_place = _places(len(self._known_sources), self._column(self._source)[sources])
        ends = self._ends(place, relationships)
        boards = self._boards(place)
        claims = self._claim_columns(relationships, source_place)
        heaps = {
            **self._entities.heaps("entity", entities),
            **self._relationships.heaps("relationship", relationships),
            **self._sources.heaps("source", sources),
            "vocabulary": pack(line.encode() for line in self.vocabulary),
            "note": pack(note.encode("utf-8", "surrogatepass") for note in self.notes),
            "term": pack(term.encode("utf-8", "surrogatepass") for term in self.writer.terms),
        }
        names, folded = self._names.finish(place)
        seats = np.full(len(entities), _NONE, np.int32)
        seats[boards["board"]] = boards["board_company"]
        arrays = self._arrays(entities, relationships, ends, seats)
        changes = np.sort(place[self._column(self._changes)]).astype(np.int32)
        tables = {f"search.{name}": table for name, table in arrays._asdict().items()}
        tables |= {"source_end": ends[0], "target_end": ends[1], **boards, "change": changes, **claims, **names}
        tables |= {f"{name}.at": at for name, (at, _) in heaps.items()}
        meta = {
            "base": self.writer.base,
            "version": version,
            "licence": licence,
            "entities": len(entities),
            "relationships": len(relationships),
            "sources": len(sources),
            "terms": len(self.writer.terms),
            "claims": len(claims["claim_hash"]),
            "vocabulary": len(self.vocabulary),
            "notes": len(self.notes),
            "latest_day": self._latest if len(relationships) else 0,
            "provenance": provenance or {},
        }
        return Memory(meta, tables, {**{name: data for name, (_, data) in heaps.items()}, **folded})

    def _column(self, values: array[Any]) -> Numbers:
        return np.frombuffer(values, values.typecode) if values else np.zeros(0, values.typecode)

    def _ends(self, place: Numbers, order: Numbers) -> Numbers:
        """Source and target of each relationship, of shape (2, m)."""
        ends = place[self._column(self._tie_ends)].reshape(-1, 2)
        missing = np.flatnonzero((ends == _NONE).any(axis=1))
        if len(missing):
            ids = list(self._known)
            problems = []
            for row in missing[:20].tolist():
                end = ids[self._tie_ends[2 * row + int(ends[row, 0] != _NONE)]]
                problems.append(Problem("", 0, self._relationships.ids[row].decode(), f"leads to {end}, which is not in the data"))
            raise DataError(problems)
        return np.ascontiguousarray(ends[order].T.astype(np.int32))

    def _boards(self, place: Numbers) -> dict[str, Numbers]:
        """Boards with their companies, by company."""
        board, company = place[self._column(self._board)], place[self._column(self._board_of)]
        known = company != _NONE
        order = np.lexsort((board[known], company[known]))
        return {"board": board[known][order].astype(np.int32), "board_company": company[known][order].astype(np.int32)}

    def _arrays(self, entities: Numbers, order: Numbers, ends: Numbers, seats: Numbers) -> Arrays:
        ties = Ties(
            source=ends[0],
            target=ends[1],
            kind=self._column(self._tie_kind)[order],
            status=self._column(self._tie_status)[order],
            sources=self._column(self._tie_sources)[order],
            bounds=self._column(self._tie_bounds).reshape(-1, 4)[order],
        )
        return compress(ties, self._column(self._entity_kind)[entities], seats)

    def _claim_columns(self, order: Numbers, source_place: Numbers) -> dict[str, Numbers]:
        """Claims in the order of their relationships, and by the hashes of their ids; of two with one id, the last."""
        counts = self._column(self._claims)
        began = np.cumsum(counts, dtype=np.int64) - counts
        first = np.zeros(len(order) + 1, np.int64)
        np.cumsum(counts[order], out=first[1:])
        rows = np.repeat(began[order] - first[:-1], counts[order]) + np.arange(first[-1])
        owner = np.repeat(np.arange(len(order), dtype=np.int32), counts[order])
        hashes = self._column(self._claim_hash)[rows]
        sort = np.argsort(hashes, kind="stable")
        last = np.ones(len(sort), np.bool_)
        last[:-1] = hashes[sort][1:] != hashes[sort][:-1]
        return {
            "claim_first": first.astype(np.uint32) if first[-1] < 2**32 else first,
            "claim_source": source_place[self._column(self._claim_source)][rows].astype(np.int32),
            "claim_word": self._column(self._claim_word)[rows],
            "claim_hash": hashes[sort][last],
            "claim_owner": owner[sort][last],
        }


def _extend(values: array[Any], more: Numbers) -> None:
    values.frombytes(np.asarray(more, values.typecode).tobytes())


def _places(count: int, numbers: Numbers) -> Numbers:
    """Number of each thing spoken of → its place in the order; -1 for what is not there."""
    place = np.full(count, _NONE, np.int64)
    place[numbers] = np.arange(len(numbers))
    return place


def latest_of(interval: Interval) -> int:
    """The latest day that an interval speaks of."""
    days: Sequence[Any] = (interval.start, interval.end, *interval.observed)
    return max((day.first for day in days if day is not None), default=DISTANT_PAST)
