"""What every resolver is given."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import strawberry

from interlock.graph.budget import Flag
from interlock.graph.engine import Engine
from interlock.schema.cursors import Cursors


@dataclass
class Context:
    """The engine that answers, and the id under which the request is logged.

    A resolver sets ``volatile`` if it might answer differently when asked again, as where time ran out: such an answer is never kept.
    ``cursor_key`` (at most 64 bytes) seals cursors. The default is no secret, but the same in every process: whoever knows it can make up a
    cursor, and learns no more from that than from asking for another page.
    """

    engine: Engine
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    cursor_key: bytes = b"interlock"
    volatile: bool = False

    @property
    def cancelled(self) -> Flag:
        """A byte that is set when nobody wants the answer any more."""
        return self.engine.cancelled

    def cursors(self, name: Callable[[], str]) -> Cursors:
        """Makes and reads the cursors of a list in the data that answer."""
        return Cursors(self.engine.graph.version, name, self.cursor_key)


Info = strawberry.Info[Context, None]
