"""Whether a hop may be taken, and what it costs."""

from __future__ import annotations

from interlock.graph.kernels.numbers import (
    AGAINST_SHIFT,
    BOARDS,
    BY_YEAR,
    CERTAIN,
    DATED,
    DAY,
    DAY_YEAR,
    END,
    END_SHIFT,
    ENTITY_KINDS,
    FIRST,
    FUTURE,
    INTERRUPTED,
    KIND_AND_STATUS,
    LAST,
    MASKED,
    MAX_DEGREE,
    MIN_SOURCES,
    NEVER,
    OUT_OF_STEPS,
    PARTICULAR,
    SINGLE_SOURCE,
    SOURCES_SHIFT,
    STALE_A_YEAR,
    STALE_AT_MOST,
    START,
    START_SHIFT,
    STEPS,
    STOPPED,
    SURE,
    YEAR_FROM,
    YEAR_TO,
    YEARS,
)


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

    0 no, 1 possibly at the time asked about, 2 surely. Where whole years tell what possibly held, what surely did is not asked.
    """
    against = (w >> AGAINST_SHIFT) & 1
    if n[BY_YEAR] != 0 and n[PARTICULAR] == 0:
        # All at once: a processor that has to guess which of several conditions fails guesses wrong too often.
        told = admit[backward << 8 | against << 7 | (w & KIND_AND_STATUS)]
        return told & ((w >> START_SHIFT) & YEARS <= n[YEAR_TO]) & (w >> END_SHIFT >= n[YEAR_FROM])
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
        if (w >> START_SHIFT) & YEARS > n[YEAR_TO] or w >> END_SHIFT < n[YEAR_FROM]:
            return 0
        if n[BY_YEAR] != 0:
            return 1
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
        years = n[DAY_YEAR] - int(w >> END_SHIFT)
        if (years - 1) * n[STALE_A_YEAR] >= n[STALE_AT_MOST]:
            cost += n[STALE_AT_MOST]
        elif years >= 0:  # too near to be told without the day
            ended = bounds[4 * tie[each] + 3]
            if ended != FUTURE and n[DAY] > ended:
                cost += min(n[STALE_AT_MOST], n[STALE_A_YEAR] * ((n[DAY] - ended) // 365))
        best = min(best, cost)
    return best if taken else -1
