"""The root of the schema: every resolver calls the engine once, and wraps what it gives."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry
from strawberry import UNSET

from interlock.graph.engine import MAX_TEXT, Engine
from interlock.graph.errors import BadInput
from interlock.graph.question import MAX_HOPS, MAX_K, PathQuestion
from interlock.graph.selection import Parameters, select
from interlock.schema.arguments import PAGE, After, Before, First, Kinds, Last, MaxHops
from interlock.schema.claims import Claim, Source
from interlock.schema.connections import Connection, Node, span
from interlock.schema.context import Info
from interlock.schema.dataset import Dataset
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.enums import PathRanking, PathSelector
from interlock.schema.inputs import PathFilter, given
from interlock.schema.insights import Insights
from interlock.schema.paths import Answer, PathConnection
from interlock.schema.relationships import to_relationship
from interlock.schema.scalars import EntityRef
from interlock.schema.structure import Structure
from interlock.schema.subgraph import MAX_NODES, MAX_STARTS, Subgraph, in_range

MAX_IDS: Final = 100
MAX_HITS: Final = 100


@strawberry.type(
    description=(
        "How are any two connected, when, and who says so? Begin with `search`, `entity` or `ask`, look at `paths` and `neighborhood`. A "
        "field that fails is null, with an error whose `extensions.code` says why, and its neighbours are answered. Only `nodes`, "
        "`entities`, `search` and `dataset` are never null: where one of them is refused, there are no data."
    )
)
class Query(Insights, Structure):
    @strawberry.field(
        description="Anything that has an id: an entity, a relationship, a claim or a source; null if there is none of this id. For Relay."
    )
    def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="An `id` of an earlier answer.")]
    ) -> Node | None:
        return find_node(info.context.engine, id)

    @strawberry.field(
        description=f"Several things that have ids, in the order of these; null for each id that is unknown. At most {MAX_IDS}."
    )
    def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description=f"Ids of earlier answers, at most {MAX_IDS}.")],
    ) -> list[Node | None]:
        if len(ids) > MAX_IDS:
            raise BadInput(f"ids has {len(ids)} ids; at most {MAX_IDS} are looked up at once.")
        return [find_node(info.context.engine, id) for id in ids]

    @strawberry.field(
        description=(
            'The one entity that a name, alias, slug, id, IRI or identifier means: `entity(ref: "facebook") { name }` tells of Meta. Fails '
            "with UNKNOWN_ENTITY or AMBIGUOUS_ENTITY; to look for a part of a name, use `search`."
        )
    )
    def entity(self, info: Info, ref: Annotated[EntityRef, strawberry.argument(description="Whom or what you mean.")]) -> Entity | None:
        engine = info.context.engine
        return to_entity(engine.graph, engine.entity(ref))

    @strawberry.field(description="All entities, or all of some kinds, by id. A page of a million costs no more than a page of ten.")
    def entities(
        self, info: Info, kinds: Kinds = UNSET, first: First = PAGE, after: After = UNSET, last: Last = UNSET, before: Before = UNSET
    ) -> Connection[Entity]:
        engine, chosen = info.context.engine, given(kinds)
        return Connection.of(
            engine.lists.entities(chosen),
            lambda number: to_entity(engine.graph, engine.graph.entity_at(number)),
            info.context.cursors(lambda: f"entities {'all' if chosen is None else ' '.join(sorted(set(chosen)))}"),
            span(first, given(after), given(last), given(before), PAGE),
        )

    @strawberry.field(
        description=(
            "Entities whose names fit a text, best first: whole names, then beginnings, words within, and near spellings. For a field with "
            "suggestions as one types."
        )
    )
    def search(
        self,
        info: Info,
        text: Annotated[
            str, strawberry.argument(description=f"A name, a part of one, or a near spelling: `netflicks`. At most {MAX_TEXT} characters.")
        ],
        kinds: Kinds = UNSET,
        first: Annotated[int | None, strawberry.argument(description=f"How many at most: 0 to {MAX_HITS}.")] = 10,
    ) -> list[SearchHit]:
        engine = info.context.engine
        hits = engine.search(text, given(kinds), in_range("first", first, 0, MAX_HITS, 10))
        return [SearchHit(entity=to_entity(engine.graph, hit.entity), score=hit.score, matched=hit.matched) for hit in hits]

    @strawberry.field(
        description=(
            "How two entities are connected: paths in their order, with dates, status and sources. A board as an end asks for a seat "
            "on it. "
            "Every filter acts inside the search. Null with an error if a name or an argument is refused; if there is no path, `noPath` "
            "says what would bring one."
        )
    )
    def paths(
        self,
        info: Info,
        start: Annotated[EntityRef, strawberry.argument(name="from", description="The one end: `Netflix`. Paths are told from here.")],
        end: Annotated[
            EntityRef, strawberry.argument(name="to", description="The other end: `Meta's board`. The same as `from` is SAME_ENTITY.")
        ],
        filter: Annotated[
            PathFilter | None,
            strawberry.argument(description="Which paths count; without, all but those by what was dismissed or retracted."),
        ] = UNSET,
        selector: Annotated[
            PathSelector | None, strawberry.argument(description="Which of the paths that count are asked for.")
        ] = PathSelector.SHORTEST_K,
        k: Annotated[
            int | None,
            strawberry.argument(description=f"How many paths, for SHORTEST_K, or lengths, for SHORTEST_K_GROUPS: 1 to {MAX_K}."),
        ] = 10,
        min_hops: Annotated[int | None, strawberry.argument(description="How many hops a path has at least: 1 to `maxHops`.")] = 1,
        max_hops: MaxHops = 6,
        rank_by: Annotated[
            PathRanking | None, strawberry.argument(description="What comes first: the shortest, or what tells most.")
        ] = PathRanking.HOPS,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
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
        answer = engine.paths(question)
        info.context.volatile |= answer.cut_short
        asked = span(given(first), given(after), given(last), given(before), None)
        return PathConnection.from_model(info.context, answer, asked)

    @strawberry.field(
        description=(
            'A question in plain English: "How is Netflix connected to Meta\'s board in 2015?" It is read by a grammar, not by a model; '
            "`interpretation` says what it was taken to be. What is not understood is an answer that says so; a name that is unknown or "
            "ambiguous is an error."
        )
    )
    def ask(
        self,
        info: Info,
        question: Annotated[
            str,
            strawberry.argument(
                description=f"At most {MAX_TEXT} characters, about two names, with conditions such as `in 2015` at the end."
            ),
        ],
    ) -> Answer | None:
        engine = info.context.engine
        asked = engine.ask(question)
        info.context.volatile |= asked.answer is not None and asked.answer.cut_short
        return Answer.from_model(engine.graph, asked)

    @strawberry.field(
        description=(
            "What is near some entities, and how all that is related: a part of the graph, to be drawn as a map or taken away as a file. "
            "Whom the filter doesn't let pass (`avoid`, `entityKinds`, `excludeEntityKinds`, `maxTransitDegree`) isn't in it at all, "
            "unless "
            "asked for; `mustPass` and `heldTogether` are conditions on whole paths, and refused."
        )
    )
    def neighborhood(
        self,
        info: Info,
        of: Annotated[
            list[EntityRef],
            strawberry.argument(description=f"Around whom: 1 to {MAX_STARTS} of them. What is near any of them belongs to it."),
        ],
        hops: Annotated[int | None, strawberry.argument(description=f"Within how many hops of one of them: 1 to {MAX_HOPS}.")] = 1,
        filter: Annotated[
            PathFilter | None,
            strawberry.argument(
                description="Which relationships count and whom to pass; without, all but what was dismissed or retracted."
            ),
        ] = UNSET,
        limit: Annotated[
            int | None,
            strawberry.argument(
                description=f"How many entities at most: 1 to {MAX_NODES}. The nearest are kept, then those with the lesser ids; if "
                "any are "
                "left out, `complete` is false."
            ),
        ] = 200,
    ) -> Subgraph | None:
        engine = info.context.engine
        in_range("The number of entities named by of", len(of), 1, MAX_STARTS, 1)
        parameters = Parameters(
            of=tuple(dict.fromkeys(engine.entity(reference).id for reference in of)),
            hops=1 if hops is None else hops,
            filter=(filter or PathFilter()).to_model(engine),
            limit=in_range("limit", limit, 1, MAX_NODES, 200),
        )
        selection = select(engine, parameters)
        info.context.volatile |= selection.stopped
        return Subgraph(graph=engine.graph, selection=selection)

    @strawberry.field(description="The data that answers: its version, its size, its licence, its sources.")
    def dataset(self, info: Info) -> Dataset:
        return Dataset.from_model(info.context.engine.graph)


@strawberry.type(description="An entity found by a text, and how well it fits.")
class SearchHit:
    entity: Entity = strawberry.field(description="The entity that was found; each comes once.")
    score: float = strawberry.field(description="How well it fits, from 0 to 1: 1 is the very name, 0.9 the beginning of one.")
    matched: str = strawberry.field(description="Which of its names fits the text best: an alias, often.")


def find_node(engine: Engine, id: str) -> Node | None:
    """Whatever has this id, or had it before it was merged."""
    graph = engine.graph
    if id in graph.entities:
        return to_entity(graph, graph.entities[id])
    if id in graph.relationships:
        return to_relationship(graph, graph.relationships[id])
    if id in graph.sources:
        return Source.from_model(graph, graph.sources[id])
    if id in graph.claims:
        return Claim.from_model(graph, graph.claims[id])
    merged = engine.names.formerly(id)
    return to_entity(graph, merged) if merged else None
