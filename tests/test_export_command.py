"""``interlock export``: data on stdout or into a file, notes and progress on stderr."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interlock.graph.selection_query import NAMES
from interlock.server.cli import cli

DATA = """
@prefix claim: <https://interlock.example/claim/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix entity: <https://interlock.example/entity/> . @prefix il: <https://interlock.example/ns#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix rel: <https://interlock.example/relationship/> .
@prefix schema: <https://schema.org/> . @prefix source: <https://interlock.example/source/> .
entity:ann a schema:Person ; schema:name "Ann" . entity:bob a schema:Person ; schema:name "Bob" .
entity:acme a schema:Corporation ; schema:name "Acme" . entity:bell a schema:Corporation ; schema:name "Bell" .
rel:1 a il:BoardSeat ; org:member entity:ann ; org:organization entity:acme ; il:during "2001/2005" .
rel:2 a il:Position ; org:member entity:ann ; org:organization entity:bell .
rel:3 a il:Founding ; il:founder entity:bob ; il:founded entity:bell .
source:s a il:Source ; dcterms:title "S" .
source:s { claim:1 a il:Claim ; il:supports rel:1 ; il:status il:confirmed . claim:2 a il:Claim ; il:supports rel:2 ; il:status il:alleged .
    claim:3 a il:Claim ; il:supports rel:3 ; il:status il:confirmed . }
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.trig"
    path.write_text(DATA, encoding="utf-8")
    return path


def run(data: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["export", *words, "--data", str(data)])
    return result.exit_code, result.stdout, result.stderr


def test_data_goes_to_stdout_and_notes_to_stderr(data: Path) -> None:
    code, out, err = run(data, "json", "--of", "Ann", "--min-status", "confirmed")
    assert code == 0
    assert [each["key"] for each in json.loads(out)["edges"]] == ["relationship/1"]
    assert err.startswith("Wrote 2 entities, 1 relationships and 1 sources. Ann, and what is within 1 hop of it. Version ")


def test_paths_go_into_a_file_at_once(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.zip"
    code, out, err = run(data, "csv", "--from", "Acme", "--to", "Bob", "--max-hops", "3", "-o", str(path))
    assert (code, out) == (0, "")
    assert f"to {path}. Paths between Acme and Bob, within 3 hops." in err
    assert zipfile.is_zipfile(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data.trig", "out.zip"]


def test_every_parameter_of_a_selection_is_an_option() -> None:
    help = CliRunner().invoke(cli, ["export", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}).stdout
    for name in NAMES:
        option = "".join(f"-{each.lower()}" if each.isupper() else each for each in name)
        assert f"--{option} " in help


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gefx"], "Did you mean gexf?"),
        (["json", "--of", "Nobody"], "Nobody"),
        (["json", "--hops", "2"], "hops belongs to a neighbourhood"),
        (["json", "--of", "Ann", "--held-together"], "heldTogether is a condition on whole paths"),
        (["json", "-o", "/nonexistent/x.json"], "/nonexistent/x.json can't be written: No such file or directory."),
    ],
)
def test_errors_end_it_with_a_word(data: Path, words: list[str], said: str) -> None:
    code, out, err = run(data, *words)
    assert (code, out) == (1, "")
    assert said in err


def test_progress_is_shown_on_a_terminal_and_binary_data_is_not(data: Path) -> None:
    def on_a_terminal(*words: str) -> str:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "interlock.server.cli", "export", *words, "--data", str(data)]
        ran = subprocess.run(command, stdout=theirs, stderr=theirs, env={**os.environ, "NO_COLOR": "1"}, check=False)
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 1 << 16)
            except OSError:
                break
        os.close(ours)
        return f"{ran.returncode} {shown.decode()}"

    assert "Writing: 100 %" in on_a_terminal("nq")
    assert "1 error: xlsx is no text: name a file with --output." in on_a_terminal("xlsx")


def test_progress_is_not_shown_elsewhere(data: Path) -> None:
    assert "Writing" not in run(data, "nq")[2]
