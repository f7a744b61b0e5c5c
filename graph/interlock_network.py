"""The one-mode projections of the two-mode network of directors and boards: companies that share directors, directors who share boards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Self

import networkx as nx
import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, Int32, Int64
from interlock.graph.budget import StopReason
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Numbers
from interlock.graph.induced import admitted_words, held_then
from interlock.graph.interlock_question import HAVE_BOARDS, need_seats
from interlock.graph.intervals import Certainty, Window
from interlock.graph.kernels import numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, RelationshipKind
from interlock.graph.words import STOPPED

_CHUNK: Final = 1 << 20
"""About how many pairs of seats are compared at once."""
_NUMBERS: Final = 2**63
"""How many numbers there are from 0 on, of 64 bits with a sign."""
_DIRECTORS: Final = frozenset({EntityKind.PERSON})
_TITLES: Final = {
    _DIRECTORS: "Directors who sat on a board together",
    HAVE_BOARDS: "Boards that shared directors",
    frozenset({EntityKind.COMPANY}): "Boards of companies that shared directors",
    frozenset({EntityKind.ORGANIZATION}): "Boards of organizations that shared directors",
}
"""What may be projected, and how it is called."""


class Links(NamedTuple):
    """Pairs of seats held at one time.

    The two that they join, the lesser number first; whom (or what) they share; whether it was surely at one time; and the numbers of the
    two seats.
    """

    low: Numbers
    high: Numbers
    shared: Numbers
    certain: Numbers
    one: Numbers
    other: Numbers

    @classmethod
    def none(cls) -> Self:
        return cls(none := np.empty(0, np.int32), none, none, np.empty(0, np.bool_), none, none)


@dataclass(frozen=True, eq=False)
class InterlockNetwork:
    """Companies × companies that shared directors, or directors × directors who sat on a board at one time.

    ``nodes`` are numbers of entities, by id: all that have a seat that counts, isolates too. ``ties`` is of shape (t, 2), the lesser number
    first; ``weight`` counts the directors (or boards) by which two are possibly linked, ``certain`` those by which they surely are. The
    ``links`` of a tie, by whom they join, begin at its place in ``first`` (t + 1).
    """

    graph: KnowledgeGraph
    kinds: frozenset[EntityKind]
    conditions: RelationshipFilter
    nodes: Int32
    ties: Int32
    weight: Int32
    certain: Int32
    links: Links
    first: Int64
    stopped_by: StopReason

    @cached_property
    def heaviest_first(self) -> list[int]:
        """The places of the ties, the heaviest first, then the surest, then by the ids at their ends."""
        return list(np.lexsort((self.ties[:, 1], self.ties[:, 0], -self.certain, -self.weight)).tolist())

    @property
    def complete(self) -> bool:
        """Were all pairs of seats compared?"""
        return self.stopped_by is StopReason.COMPLETE

    @property
    def isolates(self) -> Int32:
        """The numbers of those that are linked to nobody."""
        return np.setdiff1d(self.nodes, self.ties)

    @property
    def title(self) -> str:
        """What it is, in words."""
        who, when = _TITLES[self.kinds], self.conditions
        return who + (f", as of {when.as_of}" if when.as_of else f", during {when.during}" if when.during else "")

    @property
    def notes(self) -> tuple[str, ...]:
        """What is missing and why."""
        cut = () if self.stopped_by is StopReason.COMPLETE else (STOPPED[self.stopped_by],)
        return (*cut, *(f"Left out: {what}." for what in self.conditions.excluded_by_default))

    def to_networkx(self) -> nx.Graph[str]:
        """An ordinary graph by ids, with ``name`` and ``kind`` of each node, ``weight`` and ``certain`` of each tie."""
        plain: nx.Graph[str] = nx.Graph(name=self.title)
        for number in self.nodes.tolist():
            entity = self.graph.entity_at(number)
            plain.add_node(entity.id, name=entity.name, kind=entity.kind.value)
        for (one, other), weight, certain in zip(self.ties.tolist(), self.weight.tolist(), self.certain.tolist(), strict=True):
            plain.add_edge(self.graph.id_of(one), self.graph.id_of(other), weight=weight, certain=certain)
        return plain


def interlock_network(
    engine: Engine, conditions: RelationshipFilter | None = None, kinds: frozenset[EntityKind] = HAVE_BOARDS
) -> InterlockNetwork:
    """Project the seats that count on those who have boards (of some kinds), or on the directors. A step is a pair of seats compared."""
    if kinds not in _TITLES:
        named = ", ".join(sorted(kinds)) or "empty"
        raise BadInput(f"kinds is {named}: give COMPANY and ORGANIZATION, or one of them, for boards; PERSON alone for directors.")
    graph, conditions = engine.graph, conditions or RelationshipFilter()
    need_seats(conditions)
    budget = engine.budget()
    seats = _seats(graph, conditions)
    person, company = (graph.columns.store.numbers(end)[seats] for end in ("source_end", "target_end"))
    shared, projected = (company, person) if kinds == _DIRECTORS else (person, company)
    codes = [ENTITY_KINDS.index(kind) for kind in kinds]
    order = np.lexsort((projected, shared))
    order = order[np.isin(graph.arrays.kind[projected[order]], codes)]
    seats, shared, projected = seats[order], shared[order], projected[order]
    found, stopped, spent = [Links.none()], StopReason.COMPLETE, 0
    for one, other in _pairs(shared):
        spent += len(one)
        stopped = StopReason.STEP_BUDGET if spent > budget.steps else StopReason.DEADLINE if budget.overdue else stopped
        if stopped is not StopReason.COMPLETE:
            break
        differ = projected[one] != projected[other]
        one, other = one[differ], other[differ]
        possible, certain = _met(graph.arrays.bounds.reshape(-1, 4)[seats], one, other, conditions.window)
        kept = certain if conditions.certainty is Certainty.CERTAIN else possible
        one, other = one[kept], other[kept]
        found.append(Links(projected[one], projected[other], shared[one], certain[kept], seats[one], seats[other]))
    return InterlockNetwork(graph, kinds, conditions, np.unique(projected).astype(np.int32), *_counted(found), stopped)


def _seats(graph: KnowledgeGraph, conditions: RelationshipFilter) -> Numbers:
    """The numbers of the seats that count."""
    arrays = graph.arrays
    seat = RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT)
    seen_from_person = (arrays.word & 15 == seat) & (arrays.word >> numbers.AGAINST_SHIFT & 1 == 0)
    seen_from_person &= admitted_words(conditions)[arrays.word & numbers.KIND_AND_STATUS] != 0
    tie, word = arrays.tie[seen_from_person], arrays.word[seen_from_person]
    mask = graph.source_mask(conditions)
    sourced = mask[tie] != 0 if mask is not None else word >> numbers.SOURCES_SHIFT & 63 >= conditions.min_independent_sources
    return np.sort(tie[sourced & held_then(graph, tie, conditions)])


def _pairs(shared: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """All pairs of places with the same value, of a sorted column, some at a time."""
    places = np.arange(len(shared))
    later = np.searchsorted(shared, shared, "right") - places - 1
    begin = 0
    while begin < len(shared):
        total = np.cumsum(later[begin : begin + _CHUNK])
        end = begin + max(1, int(np.searchsorted(total, _CHUNK)))
        counts = later[begin:end]
        one = np.repeat(places[begin:end], counts)
        yield one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        begin = end


def _met(bounds: Numbers, one: Numbers, other: Numbers, window: Window | None) -> tuple[Numbers, Numbers]:
    """Which of these pairs of seats possibly, and which surely, were held at one time, within the window (see ``at_one_time``)."""
    first, last = window or Window(DISTANT_PAST, DISTANT_FUTURE)
    a, b = bounds[one].T, bounds[other].T
    possible = np.maximum(np.maximum(a[0], b[0]), first) <= np.minimum(np.minimum(a[3], b[3]), last)
    certain = (a[1] <= b[2]) & (b[1] <= a[2])
    if window is not None:
        certain &= (np.maximum(a[1], b[1]) <= last) & (np.minimum(a[2], b[2]) >= first)
    return possible, possible & certain


def _counted(found: Sequence[Links]) -> tuple[Int32, Int32, Int32, Links, Int64]:
    """The ties, how many they share possibly and surely (several seats of one count once), their links, and where each's begin."""
    links = Links(*map(np.concatenate, zip(*found, strict=True)))
    order = _order(links)
    links = Links(*(column[order] for column in links))
    tie = _changes(links.low, links.high)
    once = tie | _changes(links.shared)
    starts = np.flatnonzero(tie)
    pairs = np.stack((links.low[starts], links.high[starts]), axis=1).astype(np.int32)
    weight, sure = (np.add.reduceat(counted, starts, dtype=np.int32) for counted in (once, once & links.certain))
    return pairs, weight, sure, links, np.append(starts, len(tie))


def _order(links: Links) -> Numbers:
    """By ends, then by whom they share, what is certain first. Where all that fits into one number, that sorts far faster than columns."""
    size = int(max(column.max(initial=0) for column in (links.high, links.shared))) + 1
    if 2 * size**3 >= _NUMBERS:
        return np.lexsort((~links.certain, links.shared, links.high, links.low))
    return np.argsort(((links.low.astype(np.int64) * size + links.high) * size + links.shared) * 2 + ~links.certain)


def _changes(*columns: Numbers) -> Numbers:
    """Where a row differs from the one before."""
    differ = np.zeros(len(columns[0]), np.bool_)
    differ[:1] = True
    for column in columns:
        differ[1:] |= column[1:] != column[:-1]
    return differ
