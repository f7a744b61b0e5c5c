"""Runs an engine in a process of its own, and ends it when it takes too long; what it had not come to is asked of a new one."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, replace
from typing import IO, Any

from benchmarks.results import Load, Results
from benchmarks.worker import Task

LOAD_SECONDS = 900.0


class _Process:
    """A worker whose lines can be waited for with a deadline."""

    def __init__(self, task: Task) -> None:
        self.errors: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115
        command = [sys.executable, "-m", "benchmarks.worker", json.dumps(asdict(task))]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def next(self, deadline: float) -> dict[str, Any] | None:
        """The next event; None at the end; raises ``queue.Empty`` at the deadline."""
        line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
        return None if line is None else json.loads(line)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()

    def complaint(self) -> str:
        """How it ended, and the last line that it wrote to standard error."""
        self._process.wait()
        self.errors.seek(0)
        lines = [line for line in self.errors.read().splitlines() if any(map(str.isalpha, line))]
        return f"ended with {self._process.returncode}: {lines[-1][:300] if lines else 'no message'}"


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
    process, question = _Process(task), None
    deadline = time.monotonic() + LOAD_SECONDS
    try:
        while (event := process.next(deadline)) is not None:
            if event["event"] == "begin":
                question, deadline = event["question"], time.monotonic() + patience
            _take(event, task.engine, size, results)
    except queue.Empty:
        process.end()
        problem = f"stopped after {patience if question else LOAD_SECONDS:.0f} s"
    else:
        problem = process.complaint()
        if problem.startswith("ended with 0"):
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
