"""How a server bears attacks, and a thousand silent connections beside two hundred slow ones: ``python tests/benchmarks/attacking.py``.

Prints the slowest answers, how long somebody else waits meanwhile, and how much memory the server takes.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).parents[1]))

from attacks import Attack, Outcome, attacks, head, post, send
from serving import Served, served

GOOD = post(b'{"query":"{ __typename }"}')
IDLE, SLOW, SECONDS = 1000, 200, 10.0


async def pings(port: int, ended: asyncio.Event) -> list[float]:
    """Seconds that somebody else waited for the cheapest answer, on a connection of its own."""
    waits = []
    while not ended.is_set():
        waits.append((await send("127.0.0.1", port, Attack("ping", [GOOD]))).seconds)
        await asyncio.sleep(0.01)
    return waits


async def meanwhile(port: int, doing: Callable[[], Awaitable[object]]) -> list[float]:
    ended = asyncio.Event()
    waits = asyncio.create_task(pings(port, ended))
    await doing()
    ended.set()
    return await waits


async def dribble(port: int, number: int) -> None:
    """Headers or a body, a byte now and then."""
    start = post(b" " * 1000)[:-1000] if number % 2 else head("GET", "/", "X-A: b")[:-4]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    answered, until = asyncio.create_task(reader.read()), time.monotonic() + SECONDS
    while time.monotonic() < until and not answered.done():
        writer.write(b"a")
        await asyncio.sleep(1)
    answered.cancel()
    writer.close()


async def crowd(port: int) -> None:
    idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(IDLE)]
    await asyncio.gather(*(dribble(port, number) for number in range(SLOW)))
    for _, writer in idle:
        writer.close()


def told(name: str, waits: list[float]) -> None:
    print(f"{name}: {len(waits)} pings, p50 {quantiles(waits, n=100)[49] * 1000:.1f} ms, p99 {quantiles(waits, n=100)[98] * 1000:.1f} ms, "
          f"longest {max(waits) * 1000:.1f} ms")  # fmt: skip


async def measure(server: Served, every: int) -> None:
    outcomes: list[Outcome] = []

    async def attack() -> None:
        for each in attacks(every):
            outcomes.append(await send("127.0.0.1", server.port, each))

    told("at rest", await meanwhile(server.port, lambda: asyncio.sleep(SECONDS)))
    told(f"beside {IDLE} idle and {SLOW} slow connections", await meanwhile(server.port, lambda: crowd(server.port)))
    before, began = server.resident_bytes, time.perf_counter()
    told("under attack", await meanwhile(server.port, attack))
    after, seconds = server.resident_bytes, time.perf_counter() - began
    print(f"{len(outcomes)} attacks in {seconds:.0f} s; memory {before >> 20} MB before, {after >> 20} MB after")
    print(sorted(Counter(str(outcome.status) for outcome in outcomes).items()))
    for outcome in sorted(outcomes, key=lambda each: -each.seconds)[:12]:
        print(f"{outcome.seconds:7.3f} s  {outcome.status}  {outcome.name}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), request_seconds="3", log="off") as server:
        asyncio.run(measure(server, int(sys.argv[1]) if len(sys.argv) > 1 else 1))
