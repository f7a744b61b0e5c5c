from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from typer.testing import CliRunner

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, EntityKind, Limits, PathFilter, RelationshipFilter, Status, load
from interlock.graph.broker_words import broker_sentence, brokers_sentence
from interlock.graph.brokers import Brokers, brokers
from interlock.graph.budget import StopReason
from interlock.graph.selection import Parameters
from interlock.schema import Context, build_schema
from interlock.server.cli import cli

EVERY_KIND = frozenset(EntityKind)


def found(on: Engine, samples: int = 10_000, kinds: frozenset[EntityKind] = EVERY_KIND, **parameters: Any) -> Brokers:
    return brokers(on, Parameters(**parameters), kinds, samples)


def shares(answer: Brokers) -> dict[str, float]:
    return {answer[rank].entity.id: answer[rank].share for rank in range(len(answer))}


BRIDGE = graph(
    *(tie(*pair, key="-".join(pair)) for pair in (("a", "ann"), ("b", "ann"), ("ann", "deal"), ("deal", "c"), ("deal", "d"))),
    tie("a", "ann", key="again"),
    tie("c", "d", key="thrown-out", status="DISMISSED"),
    tie("far", "away", key="apart"),
    entities=[entity("Ann", "PERSON"), entity("Deal", "AGREEMENT")],
)
ENGINE = Engine(BRIDGE, PATIENT)


def test_share_is_that_of_all_pairs_of_others_and_parallel_relationships_count_once() -> None:
    near = found(ENGINE, of=("ann",), hops=2)
    assert near.size == 6
    assert shares(near) == pytest.approx({"deal": 7 / 10, "ann": 7 / 10})
    assert shares(found(ENGINE)) == pytest.approx({"deal": 7 / 21, "ann": 7 / 21})


def test_equals_are_in_the_order_of_their_ids() -> None:
    assert list(shares(found(ENGINE))) == ["ann", "deal"]


def test_kinds_say_who_is_ranked_and_not_who_is_passed() -> None:
    assert shares(found(ENGINE, kinds=frozenset({EntityKind.PERSON}))) == pytest.approx({"ann": 7 / 21})
    assert list(shares(brokers(ENGINE, Parameters()))) == ["ann"]


def test_what_was_dismissed_counts_only_if_it_is_asked_for() -> None:
    assert any("DISMISSED" in note for note in found(ENGINE).notes)
    everything = found(ENGINE, filter=PathFilter(RelationshipFilter(min_status=Status.RETRACTED)))
    assert shares(everything)["deal"] == pytest.approx(6 / 21)
    assert not everything.notes


def test_selection_is_by_neighbourhood_by_paths_and_by_kinds() -> None:
    between = found(ENGINE, between=("a", "c"))
    assert (between.size, shares(between)) == (4, pytest.approx({"ann": 2 / 3, "deal": 2 / 3}))
    companies = found(ENGINE, filter=PathFilter(entity_kinds=frozenset({EntityKind.COMPANY, EntityKind.PERSON})))
    assert shares(companies) == pytest.approx({"ann": 1 / 6})


def test_sentence_says_of_what_the_share_is_and_how_sure() -> None:
    near = found(ENGINE, of=("ann",), hops=2)
    assert broker_sentence(near, near[0]) == "70.0% of the shortest connections among the 6 entities within 2 hops of Ann run through Ann."
    assert brokers_sentence(near) == (
        "70.0% of the shortest connections among the 6 entities within 2 hops of Ann run through Ann. All were counted. This counts "
        "connections in this dataset; it doesn't tell what anybody made of them."
    )
    sampled = found(Engine(load(), Limits(steps=200_000, seconds=PATIENT.seconds)), 50)
    assert not sampled.shares.exact
    assert f"with 95% confidence {sampled[0].low:.1%} to {sampled[0].high:.1%}" in broker_sentence(sampled, sampled[0])
    assert "Counted were 50 taken by chance" in brokers_sentence(sampled)
    none = found(ENGINE, between=("far", "away"))
    assert brokers_sentence(none) == (
        "No shortest connection among the 2 entities on the paths between far and away runs through anybody of these kinds. "
        "All were counted."
    )


def test_sample_of_a_real_graph_has_the_exact_shares_within_its_error() -> None:
    known = load()
    whole, part = (found(Engine(known, Limits(steps=steps, seconds=PATIENT.seconds)), 400) for steps in (10**9, 1_000_000))
    assert (whole.shares.exact, part.shares.exact) == (True, False)
    assert (part.shares.low <= whole.shares.share).all()
    assert (whole.shares.share <= part.shares.high).all()
    assert part.shares.samples == 400


def test_budget_that_is_used_up_is_told_and_widens_the_error() -> None:
    known = load()
    few = found(Engine(known, Limits(steps=2_000, seconds=PATIENT.seconds)), 400)
    assert few.shares.stopped_by is StopReason.STEP_BUDGET
    assert (few.complete, few.cut_short, few.shares.samples < 400) == (False, False, True)
    assert "The search used up its steps before it was done; there may be more." in few.notes
    late = found(Engine(known, Limits(seconds=0.0)), 400)
    assert (late.cut_short, late.complete) == (True, False)


def test_question_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadInput, match="samples is 0"):
        found(ENGINE, 0)
    with pytest.raises(BadInput, match="kinds is empty"):
        found(ENGINE, kinds=frozenset())
    for conditions in (PathFilter(held_together=True), PathFilter(avoid=frozenset({"a"}))):
        with pytest.raises(BadInput, match="is a condition on whole paths"):
            found(ENGINE, filter=conditions)


def test_graphql_and_command_line_tell_the_same() -> None:
    fields = "totalCount size exact samples complete nodes { share low high entity { name } }"
    result = build_schema().execute_sync(f'{{ brokers(of: ["ann"], first: 1) {{ {fields} }} }}', context_value=Context(ENGINE))
    first = {"share": pytest.approx(0.7), "low": pytest.approx(0.7), "high": pytest.approx(0.7), "entity": {"name": "Ann"}}
    told = {"totalCount": 1, "size": 6, "exact": True, "samples": 6, "complete": True, "nodes": [first]}
    assert result.data == {"brokers": told}
    for more, without in (("hops: 1", "of"), ("maxHops: 3", "between")):
        refused = build_schema().execute_sync(f"{{ brokers({more}) {{ size }} }}", context_value=Context(ENGINE))
        assert f"says nothing without {without}" in str(refused.errors)
    said = CliRunner().invoke(cli, ["brokers", "--of", "Netflix", "--first", "3"]).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(cli, ["brokers", "--of", "Netflix", "--first", "3", "-f", "csv"]).stdout)))
    assert said[2:5] == [f"{rank}. {row['name']}: {float(row['share']):.1%}" for rank, row in enumerate(rows, 1)]
