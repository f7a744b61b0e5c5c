"""When things held, by numbers of dates: the same rules as in ``interlock.graph.convert_ties.held``, for many at once.

In place of a date's number stands NONE where nothing is said, OPEN where it says ``..``, BAD for both ends of what is no interval, and ODD
for both of what has to be read in another way.
"""

from __future__ import annotations

from interlock.graph.kernels.lines import intern

NONE, OPEN, BAD, ODD = -1, -2, -3, -4
FOR_LIFE_AT_MOST, LASTING, CHANGING = 1, 2, 4  # bits of a manner
PAST, FUTURE = -(2**31), 2**31 - 1


def split(terms, heap, at, start, end, table, hashes, dates, dates_at, state):
    """Number the dates of these terms, which are plain strings: of single dates and intervals."""
    for i in range(len(terms)):
        a, b = at[terms[i]] + 1, at[terms[i] + 1] - 1
        slash, slashes, fit = b, 0, True
        for q in range(a, b):
            c = heap[q]
            if c == 47:
                slash = q
                slashes += 1
            fit &= 48 <= c <= 57 or c == 45 or c == 46 or c == 47 or c == 88 or c == 89 or c == 63 or c == 126 or c == 37
        if not fit:
            start[i], end[i] = ODD, ODD
        elif slashes == 0:
            start[i] = intern(heap, a, b, table, hashes, dates, dates_at, state)
            end[i] = start[i]
        elif slashes > 1 or b - a == 1:
            start[i], end[i] = BAD, BAD
        else:
            start[i] = one_end(heap, a, slash, table, hashes, dates, dates_at, state)
            end[i] = one_end(heap, slash + 1, b, table, hashes, dates, dates_at, state)


def one_end(heap, a, b, table, hashes, dates, dates_at, state):
    """The number of the date that is written from ``a`` up to ``b``."""
    if a == b:
        return NONE
    if b - a == 2 and heap[a] == 46 and heap[a + 1] == 46:
        return OPEN
    return intern(heap, a, b, table, hashes, dates, dates_at, state)


def is_backward(start, end, first, last):
    """Does it surely end before it starts?"""
    return start >= 0 and end >= 0 and first[start] > last[end]


def hold(stated, whole, seen, manner, first, last, doubtful, held, bounds, latest):
    """When each of many things held: ``held`` (…, 2) gets its start and end, both BAD if it can't have or that depends on more.

    ``stated`` and ``whole`` (…, 2) are dates, BAD for a whole that there isn't, ``seen`` on which day it was seen; ``first`` and ``last``
    are the days of each date, ``doubtful`` marks those that are uncertain. ``bounds`` (…, 4) and ``latest`` get days.
    """
    for i in range(len(seen)):
        start, end = stated[i, 0], stated[i, 1]
        possible = start != BAD
        says = start != NONE or end != NONE
        if whole[i, 0] != BAD and (manner[i] & FOR_LIFE_AT_MOST or says or not (seen[i] >= 0 or manner[i] & CHANGING)):
            start = whole[i, 0] if start == NONE else start
            end = whole[i, 1] if end == NONE else end
        possible &= not is_backward(start, end, first, last)
        if manner[i] & LASTING and (end < 0 or end == start):
            end = OPEN
        possible &= not ((start >= 0 and doubtful[start]) or (end >= 0 and doubtful[end]))
        if seen[i] >= 0:
            possible &= not (is_backward(start, seen[i], first, last) or is_backward(seen[i], end, first, last))
        held[i, 0] = start if possible else BAD
        held[i, 1] = end if possible else BAD
        if possible:
            bound(start, end, seen[i], first, last, bounds, i)
            latest[i] = max(first[start] if start >= 0 else PAST, first[end] if end >= 0 else PAST)
            latest[i] = max(latest[i], first[seen[i]] if seen[i] >= 0 else PAST)


def bound(start, end, seen, first, last, bounds, i):
    """The ranges of start and end (see ``interlock.graph.intervals.Bounds``)."""
    start_min = first[start] if start >= 0 else PAST
    start_max = last[start] if start >= 0 else PAST if start == OPEN else FUTURE
    end_min = first[end] if end >= 0 else FUTURE if end == OPEN else PAST
    end_max = last[end] if end >= 0 else FUTURE
    if seen >= 0:
        start_max, end_min = min(start_max, last[seen]), max(end_min, first[seen])
    bounds[i, 0] = start_min
    bounds[i, 1] = min(start_max, end_max)
    bounds[i, 2] = max(end_min, start_min)
    bounds[i, 3] = end_max
