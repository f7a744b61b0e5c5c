"""What ``make soak`` takes for growth."""

from __future__ import annotations

from benchmarks.soak import Held, has_grown


def test_growth_is_told_from_what_comes_and_goes() -> None:
    still = [Held(500 + number % 3, 40, 10) for number in range(10)]
    assert not has_grown(still)
    assert has_grown([Held(500 + 30 * number, 40, 10) for number in range(10)])
    assert has_grown([Held(500, 40 + 3 * number, 10) for number in range(10)])
