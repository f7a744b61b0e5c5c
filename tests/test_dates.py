from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.dates import iso_day, parse_date
from interlock.graph.errors import BadInput

SPANS = {
    "2011": ("2011-01-01", "2011-12-31"),
    "2011-06": ("2011-06-01", "2011-06-30"),
    "2012-02": ("2012-02-01", "2012-02-29"),
    "2011-06-22": ("2011-06-22", "2011-06-22"),
    "2011~": ("2010-01-01", "2012-12-31"),
    "2011?": ("2010-01-01", "2012-12-31"),
    "2011%": ("2010-01-01", "2012-12-31"),
    "2011-01~": ("2010-12-01", "2011-02-28"),
    "2011-06-22~": ("2011-06-21", "2011-06-23"),
    "201X": ("2010-01-01", "2019-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "2011-XX": ("2011-01-01", "2011-12-31"),
    "2011-06-XX": ("2011-06-01", "2011-06-30"),
    "2011-XX-XX": ("2011-01-01", "2011-12-31"),
    "2011-21": ("2011-01-01", "2011-12-31"),
    "2011-24": ("2010-12-01", "2012-02-29"),
}

NO_DATES = {
    "2011-13": "no month 13",
    "2011-00": "no month 00",
    "2011-02-30": "no day 30",
    "2011-6": "is not a date",
    "11": "is not a date",
    "": "is not a date",
    "June 2011": "is not a date",
    "2011/2012": "is not a date",
    "2011-06-22T10:00:00": "is not a date",
    "201X-06": "a month needs a full year",
    "2011-XX-05": "a day needs its month",
    "٢٠١١": "is not a date",
}


@pytest.mark.parametrize("text", SPANS)
def test_date_spans_the_days_that_it_can_mean(text: str) -> None:
    parsed = parse_date(text)
    assert (iso_day(parsed.first), iso_day(parsed.last)) == SPANS[text]
    assert str(parsed) == text


@pytest.mark.parametrize("text", NO_DATES)
def test_date_that_is_none_is_refused_with_its_value_and_the_way_out(text: str) -> None:
    with pytest.raises(BadInput) as raised:
        parse_date(text)
    assert repr(text) in str(raised.value)
    assert NO_DATES[text] in str(raised.value)
    assert "2011-06-22" in str(raised.value)


@given(st.dates())
def test_date_of_a_day_is_that_day(day: date) -> None:
    parsed = parse_date(day.isoformat())
    assert parsed.first == parsed.last == (day - date(1970, 1, 1)).days
    assert iso_day(parsed.first) == day.isoformat()


@given(st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31)))
def test_date_of_a_month_ends_the_day_before_the_next(day: date) -> None:
    month = parse_date(f"{day.year:04}-{day.month:02}")
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    assert iso_day(month.last) == (following - timedelta(days=1)).isoformat()


@given(st.integers(-9999, -1), st.integers(0, 3))
def test_date_before_the_common_era_keeps_order_and_length(year: int, step: int) -> None:
    earlier, later = parse_date(f"{year:05}"), parse_date(f"{year + 1:05}" if year < -1 else "0000")
    assert earlier.last + 1 == later.first
    assert earlier.last - earlier.first in (364, 365)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from("~?%"))
def test_date_that_is_qualified_spans_more_than_the_plain_one(day: date, qualifier: str) -> None:
    for text in (f"{day.year:04}", day.isoformat()[:7], day.isoformat()):
        plain, qualified = parse_date(text), parse_date(text + qualifier)
        assert qualified.first < plain.first <= plain.last < qualified.last


def test_date_of_a_long_year_is_read() -> None:
    assert iso_day(parse_date("Y12345").first) == "12345-01-01"
