"""Through whom most shortest connections of a selection run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import strawberry

from interlock.graph import brokers as model
from interlock.graph.broker_words import broker_sentence, brokers_sentence
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.model import EntityKind
from interlock.graph.ordered import Ordered
from interlock.graph.selection import MOST_ENDS, Parameters
from interlock.graph.selection_query import write_query
from interlock.schema.connections import Connection, Span
from interlock.schema.context import Context
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.enums import StopReason
from interlock.schema.inputs import PathFilter
from interlock.schema.scalars import EntityRef
from interlock.schema.subgraph import MAX_STARTS

NEAR, LONGEST = 2, 6
"""How many hops near, and long, if nobody says."""


@strawberry.type(description="Somebody through whom shortest connections of others run, and what share of them.")
class Broker:
    found: strawberry.Private[model.Brokers]
    model: strawberry.Private[model.Broker]

    @strawberry.field(description="Who it is: a person, a company, or what else `kinds` asks for.")
    def entity(self) -> Entity:
        return to_entity(self.found.graph, self.model.entity)

    @strawberry.field(
        description=(
            "Betweenness, from 0 to 1: the share of shortest connections that run through this entity, a mean over all pairs of others; a "
            "pair that isn't connected adds nothing."
        )
    )
    def share(self) -> float:
        return self.model.share

    @strawberry.field(description="The least that the true share is: with 95 % confidence for all entities at once; `share` if exact.")
    def low(self) -> float:
        return self.model.low

    @strawberry.field(description="The most that the true share is: with 95 % confidence for all entities at once; `share` if exact.")
    def high(self) -> float:
        return self.model.high

    @strawberry.field(description="In words with the error, to be shown as it is: a count of connections in this dataset.")
    def sentence(self) -> str:
        return broker_sentence(self.found, self.model)


@strawberry.type(description="One page of those through whom shortest connections run, the greatest share first, then by id.")
class BrokerConnection(Connection[Broker]):
    size: int = strawberry.field(description="Among how many entities: those that have a relationship in the selection.")
    exact: bool = strawberry.field(description="Were all shortest connections counted? Otherwise it is a random sample, with its error.")
    samples: int = strawberry.field(
        description=(
            "Of how many random pairs (where time ran out before all were counted: entities) it is an estimate; of all entities if exact. "
            "The errors are Chernoff's for each entity, with Bonferroni's correction for all of them."
        )
    )
    complete: bool = strawberry.field(description="Is the selection whole, and was as much of it looked at as was asked for?")
    stopped_by: StopReason = strawberry.field(description="What ended the count: COMPLETE, STEP_BUDGET or DEADLINE.")
    notes: list[str] = strawberry.field(
        description="What is missing and why, and what was left out without having been asked for; in words, to be shown."
    )
    sentence: str = strawberry.field(description="The whole answer in a sentence: who comes first, and what was counted.")
    dataset_version: str = strawberry.field(description="Content hash of the data that answered; the same as `dataset { version }`.")

    @classmethod
    def answering(cls, context: Context, parameters: Parameters, kinds: frozenset[EntityKind], samples: int, page: Span) -> Self:
        """Those of some kinds in what these parameters select."""
        found = model.brokers(context.engine, parameters, kinds, samples)
        context.volatile |= found.cut_short
        return cls.of(
            Ordered(range(len(found))),
            lambda rank: Broker(found=found, model=found[rank]),
            context.cursors(lambda: f"brokers {' '.join(sorted(kinds))} {samples}?{write_query(parameters)}"),
            page,
            size=found.size,
            exact=found.shares.exact,
            samples=found.shares.samples,
            complete=found.complete,
            stopped_by=found.shares.stopped_by,
            notes=list(found.notes),
            sentence=brokers_sentence(found),
            dataset_version=found.graph.version,
        )


def broker_parameters(
    engine: Engine,
    of: Sequence[EntityRef] | None,
    hops: int | None,
    between: Sequence[EntityRef] | None,
    max_hops: int | None,
    conditions: PathFilter,
) -> Parameters:
    """What is selected; ``BadInput`` for what has no part in that."""
    for name, value, needed, given in (("hops", hops, "of", of), ("maxHops", max_hops, "between", between)):
        if value is not None and not given:
            raise BadInput(f"{name} says nothing without {needed}: give {needed} as well, or leave it out.")
    for name, refs, most in (("of", of, MAX_STARTS), ("between", between, MOST_ENDS)):
        if refs is not None and not 1 <= len(refs) <= most:
            raise BadInput(f"{name} names {len(refs)} entities; it may be 1 to {most}. To ask about everything, leave it out.")
    return Parameters(
        of=tuple(engine.entity(ref).id for ref in of or ()),
        hops=NEAR if hops is None else hops,
        between=tuple(engine.entity(ref).id for ref in between or ()),
        max_hops=LONGEST if max_hops is None else max_hops,
        filter=conditions.to_model(engine),
    )
