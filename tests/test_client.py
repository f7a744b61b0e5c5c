from __future__ import annotations

import builtins
import datetime
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from harness import entity, graph, tie
from interlock.graph import Engine
from interlock.graph.model import Source
from interlock.server.app import create_app
from interlock.server.client import ApiError, Client, ClientError
from interlock.server.client_answers import MissingLibrary

HOSTILE = "<img src=x onerror=alert(1)>"
TIMES = Source("source/times", "https://example.org/times", HOSTILE, publisher="The Times", url="https://example.org/?a=1&b=2")
GRAPH = graph(
    tie("ann", "acme", "2011/2019", kind="BOARD_SEAT", sources=[TIMES]),
    tie("ann", "evil", "2000/..", kind="FOUNDING", sources=[TIMES]),
    entities=[
        entity("Ann", "PERSON"),
        entity("Acme"),
        entity("Board of Acme", "BOARD", unit_of="acme"),
        entity("Evil", "COMPANY", HOSTILE),
    ],
    sources=[TIMES],
)
QUESTION = "How is Evil connected to Acme's board?"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of the graph on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Engine(GRAPH)), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module", params=["local", "over HTTP"])
def client(request: pytest.FixtureRequest, address: str) -> Client:
    return Client.local(engine=Engine(GRAPH)) if request.param == "local" else Client(address)


def test_paths_come_in_words_with_dates_status_and_sources(client: Client) -> None:
    found = client.paths("Evil", "Acme's board", as_of=2012)
    assert len(found) == 1
    assert found.complete
    assert found.no_path is None
    assert "2011 – 2019" in found.sentences[0]
    assert [path["length"] for path in found] == [2]
    for text in (repr(found), found._repr_html_()):
        assert "2011 – 2019" in text
        assert "The Times" in text
        assert "confirmed" in text.lower()
    assert "\x1b" not in repr(found)


def test_paths_become_a_data_frame_with_a_row_a_hop(client: Client) -> None:
    table = client.paths("Evil", "Acme's board").to_dataframe()
    assert table[["path", "hop", "from", "to", "kind", "interval", "status"]].values.tolist() == [
        [1, 1, "Evil", "Ann", "FOUNDING", "2000/..", "CONFIRMED"],
        [1, 2, "Ann", "Board of Acme", "BOARD_SEAT", "2011/2019", "CONFIRMED"],
    ]
    assert table["sources"].tolist() == ["source/times", "source/times"]


def test_paths_become_a_networkx_multigraph_with_attributes(client: Client) -> None:
    graph = client.paths("Evil", "Acme's board").to_networkx()
    assert graph.graph == {"version": "test"}
    assert dict(graph.nodes(data="kind")) == {"ann": "PERSON", "evil": "COMPANY", "acme": "COMPANY"}
    assert graph.nodes["acme"]["name"] == "Acme"
    assert sorted(graph.edges(keys=True)) == [("ann", "acme", "ann-board_seat-acme"), ("ann", "evil", "ann-founding-evil")]
    edge = graph.edges["ann", "acme", "ann-board_seat-acme"]
    assert {name: edge[name] for name in ("kind", "status", "interval", "sources", "paths", "independent_sources")} == {
        "kind": "BOARD_SEAT", "status": "CONFIRMED", "interval": "2011/2019", "sources": ["source/times"], "paths": [1],
        "independent_sources": 1,
    }  # fmt: skip


def test_no_path_says_what_would_bring_one(client: Client) -> None:
    found = client.paths("Evil", "Acme's board", as_of="2020", max_hops=3)
    assert len(found) == 0
    assert "as of 2020" in str(found.no_path)
    assert "without asOf 2020 (2 hops)" in str(found.no_path)
    assert "without asOf 2020" in found._repr_html_()
    assert found.to_dataframe().empty
    assert len(found.to_networkx()) == 0


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ({"as_of": datetime.date(2012, 10, 9)}, 1),
        ({"during": "2012/2013"}, 1),
        ({"during": "2020/2021"}, 0),
        ({"min_status": "confirmed"}, 1),
        ({"kinds": ["founding"]}, 0),
        ({"through": ["person"]}, 1),
        ({"through": ["company"]}, 0),
        ({"avoid": ["Ann"]}, 0),
        ({"must_pass": ["Ann"]}, 1),
        ({"held_together": True}, 1),
        ({"max_hops": 1}, 0),
        ({"max_hops": 4, "k": 100}, 1),
        ({"rank_by": "informativeness"}, 1),
    ],
)
def test_conditions_act_on_paths(client: Client, conditions: dict[str, Any], count: int) -> None:
    assert len(client.paths("Evil", "Acme's board", **conditions)) == count


def test_question_in_plain_english_is_answered(client: Client) -> None:
    answer = client.ask(QUESTION)
    assert answer.understood
    assert "Evil (company)" in answer.interpretation
    assert answer.paths is not None
    assert answer.to_dataframe()["to"].tolist() == ["Ann", "Board of Acme"]
    assert len(answer.to_networkx()) == 3
    assert "Ann" in repr(answer)
    assert "Ann" in answer._repr_html_()


def test_question_that_is_not_understood_says_what_is(client: Client) -> None:
    answer = client.ask("Why?")
    assert not answer.understood
    assert answer.paths is None
    assert answer.rows() == []
    assert len(answer.to_networkx()) == 0
    assert "How is X connected to Y?" in repr(answer)
    assert "How is X connected to Y?" in answer._repr_html_()


def test_neighborhood_becomes_a_table_and_a_network(client: Client) -> None:
    near = client.neighborhood("Acme", hops=2)
    assert near.complete
    assert len(near) == 3
    assert near.to_dataframe()[["from", "to", "kind", "interval"]].values.tolist() == [
        ["Ann", "Acme", "BOARD_SEAT", "2011/2019"],
        ["Ann", "Evil", "FOUNDING", "2000/.."],
    ]
    network = near.to_networkx()
    assert sorted(network.edges()) == [("ann", "acme"), ("ann", "evil")]
    assert network.edges["ann", "evil", "ann-founding-evil"]["sources"] == ["source/times"]
    assert sorted(client.neighborhood("Acme", "Evil", as_of=2005).to_networkx().edges()) == [("ann", "evil")]
    assert "2011 – 2019" in repr(near)
    assert "The Times" in near._repr_html_()
    assert not client.neighborhood("Acme", hops=2, limit=1).complete


def test_search_finds_entities(client: Client) -> None:
    hits = client.search("acm", first=1)
    assert [hit["entity"]["id"] for hit in hits] == ["acme"]
    assert hits.to_dataframe().columns.tolist() == ["id", "name", "kind", "matched", "score"]
    assert "Acme" in repr(hits)
    assert "<td>Acme</td>" in hits._repr_html_()
    assert client.search("nobody").to_dataframe().empty


def test_entity_is_told_with_its_relationships(client: Client) -> None:
    ann = client.entity("Ann")
    assert (ann.id, ann.name) == ("ann", "Ann")
    assert ann.to_dataframe()["kind"].tolist() == ["BOARD_SEAT", "FOUNDING"]
    assert "2011 – 2019" in repr(ann)
    assert "2011 – 2019" in ann._repr_html_()


def test_html_escapes_all_that_comes_from_data(client: Client) -> None:
    shown = [
        client.paths("Evil", "Acme's board"),
        client.entity("Evil"),
        client.search(HOSTILE),
        client.entity("Ann"),
        client.ask(QUESTION),
    ]
    for each in shown:
        assert "<img" not in each._repr_html_()  # type: ignore[attr-defined]
    assert "&lt;img" in client.entity("Evil")._repr_html_()
    assert 'href="https://example.org/?a=1&amp;b=2"' in client.entity("Ann")._repr_html_()


def test_error_has_its_code_and_suggestions(client: Client) -> None:
    with pytest.raises(ApiError, match="No entity is called 'Acmee'") as raised:
        client.entity("Acmee")
    assert raised.value.code == "UNKNOWN_ENTITY"
    assert raised.value.suggestions == ({"id": "acme", "name": "Acme", "kind": "COMPANY"},)
    with pytest.raises(ApiError) as raised:
        client.paths("Acme", "Acme")
    assert raised.value.code == "SAME_ENTITY"
    with pytest.raises(ApiError) as raised:
        client.paths("Acme", "Ann", as_of="soon")
    assert raised.value.code in ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED")
    with pytest.raises(ApiError) as raised:
        client.query("{")
    assert raised.value.code == "GRAPHQL_PARSE_FAILED"


def test_client_asks_any_document(client: Client) -> None:
    assert client.query("query Q($id: ID!) { node(id: $id) { id } }", id="ann") == {"node": {"id": "ann"}}


def test_address_that_is_none_or_answers_otherwise_is_told(address: str) -> None:
    with pytest.raises(ClientError, match="no address"):
        Client("localhost:8000")
    with pytest.raises(ClientError, match="not as GraphQL"):
        Client(f"{address}/livez").search("acme")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ClientError, match="interlock serve"):
        Client(f"http://127.0.0.1:{port}", timeout=5).search("acme")
    assert Client(f"{address}/graphql").search("acme").hits[0]["entity"]["id"] == "acme"


def test_local_client_is_of_data_or_of_an_engine() -> None:
    with pytest.raises(ClientError, match="not both"):
        Client.local("data.trig", engine=Engine(GRAPH))


def test_data_frame_without_pandas_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without_pandas(name: str, *rest: Any, **named: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return imported(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    with pytest.raises(MissingLibrary, match="pip install pandas"):
        Client.local(engine=Engine(GRAPH)).search("acme").to_dataframe()
