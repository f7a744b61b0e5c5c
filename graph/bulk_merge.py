"""Makes one entity of several in a big file: only what bears on it becomes statements, and only the rows that it changes are replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
import pyoxigraph as ox
from rdflib.namespace import DCTERMS, ORG, OWL

from interlock.graph.bulk_read import Quads
from interlock.graph.bulk_sort import Sorted
from interlock.graph.decisions import Row
from interlock.graph.heap import Numbers
from interlock.graph.merging import ENDS, SAME_AS, Merging, gather, plan, tied
from interlock.graph.sameness import Pair, Tied, key_of
from interlock.seeds.vocab import BASE

_LINKS: Final = (*SAME_AS, OWL.differentFrom)


def merged(quads: Quads, decisions: Sequence[Row], among: Tied | None = None) -> tuple[Sorted, tuple[str, ...], Merging | None] | None:
    """The quads in order, with one entity in place of several, notes, and how that was done. None if what changes speaks of blank nodes.

    ``among`` tells who has relationships with one another where these aren't among the quads. Raises ``DataError`` as ``merge`` does.
    """
    terms = quads.terms
    links, keys = ([terms.add(f"<{each}>") for each in each_of] for each_of in (_LINKS, (DCTERMS.identifier, *SAME_AS)))
    ends, (unit_of,) = ([terms.add(f"<{each}>") for each in each_of] for each_of in (ENDS, (ORG.unitOf,)))
    named = [terms.add(f"<{each if ':' in each else BASE + each}>") for row in decisions if row.decision for each in row.pair]
    if not named and not np.isin(quads.rows[1], [*links, *keys]).any():
        return Sorted(quads), (), None
    found = Sorted(quads, complete=False)
    candidates = _candidates(found, links, keys, unit_of, np.array(named, np.int64))
    statements = found.statements(candidates)
    statements.decisions.extend(decisions)
    said = gather(statements.subjects)
    numbers = {found.iri(number): number for number in candidates if found.quads.terms.bytes(int(found.subjects[number]))[:1] == b"<"}
    merging, different, notes = plan(statements, said, among or partial(_tied, found, ends, numbers))
    if merging is None:
        terms.close()
        return found, notes, None
    if not _replace(found, merging, different, numbers, links):
        return None
    return Sorted(quads), notes, merging


def _candidates(found: Sorted, links: Sequence[int], keys: Sequence[int], unit_of: int, named: Numbers) -> list[int]:
    """The subjects that may become one with others, or are declared not to be, and boards of theirs; in order."""
    rows, number = found.quads.rows, found.number
    linking = np.flatnonzero(np.isin(rows[1], links))
    foreign = np.isin(rows[1, linking], links[1:])
    about = number[rows[2, linking]]
    linking, about = linking[(about >= 0) | foreign | np.isin(rows[2, linking], named)], about[about >= 0]
    chosen = np.zeros(len(found.subjects) + 1, np.bool_)
    chosen[number[rows[0, linking]]] = chosen[about] = chosen[number[named]] = True
    chosen[_sharing(found, keys, linking)] = True
    boards = np.flatnonzero(rows[1] == unit_of)
    chosen[number[rows[0, boards[chosen[number[rows[2, boards]]] & (number[rows[2, boards]] >= 0)]]]] = True
    return np.flatnonzero(chosen[:-1]).tolist()


def _sharing(found: Sorted, keys: Sequence[int], linking: Numbers) -> Numbers:
    """The subjects that have an identifier which others have too."""
    rows, number = found.quads.rows, found.number
    having = np.flatnonzero(np.isin(rows[1], keys))
    values, which = np.unique(rows[2, having], return_inverse=True)
    known: dict[str | None, int] = {None: -1}
    key = np.array([known.setdefault(key_of(_text(found, value)), len(known) - 1) for value in values.tolist()], np.int64)
    pairs = [np.stack([key[which], number[rows[0, having]]]) if len(having) else np.zeros((2, 0), np.int64)]
    for row in linking.tolist():  # the entity is also what the other IRI identifies
        other, own = int(number[rows[2, row]]), key_of(_text(found, int(rows[0, row])))
        if own is not None and other >= 0:
            pairs.append(np.array([[known.setdefault(own, len(known) - 1)], [other]]))
    keyed = np.unique(np.concatenate(pairs, axis=1), axis=1)
    keyed = keyed[:, keyed[0] >= 0]
    shared = np.bincount(keyed[0], minlength=1)[keyed[0]] > 1
    subjects: Numbers = keyed[1, shared]
    return subjects


def _tied(found: Sorted, ends: Sequence[int], numbers: dict[str, int], members: Collection[str]) -> Iterator[Pair]:
    rows = found.quads.rows
    leading = np.flatnonzero(np.isin(rows[1], ends) & _marked(found, (numbers[each] for each in members))[rows[2]])
    subjects, counts = np.unique(found.number[rows[0, leading]], return_counts=True)
    return tied(found.statements(subjects[counts > 1].tolist()).subjects, members)


def _replace(found: Sorted, merging: Merging, different: Iterable[Pair], numbers: dict[str, int], links: Sequence[int]) -> bool:
    """Put what statements become in their place; False if one speaks of a blank node."""
    quads, rows = found.quads, found.quads.rows
    may = _marked(found, (numbers[each] for each in merging.members))[rows[0]]
    may |= _marked(found, (numbers[each] for each in merging.becomes))[rows[2]]
    may |= np.isin(rows[1], links[: len(SAME_AS)])
    touched, new = [], []
    for row in np.flatnonzero(may).tolist():
        if quads.has_blank(row):
            return False
        (quad,) = ox.parse(f"{quads.text_of(row)} .".encode(), ox.RdfFormat.N_QUADS)
        assert isinstance(quad, ox.Quad)
        if merging.touches(quad):
            touched.append(row)
            new += [(each, int(rows[4, row])) for each in merging.rewritten(quad)]
    last = int(rows[4].max())
    written = {*rows[0, touched].tolist(), *(quads.terms.add(str(quad.subject)) for quad, _ in new)}
    spoken = [term for term in written if term < len(found.number) - 1 and found.number[term] >= 0]
    quads.first_lines = {term: int(rows[4, found.said_of(int(found.number[term]))[0]]) for term in spoken}
    new += [(quad, last) for quad in merging.added(different)]
    quads.replace(np.array(touched, np.int64), new)
    return True


def _marked(found: Sorted, subjects: Iterable[int]) -> Numbers:
    """Which terms are these subjects."""
    marks = np.zeros(len(found.number), np.bool_)
    marks[found.subjects[list(subjects)]] = True
    return marks


def _text(found: Sorted, term: int) -> str:
    """What a term says, if it is an IRI or a plain string."""
    written = found.quads.terms.text(term)
    return written[1:-1] if written[0] in '<"' and written[-1] in '>"' and "\\" not in written else str(found.node(term))
