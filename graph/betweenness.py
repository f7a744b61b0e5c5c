"""On what share of the shortest connections of a graph somebody lies: of all of them, or of a random sample with its error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from interlock.graph.budget import WATCH, Budget, StopReason
from interlock.graph.hop_graph import HopGraph
from interlock.graph.jit import counting
from interlock.graph.kernels import betweenness as plain
from interlock.graph.kernels import numbers

Floats = npt.NDArray[np.float64]
CONFIDENCE: Final = 0.95
_COMPILE_FROM: Final = 500_000
"""From how many steps on it takes less time to get compiled kernels than to do without."""
_REASONS: Final = {0: StopReason.COMPLETE, numbers.OUT_OF_STEPS: StopReason.STEP_BUDGET, numbers.INTERRUPTED: StopReason.DEADLINE}


@dataclass(frozen=True, eq=False)
class Shares:
    """Betweenness, from 0 to 1: the mean, over all ordered pairs of two others, of the share of their shortest paths that pass an entity.

    If it is not ``exact`` it is the mean of so many ``samples``, and with 95 % confidence all true shares are from ``low`` to ``high``.
    """

    share: Floats
    low: Floats
    high: Floats
    exact: bool
    samples: int
    stopped_by: StopReason


def betweenness(hops: HopGraph, budget: Budget, samples: int, seed: str) -> Shares:
    """Exact if all hops can be looked at from each entity within the step budget; else of so many pairs drawn by chance.

    Should time run out before the exact count is done, the entities that it came to are a sample too: they are taken by chance. (That what
    takes long is then a little less likely to be in it, the error does not tell.) The seed makes chance the same each time.
    Sources: Brandes (2001); Riondato & Kornaropoulos (2016) for one path of each pair.
    """
    size = len(hops.entities)
    if size < 3:
        nothing = np.zeros(size)
        return Shares(nothing, nothing, nothing, True, 0, StopReason.COMPLETE)
    chance = np.random.default_rng(list(seed.encode()))
    work = size * (1 + len(hops.head))
    state = np.zeros(numbers.STATE_SIZE, np.int64)
    # Where an entity is an end itself it isn't passed; its share is of the pairs of others only.
    if work <= budget.steps:
        total, done = from_sources(hops, chance.permutation(size).astype(np.int64), state, budget)
        mean, others = total / max(done, 1) / (size - 2), size / (size - 1)
    else:
        total, done = from_pairs(hops, samples, chance, state, budget)
        mean, others = total / max(done, 1), size / (size - 2)
    exact = work <= budget.steps and done == size
    low, high = (mean, mean) if exact else bounds(mean, done, math.log(2 * size / (1 - CONFIDENCE)))
    share, low, high = (np.minimum(others * part, 1.0) for part in (mean, low, high))
    budget.steps = int(state[numbers.STEPS])
    return Shares(share, low, high, exact, done, _REASONS[int(state[numbers.STOPPED])])


def bounds(mean: Floats, count: int, doubt: float) -> tuple[Floats, Floats]:
    """Between what the expectation lies of numbers from 0 to 1 that have these means of ``count`` (Chernoff, Hoeffding 1963).

    On each side it is further away with a probability of exp(-``doubt``) at most.
    """
    values, places = np.unique(mean, return_inverse=True)
    allowed = doubt / count if count else math.inf
    sides = []
    for end in (0.0, 1.0):
        inside, outside = values.copy(), np.full(len(values), end)
        for _ in range(60):
            middle = (inside + outside) / 2
            fits = _divergence(values, middle) <= allowed
            inside, outside = np.where(fits, middle, inside), np.where(fits, outside, middle)
        sides.append(outside[places])
    return sides[0], sides[1]


def _divergence(p: Floats, q: Floats) -> Floats:
    """How far a coin that falls p is from one that is to fall q, in nats (Kullback & Leibler)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        heads = np.where(p > 0, p * np.log(p / q), 0.0)
        tails = np.where(p < 1, (1 - p) * np.log((1 - p) / (1 - q)), 0.0)
    return np.asarray(heads + tails)


def from_sources(hops: HopGraph, sources: Any, state: Any, budget: Budget) -> tuple[Floats, int]:
    """How much of the shortest paths from these sources passes each entity, and of how many sources that is."""
    size, total = len(hops.entities), np.zeros(len(hops.entities))
    kernels = _kernels(size * (1 + len(hops.head)))
    arguments = (
        hops.first, hops.head, hops.closed, sources, np.full(size, -1, np.int32), np.empty(size), np.empty(size, np.int32), np.empty(size),
        total, state,
    )  # fmt: skip
    return total, _call(kernels, "dependencies", arguments, state, budget)


def from_pairs(hops: HopGraph, samples: int, chance: np.random.Generator, state: Any, budget: Budget) -> tuple[Floats, int]:
    """On how many shortest paths each entity lies, one path for each of so many pairs; and how many pairs that is."""
    size = len(hops.entities)
    one, other = chance.integers(0, size, samples), chance.integers(0, size - 1, samples)
    pairs = np.stack((one, other + (other >= one)), axis=1).reshape(-1)
    met, near, far = np.zeros(size, np.int64), np.full(size, -1, np.int32), np.full(size, -1, np.int32)
    arguments = (
        hops.first, hops.head, hops.first_b, hops.head_b, hops.closed, pairs, chance.random(samples), near, far, np.empty(size),
        np.empty(size), np.empty(size, np.int32), np.empty(size, np.int32), met, state,
    )  # fmt: skip
    done = _call(_kernels(budget.steps), "paths_by_chance", arguments, state, budget)
    return met.astype(np.float64), done


def _call(kernels: SimpleNamespace | None, name: str, arguments: tuple[Any, ...], state: Any, budget: Budget) -> int:
    """Call a kernel, compiled if there are any, within the budget."""
    state[numbers.STEPS] = budget.steps
    with WATCH.over(budget) as stop:
        if kernels is None:
            return int(getattr(plain, name)(*(column.data for column in arguments), stop))
        return int(getattr(kernels, name)(*arguments, stop))


def _kernels(work: int) -> SimpleNamespace | None:
    return counting() if work >= _COMPILE_FROM else None
