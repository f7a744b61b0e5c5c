"""Answers as they are sent, and the memory of those that were given before."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

LEAST_TO_COMPRESS: Final = 1024
_OVERHEAD: Final = 500
"""About how many bytes an entry takes beside its key and its answer."""


@dataclass(frozen=True)
class Answer:
    """What is sent of an answer; one that is not ``lasting`` might be another one when asked again."""

    status: int
    media: str
    body: bytes
    lasting: bool = True
    coding: str = ""

    @cached_property
    def etag(self) -> str:
        """Its strong entity tag: a hash of what is sent, and as what."""
        person = f"{self.status}{self.coding}".encode()
        return f'"{hashlib.blake2b(self.body, digest_size=12, person=person, key=self.media.encode()).hexdigest()}"'

    def compressed(self) -> Answer:
        """The same with gzip; as it is if that isn't worth it."""
        if len(self.body) < LEAST_TO_COMPRESS:
            return self
        return replace(self, body=gzip.compress(self.body, 6, mtime=0), coding="gzip")


class Memory:
    """The values that were used last, within a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit, self.used = limit, 0
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """The value, or None."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: object, size: int) -> None:
        """Keep a value of so many bytes, its key among them, at the cost of those that were not used for longest."""
        size += _OVERHEAD
        if size > self.limit:
            return
        if key in self._entries:
            self.used -= self._entries.pop(key)[1]
        self._entries[key] = value, size
        self.used += size
        while self.used > self.limit:
            self.used -= self._entries.popitem(last=False)[1][1]

    def __len__(self) -> int:
        return len(self._entries)
