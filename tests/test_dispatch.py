"""Questions that take long don't keep others waiting; those that nobody waits for are given up."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, Limits, PathAnswer, PathQuestion
from interlock.schema.price import CostLimits
from interlock.server.desk import Desk, Question, Reply
from interlock.server.dispatch import Busy, ClientGone, Dispatcher
from interlock.server.workers import ThreadWorker, WorkerLost

GRAPH = graph(tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme")])
LONG = '{ paths(from: "ann", to: "acme") { complete stoppedBy } }'
QUICK = '{ search(text: "acme") { matched } }'


async def never() -> None:
    await asyncio.Event().wait()


class Held(Engine):
    """Finds no path before it may, unless its time is up or nobody waits any more."""

    may_go_on: threading.Event

    def paths(self, question: PathQuestion) -> PathAnswer:
        budget = self.budget()
        while not self.may_go_on.wait(0.002) and not budget.overdue:
            pass
        return super().paths(question)


def dispatcher(workers: int = 2, limits: Limits = PATIENT, most_waiting: int = 100) -> tuple[Dispatcher, threading.Event]:
    engine = Held(GRAPH, limits)
    engine.may_go_on = threading.Event()
    desk = Desk(engine, CostLimits())
    return Dispatcher([ThreadWorker(desk) for _ in range(workers)], limits.seconds, most_waiting), engine.may_go_on


def question(text: str) -> Question:
    return Question(text, None, {}, "application/json", "7")


def data(reply: Reply) -> Any:
    return json.loads(reply.body)["data"]


def run(claim: Callable[[], Awaitable[None]]) -> None:
    async def patiently() -> None:
        async with asyncio.timeout(60):  # whoever waits for what never comes
            await claim()

    asyncio.run(patiently())


def test_questions_that_take_long_do_not_keep_others_waiting() -> None:
    async def claim() -> None:
        on, may_go_on = dispatcher()
        flood = [asyncio.ensure_future(on.answer(question(LONG), never)) for _ in range(8)]
        while on.busy < 1 or on.waiting < 7:
            await asyncio.sleep(0.01)
        assert data(await on.answer(question(QUICK), never)) == {"search": [{"matched": "Acme"}]}
        assert not any(each.done() for each in flood)
        may_go_on.set()
        assert all(data(reply)["paths"]["complete"] for reply in await asyncio.gather(*flood))
        assert (on.busy, on.waiting) == (0, 0)
        await on.stop()

    run(claim)


def test_questions_that_get_no_second_turn_are_answered_in_time_with_what_the_first_brought() -> None:
    async def claim() -> None:
        on, _ = dispatcher(limits=Limits(seconds=0.5))
        replies = await asyncio.gather(*(on.answer(question(LONG), never) for _ in range(6)))
        assert [data(reply)["paths"] for reply in replies] == [{"complete": False, "stoppedBy": "DEADLINE"}] * 6
        assert not any(reply.lasting for reply in replies)
        await on.stop()

    run(claim)


def test_questions_beyond_those_that_may_wait_are_refused() -> None:
    async def claim() -> None:
        on, may_go_on = dispatcher(most_waiting=2)
        flood = [asyncio.ensure_future(on.answer(question(LONG), never)) for _ in range(10)]
        refused, waiting = await asyncio.wait(flood, timeout=1)
        while len(refused) < 7:
            more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            refused |= more
        assert all(isinstance(each.exception(), Busy) for each in refused)
        may_go_on.set()
        assert all(data(reply)["paths"]["complete"] for reply in await asyncio.gather(*waiting))
        await on.stop()

    run(claim)


@pytest.mark.parametrize("workers", [1, 2])
def test_client_that_hangs_up_leaves_its_place_to_others(workers: int) -> None:
    async def claim() -> None:
        on, may_go_on = dispatcher(workers)
        hung_up = asyncio.Event()
        gone = [asyncio.ensure_future(on.answer(question(LONG), hung_up.wait)) for _ in range(3)]
        while on.waiting < 2:
            await asyncio.sleep(0.01)
        hung_up.set()
        outcomes = await asyncio.gather(*gone, return_exceptions=True)
        assert [type(each) for each in outcomes] == [ClientGone] * 3
        while on.busy:
            await asyncio.sleep(0.01)
        assert on.waiting == 0
        may_go_on.set()
        assert data(await on.answer(question(LONG), never))["paths"]["complete"]
        await on.stop()

    run(claim)


class Losing(ThreadWorker):
    """Is lost over its first questions, and can't be started at once."""

    losses, failures = 1, 1

    async def answer(self, question: Question, seconds: float) -> Reply | None:
        if self.losses:
            self.losses -= 1
            raise WorkerLost("lost")
        return await super().answer(question, seconds)

    async def start(self) -> None:
        if self.failures:
            self.failures -= 1
            raise WorkerLost("can't be started")


def test_question_over_which_a_worker_is_lost_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interlock.server.dispatch._AGAIN", 0.01)

    async def claim() -> None:
        desk = Desk(Engine(GRAPH, PATIENT), CostLimits())
        on = Dispatcher([Losing(desk), Losing(desk)], 60, 10)
        assert data(await on.answer(question(QUICK), never)) == {"search": [{"matched": "Acme"}]}
        while on.busy:
            await asyncio.sleep(0.01)
        await on.stop()

    run(claim)


def test_question_over_which_all_workers_are_lost_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Losing, "losses", 5)
    monkeypatch.setattr(Losing, "failures", 0)

    async def claim() -> None:
        on = Dispatcher([Losing(Desk(Engine(GRAPH, PATIENT), CostLimits()))], 60, 10)
        with pytest.raises(WorkerLost):
            await on.answer(question(QUICK), never)
        await on.stop()

    run(claim)


def test_question_that_waits_in_vain_for_a_worker_is_told_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Losing, "failures", 10**9)
    monkeypatch.setattr("interlock.server.dispatch._LEAST", 0.05)

    async def claim() -> None:
        on = Dispatcher([Losing(Desk(Engine(GRAPH, PATIENT), CostLimits()))], 0.1, 10)
        for _ in range(2):
            with pytest.raises(Busy, match="Ask again in 1 s"):
                await on.answer(question(QUICK), never)
        assert on.waiting == 0
        await on.stop()

    run(claim)
