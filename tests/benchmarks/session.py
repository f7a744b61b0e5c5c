"""Runs an engine in a process of its own, and ends it when it takes too long; what it had not come to is asked of a new one."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any, Self

from benchmarks.results import Load, Results
from benchmarks.worker import Task

LOAD_SECONDS = 900.0


class _Process:
    """A worker whose lines can be waited for with a deadline; it ends with the ``with`` block."""

    def __init__(self, task: Task) -> None:
        command = [sys.executable, "-m", "benchmarks.worker", json.dumps(asdict(task))]
        self._errors: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._errors, text=True, env=_environment())
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._errors.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def next(self, deadline: float) -> dict[str, Any] | None:
        """The next event; None at the end; raises ``queue.Empty`` at the deadline."""
        line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
        return None if line is None else json.loads(line)

    def complaint(self) -> str | None:
        """How it broke down: its exit code and the last line that it wrote to standard error; None if it came to its end."""
        if self._process.wait() == 0:
            return None
        self._errors.seek(0)
        lines = [line for line in self._errors.read().splitlines() if any(map(str.isalpha, line))]
        return f"ended with {self._process.returncode}: {lines[-1][:300] if lines else 'no message'}"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def run(task: Task, size: str, patience: float, results: Results) -> None:
    """Ask an engine everything in the task; ``patience`` is how many seconds one sort of question may take, all in all."""
    left = list(task.questions)
    while left:
        asked = _run_once(replace(task, questions=left), size, patience, results)
        if asked is None:
            return
        left = left[left.index(asked) + 1 :]


def _run_once(task: Task, size: str, patience: float, results: Results) -> str | None:
    """Run one process; the question at which it had to be ended or broke down, None if it came to its end."""
    question, deadline = None, time.monotonic() + LOAD_SECONDS
    with _Process(task) as process:
        try:
            while (event := process.next(deadline)) is not None:
                if event["event"] == "begin":
                    question, deadline = event["question"], time.monotonic() + patience
                _take(event, task.engine, size, results)
            problem = process.complaint()
        except queue.Empty:
            problem = f"stopped after {patience if question else LOAD_SECONDS:.0f} s"
    if problem is None:
        return None
    if question is None:
        results.failures[size, task.engine] = problem
    else:
        results.cell(size, task.engine, question).note = problem
    return question


def _take(event: dict[str, Any], engine: str, size: str, results: Results) -> None:
    match event:
        case {"event": "loaded"}:
            results.loads.setdefault((size, engine), Load(event["seconds"], event["bytes"], event["arrays"]))
            results.versions.update(event["versions"])
            results.how[engine] = event["how"]
        case {"event": "begin", "question": question}:
            results.cell(size, engine, question)
        case {"event": "failed", "question": question, "message": message}:
            results.cell(size, engine, question).note = message
        case {"event": "answer", "question": question}:
            cell = results.cell(size, engine, question)
            cell.times.append(event["ms"])
            cell.answers.append(event["digest"])
            if event["wrong"]:
                cell.wrong.append(event["wrong"])
