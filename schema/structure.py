"""Root fields about the form of the network: what a connection hangs on, how surprising it is, loops, brokers."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from interlock.graph.brokers import ACTORS
from interlock.graph.brokers import MAX_SAMPLES as MAX_PAIRS
from interlock.graph.fragility import fragility
from interlock.graph.loops import MIN_LENGTH, LoopQuestion
from interlock.graph.question import MAX_HOPS, MAX_K, PathQuestion
from interlock.graph.selection import MOST_ENDS
from interlock.graph.surprise import MAX_SAMPLES, surprise
from interlock.schema.arguments import PAGE, After, Before, First, Last, MaxHops, OneEnd, OtherEnd, WhichPaths
from interlock.schema.brokers import BrokerConnection, broker_parameters
from interlock.schema.connections import span
from interlock.schema.context import Info
from interlock.schema.enums import EntityKind
from interlock.schema.fragility import Fragility
from interlock.schema.inputs import PathFilter, given
from interlock.schema.loops import LoopConnection
from interlock.schema.scalars import EntityRef
from interlock.schema.subgraph import MAX_STARTS
from interlock.schema.surprise import Surprise


@strawberry.type
class Structure:
    """The fields that ``Query`` takes over from here."""

    @strawberry.field(
        description=(
            "What a connection hangs on: the single relationships, people and sources without which there would be no path, and how many "
            "paths are independent of one another."
        )
    )
    def fragility(
        self,
        info: Info,
        start: OneEnd,
        end: OtherEnd,
        filter: WhichPaths = UNSET,
        max_hops: MaxHops = 3,
    ) -> Fragility | None:
        engine = info.context.engine
        conditions = (filter or PathFilter()).to_model(engine)
        asked = PathQuestion(engine.entity(start), engine.entity(end), conditions, max_hops=3 if max_hops is None else max_hops)
        found = fragility(engine, asked)
        info.context.volatile |= found.answer.cut_short
        return Fragility(graph=engine.graph, model=found)

    @strawberry.field(
        description=(
            "How surprising a connection is: what share of the pairs of the same kinds is at least as close, in the hop limit and under "
            "the filter, and the hubs in between. `mustPass` and `heldTogether` are refused."
        )
    )
    def surprise(
        self,
        info: Info,
        start: OneEnd,
        end: OtherEnd,
        filter: WhichPaths = UNSET,
        max_hops: MaxHops = 6,
        samples: Annotated[
            int | None, strawberry.argument(description=f"How many pairs to look at: 1 to {MAX_SAMPLES}. All, if there are no more.")
        ] = 500,
    ) -> Surprise | None:
        engine = info.context.engine
        conditions = (filter or PathFilter()).to_model(engine)
        asked = PathQuestion(engine.entity(start), engine.entity(end), conditions, max_hops=6 if max_hops is None else max_hops)
        found = surprise(engine, asked, 500 if samples is None else samples)
        info.context.volatile |= found.answer.cut_short or not found.complete
        return Surprise(graph=engine.graph, model=found)

    @strawberry.field(
        description=(
            "Closed chains of relationships that begin and end with one entity, for reviews of conflicts of interest: company → deal → "
            "company → director → the first company. Each is told once. What two have with one another in several ways is one hop, and no "
            "loop: that is in `parallel` of a path's hop."
        )
    )
    def loops(
        self,
        info: Info,
        of: Annotated[
            EntityRef, strawberry.argument(description="Through whom: `Netflix`; of a board, loops begin and end with a seat on it.")
        ],
        filter: Annotated[
            PathFilter | None, strawberry.argument(description="Which loops count, as in `paths`; a direction takes all hops onward.")
        ] = UNSET,
        max_length: Annotated[
            int | None, strawberry.argument(description=f"How many hops a loop has at most: {MIN_LENGTH} to {MAX_HOPS}.")
        ] = 4,
        mixed: Annotated[
            bool | None,
            strawberry.argument(
                description=(
                    "Only loops by relationships of two kinds or more. Those by one kind are mostly interlocks: directors who share two "
                    "boards. False: those too."
                )
            ),
        ] = True,
        k: Annotated[int | None, strawberry.argument(description=f"How many loops to look for: 1 to {MAX_K}.")] = 20,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> LoopConnection | None:
        engine = info.context.engine
        asked = LoopQuestion.through(
            engine.entity(of),
            (filter or PathFilter()).to_model(engine),
            4 if max_length is None else max_length,
            20 if k is None else k,
            mixed is not False,
        )
        return LoopConnection.answering(info.context, asked, span(given(first), given(after), given(last), given(before), None))

    @strawberry.field(
        description=(
            "Through whom most shortest connections run (betweenness): of what is near some entities, of the paths between some, or of "
            "everything, without `of` and `between`. Each pair counts once. A count of connections in this dataset, and no more."
        )
    )
    def brokers(
        self,
        info: Info,
        of: Annotated[
            list[EntityRef] | None,
            strawberry.argument(description=f"Among those near these, 1 to {MAX_STARTS}; not with `between`."),
        ] = UNSET,
        hops: Annotated[int | None, strawberry.argument(description=f"How near to `of`: 1 to {MAX_HOPS} hops. Null: 2.")] = UNSET,
        between: Annotated[
            list[EntityRef] | None,
            strawberry.argument(description=f"Among those on the shortest paths between these, 2 to {MOST_ENDS}; not with `of`."),
        ] = UNSET,
        max_hops: Annotated[
            int | None, strawberry.argument(description=f"How many hops a path between `between` has at most: 1 to {MAX_HOPS}. Null: 6.")
        ] = UNSET,
        filter: Annotated[
            PathFilter | None,
            strawberry.argument(description="Who and what is in the selection; `entityKinds` alone takes all entities of these kinds."),
        ] = UNSET,
        kinds: Annotated[
            list[EntityKind] | None,
            strawberry.argument(description=f"Who is ranked; others are passed through all the same. Null: {', '.join(sorted(ACTORS))}."),
        ] = UNSET,
        samples: Annotated[
            int | None,
            strawberry.argument(description=f"Where not all can be counted: how many random pairs to look at, 1 to {MAX_PAIRS}."),
        ] = 10_000,
        first: First = PAGE,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> BrokerConnection | None:
        engine = info.context.engine
        parameters = broker_parameters(engine, given(of), given(hops), given(between), given(max_hops), filter or PathFilter())
        chosen = ACTORS if (wanted := given(kinds)) is None else frozenset(wanted)
        asked = span(first, given(after), given(last), given(before), PAGE)
        return BrokerConnection.answering(info.context, parameters, chosen, 10_000 if samples is None else samples, asked)
