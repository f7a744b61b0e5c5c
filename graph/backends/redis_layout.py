"""How a dataset lies in Redis: which key holds what, and in which slot.

All keys of a part have one hash tag, so that they are in one slot and one command reads many of them. Entity n is in part n % parts; so are
blocks of relationships, buckets of indexes and chunks of the directory by theirs. In a part, whose keys begin with ``interlock:{tag}:``,

- ``e…``: the half-edges of an entity as rows of 32 bytes (``ROW``): by kind, status and direction (its *segment*), in each the latest end
  first. An entity without relationships has none; a board always has one;
- ``s…``: where the segments of an entity of many half-edges begin: pairs of uint32, segment and number of rows before it; a last one of
  segment 256 gives the number of all rows;
- ``r…``: a block of relationships: ids, ends, who supports them, and records (``interlock.graph.codec``), deflated;
- ``i…``, ``c…``: of the relationship and claim ids whose hashes begin with the same bits, the next 32 bits, sorted, and the relationships;
- ``d…``: a chunk of the directory (``interlock.graph.backends.directory``) as a snapshot, deflated;
- ``done``: whatever belongs into this part was written.

Beside the parts there are ``interlock:current``, the dataset that is served, ``interlock:datasets``, all that are or were being written,
and ``interlock:publishing``, who writes one now.
"""

from __future__ import annotations

import json
import struct
import zlib
from binascii import crc_hqx
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from interlock.graph.heap import Numbers, hash_of
from interlock.graph.snapshot import FORMAT

CURRENT, DATASETS, LOCK = "interlock:current", "interlock:datasets", "interlock:publishing"
LAYOUT: Final = 1
"""Goes up with every change of what is written here."""
SLOTS: Final = 16_384
ROW: Final = np.dtype([("head", "<i4"), ("tie", "<u4"), ("word", "<u4"), ("source", "<u4"), ("bounds", "<i4", 4)])
"""A half-edge. ``source`` is the only known source that supports it; ``NO_SOURCE``; or, with ``SEVERAL``, a bit for each (``bit_of``)."""
NO_SOURCE: Final = (1 << 31) - 1
SEVERAL: Final = 1 << 31
SEGMENTS: Final = 256
MANY: Final = 256
"""From how many half-edges on the segments of an entity are written, and filtered where they are."""
BLOCK: Final = 32
"""Relationships in a block."""
CHUNK: Final = 1 << 19
"""Bytes in a chunk of the directory."""
_IN_A_BUCKET: Final = 256
_FEWEST, _MOST, _IN_A_PART = 48, 4096, 50_000
_HEAD: Final = struct.Struct("<II")


@dataclass(frozen=True)
class Dataset:
    """A dataset in Redis: its name, counts, and what the names of its keys follow from."""

    version: str
    parts: int
    entities: int
    relationships: int
    index_bits: int
    claim_bits: int
    directory: int
    chunks: int
    digest: str
    layout: int = LAYOUT
    format: int = FORMAT

    @property
    def name(self) -> str:
        """By which datasets are told apart: one version of the data can be written in several ways."""
        return name_of(self.version, self.format)

    @property
    def blocks(self) -> int:
        return -(-self.relationships // BLOCK)

    @cached_property
    def tags(self) -> Sequence[str]:
        """The hash tag of each part, chosen so that the parts are spread evenly over the slots."""
        return [self._tag(part) for part in range(self.parts)]

    @cached_property
    def slots(self) -> Sequence[int]:
        """The slot of each part."""
        return list(map(slot_of, self.tags))

    @cached_property
    def prefixes(self) -> Sequence[bytes]:
        """What the keys of each part begin with."""
        return [f"interlock:{{{tag}}}:".encode() for tag in self.tags]

    def key(self, kind: bytes, number: int) -> bytes:
        """The key of the entity, block, bucket or chunk of this number."""
        return b"%b%b%d" % (self.prefixes[number % self.parts], kind, number)

    def keys_of(self, part: int) -> Iterator[bytes]:
        """All keys that a part can have, ``done`` first."""
        prefix = self.prefixes[part]
        yield prefix + b"done"
        buckets, claims = 1 << self.index_bits, 1 << self.claim_bits
        counts = {b"e": self.entities, b"s": self.entities, b"r": self.blocks, b"i": buckets, b"c": claims, b"d": self.chunks}
        for kind, count in counts.items():
            for number in range(part, count, self.parts):
                yield b"%b%b%d" % (prefix, kind, number)

    def written(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: bytes) -> Dataset | None:
        """A dataset as it was written; None if another version of Interlock wrote it in another way."""
        try:
            found = cls(**json.loads(text))
        except (ValueError, TypeError):
            return None
        return found if found.layout == LAYOUT else None

    def _tag(self, part: int) -> str:
        first, last = part * SLOTS // self.parts, (part + 1) * SLOTS // self.parts
        tags = (f"{self.name}.{part}.{number}" for number in range(1 << 30))
        return next(tag for tag in tags if first <= slot_of(tag) < last)


def name_of(version: str, format: int = FORMAT) -> str:
    """The name of the dataset of a version of the data."""
    return f"{version}.{format}.{LAYOUT}"


def slot_of(tag: str) -> int:
    """The slot of the keys that have this hash tag, or that are this text."""
    return crc_hqx(tag.encode(), 0) % SLOTS


def parts_for(relationships: int) -> int:
    """Into how many parts so many relationships are best parted: few commands for a frontier, and slots that move quickly."""
    return min(_MOST, max(_FEWEST, relationships // _IN_A_PART))


def bits_for(ids: int) -> int:
    """By how many bits of their hashes so many ids are put into buckets."""
    return max(0, (ids // _IN_A_BUCKET).bit_length())


def segments_of(word: Numbers) -> Numbers:
    """The segment of each word: kind and status (7 bits), and whether it is seen from its target."""
    return (word & 127) | (word >> 13 & 1) << 7


def bit_of(source: Numbers) -> Numbers:
    """By which bit a source is told among several; others have the same."""
    return np.uint32(1) << (source % 31).astype(np.uint32)


def bucket_of(id: str, bits: int) -> tuple[int, int]:
    """In which bucket an id is, and by which number there."""
    hashed = hash_of(id)
    return hashed >> (64 - bits), hashed >> (32 - bits) & 0xFFFFFFFF


def bucket(hashes: Numbers, ties: Numbers, bits: int) -> bytes:
    """A bucket of sorted hashes, and the relationships that they stand for."""
    return (hashes >> np.uint64(32 - bits)).astype("<u4").tobytes() + ties.astype("<u4").tobytes()


def in_bucket(content: bytes, number: int) -> list[int]:
    """The relationships that may be meant by a number in a bucket, in order."""
    hashes, ties = np.frombuffer(content, "<u4").reshape(2, -1)
    first, last = (int(np.searchsorted(hashes, np.uint32(number), side)) for side in ("left", "right"))
    return list(map(int, ties[first:last]))


class Stored(NamedTuple):
    """A relationship as it is stored: its id, ends and record."""

    id: str
    source: int
    target: int
    record: bytes


class Block:
    """A block of relationships, each by its place in it. Raises ``ValueError`` if it is none."""

    def __init__(self, block: bytes) -> None:
        try:
            self._content = zlib.decompress(block)
            self._count, sources = _HEAD.unpack_from(self._content)
            numbers = np.frombuffer(self._content, "<u4", 5 * self._count + sources, _HEAD.size)
        except (zlib.error, struct.error) as error:
            raise ValueError(str(error)) from None
        ends, sizes, counts, self._sources = np.split(numbers, (2 * self._count, 4 * self._count, 5 * self._count))
        self._ends = ends.reshape(-1, 2)
        self._source_at = _places(counts, 0)
        self._at = _places(sizes, _HEAD.size + numbers.nbytes)

    def sources(self, place: int) -> Numbers:
        """The known sources that support a relationship, each once."""
        return self._sources[self._source_at[place] : self._source_at[place + 1]]

    def __getitem__(self, place: int) -> Stored:
        id, record = (self._content[self._at[each] : self._at[each + 1]] for each in (place, self._count + place))
        source, target = map(int, self._ends[place])
        return Stored(id.decode("utf-8", "surrogatepass"), source, target, record)


def _places(sizes: Numbers, first: int) -> list[int]:
    """Where things of these sizes begin that stand one after another, and where the last ends."""
    return [first, *(first + np.cumsum(sizes, dtype=np.int64)).tolist()]


def pack_block(ends: Numbers, sources: Sequence[Numbers], ids: Sequence[memoryview], records: Sequence[memoryview]) -> bytes:
    """A block of k relationships: their ends, of shape (k, 2), the known sources that support each, their ids and records."""
    sizes = [len(string) for strings in (ids, records) for string in strings]
    numbers = np.concatenate([ends.reshape(-1), sizes, list(map(len, sources)), *sources]).astype("<u4")
    return zlib.compress(b"".join((_HEAD.pack(len(ids), len(numbers) - 5 * len(ids)), numbers.tobytes(), *ids, *records)), 1)
