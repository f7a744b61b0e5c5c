"""Closed chains of relationships through one entity."""

from __future__ import annotations

from typing import Self

import strawberry

from interlock.graph.loop_words import loop_sentence, loops_sentence
from interlock.graph.loops import LoopQuestion, kinds_of, loops
from interlock.graph.ordered import Ordered
from interlock.graph.selection_query import write_filter
from interlock.schema.connections import Findings, Span
from interlock.schema.context import Context
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.enums import RelationshipKind
from interlock.schema.paths import Chain


@strawberry.type(
    description=(
        "A closed chain of three hops or more, from an entity by way of others, each once, back to it. It is told in one of its two "
        "directions. That it closes says nothing of what came of it."
    )
)
class Loop(Chain):
    @strawberry.field(
        description="The same for the same sequence of entities, in every answer. Not for `node(id:)`: ask for a loop by its entity."
    )
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.model.id)

    @strawberry.field(description="All who stand on it, each once: first the one that was asked about, then the others in their order.")
    def entities(self) -> list[Entity]:
        return [to_entity(self.graph, entity) for entity in self.model.entities[:-1]]

    @strawberry.field(description="The kinds of relationship by which its hops can be taken, the parallel ones too.")
    def kinds(self) -> list[RelationshipKind]:
        return list(kinds_of(self.model))

    @strawberry.field(
        description="The whole loop in words, with dates and status, and whether all of it can have held at one time; to be shown as it is."
    )
    def sentence(self) -> str:
        return loop_sentence(self.graph, self.model)


@strawberry.type(
    description="One page of the loops that were found, as paths are ordered: under a date those that surely held first, then the shortest."
)
class LoopConnection(Findings[Loop]):
    notes: list[str] = strawberry.field(
        description="What the question was taken to mean, where that isn't what was literally asked: in 2008, Alphabet was Google."
    )
    sentence: str = strawberry.field(description="The whole answer in a sentence: how many loops there are, and of what length.")

    @classmethod
    def answering(cls, context: Context, asked: LoopQuestion, page: Span) -> Self:
        """The loops that a question asks for."""
        graph = context.engine.graph
        answer = loops(context.engine, asked)
        context.volatile |= answer.cut_short
        return cls.of(
            Ordered(range(len(answer.found))),
            lambda place: Loop(graph=graph, model=answer.found[place]),
            context.cursors(lambda: f"loops {_named(asked)}"),
            page,
            complete=answer.complete,
            stopped_by=answer.stopped_by,
            excluded_by_default=list(asked.filter.relationships.excluded_by_default),
            notes=list(answer.notes),
            sentence=loops_sentence(graph, answer),
            dataset_version=graph.version,
        )


def _named(asked: LoopQuestion) -> str:
    return f"{asked.start.id} {asked.k} {asked.max_hops} {asked.mixed}?{write_filter(asked.filter)}"
