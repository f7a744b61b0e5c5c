"""Names that try to run: nothing does, no dialog opens, nothing is complained of (see ``open_page``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from test_what_comes_out import GRAPH, NAMED

from browser.conftest import Open, serving
from browser.mapping import STILL, needs_map, opened
from interlock.graph import Engine
from interlock.server.app import create_app


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with serving(create_app(Engine(GRAPH))) as address:
        yield address


@pytest.mark.parametrize(
    "path", ["/entity/acme", "/dataset", *(f"/entity/{each.slug}" for each in NAMED[:4]), f"/reconcile/preview?id={NAMED[0].id}"]
)
def test_page_runs_nothing_of_the_data(hostile: str, open_page: Open, path: str) -> None:
    page = open_page(f"{hostile}{path}")
    page.wait_for_load_state("networkidle")
    assert page.locator("img, iframe, [onerror], [onload]").count() == 0
    assert re.search("Acme|script", page.locator("body").inner_text())


@needs_map
@pytest.mark.parametrize("path", ["/?of=acme", "/embed?of=acme", f"/?q=How+is+{NAMED[0].slug}+connected+to+{NAMED[1].slug}%3F"])
def test_map_runs_nothing_of_the_data(hostile: str, open_page: Open, path: str) -> None:
    page = opened(open_page(f"{hostile}{path}", **STILL))
    page.wait_for_load_state("networkidle")
    assert page.locator("img, iframe, script:not([src]), [onerror], [onload], a[href^=javascript i], a[href^=data i]").count() == 0
    if page.locator("interlock-list .name:visible").count() == 0:
        page.get_by_text("The map as a list").click()
    page.locator("interlock-list .name").get_by_text("<script>alert(1)</script>").first.wait_for()
