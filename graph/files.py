"""The files that are read: what they hold by their names, and their bytes, unpacked if they are packed by gzip."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from interlock.graph.errors import DataError, Problem

PACKED: Final = ".gz"
_SUSPECT_FROM, _SWELLS = 1 << 26, 100
"""A packed file of which more than so many bytes come out, and more than so many times what went in, is taken for a bomb."""


class Opened(NamedTuple):
    """An open file: its bytes, and what is read on disk for them, whose place tells how far it has come."""

    content: BinaryIO
    disk: BinaryIO


def ending_of(path: Path) -> str:
    """The ending that says what a file holds: ``.nq`` of ``data.nq`` and of ``data.nq.gz``."""
    return Path(path.stem).suffix if is_packed(path) else path.suffix


def is_packed(path: Path) -> bool:
    """Is this a file that gzip packed?"""
    return path.suffix == PACKED


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a file for reading. Raises ``DataError`` if it can't be read or unpacked, then or later."""
    try:
        with path.open("rb") as disk:
            if not is_packed(path):
                yield Opened(disk, disk)
                return
            with _Unpacking(path, disk) as content:
                yield Opened(cast(BinaryIO, content), disk)
    except EOFError:
        raise _refused(path, "is cut off: what gzip packed doesn't end") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _refused(path, f"is not what gzip packs: {error}") from None
    except OSError as error:
        raise _refused(path, f"can't be read: {error.strerror or error}") from None


class _Unpacking(gzip.GzipFile):
    """What is in a packed file, as long as that stays in proportion to what goes in."""

    def __init__(self, path: Path, disk: BinaryIO) -> None:
        super().__init__(fileobj=disk, mode="rb")
        self._path, self._most = path, max(_SUSPECT_FROM, _SWELLS * path.stat().st_size)

    def read(self, size: int | None = -1) -> bytes:
        """So many bytes, or all."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        return self._checked(super().read(size))

    def read1(self, size: int = -1) -> bytes:
        """What can be had at once."""
        return self._checked(super().read1(size))

    def _checked(self, part: bytes) -> bytes:
        if self.tell() > self._most:
            message = f"swells to more than {_SWELLS} times its size when it is unpacked. Unpack it yourself if you trust it"
            raise _refused(self._path, message)
        return part


def _refused(path: Path, message: str) -> DataError:
    return DataError([Problem(str(path), 0, "", message)])
