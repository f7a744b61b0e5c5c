"""Agreements and cases: what has parties, was signed or filed, and came to something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from interlock.graph.dates import PartialDate
from interlock.schema.claims import Amount
from interlock.schema.entity import Entity
from interlock.schema.enums import RelationshipKind

if TYPE_CHECKING:
    from interlock.schema.relationships import Party

PartyType = Annotated["Party", strawberry.lazy("interlock.schema.relationships")]


@strawberry.interface(
    description="What has parties: an agreement, a lawsuit or a regulatory action. Whether it is proven, its parties' status says."
)
class Matter(Entity):
    @strawberry.field(description="Who is, or is said to be, party to it, and as what; of every status, by id.")
    def parties(self) -> list[PartyType]:
        from interlock.schema.relationships import to_relationship

        ties = (tie for tie in self.graph.ties(self.model.id) if tie.kind is RelationshipKind.PARTY)
        return [to_relationship(self.graph, tie) for tie in ties]  # type: ignore[misc]

    @strawberry.field(
        description="The largest sum of money that it is about, with its basis; null if none is known. See `amounts` for all."
    )
    def amount(self) -> Amount | None:
        return next(iter(self.amounts_of()), None)

    @strawberry.field(description="All sums of money that it is about, largest first: a price, a fine, damages.")
    def amounts(self) -> list[Amount]:
        return self.amounts_of()

    @strawberry.field(
        description=(
            "What became of it, in our words: settled, annulled, appealed, abandoned. Null if nothing is known, which doesn't mean that it "
            "goes on. Sentences that speak of it say so too."
        )
    )
    def outcome(self) -> str | None:
        return self.model.outcome

    def amounts_of(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    def with_role(self, role: str) -> list[Entity]:
        """The entities that are party to it in this role."""
        from interlock.schema.entities import to_entity

        ties = (tie for tie in self.graph.ties(self.model.id) if tie.kind is RelationshipKind.PARTY and tie.role == role)
        return [to_entity(self.graph, self.graph.entities[source]) for source in dict.fromkeys(tie.source for tie in ties)]


@strawberry.type(
    description=(
        "A contract, partnership or deal between two or more. That it stands here doesn't mean that it is proven to exist: look at the "
        "status of its `parties`."
    )
)
class Agreement(Matter, Entity):
    @strawberry.field(description="When it was signed, as far as is known.")
    def signed(self) -> PartialDate | None:
        return self.model.signed

    @strawberry.field(description="When the deal was carried out; null if it wasn't, or if that isn't known.")
    def closed(self) -> PartialDate | None:
        return self.model.closed

    @strawberry.field(description="When the deal was called off; null if it wasn't, or if that isn't known.")
    def abandoned(self) -> PartialDate | None:
        return self.model.abandoned

    @strawberry.field(description="Those of its parties that signed it, by the id of their relationship to it; others have other roles.")
    def signatories(self) -> list[Entity]:
        return self.with_role("signatory")


@strawberry.interface(description="A matter before a court or an authority, with a number and the dates between which it was open.")
class Case(Matter):
    @strawberry.field(description="The number under which the court or authority keeps it: `3:20-cv-08570`; null if it isn't known.")
    def docket_number(self) -> str | None:
        return self.model.case_number

    @strawberry.field(description="When it was filed or opened, as far as is known.")
    def filed(self) -> PartialDate | None:
        return self.model.filed

    @strawberry.field(description="When it was closed; null if it goes on, or if that isn't known.")
    def closed(self) -> PartialDate | None:
        return self.model.closed


@strawberry.type(
    description="A case before a court. What a plaintiff says in it is ALLEGED until a court finds so; what became of it, `outcome` says."
)
class Lawsuit(Case, Matter, Entity):
    @strawberry.field(description="The court before which it was brought: `N.D. Cal.`; null if it isn't known.")
    def court(self) -> str | None:
        return self.model.court

    @strawberry.field(description="Who sued: those of its parties whose role is plaintiff. Others may have joined in other roles.")
    def plaintiffs(self) -> list[Entity]:
        return self.with_role("plaintiff")

    @strawberry.field(description="Who was sued: those of its parties whose role is defendant.")
    def defendants(self) -> list[Entity]:
        return self.with_role("defendant")


@strawberry.type(description="An investigation, decision, order or fine by an authority; what is still under appeal, `outcome` says.")
class RegulatoryAction(Case, Matter, Entity):
    @strawberry.field(description="The authority that acts; null if it isn't among the parties. If several act together, the first by id.")
    def regulator(self) -> Entity | None:
        return next(iter(self.with_role("regulator")), None)

    @strawberry.field(description="Against whom it is directed: those of its parties whose role is respondent.")
    def respondents(self) -> list[Entity]:
        return self.with_role("respondent")
