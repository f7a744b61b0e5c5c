from __future__ import annotations

from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, Limits, PathFilter, PathQuestion, load
from interlock.graph.surprise import Surprise, surprise, surprise_sentence
from interlock.schema import Context, build_schema

GRAPH = graph(tie("a", "hub"), tie("hub", "b"), tie("c", "hub"), entities=[entity("A"), entity("B"), entity("C"), entity("Hub", "PERSON")])
ENGINE = Engine(GRAPH, PATIENT)


def found(start: str = "a", end: str = "b", on: Engine = ENGINE, samples: int = 500, **more: object) -> Surprise:
    return surprise(on, PathQuestion(on.graph.entities[start], on.graph.entities[end], **more), samples)  # type: ignore[arg-type]


def test_share_is_exact_where_all_pairs_are_looked_at() -> None:
    apart = found()
    assert (apart.hops, apart.pairs, apart.as_close, apart.exact, apart.bounds) == (2, 3, 3, True, (1.0, 1.0))
    assert [hub.id for hub in apart.hubs] == ["hub"]
    assert surprise_sentence(GRAPH, apart) == (
        "A and B are 2 hops apart in this dataset; so close or closer are 100.0% of all 3 pairs of company and company. "
        "In between: Hub (3 relationships)."
    )


def test_no_path_is_compared_with_nothing() -> None:
    assert (found(max_hops=1).share, found(max_hops=1).bounds, found(max_hops=1).hops) == (None, None, None)
    assert surprise_sentence(GRAPH, found(max_hops=1)) == "No path was found between A and B within 1 hop, under these conditions."


def test_sample_has_its_error_and_is_the_same_each_time() -> None:
    engine = Engine(load(), PATIENT)
    sampled = found("entity/netflix", "entity/meta", engine, 100)
    assert (sampled.exact, sampled.pairs) == (False, 100)
    assert sampled.bounds is not None
    assert sampled.share is not None
    assert sampled.bounds[0] < sampled.share < sampled.bounds[1]
    assert sampled.as_close == found("entity/netflix", "entity/meta", engine, 100).as_close
    assert "95 % confidence" in surprise_sentence(engine.graph, sampled)


def test_error_is_that_of_wilson() -> None:
    low, high = Surprise(found().answer, 100, 10, False, (), True).bounds or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.0552, 0.1744)  # as published for 10 of 100


def test_conditions_on_whole_paths_and_samples_out_of_range_are_refused() -> None:
    for conditions in (PathFilter(held_together=True), PathFilter(must_pass=frozenset({"hub"}))):
        with pytest.raises(BadInput, match="conditions on whole paths"):
            found(filter=conditions)
    with pytest.raises(BadInput, match="samples is 0"):
        found(samples=0)


def test_comparison_that_ran_out_says_so() -> None:
    short = found(on=Engine(GRAPH, Limits(steps=8, seconds=PATIENT.seconds)))
    assert (short.complete, short.exact) == (False, False)


PAIRS = st.lists(st.tuples(st.sampled_from("abcdp"), st.sampled_from("abcdp")), max_size=8)


@given(PAIRS, st.sampled_from([None, True, False]), st.integers(1, 4))
def test_share_is_that_of_all_distances(drawn: list[tuple[str, str]], forward: bool | None, max_hops: int) -> None:
    ties = [tie(*pair, key=str(number)) for number, pair in enumerate(drawn) if pair[0] != pair[1]]
    on = Engine(graph(*ties, entities=[*(entity(name) for name in "abcd"), entity("p", "PERSON")]), PATIENT)
    edges = [(each.source, each.target)[:: 1 if forward in (None, True) else -1] for each in ties]
    plain = nx.DiGraph(edges) if forward is not None else nx.Graph(edges)
    plain.add_nodes_from("abcdp")
    distance = dict(nx.all_pairs_shortest_path_length(plain))
    answer = found(on=on, filter=PathFilter(forward=forward), max_hops=max_hops)
    hops = distance["a"].get("b", 99)
    assert answer.hops == (hops if hops <= max_hops else None)
    if answer.hops is not None:
        pairs = list(combinations("abcd", 2) if forward is None else permutations("abcd", 2))
        assert (answer.pairs, answer.as_close) == (len(pairs), sum(distance[one].get(other, 99) <= hops for one, other in pairs))


def test_graphql_tells_the_share_and_its_error() -> None:
    result = build_schema().execute_sync(
        '{ surprise(from: "a", to: "b") { hops share low high pairs exact complete hubs { name degree } } }', context_value=Context(ENGINE)
    )
    told = {"hops": 2, "share": 1.0, "low": 1.0, "high": 1.0, "pairs": 3, "exact": True, "complete": True}
    assert result.data == {"surprise": {**told, "hubs": [{"name": "Hub", "degree": 3}]}}
