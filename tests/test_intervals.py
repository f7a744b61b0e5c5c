from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.intervals import UNKNOWN, Certainty, Interval, Window, parse_interval, parse_window
from interlock.graph.together import held_together

CERTAIN, POSSIBLE, IMPOSSIBLE = Certainty.CERTAIN, Certainty.POSSIBLE, Certainty.IMPOSSIBLE

OVERLAPS = [
    ("2011", "2011", CERTAIN),
    ("2011", "2011-06", POSSIBLE),
    ("2011-06", "2011", CERTAIN),
    ("2011-06/2019-05-30", "2011", CERTAIN),
    ("2011-06/2019-05-30", "2011-06", CERTAIN),
    ("2011-06/2019-05-30", "2011-06-15", POSSIBLE),
    ("2011-06/2019-05-30", "2015", CERTAIN),
    ("2011-06/2019-05-30", "2019-05-30", CERTAIN),
    ("2011-06/2019-05-30", "2019-05-31", IMPOSSIBLE),
    ("2011-06/2019-05-30", "2024", IMPOSSIBLE),
    ("2020-02/", "2020-02", CERTAIN),
    ("2020-02/", "2020-03", POSSIBLE),
    ("2020-02/", "2019", IMPOSSIBLE),
    ("2020-02/..", "2050", CERTAIN),
    ("/2018-03-08", "2018-03-08", CERTAIN),
    ("/2018-03-08", "1999", POSSIBLE),
    ("../2018-03-08", "1999", CERTAIN),
    ("/2018-03-08", "2018-03-09", IMPOSSIBLE),
    ("2011~/2019", "2010", POSSIBLE),
    ("2011~/2019", "2012", CERTAIN),
    ("2011?/2019", "2011", POSSIBLE),
    ("2011~/2019", "2009", IMPOSSIBLE),
]


@pytest.mark.parametrize(("interval", "window", "expected"), OVERLAPS)
def test_overlap_is_told_in_three_values(interval: str, window: str, expected: Certainty) -> None:
    assert parse_interval(interval).overlap(parse_window(window)) is expected


def test_overlap_of_what_is_only_observed_is_certain_on_that_day_and_possible_ever_after() -> None:
    seen = UNKNOWN.observed_on([parse_date("2012-10-09")])
    assert seen.overlap(parse_window("2012-10-09")) is CERTAIN
    assert seen.overlap(parse_window("2012-10")) is CERTAIN
    assert seen.overlap(parse_window("2012-11")) is POSSIBLE
    assert seen.overlap(parse_window("2013")) is POSSIBLE
    assert seen.overlap(parse_window("2024")) is POSSIBLE


def test_overlap_is_certain_from_the_start_to_the_last_observation() -> None:
    seen = parse_interval("2010/").observed_on([parse_date("2014-06"), parse_date("2012")])
    assert [day.text for day in seen.observed] == ["2012", "2014-06"]
    assert seen.overlap(parse_window("2013")) is CERTAIN
    assert seen.overlap(parse_window("2014-05")) is CERTAIN
    assert seen.overlap(parse_window("2014-07")) is POSSIBLE
    assert seen.overlap(parse_window("2009")) is IMPOSSIBLE


@pytest.mark.parametrize("text", ["2011", "2011/2012", "2011/..", "2011/", "/2011", "../2011", "2011-06~/2012?"])
def test_interval_keeps_its_text(text: str) -> None:
    assert parse_interval(text).text == text


@pytest.mark.parametrize("text", ["/", "2011/2012/2013", "2011-13/2012", "2012/2011", "x", ""])
def test_interval_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_interval(text)


def test_interval_refuses_an_observation_outside_it() -> None:
    with pytest.raises(BadInput, match="observed on 2021"):
        parse_interval("2011/2019").observed_on([parse_date("2021")])


def test_interval_that_lasts_has_no_end() -> None:
    assert parse_interval("1997").lasting().text == "1997/.."
    assert parse_interval("1997/").lasting().overlap(parse_window("2050")) is CERTAIN
    assert parse_interval("1997/2001").lasting().text == "1997/2001"


def test_interval_of_a_part_takes_the_missing_ends_of_the_whole() -> None:
    case = parse_interval("2020-12-03/2025")
    assert UNKNOWN.within(case).text == "2020-12-03/2025"
    assert parse_interval("2021-01-13/").within(case).text == "2021-01-13/2025"
    assert parse_interval("2021/..").within(case).text == "2021/.."


# --- against brute force: every pair of days that the true start and end can be

DAYS = range(-1, 8)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    first = draw(st.integers(0, 4))
    last = draw(st.integers(first, min(first + 2, 4)))
    return PartialDate(f"{first}..{last}", first, last)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = draw(st.none() | dates()), draw(st.none() | dates())
    observed = tuple(draw(st.lists(dates(), max_size=2)))
    open_start, open_end = draw(st.booleans()) and start is None, draw(st.booleans()) and end is None
    try:
        return Interval(start, end, open_start, open_end, observed)
    except BadInput:
        assume(False)
        raise


def realisations(interval: Interval) -> list[tuple[int, int]]:
    """Every (start, end) that the interval can be, on a short calendar on which -1 and 7 stand for ever."""
    starts = (
        [DAYS[0]]
        if interval.starts_open
        else [d for d in DAYS if interval.start is None or interval.start.first <= d <= interval.start.last]
    )
    ends = [DAYS[-1]] if interval.ends_open else [d for d in DAYS if interval.end is None or interval.end.first <= d <= interval.end.last]
    return [
        (start, end)
        for start, end in product(starts, ends)
        if start <= end and all(any(start <= day <= end for day in range(seen.first, seen.last + 1)) for seen in interval.observed)
    ]


def verdict(outcomes: list[bool]) -> Certainty:
    return CERTAIN if all(outcomes) else POSSIBLE if any(outcomes) else IMPOSSIBLE


@given(intervals(), st.integers(0, 4), st.integers(0, 2))
def test_overlap_agrees_with_brute_force(interval: Interval, first: int, length: int) -> None:
    window = Window(first, first + length)
    real = realisations(interval)
    assume(real)
    assert interval.overlap(window) is verdict([start <= window.last and end >= window.first for start, end in real])


@given(st.lists(intervals(), min_size=1, max_size=3), st.none() | st.tuples(st.integers(0, 4), st.integers(0, 2)))
def test_held_together_agrees_with_brute_force(chosen: list[Interval], span: tuple[int, int] | None) -> None:
    worlds = [realisations(interval) for interval in chosen]
    assume(all(worlds))
    window = Window(span[0], span[0] + span[1]) if span else None
    limit = [(window.first, window.last)] if window else []
    outcomes = [max(s for s, _ in [*world, *limit]) <= min(e for _, e in [*world, *limit]) for world in product(*worlds)]
    assert held_together([[interval] for interval in chosen], window).certainty is verdict(outcomes)


@given(st.lists(st.lists(intervals(), min_size=1, max_size=3), min_size=1, max_size=3))
def test_held_together_takes_the_best_of_the_parallel_relationships(hops: list[list[Interval]]) -> None:
    best = {held_together([[one] for one in choice]).certainty for choice in product(*hops)}
    expected = next(certainty for certainty in (CERTAIN, POSSIBLE, IMPOSSIBLE) if certainty in best)
    assert held_together(hops).certainty is expected


def test_held_together_says_when_and_no_finer_than_the_dates_are() -> None:
    together = held_together([[parse_interval("1997/..")], [parse_interval("2011-06/2019-05-30")]])
    assert together.certainty is CERTAIN
    assert together.interval is not None
    assert together.interval.text == "2011-06/2019-05-30"


def test_held_together_is_impossible_for_hops_that_never_overlapped_and_possible_with_partial_dates() -> None:
    assert held_together([[parse_interval("2007-03/2012-11")], [parse_interval("2020-02/")]]).certainty is IMPOSSIBLE
    assert held_together([[parse_interval("2007/2012")], [parse_interval("2012/2014")]]).certainty is POSSIBLE


def test_start_or_end_that_was_only_announced_is_no_evidence_that_it_came_true() -> None:
    told = [parse_date("2024-01-11")]
    leaving = parse_interval("2003/2024-02?").observed_on(told).announced_by(told)
    assert leaving.end_announced
    assert [leaving.overlap(parse_window(when)) for when in ("2010", "2024-01-20", "2024-03", "2024-04")] == [
        CERTAIN, POSSIBLE, POSSIBLE, IMPOSSIBLE
    ]  # fmt: skip
    coming = parse_interval("2024-02?/").announced_by(told)
    assert [coming.overlap(parse_window(when)) for when in ("2023-12", "2024", "2025")] == [IMPOSSIBLE, POSSIBLE, POSSIBLE]


@pytest.mark.parametrize(("text", "told"), [("2003/2024-02?", "2024-05"), ("2003/2024-02", "2023"), ("2003/2024-02?", None)])
def test_end_that_was_told_afterwards_or_without_doubt_was_not_only_announced(text: str, told: str | None) -> None:
    assert parse_interval(text).announced_by([parse_date(told)] if told else []) == parse_interval(text)
