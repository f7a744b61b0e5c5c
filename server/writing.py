"""Writing to a file or onto stdout, piece by piece."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from interlock.graph.replacing import replacing


def write_parts(parts: Iterable[bytes], path: Path | None) -> None:
    """Write these pieces one after another: a file appears once it is whole."""
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    with replacing(path) as file:
        for part in parts:
            file.write(part)
