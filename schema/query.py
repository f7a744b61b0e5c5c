"""The root of the schema: every resolver calls the engine once, and wraps what it gives."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.question import PathQuestion
from interlock.schema.arguments import After, First, Kinds
from interlock.schema.claims import Claim, Source
from interlock.schema.connections import Connection, Node, connect
from interlock.schema.context import Info
from interlock.schema.dataset import Dataset
from interlock.schema.entities import Entity, to_entity
from interlock.schema.enums import PathRanking, PathSelector
from interlock.schema.inputs import PathFilter, given
from interlock.schema.paths import Answer, PathConnection
from interlock.schema.relationships import to_relationship
from interlock.schema.scalars import EntityRef

MAX_IDS = 100
MAX_HITS = 100


@strawberry.type(description="How are any two connected, when, and who says so?")
class Query:
    @strawberry.field(description="Anything that has an id: an entity, a relationship, a claim or a source; null if there is none.")
    def node(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]) -> Node | None:
        return find_node(info.context.engine, id)

    @strawberry.field(description=f"Several of them, in the order of their ids; at most {MAX_IDS}.")
    def nodes(self, info: Info, ids: Annotated[list[strawberry.ID], strawberry.argument(description="Their ids.")]) -> list[Node | None]:
        if len(ids) > MAX_IDS:
            raise BadInput(f"ids has {len(ids)} ids; at most {MAX_IDS} are looked up at once.")
        return [find_node(info.context.engine, id) for id in ids]

    @strawberry.field(description="The entity that a name, alias, slug, id, IRI or identifier means.")
    def entity(self, info: Info, ref: Annotated[EntityRef, strawberry.argument(description="Whom you mean.")]) -> Entity | None:
        engine = info.context.engine
        return to_entity(engine.graph, engine.entity(ref))

    @strawberry.field(description="All entities, or all of some kinds, by id.")
    def entities(self, info: Info, kinds: Kinds = UNSET, first: First = 20, after: After = UNSET) -> Connection[Entity]:
        graph, page = info.context.engine.graph, 20 if first is None else first
        chosen = graph.entities_of(given(kinds))
        return connect(chosen, lambda e: (e.id,), lambda e: to_entity(graph, e), graph.version, page, given(after))

    @strawberry.field(description="Entities whose names fit a text, best first: whole names, beginnings, words, and near spellings.")
    def search(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="A name, a part of one, or a near spelling.")],
        kinds: Kinds = UNSET,
        first: First = 10,
    ) -> list[SearchHit]:
        limit = 10 if first is None else first
        if not 0 <= limit <= MAX_HITS:
            raise BadInput(f"first is {limit}; it must be between 0 and {MAX_HITS}.")
        engine = info.context.engine
        hits = engine.search(text, kinds or (), limit)
        return [SearchHit(entity=to_entity(engine.graph, hit.entity), score=hit.score, matched=hit.matched) for hit in hits]

    @strawberry.field(
        description=(
            "How two entities are connected. A board as an end asks for a seat on it. Every filter acts inside the search. `k` counts "
            "paths for SHORTEST_K (1 to 100) and lengths for SHORTEST_K_GROUPS; `maxHops` is at most 12. Without `first`, all paths "
            "found come on one page."
        )
    )
    def paths(
        self,
        info: Info,
        start: Annotated[EntityRef, strawberry.argument(name="from", description="The one end.")],
        end: Annotated[EntityRef, strawberry.argument(name="to", description="The other end.")],
        filter: Annotated[PathFilter | None, strawberry.argument(description="Which paths count.")] = UNSET,
        selector: Annotated[PathSelector | None, strawberry.argument(description="Which of them.")] = PathSelector.SHORTEST_K,
        k: Annotated[int | None, strawberry.argument(description="How many paths, or lengths: 1 to 100.")] = 10,
        min_hops: Annotated[int | None, strawberry.argument(description="How many hops at least.")] = 1,
        max_hops: Annotated[int | None, strawberry.argument(description="How many hops at most: up to 12.")] = 6,
        rank_by: Annotated[PathRanking | None, strawberry.argument(description="What comes first.")] = PathRanking.HOPS,
        first: First = UNSET,
        after: After = UNSET,
    ) -> PathConnection | None:
        engine = info.context.engine
        question = PathQuestion(
            start=engine.entity(start),
            end=engine.entity(end),
            filter=(filter or PathFilter()).to_model(engine),
            selector=selector or PathSelector.SHORTEST_K,
            k=10 if k is None else k,
            min_hops=1 if min_hops is None else min_hops,
            max_hops=6 if max_hops is None else max_hops,
            rank_by=rank_by or PathRanking.HOPS,
        )
        return PathConnection.from_model(engine.graph, engine.paths(question), given(first), given(after))

    @strawberry.field(
        description=(
            'A question in plain English: "How is Netflix connected to Meta\'s board in 2015?" It is read by a grammar, not by a model; '
            "`interpretation` says what it was taken to be."
        )
    )
    def ask(self, info: Info, question: Annotated[str, strawberry.argument(description="In plain English.")]) -> Answer | None:
        engine = info.context.engine
        return Answer.from_model(engine.graph, engine.ask(question))

    @strawberry.field(description="The data that answers: its version, its size, its sources.")
    def dataset(self, info: Info) -> Dataset:
        return Dataset.from_model(info.context.engine.graph)


@strawberry.type(description="An entity found by a text.")
class SearchHit:
    entity: Entity = strawberry.field(description="What was found.")
    score: float = strawberry.field(description="How well it fits: 1 is the very name.")
    matched: str = strawberry.field(description="Which of its names fits.")


def find_node(engine: Engine, id: str) -> Node | None:
    """Whatever has this id."""
    graph = engine.graph
    if id in graph.entities:
        return to_entity(graph, graph.entities[id])
    if id in graph.relationships:
        return to_relationship(graph, graph.relationships[id])
    if id in graph.sources:
        return Source.from_model(graph, graph.sources[id])
    return Claim.from_model(graph, graph.claims[id]) if id in graph.claims else None
