"""GraphQL over HTTP: methods, headers and status codes, as the draft of that specification wants them."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from itertools import count
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from interlock.schema.errors import internal_error
from interlock.server.answering import Answering, Asked
from interlock.server.answers import Answer
from interlock.server.desk import encode
from interlock.server.dispatch import Busy, ClientGone
from interlock.server.graphql_request import RequestError
from interlock.server.negotiation import GRAPHQL_JSON, JSON, is_json, media_type, wants_gzip, wants_page

METHODS: Final = ("GET", "HEAD", "POST")
_REQUEST_ID: Final = re.compile(rb"[\w.:-]{1,64}", re.ASCII)
_QUESTION: Final = re.compile(rb"(?:^|&)(?:query|documentId)=")
_KEPT_BY_CLIENTS: Final = b"public, no-cache"
"""Keep it, and ask each time whether it still holds: the data may be another after a restart."""

AGAIN: Final = 2
"""After how many seconds it is worth asking again where what is asked elsewhere is down."""

log = logging.getLogger("interlock.server")


class GraphQLView:
    """Answers GET and POST; what is no request is told in GraphQL's own form. A browser that asks for no answer gets the console."""

    def __init__(self, answering: Answering, most_bytes: int, console: Callable[[Request], Response] | None = None) -> None:
        self.answering, self.most_bytes, self.console = answering, most_bytes, console
        self._run, self._numbers = secrets.token_hex(4), count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        if self.console and _is_for_people(scope, headers):
            await self.console(Request(scope))(scope, receive, send)
            return
        given = headers.get(b"x-request-id", b"")
        request_id = given if _REQUEST_ID.fullmatch(given) else f"{self._run}-{next(self._numbers)}".encode()
        extra: Mapping[str, str] = {}
        try:
            asked = await self._asked(scope["method"], headers, scope["query_string"], receive)
            if asked is None:
                return
            answer = await self.answering.answer(asked, request_id.decode(), lambda: _hung_up(receive))
        except ClientGone:
            return
        except (RequestError, Busy) as refused:
            error = refused if isinstance(refused, RequestError) else _too_busy(refused)
            told = {"message": str(error), "extensions": {"code": error.code}}
            answer, extra = Answer(error.status, _refusal_type(headers), encode({"errors": [told]}), lasting=False), error.headers
        except Exception:
            log.exception("request %s failed", request_id.decode())
            body = encode({"errors": [internal_error(request_id.decode()).formatted]})
            answer = Answer(500, _refusal_type(headers), body, lasting=False)
        if answer.status == 503 and not extra:
            extra = {"Retry-After": str(AGAIN)}
        await _send(send, answer, request_id, extra, headers, scope["method"] != "POST")

    async def _asked(self, method: str, headers: Mapping[bytes, bytes], query_string: bytes, receive: Receive) -> Asked | None:
        """What is asked; None if the client is gone. Raises ``RequestError``."""
        if method not in METHODS:
            raise RequestError(405, f"{method} is not answered here; GET and POST are.", headers={"Allow": ", ".join(METHODS)})
        accept = headers.get(b"accept", b"").decode("latin-1")
        media = media_type(accept)
        if media is None:
            raise RequestError(406, f"Answers are {GRAPHQL_JSON} or {JSON}; neither is accepted by Accept: {accept[:80]}.")
        gzip = wants_gzip(headers.get(b"accept-encoding", b"").decode("latin-1"))
        if method != "POST":
            return Asked(True, query_string, media, gzip)
        _check_body(headers)
        body = await self._body(headers, receive)
        return None if body is None else Asked(False, body, media, gzip)

    async def _body(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes | None:
        """The body, never more of it than is allowed; None if the client is gone."""
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.most_bytes:
            raise self._too_large()
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.most_bytes:
                raise self._too_large()
            more = message.get("more_body", False)
        return b"".join(parts)

    def _too_large(self) -> RequestError:
        return RequestError(413, f"The body has more than {self.most_bytes:,} bytes, which is the limit.", headers={"Connection": "close"})


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """The headers by name; those that came several times joined, as HTTP has it."""
    found: dict[bytes, bytes] = dict(scope["headers"])
    if len(found) < len(scope["headers"]):
        found.clear()
        for name, value in scope["headers"]:
            found[name] = found[name] + b", " + value if name in found else value
    return found


def _is_for_people(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    """Is it a browser that asks, and not for the answer to a question?"""
    asks = scope["method"] != "GET" or _QUESTION.search(scope["query_string"])
    return not asks and wants_page(headers.get(b"accept", b"").decode("latin-1"))


async def _hung_up(receive: Receive) -> None:
    """Come back when the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _too_busy(busy: Busy) -> RequestError:
    return RequestError(503, str(busy), "SERVER_BUSY", {"Retry-After": str(busy.seconds)})


def _check_body(headers: Mapping[bytes, bytes]) -> None:
    coding = headers.get(b"content-encoding", b"identity").decode("latin-1")
    if coding.strip().lower() != "identity":
        raise RequestError(415, f"The body is coded as {coding[:40]}; send it as it is.", headers={"Accept-Encoding": "identity"})
    kind = headers.get(b"content-type", b"").decode("latin-1")
    if not is_json(kind):
        said = f"The body is {kind[:80]}" if kind else "The request has no Content-Type"
        raise RequestError(415, f"{said}; it must be application/json in UTF-8.", headers={"Accept-Post": JSON})


def _refusal_type(headers: Mapping[bytes, bytes]) -> str:
    return media_type(headers.get(b"accept", b"").decode("latin-1")) or JSON


async def _send(
    send: Send, answer: Answer, request_id: bytes, extra: Mapping[str, str], asked: Mapping[bytes, bytes], is_link: bool
) -> None:
    """Send an answer; where it was asked for by a link and the client has it already, say that it still holds."""
    status, body = answer.status, answer.body
    headers = [(b"vary", b"Accept, Accept-Encoding"), (b"x-request-id", request_id)]
    if is_link and answer.lasting and answer.status == 200:
        etag = answer.etag.encode()
        headers += [(b"etag", etag), (b"cache-control", _KEPT_BY_CLIENTS)]
        if _is_known(asked.get(b"if-none-match"), etag):
            status, body = 304, b""
    else:
        headers.append((b"cache-control", b"no-store"))
    if status != 304:
        headers += [(b"content-type", f"{answer.media}; charset=utf-8".encode()), (b"content-length", b"%d" % len(body))]
        headers.append((b"x-content-type-options", b"nosniff"))
        if answer.coding:
            headers.append((b"content-encoding", answer.coding.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in extra.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _is_known(given: bytes | None, etag: bytes) -> bool:
    """Does ``If-None-Match`` name this entity tag (weakly compared, as RFC 9110 has it)?"""
    return given is not None and (given.strip() == b"*" or etag in (each.strip().removeprefix(b"W/") for each in given.split(b",")))
