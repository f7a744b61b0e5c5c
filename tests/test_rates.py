from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph import BadInput
from interlock.server.rates import Local, Rate, Shared, Verdict, store_at

RATE = Rate(60, 5)
"""One a second, five at once."""


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def take(store: object, client: str = "a", rate: Rate = RATE, **options: object) -> Verdict:
    return asyncio.run(store.take(client, rate, **options))  # type: ignore[attr-defined]


def test_client_has_its_burst_and_then_one_at_a_time() -> None:
    clock = Clock()
    store = Local(clock)
    assert [take(store).left for _ in range(5)] == [4, 3, 2, 1, 0]
    refused = take(store)
    assert (refused.allowed, refused.left, refused.seconds) == (False, 0, pytest.approx(1.0))
    assert take(store, "b").allowed, "others are not meant"
    clock.now += 1
    assert take(store).allowed
    assert not take(store).allowed


def test_dear_request_counts_as_several_and_is_paid_for_later() -> None:
    clock = Clock()
    store = Local(clock)
    assert take(store, requests=20, always=True).allowed
    clock.now += 15
    assert not take(store).allowed
    clock.now += 1
    assert take(store).allowed


@given(st.lists(st.floats(0, 3), max_size=60))
def test_nobody_gets_more_than_a_bucket_of_tokens_would_give(pauses: list[float]) -> None:
    clock = Clock()
    store, tokens = Local(clock), float(RATE.burst)
    for pause in pauses:
        clock.now += pause
        tokens = min(RATE.burst, tokens + pause / RATE.each)
        allowed = take(store).allowed
        if abs(tokens - 1) > 1e-6:
            assert allowed is (tokens > 1)
        tokens -= allowed


def test_million_clients_take_no_more_room_than_some() -> None:
    store = Local(most=100)
    for number in range(1000):
        take(store, str(number))
    assert len(store) == 100


@pytest.fixture(scope="module")
def redis_port() -> Iterator[int]:
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server here; on Debian: apt-get install redis-server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = ("redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port
    process.terminate()
    process.wait()


def test_two_processes_share_what_a_client_used(redis_port: int) -> None:
    pytest.importorskip("redis")

    async def taken() -> list[bool]:
        one, other = (store_at(f"redis://127.0.0.1:{redis_port}") for _ in range(2))
        hourly = Rate(1, 3)
        verdicts = [await store.take("shared", hourly) for store in (one, other, one, other)]
        for store in (one, other):
            assert isinstance(store, Shared)
            await store.close()
        assert verdicts[3].seconds > 50
        return [verdict.allowed for verdict in verdicts]

    assert asyncio.run(taken()) == [True, True, True, False]


class Heard(logging.Handler):
    """What a logger was told."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def test_where_redis_is_down_each_process_counts_by_itself_and_says_so_once() -> None:
    redis = pytest.importorskip("redis.asyncio")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    heard, logger = Heard(), logging.getLogger("interlock.rates")

    async def taken() -> list[bool]:
        clock = Clock()  # which stands still, however slow this machine is
        store = Shared(redis.Redis(host="127.0.0.1", port=port), Local(clock), clock)
        verdicts = [(await store.take("a", Rate(1, 2))).allowed for _ in range(3)]
        await store.close()
        return verdicts

    level = logger.level
    logger.addHandler(heard)
    logger.setLevel(logging.WARNING)
    try:
        assert asyncio.run(taken()) == [True, True, False]
    finally:
        logger.removeHandler(heard)
        logger.setLevel(level)
    assert len(heard.messages) == 1, heard.messages
    assert "ConnectionError" in heard.messages[0]


def test_address_of_the_store_must_be_one() -> None:
    pytest.importorskip("redis")
    with pytest.raises(BadInput, match="INTERLOCK_RATE_STORE"):
        store_at("http://a.example")
