"""Records of the common shape, written as bytes (see ``interlock.graph.codec``)."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.texts import put
from interlock.graph.kernels.times import NONE, OPEN


def put_number(out, p, value):
    """Write a number; the place after it."""
    while value > 127:
        out[p] = value & 127 | 128
        value >>= 7
        p += 1
    out[p] = value
    return p + 1


def put_text(out, p, data, a, b):
    """Write the text from ``a`` up to ``b``; the place after it."""
    return put(out, put_number(out, p, b - a), data, a, b)


def put_interval(out, p, start, end, seen, date_terms):
    """Write an interval of these dates, of which at least one is given; the place after it."""
    out[p] = (start >= 0) | (end >= 0) << 1 | (start == OPEN) << 2 | (end == OPEN) << 3 | (seen >= 0) << 4
    p += 1
    if start >= 0:
        p = put_number(out, p, date_terms[start])
    if end >= 0:
        p = put_number(out, p, date_terms[end])
    if seen >= 0:
        out[p] = 1
        p = put_number(out, p + 1, date_terms[seen])
    return p


def write_entities(kind, names, names_at, held, stated, dated, date_terms, out, out_at):
    """Entities end to end: of each its kind, name and, if the term ``stated`` says so (-1: none), when it held (two dates).

    ``dated`` are the bits of what says when.
    """
    p = np.int64(0)
    for i in range(len(kind)):
        out[p] = kind[i]
        p = put_text(out, p + 1, names, names_at[i], names_at[i + 1])
        p = put_number(out, p, dated if stated[i] >= 0 else 0)
        if stated[i] >= 0:
            p = put_interval(out, p, held[i, 0], held[i, 1], NONE, date_terms)
            p = put_number(out, p, stated[i])
        out_at[i + 1] = p


def write_boards(kind, names, names_at, units, units_at, implied, out, out_at):
    """Boards end to end, all of this kind: of each its name and the id of what it is a unit of; ``implied`` are the bits of that."""
    p = np.int64(0)
    for i in range(len(names_at) - 1):
        out[p] = kind
        p = put_text(out, p + 1, names, names_at[i], names_at[i + 1])
        p = put_number(out, p, implied)
        p = put_text(out, p, units, units_at[i], units_at[i + 1])
        out_at[i + 1] = p


def write_ties(ties, held, first_claim, claims, readings, roles, bits, date_terms, heap, at, cut, out, out_at):
    """Relationships with their claims, end to end.

    ``ties`` (5, …) are kind and status, number of sources, the way it reads, on which day it was seen to hold, and the term that says when
    it held (-1: none), ``held`` (…, 2) from when till when. ``readings`` (…, 2) are the terms of each way to read, ``roles`` (…, 2) those
    of its role and the role's IRI (-1: none); ``bits`` are those of an interval, of what is stated, and of a role. ``claims`` (4, …) are
    stance and status, the source's term, the claim as a term of the heap (without ``cut`` bytes and the last one), and the day.
    """
    p = np.int64(0)
    for t in range(len(out_at) - 1):
        out[p] = ties[0, t]
        p = put_number(out, p + 1, ties[1, t])
        reading, seen, stated = ties[2, t], ties[3, t], ties[4, t]
        p = put_number(out, p, readings[reading, 0])
        p = put_number(out, p, readings[reading, 1])
        dated = held[t, 0] != NONE or held[t, 1] != NONE or seen != NONE
        has_role = roles[reading, 0] >= 0
        p = put_number(out, p, dated * bits[0] | (stated >= 0) * bits[1] | has_role * bits[2])
        if dated:
            p = put_interval(out, p, held[t, 0], held[t, 1], seen, date_terms)
        if stated >= 0:
            p = put_number(out, p, stated)
        if has_role:
            p = put_number(out, p, roles[reading, 0])
            p = put_number(out, p, roles[reading, 1])
        p = put_number(out, p, first_claim[t + 1] - first_claim[t])
        for c in range(first_claim[t], first_claim[t + 1]):
            out[p] = claims[0, c]
            p = put_number(out, p + 1, claims[1, c])
            p = put_text(out, p, heap, at[claims[2, c]] + cut, at[claims[2, c] + 1] - 1)
            out[p] = (claims[3, c] != NONE) << 1
            p += 1
            if claims[3, c] != NONE:
                p = put_interval(out, p, NONE, NONE, claims[3, c], date_terms)
        out_at[t + 1] = p
