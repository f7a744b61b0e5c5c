"""Each request once: its id, a line in the log, the metrics; and where all else failed, an answer that tells nothing but the id."""

from __future__ import annotations

import logging
import re
import secrets
import time
from itertools import count
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interlock.schema.errors import internal_error
from interlock.server.metrics import Metrics
from interlock.server.request_record import begin

_REQUEST_ID: Final = re.compile(rb"[\w.:-]{1,64}", re.ASCII)
_GONE: Final = 499
"""What is logged as the status if the client went away before it had an answer."""

log = logging.getLogger("interlock.access")


class Recording:
    """Wraps an application. A client's own ``X-Request-Id`` is kept, and told in every answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics
        self._run, self._numbers = secrets.token_hex(4), count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self._request_id(scope)
        began, record = time.perf_counter(), begin(request_id.decode())
        status, size = _GONE, 0

        async def recorded(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                if not any(name.lower() == b"x-request-id" for name, _ in message["headers"]):
                    message["headers"] = [*message["headers"], (b"x-request-id", request_id)]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, recorded)
        except ClientDisconnect:
            pass  # nobody is there to be told
        except Exception:
            self.metrics.failed()
            log.exception("failed", extra={"request": record.request_id})
            if status == _GONE:  # else its beginning is sent, and the server closes the connection since the rest is missing
                await JSONResponse({"errors": [internal_error(record.request_id).formatted]}, 500)(scope, receive, recorded)
        finally:
            seconds, route = time.perf_counter() - began, route_of(scope)
            if record.source:
                self.metrics.graphql(record.source)
            self.metrics.answered(route, scope["method"], status, seconds, record.operation)
            extra = {
                "request": record.request_id, "method": scope["method"], "route": route, "status": status, "seconds": round(seconds, 4),
                "bytes": size, "price": record.price or None, "steps": record.steps or None, "operation": record.operation,
            }  # fmt: skip
            log.info("answered", extra=extra)

    def _request_id(self, scope: Scope) -> bytes:
        """The client's own, if it is one; it is put into the scope, so that everybody names the same."""
        for name, value in scope["headers"]:
            if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
                return bytes(value)
        made = f"{self._run}-{next(self._numbers)}".encode()
        scope["headers"] = [*((name, value) for name, value in scope["headers"] if name != b"x-request-id"), (b"x-request-id", made)]
        return made


def route_of(scope: Scope) -> str:
    """The pattern of the route that answered, never the path that was asked for; empty if there was none."""
    route = scope.get("route")
    return str(getattr(route, "path", "")) or ("/static" if scope["path"].startswith("/static/") else "")
