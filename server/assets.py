"""The scripts and styles that Vite builds from server/web, as its manifest names them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

STATIC: Final = Path(__file__).parent / "static"
MANIFEST: Final = STATIC / "built" / "manifest.json"
HOW_TO_BUILD: Final = "In a checkout “make web” builds it, with nothing but Python and the npm registry; an installed wheel holds it."


@dataclass(frozen=True)
class Bundle:
    """What a page loads: one module and its stylesheets, as paths below ``/static``."""

    script: str
    styles: tuple[str, ...]


def find_bundle(name: str, manifest: Path = MANIFEST) -> Bundle | None:
    """The bundle of an entry of ``server/web/vite.config.ts``; ``None`` where none is built."""
    try:
        chunks: dict[str, Any] = json.loads(manifest.read_bytes())
    except FileNotFoundError:
        return None
    for key, chunk in chunks.items():
        if chunk.get("isEntry") and chunk["name"] == name:
            return Bundle(f"built/{chunk['file']}", tuple(f"built/{style}" for style in dict.fromkeys(_styles(chunks, key, set()))))
    return None


def _styles(chunks: dict[str, Any], key: str, seen: set[str]) -> Iterator[str]:
    """The stylesheets of what a chunk imports, then its own."""
    if key not in seen:
        seen.add(key)
        for imported in chunks[key].get("imports", ()):
            yield from _styles(chunks, imported, seen)
        yield from chunks[key].get("css", ())
