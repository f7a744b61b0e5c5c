from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.ordered import Ordered, Page

NUMBERS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), unique_by=lambda pair: pair[0])
BOUND = st.none() | st.integers(-2, 42)
SIZE = st.integers(0, 10)


def plain(numbers: list[int], after: int | None, before: int | None, first: int | None, last: int | None) -> Page:
    """The same by looking at every number."""
    chosen = [n for n in numbers if (after is None or n > after) and (before is None or n < before)]
    begin = sum(after is not None and n <= after for n in numbers)
    end = max(begin, len(numbers) - sum(before is not None and n >= before for n in numbers))
    if first is not None:
        chosen = chosen[:first]
        end = min(end, begin + first)
    elif last is not None:
        chosen = chosen[-last:] if last else []
        begin = max(begin, end - last)
    return Page(chosen, begin > 0, end < len(numbers))


@given(NUMBERS, BOUND, BOUND, st.none() | SIZE, st.none() | SIZE)
def test_page_is_that_of_a_plain_look_at_all(
    pairs: list[tuple[int, int]], after: int | None, before: int | None, first: int | None, last: int | None
) -> None:
    last = None if first is not None else last
    parts = [np.array(sorted(n for n, part in pairs if part == which), np.int32) for which in range(4)]
    ordered, numbers = Ordered(*parts), sorted(n for n, _ in pairs)
    assert len(ordered) == len(numbers)
    assert ordered.page(after, before, first, last) == plain(numbers, after, before, first, last)


class Counted(list[int]):
    """A list that counts how many of its items are looked at."""

    looked = 0

    def __getitem__(self, place):  # type: ignore[no-untyped-def, override]
        found = super().__getitem__(place)
        self.looked += len(found) if isinstance(place, slice) else 1
        return found


def test_page_costs_no_more_than_itself_and_a_logarithm() -> None:
    numbers = Counted(range(0, 2_000_000, 2))
    assert Ordered(numbers).page(after=1_000_000, first=10).numbers == list(range(1_000_002, 1_000_022, 2))
    assert numbers.looked <= 10 + 21
