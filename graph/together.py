"""Did several relationships hold at one time? Surely, possibly, or not: said of the dates as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interlock.graph.intervals import Bounds, Certainty, Interval, Window


@dataclass(frozen=True, slots=True)
class Together:
    """Whether they held at one time; ``interval`` is the time in question, None if IMPOSSIBLE."""

    certainty: Certainty
    interval: Interval | None = None


def held_together(hops: Sequence[Sequence[Interval]], window: Window | None = None) -> Together:
    """Did one relationship of every hop hold at one time (within the window)?

    ``hops`` gives, for each hop, the intervals of the parallel relationships that it may take. The choice that is the most certain counts.
    """
    options = [_undominated(intervals) for intervals in hops]
    limits = [] if window is None else [Bounds(window.first, window.first, window.last, window.last)]
    for wanted in (Certainty.CERTAIN, Certainty.POSSIBLE):
        chosen = _choose(options, limits, [], wanted)
        if chosen is not None:
            return Together(wanted, _shared(chosen))
    return Together(Certainty.IMPOSSIBLE)


def at_one_time(spans: Sequence[Bounds]) -> Certainty:
    """Do these share a day?

    True intervals share one just if no start comes after any end. That is possible if it is so of the earliest starts and the latest ends;
    it is sure if it is so of the latest possible start and the earliest possible end of each *two different* intervals, since nothing
    ends before its own start.
    """
    if max(span.start_min for span in spans) > min(span.end_max for span in spans):
        return Certainty.IMPOSSIBLE
    sure = all(a.start_max <= b.end_min for i, a in enumerate(spans) for j, b in enumerate(spans) if i != j)
    return Certainty.CERTAIN if sure else Certainty.POSSIBLE


def _choose(
    options: Sequence[Sequence[Interval]], limits: list[Bounds], chosen: list[Interval], wanted: Certainty
) -> list[Interval] | None:
    """One interval of each option so that together they are as certain as wanted, by trying out; a bad beginning is given up at once."""
    if len(chosen) == len(options):
        return chosen
    for interval in options[len(chosen)]:
        longer = [*chosen, interval]
        reached = at_one_time([*limits, *(one.bounds for one in longer)])
        if reached is Certainty.CERTAIN or reached is wanted:
            found = _choose(options, limits, longer, wanted)
            if found is not None:
                return found
    return None


def _undominated(intervals: Iterable[Interval]) -> list[Interval]:
    """Without those that hold, surely and possibly, only when another one does too."""
    kept: list[Interval] = []
    for interval in intervals:
        if not any(_covers(other.bounds, interval.bounds) for other in kept):
            kept = [other for other in kept if not _covers(interval.bounds, other.bounds)] + [interval]
    return kept


def _covers(a: Bounds, b: Bounds) -> bool:
    return a.start_min <= b.start_min and a.start_max <= b.start_max and a.end_min >= b.end_min and a.end_max >= b.end_max


def _shared(chosen: Sequence[Interval]) -> Interval:
    """From the latest start to the earliest end, each written as precisely as the interval that it comes from."""
    started = [interval for interval in chosen if interval.start is not None]
    ended = [interval for interval in chosen if interval.end is not None]
    first = max(started, key=lambda i: (i.bounds.start_min, -i.bounds.start_max), default=None)
    last = min(ended, key=lambda i: (i.bounds.end_max, -i.bounds.end_min), default=None)
    return Interval(
        start=first.start if first else None,
        end=last.end if last else None,
        starts_open=first is None and all(interval.starts_open for interval in chosen),
        ends_open=last is None and all(interval.ends_open for interval in chosen),
    )
