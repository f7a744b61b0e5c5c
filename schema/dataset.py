"""The data that answers."""

from __future__ import annotations

from typing import Self

import strawberry
from strawberry import UNSET

from interlock.graph.knowledge import KnowledgeGraph
from interlock.schema.arguments import After, First
from interlock.schema.claims import Source
from interlock.schema.connections import Connection, connect
from interlock.schema.inputs import given


@strawberry.type(description="The data that answers: its version, its size, its sources.")
class Dataset:
    version: str = strawberry.field(description="Content hash: the same for the same statements, however they are written.")
    entities: int = strawberry.field(description="How many entities it has.")
    relationships: int = strawberry.field(description="How many relationships it has.")
    claims: int = strawberry.field(description="How many claims it has.")
    loaded_at: str = strawberry.field(description="When this server loaded it: ISO 8601, UTC.")
    licence: str | None = strawberry.field(description="SPDX identifier of its licence; null if none is stated.")
    graph: strawberry.Private[KnowledgeGraph]

    @classmethod
    def from_model(cls, graph: KnowledgeGraph) -> Self:
        return cls(
            version=graph.version,
            entities=len(graph.entities),
            relationships=len(graph.relationships),
            claims=len(graph.claims),
            loaded_at=graph.loaded_at,
            licence=graph.licence,
            graph=graph,
        )

    @strawberry.field(description="Every source, by id.")
    def sources(self, first: First = 20, after: After = UNSET) -> Connection[Source]:
        graph = self.graph
        sources = sorted(graph.sources.values(), key=lambda source: source.id)
        page = 20 if first is None else first
        return connect(sources, lambda s: (s.id,), lambda s: Source.from_model(graph, s), graph.version, page, given(after))
