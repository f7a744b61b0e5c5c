"""What is told of a request while it is answered, for the log, the metrics and the limits of its client."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Told:
    """``price`` is that of a GraphQL document, ``operation`` is told of known documents only, ``source`` of its answer is memory or made;
    ``steps`` are those of its searches, as far as they are known."""

    request_id: str = ""
    price: int = 0
    steps: int = 0
    operation: str = ""
    source: str = ""


_TOLD: ContextVar[Told | None] = ContextVar("told", default=None)


def begin(request_id: str) -> Told:
    """What is told from now on is told of this request."""
    told = Told(request_id)
    _TOLD.set(told)
    return told


def told() -> Told:
    """What is told of the request that is being answered; of none, if it is nobody's."""
    return _TOLD.get() or Told()
