"""Spans reach whoever collects them: a receiver of ours, over HTTP, as OTLP has them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from harness import graph, tie
from interlock.graph import Engine
from interlock.server.app import create_app
from interlock.server.settings import Settings
from serving import served

pytest.importorskip("opentelemetry.exporter.otlp.proto.http")
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

DATA = """
@prefix entity: <https://interlock.example/entity/> .
@prefix schema: <https://schema.org/> .
entity:acme a schema:Corporation ; schema:name "Acme" .
"""
TRACE, PARENT = "a" * 32, "b" * 16


@contextmanager
def receiving() -> Iterator[tuple[str, Queue[Any]]]:
    """The address of a receiver, and the requests that came there, decoded."""
    received: Queue[Any] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            body = gzip.decompress(body) if self.headers["content-encoding"] == "gzip" else body
            assert self.headers["content-type"] == "application/x-protobuf"
            received.put(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", received
        server.shutdown()


def attributes(values: Any) -> dict[str, object]:
    return {each.key: each.value.string_value or each.value.int_value for each in values}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "acme.ttl"
    path.write_text(DATA)
    return path


def get(port: int, path: str, **headers: str) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        told: str = answer.read().decode()
    return told


def test_spans_reach_a_receiver_and_the_last_before_the_server_ends(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100000")  # ms: nothing is sent until the server ends
    with receiving() as (address, received), served(tmp_path, "--data", str(data), traces=address, workers="1", log="json") as server:
        get(server.port, "/entity/acme.ttl?secret=1", traceparent=f"00-{TRACE}-{PARENT}-01")
        os.kill(server.pid, signal.SIGTERM)
        (resource,) = received.get(timeout=60).resource_spans
    assert attributes(resource.resource.attributes)["service.name"] == "interlock"
    (span,) = [each for scope in resource.scope_spans for each in scope.spans if each.trace_id.hex() == TRACE]
    assert (span.name, span.parent_span_id.hex()) == ("GET /entity/{slug}", PARENT)
    assert attributes(span.attributes) == {
        "http.request.method": "GET", "http.route": "/entity/{slug}", "http.response.status_code": 200,
    }  # fmt: skip
    assert 0 < span.end_time_unix_nano - span.start_time_unix_nano < 60e9
    assert "secret" not in str(resource)


def test_all_that_is_served_one_after_the_other_sends_its_spans_by_one_thread() -> None:
    engine = Engine(graph(tie("ann", "acme")))
    with receiving() as (address, _):
        before = set(threading.enumerate())
        for _ in range(3):
            create_app(engine, Settings(traces=address))
        assert len([each for each in set(threading.enumerate()) - before if "Otel" in each.name]) == 1


def test_receiver_that_is_not_there_keeps_nobody_and_is_told_of_as_all_else(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "10")
    with served(tmp_path, "--data", str(data), traces="http://127.0.0.1:9/v1/traces", workers="0", log="json") as server:
        assert get(server.port, "/livez") == "ok\n"
        assert get(server.port, "/livez") == "ok\n"
    told = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    assert any(each["logger"].startswith("opentelemetry") for each in told), server.log.read_text()
