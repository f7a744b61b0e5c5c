"""Betweenness: exact beside networkx and brute force, sampled within its error."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import interlock.graph.betweenness as module
from harness import entity, graph, tie
from interlock.graph.betweenness import Floats, betweenness, bounds, from_pairs
from interlock.graph.budget import Budget, StopReason
from interlock.graph.hop_graph import HopGraph
from interlock.graph.kernels import numbers

NAMES = [*(entity(name) for name in "abcdef"), entity("g", "BOARD")]
PAIRS = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=14)
Pairs = list[tuple[str, str]]


def hop_graph(pairs: Pairs, directed: bool = False) -> HopGraph:
    known = graph(*(tie(*pair, key=f"{number:03}") for number, pair in enumerate(pairs)), entities=NAMES)
    return HopGraph.of(known, np.arange(len(pairs), dtype=np.int32), directed)


def networkx_graph(pairs: Pairs, directed: bool) -> Any:
    plain: Any = nx.DiGraph() if directed else nx.Graph()
    plain.add_edges_from(pairs)
    return plain


def brute_force(plain: Any) -> list[float]:
    """Pair by pair, path by path; nothing passes the board ``g``."""
    total = dict.fromkeys(sorted(plain), 0.0)
    for one in plain:
        for other in set(plain) - {one}:
            passable = plain.subgraph(set(plain) - ({"g"} - {one, other}))
            paths = list(nx.all_shortest_paths(passable, one, other)) if nx.has_path(passable, one, other) else []
            for path in paths:
                for each in path[1:-1]:
                    total[each] += 1 / len(paths)
    count = len(plain)
    return [share / max(1, (count - 1) * (count - 2)) for share in total.values()]


@given(PAIRS, st.booleans())
def test_shares_are_those_of_networkx(pairs: Pairs, directed: bool) -> None:
    without = [pair for pair in pairs if "g" not in pair]
    found = betweenness(hop_graph(without, directed), Budget(), 1, "seed")
    expected = nx.betweenness_centrality(networkx_graph(without, directed))
    assert found.share.tolist() == pytest.approx([expected[each] for each in sorted(expected)])
    assert (found.exact, found.stopped_by, found.low.tolist()) == (True, StopReason.COMPLETE, found.share.tolist())


@given(PAIRS, st.booleans())
def test_board_is_an_end_and_never_passed_through(pairs: Pairs, directed: bool) -> None:
    found = betweenness(hop_graph(pairs, directed), Budget(), 1, "seed")
    assert found.share.tolist() == pytest.approx(brute_force(networkx_graph(pairs, directed)))


SAMPLES = 400


def sampled(hops: HopGraph, seed: int, samples: int = SAMPLES) -> Floats:
    """The share of random pairs whose path, taken by chance, passes each."""
    total, done = from_pairs(hops, samples, np.random.default_rng(seed), np.zeros(numbers.STATE_SIZE, np.int64), Budget(seconds=math.inf))
    assert done == samples
    return total / samples


@given(PAIRS, st.booleans(), st.integers(0, 2**32))
def test_sample_of_pairs_has_the_exact_shares_within_its_error(pairs: Pairs, directed: bool, seed: int) -> None:
    """Of hundreds of samples, each with its own error for all at a time, none may miss more often than one in a million does."""
    exact = np.array(brute_force(networkx_graph(pairs, directed)))
    size = len(exact)
    if size > 2:
        mean = sampled(hop_graph(pairs, directed), seed)
        low, high = bounds(mean, SAMPLES, math.log(2 * size * 1e6))
        expected = exact * (size - 2) / size
        assert np.all(low <= expected + 1e-12)
        assert np.all(expected <= high + 1e-12)


LADDER = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e"), ("e", "f"), ("c", "e")]


def test_paths_of_a_pair_are_equally_likely() -> None:
    exact = np.array(brute_force(networkx_graph(LADDER, False)))
    mean = sampled(hop_graph(LADDER), 7, 20_000) * 6 / 4
    assert np.abs(mean - exact).max() < 4 * math.sqrt(0.25 / 20_000) * 6 / 4


def test_error_covers_the_truth_as_often_as_it_says() -> None:
    """Three hundred coins, of each bias; what is within the bounds of 90 % confidence has to be so in 90 % at least."""
    chance = np.random.default_rng(3)
    for bias in (0.0, 0.01, 0.3, 1.0):
        low, high = bounds(chance.binomial(200, bias, 300) / 200, 200, math.log(2 / 0.1))
        assert np.mean((low <= bias) & (bias <= high)) >= 0.9
        assert np.all(high - low < 0.2)


def random_pairs(count: int, edges: int) -> tuple[list[tuple[str, str]], Any]:
    plain = nx.gnm_random_graph(count, edges, seed=5)
    return [(f"n{one:03}", f"n{other:03}") for one, other in plain.edges], plain


def test_what_is_too_large_to_be_counted_is_sampled_with_its_error() -> None:
    pairs, plain = random_pairs(120, 300)
    hops = hop_graph(pairs)
    work = len(hops.entities) * (1 + len(hops.head))
    found = betweenness(hops, Budget(steps=work - 1), 500, "seed")
    assert (found.exact, found.samples, found.stopped_by) == (False, 500, StopReason.COMPLETE)
    inside = plain.subgraph([node for node, degree in plain.degree if degree])
    exact = np.array([share for _, share in sorted(nx.betweenness_centrality(inside).items())])
    assert np.all((found.low <= exact) & (exact <= found.high))
    assert found.share.tolist() == betweenness(hops, Budget(steps=work - 1), 500, "seed").share.tolist()
    assert np.all(found.high - found.low < 0.2)


def test_what_was_ended_is_a_sample_of_what_it_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs, plain = random_pairs(60, 120)
    hops = hop_graph(pairs)
    late = Budget(seconds=math.inf)
    real = module.from_sources

    def half(hops: HopGraph, sources: Any, state: Any, budget: Budget) -> Any:
        return real(hops, sources[: len(sources) // 2], state, budget)

    monkeypatch.setattr(module, "from_sources", half)
    found = betweenness(hops, late, 1, "seed")
    inside = plain.subgraph([node for node, degree in plain.degree if degree])
    exact = np.array([share for _, share in sorted(nx.betweenness_centrality(inside).items())])
    assert (found.exact, found.samples) == (False, len(hops.entities) // 2)
    assert np.all((found.low <= exact) & (exact <= found.high))
    over = betweenness(hops, Budget(seconds=0.0), 1, "seed")
    assert (over.stopped_by, over.samples, over.exact) == (StopReason.DEADLINE, 0, False)
    assert np.all(over.high >= exact)


def test_compiled_kernels_count_as_interpreted_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs, _ = random_pairs(80, 200)
    hops = hop_graph(pairs)
    for steps in (10**9, len(hops.entities) * len(hops.head)):
        plain = betweenness(hops, Budget(steps), 300, "seed")
        with monkeypatch.context() as patch:
            patch.setattr(module, "_COMPILE_FROM", 0)
            fast = betweenness(hops, Budget(steps), 300, "seed")
        assert fast.share.tolist() == pytest.approx(plain.share.tolist())
        assert (fast.exact, fast.samples) == (plain.exact, plain.samples)
