from __future__ import annotations

import asyncio
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from harness import graph, tie
from redis_cluster import Cluster, Server, cluster, until

pytest.importorskip("redis")

from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.backends.redis_backend import RedisBackend
from interlock.graph.backends.redis_layout import MANY
from interlock.graph.backends.redis_publish import publish
from interlock.graph.filters import RelationshipFilter
from interlock.graph.model import RelationshipKind

KINDS = ["BOARD_SEAT", "POSITION", "PARTY"]
GRAPH = graph(
    *(tie("hub", f"e{n}", f"{1990 + n % 30}", kind=KINDS[n % 3], key=f"h{n}") for n in range(2 * MANY)),
    *(tie(f"e{n}", f"e{n + 1}", kind=KINDS[n % 3], key=f"c{n}") for n in range(2 * MANY - 1)),
    version="moving",
)
EVERYBODY = np.arange(GRAPH.columns.entity_count, dtype=np.int32)
FILTERS = [RelationshipFilter(), RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY}), during="1995/2005")]


@pytest.fixture(scope="module")
def redis() -> Iterator[Cluster]:
    with cluster() as made:
        asyncio.run(publish(made.url, GRAPH.columns.store, grace=0))
        yield made


def told(halves: Halves) -> list[tuple[int, ...]]:
    return sorted(zip(halves.tail.tolist(), halves.head.tolist(), halves.tie.tolist(), halves.word.tolist(), strict=True))


EXPECTED = [told(asyncio.run(MemoryBackend(GRAPH).neighbours(EVERYBODY, each))) for each in FILTERS]


class Reading:
    """What came out of asking again and again: how many right answers, and when which errors."""

    def __init__(self) -> None:
        self.right = 0
        self.errors: list[BackendDown] = []
        self.slowest = 0.0


async def read(backend: RedisBackend, reading: Reading, ended: Callable[[], bool]) -> None:
    while not ended():
        for conditions, expected in zip(FILTERS, EXPECTED, strict=True):
            begun = time.monotonic()
            try:
                found = told(await backend.neighbours(EVERYBODY, conditions))
                ties = await backend.lookup([0, 300, 700])
            except BackendDown as error:
                reading.errors.append(error)
                continue
            assert found == expected, "no answer is ever wrong"
            assert list(ties) == list(map(GRAPH.relationship_at, (0, 300, 700)))
            reading.right += 1
            reading.slowest = max(reading.slowest, time.monotonic() - begun)


@contextmanager
def being_read(url: str, folder: Path, patience: float = 20.0) -> Iterator[Reading]:
    """While this lasts, three ask at once, over one backend."""
    reading, ended = Reading(), threading.Event()
    failed: list[BaseException] = []

    async def run() -> None:
        backend = await RedisBackend.open(url, folder, patience)
        try:
            await asyncio.gather(*(read(backend, reading, ended.is_set) for _ in range(3)))
        finally:
            await backend.close()

    def main() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=main)
    thread.start()
    try:
        until(lambda: reading.right > 3 or failed)
        yield reading
    finally:
        ended.set()
        thread.join()
    assert not failed, failed


def owner_of(redis: Cluster, slot: int) -> Server:
    """The master that has a slot."""
    for server in redis.masters:
        (own,) = [line.split() for line in server.cli("CLUSTER", "NODES").splitlines() if "myself" in line]
        ranges = [each.split("-") for each in own[8:] if not each.startswith("[")]
        if any(int(each[0]) <= slot <= int(each[-1]) for each in ranges):
            return server
    raise AssertionError(slot)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_slot_that_is_moving_is_read_key_by_key_from_where_each_is(redis: Cluster, tmp_path: Path, share: float) -> None:
    async def parts() -> tuple[int, list[bytes]]:
        backend = await RedisBackend.open(redis.url, tmp_path)
        hub = GRAPH.index("hub")
        await backend.close()
        return backend.dataset.slots[hub % backend.dataset.parts], [backend.dataset.key(kind, hub) for kind in (b"e", b"s")]

    slot, (half_edges, _) = asyncio.run(parts())
    there = owner_of(redis, slot)
    other = next(server for server in redis.masters if server is not there)
    with being_read(redis.url, tmp_path) as reading:
        other.cli("CLUSTER", "SETSLOT", str(slot), "IMPORTING", redis.node_id(there))
        there.cli("CLUSTER", "SETSLOT", str(slot), "MIGRATING", redis.node_id(other))
        keys = sorted(there.cli("CLUSTER", "GETKEYSINSLOT", str(slot), "1000").split(), key=lambda key: key != half_edges.decode())
        moving = keys[: int(len(keys) * share)]
        if moving:
            assert there.cli("MIGRATE", "127.0.0.1", str(other.port), "", "0", "5000", "KEYS", *moving) == "OK"
        before = reading.right
        until(lambda: reading.right > before + 6)
        left = [key for key in keys if key not in moving]
        if left:
            there.cli("MIGRATE", "127.0.0.1", str(other.port), "", "0", "5000", "KEYS", *left)
        for server in (other, there):
            assert server.cli("CLUSTER", "SETSLOT", str(slot), "NODE", redis.node_id(other)) == "OK"
        before = reading.right
        until(lambda: reading.right > before + 6)
    assert not reading.errors, "nobody notices"


def test_slots_that_are_dealt_anew_during_reads_cost_no_answer(redis: Cluster, tmp_path: Path) -> None:
    redis.until_whole()
    one, other, _ = redis.masters
    command = ["redis-cli", "--cluster", "reshard", f"127.0.0.1:{one.port}", "--cluster-from", redis.node_id(one)]
    command += ["--cluster-to", redis.node_id(other), "--cluster-slots", "1500", "--cluster-yes"]
    with being_read(redis.url, tmp_path) as reading:
        before = reading.right
        moved = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert moved.returncode == 0, moved.stdout[-500:] + moved.stderr
        assert reading.right > before
        until(lambda: reading.right > before + 9)
    assert not reading.errors


def test_master_that_is_lost_during_reads_costs_no_answer(redis: Cluster, tmp_path: Path) -> None:
    redis.until_whole()
    lost = owner_of(redis, 0)
    with being_read(redis.url, tmp_path) as reading:
        lost.kill()
        until(lambda: len(redis.masters) == 3)
        before = reading.right
        until(lambda: reading.right > before + 9)
    redis.restart()
    assert not reading.errors, "each was asked again until it was answered"


def test_who_has_no_patience_is_told_of_errors_during_a_failover_only(redis: Cluster, tmp_path: Path) -> None:
    redis.until_whole()
    lost = owner_of(redis, 9000)
    with being_read(redis.url, tmp_path, patience=0.3) as reading:
        lost.kill()
        until(lambda: len(redis.masters) == 3)
        time.sleep(1.5)
        told_before, before = len(reading.errors), reading.right
        until(lambda: reading.right > before + 9)
        assert len(reading.errors) == told_before
    redis.restart()


def test_node_that_hangs_is_gone_around(redis: Cluster, tmp_path: Path) -> None:
    redis.until_whole()
    replica = redis.replicas[0]
    assert replica.process is not None
    with being_read(redis.url, tmp_path, patience=8.0) as reading:
        replica.process.send_signal(19)
        try:
            before = reading.right
            until(lambda: reading.right > before + 9)
        finally:
            replica.process.send_signal(18)
    assert not reading.errors
    redis.until_whole()


def test_question_that_is_cancelled_leaves_the_next_its_own_answers(redis: Cluster, tmp_path: Path) -> None:
    async def cancelled() -> None:
        backend = await RedisBackend.open(redis.url, tmp_path)
        for turn in range(40):
            asking = asyncio.create_task(backend.neighbours(EVERYBODY, FILTERS[turn % 2]))
            await asyncio.sleep(turn / 8000)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            assert told(await backend.neighbours(EVERYBODY[::5], FILTERS[0])) == [row for row in EXPECTED[0] if row[0] % 5 == 0]
        await backend.close()

    asyncio.run(cancelled())


def test_whole_cluster_that_is_lost_is_told_and_found_again(redis: Cluster, tmp_path: Path) -> None:
    redis.until_whole()

    async def lost_and_found() -> None:
        backend = await RedisBackend.open(redis.url, tmp_path, patience=1.5)
        redis.kill()
        begun = time.monotonic()
        with pytest.raises(BackendDown, match="did not answer"):
            await backend.neighbours(EVERYBODY, FILTERS[0])
        assert time.monotonic() - begun < 3
        redis.restart()
        with pytest.raises(BackendDown, match="Write one with"):
            await backend.is_current()
        with pytest.raises(BackendDown, match="Publish it anew"):
            await backend.neighbours(EVERYBODY, FILTERS[0])
        await publish(redis.url, GRAPH.columns.store, grace=0)
        for conditions, expected in zip(FILTERS, EXPECTED, strict=True):
            assert told(await backend.neighbours(EVERYBODY, conditions)) == expected
        await backend.close()

    asyncio.run(lost_and_found())
