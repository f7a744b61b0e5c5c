"""Which relationships and entities a question admits: one frozen value, checked when it is made, applied inside the search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from interlock.graph.dates import PartialDate
from interlock.graph.errors import BadInput
from interlock.graph.intervals import Certainty, Window, parse_window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind, Relationship, RelationshipKind, Status
from interlock.graph.status import independent_sources

WEAKEST_BY_DEFAULT = Status.DISPUTED


@dataclass(frozen=True)
class RelationshipFilter:
    """Which relationships count. Empty means all, but what was dismissed or retracted counts only when asked for.

    ``sources`` and ``exclude_sources`` are source ids: a relationship counts if at least one claim that supports it is by an admitted
    source; ``min_independent_sources`` counts those that don't repeat one another among these. ``as_of`` and ``during`` ask whether it
    held at some time within that date or interval (surely, with ``certainty`` CERTAIN).
    """

    kinds: frozenset[RelationshipKind] | None = None
    exclude_kinds: frozenset[RelationshipKind] = frozenset()
    statuses: frozenset[Status] | None = None
    min_status: Status | None = None
    as_of: PartialDate | None = None
    during: str | None = None
    certainty: Certainty = Certainty.POSSIBLE
    sources: frozenset[str] | None = None
    exclude_sources: frozenset[str] = frozenset()
    min_independent_sources: int = 0

    def __post_init__(self) -> None:
        if self.as_of is not None and self.during is not None:
            raise BadInput("asOf and during contradict one another: give a date or an interval, not both.")
        if self.certainty is Certainty.IMPOSSIBLE:
            raise BadInput("certainty can't be IMPOSSIBLE: ask for CERTAIN or POSSIBLE.")
        timeless = self.window is None
        if self.certainty is Certainty.CERTAIN and timeless:
            raise BadInput("certainty CERTAIN says nothing without a time: give asOf or during too.")
        if self.min_independent_sources < 0:
            raise BadInput(f"minIndependentSources is {self.min_independent_sources}; it can't be below 0.")
        if not self.admitted_kinds:
            raise BadInput("kinds and excludeKinds leave no kind of relationship.")
        if not self.admitted_statuses:
            raise BadInput("statuses and minStatus leave no status.")
        if self.sources is not None and not self.sources - self.exclude_sources:
            raise BadInput("sources and excludeSources leave no source.")

    @cached_property
    def window(self) -> Window | None:
        """The days that the question is about; None for all times."""
        if self.as_of is not None:
            return Window(self.as_of.first, self.as_of.last)
        return parse_window(self.during) if self.during is not None else None

    @cached_property
    def admitted_kinds(self) -> frozenset[RelationshipKind]:
        return (frozenset(RelationshipKind) if self.kinds is None else self.kinds) - self.exclude_kinds

    @cached_property
    def admitted_statuses(self) -> frozenset[Status]:
        if self.statuses is not None and self.min_status is None:
            return self.statuses
        weakest = (self.min_status or WEAKEST_BY_DEFAULT).rank
        strong = frozenset(status for status in Status if status.rank <= weakest)
        return strong if self.statuses is None else strong & self.statuses

    @property
    def excluded_by_default(self) -> tuple[str, ...]:
        """What is left out without having been asked for, to be said out loud."""
        if self.statuses is not None or self.min_status is not None:
            return ()
        return ("relationships whose status is DISMISSED or RETRACTED",)

    def held(self, tie: Relationship) -> Certainty | None:
        """Did it hold at the time in question? None if the question is about no time."""
        return None if self.window is None else tie.interval.overlap(self.window)

    def admits(self, tie: Relationship, graph: KnowledgeGraph) -> bool:
        """Does this relationship count?"""
        if tie.kind not in self.admitted_kinds or tie.status not in self.admitted_statuses:
            return False
        held = self.held(tie)
        if held is Certainty.IMPOSSIBLE or (self.certainty is Certainty.CERTAIN and held is not Certainty.CERTAIN):
            return False
        return self.sources_admit(tie, graph)

    def sources_admit(self, tie: Relationship, graph: KnowledgeGraph) -> bool:
        """Is it said by admitted sources, as many independent ones as are asked for?"""
        if self.sources is None and not self.exclude_sources:
            return tie.independent_sources >= self.min_independent_sources
        admitted = {claim.source for claim in tie.supporting} - self.exclude_sources
        admitted = admitted if self.sources is None else admitted & self.sources
        count = independent_sources(graph.sources[source] for source in sorted(admitted))
        return count >= max(1, self.min_independent_sources)


@dataclass(frozen=True)
class PathFilter:
    """Which paths count: the relationships they may take, and the entities that they may, must and must not pass.

    Entities are ids. ``max_transit_degree`` limits how many relationships an entity in between may have. ``forward`` True takes every
    relationship from its source to its target, False against it, None either way.
    """

    relationships: RelationshipFilter = field(default_factory=RelationshipFilter)
    entity_kinds: frozenset[EntityKind] | None = None
    exclude_entity_kinds: frozenset[EntityKind] = frozenset()
    must_pass: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    max_transit_degree: int | None = None
    held_together: bool = False
    forward: bool | None = None

    def __post_init__(self) -> None:
        if self.max_transit_degree is not None and self.max_transit_degree < 0:
            raise BadInput(f"maxTransitDegree is {self.max_transit_degree}; it can't be below 0.")
        if self.must_pass & self.avoid:
            raise BadInput(f"mustPass and avoid both name {', '.join(sorted(self.must_pass & self.avoid))}.")

    @cached_property
    def admitted_kinds(self) -> frozenset[EntityKind]:
        """Of what kinds entities may be."""
        return (frozenset(EntityKind) if self.entity_kinds is None else self.entity_kinds) - self.exclude_entity_kinds

    def admits_between(self, entity: Entity, graph: KnowledgeGraph) -> bool:
        """May a path pass through this entity? Boards are never passed through."""
        if entity.kind is EntityKind.BOARD or entity.id in self.avoid or entity.kind in self.exclude_entity_kinds:
            return False
        if self.entity_kinds is not None and entity.kind not in self.entity_kinds:
            return False
        return self.max_transit_degree is None or graph.relationship_count(entity.id) <= self.max_transit_degree


def known_sources(ids: Iterable[str], graph: KnowledgeGraph) -> frozenset[str]:
    """These source ids, if the graph has them all."""
    for source in (found := frozenset(ids)):
        if source not in graph.sources:
            raise BadInput(f"{source!r} is not a source in this graph. Take an id from dataset.sources.")
    return found
