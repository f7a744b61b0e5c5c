"""How often a client may ask: the generic cell rate algorithm, in this process or shared by several over Redis.

Of each client one number is kept: the time at which it will have used nothing of its allowance again.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from interlock.graph import BadInput

MOST_CLIENTS: Final = 100_000
"""Of how many clients is kept what they used; beyond, those that did not ask for longest are forgotten."""
_PATIENCE: Final = 0.25
"""Seconds after which Redis is taken to be down."""
_PAUSE: Final = 5.0
"""Seconds for which it is not asked then."""
_SCRIPT: Final = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local full, cost, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = tat + cost - now - window
if wait > 0 and full == 0 then return {tostring(wait), tostring(tat - now)} end
tat = tat + cost
redis.call('SET', KEYS[1], string.format('%.6f', tat), 'EX', math.ceil(tat - now) + 1)
return {'0', tostring(tat - now)}
"""

log = logging.getLogger("interlock.rates")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a minute, of which ``burst`` may come at once."""

    per_minute: int
    burst: int

    @property
    def each(self) -> float:
        """Seconds that one request takes of the allowance."""
        return 60 / self.per_minute

    @property
    def window(self) -> float:
        """Seconds after which a used up allowance is whole again."""
        return self.burst * self.each


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a client may ask; how many requests are left to it, and in how many seconds it may ask again, or has all of it."""

    allowed: bool
    left: int
    seconds: float


class Store(Protocol):
    """Where it is kept what clients used."""

    async def take(self, client: str, rate: Rate, requests: float = 1, *, always: bool = False) -> Verdict:
        """Let a client have so many requests, if it has them left; or ``always``, if they are over already."""
        ...


class Local:
    """In this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST_CLIENTS) -> None:
        self._clock, self._most = clock, most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    async def take(self, client: str, rate: Rate, requests: float = 1, *, always: bool = False) -> Verdict:
        now = self._clock()
        full_at = max(self._full_at.get(client, 0.0), now)
        wait = full_at + requests * rate.each - now - rate.window
        if wait > 1e-9 and not always:
            return Verdict(False, 0, wait)
        full_at += requests * rate.each
        self._full_at[client] = full_at
        self._full_at.move_to_end(client)
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return _verdict(full_at - now, rate)

    def __len__(self) -> int:
        return len(self._full_at)


class Shared:
    """In Redis, for several processes; where that fails, each process for itself, and a line in the log."""

    def __init__(self, redis: Any, local: Local, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._script = redis, redis.register_script(_SCRIPT)
        self._local, self._clock = local, clock
        self._paused_until = 0.0

    async def close(self) -> None:
        """End the connections to Redis."""
        await self._redis.aclose()

    async def take(self, client: str, rate: Rate, requests: float = 1, *, always: bool = False) -> Verdict:
        if self._clock() >= self._paused_until:
            try:
                given = [int(always), requests * rate.each, rate.window]
                wait, used = map(float, await self._script(keys=[f"interlock:rate:{client}"], args=given))
            except Exception as error:  # whatever is wrong with Redis, questions are answered
                log.warning("Redis fails (%s): for %d seconds each process limits rates by itself", type(error).__name__, _PAUSE)
                self._paused_until = self._clock() + _PAUSE
            else:
                return Verdict(False, 0, wait) if wait > 0 else _verdict(used, rate)
        return await self._local.take(client, rate, requests, always=always)


def store_at(url: str | None) -> Store:
    """The store at a ``redis://`` address; without one, in this process. Raises ``BadInput`` if Redis's client is not installed."""
    if url is None:
        return Local()
    try:
        from redis import asyncio as redis
    except ImportError:
        raise BadInput('Rates are to be kept in Redis, but its client is not installed: pip install "interlock-graph[redis]".') from None
    try:
        client = redis.Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
    except ValueError as error:
        raise BadInput(f"INTERLOCK_RATE_STORE is {url[:12]!r}…: {error}") from None
    return Shared(client, Local())


def _verdict(used: float, rate: Rate) -> Verdict:
    return Verdict(True, max(0, int((rate.window - used) / rate.each + 1e-9)), used)
