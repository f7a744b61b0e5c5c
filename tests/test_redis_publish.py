from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from harness import graph, tie
from redis_cluster import Cluster, Server, cluster, one, until

pytest.importorskip("redis")

from interlock.graph import InterlockError, load
from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.redis_backend import RedisBackend
from interlock.graph.backends.redis_layout import LAYOUT, Dataset
from interlock.graph.backends.redis_publish import publish
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Memory
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.snapshot import FORMAT, write_snapshot


@pytest.fixture(scope="module")
def redis() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def alone() -> Iterator[Server]:
    with one() as made:
        yield made


def dataset(version: str, count: int = 40) -> KnowledgeGraph:
    return graph(*(tie(f"a{n}", f"b{n % 7}", key=f"r{n}") for n in range(count)), version=version)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = dataset("many", 3000).columns.store
    path = tmp_path_factory.mktemp("snapshot") / "many.interlock"
    write_snapshot(
        path, Memory(store.meta, {n: store.numbers(n) for n in store.tables}, {n: bytes(store.bytes(n).whole()) for n in store.heaps})
    )
    return path


def keys(server: Server) -> set[str]:
    return set(server.cli("KEYS", "*").split())


async def ties_of(backend: RedisBackend, entity: int) -> list[int]:
    found = await backend.neighbours(np.array([entity], np.int32), RelationshipFilter())
    return sorted(found.tie.tolist())


def test_publishing_a_version_twice_does_nothing(alone: Server) -> None:
    store = dataset("one").columns.store
    first = asyncio.run(publish(alone.url, store, grace=0))
    before = keys(alone)
    alone.cli("CONFIG", "RESETSTAT")
    again = asyncio.run(publish(alone.url, store, grace=0))
    assert (first.written, again.written) == (first.dataset.parts, 0)
    assert "cmdstat_mset" not in alone.cli("INFO", "commandstats")
    assert keys(alone) == before
    assert first.memory is not None
    assert first.memory > 0


def test_old_version_answers_until_the_grace_is_over_and_is_then_removed_without_a_scan(redis: Cluster, tmp_path: Path) -> None:
    old, new = dataset("old"), dataset("new", 60)

    async def switched() -> None:
        await publish(redis.url, old.columns.store, grace=0)
        served = await RedisBackend.open(redis.url, tmp_path, patience=3)
        entity = old.index("b1")
        expected = await ties_of(served, entity)
        notes: list[str] = []
        publishing = asyncio.create_task(publish(redis.url, new.columns.store, grace=2, note=notes.append))
        while await served.is_current():
            assert await ties_of(served, entity) == expected, "what is being written is not seen"
        assert await ties_of(served, entity) == expected, "in the time of grace the old version still answers"
        done = await publishing
        assert done.removed == (served.dataset.name,)
        with pytest.raises(BackendDown):
            await ties_of(served, entity)
        await served.close()
        fresh = await RedisBackend.open(redis.url, tmp_path)
        assert (await fresh.is_current(), fresh.dataset.name) == (True, done.dataset.name)
        assert fresh.dataset.relationships == 60
        await fresh.close()

    for server in redis.masters:
        server.cli("CONFIG", "RESETSTAT")
    asyncio.run(switched())
    left = set.union(*(keys(server) for server in redis.masters))
    assert not [key for key in left if "old" in key]
    stats = [server.cli("INFO", "commandstats") for server in redis.masters]
    assert not [each for each in stats if "cmdstat_scan" in each]


def test_publish_that_was_killed_goes_on_where_it_was(redis: Cluster, tmp_path: Path, snapshot: Path) -> None:
    redis.flush()
    command = [sys.executable, "-m", "interlock.server.cli", "publish", "--to", redis.url, "--grace", "0"]
    command += ["--data", str(snapshot), "--parts", "600"]

    def done() -> int:
        return sum(key.endswith(":done") for server in redis.masters for key in keys(server))

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        with suppress(AssertionError):
            until(lambda: done() > 20, 60)
        os.kill(process.pid, signal.SIGKILL)
    written = done()
    assert 20 < written < 600
    with pytest.raises(BackendDown):
        asyncio.run(RedisBackend.open(redis.url, tmp_path, patience=2))
    again = subprocess.run([*command[:-1], "7"], capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert "interrupted just now" in again.stderr, "who was killed still holds the place"
    assert "in 600 parts and goes on so" in again.stderr
    assert f"{600 - written:} of 600 parts were missing" in again.stderr

    async def compare() -> None:
        made = load(snapshot)
        backend, memory = await RedisBackend.open(redis.url, tmp_path), MemoryBackend(made)
        everybody = np.arange(made.columns.entity_count, dtype=np.int32)
        found, expected = [await each.neighbours(everybody, RelationshipFilter()) for each in (backend, memory)]
        assert sorted(found.tie.tolist()) == sorted(expected.tie.tolist())
        ties = range(made.columns.relationship_count)
        assert list(await backend.lookup(ties)) == list(await memory.lookup(ties))
        await backend.close()

    asyncio.run(compare())


def test_what_an_interrupted_publish_left_is_removed_by_the_next(alone: Server) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise Stop

    with pytest.raises(Stop):
        asyncio.run(publish(alone.url, dataset("half").columns.store, grace=0, progress=stop))
    assert [key for key in keys(alone) if "half" in key]
    done = asyncio.run(publish(alone.url, dataset("whole").columns.store, grace=0))
    assert done.removed == (f"half.{FORMAT}.{LAYOUT}",)
    assert not [key for key in keys(alone) if "half" in key]
    assert keys(alone) == {key.decode() for part in range(48) for key in done.dataset.keys_of(part)} & keys(alone) | {
        "interlock:current",
        "interlock:datasets",
    }


def test_part_that_was_lost_is_written_again(alone: Server) -> None:
    store = dataset("lost").columns.store
    done = asyncio.run(publish(alone.url, store, grace=0))
    alone.cli("DEL", *(key.decode() for key in done.dataset.keys_of(3)))
    assert asyncio.run(publish(alone.url, store, grace=0)).written == 1


def test_two_do_not_publish_at_once(alone: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interlock.graph.backends.redis_publish._LEASE", 2.0)
    alone.cli("SET", "interlock:publishing", "somebody")
    with pytest.raises(InterlockError, match="being published"):
        asyncio.run(publish(alone.url, dataset("late").columns.store, grace=0))
    assert keys(alone) == {"interlock:publishing"}


def test_dataset_of_another_layout_is_left_and_told(alone: Server, tmp_path: Path) -> None:
    done = asyncio.run(publish(alone.url, dataset("now").columns.store, grace=0))
    other = json.loads(done.dataset.written()) | {"layout": LAYOUT + 1}
    assert Dataset.read(json.dumps(other).encode()) is None
    alone.cli("SET", "interlock:current", json.dumps(other))
    with pytest.raises(BackendDown, match="another version of Interlock"):
        asyncio.run(RedisBackend.open(alone.url, tmp_path, patience=2))
    alone.cli("HSET", "interlock:datasets", "other", json.dumps(other))
    notes: list[str] = []
    assert asyncio.run(publish(alone.url, dataset("now").columns.store, grace=0, note=notes.append)).removed == ()
    assert [note for note in notes if "other" in note]


def test_command_tells_pace_and_room_or_why_not(alone: Server, snapshot: Path) -> None:
    command = [sys.executable, "-m", "interlock.server.cli", "publish", "--grace", "0", "--data", str(snapshot), "--to"]
    done = subprocess.run([*command, alone.url], capture_output=True, text=True, timeout=120)
    assert "relationships a second" in done.stderr
    assert "bytes a relationship" in done.stderr
    again = subprocess.run([*command, alone.url], capture_output=True, text=True, timeout=120)
    assert "there already, and current" in again.stderr
    wrong = subprocess.run([*command, "http://a.example"], capture_output=True, text=True, timeout=120)
    assert wrong.returncode == 1
    assert "not the address of a Redis" in wrong.stderr
    assert "Traceback" not in wrong.stderr
