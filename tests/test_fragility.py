from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import interlock.graph.fragility as module
from harness import PATIENT, claim, entity, graph, tie
from interlock.graph import Engine, Limits, PathFilter, PathQuestion, RelationshipFilter, Source, Status
from interlock.graph.fragility import Fragility, fragility, fragility_sentence, most_disjoint
from interlock.schema import Context, build_schema
from interlock.server.cli import cli

POST, TIMES = (Source(f"source/{name}", f"https://example.org/{name}", name, publisher=name) for name in ("post", "times"))
GRAPH = graph(
    tie("a", "hub", key="first", sources=[POST]),
    tie("hub", "b", key="second", sources=[POST, TIMES], status="ALLEGED"),
    tie("hub", "b", key="beside", sources=[TIMES]),
    tie("a", "c", key="long"),
    tie("c", "d", key="longer"),
    tie("d", "b", key="longest"),
    entities=[entity("A"), entity("Hub", "PERSON")],
    sources=[POST, TIMES, Source("source/other", "https://example.org/other", "Other")],
)
ENGINE = Engine(GRAPH, PATIENT)


def found(on: Engine = ENGINE, max_hops: int = 3, start: str = "a", end: str = "b", **more: Any) -> Fragility:
    return fragility(on, PathQuestion(on.graph.entities[start], on.graph.entities[end], max_hops=max_hops, **more))


def told(answer: Fragility) -> tuple[list[str], list[str], list[str]]:
    return tuple([each.id for each in part] for part in (answer.relationships, answer.entities, answer.sources))  # type: ignore[return-value]


def test_critical_is_what_all_paths_within_the_limit_need() -> None:
    assert told(found(max_hops=2)) == (["first"], ["hub"], ["source/post"])
    assert told(found(max_hops=3)) == ([], [], [])


def test_parallel_relationship_and_second_source_make_up_for_the_first() -> None:
    seats = PathFilter(RelationshipFilter(min_status=Status.CONFIRMED))
    assert told(found(max_hops=2, filter=seats)) == (["first", "beside"], ["hub"], ["source/post", "source/times"])


def test_disjoint_routes_are_counted_by_hops_and_by_those_in_between() -> None:
    bow = graph(*(tie(*pair) for pair in ("ax", "ay", "xm", "ym", "mp", "mq", "pb", "qb")))
    answer = found(Engine(bow, PATIENT), max_hops=4)
    assert (answer.routes, answer.edge_disjoint, answer.vertex_disjoint, answer.exact) == (4, 2, 1, True)
    assert told(answer)[1] == ["m"]


def test_no_path_is_told_within_what() -> None:
    answer = found(max_hops=1)
    assert (answer.routes, answer.edge_disjoint, told(answer)) == (0, 0, ([], [], []))
    assert fragility_sentence(GRAPH, answer) == "No path was found between A and b within 1 hop, under these conditions."


def test_sentence_tells_what_is_alleged_as_alleged() -> None:
    weak = graph(tie("a", "b", status="ALLEGED", claims=[claim(status="ALLEGED")]))
    said = fragility_sentence(weak, found(Engine(weak, PATIENT)))
    assert said == (
        "a and b: 1 path within 3 hops, of them 1 that share no hop, and 1 that share nobody in between. All paths rest on what The Times "
        "says and need the only relationship known there. The Times alleges that a was tied to b (dates unknown)."
    )


def test_count_that_is_not_exact_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    short = found(Engine(GRAPH, Limits(steps=2, seconds=PATIENT.seconds)))
    assert not short.exact
    monkeypatch.setattr(module, "_TRIES", 1)
    assert most_disjoint(["ab", "bc", "cd"])[1] is False
    tried = found()
    assert not tried.exact
    assert "at least" in fragility_sentence(GRAPH, tried)


@given(st.lists(st.text("abcdefg", min_size=1, max_size=4), max_size=9))
def test_most_disjoint_is_that_of_all_choices(routes: list[str]) -> None:
    choices = (choice for size in range(len(routes) + 1) for choice in combinations(routes, size))
    best = max(len(choice) for choice in choices if all(not set(one) & set(other) for one, other in combinations(choice, 2)))
    assert most_disjoint(routes) == (best, True)


PAIRS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from(["post", "times"])), max_size=10)


@given(PAIRS, st.integers(1, 4))
def test_critical_is_what_breaks_the_connection_when_it_is_taken_away(drawn: list[tuple[str, str, str]], max_hops: int) -> None:
    """Each relationship, entity and source is taken out of the graph, and paths are looked for by networkx."""
    known = {"post": POST, "times": TIMES}
    ties = [tie(one, other, key=f"{number}", sources=[known[source]]) for number, (one, other, source) in enumerate(drawn) if one != other]
    on = Engine(graph(*ties, entities=[entity(name) for name in "abcde"], sources=[POST, TIMES]), PATIENT)
    answer = found(on, max_hops)

    def connected(kept: list[Any], without: str = "") -> bool:
        plain = nx.Graph([(each.source, each.target) for each in kept if without not in (each.source, each.target)])
        return "a" in plain and "b" in plain and any(True for _ in nx.all_simple_paths(plain, "a", "b", cutoff=max_hops))

    if not connected(ties):
        assert (answer.routes, told(answer)) == (0, ([], [], []))
        return
    relationships, entities, sources = map(set, told(answer))
    assert relationships == {each.id for each in ties if not connected([other for other in ties if other is not each])}
    assert entities == {name for name in "cde" if not connected(ties, name)}
    assert sources == {each.id for each in (POST, TIMES) if not connected([t for t in ties if t.claims[0].source != each.id])}
    assert answer.exact


def test_graphql_and_command_line_tell_the_same() -> None:
    fields = "paths edgeDisjoint exact entities { name } relationships { id } sources { id }"
    document = f'{{ fragility(from: "a", to: "b", maxHops: 2) {{ {fields} }} }}'
    result = build_schema().execute_sync(document, context_value=Context(ENGINE))
    critical = {"entities": [{"name": "Hub"}], "relationships": [{"id": "first"}], "sources": [{"id": "source/post"}]}
    assert result.data == {"fragility": {"paths": 1, "edgeDisjoint": 1, "exact": True, **critical}}
    said = CliRunner().invoke(cli, ["fragility", "Netflix", "Meta's board", "--max-hops", "2"]).stdout
    assert "All paths pass Reed Hastings" in said
    assert "  critical relationship: relationship/reed-hastings-seat-meta" in said
