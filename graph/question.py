"""A question about paths, and what an answer is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from interlock.graph.budget import StopReason
from interlock.graph.errors import BadInput, SameEntity
from interlock.graph.filters import PathFilter
from interlock.graph.intervals import Certainty
from interlock.graph.model import Entity, EntityKind, Relationship, Source, Status
from interlock.graph.together import Together, held_together

MAX_HOPS: Final = 12
MAX_K: Final = 100


class PathSelector(StrEnum):
    """Which of the paths are asked for, in ISO GQL's words."""

    ANY_SHORTEST = "ANY_SHORTEST"
    ALL_SHORTEST = "ALL_SHORTEST"
    SHORTEST_K = "SHORTEST_K"
    SHORTEST_K_GROUPS = "SHORTEST_K_GROUPS"


class PathRanking(StrEnum):
    """In which order paths come."""

    HOPS = "HOPS"
    INFORMATIVENESS = "INFORMATIVENESS"


@dataclass(frozen=True)
class PathQuestion:
    """How are ``start`` and ``end`` connected?

    ``k`` counts paths for SHORTEST_K and lengths for SHORTEST_K_GROUPS; the other two selectors have no use for it.
    """

    start: Entity
    end: Entity
    filter: PathFilter = field(default_factory=PathFilter)
    selector: PathSelector = PathSelector.SHORTEST_K
    k: int = 10
    min_hops: int = 1
    max_hops: int = 6
    rank_by: PathRanking = PathRanking.HOPS

    def __post_init__(self) -> None:
        if self.start_node == self.end_node:
            both = self.start.name if self.start.id == self.end.id else f"{self.start.name} and {self.end.name}"
            raise SameEntity(f"Both ends are {both}. A path joins two different entities, and a board is part of its company.")
        check_range("k", self.k, 1, MAX_K)
        check_range("maxHops", self.max_hops, 1, MAX_HOPS)
        check_range("minHops", self.min_hops, 1, self.max_hops)
        self._check_between()

    def _check_between(self) -> None:
        ends = {self.start_node, self.end_node, self.start.id, self.end.id}
        for name, entities in (("mustPass", self.filter.must_pass), ("avoid", self.filter.avoid)):
            for entity in sorted(entities & ends):
                raise BadInput(f"{name} names {entity}, which is an end of the question. Name entities in between.")

    @property
    def start_node(self) -> str:
        """Where paths begin: for a board its company, to be left by way of a seat."""
        return _node(self.start)

    @property
    def end_node(self) -> str:
        """Where paths end: for a board its company, to be reached by way of a seat."""
        return _node(self.end)


@dataclass(frozen=True)
class Hop:
    """One step. ``parallel`` are all relationships that join the two and pass the filter, the strongest first.

    ``held`` says whether it held at the time asked about; None if the question was about no time.
    """

    start: Entity
    end: Entity
    parallel: tuple[Relationship, ...]
    forward: bool
    held: Certainty | None

    @property
    def relationship(self) -> Relationship:
        """The strongest relationship of this hop."""
        return self.parallel[0]


@dataclass(frozen=True)
class Path:
    """A sequence of distinct entities, each joined to the next.

    ``cost`` is in units of one hop (see ``interlock.graph.cost``). What takes longer to tell is told when it is asked for, out of all the
    sources that are ``known``.
    """

    hops: tuple[Hop, ...]
    cost: float
    known: Mapping[str, Source] = field(repr=False, compare=False)

    @cached_property
    def held_together(self) -> Together:
        """Did all hops hold at one time?"""
        return held_together([[tie.interval for tie in hop.parallel] for hop in self.hops])

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources of all its relationships, in the order of the hops."""
        ids = dict.fromkeys(claim.source for hop in self.hops for tie in hop.parallel for claim in tie.claims)
        return tuple(self.known[id] for id in ids)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        return (self.hops[0].start, *(hop.end for hop in self.hops))

    @property
    def id(self) -> str:
        """The same for the same sequence of entities."""
        return "path/" + hashlib.sha256("\n".join(entity.id for entity in self.entities).encode()).hexdigest()[:16]

    @property
    def status(self) -> Status:
        """That of its weakest hop."""
        return max((hop.relationship.status for hop in self.hops), key=lambda status: status.rank)

    @property
    def independent_sources(self) -> int:
        """How many independent sources its least supported hop has."""
        return min(hop.relationship.independent_sources for hop in self.hops)

    @property
    def surely_held(self) -> bool:
        """Did every hop surely hold at the time asked about? True if the question was about no time."""
        return all(hop.held in (None, Certainty.CERTAIN) for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A condition that, dropped, would connect the two; ``length`` is that of the shortest path then."""

    description: str
    length: int


@dataclass(frozen=True, slots=True)
class NoPath:
    """Within how many hops and under which conditions there is no path, and what would connect the two."""

    reason: str
    within_hops: int
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True)
class PathAnswer:
    """Paths in their order, and whether they are all that was asked for; ``no_path`` says why there is none.

    ``notes`` say what the question was taken to mean, where that isn't what was literally asked. If it was ``cut_short``, its time was up:
    asked again, it might be answered more fully.
    """

    question: PathQuestion
    paths: tuple[Path, ...]
    stopped_by: StopReason
    no_path: NoPath | None = None
    notes: tuple[str, ...] = ()
    cut_short: bool = False

    @property
    def complete(self) -> bool:
        """Is nothing missing that was asked for?"""
        return self.stopped_by is StopReason.COMPLETE


def _node(end: Entity) -> str:
    return end.unit_of if end.kind is EntityKind.BOARD and end.unit_of else end.id


def check_range(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise BadInput(f"{name} is {value}; it must be between {least} and {most}.")
