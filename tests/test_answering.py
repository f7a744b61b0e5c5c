from __future__ import annotations

import asyncio
import json
import math
from typing import Any

import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, Limits, PathAnswer, PathQuestion
from interlock.server.answering import Answering, Asked
from interlock.server.answers import Answer
from interlock.server.desk import Desk
from interlock.server.negotiation import GRAPHQL_JSON, JSON
from interlock.server.settings import Settings
from interlock.server.workers import ThreadWorker

GRAPH = graph(tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme")])
PATHS = 'query ($k: Int) { paths(from: "ann", to: "acme", k: $k) { complete stoppedBy nodes { length } } }'


@pytest.fixture(autouse=True)
def _slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interlock.server.dispatch.SLICE", math.inf)


class Counting(Engine):
    searches = 0

    def paths(self, question: PathQuestion) -> PathAnswer:
        type(self).searches += 1
        return super().paths(question)


def answering(limits: Limits | None = None, **settings: Any) -> Answering:
    Counting.searches = 0
    return Answering(Counting(GRAPH, limits or PATIENT), Settings(**settings))


def ask(on: Answering, body: dict[str, Any] | bytes, media: str = JSON, gzip: bool = False) -> Answer:
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def asked() -> Answer:
        return await on.answer(Asked(False, payload, media, gzip), "1", asyncio.Event().wait)

    return asyncio.run(asked())


def test_question_that_was_answered_is_not_searched_again_however_it_is_written() -> None:
    on = answering()
    first = ask(on, {"query": PATHS, "variables": {"k": 3}})
    for same in (
        {"query": PATHS, "variables": {"k": 3}},
        {"variables": {"k": 3}, "query": PATHS, "operationName": None, "extensions": {"x": 1}},
    ):
        assert ask(on, same) is first
    assert ask(on, {"query": PATHS, "variables": {"k": 3}}, gzip=True) == first
    assert Counting.searches == 1


@pytest.mark.parametrize(
    ("other", "media"),
    [
        ({"query": PATHS, "variables": {"k": 4}}, JSON),
        ({"query": PATHS + " ", "variables": {"k": 3}}, JSON),
        ({"query": PATHS, "variables": {"k": 3}}, GRAPHQL_JSON),
        ({"query": PATHS}, JSON),
    ],
)
def test_another_question_is_answered_anew(other: dict[str, Any], media: str) -> None:
    on = answering()
    ask(on, {"query": PATHS, "variables": {"k": 3}})
    ask(on, other, media)
    assert Counting.searches == 2


def test_question_is_answered_anew_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on, now = answering(), 1.8e9
    monkeypatch.setattr("interlock.server.answering.time.time", lambda: now)
    ask(on, {"query": PATHS})
    now += 86_400
    ask(on, {"query": PATHS})
    assert Counting.searches == 2


def test_answer_that_ran_out_of_time_is_not_kept() -> None:
    for document in (PATHS, '{ ask(question: "How is Ann connected to Acme?") { paths { stoppedBy } } }'):
        on = answering(Limits(seconds=1e-9))
        answer = ask(on, {"query": document})
        assert b"DEADLINE" in answer.body
        assert not answer.lasting
        assert not len(on.memory)
        ask(on, {"query": document})
        assert Counting.searches == 2


def test_error_that_depends_on_the_question_alone_is_kept_like_an_answer() -> None:
    on = answering()
    assert ask(on, {"query": '{ entity(ref: "nobody") { id } }'}).lasting
    assert len(on.memory) == 2


def test_nothing_is_kept_where_there_is_no_room() -> None:
    on = answering(answer_cache_bytes=0)
    assert ask(on, {"query": PATHS}) == ask(on, {"query": PATHS})
    assert Counting.searches == 2


def with_a_worker_of_its_own() -> Answering:
    settings = Settings(answer_cache_bytes=0)
    return Answering(Engine(GRAPH, PATIENT), settings, [ThreadWorker(Desk(Engine(GRAPH, PATIENT), settings.cost_limits))])


@pytest.mark.parametrize("document", ["{ dataset { version } }", "{ datasat { version } }"])
def test_document_that_costs_little_is_known_once_a_worker_has_read_it(document: str) -> None:
    on = with_a_worker_of_its_own()
    first = ask(on, {"query": document})
    assert on.desk.knows(document)
    assert ask(on, {"query": document}) == first


@pytest.mark.parametrize("document", [PATHS, "{ nonsense", "{ dataset { version } } #" + "x" * 3000])
def test_document_that_costs_much_or_is_long_or_none_is_left_to_workers(document: str) -> None:
    on = with_a_worker_of_its_own()
    assert ask(on, {"query": document}).body
    assert not on.desk.knows(document)


def test_memory_stays_within_its_bytes() -> None:
    on = answering(answer_cache_bytes=20_000)
    for number in range(100):
        ask(on, {"query": f"{{ a{number}: __typename }}"})
    assert 0 < on.memory.used <= 20_000
