"""How long an export of a large graph takes, and how much memory it takes beyond that of the graph.

    PYTHONPATH=tests python -m benchmarks.exporting --relationships 1000000 csv nq

The graph is generated (see ``benchmarks.generate``), written as N-Quads, compiled, and opened as a snapshot. What is written is
counted and thrown away. Memory is what the process holds itself (``RssAnon``), and with the pages of the snapshot (``VmRSS``).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate import generate
from benchmarks.quads import write_quads
from interlock.graph import Engine, KnowledgeGraph, load
from interlock.graph.exports.formats import FORMATS, export
from interlock.graph.selection import everything

MIB = 2**20


class Memory(NamedTuple):
    """Bytes held by this process: its own, and with what is mapped from files."""

    own: int
    all: int

    @classmethod
    def now(cls) -> Memory:
        said = dict(re.findall(r"(\w+):\s+(\d+) kB", Path("/proc/self/status").read_text()))
        return cls(int(said["RssAnon"]) * 1024, int(said["VmRSS"]) * 1024)


class Measured(NamedTuple):
    """An export: seconds, bytes written, and by how many bytes memory grew at most."""

    seconds: float
    size: int
    own: int
    all: int


def measure(name: str, graph: KnowledgeGraph) -> Measured:
    """Export everything in a format."""
    engine = Engine(graph)
    before, began = Memory.now(), time.monotonic()
    size, own, whole = 0, 0, 0
    for part in export(name, graph, everything(engine)):
        size += len(part)
        memory = Memory.now()
        own, whole = max(own, memory.own - before.own), max(whole, memory.all - before.all)
    return Measured(time.monotonic() - began, size, own, whole)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("formats", nargs="*", default=["csv", "nq"], metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--relationships", type=int, default=250_000)
    parser.add_argument("--entities", type=int, help="default: a quarter of these")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        quads, snapshot = Path(folder) / "data.nq", Path(folder) / "data.interlock"
        write_quads(generate(arguments.entities or arguments.relationships // 4, arguments.relationships), quads)
        command = [sys.executable, "-m", "interlock.server.cli", "build", str(quads), "-o", str(snapshot)]
        subprocess.run(command, check=True)  # in its own process: what that took is free again
        quads.unlink()
        graph = load(snapshot)
        _ = graph.arrays
        print(f"{len(graph.entities):,} entities, {len(graph.relationships):,} relationships, {len(graph.claims):,} claims")
        for name in arguments.formats:
            found = measure(name, graph)
            said = f"{found.seconds:.0f} s, {found.size / MIB:,.0f} MiB written"
            print(f"{name}: {said}; grew by {found.own / MIB:.0f} MiB of its own, {found.all / MIB:.0f} MiB with the snapshot's pages")


if __name__ == "__main__":
    main()
