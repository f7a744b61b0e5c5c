"""What is taken out of a graph to be looked at or exported: chosen entities, and the relationships among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final, Self

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.budget import Budget, StopReason
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.filters import WEAKEST_BY_DEFAULT, PathFilter, RelationshipFilter
from interlock.graph.heap import Ids, Numbers
from interlock.graph.induced import relationships_among, sources_of
from interlock.graph.interlock_network import InterlockNetwork, interlock_network
from interlock.graph.interlock_question import HAVE_BOARDS
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, RelationshipKind, Status
from interlock.graph.narrate import entity_label
from interlock.graph.nearby import around
from interlock.graph.question import MAX_HOPS, PathQuestion, PathRanking, PathSelector
from interlock.graph.words import STOPPED

MOST_ENDS: Final = 12
"""Between how many entities paths are looked for at once: each pair is a search."""
_SEAT: Final = frozenset({RelationshipKind.BOARD_SEAT})


@dataclass(frozen=True)
class Parameters:
    """What a selection is made by: the entities ``of`` a neighbourhood, or those ``between`` whom paths run; without either, all entities.

    With ``interlock_network``, these are all boards (or of the kind PERSON all directors) and how they interlock.

    Entities are ids. ``hops`` and ``limit`` (None: no limit) are those of a neighbourhood; the last five those of a question about paths,
    which is asked of every pair. The filter's conditions on entities say who may be in between; of a neighbourhood, who is in it besides
    those that it is of; of all entities, which.
    """

    of: tuple[str, ...] = ()
    hops: int = 1
    limit: int | None = None
    between: tuple[str, ...] = ()
    filter: PathFilter = field(default_factory=PathFilter)
    selector: PathSelector = PathSelector.SHORTEST_K
    k: int = 10
    min_hops: int = 1
    max_hops: int = 6
    rank_by: PathRanking = PathRanking.HOPS
    interlock_network: bool = False

    @classmethod
    def asking(cls, question: PathQuestion) -> Self:
        """What a question about paths asks for."""
        return cls(
            between=(question.start.id, question.end.id),
            filter=question.filter,
            selector=question.selector,
            k=question.k,
            min_hops=question.min_hops,
            max_hops=question.max_hops,
            rank_by=question.rank_by,
        )

    def __post_init__(self) -> None:
        if self.of and self.between:
            raise BadInput("of and from contradict one another: ask for what is near some entities, or for the paths between them.")
        if self.interlock_network and (self.of or self.between):
            raise BadInput("interlockNetwork is of all boards, or of all directors: leave out of, from and to.")
        if self.between and not 2 <= len(set(self.between)) == len(self.between) <= MOST_ENDS:
            raise BadInput(f"Paths run between 2 to {MOST_ENDS} different entities; given were {', '.join(self.between)}.")
        if not 1 <= self.hops <= MAX_HOPS:
            raise BadInput(f"hops is {self.hops}; it must be between 1 and {MAX_HOPS}.")
        if self.limit is not None and self.limit < max(1, len(set(self.of))):
            raise BadInput(f"limit is {self.limit}; it must be 1 or more, and leave room for all that is named by of.")
        for name in self._said_in_vain():
            raise BadInput(f"{name} is a condition on whole paths: give from and to as well, or leave it out.")

    def _said_in_vain(self) -> Iterator[str]:
        """The conditions that can't be honoured by such a selection."""
        given, nothing = self.filter, PathFilter()
        names = {"must_pass": "mustPass", "held_together": "heldTogether"}
        if not self.of:
            names |= {"avoid": "avoid", "max_transit_degree": "maxTransitDegree", "forward": "direction"}
        if not self.between:
            yield from (name for key, name in names.items() if getattr(given, key) != getattr(nothing, key))


@dataclass(frozen=True, eq=False)
class Selection:
    """Chosen entities with the relationships among them, and the sources of these.

    ``entities`` come the nearest first, then by id (between entities: in the order of the paths); ``relationships`` and ``sources`` by id.
    ``complete`` is false if something is missing that was asked for; ``notes`` say what, and what a question was taken to mean. ``title``
    says in words what was chosen, ``parameters`` by what. ``stopped`` is true if a search used up its steps or its time: another try may
    find more.
    """

    entities: Ids
    relationships: Ids
    sources: Ids
    complete: bool
    title: str
    parameters: Parameters
    notes: tuple[str, ...] = ()
    stopped: bool = False
    network: InterlockNetwork | None = None


def select(engine: Engine, parameters: Parameters) -> Selection:
    """Make a selection. Raises ``KeyError`` for an id that isn't in the graph, and ``BadInput`` as a question about paths does."""
    if parameters.of:
        return _near(engine, parameters)
    if parameters.interlock_network:
        return _projected(engine, parameters)
    return _between(engine, parameters) if parameters.between else _whole(engine.graph, parameters)


def near(engine: Engine, *entities: str, hops: int = 1, conditions: PathFilter | None = None, limit: int | None = None) -> Selection:
    """What is within so many hops of one of these entities (ids), the nearest first, as far as ``limit`` allows."""
    return select(engine, Parameters(of=entities, hops=hops, limit=limit, filter=conditions or PathFilter()))


def between(engine: Engine, *entities: str, conditions: PathFilter | None = None, k: int = 10, max_hops: int = 6) -> Selection:
    """The union of the paths between these entities (ids), of every two of them."""
    return select(engine, Parameters(between=entities, filter=conditions or PathFilter(), k=k, max_hops=max_hops))


def of_kinds(engine: Engine, *kinds: EntityKind, conditions: RelationshipFilter | None = None) -> Selection:
    """All entities of these kinds, and the relationships among them; of all statuses, unless the conditions say which."""
    chosen = PathFilter(conditions or RelationshipFilter(), entity_kinds=frozenset(kinds))
    return select(engine, Parameters(filter=chosen))


def interlocked(engine: Engine, *kinds: EntityKind, conditions: RelationshipFilter | None = None) -> Selection:
    """The boards of these kinds (by default all), or with PERSON the directors, and how they interlock, as a network with weights."""
    chosen = PathFilter(conditions or RelationshipFilter(), entity_kinds=frozenset(kinds) or None)
    return select(engine, Parameters(filter=chosen, interlock_network=True))


def everything(engine: Engine) -> Selection:
    """All there is."""
    return select(engine, Parameters())


def as_selected(network: InterlockNetwork) -> Parameters:
    """By what to select a network of interlocks."""
    kinds = None if network.kinds == HAVE_BOARDS else network.kinds
    return Parameters(filter=PathFilter(network.conditions, entity_kinds=kinds), interlock_network=True)


def two_mode(network: InterlockNetwork) -> Parameters:
    """By what to select all companies and people with the seats that count: what a network of interlocks is a projection of."""
    weakest = WEAKEST_BY_DEFAULT if network.conditions.statuses is None else None
    conditions = replace(network.conditions, kinds=_SEAT, exclude_kinds=frozenset(), min_status=network.conditions.min_status or weakest)
    boards = network.kinds & HAVE_BOARDS or HAVE_BOARDS
    return Parameters(filter=PathFilter(conditions, entity_kinds=boards | {EntityKind.PERSON}))


def _near(engine: Engine, parameters: Parameters) -> Selection:
    graph, limit = engine.graph, parameters.limit
    budget = engine.budget()
    part = graph.around(parameters.of, parameters.hops, parameters.filter, limit, budget)
    near, whole = around(part, parameters.of, parameters.hops, parameters.filter, limit, Budget() if part.cut else budget)
    whole &= not part.cut
    found, among = part.numbered(near, relationships_among(part, near[:limit], parameters.filter.relationships))
    fits = limit is None or len(found) <= limit
    notes = [] if fits else [f"More than {limit} entities are as near; the nearest are here."]
    if not whole:
        notes.append("The search used up its steps or its time before it was done.")
    names = _and([entity_label(graph, graph.entities[entity]) for entity in dict.fromkeys(parameters.of)])
    hops = f"{parameters.hops} hop{'s' if parameters.hops > 1 else ''}"
    title = f"{names}, and what is within {hops} of {'it' if len(set(parameters.of)) == 1 else 'them'}"
    return replace(_selection(graph, found[:limit], parameters, title, notes, fits and whole, among), stopped=not whole)


def _between(engine: Engine, parameters: Parameters) -> Selection:
    """The union of the answers. Relationships are those of the hops."""
    graph = engine.graph
    entities: dict[str, None] = dict.fromkeys(parameters.between)
    ties: set[str] = set()
    notes: dict[str, None] = {}
    complete, stopped, budget = True, False, engine.budget()
    for start, end in combinations(parameters.between, 2):
        answer = engine.paths(_question(graph, parameters, start, end), budget)
        for path in answer.paths:
            entities.update((node, None) for entity in path.entities for node in (entity.id, entity.unit_of) if node)
            ties.update(tie.id for hop in path.hops for tie in hop.parallel)
        complete &= answer.complete
        stopped |= answer.stopped_by in (StopReason.STEP_BUDGET, StopReason.DEADLINE)
        notes |= dict.fromkeys(answer.notes)
        if answer.stopped_by is not StopReason.COMPLETE:
            notes[STOPPED[answer.stopped_by]] = None
        if answer.no_path is not None:
            notes[answer.no_path.reason] = None
    names = _and([entity_label(graph, graph.entities[entity]) for entity in parameters.between])
    numbers = np.array([graph.index(entity) for entity in entities], np.int32)
    found = np.array([graph.columns.relationship_ids.find(tie) for tie in sorted(ties)], np.int32)
    title = f"Paths between {names}, within {parameters.max_hops} hop{'s' if parameters.max_hops > 1 else ''}"
    return replace(_selection(graph, numbers, parameters, title, notes, complete, found), stopped=stopped)


def _question(graph: KnowledgeGraph, parameters: Parameters, start: str, end: str) -> PathQuestion:
    return PathQuestion(
        graph.entities[start],
        graph.entities[end],
        parameters.filter,
        parameters.selector,
        parameters.k,
        parameters.min_hops,
        parameters.max_hops,
        parameters.rank_by,
    )


def _projected(engine: Engine, parameters: Parameters) -> Selection:
    """The network of interlocks."""
    columns, conditions = engine.graph.columns, parameters.filter
    kinds = (HAVE_BOARDS if conditions.entity_kinds is None else conditions.entity_kinds) - conditions.exclude_entity_kinds
    network = interlock_network(engine, conditions.relationships, kinds)
    seats = np.union1d(network.links.one, network.links.other).astype(np.int32)
    return Selection(
        Ids(columns.entity_ids, network.nodes),
        Ids(columns.relationship_ids, np.empty(0, np.int32)),
        Ids(columns.source_ids, sources_of(engine.graph, seats)),
        network.complete,
        network.title,
        parameters,
        network.notes,
        not network.complete,
        network,
    )


def _whole(graph: KnowledgeGraph, parameters: Parameters) -> Selection:
    conditions = parameters.filter
    kinds = sorted(conditions.admitted_kinds, key=ENTITY_KINDS.index)
    named = f"All entities of kind {_and([kind.value for kind in kinds])}, and the relationships among them"
    return _selection(graph, of_admitted_kinds(graph, conditions), parameters, named if len(kinds) < len(EntityKind) else "Everything")


def of_admitted_kinds(graph: KnowledgeGraph, conditions: PathFilter) -> Int32:
    """The numbers of all entities of the kinds that a filter admits."""
    codes = [ENTITY_KINDS.index(kind) for kind in conditions.admitted_kinds]
    return np.flatnonzero(np.isin(graph.columns.kind, codes)).astype(np.int32)


def _selection(
    graph: KnowledgeGraph,
    entities: Int32,
    parameters: Parameters,
    title: str,
    notes: Iterable[str] = (),
    complete: bool = True,
    ties: Numbers | None = None,
) -> Selection:
    columns, conditions = graph.columns, parameters.filter.relationships
    if not (parameters.of or parameters.between or conditions.statuses is not None or conditions.min_status is not None):
        conditions = replace(conditions, min_status=Status.RETRACTED)  # of a whole, nothing is left out unless that is asked for
    chosen = relationships_among(graph, entities, conditions) if ties is None else ties
    everything = len(chosen) == columns.relationship_count and len(entities) == columns.entity_count
    sources = np.arange(columns.source_count, dtype=np.int32) if everything else sources_of(graph, chosen)
    said = (*notes, *(f"Left out: {what}." for what in conditions.excluded_by_default))
    return Selection(
        Ids(columns.entity_ids, entities),
        Ids(columns.relationship_ids, chosen),
        Ids(columns.source_ids, sources),
        complete,
        title,
        parameters,
        said,
    )


def _and(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)
