"""One step of a breadth-first search: from some entities to whoever is next to them.

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
    EDGES,
    END,
    END_SHIFT,
    EVERYTHING,
    FROM_END,
    FROM_START,
    KIND_AND_STATUS,
    LOOK,
    MEETING,
    OWNERS,
    PICKY,
    ROOM,
    SIDE,
    SIDE_SHIFT,
    START,
    START_SHIFT,
    SURE,
    TOUCHED,
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
    if n[START] == n[END]:
        last = -1  # whoever is gone round from is met but once, at the beginning
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
