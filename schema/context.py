"""What every resolver is given."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import strawberry

from interlock.graph.engine import Engine


@dataclass
class Context:
    """The engine that answers, and the id under which the request is logged.

    A resolver sets ``volatile`` if it might answer differently when asked again, as where time ran out: such an answer is never kept.
    """

    engine: Engine
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    volatile: bool = False


Info = strawberry.Info[Context, None]
