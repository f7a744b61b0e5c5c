"""The nodes of a Redis Cluster, or one Redis: commands go where their slot is, all at once, and follow it where it moves.

Redis's own client sends ASKING and the command after it over whichever connections are free, and gives up after a number of attempts, not
at a time. So only its connections are used here; slots are followed here. What may go wrong for a while is asked again until patience is at
an end: connections that break, a failover, a node that is loading, a slot that moves. Nothing else is ever taken for an answer.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Any, Final, NamedTuple

from redis import asyncio as redis
from redis import exceptions
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.redis_layout import SLOTS
from interlock.graph.errors import BadInput

Word = bytes | str | int
Address = tuple[str, int]
_PAUSES: Final = (0.0, 0.0, 0.02, 0.05, 0.1, 0.2)
"""Seconds to wait before each attempt; the last before all that follow."""
_SHUNNED: Final = 1.0
"""Seconds for which a node that failed is not read from, where another has the same."""
_CONNECTIONS: Final = 64
_LOST: Final = 3
"""How often a key must have been missing at its master before it is lost."""
_PASSING: Final = (exceptions.ConnectionError, exceptions.TimeoutError, exceptions.MovedError, exceptions.ClusterDownError,
                   exceptions.MasterDownError, exceptions.ReadOnlyError, OSError)  # fmt: skip
_MOVING: Final = (exceptions.AskError, exceptions.TryAgainError)


class Call(NamedTuple):
    """A command to keys of one slot, and the same as commands to one key each, for a slot that is moving; both answer with a list."""

    slot: int
    words: tuple[Word, ...]
    alone: tuple[tuple[Word, ...], ...]


def get(slot: int, keys: Sequence[bytes]) -> Call:
    """Read these keys."""
    return Call(slot, ("MGET", *keys), tuple(("GET", key) for key in keys))


def put(slot: int, values: Sequence[tuple[bytes, bytes]]) -> Call:
    """Write these keys and values."""
    return Call(slot, ("MSET", *chain.from_iterable(values)), tuple(("SET", *each) for each in values))


def drop(slot: int, keys: Sequence[bytes]) -> Call:
    """Remove these keys."""
    return Call(slot, ("UNLINK", *keys), tuple(("UNLINK", key) for key in keys))


def call(slot: int, function: str, keys: Sequence[bytes], given: Sequence[bytes]) -> Call:
    """Run a function on these keys; where it can't be run, read the first of them."""
    return Call(slot, ("FCALL_RO", function, len(keys), *keys, *given), (("GET", keys[0]),))


def single(slot: int, *words: Word) -> Call:
    """A command to one key, which answers with what it answers."""
    return Call(slot, words, (words,))


class Nodes:
    """Connections to all nodes of the cluster that is known by those at ``url`` (``redis://one:6379,other:6379``); or to one Redis.

    Every method raises ``BackendDown`` after ``patience`` seconds, or what is left of them.
    """

    def __init__(self, url: str, patience: float) -> None:
        try:
            each_given = [redis.connection.parse_url(each) for each in addresses(url)]
        except ValueError as error:
            raise BadInput(f"{url.partition('://')[0]}://… is not the address of a Redis: {error}") from None
        self._seeds: list[Address] = [(given.pop("host", "127.0.0.1"), given.pop("port", 6379)) for given in each_given]
        given = each_given[0]
        self.patience = patience
        each = max(0.1, min(2.0, patience / 4))
        options = {"socket_timeout": each, "socket_connect_timeout": each, "retry": Retry(NoBackoff(), 0), "protocol": 2}
        self._options: dict[str, Any] = options | dict(given)
        self._clients: dict[Address, Any] = {}
        self._shards: Sequence[tuple[Address, ...]] = ()
        self._slots: Sequence[int] = ()
        self._learned = 0
        self._learning = asyncio.Lock()
        self._shunned: dict[Address, float] = {}
        self.clustered = False
        self.functionless = False
        """Was a function missed on some node?"""

    async def ask(self, calls: Sequence[Call], *, write: bool = False) -> list[Any]:
        """The answers to these commands, which are sent at once; reads may go to replicas. A missing key is no answer."""
        clock = asyncio.get_running_loop().time
        deadline, waiting = clock() + self.patience, list(range(len(calls)))
        answers: dict[int, Any] = {}
        masters, missed, why = write, 0, "no answer"
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            if not waiting:
                break
            learned = self._learned
            try:
                async with asyncio.timeout_at(deadline):
                    await asyncio.sleep(pause)
                    if not self._shards:
                        await self._learn(learned)
                    replies = await self._attempt([calls[place] for place in waiting], masters)
                    failed = {place: reply for place, reply in zip(waiting, replies, strict=True) if _fails(reply)}
                    answers.update((place, reply) for place, reply in zip(waiting, replies, strict=True) if place not in failed)
                    waiting = list(failed)
                    if failed:
                        await self._learn(learned)
            except TimeoutError:
                raise BackendDown(f"{self._where} did not answer in {self.patience:g} s: {why}.") from None
            except _PASSING as error:
                why = _named(error)
                continue
            for reply in failed.values():
                why = _named(reply) if isinstance(reply, Exception) else "a key is missing"
                if isinstance(reply, Exception) and not isinstance(reply, (*_PASSING, *_MOVING)):
                    raise BackendDown(f"{self._where} refuses a command: {why}.")
            if any(not isinstance(reply, Exception) for reply in failed.values()):
                missed += masters
                masters = True
                if missed >= _LOST:
                    raise BackendDown(f"{self._where} lacks a part of the dataset: it was removed, or lost. Publish it anew.")
        return [answers[place] for place in range(len(calls))]

    async def everywhere(self, *words: Word) -> list[Any]:
        """The answers of all masters to a command."""
        try:
            async with asyncio.timeout(self.patience):
                await self._learn(self._learned)
                masters = list(dict.fromkeys(shard[0] for shard in self._shards))
                replies = await asyncio.gather(*(self._send(each, [words]) for each in masters))
        except TimeoutError:
            raise BackendDown(f"{self._where} did not answer in {self.patience:g} s.") from None
        except _PASSING as error:
            raise BackendDown(f"{self._where} can't be reached: {_named(error)}.") from None
        for (reply,) in replies:
            if isinstance(reply, Exception):
                raise BackendDown(f"{self._where} refuses {words[0]!r}: {_named(reply)}.")
        return [reply for (reply,) in replies]

    async def close(self) -> None:
        """End all connections."""
        clients, self._clients, self._shards = self._clients, {}, ()
        await asyncio.gather(*(client.aclose() for client in clients.values()), return_exceptions=True)

    @property
    def replicated(self) -> bool:
        """Has a master a replica?"""
        return any(len(shard) > 1 for shard in self._shards)

    @property
    def _where(self) -> str:
        return f"Redis at {','.join(f'{host}:{port}' for host, port in self._seeds)}"

    async def _attempt(self, calls: Sequence[Call], masters: bool) -> list[Any]:
        """What each command was answered with, or what went wrong."""
        chosen: dict[int, Address] = {}
        by_node: dict[Address, list[int]] = defaultdict(list)
        for place, each in enumerate(calls):
            shard = self._slots[each.slot]
            if shard not in chosen:
                chosen[shard] = self._choose(shard, masters)
            by_node[chosen[shard]].append(place)
        nodes = by_node.items()
        sent = await asyncio.gather(*(self._send(node, [calls[place].words for place in places]) for node, places in nodes))
        replies: list[Any] = [None] * len(calls)
        for (_, places), answered in zip(nodes, sent, strict=True):
            for place, reply in zip(places, answered, strict=True):
                replies[place] = reply
        astray = [place for place, reply in enumerate(replies) if self._is_astray(reply)]
        followed = await asyncio.gather(*(self._follow(calls[place]) for place in astray))
        for place, reply in zip(astray, followed, strict=True):
            replies[place] = reply
        return replies

    def _is_astray(self, reply: object) -> bool:
        """Has this to be asked key by key?"""
        lost = isinstance(reply, exceptions.ResponseError) and "Function not found" in str(reply)
        self.functionless |= lost
        return lost or isinstance(reply, _MOVING)

    async def _follow(self, each: Call) -> Any:
        """Ask key by key, the keys that have moved already where they are now."""
        node = self._shards[self._slots[each.slot]][0]
        replies = await self._send(node, each.alone)
        moved: dict[Address, list[int]] = defaultdict(list)
        for place, reply in enumerate(replies):
            if isinstance(reply, exceptions.AskError):
                moved[reply.host or node[0], reply.port].append(place)
        for there, places in moved.items():
            pairs = await self._send(there, [words for place in places for words in (("ASKING",), each.alone[place])])
            for place, reply in zip(places, pairs[1::2], strict=True):
                replies[place] = reply
        wrong = next((reply for reply in replies if isinstance(reply, Exception)), None)
        if wrong is not None:
            return wrong
        return replies if each.alone[0] != each.words else replies[0]

    async def _send(self, node: Address, commands: Sequence[Sequence[Word]], as_replica: bool | None = None) -> list[Any]:
        """What a node answers to these commands, sent at once; it is told to answer itself if it is a replica (in a cluster always)."""
        pipeline = self._client(node).pipeline(transaction=False)
        as_replica = self.clustered if as_replica is None else as_replica
        if as_replica:
            pipeline.execute_command("READONLY")
        for words in commands:
            pipeline.execute_command(*words)
        try:
            replies = list(await pipeline.execute(raise_on_error=False))
        except _PASSING as error:
            self._shunned[node] = asyncio.get_running_loop().time() + _SHUNNED
            return [error] * len(commands)
        return replies[1:] if as_replica else replies

    def _choose(self, shard: int, masters: bool) -> Address:
        nodes, now = self._shards[shard], asyncio.get_running_loop().time()
        sound = [node for node in nodes if self._shunned.get(node, 0.0) < now]
        return nodes[0] if masters else random.choice(sound or nodes)

    def _client(self, node: Address) -> Any:
        if node not in self._clients:
            host, port = node
            options = {**self._options, "host": host, "port": port, "max_connections": _CONNECTIONS, "timeout": self.patience}
            self._clients[node] = redis.Redis.from_pool(redis.BlockingConnectionPool(**options))
        return self._clients[node]

    async def _learn(self, known: int) -> None:
        """Ask which node has which slots, unless somebody did after what is ``known``. Raises ``ConnectionError`` if none tells."""
        async with self._learning:
            if self._learned != known:
                return
            nodes = list(dict.fromkeys(chain.from_iterable(self._shards)))
            now = asyncio.get_running_loop().time()
            random.shuffle(nodes)
            nodes.sort(key=lambda node: self._shunned.get(node, 0.0) >= now)
            error: Exception = exceptions.ConnectionError("no node is known")
            for node in dict.fromkeys((*nodes, *self._seeds)):
                (reply,) = await self._send(node, [("CLUSTER", "SLOTS")], as_replica=False)
                if isinstance(reply, exceptions.ResponseError) and "cluster support disabled" in str(reply):
                    self.clustered, self._shards, self._slots = False, [(node,)], [0] * SLOTS
                elif isinstance(reply, Exception):
                    error = reply
                    continue
                elif not self._take(node, reply):
                    error = exceptions.ClusterDownError("there are slots that no node has")
                    continue
                self._learned += 1
                return
            raise exceptions.ConnectionError(_named(error))

    def _take(self, told_by: Address, ranges: Iterable[Any]) -> bool:
        """Take what a node told of all slots, if it told of all."""
        shards: dict[tuple[Address, ...], int] = {}
        slots = [-1] * SLOTS
        for first, last, *nodes in ranges:
            shard = tuple(((host or b"").decode().strip("?") or told_by[0], port) for host, port, *_ in nodes)
            slots[first : last + 1] = [shards.setdefault(shard, len(shards))] * (last + 1 - first)
        if -1 in slots:
            return False
        self.clustered, self._shards, self._slots = True, list(shards), slots
        return True


def addresses(url: str) -> list[str]:
    """The addresses of the nodes that one address names, with commas between."""
    scheme, mark, rest = url.partition("://")
    place = rest.partition("/")[0].partition("?")[0]
    secret, at, hosts = place.rpartition("@")
    return [f"{scheme}{mark}{secret}{at}{host}{rest[len(place) :]}" for host in hosts.split(",")]


def _fails(reply: object) -> bool:
    """Is this an error, or lacks something?"""
    return isinstance(reply, Exception) or (isinstance(reply, list) and None in reply)


def _named(error: BaseException) -> str:
    """What went wrong, in a few words."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}".removesuffix(": ").rstrip(".")
