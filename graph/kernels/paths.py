"""Simple paths of one length, the cheapest first."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.bounds import bit_of, bounds_below, row_of, with_room
from interlock.graph.kernels.hops import spend
from interlock.graph.kernels.numbers import END, FUTURE, LOOK_UP, NEEDS, NEVER, START, STOPPED, TOGETHER, Tree
from interlock.graph.kernels.together import held_together


def in_path(tree, at, v):
    """Does a partial path hold this entity?"""
    while at >= 0:
        if tree.node[at] == v:
            return True
        at = tree.parent[at]
    return False


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


def count_links(links, row):
    """How many hops lead on from a row."""
    count, each = 0, links.begun[row]
    while each >= 0:
        count += 1
        each = links.next[each]
    return count


def keep_going(g, q, s, tree, links, rest, times, at, made, waiting, stop):
    """Continue a partial path in every way; how many partial paths there are, and wait to be continued."""
    n, must, state, ahead = q.numbers, q.must, s.state, q.numbers[NEEDS] - 1
    each = links.begun[tree.row[at]]
    while each >= 0:
        v, to, this = links.to[each], links.row[each], each
        each = links.next[each]
        if this & LOOK_UP == 0 and spend(state, stop, 0):
            break
        needed = tree.need[at] & ~bit_of(must, v)
        further = rest[to, needed & ahead]
        if further >= NEVER or (v != n[END] and in_path(tree, at, v)):
            continue
        tree.node[made], tree.parent[made], tree.depth[made], tree.row[made] = v, at, tree.depth[at] + 1, to
        tree.link[made], tree.need[made], tree.spent[made] = this, needed, tree.spent[at] + links.cost[this]
        tree.bound[made] = tree.spent[made] + further
        if n[TOGETHER] != 0:
            soonest, latest = max(tree.soonest[at], links.soonest[this]), min(tree.latest[at], links.latest[this])
            tree.soonest[made], tree.latest[made] = soonest, latest
            if max(soonest, times[to, 0]) > min(latest, times[to, 1]):
                continue
            if spend(state, stop, 1) or not held_together(g, q, tree, links, made):
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
        with_room(tree.soonest, size), with_room(tree.latest, size), with_room(tree.heap, size),
    )  # fmt: skip


def enumerate_paths(g, q, s, hops, most, found, totals, stop):
    """The first ``most`` simple paths of exactly ``hops`` hops, into the rows of ``found`` and ``totals``; how many there are.

    ``reach`` has to have been called for so many hops. If the search was ended, ``state`` says why.
    """
    n, state, room = q.numbers, s.state, 256
    rest, times, links = bounds_below(g, q, s, hops, stop)
    everybody, row = (1 << len(q.must)) - 1, row_of(s, links.base, hops, hops, n[START])
    if state[STOPPED] != 0 or row < 0 or rest[row, everybody & (n[NEEDS] - 1)] >= NEVER:
        return 0
    tree = Tree(
        np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int64),
        np.empty(room, np.int32), np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64),
        np.empty(room, np.int32),
    )  # fmt: skip
    tree.soonest[0], tree.latest[0] = -FUTURE - 1, FUTURE
    tree.node[0], tree.parent[0], tree.depth[0], tree.row[0], tree.link[0], tree.need[0] = n[START], -1, 0, row, -1, everybody
    tree.spent[0], tree.bound[0], tree.heap[0] = 0, rest[row, everybody & (n[NEEDS] - 1)], 0
    made, waiting, count = 1, 1, 0
    while waiting > 0 and count < most:
        at = heap_pop(tree, waiting)
        waiting -= 1
        left = hops - tree.depth[at]
        if left > 0:
            more = count_links(links, tree.row[at])
            if spend(state, stop, 1 + more):
                return count
            if made + more > len(tree.node):
                tree = grown(tree, made + more)
            made, waiting = keep_going(g, q, s, tree, links, rest, times, at, made, waiting, stop)
        elif tree.need[at] == 0:
            totals[count] = tree.spent[at]
            take_down(tree, at, found[count])
            count += 1
    return count
