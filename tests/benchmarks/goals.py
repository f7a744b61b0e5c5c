"""What Interlock is to reach at the largest size that was measured, and whether it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.generate import SIZES
from benchmarks.peers import ENGINES, OURS, REFERENCE
from benchmarks.questions import QUESTIONS
from benchmarks.results import Results


class Outcome(NamedTuple):
    """What was measured, in words, and whether that is enough."""

    text: str
    reached: bool


class Goal(NamedTuple):
    """``judge`` gives None for what was not measured."""

    text: str
    judge: Callable[[Results, str], Outcome | None]


def beats(question: str, networkx: float = 1.0, others: float = 1.0) -> Callable[[Results, str], Outcome | None]:
    """So many times as fast as networkx and as every other peer, by the medians."""

    def judge(results: Results, size: str) -> Outcome | None:
        ours = results.median(size, OURS, question)
        medians = {engine: results.median(size, engine, question) for engine in ENGINES if engine != OURS}
        ratios = {engine: median / ours for engine, median in medians.items() if ours and median is not None}
        if not ratios:
            return None
        nearest = sorted((engine for engine in ratios if engine != REFERENCE), key=lambda engine: ratios[engine])[:1]
        text = ", ".join(f"{ratios[engine]:,.1f} × {engine}" for engine in (REFERENCE, *nearest) if engine in ratios)
        return Outcome(text, all(ratio >= (networkx if engine == REFERENCE else others) for engine, ratio in ratios.items()))

    return judge


def _together(results: Results, size: str) -> Outcome | None:
    cells = (results.cells.get((size, OURS, question)) for question in ("k_shortest", "k_together"))
    plain, together = (cell.p99 if cell else None for cell in cells)
    return Outcome(f"{together / plain:,.1f} ×", together < 50 * plain) if plain and together else None


def within(question: str, milliseconds: float) -> Callable[[Results, str], Outcome | None]:
    """Less than so many milliseconds, by the median."""

    def judge(results: Results, size: str) -> Outcome | None:
        median = results.median(size, OURS, question)
        return None if median is None else Outcome(f"{median:,.0f} ms" if median >= 100 else f"{median:.3g} ms", median < milliseconds)

    return judge


def _bytes(held: bool, most: int) -> Callable[[Results, str], Outcome | None]:
    def judge(results: Results, size: str) -> Outcome | None:
        load = results.loads.get((size, OURS))
        measured = load and (load.bytes if held else load.arrays)
        if not measured:
            return None
        each = measured / SIZES[size][1]
        return Outcome(f"{each:,.0f} bytes", each <= most)

    return judge


def _growth(results: Results, size: str) -> Outcome | None:
    ratios = {
        question: large / small
        for question in QUESTIONS
        if (large := results.median("large", OURS, question)) and (small := results.median("small", OURS, question))
    }
    if not ratios:
        return None
    worst = max(ratios, key=lambda question: ratios[question])
    return Outcome(f"at most {ratios[worst]:.1f} × ({QUESTIONS[worst].title})", ratios[worst] < 4)


def _build(results: Results, size: str) -> Outcome | None:
    build = results.builds.get(size)
    if build is None:
        return None
    ratio, gigabytes = build.rdflib_seconds / build.seconds, build.bytes / 2**30
    how = f", of which rdflib parsed {build.sample:,}" if build.sample else ""
    text = f"{ratio:,.1f} × rdflib: {build.quads:,} quads{how} at {build.quads / build.seconds:,.0f} a second, in {gigabytes:.1f} GiB"
    return Outcome(text, ratio >= 8 and gigabytes < 8)


def _parsing(results: Results, size: str) -> Outcome | None:
    build = results.builds.get(size)
    if build is None:
        return None
    ratio = build.seconds / build.parse_seconds
    return Outcome(f"{ratio:,.1f} × the time: {build.seconds:,.0f} s, parse alone {build.parse_seconds:,.0f} s", ratio <= 3)


def _worker(results: Results, size: str) -> Outcome | None:
    build = results.builds.get(size)
    return Outcome(f"{build.worker / 1e6:,.0f} MB", build.worker < 200e6) if build else None


def _opening(results: Results, size: str) -> Outcome | None:
    build = results.builds.get(size)
    return Outcome(f"{build.first_answer:.2f} s", build.first_answer < 1.5) if build else None


def _late(results: Results, size: str) -> Outcome | None:
    return None if results.late is None else Outcome(f"{1000 * results.late:.0f} ms", results.late < 0.1)


GOALS = (
    Goal("shortest path: ≥ 6 × networkx, faster than every peer", beats("shortest", networkx=6)),
    Goal("shortest path with status and year: ≥ 100 × networkx, faster than every peer", beats("shortest_filtered", networkx=100)),
    Goal("all shortest paths: ≥ 2,000 × networkx, ≥ 500 × every other peer", beats("all_shortest", networkx=2000, others=500)),
    Goal("10 shortest simple paths: ≥ 30 × networkx, faster than every peer", beats("k_shortest", networkx=30)),
    Goal("2 hops around: faster than every peer", beats("neighbourhood")),
    Goal("shared directors: faster than every peer", beats("shared")),
    Goal("10 paths held together: p99 < 50 × the plain question's", _together),
    Goal("arrays that are searched: ≤ 80 bytes a relationship", _bytes(held=False, most=80)),
    Goal("everything held for searching: ≤ 300 bytes a relationship", _bytes(held=True, most=300)),
    Goal("N-Quads to snapshot, whole, against rdflib's parse alone: ≥ 8 ×, in less than 8 GiB", _build),
    Goal("N-Quads to snapshot, whole, against pyoxigraph's bare parse: ≤ 3 × its time", _parsing),
    Goal("memory of a process's own after 200 questions to a snapshot: < 200 MB", _worker),
    Goal("from a snapshot to the first answer of `interlock paths`, process start included: < 1.5 s", _opening),
    Goal("worst case (dense clusters, a hub of 100,000): ends within its deadline + 100 ms", _late),
    Goal("growth from 400k to 4M relationships: < 4 ×", _growth),
)

INSIGHT_GOALS = (
    Goal("interlocks of one company: < 5 ms", within("interlocks", 5)),
    Goal("all boards of one year, projected on companies: < 5 s", within("network", 5000)),
    Goal("coincidences between two: < 5 ms", within("coincidences", 5)),
    Goal("loops through one company: < 50 ms", within("loops", 50)),
    Goal("brokers of everything, from a sample: within the deadline of 5 s", within("brokers", 5000)),
)
"""The same of what no other engine answers; see ``benchmarks.insights``."""
