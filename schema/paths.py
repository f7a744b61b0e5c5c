"""Paths and what an answer about them holds."""

from __future__ import annotations

import hashlib
from typing import Self

import strawberry
from strawberry import UNSET

from interlock.graph import question
from interlock.graph.engine import Asked
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.narrate import path_sentence
from interlock.graph.together import Together
from interlock.schema.arguments import After, First
from interlock.schema.claims import Interval, Source
from interlock.schema.connections import Edge, PageInfo, paginate
from interlock.schema.entities import Entity, to_entity
from interlock.schema.enums import Certainty, Status, StopReason, Traversal
from interlock.schema.inputs import given
from interlock.schema.relationships import Relationship, to_relationship


@strawberry.type(description="One step of a path.")
class Hop:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[question.Hop]

    @strawberry.field(name="from", description="Where the step starts.")
    def start(self) -> Entity:
        return to_entity(self.graph, self.model.start)

    @strawberry.field(name="to", description="Where it leads; a board, if that is what was asked for.")
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

    @strawberry.field(description="All of the relationships that join the two and pass the filter, the strongest first.")
    def parallel(self) -> list[Relationship]:
        return [to_relationship(self.graph, tie) for tie in self.model.parallel]

    @strawberry.field(description="Under `asOf` or `during`: did it hold then? Null without.")
    def held_then(self) -> Certainty | None:
        return self.model.held


@strawberry.type(description="Whether all hops of a path held at one time.")
class HeldTogether:
    certainty: Certainty = strawberry.field(description="Surely, possibly, or not.")
    interval: Interval | None = strawberry.field(description="When; null if IMPOSSIBLE.")

    @classmethod
    def from_model(cls, together: Together) -> Self:
        interval = Interval.from_model(together.interval) if together.interval else None
        return cls(certainty=together.certainty, interval=interval)


@strawberry.type(
    description="A sequence of distinct entities, each joined to the next. Two paths never differ only in parallel relationships."
)
class Path:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[question.Path]

    @strawberry.field(description="The same for the same sequence of entities.")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.model.id)

    @strawberry.field(name="from", description="Where it begins.")
    def start(self) -> Entity:
        return to_entity(self.graph, self.model.entities[0])

    @strawberry.field(name="to", description="Where it ends.")
    def end(self) -> Entity:
        return to_entity(self.graph, self.model.entities[-1])

    @strawberry.field(description="How many hops it has.")
    def length(self) -> int:
        return len(self.model.hops)

    @strawberry.field(
        description="How little it tells, in units of one well-sourced hop: hubs, weak status, single sources, old links add."
    )
    def cost(self) -> float:
        return self.model.cost

    @strawberry.field(description="Its steps.")
    def hops(self) -> list[Hop]:
        return [Hop(graph=self.graph, model=hop) for hop in self.model.hops]

    @strawberry.field(description="That of its weakest hop.")
    def status(self) -> Status:
        return self.model.status

    @strawberry.field(description="Did all its hops hold at one time?")
    def held_together(self) -> HeldTogether:
        return HeldTogether.from_model(self.model.held_together)

    @strawberry.field(description="How many independent sources its least supported hop has.")
    def independent_sources(self) -> int:
        return self.model.independent_sources

    @strawberry.field(description="All sources of all its relationships, in the order of the hops.")
    def sources(self) -> list[Source]:
        return [Source.from_model(self.graph, source) for source in self.model.sources]

    @strawberry.field(description="In words, with dates and status.")
    def sentence(self) -> str:
        return path_sentence(self.graph, self.model)


@strawberry.type(description="One condition that, dropped, would connect the two.")
class Relaxation:
    description: str = strawberry.field(description="Which one: `allow ALLEGED`, `without asOf 2024`, `1 more hop`.")
    length: int = strawberry.field(description="How many hops the shortest path then has.")


@strawberry.type(
    description="Why there is no path. It never says that two are not connected; it says within how many hops and under which filter."
)
class NoPath:
    reason: str = strawberry.field(description="In words.")
    within_hops: int = strawberry.field(description="Up to how many hops it was searched.")
    relaxations: list[Relaxation] = strawberry.field(description="What would connect the two, each found by search.")

    @classmethod
    def from_model(cls, found: question.NoPath) -> Self:
        relaxations = [Relaxation(description=way.description, length=way.length) for way in found.relaxations]
        return cls(reason=found.reason, within_hops=found.within_hops, relaxations=relaxations)


@strawberry.type(description="Paths in their order, and whether they are all.")
class PathConnection:
    edges: list[Edge[Path]] = strawberry.field(description="The paths of this page with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page ends.")
    total_count: int = strawberry.field(description="How many paths were found, on all pages.")
    complete: bool = strawberry.field(description="Is nothing missing that was asked for? Otherwise `stoppedBy` says why.")
    stopped_by: StopReason = strawberry.field(description="What ended the search.")
    excluded_by_default: list[str] = strawberry.field(description="What was left out without having been asked for.")
    notes: list[str] = strawberry.field(
        description="What the question was taken to mean, where that isn't what was literally asked: in 2008, Alphabet was Google."
    )
    no_path: NoPath | None = strawberry.field(description="Set when there is none.")
    dataset_version: str = strawberry.field(description="Content hash of the data that answered.")

    @strawberry.field(description="The paths of this page.")
    def nodes(self) -> list[Path]:
        return [edge.node for edge in self.edges]

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, answer: question.PathAnswer, first: int | None = None, after: str | None = None) -> Self:
        places = {path.id: place for place, path in enumerate(answer.paths)}
        edges, info = paginate(
            answer.paths,
            lambda path: (places[path.id],),
            lambda path: Path(graph=graph, model=path),
            f"{graph.version}:{_fingerprint(answer.question)}",
            first,
            after,
        )
        return cls(
            edges=edges,
            page_info=info,
            total_count=len(answer.paths),
            complete=answer.complete,
            stopped_by=answer.stopped_by,
            excluded_by_default=list(answer.question.filter.relationships.excluded_by_default),
            notes=list(answer.notes),
            no_path=NoPath.from_model(answer.no_path) if answer.no_path else None,
            dataset_version=graph.version,
        )


@strawberry.type(description="A question in plain English, what it was taken to be, and its answer.")
class Answer:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[Asked]
    question: str = strawberry.field(description="As it was asked.")
    understood: bool = strawberry.field(description="False if the grammar doesn't know such a question.")
    interpretation: str = strawberry.field(description="What the question was taken to be, or which forms are understood.")
    start: Entity | None = strawberry.field(name="from", description="Who was taken to be the one end.")
    end: Entity | None = strawberry.field(name="to", description="Who was taken to be the other.")
    sentence: str = strawberry.field(description="The answer in words: the first path, or why there is none.")

    @strawberry.field(description="The paths; without `first` all on one page. Null if the question was not understood.")
    def paths(self, first: First = UNSET, after: After = UNSET) -> PathConnection | None:
        answer = self.model.answer
        return PathConnection.from_model(self.graph, answer, given(first), given(after)) if answer else None

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, asked: Asked) -> Self:
        answer = asked.answer
        return cls(
            graph=graph,
            model=asked,
            question=asked.question,
            understood=answer is not None,
            interpretation=asked.interpretation,
            start=to_entity(graph, answer.question.start) if answer else None,
            end=to_entity(graph, answer.question.end) if answer else None,
            sentence=asked.sentence,
        )


def _fingerprint(asked: question.PathQuestion) -> str:
    """Tells one question from another, so that a cursor can't be used with a different one."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:12]
