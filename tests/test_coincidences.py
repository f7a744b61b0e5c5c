from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import interlock.graph.coincidences as module
from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, Limits, RelationshipFilter, RelationshipKind, SameEntity, Status
from interlock.graph.coincidences import Coincidence, coincidence_sentence, coincidences
from interlock.graph.dates import parse_date
from interlock.graph.errors import TooCostly
from interlock.graph.intervals import Certainty, Interval
from interlock.schema import Context, build_schema
from interlock.server.cli import cli

GRAPH = graph(
    tie("ann", "acme", "2011-06-22/2019-05-30", kind="BOARD_SEAT", key="seat"),
    tie("beta", "deal", "2011-06", kind="PARTY", key="party", status="ALLEGED"),
    tie("acme", "deal", "2011-06", kind="PARTY", key="counterparty"),
    tie("beta", "far", "2018/", kind="ASSOCIATION", key="later"),
    tie("acme", "gone", "2011-06-23", kind="ASSOCIATION", key="thrown-out", status="DISMISSED"),
    tie("acme", "beta", "2011-07-01/", kind="INVESTMENT", key="both"),
    entities=[entity("Ann", "PERSON"), entity("Acme"), entity("Deal", "AGREEMENT"), entity("Board of Acme", "BOARD", unit_of="acme")],
)
ENGINE = Engine(GRAPH, PATIENT)


def found(one: str, other: str, within: int = 90, on: Engine = ENGINE, conditions: RelationshipFilter | None = None) -> list[Coincidence]:
    return coincidences(on, on.graph.entities[one], on.graph.entities[other], within, conditions)


def told(pairs: list[Coincidence]) -> list[tuple[object, ...]]:
    return [(pair.ties[0].id, pair.ties[1].id, pair.least, pair.most, pair.certainty.value) for pair in pairs]


def test_coincidence_has_the_least_and_the_most_days_that_dates_allow() -> None:
    assert told(found("acme", "beta", 30)) == [
        ("seat", "party", 0, 21, "CERTAIN"),
        ("counterparty", "both", 1, 30, "CERTAIN"),
        ("both", "party", 1, 30, "CERTAIN"),
        ("seat", "both", 9, 9, "CERTAIN"),
    ]
    assert told(found("acme", "beta", 8)) == [
        ("seat", "party", 0, 21, "POSSIBLE"),
        ("counterparty", "both", 1, 30, "POSSIBLE"),
        ("both", "party", 1, 30, "POSSIBLE"),
    ]


def test_two_parts_in_one_matter_are_no_coincidence() -> None:
    assert not [pair for pair in found("acme", "beta", 3660) if {each.id for each in pair.ties} == {"party", "counterparty"}]


def test_ends_coincide_too_and_are_told_as_such() -> None:
    engine = Engine(graph(tie("ann", "acme", "2010/2014-05-01", key="a"), tie("bob", "beta", "2014-05-02/", key="b")), PATIENT)
    pairs = found("ann", "bob", on=engine)
    assert coincidence_sentence(engine.graph, pairs[0]) == (
        "ann was tied to acme (2010 – 2014-05-01). bob was tied to beta (from 2014-05-02, end unknown). By the known dates, the end of the "
        "one (2014-05-01) and the start of the other (2014-05-02) lie 1 day apart. This compares dates, and no more."
    )


def test_sentence_is_as_firm_as_what_it_tells_of_and_never_says_why() -> None:
    said = coincidence_sentence(GRAPH, found("acme", "beta", 30)[0])
    assert "The Times alleges that beta was tied to Deal" in said
    assert found("acme", "beta", 30)[0].status is Status.ALLEGED
    assert not any(word in said for word in ("because", "cause", "led to", "therefore", "after which"))


def test_observation_narrows_the_start_and_an_announcement_leaves_it_open() -> None:
    seen = tie("ann", "acme", "2011/", key="seen", observed=["2011-02"])
    engine = Engine(graph(seen, tie("bob", "beta", "2011-01-01", key="day")), PATIENT)
    assert told(found("ann", "bob", on=engine)) == [("seen", "day", 0, 58, "CERTAIN")]
    announced = replace(seen, interval=Interval(parse_date("2011-02-01?"), start_announced=True))
    late = Engine(graph(announced, tie("bob", "beta", "2011-01-01", key="day")), PATIENT)
    assert told(found("ann", "bob", on=late)) == [("seen", "day", 30, None, "POSSIBLE")]
    assert "lie at least 30 days apart" in coincidence_sentence(late.graph, found("ann", "bob", on=late)[0])


def test_board_stands_for_the_seats_on_it_and_a_filter_says_what_counts() -> None:
    assert told(found("board-of-acme", "beta", 30)) == [("seat", "party", 0, 21, "CERTAIN"), ("seat", "both", 9, 9, "CERTAIN")]
    assert told(found("acme", "beta", 30, conditions=RelationshipFilter(min_status=Status.CONFIRMED))) == [
        ("counterparty", "both", 1, 30, "CERTAIN"),
        ("seat", "both", 9, 9, "CERTAIN"),
    ]
    everything = found("acme", "beta", 30, conditions=RelationshipFilter(min_status=Status.RETRACTED))
    assert "thrown-out" in {each.id for pair in everything for each in pair.ties}


def test_question_that_makes_no_sense_or_costs_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SameEntity, match="Both are Acme"):
        found("acme", "acme")
    with pytest.raises(BadInput, match="withinDays is -1"):
        found("acme", "beta", -1)
    with pytest.raises(TooCostly, match="pairs of dates; the limit is 1"):
        found("acme", "beta", on=Engine(GRAPH, Limits(steps=1)))
    with pytest.raises(TooCostly, match="takes more than 0 seconds"):
        found("acme", "beta", on=Engine(GRAPH, Limits(seconds=0.0)))
    monkeypatch.setattr(module, "MOST_NEAR", 2)
    with pytest.raises(TooCostly, match="More than 2 pairs of dates lie so near"):
        found("acme", "beta")


def test_first_ones_are_the_nearest_of_all() -> None:
    everything = found("acme", "beta", 3660)
    for most in range(len(everything) + 2):
        assert coincidences(ENGINE, ENGINE.graph.entities["acme"], ENGINE.graph.entities["beta"], 3660, most=most) == everything[:most]


@pytest.mark.parametrize(
    ("conditions", "left"),
    [
        (RelationshipFilter(), {"seat", "party", "counterparty", "both"}),
        (RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY, RelationshipKind.INVESTMENT})), {"party", "counterparty", "both"}),
        (RelationshipFilter(exclude_kinds=frozenset({RelationshipKind.INVESTMENT})), {"seat", "party"}),
        (RelationshipFilter(statuses=frozenset({Status.CONFIRMED})), {"seat", "counterparty", "both"}),
        (RelationshipFilter(as_of=parse_date("2011-06-10"), certainty=Certainty.POSSIBLE), set()),
        (RelationshipFilter(during="2011-06-25/2011-06-30"), {"seat", "party"}),
        (RelationshipFilter(exclude_sources=frozenset({"source/times"})), set()),
        (RelationshipFilter(sources=frozenset({"source/times"})), {"seat", "party", "counterparty", "both"}),
        (RelationshipFilter(min_independent_sources=2), set()),
    ],
)
def test_every_condition_of_the_filter_counts(conditions: RelationshipFilter, left: set[str]) -> None:
    pairs = found("acme", "beta", 90, conditions=conditions)
    assert {tie.id for pair in pairs for tie in pair.ties} == left


DATES = st.sampled_from(["2011-06-01", "2011-06-03", "2011-06", "2011-05-30?", "2011-06-02"])
INTERVALS = st.one_of(DATES, DATES.map(lambda date: f"{date}/"), DATES.map(lambda date: f"/{date}"))


@given(INTERVALS, INTERVALS, st.integers(0, 40))
def test_days_apart_are_those_of_all_days_that_the_dates_can_mean(one: str, other: str, within: int) -> None:
    engine = Engine(graph(tie("a", "x", one, key="one"), tie("b", "y", other, key="other")), PATIENT)
    intervals = [engine.graph.relationships[key].interval for key in ("one", "other")]
    days = [range(date.first, date.last + 1) for each in intervals for date in [each.start or each.end] if date]
    apart = [abs(first - second) for first, second in product(*days)]
    expected = [("one", "other", min(apart), max(apart), "CERTAIN" if max(apart) <= within else "POSSIBLE")] if min(apart) <= within else []
    assert told(found("a", "b", within, on=engine)) == expected


def test_graphql_and_command_line_tell_the_same() -> None:
    fields = "leastDays mostDays certainty status one { event } other { event }"
    document = f'{{ coincidences(between: "Acme", and: "beta", withinDays: 30, first: 1) {{ {fields} }} }}'
    result = build_schema().execute_sync(document, context_value=Context(ENGINE))
    moments = {"one": {"event": "STARTED"}, "other": {"event": "HAPPENED"}}
    assert result.data == {"coincidences": [{"leastDays": 0, "mostDays": 21, "certainty": "CERTAIN", "status": "ALLEGED", **moments}]}
    options = ("--within-days", "60", "--via", "board_seat", "--via", "party", "-f", "csv")
    told_by_command: Any = CliRunner().invoke(cli, ["coincidences", "Netflix", "Meta's board", *options])
    rows = list(csv.DictReader(io.StringIO(told_by_command.stdout)))
    assert all(row["certainty"] in (Certainty.CERTAIN, Certainty.POSSIBLE) and int(row["least_days"]) <= 60 for row in rows)
    assert rows
