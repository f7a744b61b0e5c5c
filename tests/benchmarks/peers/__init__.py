"""One adapter for each engine: how its users would put the same graph into it and ask it the same questions."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Final

from benchmarks.peers.base import Peer

OURS: Final = "interlock"
REFERENCE: Final = "networkx"
"""Whose answers the others' are compared with, where it has one."""
ENGINES: Final = {
    OURS: "interlock.graph.finder",
    REFERENCE: "networkx",
    "igraph": "igraph",
    "networkit": "networkit",
    "rustworkx": "rustworkx",
    "scipy": "scipy",
    "ladybug": "ladybug",
    "duckdb": "duckdb",
    "pyoxigraph": "pyoxigraph",
}
"""Engine → the module that it needs."""


def is_installed(engine: str) -> bool:
    return importlib.util.find_spec(ENGINES[engine]) is not None


def make(engine: str) -> Peer:
    """The adapter of an engine; imports that engine and no other."""
    adapter: Peer = importlib.import_module(f"benchmarks.peers.{engine}").Adapter()
    return adapter
