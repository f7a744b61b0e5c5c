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
KIND_AND_STATUS = 127
SOURCES_SHIFT = 7
AGAINST_SHIFT = 13
SEAT_SEEN_FROM_COMPANY = 1 << AGAINST_SHIFT
SEAT_AND_SIDE = SEAT_SEEN_FROM_COMPANY | 15

# q.numbers: what a question asks.
START, END, BOARDS, DATED, FIRST, LAST, CERTAIN, SURE, TOGETHER, MIN_SOURCES, MASKED, PARTICULAR = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
ENTITY_KINDS, MAX_DEGREE, PICKY, NEEDS, DAY, SINGLE_SOURCE, STALE_A_YEAR, STALE_AT_MOST = 12, 13, 14, 15, 16, 17, 18, 19
NUMBERS = 20

# state: what survives from one call to the next.
EPOCH, STEPS, STOPPED, RADIUS_F, RADIUS_B, COUNT_F, COUNT_B, SIZE_F, SIZE_B, DISTANCE, TOUCHED, LEVELS = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
LEVELS_B = LEVELS + 16
STATE_SIZE = LEVELS_B + 16

OUT_OF_STEPS, INTERRUPTED = 1, 2
NEVER = 1 << 40
BLOCK, AHEAD = 32, 12
FUTURE = 2**31 - 1

ALLOCATING = frozenset({"with_room", "with_links", "grown", "bounds_below", "enumerate_paths", "goes_on"})
"""Functions that make arrays. In the others Numba need not count who holds an array, which would take longer than all else they do."""


class Tree(NamedTuple):
    """Partial paths, each a continuation of its ``parent`` (-1: none): the entity it ends at, its number of hops, its row, the link by which it was
    continued, what it has still to pass, what it has cost, and will cost at least. ``heap`` are those that wait to be continued."""

    node: Any
    parent: Any
    depth: Any
    row: Any
    link: Any
    need: Any
    spent: Any
    bound: Any
    heap: Any


class Links(NamedTuple):
    """The hops of which paths can be made, in lists: ``begun`` is the first of each number of hops left and each row, ``next`` the next one.

    Of each: ``to`` whom and to which ``row`` it leads, what it costs (the passage included), and the half-edges of its ``owner`` that it takes.
    """

    begun: Any
    next: Any
    to: Any
    row: Any
    cost: Any
    owner: Any
    edge: Any
    edge_end: Any


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


def may_pass(passing, n, avoid, v):
    """May a path pass through this entity?"""
    if (n[ENTITY_KINDS] >> (passing[v] & 15)) & 1 == 0 or passing[v] >> 4 > n[MAX_DEGREE]:
        return False
    for each in avoid:
        if each == v:
            return False
    return True


def takes(n, admit, mask, bounds, backward, w, tie, u, v):
    """Whether a half-edge of ``u`` with word ``w`` may take a path from ``u`` to ``v`` (``backward``: from ``v`` to ``u``).

    0 no, 1 possibly at the time asked about, 2 surely.
    """
    against = w >> AGAINST_SHIFT
    if admit[backward << 8 | against << 7 | (w & KIND_AND_STATUS)] == 0:
        return 0
    if n[PARTICULAR] != 0:
        if n[BOARDS] != 0:
            target = u if against else v
            if n[BOARDS] & 1 and (u == n[START] or v == n[START]) and (w & 15 != 0 or target != n[START]):
                return 0
            if n[BOARDS] & 2 and (u == n[END] or v == n[END]) and (w & 15 != 0 or target != n[END]):
                return 0
        if ((w >> SOURCES_SHIFT) & 63) < n[MIN_SOURCES]:
            return 0
        if n[MASKED] != 0 and mask[tie] == 0:
            return 0
    if n[DATED] != 0:
        if bounds[4 * tie] > n[LAST] or bounds[4 * tie + 3] < n[FIRST]:
            return 0
        if bounds[4 * tie + 1] > n[LAST] or bounds[4 * tie + 2] < n[FIRST]:
            return 1 - n[CERTAIN]
    return 2


def is_open(n, admit, mask, bounds, word, tie, backward, u, v, e, end):
    """May a path take this hop, by one of its parallel half-edges ``e`` to ``end``?"""
    for each in range(e, end):
        if takes(n, admit, mask, bounds, backward, word[each], tie[each], u, v) > n[SURE]:
            return True
    return False


def hop_cost(n, admit, mask, bounds, costs, word, tie, backward, u, v, e, end):
    """What the cheapest of the parallel half-edges costs, by the rule of ``interlock.graph.cost``; -1 if none may be taken."""
    best, taken = NEVER, False
    for each in range(e, end):
        w = word[each]
        how = takes(n, admit, mask, bounds, backward, w, tie[each], u, v)
        if how == 0:
            continue
        taken = taken or how > n[SURE]
        cost = costs[w & KIND_AND_STATUS]
        if ((w >> SOURCES_SHIFT) & 63) < 2:
            cost += n[SINGLE_SOURCE]
        ended = bounds[4 * tie[each] + 3]
        if ended != FUTURE and n[DAY] > ended:
            cost += min(n[STALE_AT_MOST], n[STALE_A_YEAR] * ((n[DAY] - ended) // 365))
        best = min(best, cost)
    return best if taken else -1


def touch(first, head, word, nodes, queue, span, begin, end):
    """Read what is soon to be read, of several entities side by side: memory answers many requests in the time of one."""
    total = 0
    for place in range(begin, end):
        u = queue[place]
        span[2 * (place - begin)], span[2 * (place - begin) + 1] = first[u], first[u + 1]
    for near in range(end - begin):
        e = span[2 * near]
        if e < span[2 * near + 1]:
            total += head[e] + word[e]
    for near in range(end - begin):
        e = span[2 * near]
        for each in range(e, min(e + AHEAD, span[2 * near + 1])):
            total += nodes[4 * head[each]]
    return total


def grow(g, q, s, backward, goal, stop):
    """Grow the ball of one side by one level; the number of entities in the new level, or -1 if the search was ended.

    With a ``goal``, that is all if it comes to an entity of the other ball: then this is minus that entity minus 2, and the level unfinished.
    """
    first, head, tie, word, bounds, passing = g.first, g.head, g.tie, g.word, g.bounds, g.passing
    n, admit, mask, avoid, state, nodes = q.numbers, q.admit, q.mask, q.avoid, s.state, s.nodes
    if backward:
        queue, from_, count_at, radius_at, size_at, levels, last = s.queue_b, s.from_b, COUNT_B, RADIUS_B, SIZE_B, LEVELS_B, n[START]
    else:
        queue, from_, count_at, radius_at, size_at, levels, last = s.queue_f, s.from_f, COUNT_F, RADIUS_F, SIZE_F, LEVELS, n[END]
    epoch, depth, count = state[EPOCH], state[radius_at] + 1, state[count_at]
    done, picky = count, n[PICKY] != 0
    block = state[levels + depth - 1]
    for place in range(block, done):
        if place >= block:
            block = place + BLOCK
            state[TOUCHED] += touch(first, head, word, nodes, queue, s.span, place, min(block, done))
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
    """One path of the least length, up to ``most`` hops, into ``found``; its number of hops, 0 if there is none, -1 if the search was ended."""
    begin(q, s)
    state = s.state
    while state[RADIUS_F] + state[RADIUS_B] < most:
        f, b = LEVELS + state[RADIUS_F], LEVELS_B + state[RADIUS_B]
        size_f, size_b = state[f + 1] - state[f], state[b + 1] - state[b]  # of so many entities: cheaper to know than of half-edges
        if size_f == 0 or size_b == 0:
            return 0
        grown = grow(g, q, s, 1 if size_b < size_f else 0, 1, stop)
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


def bit_of(must, v):
    """The bit of an entity that must be passed; 0 for others."""
    for number in range(len(must)):
        if must[number] == v:
            return 1 << number
    return 0


def place_of(s, hops, left, v):
    """The row of an entity from which ``left`` of ``hops`` hops are left to the target; -1 if it can't be one."""
    epoch = s.state[EPOCH]
    if left <= s.state[RADIUS_B]:
        mark = s.nodes[4 * v + 1]
        return s.nodes[4 * v + 3] if mark >> 4 == epoch and mark & 15 <= left else -1
    mark = s.nodes[4 * v]
    return s.nodes[4 * v + 2] if mark >> 4 == epoch and mark & 15 <= hops - left else -1


def with_room(column, size):
    """The same column with room for ``size``, or twice as much as it had."""
    return column if len(column) >= size else np.concatenate((column, np.empty(max(size - len(column), len(column)), column.dtype)))


def push(g, q, s, hops, left, row, rest, links, made):
    """Tell those from which the entity of ``row`` can be reached in one hop what is left to pay from it; how many links there are then."""
    first, head, tie, word, bounds, nodes = g.first, g.head, g.tie, g.word, g.bounds, s.nodes
    n, admit, mask, costs, must, state = q.numbers, q.admit, q.mask, q.costs, q.must, s.state
    start, target, needs, epoch = n[START], n[END], n[NEEDS], state[EPOCH]
    nearest, meeting = left - (hops - state[DISTANCE]), left == min(state[RADIUS_B], hops)
    x = s.queue_b[row]
    passage, bit = (0 if x == target else g.transit[x]), bit_of(must, x)
    e, end = first[x], first[x + 1]
    while e < end:
        v = head[e]
        begin = e
        e += 1
        while e < end and head[e] == v:
            e += 1
        mark = nodes[4 * v + 1]
        if mark >> 4 != epoch or mark & 15 < nearest or mark & 15 > left or v == target or (v == start) != (left == hops):
            continue
        if meeting and v != start and (nodes[4 * v] >> 4 != epoch or nodes[4 * v] & 15 > hops - left):
            continue
        cost = hop_cost(n, admit, mask, bounds, costs, word, tie, 1, x, v, begin, e)
        if cost >= 0:
            cost += passage
            to = nodes[4 * v + 3]
            links.next[made], links.to[made], links.row[made], links.cost[made] = links.begun[left, to], x, row, cost
            links.owner[made], links.edge[made], links.edge_end[made] = x, begin, e
            links.begun[left, to] = made
            made += 1
            for need in range(needs):
                total = rest[left - 1, need & ~bit, row] + cost
                if total < rest[left, need, to]:
                    rest[left, need, to] = total
    return made


def pull(g, q, s, hops, left, row, rest, links, made):
    """Find out what is left to pay from the entity of ``row``, by way of those that it reaches in one hop; how many links there are then."""
    first, head, tie, word, bounds = g.first, g.head, g.tie, g.word, g.bounds
    n, admit, mask, costs, must = q.numbers, q.admit, q.mask, q.costs, q.must
    start, target, needs = n[START], n[END], n[NEEDS]
    v = s.queue_f[row]
    e, end = first[v], first[v + 1]
    while e < end:
        x = head[e]
        begin = e
        e += 1
        while e < end and head[e] == x:
            e += 1
        if (x == target) != (left == 1) or x == start:
            continue
        to = place_of(s, hops, left - 1, x)
        if to < 0 or rest[left - 1, 0, to] >= NEVER:
            continue
        cost = hop_cost(n, admit, mask, bounds, costs, word, tie, 0, v, x, begin, e)
        if cost >= 0:
            cost += 0 if x == target else g.transit[x]
            links.next[made], links.to[made], links.row[made], links.cost[made] = links.begun[left, row], x, to, cost
            links.owner[made], links.edge[made], links.edge_end[made] = v, begin, e
            links.begun[left, row] = made
            made += 1
            bit = bit_of(must, x)
            for need in range(needs):
                total = rest[left - 1, need & ~bit, to] + cost
                if total < rest[left, need, row]:
                    rest[left, need, row] = total
    return made


def with_links(links, size):
    """The same links with room for ``size``, or for twice as many as they had."""
    return Links(
        links.begun, with_room(links.next, size), with_room(links.to, size), with_room(links.row, size), with_room(links.cost, size),
        with_room(links.owner, size), with_room(links.edge, size), with_room(links.edge_end, size),
    )  # fmt: skip


def bounds_below(g, q, s, hops, stop):
    """What it costs at least to get to the target, and by which hops.

    ``rest`` of shape (hops + 1, 2^must, rows): by the number of hops left, and the entities still to pass, the least cost from the entity of a row.
    Rows are places in the backward ball as far as that reaches, then in the forward ball. If the search was ended, ``state`` says so.
    """
    n, state = q.numbers, s.state
    start, target = n[START], n[END]
    slack, radius_b = hops - state[DISTANCE], min(state[RADIUS_B], hops)
    rows, room, made = max(state[COUNT_F], state[COUNT_B]), 1024, 0
    rest = np.full((hops + 1, n[NEEDS], rows), NEVER, np.int64)
    rest[0, 0, 0] = 0
    links = Links(
        np.full((hops + 1, rows), -1, np.int64), np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.int32),
        np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.int64), np.empty(room, np.int64),
    )  # fmt: skip
    for left in range(1, hops + 1):
        # Near the target, entities push what is left to those from which they can be reached; further away, they pull it.
        near, used = left <= radius_b, hops - left
        begin, end = LEVELS_B + max(0, left - 1 - slack), LEVELS_B + left
        if not near:
            begin, end = LEVELS + max(0, used - slack), LEVELS + used + 1
        for row in range(state[begin], state[end]):
            entity = s.queue_b[row] if near else s.queue_f[row]
            if near and ((entity == target) != (left == 1) or entity == start):
                continue
            if not near and (entity == target or (entity == start) != (used == 0)):
                continue
            size = g.first[entity + 1] - g.first[entity]
            if spend(state, stop, 1 + size):
                return rest, links
            if made + size > len(links.to):
                links = with_links(links, made + size)
            if near:
                made = push(g, q, s, hops, left, row, rest, links, made)
            else:
                made = pull(g, q, s, hops, left, row, rest, links, made)
    return rest, links


def comes_before(a, b, tree):
    """Is partial path ``a`` to be continued before ``b``: by its least cost, then by its entities, a beginning before what continues it?"""
    node, parent, depth = tree.node, tree.parent, tree.depth
    if tree.bound[a] != tree.bound[b]:
        return tree.bound[a] < tree.bound[b]
    x, y = a, b
    while depth[x] > depth[y]:
        x = parent[x]
    while depth[y] > depth[x]:
        y = parent[y]
    if x == y:
        return depth[a] < depth[b]
    while parent[x] != parent[y]:
        x, y = parent[x], parent[y]
    return node[x] < node[y]


def heap_push(tree, size, item):
    """Add a partial path to the heap of those that wait."""
    heap, place = tree.heap, size
    while place > 0:
        above = (place - 1) >> 1
        if not comes_before(item, heap[above], tree):
            break
        heap[place] = heap[above]
        place = above
    heap[place] = item


def heap_pop(tree, size):
    """Take the first partial path off the heap; ``size`` is what it held."""
    heap = tree.heap
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


def spans(g, q, owner, to, e, end, low, high, first, last, spared):
    """Can one of these parallel half-edges be taken, and does it span ``low`` to ``high``? ``spared`` does in any case."""
    n, bounds = q.numbers, g.bounds
    backward = 1 if to == owner else 0
    for each in range(e, end):
        b = 4 * g.tie[each]
        if each == spared or (bounds[b + first] <= low and bounds[b + last] >= high):
            if takes(n, q.admit, q.mask, bounds, backward, g.word[each], g.tie[each], owner, g.head[each]) > 0:
                return True
    return False


def all_span(g, q, tree, links, at, low, high, first, last, spared):
    """Has every hop of a partial path a relationship that spans ``low`` to ``high``?

    ``first`` and ``last`` say which bounds count: 0 and 3 for what is possible, 1 and 2 for what is sure. The time asked about is one more
    that has to span it.
    """
    n = q.numbers
    if n[DATED] and (low < n[FIRST] or high > n[LAST]):
        return False
    while tree.parent[at] >= 0:
        link = tree.link[at]
        if not spans(g, q, links.owner[link], links.to[link], links.edge[link], links.edge_end[link], low, high, first, last, spared):
            return False
        at = tree.parent[at]
    return True


def held_together(g, q, tree, links, at):
    """Did all hops of a partial path hold at one time: possibly, or surely (``TOGETHER`` 1, 2)?

    Possibly: on one day each of them may have held, and the first day of one of them is such a day if any is. Surely: the same of what is
    sure of each. A relationship that is sure of no day (its latest start comes after its earliest end) surely shares a time with the others if
    each of them surely spans all that lies between the two.
    """
    n, bounds = q.numbers, g.bounds
    first, last = (0, 3) if n[TOGETHER] == 1 else (1, 2)
    if n[DATED] and all_span(g, q, tree, links, at, n[FIRST], n[FIRST], first, last, -1):
        return True
    hop = at
    while tree.parent[hop] >= 0:
        link = tree.link[hop]
        owner = links.owner[link]
        backward = 1 if links.to[link] == owner else 0
        for each in range(links.edge[link], links.edge_end[link]):
            if takes(n, q.admit, q.mask, bounds, backward, g.word[each], g.tie[each], owner, g.head[each]) == 0:
                continue
            b = 4 * g.tie[each]
            day = bounds[b + first]
            if bounds[b + last] >= day:
                if all_span(g, q, tree, links, at, day, day, first, last, -1):
                    return True
            elif all_span(g, q, tree, links, at, bounds[b + last], day, first, last, each):
                return True
        hop = tree.parent[hop]
    return False


def count_links(links, left, row):
    """How many hops lead on from a row."""
    count, each = 0, links.begun[left, row]
    while each >= 0:
        count += 1
        each = links.next[each]
    return count


def keep_going(g, q, s, tree, links, rest, at, left, made, waiting, stop):
    """Continue a partial path in every way; how many partial paths there are, and wait to be continued."""
    n, must, state, ahead = q.numbers, q.must, s.state, q.numbers[NEEDS] - 1
    each = links.begun[left, tree.row[at]]
    while each >= 0:
        v, to, this = links.to[each], links.row[each], each
        each = links.next[each]
        needed = tree.need[at] & ~bit_of(must, v)
        further = rest[left - 1, needed & ahead, to]
        if further >= NEVER or in_path(tree, at, v):
            continue
        tree.node[made], tree.parent[made], tree.depth[made], tree.row[made] = v, at, tree.depth[at] + 1, to
        tree.link[made], tree.need[made], tree.spent[made] = this, needed, tree.spent[at] + links.cost[this]
        tree.bound[made] = tree.spent[made] + further
        if n[TOGETHER] != 0 and (spend(state, stop, 1) or not held_together(g, q, tree, links, made)):
            continue
        heap_push(tree, waiting, made)
        waiting += 1
        made += 1
    return made, waiting


def take_down(tree, at, row):
    """Write the entities of a path into a row."""
    for place in range(tree.depth[at], -1, -1):
        row[place] = tree.node[at]
        at = tree.parent[at]


def grown(tree, size):
    """The same tree with room for ``size``, or for twice as much as it had."""
    return Tree(
        with_room(tree.node, size), with_room(tree.parent, size), with_room(tree.depth, size), with_room(tree.row, size),
        with_room(tree.link, size), with_room(tree.need, size), with_room(tree.spent, size), with_room(tree.bound, size),
        with_room(tree.heap, size),
    )  # fmt: skip


def enumerate_paths(g, q, s, hops, most, found, totals, stop):
    """The first ``most`` simple paths of exactly ``hops`` hops, into the rows of ``found`` and ``totals``; how many there are.

    ``reach`` has to have been called for so many hops. If the search was ended, ``state`` says why.
    """
    n, state, room = q.numbers, s.state, 256
    rest, links = bounds_below(g, q, s, hops, stop)
    everybody, row = (1 << len(q.must)) - 1, place_of(s, hops, hops, n[START])
    if state[STOPPED] != 0 or row < 0 or rest[hops, everybody & (n[NEEDS] - 1), row] >= NEVER:
        return 0
    tree = Tree(
        np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int64),
        np.empty(room, np.int32), np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int32),
    )  # fmt: skip
    tree.node[0], tree.parent[0], tree.depth[0], tree.row[0], tree.link[0], tree.need[0] = n[START], -1, 0, row, -1, everybody
    tree.spent[0], tree.bound[0], tree.heap[0] = 0, rest[hops, everybody & (n[NEEDS] - 1), row], 0
    made, waiting, count = 1, 1, 0
    while waiting > 0 and count < most:
        at = heap_pop(tree, waiting)
        waiting -= 1
        left = hops - tree.depth[at]
        if left > 0:
            more = count_links(links, left, tree.row[at])
            if spend(state, stop, 1 + more):
                return count
            if made + more > len(tree.node):
                tree = grown(tree, made + more)
            made, waiting = keep_going(g, q, s, tree, links, rest, at, left, made, waiting, stop)
        elif tree.need[at] == 0:
            totals[count] = tree.spent[at]
            take_down(tree, at, found[count])
            count += 1
    return count


def goes_on(g, q, s, hops, stop):
    """May there be paths of more than ``hops`` hops? Is there a simple partial path that could go on to the target, but not within these?

    False only if all partial paths were looked at; true if the search was ended before.
    """
    numbers, wide = np.empty(hops + 1, np.int32), np.empty(hops + 1, np.int64)
    parent, link = np.arange(-1, hops).astype(np.int32), np.arange(hops + 1)
    tree = Tree(numbers, parent, numbers, numbers, link, numbers, wide, wide, numbers)
    links = Links(np.zeros((1, 1), np.int64), wide, numbers, numbers, wide, np.empty_like(numbers), np.empty_like(wide), np.empty_like(wide))
    return walk_on(g, q, s, hops, tree, links, np.empty_like(wide), stop)


def walk_on(g, q, s, hops, tree, links, edge, stop):
    """Go through all simple partial paths, each a beginning of the next as far as that goes; ``edge`` is where each of its entities got to."""
    first, head, tie, word, bounds, passing = g.first, g.head, g.tie, g.word, g.bounds, g.passing
    n, admit, mask, avoid, state, nodes = q.numbers, q.admit, q.mask, q.avoid, s.state, s.nodes
    epoch, whole, depth = state[EPOCH], False, 0
    tree.node[0], edge[0] = n[START], first[n[START]]
    while depth >= 0:
        u = tree.node[depth]
        e, end = edge[depth], first[u + 1]
        if e >= end:
            depth -= 1
            continue
        v = head[e]
        begin = e
        e += 1
        while e < end and head[e] == v:
            e += 1
        edge[depth] = e
        if spend(state, stop, 1 + e - begin):
            return True
        if v == n[END] or in_path(tree, depth, v) or not may_pass(passing, n, avoid, v):
            continue
        if not is_open(n, admit, mask, bounds, word, tie, 0, u, v, begin, e):
            continue
        if nodes[4 * v + 1] >> 4 != epoch and not whole:
            # How far it is from here to the target, if it can be reached at all, takes the whole ball around that.
            if not grow_whole(g, q, s, stop):
                return True
            whole = True
        if nodes[4 * v + 1] >> 4 != epoch:
            continue
        if depth + 1 + (nodes[4 * v + 1] & 15) > hops:
            return True
        tree.node[depth + 1] = v
        links.owner[depth + 1], links.edge[depth + 1], links.edge_end[depth + 1] = u, begin, e
        if n[TOGETHER] == 0 or held_together(g, q, tree, links, depth + 1):
            depth += 1
            edge[depth] = first[v]
    return False


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
    """Who has a seat at both ``u`` and ``v``, into ``found``; how many these are. Both are read in the order of the other end, side by side."""
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
