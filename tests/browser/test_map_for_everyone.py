"""The relationship map for everyone, and whatever happens: keyboard, screen readers, markup in names, an API that fails or tarries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import PHONE, WIDE, Open, serving
from browser.mapping import INBOX, STILL, canvas, heading, needs_map, opened
from harness import entity, graph, tie
from interlock.graph import Engine
from interlock.graph.model import Claim, Source, Stance, Status
from interlock.server.app import create_app
from web import PACKAGES

pytestmark = needs_map
AXE = PACKAGES / "axe-core/axe.min.js"
HOSTILE = "<img src=x onerror=alert(1)>"


def test_keyboard_is_enough(origin: str, open_page: Open) -> None:
    page = opened(open_page(origin, **STILL))
    page.keyboard.press("/")
    page.keyboard.type("How is Apple connected to Google?")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("How is Apple connected to Google?")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("""() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
        }""")
        )
        if "Map of" in reached[-1]:
            break
    assert any("Swap the ends" in each for each in reached)
    assert "Map of" in reached[-1]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Details").get_by_role("heading", level=2)).to_have_text("Apple")
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Details")).to_have_count(0)
    assert canvas(page).evaluate("element => element.getRootNode().activeElement === element")


@pytest.fixture(scope="module")
def hostile_origin() -> Iterator[str]:
    """Where a graph is served all of whose texts are markup."""
    source = Source("source/x", "https://example.org/x", HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    said = Claim("claim/1", "r", source.id, Stance.SUPPORTS, Status.CONFIRMED, summary=HOSTILE, quote=HOSTILE, locator=HOSTILE)
    ties = [tie("ann", "evil", "2000", kind="FOUNDING", sources=[source], claims=[said]), tie("ann", "acme", "2001", sources=[source])]
    entities = [
        replace(entity("Ann", "PERSON"), name=f"Ann {HOSTILE}"),
        replace(entity("Evil", "COMPANY", HOSTILE, description=HOSTILE), name=f"Evil {HOSTILE}"),
        entity("Acme"),
    ]
    with serving(create_app(Engine(graph(*ties, entities=entities, sources=[source])))) as address:
        yield address


def test_names_are_texts_whatever_they_are(hostile_origin: str, open_page: Open) -> None:
    page = opened(open_page(f"{hostile_origin}/?from=evil&to=acme&select=ann-founding-evil&path=1", **STILL))
    expect(heading(page)).to_have_text(f"How is Evil {HOSTILE} connected to Acme?")
    expect(page.locator("blockquote")).to_have_text(HOSTILE)
    assert page.locator("interlock-detail a[href^=javascript]").count() == 0
    page.get_by_role("combobox", name="Ask a question").fill("evil")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    page.get_by_text("The map as a list").click()
    assert page.locator("img").count() == 0


@pytest.fixture
def troubled(browser: Browser) -> Iterator[Page]:
    """A page whose API will fail or tarry, so that its console may complain."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_failing_api_is_told_and_can_be_asked_again(origin: str, troubled: Page) -> None:
    troubled.route("**/graphql", lambda route: route.fulfill(status=503, body="no"))
    troubled.goto(origin)
    expect(troubled.get_by_role("alert")).to_contain_text("The server answered with an error (503).")
    troubled.unroute("**/graphql")
    troubled.get_by_role("button", name="Try again").click()
    expect(troubled.get_by_role("button", name="Netflix – Reed Hastings – Board of Meta")).to_be_visible()
    expect(troubled.get_by_role("alert")).to_have_count(0)


def test_slow_api_shows_what_is_to_come(origin: str, troubled: Page) -> None:
    waiting: list[Route] = []
    troubled.route("**/graphql", lambda route: waiting.append(route))
    troubled.goto(origin)
    expect(troubled.get_by_text("Looking for paths")).to_be_attached()
    assert heading(troubled).inner_text() == "How is Netflix connected to Meta's board?"
    assert troubled.locator(".bone-bar").count() > 3
    for route in waiting:
        route.continue_()
    expect(troubled.get_by_role("button", name="Netflix – Reed Hastings – Board of Meta")).to_be_visible()


def violations(page: Page, rules: str) -> list[str]:
    found = page.evaluate(f"async () => (await axe.run({rules})).violations.map(({{id, nodes}}) => `${{id}}: ${{nodes[0].html}}`)")
    assert isinstance(found, list)
    return found


@pytest.mark.skipif(not AXE.exists(), reason="npm packages are missing: make web ARGS=--dev")
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_in_any_state_light_or_dark(origin: str, open_page: Open, size: dict[str, int]) -> None:
    page = opened(open_page(f"{origin}/?from=Netflix&to=Facebook&path=2&at=2013-06&select={INBOX}", size=size, bypass_csp=True, **STILL))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.get_by_role("region", name="Who says so").wait_for()

    def check(state: str) -> None:
        page.emulate_media(color_scheme="light")
        assert violations(page, "") == [], state
        page.emulate_media(color_scheme="dark")
        assert violations(page, "{runOnly: ['color-contrast']}") == [], (state, "dark")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], state

    check("relationship")
    page.keyboard.press("Escape")
    page.get_by_text("Conditions").click()
    page.get_by_text("The map as a list").click()
    check("conditions and list")
    page.get_by_role("button", name="Share").click()
    check("share")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("combobox", name="Ask a question").fill("apple")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    check("suggestions")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Timeline").wait_for()
    check("neighbourhood and entity")
    page.goto(f"{origin}/embed?from=Netflix&to=Facebook")
    opened(page).evaluate(AXE.read_text(encoding="utf-8"))
    check("embed")
