"""Whatever names and sources are called, nothing of it runs, leads anywhere or turns a page about; whatever is answered is guarded."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from harness import entity, graph, tie
from interlock.graph import Engine, everything, export
from interlock.graph.exports.formats import FORMATS
from interlock.graph.model import Source
from interlock.server.app import create_app
from interlock.server.settings import Settings

TRAPS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><svg/onload=alert(1)>", "=cmd|' /C calc'!A0",
    "\u202eecila\u2066",
    "]]><x/>", "{{7*7}}${7*7}<%=7*7%>",
    "'-alert(1)-'", "a\0b", "\\u003cscript\\u003e", "&lt;script&gt;", "<!--<script>", "\u2028\u2029",
)  # fmt: skip
URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example",
    'https://a.example/"><script>',
)
SOURCES = [
    Source(f"source/{number}", f"https://example.org/{number}", trap, publisher=trap, url=URLS[number % len(URLS)])
    for number, trap in enumerate(TRAPS)
]
PEOPLE = [
    entity(f"P{number}", "PERSON", f"also {trap}", description=trap, same_as=(URLS[number % len(URLS)],))
    for number, trap in enumerate(TRAPS)
]
NAMED = [replace(each, name=f"Acme {trap}") for each, trap in zip(PEOPLE, TRAPS, strict=True)]
GRAPH = graph(
    *(tie(each.id, "acme", "2011/2019", kind="BOARD_SEAT", sources=[source]) for each, source in zip(NAMED, SOURCES, strict=True)),
    entities=[entity("Acme"), entity("Board of Acme", "BOARD", unit_of="acme"), *NAMED],
    sources=SOURCES,
)
SETTINGS = Settings(origins="https://a.example")
PAGES = (
    "/", "/?q=How+is+P1+connected+to+Acme", "/?of=acme", "/?of=%3Cscript%3E", "/embed?of=acme", "/entity/acme", "/dataset", "/entity/p0",
    "/entity/nobody", "/reconcile/preview?id=x", *(f"/entity/{each.slug}" for each in NAMED),
    *(f"/reconcile/preview?id={each.id}" for each in NAMED),
)  # fmt: skip
ANSWERS = (
    "/graphql", "/graphql?query=%7B__typename%7D", "/graphql?query=%7B", "/schema.graphql", "/livez", "/readyz", "/reconcile",
    "/reconcile?queries=1", "/reconcile/suggest/entity?prefix=a", "/reconcile/suggest/property?prefix=d",
    "/reconcile/suggest/type?prefix=p", "/reconcile/properties", "/reconcile/flyout/entity?id=p0", "/reconcile/flyout/nothing?id=%3Cb%3E",
    "/static/style.css", "/static/nothing", "/nothing", "/export/nothing", "/paths.json", "/paths.json?from=p0&to=p1", "/embed.js",
    "/entity/acme.ttl", "/entity/acme.jsonld", *(f"/export/{name}?of=acme" for name in FORMATS),
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Engine(GRAPH), SETTINGS), follow_redirects=False) as opened:
        yield opened


class Page(HTMLParser):
    """Elements and attributes of a page, as a browser would find them, and the text of its data blocks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.data: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data.append(data)


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_element_handler_or_link_of_the_data(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"accept": "text/html"})
    found = Page(page.text)
    assert not {"img", "x", "iframe", "object", "base"} & {tag for tag, _ in found.elements}
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert tag != "script" or attributes.get("type") == "application/ld+json" or (attributes.get("src") or "").startswith("/static/")
        assert re.match(r"/(?!/)|#|\?|https?://[^\"<>]*$|$", attributes.get("href") or ""), attributes
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", re.sub(r"<script type=\"application/ld\+json\">.*?</script>", "", page.text))
    assert "Acme 49" not in page.text
    for block in found.data:
        assert json.loads(block)["@context"] == "https://schema.org"
        assert "<" not in block


@pytest.mark.parametrize("path", [*PAGES, *ANSWERS])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_every_answer_is_guarded(client: TestClient, path: str, method: str) -> None:
    headers = client.request(method, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["permissions-policy"]
    assert headers["x-request-id"]
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy or "script-src 'self';" in policy
    may_be_framed = method == "GET" and path.startswith(("/embed?", "/reconcile/preview"))
    assert ("frame-ancestors *" in policy) is may_be_framed
    assert ("x-frame-options" in headers) is not may_be_framed


def test_every_route_is_among_those_that_are_looked_at() -> None:
    routes = [route for route in create_app(Engine(GRAPH)).routes if isinstance(route, Route | Mount)]
    prefixes = {re.sub(r"\{.*", "", route.path) for route in routes}
    assert not [prefix for prefix in prefixes if not any(path.startswith(prefix) for path in (*PAGES, *ANSWERS))]


def test_failure_is_guarded_and_told_by_its_number_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Engine(GRAPH))
    monkeypatch.setattr("interlock.server.pages.Pages._dataset", lambda *_: 1 / 0)
    with TestClient(app) as client:
        answer = client.get("/dataset", headers={"x-request-id": "mine"})
    assert answer.status_code == 500
    assert answer.json()["errors"][0]["extensions"] == {"code": "INTERNAL", "requestId": "mine"}
    assert "division" not in answer.text
    assert answer.headers["content-security-policy"]


def test_table_holds_no_formula(client: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/export/csv?of=acme").content)) as archive:
        tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
    cells = [cell for table in tables for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any("cmd|" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-[^\d]", cell)]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/export/xlsx?of=acme").content))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_workbook_holds_names_as_they_are_and_none_is_a_formula_a_link_or_another_character() -> None:
    names = (
        "_x0041_",
        "{=1+1}",
        "internal:Sheet1!A1",
        "external:c:\\a",
        "mailto:a@b.example",
        "@SUM(1)",
        "</t></is>",
        "_rels/.rels",
        "a" * 40_000,
    )
    named = [replace(entity(f"P{number}", "PERSON"), name=name) for number, name in enumerate(names)]
    engine = Engine(graph(*(tie(each.id, "acme") for each in named), entities=[entity("Acme"), *named]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(export("xlsx", engine.graph, everything(engine)))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    told = {str(cell.value) for cell in cells}
    assert {*names[1:-1], "_x005F_x0041_", "a" * 32_766 + "…"} <= told  # to Excel, _x005F_ is an underscore, and _x0041_ would be an A


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_drawing_holds_no_element_of_the_data(client: TestClient, name: str) -> None:
    root = ElementTree.fromstring(client.get(f"/export/{name}?of=acme").content)
    assert not {"script", "img", "svg", "x"} & {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "\0" not in client.get(f"/export/{name}?of=acme").text


def test_dot_holds_no_statement_of_the_data(client: TestClient) -> None:
    text = client.get("/export/dot?of=acme").text
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"^//.*$", "", text, flags=re.MULTILINE))
    assert not re.search(r"script|onerror|URL|href|<", outside)


def test_json_is_no_page(client: TestClient) -> None:
    answer = client.get("/reconcile", params={"queries": json.dumps({"<script>": {"query": "<script>"}}), "callback": "alert"})
    assert answer.headers["content-type"].startswith("application/json")
    assert not answer.text.startswith("alert")
