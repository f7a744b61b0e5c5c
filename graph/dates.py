"""Dates as far as they are known: EDTF level 1, kept as written, with the range of days that each can mean.

A day is an ``int``, counted from 1970-01-01 (proleptic Gregorian calendar, so that years before 1582 and below 1 work too).
Source of the format: Library of Congress, Extended Date/Time Format (EDTF) Specification, level 1 (ISO 8601-2:2019).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from interlock.graph.errors import BadInput

DISTANT_PAST: Final = -(2**31)
"""Stands for minus infinity among day numbers; fits a 32-bit integer."""
DISTANT_FUTURE: Final = 2**31 - 1
"""Stands for plus infinity among day numbers."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_FORMS: Final = "Write it as 2011, 2011-06 or 2011-06-22; add ~ for about, ? for uncertain"
_DATE: Final = re.compile(
    r"(?P<year>-?\d{4}|Y-?\d{5,7}|-?\d{3}X|-?\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<qualifier>[?~%]?)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of year, month or day precision; ``first`` and ``last`` are the days between which it lies.

    A qualified date (``~`` about, ``?`` uncertain, ``%`` both) may be off by one unit of its own precision: ``2011~`` lies in 2010–2012,
    ``2011-06?`` in May–July 2011. A season may be of either hemisphere, so it lies anywhere in its year (winter: from the December
    before to the February after).
    """

    text: str
    first: int = field(compare=False)
    last: int = field(compare=False)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> PartialDate:
    """Read one EDTF level 1 date, or raise ``BadInput`` that names the value and the way out."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise BadInput(f"{text!r} is not a date. {_FORMS}.")
    lows, highs = _years(match["year"])
    try:
        first, last = _span(lows, highs, match["month"], match["day"], slack=1 if match["qualifier"] else 0)
    except ValueError as error:
        raise BadInput(f"{text!r} is not a date: {error}. {_FORMS}.") from None
    return PartialDate(text, first, last)


def today() -> PartialDate:
    """The current day in UTC, so that every machine gives the same answer at the same moment."""
    return parse_date(datetime.now(UTC).date().isoformat())


def iso_day(day: int) -> str:
    """The ISO 8601 form of a day number, e.g. ``15147`` → ``2011-06-22``."""
    cycles, rest = divmod(day + _EPOCH - 1, _CYCLE_DAYS)
    inner = date.fromordinal(rest + 1)
    year = inner.year + cycles * _CYCLE_YEARS
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{inner.month:02}-{inner.day:02}"


def _years(text: str) -> tuple[int, int]:
    digits = text.removeprefix("Y")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return min(low, high), max(low, high)


def _span(low: int, high: int, month: str | None, day: str | None, slack: int) -> tuple[int, int]:
    """First and last day of what is written, widened by ``slack`` units of its precision."""
    if month is None or (month == "XX" and day in (None, "XX")):
        return _day(low - slack, 1, 1), _day(high + slack, 12, 31)
    if month == "XX":
        raise ValueError("a day needs its month")
    if low != high:
        raise ValueError("a month needs a full year")
    number = int(month)
    if 21 <= number <= 24 and day is None:
        return _season(low, number, slack)
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {month}")
    if day is None or day == "XX":
        start, end = low * 12 + number - 1 - slack, low * 12 + number - 1 + slack
        return _day(start // 12, start % 12 + 1, 1), _day(end // 12, end % 12 + 1, _days_in(end // 12, end % 12 + 1))
    if not 1 <= int(day) <= _days_in(low, number):
        raise ValueError(f"{low:04}-{month} has no day {day}")
    exact = _day(low, number, int(day))
    return exact - slack, exact + slack


def _season(year: int, number: int, slack: int) -> tuple[int, int]:
    if number == 24:
        return _day(year - 1, 12, 1) - 92 * slack, _day(year + 1, 2, _days_in(year + 1, 2)) + 92 * slack
    return _day(year, 1, 1) - 92 * slack, _day(year, 12, 31) + 92 * slack


def _day(year: int, month: int, day: int) -> int:
    """Day number of a calendar day; whole 400-year cycles are folded away because ``datetime`` knows the years 1–9999 only."""
    cycles, inner = divmod(year - 1, _CYCLE_YEARS)
    return date(inner + 1, month, day).toordinal() - _EPOCH + cycles * _CYCLE_DAYS


def _days_in(year: int, month: int) -> int:
    return monthrange((year - 1) % _CYCLE_YEARS + 1, month)[1]
