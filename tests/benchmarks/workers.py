"""How much memory of its own each of several processes takes that answer questions from one snapshot.

    python -m benchmarks.workers dataset.interlock --workers 4

Prints for each process, in MiB, by how much it grew by opening the snapshot and by answering: what it alone has in memory, and its share
of all (what three processes have in common counts a third for each: above all, the file). Linux only (``/proc/PID/smaps_rollup``).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

QUESTIONS = 200


class Grown(NamedTuple):
    """By how many bytes a process grew: its own memory (USS) and its share of all (PSS), once open and once it has answered."""

    opened: int
    opened_share: int
    answered: int
    answered_share: int


def grown(snapshot: Path, workers: int, questions: int = QUESTIONS) -> list[Grown]:
    """How much each of these processes grew; all of them go on step by step."""
    command = [sys.executable, "-m", "benchmarks.workers", str(snapshot), "--questions", str(questions), "--number"]
    started = [
        subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for number in range(workers)
    ]
    before, opened, answered = (_step(started) for _ in range(3))
    for process in started:
        process.communicate()
    pairs = zip(before, opened, answered, strict=True)
    return [Grown(two[0] - one[0], two[1] - one[1], three[0] - one[0], three[1] - one[1]) for one, two, three in pairs]


def _step(started: list[subprocess.Popen[str]]) -> list[tuple[int, int]]:
    """Let all take one step; the memory of each after it."""
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in started:
        assert process.stdout is not None
        if not process.stdout.readline():
            raise RuntimeError("A worker ended before its time.")
    return [_memory(process.pid) for process in started]


def _memory(process: int) -> tuple[int, int]:
    """USS and PSS of a process, in bytes."""
    lines = (line.split() for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:])
    found = {line[0]: 1024 * int(line[1]) for line in lines}
    return found["Private_Clean:"] + found["Private_Dirty:"], found["Pss:"]


def work(snapshot: Path, questions: int, seed: int) -> None:
    """Be ready, open a snapshot, answer random questions of all sorts; each when a line comes in, and say so."""
    from interlock.graph import Engine, load
    from interlock.graph.dates import parse_date
    from interlock.graph.filters import PathFilter, RelationshipFilter
    from interlock.graph.finder import COMPILER
    from interlock.graph.question import PathQuestion, PathSelector

    draw = random.Random(seed)
    sys.stdin.readline()
    COMPILER.make()
    print("ready", flush=True)
    sys.stdin.readline()
    engine = Engine(load(snapshot))
    columns = engine.graph.columns
    _ = engine.graph.arrays
    print("opened", flush=True)
    sys.stdin.readline()
    for number in range(questions):
        start, end = (engine.entity(columns.entity_at(each).id) for each in draw.sample(range(columns.entity_count), 2))
        dated = RelationshipFilter(as_of=parse_date(str(draw.randrange(1990, 2024)))) if number % 2 else RelationshipFilter()
        selector = list(PathSelector)[number % len(PathSelector)]
        engine.paths(PathQuestion(start, end, PathFilter(dated, held_together=number % 3 == 0), selector))
        engine.search(start.name[:-1])
    print("answered", flush=True)
    sys.stdin.read()  # be there until all have been measured


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the memory of workers.")
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--number", type=int, default=-1, help="be the worker of this number")
    given = parser.parse_args()
    if given.number >= 0:
        work(given.snapshot, given.questions, given.number)
        return
    for each in grown(given.snapshot, given.workers, given.questions):
        print(json.dumps({name: round(size / 2**20, 1) for name, size in each._asdict().items()}))


if __name__ == "__main__":
    main()
