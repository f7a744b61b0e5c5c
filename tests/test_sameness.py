"""Who is one follows from what is declared and shared, whatever the order, and never against a contradiction."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.model import EntityKind
from interlock.graph.sameness import MOST_SHARING, Pair, Said, alike, decide, key_of

PERSON, COMPANY, ORGANIZATION, BOARD = EntityKind.PERSON, EntityKind.COMPANY, EntityKind.ORGANIZATION, EntityKind.BOARD
OURS = "https://interlock.example/entity/"
NAMES = [f"{OURS}b", f"{OURS}a", "https://x.example/1", "https://x.example/2", "https://x.example/3", "https://x.example/4"]
KEYS = ["cik:1", "cik:2", "lei:A", "lei:B", "opencorporates:gb/1"]
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]), max_size=4)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("cik:0001326801", "cik:1326801"),
        ("CIK: 1326801", "cik:1326801"),
        ("https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0001326801", "cik:1326801"),
        ("lei:bqz4lef49kkc27ijml50", "lei:BQZ4LEF49KKC27IJML50"),
        ("https://www.gleif.org/lei/BQZ4LEF49KKC27IJML50", "lei:BQZ4LEF49KKC27IJML50"),
        ("wikidata:Q380", "wikidata:Q380"),
        ("http://www.wikidata.org/entity/Q380", "wikidata:Q380"),
        ("https://wikidata.org/wiki/Q380", "wikidata:Q380"),
        ("https://opencorporates.com/companies/us_de/1234/", "opencorporates:us_de/1234"),
        (f"{OURS}old", f"{OURS}old"),
        ("isin:US30303M1027", None),
        ("https://example.org/Q380", None),
        ("cik:", None),
        ("cik:000", None),
        ("Acme", None),
        ("", None),
    ],
)
def test_key_is_one_for_all_spellings_of_an_identifier(written: str, key: str | None) -> None:
    assert key_of(written) == key


def said_of(kinds: list[EntityKind], keys: list[frozenset[str]], same: list[Pair], different: list[Pair]) -> Said:
    return Said(dict(zip(NAMES, kinds, strict=True)), dict(zip(NAMES, keys, strict=True)), same, different)


def closed(pairs: list[Pair]) -> list[set[str]]:
    """Sets of those that hang together by pairs: the plain way."""
    groups = [{name} for name in NAMES]
    for _ in NAMES:
        for one, other in pairs:
            joined = set().union(*(group for group in groups if group & {one, other}))
            groups = [group for group in groups if not group & joined] + [joined]
    return groups


def contradicts(said: Said, group: set[str], parts: list[set[str]], tied: list[Pair]) -> bool:
    """Is a pair of it apart, or of kinds that can't be one; or have two of its parts other identifiers of a scheme that gives only one?"""
    kinds = any(not alike(said.kinds[one], said.kinds[other]) for one, other in combinations(group, 2))
    apart = any({one, other} <= group for one, other in [*said.different, *tied])
    return (
        kinds
        or apart
        or any(odd(said, one, other, scheme) for one, other in combinations(parts, 2) for scheme in ("cik", "lei", "wikidata"))
    )


def odd(said: Said, one: set[str], other: set[str], scheme: str) -> bool:
    having = [{key for name in part for key in said.keys[name] if key.startswith(scheme)} for part in (one, other)]
    return all(having) and not having[0] & having[1]


@given(
    st.lists(st.sampled_from([COMPANY, COMPANY, COMPANY, ORGANIZATION, PERSON]), min_size=6, max_size=6),
    st.lists(st.frozensets(st.sampled_from(KEYS), max_size=2), min_size=6, max_size=6),
    PAIRS,
    PAIRS,
    PAIRS,
)
def test_who_is_one_is_what_sets_say(
    kinds: list[EntityKind], keys: list[frozenset[str]], same: list[Pair], different: list[Pair], tied: list[Pair]
) -> None:
    said = said_of(kinds, keys, same[:3], different[:1])
    tied = tied[:1]
    found = decide(said, lambda members: [pair for pair in tied if {*pair} <= {*members}])
    parts = closed(said.same)
    assert bool(found.faults) == any(contradicts(said, part, [part], tied) for part in parts)
    if found.faults:
        return
    apart = {frozenset(pair) for pair in said.different}
    shared = [pair for pair in combinations(NAMES, 2) if said.keys[pair[0]] & said.keys[pair[1]] and frozenset(pair) not in apart]
    expected = set()
    for group in closed([*said.same, *shared]):
        within = [part for part in parts if part <= group]
        expected |= {frozenset(each) for each in (within if contradicts(said, group, within, tied) else [group]) if len(each) > 1}
    assert {frozenset(group) for group in found.groups.values()} == expected
    for survivor, group in found.groups.items():
        assert group[0] == survivor == min(group, key=lambda name: (not name.startswith(OURS), name))


@given(PAIRS, PAIRS, st.lists(st.frozensets(st.sampled_from(KEYS), max_size=2), min_size=6, max_size=6), st.randoms())
def test_order_in_which_things_are_said_changes_nothing(
    same: list[Pair], different: list[Pair], keys: list[frozenset[str]], draw: random.Random
) -> None:
    one = said_of([COMPANY] * 6, keys, same, different)
    shuffled = draw.sample(NAMES, len(NAMES))
    turned = [(b, a) for a, b in draw.sample(same, len(same))]
    other = Said({name: one.kinds[name] for name in shuffled}, {name: one.keys[name] for name in shuffled}, turned, different[::-1])
    assert decide(one, lambda members: []) == decide(other, lambda members: [])


def test_identifier_of_too_many_merges_nobody() -> None:
    names = [f"x:{number:02}" for number in range(MOST_SHARING + 1)]
    said = Said(dict.fromkeys(names, COMPANY), dict.fromkeys(names, frozenset({"lei:A"})))
    found = decide(said, lambda members: [])
    assert not found.groups
    assert found.notes == [("x:00", "is lei:A, as 10 others are: taken for a mistake, so that nothing is merged by it")]
    said.keys.pop("x:00")
    assert decide(said, lambda members: []).groups == {"x:01": tuple(names[1:])}


def test_note_and_fault_say_what_is_in_the_way() -> None:
    said = Said({"x:a": COMPANY, "x:b": PERSON}, {"x:a": frozenset({"cik:1"}), "x:b": frozenset({"cik:1"})})
    (note,) = decide(said, lambda members: []).notes
    assert note == ("x:a", "shares cik:1 with <x:b>, and they are not merged: <x:a> is a company, <x:b> a person")
    said.same.append(("x:b", "x:a"))
    (fault,) = decide(said, lambda members: []).faults
    assert fault == ("x:a", "is declared to be the same as <x:b>, but <x:a> is a company, <x:b> a person. Take one of the two back")


def test_boards_of_one_company_are_one_if_each_part_has_one() -> None:
    kinds = dict.fromkeys(("x:a", "x:b"), COMPANY) | dict.fromkeys(("x:a1", "x:b1", "x:b2"), BOARD)
    said = Said(kinds, same=[("x:a", "x:b")], unit_of={"x:a1": "x:a", "x:b1": "x:b"})
    assert decide(said, lambda members: []).groups == {"x:a": ("x:a", "x:b"), "x:a1": ("x:a1", "x:b1")}
    said.unit_of["x:b2"] = "x:b"
    assert decide(said, lambda members: []).groups == {"x:a": ("x:a", "x:b")}
