"""What it costs at least to get to the target, in exactly so many hops, and by which hops that can be done."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.hops import hop_cost, spend, takes
from interlock.graph.kernels.numbers import (
    DATED,
    DISTANCE,
    END,
    FIRST,
    FROM_END,
    FROM_START,
    FUTURE,
    LAST,
    LEADS_ON,
    LEVELS,
    LEVELS_B,
    LOOK_UP,
    NEEDS,
    NEVER,
    RADIUS_B,
    START,
    TOGETHER,
    Links,
)


def bit_of(must, v):
    """The bit of an entity that must be passed; 0 for others."""
    for number in range(len(must)):
        if must[number] == v:
            return 1 << number
    return 0


def row_of(s, base, hops, left, v):
    """The row of an entity from which ``left`` of ``hops`` hops are left to the target; -1 if it can't be one."""
    if left <= s.state[RADIUS_B]:
        side, upto = 1, s.state[LEVELS_B + left + 1]
    else:
        side, upto = 0, s.state[LEVELS + hops - left + 1]
    if s.met[v] & (FROM_END if side else FROM_START) == 0:
        return -1
    place = s.place[2 * v + side]
    return base[left] + place if place < upto else -1


def with_room(column, size):
    """The same column with room for ``size``, or twice as much as it had."""
    if len(column) >= size:
        return column
    wider = np.empty(max(size, 2 * len(column)), column.dtype)
    wider[: len(column)] = column
    return wider


def with_links(links, size):
    """The same links with room for ``size``, or for twice as many as they had; for their days too, if these are kept."""
    spans = size if len(links.soonest) > 1 else 0
    return Links(
        links.base, links.begun, with_room(links.next, size), with_room(links.to, size), with_room(links.row, size),
        with_room(links.cost, size), with_room(links.owner, size), with_room(links.edge, size), with_room(links.edge_end, size),
        with_room(links.soonest, spans), with_room(links.latest, spans),
    )  # fmt: skip


def span_of(g, q, owner, to, e, end, backward):
    """Between which days one of these parallel half-edges may have held."""
    n, bounds = q.numbers, g.bounds
    soonest, latest = FUTURE, -FUTURE
    for each in range(e, end):
        if takes(n, q.admit, q.mask, bounds, backward, g.word[each], g.tie[each], owner, to) > 0:
            b = 4 * g.tie[each]
            soonest, latest = min(soonest, bounds[b]), max(latest, bounds[b + 3])
    return soonest, latest


def in_time(g, q, times, links, row, onward, made, owner, to, e, end, backward):
    """Note between which days a link, and all that may follow it from row ``onward``, may have held; false if there are none."""
    soonest, latest = span_of(g, q, owner, to, e, end, backward)
    links.soonest[made], links.latest[made] = soonest, latest
    soonest, latest = max(soonest, times[onward, 0]), min(latest, times[onward, 1])
    if soonest > latest:
        return False
    times[row, 0], times[row, 1] = min(soonest, times[row, 0]), max(latest, times[row, 1])
    return True


def push(g, q, s, hops, left, place, rest, times, links, made, stop):
    """Tell those from which the entity at a place of the backward queue can be reached in one hop what is left to pay from it; how many
    links there are then.
    """
    first, head, tie, word, bounds, met, places = g.first, g.head, g.tie, g.word, g.bounds, s.met, s.place
    n, admit, mask, costs, must, state = q.numbers, q.admit, q.mask, q.costs, q.must, s.state
    start, target, needs, row = n[START], n[END], n[NEEDS], links.base[left - 1] + place
    if rest[row, 0] >= NEVER:
        return made
    nearest, furthest = state[LEVELS_B + max(0, left - (hops - state[DISTANCE]))], state[LEVELS_B + left + 1]
    # Whoever is to pull from here has to be near enough to the start as well.
    meeting = left == min(state[RADIUS_B], hops)
    near_start = state[LEVELS + hops - left + 1] if meeting else 0
    x = s.queue_b[place]
    passage, bit = (0 if x == target else g.transit[x]), bit_of(must, x)
    e, end = first[x], first[x + 1]
    while e < end:
        v = head[e]
        begin = e
        e += 1
        if e & LOOK_UP == 0 and stop[0] != 0:
            return made
        if met[v] & FROM_END == 0 or (meeting and v != start and met[v] & FROM_START == 0):
            continue
        while e < end and head[e] == v:
            e += 1
        at = places[2 * v + 1]
        if at >= furthest or (v == start) != (left == hops) or (v != start and (at < nearest or v == target)):
            continue
        if meeting and v != start and places[2 * v] >= near_start:
            continue
        cost = hop_cost(n, admit, mask, bounds, costs, word, tie, 1, x, v, begin, e)
        if cost >= 0:
            cost += passage
            to = links.base[left] + at
            if n[TOGETHER] != 0 and not in_time(g, q, times, links, to, row, made, x, v, begin, e, 1):
                continue
            links.next[made], links.to[made], links.row[made], links.cost[made] = links.begun[to], x, row, cost
            links.owner[made], links.edge[made], links.edge_end[made] = x, begin, e
            links.begun[to] = made
            made += 1
            met[v] |= LEADS_ON
            for need in range(needs):
                total = rest[row, need & ~bit] + cost
                if total < rest[to, need]:
                    rest[to, need] = total
    return made


def pull(g, q, s, hops, left, place, rest, times, links, made, stop):
    """Find out what is left to pay from the entity at a place of the forward queue, by way of those that it reaches in one hop; how many
    links there are then.
    """
    first, head, tie, word, bounds, met = g.first, g.head, g.tie, g.word, g.bounds, s.met
    n, admit, mask, costs, must = q.numbers, q.admit, q.mask, q.costs, q.must
    start, target, needs, row = n[START], n[END], n[NEEDS], links.base[left] + place
    v = s.queue_f[place]
    e, end = first[v], first[v + 1]
    while e < end:
        x = head[e]
        begin = e
        e += 1
        if e & LOOK_UP == 0 and stop[0] != 0:
            return made
        if met[x] & LEADS_ON == 0:
            continue
        while e < end and head[e] == x:
            e += 1
        if (x == target) != (left == 1) or x == start:
            continue
        to = row_of(s, links.base, hops, left - 1, x)
        if to < 0 or rest[to, 0] >= NEVER:
            continue
        cost = hop_cost(n, admit, mask, bounds, costs, word, tie, 0, v, x, begin, e)
        if cost >= 0:
            cost += 0 if x == target else g.transit[x]
            if n[TOGETHER] != 0 and not in_time(g, q, times, links, row, to, made, v, x, begin, e, 0):
                continue
            links.next[made], links.to[made], links.row[made], links.cost[made] = links.begun[row], x, to, cost
            links.owner[made], links.edge[made], links.edge_end[made] = v, begin, e
            links.begun[row] = made
            made += 1
            met[v] |= LEADS_ON
            bit = bit_of(must, x)
            for need in range(needs):
                total = rest[to, need & ~bit] + cost
                if total < rest[row, need]:
                    rest[row, need] = total
    return made


def bounds_below(g, q, s, hops, stop):
    """What it costs at least to get to the target, and by which hops.

    ``rest`` of shape (rows, 2^must): the least cost from the entity of a row, by the entities still to pass. Of each number of hops left
    there is a row for every place in the backward queue as far as that ball reaches, then in the forward queue; only for those that are
    near enough to its end. If the search was ended, ``state`` says so.
    """
    n, state = q.numbers, s.state
    start, target = n[START], n[END]
    slack, radius_b = hops - state[DISTANCE], min(state[RADIUS_B], hops)
    base, room, made = np.zeros(hops + 2, np.int64), 1024, 0
    for left in range(hops + 1):
        base[left + 1] = base[left] + (state[LEVELS_B + left + 1] if left <= radius_b else state[LEVELS + hops - left + 1])
    rows = base[hops + 1]
    rest = np.full((rows, n[NEEDS]), NEVER, np.int64)
    rest[0, 0] = 0
    s.met[target] |= LEADS_ON
    times = np.empty((rows if n[TOGETHER] != 0 else 1, 2), np.int64)
    times[:, 0], times[:, 1] = FUTURE, -FUTURE
    times[0, 0], times[0, 1] = (n[FIRST], n[LAST]) if n[DATED] != 0 else (-FUTURE - 1, FUTURE)
    spans = room if n[TOGETHER] != 0 else 1
    links = Links(
        base, np.full(rows, -1, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32),
        np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int64), np.empty(room, np.int64),
        np.empty(spans, np.int64), np.empty(spans, np.int64),
    )  # fmt: skip
    for left in range(1, hops + 1):
        # Near the target, entities push what is left to those from which they can be reached; further away, they pull it.
        near, used = left <= radius_b, hops - left
        begin, end = LEVELS_B + max(0, left - 1 - slack), LEVELS_B + left
        if not near:
            begin, end = LEVELS + max(0, used - slack), LEVELS + used + 1
        for place in range(state[begin], state[end]):
            entity = s.queue_b[place] if near else s.queue_f[place]
            if near and ((entity == target) != (left == 1) or (entity == start and start != target)):
                continue
            if not near and ((entity == target and start != target) or (entity == start) != (used == 0)):
                continue
            size = g.first[entity + 1] - g.first[entity]
            if spend(state, stop, 1 + size):
                return rest, times, links
            if made + size > len(links.to):
                links = with_links(links, made + size)
            if near:
                made = push(g, q, s, hops, left, place, rest, times, links, made, stop)
            else:
                made = pull(g, q, s, hops, left, place, rest, times, links, made, stop)
    return rest, times, links
