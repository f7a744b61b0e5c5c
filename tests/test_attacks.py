"""Whatever is sent to a real server, it answers or closes; it never fails, tells nothing of itself, grows no fat, and serves others."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks import Attack, Outcome, asked, attacks, head, post, send
from serving import Served, served

LEAK = re.compile(rb"Traceback|File \\?\"|site-packages|\.py\b|/usr/|/home/|object at 0x|sys\.set_int")
AT_ONCE = 4
PATIENCE = 12.0
"""Seconds, for a machine that does other things too; benchmarks/attacking.py tells the true ones."""
SMALL = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").split("```turtle\n")[1].split("```")[0]
GOOD = b'{"query":"{ __typename }"}'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("attacked"), request_seconds="3", log="json") as running:
        yield running


async def sent(server: Served, found: Iterator[Attack], outcomes: list[Outcome]) -> None:
    for attack in found:
        outcomes.append(await send("127.0.0.1", server.port, attack))


async def pinged(server: Served, waits: list[float], ended: asyncio.Event) -> None:
    """Somebody else, who asks for next to nothing, again and again."""
    while not ended.is_set():
        answered = await send("127.0.0.1", server.port, Attack("ping", [post(GOOD)]))
        assert answered.status == 200
        waits.append(answered.seconds)
        await asyncio.sleep(0.1)


async def attacked(server: Served) -> tuple[list[Outcome], list[float]]:
    outcomes: list[Outcome] = []
    waits: list[float] = []
    ended, found = asyncio.Event(), attacks(every=7)
    other = asyncio.create_task(pinged(server, waits, ended))
    await asyncio.gather(*(sent(server, found, outcomes) for _ in range(AT_ONCE)))
    ended.set()
    await other
    return outcomes, waits


@pytest.fixture(scope="module")
def after(server: Served) -> tuple[list[Outcome], list[float], float]:
    """What came of all attacks, how long somebody else waited meanwhile, and how much larger the server is than before."""
    asyncio.run(send("127.0.0.1", server.port, Attack("first", [asked('{ search(text: "Netflx") { score } }')])))
    before = server.resident_bytes
    outcomes, waits = asyncio.run(attacked(server))
    return outcomes, waits, server.resident_bytes / before


def test_attacks_are_answered_and_none_makes_the_server_fail(after: tuple[list[Outcome], list[float], float], server: Served) -> None:
    outcomes, _, _ = after
    assert len(outcomes) > 800
    assert not [outcome.name for outcome in outcomes if (outcome.status or 0) >= 500 or b'"INTERNAL"' in outcome.answer]
    assert '"exception"' not in server.log.read_text()
    assert sum(outcome.status is None for outcome in outcomes) < 40, "nearly all are told why"


def test_attacks_learn_nothing_of_the_server(after: tuple[list[Outcome], list[float], float]) -> None:
    assert not [outcome.name for outcome in after[0] if LEAK.search(outcome.answer.replace(b"../app.py", b"").replace(b"app.py", b""))]


def test_attacks_take_nobody_long(after: tuple[list[Outcome], list[float], float]) -> None:
    outcomes, waits, _ = after
    assert not [(outcome.name, outcome.seconds) for outcome in outcomes if outcome.seconds > PATIENCE]
    assert waits
    assert max(waits) < PATIENCE


def test_attacks_leave_the_server_less_than_twice_as_large(after: tuple[list[Outcome], list[float], float]) -> None:
    assert after[2] < 2


def test_no_log_tells_what_was_asked_or_by_whom(after: tuple[list[Outcome], list[float], float], server: Served) -> None:
    told = server.log.read_text()
    assert '"route": "/graphql"' in told
    assert not re.search(r"netflix|script|127\.0\.0\.1.{0,20}status|evil", told.partition("Ctrl-C")[2], re.IGNORECASE)


@pytest.mark.parametrize(
    "piece",
    [b"", b"GET /graphql HTT", b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ", post(GOOD)[:-3]],
    ids=["silent", "in the first line", "in a header", "in the body"],
)
def test_connection_that_is_too_slow_is_closed(server: Served, piece: bytes) -> None:
    began = time.monotonic()
    outcome = asyncio.run(send("127.0.0.1", server.port, Attack("slow", [piece])))
    assert outcome.status == (408 if piece else None)
    assert 0.5 < time.monotonic() - began < PATIENCE


def test_connections_are_only_so_many(tmp_path: Path) -> None:
    async def crowded(port: int) -> Outcome:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        outcome = await send("127.0.0.1", port, Attack("one more", [head("GET", "/livez")]))
        for _, writer in idle:
            writer.close()
        return outcome

    data = tmp_path / "acme.trig"
    data.write_text(SMALL, encoding="utf-8")
    with served(tmp_path, "--data", str(data), max_connections="5", log="off") as running:
        outcome = asyncio.run(crowded(running.port))
    assert (outcome.status, b"retry-after: 1" in outcome.answer) == (503, True)
