"""When things of a big file held: every distinct date is read once, everything else is done by numbers (see ``graph.kernels.times``)."""

from __future__ import annotations

from typing import Final

import numpy as np

from interlock.graph.bulk_sort import DURING, OBSERVED, Sorted
from interlock.graph.bulk_terms import Terms
from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.heap import Numbers
from interlock.graph.intervals import Interval, parse_interval
from interlock.graph.jit import bulk
from interlock.graph.kernels.times import BAD, NONE, ODD, OPEN
from interlock.graph.packing import Writer

_UNCERTAIN: Final = ("?", "%")


class Spans:
    """Intervals as pairs of numbers of dates, int32 (…, 2): start and end, or NONE, OPEN, BAD.

    ``held``, ``seen``, ``bounds`` int32 (…, 4) and ``latest`` are of what ``work_out`` was given.
    """

    def __init__(self, found: Sorted) -> None:
        self._found = found
        self._dates: list[PartialDate | None] = []  # None is what is no date
        self._numbers: dict[str, int] = {}
        self._place: Numbers = np.full(len(found.quads.terms) + 1, -1, np.int32)  # of the term -1 too
        self._stated: Numbers = np.full((1, 2), NONE, np.int32)
        self._texts = _distinct(found, DURING)
        self._read(self._texts)
        days = _distinct(found, OBSERVED)
        self._day: Numbers = np.full(len(self._place), BAD, np.int32)
        self._day[days] = [self._number(found.text(term)) for term in days.tolist()]
        self._day[-1] = NONE

    def stated(self, terms: Numbers) -> Numbers:
        """The intervals that plain strings say; NONE of what isn't there (-1)."""
        pairs: Numbers = self._stated[self._place[terms]]
        return pairs

    def numbers_of(self, interval: Interval) -> tuple[int, int]:
        """Start and end of an interval as numbers."""
        start = self._add(interval.start) if interval.start else OPEN if interval.starts_open else NONE
        return start, self._add(interval.end) if interval.end else OPEN if interval.ends_open else NONE

    def work_out(self, stated: Numbers, whole: Numbers, seen: Numbers, manner: Numbers) -> None:
        """When things held: from strings, wholes (pairs; BAD for none), observations (strings), and what ``kernels.times`` calls manner."""
        count = len(seen)
        self.seen = self._day[seen]
        self.held, self.bounds, self.latest = np.empty((count, 2), np.int32), np.zeros((count, 4), np.int32), np.zeros(count, np.int32)
        first, last, doubtful = self._days()
        bulk().hold(self.stated(stated), whole, self.seen, manner, first, last, doubtful, self.held, self.bounds, self.latest)
        self.held[self.seen == BAD] = BAD

    def keep(self, chosen: Numbers) -> None:
        """Forget what was worked out of all but these."""
        self.held, self.seen, self.bounds, self.latest = (each[chosen] for each in (self.held, self.seen, self.bounds, self.latest))

    def day(self, terms: Numbers) -> Numbers:
        """The date that each of these strings says; NONE of what isn't there (-1)."""
        days: Numbers = self._day[terms]
        return days

    def written(self, writer: Writer, *dates: Numbers) -> Numbers:
        """The writer's term of every date, as far as it is among these numbers."""
        terms = np.zeros(len(self._dates) + 1, np.int32)
        used = np.zeros(len(self._dates) + 1, np.bool_)
        for each in dates:
            used[np.maximum(each, -1)] = True
        for number in np.flatnonzero(used[:-1]).tolist():
            date = self._dates[number]
            assert date is not None
            terms[number] = writer.term_number(date.text)
        return terms

    def terms_of(self, writer: Writer, terms: Numbers) -> Numbers:
        """The writer's term of each of these strings that say intervals; -1 of what isn't there (-1)."""
        places = self._place[terms]
        numbers = np.full(len(self._texts) + 1, -1, np.int32)
        used = np.zeros(len(numbers), np.bool_)
        used[places] = True
        for place in np.flatnonzero(used[:-1]).tolist():
            numbers[place] = writer.term_number(self._found.text(int(self._texts[place])))
        stated: Numbers = numbers[places]
        return stated

    def _read(self, terms: Numbers) -> None:
        """Read the strings that are said to be intervals."""
        pairs, dates, texts = np.full((len(terms) + 1, 2), NONE, np.int32), Terms(), self._found.quads.terms
        dates.make_room(2 * len(terms), int((texts.at[terms + 1] - texts.at[terms]).sum()))
        bulk().split(
            terms, texts.heap, texts.at, pairs[:, 0], pairs[:, 1], dates.table, dates.hashes, dates.heap, dates.at, dates.state
        )  # fmt: skip
        no_date = np.array([*(self._number(dates.text(number)) == BAD for number in range(len(dates))), False])
        pairs[no_date[np.maximum(pairs, -1)]] = BAD
        for place in np.flatnonzero(pairs[:, 0] == ODD).tolist():
            try:
                pairs[place] = self.numbers_of(parse_interval(self._found.text(int(terms[place]))))
            except BadInput:
                pairs[place] = BAD
        first, last, _ = self._days()
        start, end = pairs.T
        backward = (start >= 0) & (end >= 0) & (first[np.maximum(start, -1)] > last[np.maximum(end, -1)])
        pairs[backward | (start == BAD) | (end == BAD)] = BAD
        self._place[terms] = np.arange(len(terms), dtype=np.int32)
        self._stated = pairs

    def _number(self, text: str) -> int:
        """The number of what is written as a date; BAD if it is none."""
        if text not in self._numbers:
            self._numbers[text] = len(self._dates)
            try:
                self._dates.append(parse_date(text))
            except BadInput:
                self._dates.append(None)
        number = self._numbers[text]
        return BAD if self._dates[number] is None else number

    def _add(self, date: PartialDate) -> int:
        return self._number(date.text)

    def _days(self) -> tuple[Numbers, Numbers, Numbers]:
        """First and last day of every date, and whether it is uncertain; with one place more."""
        dates = [*self._dates, None]
        first, last = (np.array([getattr(date, end) if date else 0 for date in dates], np.int64) for end in ("first", "last"))
        return first, last, np.array([date is not None and date.text.endswith(_UNCERTAIN) for date in dates], np.bool_)


def _distinct(found: Sorted, slot: int) -> Numbers:
    """The plain strings that are values of this slot."""
    there = np.zeros(len(found.quads.terms) + 1, np.bool_)
    there[found.values[slot]] = True
    terms = np.flatnonzero(there[:-1])
    texts: Numbers = terms[found.is_text(terms)]
    return texts
