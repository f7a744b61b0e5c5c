"""Brokers: through whom most shortest connections of a selection run (betweenness, Freeman 1977)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, Int32
from interlock.graph.betweenness import Shares, betweenness
from interlock.graph.budget import StopReason
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.hop_graph import HopGraph
from interlock.graph.induced import relationships_among
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind
from interlock.graph.selection import Parameters, of_admitted_kinds, select
from interlock.graph.words import STOPPED

ACTORS: Final = frozenset({EntityKind.PERSON, EntityKind.COMPANY, EntityKind.ORGANIZATION})
MAX_SAMPLES: Final = 100_000
"""How many pairs are looked at, at most, where not all can be."""


@dataclass(frozen=True)
class Broker:
    """An entity, and on what ``share`` of the shortest connections of all others it lies; the true share is from ``low`` to ``high``."""

    entity: Entity
    share: float
    low: float
    high: float


class Chosen(NamedTuple):
    """The numbers of the relationships of a selection; whether it is whole, whether another try may find more, and what is missing."""

    ties: Int32
    complete: bool
    stopped: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Brokers:
    """Who lies on shortest connections among the ``size`` entities that have a relationship in a selection.

    ``ranking`` are places in ``hops`` and ``shares`` of those of the wanted kinds, the greatest share first, then by id.
    """

    graph: KnowledgeGraph
    parameters: Parameters
    chosen: Chosen
    hops: HopGraph
    shares: Shares
    ranking: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ranking)

    def __getitem__(self, rank: int) -> Broker:
        at, shares = self.ranking[rank], self.shares
        entity = self.graph.entity_at(int(self.hops.entities[at]))
        return Broker(entity, float(shares.share[at]), float(shares.low[at]), float(shares.high[at]))

    @property
    def size(self) -> int:
        """Among how many entities."""
        return len(self.hops.entities)

    @property
    def complete(self) -> bool:
        """Is the selection whole, and were as many connections looked at as were asked for?"""
        return self.chosen.complete and self.shares.stopped_by is StopReason.COMPLETE

    @property
    def cut_short(self) -> bool:
        """Might it be answered otherwise when asked again?"""
        return self.chosen.stopped or self.shares.stopped_by is StopReason.DEADLINE

    @property
    def notes(self) -> tuple[str, ...]:
        """What is missing and why."""
        stopped = self.shares.stopped_by
        return (*self.chosen.notes, *(() if stopped is StopReason.COMPLETE else (STOPPED[stopped],)))


def brokers(engine: Engine, parameters: Parameters, kinds: frozenset[EntityKind] = ACTORS, samples: int = 10_000) -> Brokers:
    """Rank those of some kinds by the share of the shortest connections of a selection that run through them.

    All entities of the selection are ends of connections, and passages too, boards aside. Each pair counts once, and who lies on some of
    its shortest connections only, by the share of them; parallel relationships are one hop. Under a direction connections lead onward.
    """
    if not 1 <= samples <= MAX_SAMPLES:
        raise BadInput(f"samples is {samples}; it must be between 1 and {MAX_SAMPLES}.")
    if not kinds:
        raise BadInput("kinds is empty: name the kinds of entities that are to be ranked, or leave it out.")
    graph, budget = engine.graph, engine.budget()
    chosen = _chosen(engine, parameters)
    hops = HopGraph.of(graph, chosen.ties, parameters.filter.forward is not None)
    shares = betweenness(hops, budget, samples, graph.version)
    codes = [ENTITY_KINDS.index(kind) for kind in kinds]
    found = np.flatnonzero(np.isin(graph.columns.kind[hops.entities], codes) & (shares.share > 0))
    order = np.lexsort((found, -np.round(shares.share[found], 12)))  # sums differ in their last digits by the order of adding up
    return Brokers(graph, parameters, chosen, hops, shares, tuple(found[order].tolist()))


def _chosen(engine: Engine, parameters: Parameters) -> Chosen:
    """What is selected; nothing that was dismissed or retracted, unless that is asked for."""
    if parameters.of or parameters.between:
        selection = select(engine, parameters)
        return Chosen(selection.relationships.numbers, selection.complete, selection.stopped, selection.notes)
    conditions = parameters.filter.relationships
    ties = relationships_among(engine.graph, of_admitted_kinds(engine.graph, parameters.filter), conditions)
    return Chosen(ties, True, False, tuple(f"Left out: {what}." for what in conditions.excluded_by_default))
