from __future__ import annotations

import pytest

from browser.conftest import Open
from interlock.server.assets import find_bundle

pytestmark = pytest.mark.skipif(find_bundle("console") is None, reason="the console is not built: make web")


def test_console_opens_with_its_examples_and_answers(origin: str, open_page: Open) -> None:
    page = open_page(f"{origin}/graphql")
    page.get_by_role("tab", name="Paths").wait_for()
    page.get_by_role("button", name="Execute query").click()
    page.locator(".result-window").get_by_text("Reed Hastings").first.wait_for()
    page.screenshot(path="/tmp/console.png")
