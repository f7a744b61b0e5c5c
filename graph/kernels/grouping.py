"""Quads grouped by their subjects."""

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


def judge(first_claim, claim_status, group, tangled, days, final, most, fit, status, sources, seen):
    """What the claims of each relationship come to: its status, of how many groups its sources are, and on which day it was seen.

    Not fit are those without claims, those of more than ``most``, those of which several claims are and one has the last word (a status
    from ``final`` on) or a tangled source, and those that were seen on several days.
    """
    for t in range(len(first_claim) - 1):
        begin, end = first_claim[t], first_claim[t + 1]
        fit[t] = 0 < end - begin <= most
        status[t], sources[t] = 255, 0
        for c in range(begin, min(end, begin + most)):
            status[t] = min(status[t], claim_status[c])
            if end - begin > 1 and (claim_status[c] >= final or tangled[c]):
                fit[t] = False
            if days[c] >= 0:
                fit[t] &= seen[t] < 0 or seen[t] == days[c]
                seen[t] = days[c]
            o = begin
            while group[o] != group[c]:
                o += 1
            sources[t] += o == c


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
