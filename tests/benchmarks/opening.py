"""From a snapshot to the first answer on the command line, the start of the process included."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.generate import Dataset
from interlock.graph.arrays import ENTITY_KINDS

RUNS = 7


def first_answer(snapshot: Path, data: Dataset, seed: int) -> float:
    """Seconds until `interlock paths` has answered and ended: the median of some runs, each in a new process, about two others."""
    random, connected = np.random.default_rng(seed), np.flatnonzero(data.degree)
    return median(_answer(snapshot, *(_name(data, each) for each in random.choice(connected, 2, replace=False))) for _ in range(RUNS))


def _answer(snapshot: Path, one: str, other: str) -> float:
    command = [str(Path(sys.executable).with_name("interlock")), "paths", one, other, "--data", str(snapshot)]
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def _name(data: Dataset, entity: int) -> str:
    """What ``benchmarks.quads`` calls it."""
    return f"{ENTITY_KINDS[data.kinds[entity]].replace('_', ' ').capitalize()} {entity}"
