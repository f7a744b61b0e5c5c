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
            with gzip.GzipFile(fileobj=disk) as content:
                yield Opened(cast(BinaryIO, content), disk)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError([Problem(str(path), 0, "", f"can't be unpacked: {error}")]) from None
    except OSError as error:
        raise DataError([Problem(str(path), 0, "", f"can't be read: {error.strerror or error}")]) from None
