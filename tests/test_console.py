from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from interlock.graph import Engine, load
from interlock.schema import Context, build_schema
from interlock.server import console
from interlock.server.assets import STATIC, Bundle
from interlock.server.console import console_response

EXAMPLES = sorted((Path(__file__).parent.parent / "server/web/console/examples").glob("*.graphql"))
APP = Starlette(routes=[Route("/graphql", console_response), Mount("/static", StaticFiles(directory=STATIC), name="static")])
BUNDLE = Bundle("built/assets/console-1.js", ("built/assets/console-2.css",))


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(Engine(load()))


def test_there_are_five_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_example_has_an_answer_that_is_not_empty(example: Path, context: Context) -> None:
    result = build_schema().execute_sync(example.read_text(), context_value=context)
    assert result.errors is None
    assert all(result.data.values())


def test_console_loads_its_bundle_and_no_script_but_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "find_bundle", {"console": BUNDLE}.get)
    answer = TestClient(APP).get("/graphql")
    assert answer.status_code == 200
    assert 'src="/static/built/assets/console-1.js"></script>' in answer.text
    assert '<link rel="stylesheet" href="/static/built/assets/console-2.css">' in answer.text
    directives = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"


def test_console_that_is_not_built_says_how_to_build_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "find_bundle", {}.get)
    answer = TestClient(APP).get("/graphql")
    assert answer.status_code == 503
    assert "make web" in answer.text
