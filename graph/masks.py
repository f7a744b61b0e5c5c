"""Which relationships have the sources that a filter asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from interlock.graph.arrays import MOST_SOURCES, Int8
from interlock.graph.codec import STANCES
from interlock.graph.model import Stance

if TYPE_CHECKING:
    from interlock.graph.filters import RelationshipFilter
    from interlock.graph.knowledge import KnowledgeGraph


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
