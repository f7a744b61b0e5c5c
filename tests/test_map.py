"""The map's script and what its page says: the behaviour in a browser is tested in tests/browser/test_map.py."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from harness import entity, graph, tie
from interlock.graph import Engine
from interlock.graph.errors import BadInput
from interlock.graph.intervals import parse_interval, parse_window
from interlock.server.app import create_app
from interlock.server.assets import MANIFEST, STATIC, find_bundle
from interlock.server.settings import Settings
from web import ROOT, needs_tools, run_tool

GRAPH = graph(
    tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"),
    tie("ann", "evil", "2000", kind="FOUNDING"),
    entities=[entity("Ann", "PERSON"), entity("Acme"), entity("Board of Acme", "BOARD", unit_of="acme"), entity("Evil")],
)
DATES = ("", "..", "2009", "2011", "2011-06", "2012-02-29", "2013~", "2014?", "2015-07?", "201X", "2016-21", "2015-24", "2018%", "20XX")
FIRST_VIEW = 250_000
"""Bytes of compressed script at most before the first answer is drawn."""

needs_map = pytest.mark.skipif(find_bundle("map") is None, reason="the map is not built: make web")


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Engine(GRAPH))) as opened:
        yield opened


def verdicts(count: int) -> list[dict[str, object]]:
    """Random intervals, each with what the engine says of it at some time."""
    chance = random.Random(7)
    found: list[dict[str, object]] = []
    while len(found) < count:
        parts = [chance.choice(DATES) for _ in range(chance.choice((1, 2)))]
        seen = sorted(chance.sample(("2010", "2012-03", "2016", "2017-05-06"), chance.choice((0, 0, 1, 2))))
        window = chance.choice(("2008", "2011-06", "2012-02-29", "2014", "2016-01", "2020"))
        try:
            interval = parse_interval("/".join(parts))
            interval = interval.observed_on(parse_interval(each).start for each in seen)  # type: ignore[misc]
        except BadInput:
            continue
        # In the browser an uncertain end may have been announced only: so do we here.
        told = interval.announced_by([parse_interval("0001").start])  # type: ignore[list-item]
        found.append({"text": told.text, "observed": seen, "window": window, "held": told.overlap(parse_window(window)).value})
    return found


@needs_tools
def test_pure_parts_of_the_map_are_right_and_judge_dates_as_the_engine_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "held.json").write_text(json.dumps(verdicts(1500)))
    monkeypatch.setitem(os.environ, "INTERLOCK_HELD", str(tmp_path / "held.json"))
    done = run_tool("vitest", "run", cwd=ROOT / "server/web")
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout


@needs_tools
def test_types_of_the_maps_questions_are_those_of_the_schema(tmp_path: Path) -> None:
    done = run_tool("codegen", "--config", "codegen.ts", "--check", cwd=ROOT / "server/web")
    assert done.returncode == 0, f"{done.stdout}\nRenew them: npm run types, in server/web"


@needs_map
def test_script_of_the_first_view_is_small() -> None:
    chunks = json.loads(MANIFEST.read_bytes())
    first = next(key for key, chunk in chunks.items() if chunk.get("isEntry") and chunk["name"] == "map")
    wanted, todo = set(), [first, "node_modules/cytoscape/dist/cytoscape.esm.mjs"]
    while todo:
        if (key := todo.pop()) not in wanted:
            wanted.add(key)
            todo += chunks[key].get("imports", ())
    sizes = [len(gzip.compress((STATIC / "built" / chunks[key]["file"]).read_bytes())) for key in wanted]
    assert 100_000 < sum(sizes) < FIRST_VIEW
    assert "map/network.ts" not in wanted


@needs_map
def test_page_holds_the_map_around_an_answer_in_words(client: TestClient) -> None:
    page = client.get("/", params={"from": "Evil", "to": "Acme's board"})
    assert "<interlock-map page>" in page.text
    assert "2011 – 2019" in page.text
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy


@needs_map
@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("/paths?from=Netflix&to=Meta%27s+board&asOf=2012", "/?from=Netflix&to=Meta%27s+board&asOf=2012"),
        ("/paths", "/"),
        ("/?from=Netflix&asOf=2012", "/?of=Netflix&asOf=2012"),
        ("/embed?to=Meta+%26+board", "/embed?of=Meta+%26+board"),
    ],
)
def test_links_to_paths_and_to_one_end_lead_to_the_map(client: TestClient, link: str, leads_to: str) -> None:
    assert client.get(link, follow_redirects=False).headers["location"] == leads_to


def test_embed_may_be_framed_anywhere(client: TestClient) -> None:
    page = client.get("/embed", params={"q": "How is Evil connected to Acme?"})
    assert "<interlock-map embed>" in page.text
    assert page.headers["content-security-policy"].endswith("frame-ancestors *")


@needs_map
def test_embed_script_leads_to_the_script_of_the_day(client: TestClient) -> None:
    answer = client.get("/embed.js")
    assert answer.status_code == 200
    assert "interlock-map" in answer.text
    assert "javascript" in answer.headers["content-type"]


def test_page_is_the_answer_alone_where_the_map_is_not_built(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interlock.server.map_page.find_bundle", lambda name: None)
    page = client.get("/", params={"q": "How is Evil connected to Acme's board?"})
    assert page.status_code == 200
    assert "2011 – 2019" in page.text
    assert "<script" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert client.get("/embed.js").status_code == 503


@pytest.mark.parametrize(
    ("origins", "allowed"), [("", None), ("https://paper.example, https://b.example", "https://paper.example"), ("*", "*")]
)
def test_scripts_of_other_sites_may_ask_if_a_setting_says_so(origins: str, allowed: str | None) -> None:
    with TestClient(create_app(Engine(GRAPH), Settings(origins=origins))) as client:
        asked = client.post("/graphql", json={"query": "{ dataset { version } }"}, headers={"Origin": "https://paper.example"})
        foreign = client.get("/embed.js", headers={"Origin": "https://elsewhere.example"}, follow_redirects=False)
    assert asked.headers.get("access-control-allow-origin") == allowed
    assert foreign.headers.get("access-control-allow-origin") == ("*" if allowed == "*" else None)


def test_page_of_an_entity_leads_to_the_map_around_it(client: TestClient) -> None:
    assert '<a href="/?of=acme">' in client.get("/entity/acme").text
    assert '<a href="/entity/acme">' in client.get("/", params={"of": "entity/acme"}).text
