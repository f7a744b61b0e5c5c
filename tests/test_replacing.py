"""A file is written at once or not at all: whatever ends the program, what was there stays, and nothing else is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interlock.graph import load
from interlock.graph.loading import build
from interlock.graph.replacing import replacing
from random_rdf import dataset

MOMENTS = ["reading", "writing"]
BUILD = """
import os, resource, sys
from interlock.graph import loading
from interlock.graph.replacing import ending_tidily
from interlock.graph.told import QUIET
loading.BULK_FROM = 0
def at_this_moment(done, total):
    {what}
with ending_tidily():
    loading.build([sys.argv[1]], sys.argv[2], QUIET._replace({moment}=at_this_moment))
"""


@pytest.fixture
def rdf(tmp_path: Path) -> Path:
    path = tmp_path / "data.nq"
    path.write_text("\n".join(dataset(5, False)), encoding="utf-8")
    return path


@pytest.fixture
def built(rdf: Path, tmp_path: Path) -> Path:
    path = tmp_path / "data.interlock"
    build([rdf], path)
    return path


def run(rdf: Path, output: Path, what: str, moment: str = "writing") -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, in which something happens at this moment."""
    code = BUILD.format(what=what, moment=moment)
    return subprocess.run([sys.executable, "-c", code, str(rdf), str(output)], capture_output=True, text=True)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_build_that_is_ended_leaves_the_old_file_and_nothing_half_done(number: int, moment: str, rdf: Path, built: Path) -> None:
    before, version = built.read_bytes(), load(built).version
    rdf.write_text("\n".join(dataset(6, False)), encoding="utf-8")
    ended = run(rdf, built, f"os.kill(os.getpid(), {number})", moment)
    assert ended.returncode in (-number, 128 + number), ended.stderr
    assert built.read_bytes() == before
    assert load(built).version == version
    left = {path.name for path in rdf.parent.iterdir()} - {rdf.name, built.name}
    assert len(left) == (number == signal.SIGKILL and moment == "writing")
    build([rdf], built)
    assert {path.name for path in rdf.parent.iterdir()} == {rdf.name, built.name}
    assert load(built).version != version


def test_what_another_program_still_writes_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a[1].bin"
    with replacing(path) as one:
        one.write(b"one")
        with replacing(path) as other:
            other.write(b"other")
        assert path.read_bytes() == b"other"
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_only_what_such_a_program_left_is_removed(tmp_path: Path) -> None:
    kept = [".data.bin.notes", ".data.bin.123", "data.bin.0123456789ab", ".other.bin.0123456789ab"]
    for name in [*kept, ".data.bin.0123456789ab"]:
        (tmp_path / name).write_bytes(b"")
    with replacing(tmp_path / "data.bin") as file:
        file.write(b"new")
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "data.bin"}


def test_disk_that_is_full_is_named_with_the_file_and_leaves_the_old_one(rdf: Path, built: Path) -> None:
    before = built.read_bytes()
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    failed = run(rdf, built, limit, "reading")
    assert failed.returncode == 1
    assert f"{built}: can't be written: File too large" in failed.stderr
    assert built.read_bytes() == before
    assert sorted(path.name for path in rdf.parent.iterdir()) == [built.name, rdf.name]


def test_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    with replacing(pipe) as file:
        file.write(b"through")
    assert reader.communicate()[0] == b"through"
    assert pipe.is_fifo()
