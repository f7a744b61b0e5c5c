from __future__ import annotations

import pytest

from interlock.graph import DataError
from interlock.graph.faults import MOST, MOST_KINDS, OTHER, Problem, Tally, kind_of


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("has no schema:name", "has no schema:name"),
        ("refers to entity/acne, which is not in the data. Is it misspelt?", "refers to …, which is not in the data"),
        ("is of a type that isn't known: foaf:Person", "is of a type that isn't known: foaf:Person"),
        ("has 2 values of schema:name (a, b), and may have one. Are these two?", "has … values of schema:name …, and may have one"),
        ("il:during: '2011-13' is not a date: there is no month 13. Write it so", "il:during: … is not a date: there is no month …"),
        ("needs one schema:name; other names go into skos:altLabel", "needs one schema:name"),
    ],
)
def test_kind_is_the_message_without_values_and_hints(message: str, kind: str) -> None:
    assert kind_of(message) == kind


def fault(number: int, message: str) -> Problem:
    return Problem("data.nq", number, f"entity:e{number}", message)


def test_tally_counts_all_and_keeps_some_of_every_kind() -> None:
    faults = [fault(number, "has no schema:name") for number in range(1, 3 * MOST)]
    error = DataError([*faults, fault(0, "is amiss"), fault(0, "leads nowhere")])
    assert error.counts == {"has no schema:name": 3 * MOST - 1, "is amiss": 1, "leads nowhere": 1}
    assert error.count == 3 * MOST + 1
    assert len(error.problems) == MOST
    assert [problem.message for problem in error.problems[:3]] == ["is amiss", "leads nowhere", "has no schema:name"]
    assert str(error).endswith(f"… and {3 * MOST - 19:,} more:\n  {3 * MOST - 19:,} × has no schema:name")


def test_room_is_shared_among_kinds_that_have_more_than_enough() -> None:
    tally = Tally(fault(number, kind) for kind in ("is amiss", "is lost") for number in range(1, MOST + 1))
    chosen = tally.chosen()
    assert len(chosen) == MOST
    assert sum(problem.message == "is lost" for problem in chosen) == MOST // 2


def test_kinds_without_end_are_counted_together() -> None:
    tally = Tally(fault(1, f"is of the kind {'x' * number}") for number in range(1, MOST_KINDS + 11))
    assert len(tally.counts) == MOST_KINDS + 1
    assert tally.counts[OTHER] == 10
    assert len(tally) == len(tally.chosen()) == MOST_KINDS + 10
    assert len(str(DataError(tally)).splitlines()) == 41
