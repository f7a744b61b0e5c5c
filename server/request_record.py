"""What is known of a request while it is answered, for the log, the metrics and the limits of its client."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class RequestRecord:
    """``price`` is that of a GraphQL document, ``operation`` that of a known document only; ``source`` of its answer is memory or made.

    ``steps`` are those of its searches for paths.
    """

    request_id: str = ""
    price: int = 0
    steps: int = 0
    operation: str = ""
    source: str = ""


_CURRENT: ContextVar[RequestRecord | None] = ContextVar("request_record", default=None)


def begin(request_id: str) -> RequestRecord:
    """Whatever is answered from now on is this request."""
    record = RequestRecord(request_id)
    _CURRENT.set(record)
    return record


def current() -> RequestRecord:
    """That of the request that is being answered; a new one, if nobody records it."""
    return _CURRENT.get() or RequestRecord()
