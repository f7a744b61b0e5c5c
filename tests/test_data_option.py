from __future__ import annotations

from pathlib import Path

import pytest

from interlock.server.data_option import spread


@pytest.mark.parametrize(
    ("args", "read"),
    [
        ("--data a.trig b.nq.gz d/ Acme", "--data a.trig --data b.nq.gz --data d/ Acme"),
        ("Acme --data a.trig --data b.nq.gz", "Acme --data a.trig --data b.nq.gz"),
        ("--data a.trig --format csv b.nq.gz", "--data a.trig --format csv b.nq.gz"),
        ("--data a.trig d x.interlock", "--data a.trig d x.interlock"),
        ("--data a.trig missing.ttl", "--data a.trig missing.ttl"),
        ("--data a.trig notes.txt", "--data a.trig notes.txt"),
        ("--data a.trig x.interlock", "--data a.trig --data x.interlock"),
        ("--data a.trig decisions.csv", "--data a.trig --data decisions.csv"),
        ("paths --data", "paths --data"),
    ],
)
def test_paths_that_follow_the_option_are_its_own_if_they_are_there(
    args: str, read: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    for name in ("a.trig", "b.nq.gz", "x.interlock", "notes.txt", "decisions.csv"):
        (tmp_path / name).touch()
    assert list(spread(args.split())) == read.split()
