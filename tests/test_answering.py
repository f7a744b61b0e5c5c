from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, Limits, PathAnswer, PathQuestion
from interlock.server.answering import Answering, Asked, encode
from interlock.server.answers import Answer
from interlock.server.negotiation import GRAPHQL_JSON, JSON
from interlock.server.settings import Settings

GRAPH = graph(tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme")])
PATHS = 'query ($k: Int) { paths(from: "ann", to: "acme", k: $k) { complete stoppedBy nodes { length } } }'


class Counting(Engine):
    searches = 0

    def paths(self, question: PathQuestion) -> PathAnswer:
        self.searches += 1
        return super().paths(question)


def answering(limits: Limits | None = None, **settings: Any) -> Answering:
    return Answering(Counting(GRAPH, limits or PATIENT), Settings(**settings))


def ask(on: Answering, body: dict[str, Any] | bytes, media: str = JSON, gzip: bool = False) -> Answer:
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    return asyncio.run(on.answer(Asked(False, payload, media, gzip), "1"))


def searches(on: Answering) -> int:
    assert isinstance(on.engine, Counting)
    return on.engine.searches


def test_question_that_was_answered_is_not_searched_again_however_it_is_written() -> None:
    on = answering()
    first = ask(on, {"query": PATHS, "variables": {"k": 3}})
    for same in (
        {"query": PATHS, "variables": {"k": 3}},
        {"variables": {"k": 3}, "query": PATHS, "operationName": None, "extensions": {"x": 1}},
    ):
        assert ask(on, same) is first
    assert ask(on, {"query": PATHS, "variables": {"k": 3}}, gzip=True) == first
    assert searches(on) == 1


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
    assert searches(on) == 2


def test_question_is_answered_anew_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on, now = answering(), 1.8e9
    monkeypatch.setattr("interlock.server.answering.time.time", lambda: now)
    ask(on, {"query": PATHS})
    now += 86_400
    ask(on, {"query": PATHS})
    assert searches(on) == 2


def test_answer_that_ran_out_of_time_is_not_kept() -> None:
    for document in (PATHS, '{ ask(question: "How is Ann connected to Acme?") { paths { stoppedBy } } }'):
        on = answering(Limits(seconds=1e-9))
        answer = ask(on, {"query": document})
        assert b"DEADLINE" in answer.body
        assert not answer.lasting
        assert not len(on.memory)
        ask(on, {"query": document})
        assert searches(on) == 2


def test_error_that_depends_on_the_question_alone_is_kept_like_an_answer() -> None:
    on = answering()
    assert ask(on, {"query": '{ entity(ref: "nobody") { id } }'}).lasting
    assert len(on.memory) == 2


def test_nothing_is_kept_where_there_is_no_room() -> None:
    on = answering(answer_cache_bytes=0)
    assert ask(on, {"query": PATHS}) == ask(on, {"query": PATHS})
    assert searches(on) == 2


class Waiting(Engine):
    """An engine that finds no path before it is told to."""

    def __init__(self) -> None:
        super().__init__(GRAPH, PATIENT)
        self.may_go_on = threading.Event()

    def paths(self, question: PathQuestion) -> PathAnswer:
        self.may_go_on.wait()
        return super().paths(question)


def test_questions_that_cost_little_do_not_wait_for_those_that_cost_much() -> None:
    engine = Waiting()
    on = Answering(engine, Settings())

    async def flooded() -> tuple[Answer, list[Answer]]:
        bodies = [json.dumps({"query": PATHS, "variables": {"k": k}}).encode() for k in range(1, 60)]
        flood = [asyncio.ensure_future(on.answer(Asked(False, body, JSON, False), "1")) for body in bodies]
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(60):  # it would wait for ever if it waited for the others
                quick = await on.answer(Asked(False, b'{"query": "{ dataset { version } }"}', JSON, False), "2")
            assert not any(each.done() for each in flood)
        finally:
            engine.may_go_on.set()
        return quick, await asyncio.gather(*flood)

    quick, slow = asyncio.run(flooded())
    assert b'"version":"test"' in quick.body
    assert all(b'"complete"' in answer.body for answer in slow)


def test_memory_stays_within_its_bytes() -> None:
    on = answering(answer_cache_bytes=20_000)
    for number in range(100):
        ask(on, {"query": f"{{ a{number}: __typename }}"})
    assert 0 < on.memory.used <= 20_000


def test_numbers_of_any_size_are_written() -> None:
    assert json.loads(encode({"a": 2**70, "b": "é"})) == {"a": 2**70, "b": "é"}
    assert encode({"a": "é"}) == '{"a":"é"}'.encode()
