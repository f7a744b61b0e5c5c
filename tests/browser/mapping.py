"""What the tests of the map share."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from interlock.server.assets import find_bundle

needs_map = pytest.mark.skipif(find_bundle("map") is None, reason="the map is not built: make web")
INBOX = "relationship/facebook-inbox-api-agreement-party-netflix"
STILL: dict[str, Any] = {"reduced_motion": "reduce"}


def opened(page: Page) -> Page:
    """The page, once its map is drawn."""
    page.set_default_timeout(8000)
    page.locator("#cy[data-ready=true]").wait_for()
    return page


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def canvas(page: Page) -> Locator:
    return page.get_by_role("application")


def names(page: Page) -> list[str]:
    """What is on the canvas, by its twin."""
    return page.locator("interlock-list .name").all_inner_texts()
