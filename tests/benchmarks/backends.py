"""How long a question about paths of four hops takes where the relationships are elsewhere, beside memory; into BACKENDS.md.

    python -m benchmarks.backends [--size small|large|both] [--asks N] [--keep FOLDER] [--without NAME …]

Every answer is compared with that of the graph in memory. The engines are started on this machine, and ended: a Redis Cluster of three
masters and three replicas, Virtuoso, and Oxigraph within this process. Virtuoso is not asked about four million relationships: over HTTP,
reading its directory did not come to an end within ten minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyoxigraph as ox

import redis_cluster
import virtuoso
from benchmarks.generate import SIZES, generate
from benchmarks.quads import write_quads
from benchmarks.report import machine, table
from benchmarks.results import Results
from interlock.graph import Engine, KnowledgeGraph, Limits, PathFilter, PathQuestion, load
from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.backends.bridge import Bridge
from interlock.graph.backends.graph import RemoteGraph, engine_of
from interlock.graph.backends.protocol import Backend
from interlock.graph.backends.redis_backend import RedisBackend
from interlock.graph.backends.redis_publish import publish
from interlock.graph.backends.sparql import SparqlBackend
from interlock.graph.backends.sparql_answers import OxigraphTransport
from interlock.graph.backends.sparql_http import HttpTransport
from interlock.graph.budget import StopReason
from interlock.graph.finder import COMPILER
from interlock.graph.model import EntityKind
from interlock.graph.nearby import shortest_path
from interlock.graph.snapshot import ENDING

RESULTS = Path(__file__).parent / "BACKENDS.md"
HOPS = 4
LIMITS = Limits(seconds=60)
HEADINGS = ("engine", "questions", "median", "p99", "round trips each", "")


class Row(NamedTuple):
    """What was measured of one engine: seconds and round trips of each question, and what else there is to tell."""

    engine: str
    seconds: list[float]
    trips: list[int]
    told: str = ""

    @property
    def cells(self) -> list[str]:
        median, last = (f"{1000 * float(np.quantile(self.seconds, share)):,.1f} ms" for share in (0.5, 0.99))
        return [self.engine, str(len(self.seconds)), median, last, f"{np.mean(self.trips):.1f}", self.told]


def questions(graph: KnowledgeGraph, count: int, seed: int) -> list[PathQuestion]:
    """Questions about people and companies that are four hops apart."""
    draw, found = random.Random(seed), list[PathQuestion]()
    kinds = [ENTITY_KINDS.index(kind) for kind in (EntityKind.PERSON, EntityKind.COMPANY)]
    numbers = np.flatnonzero(np.isin(graph.columns.kind, kinds)).tolist()
    while len(found) < count:
        start, end = (graph.id_of(number) for number in draw.sample(numbers, 2))
        if len(shortest_path(graph, start, end, PathFilter(), HOPS)) == HOPS + 1:
            found.append(PathQuestion(graph.entities[start], graph.entities[end], max_hops=HOPS))
    return found


def measure(name: str, engine: Engine, asked: Sequence[PathQuestion], expected: Sequence[object], told: str = "") -> Row:
    """Ask one engine; a wrong answer ends it all, one that says that its time was up is counted."""
    seconds, trips, cut = [], [], 0
    backend = engine.graph.backend if isinstance(engine.graph, RemoteGraph) else None
    for question, right in zip(asked, expected, strict=False):
        before, began = backend.trips if backend else 0, time.perf_counter()
        answer = engine.paths(question)
        seconds.append(time.perf_counter() - began)
        trips.append(backend.trips - before if backend else 0)
        cut += answer.stopped_by is StopReason.DEADLINE
        assert answer.stopped_by is StopReason.DEADLINE or answer == right, (
            f"{name} answers otherwise from {question.start.id} to {question.end.id}: {answer.stopped_by}"
        )
    return Row(name, seconds, trips, f"{told}; {cut} cut off after {LIMITS.seconds} s" if cut else told)


@contextmanager
def opened(backend: Coroutine[Any, Any, Backend]) -> Iterator[Engine]:
    """An engine that asks a backend."""
    bridge = Bridge()
    graph = RemoteGraph(bridge.run(backend), bridge)
    try:
        yield engine_of(graph, LIMITS)
    finally:
        graph.close()


def in_redis(graph: KnowledgeGraph, asked: Sequence[PathQuestion], expected: Sequence[object], folder: Path) -> Row:
    """Publish into a cluster, and ask it."""
    with redis_cluster.cluster() as cluster:
        published, count = asyncio.run(publish(cluster.url, graph.columns.store, grace=0)), graph.columns.relationship_count
        assert published.memory is not None, "all of it was written now"
        told = f"{published.memory / count:.0f} bytes a relationship in its masters; {count / published.seconds:,.0f} published a second"
        with opened(RedisBackend.open(cluster.url, folder)) as engine:
            return measure("Redis Cluster", engine, asked, expected, told)


def in_oxigraph(quads: Path, asked: Sequence[PathQuestion], expected: Sequence[object], folder: Path) -> Row:
    """Load into Oxigraph, and ask it in this process."""
    began = time.perf_counter()
    store = ox.Store(folder / "oxigraph")
    store.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    loaded, began = time.perf_counter() - began, time.perf_counter()
    with opened(SparqlBackend.open(OxigraphTransport(store))) as engine:
        told = f"loaded in {loaded:,.0f} s, its directory read in {time.perf_counter() - began:,.0f} s"
        return measure("SPARQL: Oxigraph in process", engine, asked, expected, told)


def in_virtuoso(quads: Path, asked: Sequence[PathQuestion], expected: Sequence[object], folder: Path) -> Row:
    """Load into Virtuoso, and ask it over HTTP."""
    began = time.perf_counter()
    with virtuoso.virtuoso(folder, quads, rows=1_000_000, seconds=3600, buffers=500_000) as address:
        loaded, began = time.perf_counter() - began, time.perf_counter()
        with opened(SparqlBackend.open(HttpTransport(address, seconds=600))) as engine:
            told = f"loaded in {loaded:,.0f} s, its directory read in {time.perf_counter() - began:,.0f} s"
            return measure("SPARQL: Virtuoso over HTTP", engine, asked, expected, told)


def rows(size: str, asks: int, folder: Path, without: Sequence[str]) -> Iterator[Row]:
    """What all engines take on a graph of this size."""
    quads = folder / f"{size}.nq"
    snapshot = quads.with_suffix(ENDING)
    if not snapshot.exists():
        write_quads(generate(*SIZES[size]), quads)
        command = [sys.executable, "-m", "interlock.server.cli", "build", str(quads), "-o", str(snapshot)]
        subprocess.run(command, check=True, capture_output=True)
    graph = load(snapshot)
    COMPILER.make()
    memory = Engine(graph, LIMITS)
    asked = questions(graph, asks, seed=7)
    expected = [memory.paths(question) for question in asked]
    yield measure("memory", Engine(load(snapshot), LIMITS), asked, expected)
    few = max(10, asks // 10)
    engines: dict[str, Callable[[Path], Row]] = {
        "redis": lambda own: in_redis(graph, asked, expected, own),
        "oxigraph": lambda own: in_oxigraph(quads, asked[:few], expected, own),
        "virtuoso": lambda own: in_virtuoso(quads, asked[:few], expected, own),
    }
    for name, row in engines.items():
        if name not in without and (size, name) != ("large", "virtuoso"):
            with tempfile.TemporaryDirectory(dir=folder) as own:
                yield row(Path(own))


def versions() -> dict[str, str]:
    """Of the engines, as they call themselves."""
    found = {"pyoxigraph": version("pyoxigraph")}
    for command in ("redis-server", "virtuoso-t"):
        if shutil.which(command) is None:
            continue
        told = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
        if number := re.search(r"\d+(\.\d+)+", told.stdout + told.stderr):
            found[command] = number[0]
    return found


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    given.add_argument("--size", choices=[*SIZES, "both"], default="small")
    given.add_argument("--asks", type=int, default=300)
    given.add_argument("--keep", type=Path)
    given.add_argument("--without", nargs="*", default=[], choices=["redis", "oxigraph", "virtuoso"])
    told = given.parse_args()
    parts = [
        "# A path of four hops, where the relationships are elsewhere\n",
        f"Written by `benchmarks.backends`; not to be edited.\n\n{machine(Results(versions=versions()))}",
    ]
    for size in ("small", "large") if told.size == "both" else (told.size,):
        with tempfile.TemporaryDirectory() as scratch:
            folder = told.keep or Path(scratch)
            found = []
            for row in rows(size, told.asks, folder, told.without):
                print(" | ".join(row.cells), file=sys.stderr, flush=True)
                found.append(row.cells)
        entities, relationships = SIZES[size]
        parts += [f"## {entities:,} entities, {relationships:,} relationships\n", table(HEADINGS, found)]
    RESULTS.write_text("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
