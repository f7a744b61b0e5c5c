"""What an HTTP request asks of GraphQL, read from its body or its link; or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from interlock.graph import InterlockError

HOW_TO_ASK: Final = 'POST {"query": "…"} as JSON, or GET with ?query=…; the schema is at /schema.graphql.'
_NAMES: Final = ("query", "documentId", "operationName", "variables", "extensions")
_MOST_PARAMETERS: Final = 100


class RequestError(InterlockError):
    """A request that can't be answered: with which HTTP status it is refused, a code, and headers that help."""

    def __init__(self, status: int, message: str, code: str = "BAD_REQUEST", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers or {}


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One request: a document or the id of one, the name of its operation, and the values of its variables."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any]


def read_body(body: bytes) -> GraphQLRequest:
    """The request in a JSON body."""
    if not body:
        raise RequestError(400, f"The body is empty. {HOW_TO_ASK}")
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RequestError(400, f"The body is not JSON in UTF-8: {error}.") from None
    if isinstance(read, list):
        raise RequestError(
            400, "The body is a list. Batches are not answered: send each request by itself, or ask for all in one document."
        )
    if not isinstance(read, dict):
        raise RequestError(400, f"The body is {shown(read)}; it must be a JSON object. {HOW_TO_ASK}")
    return _read(read)


def read_link(query_string: bytes) -> GraphQLRequest:
    """The request in the query string of a link; ``variables`` and ``extensions`` are JSON in it."""
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise RequestError(400, f"The link is not in order: {error}.") from None
    given: dict[str, Any] = {}
    for name, value in pairs:
        if name in given and name in _NAMES:
            raise RequestError(400, f"The link gives {name} twice.")
        given[name] = value
    for name in ("variables", "extensions"):
        if given.get(name):
            try:
                given[name] = orjson.loads(given[name])
            except orjson.JSONDecodeError as error:
                raise RequestError(400, f"{name} is not JSON: {error}.") from None
    return _read({name: value for name, value in given.items() if value != ""})


def _read(given: dict[str, Any]) -> GraphQLRequest:
    for name in _NAMES[:3]:
        _must_be(str, "a text", name, given)
    for name in _NAMES[3:]:
        _must_be(dict, "a JSON object", name, given)
    query, document_id = given.get("query"), given.get("documentId")
    if query is not None and document_id is not None:
        raise RequestError(400, "The request has a query and a documentId. Send one of them.")
    if query is None and document_id is None:
        there = f" There is only: {', '.join(map(shown, list(given)[:5]))}." if given else ""
        raise RequestError(400, f"There is no query.{there} {HOW_TO_ASK}")
    return GraphQLRequest(query, document_id, given.get("operationName") or None, given.get("variables") or {})


def _must_be(kind: type, said: str, name: str, given: dict[str, Any]) -> None:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        raise RequestError(400, f"{name} is {shown(value)}; it must be {said}.")


def shown(value: object) -> str:
    """The beginning of a value, as JSON."""
    try:
        text = orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return "nested too deeply to be shown"
    return text if len(text) <= 40 else f"{text[:40]}…"
