"""Ask a server everything, for long, with reloads in between, and see whether it grows: ``python tests/benchmarks/soak.py MINUTES``.

Prints what it and its workers hold in each tenth of the time (memory, files and threads), and what was not as it should be: a question or
page that was not answered, an answer that tells of a failure, new data that were not served in time. Ends with 1 if there was any of it, or
if the least that was held is more in the second half of the time than in the first, by more than what comes and goes.
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
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from attacks import Attack, attacks, head, post, send
from interlock.graph import load
from interlock.graph.loading import build, shipped_files
from serving import Served, served

AT_ONCE = 4
TURNS = 10
PATIENCE = 120
"""Seconds in which new data have to be served, and the first."""
ENOUGH = 60.0
"""Seconds in which all else has to be answered, on a machine that does other things too."""
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


class Asking:
    """Somebody who asks questions, pages, exports and attacks, one after another, or hangs up; ``failures`` are what went wrong."""

    def __init__(self, server: Served, names: list[str], number: int) -> None:
        self._server, self._names, self._draw = server, names, random.Random(number)
        self._hostile = itertools.cycle(attacks(every=5))
        self.asked, self.failures = 0, list[str]()

    async def until(self, ended: asyncio.Event) -> None:
        while not ended.is_set():
            self.asked += 1
            try:
                await self._one()
            except (TimeoutError, OSError) as error:
                self.failures.append(str(error) or repr(error))

    async def _one(self) -> None:
        a, b = self._draw.sample(self._names, 2)
        match self._draw.randrange(8):
            case 0 | 1:
                await self._send(_question(PATHS, a=a, b=b), 200)
            case 2:
                await self._send(_question(OTHER, a=a), 200)
            case 3 | 4:
                name = a.partition("/")[2]
                path = self._draw.choice([f"/entity/{name}", f"/?of={a}", f"/export/csv?of={a}&hops=1", "/dataset", "/readyz"])
                await self._send(Attack(path, [head("GET", path)]), 200)
            case 5:
                await hang_up(self._server.port, _question(PATHS, a=a, b=b), self._draw.random() / 10)
            case _:
                await self._send(next(self._hostile))

    async def _send(self, attack: Attack, wanted: int | None = None) -> None:
        """Whatever is sent, nothing may fail; what is in order has to be answered so."""
        outcome = await send("127.0.0.1", self._server.port, attack, ENOUGH)
        if (outcome.status or 0) >= 500 or wanted not in (None, outcome.status):
            self.failures.append(f"{attack.name}: {outcome.status} {outcome.answer[-300:]!r}")


async def hang_up(port: int, attack: Attack, seconds: float) -> None:
    """Ask, and go away after so many seconds."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.writelines(attack.pieces)
    await asyncio.sleep(seconds)
    writer.transport.abort()


def _question(document: str, **variables: str) -> Attack:
    return Attack(f"question about {variables}", [post(json.dumps({"query": document, "variables": variables}).encode())])


@dataclass(frozen=True)
class Soaked:
    """What was held after each turn, when the data have just been exchanged; how much was asked; what went wrong."""

    held: list[Held]
    asked: int
    failures: list[str]


async def soak(server: Served, data: Path, editions: Sequence[Path], seconds: float, turns: int) -> Soaked:
    """Ask for so many seconds, with the data exchanged at the end of each turn."""
    names = [each for each in load(data).entities if each.startswith("entity/")]
    await version(server)  # by then all its workers have begun
    ended = asyncio.Event()
    asking = [Asking(server, names, number) for number in range(AT_ONCE)]
    tasks = [asyncio.create_task(each.until(ended)) for each in asking]
    held, workers, failures = list[Held](), len(children(server.pid)), list[str]()
    for turn in range(turns):
        await asyncio.sleep(seconds / turns)
        try:
            before = await version(server)
            exchange(data, editions[turn % len(editions)])
            os.kill(server.pid, signal.SIGHUP)
            await exchanged(server, before, workers)
        except (TimeoutError, OSError) as error:
            failures.append(f"turn {turn}: {error}")
            break
        held.append(Held.of(server.pid))
    ended.set()
    await asyncio.gather(*tasks)
    return Soaked(held, sum(each.asked for each in asking), [*failures, *itertools.chain(*(each.failures for each in asking))])


async def exchanged(server: Served, before: bytes, workers: int) -> None:
    """Wait until another version is served, by so many workers. Raises ``TimeoutError`` that tells what is so instead."""
    end = time.monotonic() + PATIENCE
    while (now := await version(server)) == before or len(children(server.pid)) > workers:
        if time.monotonic() > end:
            raise TimeoutError(
                f"after {PATIENCE} s {now!r} is served, {before!r} before, by {len(children(server.pid))} workers of {workers}"
            )
        await asyncio.sleep(0.1)


async def version(server: Served) -> bytes:
    """The version that is served."""
    ready = await send("127.0.0.1", server.port, Attack("ready", [head("GET", "/readyz")]), PATIENCE)
    return ready.answer.split(b"\r\n\r\n")[-1]


def exchange(data: Path, edition: Path) -> None:
    """Put a snapshot in the place of another, as ``interlock build`` does."""
    new = data.with_suffix(".new")
    shutil.copy(edition, new)
    new.replace(data)


def soaked(folder: Path, seconds: float, turns: int = TURNS) -> Soaked:
    """What came of asking a server of the shipped graph."""
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
    for held in found.held:
        print(f"{held.megabytes:7.0f} MB  {held.files:4} files  {held.threads:3} threads")
    print(f"{found.asked} asked, {len(found.failures)} went wrong", *found.failures, sep="\n")
    sys.exit(bool(found.failures) or has_grown(found.held))


if __name__ == "__main__":
    main()
