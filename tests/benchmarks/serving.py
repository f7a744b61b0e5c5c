"""Measure the GraphQL API over HTTP: beside a plain route of the same app, beside stock Strawberry, and under a flood; with wrk.

python -m benchmarks.serving [--seconds 5] [--pairs 4000]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx

from interlock.graph import Engine, PathQuestion, find_paths, load
from interlock.graph.errors import QuestionError
from interlock.graph.finder import COMPILER

QUERY = """
query Connections($from: EntityRef!, $to: EntityRef!) {
  paths(from: $from, to: $to, minHops: 4, maxHops: 4) {
    nodes { id length status hops { traversal from { ...Eight } to { ...Eight } } }
  }
}
fragment Eight on Entity { id iri slug kind name aliases description degree }
"""
WORST = """
query Worst($from: EntityRef!, $to: EntityRef!) {
  paths(from: $from, to: $to, selector: SHORTEST_K_GROUPS, k: 100, maxHops: 12, filter: { heldTogether: true }) { totalCount stoppedBy }
}
"""
SCRIPT = """
local bodies, at = {}, 0
for line in io.lines("%s") do bodies[#bodies + 1] = line end
request = function()
  at = at %% #bodies + 1
  return wrk.format("POST", "%s", { ["Content-Type"] = "application/json" }, bodies[at])
end
"""


@dataclass(frozen=True)
class Load:
    """What wrk measured: requests a second, and how long they took (ms)."""

    rate: float
    median: float
    p99: float
    failed: int


def wrk(url: str, bodies: list[str], folder: Path, seconds: int, connections: int = 4) -> Load:
    """POST these bodies in turn, as fast as the server answers."""
    lines, script = folder / "bodies", folder / "script.lua"
    lines.write_text("\n".join(bodies))
    script.write_text(SCRIPT % (lines, "/" + url.split("/", 3)[3]))
    command = ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def number(pattern: str) -> float:
        found = re.search(pattern, text)
        assert found, text
        return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000, "": 1}[found[2] if found.lastindex == 2 else ""]

    failures = sum(int(each) for each in re.findall(r"Non-2xx or 3xx responses: (\d+)", text))
    return Load(number(r"Requests/sec:\s+([\d.]+)"), number(r"50%\s+([\d.]+)(us|ms|s)"), number(r"99%\s+([\d.]+)(us|ms|s)"), failures)


@contextmanager
def server(kind: str, **settings: str) -> Iterator[str]:
    """Interlock or stock Strawberry in a process of its own; its address."""
    command, environment = [sys.executable, "-m", "benchmarks.served", kind], os.environ | settings
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def body(query: str, start: str, end: str) -> str:
    return json.dumps({"query": query, "variables": {"from": start, "to": end}})


def pairs(count: int, seed: int = 7) -> list[tuple[str, str]]:
    """Pairs of entities that ten paths of four hops join."""
    COMPILER.make()
    engine, draw = Engine(load()), random.Random(seed)
    found: list[tuple[str, str]] = []
    ids = sorted(each.id for each in engine.graph.entities.values() if engine.graph.relationship_count(each.id) > 2)
    while len(found) < count:
        start, end = draw.sample(ids, 2)
        try:
            question = PathQuestion(engine.entity(start), engine.entity(end), min_hops=4, max_hops=4)
        except QuestionError:
            continue
        if len(find_paths(engine.graph, question).paths) == 10:
            found.append((start, end))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the GraphQL API over HTTP.")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=4000)
    given = parser.parse_args()
    asked = [body(QUERY, *pair) for pair in pairs(given.pairs)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with server("interlock") as ours, server("interlock", INTERLOCK_ANSWER_CACHE_BYTES="0") as forgetful, server("stock") as stock:
            answer = httpx.post(f"{ours}/graphql", content=asked[0], headers={"Content-Type": "application/json"})
            assert answer.json()["data"]["paths"]["nodes"], answer.text
            same = httpx.post(f"{stock}/graphql", content=asked[0], headers={"Content-Type": "application/json"})
            assert same.json()["data"] == answer.json()["data"]
            httpx.post(f"{ours}/plain", content=asked[0])
            time.sleep(3)  # the kernels are compiled meanwhile
            for each in (forgetful, stock):
                wrk(f"{each}/graphql", asked, folder, given.seconds)  # what was read once of the graph is kept
            plain = wrk(f"{ours}/plain", asked[:1], folder, given.seconds)
            known = wrk(f"{ours}/graphql", asked[:1], folder, given.seconds)
            new = wrk(f"{forgetful}/graphql", asked, folder, given.seconds)
            slow = wrk(f"{stock}/graphql", asked, folder, given.seconds)
            print(f"plain route             {plain}")
            print(f"answered before         {known}  {known.rate / plain.rate:.2f} x the plain route")
            print(f"new variables           {new}  {new.rate / slow.rate:.1f} x stock Strawberry; p99 {new.p99 / new.median:.1f} x p50")
            print(f"stock Strawberry        {slow}")
            trifle = [json.dumps({"query": "{ __typename }"})]
            alone = wrk(f"{forgetful}/graphql", trifle, folder, given.seconds, 1)
            flood = threading.Thread(target=_flood, args=(forgetful, given.seconds + 2))
            flood.start()
            time.sleep(1)
            flooded = wrk(f"{forgetful}/graphql", trifle, folder, given.seconds, 1)
            flood.join()
            print(f"trifle alone            {alone}")
            print(f"trifle under a flood    {flooded}  p99 {flooded.p99 / alone.p99:.1f} x alone")


def _flood(url: str, seconds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        bodies = [body(WORST, "Netflix", other) for other in ("Meta", "Microsoft", "Google", "Apple", "Amazon", "Intel", "IBM", "Tesla")]
        wrk(f"{url}/graphql", bodies, Path(name), seconds, 8)


if __name__ == "__main__":
    main()
