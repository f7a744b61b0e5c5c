"""Filters on relationships as rows: what a backend can't leave out where they are, it leaves out here."""

from __future__ import annotations

import numpy as np

from interlock.graph.arrays import MOST_SOURCES
from interlock.graph.backends.protocol import Halves
from interlock.graph.filters import RelationshipFilter
from interlock.graph.induced import admitted_words, held
from interlock.graph.kernels import numbers


def admitted(halves: Halves, conditions: RelationshipFilter, forward: bool | None) -> Halves:
    """Those that count by kind, status, direction, dates and number of sources; which sources these are, is not looked at here."""
    word = halves.word
    keep = admitted_words(conditions)[word & numbers.KIND_AND_STATUS] != 0
    if forward is not None:
        keep &= (word >> numbers.AGAINST_SHIFT & 1 == 0) == forward
    keep &= word >> numbers.SOURCES_SHIFT & MOST_SOURCES >= min(conditions.min_independent_sources, MOST_SOURCES)
    keep &= held(halves.bounds, conditions)
    return halves if keep.all() else halves.where(keep)


def needs_records(conditions: RelationshipFilter) -> bool:
    """Do claims have to be looked at to know whether a relationship counts?"""
    return conditions.sources is not None or bool(conditions.exclude_sources) or conditions.min_independent_sources > MOST_SOURCES


def of_ties(halves: Halves, ties: set[int]) -> Halves:
    """Those of these relationships."""
    return halves.where(np.isin(halves.tie, np.fromiter(ties, np.int64, len(ties))))
