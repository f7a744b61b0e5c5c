"""The search over compressed adjacency arrays: from two sides to the shortest length, then path by path in exact order.

Written for Numba, and just as good as plain Python: see ``interlock.graph.jit``, which loads this module in either way. Everything is a
number: an entity is its index (in the order of ids, so that comparing indexes compares ids), a relationship its own; a *half-edge* is a
relationship seen from one of its ends. The half-edges of entity ``u`` are ``first[u]`` to ``first[u + 1]``, sorted by the other end, so that
parallel relationships stand side by side and make one hop.

Three steps answer a question:

1. ``meet``: breadth-first search from both ends, always by the smaller frontier, until they meet. Each side keeps its *ball*: which entities
   are within how many hops.
2. ``reach``: the balls are grown until their radii add up to the wanted number of hops. Backward from the target it is then found what
   it costs at least to get there from an entity in exactly so many hops (``rest``; a lower bound, since a walk may repeat itself).
3. ``enumerate_paths``: partial paths are continued in the order of what they will cost at least, equal ones in the order of their entities.
   So whole paths come out in exact order, and the search may stop after any of them.

A worker's marks, positions and queues are kept between questions: an epoch number says whether a mark is of this question, so that nothing is
ever cleared. ``state`` holds the numbers that survive from call to call; ``stop[0]`` is set from outside to end the search.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# What is in a half-edge's word: kind (4 bits), status (3), number of independent sources up to 63 (6), and whether it is seen from its target.
STATUS_SHIFT = 4
SOURCES_SHIFT = 7
AGAINST = 1 << 13
SEAT = 0
ASSOCIATION = 10

# state: what survives from one call to the next.
EPOCH, STEPS, STOPPED, RADIUS_F, RADIUS_B, COUNT_F, COUNT_B, DISTANCE, LEVELS = 0, 1, 2, 3, 4, 5, 6, 7, 8
LEVELS_B = LEVELS + 16
STATE_SIZE = LEVELS_B + 16

OUT_OF_STEPS, INTERRUPTED = 1, 2
CHECK_EVERY = 1023
NEVER = 1 << 40
FUTURE = 2**31 - 1


class Tree(NamedTuple):
    """Partial paths, each a continuation of its parent (-1: none): the entity it ends at, its number of hops, the parallel half-edges of its last
    hop, what it has still to pass, what it has cost, and what it will cost at least."""

    node: Any
    parent: Any
    depth: Any
    edge: Any
    edge_end: Any
    need: Any
    spent: Any
    bound: Any


def spend(state, stop, steps):
    """Use up steps; true if the search has to end."""
    left = state[STEPS] - steps
    state[STEPS] = left
    if left < 0:
        state[STOPPED] = OUT_OF_STEPS
        return True
    if stop[0] != 0:
        state[STOPPED] = INTERRUPTED
        return True
    return False


def may_pass(g, q, v):
    """May a path pass through this entity?"""
    if (q.entity_kinds >> g.kind[v]) & 1 == 0 or g.degree[v] > q.max_degree:
        return False
    for each in q.avoid:
        if each == v:
            return False
    return True


def takes(g, q, u, v, e, backward):
    """Whether half-edge ``e`` of ``u`` may take a path from ``u`` to ``v`` (or from ``v`` to ``u``): 0 no, 1 possibly at that time, 2 surely."""
    word = g.word[e]
    kind = word & 15
    if (q.kinds >> kind) & 1 == 0 or (q.statuses >> ((word >> STATUS_SHIFT) & 7)) & 1 == 0:
        return 0
    against = 1 if word & AGAINST else 0
    if q.direction != 0 and (against ^ backward) != q.direction - 1:
        return 0
    if q.boards != 0:
        target = u if against else v
        if q.boards & 1 and (u == q.start or v == q.start) and (kind != SEAT or target != q.start):
            return 0
        if q.boards & 2 and (u == q.end or v == q.end) and (kind != SEAT or target != q.end):
            return 0
    if ((word >> SOURCES_SHIFT) & 63) < q.min_sources:
        return 0
    if q.masked and q.mask[g.tie[e]] == 0:
        return 0
    if q.dated:
        at = 4 * g.tie[e]
        if g.bounds[at] > q.last or g.bounds[at + 3] < q.first:
            return 0
        if g.bounds[at + 1] > q.last or g.bounds[at + 2] < q.first:
            return 0 if q.certain else 1
    return 2


def is_open(g, q, u, v, e, end, backward):
    """May a path take this hop, by one of its parallel half-edges ``e`` to ``end``?"""
    for each in range(e, end):
        how = takes(g, q, u, v, each, backward)
        if how == 2 or (how == 1 and not q.sure):
            return True
    return False


def hop_cost(g, q, u, v, e, end, backward):
    """What the cheapest of the parallel half-edges costs, by the rule of ``interlock.graph.cost``; -1 if none may be taken."""
    best, open_ = NEVER, False
    for each in range(e, end):
        how = takes(g, q, u, v, each, backward)
        if how == 0:
            continue
        open_ = open_ or how == 2 or not q.sure
        word = g.word[each]
        cost = q.status_costs[(word >> STATUS_SHIFT) & 7]
        if ((word >> SOURCES_SHIFT) & 63) < 2:
            cost += q.single_source
        if word & 15 == ASSOCIATION:
            cost += q.vague
        ended = g.bounds[4 * g.tie[each] + 3]
        if ended != FUTURE and q.day > ended:
            cost += min(q.stale_at_most, q.stale_a_year * ((q.day - ended) // 365))
        best = min(best, cost)
    return best if open_ else -1


def grow(g, q, s, backward, stop):
    """Grow the ball of one side by one level; the number of entities in the new level, or -1 if the search was ended."""
    state = s.state
    if backward:
        mark, pos, queue, count_at, radius_at, levels = s.mark_b, s.pos_b, s.queue_b, COUNT_B, RADIUS_B, LEVELS_B
        closed, goal = q.start, q.start
    else:
        mark, pos, queue, count_at, radius_at, levels = s.mark_f, s.pos_f, s.queue_f, COUNT_F, RADIUS_F, LEVELS
        closed, goal = q.end, q.end
    epoch, depth = state[EPOCH], state[radius_at] + 1
    begin, count = state[levels + depth - 1], state[count_at]
    done = count
    for place in range(begin, done):
        u = queue[place]
        if u == closed:
            continue
        e, end = g.first[u], g.first[u + 1]
        if spend(state, stop, 1 + end - e):
            return -1
        while e < end:
            v = g.head[e]
            after = e + 1
            while after < end and g.head[after] == v:
                after += 1
            if mark[v] >> 4 != epoch and (v == goal or may_pass(g, q, v)) and is_open(g, q, u, v, e, after, backward):
                mark[v] = epoch << 4 | depth
                pos[v] = count
                queue[count] = v
                count += 1
            e = after
    state[count_at] = count
    state[radius_at] = depth
    state[levels + depth] = done
    state[levels + depth + 1] = count
    return count - done


def begin(q, s):
    """Set a worker up for a question: each ball holds its end only."""
    state = s.state
    state[EPOCH] += 1
    epoch = state[EPOCH]
    state[STOPPED] = 0
    state[DISTANCE] = -1
    state[RADIUS_F] = state[RADIUS_B] = 0
    state[COUNT_F] = state[COUNT_B] = 1
    state[LEVELS] = state[LEVELS_B] = 0
    state[LEVELS + 1] = state[LEVELS_B + 1] = 1
    s.mark_f[q.start] = epoch << 4
    s.mark_b[q.end] = epoch << 4
    s.pos_f[q.start] = s.pos_b[q.end] = 0
    s.queue_f[0] = q.start
    s.queue_b[0] = q.end


def frontier(g, queue, begin, end):
    """How many half-edges a level has: what it costs to grow the ball by one more."""
    total = 0
    for place in range(begin, end):
        u = queue[place]
        total += g.first[u + 1] - g.first[u]
    return total


def grow_smaller(g, q, s, stop):
    """Grow the ball whose frontier has fewer half-edges; 1 if the balls may meet, 0 if the end of one is reached, -1 if the search was ended."""
    state = s.state
    f, b = LEVELS + state[RADIUS_F], LEVELS_B + state[RADIUS_B]
    size_f = frontier(g, s.queue_f, state[f], state[f + 1])
    size_b = frontier(g, s.queue_b, state[b], state[b + 1])
    if size_f == 0 or size_b == 0:
        return 0
    grown = grow(g, q, s, 1 if size_b < size_f else 0, stop)
    if grown < 0:
        return -1
    return 1


def meet(g, q, s, most, stop):
    """The length of the shortest path, up to ``most``; 0 if there is none that short, -1 if the search was ended."""
    begin(q, s)
    state = s.state
    epoch = state[EPOCH]
    while state[RADIUS_F] + state[RADIUS_B] < most:
        radius_f = state[RADIUS_F]
        grown = grow_smaller(g, q, s, stop)
        if grown <= 0:
            return grown
        if state[RADIUS_F] > radius_f:
            queue, other, level = s.queue_f, s.mark_b, LEVELS + state[RADIUS_F]
        else:
            queue, other, level = s.queue_b, s.mark_f, LEVELS_B + state[RADIUS_B]
        for place in range(state[level], state[level + 1]):
            if other[queue[place]] >> 4 == epoch:
                state[DISTANCE] = state[RADIUS_F] + state[RADIUS_B]
                return state[DISTANCE]
    return 0


def reach(g, q, s, hops, stop):
    """Grow the balls until their radii add up to ``hops`` (or one can't grow any more); false if the search was ended."""
    state = s.state
    while state[RADIUS_F] + state[RADIUS_B] < hops:
        grown = grow_smaller(g, q, s, stop)
        if grown < 0:
            return False
        if grown == 0:
            # One ball is whole: levels without an entity keep the arithmetic of radii the same.
            side, levels = (RADIUS_F, LEVELS) if frontier_is_empty(g, s, 0) else (RADIUS_B, LEVELS_B)
            state[side] += 1
            state[levels + state[side] + 1] = state[levels + state[side]]
    return True


def frontier_is_empty(g, s, backward):
    """Has the last level of a ball no half-edge?"""
    state = s.state
    if backward:
        b = LEVELS_B + state[RADIUS_B]
        return frontier(g, s.queue_b, state[b], state[b + 1]) == 0
    f = LEVELS + state[RADIUS_F]
    return frontier(g, s.queue_f, state[f], state[f + 1]) == 0


def bit_of(q, v):
    """The bit of an entity that must be passed; 0 for others."""
    for number in range(len(q.must)):
        if q.must[number] == v:
            return 1 << number
    return 0


def rest_of(q, s, rest, hops, left, need, v, size_b):
    """What is left to pay from ``v`` in exactly ``left`` hops that pass all of ``need``; NEVER if that can't be."""
    epoch = s.state[EPOCH]
    need &= q.needs - 1
    if left <= s.state[RADIUS_B]:
        if s.mark_b[v] >> 4 != epoch:
            return NEVER
        place = s.pos_b[v]
        return rest[left, need, place] if place < size_b else NEVER
    if s.mark_f[v] >> 4 != epoch or (s.mark_f[v] & 15) > hops - left:
        return NEVER
    return rest[left, need, s.pos_f[v]]


def bounds_below(g, q, s, hops, stop):
    """For each number of hops left and each set of entities still to pass: the least cost from an entity to the target.

    Of shape (hops + 1, 2^must, entities), entities being counted by their place in the backward ball as far as that reaches, then in the
    forward ball. Empty if the search was ended.
    """
    state = s.state
    epoch = state[EPOCH]
    slack = hops - state[DISTANCE]
    needs = q.needs
    size = max(state[COUNT_F], state[COUNT_B])
    rest = np.full((hops + 1, needs, size), NEVER, np.int64)
    rest[0, 0, 0] = 0
    radius_b = min(state[RADIUS_B], hops)
    for left in range(1, radius_b + 1):
        # Entities from which the target can be reached in this many hops are pushed to from those one hop nearer.
        nearest = max(0, left - 1 - slack)
        for place in range(state[LEVELS_B + nearest], state[LEVELS_B + left]):
            x = s.queue_b[place]
            if (x == q.end) != (left == 1) or x == q.start:
                continue
            e, end = g.first[x], g.first[x + 1]
            if spend(state, stop, 1 + end - e):
                return rest[:0]
            passage = 0 if x == q.end else g.transit[x]
            bit = bit_of(q, x)
            while e < end:
                v = g.head[e]
                after = e + 1
                while after < end and g.head[after] == v:
                    after += 1
                if v != q.end and (v != q.start or left == hops) and s.mark_b[v] >> 4 == epoch and (s.mark_b[v] & 15) >= left - slack:
                    cost = hop_cost(g, q, x, v, e, after, 1)
                    if cost >= 0:
                        to = s.pos_b[v]
                        for need in range(needs):
                            total = rest[left - 1, need & ~bit, place] + cost + passage
                            if total < rest[left, need, to]:
                                rest[left, need, to] = total
                e = after
    for left in range(radius_b + 1, hops + 1):
        # Further away, entities of the forward ball pull from those one hop nearer.
        used = hops - left
        for place in range(state[LEVELS + max(0, used - slack)], state[LEVELS + used + 1]):
            v = s.queue_f[place]
            if v == q.end or (v == q.start and used > 0):
                continue
            e, end = g.first[v], g.first[v + 1]
            if spend(state, stop, 1 + end - e):
                return rest[:0]
            while e < end:
                x = g.head[e]
                after = e + 1
                while after < end and g.head[after] == x:
                    after += 1
                if (x == q.end) == (left == 1) and x != q.start:
                    bit = bit_of(q, x)
                    cost = NEVER
                    for need in range(needs):
                        further = rest_of(q, s, rest, hops, left - 1, need & ~bit, x, size)
                        if further < NEVER:
                            if cost == NEVER:
                                cost = hop_cost(g, q, v, x, e, after, 0)
                                if cost < 0:
                                    break
                                cost += 0 if x == q.end else g.transit[x]
                            rest[left, need, place] = min(rest[left, need, place], further + cost)
                e = after
    return rest


def comes_before(a, b, tree):
    """Is partial path ``a`` to be continued before ``b``: by its least cost, then by its entities, a beginning before what continues it?"""
    if tree.bound[a] != tree.bound[b]:
        return tree.bound[a] < tree.bound[b]
    at, bt = a, b
    while tree.depth[at] > tree.depth[bt]:
        at = tree.parent[at]
    while tree.depth[bt] > tree.depth[at]:
        bt = tree.parent[bt]
    first_a = first_b = -1
    while at != bt:
        first_a, first_b = tree.node[at], tree.node[bt]
        at, bt = tree.parent[at], tree.parent[bt]
        if tree.node[at] == tree.node[bt] and at == bt:
            break
    if first_a != first_b:
        return first_a < first_b
    return tree.depth[a] < tree.depth[b]


def heap_push(heap, size, item, tree):
    """Add a partial path to the heap."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if not comes_before(item, heap[above], tree):
            break
        heap[place] = heap[above]
        place = above
    heap[place] = item


def heap_pop(heap, size, tree):
    """Take the first partial path off the heap; ``size`` is what it held."""
    top, item = heap[0], heap[size - 1]
    place, last = 0, size - 1
    while True:
        below = 2 * place + 1
        if below >= last:
            break
        if below + 1 < last and comes_before(heap[below + 1], heap[below], tree):
            below += 1
        if not comes_before(heap[below], item, tree):
            break
        heap[place] = heap[below]
        place = below
    heap[place] = item
    return top


def in_path(tree, at, v):
    """Does a partial path hold this entity?"""
    while at >= 0:
        if tree.node[at] == v:
            return True
        at = tree.parent[at]
    return False


def spans(g, q, u, e, end, low, high, first, last, spared):
    """Can one of these parallel half-edges of ``u`` be taken, and does it span ``low`` to ``high``? ``spared`` does in any case."""
    for each in range(e, end):
        b = 4 * g.tie[each]
        if (each == spared or (g.bounds[b + first] <= low and g.bounds[b + last] >= high)) and takes(g, q, u, g.head[each], each, 0) > 0:
            return True
    return False


def all_span(g, q, tree, at, e, end, low, high, first, last, spared):
    """Does every hop of partial path ``at``, and a last one by ``e`` to ``end``, have a relationship that spans ``low`` to ``high``?

    ``first`` and ``last`` say which bounds count: 0 and 3 for what is possible, 1 and 2 for what is sure. The time asked about is one more
    that has to span it.
    """
    if q.dated and (low < q.first or high > q.last):
        return False
    while at >= 0:
        if not spans(g, q, tree.node[at], e, end, low, high, first, last, spared):
            return False
        e, end = tree.edge[at], tree.edge_end[at]
        at = tree.parent[at]
    return True


def held_together(g, q, tree, at, e, end):
    """Did all hops of partial path ``at``, and a last one by ``e`` to ``end``, hold at one time: possibly, or surely (``q.together`` 1, 2)?

    Possibly: on one day each of them may have held, and the first day of one of them is such a day if any is. Surely: the same of what is
    sure of each. A relationship that is sure of no day (its latest start comes after its earliest end) surely shares a time with the others if
    each of them surely spans all that lies between the two.
    """
    first, last = (0, 3) if q.together == 1 else (1, 2)
    if q.dated and all_span(g, q, tree, at, e, end, q.first, q.first, first, last, -1):
        return True
    hop, begin, stop = at, e, end
    while hop >= 0:
        for each in range(begin, stop):
            if takes(g, q, tree.node[hop], g.head[each], each, 0) == 0:
                continue
            b = 4 * g.tie[each]
            day = g.bounds[b + first]
            if g.bounds[b + last] >= day:
                if all_span(g, q, tree, at, e, end, day, day, first, last, -1):
                    return True
            elif all_span(g, q, tree, at, e, end, g.bounds[b + last], day, first, last, each):
                return True
        begin, stop = tree.edge[hop], tree.edge_end[hop]
        hop = tree.parent[hop]
    return False


def enumerate_paths(g, q, s, hops, most, found, costs, stop):
    """The first ``most`` simple paths of exactly ``hops`` hops, into the rows of ``found`` and ``costs``; how many there are.

    ``reach`` has to have been called for so many hops. If the search was ended, ``state[STOPPED]`` says why.
    """
    rest = bounds_below(g, q, s, hops, stop)
    state = s.state
    if state[STOPPED] != 0 or len(rest) == 0:
        return 0
    size_b = rest.shape[2]
    everybody = (1 << len(q.must)) - 1
    least = rest_of(q, s, rest, hops, hops, everybody, q.start, size_b)
    if least >= NEVER:
        return 0
    room = 256
    node, parent, depth = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
    edge, edge_end, need = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int32)
    spent, bound, heap = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int32)
    tree = Tree(node, parent, depth, edge, edge_end, need, spent, bound)
    node[0], parent[0], depth[0], need[0], spent[0], bound[0] = q.start, -1, 0, everybody, 0, least
    edge[0] = edge_end[0] = 0
    heap[0] = 0
    made, waiting, count = 1, 1, 0
    while waiting > 0:
        at = heap_pop(heap, waiting, tree)
        waiting -= 1
        if depth[at] == hops:
            if need[at] != 0:
                continue
            costs[count] = spent[at]
            back = at
            for place in range(hops, -1, -1):
                found[count, place] = node[back]
                back = parent[back]
            count += 1
            if count == most:
                return count
            continue
        u, left = node[at], hops - depth[at]
        e, end = g.first[u], g.first[u + 1]
        if spend(state, stop, 1 + end - e):
            return count
        while e < end:
            v = g.head[e]
            after = e + 1
            while after < end and g.head[after] == v:
                after += 1
            begin, e = e, after
            if (v == q.end) != (left == 1) or v == q.start:
                continue
            needed = need[at] & ~bit_of(q, v)
            further = rest_of(q, s, rest, hops, left - 1, needed, v, size_b)
            if further >= NEVER or in_path(tree, at, v):
                continue
            cost = hop_cost(g, q, u, v, begin, after, 0)
            if cost < 0 or (q.together != 0 and not held_together(g, q, tree, at, begin, after)):
                continue
            if made == len(node):
                node, parent, depth = doubled(node), doubled(parent), doubled(depth)
                edge, edge_end, need = doubled(edge), doubled(edge_end), doubled(need)
                spent, bound, heap = doubled(spent), doubled(bound), doubled(heap)
                tree = Tree(node, parent, depth, edge, edge_end, need, spent, bound)
            node[made], parent[made], depth[made], need[made] = v, at, depth[at] + 1, needed
            edge[made], edge_end[made] = begin, after
            spent[made] = spent[at] + cost + (0 if v == q.end else g.transit[v])
            bound[made] = spent[made] + further
            heap_push(heap, waiting, made, tree)
            waiting += 1
            made += 1
    return count


def grow_whole(g, q, s, stop):
    """Grow the backward ball as far as it goes, all that is further than 14 hops counting as 15 away; false if the search was ended."""
    state = s.state
    epoch = state[EPOCH]
    while state[RADIUS_B] < 14:
        grown = grow(g, q, s, 1, stop)
        if grown < 0:
            return False
        if grown == 0:
            return True
    place, count = state[LEVELS_B + 14], state[COUNT_B]
    while place < count:
        u = s.queue_b[place]
        place += 1
        if u == q.start:
            continue
        e, end = g.first[u], g.first[u + 1]
        if spend(state, stop, 1 + end - e):
            return False
        while e < end:
            v = g.head[e]
            after = e + 1
            while after < end and g.head[after] == v:
                after += 1
            if s.mark_b[v] >> 4 != epoch and (v == q.start or may_pass(g, q, v)) and is_open(g, q, u, v, e, after, 1):
                s.mark_b[v] = epoch << 4 | 15
                s.queue_b[count] = v
                count += 1
            e = after
    return True


def doubled(column):
    """The same column with room for twice as much."""
    return np.concatenate((column, np.empty_like(column)))


def goes_on(g, q, s, hops, stop):
    """May there be paths of more than ``hops`` hops? Is there a simple partial path that could go on to the target, but not within these?

    The balls have to have been grown for so many hops. False only if all partial paths were looked at.
    """
    state = s.state
    epoch = state[EPOCH]
    whole = False
    node, edge = np.empty(hops + 1, np.int32), np.empty(hops + 1, np.int64)
    begin, stops = np.empty(hops + 1, np.int64), np.empty(hops + 1, np.int64)
    tree_parent = np.arange(-1, hops, dtype=np.int32)
    depth_of = np.arange(hops + 1, dtype=np.int32)
    zeros = np.zeros(hops + 1, np.int64)
    tree = Tree(node, tree_parent, depth_of, begin, stops, depth_of, zeros, zeros)
    node[0], edge[0], begin[0], stops[0] = q.start, g.first[q.start], 0, 0
    depth = 0
    while depth >= 0:
        u = node[depth]
        e, end = edge[depth], g.first[u + 1]
        if e >= end:
            depth -= 1
            continue
        v = g.head[e]
        after = e + 1
        while after < end and g.head[after] == v:
            after += 1
        edge[depth] = after
        if spend(state, stop, 1 + after - e):
            return True
        if v == q.end or v == q.start or in_path(tree, depth, v) or not may_pass(g, q, v) or not is_open(g, q, u, v, e, after, 0):
            continue
        if s.mark_b[v] >> 4 != epoch and not whole:
            # How far it is from here to the target, if it can be reached at all, takes the whole ball around that.
            if not grow_whole(g, q, s, stop):
                return True
            whole = True
        if s.mark_b[v] >> 4 != epoch:
            continue
        if depth + 1 + (s.mark_b[v] & 15) > hops:
            return True
        if q.together == 0 or held_together(g, q, tree, depth, e, after):
            depth += 1
            node[depth], edge[depth], begin[depth], stops[depth] = v, g.first[v], e, after
    return False
