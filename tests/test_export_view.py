"""Exports over HTTP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import networkx as nx
import pytest
from starlette.testclient import TestClient

from harness import PATIENT, entity, graph, tie
from interlock.graph.engine import Engine, Limits
from interlock.graph.exports.formats import FORMATS
from interlock.server.app import create_app
from interlock.server.export_view import TWINS

GRAPH = graph(
    tie("ann", "acme", "2001/2005", kind="BOARD_SEAT", key="seat"),
    tie("ann", "bell", "2003", kind="POSITION", status="ALLEGED", key="post"),
    tie("bob", "bell", kind="FOUNDING", key="founding"),
    entities=[entity("Ann", "PERSON"), entity("Bob", "PERSON")],
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Engine(GRAPH, PATIENT))) as client:
        yield client


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_comes_with_its_media_type_and_a_name(client: TestClient, name: str) -> None:
    response = client.get(f"/export/{name}?of=Ann")
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[name].media_type
    assert response.headers["content-disposition"] == f'attachment; filename="interlock-ann-test.{FORMATS[name].ending}"'
    assert response.content


def test_selection_and_filter_are_those_of_the_query(client: TestClient) -> None:
    found = client.get("/export/json?of=Ann&of=Bob&minStatus=CONFIRMED").json()
    assert [each["id"] for each in found["nodes"]] == ["ann", "bob", "acme", "bell"]
    assert [each["key"] for each in found["edges"]] == ["founding", "seat"]
    assert found["graph"]["selection"] == "Ann and Bob, and what is within 1 hop of them"
    assert found["graph"]["filter"] == "Of status CONFIRMED"
    assert len(client.get("/export/json").json()["nodes"]) == 4


@pytest.mark.parametrize("name", TWINS)
def test_paths_have_twins(client: TestClient, name: str) -> None:
    asked = f"/paths.{name}?from=Acme&to=Bell"
    assert client.get(asked).content == client.get(f"/export/{name}?from=Acme&to=Bell").content
    assert client.get(f"/paths.{name}?of=Acme").status_code == 400


def test_twins_are_what_their_ending_says(client: TestClient) -> None:
    assert nx.read_gexf(io.BytesIO(client.get("/paths.gexf?from=Acme&to=Bell").content)).number_of_edges() == 2
    with zipfile.ZipFile(io.BytesIO(client.get("/paths.csv?from=Acme&to=Bell").content)) as archive:
        assert archive.read("relationships.csv").count(b"\r\n") == 3


def test_etag_is_of_data_format_and_parameters(client: TestClient) -> None:
    def tag(path: str) -> str:
        return client.get(path).headers["etag"]

    assert tag("/export/json?of=Ann") == tag("/export/json?of=ann&hops=1")
    assert len({tag("/export/json?of=Ann"), tag("/export/json?of=Ann&hops=2"), tag("/export/cyjs?of=Ann"), tag("/export/json")}) == 4
    again = client.get("/export/json?of=Ann", headers={"If-None-Match": f'"x", W/{tag("/export/json?of=Ann")}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag("/export/json?of=Ann"))


def test_head_gives_the_headers_only(client: TestClient) -> None:
    head, whole = client.head("/export/nq?of=Ann"), client.get("/export/nq?of=Ann")
    assert head.content == b""
    assert [head.headers[name] for name in ("etag", "content-type")] == [whole.headers[name] for name in ("etag", "content-type")]


@pytest.mark.parametrize(
    ("path", "status", "code", "message"),
    [
        ("/export/gefx", 404, "BAD_USER_INPUT", "'gefx' is not to be had here; there are ttl, trig"),
        ("/paths.xlsx?from=Ann&to=Bob", 404, "BAD_USER_INPUT", "there are json, csv, gexf, graphml, ttl."),
        ("/export/json?of=Nobody", 400, "UNKNOWN_ENTITY", "Nobody"),
        ("/export/json?of=Ann&hobs=2", 400, "BAD_USER_INPUT", "Did you mean hops?"),
        ("/export/json?of=Ann&from=Ann&to=Bob", 400, "BAD_USER_INPUT", "of and from contradict one another"),
        ("/paths.json", 400, "BAD_USER_INPUT", "from and to are missing"),
    ],
)
def test_what_is_wrong_is_said_in_json(client: TestClient, path: str, status: int, code: str, message: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert message in error["message"]


def test_what_a_search_left_unfinished_is_not_kept() -> None:
    with TestClient(create_app(Engine(GRAPH, Limits(steps=1)))) as client:
        response = client.get("/export/json?of=Ann&hops=3")
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
    assert json.loads(response.content)["graph"]["complete"] == "no"
