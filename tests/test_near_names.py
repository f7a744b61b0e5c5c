"""Names that are near are found among many without comparing each with each."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlock.graph.near_names import MOST, keys, near_pairs, nearness

PEOPLE = frozenset({0})
FIRST, MIDDLE, LAST = ["ann", "anne", "bob"], ["", "m", "mary", "maria", "b"], ["example", "exampel", "roe", "row jr"]
WORDS = ["acme", "acne", "apollo", "technologies", "tech", "group", "holdings", "2", "ii", "capital", "partners", "a"]
LETTERS = st.text("ab c1", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)


@pytest.mark.parametrize(
    ("one", "other", "people", "way"),
    [
        ("acme", "acme", False, "same name"),
        ("face book", "facebook", False, "same name"),
        ("works acme", "acme works", False, "same words in another order"),
        ("micorsoft", "microsoft", False, "similar name, 0.89"),
        ("netflx", "netflix", False, "similar name, 0.92"),
        ("acme tech", "acme technologies", False, "similar name, 0.69"),
        ("acme", "acme group", False, "same name but for a usual word"),
        ("acme", "acme anvils", False, None),
        ("apple", "apply now", False, None),
        ("arm", "art", False, None),
        ("area 51", "area 52", False, None),
        ("spac acquisition ii", "spac acquisition iii", False, None),
        ("ann example", "ann m example", True, "same first and last name"),
        ("ann mary example", "ann m example", True, "same first and last name"),
        ("ann b example", "ann m example", True, None),
        ("ann marie example", "ann maria example", True, "similar name, 0.94"),
        ("ann bea example", "ann mary example", True, None),
        ("ann example jr", "ann example", True, None),
        ("cher", "chez", True, None),
    ],
)
def test_nearness_says_in_what_way(one: str, other: str, people: bool, way: str | None) -> None:
    for a, b in ((one, other), (other, one)):
        found = nearness(a, b, people)
        assert (found.way if found else None) == way


@given(st.lists(LETTERS, max_size=12), st.booleans())
@settings(max_examples=300)
def test_names_that_are_near_have_a_key_in_common(names: list[str], people: bool) -> None:
    for one, other in combinations(names, 2):
        if nearness(one, other, people):
            assert {*keys(one, people)} & {*keys(other, people)}


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_pairs_are_those_that_comparing_each_with_each_finds(seed: int) -> None:
    draw = random.Random(seed)
    group = [draw.randrange(2) for _ in range(40)]
    firms = [" ".join(draw.sample(WORDS, draw.randint(1, 3))) for _ in group]
    people = [" ".join(f"{draw.choice(FIRST)} {draw.choice(MIDDLE)} {draw.choice(LAST)}".split()) for _ in group]
    names = [people[number] if which == 0 else firms[number] for number, which in enumerate(group)]
    pairs = near_pairs(names, group, PEOPLE)
    found = {(a, b) for a, b in pairs.found.tolist() if nearness(names[a], names[b], group[a] == 0)}
    plain = {
        (a, b) for a, b in combinations(range(40), 2) if group[a] == group[b] and nearness(names[a], names[b], group[a] == 0)
    }  # fmt: skip
    assert found == plain
    assert not pairs.crowded
    assert all(group[a] == group[b] for a, b in pairs.found.tolist())


def test_key_that_too_many_have_is_told_and_not_used() -> None:
    names = ["ann roe"] * (MOST + 1) + ["bob row", "bob rowe"]
    pairs = near_pairs(names, [0] * len(names), PEOPLE)
    assert pairs.found.tolist() == [[MOST + 1, MOST + 2]]
    assert pairs.crowded == [("ann roe", MOST + 1)]
    assert len(near_pairs(names[1:], [0] * (len(names) - 1), PEOPLE).found) == MOST * (MOST - 1) // 2 + 1


def test_no_names_make_no_pairs() -> None:
    assert near_pairs([], [], PEOPLE).found.tolist() == []
