"""How surprising a connection is."""

from __future__ import annotations

import strawberry

from interlock.graph import surprise as model
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.surprise import surprise_sentence
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity


@strawberry.type(
    description=(
        "How close two are beside other pairs of the same kinds in this dataset, which holds what was collected: a small share is a hint "
        "to look closer, and no more."
    )
)
class Surprise:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Surprise]

    @strawberry.field(description="How many hops lie between the two, under the filter; null if no path was found within `maxHops`.")
    def hops(self) -> int | None:
        return self.model.hops

    @strawberry.field(description="What share of the pairs is as close or closer: from 0 to 1; null if no path was found.")
    def share(self) -> float | None:
        return self.model.share

    @strawberry.field(description="The least that the true share is, with 95 % confidence (Wilson); `share` itself if it is exact.")
    def low(self) -> float | None:
        return self.model.bounds[0] if self.model.bounds else None

    @strawberry.field(description="The most that the true share is, with 95 % confidence (Wilson); `share` itself if it is exact.")
    def high(self) -> float | None:
        return self.model.bounds[1] if self.model.bounds else None

    @strawberry.field(description="How many pairs of the same two kinds were looked at, by chance or all.")
    def pairs(self) -> int:
        return self.model.pairs

    @strawberry.field(description="Were all pairs looked at? Otherwise it was a random sample, the same one each time.")
    def exact(self) -> bool:
        return self.model.exact

    @strawberry.field(description="Were as many pairs looked at as were asked for? False if steps or time were used up before.")
    def complete(self) -> bool:
        return self.model.complete

    @strawberry.field(description="Those in between on the shortest path, the one with the greatest `degree` first: who makes it so short.")
    def hubs(self) -> list[Entity]:
        return [to_entity(self.graph, hub) for hub in self.model.hubs]

    @strawberry.field(description="All of it in words with the error of the sample, to be shown as it is.")
    def sentence(self) -> str:
        return surprise_sentence(self.graph, self.model)
