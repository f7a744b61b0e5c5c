"""A question about paths as the numbers that the kernels take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, MOST_SOURCES, RELATIONSHIP_KINDS, STATUSES, Int8
from interlock.graph.codec import STANCES
from interlock.graph.cost import SINGLE_SOURCE, STALE_A_YEAR, STALE_AT_MOST, STATUS_COSTS, UNIT, VAGUE
from interlock.graph.filters import RelationshipFilter
from interlock.graph.finder import Query
from interlock.graph.intervals import Certainty, Window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, Stance
from interlock.graph.question import PathQuestion

_NOTHING: Final = np.zeros(1, np.uint8)
_COSTS: Final = np.array([UNIT + STATUS_COSTS[status] for status in STATUSES], np.int32)
_LOOKED_AHEAD: Final = 4
"""For how many of the entities that must be passed the search knows what it costs to get to the target by way of them."""
_NO_DEGREE: Final = 2**31 - 1


def compile_question(graph: KnowledgeGraph, question: PathQuestion, day: int, sure: bool = False) -> Query:
    """The question as numbers; with ``sure``, of hops that surely held at the time asked about. ``day`` is when staleness counts from."""
    conditions, ties = question.filter, question.filter.relationships
    window = ties.window or Window(0, 0)
    mask = source_mask(graph, ties)
    passing = frozenset(EntityKind) if conditions.entity_kinds is None else conditions.entity_kinds
    passing -= conditions.exclude_entity_kinds | {EntityKind.BOARD}
    must = np.array(sorted(graph.index(each) for each in conditions.must_pass if each in graph.entities), np.int32)
    return Query(
        start=graph.index(question.start_node),
        end=graph.index(question.end_node),
        kinds=_bits(RELATIONSHIP_KINDS.index(kind) for kind in ties.admitted_kinds),
        statuses=_bits(STATUSES.index(status) for status in ties.admitted_statuses),
        direction=0 if conditions.forward is None else 1 if conditions.forward else 2,
        boards=(question.start.kind is EntityKind.BOARD) + 2 * (question.end.kind is EntityKind.BOARD),
        dated=int(ties.window is not None),
        first=window.first,
        last=window.last,
        certain=int(ties.certainty is Certainty.CERTAIN),
        sure=int(sure),
        together=(2 if ties.certainty is Certainty.CERTAIN else 1) if conditions.held_together else 0,
        min_sources=0 if mask is not None else ties.min_independent_sources,
        masked=int(mask is not None),
        mask=_NOTHING if mask is None else mask,
        entity_kinds=_bits(ENTITY_KINDS.index(kind) for kind in passing),
        max_degree=_NO_DEGREE if conditions.max_transit_degree is None else conditions.max_transit_degree,
        avoid=np.array(sorted(graph.index(each) for each in conditions.avoid if each in graph.entities), np.int32),
        must=must,
        needs=2 ** min(len(must), _LOOKED_AHEAD),
        day=day,
        status_costs=_COSTS,
        single_source=SINGLE_SOURCE,
        vague=VAGUE,
        stale_a_year=STALE_A_YEAR,
        stale_at_most=STALE_AT_MOST,
    )


def source_mask(graph: KnowledgeGraph, ties: RelationshipFilter) -> Int8 | None:
    """Which relationships have claims by admitted sources (independent ones, as many as asked for); None if that needs no looking.

    The number of independent sources is kept with every relationship, up to a limit; which ones they are has to be looked up.
    """
    if ties.sources is None and not ties.exclude_sources and ties.min_independent_sources <= MOST_SOURCES:
        return None
    columns = graph.columns
    admitted = np.ones(columns.source_count, np.bool_)
    for number in range(columns.source_count) if ties.sources is not None or ties.exclude_sources else ():
        id = columns.source_ids.text(number)
        admitted[number] = id not in ties.exclude_sources and (ties.sources is None or id in ties.sources)
    first = columns.store.numbers("claim_first").astype(np.int64)
    source, word = columns.store.numbers("claim_source"), columns.store.numbers("claim_word")
    counts = (word & 1 == STANCES.index(Stance.SUPPORTS)) & (source >= 0) & admitted[source]
    supported = np.add.reduceat(np.append(counts, False), first[:-1], dtype=np.int32) if columns.relationship_count else np.zeros(0)
    supported[np.diff(first) == 0] = 0
    mask = (supported >= max(1, ties.min_independent_sources)).astype(np.uint8)
    if ties.min_independent_sources > 1:
        # As many claims need not be as many independent sources: those that are left are looked at one by one.
        for tie in np.flatnonzero(mask).tolist():
            mask[tie] = ties.sources_admit(columns.relationship_at(tie), graph)
    return mask


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)
