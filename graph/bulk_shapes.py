"""Holds big files against the shapes by examples: one stands for all that no shape can tell apart.

No shape looks farther than at a subject's own statements, at those of what they lead to, and at whether a relationship has a claim. What is
of the common shape is grouped by columns, the rest by the forms of all that is said of it (see ``interlock.graph.shape_forms``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from rdflib.term import Node

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_sort import DURING, NAME, OBSERVED, STATUS, SUPPORTS
from interlock.graph.check import Shapes
from interlock.graph.faults import MOST, Tally
from interlock.graph.heap import Numbers
from interlock.graph.kernels.texts import ODD
from interlock.graph.rdf import Statements
from interlock.graph.shape_forms import Forms
from interlock.graph.told import Progress

_AT_ONCE: Final = 4_000
"""How many subjects are validated together."""
_STEPS: Final = 2
"""How far what is validated with a subject may be from it."""


def violations(parted: Parted, progress: Progress) -> Tally:
    """What the shapes find wrong in all subjects."""
    found, shapes, tally = parted.found, Shapes(), Tally()
    like, count = _groups(parted)
    odd = parted.odd()
    like[odd] = _Signs(parted, shapes.forms()).of(odd) + count
    chosen = np.sort(np.unique(like, return_index=True)[1]).tolist()
    done = 0
    progress(done, len(chosen))
    for batch in _batches(chosen):
        numbers = {found.node(int(found.subjects[number])): number for number in batch}
        for subject, message in shapes.found(found.statements(_with_context(parted, np.array(batch)))):
            if subject in numbers:
                _tell(parted, tally, np.flatnonzero(like == like[numbers[subject]]).tolist(), message)
        done += len(batch)
        progress(done, len(chosen))
    return tally


def _batches(chosen: list[int]) -> Iterator[list[int]]:
    for begin in range(0, len(chosen), _AT_ONCE):
        yield chosen[begin : begin + _AT_ONCE]


def _tell(parted: Parted, tally: Tally, members: list[int], message: str) -> None:
    found = parted.found
    kept = [number for number in members[:MOST] if tally.count_in(message)]
    tally.count_more(message, len(members) - min(len(members), MOST))
    where: Statements = found.statements(kept)
    for number in kept:
        tally.keep(where.problem(found.node(int(found.subjects[number])), message))


def _with_context(parted: Parted, numbers: Numbers) -> list[int]:
    """These subjects with all that they lead to, blank nodes followed, and with a claim on each relationship, in the order of the files."""
    found, rows = parted.found, parted.found.quads.rows
    chosen = np.zeros(len(found.subjects) + 1, np.bool_)
    chosen[numbers] = True
    for _ in range(_STEPS):
        said = np.concatenate([found.said_of(number) for number in np.flatnonzero(chosen[:-1]).tolist()])
        chosen[found.number[rows[2, said]]] = True
    chosen[parted.a_claim_on(numbers)] = True
    return np.flatnonzero(chosen[:-1]).tolist()


def _groups(parted: Parted) -> tuple[Numbers, int]:
    """The number of the group of each subject of the common shape, within which no shape tells one from another, -1 for all others; and how
    many groups there are."""
    found, values = parted.found, parted.found.values
    like = np.full(len(found.subjects), -1, np.int64)
    forms, kind = _forms(parted), np.append(parted.entity_kind, -1)
    entities, ties, claims = np.flatnonzero(parted.plain_entity), parted.plain_ties, parted.claims
    about = found.number[values[SUPPORTS][claims]]
    sets = (
        (entities, (kind[entities], _spaced(parted, values[NAME][entities]), forms[values[DURING][entities]])),
        (ties, (parted.reading[ties], kind[parted.source[ties]], kind[parted.target[ties]], forms[values[DURING][ties]])),
        (claims, (values[STATUS][claims], forms[values[OBSERVED][claims]], parted.tie_kind[about])),
    )
    count = 0
    for numbers, features in sets:
        if len(numbers):
            group = _together(features)
            like[numbers] = group + count
            count += int(group.max()) + 1
    return like, count


def _together(features: Iterable[Numbers]) -> Numbers:
    """One number for each combination of these, counted from 0."""
    key: Numbers = np.zeros(1, np.int64)
    for feature in features:
        _, dense = np.unique(feature, return_inverse=True)
        _, key = np.unique(key * (int(dense.max()) + 1) + dense, return_inverse=True)
    return key


class _Signs:
    """Numbers by which subjects are told apart as far as shapes can."""

    def __init__(self, parted: Parted, forms: Forms) -> None:
        found, count = parted.found, len(parted.found.subjects)
        self._found, self._forms = found, forms
        self._claimed = parted.a_claim_on(np.arange(count)) >= 0
        self._plain = np.full(count + 1, -1, np.int64)  # with a place for what is no subject
        self._plain[parted.plain_entity.nonzero()] = parted.entity_kind[parted.plain_entity]
        self._plain[parted.plain_ties] = len(ENTITY_KINDS) + parted.tie_kind[parted.plain_ties]
        self._plain[parted.claims] = len(ENTITY_KINDS) + len(RELATIONSHIP_KINDS)
        self._known: dict[tuple[int, int], int] = {}
        self._values: dict[int, tuple[Node, int]] = {}

    def of(self, numbers: Numbers) -> Numbers:
        """The sign of each of these subjects."""
        return np.array([self._sign(number, _STEPS) for number in numbers.tolist()], np.int64)

    def _sign(self, number: int, steps: int) -> int:
        """The number of what is said of a subject, and of what that leads to in so many steps."""
        known = self._known.get((number, steps))
        if known is not None:
            return known
        found, values = self._found, dict[Node, tuple[set[int], int, int]]()
        for predicate, value in found.quads.rows[1:3, found.said_of(number)].T.tolist():
            node, form = self._value(value)
            if node not in values:
                about = int(found.number[value])
                values[node] = set(), form, self._of_value(about, steps - 1) if about >= 0 and steps else -1
            values[node][0].add(predicate)
        sign = self._known[number, steps] = self._forms.together(values.values(), (steps, bool(self._claimed[number])))
        return sign

    def _of_value(self, number: int, steps: int) -> int:
        """A number for what is said of a value: of what is of the common shape, for its kind."""
        return -2 - int(self._plain[number]) if self._plain[number] >= 0 else self._sign(number, steps)

    def _value(self, term: int) -> tuple[Node, int]:
        if term not in self._values:
            node = self._found.node(term)
            self._values[term] = node, self._forms.of(node)
        return self._values[term]


def _forms(parted: Parted) -> Numbers:
    """What the dates among the terms look like, as numbers: two of one form differ in their digits alone; -1 for no date."""
    found = parted.found
    forms = np.full(len(found.quads.terms) + 1, -1, np.int32)
    known: dict[str, int] = {}
    for term in np.unique(found.values[[DURING, OBSERVED]]).tolist():
        if term >= 0:
            forms[term] = known.setdefault(re.sub(r"\d", "0", found.quads.terms.text(term)), len(known))
    return forms


def _spaced(parted: Parted, names: Numbers) -> Numbers:
    """Which of these strings have space at their ends."""
    found, terms = parted.found, parted.found.quads.terms
    ends = np.stack([terms.heap[terms.at[names] + 1], terms.heap[terms.at[names + 1] - 2]])
    spaced: Any = np.isin(ends, list(b" \t\n\v\f\r\x1c\x1d\x1e\x1f")).any(axis=0)
    for place in np.flatnonzero(found.looks(names) & ODD != 0).tolist():
        text = str(found.node(int(names[place])))
        spaced[place] = text != text.strip()
    return np.asarray(spaced)
