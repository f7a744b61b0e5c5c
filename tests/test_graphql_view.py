from __future__ import annotations

import gzip
import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine
from interlock.server.answering import Answering
from interlock.server.app import create_app
from interlock.server.dispatch import Dispatcher
from interlock.server.graphql_view import GraphQLView
from interlock.server.negotiation import GRAPHQL_JSON, JSON
from interlock.server.settings import Settings

GRAPH = graph(tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme")])
NAME = '{ entity(ref: "acme") { name } }'
LONG = "{ " + " ".join(f'a{number}: entity(ref: "acme") {{ id iri slug name }}' for number in range(40)) + " }"


@pytest.fixture
def client() -> Iterator[TestClient]:
    with opened() as client:
        yield client


def opened(engine: Engine | None = None, **settings: Any) -> TestClient:
    client = TestClient(create_app(engine or Engine(GRAPH, PATIENT), Settings(**settings)), raise_server_exceptions=True)
    client.headers.update({"accept": JSON, "accept-encoding": "identity"})
    return client


def post(client: TestClient, query: str, accept: str = JSON, **more: Any) -> Response:
    return client.post("/graphql", json={"query": query, **more}, headers={"accept": accept})


def code(answer: Response) -> str:
    told: dict[str, Any] = answer.json()
    assert "data" not in told
    (error,) = told["errors"]
    assert error["message"]
    return str(error["extensions"]["code"])


def test_answer_is_the_same_by_post_and_get_and_tells_its_price(client: TestClient) -> None:
    expected = {"data": {"entity": {"name": "Acme"}}, "extensions": {"cost": {"price": 2, "limit": 200_000}}}
    assert post(client, NAME).json() == expected
    assert client.get("/graphql", params={"query": NAME}).json() == expected
    assert client.head("/graphql", params={"query": NAME}).headers["content-length"] == str(
        len(json.dumps(expected, separators=(",", ":")))
    )


def test_variables_and_the_operation_come_with_either(client: TestClient) -> None:
    asked = {"query": "query A($r: EntityRef!) { entity(ref: $r) { id } } query B { __typename }", "operationName": "A"}
    assert client.post("/graphql", json=asked | {"variables": {"r": "ann"}}).json()["data"] == {"entity": {"id": "ann"}}
    assert client.get("/graphql", params=asked | {"variables": '{"r": "ann"}'}).json()["data"] == {"entity": {"id": "ann"}}


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
def test_media_type_is_the_one_asked_for(client: TestClient, accept: str) -> None:
    answer = post(client, NAME, accept)
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($r: EntityRef!) { entity(ref: $r) { id } }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { __typename }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("fragment F on Query { ...F } { ...F }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ entities(first: 400) { nodes { relationships(first: 500) { nodes { id } } } } }", "QUERY_TOO_COSTLY"),
        ("{ " + "__typename " * 3000 + "}", "QUERY_TOO_COSTLY"),
        ("{ __typename } #" + "x" * 60_000, "QUERY_TOO_COSTLY"),
        ("{ a " * 150 + "}" * 150, "QUERY_TOO_COSTLY"),
        ("{ a " * 900 + "}" * 900, "GRAPHQL_PARSE_FAILED"),
    ],
)
def test_what_fails_before_execution_is_400_or_an_old_clients_200_without_data(client: TestClient, query: str, expected: str) -> None:
    for accept, status in ((GRAPHQL_JSON, 400), (JSON, 200)):
        answer = post(client, query, accept)
        assert (answer.status_code, code(answer)) == (status, expected)


def test_what_fails_in_execution_is_200_with_what_there_is(client: TestClient) -> None:
    answer = post(client, '{ a: entity(ref: "ann") { name } b: entity(ref: "nobody") { name } }', GRAPHQL_JSON)
    assert answer.status_code == 200
    assert answer.json()["data"] == {"a": {"name": "Ann"}, "b": None}
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNKNOWN_ENTITY"


@pytest.mark.parametrize("nested", ["{ ... " * 120 + "{ __typename }" + "}" * 120, "{ nodes(ids: " + "[" * 120 + "]" * 120 + ") { id } }"])
def test_what_is_deeply_nested_is_answered_or_refused(client: TestClient, nested: str) -> None:
    answer = post(client, nested, GRAPHQL_JSON)
    assert answer.status_code in (200, 400)
    assert answer.json().get("data") or code(answer)


def test_variables_that_are_deeply_nested_are_refused(client: TestClient) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    for depth, expected in ((100, "GRAPHQL_VALIDATION_FAILED"), (900, "BAD_REQUEST")):
        body = f'{{"query": "{query}", "variables": {{"ids": {"[" * depth}{"]" * depth}}}}}'
        answer = client.post("/graphql", content=body, headers={"content-type": JSON, "accept": GRAPHQL_JSON})
        assert (answer.status_code, code(answer)) == (400, expected)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused_with_those_that_are_not(client: TestClient, method: str) -> None:
    answer = client.request(method, "/graphql")
    assert (answer.status_code, answer.headers["allow"], code(answer)) == (405, "GET, HEAD, POST", "BAD_REQUEST")


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/json;q=0"])
def test_media_types_that_there_are_not_are_refused(client: TestClient, accept: str) -> None:
    answer = post(client, NAME, accept)
    assert (answer.status_code, code(answer)) == (406, "BAD_REQUEST")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/graphql", "multipart/form-data; boundary=x", "application/json; charset=latin-1", ""]
)
def test_body_of_another_media_type_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/graphql", content=json.dumps({"query": NAME}), headers={"content-type": kind})
    assert (answer.status_code, answer.headers["accept-post"], code(answer)) == (415, JSON, "BAD_REQUEST")


def test_body_that_is_compressed_is_refused(client: TestClient) -> None:
    headers = {"content-type": JSON, "content-encoding": "gzip"}
    answer = client.post("/graphql", content=gzip.compress(b"x" * 10_000_000), headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"], code(answer)) == (415, "identity", "BAD_REQUEST")


@pytest.mark.parametrize("body", [b"null", b"1", b"[]", b"", b"{", b'{"query": 5}'])
def test_body_that_is_no_request_is_refused_as_asked_for(client: TestClient, body: bytes) -> None:
    answer = client.post("/graphql", content=body, headers={"content-type": JSON, "accept": GRAPHQL_JSON})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    assert answer.headers["content-type"].startswith(GRAPHQL_JSON)


def test_body_over_the_limit_is_refused_before_it_is_read() -> None:
    read: list[int] = []

    def endless() -> Iterator[bytes]:
        for number in range(1000):
            read.append(number)
            yield b" " * 100

    with opened(body_bytes=1000) as client:
        answer = client.post("/graphql", content=endless(), headers={"content-type": JSON})
        assert (answer.status_code, code(answer)) == (413, "BAD_REQUEST")
        told = client.post("/graphql", content=b" " * 1001, headers={"content-type": JSON})
        assert (told.status_code, code(told)) == (413, "BAD_REQUEST")
        assert client.post("/graphql", content=json.dumps({"query": NAME}).encode().ljust(1000), headers={"content-type": JSON}).json()[
            "data"
        ]


def test_get_is_kept_by_clients_until_it_is_another(client: TestClient) -> None:
    first = client.get("/graphql", params={"query": NAME})
    assert first.headers["cache-control"] == "public, no-cache"
    etag = first.headers["etag"]
    for known in (etag, f'"x", W/{etag}', "*"):
        again = client.get("/graphql", params={"query": NAME}, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
        assert again.headers["vary"] == first.headers["vary"]
    assert client.get("/graphql", params={"query": NAME}, headers={"if-none-match": '"x"'}).status_code == 200
    assert client.get("/graphql", params={"query": NAME}, headers={"accept-encoding": "gzip"}).headers["etag"] == etag
    assert client.get("/graphql", params={"query": "{ __typename }"}).headers["etag"] != etag


def test_post_and_refusals_are_not_kept_by_clients(client: TestClient) -> None:
    invalid = client.get("/graphql", params={"query": "{ nothing }"}, headers={"accept": GRAPHQL_JSON, "if-none-match": "*"})
    for answer in (post(client, NAME), client.get("/graphql"), client.put("/graphql"), invalid):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_long_answers_are_compressed_for_those_who_take_it(client: TestClient) -> None:
    plain = post(client, LONG)
    assert "content-encoding" not in plain.headers
    for _ in range(2):
        packed = client.post("/graphql", json={"query": LONG}, headers={"accept-encoding": "br, gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) < len(plain.content) / 4
        assert packed.content == plain.content
    links = [client.get("/graphql", params={"query": LONG}, headers={"accept-encoding": coding}).headers["etag"] for coding in ("gzip", "")]
    assert len(set(links)) == 2
    assert "content-encoding" not in client.post("/graphql", json={"query": NAME}, headers={"accept-encoding": "gzip"}).headers


def test_request_has_an_id_of_its_own_or_the_one_it_came_with(client: TestClient) -> None:
    ids = [client.get("/graphql", params={"query": NAME}).headers["x-request-id"] for _ in range(3)] + [
        post(client, "{").headers["x-request-id"]
    ]
    assert len(set(ids)) == 4
    given = client.get("/graphql", params={"query": NAME}, headers={"x-request-id": "trace-1"})
    assert given.headers["x-request-id"] == "trace-1"
    for odd in ("a b", "x" * 65, "é", "a;b"):
        assert client.get("/graphql", headers={"x-request-id": odd.encode()}).headers["x-request-id"] != odd


class Broken(Engine):
    def entity(self, reference: str) -> NoReturn:
        raise ZeroDivisionError("secret")


def test_error_that_was_not_foreseen_is_masked_and_logged_once_under_the_id(caplog: pytest.LogCaptureFixture) -> None:
    with opened(Broken(GRAPH, PATIENT)) as client, caplog.at_level(logging.ERROR):
        answer = client.get("/graphql", params={"query": '{ a: entity(ref: "a") { id } b: entity(ref: "b") { id } }'})
    request_id = answer.headers["x-request-id"]
    assert "secret" not in answer.text
    assert [error["extensions"] for error in answer.json()["errors"]] == [{"code": "INTERNAL", "requestId": request_id}] * 2
    (record,) = caplog.records
    assert f"request {request_id} failed in 2 place(s)" in record.getMessage()
    assert "secret" in caplog.text
    assert answer.headers["cache-control"] == "no-store"


def test_error_outside_of_execution_is_masked_too(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as client, caplog.at_level(logging.ERROR):
        monkeypatch.delattr("interlock.server.desk.check")
        answer = post(client, NAME)
    assert (answer.status_code, code(answer)) == (500, "INTERNAL")
    assert answer.json()["errors"][0]["extensions"]["requestId"] == answer.headers["x-request-id"]
    assert len(caplog.records) == 1
    assert answer.headers["x-request-id"] in caplog.text


def test_server_that_is_busy_says_when_to_ask_again() -> None:
    answering = Answering(Engine(GRAPH, PATIENT), Settings())
    answering.dispatcher = Dispatcher([], 3.5, 0)  # nobody to answer, and no room to wait
    app = create_app(answering.desk.engine, answering=answering)
    answer = TestClient(app).post("/graphql", json={"query": NAME})
    assert (answer.status_code, code(answer), answer.headers["retry-after"]) == (503, "SERVER_BUSY", "4")


def test_link_without_a_query_says_how_to_ask(client: TestClient) -> None:
    answer = client.get("/graphql", headers={"accept": "*/*"})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    assert "/schema.graphql" in answer.json()["errors"][0]["message"]


def test_browser_that_asks_for_no_answer_gets_the_console() -> None:
    view = GraphQLView(Answering(Engine(GRAPH, PATIENT), Settings()), 1000, lambda request: PlainTextResponse("the console"))
    client = TestClient(Starlette(routes=[Route("/graphql", view)]), headers={"accept": "text/html,*/*;q=0.8"})
    assert client.get("/graphql?theme=dark").text == "the console"
    for answer in (client.get("/graphql", params={"query": NAME}), client.post("/graphql", json={"query": NAME})):
        assert answer.json()["data"] == {"entity": {"name": "Acme"}}
    assert code(client.get("/graphql", headers={"accept": "*/*"})) == "BAD_REQUEST"
    assert code(client.get("/graphql?documentId=x")) == "DOCUMENT_NOT_FOUND"


def test_documents_are_asked_for_by_their_hash(tmp_path: Path) -> None:
    manifest, key = tmp_path / "persisted-documents.json", hashlib.sha256(NAME.encode()).hexdigest()
    manifest.write_text(json.dumps({key: NAME}))
    with opened(documents=manifest, trusted_only=True) as client:
        for document_id in (key, f"sha256:{key}"):
            assert client.get("/graphql", params={"documentId": document_id}).json()["data"] == {"entity": {"name": "Acme"}}
            assert client.post("/graphql", json={"documentId": document_id}).json()["data"] == {"entity": {"name": "Acme"}}
        unknown = client.get("/graphql", params={"documentId": "x"})
        assert (unknown.status_code, code(unknown)) == (404, "DOCUMENT_NOT_FOUND")
        other = post(client, "{ __typename }")
        assert (other.status_code, code(other)) == (403, "DOCUMENT_NOT_TRUSTED")
