"""What all importers have in common: files, notes, IRIs, and the command ``interlock import``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from importing import imported, told
from typer.testing import CliRunner

from interlock.graph import BadInput, DataError, load
from interlock.graph.importers.formats import IMPORTERS, import_files, importer_of
from interlock.graph.importers.inputs import Inputs
from interlock.graph.importers.notes import Notes
from interlock.graph.importers.records import Maker
from interlock.graph.importers.values import covering, edtf, span
from interlock.server.cli import cli

ANN = {"id": "a", "schema": "Person", "properties": {"name": ["Ann Example"]}}
ACME = {"id": "b", "schema": "Company", "properties": {"name": ["Acme"], "country": ["us"]}}
SEAT = {"id": "d", "schema": "Directorship", "properties": {"director": ["a"], "organization": ["b"]}}
FTM = "\n".join(map(json.dumps, (ANN, ACME, SEAT)))


def run(*words: object, stdin: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["import", *map(str, words)], input=stdin)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("zipped", [False, True])
def test_file_becomes_trig_and_what_was_left_out_is_told(tmp_path: Path, zipped: bool) -> None:
    source, to = tmp_path / "x.json", tmp_path / "out.trig"
    source.write_bytes(gzip.compress(FTM.encode()) if zipped else FTM.encode())
    code, out, err = run("ftm", source, "-o", to)
    assert (code, out) == (0, "")
    assert err == "Read 3 records: 3 taken, 0 left out.\nNot taken over: 1 × Company: country (us of b)\n"
    assert set(load(to).entities) == {"entity/ftm-a", "entity/ftm-b", "entity/ftm-b-board"}


def test_stdin_and_folders_are_read_as_files_are(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "x.jsonl").write_text(FTM)
    (folder / "readme.md").write_text("no data")
    outs = [run("ftm", each, stdin=FTM.encode())[1] for each in ("-", folder, folder / "x.jsonl")]
    assert [out.count("a il:BoardSeat") for out in outs] == [1, 1, 1]
    assert sorted(outs[1].splitlines()) == sorted(outs[2].splitlines())


def test_base_is_what_iris_begin_with(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(FTM)
    to = tmp_path / "out.trig"
    assert run("ftm", tmp_path / "x.json", "--base", "https://data.example/", "-o", to)[0] == 0
    assert "https://data.example/entity/ftm-a" in load(to).entities


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["fmt", "x"], "'fmt' is not a format of imports. Did you mean ftm? There are csv, sec, ftm, bods, littlesis."),
        (["ftm", "missing.json"], "missing.json: does not exist"),
        (["ftm", "x.json", "--mapping", "m.toml"], "ftm has no mapping: leave --mapping out."),
        (["csv", "x.csv"], "csv needs to know which columns are what: give --mapping FILE.toml."),
        (["csv", "x.csv", "--mapping", "m.toml"], "m.toml can't be read: No such file or directory."),
        (["ftm", "x.json", "-o", "out.ttl"], "out.ttl gets TriG: name a file that ends in .trig."),
        (["ftm", "x.json", "--base", "nowhere"], "'nowhere' can't begin IRIs. Write https://example.org/ with a slash at its end."),
        (["ftm", "."], "has no file in it that ends in .json .jsonl .ndjson .ftm (or .gz after that)"),
    ],
)
def test_bad_command_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert message in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": ', "in1.json:1: is no JSON object on its line"),
        (b"[1]", "in1.json:1: has '[1]' where a JSON object belongs"),
        (gzip.compress(b"{}" * 1000)[:-9], "in1.json: can't be unpacked"),
    ],
)
def test_broken_file_is_refused_by_name_and_line(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(DataError, match="in1") as error:
        imported(tmp_path, "ftm", content)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'[{"a": 1}, {"b": "]"}]', [{"a": 1}, {"b": "]"}]),
        (b'{"a": 1}\n{"b": [2]}\n', [{"a": 1}, {"b": [2]}]),
        ("\ufeff[]".encode(), []),
        (b"", []),
    ],
)
def test_json_objects_are_read_from_lists_and_lines(tmp_path: Path, content: bytes, found: list[object]) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert [each for _, each in Inputs([path], (".json",)).objects()] == found


@pytest.mark.parametrize("content", [b'[{"a": 1}', b'[{"a": 1}, {"b', b'{"a": 1} nonsense', b"[3]", b'{"a": "\xff"}'])
def test_json_that_is_broken_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"x\.json"):
        list(Inputs([path], (".json",)).objects())


def test_long_list_is_read_piece_by_piece_and_progress_told(tmp_path: Path) -> None:
    path, seen = tmp_path / "x.json", list[tuple[int, int]]()
    path.write_text(json.dumps([{"number": number, "text": "é" * 500} for number in range(2000)]))
    objects = Inputs([path], (".json",), 1, lambda done, total: seen.append((done, total))).objects()
    assert [each["number"] for _, each in objects] == list(range(2000))
    assert {total for _, total in seen} == {path.stat().st_size}
    assert seen == sorted(seen)
    assert seen[0][0] < seen[-1][0]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2003-00-00", "2003"), ("2003-05-00", "2003-05"), ("2003-05-06", "2003-05-06"), ("2014-01-30-05:00", "2014-01-30"),
        ("2019-09-11T11:17:23Z", "2019-09-11"), ("2011~", "2011~"), ("0000-00-00", None), ("2003-13-01", None), ("05/06/2003", None),
        ("", None), (None, None), (2003, "2003"),
    ],
)  # fmt: skip
def test_date_is_as_exact_as_it_is_given(written: object, date: str | None) -> None:
    assert edtf(written) == date


def test_end_that_is_not_given_is_unknown() -> None:
    assert (span("2003", None), span(None, "2004"), span(None, None), span("2003", "..")) == ("2003/", "/2004", None, "2003/..")


@pytest.mark.parametrize(
    ("first", "last", "date"),
    [
        ("2022-09-25", "2023-03-03", "202X"), ("2022-09-25", "2022-12-01", "2022"), ("2022-09-25", "2022-09-28", "2022-09-XX"),
        ("2022-09-25", "2022-09-25", "2022-09-25"), ("1999", "2001", "2001"), ("1985-01-01", "1999", "19XX"),
    ],
)  # fmt: skip
def test_date_that_covers_two_days_is_the_finest_there_is(first: str, last: str, date: str) -> None:
    assert covering(first, last) == date


def test_every_importer_has_a_reader_and_says_what_it_reads() -> None:
    for name, importer in IMPORTERS.items():
        assert importer_of(name) is importer
        assert importer.says
        assert importer.endings
    with pytest.raises(BadInput, match="Did you mean bods"):
        next(import_files("bod", [], Notes()))


def test_ids_are_made_of_the_old_ones() -> None:
    maker = Maker("https://x.example/", "ftm", Notes())
    assert maker.iri(maker.id("entity", "NK/é 1")) == "https://x.example/entity/ftm-NK%2F%C3%A9%201"


def test_notes_give_examples_once(tmp_path: Path) -> None:
    _, notes = imported(tmp_path, "ftm", "\n".join(json.dumps({"id": f"s{n}", "schema": "Sanction"}) for n in range(12)))
    assert told(notes) == (
        "Read 12 records: 0 taken, 12 left out.\n"
        "Left out: 12 × Sanction, which has no place here (such as s0, s1, s2, s3, s4, s5, s6, s7, s8, s9)"
    )
