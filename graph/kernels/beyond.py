"""Whether paths go on beyond so many hops."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.balls import grow_whole, hops_to_end, smaller, widen
from interlock.graph.kernels.hops import is_open, may_pass, spend
from interlock.graph.kernels.numbers import (
    COUNT_B,
    COUNT_F,
    DISTANCE,
    END,
    FAR,
    FROM_END,
    FROM_START,
    MEETING,
    NEAR,
    RADIUS_B,
    RADIUS_F,
    SIZE_B,
    SIZE_F,
    START,
    STEPS,
    STOPPED,
    TOGETHER,
    WHOLE,
    Links,
    Tree,
)
from interlock.graph.kernels.paths import in_path
from interlock.graph.kernels.together import held_together


def goes_on(g, q, s, hops, stop):
    """May there be paths of more than ``hops`` hops? Is there a simple partial path that could go on to the target, but not within these?

    Such a one is nearly always near, and is looked for there first, then by growing the balls on for a while: one leads to whoever is too
    far from both ends. False only if all partial paths were looked at, or the ends are not connected; true if the search was ended before.
    ``reach`` has to have been called for so many hops.
    """
    state, size = s.state, WHOLE + 1
    numbers, wide = np.empty(size, np.int32), np.empty(size, np.int64)
    parent, link = np.arange(-1, WHOLE).astype(np.int32), np.arange(size)
    tree = Tree(numbers, parent, numbers, numbers, link, numbers, wide, wide, wide, wide, numbers)
    owner, edge, edge_end, at = np.empty_like(numbers), np.empty_like(wide), np.empty_like(wide), np.empty_like(wide)
    links = Links(wide, numbers, numbers, numbers, numbers, numbers, owner, edge, edge_end, wide, wide)
    tree.node[0] = q.numbers[START]
    apart = state[DISTANCE] < 0
    if not apart and goes_on_nearby(g, q, s, hops, tree, links, at, stop):
        return True
    least = state[STEPS] - FAR
    while state[STOPPED] == 0 and state[RADIUS_F] < WHOLE and state[RADIUS_B] < WHOLE:
        side = smaller(g, s)
        if side < 0 and apart:
            return False
        done, size = (state[COUNT_B], state[SIZE_B]) if side else (state[COUNT_F], state[SIZE_F])
        if side < 0 or state[STEPS] - size < least:
            break
        if widen(g, q, s, side, stop) and state[MEETING] >= 0 and meets_far(g, q, s, hops, tree, links, side, done, stop):
            return True
    return state[STOPPED] != 0 or walk_on(g, q, s, hops, tree, links, at, stop)


def meets_far(g, q, s, hops, tree, links, backward, done, stop):
    """Is somebody in both balls from whom it is too far to the target, after the hops from the start to there? Only those are looked at who
    stand in the queue of one side from place ``done`` on. False also if the search was ended.
    """
    state, met = s.state, s.met
    queue, count, other = (s.queue_b, state[COUNT_B], FROM_START) if backward else (s.queue_f, state[COUNT_F], FROM_END)
    for place in range(done, count):
        v = queue[place]
        if spend(state, stop, 1):
            return False
        if met[v] & other != 0:
            depth = lead_to(g, q, s, tree, links, v)
            if depth >= 0 and depth + hops_to_end(s, v) > hops:
                return True
    return False


def goes_on_nearby(g, q, s, hops, tree, links, edge, stop):
    """Is there such a partial path among those that begin as the forward ball got to where the balls meet?

    The nearest to their rims come first. False also if none was found in ``NEAR`` steps, or the search was ended.
    """
    n, state, met, least = q.numbers, s.state, s.met, s.state[STEPS] - NEAR
    backward = state[COUNT_B] < state[COUNT_F]
    queue, place, other = (s.queue_b, state[COUNT_B], FROM_START) if backward else (s.queue_f, state[COUNT_F], FROM_END)
    while place > 0 and state[STEPS] >= least:
        place -= 1
        v = queue[place]
        if spend(state, stop, 1):
            return False
        if met[v] & other == 0 or v == n[END]:
            continue
        depth = lead_to(g, q, s, tree, links, v)
        if depth < 0:
            continue
        if depth + hops_to_end(s, v) > hops or walk_nearby(g, q, s, hops, tree, links, edge, depth, least, stop):
            return True
    return False


def lead_to(g, q, s, tree, links, v):
    """Write down by whom the forward ball got to an entity; how many hops that took, -1 if they did not hold together as they have to."""
    first, head, queue = g.first, g.head, s.queue_f
    place = up = s.place[2 * v]
    hops = 0
    while s.from_f[up] >= 0:
        hops += 1
        up = s.from_f[up]
    for depth in range(hops, 0, -1):
        v, place = queue[place], s.from_f[place]
        u = queue[place]
        low, high = first[u], first[u + 1]
        while low < high:
            middle = (low + high) >> 1
            if head[middle] < v:
                low = middle + 1
            else:
                high = middle
        while high < first[u + 1] and head[high] == v:
            high += 1
        tree.node[depth], links.owner[depth], links.edge[depth], links.edge_end[depth] = v, u, low, high
    return hops if hops == 0 or q.numbers[TOGETHER] == 0 or held_together(g, q, tree, links, hops) else -1


def walk_nearby(g, q, s, hops, tree, links, edge, begin, least, stop):
    """Go through the continuations of a partial path of ``begin`` hops, until one is found that goes on to the target, but not within
    ``hops``; false also if there are no more than ``least`` steps left, or the search was ended.

    Whoever is not in the backward ball is further from the target than that reaches. That it can be reached is known as soon as the partial
    path comes to the ball, since all that is in between does so by the same way.
    """
    n, state, depth = q.numbers, s.state, begin
    edge[depth] = g.first[tree.node[depth]]
    while depth >= begin and state[STEPS] >= least:
        v = step_on(g, q, s, tree, links, edge, depth, stop)
        if v < 0:
            if state[STOPPED] != 0:
                return False
            depth -= 1
            continue
        near = s.met[v] & FROM_END != 0
        further = hops_to_end(s, v) if near else state[RADIUS_B] + 1
        if depth + 1 + further > hops:
            if near or is_next_to_ball(g, q, s, v, stop):
                return True
        elif n[TOGETHER] == 0 or held_together(g, q, tree, links, depth + 1):
            depth += 1
            edge[depth] = g.first[v]
    return False


def is_next_to_ball(g, q, s, u, stop):
    """Is it one hop from here to somebody of the backward ball, other than the start? False also if the search was ended."""
    first, head, tie, word, n = g.first, g.head, g.tie, g.word, q.numbers
    e, end = first[u], first[u + 1]
    while e < end:
        v, begin = head[e], e
        e += 1
        while e < end and head[e] == v:
            e += 1
        if spend(s.state, stop, 1 + e - begin):
            return False
        if s.met[v] & FROM_END != 0 and v != n[START] and is_open(n, q.admit, q.mask, g.bounds, word, tie, 0, u, v, begin, e):
            return True
    return False


def step_on(g, q, s, tree, links, edge, depth, stop):
    """Continue a partial path by one hop to whoever comes next, from half-edge ``edge[depth]`` on; -1 if nobody does, or the search was
    ended.
    """
    head, n, u = g.head, q.numbers, tree.node[depth]
    e, end = edge[depth], g.first[u + 1]
    while e < end:
        v, begin = head[e], e
        e += 1
        while e < end and head[e] == v:
            e += 1
        edge[depth] = e
        if spend(s.state, stop, 1 + e - begin):
            return -1
        if v == n[END] or in_path(tree, depth, v) or not may_pass(g.passing, n, q.avoid, v):
            continue
        if is_open(n, q.admit, q.mask, g.bounds, g.word, g.tie, 0, u, v, begin, e):
            tree.node[depth + 1] = v
            links.owner[depth + 1], links.edge[depth + 1], links.edge_end[depth + 1] = u, begin, e
            return v
    return -1


def walk_on(g, q, s, hops, tree, links, edge, stop):
    """Go through all simple partial paths, each a beginning of the next as far as that goes; ``edge`` is where each of its entities got
    to.
    """
    n, state, met = q.numbers, s.state, s.met
    whole, depth = False, 0
    edge[0] = g.first[n[START]]
    while depth >= 0:
        v = step_on(g, q, s, tree, links, edge, depth, stop)
        if v < 0:
            if state[STOPPED] != 0:
                return True
            depth -= 1
            continue
        if met[v] & FROM_END == 0 and not whole:
            # How far it is from here to the target, if it can be reached at all, takes the whole ball around that.
            if not grow_whole(g, q, s, stop):
                return True
            whole = True
        if met[v] & FROM_END == 0:
            continue
        if depth + 1 + hops_to_end(s, v) > hops:
            return True
        if n[TOGETHER] == 0 or held_together(g, q, tree, links, depth + 1):
            depth += 1
            edge[depth] = g.first[v]
    return False
