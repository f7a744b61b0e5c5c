"""How long a question about paths of four hops takes where the relationships are elsewhere, beside memory; into BACKENDS.md.

    python -m benchmarks.backends [--size small|large|both] [--asks N] [--keep FOLDER] [--without NAME …]

Every answer is compared with that of the graph in memory. The engines are started on this machine, and ended: a Redis Cluster of three
masters and three replicas, Virtuoso, and Oxigraph within this process.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from interlock.graph import Engine, KnowledgeGraph, Limits, PathFilter, PathQuestion
from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.backends.graph import RemoteGraph
from interlock.graph.model import EntityKind
from interlock.graph.nearby import shortest_path

RESULTS = Path(__file__).parent / "BACKENDS.md"
HOPS = 4
LIMITS = Limits(seconds=60)


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
    """Ask one engine; a wrong answer ends it all."""
    seconds, trips = [], []
    backend = engine.graph.backend if isinstance(engine.graph, RemoteGraph) else None
    for question, right in zip(asked, expected, strict=False):
        before, began = backend.trips if backend else 0, time.perf_counter()
        answer = engine.paths(question)
        seconds.append(time.perf_counter() - began)
        trips.append(backend.trips - before if backend else 0)
        assert answer == right, f"{name} answers otherwise: {question}"
    return Row(name, seconds, trips, told)
