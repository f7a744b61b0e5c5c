from __future__ import annotations

import re
from collections import Counter

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
