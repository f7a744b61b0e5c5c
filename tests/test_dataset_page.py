from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from starlette.testclient import TestClient

from harness import graph, tie
from interlock.graph import Engine, load
from interlock.graph.exports.formats import FORMATS
from interlock.graph.model import Source
from interlock.server.app import create_app
from interlock.server.dataset_page import PER_PAGE, counts

SOURCES = [Source(f"source/{number:03}", f"https://example.org/{number}", f"Title {number:03}") for number in range(PER_PAGE + 1)]
GRAPH = graph(tie("ann", "acme", sources=SOURCES), sources=SOURCES)


def test_counts_are_those_of_the_records() -> None:
    shipped = load()
    told = {caption: dict(rows) for caption, rows in counts(shipped).items()}
    kinds = Counter(each.kind.value.replace("_", " ").capitalize() for each in shipped.entities.values())
    assert told["Entities"] == kinds
    assert sum(told["Relationships"].values()) == len(shipped.relationships)
    assert told["By status"] == Counter(each.status.value.capitalize() for each in shipped.relationships.values())


def test_page_names_every_source_on_one_of_its_pages() -> None:
    client = TestClient(create_app(Engine(GRAPH)))
    one, two = (client.get(f"/dataset?page={number}").text for number in (1, 2))
    assert all((source.title in one) != (source.title in two) for source in SOURCES)
    assert client.get("/dataset").text == one
    assert client.get("/dataset?page=99").text == two
    assert client.get("/dataset?page=no").text == one


def test_page_tells_version_licence_and_how_to_cite() -> None:
    shipped = load()
    page = TestClient(create_app(Engine(shipped))).get("/dataset").text
    assert f"Dataset {shipped.version}, CC0-1.0, served by Interlock" in page
    assert "CC0 1.0" in page
    assert "not stated" in TestClient(create_app(Engine(GRAPH))).get("/dataset").text


def test_page_links_to_every_format_of_the_whole() -> None:
    client = TestClient(create_app(Engine(GRAPH)))
    links = re.findall(r'href="(/export/\w+)"', client.get("/dataset").text)
    assert links == [f"/export/{name}" for name in FORMATS]
    assert all(client.get(link).status_code == 200 for link in links)


def test_page_and_graphql_tell_what_came_from_which_file_under_which_licence(tmp_path: Path) -> None:
    person = '<http://e.example/{0}> a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "{0}" .'
    licence = "<http://e.example/data> a <http://rdfs.org/ns/void#Dataset> ; <http://purl.org/dc/terms/license> <{}> ."
    (tmp_path / "one.ttl").write_text(
        person.format("Ann") + licence.format("https://opendatacommons.org/licenses/odbl/1-0/"), encoding="utf-8"
    )
    (tmp_path / "two.ttl").write_text(person.format("Bob") + person.format("Eve"), encoding="utf-8")
    client = TestClient(create_app(Engine(load(tmp_path))))
    page = client.get("/dataset").text
    assert re.findall(r'<th scope="row"><bdi>(.*?)</bdi></th><td>(.*?)</td><td>(\d+)</td>', page) == [
        ("one.ttl", "ODbL-1.0", "1"),
        ("two.ttl", "not stated", "2"),
    ]
    query = "{ dataset { licence origins { name licence statements entities relationships claims sources } } }"
    dataset = client.post("/graphql", json={"query": query}).json()["data"]["dataset"]
    nothing = {"relationships": 0, "claims": 0, "sources": 0}
    assert dataset == {
        "licence": None,
        "origins": [
            {"name": "one.ttl", "licence": "ODbL-1.0", "statements": 4, "entities": 1, **nothing},
            {"name": "two.ttl", "licence": None, "statements": 4, "entities": 2, **nothing},
        ],
    }
