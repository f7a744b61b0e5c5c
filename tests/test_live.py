"""What is served is exchanged while it is served: no request fails, and none is answered by two editions."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import DataError, Engine
from interlock.graph.errors import Problem
from interlock.server.live import Live, watch
from interlock.server.settings import Settings

WHOLE = '{ dataset { version } entities { totalCount } again: dataset { version } paths(from: "ann", to: "acme") { nodes { length } } }'


def engine(version: int) -> Engine:
    """A dataset whose version is the number of its entities."""
    others = [entity(f"Other {number}") for number in range(version - 2)]
    whole = graph(tie("ann", "acme", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme"), *others], version=str(version))
    return Engine(whole, PATIENT)


class Data:
    """What there is to load: versions one after the other, as they are set."""

    def __init__(self) -> None:
        self.version, self.fault = 2, ""

    def load(self) -> Engine:
        if self.fault:
            raise DataError([Problem("data.trig", 7, "", self.fault)])
        return engine(self.version)


def serving(claim: Callable[[Live, Data, httpx.AsyncClient], Awaitable[None]], workers: int = 0) -> None:
    async def main() -> None:
        data = Data()
        live = Live(data.load(), data.load, Settings(workers=workers, most_waiting=10_000))
        await live.start()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(live), base_url="http://test") as client:
            await claim(live, data, client)
        await live.stop()

    asyncio.run(main())


async def whole(client: httpx.AsyncClient) -> tuple[str, int]:
    """The version that answers, and how many entities it has."""
    answer = await client.post("/graphql", json={"query": WHOLE})
    assert answer.status_code == 200
    data: dict[str, Any] = answer.json()["data"]
    assert data["dataset"] == data["again"]
    assert data["paths"]["nodes"] == [{"length": 1}]
    return data["dataset"]["version"], data["entities"]["totalCount"]


def test_requests_during_reloads_are_answered_each_by_one_version() -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        async def ask() -> list[tuple[str, int]]:
            return [await whole(client) for _ in range(50)]

        asking = [asyncio.ensure_future(ask()) for _ in range(20)]
        for version in range(3, 23):
            await asyncio.sleep(0.01)
            data.version = version
            await live.reload()
        answers = [answer for answers in await asyncio.gather(*asking) for answer in answers]
        assert len(answers) == 1000
        assert all(version == str(count) for version, count in answers)
        assert await whole(client) == ("22", 22)

    serving(claim)


def test_data_that_are_refused_are_not_served_and_it_is_said(caplog: pytest.LogCaptureFixture) -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        data.fault = "is damaged"
        await live.reload()
        assert await whole(client) == ("2", 2)
        ready = await client.get("/readyz")
        assert ready.status_code == 200
        assert ready.text.startswith("ok 2\nnewer data were refused at 2")
        assert "data.trig" not in ready.text
        assert "data.trig:7: is damaged" in caplog.text
        data.fault, data.version = "", 5
        await live.reload()
        assert await whole(client) == ("5", 5)
        assert (await client.get("/readyz")).text == "ok 5\n"

    with caplog.at_level(logging.INFO, "interlock.server"):
        serving(claim)


def test_failure_that_nobody_foresaw_leaves_what_is_served_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        live._load = lambda: engine(1 // 0)
        await live.reload()
        assert await whole(client) == ("2", 2)
        assert "newer data were refused" in (await client.get("/readyz")).text

    serving(claim)
    assert "ZeroDivisionError" in caplog.text


def test_data_that_have_not_changed_go_on_as_they_are() -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        before = live.edition
        await live.reload()
        assert live.edition is before

    serving(claim)


def test_reloads_that_come_while_one_goes_on_are_one() -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        loads = 0

        def load() -> Engine:
            nonlocal loads
            loads += 1
            time.sleep(0.05)
            return engine(2 + loads)

        live._load = load
        first = asyncio.ensure_future(live.reload())
        while not loads:
            await asyncio.sleep(0.001)
        await asyncio.gather(first, *(live.reload() for _ in range(50)))
        assert loads == 2
        assert await whole(client) == ("4", 4)
        await live.reload()
        assert await whole(client) == ("5", 5)

    serving(claim)


def test_workers_of_what_was_served_before_end_when_it_is_no_longer_asked() -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        assert await whole(client) == ("2", 2)
        before: Any = live.edition.answering.dispatcher.workers
        assert all(worker.process_id for worker in before)
        data.version = 3
        await live.reload()
        assert await whole(client) == ("3", 3)
        while any(worker.process_id for worker in before):
            await asyncio.sleep(0.01)

    serving(claim, workers=2)


def test_reload_whose_workers_never_begin_is_given_up_and_the_next_is_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 1000\n")
    silent.chmod(0o755)

    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        data.version = 3
        with monkeypatch.context() as silently:
            silently.setattr("interlock.server.processes._PATIENCE", 0.2)
            silently.setattr(sys, "executable", str(silent))
            await live.reload()
        assert "did not answer within 0.2 s" in caplog.text
        assert "newer data were refused" in (await client.get("/readyz")).text
        assert await whole(client) == ("2", 2)
        await live.reload()
        assert await whole(client) == ("3", 3)

    serving(claim, workers=2)


def test_server_that_is_about_to_end_says_so() -> None:
    async def claim(live: Live, data: Data, client: httpx.AsyncClient) -> None:
        live.readiness.stopping = True
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/livez")).status_code == 200
        assert await whole(client) == ("2", 2)

    serving(claim)


def test_change_of_watched_files_is_told_once_they_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interlock.server.live._WATCHED_EVERY", 0.05)
    file, told = tmp_path / "a.trig", asyncio.Event()
    file.write_text("")

    async def main() -> None:
        watching = asyncio.ensure_future(watch([tmp_path, tmp_path / "missing"], told.set))
        await asyncio.sleep(0.3)
        assert not told.is_set()
        file.write_text(json.dumps("more"))
        async with asyncio.timeout(60):
            await told.wait()
        told.clear()
        (tmp_path / "b.trig").write_text("")
        async with asyncio.timeout(60):
            await told.wait()
        watching.cancel()

    asyncio.run(main())
