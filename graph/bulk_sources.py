"""Big files as lines of N-Quads or N-Triples: as they are, unpacked, or written anew by the parser from whatever else they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from interlock.graph.files import Opened, ending_of, is_packed, opened
from interlock.graph.parsing import FORMATS, LINE_BY_LINE, parse_piecemeal

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
