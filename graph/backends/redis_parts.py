"""What belongs into each part of a dataset in Redis, out of a store that is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.backends.redis_directory import packed
from interlock.graph.backends.redis_layout import (
    BLOCK,
    MANY,
    NO_SOURCE,
    ROW,
    SEGMENTS,
    SEVERAL,
    Dataset,
    bit_of,
    bits_for,
    bucket,
    pack_block,
    parts_for,
    segments_of,
)  # fmt: skip
from interlock.graph.codec import STANCES
from interlock.graph.columns import Columns, runs
from interlock.graph.heap import Numbers, Store, hash_of
from interlock.graph.model import EntityKind, Stance

Value = tuple[bytes, bytes]
_AT_ONCE: Final = 4096
"""Of how many entities half-edges are sorted at once."""


class Parts:
    """The keys and values of a dataset, part by part: as many as asked for, or as are good for its size."""

    def __init__(self, store: Store, parts: int | None = None) -> None:
        self._store, columns = store, Columns(store)
        self._arrays = columns.arrays
        self._ids, self._ties = columns.relationship_ids, columns.relationship_count
        self._sources = _supporting(store, self._ties)
        self._source = _only_sources(*self._sources)
        hashes = np.fromiter((hash_of(self._ids.text(tie)) for tie in range(self._ties)), np.uint64, self._ties)
        order = np.argsort(hashes, kind="stable")
        claims = store.numbers("claim_hash")
        self._indexes = {b"i": (hashes[order], order), b"c": (claims, store.numbers("claim_owner"))}
        self._chunks, size, digest = packed(store)
        self.dataset = Dataset(
            version=str(store.meta["version"]), parts=parts or parts_for(self._ties), entities=columns.entity_count,
            relationships=self._ties, index_bits=bits_for(self._ties), claim_bits=bits_for(len(claims)),
            directory=size, chunks=len(self._chunks), digest=digest,
        )  # fmt: skip

    def of(self, part: int) -> Iterator[Value]:
        """All that belongs into a part but ``done``."""
        dataset = self.dataset
        members = np.arange(part, dataset.entities, dataset.parts)
        for first in range(0, len(members), _AT_ONCE):
            yield from self._half_edges(members[first : first + _AT_ONCE])
        for block in range(part, dataset.blocks, dataset.parts):
            yield dataset.key(b"r", block), self._block(block)
        for kind, bits in ((b"i", dataset.index_bits), (b"c", dataset.claim_bits)):
            yield from self._buckets(part, kind, bits)
        for chunk in range(part, dataset.chunks, dataset.parts):
            yield dataset.key(b"d", chunk), self._chunks[chunk]

    def _half_edges(self, entities: Numbers) -> Iterator[Value]:
        first, head, ties, word, bounds, _, kind, _, _ = self._arrays
        begin, counts = first[entities], first[entities + 1] - first[entities]
        places = runs(begin, begin + counts)
        tie = ties[places]
        rows = np.empty(len(places), ROW)
        rows["head"], rows["tie"], rows["word"], rows["source"] = head[places], tie, word[places], self._source[tie]
        rows["bounds"] = bounds.reshape(-1, 4)[tie]
        segment, owner = segments_of(rows["word"]), np.repeat(np.arange(len(entities)), counts)
        order = np.lexsort((-rows["bounds"][:, 3].astype(np.int64), segment, owner))
        content, segment = rows[order].tobytes(), segment[order]
        ends = np.cumsum(counts)
        board = kind[entities] == ENTITY_KINDS.index(EntityKind.BOARD)
        for entity, start, end, is_board in zip(entities.tolist(), (ends - counts).tolist(), ends.tolist(), board.tolist(), strict=True):
            if end > start or is_board:
                yield self.dataset.key(b"e", entity), content[start * ROW.itemsize : end * ROW.itemsize]
            if end - start >= MANY:
                yield self.dataset.key(b"s", entity), _segments(segment[start:end])

    def _block(self, block: int) -> bytes:
        ties = range(block * BLOCK, min((block + 1) * BLOCK, self._ties))
        stretch = slice(ties.start, ties.stop)
        ends = np.stack([self._store.numbers(f"{end}_end")[stretch] for end in ("source", "target")], axis=1)
        sources, at = self._sources
        supporting = [sources[at[tie] : at[tie + 1]] for tie in ties]
        return pack_block(ends, supporting, *(self._strings(heap, stretch) for heap in ("relationship_id", "relationship")))

    def _strings(self, heap: str, stretch: slice) -> list[memoryview]:
        at = self._store.numbers(f"{heap}.at")[stretch.start : stretch.stop + 1].tolist()
        content = memoryview(self._store.bytes(heap).read(at[0], at[-1]))
        return [content[start - at[0] : stop - at[0]] for start, stop in pairwise(at)]

    def _buckets(self, part: int, kind: bytes, bits: int) -> Iterator[Value]:
        hashes, ties = self._indexes[kind]
        for place in range(part, 1 << bits, self.dataset.parts):
            first = int(np.searchsorted(hashes, np.uint64(place << (64 - bits))))
            last = len(hashes) if place + 1 == 1 << bits else int(np.searchsorted(hashes, np.uint64(place + 1 << (64 - bits))))
            yield self.dataset.key(kind, place), bucket(hashes[first:last], ties[first:last], bits)


def _segments(segment: Numbers) -> bytes:
    """Where each segment begins, of rows that are sorted by them."""
    begins = np.flatnonzero(np.diff(segment, prepend=SEGMENTS))
    pairs = np.stack([np.append(segment[begins], SEGMENTS), np.append(begins, len(segment))], axis=1)
    return pairs.astype("<u4").tobytes()


def _supporting(store: Store, ties: int) -> tuple[Numbers, Numbers]:
    """The known sources that support each relationship, each once, and where those of each begin."""
    source = store.numbers("claim_source")
    owner = np.repeat(np.arange(ties), _counts(store.numbers("claim_first")))
    supports = (store.numbers("claim_word") & 1 == STANCES.index(Stance.SUPPORTS)) & (source >= 0)
    pairs = np.unique(owner[supports] << 32 | source[supports])
    return (pairs & 0xFFFFFFFF).astype(np.uint32), np.searchsorted(pairs >> 32, np.arange(ties + 1))


def _only_sources(sources: Numbers, at: Numbers) -> Numbers:
    """Of each relationship the only source that supports it, or bits that stand for several (see ``ROW``)."""
    counts = np.diff(at)
    found = np.full(len(counts), NO_SOURCE, np.uint32)
    some = np.flatnonzero(counts)
    if len(some):
        bits = np.bitwise_or.reduceat(bit_of(sources), at[some]) | np.uint32(SEVERAL)
        found[some] = np.where(counts[some] == 1, sources[at[some]], bits)
    return found


def _counts(first: Numbers) -> Numbers:
    return np.diff(first.astype(np.int64))
