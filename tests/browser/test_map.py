"""The relationship map, used as its readers do."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from browser.conftest import WIDE, Open, serving
from browser.mapping import INBOX, STILL, canvas, heading, names, needs_map, opened
from interlock.graph import Engine, load
from interlock.server.app import create_app
from interlock.server.settings import Settings

pytestmark = needs_map
ARTICLE = """<!doctype html><html lang="en"><title>An article</title><script type="module" src="HOME/embed.js"></script>
  <iframe src="HOME/embed?from=Netflix&to=Facebook&draw=one" title="map" width="700" height="600"></iframe>
  <interlock-map from="Netflix" to="Meta's board" as-of="2012-06" view="draw=one&maxHops=3"></interlock-map></html>"""


def place(page: Page, way: str) -> Any:
    """Where Reed Hastings stands, in the map's units or in the window's."""
    return page.locator("interlock-canvas").evaluate(f"view => view.cy.getElementById('entity/reed-hastings').{way}()")


def test_first_screen_answers_the_question_of_the_article(origin: str, open_page: Open) -> None:
    page = opened(open_page(origin, **STILL))
    assert heading(page).inner_text() == "How is Netflix connected to Meta's board?"
    expect(page.locator("p.sentence").first).to_contain_text("co-founded by Reed Hastings (1997), who held a seat on Meta's board")
    expect(page.get_by_role("button", name="Netflix – Reed Hastings – Board of Meta")).to_have_attribute("aria-expanded", "true")
    assert "Map of" in (canvas(page).get_attribute("aria-label") or "")
    expect(page.locator("interlock-legend li").first).to_have_text("confirmed")
    page.get_by_text("The map as a list").click()
    assert {"Netflix", "Reed Hastings", "Board of Meta"} <= set(names(page))


def test_name_is_found_by_an_alias_and_explored(origin: str, open_page: Open) -> None:
    page = opened(open_page(origin, **STILL))
    field = page.get_by_role("combobox", name="Ask a question")
    field.fill("faceb")
    option = page.get_by_role("option", name=re.compile("Meta also Facebook company"))
    option.wait_for()
    field.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    expect(heading(page)).to_have_text("Around Meta")
    page.go_back()
    expect(heading(page)).to_have_text("How is Netflix connected to Meta's board?")


def test_question_is_understood_or_helped(origin: str, open_page: Open) -> None:
    page = opened(open_page(origin, **STILL))
    field = page.get_by_role("combobox", name="Ask a question")
    field.fill("Who links Dropbox to Meta's board?")
    field.press("Enter")
    expect(page.get_by_role("button", name="Dropbox – Drew Houston – Board of Meta")).to_be_visible()
    assert "q=Who+links+Dropbox" in page.url
    field.fill("Why is that so?")
    field.press("Enter")
    expect(page.locator("p.sentence")).to_have_text("The question was not understood.")
    field.fill("How is Netflix connected to Nobody Atall?")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nobody Atall")
    page.get_by_role("button", name="What connects Microsoft and Meta ignoring lawsuits?").click()
    expect(heading(page)).to_have_text("What connects Microsoft and Meta ignoring lawsuits?")
    field.fill("How is Netflix connected to Metta?")
    field.press("Enter")
    page.get_by_role("alert").get_by_role("button", name="Meta", exact=True).click()
    expect(heading(page)).to_have_text("Around Meta")


def test_ends_conditions_and_paths(origin: str, open_page: Open) -> None:
    page = opened(open_page(origin, **STILL))
    field = page.get_by_role("combobox", name="To", exact=True)
    field.fill("Facebook")
    page.get_by_role("listbox").get_by_role("option", name=re.compile("^Meta")).first.wait_for()
    field.press("Enter")
    expect(heading(page)).to_have_text("How is Netflix connected to Meta?")
    alleged = page.get_by_role("button", name=re.compile("Netflix – Meta alleged"))
    expect(alleged).to_be_visible()
    page.get_by_text("Conditions").click()
    page.get_by_label("Status", exact=True).select_option("CONFIRMED")
    expect(alleged).to_have_count(0)
    page.get_by_label("Held in or on").fill("2024")
    page.get_by_label("Held in or on").press("Enter")
    page.get_by_label("Hops at most").select_option("2")
    assert all(each in page.url for each in ("minStatus=CONFIRMED", "asOf=2024", "maxHops=2"))
    expect(page.get_by_role("heading", name="No path")).to_be_visible()
    expect(page.locator("interlock-paths")).to_contain_text("What would connect them")
    page.get_by_role("button", name="Clear all").click()
    expect(alleged).to_be_visible()
    page.get_by_role("button", name="Swap the ends").click()
    expect(heading(page)).to_have_text("How is Meta connected to Netflix?")


def test_node_is_expanded_hidden_pinned_and_all_of_it_undone(origin: str, open_page: Open) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Meta%27s+board&draw=one", **STILL))
    page.get_by_text("The map as a list").click()
    assert names(page) == ["Netflix", "Board of Meta", "Reed Hastings"]
    canvas(page).focus()
    for key in ("ArrowRight", "ArrowRight", "e"):
        page.keyboard.press(key)
    expect(page.locator("interlock-list .name", has_text="Microsoft")).to_be_visible()
    many = len(names(page))
    assert many > 5
    assert "expand=entity/reed-hastings@24" in page.url
    page.keyboard.press("h")
    expect(page.get_by_text("1 hidden")).to_be_visible()
    assert "Reed Hastings" not in names(page)
    page.keyboard.press("Control+z")
    expect(page.get_by_text("1 hidden")).to_have_count(0)
    assert len(names(page)) == many
    page.keyboard.press("Control+z")
    expect(page.locator("interlock-list .name")).to_have_count(3)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("interlock-list .name")).to_have_count(many)
    page.get_by_role("button", name="Collapse Reed Hastings").click()
    expect(page.locator("interlock-list .name")).to_have_count(3)
    canvas(page).focus()
    for key in ("ArrowRight", "ArrowRight", "p"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("pin=entity/reed-hastings@"))


def test_node_is_dragged_with_the_mouse_and_stays(origin: str, open_page: Open) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Meta%27s+board&draw=one", **STILL))
    at = place(page, "renderedPosition")
    box = canvas(page).bounding_box()
    assert box
    x, y = box["x"] + at["x"], box["y"] + at["y"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"pin=entity/reed-hastings@\d+,\d+"))
    page.mouse.click(x, y + 60)
    expect(page.get_by_role("complementary", name="Details").get_by_role("heading", level=2)).to_have_text("Reed Hastings")


def test_hub_collapses_with_a_count(origin: str, open_page: Open) -> None:
    page = opened(open_page(f"{origin}/?of=Microsoft", **STILL))
    more = page.get_by_role("button", name=re.compile(r"^\d+ more of Microsoft"))
    left, drawn = int(more.inner_text().strip("+")), len(names(page))
    assert left > 10
    more.click()
    expect(page.locator("interlock-list .name").nth(drawn + 5)).to_be_attached()
    assert more.count() == 0 or int(more.inner_text().strip("+")) < left


def test_slider_fades_what_did_not_hold_and_says_what_is_uncertain(origin: str, open_page: Open) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Meta%27s+board&draw=one&path=1&at=2010-06", **STILL))
    slider = page.get_by_role("slider", name="Date")
    faded = "view => view.cy.edges('.past').map(edge => edge.data('label').split('\\n')[0])"
    assert page.locator("interlock-canvas").evaluate(faded) == ["board seat"]
    slider.press("PageUp")
    slider.press("PageUp")
    expect(page.get_by_role("status").filter(has_text="June 2012")).to_be_visible()
    assert page.locator("interlock-canvas").evaluate(faded) == []
    assert "at=2012-06" in page.url
    assert "held" in (slider.get_attribute("aria-valuetext") or "")
    page.get_by_role("button", name="all times").click()
    expect(page.get_by_role("status").filter(has_text="All times")).to_be_visible()
    page.get_by_role("button", name="Play through time").click()
    page.get_by_role("button", name="Stop").click()
    expect(page).to_have_url(re.compile("at="))
    page.goto(f"{origin}/?from=Bing+Gordon&to=Amazon&maxHops=1&at=2013-01")
    opened(page)
    possible = page.locator("interlock-canvas").evaluate("view => view.cy.edges('.possible').map(edge => edge.data('label'))")
    assert possible == ["board seat\nseen 2010 (possibly)"]


def test_relationship_shows_who_says_so_and_who_denies_it(origin: str, open_page: Open) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Facebook&maxHops=2&select={INBOX}", **STILL))
    detail = page.get_by_role("complementary", name="Details")
    expect(detail.get_by_role("heading", level=2)).to_contain_text("alleges that Netflix was a party to")
    assert "disputed" in detail.locator("dl").inner_text()
    assert "Advertiser class in Klein v. Meta" in detail.get_by_role("region", name="Who says so").inner_text()
    assert "Meta denies" in detail.get_by_role("region", name="Who contradicts it").inner_text()
    link = detail.get_by_role("link").first
    assert (link.get_attribute("href") or "").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    detail.get_by_role("button", name="Netflix", exact=True).click()
    expect(detail.get_by_role("heading", level=2)).to_have_text("Netflix")
    expect(detail.get_by_role("heading", name="Timeline")).to_be_visible()
    page.keyboard.press("Escape")
    expect(detail).to_have_count(0)


def test_every_state_has_a_permalink(origin: str, open_page: Open) -> None:
    link = (
        "?from=Netflix&to=Facebook&minStatus=REPORTED&expand=entity/reed-hastings@24&hide=entity/anthropic&pin=entity/reed-hastings@300,-40"
        "&layout=network&draw=all&fan=true&at=2012-06&path=1&select=entity/reed-hastings"
    )
    page = opened(open_page(f"{origin}/{link}", **STILL))
    expect(page.get_by_role("complementary", name="Details").get_by_role("heading", level=2)).to_have_text("Reed Hastings")
    page.get_by_role("button", name="Share").click()
    kept = page.get_by_label("Link", exact=True).input_value()
    assert kept == f"{origin}/{link}"
    again = opened(open_page(kept, **STILL))
    assert names(again) == names(page)
    assert "Anthropic" not in names(again)
    assert place(again, "position") == {"x": 300, "y": -40}
    assert again.get_by_role("button", name="Fan out").get_attribute("aria-pressed") == "true"


def test_pictures_data_and_codes_are_to_be_had(origin: str, open_page: Open, tmp_path: Path) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Facebook&maxHops=2", **STILL))
    page.get_by_role("button", name="Share").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="SVG").click()
    saving.value.save_as(tmp_path / "map.svg")
    picture = ET.parse(tmp_path / "map.svg").getroot()
    texts = "".join(picture.itertext())
    assert "Reed Hastings" in texts
    assert "What is alleged is not proven" in texts
    assert not [each for each in picture.iter() if each.tag.endswith(("script", "image", "foreignObject"))]
    with page.expect_download() as saving:
        page.get_by_role("button", name="PNG").click()
    saving.value.save_as(tmp_path / "map.png")
    content = (tmp_path / "map.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert min(struct.unpack(">II", content[16:24])) > 600
    twins = {link.inner_text(): link.get_attribute("href") for link in page.locator("interlock-share").get_by_role("link").all()}
    assert list(twins) == [".json", ".csv", ".gexf", ".graphml", ".ttl"]
    assert twins[".gexf"] == f"{origin}/export/gexf?from=entity/netflix&to=entity/meta&maxHops=2"
    for twin, url in twins.items():
        assert page.request.get(str(url)).ok, twin
    assert "/embed?from=Netflix&amp;to=Facebook" in page.get_by_label("As a frame", exact=True).input_value()
    page.get_by_role("button", name="Close").click()
    page.emulate_media(media="print")
    assert not page.get_by_role("toolbar").is_visible()


def test_map_stands_in_pages_of_other_sites(browser: Browser) -> None:
    """A frame may stand anywhere; the element asks from the page that it stands in, so its origin has to be among those that may."""
    article = Starlette(routes=[Route("/article", lambda request: HTMLResponse(ARTICLE.replace("HOME", request.query_params["home"])))])
    with serving(article) as elsewhere, serving(create_app(Engine(load()), Settings(origins=elsewhere))) as home:
        page = browser.new_page(viewport=WIDE, **STILL)
        page.goto(f"{elsewhere}/article?home={home}")
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_have_text("How is Netflix connected to Meta?")
        expect(frame.get_by_role("link", name="Open in Interlock")).to_have_attribute("href", f"{home}/?from=Netflix&to=Facebook&draw=one")
        expect(page.locator("interlock-map").get_by_role("heading", level=1)).to_have_text("How is Netflix connected to Board of Meta?")
        expect(page.locator("interlock-map").get_by_role("slider", name="Date")).to_have_value(str(2012 * 12 + 5))
        page.locator("interlock-map").evaluate("map => map.setAttribute('to', 'Facebook')")
        expect(page.locator("interlock-map").get_by_role("heading", level=1)).to_have_text("How is Netflix connected to Meta?")
        frame.get_by_text("The map as a list").click()
        expect(frame.get_by_role("button", name="Hide Netflix")).to_be_visible()
        assert page.url.startswith(f"{elsewhere}/article")
        page.close()


def test_story_is_made_told_and_linked(origin: str, open_page: Open, tmp_path: Path) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Meta%27s+board&path=1", **STILL))
    page.get_by_role("button", name="Share").click()
    page.get_by_label("Caption of this view").fill("First: <b>one</b> seat.")
    page.get_by_role("button", name="Add as step").click()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name=re.compile("^2")).first.click()
    page.get_by_role("button", name="Share").click()
    page.get_by_label("Caption of this view").fill("Then another path.")
    page.get_by_role("button", name="Add as step").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as file").click()
    saving.value.save_as(tmp_path / "story.json")
    page.get_by_role("button", name="Tell it").click()
    story = page.get_by_role("region", name="Story")
    expect(story).to_contain_text("First: <b>one</b> seat.")
    page.get_by_role("button", name="Next step").click()
    expect(story).to_contain_text("Then another path.")
    expect(page).to_have_url(re.compile("path=2|step=2"))
    again = opened(open_page(page.url, **STILL))
    expect(again.get_by_role("region", name="Story")).to_contain_text("Then another path.")
    again.get_by_role("button", name="Leave the story").click()
    again.get_by_role("button", name="Share").click()
    again.get_by_role("button", name="Discard").click()
    again.locator("input[type=file]").set_input_files(tmp_path / "story.json")
    expect(again.get_by_label("Caption of step 2")).to_have_value("Then another path.")
    (tmp_path / "none.json").write_text('{"title": 5}')
    again.locator("input[type=file]").set_input_files(tmp_path / "none.json")
    expect(again.get_by_role("alert").filter(has_text="is no story")).to_be_visible()


def test_theme_is_switched_and_kept(origin: str, open_page: Open) -> None:
    page = opened(open_page(origin, **STILL))
    page.get_by_role("button", name="Switch to dark").click()
    page.reload()
    opened(page)
    expect(page.get_by_role("button", name="Switch to light")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('interlock-map')).backgroundColor") == "rgb(20, 24, 31)"


def test_answer_is_read_without_script(origin: str, open_page: Open) -> None:
    page = open_page(f"{origin}/?from=Netflix&to=Meta%27s+board", java_script_enabled=False)
    assert page.get_by_text("Netflix was co-founded by Reed Hastings").first.is_visible()
    page.locator("summary").first.click()
    assert page.get_by_text("Reed Hastings co-founded Netflix (1997).").first.is_visible()
    assert "The Hill" in (page.locator("interlock-map").text_content() or "")
