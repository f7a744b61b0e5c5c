from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from harness import PATIENT, entity, graph, tie
from interlock.graph import (
    BadInput,
    Engine,
    KnowledgeGraph,
    Limits,
    PathFilter,
    Relationship,
    RelationshipFilter,
    RelationshipKind,
    Status,
    load,
)
from interlock.graph.budget import StopReason
from interlock.graph.intervals import Certainty
from interlock.graph.loop_words import loop_sentence, loops_sentence
from interlock.graph.loops import LoopQuestion, Loops, kinds_of, loops
from interlock.graph.together import held_together
from interlock.schema import Context, build_schema
from interlock.server.cli import cli


def found(on: Engine, start: str = "a", conditions: PathFilter | None = None, max_length: int = 5, **more: Any) -> Loops:
    return loops(on, LoopQuestion.through(on.graph.entities[start], conditions, max_length, **more))


def told(answer: Loops) -> list[str]:
    return ["".join(each.id for each in loop.entities) for loop in answer.found]


GRAPH = graph(
    tie("acme", "deal", "2011/2013", kind="PARTY", key="buys"),
    tie("beta", "deal", "2011/2013", kind="PARTY", key="sells"),
    tie("ann", "beta", "2010/2012", kind="BOARD_SEAT", key="seat-beta"),
    tie("ann", "acme", "2014/2015", kind="BOARD_SEAT", key="seat-acme", status="ALLEGED"),
    tie("bob", "acme", "2010/2012", kind="BOARD_SEAT", key="bob-acme"),
    tie("bob", "beta", "2010/2012", kind="BOARD_SEAT", key="bob-beta"),
    tie("acme", "beta", "2010/2012", kind="INVESTMENT", key="stake"),
    tie("acme", "beta", "2010/2012", kind="ASSOCIATION", key="customer"),
    entities=[
        *(entity(name) for name in ("Acme", "Beta")),
        *(entity(name, "PERSON") for name in ("Ann", "Bob")),
        entity("Deal", "AGREEMENT"),
        entity("Board of Acme", "BOARD", unit_of="acme"),
    ],
)
ENGINE = Engine(GRAPH, PATIENT)
SHORT = ["acme ann beta acme", "acme beta bob acme", "acme beta deal acme"]


def names(answer: Loops) -> list[str]:
    return [" ".join(each.id for each in loop.entities) for loop in answer.found]


def test_loop_is_told_once_and_parallel_relationships_are_one_hop() -> None:
    answer = found(ENGINE, "acme", max_length=3)
    assert sorted(names(answer)) == sorted(SHORT)
    deal = answer.found[names(answer).index("acme beta deal acme")]
    assert [kind.value for kind in kinds_of(deal)] == ["INVESTMENT", "PARTY", "ASSOCIATION"]
    assert [each.id for each in deal.hops[0].parallel] == ["stake", "customer"]


def test_loop_by_seats_alone_is_an_interlock_unless_it_is_asked_for() -> None:
    assert "acme ann beta bob acme" not in names(found(ENGINE, "acme", max_length=4, k=100))
    assert "acme ann beta bob acme" in names(found(ENGINE, "acme", max_length=4, k=100, mixed=False))
    seats = PathFilter(RelationshipFilter(kinds=frozenset({RelationshipKind.BOARD_SEAT})))
    assert names(found(ENGINE, "acme", seats, mixed=False)) == ["acme ann beta bob acme"]
    with pytest.raises(BadInput, match="leaves one kind of relationship"):
        found(ENGINE, "acme", seats)


def test_loop_through_a_board_begins_and_ends_with_a_seat_on_it() -> None:
    answer = found(ENGINE, "board-of-acme", max_length=5, k=100, mixed=False)
    assert {hop.relationship.kind.value for loop in answer.found for hop in (loop.hops[0], loop.hops[-1])} == {"BOARD_SEAT"}
    assert names(answer) == ["board-of-acme ann beta bob board-of-acme"]


def test_what_ends_the_search_is_told() -> None:
    assert found(ENGINE, "acme", max_length=3, k=2).stopped_by is StopReason.PATH_LIMIT
    assert found(ENGINE, "acme", max_length=3).complete
    assert found(Engine(GRAPH, Limits(steps=3)), "acme").stopped_by is StopReason.STEP_BUDGET
    late = found(Engine(GRAPH, Limits(seconds=0.0)), "acme")
    assert (late.stopped_by, late.cut_short) == (StopReason.DEADLINE, True)
    assert loops_sentence(GRAPH, late) == (
        "No loops of 3 to 5 hops through Acme were found, by two kinds of relationship or more; the search used up its time "
        "before it was done."
    )


def test_question_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadInput, match="maxLength is 2; it must be between 3 and 12"):
        found(ENGINE, "acme", max_length=2)
    with pytest.raises(BadInput, match="avoid names acme"):
        found(ENGINE, "acme", PathFilter(avoid=frozenset({"acme"})))


def test_sentence_hedges_what_is_alleged_and_tells_whether_dates_overlap() -> None:
    answer = found(ENGINE, "acme", max_length=3)
    said = {name: loop_sentence(GRAPH, loop) for name, loop in zip(names(answer), answer.found, strict=True)}
    assert said["acme ann beta acme"].startswith(
        "Acme was allegedly tied to Ann (2014 – 2015; alleged), who was tied to Beta (2010 – 2012)"
    )
    assert said["acme ann beta acme"].endswith("The known dates of all of it do not overlap.")
    assert said["acme beta bob acme"].endswith("The known dates of all of it overlap (2010/2012).")
    assert loops_sentence(GRAPH, answer) == (
        "3 loops of 3 hops through Acme, by two kinds of relationship or more. That a chain of relationships closes says nothing of what "
        "came of it."
    )


def test_organization_stands_for_what_it_was_then() -> None:
    known = load()
    engine = Engine(known, PATIENT)
    answer = loops(engine, LoopQuestion.through(engine.entity("Alphabet"), PathFilter(RelationshipFilter(during="2005/2008"))))
    assert answer.question.start.id == "entity/google"
    assert len(answer.notes) == 1


def test_graphql_and_command_line_tell_the_same() -> None:
    fields = "totalCount complete nodes { length kinds status entities { id } hops { to { id } } heldTogether { certainty } }"
    result = build_schema().execute_sync(f'{{ loops(of: "Acme", maxLength: 3, k: 1) {{ {fields} }} }}', context_value=Context(ENGINE))
    (loop,) = (result.data or {})["loops"]["nodes"]
    assert [each["id"] for each in loop["entities"]] == [hop["to"]["id"] for hop in loop["hops"][-1:] + loop["hops"][:-1]]
    assert (loop["length"], (result.data or {})["loops"]["complete"]) == (3, False)
    told_by_command = CliRunner().invoke(cli, ["loops", "Netflix", "--max-length", "3", "-k", "100", "-f", "csv"])
    rows = list(csv.DictReader(io.StringIO(told_by_command.stdout)))
    chains = {number: [row for row in rows if row["loop"] == number] for number in {row["loop"] for row in rows}}
    assert chains
    for hops in chains.values():
        assert [row["to"] for row in hops] == [*[row["from"] for row in hops[1:]], "entity/netflix"]
    assert "Netflix – Meta – Reed Hastings – Netflix" in CliRunner().invoke(cli, ["loops", "Netflix", "--max-length", "3"]).stdout


def test_page_goes_on_where_the_one_before_ended() -> None:
    schema, fields = build_schema(), "pageInfo { endCursor } nodes { id }"
    ask = '{{ loops(of: "acme", maxLength: 4, first: 2{more}) {{ {fields} }} }}'
    page = schema.execute_sync(ask.format(more="", fields=fields), context_value=Context(ENGINE)).data or {}
    after = f', after: "{page["loops"]["pageInfo"]["endCursor"]}"'
    rest = schema.execute_sync(ask.format(more=after, fields=fields), context_value=Context(ENGINE)).data or {}
    whole = [loop.id for loop in found(ENGINE, "acme", max_length=4, k=20).found]
    assert [each["id"] for part in (page, rest) for each in part["loops"]["nodes"]] == whole[:4]


KINDS = ("BOARD_SEAT", "PARTY", "INVESTMENT")
TIES = st.lists(
    st.tuples(
        st.sampled_from("abcde"),
        st.sampled_from("abcde"),
        st.sampled_from(KINDS),
        st.sampled_from(["CONFIRMED", "REPORTED", "DISMISSED"]),
        st.sampled_from(["2001/2003", "2002/2005", "2006/2007", "2004/"]),
    ),
    max_size=14,
)
CONDITIONS = st.sampled_from(
    [
        PathFilter(),
        PathFilter(RelationshipFilter(during="2002/2003")),
        PathFilter(RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY, RelationshipKind.INVESTMENT}), min_status=Status.RETRACTED)),
        PathFilter(avoid=frozenset("c")),
        PathFilter(must_pass=frozenset("d")),
        PathFilter(max_transit_degree=4),
        PathFilter(held_together=True),
        PathFilter(RelationshipFilter(during="2002/2006"), held_together=True),
        PathFilter(forward=True),
        PathFilter(forward=False, must_pass=frozenset("b")),
    ]
)


def brute_force(known: KnowledgeGraph, conditions: PathFilter, max_length: int, mixed: bool) -> list[str]:
    """All simple cycles that networkx finds through ``a``, one by one put to the test; in the order of paths."""

    def taken(one: str, other: str) -> list[Relationship]:
        way = conditions.forward
        ties = [each for each in known.between(one, other) if conditions.relationships.admits(each, known)]
        return [each for each in ties if way is None or (each.source == one) is way]

    plain = nx.DiGraph((one, other) for one in "abcde" for other in "abcde" if one != other and taken(one, other))
    counted = []
    for cycle in nx.simple_cycles(plain, max_length):
        if "a" not in cycle or len(cycle) < 3:
            continue
        at = cycle.index("a")
        nodes = [*cycle[at:], *cycle[:at], "a"]
        hops = [taken(*pair) for pair in pairwise(nodes)]
        between = set(nodes[1:-1])
        together = held_together([[each.interval for each in hop] for hop in hops], conditions.relationships.window).certainty
        if (
            (conditions.forward is None and nodes[1] > nodes[-2])
            or not conditions.must_pass <= between
            or not all(conditions.admits_between(known.entities[each], known) for each in between)
            or (conditions.held_together and together is Certainty.IMPOSSIBLE)
            or (mixed and len({each.kind for hop in hops for each in hop}) < 2)
        ):
            continue
        counted.append("".join(nodes))
    return counted


@given(TIES, CONDITIONS, st.integers(3, 5), st.booleans())
def test_loops_are_those_of_brute_force(drawn: list[tuple[str, ...]], conditions: PathFilter, max_length: int, mixed: bool) -> None:
    ties = [tie(*ends, during, kind=kind, status=status, key=str(n)) for n, (*ends, kind, status, during) in enumerate(drawn)]
    engine = Engine(graph(*ties, entities=[entity(name) for name in "abcde"]), PATIENT)
    answer = found(engine, conditions=conditions, max_length=max_length, k=100, mixed=mixed)
    expected = brute_force(engine.graph, conditions, max_length, mixed)
    assert sorted(told(answer)) == sorted(expected)
    assert answer.complete
    order = [(not loop.surely_held, len(loop.hops), loop.cost, names) for loop, names in zip(answer.found, told(answer), strict=True)]
    assert order == sorted(order)
