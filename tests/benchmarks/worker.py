"""Measures one engine, in a process of its own; says what it finds line by line, so that nothing is lost when it has to be ended.

The parent gives one JSON object as the argument (see ``Task``) and reads one JSON object a line from standard output.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.metadata
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from benchmarks.peers import make
from benchmarks.peers.base import Columns, Peer
from benchmarks.questions import QUESTIONS, Ask, Judge, WrongAnswer, can, draw
from interlock.graph.arrays import Ties

FEWEST = 5
"""So many questions are asked however slow an engine is (unless it is ended from outside)."""
_WARM_UP, _WARM_UP_SECONDS = 3, 1.0
_BATCH, _BATCH_SECONDS = 100, 1.0


@dataclass(frozen=True)
class Task:
    """``asks`` questions of each sort in ``questions``, or as many as take ``budget`` seconds; ``seed`` draws them."""

    engine: str
    data: str
    questions: list[str]
    asks: int
    budget: float
    seed: int


def read_columns(path: Path) -> Columns:
    with np.load(path) as columns:
        return Columns(columns["kinds"], Ties(*(columns[name] for name in Ties._fields)))


def write_columns(columns: Columns, path: Path) -> None:
    np.savez(path, kinds=columns.kinds, **columns.ties._asdict())


def memory() -> int | None:
    """Bytes that this process holds, once what was freed has been given back; None where the system is not Linux."""
    gc.collect()
    if sys.platform != "linux":
        return None
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(task: Task, out: TextIO) -> None:
    def say(**event: Any) -> None:
        print(json.dumps(event), file=out, flush=True)

    columns = read_columns(Path(task.data))
    judge = Judge(columns)
    peer = make(task.engine)
    before = memory()
    start = time.perf_counter()
    peer.load(columns)
    seconds = time.perf_counter() - start
    versions = {package: importlib.metadata.version(package) for package in peer.packages}
    after = memory()
    grown = None if before is None or after is None else after - before
    say(event="loaded", seconds=seconds, bytes=grown, arrays=peer.arrays(), versions=versions, how=peer.how)
    gc.freeze()
    for question in task.questions:
        if not can(peer, question):
            continue
        say(event="begin", question=question)
        try:
            peer.prepare(question)
            asks = draw(columns, question, task.asks + _WARM_UP, task.seed)
            _warm_up(peer, question, asks[-_WARM_UP:])
            _ask_all(peer, question, asks[: task.asks], judge, task.budget, say)
        except Exception as error:  # whatever an engine raises is a result
            say(event="failed", question=question, message=f"{type(error).__name__}: {error}"[:500])


def _warm_up(peer: Peer, question: str, asks: list[Ask]) -> None:
    start = time.perf_counter()
    for ask in asks:
        QUESTIONS[question].ask(peer, ask)
        if time.perf_counter() - start > _WARM_UP_SECONDS:
            break


def _ask_all(peer: Peer, question: str, asks: list[Ask], judge: Judge, budget: float, say: Any) -> None:
    """Time the questions in batches; answers are judged between batches, so that judging doesn't disturb the caches at each turn."""
    call, clock = QUESTIONS[question].ask, time.perf_counter
    spent, at = 0.0, 0
    while at < len(asks) and (spent < budget or at < FEWEST):
        answers, times, batch = [], [], clock()
        for ask in asks[at : at + _BATCH]:
            start = clock()
            answer = call(peer, ask)
            times.append(clock() - start)
            answers.append(answer)
            if clock() - batch > _BATCH_SECONDS:
                break
        spent += sum(times)
        for ask, answer, seconds in zip(asks[at:], answers, times, strict=False):
            try:
                digest, wrong = QUESTIONS[question].digest(judge, ask, answer), None
            except WrongAnswer as error:
                digest, wrong = None, str(error)
            say(event="answer", question=question, ms=seconds * 1000, digest=digest, wrong=wrong)
        at += len(answers)


def main() -> None:
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what an engine prints doesn't get between the lines
    measure(Task(**json.loads(sys.argv[1])), out)
    out.flush()
    os._exit(0)  # some engines take long to take themselves apart


if __name__ == "__main__":
    main()
