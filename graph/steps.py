"""What was found out about hops, kept from one question to the next that asks under the same conditions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from interlock.graph.model import Relationship

if TYPE_CHECKING:
    from interlock.graph.question import Hop

Pair = tuple[str, str]
MOST: Final = 5_000
"""How many hops are kept under one filter."""


@dataclass(eq=False)
class Steps:
    """Of two entities, by their ids: the relationships that a path may take from the one to the other, what the hop costs, and the hop."""

    ties: dict[Pair, tuple[Relationship, ...]] = field(default_factory=dict)
    costs: dict[Pair, int] = field(default_factory=dict)
    hops: dict[Pair, Hop] = field(default_factory=dict)

    def within_bounds(self) -> Steps:
        """Itself; emptied, if it has become too large."""
        if len(self.ties) > MOST:
            for each in (self.ties, self.costs, self.hops):
                each.clear()
        return self
