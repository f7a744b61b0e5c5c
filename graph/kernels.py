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


def covers(g, q, tree, at, e, end, low, high, loose):
    """Can every hop of a partial path, and a last one by half-edges ``e`` to ``end``, take a relationship that spans ``low`` to ``high``?

    ``loose`` 0 asks whether it possibly did (earliest start, latest end); 1 whether it surely did (latest start, earliest end). The hop that the
    span was taken from is in it anyway, or, if its own dates are looser than that, is passed over: ``loose`` 2 + its half-edge.
    """
    spared = loose - 2 if loose >= 2 else -1
    first, last = (0, 3) if loose == 0 else (1, 2)
    while True:
        found = e <= spared < end
        each = e
        while not found and each < end:
            b = 4 * g.tie[each]
            if g.bounds[b + first] <= low and g.bounds[b + last] >= high:
                u = tree.node[at]
                found = takes(g, q, u, g.head[each], each, 0) > 0
            each += 1
        if not found:
            return False
        e, end = tree.edge[at], tree.edge_end[at]
        at = tree.parent[at]
        if at < 0:
            return True


def held_together(g, q, tree, at, e, end):
    """Did all hops of a partial path, and a last one by half-edges ``e`` to ``end``, hold at one time (as surely as is asked for)?

    It is enough to look at the days on which one of them began: possibly, or surely. A relationship whose latest start comes after its earliest
    end surely holds on no day by itself; it may still surely share a time with the others if each of them spans all that it may have been.
    """
    begins = 0 if q.together == 1 else 1
    if q.dated:
        low = high = q.first
        if q.together == 2 and q.last > q.first:
            pass
        if covers_window(g, q, tree, at, e, end, low, high, begins):
            return True
    a, f, l = at, e, end
    while True:
        for each in range(f, l):
            if takes(g, q, tree.node[a], g.head[each], each, 0) == 0:
                continue
            b = 4 * g.tie[each]
            day = g.bounds[b + begins]
            if covers_window(g, q, tree, at, e, end, day, day, begins):
                return True
            if q.together == 2 and g.bounds[b + 1] > g.bounds[b + 2]:
                low, high = g.bounds[b + 2], g.bounds[b + 1]
                if covers_window(g, q, tree, at, e, end, low, high, 2 + each):
                    return True
        f, l = tree.edge[a], tree.edge_end[a]
        a = tree.parent[a]
        if a < 0:
            return False


def covers_window(g, q, tree, at, e, end, low, high, loose):
    """The same, within the time that is asked about."""
    if q.dated and (low < q.first or high > q.last):
        return False
    return covers(g, q, tree, at, e, end, low, high, loose)
