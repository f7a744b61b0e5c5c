from __future__ import annotations

import os
import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.errors import InvalidCursor, StaleCursor
from interlock.schema.cursors import Cursors

KEY = b"a key"
MADE = Cursors("version 1", lambda: "entities all", KEY)


def like(version: str = "version 1", name: str = "entities all", key: bytes = KEY) -> Cursors:
    return Cursors(version, lambda: name, key)


@given(st.integers(0, 2**32 - 1))
def test_cursor_is_read_as_it_was_written_by_whoever_has_the_same_key(place: int) -> None:
    assert like().read(MADE.write(place)) == place
    assert like().write(place) == MADE.write(place)


@given(st.integers(0, 1000), st.integers(0, 31), st.sampled_from(string.ascii_letters + string.digits + "-_"))
def test_cursor_with_any_letter_changed_is_refused(place: int, where: int, letter: str) -> None:
    cursor = MADE.write(place)
    forged = cursor[:where] + letter + cursor[where + 1 :]
    if forged != cursor:
        with pytest.raises(InvalidCursor, match="not a cursor"):
            MADE.read(forged)


@given(st.text())
def test_text_is_not_a_cursor(text: str) -> None:
    with pytest.raises(InvalidCursor):
        MADE.read(text)


@pytest.mark.parametrize("changed", [lambda text: text[:-1], lambda text: text + "=", lambda text: f" {text}", lambda text: text + "AAAA"])
def test_cursor_that_was_cut_or_padded_is_refused(changed) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidCursor):
        MADE.read(changed(MADE.write(7)))


def test_cursor_of_another_list_key_or_version_is_told_apart() -> None:
    with pytest.raises(InvalidCursor, match="another list"):
        MADE.read(like(name="entities PERSON").write(7))
    with pytest.raises(InvalidCursor, match="not a cursor"):
        MADE.read(like(key=b"another").write(7))
    with pytest.raises(StaleCursor, match="another version"):
        MADE.read(like(version="version 2").write(7))
    with pytest.raises(StaleCursor):
        MADE.read(like(version="version 2", name="whatever that was then").write(7))


def test_name_of_the_list_is_asked_for_only_if_a_cursor_is_needed() -> None:
    cursors = Cursors("version 1", lambda: str(1 / 0), KEY)
    with pytest.raises(InvalidCursor):
        cursors.read("")
    with pytest.raises(ZeroDivisionError):
        cursors.write(1)


PROGRAM = """
from interlock.graph import Engine, load
from interlock.schema import Context, build_schema
filter = '{relationships: {kinds: [BOARD_SEAT, POSITION, FOUNDING], statuses: [CONFIRMED, REPORTED, ALLEGED]}}'
document = '{ paths(from: "Netflix", to: "Meta", filter: %s) { pageInfo { endCursor } } }' % filter
print(build_schema().execute_sync(document, context_value=Context(Engine(load()))).data["paths"]["pageInfo"]["endCursor"])
"""


def test_cursor_is_the_same_in_every_process() -> None:
    """Sets come in another order under another hash seed: a cursor must not depend on that."""
    made = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1
    assert made.pop().strip()
