"""Root fields about what only a graph in time can tell: interlocks, coincidences, comparison."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from interlock.graph import model
from interlock.graph.coincidences import MAX_DAYS, coincidences
from interlock.graph.dates import PartialDate
from interlock.graph.engine import Engine
from interlock.graph.interlock_network import interlock_network
from interlock.graph.interlock_question import HAVE_BOARDS, InterlockQuestion
from interlock.graph.over_time import MAX_DATES, compare
from interlock.graph.question import MAX_K
from interlock.schema.arguments import PAGE, After, AsOf, Before, During, First, Last, MaxHops, OneEnd, OtherEnd
from interlock.schema.coincidences import Coincidence
from interlock.schema.connections import MAX_PAGE, span
from interlock.schema.context import Info
from interlock.schema.enums import EntityKind, StopReason
from interlock.schema.inputs import PathFilter, RelationshipFilter, given
from interlock.schema.interlock_network import InterlockNetwork
from interlock.schema.interlocks import Indirect, InterlockConnection, SeatFilter, seat_filter
from interlock.schema.over_time import DatedPaths
from interlock.schema.scalars import EntityRef
from interlock.schema.subgraph import in_range


@strawberry.type
class Insights:
    """The fields that ``Query`` takes over from here."""

    @strawberry.field(
        description=(
            "Boards that share directors, and when: of a company, of a person, or between two companies; at any time, as of a date or "
            "during an interval. Of those who sat on both at different times only, `neverMet` tells. Asked of nobody, it is refused."
        )
    )
    def interlocks(
        self,
        info: Info,
        company: Annotated[EntityRef | None, strawberry.argument(description="Whose board: `Apple`, or `Apple's board`.")] = UNSET,
        person: Annotated[
            EntityRef | None, strawberry.argument(description="Through whom: alone, all boards that this person links with one another.")
        ] = UNSET,
        other: Annotated[
            EntityRef | None, strawberry.argument(description="With whose board: only the interlocks of `company` with this one.")
        ] = UNSET,
        as_of: AsOf = UNSET,
        during: During = UNSET,
        filter: SeatFilter = UNSET,
        indirect: Indirect = False,
        first: First = PAGE,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> InterlockConnection | None:
        engine = info.context.engine
        whose, through, beyond = (engine.entity(ref) if (ref := given(each)) else None for each in (company, person, other))
        asked = InterlockQuestion(
            company=_owner(engine, whose),
            person=through,
            other=_owner(engine, beyond),
            conditions=seat_filter(engine, filter, as_of, during),
            indirect=bool(indirect),
        )
        return InterlockConnection.answering(info.context, asked, span(first, given(after), given(last), given(before), PAGE))

    @strawberry.field(
        description=(
            "Which boards share directors, all of them at one time or as of a date: company × company with weights; `kinds: [PERSON]` asks "
            "which directors share boards. Null with an error if `kinds` mixes the two."
        )
    )
    def interlock_network(
        self,
        info: Info,
        as_of: AsOf = UNSET,
        during: During = UNSET,
        kinds: Annotated[
            list[EntityKind] | None,
            strawberry.argument(description="Between whom: `[COMPANY, ORGANIZATION]`, one of these, or `[PERSON]`. Null: both of those."),
        ] = UNSET,
        filter: SeatFilter = UNSET,
    ) -> InterlockNetwork | None:
        chosen = given(kinds)
        conditions = seat_filter(info.context.engine, filter, as_of, during)
        found = interlock_network(info.context.engine, conditions, HAVE_BOARDS if chosen is None else frozenset(chosen))
        info.context.volatile |= found.stopped_by is StopReason.DEADLINE
        return InterlockNetwork(model=found)

    @strawberry.field(
        description=(
            "What began, ended or happened around two actors at about the same time: a board seat and an agreement in one month. Nearest "
            "first, with the days between as far as dates tell; dates only. Two parts in one agreement or case are no such pair."
        )
    )
    def coincidences(
        self,
        info: Info,
        between: Annotated[EntityRef, strawberry.argument(description="The one actor: a person, a company, a board.")],
        and_: Annotated[EntityRef, strawberry.argument(name="and", description="The other actor; the same is SAME_ENTITY.")],
        within_days: Annotated[
            int | None, strawberry.argument(description=f"How many days apart at most, possibly: 0 to {MAX_DAYS}.")
        ] = 90,
        filter: Annotated[
            RelationshipFilter | None,
            strawberry.argument(description="Which relationships count; without, all but those that were dismissed or retracted."),
        ] = UNSET,
        first: Annotated[int | None, strawberry.argument(description=f"How many at most, the nearest of all: 0 to {MAX_PAGE}.")] = 100,
    ) -> list[Coincidence] | None:
        engine = info.context.engine
        conditions = filter.to_model(engine) if filter else None
        days, most = 90 if within_days is None else within_days, in_range("first", first, 0, MAX_PAGE, 100)
        found = coincidences(engine, engine.entity(between), engine.entity(and_), days, conditions, most)
        return [Coincidence(graph=engine.graph, model=each) for each in found]

    @strawberry.field(
        description=(
            "How two are connected at several dates: the paths as of each, in the order of `dates`, and what opened, closed, or "
            "became certain or uncertain from one date to the next."
        )
    )
    def compare(
        self,
        info: Info,
        start: OneEnd,
        end: OtherEnd,
        dates: Annotated[
            list[PartialDate], strawberry.argument(description=f"As of when: 1 to {MAX_DATES} dates, each once, mostly the oldest first.")
        ],
        filter: Annotated[
            PathFilter | None, strawberry.argument(description="Which paths count, as in `paths`; it must have no time of its own.")
        ] = UNSET,
        k: Annotated[int | None, strawberry.argument(description=f"How many paths as of each date: 1 to {MAX_K}.")] = 10,
        max_hops: MaxHops = 6,
    ) -> list[DatedPaths] | None:
        engine = info.context.engine
        conditions = (filter or PathFilter()).to_model(engine)
        ends = engine.entity(start), engine.entity(end)
        compared = compare(engine, *ends, dates, conditions, 10 if k is None else k, 6 if max_hops is None else max_hops)
        info.context.volatile |= any(each.answer.cut_short for each in compared)
        return [DatedPaths(graph=engine.graph, model=each) for each in compared]


def _owner(engine: Engine, entity: model.Entity | None) -> model.Entity | None:
    """Whose board it is, if it is a board; else the entity itself."""
    return engine.graph.company_of(entity) if entity is not None and entity.kind is EntityKind.BOARD else entity
