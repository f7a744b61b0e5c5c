"""Entities: one interface, and a type for each kind with what is its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

import strawberry
from strawberry import UNSET

from interlock.graph import model
from interlock.graph.dates import PartialDate
from interlock.graph.filters import RelationshipFilter as FilterModel
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.timeline import Moment, timeline
from interlock.schema.arguments import After, AsOf, During, First
from interlock.schema.claims import Amount, Interval
from interlock.schema.connections import Connection, Node, connect, paginate
from interlock.schema.context import Info
from interlock.schema.enums import EntityKind, RelationshipKind, TimelineEvent
from interlock.schema.inputs import RelationshipFilter, dated_filter, given
from interlock.schema.scalars import IRI

if TYPE_CHECKING:
    from interlock.schema.relationships import BoardSeat, Party, Relationship

RelationshipType = Annotated["Relationship", strawberry.lazy("interlock.schema.relationships")]
BoardSeatType = Annotated["BoardSeat", strawberry.lazy("interlock.schema.relationships")]
BoardType = Annotated["Board", strawberry.lazy("interlock.schema.entities")]
PartyType = Annotated["Party", strawberry.lazy("interlock.schema.relationships")]


@strawberry.type(description="A dated point of a relationship.")
class TimelineEntry:
    date: Interval = strawberry.field(description="When, as far as is known.")
    event: TimelineEvent = strawberry.field(description="What this date is.")
    relationship: RelationshipType = strawberry.field(description="Of what it is the start or end.")


@strawberry.type(description="What began, ended and happened, oldest first.")
class TimelineConnection(Connection[TimelineEntry]):
    pass


@strawberry.interface(description="A person, company, board, agreement, case or event.")
class Entity(Node):
    IS_CONSTANT: ClassVar[bool] = True
    """All that its fields tell, as far as they have no arguments, is told by its graph alone (see ``ConstantPlan``)."""

    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Entity]

    @strawberry.field(description="Its IRI in the RDF.")
    def iri(self) -> IRI:
        return IRI(self.model.iri)

    @strawberry.field(description="Its short name in links: `reed-hastings`.")
    def slug(self) -> str:
        return self.model.slug

    @strawberry.field(description="What it is.")
    def kind(self) -> EntityKind:
        return self.model.kind

    @strawberry.field(description="What it is called.")
    def name(self) -> str:
        return self.model.name

    @strawberry.field(description="What else it is, or was, called.")
    def aliases(self) -> list[str]:
        return list(self.model.aliases)

    @strawberry.field(description="A line about it.")
    def description(self) -> str | None:
        return self.model.description

    @strawberry.field(description="The same thing elsewhere: Wikidata, SEC, …")
    def same_as(self) -> list[IRI]:
        return [IRI(iri) for iri in self.model.same_as]

    @strawberry.field(description="When it existed, was in force or happened; null if no source says.")
    def interval(self) -> Interval | None:
        return Interval.from_model(self.model.interval) if self.model.interval else None

    @strawberry.field(description="How many relationships it has, of all times and statuses; for a board, how many seats.")
    def degree(self) -> int:
        return self.graph.relationship_count(self.model.id)

    @strawberry.field(description="Its relationships in either direction, by id. Dismissed and retracted ones come only if asked for.")
    def relationships(
        self,
        info: Info,
        filter: Annotated[RelationshipFilter | None, strawberry.argument(description="Which of them.")] = UNSET,
        first: First = 20,
        after: After = UNSET,
    ) -> Connection[RelationshipType]:
        from interlock.schema.relationships import to_relationship

        conditions = filter.to_model(info.context.engine) if filter else FilterModel()
        ties = [tie for tie in self.graph.ties(self.model.id) if conditions.admits(tie, self.graph)]
        return connect(
            ties, lambda tie: (tie.id,), lambda tie: to_relationship(self.graph, tie), self.graph.version, _page(first, 20), given(after)
        )

    @strawberry.field(description="What began, ended and happened around it, oldest first.")
    def timeline(self, first: First = 50, after: After = UNSET) -> TimelineConnection:
        moments = timeline(self.graph, self.model.id)
        edges, info = paginate(moments, lambda moment: moment.key, self._entry, self.graph.version, _page(first, 50), given(after))
        return TimelineConnection(edges=edges, page_info=info, total_count=len(moments))

    def _entry(self, moment: Moment) -> TimelineEntry:
        from interlock.schema.relationships import to_relationship

        return TimelineEntry(
            date=Interval.from_model(moment.interval), event=moment.event, relationship=to_relationship(self.graph, moment.relationship)
        )


@strawberry.type(description="A human being.")
class Person(Entity):
    @strawberry.field(description="The seats on boards that this person held; as of a date, those that possibly held then.")
    def board_seats(self, as_of: AsOf = UNSET) -> list[BoardSeatType]:
        seats = (tie for tie in self.graph.ties(self.model.id) if tie.kind is RelationshipKind.BOARD_SEAT)
        return _seats(self.graph, seats, dated_filter(as_of))


@strawberry.interface(description="What can have a board: a company or another organization.")
class HasBoard(Entity):
    @strawberry.field(description="Its board; null if no seat on one is known.")
    def board(self) -> BoardType | None:
        board = self.graph.board_of(self.model.id)
        return Board(id=strawberry.ID(board.id), graph=self.graph, model=board) if board else None

    @strawberry.field(description="The seats on its board; as of a date or during an interval, those that possibly held then.")
    def board_seats(self, as_of: AsOf = UNSET, during: During = UNSET) -> list[BoardSeatType]:
        return _seats(self.graph, self.graph.seats(self.model.id), dated_filter(as_of, during))


@strawberry.type(description="A business: a corporation, partnership or firm.")
class Company(HasBoard, Entity):
    pass


@strawberry.type(description="Any other body: a non-profit, an authority, a class of plaintiffs.")
class Organization(HasBoard, Entity):
    pass


@strawberry.type(description="The board of directors of a company.")
class Board(Entity):
    @strawberry.field(description="Whose board it is.")
    def company(self) -> HasBoard:
        company = to_entity(self.graph, self.graph.company_of(self.model))
        assert isinstance(company, HasBoard)
        return company

    @strawberry.field(description="The seats on it; as of a date, those that possibly held then.")
    def seats(self, as_of: AsOf = UNSET) -> list[BoardSeatType]:
        return _seats(self.graph, self.graph.seats(self.graph.company_of(self.model).id), dated_filter(as_of))


@strawberry.type(description="A product or service.")
class Product(Entity):
    pass


@strawberry.interface(description="What has parties: an agreement, a lawsuit or a regulatory action.")
class Matter(Entity):
    @strawberry.field(description="Who is party to it, and as what.")
    def parties(self) -> list[PartyType]:
        from interlock.schema.relationships import to_relationship

        ties = (tie for tie in self.graph.ties(self.model.id) if tie.kind is RelationshipKind.PARTY)
        return [to_relationship(self.graph, tie) for tie in ties]  # type: ignore[misc]

    @strawberry.field(description="The largest sum of money that it is about, with its basis; see `amounts` for all.")
    def amount(self) -> Amount | None:
        return next(iter(self.amounts_of()), None)

    @strawberry.field(description="All sums of money that it is about, largest first.")
    def amounts(self) -> list[Amount]:
        return self.amounts_of()

    @strawberry.field(
        description="What became of it, in our words: settled, annulled, appealed, abandoned. Sentences that speak of it say so too."
    )
    def outcome(self) -> str | None:
        return self.model.outcome

    def amounts_of(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    def with_role(self, role: str) -> list[Entity]:
        """The entities that are party to it in this role."""
        ties = (tie for tie in self.graph.ties(self.model.id) if tie.kind is RelationshipKind.PARTY and tie.role == role)
        return [to_entity(self.graph, self.graph.entities[tie.source]) for tie in ties]


@strawberry.type(description="A contract, partnership or deal.")
class Agreement(Matter, Entity):
    @strawberry.field(description="When it was signed.")
    def signed(self) -> PartialDate | None:
        return self.model.signed

    @strawberry.field(description="When the deal was carried out; null if it wasn't, or if that isn't known.")
    def closed(self) -> PartialDate | None:
        return self.model.closed

    @strawberry.field(description="When the deal was called off; null if it wasn't.")
    def abandoned(self) -> PartialDate | None:
        return self.model.abandoned


@strawberry.interface(description="A matter before a court or an authority.")
class Case(Matter):
    @strawberry.field(description="The number under which it is filed.")
    def docket_number(self) -> str | None:
        return self.model.case_number

    @strawberry.field(description="When it was filed or opened.")
    def filed(self) -> PartialDate | None:
        return self.model.filed

    @strawberry.field(description="When it was closed; null if it goes on, or if that isn't known.")
    def closed(self) -> PartialDate | None:
        return self.model.closed


@strawberry.type(description="A case before a court.")
class Lawsuit(Case, Matter, Entity):
    @strawberry.field(description="The court.")
    def court(self) -> str | None:
        return self.model.court


@strawberry.type(description="An investigation, decision, order or fine by an authority.")
class RegulatoryAction(Case, Matter, Entity):
    @strawberry.field(description="The authority.")
    def regulator(self) -> Entity | None:
        return next(iter(self.with_role("regulator")), None)

    @strawberry.field(description="Against whom it was directed.")
    def respondents(self) -> list[Entity]:
        return self.with_role("respondent")


@strawberry.type(description="Something that happened: a filing, a ruling, a settlement, a change of one organization into another.")
class Event(Entity):
    @strawberry.field(description="What became of it, in our words: a ruling that was reversed, a decision that was annulled.")
    def outcome(self) -> str | None:
        return self.model.outcome

    @strawberry.field(description="All sums of money that it is about, largest first.")
    def amounts(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    @strawberry.field(description="For a change of one organization into another: what was there before. Otherwise empty.")
    def original_organizations(self) -> list[Entity]:
        return [to_entity(self.graph, self.graph.entities[each]) for each in self.model.came_from]

    @strawberry.field(description="For a change of one organization into another: what was there after. Otherwise empty.")
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


def _page(first: int | None, default: int) -> int:
    return default if first is None else first
