"""What all entities have: their names, their relationships, and what happened around them when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry
from strawberry import UNSET

from interlock.graph import model
from interlock.graph.filters import PathFilter
from interlock.graph.filters import RelationshipFilter as FilterModel
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.ordered import Ordered
from interlock.graph.selection import Parameters
from interlock.graph.selection_query import write_query
from interlock.graph.timeline import Moment
from interlock.schema.arguments import PAGE, TIMELINE_PAGE, After, Before, First, Last
from interlock.schema.claims import Interval
from interlock.schema.connections import Connection, Node, span
from interlock.schema.context import Info
from interlock.schema.enums import EntityKind, TimelineEvent
from interlock.schema.inputs import RelationshipFilter, given
from interlock.schema.scalars import IRI

if TYPE_CHECKING:
    from interlock.schema.relationships import Relationship

RelationshipType = Annotated["Relationship", strawberry.lazy("interlock.schema.relationships")]


@strawberry.type(description="One dated point of a relationship: when it began, ended, or happened.")
class TimelineEntry:
    date: Interval = strawberry.field(description="When, as far as is known: the whole year, if a source tells the year only.")
    event: TimelineEvent = strawberry.field(description="What this date is to the relationship: its start, its end, or all of it.")
    relationship: RelationshipType = strawberry.field(description="The relationship that began, ended or happened then.")

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, moment: Moment) -> TimelineEntry:
        from interlock.schema.relationships import to_relationship

        relationship = to_relationship(graph, graph.relationship_at(moment.relationship))
        return cls(date=Interval.from_model(moment.interval), event=moment.event, relationship=relationship)


@strawberry.type(description="One page of what began, ended and happened around an entity, oldest first.")
class TimelineConnection(Connection[TimelineEntry]):
    pass


@strawberry.interface(
    description=(
        "Whoever and whatever relationships join: a person, company, organization, board, product, agreement, lawsuit, regulatory "
        "action or "
        "event. `kind` says which, and each kind is a type of its own: ask it for more with `... on Company { board { name } }`."
    )
)
class Entity(Node):
    IS_CONSTANT: ClassVar[bool] = True
    """All that its fields tell, as far as they have no arguments, is told by its graph alone (see ``ConstantPlan``)."""

    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Entity]

    @strawberry.field(description="Its IRI in the RDF, from which an export or another dataset can refer to it.")
    def iri(self) -> IRI:
        return IRI(self.model.iri)

    @strawberry.field(description="Its short name in links, in lower case and with hyphens: `reed-hastings`.")
    def slug(self) -> str:
        return self.model.slug

    @strawberry.field(description="What it is, as one word to switch on; `__typename` tells the same.")
    def kind(self) -> EntityKind:
        return self.model.kind

    @strawberry.field(description="What it is commonly called, to be shown: `Reed Hastings`.")
    def name(self) -> str:
        return self.model.name

    @strawberry.field(
        description="What else it is, or was, called: former names, abbreviations, legal names. Each can be used as an EntityRef."
    )
    def aliases(self) -> list[str]:
        return list(self.model.aliases)

    @strawberry.field(description="A line that tells it from others of that name, in our words; null if there is none.")
    def description(self) -> str | None:
        return self.model.description

    @strawberry.field(description="IRIs of the same thing elsewhere: on Wikidata, at the SEC, in the GLEIF register.")
    def same_as(self) -> list[IRI]:
        return [IRI(iri) for iri in self.model.same_as]

    @strawberry.field(description="When it existed, was in force or happened; null if no source says.")
    def interval(self) -> Interval | None:
        return Interval.from_model(self.model.interval) if self.model.interval else None

    @strawberry.field(
        description="How many relationships it has, in either direction, of all times and statuses; for a board, how many seats."
    )
    def degree(self) -> int:
        return self.graph.relationship_count(self.model.id)

    @strawberry.field(
        description=(
            "Its relationships, in either direction, by id. Those that were dismissed or retracted come only if the filter asks for them. "
            "A board's seats are relationships of its company: see `Board.seats`."
        )
    )
    def relationships(
        self,
        info: Info,
        filter: Annotated[
            RelationshipFilter | None,
            strawberry.argument(
                description='Which of them to list: `{kinds: [BOARD_SEAT], asOf: "2015"}`. It applies to `totalCount` too.'
            ),
        ] = UNSET,
        first: First = PAGE,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> Connection[RelationshipType]:
        from interlock.schema.relationships import to_relationship

        conditions = filter.to_model(info.context.engine) if filter else FilterModel()
        return Connection.of(
            info.context.engine.lists.relationships(self.model.id, conditions),
            lambda number: to_relationship(self.graph, self.graph.relationship_at(number)),
            info.context.cursors(lambda: f"relationships {self.model.id}?{write_query(Parameters(filter=PathFilter(conditions)))}"),
            span(first, given(after), given(last), given(before), PAGE),
        )

    @strawberry.field(
        description=(
            "What began, ended and happened around it, oldest first, by the earliest day that each date can mean. A relationship of which "
            "no date is known isn't in it; those that were dismissed or retracted are, so look at `relationship { status }`."
        )
    )
    def timeline(
        self, info: Info, first: First = TIMELINE_PAGE, after: After = UNSET, last: Last = UNSET, before: Before = UNSET
    ) -> TimelineConnection:
        moments = info.context.engine.lists.timeline(self.model.id)
        return TimelineConnection.of(
            Ordered(range(len(moments))),
            lambda place: TimelineEntry.from_model(self.graph, moments[place]),
            info.context.cursors(lambda: f"timeline {self.model.id}"),
            span(first, given(after), given(last), given(before), TIMELINE_PAGE),
        )
