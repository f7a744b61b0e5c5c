"""How long questions about interlocks, coincidences, loops, brokers and fragility take on generated graphs; into INSIGHTS.md.

    python -m benchmarks.insights [--size small|large|both] [--quick] [--keep FOLDER]

No other engine knows these questions, so that there is nobody to compare with; that the answers are right, the tests of the engine show.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.generate import SIZES, generate
from benchmarks.goals import INSIGHT_GOALS
from benchmarks.peers import OURS
from benchmarks.quads import write_quads
from benchmarks.report import goals_table, machine, number, table
from benchmarks.results import Results
from interlock.graph import Engine, KnowledgeGraph, PathFilter, PathQuestion, RelationshipFilter, load
from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.brokers import Brokers, brokers
from interlock.graph.coincidences import coincidences
from interlock.graph.dates import parse_date
from interlock.graph.finder import COMPILER
from interlock.graph.fragility import fragility
from interlock.graph.interlock_network import interlock_network
from interlock.graph.interlock_question import InterlockQuestion
from interlock.graph.interlocks import interlocks
from interlock.graph.loops import LoopQuestion, loops
from interlock.graph.model import Entity, EntityKind
from interlock.graph.selection import Parameters
from interlock.graph.snapshot import ENDING

RESULTS = Path(__file__).parent / "INSIGHTS.md"
YEARS = (2000, 2024)


class Ask(NamedTuple):
    """Two companies that have had directors, and a year, of which a question uses what it needs."""

    one: Entity
    other: Entity
    year: int

    @property
    def then(self) -> RelationshipFilter:
        return RelationshipFilter(as_of=parse_date(str(self.year)))


class Insight(NamedTuple):
    """A question in words, how to ask it, and how many times at most."""

    title: str
    ask: Callable[[Engine, Ask], object]
    asks: int = 1000


INSIGHTS = {
    "interlocks": Insight(
        "interlocks of one company, of all times", lambda engine, ask: interlocks(engine, InterlockQuestion(company=ask.one))
    ),
    "interlocks_then": Insight(
        "interlocks of one company in one year",
        lambda engine, ask: interlocks(engine, InterlockQuestion(company=ask.one, conditions=ask.then)),
    ),
    "coincidences": Insight(
        "coincidences between two companies, within 90 days", lambda engine, ask: coincidences(engine, ask.one, ask.other)
    ),
    "loops": Insight("10 loops of up to 4 hops through one company", lambda engine, ask: loops(engine, LoopQuestion.through(ask.one))),
    "fragility": Insight(
        "fragility of the connection of two companies, within 3 hops",
        lambda engine, ask: fragility(engine, PathQuestion(ask.one, ask.other, max_hops=3)),
    ),
    "brokers_near": Insight(
        "brokers within 2 hops of one company in one year",
        lambda engine, ask: brokers(engine, Parameters(of=(ask.one.id,), hops=2, filter=PathFilter(ask.then))),
        100,
    ),
    "network": Insight("all boards of one year, projected on companies", lambda engine, ask: interlock_network(engine, ask.then), 10),
    "network_people": Insight(
        "all boards of one year, projected on directors",
        lambda engine, ask: interlock_network(engine, ask.then, frozenset({EntityKind.PERSON})),
        10,
    ),
    "brokers": Insight("brokers of everything, from a sample", lambda engine, ask: brokers(engine, Parameters()), 3),
}
"""What is asked, by name."""


def measure(size: str, seed: int, budget: float, folder: Path, results: Results) -> list[str]:
    """Ask everything on a graph of this size, and tell what is in it."""
    graph = _graph(size, seed, folder)
    engine, random = Engine(graph), np.random.default_rng(seed)
    COMPILER.make()
    asks = list(_draw(graph, random, 1000))
    told = [_boards(graph)]
    for name, insight in INSIGHTS.items():
        insight.ask(engine, asks[-1])  # whatever is read or compiled for the first question
        cell, until = results.cell(size, OURS, name), time.perf_counter() + budget
        answer: object = None
        for ask in asks[: insight.asks]:
            start = time.perf_counter()
            answer = insight.ask(engine, ask)
            cell.times.append(1000 * (time.perf_counter() - start))
            if time.perf_counter() > until:
                break
        if isinstance(answer, Brokers) and not answer.shares.exact:
            told.append(_sample(answer))
        print(f"{size:<6} {name:<16} {number(cell.median)} ms", file=sys.stderr, flush=True)
    return told


def _graph(size: str, seed: int, folder: Path) -> KnowledgeGraph:
    """The generated graph, from a snapshot in this folder; made, if there is none."""
    quads = folder / f"{size}-{seed}.nq"
    snapshot = quads.with_suffix(ENDING)
    if not snapshot.exists():
        write_quads(generate(*SIZES[size], seed), quads)
        command = [sys.executable, "-m", "interlock.server.cli", "build", str(quads), "-o", str(snapshot)]
        subprocess.run(command, check=True, capture_output=True)  # in its own process: what that took is free again
        quads.unlink()
    return load(snapshot)


def _draw(graph: KnowledgeGraph, random: np.random.Generator, count: int) -> Iterator[Ask]:
    """Random companies that have had directors."""
    seats = _seats(graph)
    companies = np.unique(seats[1][graph.arrays.kind[seats[1]] == ENTITY_KINDS.index(EntityKind.COMPANY)])
    for _ in range(count):
        one, other = random.choice(companies, 2, replace=False).tolist()
        yield Ask(graph.entity_at(one), graph.entity_at(other), int(random.integers(YEARS[0], YEARS[1] + 1)))


def _seats(graph: KnowledgeGraph) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Of each seat, whose it is and on whose board."""
    store = graph.columns.store
    seat = np.zeros(graph.columns.relationship_count, np.bool_)
    seat[graph.arrays.tie[graph.arrays.word & 15 == 0]] = True
    return store.numbers("source_end")[seat], store.numbers("target_end")[seat]


def _boards(graph: KnowledgeGraph) -> str:
    people, companies = _seats(graph)
    sizes, held = (np.unique(ends, return_counts=True)[1] for ends in (companies, people))
    return (
        f"{len(sizes):,} boards with {len(people):,} seats of all times (a board has had {np.median(sizes):.0f} in the median, "
        f"{sizes.max():,} at most), held by {len(held):,} directors ({held.max():,} by one at most)."
    )


def _sample(found: Brokers) -> str:
    first = found[0]
    return (
        f"Brokers of everything: {found.shares.samples:,} pairs in the time limit; the first has {first.share:.2%}, "
        f"with 95 % confidence {first.low:.2%} to {first.high:.2%}."
    )


def render(results: Results, told: dict[str, list[str]], settings: str) -> str:
    """The report."""
    sizes = list(told)
    rows = [(insight.title, *(_cell(results, size, name) for size in sizes)) for name, insight in INSIGHTS.items()]
    header = ("median / p99 in ms (number of questions)", *("{:,} entities, {:,} relationships".format(*SIZES[size]) for size in sizes))
    parts = (
        "# Results of the benchmark of insights\n",
        "Written by `make bench-insights`; not to be edited.\n",
        machine(results),
        goals_table(results, sizes[-1], INSIGHT_GOALS),
        table(header, rows),
        *(f"- {SIZES[size][1]:,} relationships: {line}" for size in sizes for line in told[size]),
        f"- {settings}",
        "- What the snapshot holds of an entity is read, and its checksum compared, when it is first asked about, which counts here.",
        "- Of fewer than 100 questions the slowest stands for p99. Graphs are those of `generate.py`, opened from a snapshot.",
        "",
    )
    return "\n".join(parts)


def _cell(results: Results, size: str, name: str) -> str:
    cell = results.cell(size, OURS, name)
    return f"{number(cell.median)} / {number(cell.p99)} ({len(cell.times)})"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure questions that no other engine answers.")
    parser.add_argument("--size", choices=("small", "large", "both"), default="both")
    parser.add_argument("--quick", action="store_true", help="a smoke run on a tiny graph; prints instead of writing")
    parser.add_argument("--budget", type=float, default=20, help="seconds after which a question is asked no more")
    parser.add_argument("--keep", type=Path, help="folder in which snapshots are kept, and found the next time")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    sizes = ["tiny"] if given.quick else ["small", "large"] if given.size == "both" else [given.size]
    results = Results(versions={name: version(name) for name in ("interlock-graph", "numba", "numpy")})
    with tempfile.TemporaryDirectory() as folder:
        told = {size: measure(size, given.seed, given.budget, given.keep or Path(folder), results) for size in sizes}
    text = render(results, told, f"As many random questions as take {given.budget:.0f} s, up to 1,000; seed {given.seed}.")
    if given.quick:
        print(text)
    else:
        RESULTS.write_text(text)


if __name__ == "__main__":
    main()
