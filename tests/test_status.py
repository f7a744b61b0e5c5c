from __future__ import annotations

import pytest

from harness import claim
from interlock.graph.dates import parse_date
from interlock.graph.model import Source, Status
from interlock.graph.status import derive_status, independent_sources

SOURCES = {
    name: Source(name, name, name, publisher=name, published=parse_date(day) if day else None)
    for name, day in {"2020-05-05": "2020-05-05", "2018": "2018", "2020": "2020", "2024": "2024", "undated": ""}.items()
}

TRUTH = [
    # claims as (status, stance, source) → status of the relationship
    ([("CONFIRMED", "+", "2018")], "CONFIRMED"),
    ([("REPORTED", "+", "2018")], "REPORTED"),
    ([("ALLEGED", "+", "2018")], "ALLEGED"),
    ([("ALLEGED", "+", "2018"), ("REPORTED", "+", "2020")], "REPORTED"),
    ([("ALLEGED", "+", "2018"), ("CONFIRMED", "+", "2020")], "CONFIRMED"),
    ([("CONFIRMED", "+", "2018"), ("DISPUTED", "-", "2020")], "CONFIRMED"),
    ([("REPORTED", "+", "2018"), ("DISPUTED", "-", "2020")], "DISPUTED"),
    ([("ALLEGED", "+", "2018"), ("DISPUTED", "-", "undated")], "DISPUTED"),
    ([("ALLEGED", "+", "2018"), ("CONFIRMED", "-", "2020")], "DISPUTED"),
    ([("DISPUTED", "-", "2018")], "DISPUTED"),
    ([("ALLEGED", "+", "2018"), ("DISMISSED", "-", "2020")], "DISMISSED"),
    ([("ALLEGED", "+", "2020"), ("DISMISSED", "-", "2020")], "DISMISSED"),
    ([("ALLEGED", "+", "2020-05-05"), ("DISMISSED", "-", "2020-05-05")], "DISMISSED"),
    ([("ALLEGED", "+", "2024"), ("DISMISSED", "-", "2020")], "ALLEGED"),
    ([("CONFIRMED", "+", "2018"), ("DISMISSED", "-", "2020")], "DISMISSED"),
    ([("CONFIRMED", "+", "2024"), ("DISMISSED", "-", "2020")], "CONFIRMED"),
    ([("ALLEGED", "+", "undated"), ("DISMISSED", "-", "2020")], "DISMISSED"),
    ([("ALLEGED", "+", "2024"), ("DISMISSED", "-", "undated")], "DISMISSED"),
    ([("REPORTED", "+", "2018"), ("RETRACTED", "-", "2020")], "RETRACTED"),
    ([("RETRACTED", "+", "2020")], "RETRACTED"),
    ([("REPORTED", "+", "2024"), ("RETRACTED", "-", "2020"), ("DISPUTED", "-", "2024")], "DISPUTED"),
    ([("ALLEGED", "+", "2018"), ("DISMISSED", "-", "2020"), ("RETRACTED", "-", "2024")], "RETRACTED"),
]


@pytest.mark.parametrize(("claims", "expected"), TRUTH)
def test_status_follows_the_rule_whatever_the_order_of_the_claims(claims: list[tuple[str, str, str]], expected: str) -> None:
    stances = {"+": "SUPPORTS", "-": "CONTRADICTS"}
    made = [claim(number, status, stances[stance], source) for number, (status, stance, source) in enumerate(claims)]
    assert derive_status(made, SOURCES) is Status(expected)
    assert derive_status(made[::-1], SOURCES) is Status(expected)


def test_status_goes_by_when_a_claim_was_made_rather_than_when_it_was_published() -> None:
    ruling = claim(1, "DISMISSED", "CONTRADICTS", "2024", made=parse_date("2019"))
    later = claim(2, "ALLEGED", "SUPPORTS", "2020")
    assert derive_status([ruling, later], SOURCES) is Status.ALLEGED


def source(name: str, publisher: str | None = None, *derived_from: str) -> Source:
    return Source(name, name, name, publisher=publisher, derived_from=derived_from)


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ([], 0),
        ([source("a", "Times"), source("b", "times")], 1),
        ([source("a", "Times"), source("b", "Post")], 2),
        ([source("a"), source("b")], 2),
        ([source("a", "Times"), source("b", "Post", "a")], 1),
        ([source("b", "Post", "letter"), source("c", "Mail", "letter")], 1),
        ([source("a", "Times"), source("b", "Post", "letter"), source("c", "Times", "letter")], 1),
        ([source("a", "Times"), source("b", "Post", "letter"), source("c", "Mail")], 3),
    ],
)
def test_sources_that_repeat_one_another_count_once(sources: list[Source], count: int) -> None:
    assert independent_sources(sources) == count
