"""Many byte strings end to end, each found by its number; sorted ones by their content too."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final, Protocol, overload

import numpy as np
import numpy.typing as npt

from interlock.graph.jit import bulk

Numbers = npt.NDArray[Any]
Check = Callable[[int, int], None]
_SMALL: Final = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes in memory or in a mapped file. ``check`` is told of every stretch before it is read, and raises if it is damaged."""

    view: memoryview
    check: Check | None = None

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from ``start`` up to ``stop``."""
        if self.check is not None and start < stop:
            self.check(start, stop)
        return bytes(self.view[start:stop])

    def whole(self) -> memoryview:
        """All of them, checked."""
        if self.check is not None:
            self.check(0, len(self.view))
        return self.view


class Store(Protocol):
    """Named tables of numbers and heaps of bytes, and what is said of them all: counts, version, licence."""

    @property
    def meta(self) -> Mapping[str, Any]: ...

    @property
    def tables(self) -> Collection[str]:
        """The names of all tables."""

    @property
    def heaps(self) -> Collection[str]:
        """The names of all heaps."""

    def numbers(self, name: str) -> Numbers:
        """A table of numbers; read-only."""

    def bytes(self, name: str) -> Bytes:
        """A heap of bytes."""


@dataclass(frozen=True)
class Memory:
    """A store in memory."""

    meta: Mapping[str, Any]
    tables: Mapping[str, Numbers]
    heaps: Mapping[str, bytes | bytearray] = field(repr=False)

    def __post_init__(self) -> None:
        for table in self.tables.values():
            table.flags.writeable = False

    def numbers(self, name: str) -> Numbers:
        return self.tables[name]

    def bytes(self, name: str) -> Bytes:
        return Bytes(memoryview(self.heaps[name]))


class Heap:
    """The byte strings that two parts of a store hold: ``NAME.at``, where each begins (one number more than strings), and ``NAME``.

    There are ``count`` of them; nothing is read before it is asked for.
    """

    def __init__(self, store: Store, name: str, count: int) -> None:
        self._store, self._name, self._count = store, name, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        return self._data.read(self._at[number], self._at[number + 1])

    @cached_property
    def _at(self) -> memoryview:
        return self._store.numbers(f"{self._name}.at").data

    @cached_property
    def _data(self) -> Bytes:
        return self._store.bytes(self._name)

    def text(self, number: int) -> str:
        return str(self[number], "utf-8")

    def find(self, text: str) -> int:
        """The number of a text in a heap that is sorted; -1 if it isn't there."""
        key = text.encode("utf-8", "surrogatepass")
        place = bisect_left(range(len(self)), key, key=self.__getitem__)
        return place if place < len(self) and self[place] == key else -1


class Ids(Sequence[str]):
    """Ids of a graph's records, by their ``numbers``: read when they are asked for, so that a million take four megabytes."""

    def __init__(self, heap: Heap, numbers: Numbers) -> None:
        self._heap, self.numbers = heap, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Ids: ...

    def __getitem__(self, place: int | slice) -> str | Ids:
        return Ids(self._heap, self.numbers[place]) if isinstance(place, slice) else self._heap.text(int(self.numbers[place]))

    def __iter__(self) -> Iterator[str]:
        return (self._heap.text(number) for number in map(int, self.numbers))

    def __repr__(self) -> str:
        return f"<{len(self)} ids>"


class Strings:
    """Byte strings end to end, to which more can be added. Where many are added at once, they are sorted by Numba's kernels."""

    def __init__(self) -> None:
        self._data, self._at = bytearray(), array("q", [0])
        self._many = False

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._data[self._at[number] : self._at[number + 1]])

    def add(self, string: bytes | bytearray) -> None:
        """Add one."""
        self._data += string
        self._at.append(len(self._data))

    def extend(self, data: Numbers, at: Numbers) -> None:
        """Add many, end to end, of which each begins at one of these places (one more than strings)."""
        self._many = True
        self._at.frombytes((at[1:] + len(self._data)).astype(np.int64).tobytes())
        self._data += data[: at[-1]].data

    def order(self) -> Numbers:
        """In which order they are sorted; equal ones as they came."""
        count, data, at = len(self), self._data, self._at
        as_they_came = np.arange(count)
        if self._many and self._is_ascending(as_they_came):
            return as_they_came
        strings = [bytes(data[at[number] : at[number + 1]]) for number in range(count)]
        return np.array(sorted(range(count), key=strings.__getitem__), np.int64)

    def repeated(self, order: Numbers) -> list[bytes]:
        """Those that are there more than once, of the sorted."""
        if self._many and self._is_ascending(order):
            return []
        strings = [self[number] for number in order.tolist()]
        return [one for one, other in pairwise(strings) if one == other]

    def packed(self, order: Numbers) -> tuple[Numbers, bytearray]:
        """All of them in this order, as ``pack`` gives them."""
        if not self._many:
            data, at = memoryview(self._data), self._at
            return pack(data[at[number] : at[number + 1]] for number in order.tolist())
        begins, packed = np.frombuffer(self._at, np.int64), self._data
        if not np.array_equal(order, np.arange(len(self))):
            begins, packed = np.zeros(len(order) + 1, np.int64), bytearray(len(self._data))
            bulk().pick(*self._arrays(), order, np.frombuffer(packed, np.uint8), begins)
        return begins.astype(_type_of(len(packed))), packed

    def _is_ascending(self, order: Numbers) -> bool:
        return bool(bulk().is_ascending(*self._arrays(), order))

    def _arrays(self) -> tuple[Numbers, Numbers]:
        return np.frombuffer(self._data, np.uint8), np.frombuffer(self._at, np.int64)


def pack(strings: Iterable[bytes | memoryview]) -> tuple[Numbers, bytearray]:
    """Put byte strings end to end: where each begins, in as few bytes as will do, and all of them."""
    data, at = bytearray(), [0]
    for string in strings:
        data += string
        at.append(len(data))
    return np.array(at, _type_of(len(data))), data


def _type_of(size: int) -> type[np.uint32 | np.int64]:
    return np.uint32 if size <= _SMALL else np.int64


def hash_of(text: str) -> int:
    """A number of 64 bits by which a text is looked up; whoever finds something by it compares the text itself."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
