"""What a connection may cost before its request is answered: how long it may take, and how many bytes it may send.

uvicorn limits neither the time nor the size of a request: a client that sends a byte now and then holds a connection as long as it likes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_FRAMES: Final = 65_536
"""Bytes that the chunks and trailers of a body may take beside it, which may double it too."""
_REFUSALS: Final = {
    400: "No other protocol is spoken here. Send the body without Upgrade.",
    408: "The request took too long.",
    413: "The request is too large.",
    431: "The headers are too large.",
    503: "There are too many connections. Try again.",
}
_PHRASES: Final = {
    400: "Bad Request",
    408: "Request Timeout",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}
_OF_BODIES: Final = (b"content-length", b"transfer-encoding")


@dataclass(frozen=True)
class ConnectionLimits:
    """``connections`` at once; ``seconds`` in which a request has to be there whole, and in which some of an answer has to be taken."""

    connections: int = 10_000
    seconds: float = 20.0
    header_bytes: int = 32_768
    body_bytes: int = 1_000_000


class GuardedConnection(HttpToolsProtocol):
    """uvicorn's protocol with these limits; see ``guarded``."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._bytes, self._in_head, self._upgraded = 0, True, False
        self._arriving: asyncio.TimerHandle | None = None
        self._leaving: asyncio.TimerHandle | None = None
        if len(self.connections) > self.limits.connections:
            self._refuse(503)
        else:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing() or self._upgraded:
            return
        self._bytes += len(data)
        if self._in_head:
            self._expect()
        super().data_received(data)
        limit = self.limits.header_bytes if self._in_head else 2 * self.limits.body_bytes + _FRAMES
        if self._bytes > limit and not self.transport.is_closing():
            self._refuse(431 if self._in_head else 413)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # else it is a trailer, which may not say who asks, or for what
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > self.limits.header_bytes:
            self._refuse(431)
            raise ValueError("the headers are too large")  # ends the parser
        if self.parser.should_upgrade() and any(name in _OF_BODIES for name, _ in self.headers):
            self._refuse(400)
            raise ValueError("the parser takes no body that comes with an upgrade")
        self._in_head = False
        super().on_headers_complete()
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        self._bytes, self._in_head = 0, True
        self._arrived()
        self._upgraded = self.parser.should_upgrade()  # nobody is: what comes behind is of a protocol that is not spoken here
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self._in_head and not self.transport.is_closing():  # of what nobody reads no more is taken
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._leaving = self._leaving or self.loop.call_later(self.limits.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        super().resume_writing()

    def _expect(self) -> None:
        """A request has to be there whole before long."""
        self._arriving = self._arriving or self.loop.call_later(self.limits.seconds, self._late)

    def _arrived(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None

    def _late(self) -> None:
        if self._bytes or not self._in_head:
            self._refuse(408)
        else:
            self.transport.close()

    def _refuse(self, status: int) -> None:
        """Say why and close, unless an answer is on its way."""
        answering = bool(self.cycle) and self.cycle.response_started and not self.cycle.response_complete
        if not answering:
            body = _REFUSALS[status]
            lines = (
                f"HTTP/1.1 {status} {_PHRASES[status]}",
                "content-type: text/plain; charset=utf-8",
                f"content-length: {len(body)}",
                "x-content-type-options: nosniff",
                "connection: close",
                *(["retry-after: 1"] if status == 503 else []),
            )
            self.transport.write("\r\n".join((*lines, "", body)).encode())
        self.transport.close()


def guarded(limits: ConnectionLimits) -> type[Any]:
    """The protocol with these limits, as uvicorn's ``http`` takes it."""
    return type("GuardedConnection", (GuardedConnection,), {"limits": limits})
