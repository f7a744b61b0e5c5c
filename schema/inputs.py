"""Filters as clients write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import strawberry
from strawberry import UNSET

from interlock.graph import filters
from interlock.graph.dates import PartialDate
from interlock.graph.engine import Engine
from interlock.schema.enums import Certainty, EntityKind, RelationshipKind, Status, Traversal
from interlock.schema.scalars import EntityRef

T = TypeVar("T")


@strawberry.input(
    description=(
        "Which relationships count: all that its fields say has to be so. Null, as leaving out, means no condition. A filter that "
        "contradicts "
        'itself is refused with BAD_USER_INPUT. For example `{kinds: [BOARD_SEAT], asOf: "2015", minStatus: CONFIRMED}`.'
    )
)
class RelationshipFilter:
    kinds: list[RelationshipKind] | None = strawberry.field(
        default=UNSET, description="Only relationships of these kinds: `[BOARD_SEAT, FOUNDING]`. At least one kind has to be left."
    )
    exclude_kinds: list[RelationshipKind] | None = strawberry.field(
        default=UNSET, description="No relationships of these kinds; takes from `kinds` what both name."
    )
    statuses: list[Status] | None = strawberry.field(
        default=UNSET,
        description="Only relationships of these statuses: `[ALLEGED, DISPUTED]`. Name DISMISSED to have what was thrown out.",
    )
    min_status: Status | None = strawberry.field(
        default=UNSET, description="This status or a stronger one. Without `statuses` and `minStatus`: DISPUTED or stronger."
    )
    as_of: PartialDate | None = strawberry.field(
        default=UNSET, description="Only what held at some time within this date: `2015`, `2012-10-09`. Not together with `during`."
    )
    during: str | None = strawberry.field(
        default=UNSET,
        description="Only what held at some time within this EDTF interval: `2011/2014`, `2019/..`. Not together with `asOf`.",
    )
    certainty: Certainty | None = strawberry.field(
        default=Certainty.POSSIBLE,
        description="How sure it must be that it held then: POSSIBLE leaves in what dates don't rule out, CERTAIN only what surely "
        "held. CERTAIN needs "
        "`asOf` or `during`; IMPOSSIBLE is refused.",
    )
    sources: list[strawberry.ID] | None = strawberry.field(
        default=UNSET,
        description="Only what at least one of these sources supports: ids from `dataset { sources }`. An unknown id is refused.",
    )
    exclude_sources: list[strawberry.ID] | None = strawberry.field(
        default=UNSET, description="Nothing that only these sources support; what others support as well stays. An unknown id is refused."
    )
    min_independent_sources: int | None = strawberry.field(
        default=UNSET,
        description="Only what at least so many sources support that don't repeat one another (same publisher, declared derivation): 0 "
        "or more.",
    )

    def to_model(self, engine: Engine) -> filters.RelationshipFilter:
        """The same as one checked value."""
        return filters.RelationshipFilter(
            kinds=_set(self.kinds),
            exclude_kinds=frozenset(self.exclude_kinds or ()),
            statuses=_set(self.statuses),
            min_status=given(self.min_status),
            as_of=given(self.as_of),
            during=given(self.during),
            certainty=self.certainty or Certainty.POSSIBLE,
            sources=None if (sources := given(self.sources)) is None else filters.known_sources(sources, engine.graph),
            exclude_sources=filters.known_sources(self.exclude_sources or (), engine.graph),
            min_independent_sources=self.min_independent_sources or 0,
        )


@strawberry.input(
    description=(
        "Which paths count: all that its fields say has to be so. It is applied inside the search, never after it, so that a path that "
        "passes is found however many others don't. A board can't be named: no path passes through one."
    )
)
class PathFilter:
    relationships: RelationshipFilter | None = strawberry.field(
        default=UNSET, description="Which relationships a path may take, each hop of it."
    )
    entity_kinds: list[EntityKind] | None = strawberry.field(
        default=UNSET, description="Only entities of these kinds in between: `[PERSON]`. The ends may be of any kind."
    )
    exclude_entity_kinds: list[EntityKind] | None = strawberry.field(
        default=UNSET, description="No entities of these kinds in between: `[LAWSUIT, REGULATORY_ACTION]` to leave aside who met in court."
    )
    must_pass: list[EntityRef] | None = strawberry.field(
        default=UNSET, description="All of these must be in between, in any order. Refused by `neighborhood`, where nothing is in between."
    )
    avoid: list[EntityRef] | None = strawberry.field(
        default=UNSET, description='None of these may be in between: `["Microsoft"]`. Not together with the same in `mustPass`.'
    )
    max_transit_degree: int | None = strawberry.field(
        default=UNSET, description="Nobody in between whose `degree` is above this, 0 or more: a hub may be an end, not a passage."
    )
    held_together: bool | None = strawberry.field(
        default=False,
        description="Only paths all of whose hops possibly held at one time (surely, with certainty CERTAIN). Refused by `neighborhood`.",
    )
    direction: Traversal | None = strawberry.field(
        default=UNSET, description="Take all relationships this way, seen from `from` (or `of`); null for either way."
    )

    def to_model(self, engine: Engine) -> filters.PathFilter:
        """The same as one checked value, names resolved."""
        return filters.PathFilter(
            relationships=self.relationships.to_model(engine) if self.relationships else filters.RelationshipFilter(),
            entity_kinds=_set(self.entity_kinds),
            exclude_entity_kinds=frozenset(self.exclude_entity_kinds or ()),
            must_pass=engine.passed("mustPass", self.must_pass or ()),
            avoid=engine.passed("avoid", self.avoid or ()),
            max_transit_degree=given(self.max_transit_degree),
            held_together=bool(self.held_together),
            forward=None if (direction := given(self.direction)) is None else direction is Traversal.FORWARD,
        )


def given(value: T | None) -> T | None:
    """What a client wrote; None if it wrote nothing. (Without a default of its own, the schema shows none.)"""
    return None if value is UNSET else value


def dated_filter(as_of: PartialDate | None, during: str | None = None) -> filters.RelationshipFilter:
    """A filter by time only."""
    return filters.RelationshipFilter(as_of=given(as_of), during=given(during))


def _set(values: Iterable[T] | None) -> frozenset[T] | None:
    return None if (chosen := given(values)) is None else frozenset(chosen)
