from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.generate import generate
from benchmarks.goals import beats
from benchmarks.peers import ENGINES, is_installed, make
from benchmarks.peers.base import SEAT, Columns, Filter
from benchmarks.questions import QUESTIONS, Ask, Judge, WrongAnswer, can, draw, keep_year
from benchmarks.results import Results
from interlock.graph.arrays import Ties

TESTS = Path(__file__).parents[1]
NEVER, EVER = -(2**31), 2**31 - 1

# 0 ─ 1 ─ 2 ─ 3 with two relationships between 1 and 2, one of them only alleged, the other over by 2010; and 0 ─ 4 ─ 3, a bit longer by 5
LINE = Columns(
    np.zeros(6, np.uint8),
    Ties(
        source=np.array([0, 1, 1, 2, 0, 4, 5], np.int32),
        target=np.array([1, 2, 2, 3, 4, 5, 3], np.int32),
        kind=np.full(7, SEAT, np.uint8),
        status=np.array([0, 2, 0, 0, 0, 0, 0], np.uint8),
        sources=np.ones(7, np.int32),
        bounds=np.array([[NEVER, NEVER, EVER, EVER]] * 2 + [[NEVER, NEVER, 14_000, 14_000]] + [[NEVER, NEVER, EVER, EVER]] * 4, np.int32),
    ),
)
IN_2000, IN_2015 = Ask(0, 3, keep_year(2000)), Ask(0, 3, keep_year(2015))


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if is_installed(engine)])
def test_every_installed_engine_answers_as_a_reader_would(engine: str) -> None:
    peer, judge = make(engine), Judge(LINE)
    peer.load(LINE)

    def answer(question: str, ask: Ask) -> object:
        peer.prepare(question)
        return QUESTIONS[question].digest(judge, ask, QUESTIONS[question].ask(peer, ask))

    expected = {
        ("shortest", IN_2015): 3,
        ("shortest_filtered", IN_2000): 3,
        ("shortest_filtered", Ask(1, 2, IN_2015.keep)): 5,
        ("all_shortest", IN_2015): [3, 2],
        ("all_shortest", Ask(1, 2, IN_2015.keep)): [1, 1],
        ("k_shortest", Ask(1, 2, IN_2015.keep)): [1, 5],
    }
    for (question, ask), right in expected.items():
        if can(peer, question):
            assert answer(question, ask) == right, question


def test_judge_refuses_what_is_no_path() -> None:
    judge = Judge(LINE)
    assert judge.length([0, 1, 2, 3], IN_2000, IN_2000.keep) == 3
    for path in ([0, 3], [0, 1, 2], [0, 1, 0, 1, 2, 3], [0, 2, 3]):
        with pytest.raises(WrongAnswer):
            judge.length(path, IN_2000, None)
    with pytest.raises(WrongAnswer, match="between 1 and 2"):
        judge.length([0, 1, 2, 3], IN_2015, IN_2015.keep)


def test_questions_are_the_same_for_everybody() -> None:
    data = generate(500, 2_000)
    columns = Columns(data.kinds, data.ties)
    for question in QUESTIONS:
        few, many = draw(columns, question, 40, seed=1), draw(columns, question, 40, seed=1)
        assert few == many
        assert all(ask.u != ask.v for ask in few)
    assert keep_year(1970) == Filter(1, 1970, 0, 364)


def test_engine_that_differs_from_the_reference_has_no_time() -> None:
    results = Results()
    for engine, answers in {"networkx": [3, 4], "igraph": [3, 4, 5], "scipy": [3, 9, 5], "duckdb": [3, 4, 6]}.items():
        cell = results.cell("small", engine, "shortest")
        cell.answers, cell.times = answers, [1.0] * len(answers)
    results.compare("small")
    assert {engine: cell.median for (_, engine, _), cell in results.cells.items()} == {
        "networkx": 1.0,
        "igraph": 1.0,
        "scipy": None,
        "duckdb": None,
    }


def test_goal_is_held_against_every_peer() -> None:
    results = Results()
    for engine, time in {"interlock": 1.0, "networkx": 200.0, "igraph": 2.0}.items():
        results.cell("large", engine, "shortest").times = [time]
    assert beats("shortest", networkx=100)(results, "large") == ("200.0 × networkx, 2.0 × igraph", True)
    assert not beats("shortest", networkx=100, others=3)(results, "large").reached  # type: ignore[union-attr]
    assert beats("shared")(results, "large") is None


def test_quick_run_reports_what_is_installed() -> None:
    command = [sys.executable, "-m", "benchmarks.run", "--quick", "--only", "networkx", "--question", "shortest"]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(TESTS)}, check=False)
    assert run.returncode == 0, run.stderr
    assert "| networkx | 0.0" in run.stdout
    assert "## Wrong answers" not in run.stdout


def test_worker_that_breaks_down_is_told_and_the_rest_is_asked(tmp_path: Path) -> None:
    task = {"engine": "networkx", "data": str(tmp_path / "none.npz"), "questions": [], "asks": 1, "budget": 1, "seed": 1}
    command = [sys.executable, "-m", "benchmarks.worker", json.dumps(task)]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(TESTS)}, check=False)
    assert run.returncode != 0
    assert "FileNotFoundError" in run.stderr
