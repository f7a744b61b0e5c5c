"""Whether all hops of a path held at one time."""

from __future__ import annotations

from interlock.graph.kernels.hops import takes
from interlock.graph.kernels.numbers import DATED, FIRST, LAST, TOGETHER


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
    sure of each. A relationship that is sure of no day (its latest start comes after its earliest end) surely shares a time with the
    others if each of them surely spans all that lies between the two.
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
