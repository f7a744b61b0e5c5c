"""Workers that are processes: they answer as this one would, are given up when told, and nothing is left of them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, DataError, Engine, KnowledgeGraph, Limits
from interlock.graph.heap import Memory
from interlock.graph.snapshot import Snapshot, write_snapshot
from interlock.server.desk import Desk, Question
from interlock.server.dispatch import Dispatcher
from interlock.server.logs import LogFormat
from interlock.server.processes import ProcessWorker, process_workers, shared_snapshot
from interlock.server.settings import Settings
from interlock.server.workers import WorkerLost

GRAPH = graph(tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme")])
PATHS = Question('{ paths(from: "ann", to: "acme") { nodes { sentence } } }', None, {}, "application/json", "7")
ONE = Settings(workers=1)


def with_a_worker(claim: Callable[[ProcessWorker], Awaitable[None]], engine: Engine | None = None) -> None:
    async def main() -> None:
        with process_workers(engine or Engine(GRAPH), ONE) as (worker,):
            await worker.start()
            try:
                await claim(worker)
            finally:
                await worker.stop()

    asyncio.run(main())


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_worker_answers_as_this_process_does() -> None:
    async def claim(worker: ProcessWorker) -> None:
        here = Desk(Engine(GRAPH, PATIENT), ONE.cost_limits).answer(PATHS, 60, np.zeros(1, np.uint8))
        for _ in range(3):
            assert await worker.answer(PATHS, 60) == here

    with_a_worker(claim)


def test_worker_whose_question_is_cancelled_answers_the_next() -> None:
    async def claim(worker: ProcessWorker) -> None:
        answer = asyncio.ensure_future(worker.answer(PATHS, 60))
        await asyncio.sleep(0)
        worker.cancel()
        assert await answer is None
        assert await worker.answer(PATHS, 60) is not None

    with_a_worker(claim)


def test_worker_that_was_killed_can_be_started_again() -> None:
    async def claim(worker: ProcessWorker) -> None:
        for _ in range(2):
            first = worker.process_id
            assert first is not None
            os.kill(first, signal.SIGKILL)
            with pytest.raises(WorkerLost, match="ended"):
                await worker.answer(PATHS, 60)
            with pytest.raises(WorkerLost, match="ended"):
                await worker.answer(PATHS, 60)
            await worker.start()
            assert worker.process_id != first
            assert await worker.answer(PATHS, 60) is not None

    with_a_worker(claim)


def test_worker_that_does_not_answer_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interlock.server.processes._GRACE", 0.1)

    async def claim(worker: ProcessWorker) -> None:
        process_id = worker.process_id
        assert process_id is not None
        os.kill(process_id, signal.SIGSTOP)
        with pytest.raises(WorkerLost, match=r"within 0\.1 s"):
            await worker.answer(PATHS, 0)
        assert not is_running(process_id)

    with_a_worker(claim)


def test_worker_that_is_lost_when_all_are_stopped_is_not_started_again() -> None:
    async def main() -> None:
        hung_up = asyncio.Event()
        with process_workers(Engine(GRAPH), ONE) as (worker,):
            on = Dispatcher([worker], 60, 10)
            await on.start()
            assert worker.process_id is not None
            os.kill(worker.process_id, signal.SIGSTOP)
            asking = asyncio.ensure_future(on.answer(PATHS, hung_up.wait))
            await asyncio.sleep(0.01)
            hung_up.set()
            assert on.busy == 1
            asking.cancel()
            await on.stop()
            await asyncio.sleep(0.05)  # a process is started within it, and lives longer
            assert worker.process_id is None

    asyncio.run(main())


def test_worker_that_fails_says_so_in_one_line_as_the_server_logs(capfd: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        with process_workers(Engine(GRAPH), Settings(workers=1, log=LogFormat.JSON)) as (worker,), Path(os.devnull).open("rb") as nothing:
            worker._snapshot = nothing.fileno()
            with pytest.raises(WorkerLost, match="ended"):
                await worker.start()
            await worker.stop()

    asyncio.run(main())
    (line,) = capfd.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["level"], told["message"]) == ("error", "A worker has failed.")
    assert "DataError" in told["exception"]


def test_worker_leaves_signals_for_all_to_the_process_that_serves() -> None:
    async def claim(worker: ProcessWorker) -> None:
        process_id = worker.process_id
        assert process_id is not None
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(process_id, number)
        assert await worker.answer(PATHS, 60) is not None
        await worker.stop()
        assert not is_running(process_id)

    with_a_worker(claim)


def test_workers_have_the_snapshot_that_was_opened_even_if_its_file_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "data.interlock"
    store = GRAPH.columns.store
    assert isinstance(store, Memory)
    write_snapshot(path, store)

    async def claim(worker: ProcessWorker) -> None:
        path.unlink()
        reply = await worker.answer(PATHS, 60)
        assert reply is not None
        assert json.loads(reply.body)["data"]["paths"]["nodes"]

    with_a_worker(claim, Engine(KnowledgeGraph(Snapshot(path))))


def test_snapshot_that_was_replaced_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.interlock"
    store, other = GRAPH.columns.store, graph(tie("ann", "other"), entities=[entity("Ann", "PERSON"), entity("Other")]).columns.store
    assert isinstance(store, Memory)
    assert isinstance(other, Memory)
    write_snapshot(path, store)
    engine = Engine(KnowledgeGraph(Snapshot(path)))
    write_snapshot(path, other)
    with pytest.raises(DataError, match="was replaced"), shared_snapshot(engine):
        pass


def test_workers_have_the_limits_of_the_engine() -> None:
    async def claim(worker: ProcessWorker) -> None:
        many = PATHS._replace(text='{ paths(from: "ann", to: "acme") { stoppedBy } }')
        reply = await worker.answer(many, 60)
        assert reply is not None
        assert b"STEP_BUDGET" in reply.body

    with_a_worker(claim, Engine(GRAPH, Limits(steps=1)))


def test_number_of_workers_is_as_set() -> None:
    with process_workers(Engine(GRAPH), Settings(workers=0)) as none, process_workers(Engine(GRAPH), Settings(workers=3)) as three:
        assert (len(none), len(three)) == (0, 3)
    with pytest.raises(BadInput, match="workers is -1"):
        Settings(workers=-1)
