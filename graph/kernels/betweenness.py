"""How many shortest connections run through whom: of all pairs, source by source (Brandes 2001), or of pairs by chance, one path of each.

The graph is one of its own here, without parallel relationships: neighbours of ``u`` are ``head[first[u]]`` to ``head[first[u + 1]]``; the
same of those before it in ``first_b`` and ``head_b``. Whoever is ``closed`` may be an end, and is never passed through.
"""

from __future__ import annotations

from interlock.graph.kernels.hops import spend


def dependencies(first, head, closed, sources, distance, paths, queue, share, total, state, stop):
    """Add to ``total`` what share of the shortest paths from each source to all others runs through whom; how many sources were done.

    ``distance`` has to be -1 and is again afterwards. ``paths`` counts them, ``share`` is that of one source.
    """
    for done in range(len(sources)):
        s, count, place, read = sources[done], 1, 0, 1
        queue[0], distance[s], paths[s], share[s] = s, 0, 1.0, 0.0
        while place < count:
            u = queue[place]
            place += 1
            if closed[u] and u != s:
                continue
            read += first[u + 1] - first[u]
            for e in range(first[u], first[u + 1]):
                v = head[e]
                if distance[v] < 0:
                    distance[v], paths[v], share[v] = distance[u] + 1, 0.0, 0.0
                    queue[count] = v
                    count += 1
                if distance[v] == distance[u] + 1:
                    paths[v] += paths[u]
        ended = spend(state, stop, read)
        for place in range(count - 1, -1, -1):
            u = queue[place]
            if u != s and not closed[u] and not ended:
                for e in range(first[u], first[u + 1]):
                    v = head[e]
                    if distance[v] == distance[u] + 1:
                        share[u] += paths[u] / paths[v] * (1.0 + share[v])
                total[u] += share[u]
        for place in range(count):
            distance[queue[place]] = -1
        if ended:
            return done
    return len(sources)


def paths_by_chance(first, head, first_b, head_b, closed, pairs, chance, near, far, paths_f, paths_b, queue_f, queue_b, met, state, stop):
    """Of each pair take one of its shortest paths by chance, all being equally likely, and count in ``met`` whom it passes; how many pairs
    were done.

    ``near`` and ``far`` are how far it is from the start and to the end; they have to be -1 and are again afterwards. One number of
    ``chance``, from 0 to 1, chooses a path: what is left of it after each choice makes the next.
    """
    for done in range(len(chance)):
        s, t = pairs[2 * done], pairs[2 * done + 1]
        queue_f[0], near[s], paths_f[s] = s, 0, 1.0
        queue_b[0], far[t], paths_b[t] = t, 0, 1.0
        begin_f, count_f, begin_b, count_b = 0, 1, 0, 1
        total, ended, meeting = 0.0, False, False
        while total == 0.0 and begin_f < count_f and begin_b < count_b and not ended:
            size_f = frontier(first, queue_f, begin_f, count_f)
            size_b = frontier(first_b, queue_b, begin_b, count_b)
            meeting = size_f <= size_b
            if meeting:
                begin_f, count_f = count_f, expand(first, head, closed, t, near, paths_f, queue_f, begin_f, count_f)
                total = together(queue_f, begin_f, count_f, near, far, paths_f, paths_b)
            else:
                begin_b, count_b = count_b, expand(first_b, head_b, closed, s, far, paths_b, queue_b, begin_b, count_b)
                total = together(queue_b, begin_b, count_b, near, far, paths_f, paths_b)
            ended = spend(state, stop, 1 + min(size_f, size_b))
        if total > 0.0 and not ended:
            queue, place = (queue_f, begin_f) if meeting else (queue_b, begin_b)
            v, share = choose(queue, place, count_f if meeting else count_b, near, far, paths_f, paths_b, chance[done] * total)
            if v != s and v != t:
                met[v] += 1
            share = follow(first_b, head_b, near, paths_f, v, share, met)
            follow(first, head, far, paths_b, v, share, met)
        for place in range(count_f):
            near[queue_f[place]] = -1
        for place in range(count_b):
            far[queue_b[place]] = -1
        if ended:
            return done
    return len(chance)


def frontier(first, queue, begin, end):
    """How many neighbours those at these places have, all in all."""
    total = 0
    for place in range(begin, end):
        total += first[queue[place] + 1] - first[queue[place]]
    return total


def expand(first, head, closed, goal, distance, paths, queue, begin, end):
    """Add the next level: whoever is next to those at these places, with the number of paths there; how many there are then."""
    count = end
    for place in range(begin, end):
        u = queue[place]
        for e in range(first[u], first[u + 1]):
            v = head[e]
            if closed[v] and v != goal:
                continue
            if distance[v] < 0:
                distance[v], paths[v] = distance[u] + 1, 0.0
                queue[count] = v
                count += 1
            if distance[v] == distance[u] + 1:
                paths[v] += paths[u]
    return count


def together(queue, begin, end, near, far, paths_f, paths_b):
    """How many shortest paths there are by way of those at these places."""
    total = 0.0
    for place in range(begin, end):
        v = queue[place]
        if near[v] >= 0 and far[v] >= 0:
            total += paths_f[v] * paths_b[v]
    return total


def choose(queue, begin, end, near, far, paths_f, paths_b, left):
    """Of those at these places whom both balls hold, the one whose paths the ``left``-th is among; and how far on among them that is."""
    chosen, weight = -1, 1.0
    for place in range(begin, end):
        v = queue[place]
        if near[v] >= 0 and far[v] >= 0:
            if chosen >= 0:
                left -= weight
            chosen, weight = v, paths_f[v] * paths_b[v]
            if left < weight:
                break
    return chosen, min(left / weight, 1.0)


def follow(first, head, distance, paths, v, share, met):
    """Follow one of the paths from ``v`` to where the distance is 0, and count whom it passes; what is left of ``share`` then."""
    while distance[v] > 1:
        left, weight, chosen = share * paths[v], 0.0, -1
        for e in range(first[v], first[v + 1]):
            u = head[e]
            if distance[u] == distance[v] - 1:
                if chosen >= 0:
                    left -= weight
                chosen, weight = u, paths[u]
                if left < weight:
                    break
        share = min(left / weight, 1.0)
        v = chosen
        met[v] += 1
    return share
