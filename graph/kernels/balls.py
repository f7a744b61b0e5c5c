"""Breadth-first search from both ends: who is within how many hops of each."""

from __future__ import annotations

from interlock.graph.kernels.numbers import (
    COUNT_B,
    COUNT_F,
    DISTANCE,
    END,
    FROM_END,
    FROM_START,
    LEVELS,
    LEVELS_B,
    MEETING,
    RADIUS_B,
    RADIUS_F,
    SEAT_AND_SIDE,
    SEAT_SEEN_FROM_COMPANY,
    SIZE_B,
    SIZE_F,
    START,
    STOPPED,
    WHOLE,
)
from interlock.graph.kernels.spread import spread


def grow(g, q, s, backward, goal, stop):
    """Grow the ball of one side by one level (with a ``goal``, as far as to where the balls meet); false if the search was ended."""
    state = s.state
    count_at, radius_at, size_at, levels = (COUNT_B, RADIUS_B, SIZE_B, LEVELS_B) if backward else (COUNT_F, RADIUS_F, SIZE_F, LEVELS)
    level, done = levels + state[radius_at], state[count_at]
    if not spread(g, q, s, backward, state[level], done, goal, stop):
        return False
    state[radius_at] += 1
    state[size_at] = -1
    state[level + 2] = state[count_at]
    return True


def widen(g, q, s, backward, stop):
    """Grow the ball of one side by one level, and note where in its queue each entity stands; false if the search was ended."""
    count_at, queue = (COUNT_B, s.queue_b) if backward else (COUNT_F, s.queue_f)
    done = s.state[count_at]
    if not grow(g, q, s, backward, 0, stop):
        return False
    note(s.place, queue, backward, done, s.state[count_at])
    return True


def note(places, queue, backward, begin, end):
    """Note where in the queue of its side each of these stands."""
    for place in range(begin, end):
        places[2 * queue[place] + backward] = place


def forget(met, queue, count):
    """Take back the marks of the last question: those of whoever is in a queue."""
    for place in range(count):
        met[queue[place]] = 0


def begin(q, s):
    """Set a worker up for a question: each ball holds its end only."""
    state, start, end = s.state, q.numbers[START], q.numbers[END]
    forget(s.met, s.queue_f, state[COUNT_F])
    forget(s.met, s.queue_b, state[COUNT_B])
    state[STOPPED] = 0
    state[DISTANCE] = -1
    state[RADIUS_F] = state[RADIUS_B] = 0
    state[COUNT_F] = state[COUNT_B] = 1
    state[LEVELS] = state[LEVELS_B] = 0
    state[LEVELS + 1] = state[LEVELS_B + 1] = 1
    state[SIZE_F] = state[SIZE_B] = -1
    s.place[2 * end + 1] = s.place[2 * start] = 0
    s.from_f[0] = s.from_b[0] = -1
    s.queue_f[0] = start
    s.queue_b[0] = end
    s.met[end] = FROM_END
    s.met[start] |= FROM_START


def frontier(first, queue, state, levels, radius):
    """How many half-edges the last level of a ball has: what it costs to grow it by one more."""
    total = 0
    for place in range(state[levels + radius], state[levels + radius + 1]):
        u = queue[place]
        total += first[u + 1] - first[u]
    return total


def smaller(g, s):
    """Which ball is to be grown: 0 forward, 1 backward, -1 if one of them can't be any more."""
    state = s.state
    if state[SIZE_F] < 0:
        state[SIZE_F] = frontier(g.first, s.queue_f, state, LEVELS, state[RADIUS_F])
    if state[SIZE_B] < 0:
        state[SIZE_B] = frontier(g.first, s.queue_b, state, LEVELS_B, state[RADIUS_B])
    if state[SIZE_F] == 0 or state[SIZE_B] == 0:
        return -1
    return 1 if state[SIZE_B] < state[SIZE_F] else 0


def place_in(queue, count, v):
    """Where in a queue of so many an entity stands; the last come first, since balls meet at their rims."""
    place = count - 1
    while queue[place] != v:
        place -= 1
    return place


def any_path(g, q, s, most, found, stop):
    """One path of the least length, up to ``most`` hops, into ``found``; its number of hops, 0 if there is none, -1 if the search was
    ended.
    """
    begin(q, s)
    state = s.state
    state[MEETING] = -1
    while state[MEETING] < 0:
        side = smaller(g, s)
        if side < 0 or state[RADIUS_F] + state[RADIUS_B] == most:
            return 0
        if not grow(g, q, s, side, 1, stop):
            return -1
    at, hops = place_in(s.queue_f, state[COUNT_F], state[MEETING]), 0
    up = at
    while s.from_f[up] >= 0:
        hops += 1
        up = s.from_f[up]
    for place in range(hops, -1, -1):
        found[place] = s.queue_f[at]
        at = s.from_f[at]
    at = s.from_b[place_in(s.queue_b, state[COUNT_B], state[MEETING])]
    while at >= 0:
        hops += 1
        found[hops] = s.queue_b[at]
        at = s.from_b[at]
    return hops


def meet(g, q, s, most, stop):
    """The length of the shortest walk, up to ``most``; 0 if there is none that short, -1 if the search was ended."""
    begin(q, s)
    state = s.state
    if q.numbers[START] == q.numbers[END]:
        return turn(g, q, s, stop)
    while state[RADIUS_F] + state[RADIUS_B] < most:
        side = smaller(g, s)
        if side < 0:
            return 0
        if not widen(g, q, s, side, stop):
            return -1
        if state[MEETING] >= 0:
            state[DISTANCE] = state[RADIUS_F] + state[RADIUS_B]
            return state[DISTANCE]
    return 0


def turn(g, q, s, stop):
    """The length of the shortest walk from the start back to it: two at least, since that is what a walk needs that goes out and comes
    back; 0 if there is none, -1 if the search was ended.
    """
    state = s.state
    for side in range(2):
        if not widen(g, q, s, side, stop):
            return -1
    if state[COUNT_F] == 1 or state[COUNT_B] == 1:
        return 0
    state[DISTANCE] = 2
    return 2


def reach(g, q, s, hops, stop):
    """Grow the balls until their radii add up to ``hops``; false if the search was ended."""
    state = s.state
    while state[RADIUS_F] + state[RADIUS_B] < hops:
        side = smaller(g, s)
        if side >= 0:
            if not widen(g, q, s, side, stop):
                return False
        elif state[SIZE_F] == 0:
            # One ball is whole: levels without an entity keep the arithmetic of radii the same.
            state[RADIUS_F] += 1
            state[LEVELS + state[RADIUS_F] + 1] = state[LEVELS + state[RADIUS_F]]
        else:
            state[RADIUS_B] += 1
            state[LEVELS_B + state[RADIUS_B] + 1] = state[LEVELS_B + state[RADIUS_B]]
    return True


def grow_whole(g, q, s, stop):
    """Grow the backward ball as far as it goes, whatever is further than ``WHOLE`` hops in one level; false if the search was ended."""
    state = s.state
    while state[RADIUS_B] < WHOLE:
        if not widen(g, q, s, 1, stop):
            return False
        level = LEVELS_B + state[RADIUS_B]
        if state[level] == state[level + 1]:
            return True
    level, done = state[LEVELS_B + WHOLE], state[COUNT_B]
    while level < done:
        if not spread(g, q, s, 1, level, done, 0, stop):
            return False
        note(s.place, s.queue_b, 1, done, state[COUNT_B])
        level, done = done, state[COUNT_B]
    return True


def hops_to_end(s, v):
    """How many hops it is to the end from an entity of the backward ball, once that is whole; more than ``WHOLE`` count as one more."""
    hops, place = 0, s.place[2 * v + 1]
    while hops <= s.state[RADIUS_B] and place >= s.state[LEVELS_B + hops + 1]:
        hops += 1
    return hops


def around(g, q, s, hops, most, stop):
    """Grow the ball of the start by up to ``hops`` levels, as long as it holds no more than ``most`` others; how many it holds.

    They are in ``queue_f`` after the start itself, the nearest first; ``state[RADIUS_F]`` says how many levels there are.
    """
    begin(q, s)
    state = s.state
    while state[RADIUS_F] < hops and state[COUNT_F] - 1 <= most:
        level = LEVELS + state[RADIUS_F]
        if state[level] == state[level + 1] or not grow(g, q, s, 0, 0, stop):
            break
    return state[LEVELS + state[RADIUS_F] + 1] - 1


def shared_holders(first, head, word, u, v, found):
    """Who has a seat at both ``u`` and ``v``, into ``found``; how many these are.

    Both are read in the order of the other end: whoever has a seat at the one of fewer relationships is looked up, in leaps, at the other.
    """
    a, b, a_end, b_end, count = first[u], first[v], first[u + 1], first[v + 1], 0
    if a_end - a > b_end - b:
        a, b, a_end, b_end = b, a, b_end, a_end
    for each in range(a, a_end):
        if word[each] & SEAT_AND_SIDE != SEAT_SEEN_FROM_COMPANY:
            continue
        x, leap = head[each], 1
        while leap > 0:
            if b + leap <= b_end and head[b + leap - 1] < x:
                b += leap
                leap <<= 1
            else:
                leap >>= 1
        at = b
        while at < b_end and head[at] == x and word[at] & SEAT_AND_SIDE != SEAT_SEEN_FROM_COMPANY:
            at += 1
        if at < b_end and head[at] == x and (count == 0 or found[count - 1] != x):
            found[count] = x
            count += 1
    return count
