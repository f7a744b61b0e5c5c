"""Every error carries a code; what was not foreseen is masked, and logged under the id that the client is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from graphql import GraphQLError, GraphQLSyntaxError

from interlock.graph.errors import QuestionError

CODES: Final = {
    "GRAPHQL_PARSE_FAILED": "The document is not GraphQL.",
    "GRAPHQL_VALIDATION_FAILED": "The document doesn't fit the schema, or a variable doesn't fit its type.",
    "BAD_USER_INPUT": "A value isn't understood, is out of range, or contradicts another.",
    "UNKNOWN_ENTITY": "Nothing has that name; `suggestions` are the nearest.",
    "AMBIGUOUS_ENTITY": "Several have that name; `candidates` are those.",
    "SAME_ENTITY": "Both ends of a path are one entity.",
    "INVALID_CURSOR": "The cursor was not made here, or for another list.",
    "STALE_CURSOR": "The cursor was made when the dataset was another version; begin again without it.",
    "QUERY_TOO_COSTLY": "The document asks for more than is allowed: `measure` says of what, `value` how much; `limit` is the limit.",
    "OPERATION_RESOLUTION_FAILURE": "The document has no operation of that name, or several of which none was named.",
    "DOCUMENT_NOT_FOUND": "No document is known under that `documentId`.",
    "DOCUMENT_NOT_TRUSTED": "This server answers known documents only, and this is none of them.",
    "BAD_REQUEST": "The HTTP request is none that GraphQL knows: no query, no JSON, a wrong media type.",
    "SERVER_BUSY": "Too many questions are waiting; ask again after the seconds that `Retry-After` tells.",
    "BACKEND_UNAVAILABLE": "The engine that has the relationships can't be relied on now; ask again after what `Retry-After` tells.",
    "RATE_LIMITED": "This client asks more often than it may; `Retry-After` says when it may again.",
    "UNAUTHENTICATED": "The key is not known, or there is none where one is needed.",
    "INTERNAL": "Something else went wrong; `requestId` finds it in the log.",
}
"""Every value of ``extensions.code``, and what it means."""

log = logging.getLogger("interlock.schema")


def coded(errors: Iterable[GraphQLError], request_id: str) -> list[GraphQLError]:
    """The errors with their codes; those that were not foreseen are masked, and logged as one."""
    told = [_coded(error) for error in errors]
    unforeseen = [error.original_error for error in told if (error.extensions or {}).get("code") not in CODES]
    if unforeseen:
        log.error("request %s failed in %d place(s); the first:", request_id, len(unforeseen), exc_info=unforeseen[0])
    return [error if (error.extensions or {}).get("code") in CODES else internal_error(request_id, error) for error in told]


def internal_error(request_id: str, error: GraphQLError | None = None) -> GraphQLError:
    """What is told of an error that was not foreseen: where it was, and under which number it is in the log."""
    return GraphQLError(
        f"Internal error. Its number in the log is {request_id}.",
        nodes=error.nodes if error else None,
        path=error.path if error else None,
        extensions={"code": "INTERNAL", "requestId": request_id},
    )


def _coded(error: GraphQLError) -> GraphQLError:
    """The error with its code, if it was foreseen."""
    original, extensions = error.original_error, error.extensions or {}
    if extensions.get("code") in CODES:
        return error
    if original is None or isinstance(original, GraphQLError):
        code = "GRAPHQL_PARSE_FAILED" if isinstance(error, GraphQLSyntaxError) else "GRAPHQL_VALIDATION_FAILED"
        error.extensions = {**extensions, "code": code}
    elif isinstance(original, QuestionError):
        error.extensions = original.extensions
    return error
