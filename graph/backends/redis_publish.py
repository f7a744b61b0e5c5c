"""Writing a dataset into Redis, beside the one that is served, and then making it the current one at one stroke.

Each part ends with a key that says that it is done, and is waited for until a replica has it. So a publish that was interrupted goes on
with the parts that are missing, and so does one whose master was lost. Other datasets are removed after a time of grace, by the names of
their keys.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import islice
from typing import Any, Final, NamedTuple

from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.redis_function import LIBRARY
from interlock.graph.backends.redis_layout import CURRENT, DATASETS, LOCK, Dataset, name_of, slot_of
from interlock.graph.backends.redis_nodes import Call, Nodes, drop, put, single
from interlock.graph.backends.redis_parts import Parts, Value
from interlock.graph.errors import InterlockError
from interlock.graph.heap import Store
from interlock.graph.told import Note, Progress

PATIENCE: Final = 30.0
"""Seconds for which is asked again while a cluster is failing over, before a publish is given up."""
GRACE: Final = 60.0
"""Seconds for which servers may go on with the dataset that was current."""
_LEASE: Final = 10.0
"""Seconds after which another may publish, if who publishes says nothing."""
_BATCH, _KEYS, _AT_ONCE, _UNLINKED = 1 << 18, 512, 4, 1000
_TAKE: Final = """
local who = redis.call('GET', KEYS[1])
if who and who ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_GIVE: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1"


class Published(NamedTuple):
    """What was done: the dataset that is current now, how many of its parts were written, in how many seconds, and how many bytes it takes.

    ``memory`` is of all masters together; None if not all was written now. ``removed`` are the names of the datasets that are gone.
    """

    dataset: Dataset
    written: int
    seconds: float
    memory: int | None
    removed: tuple[str, ...]


async def publish(
    url: str, store: Store, *, parts: int | None = None, grace: float = GRACE, patience: float = PATIENCE,
    progress: Progress = lambda done, total: None, note: Note = lambda text: None,
) -> Published:  # fmt: skip
    """Write the dataset of a store and make it current. Raises ``BackendDown``; or ``InterlockError`` if another is being published."""
    nodes = Nodes(url, patience)
    try:
        async with _alone(nodes, note):
            return await _published(nodes, store, parts, grace, progress, note)
    finally:
        await nodes.close()


async def _published(nodes: Nodes, store: Store, parts: int | None, grace: float, progress: Progress, note: Note) -> Published:
    begun, before = time.monotonic(), await _memory(nodes)
    try:
        await nodes.everywhere("FUNCTION", "LOAD", "REPLACE", LIBRARY)
    except BackendDown as error:
        note(f"Filters will be applied by who asks, not in Redis: {error}")
    known = await _datasets(nodes)
    made = await asyncio.to_thread(_parts, store, known, parts, note)
    dataset = made.dataset
    if known.get(dataset.name) != dataset:
        if dataset.name in known:
            await _forget(nodes, dataset)
        await nodes.ask([single(slot_of(DATASETS), "HSET", DATASETS, dataset.name, dataset.written())], write=True)
    written = 0
    while missing := await _missing(nodes, dataset):
        for part in missing:
            progress(dataset.parts - len(missing) + missing.index(part), dataset.parts)
            await _write(nodes, made.of(part))
            await _done(nodes, dataset, part)
            written += 1
    progress(dataset.parts, dataset.parts)
    seconds = time.monotonic() - begun
    memory = await _memory(nodes) - before if written == dataset.parts else None
    await nodes.ask([single(slot_of(CURRENT), "SET", CURRENT, dataset.written()), *_waiting(nodes, slot_of(CURRENT))], write=True)
    return Published(dataset, written, seconds, memory, await _removed(nodes, dataset, grace, note))


def _parts(store: Store, known: dict[str, Dataset | None], parts: int | None, note: Note) -> Parts:
    """The dataset in as many parts as it has in Redis already, if it was begun."""
    begun = known.get(name_of(str(store.meta["version"])))
    made = Parts(store, parts if begun is None else begun.parts)
    if begun is not None and parts not in (None, begun.parts):
        note(f"Dataset {begun.name} was begun in {begun.parts} parts and goes on so.")
    return made


@asynccontextmanager
async def _alone(nodes: Nodes, note: Note) -> AsyncIterator[None]:
    """While this lasts, no other publishes here. Raises ``InterlockError`` if another does."""
    token, until = secrets.token_hex(8), time.monotonic() + _LEASE + 1
    slot = slot_of(LOCK)
    take = single(slot, "EVAL", _TAKE, 1, LOCK, token, int(1000 * _LEASE))
    publishing = asyncio.current_task()
    lost = False

    async def keep() -> None:
        nonlocal lost
        with suppress(BackendDown):
            while (await nodes.ask([take], write=True)) == [1]:
                await asyncio.sleep(_LEASE / 5)
        lost = True
        if publishing is not None:
            publishing.cancel()

    told = False
    while (await nodes.ask([take], write=True)) != [1]:
        if time.monotonic() > until:
            raise InterlockError("Another dataset is being published there. Try again when that is done.")
        if not told:
            note("Another publish is going on, or was interrupted just now; waiting.")
        told = True
        await asyncio.sleep(_LEASE / 20)
    keeper = asyncio.create_task(keep())
    try:
        yield
    except asyncio.CancelledError:
        if lost and publishing is not None:
            publishing.uncancel()
            raise InterlockError("Another publish took over, since this one could not be heard for too long.") from None
        raise
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        with suppress(BackendDown):
            await nodes.ask([single(slot, "EVAL", _GIVE, 1, LOCK, token)], write=True)


async def _write(nodes: Nodes, values: Iterator[Value], places: int = _AT_ONCE) -> None:
    """Write these values, some batches at once."""
    room = asyncio.Semaphore(places)

    async def send(calls: list[Call]) -> None:
        try:
            await nodes.ask(calls, write=True)
        finally:
            room.release()

    try:
        async with asyncio.TaskGroup() as group:
            for batch in _batches(values):
                await room.acquire()
                group.create_task(send([put(slot_of(tag_of(batch[0][0])), batch)]))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


def tag_of(key: bytes) -> str:
    """The hash tag of a key."""
    return key[key.index(b"{") + 1 : key.index(b"}")].decode()


def _batches(values: Iterator[Value]) -> Iterator[list[Value]]:
    batch: list[Value] = []
    size = 0
    for each in values:
        batch.append(each)
        size += len(each[1])
        if size >= _BATCH or len(batch) >= _KEYS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


async def _done(nodes: Nodes, dataset: Dataset, part: int) -> None:
    """Say that a part is whole, once replicas have it."""
    slot = dataset.slots[part]
    await nodes.ask([single(slot, "SET", dataset.prefixes[part] + b"done", 1), *_waiting(nodes, slot)], write=True)


def _waiting(nodes: Nodes, slot: int) -> list[Call]:
    """Wait up to a second for a replica that has what was written before."""
    return [single(slot, "WAIT", 1, 1000)] if nodes.replicated else []


async def _missing(nodes: Nodes, dataset: Dataset) -> list[int]:
    """The parts that are not done."""
    calls = [single(slot, "GET", prefix + b"done") for slot, prefix in zip(dataset.slots, dataset.prefixes, strict=True)]
    return [part for part, reply in enumerate(await nodes.ask(calls, write=True)) if reply is None]


async def _forget(nodes: Nodes, dataset: Dataset) -> None:
    """Take all parts for not done."""
    await nodes.ask([drop(dataset.slots[part], [dataset.prefixes[part] + b"done"]) for part in range(dataset.parts)], write=True)


async def _datasets(nodes: Nodes) -> dict[str, Dataset | None]:
    """All that are or were being written, by name; None for those that another version of Interlock wrote."""
    (found,) = await nodes.ask([single(slot_of(DATASETS), "HGETALL", DATASETS)], write=True)
    return {name.decode(): Dataset.read(text) for name, text in found.items()}


async def _removed(nodes: Nodes, current: Dataset, grace: float, note: Note) -> tuple[str, ...]:
    """Remove all other datasets after the time of grace."""
    others = {name: each for name, each in (await _datasets(nodes)).items() if name != current.name}
    for name in [name for name, each in others.items() if each is None]:
        note(f"Dataset {name} was written by another version of Interlock, which has to remove it.")
        del others[name]
    if others:
        note(f"In {grace:g} s what is not current is removed: {', '.join(others)}.")
        await asyncio.sleep(grace)
    for name, each in others.items():
        assert each is not None
        for part in range(each.parts):
            await _unlink(nodes, each.slots[part], each.keys_of(part))
        await nodes.ask([single(slot_of(DATASETS), "HDEL", DATASETS, name)], write=True)
    return tuple(others)


async def _unlink(nodes: Nodes, slot: int, keys: Iterable[bytes]) -> None:
    remaining = iter(keys)
    while some := list(islice(remaining, _UNLINKED)):
        await nodes.ask([drop(slot, some)], write=True)


async def _memory(nodes: Nodes) -> int:
    """Bytes that the data of all masters take, without what clients and replication do."""
    told: list[dict[str, Any]] = await nodes.everywhere("INFO", "memory")
    beside = ("mem_clients_normal", "mem_clients_slaves", "mem_replication_backlog")
    return sum(each["used_memory"] - sum(each.get(name, 0) for name in beside) for each in told)
