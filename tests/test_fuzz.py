"""Data damaged in any way, in any syntax, is loaded or refused with its name; nothing else ever comes out, and nobody is called."""

from __future__ import annotations

import socket
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_loading import GOOD

from interlock.graph import BadInput, DataError, load
from interlock.graph.bulk import compile_files
from interlock.graph.dates import parse_date
from interlock.graph.intervals import parse_interval
from interlock.graph.parsing import FORMATS

QUADS = list(ox.parse(GOOD.encode(), ox.RdfFormat.TRIG, rename_blank_nodes=True))
TRIPLES = [quad.triple for quad in QUADS]
SLIPS = [
    *(b"", b" ", b"\n", b'"', b"<", b">", b"{", b"}", b"[", b"]", b".", b";", b"\\", b"\0", b"\xff", b"_:b", b"@en", b"^^<x>", b"<<( "),
    *(b'"@context": "https://example.org/context",', b'<!DOCTYPE a SYSTEM "https://example.org/a.dtd">', b"&a;", b"9" * 30),
    b"<https://example.org/a>",
]
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def written(ending: str) -> bytes:
    """The good data in the syntax of this ending; without its graphs where there are none."""
    syntax = FORMATS[ending]
    made = ox.serialize(QUADS if syntax.supports_datasets else TRIPLES, format=syntax)
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("somebody was called")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("ending", sorted(FORMATS))
@given(
    slips=st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 9), st.sampled_from(SLIPS) | st.binary(max_size=4)), max_size=4),
    whole=st.integers(0, 1 << 20),
)
@settings(max_examples=40, suppress_health_check=SLOW)
def test_damaged_file_in_any_syntax_is_loaded_or_refused_with_its_name(
    tmp_path: Path, ending: str, slips: list[tuple[int, int, bytes]], whole: int
) -> None:
    content = bytearray(written(ending))
    for place, length, slip in slips:
        begin = place % (len(content) + 1)
        content[begin : begin + length] = slip
    path = tmp_path / f"data{ending}"
    path.write_bytes(content[: whole % len(content)] if whole % 5 == 0 and content else content)
    said = [outcome(path, by_columns) for by_columns in (False, True)]
    assert said[0] == said[1] or said[1] == "left to others"
    if isinstance(said[0], list):
        assert said[0]
        assert all(problem.startswith(str(path)) for problem in said[0])


def outcome(path: Path, by_columns: bool) -> object:
    """The version of what was read, or the problems without names of blank nodes."""
    try:
        if not by_columns:
            return load(path).version
        store = compile_files([path])
        return "left to others" if store is None else store.meta["version"]
    except DataError as error:
        return [str(problem).split("_:")[0] for problem in error.problems]


DIGITS = st.text(alphabet="0123456789XY?~%-", max_size=12)
YEARS = st.integers(-9999, 9999).map("{:05}".format)
DATES = DIGITS | st.dates().map(str) | YEARS | st.sampled_from(["2011", "2011-06", "201X", "2011-21"])


def refused(parts: list[str], error: BadInput) -> bool:
    """Does the refusal name what is wrong?"""
    return any(repr(part) in str(error) for part in parts) or "observed" in str(error)


@given(DATES)
def test_any_date_is_refused_with_its_text_or_has_a_first_and_a_last_day(text: str) -> None:
    try:
        day = parse_date(text)
    except BadInput as error:
        named = refused([text], error)
    else:
        named = day.first <= day.last and day.text == text
    assert named


@given(st.sampled_from(["", ".."]) | DATES, st.sampled_from(["", ".."]) | DATES, st.lists(st.dates().map(str), max_size=2))
def test_days_of_any_interval_are_in_order(start: str, end: str, observed: list[str]) -> None:
    days = [parse_date(day) for day in observed]
    try:
        earliest_start, latest_start, earliest_end, latest_end = parse_interval(f"{start}/{end}").observed_on(days).bounds
    except BadInput as error:
        ordered = refused([start, end, f"{start}/{end}", *observed], error)
    else:
        ordered = earliest_start <= latest_start and earliest_end <= latest_end and earliest_start <= latest_end
        ordered &= all(earliest_start <= day.last and day.first <= latest_end for day in days)
    assert ordered
