"""Names and ids of many entities at once, as far as they are ASCII: the same rules as in ``interlock.graph.folding``."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.blake import digest

BLANK, UPPER, ODD = 1, 2, 4  # bits of what a text is like
SPACE, END = 32, 10
EXACT, LOOSE, INITIALS = 101, 108, 105  # the letters before what is hashed
LEAST_INITIALS = 3


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


def form_begin(data, a, b, forms, forms_at):
    """Where the legal form begins that ends a folded name and isn't all of it; its end if there is none."""
    for i in range(len(forms_at) - 1):
        size = forms_at[i + 1] - forms_at[i]
        begin = b - size
        if begin == a or (begin > a and data[begin - 1] == SPACE):
            k = 0
            while k < size and data[begin + k] == forms[forms_at[i] + k]:
                k += 1
            if k == size:
                return begin if begin > a else b
    return b


def is_word(data, a, b, one, two, three):
    """Are these the three letters from ``a`` up to ``b``?"""
    return b - a == 3 and data[a] == one and data[a + 1] == two and data[a + 2] == three


def loosen(data, a, b, forms, forms_at, out, p):
    """Write a folded name without ``the``, ``and`` and legal forms; never empty; the place after it."""
    begin, end = p, b
    form = form_begin(data, a, end, forms, forms_at)
    while form < end:
        end = form - 1
        form = form_begin(data, a, end, forms, forms_at)
    if end - a > 4 and data[a + 3] == SPACE and is_word(data, a, a + 3, 116, 104, 101):  # the
        a += 4
    w = a
    while w < end:
        stop = w
        while stop < end and data[stop] != SPACE:
            stop += 1
        if not is_word(data, w, stop, 97, 110, 100):  # and
            if p > begin:
                out[p] = SPACE
                p += 1
            p = put(out, p, data, w, stop)
        w = stop + 1
    return p if p > begin else put(out, p, data, a, end)


def initials(data, a, b, out, p):
    """Write the first letters of three words or more; the place after them."""
    begin = p
    for q in range(a, b):
        if q == a or data[q - 1] == SPACE:
            out[p] = data[q]
            p += 1
    return p if p - begin >= LEAST_INITIALS else begin


def joined(data, a, b, out, p):
    """Write all but the spaces; the place after it."""
    for q in range(a, b):
        if data[q] != SPACE:
            out[p] = data[q]
            p += 1
    return p


def fold_names(names, names_at, ids, ids_at, cut, forms, forms_at, out, out_at, plain, plain_at, hashes, scratch, h, m, sigma):
    """Fold names, each with a line end after it; ``plain`` gets them without legal form, spaces and line end.

    ``hashes`` (…, 4) gets those of the name, the name without legal form, the slug, and the initials. The slug is the id without its first
    ``cut`` bytes. ``scratch`` (2, …) has room for the longest text and a few bytes more.
    """
    p, r, one = np.int64(0), np.int64(0), np.int64(1)
    text, short = scratch[0], scratch[1]
    for i in range(len(names_at) - 1):
        begin = p
        p = fold(names, names_at[i], names_at[i + 1], out, p)
        text[0] = EXACT
        hashes[i, 0] = hash_of(text, put(text, one, out, begin, p), h, m, sigma)
        end = loosen(out, begin, p, forms, forms_at, text, one)
        r = joined(text, one, end, plain, r)
        short[0] = INITIALS
        hashes[i, 3] = hash_of(short, initials(text, one, end, short, one), h, m, sigma)
        text[0] = LOOSE
        hashes[i, 1] = hash_of(text, end, h, m, sigma)
        text[0] = EXACT
        hashes[i, 2] = hash_of(text, fold(ids, ids_at[i] + cut, ids_at[i + 1], text, one), h, m, sigma)
        out[p] = END
        p += 1
        out_at[i + 1], plain_at[i + 1] = p, r


def hash_of(text, size, h, m, sigma):
    """The hash of so many bytes."""
    digest(text, 0, size, 8, h, m, sigma)
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
