"""How long the shipped graph takes: to load, to check, and to answer. Prints medians and p99 in milliseconds, and ratios within the run.

The peer is networkx itself, asked for the same paths on the same graph by brute force (``all_simple_paths``, then sorted by length).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import islice

import networkx as nx

from interlock.graph import Engine, PathFilter, PathQuestion, RelationshipFilter, load
from interlock.graph.dates import parse_date
from interlock.graph.loading import check

ROUNDS = 30


def measure(name: str, call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Call it several times, print a line, return the median in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    median = statistics.median(times)
    print(f"{name:<52} {median:>10.2f} {times[int(0.99 * (len(times) - 1))]:>10.2f}")
    return median


def brute_force(graph: nx.Graph, start: str, end: str, hops: int) -> list[list[str]]:  # type: ignore[type-arg]
    """The ten shortest simple paths, by looking at all of them."""
    return list(islice(sorted(nx.all_simple_paths(graph, start, end, cutoff=hops), key=len), 10))


def main() -> None:
    graph = load()
    engine = Engine(graph)
    netflix, meta = engine.entity("Netflix"), engine.entity("Meta")
    plain = nx.Graph(graph.to_undirected())
    dated = PathFilter(RelationshipFilter(as_of=parse_date("2015")))
    together = PathFilter(held_together=True)
    print(f"{len(graph.entities)} entities, {len(graph.relationships)} relationships; networkx {nx.__version__}; {ROUNDS} rounds")
    print(f"{'':<52} {'median ms':>10} {'p99 ms':>10}")
    measure("load the shipped graph from TriG", load, 5)
    measure("load and check it against the shapes", check, 3)
    measure("a question in English, to its sentence", lambda: engine.ask("How is Netflix connected to Meta's board?"))
    ours = measure("10 paths within 6 hops", lambda: engine.paths(PathQuestion(netflix, meta)))
    measure("10 paths within 6 hops, as of 2015", lambda: engine.paths(PathQuestion(netflix, meta, dated)))
    measure("10 paths within 6 hops, held together", lambda: engine.paths(PathQuestion(netflix, meta, together)))
    peer = measure("networkx: 10 paths within 6 hops, by brute force", lambda: brute_force(plain, netflix.id, meta.id, 6))
    print(f"networkx takes {peer / ours:.1f} times as long for the same paths")


if __name__ == "__main__":
    main()
