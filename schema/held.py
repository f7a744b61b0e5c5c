"""Whether relationships held at one time."""

from __future__ import annotations

from typing import Self

import strawberry

from interlock.graph.together import Together
from interlock.schema.claims import Interval
from interlock.schema.enums import Certainty


@strawberry.type(description="Whether several relationships held at one time: a colleague of 2005 and one of 2015 never met by that.")
class HeldTogether:
    certainty: Certainty = strawberry.field(
        description="CERTAIN if they surely did, POSSIBLE if dates don't rule it out, IMPOSSIBLE if they do."
    )
    interval: Interval | None = strawberry.field(description="When they did, as far as is known; null if IMPOSSIBLE.")

    @classmethod
    def from_model(cls, together: Together) -> Self:
        interval = Interval.from_model(together.interval) if together.interval else None
        return cls(certainty=together.certainty, interval=interval)
