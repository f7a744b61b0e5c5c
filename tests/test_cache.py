from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interlock.graph import load
from interlock.graph.cache import cache_folder
from interlock.graph.heap import Memory
from interlock.graph.snapshot import Snapshot


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERLOCK_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def kept(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_shipped_graph_is_kept_and_taken_from_there_the_next_time(folder: Path) -> None:
    made, again = load(), load()
    assert isinstance(made.columns.store, Memory)
    assert isinstance(again.columns.store, Snapshot)
    assert again.columns.store.path == kept(folder)
    assert dict(again.entities) == dict(made.entities)
    assert (again.version, again.licence) == (made.version, "CC0-1.0")


def test_kept_graph_that_is_damaged_is_made_anew(folder: Path) -> None:
    load()
    content = bytearray(kept(folder).read_bytes())
    content[len(content) // 2] ^= 1
    kept(folder).write_bytes(content)
    assert isinstance(load().columns.store, Memory)
    assert isinstance(load().columns.store, Snapshot)
    kept(folder).write_bytes(b"")
    assert isinstance(load().columns.store, Memory)


def test_kept_graph_counts_only_while_the_files_stay_as_they_are(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "seeds"
    other.mkdir()
    (other / "a.trig").write_text("a", encoding="utf-8")
    monkeypatch.setattr("interlock.graph.cache._MADE_OF", (other,))
    load()
    assert isinstance(load().columns.store, Snapshot)
    os.utime(other / "a.trig", (1, 1))
    assert isinstance(load().columns.store, Memory)
    assert isinstance(load().columns.store, Snapshot)


def test_graph_loads_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("INTERLOCK_CACHE", str(tmp_path / "file" / "below"))
    assert len(load().entities) > 100


def test_cache_is_in_the_users_folder_unless_it_is_moved_or_turned_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("INTERLOCK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "interlock"
    monkeypatch.setenv("INTERLOCK_CACHE", "off")
    assert cache_folder() is None


def test_two_processes_at_once_keep_one_whole_graph(folder: Path) -> None:
    code = "from interlock.graph import load; print(load().version)"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.communicate()[0] for process in started}
    assert said == {f"{load().version}\n"}
    Snapshot(kept(folder)).verify()


def test_what_a_killed_process_left_in_the_cache_is_removed(folder: Path) -> None:
    load()
    path = kept(folder)
    begun = path.with_name(f".{path.name}.0123456789ab")
    path.write_bytes(b"damaged")
    begun.write_bytes(b"half")
    load()
    assert not begun.exists()
    Snapshot(kept(folder)).verify()
