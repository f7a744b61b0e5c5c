from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from harness import PATIENT, claim, entity, graph, tie
from interlock.graph import Engine, Path, PathFilter, PathQuestion, RelationshipFilter, Source, Status
from interlock.graph.evidence import evidence_sentence, hop_weight, thin_hops, without_allegations
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship
from interlock.schema import Context, build_schema

POST, TIMES = (Source(f"source/{name}", f"https://example.org/{name}", name, publisher=name) for name in ("post", "times"))
REPRINT = Source("source/reprint", "https://example.org/reprint", "Reprint", publisher="gazette", derived_from=("source/post",))
ALL = (POST, TIMES, REPRINT)


def only_path(*ties: Relationship) -> tuple[KnowledgeGraph, Path]:
    made = graph(*ties, entities=[entity(name) for name in "abc"], sources=ALL)
    conditions = PathFilter(RelationshipFilter(min_status=Status.RETRACTED))
    return made, Engine(made, PATIENT).paths(PathQuestion(made.entities["a"], made.entities["c"], conditions)).paths[0]


def test_hop_counts_pages_that_repeat_one_another_once() -> None:
    made, path = only_path(tie("a", "b", sources=[POST, REPRINT]), tie("b", "c", sources=[POST, TIMES]))
    assert [hop_weight(made.sources, hop) for hop in path.hops] == [1, 2]
    assert [hop.end.id for hop in thin_hops(made.sources, path)] == ["b"]
    assert evidence_sentence(made, path) == (
        "1 of 2 hops rest on fewer than two independent sources. On post and gazette: a was tied to b (dates unknown). "
        "Without allegations it is CONFIRMED, just as it is with them."
    )


def test_parallel_relationships_support_one_hop_together() -> None:
    made, path = only_path(tie("a", "c", key="one", sources=[POST]), tie("a", "c", key="two", sources=[TIMES]))
    assert hop_weight(made.sources, path.hops[0]) == 2
    assert evidence_sentence(made, path).startswith("Every hop has 2 or more independent sources.")


def test_path_that_rests_on_an_allegation_falls_without_it() -> None:
    made, path = only_path(tie("a", "b"), tie("b", "c", status="ALLEGED", sources=[POST, TIMES]))
    assert (path.status, without_allegations(made.sources, path)) == (Status.ALLEGED, None)
    assert evidence_sentence(made, path).endswith("Without what is only alleged, there is no such path.")


def test_path_without_allegations_takes_what_is_beside_them() -> None:
    made, path = only_path(
        tie("a", "c", key="said", claims=[claim(1, "ALLEGED", source=POST.id), claim(2, "REPORTED", source=TIMES.id)], sources=ALL)
    )
    assert (path.status, without_allegations(made.sources, path)) == (Status.REPORTED, Status.REPORTED)
    denied = [claim(1, "ALLEGED", source=POST.id), claim(2, "REPORTED", source=TIMES.id), claim(3, "REPORTED", "CONTRADICTS", POST.id)]
    made, path = only_path(tie("a", "c", key="said", claims=denied, sources=ALL))
    assert without_allegations(made.sources, path) is Status.DISPUTED


STATUSES = st.sampled_from(["CONFIRMED", "REPORTED", "ALLEGED"])


@given(st.lists(st.tuples(st.sampled_from(["ab", "bc"]), STATUSES), max_size=6))
def test_status_without_allegations_is_that_of_the_graph_without_them(drawn: list[tuple[str, str]]) -> None:
    ties = [tie(*ends, key=str(number), status=status, sources=[POST]) for number, (ends, status) in enumerate(drawn)]
    if not all({ends: 1 for ends, _ in drawn}.get(pair) for pair in ("ab", "bc")):
        return
    made, path = only_path(*ties)
    left = [each for each in ties if each.status is not Status.ALLEGED]
    chains = [pair for pair in product(left, left) if (pair[0].target, pair[1].source) == ("b", "b")]
    best = min((max(each.status.rank for each in chain) for chain in chains), default=None)
    status = without_allegations(made.sources, path)
    assert (status.rank if status else None) == best


def test_graphql_tells_the_weight_of_each_hop_and_of_the_path() -> None:
    made, _ = only_path(tie("a", "b", sources=[POST]), tie("b", "c", sources=[POST, TIMES], status="ALLEGED"))
    fields = "status statusWithoutAllegations evidence singleSourceHops { to { id } } hops { independentSources sources { id } }"
    result = build_schema().execute_sync(
        f'{{ paths(from: "a", to: "c") {{ nodes {{ {fields} }} }} }}', context_value=Context(Engine(made, PATIENT))
    )
    assert result.data
    node: dict[str, Any] = result.data["paths"]["nodes"][0]
    assert (node["status"], node["statusWithoutAllegations"], node["singleSourceHops"]) == ("ALLEGED", None, [{"to": {"id": "b"}}])
    assert [hop["independentSources"] for hop in node["hops"]] == [1, 2]
    assert [[each["id"] for each in hop["sources"]] for hop in node["hops"]] == [["source/post"], ["source/post", "source/times"]]
