"""How late a search ends after its deadline, where there is far more to be looked at than anyone can wait for.

    python -m benchmarks.worst

prints the worst that was seen, in seconds, over questions that need all of a graph of dense clusters and a hub of 100,000.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np

from interlock.graph.arrays import RELATIONSHIP_KINDS, Arrays, Ties, compress
from interlock.graph.budget import Budget
from interlock.graph.compile import compile_filter
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.finder import COMPILER, Finder
from interlock.graph.jit import Kernels, interpreted
from interlock.graph.model import RelationshipKind
from interlock.graph.paths import MAX_PATHS
from interlock.graph.question import MAX_HOPS

SECONDS = 0.2
"""Until the deadline of each question."""
HUB, CLUSTERS, IN_CLUSTER = 100_000, 200, 100
START, TARGET, APART = 1, HUB, HUB + 1
"""One of the first cluster; one next to the hub, by a relationship that held together with none of the others; one of a cluster apart."""
_QUESTIONS = (
    (TARGET, PathFilter()),
    (TARGET, PathFilter(RelationshipFilter(during="1990/2015"))),
    (TARGET, PathFilter(held_together=True)),
    (APART, PathFilter()),
)


def worst() -> float:
    """The same, from a process of its own."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.worst"], capture_output=True, check=True)
    return float(json.loads(done.stdout))


def clusters() -> Arrays:
    """Clusters in which everybody is next to everybody, each member next to the hub as well; and one cluster apart."""
    one, other = np.triu_indices(IN_CLUSTER, 1)
    begins = 1 + IN_CLUSTER * np.arange(CLUSTERS)
    apart = APART + np.arange(IN_CLUSTER)
    source = np.concatenate([*(begin + one for begin in begins), np.zeros(HUB - 1), [0], apart[one]]).astype(np.int32)
    target = np.concatenate([*(begin + other for begin in begins), np.arange(1, HUB), [TARGET], apart[other]]).astype(np.int32)
    count = len(source)
    bounds = np.tile(np.array([0, 0, 10_000, 10_000], np.int32), (count, 1))
    bounds[target == TARGET] = 15_000  # days
    kind = np.full(count, RELATIONSHIP_KINDS.index(RelationshipKind.ASSOCIATION), np.uint8)
    ties = Ties(source, target, kind, np.zeros(count, np.uint8), np.ones(count, np.int32), bounds)
    arrays = compress(ties, np.zeros(APART + IN_CLUSTER, np.uint8))
    for column in arrays:
        column.flags.writeable = False  # as those of a graph are
    return arrays


def late(finder: Finder) -> float:
    """How many seconds after its deadline the slowest question ends."""
    return max(_late(finder, target, conditions) for target, conditions in _QUESTIONS)


def _late(finder: Finder, target: int, conditions: PathFilter) -> float:
    query = compile_filter(conditions).between(START, target)
    start = time.perf_counter()
    with finder.hunt(query, MAX_HOPS, Budget(10**15, SECONDS)) as hunt:
        for hops in range(hunt.distance, MAX_HOPS + 1) if hunt.distance else ():
            hunt.of_length(hops, MAX_PATHS)
        hunt.goes_on()
    return time.perf_counter() - start - SECONDS


class _Fixed(Finder):
    """Searches with these kernels, whatever is ready."""

    def __init__(self, arrays: Arrays, kernels: Kernels) -> None:
        super().__init__(arrays)
        self._fixed = kernels

    def kernels(self) -> tuple[Kernels, Arrays]:
        return self._fixed, self._plain if self._fixed is interpreted() else self.arrays


def main() -> None:
    arrays = clusters()
    print(json.dumps(max(late(_Fixed(arrays, kernels)) for kernels in (COMPILER.make(), interpreted()))))


if __name__ == "__main__":
    main()
