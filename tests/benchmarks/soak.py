"""Ask a server everything, for long, with reloads in between, and see whether it grows: ``python tests/benchmarks/soak.py MINUTES``.

Prints what it and its workers hold in each tenth of the time: memory, files and threads. Ends with 1 if the least that it held of any is
more in the second half of the time than in the first, by more than what comes and goes.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from attacks import Attack, attacks, post, send
from interlock.graph import load
from interlock.graph.loading import build, shipped_files
from serving import Served, served

AT_ONCE = 4
PATIENCE = 120
"""Seconds in which new data have to be served."""
MEMORY, OTHERS = 1.15, 8
"""How much more memory is no growth, as a factor, and how many more files and threads."""
PATHS = "query ($a: EntityRef!, $b: EntityRef!) { paths(from: $a, to: $b) { nodes { sentence status hops { sources { url } } } } }"
OTHER = "query ($a: EntityRef!) { neighborhood(of: [$a], hops: 2) { nodes { name } edges { sentence } } entity(ref: $a) { name degree } }"
MORE = "<https://interlock.example/entity/one-more> a <https://schema.org/Corporation> ; <https://schema.org/name> 'One more' .\n"


@dataclass(frozen=True)
class Held:
    """What a server and its workers hold."""

    megabytes: float
    files: int
    threads: int

    @classmethod
    def of(cls, process_id: int) -> Held:
        processes = [process_id, *children(process_id)]
        told = [dict(line.split(":", 1) for line in Path(f"/proc/{each}/status").read_text().splitlines()) for each in processes]
        files = sum(sum(1 for _ in Path(f"/proc/{each}/fd").iterdir()) for each in processes)
        return cls(sum(int(each.get("VmRSS", "0").split()[0]) for each in told) / 1024, files, sum(int(each["Threads"]) for each in told))


def children(process_id: int) -> list[int]:
    """The processes that a process has started."""
    return [*map(int, Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split())]


def has_grown(found: Sequence[Held], memory: float = MEMORY) -> bool:
    """Is the least of the second half more than that of the first, but its beginning, by more than what comes and goes?"""
    before, after = (
        Held(*map(min, zip(*((each.megabytes, each.files, each.threads) for each in half), strict=True)))
        for half in (found[1 : len(found) // 2], found[len(found) // 2 :])
    )
    grown = after.megabytes > memory * before.megabytes
    return grown or after.files > before.files + OTHERS or after.threads > before.threads + OTHERS


async def ask(server: Served, names: list[str], draw: random.Random, ended: asyncio.Event) -> None:
    """Questions, pages, exports and attacks, one after another."""
    hostile = itertools.cycle(attacks(every=5))
    while not ended.is_set():
        a, b = draw.sample(names, 2)
        match draw.randrange(6):
            case 0 | 1:
                await send("127.0.0.1", server.port, _question(PATHS, a=a, b=b))
            case 2:
                await send("127.0.0.1", server.port, _question(OTHER, a=a))
            case 3:
                path = draw.choice([f"/entity/{a.partition('/')[2]}", f"/?of={a}", f"/export/csv?of={a}&hops=1", "/dataset", "/readyz"])
                await send("127.0.0.1", server.port, Attack("page", [f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()]))
            case _:
                await send("127.0.0.1", server.port, next(hostile))


def _question(document: str, **variables: str) -> Attack:
    return Attack("question", [post(json.dumps({"query": document, "variables": variables}).encode())])


async def soak(server: Served, data: Path, editions: Sequence[Path], seconds: float, turns: int) -> list[Held]:
    """What was held after each turn, when the data have just been exchanged."""
    names = [each for each in load(data).entities if each.startswith("entity/")]
    ended = asyncio.Event()
    asking = [asyncio.create_task(ask(server, names, random.Random(number), ended)) for number in range(AT_ONCE)]
    found, workers = [], len(children(server.pid))
    for turn in range(turns):
        await asyncio.sleep(seconds / turns)
        before = await version(server)
        exchange(data, editions[turn % len(editions)])
        os.kill(server.pid, signal.SIGHUP)
        async with asyncio.timeout(PATIENCE):
            while await version(server) == before or len(children(server.pid)) > workers:
                await asyncio.sleep(0.1)
        found.append(Held.of(server.pid))
    ended.set()
    await asyncio.gather(*asking)
    return found


async def version(server: Served) -> bytes:
    """The version that is served."""
    ready = Attack("ready", [b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"])
    return (await send("127.0.0.1", server.port, ready)).answer.split(b"\r\n\r\n")[-1]


def exchange(data: Path, edition: Path) -> None:
    """Put a snapshot in the place of another, as ``interlock build`` does."""
    new = data.with_suffix(".new")
    shutil.copy(edition, new)
    new.replace(data)


def soaked(folder: Path, seconds: float, turns: int = 10) -> list[Held]:
    """What a server of the shipped graph held after each turn."""
    (folder / "more.ttl").write_text(MORE)
    build(shipped_files(), folder / "one.interlock")
    build([*shipped_files(), folder / "more.ttl"], folder / "other.interlock")
    editions, data = (folder / "other.interlock", folder / "one.interlock"), folder / "data.interlock"
    exchange(data, editions[1])
    with served(folder, "--data", str(data), log="off", answer_cache_bytes="4000000") as server:
        return asyncio.run(soak(server, data, editions, seconds, turns))


def main() -> None:
    seconds = 60 * float(sys.argv[1] if len(sys.argv) > 1 else 30)
    with tempfile.TemporaryDirectory() as name:
        found = soaked(Path(name), seconds)
    for held in found:
        print(f"{held.megabytes:7.0f} MB  {held.files:4} files  {held.threads:3} threads")
    sys.exit(has_grown(found))


if __name__ == "__main__":
    main()
