"""How long a SPARQL endpoint takes: to be opened, and for frontiers of several sizes, cold and with their relationships kept.

python -m benchmarks.endpoint dataset.nq             # Oxigraph in this process
python -m benchmarks.endpoint http://localhost:8890/sparql
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import time
from collections.abc import Sequence

import numpy as np
import pyoxigraph as ox

from interlock.graph.arrays import Int32
from interlock.graph.backends.sparql import ROWS, SparqlBackend
from interlock.graph.backends.sparql_answers import OxigraphTransport, Transport
from interlock.graph.backends.sparql_http import HttpTransport
from interlock.graph.filters import RelationshipFilter
from interlock.graph.model import RelationshipKind

FRONTIERS = (1, 10, 100, 600)
RUNS = 5
SEATS = RelationshipFilter(kinds=frozenset({RelationshipKind.BOARD_SEAT}), during="2010/2012")


def transport_to(where: str) -> Transport:
    if where.startswith(("http://", "https://")):
        return HttpTransport(where, seconds=600)
    began, store = time.perf_counter(), ox.Store()
    store.bulk_load(path=where, format=ox.RdfFormat.N_QUADS)
    print(f"loaded into Oxigraph in {time.perf_counter() - began:.1f} s")
    return OxigraphTransport(store)


async def measure(where: str, rows: int) -> None:
    transport = transport_to(where)
    began = time.perf_counter()
    backend = await SparqlBackend.open(transport, rows)
    meta = backend.directory.meta
    spent, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"opened in {spent:.1f} s, {backend.trips} trips: {meta['entities']:,} entities, {meta['relationships']:,} relationships")
    print(f"{peak:,.0f} MB at most")
    draw, count = np.random.default_rng(1), int(meta["entities"])
    for size in FRONTIERS:
        for name, conditions in (("all", RelationshipFilter()), ("seats of 2010/2012", SEATS)):
            frontiers = [np.sort(draw.choice(count, size, replace=False)).astype(np.int32) for _ in range(RUNS)]
            cold, halves = await timed(backend, frontiers, conditions)
            kept, _ = await timed(backend, frontiers, conditions)
            print(
                f"frontier of {size:4}, {name:18}: {1e3 * cold:8.1f} ms cold, {1e3 * kept:8.1f} ms kept, {halves:7,.0f} half-edges, medians"
            )
    print(f"{backend.trips} trips")
    await transport.close()


async def timed(backend: SparqlBackend, frontiers: Sequence[Int32], conditions: RelationshipFilter) -> tuple[float, float]:
    """Median seconds, and median number of half-edges."""
    times, found = [], []
    for frontier in frontiers:
        began = time.perf_counter()
        found.append(len((await backend.neighbours(frontier, conditions)).tie))
        times.append(time.perf_counter() - began)
    return float(np.median(times)), float(np.median(found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("where")
    parser.add_argument("--rows", type=int, default=ROWS)
    arguments = parser.parse_args()
    asyncio.run(measure(arguments.where, arguments.rows))
