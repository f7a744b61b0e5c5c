from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from harness import claim, entity, graph, tie
from interlock.graph import Engine, load
from interlock.graph.model import Source
from interlock.server.app import create_app
from interlock.server.entity_page import _SECTIONS, MOST, entity_page, find_entity

HOSTILE = "</script><img src=x onerror=alert(1)>"
TIMES = Source("source/times", "https://example.org/times", f"Times {HOSTILE}", publisher="The Times", url="https://example.org/?a=1&b=2")
POST = Source("source/post", "https://example.org/post", "Denial", publisher="The Post")
DENIED = (claim(1, "ALLEGED", source=TIMES.id), claim(2, "ALLEGED", "CONTRADICTS", source=POST.id, summary="Ann denies it."))
GRAPH = graph(
    tie("ann", "acme", "2011/2019", kind="BOARD_SEAT", sources=[TIMES]),
    tie("ann", "beta", "2012/..", kind="BOARD_SEAT", sources=[TIMES]),
    tie("ann", "gone", "2020/2021", kind="BOARD_SEAT", status="DISMISSED", sources=[TIMES]),
    tie("ann", "deal", "2013", kind="PARTY", claims=DENIED, sources=[TIMES, POST]),
    tie("bob", "ann", "1990", kind="ASSOCIATION", status="ALLEGED", sources=[TIMES]),
    entities=[
        entity("Ann", "PERSON", HOSTILE, "Annie Example", description=f"A director. {HOSTILE}", same_as=("https://www.example.org/ann",)),
        entity("Acme"),
        entity("Beta"),
        entity("Gone"),
        entity("Deal", "AGREEMENT"),
        entity("Bob Two", "PERSON"),
        entity("bob", "PERSON"),
        entity("Board of Acme", "BOARD", unit_of="acme"),
    ],
    sources=[TIMES, POST],
)
TURTLE, JSON_LD = "text/turtle", "application/ld+json"


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Engine(GRAPH))) as opened:
        yield opened


def test_page_tells_what_goes_on_first_and_what_was_dismissed_last() -> None:
    shown = entity_page(GRAPH, GRAPH.entities["ann"])
    assert [section.heading for section in shown.sections] == ["Seats on boards", "Agreements", "Other ties"]
    assert [told.other.name for told in shown.sections[0].ties] == ["Beta", "Acme", "Gone"]
    assert [told.when for told in shown.sections[0].ties] == ["since 2012", "2011 – 2019", "2020 – 2021"]


def test_page_tells_a_relationship_from_the_end_it_is_about() -> None:
    assert entity_page(GRAPH, GRAPH.entities["acme"]).sections[0].heading == "The board"
    assert entity_page(GRAPH, GRAPH.entities["deal"]).sections[0].heading == "Parties"
    assert [moment.tie.told for moment in entity_page(GRAPH, GRAPH.entities["ann"]).moments if moment.tie.other.id == "bob"] == [
        "was allegedly tied to"
    ]


def test_page_of_a_case_tells_parties_from_counsel() -> None:
    shown = entity_page(load(), load().entities["entity/klein-v-meta"])
    roles = {section.heading: {told.relationship.role for told in section.ties} for section in shown.sections}
    assert roles["Parties"] == {"defendant", "plaintiff"}
    assert roles["Court and counsel"] == {"counsel in the case", "judge", "magistrate judge"}


def test_page_of_a_board_is_about_its_seats() -> None:
    shown = entity_page(GRAPH, GRAPH.entities["board-of-acme"])
    assert [(section.heading, [told.other.name for told in section.ties]) for section in shown.sections] == [("The board", ["Ann"])]
    assert [(moment.date, moment.event) for moment in shown.moments] == [("2011", "began"), ("2019", "ended")]


def test_every_relationship_of_the_shipped_graph_has_its_section() -> None:
    shipped = load()
    for each in shipped.entities.values():
        shown = entity_page(shipped, each)
        told = len(shipped.seats(each.unit_of)) if each.unit_of else len(list(shipped.ties(each.id)))
        assert sum(section.total for section in shown.sections) == told
        assert {section.heading for section in shown.sections} <= set(_SECTIONS.values())


def test_page_of_a_hub_shows_the_first_and_says_how_many_there_are() -> None:
    hub = graph(*(tie("hub", f"c{number}", str(1000 + number), kind="INVESTMENT") for number in range(MOST + 5)))
    (section,) = entity_page(hub, hub.entities["hub"]).sections
    assert (len(section.ties), section.total) == (MOST, MOST + 5)
    assert "And 5 more" in TestClient(create_app(Engine(hub))).get("/entity/hub").text


def test_page_shows_denials_beside_allegations_with_their_sources(client: TestClient) -> None:
    page = client.get("/entity/deal").text
    says, contradicts = page.split("<h4>Says so</h4>")[1].split("<h4>Contradicts it</h4>")
    assert "The Times" in says
    assert "The Post" in contradicts
    assert "Ann denies it." in contradicts
    assert 'href="https://example.org/?a=1&amp;b=2"' in says


def test_page_escapes_every_text_and_runs_no_script(client: TestClient) -> None:
    page = client.get("/entity/ann")
    assert "<img" not in page.text
    assert re.findall(r"<script[^>]*>", page.text) == ['<script type="application/ld+json">']
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_page_holds_what_is_on_record_as_linked_data(client: TestClient) -> None:
    told = json.loads(client.get("/entity/ann").text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (told["@type"], told["@id"], told["alternateName"]) == ("Person", "https://example.org/ann", [HOSTILE, "Annie Example"])
    seats = {seat["memberOf"]["name"]: seat for seat in told["memberOf"]}
    assert sorted(seats) == ["Acme", "Beta"]
    assert (seats["Acme"]["startDate"], seats["Acme"]["endDate"]) == ("2011", "2019")
    assert "endDate" not in seats["Beta"]


def test_page_links_to_others_to_the_map_and_to_its_twins(client: TestClient) -> None:
    page = client.get("/entity/acme").text
    twins = ("/entity/acme.ttl", "/entity/acme.jsonld", "/export/gexf?of=acme&amp;hops=1")
    for link in ("/entity/ann", "/?of=acme", "/entity/board-of-acme", *twins):
        assert f'href="{link}"' in page
    assert all(client.get(twin.replace("&amp;", "&")).status_code == 200 for twin in twins)


@pytest.mark.parametrize("other", ["Ann", "annie-example", "ANNIE%20EXAMPLE"])
def test_another_name_leads_to_the_page(client: TestClient, other: str) -> None:
    for ending in ("", ".ttl"):
        answer = client.get(f"/entity/{other}{ending}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"/entity/ann{ending}")


def test_slug_is_its_entity_even_where_another_has_it_as_its_name() -> None:
    named = graph(tie("x", "y"), entities=[entity("X", "PERSON", "other"), entity("Other", "PERSON")])
    assert find_entity(Engine(named), "other").id == "other"


def test_unknown_name_is_not_found_and_says_who_might_be_meant(client: TestClient) -> None:
    answer = client.get("/entity/anie-exampel")
    assert answer.status_code == 404
    assert 'href="/entity/ann"' in answer.text
    assert client.get(f"/entity/{'x' * 2000}").status_code == 404


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
        (TURTLE, TURTLE),
        ("application/ld+json, text/turtle;q=0.9", JSON_LD),
        ("text/turtle;q=0.5, text/html;q=0.4", TURTLE),
        ("text/html, text/turtle", "text/html"),
        ("text/turtle;q=nonsense, application/ld+json;q=0.1", JSON_LD),
        ("application/*", JSON_LD),
    ],
)
def test_page_and_data_have_one_address(client: TestClient, accept: str, media_type: str) -> None:
    answer = client.get("/entity/ann", headers={"accept": accept})
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(("ending", "format"), [("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)])
@pytest.mark.parametrize("slug", ["ann", "board-of-acme"])
def test_data_holds_every_relationship_claim_and_source_of_the_page(
    client: TestClient, slug: str, ending: str, format: ox.RdfFormat
) -> None:
    answer = client.get(f"/entity/{slug}.{ending}")
    subjects = {quad.subject.value for quad in ox.parse(answer.content, format, base_iri="https://example.org/")}
    shown = entity_page(GRAPH, GRAPH.entities[slug])
    ties = [told.relationship for section in shown.sections for told in section.ties]
    assert {each.iri for each in ties} <= subjects
    assert {GRAPH.sources[each.source].iri for tie in ties for each in tie.claims} <= subjects
    assert {GRAPH.entities[slug].iri, *(GRAPH.entities[end].iri for each in ties for end in (each.source, each.target))} <= subjects
