"""Big files as lines of N-Quads or N-Triples: as they are, unpacked, or written anew by the parser from whatever else they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, cast

import numpy as np
import pyoxigraph as ox

from interlock.graph.bulk_terms import AFTER
from interlock.graph.errors import DataError, Problem
from interlock.graph.files import Opened, ending_of, is_packed, opened
from interlock.graph.heap import Numbers
from interlock.graph.parsing import FORMATS, LINE_BY_LINE, parse_piecemeal

CHUNK: Final = 1 << 22
_AT_ONCE: Final = 20_000
"""How many quads are written at once."""


class Lines:
    """A file of which every line is a statement, or is made to be one.

    ``syntax`` is that of its lines; ``are_its_own`` says whether they can be found in the file by their numbers, ``can_be_read_again``
    whether by their places too.
    """

    def __init__(self, path: Path) -> None:
        self.path, ending = path, ending_of(path)
        self.are_its_own = ending in LINE_BY_LINE
        self.can_be_read_again = self.are_its_own and not is_packed(path)
        self.syntax = FORMATS[ending] if self.are_its_own else ox.RdfFormat.N_QUADS

    @contextmanager
    def open(self) -> Iterator[Opened]:
        """The lines as bytes. Raises ``DataError`` if they can't be read, then or later."""
        if self.are_its_own:
            with opened(self.path) as file:
                yield file
        else:
            written = cast(BinaryIO, _Rewritten(self.path))
            yield Opened(written, written)


class _Rewritten(RawIOBase):
    """The quads of a file in another syntax, as lines of N-Quads; its place is that in the file."""

    def __init__(self, path: Path) -> None:
        self._at = 0
        self._quads = parse_piecemeal(path, self._reach)

    def read(self, size: int = -1) -> bytes:
        """Some lines, of whatever size."""
        return ox.serialize(islice(self._quads, _AT_ONCE), format=ox.RdfFormat.N_QUADS) or b""

    def tell(self) -> int:
        """How many bytes of the file have been read."""
        return self._at

    def _reach(self, at: int) -> None:
        self._at = at


class After(RawIOBase):
    """A file after so many empty lines, so that a parser counts as if it had read those before."""

    def __init__(self, lines: int, file: BinaryIO) -> None:
        self._lines, self._file = lines, file

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or a few."""
        if not self._lines:
            return self._file.read(min(size, CHUNK) if size > 0 else CHUNK)
        count = min(self._lines, size if size > 0 else CHUNK)
        self._lines -= count
        return b"\n" * count


def chunks(file: BinaryIO) -> Iterator[tuple[bytearray, bool]]:
    """The file in parts that end with a line, and ``AFTER`` bytes more; the last line gets an end if it lacks one (False)."""
    parts: list[bytes | memoryview] = []
    while chunk := file.read(CHUNK):
        end = chunk.rfind(b"\n") + 1
        if end:
            yield bytearray().join([*parts, memoryview(chunk)[:end], bytes(AFTER)]), True
            parts = []
        if end < len(chunk):
            parts.append(memoryview(chunk)[end:])
    if parts:
        yield bytearray().join([*parts, b"\n", bytes(AFTER)]), False


def read_again(path: Path, at: int, size: int) -> bytearray:
    content = bytearray(size + 1 + AFTER)
    with opened(path) as (file, _):
        file.seek(at)
        read = cast(RawIOBase, file).readinto(memoryview(content)[:size]) or 0
    if read < size - 1:  # the last line may lack its end
        raise DataError([Problem(str(path), 0, "", "was cut off while it was read")])
    content[read] = ord("\n")
    return content


def lone_returns(data: Numbers) -> Numbers:
    """The lines, from 0, that have a carriage return which no line feed follows, as often as they have one."""
    alone = np.flatnonzero((data[:-1] == ord("\r")) & (data[1:] != ord("\n")))
    return np.searchsorted(np.flatnonzero(data == ord("\n")), alone)
