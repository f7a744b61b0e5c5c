"""Servers whose relationships are in a Redis Cluster: the same answers, a new version without a restart, and failures that are told."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from backends import ordered
from foreign import PREFIXES
from test_backends import EVERYTHING, answered
from test_serving import DATA, Server, started
from test_sparql_backend import shipped_quads
from test_sparql_foreign import drawn_data

import redis_cluster
import virtuoso
from harness import PATIENT
from interlock.graph import Engine, load

ASKED = {"one": "Netflix", "other": "Meta's board", "company": "Meta"}
PATHS = 'query ($k: Int!) { paths(from: "Netflix", to: "Meta\'s board", k: $k) { nodes { sentence } } }'


@pytest.fixture(scope="module")
def cluster() -> Iterator[redis_cluster.Cluster]:
    pytest.importorskip("redis")
    with redis_cluster.cluster() as made:
        yield made


def publish(cluster: redis_cluster.Cluster, *options: str) -> None:
    command = [sys.executable, "-m", "interlock.server.cli", "publish", "--to", cluster.url, "--grace", "0", *options]
    made = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stderr


def serving(cluster: redis_cluster.Cluster, folder: Path, workers: int = 1) -> Any:
    addresses = ",".join(server.url.removeprefix("redis://") for server in cluster.servers)
    settings = {"INTERLOCK_WORKERS": str(workers), "INTERLOCK_SECONDS": "120", "INTERLOCK_CACHE": str(folder)}
    return started("--backend", f"redis://{addresses}", **settings)


def ask(server: Server, text: str, variables: dict[str, Any]) -> Any:
    return server.client.post("/graphql", json={"query": text, "variables": variables})


@pytest.mark.parametrize("workers", [0, 2])
def test_server_answers_out_of_a_cluster_as_out_of_memory(cluster: redis_cluster.Cluster, tmp_path: Path, workers: int) -> None:
    publish(cluster)
    expected = answered(Engine(load(), PATIENT), EVERYTHING, ASKED)
    with serving(cluster, tmp_path, workers) as server:
        server.until("ok")
        assert ask(server, EVERYTHING, ASKED).json()["data"] == expected
        assert "Reed Hastings" in server.client.get("/entity/reed-hastings").text


def test_commands_ask_the_engine_that_the_environment_names(cluster: redis_cluster.Cluster, tmp_path: Path) -> None:
    publish(cluster)
    command = [sys.executable, "-m", "interlock.server.cli", "paths", "Netflix", "Meta's board", "--format", "json"]
    environment = os.environ | {"INTERLOCK_CACHE": str(tmp_path)}
    asked = [environment, environment | {"INTERLOCK_BACKEND": cluster.url}]
    one, other = (subprocess.run(command, capture_output=True, text=True, timeout=120, env=each).stdout for each in asked)
    assert "Reed Hastings" in one
    assert one == other


def test_server_goes_over_to_what_is_published(cluster: redis_cluster.Cluster, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(DATA.format(name="acme"))
    publish(cluster, "--data", str(data))
    with serving(cluster, tmp_path) as server:
        first = server.until("ok")
        assert ask(server, '{ entity(ref: "acme") { name } }', {}).json()["data"] == {"entity": {"name": "acme"}}
        data.write_text(DATA.format(name="other"))
        publish(cluster, "--data", str(data), "--grace", "5")
        end = time.monotonic() + 60
        while server.client.get("/readyz").text == first:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert ask(server, '{ entity(ref: "other") { name } }', {}).json()["data"] == {"entity": {"name": "other"}}


def test_loss_of_a_master_is_survived_and_that_of_all_told(cluster: redis_cluster.Cluster, tmp_path: Path) -> None:
    publish(cluster)
    engine = Engine(load(), PATIENT)
    right = {k: answered(engine, PATHS, {"k": k}) for k in range(1, 60)}
    with serving(cluster, tmp_path) as server:
        server.until("ok")
        lost, failed = cluster.masters[0], 0
        for k in range(1, 40):
            if k == 10:
                lost.kill()
            answer = ask(server, PATHS, {"k": k})
            assert answer.status_code in (200, 503), answer.text
            failed += answer.status_code == 503
            if answer.status_code == 200:
                assert answer.json()["data"] == right[k], "a wrong answer"
            else:
                assert answer.headers["retry-after"]
                assert {each["extensions"]["code"] for each in answer.json()["errors"]} == {"BACKEND_UNAVAILABLE"}
        assert failed < 30, "it did not go over to the replica"
        cluster.kill()
        server.until("down")
        refused = ask(server, PATHS, {"k": 50})
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "BACKEND_UNAVAILABLE")
        cluster.restart()
        publish(cluster)
        server.until("ok")
        assert ask(server, PATHS, {"k": 50}).json()["data"] == right[50]


def org_quads() -> list[ox.Quad]:
    """What others say in W3C ORG, FOAF and schema.org, all of it in graphs."""
    quads = ox.parse(PREFIXES + drawn_data(random.Random(3), 60), ox.RdfFormat.TRIG)
    rest = ox.NamedNode("urn:default")
    return [ox.Quad(*quad.triple, rest if quad.graph_name == ox.DefaultGraph() else quad.graph_name) for quad in quads]


@virtuoso.installed
@pytest.mark.parametrize(
    ("data", "asked"),
    [(shipped_quads, ASKED), (org_quads, {"one": "Person e:p0", "other": "Firm e:o1", "company": "Firm e:o2"})],
    ids=["ours", "W3C ORG"],
)
def test_server_answers_out_of_an_endpoint_as_out_of_memory(
    data: Callable[[], list[ox.Quad]], asked: dict[str, str], tmp_path: Path
) -> None:
    files, folder = tmp_path / "files", tmp_path / "virtuoso"
    files.mkdir()
    folder.mkdir()
    quads, graph = ordered([f"{quad} ." for quad in data()], files)
    document = EVERYTHING.replace("dataset { version entities", "dataset { entities")  # an endpoint tells no version
    expected = answered(Engine(graph, PATIENT), document, asked)
    with virtuoso.virtuoso(folder, quads, 10_000) as address, started("--backend", address, INTERLOCK_CACHE="off") as server:
        server.until("ok")
        assert ask(server, document, asked).json()["data"] == expected
