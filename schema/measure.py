"""How much of a document something makes up: its price, its depth, its aliases; and where it is dearest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MOST: Final = 10**15
"""No price is told that is higher."""
_STEPS: Final = 8

Part = tuple[int, tuple[str, ...]]
"""What a part of the document costs, and where it is."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a selection set asks for, all fragments put in: it costs ``once`` and, for each item of the page it stands under, ``each``."""

    once: int = 0
    each: int = 0
    depth: int = 0
    aliases: int = 0
    fields: int = 0
    dearest_once: Part = (0, ())
    dearest_each: Part = (0, ())

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            min(MOST, self.once + other.once),
            min(MOST, self.each + other.each),
            max(self.depth, other.depth),
            min(MOST, self.aliases + other.aliases),
            min(MOST, self.fields + other.fields),
            max(self.dearest_once, other.dearest_once, key=_cost),
            max(self.dearest_each, other.dearest_each, key=_cost),
        )

    def price(self, page: int) -> int:
        """What it costs under a page of so many items."""
        return min(MOST, self.once + page * self.each)

    def dearest(self, page: int) -> Part:
        """The same of its dearest part."""
        cost, place = self.dearest_each
        return max(self.dearest_once, (min(MOST, page * cost), place), key=_cost)


NOTHING: Final = Measure()


def named(fragment: str, measure: Measure) -> Measure:
    """The measure of a fragment, itself being a part of what it is spread in."""
    once, each = (
        (price, placed(f"...{fragment}", price, dearest))
        for price, dearest in ((measure.once, measure.dearest_once), (measure.each, measure.dearest_each))
    )
    return replace(measure, dearest_once=once, dearest_each=each)


def whole(key: str, own: int, items: int, dearest: Part, depth: int, aliases: int) -> Measure:
    """The measure of a field whose price doesn't depend on what it stands under."""
    price = min(MOST, own + items)
    return Measure(price, 0, depth, aliases, 1, (price, placed(key, price, dearest)))


def placed(key: str, price: int, dearest: Part) -> tuple[str, ...]:
    """Where a part is dearest: as far inwards as one part makes up most of it."""
    return (key, *dearest[1][: _STEPS - 1]) if 2 * dearest[0] > price else (key,)


def _cost(part: Part) -> int:
    return part[0]


def worded(value: int) -> str:
    """A number as it is told."""
    return f"{value:,}" if value < MOST else f"more than {MOST:,}"
