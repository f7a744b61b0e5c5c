"""The SPARQL 1.1 Protocol over HTTP/1.1: with a time-out, a limit of size, and no trust in where a redirect leads."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Sequence
from contextlib import suppress
from typing import Final
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import httptools

from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql_answers import Answer, read_json
from interlock.graph.errors import BadInput

_JSON: Final = "application/sparql-results+json"
_AGENT: Final = "interlock-graph (SPARQL backend)"
_LONGEST_GET: Final = 2_000
"""Longer requests than these many characters are sent by POST."""
_REDIRECTS: Final = 3
_LONGEST_HEAD: Final = 1 << 16
_READ_AT_ONCE: Final = 1 << 18
_TOLD: Final = 200
"""Characters of an endpoint's own complaint that are told."""
_CLIPPED: Final = ("x-sparql-maxrows",)
"""Headers by which an endpoint says that rows are missing: Virtuoso's ``ResultSetMaxRows``."""


class HttpTransport:
    """An endpoint at an address (``https://user:password@example.org/sparql``).

    ``seconds`` is how long one request may take, ``most_bytes`` how big its answer may be, ``connections`` how many are asked at a time.
    Raises ``BadInput`` for what is no address.
    """

    def __init__(self, url: str, seconds: float = 60.0, most_bytes: int = 1 << 28, connections: int = 4) -> None:
        parts = urlsplit(url)
        try:
            host, port = parts.hostname, parts.port
        except ValueError:
            raise BadInput("The address of the SPARQL endpoint has a port that is no number.") from None
        if parts.scheme not in ("http", "https") or not host or any(each <= " " for each in url):
            raise BadInput("A SPARQL endpoint is named by its address: http://localhost:8890/sparql or https://…")
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._host, self._port = host, port or (443 if self._tls else 80)
        shown = f"[{host}]" if ":" in host else host
        self._authority = shown if port is None else f"{shown}:{port}"
        self._base = f"{parts.scheme}://{self._authority}"
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._credentials = ""
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            self._credentials = f"Authorization: Basic {base64.b64encode(pair).decode()}\r\n"
        self.name = f"{self._base}{parts.path}"
        self._seconds, self._most = seconds, most_bytes
        self._idle: list[_Connection] = []
        self._connections = connections
        self._gate: tuple[asyncio.AbstractEventLoop, asyncio.Semaphore] | None = None

    async def select(self, query: str, variables: Sequence[str]) -> Answer:
        async with self._turn():
            try:
                async with asyncio.timeout(self._seconds):
                    response = await self._asked(urlencode({"query": query}))
            except TimeoutError:
                raise BackendDown(f"{self.name} did not answer within {self._seconds:g} seconds.") from None
        self._refuse(response)
        rows = await asyncio.to_thread(read_json, bytes(response.body), variables, self.name)
        return Answer(rows, response.status == 206 or any(each in response.headers for each in _CLIPPED))

    async def close(self) -> None:
        for connection in self._idle:
            connection.end()
        self._idle.clear()

    def _turn(self) -> asyncio.Semaphore:
        """Lets so many pass at a time; connections of a loop that has ended are forgotten."""
        loop = asyncio.get_running_loop()
        if self._gate is None or self._gate[0] is not loop:
            self._idle.clear()
            self._gate = loop, asyncio.Semaphore(self._connections)
        return self._gate[1]

    async def _asked(self, form: str) -> _Response:
        target = self._target
        for _ in range(_REDIRECTS + 1):
            response = await self._sent(target, form)
            if response.status not in (301, 302, 303, 307, 308):
                return response
            there = urljoin(f"{self._base}{target}", response.headers.get("location", ""))
            parts = urlsplit(there)
            if f"{parts.scheme}://{parts.netloc}" != self._base:
                raise BackendDown(f"{self.name} redirects to another host, which is not followed: name the address that it has now.")
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        raise BackendDown(f"{self.name} redirects in circles.")

    async def _sent(self, target: str, form: str) -> _Response:
        """Send once, and once more if a connection that was kept turns out to be closed."""
        longer = f"{target}{'&' if '?' in target else '?'}{form}"
        head = f"Host: {self._authority}\r\nAccept: {_JSON}\r\nUser-Agent: {_AGENT}\r\n{self._credentials}"
        if len(longer) <= _LONGEST_GET and "query=" not in target:
            request = f"GET {longer} HTTP/1.1\r\n{head}\r\n"
        else:
            form_head = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
            request = f"POST {target} HTTP/1.1\r\n{head}{form_head}\r\n{form}"
        while True:
            kept = bool(self._idle)
            connection = self._idle.pop() if kept else await self._connected()
            try:
                response = await connection.exchange(request.encode(), self._most)
            except (OSError, EOFError) as error:
                connection.end()
                if kept and not connection.heard:
                    continue
                raise BackendDown(f"{self.name} broke off: {error}.") from None
            except httptools.HttpParserError:
                connection.end()
                raise BackendDown(f"{self.name} answered what is no HTTP.") from None
            except _TooBig:
                connection.end()
                raise BackendDown(f"{self.name} answered more than {self._most:,} bytes: ask for less at a time.") from None
            except BaseException:  # a time-out, or nobody waits any longer: what is left of the answer must not meet the next question
                connection.end()
                raise
            if response.keeps:
                self._idle.append(connection)
            else:
                connection.end()
            return response

    async def _connected(self) -> _Connection:
        try:
            return _Connection(*await asyncio.open_connection(self._host, self._port, ssl=self._tls, limit=_READ_AT_ONCE))
        except OSError as error:
            raise BackendDown(f"{self.name} can't be reached: {error.strerror or type(error).__name__}.") from None

    def _refuse(self, response: _Response) -> None:
        """Raise ``BackendDown`` for an answer that is none, or that says of itself that time ran out."""
        headers = response.headers
        if headers.get("x-sql-state"):
            raise BackendDown(f"{self.name} stopped before it was through ({headers['x-sql-state']}): it has a time limit of its own.")
        if response.status not in (200, 206):
            wait = f"; it says to ask again in {headers['retry-after'][:40]}" if headers.get("retry-after") else ""
            said = " ".join(response.body[: 4 * _TOLD].decode("utf-8", "replace").split())[:_TOLD]
            raise BackendDown(f"{self.name} answered with status {response.status}{wait}{f': {said}' if said else ''}")
        if "json" not in headers.get("content-type", ""):
            raise BackendDown(f"{self.name} answered with {headers.get('content-type', 'no type')[:80]!r}, not {_JSON}: is it an endpoint?")


class _TooBig(Exception):
    """An answer is bigger than may be."""


class _Response:
    """Gathers one response, as httptools calls."""

    def __init__(self, most: int) -> None:
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.status, self.keeps, self.whole, self.too_big = 0, False, False, False
        self._most, self._head = most, 0
        self.parser = httptools.HttpResponseParser(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head += len(name) + len(value)
        if self._head > _LONGEST_HEAD:
            self.too_big = True
        else:
            self.headers[name.decode("latin-1").casefold()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.status, self.keeps = self.parser.get_status_code(), self.parser.should_keep_alive()

    def on_body(self, body: bytes) -> None:
        if len(self.body) + len(body) > self._most:
            self.too_big = True
        else:
            self.body += body

    @property
    def ends_with_connection(self) -> bool:
        """Is it whole once the connection is closed, since nothing else says how long it is?"""
        return self.status > 0 and not self.keeps and not {"content-length", "transfer-encoding"} & self.headers.keys()

    def on_message_complete(self) -> None:
        self.whole = True


class _Connection:
    """One connection, for one exchange after another; ``heard`` if anything came back since the last request."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer, self.heard = reader, writer, False

    async def exchange(self, request: bytes, most: int) -> _Response:
        self.heard = False
        self._writer.write(request)
        await self._writer.drain()
        response = _Response(most)
        while not response.whole:
            content = await self._reader.read(_READ_AT_ONCE)
            if not content:
                if response.ends_with_connection:
                    return response
                raise EOFError("the connection was closed before the answer was whole")
            self.heard = True
            response.parser.feed_data(content)
            if response.too_big:
                raise _TooBig
        return response

    def end(self) -> None:
        with suppress(RuntimeError):  # its loop has ended
            self._writer.close()
