"""From N-Quads to a snapshot, whole, beside the bare parse of the same file by Oxigraph and rdflib; and from there to answers.

    python -m benchmarks.building interlock dataset.nq
    python -m benchmarks.building pyoxigraph dataset.nq
    python -m benchmarks.building rdflib dataset.nq --quads 500000

Each prints quads and seconds, and the most memory that its process took.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate import SIZES, generate
from benchmarks.opening import first_answer
from benchmarks.quads import write_quads
from benchmarks.results import Build
from benchmarks.workers import grown
from interlock.graph.snapshot import ENDING

SAMPLE = 400_000
"""Of a file with more than ``WHOLE`` quads rdflib parses so many, from its middle; its time for all of them is extrapolated."""
WHOLE = 4_000_000
WORKERS = 2


def build(size: str, seed: int) -> Build:
    """Generate a graph of this size, and measure all that is to be known of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.nq"
        data = generate(*SIZES[size], seed)
        quads = write_quads(data, path)
        ours = _in_own_process("interlock", path)
        parsed = _in_own_process("pyoxigraph", path)
        opened = first_answer(path.with_suffix(ENDING), data, seed)
        worker = max(each.answered for each in grown(path.with_suffix(ENDING), WORKERS))
        sample = 0 if quads <= WHOLE else SAMPLE
        theirs = _in_own_process("rdflib", path, "--quads", str(sample))
    rdflib_seconds = theirs["seconds"] * quads / theirs["quads"]
    return Build(quads, ours["seconds"], ours["bytes"], parsed["seconds"], rdflib_seconds, sample, opened, worker)


def _in_own_process(engine: str, path: Path, *options: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.building", engine, str(path), *options], capture_output=True, check=True)
    said: dict[str, float] = json.loads(done.stdout)
    return said


def _interlock(path: Path) -> float:
    from interlock.graph.loading import build as build_snapshot

    start = time.perf_counter()
    build_snapshot([path], path.with_suffix(ENDING))
    return time.perf_counter() - start


def _pyoxigraph(path: Path) -> float:
    import pyoxigraph as ox

    start = time.perf_counter()
    sum(1 for _ in ox.parse(path=path, format=ox.RdfFormat.N_QUADS))
    return time.perf_counter() - start


def _rdflib(path: Path, count: int) -> tuple[float, int]:
    """Seconds to parse so many quads, and how many there were."""
    from rdflib import Dataset

    content = _lines(path, count)
    start = time.perf_counter()
    Dataset().parse(data=content, format="nquads")
    return time.perf_counter() - start, content.count(b"\n")


def _lines(path: Path, count: int) -> bytes:
    """So many lines from the middle of a file; all if 0."""
    with path.open("rb") as file:
        if not count:
            return file.read()
        file.seek(path.stat().st_size // 2)
        file.readline()
        return b"".join(itertools.islice(file, count))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure one way to read N-Quads.")
    parser.add_argument("engine", choices=("interlock", "pyoxigraph", "rdflib"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--quads", type=int, default=0, help="only so many, from the middle (rdflib); 0 for all")
    given = parser.parse_args()
    quads = 0
    match given.engine:
        case "interlock":
            seconds = _interlock(given.file)
        case "pyoxigraph":
            seconds = _pyoxigraph(given.file)
        case _:
            seconds, quads = _rdflib(given.file, given.quads)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"quads": quads, "seconds": seconds, "bytes": peak}))


if __name__ == "__main__":
    main()
