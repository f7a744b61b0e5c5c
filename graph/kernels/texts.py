"""Names and ids of many entities at once, as far as they are ASCII: the same rules as in ``interlock.graph.name_tables``."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.blake import digest

BLANK, UPPER, ODD = 1, 2, 4  # bits of what a text is like
SPACE, END = 32, 10
EXACT, LOOSE = 101, 108  # the letters before what is hashed


def looks(terms, heap, at, out):
    """What the texts between the first and last byte of these terms are like: blank, with capitals, or with more than plain ASCII."""
    for i in range(len(terms)):
        out[i] = BLANK
        for q in range(at[terms[i]] + 1, at[terms[i] + 1] - 1):
            c = heap[q]
            if not is_space(c):
                out[i] &= ~BLANK
            if c > 127 or c == 92:
                out[i] |= ODD
            elif 65 <= c <= 90:
                out[i] |= UPPER


def is_space(c):
    """Is this ASCII character one that ``str.strip`` takes away?"""
    return 9 <= c <= 13 or 28 <= c <= SPACE


def cut_out(terms, heap, at, cut, before, after, out, out_at):
    """Each term without its first ``cut`` bytes, its last one, and space around what is left, between two other texts; end to end."""
    p = np.int64(0)
    for i in range(len(terms)):
        a, b = at[terms[i]] + cut, at[terms[i] + 1] - 1
        while a < b and is_space(heap[a]):
            a += 1
        while a < b and is_space(heap[b - 1]):
            b -= 1
        p = put(out, p, before, 0, len(before))
        p = put(out, p, heap, a, b)
        p = put(out, p, after, 0, len(after))
        out_at[i + 1] = p


def put(out, p, data, a, b):
    """Write the bytes from ``a`` up to ``b``; the place after them."""
    for q in range(b - a):
        out[p + q] = data[a + q]
    return p + b - a


def fold(data, a, b, out, p):
    """Write what is ASCII without case and punctuation; the place after it."""
    begin = p
    gap = False
    for q in range(a, b):
        c = data[q]
        if 65 <= c <= 90:
            c += 32
        if 97 <= c <= 122 or 48 <= c <= 57:
            if gap and p > begin:
                out[p] = SPACE
                p += 1
            gap = False
            out[p] = c
            p += 1
        elif c != 39 and c != 46:  # ' and . leave no gap
            gap = True
    return p


def loose_ends(data, a, b, forms, forms_at):
    """Where a folded name begins and ends without ``the`` and legal forms; never empty."""
    end = b
    while True:
        w = end
        while w > a and data[w - 1] != SPACE:
            w -= 1
        if w == a or not is_among(data, w, end, forms, forms_at):
            break
        end = w - 1
    begin = a
    if end - a > 4 and data[a] == 116 and data[a + 1] == 104 and data[a + 2] == 101 and data[a + 3] == SPACE:
        begin = a + 4
    return begin, end


def is_among(data, a, b, texts, texts_at):
    """Is what stands there one of these texts?"""
    for i in range(len(texts_at) - 1):
        begin = texts_at[i]
        if texts_at[i + 1] - begin == b - a:
            k = 0
            while k < b - a and data[a + k] == texts[begin + k]:
                k += 1
            if k == b - a:
                return True
    return False


def fold_names(names, names_at, ids, ids_at, cut, forms, forms_at, out, out_at, hashes, scratch, h, m, sigma):
    """Fold names, each with a line end after it; ``hashes`` (…, 3) gets those of the name, the loose name and the slug.

    The slug is the id without its first ``cut`` bytes. ``scratch`` has room for the longest text and a few bytes more.
    """
    p, one = np.int64(0), np.int64(1)
    for i in range(len(names_at) - 1):
        begin = p
        p = fold(names, names_at[i], names_at[i + 1], out, p)
        scratch[0] = EXACT
        hashes[i, 0] = hash_of(out, begin, p, scratch, h, m, sigma)
        scratch[0] = LOOSE
        a, b = loose_ends(out, begin, p, forms, forms_at)
        hashes[i, 1] = hash_of(out, a, b, scratch, h, m, sigma)
        scratch[0] = EXACT
        digest(scratch, 0, fold(ids, ids_at[i] + cut, ids_at[i + 1], scratch, one), 8, h, m, sigma)
        hashes[i, 2] = h[0]
        out[p] = END
        p += 1
        out_at[i + 1] = p


def hash_of(data, a, b, scratch, h, m, sigma):
    """The hash of a text after the letter that stands in ``scratch`` already."""
    put(scratch, np.int64(1), data, a, b)
    digest(scratch, 0, b - a + 1, 8, h, m, sigma)
    return h[0]


def is_ascending(data, at, order):
    """Do these byte strings stand in this order, each only once?"""
    for i in range(1, len(order)):
        a, b = at[order[i - 1]], at[order[i]]
        a_end, b_end = at[order[i - 1] + 1], at[order[i] + 1]
        while a < a_end and b < b_end and data[a] == data[b]:
            a += 1
            b += 1
        if b == b_end or (a < a_end and data[a] > data[b]):
            return False
    return True


def pick(data, at, order, out, out_at):
    """These byte strings in this order, end to end."""
    p = np.int64(0)
    for i in range(len(order)):
        p = put(out, p, data, at[order[i]], at[order[i] + 1])
        out_at[i + 1] = p
