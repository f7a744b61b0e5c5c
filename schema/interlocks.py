"""Interlocks: boards that share directors, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from strawberry import UNSET

from interlock.graph import interlock_question as question
from interlock.graph import model
from interlock.graph.budget import StopReason
from interlock.graph.dates import PartialDate
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter as PathFilterModel
from interlock.graph.filters import RelationshipFilter as FilterModel
from interlock.graph.interlock_question import MAX_YEARS, InterlockQuestion
from interlock.graph.interlock_words import interlock_sentence, interlocks_sentence
from interlock.graph.interlocks import interlocks
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.ordered import Ordered
from interlock.graph.selection_query import write_filter
from interlock.schema.connections import Findings, Span
from interlock.schema.context import Context
from interlock.schema.enums import Status
from interlock.schema.held import HeldTogether
from interlock.schema.inputs import RelationshipFilter, given

if TYPE_CHECKING:
    from interlock.schema.entities import HasBoard, Person
    from interlock.schema.relationships import BoardSeat

HasBoardType = Annotated["HasBoard", strawberry.lazy("interlock.schema.entities")]
PersonType = Annotated["Person", strawberry.lazy("interlock.schema.entities")]
BoardSeatType = Annotated["BoardSeat", strawberry.lazy("interlock.schema.relationships")]
Indirect = Annotated[
    bool | None,
    strawberry.argument(
        description=(
            "Also those through a third board: a director of the one and a director of the other, two people, sat together on it. Whether "
            "or not the two boards share a director as well."
        )
    ),
]
SeatFilter = Annotated[
    RelationshipFilter | None,
    strawberry.argument(
        description="Which seats count, by status, sources and time; without, all but those that were dismissed or retracted."
    ),
]


def _entity(graph: KnowledgeGraph, entity: model.Entity) -> object:
    from interlock.schema.entities import to_entity

    return to_entity(graph, entity)


def _seats(graph: KnowledgeGraph, seats: question.Seats) -> list[BoardSeatType]:
    from interlock.schema.relationships import to_relationship

    return [to_relationship(graph, seat) for seat in seats]  # type: ignore[misc]


@strawberry.type(description="A person by whom two boards are linked, with the seats on both.")
class SharedDirector:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[question.SharedDirector]

    @strawberry.field(description="The director who sat on both boards; of an indirect interlock, on one of the two and on the third.")
    def person(self) -> PersonType:
        return _entity(self.graph, self.model.person)  # type: ignore[return-value]

    @strawberry.field(description="All of this person's seats on these boards that count, those on the first board first.")
    def seats(self) -> list[BoardSeatType]:
        return _seats(self.graph, self.model.seats)

    @strawberry.field(description="Did the terms on both boards overlap, and when? Of several seats, those count that did most surely.")
    def overlap(self) -> HeldTogether:
        return HeldTogether.from_model(self.model.overlap)

    @strawberry.field(description="How firmly it is known that they sat on both boards so: that of the weakest seat which `overlap` needs.")
    def status(self) -> Status:
        return self.model.status


@strawberry.type(
    description=(
        "Two boards that share directors, or (indirect) of which each shares one with a third. It needs terms that overlapped, surely or "
        "possibly: those that never met are in `neverMet` of the connection, with `overlap` IMPOSSIBLE."
    )
)
class Interlock:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[question.Interlock]

    @strawberry.field(description="The one that was asked about; asked about a person, the first of two on whose boards the person sat.")
    def company(self) -> HasBoardType:
        return _entity(self.graph, self.model.company)  # type: ignore[return-value]

    @strawberry.field(description="The company (or, rarely, other organization) to whose board it leads.")
    def other(self) -> HasBoardType:
        return _entity(self.graph, self.model.other)  # type: ignore[return-value]

    @strawberry.field(description="By whom the boards are linked, each once: those whose terms overlapped, surely or possibly.")
    def directors(self) -> list[PersonType]:
        return [_entity(self.graph, director.person) for director in self.model.directors]  # type: ignore[misc]

    @strawberry.field(
        description="Of each of `directors`, in the same order, the seats on the boards that are linked: first one, then other."
    )
    def seats(self) -> list[list[BoardSeatType]]:
        return [_seats(self.graph, director.seats) for director in self.model.directors]

    @strawberry.field(description="The same, each director with seats, overlap and status together.")
    def shared(self) -> list[SharedDirector]:
        return [SharedDirector(graph=self.graph, model=director) for director in self.model.directors]

    @strawberry.field(
        description=(
            "When the terms overlapped (under a date: within it), of the director of whom that is most certain. Of an indirect interlock, "
            "when all four seats were held at one time."
        )
    )
    def overlap(self) -> HeldTogether:
        return HeldTogether.from_model(self.model.overlap)

    @strawberry.field(description="How firmly it is known: that of the weakest seat on which `overlap` rests.")
    def status(self) -> Status:
        return self.model.status

    @strawberry.field(description="Do the two boards share a director? Otherwise they are linked through a third board.")
    def direct(self) -> bool:
        return self.model.direct

    @strawberry.field(description="Through whose board they are linked if it is indirect, a company's or an organization's; null if not.")
    def through(self) -> HasBoardType | None:
        return _entity(self.graph, self.model.through) if self.model.through else None  # type: ignore[return-value]

    @strawberry.field(
        description="In words with names, dates and status, to be shown as it is: what isn't confirmed, or not certain in time, says so."
    )
    def sentence(self) -> str:
        return interlock_sentence(self.graph, self.model)


@strawberry.type(description="How many interlocks there were in one year: a point of a curve over time.")
class InterlockCount:
    year: int = strawberry.field(description="The year, of the Gregorian calendar: 2011.")
    certain: int = strawberry.field(description="How many surely held at some time in it, by the known dates.")
    possible: int = strawberry.field(description="How many more possibly did: dates don't rule it out.")


@strawberry.type(description="One page of interlocks: direct before indirect, certain before possible, those with most directors first.")
class InterlockConnection(Findings[Interlock]):
    sentence: str = strawberry.field(description="The whole answer in a sentence: how many there are, surely and possibly, and when.")
    graph: strawberry.Private[KnowledgeGraph]
    answer: strawberry.Private[question.Interlocks]

    @strawberry.field(
        description=(
            "Boards that share a director whose terms on them never overlapped (under a date: not within it). No interlocks, but often "
            "taken for such. They are not in `nodes` and not counted. All of them, on every page."
        )
    )
    def never_met(self) -> list[Interlock]:
        return [Interlock(graph=self.graph, model=each) for each in self.answer.never_met]

    @strawberry.field(
        description=f"How many of all these interlocks held in each year: without bounds, in the years of which the dates tell. At most "
        f"{MAX_YEARS} years."
    )
    def per_year(
        self,
        start: Annotated[int | None, strawberry.argument(name="from", description="The first year to count: `2000`.")] = UNSET,
        end: Annotated[int | None, strawberry.argument(name="to", description="The last year to count: `2020`.")] = UNSET,
    ) -> list[InterlockCount]:
        counts = self.answer.per_year(given(start), given(end))
        return [InterlockCount(year=each.year, certain=each.certain, possible=each.possible) for each in counts]

    @classmethod
    def answering(cls, context: Context, asked: InterlockQuestion, page: Span) -> Self:
        """The interlocks that a question asks for."""
        graph = context.engine.graph
        answer = interlocks(context.engine, asked)
        context.volatile |= answer.stopped_by is StopReason.DEADLINE
        return cls.of(
            Ordered(range(len(answer.found))),
            lambda place: Interlock(graph=graph, model=answer.found[place]),
            context.cursors(lambda: f"interlocks {_named(asked)}"),
            page,
            complete=answer.complete,
            stopped_by=answer.stopped_by,
            excluded_by_default=list(asked.conditions.excluded_by_default),
            sentence=interlocks_sentence(answer),
            dataset_version=graph.version,
            graph=graph,
            answer=answer,
        )


def seat_filter(engine: Engine, filter: RelationshipFilter | None, as_of: PartialDate | None, during: str | None) -> FilterModel:
    """Which seats count, by a filter and by a time beside it."""
    conditions = filter.to_model(engine) if filter else FilterModel()
    as_of, during = given(as_of), given(during)
    if as_of is None and during is None:
        return conditions
    if conditions.window is not None:
        raise BadInput("A time is given twice, in the filter and beside it. Give asOf or during once.")
    from dataclasses import replace

    return replace(conditions, as_of=as_of, during=during)


def _named(asked: InterlockQuestion) -> str:
    ends = " ".join(entity.id if entity else "-" for entity in (asked.company, asked.other, asked.person))
    return f"{ends} {asked.indirect}?{write_filter(PathFilterModel(asked.conditions))}"
