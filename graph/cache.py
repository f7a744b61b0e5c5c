"""The shipped graph as a snapshot in the user's cache folder, so that its files are read once and not with every command.

``INTERLOCK_CACHE`` names another folder; ``off`` keeps nothing. A snapshot counts as long as every file that it was made of and every
module that made it has the same size and time of change; a damaged one is made anew. Where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

import interlock.seeds
from interlock.graph.errors import DataError
from interlock.graph.heap import Memory, Store
from interlock.graph.snapshot import ENDING, FORMAT, Snapshot, write_snapshot

_MADE_OF: Final = Path(interlock.seeds.__path__[0]), Path(__file__).parent
_OFF: Final = frozenset({"", "0", "off", "no", "false"})


def kept(make: Callable[[], Memory], checked: bool = False) -> Store:
    """The snapshot of the shipped graph that is kept, if it still counts; else what ``make`` makes, kept for the next time.

    If it has to be ``checked``, only one counts that was, by what made it.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    path = folder / f"shipped-{_digest(map(str, _MADE_OF))}{ENDING}"
    state = _state()
    with suppress(DataError, OSError):
        snapshot = Snapshot(path)
        if snapshot.meta.get("state") == state and (snapshot.meta.get("checked") or not checked):
            snapshot.verify()
            return snapshot
    made = make()
    with suppress(DataError, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_snapshot(path, replace(made, meta={**made.meta, "state": state, "checked": checked}))
    return made


def cache_folder() -> Path | None:
    """Where snapshots are kept; None if nowhere."""
    named = os.environ.get("INTERLOCK_CACHE")
    if named is not None:
        return None if named.casefold() in _OFF else Path(named)
    with suppress(RuntimeError):  # there is no home
        match sys.platform:
            case "win32":
                base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
            case "darwin":
                base = Path.home() / "Library" / "Caches"
            case _:
                base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(base) / "interlock"
    return None


def _state() -> str:
    """What the shipped graph depends on, in one word."""
    files = sorted(path for folder in _MADE_OF for path in folder.iterdir() if path.is_file())
    stats = ((path, path.stat()) for path in files)
    return _digest([str(FORMAT), *(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)])


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
