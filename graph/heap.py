"""Many byte strings end to end, each found by its number; sorted ones by their content too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

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


def pack(strings: Iterable[bytes | memoryview]) -> tuple[Numbers, bytearray]:
    """Put byte strings end to end: where each begins, in as few bytes as will do, and all of them."""
    data, at = bytearray(), [0]
    for string in strings:
        data += string
        at.append(len(data))
    return np.array(at, np.uint32 if len(data) <= _SMALL else np.int64), data


def hash_of(text: str) -> int:
    """A number of 64 bits by which a text is looked up; whoever finds something by it compares the text itself."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
