"""A server that is asked everything, and loads its data anew meanwhile, doesn't grow; ``make soak`` tells of half an hour."""

from __future__ import annotations

from pathlib import Path

from benchmarks.soak import Held, has_grown, soaked

SECONDS, TURNS = 8.0, 4
MEMORY = 1.5
"""As a factor: in so little time, memory is still being filled with what is kept."""


def test_server_that_loads_its_data_anew_holds_no_more_than_before(tmp_path: Path) -> None:
    found = soaked(tmp_path, SECONDS, TURNS)
    assert len(found) == TURNS
    assert not has_grown(found, MEMORY), found


def test_growth_is_noticed() -> None:
    still = [Held(500 + number % 3, 40, 10) for number in range(10)]
    assert not has_grown(still)
    assert has_grown([Held(500 + 30 * number, 40, 10) for number in range(10)])
    assert has_grown([Held(500, 40 + 3 * number, 10) for number in range(10)])
