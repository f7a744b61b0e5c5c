from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.conftest import PHONE, WIDE, Open
from web import PACKAGES

AXE = PACKAGES / "axe-core/axe.min.js"
PAGES = (
    "/",
    "/?q=Why%3F",
    "/?q=How+is+Evil+connected+to+Acme%3F",
    "/entity/netflix",
    "/entity/reed-hastings",
    "/entity/meta-board",
    "/entity/klein-v-meta",
    "/entity/facebook-inbox-api-agreement",
    "/entity/nobody-at-all",
    "/dataset",
)


def violations(page: Page) -> list[str]:
    """What axe finds: rule and first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`)")
    assert isinstance(found, list)
    return found


@pytest.mark.skipif(not AXE.exists(), reason="npm packages are missing: make web ARGS=--dev")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(origin: str, open_page: Open, path: str, dark: bool) -> None:
    page = open_page(origin + path, dark=dark, bypass_csp=True)
    assert violations(page) == []


@pytest.mark.parametrize("size", [PHONE, WIDE, {"width": 2560, "height": 1400}], ids=lambda size: str(size["width"]))
@pytest.mark.parametrize("path", PAGES)
def test_page_is_as_wide_as_its_window_and_quiet(origin: str, open_page: Open, path: str, size: dict[str, int]) -> None:
    page = open_page(origin + path, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_page_is_read_without_script(origin: str, open_page: Open) -> None:
    page = open_page(f"{origin}/entity/reed-hastings", java_script_enabled=False)
    seat = page.locator("li", has_text="held a seat on Meta's board").first
    seat.locator("summary").click()
    assert "Axios" in seat.inner_text()
    page.get_by_role("link", name="Meta", exact=True).first.click()
    assert page.url == f"{origin}/entity/meta"


def test_print_shows_the_claims(origin: str, open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"{origin}/entity/reed-hastings")
    claim = page.locator(".claims li").first
    assert not claim.is_visible()
    page.emulate_media(media="print")
    assert claim.is_visible()
