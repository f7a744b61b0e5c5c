"""Every error carries a code; what was not foreseen is masked, and logged under the id that the client is told."""

from __future__ import annotations

import logging
import uuid
from typing import Final

from graphql import GraphQLError

from interlock.graph.errors import QuestionError

CODES: Final = {
    "GRAPHQL_PARSE_FAILED": "The document is not GraphQL.",
    "GRAPHQL_VALIDATION_FAILED": "The document doesn't fit the schema, or a variable doesn't fit its type.",
    "BAD_USER_INPUT": "A value isn't understood, is out of range, or contradicts another.",
    "UNKNOWN_ENTITY": "Nothing has that name; `suggestions` are the nearest.",
    "AMBIGUOUS_ENTITY": "Several have that name; `candidates` are those.",
    "SAME_ENTITY": "Both ends of a path are one entity.",
    "BAD_REQUEST": "The HTTP request is none that GraphQL knows: no query, no JSON, a wrong media type.",
    "INTERNAL": "Something else went wrong; `requestId` finds it in the log.",
}
"""Every value of ``extensions.code``, and what it means."""

log = logging.getLogger("interlock.schema")


def coded(errors: list[GraphQLError] | None) -> list[GraphQLError] | None:
    """The errors of an answer, each with its code."""
    return [_coded(error) for error in errors] if errors else None


def _coded(error: GraphQLError) -> GraphQLError:
    if (error.extensions or {}).get("code") in CODES:
        return error
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        parsing = type(error).__name__ == "GraphQLSyntaxError"
        error.extensions = {**(error.extensions or {}), "code": "GRAPHQL_PARSE_FAILED" if parsing else "GRAPHQL_VALIDATION_FAILED"}
        return error
    if isinstance(original, QuestionError):
        error.extensions = original.extensions
        return error
    request_id = uuid.uuid4().hex
    log.error("request %s failed", request_id, exc_info=original)
    return GraphQLError(
        f"Internal error. Its number in the log is {request_id}.",
        nodes=error.nodes,
        path=error.path,
        extensions={"code": "INTERNAL", "requestId": request_id},
    )
