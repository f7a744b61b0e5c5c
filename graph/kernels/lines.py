"""Lines of N-Quads of the plainest form, told apart from all others, and their terms numbered.

Plain is a line of ``http`` and ``https`` IRIs in ASCII (no ports, percent signs or quotes) and strings without escapes, language and
datatype, with one space between them and before the dot. All of that is N-Quads in canonical form; what is anything else is left to a
parser, so nothing that is wrong can pass here. A term that is known already, from wherever, is canonical too, and not looked at again.

Bytes are read eight at a time, the first being the lowest; so after what is read there have to be eight more, of any value.
"""

from __future__ import annotations

import numpy as np

# flags of a byte, and the numbers in state
IN_HOST, IN_PATH = 1, 2
TERMS, USED, QUADS, ODD, LINE = 0, 1, 2, 3, 4

ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN = (np.uint64(number) for number in range(1, 8))
# eight times the same byte; and what turns the lowest bit of a byte into how many bytes are below it
ONES, TOPS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
LINE_ENDS, QUOTES = np.uint64(0x0A0A0A0A0A0A0A0A), np.uint64(0x2222222222222222)
ANGLES, BACKSLASHES = np.uint64(0x3E3E3E3E3E3E3E3E), np.uint64(0x5C5C5C5C5C5C5C5C)
PLACES = np.uint64(0x0001020304050607)
SEED = np.uint64(0x9E3779B97F4A7C15)


def word(data, p):
    """The eight bytes from here on; read at once, since a number without a sign can't count from the end."""
    q = np.uint64(p)
    w = np.uint64(data[q]) | np.uint64(data[q + ONE]) << np.uint64(8) | np.uint64(data[q + TWO]) << np.uint64(16)
    w |= np.uint64(data[q + THREE]) << np.uint64(24) | np.uint64(data[q + FOUR]) << np.uint64(32)
    w |= np.uint64(data[q + FIVE]) << np.uint64(40) | np.uint64(data[q + SIX]) << np.uint64(48)
    return w | np.uint64(data[q + SEVEN]) << np.uint64(56)


def zeros(w):
    """The top bit of the first byte that is 0; of others above it too, perhaps."""
    return (w - ONES) & ~w & TOPS


def first_bytes(w, count):
    """A word without all but its first bytes, fewer than eight."""
    return w & ((np.uint64(1) << np.uint64(8 * count)) - np.uint64(1))


def mixed_in(h, w):
    """A hash after one more word."""
    h = (h ^ w) * np.uint64(0xFF51AFD7ED558CCD)
    return h ^ h >> np.uint64(32)


def term_end(data, p):
    """The place after the IRI or string without escapes that begins here, if it ends on its line (else -1), and its hash."""
    marks, others = (QUOTES, BACKSLASHES) if data[p] == 34 else (ANGLES, LINE_ENDS)
    h = SEED
    q = p
    w = word(data, q)
    found = zeros(w & ~np.uint64(255) ^ marks) | zeros(w ^ others) | zeros(w ^ LINE_ENDS)
    while found == 0:
        h = mixed_in(h, w)
        q += 8
        w = word(data, q)
        found = zeros(w ^ marks) | zeros(w ^ others) | zeros(w ^ LINE_ENDS)
    found &= ~found + np.uint64(1)
    k = np.int64((found >> np.uint64(7)) * PLACES >> np.uint64(56))
    if data[q + k] != marks & np.uint64(255):
        return np.int64(-1), h
    q += k + 1
    if k < 7:
        w = first_bytes(w, k + 1)
    return q, mixed_in(h, w) ^ np.uint64(q - p)


def hash_of_term(data, a, b):
    """The hash of a whole term, as ``term_end`` finds it."""
    h = SEED
    q = a
    while b - q > 8:
        h = mixed_in(h, word(data, q))
        q += 8
    w = word(data, q)
    if b - q < 8:
        w = first_bytes(w, b - q)
    return mixed_in(h, w) ^ np.uint64(b - a)


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
    while size - q >= 8:
        if word(one, a + q) != word(other, b + q):
            return False
        q += 8
    return q == size or first_bytes(word(one, a + q) ^ word(other, b + q), size - q) == 0


def find(data, a, b, h, table, heap, at):
    """The number of the term of this hash that is written from ``a`` up to ``b``, or else -1 - its place in the table."""
    mask = np.uint64(len(table) - 1)
    place = h & mask
    while table[place] != np.uint64(0):
        if (table[place] ^ h) >> np.uint64(32) == np.uint64(0):
            term = np.int64(table[place] & np.uint64(0xFFFFFFFF)) - 1
            begin = at[term]
            if at[term + 1] - begin == b - a and same(data, a, heap, begin, b - a):
                return term
        place = (place + np.uint64(1)) & mask
    return -1 - np.int64(place)


def give_number(data, a, b, h, place, table, hashes, heap, at, state):
    """The number of a term that is new; it gets this place in the table."""
    term = state[TERMS]
    table[place] = h >> np.uint64(32) << np.uint64(32) | np.uint64(term + 1)
    hashes[term] = h
    used = state[USED]
    for q in range(b - a):
        heap[used + q] = data[a + q]
    state[USED] = used + b - a
    at[term + 1] = state[USED]
    state[TERMS] = term + 1
    return term


def intern(data, a, b, table, hashes, heap, at, state):
    """The number of the term that is written from ``a`` up to ``b``, given to it if it is new."""
    h = hash_of_term(data, a, b)
    term = find(data, a, b, h, table, heap, at)
    return term if term >= 0 else give_number(data, a, b, h, -1 - term, table, hashes, heap, at, state)


def plain_term(data, a, b, h, flags, table, hashes, heap, at, state):
    """The same if the term is plain, or known; else -1."""
    term = find(data, a, b, h, table, heap, at)
    if term < 0 and (text_end(data, a) if data[a] == 34 else iri_end(data, a, flags)) == b:
        return give_number(data, a, b, h, -1 - term, table, hashes, heap, at, state)
    return max(term, np.int64(-1))


def scan(data, stop, named, flags, table, hashes, heap, at, state, quads, places, odd):
    """Read lines up to ``stop``, where one ends: ``quads`` (5, …) gets terms, graph (-1: none) and line, ``places`` where each begins.

    ``odd`` (…, 3) gets beginning, end and number of every other line. ``named`` says whether graphs may have names.
    """
    p = np.int64(0)
    while p < stop:
        n = state[QUADS]
        end = read_quad(data, p, named, flags, table, hashes, heap, at, state, quads, n)
        if end >= 0:
            quads[4, n] = state[LINE]
            places[n] = p
            state[QUADS] = n + 1
            p = end
        else:
            begin = p
            while data[p] != 10:
                p += 1
            p += 1
            odd[state[ODD]] = begin, p, state[LINE]
            state[ODD] += 1
        state[LINE] += 1


def read_quad(data, p, named, flags, table, hashes, heap, at, state, quads, n):
    """Read a plain line as the quad ``n``, and say where the next one begins; -1 if this one isn't plain."""
    if data[p] != 60:
        return -1
    q1, h1 = term_end(data, p)
    if q1 < 0 or data[q1] != 32 or data[q1 + 1] != 60:
        return -1
    q2, h2 = term_end(data, q1 + 1)
    if q2 < 0 or data[q2] != 32 or (data[q2 + 1] != 60 and data[q2 + 1] != 34):
        return -1
    q3, h3 = term_end(data, q2 + 1)
    if q3 < 0 or data[q3] != 32:
        return -1
    q4, h4, graph = q3, h3, np.int64(-1)
    if data[q3 + 1] == 60 and named:
        q4, h4 = term_end(data, q3 + 1)
        if q4 < 0 or data[q4] != 32:
            return -1
    if data[q4 + 1] != 46 or data[q4 + 2] != 10:
        return -1
    subject = plain_term(data, p, q1, h1, flags, table, hashes, heap, at, state)
    predicate = plain_term(data, q1 + 1, q2, h2, flags, table, hashes, heap, at, state)
    value = plain_term(data, q2 + 1, q3, h3, flags, table, hashes, heap, at, state)
    if q4 > q3:
        graph = plain_term(data, q3 + 1, q4, h4, flags, table, hashes, heap, at, state)
    if subject < 0 or predicate < 0 or value < 0 or (q4 > q3 and graph < 0):
        return -1
    quads[0, n], quads[1, n], quads[2, n], quads[3, n] = subject, predicate, value, graph
    return q4 + 3


def rehash(table, hashes, count):
    """Fill an empty table with the first ``count`` terms."""
    mask = np.uint64(len(table) - 1)
    for term in range(count):
        place = hashes[term] & mask
        while table[place] != np.uint64(0):
            place = (place + np.uint64(1)) & mask
        table[place] = hashes[term] >> np.uint64(32) << np.uint64(32) | np.uint64(term + 1)
