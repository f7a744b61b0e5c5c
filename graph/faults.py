"""Faults in the data: counted by kind, and the first of each kept, so that any number of them takes little memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST: Final = 1_000
"""How many faults are told one by one; all are counted."""
MOST_KINDS: Final = 100
OTHER: Final = "is amiss in some other way"
"""The kind of all faults that are of none of the first ``MOST_KINDS`` kinds."""
_VALUE: Final = re.compile(
    r"""(?<!\w)'(?:[^'\\]|\\.)*'(?!\w)|"(?:[^"\\]|\\.)*"|<[^>]*>|\([^)]*\)|https?://[^\s,]+|\b\d+\b"""
    r"""|\b(?:entity|claim|source|relationship|rel|role)[:/][^\s,;]+"""
)
_HINT: Final = re.compile(r"[.;](?: |$)")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the data: where it is, and what to do about it."""

    file: str
    line: int
    subject: str
    message: str

    @property
    def kind(self) -> str:
        return kind_of(self.message)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.subject, self.message) if part)


def kind_of(message: str) -> str:
    """What is wrong, without the values that it is about and without the way out."""
    return _HINT.split(_VALUE.sub("…", message), maxsplit=1)[0]


class Tally:
    """Faults as they are found; ``counts`` are of all of them by kind, in the order in which the kinds were first met."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.counts: dict[str, int] = {}
        self._kept: dict[str, list[Problem]] = {}
        for problem in problems:
            if self.count_in(problem.message):
                self.keep(problem)

    def __len__(self) -> int:
        return sum(self.counts.values())

    def count_in(self, message: str) -> bool:
        """Count one more fault; whether it is to be kept too."""
        kind = self._known(kind_of(message))
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind] <= MOST

    def count_more(self, message: str, count: int) -> None:
        """Count many faults that aren't kept."""
        kind = self._known(kind_of(message))
        self.counts[kind] = self.counts.get(kind, 0) + count

    def keep(self, problem: Problem) -> None:
        """Keep a fault that was counted."""
        self._kept.setdefault(self._known(problem.kind), []).append(problem)

    def chosen(self, most: int = MOST) -> list[Problem]:
        """At most so many faults, in the order of files: some of every kind, and as many of the frequent kinds as there is room for."""
        found: list[Problem] = []
        rarest_first = sorted(self._kept.values(), key=len)
        for left, problems in zip(range(len(rarest_first), 0, -1), rarest_first, strict=True):
            found += sorted(problems)[: (most - len(found)) // left]
        return sorted(found)

    def _known(self, kind: str) -> str:
        return kind if kind in self.counts or len(self.counts) < MOST_KINDS else OTHER


def left_out(counts: Mapping[str, int], told: Iterable[Problem]) -> dict[str, int]:
    """How many faults of each kind are not among those that are told, the most frequent first."""
    left = dict(counts)
    for problem in told:
        left[problem.kind if problem.kind in left else OTHER] -= 1
    return {kind: count for kind, count in sorted(left.items(), key=lambda each: -each[1]) if count}
