"""Zip files written as a stream: what is put into one comes out as chunks, and no more than one of these is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from typing_extensions import Buffer

_AS_OLD_AS_CAN_BE: Final = (1980, 1, 1, 0, 0, 0)
"""The same time for all members, so that the same content gives the same bytes."""
_CHUNK: Final = 1 << 16


class _Sink(io.RawIOBase):
    """Takes bytes until they are fetched."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def fetch(self) -> bytes:
        made = b"".join(self._parts)
        self._parts.clear()
        return made


def zipped(members: Iterable[tuple[str, Iterable[bytes]]], compressed: bool = True) -> Iterator[bytes]:
    """A zip file of members, each a name and its content; one after another, as they come."""
    sink = _Sink()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, parts in members:
            info = zipfile.ZipInfo(name, _AS_OLD_AS_CAN_BE)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=True) as member:
                for part in parts:
                    member.write(part)
                    if made := sink.fetch():
                        yield made
    yield sink.fetch()


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """What is in a file, from its beginning."""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk
