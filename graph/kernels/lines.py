"""Lines of N-Quads of the plainest form, told apart from all others, and their terms numbered.

Plain is a line of ``http`` and ``https`` IRIs in ASCII (no ports, percent signs or quotes) and strings without escapes, language and
datatype, with one space between them and before the dot. All of that is N-Quads in canonical form; what is anything else is left to a
parser, so nothing that is wrong can pass here.
"""

from __future__ import annotations

import numpy as np

# flags of a byte, and the numbers in state
IN_HOST, IN_PATH = 1, 2
TERMS, USED, QUADS, ODD, LINE = 0, 1, 2, 3, 4


def iri_end(data, p, flags):
    """The place after the IRI that begins here; -1 if there is no plain one."""
    if data[p] != 60 or data[p + 1] != 104 or data[p + 2] != 116 or data[p + 3] != 116 or data[p + 4] != 112:
        return -1
    q = p + 5
    if data[q] == 115:
        q += 1
    if data[q] != 58 or data[q + 1] != 47 or data[q + 2] != 47:
        return -1
    q += 3
    host = q
    while flags[data[q]] & IN_HOST:
        q += 1
    if q == host:
        return -1
    if data[q] == 47:
        fragments = 0
        while flags[data[q]] & IN_PATH:
            fragments += data[q] == 35
            q += 1
        if fragments > 1:
            return -1
    return q + 1 if data[q] == 62 else -1


def text_end(data, p):
    """The place after the string that begins here; -1 if there is no plain one."""
    if data[p] != 34:
        return -1
    q = p + 1
    while data[q] >= 32 and data[q] != 34 and data[q] != 92 and data[q] != 127:
        q += 1
    return q + 1 if data[q] == 34 else -1


def same(one, a, other, b, size):
    """Are these two stretches of bytes the same?"""
    q = 0
    while q < size and one[a + q] == other[b + q]:
        q += 1
    return q == size


def intern(data, a, b, table, hashes, heap, at, state):
    """The number of the term that is written from ``a`` up to ``b``, given to it if it is new."""
    h = np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(b - a)
    q = a
    while q + 8 <= b:
        w = np.uint64(data[q]) | np.uint64(data[q + 1]) << np.uint64(8) | np.uint64(data[q + 2]) << np.uint64(16)
        w |= np.uint64(data[q + 3]) << np.uint64(24) | np.uint64(data[q + 4]) << np.uint64(32) | np.uint64(data[q + 5]) << np.uint64(40)
        w |= np.uint64(data[q + 6]) << np.uint64(48) | np.uint64(data[q + 7]) << np.uint64(56)
        h = (h ^ w) * np.uint64(0xFF51AFD7ED558CCD)
        h ^= h >> np.uint64(32)
        q += 8
    while q < b:
        h = (h ^ np.uint64(data[q])) * np.uint64(0xC4CEB9FE1A85EC53)
        h ^= h >> np.uint64(29)
        q += 1
    mask = np.uint64(len(table) - 1)
    place = h & mask
    while table[place] != np.uint64(0):
        if (table[place] ^ h) >> np.uint64(32) == np.uint64(0):
            term = np.int64(table[place] & np.uint64(0xFFFFFFFF)) - 1
            begin = at[term]
            if at[term + 1] - begin == b - a and same(data, a, heap, begin, b - a):
                return term
        place = (place + np.uint64(1)) & mask
    term = state[TERMS]
    table[place] = h >> np.uint64(32) << np.uint64(32) | np.uint64(term + 1)
    hashes[term] = h
    used = state[USED]
    for q in range(a, b):
        heap[used + q - a] = data[q]
    state[USED] = used + b - a
    at[term + 1] = state[USED]
    state[TERMS] = term + 1
    return term


def scan(data, stop, named, flags, table, hashes, heap, at, state, quads, places, odd):
    """Read lines up to ``stop``, where one ends: ``quads`` (5, …) gets terms, graph (-1: none) and line, ``places`` where each begins.

    ``odd`` (…, 3) gets beginning, end and number of every other line. ``named`` says whether graphs may have names.
    """
    p = 0
    last_begin, last_size, last_graph, last_graph_size = 0, 0, 0, -1  # of the plain line before, whose subject and graph are often the same
    while p < stop:
        begin = p
        graph_begin = -1
        graph_end = -1
        object_end = -1
        predicate_end = -1
        subject_end = iri_end(data, p, flags)
        plain = False
        if subject_end >= 0 and data[subject_end] == 32:
            predicate_end = iri_end(data, subject_end + 1, flags)
            if predicate_end >= 0 and data[predicate_end] == 32:
                p = predicate_end + 1
                object_end = text_end(data, p) if data[p] == 34 else iri_end(data, p, flags)
                if object_end >= 0 and data[object_end] == 32:
                    p = object_end + 1
                    if data[p] == 60 and named:
                        graph_begin = p
                        graph_end = iri_end(data, p, flags)
                        if graph_end >= 0 and data[graph_end] == 32:
                            p = graph_end + 1
                            plain = data[p] == 46 and data[p + 1] == 10
                    else:
                        plain = data[p] == 46 and data[p + 1] == 10
        if plain:
            n = state[QUADS]
            if n and subject_end - begin == last_size and same(data, begin, data, last_begin, last_size):
                quads[0, n] = quads[0, n - 1]
            else:
                quads[0, n] = intern(data, begin, subject_end, table, hashes, heap, at, state)
            quads[1, n] = intern(data, subject_end + 1, predicate_end, table, hashes, heap, at, state)
            quads[2, n] = intern(data, predicate_end + 1, object_end, table, hashes, heap, at, state)
            size = graph_end - graph_begin
            if graph_begin < 0:
                quads[3, n] = -1
            elif size == last_graph_size and same(data, graph_begin, data, last_graph, size):
                quads[3, n] = quads[3, n - 1]
            else:
                quads[3, n] = intern(data, graph_begin, graph_end, table, hashes, heap, at, state)
            last_begin, last_size, last_graph, last_graph_size = begin, subject_end - begin, graph_begin, size if graph_begin >= 0 else -1
            quads[4, n] = state[LINE]
            places[n] = begin
            state[QUADS] = n + 1
            p += 2
        else:
            p = begin
            while data[p] != 10:
                p += 1
            p += 1
            n = state[ODD]
            odd[n, 0] = begin
            odd[n, 1] = p
            odd[n, 2] = state[LINE]
            state[ODD] = n + 1
        state[LINE] += 1


def rehash(table, hashes, count):
    """Fill an empty table with the first ``count`` terms."""
    mask = np.uint64(len(table) - 1)
    for term in range(count):
        place = hashes[term] & mask
        while table[place] != np.uint64(0):
            place = (place + np.uint64(1)) & mask
        table[place] = hashes[term] >> np.uint64(32) << np.uint64(32) | np.uint64(term + 1)
