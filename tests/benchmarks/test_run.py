from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.generate import generate
from benchmarks.goals import INSIGHT_GOALS, beats, within
from benchmarks.peers import ENGINES, is_installed, make
from benchmarks.peers.base import SEAT, Columns, Filter
from benchmarks.questions import QUESTIONS, Ask, Judge, WrongAnswer, can, draw, keep_year
from benchmarks.results import Results
from benchmarks.session import run
from benchmarks.worker import Task, write_columns
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
    for engine, answers in {
        "networkx": [3, 4],
        "igraph": [3, 4, 5],
        "scipy": [3, 9, 5],
        "duckdb": [3, 4, 6],
        "ladybug": [3, 4, 5, 1],
    }.items():
        cell = results.cell("small", engine, "shortest")
        cell.answers, cell.times = answers, [1.0] * len(answers)
    results.compare("small")
    assert {engine: cell.median for (_, engine, _), cell in results.cells.items()} == {
        "networkx": 1.0,
        "igraph": 1.0,
        "scipy": None,
        "duckdb": None,
        "ladybug": 1.0,
    }


def test_engines_that_differ_without_a_majority_are_both_in_doubt() -> None:
    results = Results()
    for engine, answer in {"interlock": 3, "igraph": 4}.items():
        results.cell("small", engine, "shortest").answers = [answer]
    results.compare("small")
    assert results.is_wrong("small", "interlock", "shortest")
    assert results.is_wrong("small", "igraph", "shortest")


def test_goal_is_held_against_every_peer() -> None:
    results = Results()
    for engine, time in {"interlock": 1.0, "networkx": 200.0, "igraph": 2.0}.items():
        results.cell("large", engine, "shortest").times = [time]
    assert beats("shortest", networkx=100)(results, "large") == ("200.0 × networkx, 2.0 × igraph", True)
    assert not beats("shortest", networkx=100, others=3)(results, "large").reached  # type: ignore[union-attr]
    assert beats("shared")(results, "large") is None


def test_goal_within_a_time_is_judged_by_the_median() -> None:
    results = Results()
    results.cell("large", "interlock", "interlocks").times = [1.0, 2.0, 90.0]
    assert within("interlocks", 5)(results, "large") == ("2 ms", True)
    assert within("interlocks", 2)(results, "large") == ("2 ms", False)
    assert within("network", 5)(results, "large") is None
    assert {goal.text for goal in INSIGHT_GOALS if goal.judge(results, "large")} == {"interlocks of one company: < 5 ms"}


def test_quick_run_reports_what_is_installed() -> None:
    command = [sys.executable, "-m", "benchmarks.run", "--quick", "--only", "networkx", "--question", "shortest"]
    quick = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(TESTS)}, check=False)
    assert quick.returncode == 0, quick.stderr
    assert "| networkx | 0.0" in quick.stdout
    assert "## Wrong answers" not in quick.stdout


def test_engine_that_breaks_down_is_told(tmp_path: Path) -> None:
    results = Results()
    run(Task("networkx", str(tmp_path / "none.npz"), ["shortest"], asks=1, budget=1, seed=1), "tiny", 60, results)
    assert "FileNotFoundError" in results.failures["tiny", "networkx"]


def test_engine_that_takes_too_long_is_ended_and_asked_the_rest(tmp_path: Path) -> None:
    data, results = generate(20_000, 80_000), Results()
    write_columns(Columns(data.kinds, data.ties), tmp_path / "data.npz")
    run(Task("networkx", str(tmp_path / "data.npz"), ["all_shortest", "shared"], asks=100_000, budget=0.5, seed=1), "tiny", 0.05, results)
    assert "stopped after" in str(results.cells["tiny", "networkx", "all_shortest"].note)
    assert ("tiny", "networkx", "shared") in results.cells
