from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client import generate_latest
from starlette.testclient import TestClient

from harness import entity, graph, tie
from interlock.graph import Engine
from interlock.server.app import create_app
from interlock.server.logs import FIELDS, JsonLines, LogFormat, TextLines, set_up
from interlock.server.metrics import Metrics, serve_metrics
from interlock.server.persisted import _hash
from interlock.server.settings import Settings
from interlock.server.tracing import Tracing

GRAPH = graph(tie("ann", "acme", "2011/2019"), entities=[entity("Ann", "PERSON")])
PATHS = 'query Known { paths(from: "ann", to: "acme") { totalCount } }'


def metrics_of(metrics: Metrics) -> str:
    return generate_latest(metrics.registry).decode()


def used(tmp_path: Path) -> tuple[Metrics, TestClient]:
    manifest = tmp_path / "documents.json"
    manifest.write_text(json.dumps({_hash(PATHS): PATHS}), encoding="utf-8")
    metrics = Metrics()
    return metrics, TestClient(create_app(Engine(GRAPH), Settings(documents=manifest), metrics))


def test_metrics_tell_what_was_asked_by_the_names_of_the_server_alone(tmp_path: Path) -> None:
    metrics, client = used(tmp_path)
    for _ in range(2):
        assert client.post("/graphql", json={"documentId": _hash(PATHS), "operationName": "Known"}).status_code == 200
    client.post("/graphql", json={"query": "query Secret { __typename }"})
    client.get("/entity/secret", headers={"accept": "text/html"})
    client.get("/secret")
    client.request("SECRET", "/livez")
    told = metrics_of(metrics)
    assert "secret" not in told.lower()
    for line in (
        'interlock_requests_total{method="POST",route="/graphql",status="200"} 3.0',
        'interlock_requests_total{method="GET",route="/entity/{slug}",status="404"} 1.0',
        'interlock_requests_total{method="GET",route="",status="404"} 1.0',
        'interlock_requests_total{method="other",route="/livez",status="405"} 1.0',
        'interlock_request_seconds_count{operation="Known",route="/graphql"} 1.0',
        'interlock_answers_total{source="memory"} 1.0',
        'interlock_answers_total{source="made"} 2.0',
        'interlock_searches_total{stopped_by="COMPLETE"} 1.0',
        'interlock_dataset_size{of="entities"} 2.0',
    ):
        assert line in told
    assert re.search(r"interlock_search_steps_total [1-9]", told)
    assert re.search(r'interlock_dataset_info\{.*version="test"\} 1.0', told)


def test_metrics_take_what_workers_tell() -> None:
    metrics = Metrics()
    metrics.working(queued=3, busy=2)
    assert metrics.registry.get_sample_value("interlock_queue_length") == 3
    assert metrics.registry.get_sample_value("interlock_workers_busy") == 2


def test_metrics_are_on_a_listener_of_their_own(tmp_path: Path) -> None:
    metrics, client = used(tmp_path)
    assert client.get("/metrics").status_code == 404
    port = serve_metrics(metrics, "127.0.0.1", 0)
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        assert b"interlock_requests_total" in answer.read()


def test_request_is_logged_once_without_what_was_asked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _, client = used(tmp_path)
    with caplog.at_level(logging.INFO, "interlock.access"):
        client.post("/graphql?secret=1", json={"query": PATHS, "variables": {"secret": 1}}, headers={"X-Request-Id": "r1"})
    (record,) = [each for each in caplog.records if each.name == "interlock.access"]
    line = json.loads(JsonLines().format(record))
    assert {name: line[name] for name in ("request", "method", "route", "status")} == {
        "request": "r1", "method": "POST", "route": "/graphql", "status": 200,
    }  # fmt: skip
    assert line["price"] > 1000
    assert line["bytes"] > 50
    assert line.keys() <= {"time", "level", "logger", "message", *FIELDS}
    for text in (json.dumps(line), TextLines().format(record)):
        assert not re.search("secret|ann|acme|testclient", text)


def test_failure_is_logged_once_with_the_number_that_the_client_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    metrics = Metrics()
    client = TestClient(create_app(Engine(GRAPH), None, metrics))
    monkeypatch.setattr("interlock.server.pages.Pages._dataset", lambda *_: 1 / 0)
    number = client.get("/dataset").json()["errors"][0]["extensions"]["requestId"]
    (record,) = [each for each in caplog.records if each.exc_info]
    assert json.loads(JsonLines().format(record))["request"] == number
    assert "ZeroDivisionError" in TextLines().format(record)
    assert metrics.registry.get_sample_value("interlock_failures_total") == 1


def test_log_is_for_machines_unless_a_person_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    loggers = [logging.getLogger(name) for name in ("interlock", "uvicorn", "asyncio", "opentelemetry", "py.warnings")]
    before = [(each.handlers, each.propagate, each.level) for each in loggers]
    try:
        set_up(LogFormat.AUTO)
        logging.getLogger("interlock.access").info("answered", extra={"status": 200})
        assert json.loads(capsys.readouterr().err)["status"] == 200
        logging.getLogger("asyncio").error("Task exception was never retrieved")
        assert json.loads(capsys.readouterr().err)["logger"] == "asyncio"
        set_up(LogFormat.TEXT)
        logging.getLogger("interlock.access").info("answered", extra={"status": 200})
        assert capsys.readouterr().err.endswith("info answered status=200\n")
        set_up(LogFormat.OFF)
        logging.getLogger("interlock.access").info("answered")
        assert not capsys.readouterr().err
    finally:
        logging.captureWarnings(False)
        for logger, (handlers, propagate, level) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(level)


def test_span_tells_the_route_and_goes_on_where_the_client_says() -> None:
    trace = pytest.importorskip("opentelemetry.sdk.trace")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    provider, spans = trace.TracerProvider(), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    client = TestClient(Tracing(create_app(Engine(GRAPH)), provider.get_tracer("test")))
    client.get("/entity/ann?secret=1", headers={"traceparent": f"00-{'a' * 32}-{'b' * 16}-01", "accept": "text/html"})
    (span,) = spans.get_finished_spans()
    assert span.name == "GET /entity/{slug}"
    assert dict(span.attributes or {}) == {
        "http.response.status_code": 200, "http.request.method": "GET", "http.route": "/entity/{slug}",
    }  # fmt: skip
    assert format(span.context.trace_id, "x") == "a" * 32
