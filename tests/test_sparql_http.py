"""The SPARQL protocol over HTTP, against a server of the test's own that answers as servers do when something is wrong."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pyoxigraph as ox
import pytest
from backends import differences, ordered, told

from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql import SparqlBackend
from interlock.graph.backends.sparql_answers import Answer
from interlock.graph.backends.sparql_http import HttpTransport
from interlock.graph.errors import BadInput
from interlock.graph.filters import RelationshipFilter
from random_rdf import dataset

JSON = "application/sparql-results+json"
ONE = b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "1"}}]}}'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answer: Callable[[Handler, str], None]
    seen: list[tuple[str, str, str | None]]

    def do_GET(self) -> None:
        self.took(parse_qs(urlsplit(self.path).query)["query"][0])

    def do_POST(self) -> None:
        self.took(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0])

    def took(self, query: str) -> None:
        self.seen.append((self.command, self.path.partition("?")[0], self.headers.get("Authorization")))
        type(self).answer(self, query)

    def reply(self, body: bytes, status: int = 200, kind: str = JSON, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing is written."""


@contextmanager
def served(answer: Callable[[Handler, str], None]) -> Iterator[tuple[str, list[tuple[str, str, str | None]]]]:
    """The address of a server that answers so, and the requests that it saw: method, path, credentials."""
    seen: list[tuple[str, str, str | None]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answering", (Handler,), {"answer": staticmethod(answer), "seen": seen}))
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.02,)).start()
    try:
        yield f"127.0.0.1:{server.server_port}/sparql", seen
    finally:
        server.shutdown()
        server.server_close()


def asked(url: str, query: str = "SELECT (1 AS ?n) {}", **limits: float) -> Answer:
    async def ask() -> Answer:
        transport = HttpTransport(url, **limits)  # type: ignore[arg-type]
        try:
            return await transport.select(query, ["n"])
        finally:
            await transport.close()

    return asyncio.run(ask())


def test_short_queries_go_by_get_and_long_ones_by_post_over_one_connection() -> None:
    ports = set()

    def answer(handler: Handler, query: str) -> None:
        ports.add(handler.client_address[1])
        handler.reply(ONE)

    async def several(url: str) -> None:
        transport = HttpTransport(url)
        for query in ("SELECT (1 AS ?n) {}", f"SELECT (1 AS ?n) {{}} # {'é' * 3_000}"):
            assert (await transport.select(query, ["n"])).rows == [(ox.Literal("1"),)]
        await transport.close()

    with served(answer) as (address, seen):
        asyncio.run(several(f"http://me:s%2Fecret@{address}"))
    assert [(method, path) for method, path, _ in seen] == [("GET", "/sparql"), ("POST", "/sparql")]
    assert {credentials for _, _, credentials in seen} == {"Basic bWU6cy9lY3JldA=="}
    assert len(ports) == 1


def test_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    def answer(handler: Handler, query: str) -> None:
        handler.reply(ONE)
        handler.close_connection = True  # which the answer doesn't tell

    async def twice(url: str) -> None:
        transport = HttpTransport(url)
        for _ in range(2):
            assert (await transport.select("SELECT (1 AS ?n) {}", ["n"])).rows
            await asyncio.sleep(0.1)
        await transport.close()

    with served(answer) as (address, seen):
        asyncio.run(twice(f"http://{address}"))
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("headers", "status", "clipped"), [({}, 200, False), ({"X_SPARQL_MaxRows": "1"}, 200, True), ({}, 206, True)], ids=str
)
def test_answer_that_says_that_it_is_clipped_is_noticed(headers: dict[str, str], status: int, clipped: bool) -> None:
    with served(lambda handler, query: handler.reply(ONE, status, **headers)) as (address, _):
        assert asked(f"http://{address}") == Answer([(ox.Literal("1"),)], clipped)


def slowly(handler: Handler, query: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    with suppress(ConnectionError):  # whoever asked is gone
        for _ in range(40):  # something comes all the time, and never the end
            handler.wfile.write(b" ")
            time.sleep(0.05)


def cut_short(handler: Handler, query: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", str(len(ONE) + 1))
    handler.end_headers()
    handler.wfile.write(ONE)
    handler.close_connection = True


def no_http(handler: Handler, query: str) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    handler.close_connection = True


FAULTS: dict[str, tuple[Callable[[Handler, str], None], str]] = {
    "slow": (slowly, "did not answer within 0.5 seconds"),
    "cut short": (cut_short, "broke off"),
    "no HTTP": (no_http, "answered what is no HTTP"),
    "too big": (lambda handler, query: handler.reply(b" " * 5_000), "more than 4,000 bytes"),
    "endless head": (lambda handler, query: handler.reply(ONE, X_Long="x" * 70_000), "more than 4,000 bytes|answered what is no HTTP"),
    "no JSON": (lambda handler, query: handler.reply(ONE[:-5]), "no SPARQL result"),
    "other JSON": (lambda handler, query: handler.reply(b'{"boolean": true}'), "no SPARQL result"),
    "bindings of another form": (lambda handler, query: handler.reply(b'{"results": {"bindings": [{"n": 1}]}}'), "no SPARQL result"),
    "no IRI": (lambda handler, query: handler.reply(ONE.replace(b"literal", b"uri")), "no SPARQL result"),
    "a page": (lambda handler, query: handler.reply(b"<p>Hello", kind="text/html"), "is it an endpoint"),
    "busy": (lambda handler, query: handler.reply(b"later", 503, Retry_After="7"), r"status 503; it says to ask again in 7: later"),
    "refused": (lambda handler, query: handler.reply(b"Virtuoso 37000 Error\n SP030", 400), "status 400: Virtuoso 37000 Error SP030"),
    "its own time limit": (lambda handler, query: handler.reply(ONE, X_SQL_State="S1TAT"), "stopped before it was through"),
    "elsewhere": (lambda handler, query: handler.reply(b"", 307, Location="http://127.0.0.2/sparql"), "redirects to another host"),
    "other port": (lambda handler, query: handler.reply(b"", 302, Location="http://127.0.0.1:1/sparql"), "redirects to another host"),
    "other scheme": (lambda handler, query: handler.reply(b"", 302, Location="file:///etc/passwd"), "redirects to another host"),
    "circle": (lambda handler, query: handler.reply(b"", 302, Location="/sparql"), "redirects in circles"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_is_told_with_the_endpoint_and_without_its_password(fault: str) -> None:
    answer, message = FAULTS[fault]
    with served(answer) as (address, _), pytest.raises(BackendDown, match=message) as caught:
        asked(f"http://me:secret@{address}", seconds=0.5, most_bytes=4_000)
    assert f"http://{address}" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_redirect_on_the_same_host_is_followed() -> None:
    def answer(handler: Handler, query: str) -> None:
        there = handler.path.startswith("/there")
        handler.reply(ONE if there else b"", 200 if there else 308, **({} if there else {"Location": "/there"}))

    with served(answer) as (address, seen):
        assert asked(f"http://{address}").rows == [(ox.Literal("1"),)]
    assert [path for _, path, _ in seen] == ["/sparql", "/there"]


def test_endpoint_that_is_not_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(BackendDown, match="can't be reached"):
            asked(f"http://127.0.0.1:{free.getsockname()[1]}/sparql")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "sparql", "http://", "http://a.example:port/", "http://a.example/ x", "http://a\r\n.example/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        HttpTransport(url)


@pytest.mark.parametrize("most", [10_000, 40])
def test_answers_over_http_are_those_of_memory_though_they_are_clipped(tmp_path: Path, most: int) -> None:
    path, graph = ordered(dataset(11, faulty=False), tmp_path)
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)

    def answer(handler: Handler, query: str) -> None:
        solutions = store.query(query).serialize(format=ox.QueryResultsFormat.JSON)
        before, between, rows = solutions.partition(b'"bindings":[')
        kept = rows.split(b"},{")[:most]
        clipped = len(kept) < len(rows.split(b"},{"))
        body = before + between + b"},{".join(kept) + (b"}]}}" if clipped else b"")
        handler.reply(body, **({"X-SPARQL-MaxRows": str(most)} if clipped else {}))

    async def compare(url: str) -> None:
        backend, memory = await SparqlBackend.open(HttpTransport(url)), MemoryBackend(graph)
        assert differences(memory.directory, backend.directory) == set()
        everybody = np.arange(len(graph.entities), dtype=np.int32)
        assert await told(backend, everybody, RelationshipFilter()) == await told(memory, everybody, RelationshipFilter())
        await backend.close()

    with served(answer) as (address, _):
        asyncio.run(compare(f"http://{address}"))
