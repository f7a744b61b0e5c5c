"""Breadth-first search from both ends: who is within how many hops of each."""

from __future__ import annotations

from interlock.graph.kernels.hops import is_open, may_pass, spend
from interlock.graph.kernels.numbers import (
    AHEAD,
    BLOCK,
    COUNT_B,
    COUNT_F,
    DATED,
    DISTANCE,
    END,
    EPOCH,
    LEVELS,
    LEVELS_B,
    LOOK_UP,
    PICKY,
    RADIUS_B,
    RADIUS_F,
    SEAT_AND_SIDE,
    SEAT_SEEN_FROM_COMPANY,
    SIZE_B,
    SIZE_F,
    START,
    STOPPED,
    TOUCHED,
)


def touch(first, head, word, nodes, queue, span, begin, end, ahead):
    """Read what is soon to be read, of several entities side by side: memory answers many requests in the time of one."""
    total = 0
    for place in range(begin, end):
        u = queue[place]
        span[2 * (place - begin)], span[2 * (place - begin) + 1] = first[u], first[u + 1]
    for near in range(end - begin):
        e = span[2 * near]
        if e < span[2 * near + 1]:
            total ^= int(head[e]) ^ int(word[e])
    for near in range(end - begin):
        e = span[2 * near]
        for each in range(e, min(e + ahead, span[2 * near + 1])):
            total ^= int(nodes[4 * head[each]])
    return total


def grow(g, q, s, backward, goal, stop):
    """Grow the ball of one side by one level; the number of entities in the new level, or -1 if the search was ended.

    With a ``goal``, that is all if it comes to an entity of the other ball: then this is minus that entity minus 2, and the level
    unfinished.
    """
    first, head, tie, word, bounds, passing = g.first, g.head, g.tie, g.word, g.bounds, g.passing
    n, admit, mask, avoid, state, nodes = q.numbers, q.admit, q.mask, q.avoid, s.state, s.nodes
    if backward:
        queue, from_, count_at, radius_at, size_at, levels, last = s.queue_b, s.from_b, COUNT_B, RADIUS_B, SIZE_B, LEVELS_B, n[START]
    else:
        queue, from_, count_at, radius_at, size_at, levels, last = s.queue_f, s.from_f, COUNT_F, RADIUS_F, SIZE_F, LEVELS, n[END]
    epoch, depth, count = state[EPOCH], state[radius_at] + 1, state[count_at]
    done, picky = count, n[PICKY] != 0
    ahead = 0 if n[DATED] else AHEAD  # of relationships of a certain time, few lead on
    block = state[levels + depth - 1]
    for place in range(block, done):
        if place >= block:
            block = place + BLOCK
            state[TOUCHED] = touch(first, head, word, nodes, queue, s.span, place, min(block, done), ahead)
        u = queue[place]
        if u == last:
            continue
        e, end = first[u], first[u + 1]
        if spend(state, stop, 1 + end - e):
            return -1
        while e < end:
            v = head[e]
            begin = e
            e += 1
            while e < end and head[e] == v:
                e += 1
            node = 4 * v
            if e & LOOK_UP == 0 and spend(state, stop, 0):
                return -1
            if nodes[node + backward] >> 4 == epoch or not is_open(n, admit, mask, bounds, word, tie, backward, u, v, begin, e):
                continue
            if not picky or v == last or may_pass(passing, n, avoid, v):
                nodes[node + backward] = epoch << 4 | depth
                nodes[node + 2 + backward] = count
                queue[count] = v
                from_[count] = place
                count += 1
                if goal and nodes[node + 1 - backward] >> 4 == epoch:
                    return -2 - v
    state[count_at] = count
    state[radius_at] = depth
    state[size_at] = -1
    state[levels + depth] = done
    state[levels + depth + 1] = count
    return count - done


def begin(q, s):
    """Set a worker up for a question: each ball holds its end only."""
    state, start, end = s.state, q.numbers[START], q.numbers[END]
    state[EPOCH] += 1
    epoch = state[EPOCH]
    state[STOPPED] = 0
    state[DISTANCE] = -1
    state[RADIUS_F] = state[RADIUS_B] = 0
    state[COUNT_F] = state[COUNT_B] = 1
    state[LEVELS] = state[LEVELS_B] = 0
    state[LEVELS + 1] = state[LEVELS_B + 1] = 1
    s.nodes[4 * start] = s.nodes[4 * end + 1] = epoch << 4
    s.nodes[4 * start + 2] = s.nodes[4 * end + 3] = 0
    state[SIZE_F] = state[SIZE_B] = -1
    s.queue_f[0] = start
    s.queue_b[0] = end
    s.from_f[0] = s.from_b[0] = -1


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


def any_path(g, q, s, most, found, stop):
    """One path of the least length, up to ``most`` hops, into ``found``; its number of hops, 0 if there is none, -1 if the search was
    ended.
    """
    begin(q, s)
    state = s.state
    while state[RADIUS_F] + state[RADIUS_B] < most:
        side = smaller(g, s)
        if side < 0:
            return 0
        grown = grow(g, q, s, side, 1, stop)
        if grown == -1:
            return -1
        if grown < -1:
            middle = -2 - grown
            at, hops = s.nodes[4 * middle + 2], 0
            while s.from_f[at] >= 0:
                hops += 1
                at = s.from_f[at]
            at = s.nodes[4 * middle + 2]
            for place in range(hops, -1, -1):
                found[place] = s.queue_f[at]
                at = s.from_f[at]
            at = s.from_b[s.nodes[4 * middle + 3]]
            while at >= 0:
                hops += 1
                found[hops] = s.queue_b[at]
                at = s.from_b[at]
            return hops
    return 0


def meet(g, q, s, most, stop):
    """The length of the shortest walk, up to ``most``; 0 if there is none that short, -1 if the search was ended."""
    begin(q, s)
    state = s.state
    epoch = state[EPOCH]
    while state[RADIUS_F] + state[RADIUS_B] < most:
        side = smaller(g, s)
        if side < 0:
            return 0
        if grow(g, q, s, side, 0, stop) < 0:
            return -1
        queue, level = (s.queue_b, LEVELS_B + state[RADIUS_B]) if side else (s.queue_f, LEVELS + state[RADIUS_F])
        for place in range(state[level], state[level + 1]):
            if s.nodes[4 * queue[place] + 1 - side] >> 4 == epoch:
                state[DISTANCE] = state[RADIUS_F] + state[RADIUS_B]
                return state[DISTANCE]
    return 0


def reach(g, q, s, hops, stop):
    """Grow the balls until their radii add up to ``hops``; false if the search was ended."""
    state = s.state
    while state[RADIUS_F] + state[RADIUS_B] < hops:
        side = smaller(g, s)
        if side >= 0:
            if grow(g, q, s, side, 0, stop) < 0:
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
    """Grow the backward ball as far as it goes, all that is further than 14 hops counting as 15 away; false if the search was ended."""
    first, head, tie, word, bounds, passing = g.first, g.head, g.tie, g.word, g.bounds, g.passing
    n, admit, mask, avoid, state = q.numbers, q.admit, q.mask, q.avoid, s.state
    while state[RADIUS_B] < 14:
        grown = grow(g, q, s, 1, 0, stop)
        if grown < 0:
            return False
        if grown == 0:
            return True
    epoch, place, count = state[EPOCH], state[LEVELS_B + 14], state[COUNT_B]
    while place < count:
        u = s.queue_b[place]
        place += 1
        if u == n[START]:
            continue
        e, end = first[u], first[u + 1]
        if spend(state, stop, 1 + end - e):
            return False
        while e < end:
            v = head[e]
            begin = e
            e += 1
            while e < end and head[e] == v:
                e += 1
            if s.nodes[4 * v + 1] >> 4 == epoch or not is_open(n, admit, mask, bounds, word, tie, 1, u, v, begin, e):
                continue
            if v == n[START] or may_pass(passing, n, avoid, v):
                s.nodes[4 * v + 1] = epoch << 4 | 15
                s.queue_b[count] = v
                count += 1
    return True


def around(g, q, s, hops, most, stop):
    """Grow the ball of the start by up to ``hops`` levels, as long as it holds no more than ``most`` others; how many it holds.

    They are in ``queue_f`` after the start itself, the nearest first; ``state[RADIUS_F]`` says how many levels there are.
    """
    begin(q, s)
    state = s.state
    while state[RADIUS_F] < hops and state[COUNT_F] - 1 <= most:
        if grow(g, q, s, 0, 0, stop) <= 0:
            break
    return state[COUNT_F] - 1


def shared_holders(first, head, word, u, v, found):
    """Who has a seat at both ``u`` and ``v``, into ``found``; how many these are. Both are read in the order of the other end, side by
    side.
    """
    a, b, count = first[u], first[v], 0
    while a < first[u + 1] and b < first[v + 1]:
        if head[a] < head[b] or word[a] & SEAT_AND_SIDE != SEAT_SEEN_FROM_COMPANY:
            a += 1
        elif head[b] < head[a] or word[b] & SEAT_AND_SIDE != SEAT_SEEN_FROM_COMPANY:
            b += 1
        else:
            if count == 0 or found[count - 1] != head[a]:
                found[count] = head[a]
                count += 1
            a += 1
    return count
