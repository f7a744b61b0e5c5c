"""Writing to a file or onto stdout, piece by piece."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_parts(parts: Iterable[bytes], path: Path | None) -> None:
    """Write these pieces one after another: a file appears once it is whole."""
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    with _replacing(path) as file:
        for part in parts:
            file.write(part)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file beside this one, which takes its place once it is whole."""
    if path.exists() and not path.is_file():  # a pipe, a device
        with path.open("wb") as file:
            yield file
        return
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with beside.open("xb") as file:
            yield file
        os.replace(beside, path)  # noqa: PTH105
    finally:
        beside.unlink(missing_ok=True)
