"""The directory of a dataset in Redis: written there in chunks, and fetched as a file that all processes of a machine share."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from interlock.graph.backends.directory import directory_of
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.redis_layout import CHUNK, Dataset
from interlock.graph.backends.redis_nodes import Nodes, get
from interlock.graph.heap import Store
from interlock.graph.replacing import replacing
from interlock.graph.snapshot import ENDING, Snapshot, write_snapshot

_AT_ONCE: Final = 16
"""Chunks that are asked for at once."""


def packed(store: Store) -> tuple[list[bytes], int, str]:
    """The directory of a store in chunks, its size in bytes and its digest."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"directory{ENDING}"
        write_snapshot(path, directory_of(store))
        with path.open("rb") as file:
            return [zlib.compress(chunk, 1) for chunk in iter(lambda: file.read(CHUNK), b"")], path.stat().st_size, _digest(path)


async def fetch(nodes: Nodes, dataset: Dataset, folder: Path) -> Snapshot:
    """The directory of a dataset as a file in ``folder``, which is made if need be.

    Raises ``BackendDown`` if what comes is not what was written, ``DataError`` if it can't be read, ``OSError`` if it can't be kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{dataset.name}{ENDING}"
    if not (path.is_file() and path.stat().st_size == dataset.directory and _digest(path) == dataset.digest):
        made = blake2b(digest_size=16)
        with replacing(path) as file:
            for first in range(0, dataset.chunks, _AT_ONCE):
                for chunk in await _chunks(nodes, dataset, range(first, min(first + _AT_ONCE, dataset.chunks))):
                    made.update(chunk)
                    file.write(chunk)
            if made.hexdigest() != dataset.digest:
                raise BackendDown(f"The directory of dataset {dataset.name} is not as it was written. Publish it anew.")
    return Snapshot(path)


async def _chunks(nodes: Nodes, dataset: Dataset, numbers: range) -> Iterator[bytes]:
    calls = [get(dataset.slots[number % dataset.parts], [dataset.key(b"d", number)]) for number in numbers]
    try:
        return iter([zlib.decompress(value) for (value,) in await nodes.ask(calls)])
    except zlib.error as error:
        raise BackendDown(f"A chunk of the directory of dataset {dataset.name} is damaged: {error}. Publish it anew.") from None


def _digest(path: Path) -> str:
    found = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()
