"""Relationships: one interface, and a type for each kind that names its two ends as the kind does."""

from __future__ import annotations

from typing import Final

import strawberry

from interlock.graph import model
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.narrate import sentence
from interlock.schema.claims import Amount, Claim, Interval
from interlock.schema.connections import Node
from interlock.schema.entities import Board, Entity, HasBoard, Matter, Person, Product, to_entity
from interlock.schema.enums import RelationshipKind, Status
from interlock.schema.scalars import IRI


@strawberry.interface(description="Who, to whom, as what, when, and by whose word. It leads from its source to its target.")
class Relationship(Node):
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Relationship]

    @strawberry.field(description="Its IRI in the RDF.")
    def iri(self) -> IRI:
        return IRI(self.model.iri)

    @strawberry.field(description="What it is.")
    def kind(self) -> RelationshipKind:
        return self.model.kind

    @strawberry.field(description='Reads from source to target: "co-founded". In the past tense, which says nothing about today.')
    def label(self) -> str:
        return self.model.label

    @strawberry.field(description='Reads from target to source: "was co-founded by".')
    def inverse_label(self) -> str:
        return self.model.inverse_label

    @strawberry.field(description='As what: "director", "plaintiff", "vice president of product partnerships".')
    def role(self) -> str | None:
        return self.model.title or self.model.role

    @strawberry.field(description="Where it begins: the person of a seat, the founder, the party.")
    def source(self) -> Entity:
        return to_entity(self.graph, self.graph.entities[self.model.source])

    @strawberry.field(description="Where it leads: the company of a seat, what was founded, the case.")
    def target(self) -> Entity:
        return to_entity(self.graph, self.graph.entities[self.model.target])

    @strawberry.field(description="When it held, as far as is known.")
    def interval(self) -> Interval:
        return Interval.from_model(self.model.interval)

    @strawberry.field(description="What its claims add up to.")
    def status(self) -> Status:
        return self.model.status

    @strawberry.field(description="Every statement about it, for and against.")
    def claims(self) -> list[Claim]:
        return [Claim.from_model(self.graph, claim) for claim in self.model.claims]

    @strawberry.field(description="How many sources support it that don't repeat one another.")
    def independent_sources(self) -> int:
        return self.model.independent_sources

    @strawberry.field(description="Sums of money that it is about, largest first.")
    def amounts(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    @strawberry.field(description='In words; the verb follows the status: "alleges", "is reported to have", "co-founded".')
    def sentence(self) -> str:
        return sentence(self.graph, self.model)

    def end(self, entity: str) -> Entity:
        """One of its ends as its own type."""
        return to_entity(self.graph, self.graph.entities[entity])


@strawberry.type(description="A seat on a board: person → company.")
class BoardSeat(Relationship):
    @strawberry.field(description="Who held it.")
    def person(self) -> Person:
        return self.end(self.model.source)  # type: ignore[return-value]

    @strawberry.field(description="On whose board.")
    def company(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]

    @strawberry.field(description="The board.")
    def board(self) -> Board:
        board = self.graph.board_of(self.model.target)
        assert board is not None
        return Board(id=strawberry.ID(board.id), graph=self.graph, model=board)


@strawberry.type(description="A post: person → organization or product.")
class Position(Relationship):
    @strawberry.field(description="Who held it.")
    def person(self) -> Person:
        return self.end(self.model.source)  # type: ignore[return-value]

    @strawberry.field(description="Where.")
    def organization(self) -> Entity:
        return self.end(self.model.target)


@strawberry.type(description="A founding: actor → organization.")
class Founding(Relationship):
    @strawberry.field(description="Who founded.")
    def founder(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="What was founded.")
    def organization(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="A stake, a subsidiary, control: actor → organization.")
class Ownership(Relationship):
    @strawberry.field(description="Who owns.")
    def owner(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="What is owned.")
    def asset(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]

    @strawberry.field(description="How much of it, in percent, as a decimal number; null if unknown.")
    def share(self) -> str | None:
        return None if self.model.share is None else f"{self.model.share:f}"


@strawberry.type(description="An acquisition: person, company or organization → company, organization or product.")
class Acquisition(Relationship):
    @strawberry.field(description="Who bought.")
    def acquirer(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="What was bought.")
    def acquired(self) -> Entity:
        return self.end(self.model.target)

    @strawberry.field(description="What became of it, in our words, if it was undone or sold on.")
    def outcome(self) -> str | None:
        return self.model.outcome


@strawberry.type(description="An investment: actor → company.")
class Investment(Relationship):
    @strawberry.field(description="Who put money in.")
    def investor(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="Into what.")
    def investee(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="A party's role: actor → agreement, lawsuit or regulatory action.")
class Party(Relationship):
    @strawberry.field(description="Who is party.")
    def party(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="To what.")
    def matter(self) -> Matter:
        return self.end(self.model.target)  # type: ignore[return-value]

    @strawberry.field(description='On whose side, for plaintiffs and counsel: "advertiser class".')
    def side(self) -> str | None:
        return self.model.side


@strawberry.type(description="Making or running a product: company → product.")
class Operation(Relationship):
    @strawberry.field(description="Who runs it.")
    def operator(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="What is run.")
    def product(self) -> Product:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="A part in an event, agreement or case, other than that of a party.")
class Involvement(Relationship):
    @strawberry.field(description="Who has a part in it.")
    def participant(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="In what.")
    def involved_in(self) -> Entity:
        return self.end(self.model.target)


@strawberry.type(description="Family or friendship: person ↔ person.")
class Personal(Relationship):
    @strawberry.field(description="The one.")
    def person(self) -> Person:
        return self.end(self.model.source)  # type: ignore[return-value]

    @strawberry.field(description="The other.")
    def relative(self) -> Person:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="Anything else between two entities; the label says what.")
class Association(Relationship):
    pass


RELATIONSHIP_TYPES: Final[dict[RelationshipKind, type[Relationship]]] = {
    RelationshipKind.BOARD_SEAT: BoardSeat,
    RelationshipKind.POSITION: Position,
    RelationshipKind.FOUNDING: Founding,
    RelationshipKind.OWNERSHIP: Ownership,
    RelationshipKind.ACQUISITION: Acquisition,
    RelationshipKind.INVESTMENT: Investment,
    RelationshipKind.PARTY: Party,
    RelationshipKind.OPERATION: Operation,
    RelationshipKind.INVOLVEMENT: Involvement,
    RelationshipKind.PERSONAL: Personal,
    RelationshipKind.ASSOCIATION: Association,
}
"""Kind → type."""


def to_relationship(graph: KnowledgeGraph, tie: model.Relationship) -> Relationship:
    """A relationship as its own type."""
    return RELATIONSHIP_TYPES[tie.kind](id=strawberry.ID(tie.id), graph=graph, model=tie)
