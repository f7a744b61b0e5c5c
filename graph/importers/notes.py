"""What an import read, took and left out: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_KEPT: Final = 10
"""How many examples are told of records that are left out; of all else one."""


@dataclass(slots=True)
class Count:
    """How often something was met, and where at first."""

    number: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: object) -> None:
        self.number += 1
        if len(self.examples) < _KEPT and (text := _short(example)) not in self.examples:
            self.examples.append(text)


@dataclass
class Notes:
    """Records read and taken; those that were left out, by why; and what was left out of, or remarked on in, those that were taken."""

    read: int = 0
    taken: int = 0
    left_out: dict[str, Count] = field(default_factory=dict)
    parts: dict[str, Count] = field(default_factory=dict)
    remarks: dict[str, Count] = field(default_factory=dict)

    def leave(self, why: str, example: object) -> None:
        """A whole record is left out."""
        self.left_out.setdefault(why, Count()).add(example)

    def leave_part(self, what: str, example: object) -> None:
        """A part of a record that is taken is left out."""
        self.parts.setdefault(what, Count()).add(example)

    def remark(self, what: str, example: object) -> None:
        """Something is taken otherwise than it was written."""
        self.remarks.setdefault(what, Count()).add(example)

    def lines(self) -> Iterator[str]:
        """All of it in words."""
        left = sum(count.number for count in self.left_out.values())
        yield f"Read {self.read:,} record{'s' if self.read != 1 else ''}: {self.taken:,} taken, {left:,} left out."
        for title, counts in (("Left out", self.left_out), ("Not taken over", self.parts), ("Note", self.remarks)):
            for what, count in sorted(counts.items(), key=lambda item: (-item[1].number, item[0])):
                told = count.examples if counts is self.left_out else count.examples[:1]
                some = "such as " if count.number > len(told) else ""
                yield f"{title}: {count.number:,} × {what} ({some}{', '.join(told)})"


def _short(example: object) -> str:
    text = " ".join(str(example).split())
    return text if len(text) <= 80 else f"{text[:77]}…"
