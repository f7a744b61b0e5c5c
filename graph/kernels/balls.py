"""Breadth-first search from both ends: who is within how many hops of each.

One byte an entity says from which end it was met: so few bytes that they stay in the processor's cache, where nearly all that is asked of
an entity finds its answer. Half-edges are taken in blocks. Those that may count are picked first, without branches, since a processor that
has to guess which of several conditions fails guesses wrong too often; what is left is looked at closely.
"""

from __future__ import annotations

from interlock.graph.kernels.hops import may_pass, spend, takes
from interlock.graph.kernels.numbers import (
    BLOCK,
    CLOSELY,
    COUNT_B,
    COUNT_F,
    DISTANCE,
    EDGES,
    END,
    END_SHIFT,
    EVERYTHING,
    FROM_END,
    FROM_START,
    KIND_AND_STATUS,
    LEVELS,
    LEVELS_B,
    LOOK,
    MEETING,
    OWNERS,
    PICKY,
    RADIUS_B,
    RADIUS_F,
    ROOM,
    SEAT_AND_SIDE,
    SEAT_SEEN_FROM_COMPANY,
    SIDE,
    SIDE_SHIFT,
    SIZE_B,
    SIZE_F,
    START,
    START_SHIFT,
    STOPPED,
    SURE,
    TOUCHED,
    WHOLE,
    YEAR_FROM,
    YEAR_TO,
    YEARS,
)


def touch(first, head, word, look, last, queue, buffer, begin, end):
    """Find the half-edges of several entities, none of ``last``; and read what is soon to be read of them, side by side: memory answers
    many requests in the time of one.
    """
    total = 0
    for place in range(begin, end):
        u, near = queue[place], 2 * (place - begin)
        buffer[near] = first[u]
        buffer[near + 1] = first[u + (1 if u != last else 0)]
    for near in range(0, 2 * (end - begin), 2):
        e = buffer[near]
        if e < buffer[near + 1]:
            total ^= int(head[e])
            if look != EVERYTHING:
                total ^= int(word[e])
    return total


def pick(n, admit, word, backward, buffer, picked, e, end, place):
    """Add those half-edges to the picked ones that may count, by what their words tell, and whose they are; how many are picked then."""
    if n[LOOK] == EVERYTHING:
        for each in range(e, end):
            buffer[EDGES + picked], buffer[OWNERS + picked] = each, place
            picked += 1
        return picked
    way, year_from, year_to = backward << 8, n[YEAR_FROM], n[YEAR_TO]
    for each in range(e, end):
        w = int(word[each])
        buffer[EDGES + picked], buffer[OWNERS + picked] = each, place
        admitted = admit[way | w >> SIDE_SHIFT & SIDE | w & KIND_AND_STATUS] != 0
        picked += int(admitted & (w >> START_SHIFT & YEARS <= year_to) & (w >> END_SHIFT >= year_from))
    return picked


def spread(g, q, s, backward, begin, done, goal, stop):
    """Add to the ball of one side whoever is next to those at places ``begin`` to ``done`` of its queue; false if the search was ended.

    ``state[MEETING]`` is then one of the added that the other ball holds too, -1 if none does; with a ``goal``, the first such is the last
    that is added.
    """
    head, tie, word, bounds, passing = g.head, g.tie, g.word, g.bounds, g.passing
    n, admit, mask, avoid, state, met, buffer = q.numbers, q.admit, q.mask, q.avoid, s.state, s.met, s.buffer
    if backward:
        queue, from_, count_at, last, mine, other = s.queue_b, s.from_b, COUNT_B, n[START], FROM_END, FROM_START
    else:
        queue, from_, count_at, last, mine, other = s.queue_f, s.from_f, COUNT_F, n[END], FROM_START, FROM_END
    look, picky, sure, count = n[LOOK], n[PICKY] != 0, n[SURE], state[count_at]
    state[MEETING] = -1
    for block in range(begin, done, BLOCK):
        place, until = block, min(block + BLOCK, done)
        state[TOUCHED] = touch(g.first, head, word, look, last, queue, buffer, block, until)
        while place < until:
            picked, read = 0, 0
            while place < until and read < ROOM:
                e, end = buffer[2 * (place - block)], buffer[2 * (place - block) + 1]
                upto = min(end, e + ROOM - read)
                picked = pick(n, admit, word, backward, buffer, picked, e, upto, place)
                read += 1 + upto - e
                buffer[2 * (place - block)] = upto
                place += 1 if upto == end else 0
            if spend(state, stop, read):
                return False
            for each in range(picked):
                e, at = buffer[EDGES + each], buffer[OWNERS + each]
                v = head[e]
                known = met[v]
                if known & mine:
                    continue
                if look == CLOSELY and takes(n, admit, mask, bounds, backward, word[e], tie[e], queue[at], v) <= sure:
                    continue
                if picky and v != last and not may_pass(passing, n, avoid, v):
                    continue
                # Whatever ends the search, and when: nobody is marked who isn't in the queue.
                queue[count], from_[count] = v, at
                count += 1
                state[count_at] = count
                met[v] = known | mine
                if known & other:
                    state[MEETING] = v
                    if goal:
                        return True
    return True


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
    s.met[start] = FROM_START


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
