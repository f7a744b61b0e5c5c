from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import claim, entity, graph, tie
from redis_cluster import SECRET, Cluster, Server, cluster, guarded_cluster, one

pytest.importorskip("redis")

from interlock.graph import BadInput, load
from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.backends.redis_backend import RedisBackend
from interlock.graph.backends.redis_function import FUNCTION, arguments
from interlock.graph.backends.redis_layout import MANY, Dataset, slot_of
from interlock.graph.backends.redis_nodes import addresses
from interlock.graph.backends.redis_publish import publish
from interlock.graph.columns import Columns
from interlock.graph.dates import parse_date
from interlock.graph.filters import RelationshipFilter
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import RelationshipKind, Source, Stance, Status

T = TypeVar("T")
SOURCES = [Source(f"source/{n}", f"https://e.example/{n}", f"S{n}", publisher=f"P{n % 3}") for n in range(6)]
VERSIONS = count()
KINDS, STATUSES, STANCES = list(RelationshipKind), list(Status), list(Stance)


@pytest.fixture(scope="module")
def redis() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return load()


def rows(halves: Halves) -> list[tuple[int, ...]]:
    columns = (halves.tail, halves.head, halves.tie, halves.word, *halves.bounds.T)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def asked(url: str, folder: Path, ask: Callable[[RedisBackend], Awaitable[T]], patience: float = 10.0) -> T:
    """What is answered by a backend that is opened for this."""

    async def opened() -> T:
        backend = await RedisBackend.open(url, folder, patience)
        try:
            return await ask(backend)
        finally:
            await backend.close()

    return asyncio.run(opened())


async def same(backend: RedisBackend, memory: MemoryBackend, conditions: RelationshipFilter, forward: bool | None = None) -> int:
    """Compare what is around all entities, one by one and together; tells how many half-edges there are."""
    everybody = np.arange(len(memory.directory.numbers("search.kind")), dtype=np.int32)
    expected = rows(await memory.neighbours(everybody, conditions, forward))
    assert rows(await backend.neighbours(everybody, conditions, forward)) == expected
    for each in everybody[:3]:
        alone = np.array([each], np.int32)
        assert rows(await backend.neighbours(alone, conditions, forward)) == [row for row in expected if row[0] == each]
    return len(expected)


FILTERS = [
    RelationshipFilter(),
    RelationshipFilter(kinds=frozenset({RelationshipKind.BOARD_SEAT, RelationshipKind.PARTY})),
    RelationshipFilter(statuses=frozenset(Status)),
    RelationshipFilter(min_status=Status.CONFIRMED, as_of=parse_date("2012-06")),
    RelationshipFilter(during="2011/2014", certainty=Certainty.CERTAIN),
    RelationshipFilter(min_independent_sources=2),
]


@pytest.mark.parametrize("forward", [None, True, False])
def test_answers_about_the_shipped_graph_are_those_of_memory(
    redis: Cluster, shipped: KnowledgeGraph, tmp_path: Path, forward: bool | None
) -> None:
    asyncio.run(publish(redis.url, shipped.columns.store, grace=0))
    said = sorted(shipped.sources)
    some = [RelationshipFilter(sources=frozenset(said[::3])), RelationshipFilter(exclude_sources=frozenset(said[::2]))]
    some += [RelationshipFilter(sources=frozenset(said[::2]), exclude_sources=frozenset(said[::4]), min_independent_sources=2)]

    async def compare(backend: RedisBackend) -> list[int]:
        memory = MemoryBackend(shipped)
        return [await same(backend, memory, conditions, forward) for conditions in FILTERS + some]

    counts = asked(redis.url, tmp_path, compare)
    assert all(counts), "every filter leaves something to compare"


def test_records_and_ids_are_found_as_in_memory(redis: Cluster, shipped: KnowledgeGraph, tmp_path: Path) -> None:
    asyncio.run(publish(redis.url, shipped.columns.store, grace=0))
    number_of = shipped.columns.relationship_count

    async def compare(backend: RedisBackend) -> None:
        memory = MemoryBackend(shipped)
        assert list(await backend.lookup(range(number_of))) == list(await memory.lookup(range(number_of)))
        for record in map(shipped.relationship_at, range(0, number_of, 7)):
            assert await backend.find(record.id) == await memory.find(record.id)
            for each in record.claims:
                assert await backend.find_claim(each.id) == await memory.find_claim(each.id) >= 0
        assert await backend.find("relationship/none") == await backend.find_claim("claim/none") == -1
        for wrong in (-1, number_of):
            with pytest.raises(KeyError):
                await backend.lookup([wrong])
        kept, columns = Columns(backend.directory), shipped.columns
        assert all(kept.entity_at(number) == columns.entity_at(number) for number in range(columns.entity_count))
        assert all(kept.source_at(number) == columns.source_at(number) for number in range(columns.source_count))

    asked(redis.url, tmp_path, compare)


def test_frontier_is_one_round_trip(redis: Cluster, shipped: KnowledgeGraph, tmp_path: Path) -> None:
    asyncio.run(publish(redis.url, shipped.columns.store, grace=0))

    async def counted(backend: RedisBackend) -> list[int]:
        everybody, trips = np.arange(shipped.columns.entity_count, dtype=np.int32), []
        for conditions in (FILTERS[0], FILTERS[1], RelationshipFilter(sources=frozenset(list(shipped.sources)[::2]))):
            before = backend.trips
            await backend.neighbours(everybody, conditions)
            trips.append(backend.trips - before)
        return trips

    assert asked(redis.url, tmp_path, counted) == [1, 1, 2], "who supports what several say is looked up"


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Few entities, one of them with more half-edges than are read at once."""
    random = draw(st.randoms(use_true_random=False))
    names = [f"e{number}" for number in range(random.randint(1, 12))]
    dates = ["", "2011", "2011-06/2014", "2012/..", "/2013-02", "2010~/2012?", "2016-05-04"]
    ties = []
    for number in range(random.choice([0, 1, 7, 40, 2 * MANY])):
        ends = [names[0] if random.random() < 0.7 else random.choice(names), random.choice(names)]
        said = random.sample(SOURCES, random.choice([1, 1, 2, 4]))
        claims = [
            claim(10 * number + place, random.choice(STATUSES), random.choice(STANCES[:1] * 3 + STANCES), each.id)
            for place, each in enumerate(said)
        ]
        kind = random.choice(KINDS)
        made = tie(*ends, random.choice(dates), kind=kind, key=f"r{number:04}", claims=claims, sources=SOURCES)
        ties.append(made)
    return graph(*ties, entities=map(entity, names), sources=SOURCES, version=f"random{next(VERSIONS)}")


CONDITIONS = st.builds(
    lambda **given: RelationshipFilter(**given),
    kinds=st.none() | st.frozensets(st.sampled_from(KINDS), min_size=1),
    statuses=st.none() | st.frozensets(st.sampled_from(STATUSES), min_size=1),
    during=st.sampled_from([None, "2011/2012", "2013/2015", "../2011"]),
    sources=st.none() | st.frozensets(st.sampled_from([each.id for each in SOURCES]), min_size=1),
    min_independent_sources=st.integers(0, 3),
)


@pytest.fixture(scope="module")
def alone() -> Iterator[Server]:
    with one() as made:
        yield made


@settings(max_examples=25)
@given(made=graphs(), conditions=st.lists(CONDITIONS, min_size=4, max_size=4), forward=st.sampled_from([None, True, False]))
def test_answers_about_random_graphs_are_those_of_memory(
    alone: Server,
    tmp_path_factory: pytest.TempPathFactory,
    made: KnowledgeGraph,
    conditions: list[RelationshipFilter],
    forward: bool | None,
) -> None:
    asyncio.run(publish(alone.url, made.columns.store, grace=0, parts=3))

    async def compare(backend: RedisBackend) -> None:
        memory = MemoryBackend(made)
        for each in conditions:
            await same(backend, memory, each, forward)
        ties = range(made.columns.relationship_count)
        assert list(await backend.lookup(ties)) == list(await memory.lookup(ties))
        for number in ties:
            for each_claim in made.relationship_at(number).claims:
                assert await backend.find_claim(each_claim.id) == await memory.find_claim(each_claim.id)

    asked(alone.url, tmp_path_factory.mktemp("directory"), compare)


def hub() -> KnowledgeGraph:
    """One entity with three times as many relationships as are read without being asked which."""
    kinds = ["BOARD_SEAT", "POSITION", "PARTY"]
    ties = [tie("hub", f"e{n}", f"1990/{1991 + n % 29}", kind=kinds[n % 3], key=f"r{n:04}") for n in range(3 * MANY)]
    return graph(*ties, version="hub")


def test_half_edges_of_hubs_are_filtered_where_they_are(alone: Server, tmp_path: Path) -> None:
    made = hub()
    asyncio.run(publish(alone.url, made.columns.store, grace=0))
    conditions = RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY}), as_of=parse_date("2015"))

    async def ask(backend: RedisBackend) -> tuple[int, int]:
        hubs, sent = np.array([made.index("hub")], np.int32), []
        for each in (RelationshipFilter(), conditions):
            alone.cli("CONFIG", "RESETSTAT")
            found = await backend.neighbours(hubs, each)
            sent.append(int(re.search(r"total_net_output_bytes:(\d+)", alone.cli("INFO", "stats"))[1]))  # type: ignore[index]
            assert rows(found) == rows(await MemoryBackend(made).neighbours(hubs, each))
        return sent[0], sent[1]

    everything, filtered = asked(alone.url, tmp_path, ask)
    assert "cmdstat_fcall_ro:calls=1" in alone.cli("INFO", "commandstats")
    assert filtered < everything / 3, "only a third is of that kind, and some of that ended before"
    assert arguments(RelationshipFilter(), None) is None, "what leaves next to nothing out is not worth asking for"


def test_function_that_is_gone_is_done_without_and_brought_back(redis: Cluster, tmp_path: Path) -> None:
    made = hub()
    asyncio.run(publish(redis.url, made.columns.store, grace=0))
    for server in redis.masters:
        server.cli("FUNCTION", "FLUSH")

    async def compare(backend: RedisBackend) -> int:
        return await same(backend, MemoryBackend(made), RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY})))

    assert asked(redis.url, tmp_path, compare) == 2 * MANY
    assert all(FUNCTION in server.cli("FUNCTION", "LIST") for server in redis.masters)


def test_missing_key_is_an_error_and_never_no_neighbours(alone: Server, tmp_path: Path) -> None:
    made = hub()
    asyncio.run(publish(alone.url, made.columns.store, grace=0))
    everybody = np.arange(made.columns.entity_count, dtype=np.int32)

    async def ask(backend: RedisBackend) -> None:
        number = made.index("hub")
        for conditions in (RelationshipFilter(), RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY}))):
            key = backend.dataset.key(b"e", number).decode()
            alone.cli("RENAME", key, "aside")
            with pytest.raises(BackendDown, match="Publish it anew"):
                await backend.neighbours(everybody, conditions)
            alone.cli("RENAME", "aside", key)
            assert len((await backend.neighbours(everybody, conditions)).tail)
        for server_key in (backend.dataset.key(b"r", 0), backend.dataset.key(b"i", 0)):
            alone.cli("DEL", server_key.decode())
        with pytest.raises(BackendDown):
            await backend.lookup([0])

    asked(alone.url, tmp_path, ask, patience=3.0)
    alone.cli("FLUSHALL")


def test_server_without_a_dataset_says_how_to_get_one(alone: Server, tmp_path: Path) -> None:
    alone.cli("FLUSHALL")
    with pytest.raises(BackendDown, match="interlock publish"):
        asked(alone.url, tmp_path, RedisBackend.is_current)


def test_address_that_is_none_is_bad_input_and_tells_no_password(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        asked("http://user:secret@a.example", tmp_path, RedisBackend.is_current)
    assert "secret" not in str(raised.value)


def test_cluster_is_published_to_and_asked_over_tls_with_a_password(shipped: KnowledgeGraph, tmp_path: Path) -> None:
    with guarded_cluster() as guarded:
        hosts = ",".join(f"127.0.0.1:{server.port}" for server in guarded.servers[:2])
        secret = quote(SECRET, safe="")
        trusted = f"?ssl_ca_certs={guarded.servers[0].certificate}"
        address = f"rediss://:{secret}@{hosts}{trusted}"
        asyncio.run(publish(address, shipped.columns.store, grace=0))
        meta = np.array([shipped.index("entity/meta")], np.int32)
        found = asked(address, tmp_path, lambda backend: backend.neighbours(meta, RelationshipFilter()))
        assert rows(found) == rows(asyncio.run(MemoryBackend(shipped).neighbours(meta, RelationshipFilter())))
        assert len(found.tail) > 50
        for wrong, why in (
            (f"rediss://:{secret[1:]}@{hosts}{trusted}", "password"),
            (f"rediss://{hosts}{trusted}", "uthentication"),
            (f"rediss://:{secret}@{hosts}", "certificate"),
            (f"redis://:{secret}@{hosts}", "Connection"),
        ):
            with pytest.raises(BackendDown, match=why) as refused:
                asked(wrong, tmp_path, RedisBackend.is_current, patience=2.0)
            assert SECRET[1:] not in str(refused.value)
            assert secret[1:] not in str(refused.value)


def test_address_may_name_several_nodes() -> None:
    assert addresses("redis://ann:se,cret@a:1,b:2/0?x=1") == ["redis://ann:se,cret@a:1/0?x=1", "redis://ann:se,cret@b:2/0?x=1"]
    assert addresses("redis://a") == ["redis://a"]


def test_parts_lie_evenly_over_the_slots() -> None:
    dataset = Dataset("v", 48, 10, 10, 0, 0, 1, 1, "")
    assert [slot * 48 // 16384 for slot in dataset.slots] == list(range(48))
    assert all(slot_of(tag) == slot for tag, slot in zip(dataset.tags, dataset.slots, strict=True))


def test_damaged_directory_is_fetched_anew(alone: Server, shipped: KnowledgeGraph, tmp_path: Path) -> None:
    asyncio.run(publish(alone.url, shipped.columns.store, grace=0))

    async def name(backend: RedisBackend) -> str:
        return backend.dataset.name

    path = tmp_path / f"{asked(alone.url, tmp_path, name)}.interlock"
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + b"\0" * 9)
    asked(alone.url, tmp_path, name)
    assert path.read_bytes() == whole
