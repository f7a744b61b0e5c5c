"""The results as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.generate import SIZES
from benchmarks.goals import GOALS, Goal
from benchmarks.peers import ENGINES, REFERENCE
from benchmarks.questions import QUESTIONS, YEARS
from benchmarks.results import Results

_HOW_TO_RUN = """\
    make bench                              # both sizes, every engine: about an hour, most of it other engines'
    make bench ARGS="--size small"          # 100,000 entities and 400,000 relationships
    make bench ARGS="--only networkx"       # one engine; printed, this file stays as it is
    make bench ARGS=--quick                 # a minute's smoke run
"""


def render(results: Results, sizes: Sequence[str], settings: str) -> str:
    """The whole report."""
    parts = [
        "# Results of the benchmarks\n",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}; not to be edited.\n\n{_HOW_TO_RUN}",
        machine(results),
        "## Goals\n",
        goals_table(results, sizes[-1], GOALS),
        *(_size(results, size) for size in sizes),
        *([_growth(results)] if {"small", "large"} <= set(sizes) else []),
        "## How it was measured\n",
        _method(results, settings),
        _wrong(results),
    ]
    return "\n".join(part for part in parts if part)


def machine(results: Results) -> str:
    """What it was measured on."""
    versions = ", ".join(f"{package} {version}" for package, version in sorted(results.versions.items()))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}.\n\nVersions: {versions}.\n"
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor() or "unknown processor"
    )


def goals_table(results: Results, size: str, goals: Sequence[Goal]) -> str:
    """What was to be reached at this size, and whether it was."""
    rows = []
    for goal in goals:
        outcome = goal.judge(results, size)
        rows.append(
            (
                goal.text,
                outcome.text if outcome else "–",
                "not measured" if outcome is None else "reached" if outcome.reached else "**not reached**",
            )
        )
    return table(("with {:,} entities and {:,} relationships".format(*SIZES[size]), "measured", ""), rows)


def _size(results: Results, size: str) -> str:
    questions = [name for name in QUESTIONS if any((size, engine, name) in results.cells for engine in ENGINES)]
    engines = [engine for engine in ENGINES if (size, engine) in results.loads or (size, engine) in results.failures]
    rows = [(engine, *(_cell(results, size, engine, name) for name in questions)) for engine in engines]
    header = ("", *(QUESTIONS[name].title for name in questions))
    title = "## {:,} entities, {:,} relationships\n".format(*SIZES[size])
    legend = "Median / p99 in ms (number of questions asked; the slowest stands for p99 where that is below 100)."
    legend += _without_path(results, size) + "\n"
    notes = [
        f"- {engine}, {QUESTIONS[question].title}: {cell.note}"
        for (at, engine, question), cell in results.cells.items()
        if at == size and cell.note
    ]
    notes += [f"- {engine}: {problem}" for (at, engine), problem in results.failures.items() if at == size]
    return "\n".join((title, legend, table(header, rows), *([*notes, ""] if notes else []), _loads(results, size, engines)))


def _without_path(results: Results, size: str) -> str:
    """How many of the filtered questions have the answer that there is no path, by who answered most of them."""
    cells = [cell for (at, _, question), cell in results.cells.items() if (at, question) == (size, "shortest_filtered") and not cell.wrong]
    answers = max((cell.answers for cell in cells), key=len, default=[])
    return f" With the filter, {answers.count(-1) / len(answers):.0%} of the pairs have no path." if answers else ""


def _cell(results: Results, size: str, engine: str, question: str) -> str:
    cell = results.cells.get((size, engine, question))
    if cell is None:
        return "–"
    if cell.wrong:
        return f"wrong ({len(cell.wrong)} of {len(cell.answers)})"
    if not cell.times:
        return "no answer"
    return f"{number(cell.median)} / {number(cell.p99)} ({len(cell.times)})"


def _loads(results: Results, size: str, engines: Iterable[str]) -> str:
    count = SIZES[size][1]
    rows = []
    for engine in engines:
        if load := results.loads.get((size, engine)):
            each, arrays = (f"{held / count:,.0f}" if held is not None else "–" for held in (load.bytes, load.arrays))
            rows.append((engine, f"{load.seconds:,.1f}", f"{load.bytes / 2**20:,.0f}" if load.bytes is not None else "–", each, arrays))
    return table(("", "load, s", "memory, MiB", "bytes a relationship", "of these, arrays searched"), rows)


def _growth(results: Results) -> str:
    rows = []
    for engine in ENGINES:
        pairs = [(results.median("small", engine, name), results.median("large", engine, name)) for name in QUESTIONS]
        if any(small and large for small, large in pairs):
            rows.append((engine, *(f"{large / small:,.1f} ×" if small and large else "–" for small, large in pairs)))
    return "## Growth of the median from 400k to 4M relationships\n\n" + table(("", *(q.title for q in QUESTIONS.values())), rows)


def _method(results: Results, settings: str) -> str:
    hows = [
        f"- {engine}: " + "; ".join(f"{QUESTIONS[q].title}: {text}" for q, text in how.items())
        for engine, how in results.how.items()
        if how
    ]
    return "\n".join(
        (
            f"- {settings}",
            "- The graph is generated (`generate.py`, seeded): hubs by a power law, parallel relationships, partial, open and unknown "
            "dates.",
            "- All engines get the same graph and the same random questions, in the same order. Relationships are taken in both "
            "directions; parallel ones are one hop.",
            "- A filter admits what is CONFIRMED or REPORTED and possibly held in one year, another one for each question "
            f"({YEARS[0]}–{YEARS[1]}); both ends have some relationship that it admits. What an engine has to build for a filter counts.",
            "- Shared directors: half of the pairs of companies share at least one.",
            f"- Every answer is checked: paths hop by hop, and lengths, counts and entities against {REFERENCE} (or most others, where it "
            "has no answer), first on a small graph, then on all that was timed. An engine with one wrong answer has no time.",
            "- Every engine runs in a process of its own, alone, with its own default number of threads. Memory is by how much the process "
            "grew while loading; what only one question needs (a graph without parallels) comes on top and isn't counted.",
            *hows,
            "",
        )
    )


def _wrong(results: Results) -> str:
    lines = [
        f"- {size}, {engine}, {QUESTIONS[question].title}: {len(cell.wrong)} of {len(cell.answers)}, such as {cell.wrong[0]}"
        for (size, engine, question), cell in results.cells.items()
        if cell.wrong
    ]
    return "\n".join(("## Wrong answers\n", *lines, "")) if lines else ""


def number(value: float | None) -> str:
    """Three significant digits, with separators."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 0.01 else f"{value:.4f}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
