from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, Limits, PathFilter, RelationshipFilter
from interlock.graph.budget import StopReason
from interlock.graph.dates import parse_date
from interlock.graph.intervals import Certainty
from interlock.graph.over_time import MAX_DATES, DatedPaths, change_sentence, compare
from interlock.schema import Context, build_schema
from interlock.server.cli import cli

GRAPH = graph(
    tie("ann", "acme", "2011-06-22/2014-05-30", kind="BOARD_SEAT", key="seat"),
    tie("ann", "beta", "2005/..", kind="FOUNDING", key="founding"),
    tie("acme", "beta", "2013/", kind="ASSOCIATION", key="said", status="ALLEGED"),
    tie("acme", "far", "2012", kind="ASSOCIATION", key="elsewhere"),
    entities=[entity("Ann", "PERSON"), entity("Acme"), entity("Beta")],
)
ENGINE = Engine(GRAPH, PATIENT)


def compared(*dates: str, on: Engine = ENGINE, ends: tuple[str, str] = ("beta", "acme"), **more: Any) -> list[DatedPaths]:
    start, end = (on.graph.entities[each] for each in ends)
    return compare(on, start, end, [parse_date(date) for date in dates], **more)


def told(found: DatedPaths) -> dict[str, list[str]]:
    return {name: [change.tie.id for change in getattr(found, name)] for name in ("opened", "closed", "changed")}


def test_compare_says_what_opened_what_closed_and_what_is_sure_no_more() -> None:
    before, during, after = compared("2010", "2013", "2016")
    assert [len(each.answer.paths) for each in (before, during, after)] == [0, 2, 1]
    assert told(before) == {"opened": [], "closed": [], "changed": []}
    assert told(during) == {"opened": ["said", "seat"], "closed": [], "changed": []}
    assert told(after) == {"opened": [], "closed": ["seat"], "changed": ["said"]}
    assert (after.changed[0].before, after.changed[0].after) == (Certainty.CERTAIN, Certainty.POSSIBLE)


def test_change_is_told_by_its_dates_and_as_firmly_as_it_is_known() -> None:
    changed = compared("2013", "2016")[1].changed[0]
    assert change_sentence(GRAPH, changed) == (
        "By its dates possible in 2016, certain in 2013: The Times alleges that Acme was tied to Beta (from 2013, end unknown)."
    )


def test_relationship_that_left_the_paths_but_goes_on_is_not_closed() -> None:
    one, other = compared("2013", "2012", k=1)
    assert [[hop.relationship.id for hop in each.answer.paths[0].hops] for each in (one, other)] == [["said"], ["founding", "seat"]]
    assert told(other)["closed"] == ["said"]
    assert told(compared("2012", "2013", k=1)[1]) == {"opened": ["said"], "closed": [], "changed": []}


def test_filter_counts_as_of_each_date_but_has_no_time_of_its_own() -> None:
    seats = PathFilter(RelationshipFilter(exclude_kinds=frozenset({tie("a", "b").kind})))
    assert told(compared("2010", "2013", conditions=seats)[1])["opened"] == ["seat"]
    with pytest.raises(BadInput, match="a time of its own"):
        compared("2013", conditions=PathFilter(RelationshipFilter(during="2010/2012")))


def test_dates_share_one_budget() -> None:
    """With just the steps that one date takes, nothing is left for the next."""
    limits = (Limits(steps=steps, seconds=PATIENT.seconds) for steps in range(1, 500))
    enough = next(each for each in limits if compared("2013", on=Engine(GRAPH, each))[0].answer.stopped_by is StopReason.COMPLETE)
    both = compared("2013", "2012", on=Engine(GRAPH, enough))
    assert [each.answer.stopped_by for each in both] == [StopReason.COMPLETE, StopReason.STEP_BUDGET]


MANY = tuple(str(year) for year in range(1990, 1991 + MAX_DATES))


@pytest.mark.parametrize(("dates", "message"), [((), "dates has 0"), (("2011", "2011"), "twice"), (MANY, f"1 and {MAX_DATES}")])
def test_dates_are_some_and_each_once(dates: tuple[str, ...], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        compared(*dates)


INTERVALS = st.sampled_from(["", "2000/2003", "2002/", "/2001", "2003/2004", "2001~/2002", "2002", "2001/.."])
YEARS = st.lists(st.sampled_from(["2000", "2001", "2002", "2003", "2004"]), min_size=1, max_size=4, unique=True)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("bcd"), INTERVALS), max_size=8), YEARS)
def test_changes_are_those_of_each_relationship_on_any_path_asked_one_by_one(drawn: list[tuple[str, str, str]], dates: list[str]) -> None:
    ties = [tie(*each, key=f"{number:02}") for number, each in enumerate(drawn) if each[0] != each[1]]
    on = Engine(graph(*ties, entities=[entity(name) for name in "abcd"]), PATIENT)
    found = compared(*dates, on=on, ends=("a", "d"), k=100)
    alone = [compared(date, on=on, ends=("a", "d"), k=100)[0].answer for date in dates]
    assert [each.answer.paths for each in found] == [answer.paths for answer in alone]
    seen = {each.id for answer in alone for path in answer.paths for hop in path.hops for each in hop.parallel}
    filters = [RelationshipFilter(as_of=parse_date(date)) for date in dates]
    for number in range(1, len(dates)):
        held = {key: [filters[place].held(on.graph.relationships[key]) for place in (number - 1, number)] for key in sorted(seen)}
        expected = {
            "opened": [key for key, (then, now) in held.items() if then is Certainty.IMPOSSIBLE and now is not then],
            "closed": [key for key, (then, now) in held.items() if now is Certainty.IMPOSSIBLE and now is not then],
            "changed": [key for key, pair in held.items() if set(pair) == {Certainty.CERTAIN, Certainty.POSSIBLE}],
        }
        assert told(found[number]) == expected


def test_graphql_gives_the_paths_as_of_each_date_and_is_not_kept_if_time_ran_out() -> None:
    fields = "date paths(first: 1) { totalCount nodes { length } } opened { after }"
    document = f'{{ compare(from: "beta", to: "acme", dates: ["2010", "2013"]) {{ {fields} }} }}'
    result = build_schema().execute_sync(document, context_value=Context(ENGINE))
    assert result.data == {
        "compare": [
            {"date": "2010", "paths": {"totalCount": 0, "nodes": []}, "opened": []},
            {"date": "2013", "paths": {"totalCount": 2, "nodes": [{"length": 1}]}, "opened": [{"after": "CERTAIN"}, {"after": "CERTAIN"}]},
        ]
    }
    late, whole = Context(Engine(GRAPH, Limits(seconds=-1.0))), Context(ENGINE)
    for context in (late, whole):
        build_schema().execute_sync(document, context_value=context)
    assert (late.volatile, whole.volatile) == (True, False)


def test_command_line_prints_a_row_a_change() -> None:
    options = ("2010", "2012", "2020", "--max-hops", "2", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(cli, ["compare", "Netflix", "Meta's board", *options]).stdout)))
    assert {(row["date"], row["change"], row["relationship"]) for row in rows} >= {
        ("2012", "opened", "relationship/reed-hastings-seat-meta"),
        ("2020", "closed", "relationship/reed-hastings-seat-meta"),
    }
