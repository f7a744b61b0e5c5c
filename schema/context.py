"""What every resolver is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import strawberry

from interlock.graph.engine import Engine
from interlock.schema.cursors import Cursors


@dataclass(frozen=True)
class Context:
    """The engine that answers, and the id under which the request is logged.

    ``cursor_key`` (at most 64 bytes) seals cursors. The default is no secret, but the same in every process: whoever knows it can make up a
    cursor, and learns no more from that than from asking for another page.
    """

    engine: Engine
    request_id: str = ""
    cursor_key: bytes = b"interlock"

    def cursors(self, name: Callable[[], str]) -> Cursors:
        """Makes and reads the cursors of a list in the data that answer."""
        return Cursors(self.engine.graph.version, name, self.cursor_key)


Info = strawberry.Info[Context, None]
