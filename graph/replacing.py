"""Files that are written at once or not at all, whatever ends the program meanwhile."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO, Final

_LOCKS: Final = sys.platform != "win32"
"""Are there locks, and can open files be renamed and removed?"""
_MARK_SIZE: Final = 6
"""Of how many random bytes is the mark in the name of a file that isn't whole yet."""
_ENDED: Final = 128 + signal.SIGTERM
"""The exit code of a program that was told to end."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file beside this one, ``.NAME.MARK``, which takes its place once it is whole and on the disk.

    What a program that was killed had begun is removed by the next one that writes the same file. Raises ``OSError``.
    """
    if path.exists() and not path.is_file():  # a pipe, a device
        with path.open("wb") as there:
            yield there
        return
    _clean(path)
    beside, file = _begun(path)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if _LOCKS:  # as long as it is locked, nobody takes it for what is left over
                beside.replace(path)
        if not _LOCKS:
            beside.replace(path)
        _keep_name(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def ending_tidily() -> Iterator[None]:
    """While this lasts, being told to end (SIGTERM) ends the program by way of all that has to be tidied up."""
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(_ENDED)


def _begun(path: Path) -> tuple[Path, BinaryIO]:
    """A new file beside this one, locked for as long as somebody writes it."""
    while True:
        beside = path.with_name(f".{path.name}.{secrets.token_hex(_MARK_SIZE)}")
        file = beside.open("xb")
        _lock(file, wait=True)
        if beside.exists():  # nobody took it for what a program left that was killed
            return beside, file
        file.close()


def _clean(path: Path) -> None:
    """Remove what nobody writes any more."""
    length = len(f".{path.name}.") + 2 * _MARK_SIZE
    for begun in path.parent.glob(f".{_literal(path.name)}.*"):
        if len(begun.name) == length:
            with suppress(OSError), begun.open("rb") as file:
                if _lock(file, wait=False):
                    begun.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _lock(file: BinaryIO, wait: bool) -> bool:
    """Lock a file until it is closed; False if somebody else has. Where there are no such locks, open files can't be removed anyway."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _keep_name(path: Path) -> None:
    """See to it that the folder too is on the disk, where that can be done."""
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # some file systems can't
                os.fsync(folder)
        finally:
            os.close(folder)
