"""Holds big files against the shapes: what is of the common shape by examples, the rest one by one.

One example stands for all that no shape can tell apart. No shape looks farther than at a subject's own statements, at those of what they
lead to, and at whether a relationship has a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_sort import DURING, NAME, OBSERVED, STATUS, SUPPORTS
from interlock.graph.check import Shapes
from interlock.graph.faults import MOST, Tally
from interlock.graph.heap import Numbers
from interlock.graph.kernels.texts import ODD
from interlock.graph.rdf import Statements
from interlock.graph.told import Progress

_AT_ONCE: Final = 4_000
"""How many subjects are validated together."""


def violations(parted: Parted, progress: Progress) -> Tally:
    """What the shapes find wrong in all subjects."""
    found, shapes, tally = parted.found, Shapes(), Tally()
    like = _groups(parted)
    examples = np.unique(like[like >= 0], return_index=True)
    chosen = np.sort(np.concatenate([np.flatnonzero(like >= 0)[examples[1]], parted.odd()])).tolist()
    done = 0
    progress(done, len(chosen))
    for batch in _batches(chosen):
        numbers = {found.node(int(found.subjects[number])): number for number in batch}
        for subject, message in shapes.found(found.statements(_with_context(parted, np.array(batch)))):
            if subject in numbers:
                _tell(parted, tally, _members(like, numbers[subject]), message)
        done += len(batch)
        progress(done, len(chosen))
    return tally


def _batches(chosen: list[int]) -> Iterator[list[int]]:
    for begin in range(0, len(chosen), _AT_ONCE):
        yield chosen[begin : begin + _AT_ONCE]


def _members(like: Numbers, number: int) -> list[int]:
    """All subjects for which this one stands."""
    return [number] if like[number] < 0 else np.flatnonzero(like == like[number]).tolist()


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
    for _ in range(2):
        said = np.concatenate([found.said_of(number) for number in np.flatnonzero(chosen[:-1]).tolist()])
        chosen[found.number[rows[2, said]]] = True
    chosen[parted.a_claim_on(numbers)] = True
    return np.flatnonzero(chosen[:-1]).tolist()


def _groups(parted: Parted) -> Numbers:
    """The number of the group of each subject of the common shape, within which no shape tells one from another; -1 for all others."""
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
            _, group = np.unique(np.stack(features, axis=1), axis=0, return_inverse=True)
            like[numbers] = group.reshape(-1) + count
            count = int(like.max()) + 1
    return like


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
