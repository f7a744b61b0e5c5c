from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from interlock.graph.convert_ties import Manner, held
from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput
from interlock.graph.intervals import Interval, parse_interval
from interlock.graph.jit import bulk
from interlock.graph.kernels.times import BAD, NONE, OPEN

DAYS = ["2009", "2010", "2010-06", "2010-06-15", "2010-12-31", "2011~", "2011?", "2011-01%", "201X", "-0044", "2010-22", "2012-XX"]
DATES = [parse_date(day) for day in DAYS]
TEXTS = st.one_of(
    st.sampled_from(DAYS), st.tuples(*[st.sampled_from([*DAYS, "", ".."])] * 2).map("/".join).filter(lambda text: text != "/")
)


def numbers(interval: Interval) -> tuple[int, int]:
    start = DATES.index(interval.start) if interval.start else OPEN if interval.starts_open else NONE
    return start, DATES.index(interval.end) if interval.end else OPEN if interval.ends_open else NONE


def at_once(make: Any) -> Any:
    return make()


def interval_of(text: str | None) -> Interval | None:
    return None if text is None else parse_interval(text)


@given(st.none() | TEXTS, st.none() | TEXTS, st.none() | st.sampled_from(DAYS), st.tuples(st.booleans(), st.booleans(), st.booleans()))
@settings(max_examples=3000, deadline=None)
def test_what_held_is_worked_out_as_for_any_other(
    stated: str | None, whole: str | None, seen: str | None, manner: tuple[bool, bool, bool]
) -> None:
    try:
        ends = [numbers(interval_of(stated) or Interval())], [numbers(interval) if (interval := interval_of(whole)) else (BAD, BAD)]
    except BadInput:
        return
    first, last = (np.array([getattr(date, end) for date in DATES], np.int64) for end in ("first", "last"))
    doubtful = np.array([day.endswith(("?", "%")) for day in DAYS])
    found, bounds, latest = np.empty((1, 2), np.int32), np.zeros((1, 4), np.int32), np.zeros(1, np.int32)
    day = np.array([DAYS.index(seen) if seen else NONE], np.int32)
    bits = np.array([sum(bit << place for place, bit in enumerate(manner))], np.int8)
    bulk().hold(*(np.array(each, np.int32) for each in ends), day, bits, first, last, doubtful, found, bounds, latest)
    try:
        expected = held(interval_of(stated), interval_of(whole), [parse_date(seen)] if seen else [], Manner(*manner), at_once)
    except BadInput:
        assert found.tolist() == [[BAD, BAD]]
        return
    if any(day is not None and day.text[-1] in "?%" for day in (expected.start, expected.end)):
        assert found.tolist() == [[BAD, BAD]]  # left to what knows when it was told
        return
    days = [day.first for day in (expected.start, expected.end, *expected.observed) if day]
    assert found.tolist() == [list(numbers(expected))]
    assert tuple(bounds[0].tolist()) == expected.bounds
    assert latest.tolist() == [max(days, default=-(2**31))]
