"""What a connection hangs on."""

from __future__ import annotations

import strawberry

from interlock.graph import fragility as model
from interlock.graph.fragility import fragility_sentence
from interlock.graph.knowledge import KnowledgeGraph
from interlock.schema.claims import Source
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.enums import StopReason
from interlock.schema.relationships import Relationship, to_relationship


@strawberry.type(
    description=(
        "What all paths between two have in common, within the hop limit and under the filter: if that is wrong, there is none. "
        "And how many paths have nothing in common."
    )
)
class Fragility:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Fragility]

    @strawberry.field(description="The relationships that every path takes, where no other one joins the same two and passes the filter.")
    def relationships(self) -> list[Relationship]:
        return [to_relationship(self.graph, tie) for tie in self.model.relationships]

    @strawberry.field(description="The people, companies and so on that every path passes, the ends aside.")
    def entities(self) -> list[Entity]:
        return [to_entity(self.graph, entity) for entity in self.model.entities]

    @strawberry.field(
        description="The sources on which every path rests: without any one of them, some hop of each path would have no source left."
    )
    def sources(self) -> list[Source]:
        return [Source.from_model(self.graph, source) for source in self.model.sources]

    @strawberry.field(description="How many paths there are; if `exact` is false, how many were looked at.")
    def paths(self) -> int:
        return self.model.routes

    @strawberry.field(description="How many of the paths at most have no hop in common, two by two: so many hops have to fall at least.")
    def edge_disjoint(self) -> int:
        return self.model.edge_disjoint

    @strawberry.field(description="How many of the paths at most have nobody in between in common, two by two.")
    def vertex_disjoint(self) -> int:
        return self.model.vertex_disjoint

    @strawberry.field(
        description=(
            "Were all paths looked at, and all choices of disjoint ones tried? Otherwise there are at least so many, and what is critical "
            "is so for the paths that were looked at."
        )
    )
    def exact(self) -> bool:
        return self.model.exact

    @strawberry.field(description="What ended the search for paths of up to `maxHops`: COMPLETE, PATH_LIMIT, STEP_BUDGET or DEADLINE.")
    def stopped_by(self) -> StopReason:
        return self.model.answer.stopped_by

    @strawberry.field(description="All of it in words, to be shown as it is; what is not confirmed is told as that.")
    def sentence(self) -> str:
        return fragility_sentence(self.graph, self.model)
