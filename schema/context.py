"""What every resolver is given."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from interlock.graph.engine import Engine


@dataclass(frozen=True)
class Context:
    """The engine that answers, and the id under which the request is logged."""

    engine: Engine
    request_id: str = ""


Info = strawberry.Info[Context, None]
