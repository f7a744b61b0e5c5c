from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from harness import entity, graph, tie
from interlock.graph import BadInput, Engine
from interlock.graph.model import Source
from interlock.server.app import create_app
from interlock.server.settings import Settings

HOSTILE = "<img src=x onerror=alert(1)>"
TIMES = Source("source/times", "https://example.org/times", HOSTILE, publisher="The Times", url="https://example.org/?a=1&b=2")
GRAPH = graph(
    tie("ann", "acme", "2011/2019", kind="BOARD_SEAT", sources=[TIMES]),
    tie("ann", "evil", "2000", kind="FOUNDING", sources=[TIMES]),
    entities=[
        entity("Ann", "PERSON"),
        entity("Acme"),
        entity("Board of Acme", "BOARD", unit_of="acme"),
        entity("Evil", "COMPANY", HOSTILE),
    ],
    sources=[TIMES],
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Engine(GRAPH))) as opened:
        yield opened


def test_graphql_answers_post_and_get(client: TestClient) -> None:
    query = '{ paths(from: "Evil", to: "Acme\'s board") { nodes { length } } }'
    expected = {"data": {"paths": {"nodes": [{"length": 2}]}}}
    assert client.post("/graphql", json={"query": query}).json() == expected
    assert client.get("/graphql", params={"query": query}).json() == expected


def test_graphql_error_has_its_code(client: TestClient) -> None:
    answer = client.post("/graphql", json={"query": '{ entity(ref: "nobody") { id } }'}).json()
    assert answer["data"] == {"entity": None}
    assert answer["errors"][0]["extensions"]["code"] == "UNKNOWN_ENTITY"


@pytest.mark.parametrize("body", ["null", "1", "[]", "{", '"x"', '{"query": 5}', "", '{"query": "{", "variables": 1}'])
def test_graphql_refuses_what_is_no_request_in_its_own_form(client: TestClient, body: str) -> None:
    answer = client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400)
    assert answer.json()["errors"][0]["extensions"]["code"] in ("BAD_REQUEST", "GRAPHQL_PARSE_FAILED")


def test_graphql_without_a_query_says_how_to_ask(client: TestClient) -> None:
    answer = client.get("/graphql", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "/schema.graphql" in answer.json()["errors"][0]["message"]


def test_server_tells_that_it_lives_what_it_serves_and_its_schema(client: TestClient) -> None:
    assert client.get("/livez").text == "ok\n"
    assert client.get("/readyz").text == "ok test\n"
    assert "type Query" in client.get("/schema.graphql").text


def test_page_answers_the_question_of_its_link(client: TestClient) -> None:
    page = client.get("/", params={"q": "How is Evil connected to Acme's board?"})
    assert page.status_code == 200
    assert "one path within 6 hops; the first of 2 hops" in page.text
    assert "2011 – 2019" in page.text


def test_page_says_what_is_wrong_with_a_question(client: TestClient) -> None:
    unknown = client.get("/", params={"q": "How is Evil connected to Nobody?"})
    assert unknown.status_code == 400
    assert "No entity is called" in unknown.text
    assert "The question was not understood." in client.get("/", params={"q": "Why?"}).text


def test_page_escapes_every_text_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    for question in (HOSTILE, f"How is {HOSTILE} connected to Acme?", f"How is Evil connected to {HOSTILE}{HOSTILE}?"):
        page = client.get("/", params={"q": question})
        assert "<img" not in page.text
        assert page.text.count("<script") == page.text.count('<script type="module" src="/static/')
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


def test_page_has_its_style(client: TestClient) -> None:
    assert client.get("/static/style.css").headers["content-type"].startswith("text/css")


def test_settings_come_from_the_environment_and_name_what_they_can_not_read() -> None:
    settings = Settings.from_environment({"INTERLOCK_PORT": "9000", "INTERLOCK_SECONDS": "1.5", "INTERLOCK_DATA": "a.trig", "OTHER": "x"})
    assert (settings.port, settings.seconds, settings.data, settings.host) == (9000, 1.5, ("a.trig",), "127.0.0.1")
    with pytest.raises(BadInput, match="INTERLOCK_PORT is 'x'"):
        Settings.from_environment({"INTERLOCK_PORT": "x"})
    with pytest.raises(BadInput, match="between 0 and 65535"):
        Settings.from_environment({"INTERLOCK_PORT": "99999"})
    with pytest.raises(BadInput, match="more than 0"):
        Settings.from_environment({"INTERLOCK_SECONDS": "0"})
