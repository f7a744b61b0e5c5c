"""Enums of the public schema: those of the domain, with what each value means."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from interlock.graph.budget import StopReason
from interlock.graph.intervals import Certainty
from interlock.graph.model import EntityKind, RelationshipKind, Stance, Status
from interlock.graph.question import PathRanking, PathSelector
from interlock.graph.timeline import TimelineEvent

E = TypeVar("E", bound=type[StrEnum])

__all__ = [
    "Certainty",
    "EntityKind",
    "PathRanking",
    "PathSelector",
    "RelationshipKind",
    "Stance",
    "Status",
    "StopReason",
    "TimelineEvent",
    "Traversal",
]


class Traversal(StrEnum):
    FORWARD = "FORWARD"
    REVERSE = "REVERSE"


def _describe(enum: E, description: str, **values: str) -> None:
    """Give an enum to the schema; every value must be described."""
    strawberry.enum(enum, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values.pop(value.name)
    assert not values, f"described, but not in {enum.__name__}: {', '.join(values)}"


_describe(
    EntityKind,
    "What an entity is. Each kind is an object type of its own that implements Entity.",
    PERSON="A human being who plays a part in public business.",
    COMPANY="A business: a corporation, partnership or firm.",
    ORGANIZATION="Any other body: a non-profit, a public authority, a court's class of plaintiffs.",
    BOARD="The board of directors of a company. It can be an end of a path, and is never passed through.",
    PRODUCT="A product or service that somebody makes or runs.",
    AGREEMENT="A contract, partnership or deal between parties, whether or not it is proven to exist (see the status of its parties).",
    LAWSUIT="A case before a court, whatever became of it.",
    REGULATORY_ACTION="An investigation, decision, order or fine by an authority.",
    EVENT="Something that happened: a filing, a ruling, a publication.",
)
_describe(
    RelationshipKind,
    "What a relationship is. It leads from its source to its target, named here in that order.",
    BOARD_SEAT="Person → company: a seat on its board. One hop in a path, with its own dates and role.",
    POSITION="Person → organization: executive, employee, adviser.",
    FOUNDING="Actor → organization: founded or co-founded it. Holds from its date on.",
    OWNERSHIP="Actor → organization: a stake, a subsidiary, control.",
    ACQUISITION="Actor → company: bought it, wholly. Holds from its date on.",
    INVESTMENT="Actor → company: put money into it.",
    PARTY=(
        "Actor → agreement, lawsuit or regulatory action, with a role: signatory, plaintiff, defendant, regulator, respondent, counsel, "
        "judge. Holds as long as that does."
    ),
    OPERATION="Company → product: makes or runs it.",
    INVOLVEMENT="Actor → event, agreement or case in which it has a part without being a party.",
    PERSONAL="Person ↔ person: family or friendship.",
    ASSOCIATION="Anything else that a source speaks of; the label says what.",
)
_describe(
    Status,
    "How firmly a relationship is known, strongest first. It is derived from all claims about it; a path is as strong as its weakest hop.",
    CONFIRMED="On record: a filing, a court, the company itself, or press that reports such.",
    REPORTED="Reported by the press as its own finding.",
    ALLEGED="Alleged by somebody, typically in a lawsuit. Not proven.",
    DISPUTED="Reported or alleged, and contradicted by another claim.",
    DISMISSED="Thrown out: its last word is a dismissal.",
    RETRACTED="Taken back by whoever said it.",
)
_describe(
    Stance,
    "Which side a claim takes: for the relationship it is about, or against it.",
    SUPPORTS="It says that this is so.",
    CONTRADICTS="It says that this is not so: a denial, a dismissal.",
)
_describe(
    Certainty,
    "Three-valued truth about time, since dates are known only in part.",
    CERTAIN="True whatever the unknown parts of the dates are.",
    POSSIBLE="True for some of what the dates can mean.",
    IMPOSSIBLE="True for nothing that the dates can mean.",
)
_describe(
    strawberry.enum(Traversal),
    "In which direction a path takes a relationship.",
    FORWARD="From its source to its target: read its `label`.",
    REVERSE="From its target to its source: read its `inverseLabel`.",
)
_describe(
    PathSelector,
    "Which paths are asked for, in the words of ISO GQL.",
    ANY_SHORTEST="One path of the least length, the first in the order of rankBy; `k` doesn't matter.",
    ALL_SHORTEST="All paths of the least length; `k` doesn't matter.",
    SHORTEST_K="The first k paths in the order of rankBy.",
    SHORTEST_K_GROUPS="All paths of each of the k least lengths that there are.",
)
_describe(
    PathRanking,
    "In which order paths come. Under a date, paths that surely held then always come before the others.",
    HOPS="Fewest hops first, then least cost.",
    INFORMATIVENESS="Least cost first: hubs, weak status, single sources and links that ended long ago cost more.",
)
_describe(
    StopReason,
    "What ended a search. Anything but COMPLETE means that something may be missing.",
    COMPLETE="Nothing that was asked for is missing.",
    PATH_LIMIT="There are more paths than were asked for.",
    HOP_LIMIT="Longer paths than maxHops were left aside.",
    STEP_BUDGET="The search used up its steps: there may be more, or shorter, paths.",
    DEADLINE="The search used up its time: there may be more, or shorter, paths.",
)
_describe(
    TimelineEvent,
    "What a date on a timeline is to its relationship.",
    STARTED="The relationship began then; it may have an end as well.",
    ENDED="The relationship ended then, by a source's word.",
    HAPPENED="It happened on that date: a founding, an acquisition, an event.",
)
