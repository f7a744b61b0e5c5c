"""Intervals whose ends may be partly known, and what can be said of their overlap: surely, possibly, not.

The true start and end of an interval are two unknown days. What is written, and on which days it was seen to hold, confines each of
them to a range: four day numbers. Every question about overlap is a question about all, or some, of the pairs in those ranges.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, Self

from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, PartialDate, parse_date
from interlock.graph.errors import BadInput

_FORMS = "Write an interval as 2011/2014, 2011-06/.. (goes on), 2011/ (end unknown) or /2014 (start unknown)"


class Certainty(StrEnum):
    """Three-valued truth about time."""

    CERTAIN = "CERTAIN"
    POSSIBLE = "POSSIBLE"
    IMPOSSIBLE = "IMPOSSIBLE"


class Window(NamedTuple):
    """A span of days that a question is about, both ends included."""

    first: int
    last: int


class Bounds(NamedTuple):
    """The ranges in which the true start and the true end lie: day numbers, both included, tightened so that start ≤ end."""

    start_min: int
    start_max: int
    end_min: int
    end_max: int

    def overlap(self, window: Window) -> Certainty:
        """Did it hold at some time within the window: for every start and end that are possible, for some, or for none?"""
        if self.start_min > window.last or self.end_max < window.first:
            return Certainty.IMPOSSIBLE
        if self.start_max <= window.last and self.end_min >= window.first:
            return Certainty.CERTAIN
        return Certainty.POSSIBLE


@dataclass(frozen=True, slots=True)
class Interval:
    """Start and end as far as they are known, and the days on which it was seen to hold.

    ``start`` or ``end`` None is *unknown* unless ``starts_open`` / ``ends_open``: an open end is one of which a source says that it
    goes on. A single date (``2011``) has ``start == end``: all of it lies within that date. A start or end that was only announced is no
    evidence that it came true: what is certain begins and ends with observations then.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    starts_open: bool = False
    ends_open: bool = False
    observed: tuple[PartialDate, ...] = ()
    start_announced: bool = False
    end_announced: bool = False
    text: str = field(init=False)
    bounds: Bounds = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self._text())
        object.__setattr__(self, "bounds", self._bounds())

    def _text(self) -> str:
        if self.start is not None and self.start == self.end:
            return self.start.text
        if self.start is None and self.end is None and not (self.starts_open or self.ends_open):
            return ""
        first = self.start.text if self.start else ".." if self.starts_open else ""
        last = self.end.text if self.end else ".." if self.ends_open else ""
        return f"{first}/{last}"

    def _bounds(self) -> Bounds:
        start_min, start_max = (self.start.first, self.start.last) if self.start else (DISTANT_PAST, DISTANT_FUTURE)
        end_min, end_max = (self.end.first, self.end.last) if self.end else (DISTANT_PAST, DISTANT_FUTURE)
        start_max = DISTANT_PAST if self.starts_open else start_max
        end_min = DISTANT_FUTURE if self.ends_open else end_min
        start_max = DISTANT_FUTURE if self.start_announced else start_max
        end_min = DISTANT_PAST if self.end_announced else end_min
        if start_min > end_max:
            raise BadInput(f"{self.text!r} ends before it starts.")
        for seen in self.observed:
            if seen.last < start_min or seen.first > end_max:
                raise BadInput(f"it was observed on {seen}, outside {self.text!r}.")
            start_max, end_min = min(start_max, seen.last), max(end_min, seen.first)
        return Bounds(start_min, min(start_max, end_max), max(end_min, start_min), end_max)

    def observed_on(self, days: Iterable[PartialDate]) -> Self:
        """The same interval with these observations added."""
        merged = {day.text: day for day in (*self.observed, *days)}
        return replace(self, observed=tuple(sorted(merged.values(), key=lambda day: (day.first, day.text))))

    def announced_by(self, days: Sequence[PartialDate]) -> Self:
        """The same interval as told on these days: an uncertain start or end (``2024-02?``) after all of them was only announced."""
        latest = max((day.last for day in days), default=DISTANT_FUTURE)
        start, end = ((date is not None and date.text[-1] in "?%" and date.last > latest) for date in (self.start, self.end))
        if (start, end) == (self.start_announced, self.end_announced):
            return self
        return replace(self, start_announced=start, end_announced=end)

    def lasting(self) -> Self:
        """What holds from its date on: the same start, and an end that is open unless one is given."""
        if self.end is not None and self.end != self.start:
            return self
        return replace(self, end=None, ends_open=True)

    def within(self, whole: Interval) -> Self:
        """Take over from ``whole`` the ends that this one lacks (a party's role lasts as long as its case)."""
        start_missing = self.start is None and not self.starts_open
        end_missing = self.end is None and not self.ends_open
        changed = replace(
            self,
            start=whole.start if start_missing else self.start,
            starts_open=whole.starts_open if start_missing else self.starts_open,
            end=whole.end if end_missing else self.end,
            ends_open=whole.ends_open if end_missing else self.ends_open,
        )
        return changed

    def overlap(self, window: Window) -> Certainty:
        """Did it hold at some time within the window?"""
        return self.bounds.overlap(window)


UNKNOWN = Interval()
"""Nothing is known of start or end."""


def parse_interval(text: str) -> Interval:
    """Read an EDTF level 1 interval or single date, or raise ``BadInput`` that names the value and the way out."""
    first, slash, last = text.partition("/")
    if not slash:
        day = parse_date(text)
        return Interval(day, day)
    if "/" in last or text == "/":
        raise BadInput(f"{text!r} is not an interval. {_FORMS}.")
    return Interval(
        start=parse_date(first) if first not in ("", "..") else None,
        end=parse_date(last) if last not in ("", "..") else None,
        starts_open=first == "..",
        ends_open=last == "..",
    )


def parse_window(text: str) -> Window:
    """The days that a question's date or interval covers; an end that is left out is no limit."""
    interval = parse_interval(text)
    first = interval.start.first if interval.start else DISTANT_PAST
    last = interval.end.last if interval.end else DISTANT_FUTURE
    return Window(first, last)
