"""Paths and what an answer about them holds."""

from __future__ import annotations

from typing import Self

import strawberry
from strawberry import UNSET

from interlock.graph import question
from interlock.graph.engine import Asked
from interlock.graph.evidence import evidence_sentence, hop_sources, hop_weight, thin_hops, without_allegations
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.narrate import path_sentence
from interlock.graph.ordered import Ordered
from interlock.graph.question import PathAnswer
from interlock.graph.selection import Parameters
from interlock.graph.selection_query import write_query
from interlock.schema.arguments import After, Before, First, Last
from interlock.schema.claims import Source
from interlock.schema.connections import Findings, Span, span
from interlock.schema.context import Context, Info
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.enums import Certainty, Status, Traversal
from interlock.schema.held import HeldTogether
from interlock.schema.inputs import given
from interlock.schema.relationships import Relationship, to_relationship


@strawberry.type(description="One step of a path, from an entity to the next.")
class Hop:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[question.Hop]

    @strawberry.field(name="from", description="Where the step starts: the entity that the step before led to.")
    def start(self) -> Entity:
        return to_entity(self.graph, self.model.start)

    @strawberry.field(
        name="to", description="Where it leads: the next entity; at the end of a path a board, if that is what was asked for."
    )
    def end(self) -> Entity:
        return to_entity(self.graph, self.model.end)

    @strawberry.field(
        description="The strongest of the relationships that join the two and pass the filter; under a date, of those that surely held."
    )
    def relationship(self) -> Relationship:
        return to_relationship(self.graph, self.model.relationship)

    @strawberry.field(description="Does the path take that relationship from its source to its target, or against it?")
    def traversal(self) -> Traversal:
        return Traversal.FORWARD if self.model.forward else Traversal.REVERSE

    @strawberry.field(
        description="All of the relationships that join the two and pass the filter, the strongest first; `relationship` is one of them."
    )
    def parallel(self) -> list[Relationship]:
        return [to_relationship(self.graph, tie) for tie in self.model.parallel]

    @strawberry.field(
        description="Under `asOf` or `during`: did it hold then, surely or possibly? Null without. Paths that surely held come first."
    )
    def held_then(self) -> Certainty | None:
        return self.model.held

    @strawberry.field(
        description=(
            "How many sources support it, by any of `parallel`, that don't repeat one another: of one publisher, or of those derived from "
            "each other, one counts."
        )
    )
    def independent_sources(self) -> int:
        return hop_weight(self.graph.sources, self.model)

    @strawberry.field(description="The sources that support it, by any of `parallel`, by id; some of them may repeat one another.")
    def sources(self) -> list[Source]:
        return [Source.from_model(self.graph, source) for source in hop_sources(self.graph.sources, self.model)]


@strawberry.type(description="Hops that follow one another, and what is known of them as a whole.")
class Chain:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[question.Path]

    @strawberry.field(description="How many hops it has, from 1 on.")
    def length(self) -> int:
        return len(self.model.hops)

    @strawberry.field(
        description="How little it tells, in units of one well-sourced hop: hubs, weak status, single sources and old links add to it."
    )
    def cost(self) -> float:
        return self.model.cost

    @strawberry.field(description="Its steps in order, each beginning where the one before it ends.")
    def hops(self) -> list[Hop]:
        return [Hop(graph=self.graph, model=hop) for hop in self.model.hops]

    @strawberry.field(description="That of its weakest hop: a chain is as strong as the least that it rests on.")
    def status(self) -> Status:
        return self.model.status

    @strawberry.field(description="Did all its hops hold at one time, and when?")
    def held_together(self) -> HeldTogether:
        return HeldTogether.from_model(self.model.held_together)

    @strawberry.field(description="How many independent sources its least supported hop has.")
    def independent_sources(self) -> int:
        return self.model.independent_sources

    @strawberry.field(description="All sources of all its relationships, in the order of the hops.")
    def sources(self) -> list[Source]:
        return [Source.from_model(self.graph, source) for source in self.model.sources]

    @strawberry.field(
        description="The hops that rest on one source, or on sources that repeat one another: where to look first, before it is printed."
    )
    def single_source_hops(self) -> list[Hop]:
        return [Hop(graph=self.graph, model=hop) for hop in thin_hops(self.graph.sources, self.model)]

    @strawberry.field(
        description="Its status if no claim counted that only alleges; null if some hop rests on such claims alone. With them: `status`."
    )
    def status_without_allegations(self) -> Status | None:
        return without_allegations(self.graph.sources, self.model)

    @strawberry.field(
        description="What it rests on in words, to be shown as it is: thin hops with their sources, and what allegations add."
    )
    def evidence(self) -> str:
        return evidence_sentence(self.graph, self.model)


@strawberry.type(
    description="A sequence of distinct entities, each joined to the next. Two paths never differ only in parallel relationships."
)
class Path(Chain):
    @strawberry.field(
        description="The same for the same sequence of entities, in every answer. Not for `node(id:)`: ask for a path by its ends."
    )
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.model.id)

    @strawberry.field(name="from", description="Where it begins: the entity named by `from`, or what that was at the time asked about.")
    def start(self) -> Entity:
        return to_entity(self.graph, self.model.entities[0])

    @strawberry.field(name="to", description="Where it ends: the entity named by `to`, or what that was at the time asked about.")
    def end(self) -> Entity:
        return to_entity(self.graph, self.model.entities[-1])

    @strawberry.field(description="The whole path in words, with dates and status, to be shown as it is.")
    def sentence(self) -> str:
        return path_sentence(self.graph, self.model)


@strawberry.type(description="One condition that, dropped or loosened, would connect the two.")
class Relaxation:
    description: str = strawberry.field(description="Which one, in words to be shown: `allow ALLEGED`, `without asOf 2024`, `1 more hop`.")
    length: int = strawberry.field(description="How many hops the shortest path then has.")


@strawberry.type(
    description="Why there is no path. It never says that two are not connected; it says within how many hops and under which filter."
)
class NoPath:
    reason: str = strawberry.field(description="What was looked for and not found, in words, to be shown as it is.")
    within_hops: int = strawberry.field(description="Up to how many hops it was searched; longer paths there may be.")
    relaxations: list[Relaxation] = strawberry.field(
        description="What would connect the two, each for itself and found by a search; empty if no single one would."
    )

    @classmethod
    def from_model(cls, found: question.NoPath) -> Self:
        relaxations = [Relaxation(description=way.description, length=way.length) for way in found.relaxations]
        return cls(reason=found.reason, within_hops=found.within_hops, relaxations=relaxations)


@strawberry.type(description="One page of the paths that were found, in their order, and whether these are all that were asked for.")
class PathConnection(Findings[Path]):
    notes: list[str] = strawberry.field(
        description="What the question was taken to mean, where that isn't what was literally asked: in 2008, Alphabet was Google."
    )
    no_path: NoPath | None = strawberry.field(
        description="Set when there is none, and only then: within what, under which filter, and what would connect the two."
    )

    @classmethod
    def from_model(cls, context: Context, answer: PathAnswer, asked: Span) -> Self:
        graph = context.engine.graph
        return cls.of(
            Ordered(range(len(answer.paths))),
            lambda place: Path(graph=graph, model=answer.paths[place]),
            context.cursors(lambda: f"paths?{write_query(Parameters.asking(answer.question))}"),
            asked,
            complete=answer.complete,
            stopped_by=answer.stopped_by,
            excluded_by_default=list(answer.question.filter.relationships.excluded_by_default),
            notes=list(answer.notes),
            no_path=NoPath.from_model(answer.no_path) if answer.no_path else None,
            dataset_version=graph.version,
        )


@strawberry.type(description="A question in plain English, what it was taken to be, and its answer.")
class Answer:
    question: str = strawberry.field(description="The question as it was asked, to the letter.")
    understood: bool = strawberry.field(description="False if the grammar doesn't know such a question; then there are no paths.")
    interpretation: str = strawberry.field(
        description="What the question was taken to be, to be shown with the answer; or, if it was not understood, which forms are."
    )
    start: Entity | None = strawberry.field(name="from", description="Who was taken to be the one end; null if it was not understood.")
    end: Entity | None = strawberry.field(name="to", description="Who was taken to be the other end; null if it was not understood.")
    sentence: str = strawberry.field(description="The answer in words: the first path with its dates, or why there is none.")
    answer: strawberry.Private[PathAnswer | None]

    @strawberry.field(description="All paths that were found, in their order; null if the question was not understood.")
    def paths(
        self, info: Info, first: First = UNSET, after: After = UNSET, last: Last = UNSET, before: Before = UNSET
    ) -> PathConnection | None:
        asked = span(given(first), given(after), given(last), given(before), None)
        return PathConnection.from_model(info.context, self.answer, asked) if self.answer else None

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, asked: Asked) -> Self:
        answer = asked.answer
        return cls(
            question=asked.question,
            understood=answer is not None,
            interpretation=asked.interpretation,
            start=to_entity(graph, answer.question.start) if answer else None,
            end=to_entity(graph, answer.question.end) if answer else None,
            sentence=asked.sentence,
            answer=answer,
        )
