"""Who is told how far work on big data has come, and what is worth knowing about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

Progress = Callable[[int, int], object]
"""Told how much is done, of how much."""
Note = Callable[[str], object]
"""Told what is worth knowing, in a sentence."""


class Told(NamedTuple):
    """Told how much has been read, sorted into columns, checked and written; and why it takes longer than it might."""

    reading: Progress = lambda done, total: None
    sorting: Progress = lambda done, total: None
    checking: Progress = lambda done, total: None
    writing: Progress = lambda done, total: None
    note: Note = lambda text: None


QUIET: Final = Told()
"""Nobody is told anything."""
