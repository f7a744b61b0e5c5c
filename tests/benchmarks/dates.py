"""Columns of partial dates: when generated relationships held, as the numbers of a search and as EDTF text."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST

Ints = npt.NDArray[np.int32]

FIRST_YEAR, LAST_YEAR = 1985, 2026
NONE, OPEN = -1, -2
"""In place of the number of a date: nothing is said; a source says that it goes on."""
_EARLIEST, _LATEST = (int(np.datetime64(day, "D").astype(int)) for day in ("1988-01-01", "2025-12-31"))
_MEAN_DAYS = 365 * 6


class Calendar(NamedTuple):
    """Every date of year, month and day precision, numbered: its first and last day, and its text."""

    first: Ints
    last: Ints
    text: list[str]
    months: int
    days: int

    def at(self, day: Ints, precision: Ints) -> Ints:
        """The number of the date that contains each day, with a precision of 0 (year), 1 (month) or 2 (day)."""
        dates = day.astype("datetime64[D]")
        year = dates.astype("datetime64[Y]").astype(np.int32) + 1970 - FIRST_YEAR
        month = dates.astype("datetime64[M]").astype(np.int32) - 12 * (FIRST_YEAR - 1970)
        return np.choose(precision, (year, self.months + month, self.days + day - self.first[0])).astype(np.int32)


@cache
def calendar() -> Calendar:
    """The dates of the generated data."""
    first, last, text, offsets = [], [], [], []
    for unit in ("Y", "M", "D"):
        dates = np.arange(np.datetime64(f"{FIRST_YEAR}-01-01", unit), np.datetime64(f"{LAST_YEAR + 1}-01-01", unit))
        offsets.append(sum(map(len, first)))
        first.append(dates.astype("datetime64[D]").astype(np.int32))
        last.append((dates + 1).astype("datetime64[D]").astype(np.int32) - 1)
        text += np.datetime_as_string(dates).tolist()
    return Calendar(np.concatenate(first), np.concatenate(last), text, offsets[1], offsets[2])


@dataclass(frozen=True)
class Times:
    """When each thing held, in numbers of dates of the calendar; ``end`` may be OPEN, and anything may be NONE."""

    start: Ints
    end: Ints
    observed: Ints

    def take(self, places: Ints) -> Times:
        return Times(*(getattr(self, each.name)[places] for each in fields(self)))

    def put(self, mask: npt.NDArray[np.bool_], other: Times) -> None:
        """Write over what the mask marks."""
        for each in fields(self):
            getattr(self, each.name)[mask] = getattr(other, each.name)

    def bounds(self) -> Ints:
        """Earliest and latest start, earliest and latest end, in days: shape (m, 4). The rule is that of ``interlock.graph.intervals``."""
        dates = calendar()
        start_min = np.where(self.start >= 0, dates.first[self.start], DISTANT_PAST)
        start_max = np.where(self.start >= 0, dates.last[self.start], DISTANT_FUTURE)
        end_min = np.where(self.end >= 0, dates.first[self.end], np.where(self.end == OPEN, DISTANT_FUTURE, DISTANT_PAST))
        end_max = np.where(self.end >= 0, dates.last[self.end], DISTANT_FUTURE)
        seen = self.observed >= 0
        start_max = np.where(seen, np.minimum(start_max, dates.last[self.observed]), start_max)
        end_min = np.where(seen, np.maximum(end_min, dates.first[self.observed]), end_min)
        columns = (start_min, np.minimum(start_max, end_max), np.maximum(end_min, start_min), end_max)
        return np.stack(columns, axis=1).astype(np.int32)

    def texts(self) -> list[str | None]:
        """Each as an EDTF interval, None where nothing is known."""
        names = [*calendar().text, "..", ""]  # what OPEN and NONE find when counted from the end
        pairs = zip(self.start.tolist(), self.end.tolist(), strict=True)
        return [None if start == end == NONE else names[start] if start == end else f"{names[start]}/{names[end]}" for start, end in pairs]


def draw_times(count: int, random: np.random.Generator, observed: bool) -> Times:
    """Random times: most with both ends, others going on, with unknown ends, or known from observations alone (if ``observed``)."""
    start = (_EARLIEST + (_LATEST - _EARLIEST) * random.beta(2.2, 1.2, count)).astype(np.int32)
    end = (start + random.exponential(_MEAN_DAYS, count)).astype(np.int32)
    over = end <= _LATEST
    seen = (start + (np.minimum(end, _LATEST) - start) * random.random(count)).astype(np.int32)
    dates = calendar()
    starts = dates.at(start, _precision(count, random))
    ends = np.where(over, dates.at(np.minimum(end, _LATEST), _precision(count, random)), NONE).astype(np.int32)
    sights = np.full(count, NONE, np.int32)
    chance = random.random(count)
    ends[over & (chance > 0.80)] = NONE
    starts[over & (chance > 0.94)] = NONE
    ends[over & (chance > 0.94) & (chance < 0.98)] = dates.at(end[over & (chance > 0.94) & (chance < 0.98)], np.int32(1))
    ends[~over & (chance < 0.40)] = OPEN
    if observed:
        sighted = (~over & (chance > 0.60)) | (random.random(count) < 0.06)
        sights[sighted] = dates.at(seen[sighted], np.int32(2))
        starts[~over & (chance > 0.88)] = NONE
    return Times(starts, ends, sights)


def single_dates(times: Times) -> Times:
    """The starts alone, of what holds from its date on; a date is given to what lacks one."""
    start = np.where(times.start >= 0, times.start, calendar().days - 1).astype(np.int32)
    return Times(start, np.full(len(start), OPEN, np.int32), np.full(len(start), NONE, np.int32))


def _precision(count: int, random: np.random.Generator) -> Ints:
    return random.choice(np.arange(3, dtype=np.int32), count, p=(0.35, 0.25, 0.40))
