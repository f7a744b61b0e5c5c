"""A server that is asked everything, and loads its data anew meanwhile, fails at nothing and holds no more; ``make soak`` is longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import soak
from benchmarks.soak import Held, has_grown, soaked

SECONDS, TURNS = 12.0, 6
MEMORY = 1.5
"""As a factor: in so little time, memory is still being filled with what is kept."""


def test_server_that_loads_its_data_anew_fails_at_nothing_and_holds_no_more_than_before(tmp_path: Path) -> None:
    found = soaked(tmp_path, SECONDS, TURNS)
    assert not found.failures
    assert found.asked > TURNS
    assert len(found.held) == TURNS
    assert not has_grown(found.held, MEMORY), found.held


def test_soak_says_what_went_wrong_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "PATIENCE", 10)
    monkeypatch.setattr(soak, "exchange", lambda data, edition: data.write_bytes(edition.read_bytes()) if not data.exists() else None)
    monkeypatch.setattr(soak, "_question", lambda document, **_: soak.Attack("a bad question", [soak.post(b"{}")]))
    found = soaked(tmp_path, 4.0, 2)
    assert found.failures[0].startswith("turn 0: after 10 s b'ok ")
    assert "a bad question: 400" in "\n".join(found.failures)
    assert not found.held


def test_growth_is_told_from_what_comes_and_goes() -> None:
    still = [Held(500 + number % 3, 40, 10) for number in range(10)]
    assert not has_grown(still)
    assert has_grown([Held(500 + 30 * number, 40, 10) for number in range(10)])
    assert has_grown([Held(500, 40 + 3 * number, 10) for number in range(10)])
