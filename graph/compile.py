"""A question about paths as the numbers that the kernels take."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, MOST_SOURCES, RELATIONSHIP_KINDS, STATUSES, Int8, Int32
from interlock.graph.cost import SINGLE_SOURCE, STALE_A_YEAR, STALE_AT_MOST, STATUS_COSTS, UNIT, VAGUE
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.finder import Query
from interlock.graph.intervals import Certainty, Window
from interlock.graph.kernels import numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, RelationshipKind, Status
from interlock.graph.question import PathQuestion

_NOTHING: Final = np.zeros(1, np.uint8)
_LOOKED_AHEAD: Final = 4
"""For how many of the entities that must be passed the search knows what it costs to get to the target by way of them."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_FAR: Final = 200_000
"""More days from 1970 than lie within the years that words tell apart."""
_NO_DEGREE: Final = 2**31 - 1


def compile_question(graph: KnowledgeGraph, question: PathQuestion, day: int, sure: bool = False) -> Query:
    """The question as numbers; with ``sure``, of hops that surely held at the time asked about. ``day`` is when staleness counts from."""
    boards = (question.start.kind is EntityKind.BOARD) + 2 * (question.end.kind is EntityKind.BOARD)
    query = compile_filter(question.filter, day, sure, boards, graph)
    return query.between(graph.index(question.start_node), graph.index(question.end_node))


def compile_filter(conditions: PathFilter, day: int = 0, sure: bool = False, boards: int = 0, graph: KnowledgeGraph | None = None) -> Query:
    """A filter as numbers, without the ends of a question; one that names entities or sources needs the graph that knows them."""
    ties, window = conditions.relationships, conditions.relationships.window or Window(0, 0)
    named = conditions.must_pass or conditions.avoid or ties.sources is not None or ties.exclude_sources
    if graph is None and (named or ties.min_independent_sources > MOST_SOURCES):
        raise BadInput("A filter that names entities or sources can't be compiled without the graph that knows them.")
    mask = graph.source_mask(ties) if graph is not None else None
    passing = frozenset(EntityKind) if conditions.entity_kinds is None else conditions.entity_kinds
    passing -= conditions.exclude_entity_kinds | {EntityKind.BOARD}
    must, avoid = (_indexes(graph, entities) for entities in (conditions.must_pass, conditions.avoid))
    min_sources = 0 if mask is not None else ties.min_independent_sources
    years = _years(ties.window, exact=sure or ties.certainty is Certainty.CERTAIN)
    particular = bool(boards or min_sources or mask is not None)
    asked = {
        numbers.START: 0,
        numbers.END: 0,
        numbers.BOARDS: boards,
        numbers.DATED: ties.window is not None,
        numbers.FIRST: window.first,
        numbers.LAST: window.last,
        numbers.CERTAIN: ties.certainty is Certainty.CERTAIN,
        numbers.SURE: sure,
        numbers.TOGETHER: (2 if ties.certainty is Certainty.CERTAIN else 1) if conditions.held_together else 0,
        numbers.MIN_SOURCES: min_sources,
        numbers.MASKED: mask is not None,
        numbers.PARTICULAR: particular,
        numbers.ENTITY_KINDS: sum(1 << ENTITY_KINDS.index(kind) for kind in passing),
        numbers.MAX_DEGREE: _NO_DEGREE if conditions.max_transit_degree is None else conditions.max_transit_degree,
        numbers.PICKY: conditions.max_transit_degree is not None or len(avoid) > 0 or len(passing) < len(EntityKind) - 1,
        numbers.NEEDS: 2 ** min(len(must), _LOOKED_AHEAD),
        numbers.DAY: day,
        numbers.DAY_YEAR: _year(day)[0],
        numbers.SINGLE_SOURCE: SINGLE_SOURCE,
        numbers.STALE_A_YEAR: STALE_A_YEAR,
        numbers.STALE_AT_MOST: STALE_AT_MOST,
        numbers.LOOK: _look(ties, conditions.forward) if years[numbers.BY_YEAR] and not particular else numbers.CLOSELY,
        **years,
    }
    return Query(
        numbers=np.array([asked[place] for place in range(numbers.NUMBERS)], np.int64),
        admit=_table(ties.admitted_kinds, ties.admitted_statuses, conditions.forward),
        costs=_COSTS,
        mask=_NOTHING if mask is None else mask,
        avoid=avoid,
        must=must,
    )


def _indexes(graph: KnowledgeGraph | None, entities: frozenset[str]) -> Int32:
    return np.array(sorted(graph.index(each) for each in entities if each in graph.entities) if graph else (), np.int32)


def _years(window: Window | None, exact: bool) -> dict[int, int]:
    """The years of a window, as they stand in words; whether what possibly held in it is known by them alone, and nothing else is asked."""
    if window is None:
        return {numbers.YEAR_FROM: 0, numbers.YEAR_TO: numbers.YEARS, numbers.BY_YEAR: not exact}
    (year_from, begin), (year_to, end) = map(_year, window)
    told_apart = year_from > 0 and year_to < numbers.YEARS
    whole = told_apart and (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31)
    return {numbers.YEAR_FROM: year_from, numbers.YEAR_TO: year_to, numbers.BY_YEAR: whole and not exact}


def _year(day: int) -> tuple[int, date]:
    """The year in which a day lies, as it stands in words; and that day, if it lies within the years that words tell apart."""
    known = date.fromordinal(_EPOCH + max(min(day, _FAR), -_FAR))
    return min(max(known.year - numbers.FIRST_YEAR, 0), numbers.YEARS), known


def _look(ties: RelationshipFilter, forward: bool | None) -> int:
    """Whether words have to be read to know which relationships count."""
    kinds, statuses = len(ties.admitted_kinds) < len(RelationshipKind), len(ties.admitted_statuses) < len(Status)
    return numbers.BY_WORDS if kinds or statuses or forward is not None or ties.window is not None else numbers.EVERYTHING


@lru_cache(maxsize=1024)
def _table(kinds: frozenset[RelationshipKind], statuses: frozenset[Status], forward: bool | None) -> Int8:
    """Which relationships count, by way, side, status and kind."""
    table = np.zeros((2, 2, 8, 16), np.uint8)
    for backward, against in product((0, 1), (0, 1)):
        if forward is None or (backward == against) is forward:
            for status, kind in product(statuses, kinds):
                table[backward, against, STATUSES.index(status), RELATIONSHIP_KINDS.index(kind)] = 1
    return table.reshape(-1)


def _costs() -> Int32:
    """What a hop costs by its status and kind."""
    table = np.zeros((8, 16), np.int32)
    for (row, status), (column, kind) in product(enumerate(STATUSES), enumerate(RELATIONSHIP_KINDS)):
        table[row, column] = UNIT + STATUS_COSTS[status] + (VAGUE if kind is RelationshipKind.ASSOCIATION else 0)
    return table.reshape(-1)


_COSTS: Final = _costs()
