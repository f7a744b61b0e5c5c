from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from harness import entity, graph, tie
from interlock.graph import BadInput, Engine
from interlock.graph.model import Source
from interlock.schema.price import CostLimits
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
    with pytest.raises(BadInput, match="max_price is -1"):
        Settings.from_environment({"INTERLOCK_MAX_PRICE": "-1"})
    with pytest.raises(BadInput, match="INTERLOCK_TRUSTED_ONLY is 'maybe'; it must be 1 or 0"):
        Settings.from_environment({"INTERLOCK_TRUSTED_ONLY": "maybe"})
    with pytest.raises(BadInput, match="no manifest of documents is given"):
        Settings.from_environment({"INTERLOCK_TRUSTED_ONLY": "1"})


def test_settings_that_are_given_go_before_the_environment() -> None:
    settings = Settings.from_environment(
        {"INTERLOCK_PORT": "9000", "INTERLOCK_HOST": "::1", "INTERLOCK_DOCUMENTS": "a.json", "INTERLOCK_TRUSTED_ONLY": "on"},
        port=1,
        host=None,
    )
    assert (settings.port, settings.host, settings.documents, settings.trusted_only) == (1, "::1", Path("a.json"), True)
    assert settings.cost_limits == CostLimits()
