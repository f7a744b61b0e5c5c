from __future__ import annotations

from itertools import combinations, product
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import interlock.graph.interlock_network as module
from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, EntityKind, Limits, RelationshipFilter, RelationshipKind, select
from interlock.graph.budget import StopReason
from interlock.graph.dates import parse_date
from interlock.graph.interlock_network import InterlockNetwork, interlock_network
from interlock.graph.intervals import Certainty
from interlock.graph.selection_query import read_query
from interlock.graph.together import held_together
from interlock.schema import Context, build_schema

PEOPLE = [entity(name, "PERSON") for name in "pqr"]
COMPANIES = [entity(name) for name in "abcd"]
DIRECTORS = frozenset({EntityKind.PERSON})
SEATS = [
    ("p", "a", "2010/2014"),
    ("p", "b", "2012/2016"),
    ("q", "a", "2013/"),
    ("q", "b", "2014/2015"),
    ("q", "b", "2015/2016"),
    ("r", "c", "2011"),
]


def engine(seats: list[tuple[str, ...]], limits: Limits = PATIENT) -> Engine:
    ties = [tie(*each[:3], kind="BOARD_SEAT", key=f"{number:02}", status=(*each, "CONFIRMED")[3]) for number, each in enumerate(seats)]
    return Engine(graph(*ties, tie("p", "d", kind="POSITION"), entities=[*PEOPLE, *COMPANIES]), limits)


def ties(found: InterlockNetwork) -> dict[tuple[str, str], tuple[int, int]]:
    network = found.to_networkx()
    return {(min(edge), max(edge)): (network.edges[edge]["weight"], network.edges[edge]["certain"]) for edge in network.edges}


def test_boards_are_tied_by_the_directors_that_they_shared_at_one_time() -> None:
    found = interlock_network(engine(SEATS))
    assert ties(found) == {("a", "b"): (2, 1)}
    assert sorted(found.to_networkx()) == ["a", "b", "c"]
    assert [found.graph.id_of(number) for number in found.isolates.tolist()] == ["c"]
    assert (found.complete, found.title) == (True, "Boards that shared directors")


def test_directors_are_tied_by_the_boards_on_which_they_sat_at_one_time() -> None:
    assert ties(interlock_network(engine(SEATS), kinds=DIRECTORS)) == {("p", "q"): (2, 2)}
    early = interlock_network(engine(SEATS), RelationshipFilter(during="2010/2012"), DIRECTORS)
    assert (ties(early), early.title) == ({}, "Directors who sat on a board together, during 2010/2012")


def test_kinds_that_are_mixed_or_have_no_boards_are_refused() -> None:
    for kinds in (frozenset(), DIRECTORS | {EntityKind.COMPANY}, frozenset({EntityKind.LAWSUIT})):
        with pytest.raises(BadInput, match="PERSON alone for directors"):
            interlock_network(engine(SEATS), kinds=kinds)


def test_filter_that_leaves_no_seats_is_refused() -> None:
    with pytest.raises(BadInput, match="leave no BOARD_SEAT"):
        interlock_network(engine(SEATS), RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY})))


def test_projection_that_runs_out_says_so() -> None:
    short = interlock_network(engine(SEATS, Limits(steps=1, seconds=PATIENT.seconds)))
    assert (short.complete, short.stopped_by, "used up its steps" in short.notes[0]) == (False, StopReason.STEP_BUDGET, True)
    assert interlock_network(engine(SEATS, Limits(seconds=-1.0))).stopped_by is StopReason.DEADLINE


YEARS = st.sampled_from(["", "2000/2003", "2002/", "/2001", "2003/2004", "2001~/2002", "2002"])
DRAWN = st.lists(
    st.tuples(st.sampled_from("pqr"), st.sampled_from("abcd"), YEARS, st.sampled_from(["CONFIRMED", "ALLEGED", "DISMISSED"])), max_size=14
)
CONDITIONS = st.builds(
    lambda year, sure: RelationshipFilter(
        as_of=year and parse_date(year), certainty=Certainty.CERTAIN if year and sure else Certainty.POSSIBLE
    ),
    st.sampled_from([None, "2001", "2003"]),
    st.booleans(),
)


@given(DRAWN, CONDITIONS, st.booleans(), st.sampled_from([1, 3, 1 << 20]), st.sampled_from([0, 2**63]))
def test_projection_is_that_of_brute_force(
    seats: list[tuple[str, ...]], conditions: RelationshipFilter, of_directors: bool, chunk: int, numbers: int
) -> None:
    on = engine(seats)
    counted = [each for each in on.graph.relationships.values() if each.kind == "BOARD_SEAT" and conditions.admits(each, on.graph)]
    mine, theirs = ("source", "target") if of_directors else ("target", "source")
    expected = {}
    for one, other in combinations("pqr" if of_directors else "abcd", 2):
        verdicts = {}
        for a, b in product(counted, counted):
            if (getattr(a, mine), getattr(b, mine)) == (one, other) and getattr(a, theirs) == getattr(b, theirs):
                verdicts.setdefault(getattr(a, theirs), set()).add(held_together([[a.interval], [b.interval]], conditions.window).certainty)
        sure = sum(Certainty.CERTAIN in each for each in verdicts.values())
        possible = sum(bool(each & {Certainty.CERTAIN, Certainty.POSSIBLE}) for each in verdicts.values())
        weight = sure if conditions.certainty is Certainty.CERTAIN else possible
        if weight:
            expected[one, other] = (weight, sure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        patch.setattr(module, "_NUMBERS", numbers)
        found = interlock_network(on, conditions, DIRECTORS if of_directors else module.HAVE_BOARDS)
    assert ties(found) == expected
    assert set(found.to_networkx()) == {getattr(each, mine) for each in counted}


def answered(text: str, on: Engine) -> Any:
    result = build_schema().execute_sync(f"{{ {text} }}", context_value=Context(on))
    assert not result.errors, result.errors
    assert result.data
    return result.data["interlockNetwork"]


def test_graphql_gives_ties_the_heaviest_first_and_an_export_of_what_they_are_made_of() -> None:
    on = engine([*SEATS, ("r", "b", "2011")])
    found = answered(
        'interlockNetwork(during: "2010/2016") { title complete isolateCount notes nodes { totalCount } seatsExportUrl(format: "gexf") '
        "ties(first: 1) { totalCount nodes { source { id } target { id } weight certain } } }",
        on,
    )
    assert found["ties"] == {"totalCount": 2, "nodes": [{"source": {"id": "a"}, "target": {"id": "b"}, "weight": 2, "certain": 1}]}
    assert (found["nodes"]["totalCount"], found["isolateCount"], found["complete"]) == (3, 0, True)
    selection = select(on, read_query(urlsplit(found["seatsExportUrl"]).query, on))
    assert {on.graph.relationships[each].kind.value for each in selection.relationships} == {"BOARD_SEAT"}
    assert len(selection.relationships) == 7
