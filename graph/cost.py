"""What a path costs: the less a hop tells, the more it costs. Ranking by informativeness puts the cheapest first.

All in thousandths, as integers, so that equal paths cost exactly the same. One hop costs 1, plus

- its status: CONFIRMED 0, REPORTED 0.5, ALLEGED 1, DISPUTED 1.5, DISMISSED and RETRACTED 3;
- 0.25 if it rests on one independent source only;
- 0.5 if its kind is ASSOCIATION, which says least;
- 0.05 for each full year since it surely ended, up to 0.5; counted to the time asked about, or else to the latest day in the data.

Of parallel relationships the cheapest counts. Passing through an entity costs 0.25 × log2 of its number of relationships: a hub joins
everybody with everybody, so it says little about any two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from interlock.graph.arrays import PER_DOUBLING
from interlock.graph.dates import DISTANT_FUTURE
from interlock.graph.model import Relationship, RelationshipKind, Status

UNIT: Final = 1000
"""What one hop costs at least."""

STATUS_COSTS: Final = {
    Status.CONFIRMED: 0,
    Status.REPORTED: 500,
    Status.ALLEGED: 1000,
    Status.DISPUTED: 1500,
    Status.DISMISSED: 3000,
    Status.RETRACTED: 3000,
}
SINGLE_SOURCE, VAGUE, STALE_A_YEAR, STALE_AT_MOST = 250, 500, 50, 500


def hop_cost(ties: Iterable[Relationship], day: int) -> int:
    """What it costs to take the cheapest of these relationships; ``day`` is the day number from which staleness is counted back."""
    return min(UNIT + STATUS_COSTS[tie.status] + _weakness(tie) + _staleness(tie, day) for tie in ties)


def transit_cost(degree: int) -> int:
    """What it costs to pass through an entity with this many relationships."""
    return int(PER_DOUBLING * math.log2(degree)) if degree > 1 else 0


def _weakness(tie: Relationship) -> int:
    single = SINGLE_SOURCE if tie.independent_sources < 2 else 0
    return single + (VAGUE if tie.kind is RelationshipKind.ASSOCIATION else 0)


def _staleness(tie: Relationship, day: int) -> int:
    end = tie.interval.bounds.end_max
    years = 0 if end == DISTANT_FUTURE else max(0, day - end) // 365
    return min(STALE_AT_MOST, STALE_A_YEAR * years)
