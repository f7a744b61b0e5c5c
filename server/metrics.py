"""What is counted while serving, in Prometheus's terms; labels have few values, whatever clients send."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, start_http_server

from interlock.graph import KnowledgeGraph
from interlock.graph.budget import StopReason

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Metrics:
    """The counters of one application, in a registry of its own. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._requests = Counter("interlock_requests", "Requests", ("route", "method", "status"), registry=registry)
        self._seconds = Histogram(
            "interlock_request_seconds", "Until a request was answered", ("route", "operation"), registry=registry, buckets=_SECONDS
        )
        self._limited = Counter("interlock_rate_limited", "Requests refused with 429", ("by",), registry=registry)
        self._answers = Counter("interlock_answers", "Answers of GraphQL, by where they came from", ("source",), registry=registry)
        self._steps = Counter("interlock_search_steps", "Relationships looked at by searches", registry=registry)
        self._searches = Counter("interlock_searches", "Searches, by what ended them", ("stopped_by",), registry=registry)
        self._failures = Counter("interlock_failures", "Requests that failed unexpectedly", registry=registry)
        self._queue = Gauge("interlock_queue_length", "Questions that wait for a worker", registry=registry)
        self._busy = Gauge("interlock_workers_busy", "Workers that answer a question", registry=registry)
        self._dataset = Info("interlock_dataset", "What is served", registry=registry)
        self._sizes = Gauge("interlock_dataset_size", "How much is served", ("of",), registry=registry)

    def loaded(self, graph: KnowledgeGraph) -> None:
        """From now on this graph is served."""
        self._dataset.info({"version": graph.version, "licence": graph.licence or "", "loaded_at": graph.loaded_at})
        for name in ("entities", "relationships", "claims", "sources"):
            self._sizes.labels(name).set(len(getattr(graph, name)))

    def answered(self, route: str, method: str, status: int, seconds: float, operation: str = "") -> None:
        """A request was answered; ``route`` and ``operation`` are names of the server's own, not the client's."""
        self._requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
        self._seconds.labels(route, operation).observe(seconds)

    def graphql(self, source: str) -> None:
        """A GraphQL answer was given: from memory, or made anew."""
        self._answers.labels(source).inc()

    def searched(self, steps: int, stopped_by: StopReason) -> None:
        """A search ended after so many steps."""
        self._steps.inc(steps)
        self._searches.labels(stopped_by.value).inc()

    def rate_limited(self, by_key: bool) -> None:
        """A client, known by its key or by its address, was told to wait."""
        self._limited.labels("key" if by_key else "address").inc()

    def failed(self) -> None:
        """A request failed in a way that was not foreseen."""
        self._failures.inc()

    def working(self, queued: int, busy: int) -> None:
        """So many questions wait, and so many workers are at work."""
        self._queue.set(queued)
        self._busy.set(busy)


def serve_metrics(metrics: Metrics, host: str, port: int) -> int:
    """Serve them at ``/metrics`` of a listener of their own, until the program ends; returns its port. Raises ``OSError``."""
    server, _ = start_http_server(port, host, metrics.registry)
    return int(server.server_port)
