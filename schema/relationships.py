"""Relationships: one interface, and a type for each kind that names its two ends as the kind does."""

from __future__ import annotations

from typing import Final

import strawberry

from interlock.graph import model
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.narrate import sentence
from interlock.schema.claims import Amount, Claim, Interval
from interlock.schema.connections import Node
from interlock.schema.entities import Board, HasBoard, Person, Product, to_entity
from interlock.schema.entity import Entity
from interlock.schema.enums import RelationshipKind, Status
from interlock.schema.matters import Matter
from interlock.schema.scalars import IRI


@strawberry.interface(
    description=(
        "Who, to whom, as what, when, and by whose word. It leads from its source to its target. `kind` says what it is, and each kind "
        "is a "
        "type of its own that names its two ends as the kind does: `... on BoardSeat { person { name } company { name } }`."
    )
)
class Relationship(Node):
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Relationship]

    @strawberry.field(description="Its IRI in the RDF, from which an export or another dataset can refer to it.")
    def iri(self) -> IRI:
        return IRI(self.model.iri)

    @strawberry.field(description="What it is, as one word to switch on; `__typename` tells the same.")
    def kind(self) -> RelationshipKind:
        return self.model.kind

    @strawberry.field(
        description='Reads from source to target: "co-founded". In the past tense always, which says nothing about today; see `interval`.'
    )
    def label(self) -> str:
        return self.model.label

    @strawberry.field(description='Reads from target to source: "was co-founded by". To be used where a path takes it in REVERSE.')
    def inverse_label(self) -> str:
        return self.model.inverse_label

    @strawberry.field(
        description='As what: "director", "plaintiff", "vice president of product partnerships"; null if no source says, or nothing '
        "needs saying."
    )
    def role(self) -> str | None:
        return self.model.title or self.model.role

    @strawberry.field(description="Where it begins: the person of a seat, the founder, the party to a case.")
    def source(self) -> Entity:
        return to_entity(self.graph, self.graph.entities[self.model.source])

    @strawberry.field(
        description="Where it leads: the company of a seat, what was founded, the case. For a seat, see `BoardSeat.board` for the board."
    )
    def target(self) -> Entity:
        return to_entity(self.graph, self.graph.entities[self.model.target])

    @strawberry.field(description="When it held, as far as is known: from what all its claims say, never finer than they do.")
    def interval(self) -> Interval:
        return Interval.from_model(self.model.interval)

    @strawberry.field(
        description=(
            "What its claims add up to: the strongest that a source supports; DISPUTED where that is below CONFIRMED and a claim "
            "contradicts it; DISMISSED or RETRACTED where that is its last word."
        )
    )
    def status(self) -> Status:
        return self.model.status

    @strawberry.field(description="Every statement about it, for and against, each with its source. Read them before you repeat it.")
    def claims(self) -> list[Claim]:
        return [Claim.from_model(self.graph, claim) for claim in self.model.claims]

    @strawberry.field(
        description="How many sources support it that don't repeat one another: of one publisher, or of those derived from each other, "
        "one counts."
    )
    def independent_sources(self) -> int:
        return self.model.independent_sources

    @strawberry.field(
        description="Sums of money that it is about, largest first: the price of an acquisition, of a stake, a funding round."
    )
    def amounts(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    @strawberry.field(
        description='In words with dates, to be shown as it is; the verb follows the status: "alleges", "is reported to have", '
        '"co-founded".'
    )
    def sentence(self) -> str:
        return sentence(self.graph, self.model)

    def end(self, entity: str) -> Entity:
        """One of its ends as its own type."""
        return to_entity(self.graph, self.graph.entities[entity])


@strawberry.type(description="A seat on a board: person → company. One hop in a path, with its own dates and role.")
class BoardSeat(Relationship):
    @strawberry.field(description="The person who held the seat.")
    def person(self) -> Person:
        return self.end(self.model.source)  # type: ignore[return-value]

    @strawberry.field(description="The company or organization on whose board it is.")
    def company(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]

    @strawberry.field(description="The board itself, which knows all seats on it.")
    def board(self) -> Board:
        board = self.graph.board_of(self.model.target)
        assert board is not None
        return Board(id=strawberry.ID(board.id), graph=self.graph, model=board)


@strawberry.type(description="A post: person → organization or product. An executive, employee, adviser, trustee.")
class Position(Relationship):
    @strawberry.field(description="The person who held the post.")
    def person(self) -> Person:
        return self.end(self.model.source)  # type: ignore[return-value]

    @strawberry.field(description="Where the post was: an organization, now and then a product.")
    def organization(self) -> Entity:
        return self.end(self.model.target)


@strawberry.type(description="A founding: person or organization → organization. It holds from its date on, without an end.")
class Founding(Relationship):
    @strawberry.field(description="Who founded it, alone or with others (see `role`).")
    def founder(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="The company or organization that was founded.")
    def organization(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="A stake, a subsidiary, control: person or organization → organization.")
class Ownership(Relationship):
    @strawberry.field(description="Who owns it, or a part of it.")
    def owner(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="The company or organization that is owned, or a part of which is.")
    def asset(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]

    @strawberry.field(description="How much of it, in percent, as a decimal number in a text: `49`, `4.9`; null if unknown.")
    def share(self) -> str | None:
        return None if self.model.share is None else f"{self.model.share:f}"


@strawberry.type(
    description=(
        "An acquisition: person, company or organization → company, organization or product. It holds from its date on. One that was only "
        "announced or fell through is an Agreement."
    )
)
class Acquisition(Relationship):
    @strawberry.field(description="Who bought it, as the contract or the press has it.")
    def acquirer(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="What was bought: a company, an organization or a product.")
    def acquired(self) -> Entity:
        return self.end(self.model.target)

    @strawberry.field(description="What became of it, in our words, if it was undone or sold on; otherwise null.")
    def outcome(self) -> str | None:
        return self.model.outcome


@strawberry.type(description="An investment: person or organization → company. Sums are in `amounts`, where a source tells them.")
class Investment(Relationship):
    @strawberry.field(description="Who put money into it, alone or with others.")
    def investor(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="The company or organization that was invested in.")
    def investee(self) -> HasBoard:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(
    description=(
        "A part as a party: person or organization → agreement, lawsuit or regulatory action. `role` says as what: signatory, plaintiff, "
        "defendant, regulator, respondent, counsel, judge. It holds as long as the agreement or case does."
    )
)
class Party(Relationship):
    @strawberry.field(description="Who is, or is said to be, party to it.")
    def party(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="The agreement, lawsuit or regulatory action.")
    def matter(self) -> Matter:
        return self.end(self.model.target)  # type: ignore[return-value]

    @strawberry.field(description='On whose side, for plaintiffs and counsel: "advertiser class"; null if that goes without saying.')
    def side(self) -> str | None:
        return self.model.side


@strawberry.type(description="Making or running a product or service: company → product.")
class Operation(Relationship):
    @strawberry.field(description="The company that makes or runs it.")
    def operator(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="The product or service that is made or run.")
    def product(self) -> Product:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="A part in an event, agreement or case, other than that of a party: a witness, a client, an appeal.")
class Involvement(Relationship):
    @strawberry.field(description="Who, or what, has a part in it.")
    def participant(self) -> Entity:
        return self.end(self.model.source)

    @strawberry.field(description="The event, agreement or case.")
    def involved_in(self) -> Entity:
        return self.end(self.model.target)


@strawberry.type(description="Family or friendship: person ↔ person. The label says which; it reads the same both ways, or nearly so.")
class Personal(Relationship):
    @strawberry.field(description="The one of the two, where the relationship begins.")
    def person(self) -> Person:
        return self.end(self.model.source)  # type: ignore[return-value]

    @strawberry.field(description="The other of the two, where it leads.")
    def relative(self) -> Person:
        return self.end(self.model.target)  # type: ignore[return-value]


@strawberry.type(description="Anything else between two entities that a source speaks of; the label says what.")
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
