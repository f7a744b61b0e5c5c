from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlock.graph import DataError, bulk_sources
from interlock.graph.bulk_read import Quads
from interlock.graph.bulk_terms import AFTER, Terms, hash_work
from interlock.graph.jit import bulk
from interlock.graph.rdf import canonical, read

A = "<http://a/b>"
IRIS = st.sampled_from([
    A, "<https://a.b/c#d?e>", "<http://a#b>", "<http://a/#b#c>", "<http://a b>", "<x>", "<urn:a>", "<http://é/>", "<http://a:80/>", "<http://>",
    "<http://a/%41>", "<http://a/%zz>", "<http://a/\\u00e9>", "<http://a/é>", "<http://a/b\\u0020>", "<http://a/{b}>", "<http://a/\\U0001F600>",

    "<http://a/b", "http://a/b>", "<http://a/bcd>", "<http://a/bcdefghijk>",
    "<ftp://a/b>", "<httpss://a/b>", "<HTTP://a/b>", "<>", "_:a", "_:é",
])  # fmt: skip
TEXTS = st.sampled_from([
    '"a"', '"é\U0001f600"', '"a\\tb"', '"\x07"', '"\x7f"', '"\x00"', '"a"@en',
    '"a"@EN-us', '"a"@en--ltr', '"a"@', '"a"^^<http://a/b>', '"a"^^<b>',
    '"a"^^<http://www.w3.org/2001/XMLSchema#string>', '"', '""', "_:b", '"\udcff"', '"\udced\udca0\udc80"', '"\\u0041"',
    '"\\uD800"', '"\\U00110000"',
    '"\\U0001F600"', '"\\x"', '"\\"', '"abcdef"', '"abcdefg"', '"abcdefgh"', '"abcdefg\\"', '"a" "b"', "'a'", '"a\rb"', '"<a>"', '"a > b"',
])  # fmt: skip
GAP = st.sampled_from([" "] * 12 + ["", "  ", "\t", "\u00a0", "\r"])
END = st.sampled_from(["."] * 8 + ["", "..", ". # so", ".#", f". {A} {A} {A} .", ".\r", ". ", "# ."])
GRAPH = st.sampled_from(["", "", A]) | IRIS
QUAD = st.tuples(IRIS, GAP, IRIS, GAP, IRIS | TEXTS, GAP, GRAPH, GAP, END)
OTHER = st.sampled_from(
    ["", "# so", "\ufeff", " ", "\t", "\r", ".", 'VERSION "1.2"', f"{A} {A}", f"{A} {A} <<( {A} {A} {A} )>> .", f"{A} {A} {A} ."]
)
LINES = st.lists(QUAD.map("".join) | st.just(f"{A} {A} {A} .") | OTHER, max_size=6)
SLOW = [HealthCheck.function_scoped_fixture]


def outcome_of(path: Path) -> object:
    """What the parser finds in a file read as any other: distinct statements, or problems."""
    try:
        return canonical(read([path]).quads)
    except DataError as error:
        return error.problems


def outcome_by_columns(path: Path) -> object:
    """The same of a file read as a big one."""
    try:
        quads = Quads([path], lambda done, total: None)
    except DataError as error:
        return error.problems
    quads.close()
    return {quads.text_of(row) for row in range(quads.rows.shape[1])}


def agree(path: Path) -> None:
    expected, found = outcome_of(path), outcome_by_columns(path)
    if isinstance(expected, set) and isinstance(found, set) and any("_:" in text for text in expected):
        assert len(found) == len(expected)  # blank nodes have other names
    else:
        assert found == expected


@given(st.binary(max_size=300))
def test_digests_are_those_of_blake2b(text: bytes) -> None:
    out, end = np.zeros(1, np.uint64), np.array([len(text)])
    bulk().hash_each(np.frombuffer(text + b"x" * AFTER, np.uint8), np.array([0]), end, out, *hash_work())
    assert out.tobytes() == hashlib.blake2b(text, digest_size=8).digest()


@given(st.lists(st.binary(min_size=1, max_size=20) | st.sampled_from([b"a" * size for size in range(1, 18)]), max_size=30))
def test_every_term_has_one_number(written: list[bytes]) -> None:
    terms = Terms()
    numbers = [terms.add(text.decode("latin-1")) for text in written]
    known = list(dict.fromkeys(written))
    assert numbers == [known.index(text) for text in written]
    assert [terms.text(number) for number in range(len(terms))] == [text.decode("latin-1") for text in known]


@pytest.mark.parametrize("ending", ["nq", "nt"])
@given(lines=LINES, last=st.sampled_from(["", "\n", "\r\n", "\n\n"]))
@settings(max_examples=500, deadline=None, suppress_health_check=SLOW)
def test_lines_are_read_or_refused_as_the_parser_does(tmp_path: Path, ending: str, lines: list[str], last: str) -> None:
    path = tmp_path / f"data.{ending}"
    path.write_bytes(("\n".join(lines) + last).encode("utf-8", "surrogateescape"))
    agree(path)


@given(seed=st.integers(0, 2**32), bytes_=st.lists(st.integers(0, 255) | st.sampled_from(b'<>" .\\\n\r#_@'), min_size=1, max_size=3))
@settings(max_examples=500, deadline=None, suppress_health_check=SLOW)
def test_damaged_lines_are_read_or_refused_as_the_parser_does(tmp_path: Path, seed: int, bytes_: Sequence[int]) -> None:
    draw = random.Random(seed)
    lines = [f"{A} <https://a.b/c#d> {value} .\n" for value in ('"a text of some length"', A, f"{A} <http://a/graph>", '"é"')] * 2
    content = bytearray("".join(lines).encode())
    for byte in bytes_:
        content[draw.randrange(len(content))] = byte
    path = tmp_path / "data.nq"
    path.write_bytes(content)
    agree(path)


@given(lines=LINES, size=st.integers(1, 80))
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
def test_parts_in_which_a_file_is_read_make_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], size: int
) -> None:
    path = tmp_path / "data.nq"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    expected = outcome_by_columns(path)
    with monkeypatch.context() as patch:
        patch.setattr(bulk_sources, "CHUNK", size)
        assert outcome_by_columns(path) == expected


def test_line_longer_than_a_part_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_sources, "CHUNK", 1 << 10)
    path = tmp_path / "data.nq"
    path.write_text(f'{A} {A} "short" .\n{A} {A} "{"long " * 5_000}" .\n{A} {A} "{"longer " * 5_000}" .', encoding="utf-8")
    agree(path)


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_lines_that_end_without_a_line_feed_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(bulk_sources, "CHUNK", size)
    path = tmp_path / "data.nq"
    path.write_bytes(f"{A} {A} {A} .\r{A} {A} {A} .\n{A} {A} {A} .\r\n\r\r\n{A} {A} {A} ..\n".encode())
    agree(path)


@pytest.mark.parametrize("last", [b'"\xff"', b'"a"'])
def test_bytes_that_are_no_text_are_passed_over_in_comments_alone(tmp_path: Path, last: bytes) -> None:
    path, term = tmp_path / "data.nq", A.encode()
    path.write_bytes(b'%b %b %b . # \xfc\n%b %b "\xc3\xa9" .\n#\xff\n%b %b %b .\n' % (*[term] * 7, last))
    agree(path)
    assert isinstance(outcome_by_columns(path), tuple) == (b"\xff" in last)


def test_first_line_that_is_wrong_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text(f"{A} {A} {A} .\r\n" * 4 + f"{A} {A} {A} ..\n" + f"{A} nonsense\n", encoding="utf-8")
    found = outcome_by_columns(path)
    assert isinstance(found, tuple)
    assert [problem.line for problem in found] == [5]


def test_file_that_can_not_be_read_is_refused_as_any_other(tmp_path: Path) -> None:
    agree(tmp_path / "missing.nq")


def test_file_that_is_cut_off_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text(f"{A} {A} {A} .\n" * 1_000, encoding="utf-8")
    size = path.stat().st_size
    quads = Quads([path], lambda done, total: None)
    quads.close()
    path.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="was cut off while it was read"):
        quads._hash(path, 0, size, np.zeros(1, np.uint32), None)
