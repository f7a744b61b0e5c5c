"""Entities: a type for each kind, with what is its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Final

import strawberry
from strawberry import UNSET

from interlock.graph import model
from interlock.graph.filters import RelationshipFilter as FilterModel
from interlock.graph.interlock_question import InterlockQuestion
from interlock.graph.knowledge import KnowledgeGraph
from interlock.schema.arguments import PAGE, After, AsOf, Before, During, First, Last
from interlock.schema.claims import Amount
from interlock.schema.connections import span
from interlock.schema.context import Info
from interlock.schema.entity import Entity
from interlock.schema.enums import EntityKind
from interlock.schema.inputs import dated_filter, given
from interlock.schema.interlocks import Indirect, InterlockConnection, SeatFilter, seat_filter
from interlock.schema.matters import Agreement, Lawsuit, RegulatoryAction

if TYPE_CHECKING:
    from interlock.schema.relationships import BoardSeat

BoardSeatType = Annotated["BoardSeat", strawberry.lazy("interlock.schema.relationships")]
BoardType = Annotated["Board", strawberry.lazy("interlock.schema.entities")]


@strawberry.type(description="A human being who plays a part in public business. Nothing is held of anybody that no published source says.")
class Person(Entity):
    @strawberry.field(
        description=(
            "The seats on boards that this person held, by id; as of a date or during an interval, those that possibly held then. For "
            "posts "
            "that are no seats, ask `relationships(filter: {kinds: [POSITION]})`."
        )
    )
    def board_seats(self, as_of: AsOf = UNSET, during: During = UNSET) -> list[BoardSeatType]:
        return _seats(self.graph, self.graph.seats_by(self.model.id), dated_filter(as_of, during))

    @strawberry.field(
        description="Whom this person links: each two boards on which the person sat; with `indirect`, those that colleagues lead on to."
    )
    def interlocks(
        self,
        info: Info,
        as_of: AsOf = UNSET,
        during: During = UNSET,
        filter: SeatFilter = UNSET,
        indirect: Indirect = False,
        first: First = PAGE,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> InterlockConnection:
        conditions = seat_filter(info.context.engine, filter, as_of, during)
        asked = InterlockQuestion(person=self.model, conditions=conditions, indirect=bool(indirect))
        return InterlockConnection.answering(info.context, asked, span(first, given(after), given(last), given(before), PAGE))


@strawberry.interface(description="What can have a board: a company or another organization.")
class HasBoard(Entity):
    @strawberry.field(description="Its board of directors; null if no seat on one is known.")
    def board(self) -> BoardType | None:
        board = self.graph.board_of(self.model.id)
        return Board(id=strawberry.ID(board.id), graph=self.graph, model=board) if board else None

    @strawberry.field(
        description="The seats on its board, by id; as of a date or during an interval, those that possibly held then. Without either, "
        "past ones too."
    )
    def board_seats(self, as_of: AsOf = UNSET, during: During = UNSET) -> list[BoardSeatType]:
        return _seats(self.graph, self.graph.seats(self.model.id), dated_filter(as_of, during))

    @strawberry.field(description="The boards with which its board shares directors, or (with `indirect`) is linked through a third board.")
    def interlocks(
        self,
        info: Info,
        as_of: AsOf = UNSET,
        during: During = UNSET,
        filter: SeatFilter = UNSET,
        indirect: Indirect = False,
        first: First = PAGE,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> InterlockConnection:
        conditions = seat_filter(info.context.engine, filter, as_of, during)
        asked = InterlockQuestion(company=self.model, conditions=conditions, indirect=bool(indirect))
        return InterlockConnection.answering(info.context, asked, span(first, given(after), given(last), given(before), PAGE))


@strawberry.type(description="A business: a corporation, partnership or firm. Of what it was called before, see `aliases`.")
class Company(HasBoard, Entity):
    pass


@strawberry.type(description="Any other body: a non-profit, a public authority, a class of plaintiffs.")
class Organization(HasBoard, Entity):
    pass


@strawberry.type(
    description=(
        "The board of directors of a company. As an end of `paths` it asks for a seat on it; no path passes through it. `Meta's board` "
        "names "
        "that of Meta."
    )
)
class Board(Entity):
    @strawberry.field(description="The company or organization whose board it is.")
    def company(self) -> HasBoard:
        company = to_entity(self.graph, self.graph.company_of(self.model))
        assert isinstance(company, HasBoard)
        return company

    @strawberry.field(
        description="The seats on it, by id; as of a date or during an interval, those that possibly held then. Without either, past "
        "ones too."
    )
    def seats(self, as_of: AsOf = UNSET, during: During = UNSET) -> list[BoardSeatType]:
        return _seats(self.graph, self.graph.seats(self.graph.company_of(self.model).id), dated_filter(as_of, during))


@strawberry.type(description="A product or service that somebody makes or runs: WhatsApp, Windows.")
class Product(Entity):
    pass


@strawberry.type(description="Something that happened: a filing, a ruling, a settlement, a change of one organization into another.")
class Event(Entity):
    @strawberry.field(description="What became of it, in our words: a ruling that was reversed, a decision that was annulled.")
    def outcome(self) -> str | None:
        return self.model.outcome

    @strawberry.field(description="All sums of money that it is about, largest first: damages, a fine.")
    def amounts(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    @strawberry.field(description="For a change of one organization into another, what was there before it. Empty for other events.")
    def original_organizations(self) -> list[Entity]:
        return [to_entity(self.graph, self.graph.entities[each]) for each in self.model.came_from]

    @strawberry.field(description="For a change of one organization into another, what was there after it. Empty for other events.")
    def resulting_organizations(self) -> list[Entity]:
        return [to_entity(self.graph, self.graph.entities[each]) for each in self.model.went_into]


ENTITY_TYPES: Final[dict[EntityKind, type[Entity]]] = {
    EntityKind.PERSON: Person,
    EntityKind.COMPANY: Company,
    EntityKind.ORGANIZATION: Organization,
    EntityKind.BOARD: Board,
    EntityKind.PRODUCT: Product,
    EntityKind.AGREEMENT: Agreement,
    EntityKind.LAWSUIT: Lawsuit,
    EntityKind.REGULATORY_ACTION: RegulatoryAction,
    EntityKind.EVENT: Event,
}
"""Kind → type."""


def to_entity(graph: KnowledgeGraph, entity: model.Entity) -> Entity:
    """An entity as its own type."""
    return ENTITY_TYPES[entity.kind](id=strawberry.ID(entity.id), graph=graph, model=entity)


def _seats(graph: KnowledgeGraph, seats: Iterable[model.Relationship], conditions: FilterModel) -> list[BoardSeatType]:
    from interlock.schema.relationships import to_relationship

    return [to_relationship(graph, seat) for seat in seats if conditions.admits(seat, graph)]  # type: ignore[misc]
