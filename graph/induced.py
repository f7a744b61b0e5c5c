"""The subgraph that chosen entities induce: the relationships among them that a filter admits, and the sources of these, by numbers."""

from __future__ import annotations

import numpy as np

from interlock.graph.arrays import RELATIONSHIP_KINDS, STATUS_SHIFT, STATUSES, Int8, Int32
from interlock.graph.columns import runs
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Numbers
from interlock.graph.intervals import Certainty
from interlock.graph.kernels import numbers
from interlock.graph.knowledge import KnowledgeGraph


def relationships_among(graph: KnowledgeGraph, entities: Int32, conditions: RelationshipFilter) -> Int32:
    """The numbers of the relationships both of whose ends are among these entities, and that pass the filter; in order."""
    arrays = graph.arrays
    inside = np.zeros(len(arrays.kind), np.bool_)
    inside[entities] = True
    everything = len(entities) == len(inside)
    places = np.arange(len(arrays.head)) if everything else runs(arrays.first[entities], arrays.first[entities + 1])
    word = arrays.word[places]
    keep = word >> numbers.AGAINST_SHIFT & 1 == 0
    keep &= everything or inside[arrays.head[places]]
    keep &= admitted_words(conditions)[word & numbers.KIND_AND_STATUS] != 0
    tie, word = arrays.tie[places[keep]], word[keep]
    mask = graph.source_mask(conditions)
    sourced = mask[tie] != 0 if mask is not None else word >> numbers.SOURCES_SHIFT & 63 >= conditions.min_independent_sources
    return np.sort(tie[sourced & held_then(graph, tie, conditions)])


def admitted_of(graph: KnowledgeGraph, entity: int, conditions: RelationshipFilter) -> Int32:
    """The numbers of the relationships of an entity that count by all but their sources; in order."""
    arrays = graph.arrays
    span = slice(arrays.first[entity], arrays.first[entity + 1])
    admitted = admitted_words(conditions)[arrays.word[span] & numbers.KIND_AND_STATUS] != 0
    ties = np.unique(arrays.tie[span][admitted])  # one with itself is there twice
    return ties[held_then(graph, ties, conditions)]


def sources_of(graph: KnowledgeGraph, ties: Numbers) -> Int32:
    """The numbers of the sources that speak of these relationships, and of those that they rest on; in order."""
    columns = graph.columns
    found = set(columns.sources_of(ties).tolist())
    waiting = list(found)
    while waiting:
        for origin in columns.source_at(waiting.pop()).derived_from:
            number = columns.source_ids.find(origin)
            if number >= 0 and number not in found:
                found.add(number)
                waiting.append(number)
    return np.array(sorted(found), np.int32)


def admitted_words(conditions: RelationshipFilter) -> Int8:
    """Which words count, by status and kind."""
    table = np.zeros((8, 16), np.uint8)
    for status in conditions.admitted_statuses:
        for kind in conditions.admitted_kinds:
            table[STATUSES.index(status), RELATIONSHIP_KINDS.index(kind)] = 1
    assert table.shape[1] == 1 << STATUS_SHIFT
    return table.reshape(-1)


def held_then(graph: KnowledgeGraph, ties: Int32, conditions: RelationshipFilter) -> Numbers:
    """Which of these held at the time asked about, surely or possibly, as the filter wants."""
    return held(graph.arrays.bounds.reshape(-1, 4)[ties] if conditions.window is not None else ties, conditions)


def held(bounds: Numbers, conditions: RelationshipFilter) -> Numbers:
    """The same of relationships of these bounds, of shape (k, 4)."""
    window = conditions.window
    if window is None:
        return np.ones(len(bounds), np.bool_)
    start_min, start_max, end_min, end_max = bounds.T
    possibly = (start_min <= window.last) & (end_max >= window.first)
    if conditions.certainty is not Certainty.CERTAIN:
        return np.asarray(possibly)
    return np.asarray(possibly & (start_max <= window.last) & (end_min >= window.first))
