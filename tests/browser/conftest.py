"""One real server and one real browser for all tests of the pages; every page that is opened has to be quiet and to stay on its origin.

They last as long as this folder is tested: Playwright keeps an event loop running, beside which other tests could not run their own.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from starlette.types import ASGIApp

from interlock.graph import Engine, load
from interlock.server.app import create_app

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

Open = Callable[..., Page]


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The origin at which an application is served meanwhile, on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="package")
def origin() -> Iterator[str]:
    """Where the shipped graph is served."""
    with serving(create_app(Engine(load()))) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """``open_page(url, dark=True, size=PHONE)``: a page of its own; at the end none may have asked elsewhere, or complained."""
    complaints: list[str] = []
    contexts = []

    def open_page(url: str, *, dark: bool = False, size: dict[str, int] = WIDE, **options: Any) -> Page:
        home = "/".join(url.split("/")[:3])
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", **options)
        contexts.append(context)
        context.on("request", lambda request: None if is_at_home(request.url, home) else complaints.append(f"asks {request.url[:200]}"))
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"throws {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"opens {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: complaints.append(f"says {message.text}") if is_complaint(message, url) else None)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def is_at_home(url: str, home: str) -> bool:
    """Is it of this origin, or no request at all (``data:`` and ``blob:`` hold what they name)?"""
    return url.startswith((f"{home}/", "data:", f"blob:{home}/"))


def is_complaint(message: ConsoleMessage, url: str) -> bool:
    """Is it an error, other than that the page itself is one (404, and says so)?"""
    return message.type == "error" and not (message.text.startswith("Failed to load resource") and message.location["url"] == url)
