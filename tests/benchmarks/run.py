"""Measure Interlock beside other engines on generated graphs: medians, p99, memory, growth; into RESULTS.md.

python -m benchmarks.run [--size small|large|both] [--only ENGINE] [--quick]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.building import build
from benchmarks.generate import SIZES, generate
from benchmarks.peers import ENGINES, is_installed
from benchmarks.peers.base import Columns
from benchmarks.questions import QUESTIONS
from benchmarks.report import render
from benchmarks.results import Results
from benchmarks.session import run
from benchmarks.worker import Task, write_columns
from benchmarks.worst import worst

RESULTS = Path(__file__).parent / "RESULTS.md"
CHECK = "tiny"
"""The size on which all engines have to agree before they are timed."""


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Interlock beside other engines.")
    parser.add_argument("--size", choices=("small", "large", "both"), default="both")
    parser.add_argument("--only", action="append", choices=list(ENGINES), help="this engine (may be repeated); prints instead of writing")
    parser.add_argument(
        "--question", action="append", choices=list(QUESTIONS), help="this question (may be repeated); prints instead of writing"
    )
    parser.add_argument("--quick", action="store_true", help="a smoke run on a tiny graph; prints instead of writing")
    parser.add_argument("--asks", type=int, default=1000, help="how often each question is asked")
    parser.add_argument("--budget", type=float, default=20, help="seconds after which an engine is asked no more of a question")
    parser.add_argument("--patience", type=float, default=330, help="seconds after which an engine that still isn't done is ended")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    given = options()
    engines = [engine for engine in given.only or ENGINES if is_installed(engine)]
    questions = given.question or list(QUESTIONS)
    sizes = [] if given.quick else ["small", "large"] if given.size == "both" else [given.size]
    results = Results()
    with tempfile.TemporaryDirectory() as folder:
        for size in (CHECK, *sizes):
            data = Path(folder) / f"{size}.npz"
            made = generate(*SIZES[size], given.seed)
            write_columns(Columns(made.kinds, made.ties), data)
            del made
            for engine in engines:
                able = [name for name in questions if not results.is_wrong(CHECK, engine, name)]
                asks, budget = (40, 3.0) if size == CHECK else (given.asks, given.budget)
                start = time.monotonic()
                run(Task(engine, str(data), able, asks, budget, given.seed), size, given.patience, results)
                print(f"{size:<6} {engine:<12} {time.monotonic() - start:6.0f} s", file=sys.stderr, flush=True)
            results.compare(size)
            data.unlink()
            if not given.only and not given.question:
                results.builds[size] = build(size, given.seed)
    if not given.only and not given.question:
        results.late = worst()
    missing = [engine for engine in given.only or ENGINES if engine not in engines]
    settings = f"Up to {given.asks:,} questions of each sort, or as many as take {given.budget:.0f} s (5 at least); seed {given.seed}."
    if missing:
        settings += f" Not installed, hence not measured: {', '.join(missing)}."
    text = render(results, sizes or [CHECK], settings)
    if given.quick or given.only or given.question:
        print(text)
    else:
        RESULTS.write_text(text)
    if any(cell.wrong for cell in results.cells.values()):
        print(text[text.index("## Wrong answers") :], file=sys.stderr)
        sys.exit("Some answers are wrong.")


if __name__ == "__main__":
    main()
