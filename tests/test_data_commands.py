"""``interlock check`` and ``interlock build`` as they are used: faults in each format, big and packed files, progress on a terminal."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interlock.graph import load
from interlock.server.cli import cli
from random_rdf import dataset

INTERLOCK = str(Path(sys.executable).with_name("interlock"))
GOOD = "\n".join(dataset(5, False))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def rdf(tmp_path: Path) -> Path:
    path = tmp_path / "data.nq"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.nq"
    person = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person>"
    path.write_text("".join(f"<https://interlock.example/entity/e{number}> {person} .\n" for number in range(1_234)), encoding="utf-8")
    return path


def test_check_tells_faults_kind_by_kind_up_to_a_thousand_and_counts_the_rest(bad: Path) -> None:
    result = run("check", bad)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "1,234 × has no schema:name"
    assert lines[1] == f"  {bad}:1: entity:e0: has no schema:name"
    assert lines[-2:] == ["  … and 234 more", "Told 1,000 of 1,234 faults."]
    assert len(lines) == 1_003
    assert result.stderr == "error: 1,234 faults found.\n"


def test_check_gives_faults_as_json_and_csv(bad: Path, rdf: Path) -> None:
    result = run("check", bad, "--format", "json")
    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (said["count"], said["kinds"]) == (1_234, [{"kind": "has no schema:name", "count": 1_234}])
    assert len(said["faults"]) == 1_000
    assert said["faults"][0] | {"subject": "", "line": 0} == {
        "kind": "has no schema:name", "file": str(bad), "line": 0, "subject": "", "message": "has no schema:name"
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(run("check", bad, "--format", "csv").stdout)))
    assert [row["message"] for row in rows] == ["has no schema:name"] * 1_000
    run("build", rdf, "-o", rdf.with_suffix(".interlock"))
    fine = run("check", rdf.with_suffix(".interlock"), "--report", "--format", "json")
    assert fine.exit_code == 0
    assert json.loads(fine.stdout)["count"] == 0
    assert len(json.loads(fine.stdout)["report"]) == 6
    assert "No fault found" in fine.stderr


def test_build_tells_twenty_faults_and_counts_the_rest(bad: Path, tmp_path: Path) -> None:
    result = run("build", bad, "-o", tmp_path / "x.interlock")
    assert result.exit_code == 1
    assert "… and 1,214 more:\n  1,214 × has no schema:name" in result.stderr
    assert not (tmp_path / "x.interlock").exists()


def test_packed_files_are_read_as_any_others_by_every_command(rdf: Path, tmp_path: Path) -> None:
    half = len(GOOD.splitlines()) // 2
    one, other = tmp_path / "one.nq.gz", tmp_path / "other.nq"
    one.write_bytes(gzip.compress("\n".join(GOOD.splitlines()[:half]).encode()))
    other.write_text("\n".join(GOOD.splitlines()[half:]), encoding="utf-8")
    files = [tmp_path / "a.interlock", tmp_path / "b.interlock"]
    assert run("build", rdf, "-o", files[0]).exit_code == run("build", one, other, "-o", files[1]).exit_code == 0
    whole, parts = map(load, files)
    assert (whole.version, list(whole.claims.items())) == (parts.version, list(parts.claims.items()))
    assert [origin.name for origin in parts.provenance.origins] == ["one.nq", "other.nq"]
    one.write_bytes(one.read_bytes()[:-9])
    assert "one.nq.gz: is cut off" in run("build", one, other, "-o", files[1]).stderr


def on_a_terminal(*arguments: object) -> tuple[str, int]:
    """What a command writes to the terminal that its stderr is, and its exit code."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([INTERLOCK, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the other end is closed
            pass
        os.close(ours)
    return shown.decode(), process.returncode


def test_progress_with_the_time_left_is_shown_on_a_terminal_and_nowhere_else(tmp_path: Path) -> None:
    big, snapshot = tmp_path / "big.nq", tmp_path / "big.interlock"
    big.write_text("\n".join([*(f"# {'long ' * 400_000}" for _ in range(9)), GOOD]), encoding="utf-8")
    shown, code = on_a_terminal("build", big, "-o", snapshot)
    assert code == 0
    for doing in ("Reading", "Sorting", "Writing"):
        assert f"{doing}: 0 %" in shown
        assert f"s left \033[K\r{doing}:" in shown or f"{doing}: 100 %, 0 s left" in shown
    shown, code = on_a_terminal("check", snapshot)
    assert code == 0
    assert "Checking: 0 %" in shown
    quiet = subprocess.run([INTERLOCK, "check", str(snapshot)], capture_output=True, text=True, check=True)
    assert (quiet.stderr, quiet.stdout[:15]) == ("", "No fault found ")
