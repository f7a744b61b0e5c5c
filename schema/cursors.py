"""Cursors: where an item stands in a list, sealed so that none is taken for what it isn't.

A cursor names the version of the data (6 bytes), the list, by its field and arguments (6), and the key of an item (4), under a keyed
checksum (8), in base64url. It holds as long as the data stay the same, whichever process made it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from interlock.graph.errors import InvalidCursor, StaleCursor

_NAME: Final = 6
_PLACE: Final = 4
_SEAL: Final = 8


@dataclass(frozen=True)
class Cursors:
    """Makes and reads the cursors of one list; ``name`` tells its field and arguments, and is asked for only if one is needed."""

    version: str
    name: Callable[[], str]
    key: bytes

    def write(self, place: int) -> str:
        """The cursor of the item with this key."""
        body = self._list + place.to_bytes(_PLACE, "big")
        return base64.urlsafe_b64encode(body + self._seal(body)).decode()

    def read(self, cursor: str) -> int:
        """The key of the item that a cursor stands for; ``InvalidCursor`` or ``StaleCursor`` if it is none of this list."""
        read = _bytes(cursor)
        body, seal = read[:-_SEAL], read[-_SEAL:]
        if len(read) != 2 * _NAME + _PLACE + _SEAL or not compare_digest(seal, self._seal(body)):
            raise InvalidCursor(f"{cursor[:80]!r} is not a cursor. Take one from pageInfo or from an edge, as it is.")
        if body[:_NAME] != self._list[:_NAME]:
            raise StaleCursor("The cursor was made when the dataset was another version. Start again without it.")
        if body[_NAME : 2 * _NAME] != self._list[_NAME:]:
            raise InvalidCursor(f"{cursor!r} is a cursor of another list. Take one of the same field, asked with the same arguments.")
        return int.from_bytes(body[2 * _NAME :], "big")

    @cached_property
    def _list(self) -> bytes:
        return _digest(self.version) + _digest(self.name())

    def _seal(self, body: bytes) -> bytes:
        return blake2b(body, digest_size=_SEAL, key=self.key).digest()


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_NAME).digest()


def _bytes(cursor: str) -> bytes:
    """What is written in base64url; nothing, if it is anything else."""
    try:
        read = base64.b64decode(cursor, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return read if base64.urlsafe_b64encode(read).decode() == cursor else b""
