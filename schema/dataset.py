"""The data that answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Self

import strawberry
from strawberry import UNSET

from interlock.graph.knowledge import KnowledgeGraph
from interlock.schema.arguments import PAGE, After, Before, First, Last
from interlock.schema.claims import Source
from interlock.schema.connections import Connection, span
from interlock.schema.context import Info
from interlock.schema.inputs import given


@strawberry.type(description="A file that the data was loaded from. What several files describe counts for the first of them.")
class Origin:
    name: str = strawberry.field(description="What the file is called: `companies.ttl`.")
    licence: str | None = strawberry.field(
        description="The licence that it states for itself, as an SPDX identifier where there is one; null if it states none."
    )
    statements: int = strawberry.field(description="How many statements it has.")
    entities: int = strawberry.field(description="How many entities come from it.")
    relationships: int = strawberry.field(description="How many relationships come from it.")
    claims: int = strawberry.field(description="How many claims come from it.")
    sources: int = strawberry.field(description="How many sources come from it.")


@strawberry.type(description="The data that answers: its version, its size, its licence, its sources.")
class Dataset:
    version: str = strawberry.field(
        description="Content hash: the same for the same statements, however they are written. Cursors and cached answers hold as long "
        "as it."
    )
    entities: int = strawberry.field(description="How many entities it has, of all kinds.")
    relationships: int = strawberry.field(description="How many relationships it has, of all kinds and statuses.")
    claims: int = strawberry.field(description="How many claims it has, for and against.")
    loaded_at: str = strawberry.field(description="When this server loaded it, in ISO 8601 and UTC: `2026-03-01T12:00:00+00:00`.")
    licence: str | None = strawberry.field(
        description="SPDX identifier of the licence of its statements: `CC0-1.0`; null if none is stated, or if the files that it comes "
        "from have several: see `origins`."
    )
    origins: list[Origin] = strawberry.field(description="The files that it was loaded from, in the order in which they were read.")
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
            origins=[Origin(**asdict(origin)) for origin in graph.provenance.origins],
            graph=graph,
        )

    @strawberry.field(description="Every source whose claims it holds, by id.")
    def sources(
        self, info: Info, first: First = PAGE, after: After = UNSET, last: Last = UNSET, before: Before = UNSET
    ) -> Connection[Source]:
        return Connection.of(
            info.context.engine.lists.sources(),
            lambda number: Source.from_model(self.graph, self.graph.columns.source_at(number)),
            info.context.cursors(lambda: "sources"),
            span(first, given(after), given(last), given(before), PAGE),
        )
