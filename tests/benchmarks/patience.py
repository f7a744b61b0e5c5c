"""Measure how a server keeps its word to those who ask much: answers by the deadline, and places freed by those who hang up.

python -m benchmarks.patience SNAPSHOT [--seconds 0.5] [--questions 100]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interlock.graph import Engine, load

WORST = """
query Worst($from: EntityRef!, $to: EntityRef!) {
  paths(from: $from, to: $to, selector: SHORTEST_K_GROUPS, k: 100, maxHops: 12, filter: { heldTogether: true }) { totalCount stoppedBy }
}
"""
EASY = "query Easy($from: EntityRef!, $to: EntityRef!) { paths(from: $from, to: $to, k: 1) { totalCount } }"
_AT_ONCE = 8


@contextmanager
def served(snapshot: Path, seconds: float) -> Iterator[tuple[str, int]]:
    """The address of a server of this snapshot, whose questions have so many seconds."""
    command = [sys.executable, "-m", "interlock.server.cli", "serve", "--port", "0", "--data", str(snapshot)]
    environment = os.environ | {"INTERLOCK_SECONDS": str(seconds), "INTERLOCK_ANSWER_CACHE_BYTES": "0", "INTERLOCK_LOG": "off"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        try:
            told = next(found for line in process.stderr if (found := re.search(r"http://([\d.]+):(\d+)", line)))
            yield told[1], int(told[2])
        finally:
            process.terminate()


def pairs(snapshot: Path, count: int) -> list[tuple[str, str]]:
    engine, draw = Engine(load(snapshot)), random.Random(7)
    ids = engine.graph.columns.entity_ids
    numbers = [draw.randrange(len(ids)) for _ in range(2 * count)]
    return [(ids.text(one), ids.text(other)) for one, other in zip(numbers[::2], numbers[1::2], strict=True)]


async def ask(address: tuple[str, int], document: str, pair: tuple[str, str]) -> tuple[float, str]:
    """How long an answer took, and the answer."""
    begun = time.perf_counter()
    reader, writer = await _asked(address, document, pair)
    answer = await reader.read()
    writer.close()
    return time.perf_counter() - begun, answer.decode()


async def _asked(address: tuple[str, int], document: str, pair: tuple[str, str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    body = json.dumps({"query": document, "variables": {"from": pair[0], "to": pair[1]}})
    reader, writer = await asyncio.open_connection(*address)
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write((head + body).encode())
    await writer.drain()
    return reader, writer


async def deadlines(address: tuple[str, int], asked: list[tuple[str, str]], seconds: float) -> None:
    """Ask worst cases, some at once; tell how far answers came after their deadline."""
    places, took, stopped = asyncio.Semaphore(_AT_ONCE), [], 0

    async def one(pair: tuple[str, str]) -> None:
        nonlocal stopped
        async with places:
            needed, answer = await ask(address, WORST, pair)
            took.append(needed)
            stopped += "DEADLINE" in answer

    await asyncio.gather(*map(one, asked))
    late = [1000 * (each - seconds) for each in took]
    kept = sum(each <= 100 for each in late)
    how = f"{stopped} stopped by the deadline; {kept} at most 100 ms after it, the last {max(late):.0f}"
    print(f"{len(took)} worst cases, {_AT_ONCE} at once: {how}")


async def hang_ups(address: tuple[str, int], asked: list[tuple[str, str]], rounds: int) -> None:
    """Hang up on worst cases, and tell how long the next questions took to be answered by all workers."""
    took = []
    for turn in range(rounds):
        writers = [(await _asked(address, WORST, pair))[1] for pair in asked[:_AT_ONCE]]
        await asyncio.sleep(0.2)
        for writer in writers:
            writer.close()
        took.append(1000 * (await ask(address, EASY, asked[-1 - turn]))[0])
    print(
        f"after {_AT_ONCE} hung up: an easy question took {statistics.median(took):.0f} ms, at most {max(took):.0f} ms, in {rounds} rounds"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how a server keeps its word to those who ask much.")
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--questions", type=int, default=100)
    given = parser.parse_args()
    asked = pairs(given.snapshot, given.questions)

    async def measured(address: tuple[str, int]) -> None:
        for _ in range(4):
            await ask(address, EASY, asked[0])  # until all workers are at work
        await asyncio.sleep(3)  # and have compiled
        await deadlines(address, asked, given.seconds)
        await hang_ups(address, asked, 20)

    with served(given.snapshot, given.seconds) as address:
        asyncio.run(measured(address))


if __name__ == "__main__":
    main()
