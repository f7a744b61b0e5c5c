"""The numbers by which kernels and their callers speak: places in arrays, bits in words, and the columns of partial paths."""

from __future__ import annotations

from typing import Any, NamedTuple

# What is in a half-edge's word: kind (4 bits), status (3), number of independent sources up to 63 (6), whether it is seen from its target
# (1), and the years of its earliest start and its latest end (9 each, counted from FIRST_YEAR; the first and last stand for all beyond).
KIND_AND_STATUS = 127
SOURCES_SHIFT = 7
AGAINST_SHIFT = 13
START_SHIFT, END_SHIFT, YEARS, FIRST_YEAR = 14, 23, 511, 1600
SIDE, SIDE_SHIFT = 128, AGAINST_SHIFT - 7  # where tables have it
SEAT_SEEN_FROM_COMPANY = 1 << AGAINST_SHIFT
SEAT_AND_SIDE = SEAT_SEEN_FROM_COMPANY | 15

# q.numbers: what a question asks.
START, END, BOARDS, DATED, FIRST, LAST, CERTAIN, SURE, TOGETHER, MIN_SOURCES, MASKED, PARTICULAR = range(12)
ENTITY_KINDS, MAX_DEGREE, PICKY, NEEDS, DAY, SINGLE_SOURCE, STALE_A_YEAR, STALE_AT_MOST = range(12, 20)
YEAR_FROM, YEAR_TO, BY_YEAR, LOOK, DAY_YEAR = range(20, 25)
NUMBERS = 25

# LOOK: how closely relationships are looked at. All count; their words tell which; more than their words has to be looked at.
EVERYTHING, BY_WORDS, CLOSELY = range(3)

# state: what survives from one call to the next.
STEPS, STOPPED, RADIUS_F, RADIUS_B, COUNT_F, COUNT_B, SIZE_F, SIZE_B, DISTANCE, MEETING, TOUCHED, LEVELS = range(12)
WHOLE = 14
LEVELS_B = LEVELS + WHOLE + 2
STATE_SIZE = LEVELS_B + WHOLE + 2

# met: from which end an entity was met, and whether a path of the length that was looked for last may lead on from it.
FROM_START, FROM_END, LEADS_ON = 1, 2, 4

# buffer: where the half-edges of a block of entities begin and end; half-edges that may count, and where their owners stand in the queue.
BLOCK, ROOM = 64, 256
EDGES, OWNERS = 2 * BLOCK, 2 * BLOCK + ROOM
BUFFER_SIZE = OWNERS + ROOM

OUT_OF_STEPS, INTERRUPTED = 1, 2
NEVER = 1 << 40
LOOK_UP = 255  # among many half-edges, one looks about this often whether the search is to end
NEAR, FAR = 20_000, 1_000_000  # how many steps it is worth to look nearby, and then further away, before all of a graph is looked at
FUTURE = 2**31 - 1


ALLOCATING = frozenset({"with_room", "with_links", "grown", "bounds_below", "enumerate_paths", "goes_on"})
"""Functions that make arrays. In the others Numba need not count who holds an array, which would take longer than all else they do."""


class Tree(NamedTuple):
    """Partial paths, each a continuation of its ``parent`` (-1: none): the entity it ends at, its number of hops, its row, the link by
    which it was continued, what it has still to pass, what it has cost, and will cost at least, and between which days all of it may have
    held. ``heap`` are those that wait to be continued.
    """

    node: Any
    parent: Any
    depth: Any
    row: Any
    link: Any
    need: Any
    spent: Any
    bound: Any
    soonest: Any
    latest: Any
    heap: Any


class Links(NamedTuple):
    """The hops of which paths can be made, in lists: ``begun`` is the first from each row, ``next`` the next. ``base`` is where the rows
    of each number of hops left begin.

    Of each: ``to`` whom and to which ``row`` it leads, what it costs (the passage included), the half-edges of its ``owner`` that it takes,
    and between which days it may have held.
    """

    base: Any
    begun: Any
    next: Any
    to: Any
    row: Any
    cost: Any
    owner: Any
    edge: Any
    edge_end: Any
    soonest: Any
    latest: Any
