"""Ordered lists of which any page is found without looking at the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from interlock.graph.heap import Numbers


class Page(NamedTuple):
    """Some of a list: its numbers in order, and whether there are others before and after them."""

    numbers: list[int]
    before: bool
    after: bool


class Ordered:
    """Numbers in ascending order, as one or several ascending parts that have none in common.

    A page costs as many steps as it has numbers, and the logarithm of how many there are.
    """

    def __init__(self, *parts: Sequence[int] | Numbers) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def items(self, numbers: Sequence[int]) -> Sequence[int]:
        """What is listed under these numbers: they themselves."""
        return numbers

    def page(self, after: int | None = None, before: int | None = None, first: int | None = None, last: int | None = None) -> Page:
        """The ``first`` or ``last`` so many of the numbers after one and before another; all of these, where neither is given."""
        spans = []
        for part in self._parts:
            start = 0 if after is None else bisect_right(part, after)
            stop = len(part) if before is None else bisect_left(part, before)
            spans.append((start, max(start, stop)))
        begin, end = sum(start for start, _ in spans), sum(stop for _, stop in spans)
        if first is not None and first < end - begin:
            pieces = [part[start : min(stop, start + first)] for part, (start, stop) in zip(self._parts, spans, strict=True)]
            numbers, end = _merged(pieces)[:first], begin + first
        elif last is not None and last < end - begin:
            pieces = [part[max(start, stop - last) : stop] for part, (start, stop) in zip(self._parts, spans, strict=True)]
            merged = _merged(pieces)
            numbers, begin = merged[len(merged) - last :], end - last
        else:
            numbers = _merged([part[start:stop] for part, (start, stop) in zip(self._parts, spans, strict=True)])
        return Page(numbers, begin > 0, end < len(self))


class Places(Ordered):
    """A list in an order of its own, under numbers from 0; ``expect`` is told what of it will be asked for next."""

    def __init__(self, items: Sequence[int], expect: Callable[[Sequence[int]], object]) -> None:
        super().__init__(range(len(items)))
        self._items, self._expect = items, expect

    def items(self, numbers: Sequence[int]) -> Sequence[int]:
        found = [self._items[number] for number in numbers]
        self._expect(found)
        return found


def _merged(pieces: Sequence[Sequence[int] | Numbers]) -> list[int]:
    return sorted(int(number) for piece in pieces for number in piece)
