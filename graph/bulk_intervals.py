"""When things of a big file held: every distinct combination of what is stated, seen and taken over from a whole is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from interlock.graph.bulk_sort import Sorted
from interlock.graph.codec import HELD, STATED
from interlock.graph.convert_ties import Manner, held
from interlock.graph.dates import DISTANT_PAST, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.heap import Numbers
from interlock.graph.intervals import UNKNOWN, Interval
from interlock.graph.packing import Writer

_LARGEST: Final = 2**62


class Spans:
    """Intervals by number. ``bounds`` int32 (…, 4) and ``latest`` are of those that ``work_out`` has found; None is what can't be."""

    def __init__(self, found: Sorted) -> None:
        self._found = found
        self._stated: dict[int, Interval | None] = {-1: None}
        self._wholes: list[Interval] = []
        self._numbers: dict[Interval, int] = {}
        self.intervals: list[Interval | None] = []
        self._sights: Numbers = np.array([-1])

    def stated(self, term: int) -> Interval | None:
        """The interval that a string says. Raises ``BadInput``."""
        if term not in self._stated:
            from interlock.graph.intervals import parse_interval

            self._stated[term] = parse_interval(self._found.text(term))
        return self._stated[term]

    def whole(self, interval: Interval | None) -> int:
        """The number of an interval that others may take over; -1 for none."""
        if interval is None:
            return -1
        if interval not in self._numbers:
            self._numbers[interval] = len(self._wholes)
            self._wholes.append(interval)
        return self._numbers[interval]

    def work_out(self, stated: Numbers, whole: Numbers, seen: Numbers, manner: Numbers) -> Numbers:
        """The number of the interval of each relationship: from a string, a whole, an observation, and 1, 2, 4 for each of its manner."""
        keys, which = _distinct(stated, whole, seen, manner)
        self.intervals = [self._held(*key) for key in keys.T.tolist()]
        self._of = keys[0].tolist()
        self.bounds = np.array([each.bounds if each else (0, 0, 0, 0) for each in self.intervals], np.int32).reshape(-1, 4)
        self.latest = np.array([_latest(each) if each else DISTANT_PAST for each in self.intervals], np.int64)
        self.possible = np.array([each is not None for each in self.intervals], np.bool_)
        self._sights = np.unique(np.append(seen, -1))
        return which

    def sight_of(self, seen: Numbers) -> Numbers:
        """The place among the distinct observations of each of these."""
        return np.searchsorted(self._sights, seen)

    def written(self, writer: Writer) -> Iterator[tuple[int, bytes]]:
        """Each interval, and the string that it was made of, as bytes; and which of the two are there."""
        for interval, stated in zip(self.intervals, self._of, strict=True):
            held = _written(writer, interval or UNKNOWN)
            if stated >= 0:
                writer.term(self._found.text(stated))
            yield (HELD if held else 0) | (STATED if stated >= 0 else 0), held + bytes(writer.out)
            writer.out.clear()

    def sights_written(self, writer: Writer) -> Iterator[bytes]:
        """What each distinct observation makes of a claim's interval, likewise."""
        for term in self._sights.tolist():
            yield _written(writer, UNKNOWN.observed_on([parse_date(self._found.text(term))]) if term >= 0 else UNKNOWN)

    def _held(self, stated: int, whole: int, seen: int, manner: int) -> Interval | None:
        try:
            days = [parse_date(self._found.text(seen))] if seen >= 0 else []
            manners = Manner(bool(manner & 1), bool(manner & 2), bool(manner & 4))
            made = held(self.stated(stated), self._wholes[whole] if whole >= 0 else None, days, manners, _plainly)
        except BadInput:
            return None
        uncertain = any(day is not None and day.text[-1] in "?%" for day in (made.start, made.end))
        return None if uncertain else made  # whether it was only announced depends on more


def _plainly(make: Callable[[], Interval]) -> Interval:
    return make()


def _latest(interval: Interval) -> int:
    days: tuple[Any, ...] = (interval.start, interval.end, *interval.observed)
    return max((day.first for day in days if day is not None), default=DISTANT_PAST)


def _written(writer: Writer, interval: Interval) -> bytes:
    if interval == UNKNOWN:
        return b""
    writer.interval(interval)
    made = bytes(writer.out)
    writer.out.clear()
    return made


def _distinct(*columns: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct combinations of these columns' numbers, and which each row has."""
    key = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        there = np.zeros(int(column.max(initial=-1)) + 2, np.bool_)
        there[column + 1] = True
        place = np.cumsum(there) - 1
        if (int(key.max(initial=0)) + 1) * (int(place[-1]) + 1) > _LARGEST:
            key = np.unique(key, return_inverse=True)[1]
        key = key * (int(place[-1]) + 1) + place[column + 1]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return np.stack([column[first] for column in columns]), which
