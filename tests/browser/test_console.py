from __future__ import annotations

import pytest

from browser.conftest import Open
from interlock.server.assets import find_bundle

pytestmark = pytest.mark.skipif(find_bundle("console") is None, reason="the console is not built: make web")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_console_opens_with_its_examples_and_answers(origin: str, open_page: Open, dark: bool) -> None:
    page = open_page(f"{origin}/graphql", dark=dark)
    tabs = page.get_by_role("tab")
    tabs.nth(4).wait_for()
    assert tabs.all_inner_texts() == ["Paths", "Entity", "Search", "Pages", "Ask"]
    page.locator(".graphiql-query-editor .view-line").first.wait_for()
    page.get_by_role("button", name="Execute query").click()
    page.locator(".result-window").get_by_text("Reed Hastings").first.wait_for()


def test_console_shows_the_schema_and_checks_a_query_against_it(origin: str, open_page: Open) -> None:
    page = open_page(f"{origin}/graphql")
    page.get_by_role("tab").nth(4).wait_for()
    page.get_by_role("button", name="Show Documentation Explorer").click()
    page.get_by_text("A GraphQL schema provides a root type").wait_for()
    page.get_by_role("link", name="Query").first.click()
    page.get_by_role("link", name="paths", exact=True).wait_for()
    page.locator(".graphiql-query-editor .view-line").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("{ nonsense }")
    page.locator(".graphiql-query-editor .squiggly-error").first.wait_for(state="attached")
