from __future__ import annotations

import asyncio
import random
import threading
import time
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from test_paths import filters, graphs

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, KnowledgeGraph, Limits, load
from interlock.graph.backends.bridge import Bridge
from interlock.graph.backends.graph import RemoteGraph, engine_of
from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.budget import Budget, StopReason
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.interlock_question import InterlockQuestion
from interlock.graph.interlocks import interlocks
from interlock.graph.model import EntityKind, RelationshipKind, Status
from interlock.graph.question import PathQuestion, PathRanking, PathSelector
from interlock.graph.selection import Parameters, Selection, select
from interlock.schema import Context, build_schema
from interlock.server.app import create_app

BRIDGE = Bridge()
SHIPPED = load()
YEARS = ("", "2010", "2010/2012", "2012/2014", "../2011", "2011/..")


def elsewhere(on: KnowledgeGraph, limits: Limits = PATIENT) -> Engine:
    return engine_of(RemoteGraph(MemoryBackend(on), BRIDGE), limits)


@cache
def shipped() -> tuple[Engine, Engine]:
    return Engine(SHIPPED, PATIENT), elsewhere(SHIPPED)


def large(seed: int, people: int = 60, companies: int = 30, ties: int = 220) -> KnowledgeGraph:
    """A random graph in which some have many relationships, and many few."""
    draw = random.Random(seed)
    entities = [entity(f"p{number:02}", "PERSON") for number in range(people)]
    entities += [entity(f"c{number:02}", "COMPANY") for number in range(companies)]
    made = []
    for number in range(ties):
        person = f"p{int(people * draw.random() ** 2):02}"
        company = f"c{int(companies * draw.random() ** 2):02}"
        kind = draw.choice([RelationshipKind.BOARD_SEAT, RelationshipKind.POSITION, RelationshipKind.FOUNDING])
        made.append(tie(person, company, draw.choice(YEARS), kind=kind, status=draw.choice(list(Status)), key=f"t{number:03}"))
    boards = [entity(f"c{number:02}-board", "BOARD", unit_of=f"c{number:02}") for number in range(companies)]
    return graph(*made, entities=[*entities, *boards])


@settings(max_examples=150)
@given(
    graphs(), filters(), st.sampled_from(PathSelector), st.sampled_from(PathRanking), st.integers(1, 5), st.integers(1, 3),
    st.integers(3, 6), st.booleans(),
)  # fmt: skip
def test_paths_elsewhere_are_those_in_memory(
    on: KnowledgeGraph, conditions: PathFilter, selector: PathSelector, rank_by: PathRanking, k: int, min_hops: int, max_hops: int,
    board: bool,
) -> None:  # fmt: skip
    question = PathQuestion(
        on.entities["a"], on.entities["f-board" if board else "f"], conditions, selector, k, min_hops, max_hops, rank_by
    )
    assert elsewhere(on).paths(question) == Engine(on, PATIENT).paths(question)


@pytest.mark.parametrize("seed", range(4))
def test_paths_elsewhere_are_those_in_memory_where_balls_are_large(seed: int) -> None:
    on, draw = large(seed), random.Random(seed)
    here, there = Engine(on, PATIENT), elsewhere(on)
    for _ in range(25):
        start, end = draw.sample(sorted(each for each in on.entities if not each.endswith("board")), 2)
        conditions = draw.choice(
            [PathFilter(), PathFilter(forward=True), PathFilter(max_transit_degree=12), PathFilter(RelationshipFilter(during="2010/2012"))]
        )
        options: dict[str, Any] = {
            "selector": draw.choice(list(PathSelector)),
            "k": draw.choice([1, 3, 12]),
            "max_hops": draw.choice([2, 3, 4]),
            "rank_by": draw.choice(list(PathRanking)),
        }
        question = PathQuestion(on.entities[start], on.entities[end], conditions, **options)
        assert there.paths(question) == here.paths(question), question


def chosen(selection: Selection) -> tuple[Any, ...]:
    ids = (tuple(selection.entities), tuple(sorted(selection.relationships)), tuple(selection.sources))
    return *ids, selection.complete, selection.title, selection.notes, selection.stopped


@settings(max_examples=60)
@given(
    graphs(), filters(), st.sets(st.sampled_from(["a", "c", "f", "f-board"]), min_size=1), st.integers(1, 4), st.sampled_from([None, 4, 5])
)
def test_neighbourhoods_elsewhere_are_those_in_memory(
    on: KnowledgeGraph, conditions: PathFilter, of: set[str], hops: int, limit: int | None
) -> None:
    conditions = replace(conditions, must_pass=frozenset(), held_together=False)
    parameters = Parameters(of=tuple(sorted(of)), hops=hops, limit=limit, filter=conditions)
    assert chosen(select(elsewhere(on), parameters)) == chosen(select(Engine(on, PATIENT), parameters))


@pytest.mark.parametrize("name", ["meta", "netflix", "apple", "reed-hastings", "meta-board", "microsoft"])
def test_neighbourhoods_of_the_shipped_graph_are_those_in_memory(name: str) -> None:
    here, there = shipped()
    for limit in (None, 30):
        parameters = Parameters(of=(here.entity(name).id,), hops=2, limit=limit)
        assert chosen(select(there, parameters)) == chosen(select(here, parameters))


@pytest.mark.parametrize("seed", range(3))
def test_interlocks_elsewhere_are_those_in_memory(seed: int) -> None:
    on = large(seed)
    here, there = Engine(on, PATIENT), elsewhere(on)
    for conditions in (RelationshipFilter(), RelationshipFilter(during="2010/2012")):
        for each in on.entities.values():
            if each.kind is EntityKind.BOARD:
                continue
            of = {"person": each} if each.kind is EntityKind.PERSON else {"company": each}
            question = InterlockQuestion(**of, conditions=conditions, indirect=True)  # type: ignore[arg-type]
            assert interlocks(there, question) == interlocks(here, question)


EVERYTHING = """
query ($one: EntityRef!, $other: EntityRef!, $company: EntityRef!) {
  paths(from: $one, to: $other, k: 3) {
    complete stoppedBy
    nodes {
      sentence cost status
      hops { traversal relationship { id sentence claims { id quote source { title url } } } from { name degree } }
    }
    noPath { reason relaxations { description length } }
  }
  neighborhood(of: [$one], hops: 2, limit: 20) {
    nodes { id name kind degree } relationships { id sentence status } hubs(first: 3) { entity { id } shown hidden } notes complete
  }
  interlocks(company: $company) {
    nodes { status directors { name } seats { id } overlap { certainty } direct other { name } } totalCount
  }
  search(text: "reed", first: 5) { entity { id } score matched }
  entity(ref: $company) {
    ... on Company { board { id seats { id } } }
    relationships(first: 7, filter: {minStatus: REPORTED}) { totalCount nodes { id sentence } pageInfo { hasNextPage } }
    timeline(first: 9) { totalCount nodes { event date { text } relationship { id } } }
  }
  dataset { version entities relationships claims }
}
"""


def answered(engine: Engine, text: str, variables: dict[str, Any]) -> Any:
    result = build_schema().execute_sync(text, variables, context_value=Context(engine, "test"))
    assert result.errors is None, result.errors
    return result.data


@pytest.mark.parametrize(
    ("one", "other", "company"), [("Netflix", "Meta's board", "Meta"), ("Apple", "OpenAI", "Microsoft"), ("Tim Cook", "Elon Musk", "Apple")]
)
def test_answers_of_the_public_schema_are_those_in_memory(one: str, other: str, company: str) -> None:
    here, there = shipped()
    variables = {"one": one, "other": other, "company": company}
    assert answered(there, EVERYTHING, variables) == answered(here, EVERYTHING, variables)


def test_pages_of_relationships_lead_on_as_in_memory() -> None:
    page = (
        'query ($after: String) { entity(ref: "Meta") { relationships(first: 10, after: $after) { nodes { id } pageInfo { endCursor } } } }'
    )
    pages: list[list[str]] = []
    for engine in shipped():
        pages.append([])
        after: str | None = None
        for _ in range(4):
            found = answered(engine, page, {"after": after})["entity"]["relationships"]
            pages[-1] += [each["id"] for each in found["nodes"]]
            after = found["pageInfo"]["endCursor"]
    assert len(pages[0]) == 40
    assert pages[0] == pages[1]


def test_relationships_and_claims_are_found_by_their_ids() -> None:
    here, there = (engine.graph for engine in shipped())
    some = list(here.relationships)[::97]
    assert [there.relationships[each] for each in some] == [here.relationships[each] for each in some]
    claim = here.relationships[some[0]].claims[0].id
    assert there.claims[claim] == here.claims[claim]
    assert "relationship/nothing" not in there.relationships
    assert "claim/nothing" not in there.claims
    assert [dict(there.adj[each]) for each in ("entity/meta", "entity/netflix")] == [
        dict(here.adj[each]) for each in ("entity/meta", "entity/netflix")
    ]


def test_what_is_about_all_relationships_is_refused() -> None:
    _, there = shipped()
    with pytest.raises(BadInput, match="engine elsewhere"):
        select(there, Parameters())


class Slow(MemoryBackend):
    """Answers late."""

    def __init__(self, on: KnowledgeGraph, seconds: float) -> None:
        super().__init__(on)
        self.seconds = seconds

    async def neighbours(self, entities: Any, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        await asyncio.sleep(self.seconds)
        return await super().neighbours(entities, conditions, forward)


def netflix_to_openai() -> PathQuestion:
    return PathQuestion(SHIPPED.entities["entity/netflix"], SHIPPED.entities["entity/openai"])


def test_search_ends_at_its_deadline_and_says_so() -> None:
    engine = engine_of(RemoteGraph(Slow(SHIPPED, 60), BRIDGE), Limits(seconds=0.3))
    began = time.monotonic()
    found = engine.paths(netflix_to_openai())
    assert found.stopped_by is StopReason.DEADLINE
    assert time.monotonic() - began < 30, "it waited for the backend"


def test_search_that_is_cancelled_ends() -> None:
    engine = engine_of(RemoteGraph(Slow(SHIPPED, 60), BRIDGE), PATIENT)
    budget = Budget()
    threading.Timer(0.2, budget.cancel).start()
    began = time.monotonic()
    assert engine.paths(netflix_to_openai(), budget).paths == ()
    assert time.monotonic() - began < 30, "it waited for the backend"


def test_search_ends_when_its_steps_are_used_up_with_what_it_has() -> None:
    found = elsewhere(SHIPPED, Limits(steps=30, seconds=PATIENT.seconds)).paths(netflix_to_openai())
    assert found.stopped_by is StopReason.STEP_BUDGET


class Down(MemoryBackend):
    """Is there only at first."""

    async def neighbours(self, entities: Any, conditions: RelationshipFilter, forward: bool | None = None) -> Halves:
        raise BackendDown("gone")


def test_engine_that_is_down_is_told_not_taken_for_an_empty_one() -> None:
    engine = engine_of(RemoteGraph(Down(SHIPPED), BRIDGE), PATIENT)
    with pytest.raises(BackendDown):
        engine.paths(netflix_to_openai())
    with pytest.raises(BackendDown):
        list(engine.graph.ties("entity/meta"))


def test_path_takes_few_round_trips() -> None:
    backend = MemoryBackend(SHIPPED)
    engine = engine_of(RemoteGraph(backend, BRIDGE), PATIENT)
    engine.paths(PathQuestion(SHIPPED.entities["entity/netflix"], SHIPPED.entities["entity/meta"]))
    assert backend.trips <= 3, "two for the ends and their neighbours, one for the relationships of the paths"


PAGES = (
    "/?of=netflix", "/?q=How%20is%20Netflix%20connected%20to%20Meta%3F", "/entity/netflix", "/entity/meta-board", "/entity/meta-board.ttl",
    "/entity/netflix.jsonld", "/paths?from=netflix&to=meta", "/paths.csv?from=netflix&to=meta", "/export/csv?of=netflix",
    "/export/nq?of=meta&hops=2", "/export/ftm?from=netflix&to=meta", "/export/gexf?of=meta-board",
    "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22netflix%22%7D%7D",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_and_files_are_those_in_memory(path: str) -> None:
    here, there = (TestClient(create_app(engine)).get(path, headers={"accept": "text/html"}) for engine in shipped())
    assert here.status_code == there.status_code == 200
    assert here.content == there.content


@pytest.mark.parametrize("path", ["/export/csv", "/export/gexf?interlockNetwork=true"])
def test_files_of_everything_are_refused_with_a_word(path: str) -> None:
    refused = TestClient(create_app(shipped()[1])).get(path)
    assert refused.status_code == 400
    assert "engine elsewhere" in refused.text


def test_page_about_the_data_counts_what_is_at_hand_and_offers_no_more() -> None:
    here, there = (TestClient(create_app(engine)).get("/dataset").text for engine in shipped())
    assert "Company" in there
    assert "By status" in here
    assert "By status" not in there
    assert "/export/" not in there
