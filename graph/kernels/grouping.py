"""Quads grouped by their subjects, and records of the common shape written as bytes (see ``interlock.graph.codec``)."""

from __future__ import annotations


def group(subject, count, order):
    """Counting sort: ``count`` holds how many quads each subject has, and becomes where each one's begin; ``order`` gets the quads."""
    total = 0
    for s in range(len(count)):
        n = count[s]
        count[s] = total
        total += n
    for q in range(len(subject)):
        s = subject[q]
        order[count[s]] = q
        count[s] += 1
    for s in range(len(count) - 1, 0, -1):
        count[s] = count[s - 1]
    count[0] = 0


def gather(subjects, first, order, quads, slot_of, values, used, graph, twice, most):
    """The value of every slot of each subject: of a property that has one, and whose value is the only one.

    ``used`` has a bit for each slot; -1 if anything else is said of the subject. ``graph`` is -1 for the default graph, -2 for several.
    ``twice`` gets the quads that are repeated; the return value is how many there are. Subjects of more than ``most`` quads are left out.
    """
    repeated = 0
    for i in range(len(subjects)):
        s = subjects[i]
        begin, end = first[s], first[s + 1]
        graph[i] = quads[3, order[begin]]
        if end - begin > most:
            used[i] = -1
            continue
        for k in range(begin, end):
            q = order[k]
            for j in range(begin, k):
                o = order[j]
                if quads[2, o] == quads[2, q] and quads[1, o] == quads[1, q] and quads[3, o] == quads[3, q]:
                    twice[repeated] = q
                    repeated += 1
                    break
            if quads[3, q] != graph[i]:
                graph[i] = -2
            slot = slot_of[quads[1, q]]
            if used[i] < 0 or slot < 0 or used[i] >> slot & 1:
                used[i] = -1
            else:
                used[i] |= 1 << slot
                values[slot, i] = quads[2, q]
                if slot == 7:
                    values[9, i] = quads[1, q]
                elif slot == 8:
                    values[10, i] = quads[1, q]
    return repeated


def starts_with(terms, heap, at, prefix, out):
    """Which of these terms begin so, and go on."""
    for i in range(len(terms)):
        begin = at[terms[i]]
        same = at[terms[i] + 1] - begin > len(prefix) + 1
        k = 0
        while same and k < len(prefix):
            same = heap[begin + k] == prefix[k]
            k += 1
        out[i] = same


def put_number(out, p, value):
    while value > 127:
        out[p] = value & 127 | 128
        value >>= 7
        p += 1
    out[p] = value
    return p + 1


def put(out, p, data, a, b):
    for q in range(a, b):
        out[p] = data[q]
        p += 1
    return p


def write_ties(ties, first_claim, claims, pieces, piece_at, heap, at, cut, out, out_at):
    """Relationships with their claims, end to end.

    ``ties`` (6, …) are kind and status, number of sources, the pieces that say how it reads, when it held, and which role it is, and which
    fields these two are;
    ``claims`` (4, …) are stance and status, the source's term, the claim as a term of the heap (of which ``cut`` bytes are left out, and
    the last one), and the piece that says when it was seen. The piece 0 is empty: nothing is said.
    """
    p = 0
    for t in range(len(out_at) - 1):
        out[p] = ties[0, t]
        p = put_number(out, p + 1, ties[1, t])
        p = put(out, p, pieces, piece_at[ties[2, t]], piece_at[ties[2, t] + 1])
        out[p] = ties[5, t]
        p = put(out, p + 1, pieces, piece_at[ties[3, t]], piece_at[ties[3, t] + 1])
        p = put(out, p, pieces, piece_at[ties[4, t]], piece_at[ties[4, t] + 1])
        p = put_number(out, p, first_claim[t + 1] - first_claim[t])
        for c in range(first_claim[t], first_claim[t + 1]):
            out[p] = claims[0, c]
            p = put_number(out, p + 1, claims[1, c])
            a, b = at[claims[2, c]] + cut, at[claims[2, c] + 1] - 1
            p = put_number(out, p, b - a)
            p = put(out, p, heap, a, b)
            out[p] = (claims[3, c] != 0) << 1
            p = put(out, p + 1, pieces, piece_at[claims[3, c]], piece_at[claims[3, c] + 1])
        out_at[t + 1] = p
