"""What was measured: times, answers, memory. And whether the engines agree."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.peers import REFERENCE


@dataclass
class Cell:
    """One engine's answers to one question on one size: milliseconds and digests, in the order of asking."""

    times: list[float] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    note: str | None = None
    """Why there are fewer answers than were to be had."""

    @property
    def median(self) -> float | None:
        return float(np.median(self.times)) if self.times and not self.wrong else None

    @property
    def p99(self) -> float | None:
        return float(np.percentile(self.times, 99, method="higher")) if self.times and not self.wrong else None


@dataclass(frozen=True)
class Load:
    """Seconds that loading took, bytes that the process grew by, and bytes of the arrays that are searched, if known."""

    seconds: float
    bytes: int | None
    arrays: int | None


@dataclass(frozen=True)
class Build:
    """Seconds and bytes that it took to make a snapshot of so many quads; what Oxigraph and rdflib take to parse them, the latter from a
    sample if not 0; seconds from there to the first answer, and bytes that a process has of its own once it has answered many questions.
    """

    quads: int
    seconds: float
    bytes: float
    parse_seconds: float
    rdflib_seconds: float
    sample: int
    first_answer: float
    worker: int


@dataclass
class Results:
    """By size and engine (and question)."""

    cells: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    loads: dict[tuple[str, str], Load] = field(default_factory=dict)
    builds: dict[str, Build] = field(default_factory=dict)
    late: float | None = None
    """Seconds after its deadline at which the worst case ended."""
    failures: dict[tuple[str, str], str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    how: dict[str, dict[str, str]] = field(default_factory=dict)

    def cell(self, size: str, engine: str, question: str) -> Cell:
        return self.cells.setdefault((size, engine, question), Cell())

    def median(self, size: str, engine: str, question: str) -> float | None:
        found = self.cells.get((size, engine, question))
        return found.median if found else None

    def is_wrong(self, size: str, engine: str, question: str) -> bool:
        found = self.cells.get((size, engine, question))
        return bool(found and found.wrong)

    def compare(self, size: str) -> None:
        """Mark as wrong what differs from the reference; where that has no answer, from what more than half of the others say.

        Where there is no such majority, nobody is known to be right.
        """
        for question in dict.fromkeys(question for at, _, question in self.cells if at == size):
            engines = {engine: cell for (at, engine, asked), cell in self.cells.items() if (at, asked) == (size, question)}
            for place in range(max(len(cell.answers) for cell in engines.values())):
                said = {engine: json.dumps(cell.answers[place]) for engine, cell in engines.items() if place < len(cell.answers)}
                most, times = Counter(said.values()).most_common(1)[0]
                right = said.get(REFERENCE, most if 2 * times > len(said) else "something that none of the others says")
                for engine, answer in said.items():
                    if answer != right:
                        engines[engine].wrong.append(f"question {place}: {answer}, where {right} is right")
