"""Whatever is thrown at it, it answers or says what is wrong; nothing else ever comes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_loading import GOOD

from harness import PATIENT
from interlock.graph import BadInput, DataError, Engine, InterlockError, QuestionError, load
from interlock.graph.dates import parse_date
from interlock.graph.intervals import parse_interval, parse_window
from interlock.graph.parsing import FORMATS

ENGINE = Engine(load(), PATIENT)
VOCABULARY = """
    how is are what who connects links connected to and with Netflix Meta's board of Facebook in 2015 2011-13 before since between June 22
    ignoring without lawsuits via within 3 hops today on the record only at same time ? ' ’ " \\ ( [ * ﷺ é \0
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.text() | st.lists(WORDS, max_size=14).map(" ".join)


def refusal(call: Callable[[], object], kind: type[InterlockError]) -> InterlockError | None:
    """With which error of this kind a call is refused, if it is."""
    try:
        call()
    except kind as error:
        return error
    return None


@given(TEXTS)
@example("How is connected to ?")
@example("How is Netflix connected to Meta in 99999?")
@example("how are and connected")
@example("who connects " + "and " * 60)
def test_any_question_is_answered_or_refused(text: str) -> None:
    error = refusal(lambda: ENGINE.ask(text).sentence, QuestionError)
    assert error is None or str(error)


@given(TEXTS)
def test_any_name_is_found_or_refused(text: str) -> None:
    assert all(0 < hit.score <= 1 for hit in ENGINE.search(text))
    error = refusal(lambda: ENGINE.entity(text), QuestionError)
    assert error is None or str(error)


@given(st.text() | st.text(alphabet="0123456789-/.~?%XY"), st.sampled_from([parse_date, parse_interval, parse_window]))
def test_any_date_is_read_or_refused(text: str, parse: Callable[[str], object]) -> None:
    error = refusal(lambda: parse(text), BadInput)
    parts = (text, *text.partition("/"))
    assert error is None or any(repr(part) in str(error) for part in parts)


def loaded_or_refused(content: bytes, ending: str) -> bool:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"data{ending}"
        path.write_bytes(content)
        error = refusal(lambda: load(path), DataError)
        return error is None or all(problem.file == str(path) and problem.message for problem in error.problems)  # type: ignore[attr-defined]


@given(st.binary() | st.text().map(str.encode), st.sampled_from(sorted(FORMATS)))
def test_any_file_is_loaded_or_refused_with_its_name(content: bytes, ending: str) -> None:
    assert loaded_or_refused(content, ending)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 12), st.sampled_from(["", " ", ".", ";", '"', "entity:x", "[]", "<>", "1", "\n"]))
def test_any_slip_in_a_good_file_is_loaded_or_refused_with_its_name(place: int, length: int, slip: str) -> None:
    assert loaded_or_refused((GOOD[:place] + slip + GOOD[place + length :]).encode(), ".trig")


def test_a_long_text_is_refused_at_once() -> None:
    for call in (ENGINE.ask, ENGINE.entity, ENGINE.search):
        with pytest.raises(QuestionError, match="at most"):
            call("a" * 10_000)
