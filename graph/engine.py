"""All questions in one place: what the GraphQL schema, the command line and the pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Self

from interlock.graph.ask import Understood, not_understood, understand
from interlock.graph.budget import NEVER, Budget, Flag, StopReason
from interlock.graph.errors import BadInput
from interlock.graph.finder import COMPILER
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.lists import Lists, Of, relationships_of
from interlock.graph.model import Entity, EntityKind
from interlock.graph.names import Hit, Names
from interlock.graph.paths import find_paths
from interlock.graph.question import PathAnswer, PathQuestion
from interlock.graph.relax import Find, answer
from interlock.graph.succession import at_that_time
from interlock.graph.words import answer_sentence

MAX_TEXT = 1000
"""How many characters a name or question may have."""
MAX_NAMED = 100
"""How many entities a question may name in one list."""


Watch = Callable[[int, StopReason], None]


@dataclass(frozen=True)
class Limits:
    """How much one question may use: steps of the search, and seconds."""

    steps: int = 50_000_000
    seconds: float = 5.0


@dataclass(frozen=True)
class Asked:
    """A question in words, what it was taken to be, and its answer; None for both if it was not understood."""

    question: str
    interpretation: str
    sentence: str
    answer: PathAnswer | None


class Engine:
    """Answers questions about one loaded graph."""

    def __init__(self, graph: KnowledgeGraph, limits: Limits | None = None, find: Find = find_paths, of: Of = relationships_of) -> None:
        """``find`` searches for paths, and ``of`` lists relationships: other than in memory where the graph is elsewhere."""
        self.graph = graph
        self.names = Names(graph)
        self.lists = Lists(graph, of)
        self._find = find
        self.limits = limits or Limits()
        self.watch: Watch = _nobody
        """Is told of each search for paths how many steps it took, and what ended it; from the thread that searched."""
        self._whole: Budget | None = None

    def within(self, whole: Budget) -> Self:
        """The same engine for one request: all that it searches, however often, ends when this budget does."""
        engine = copy(self)
        engine._whole = whole
        return engine

    def budget(self) -> Budget:
        """What the next search may use."""
        return Budget(self.limits.steps, self.limits.seconds) if self._whole is None else self._whole.part(self.limits.steps)

    @property
    def cancelled(self) -> Flag:
        """A byte that is set when nobody wants the answer any more."""
        return NEVER if self._whole is None else self._whole.cancelled

    def prepare(self) -> None:
        """Begin to compile the kernels in the background: whoever serves many questions profits of them in a small graph too."""
        COMPILER.kernels()

    def entity(self, reference: str) -> Entity:
        """Whom a name, alias, slug, id, IRI or identifier means."""
        return self.names.resolve(_sized(reference))

    def named(self, what: str, references: Sequence[str]) -> list[Entity]:
        """Whom a list of references means; ``what`` says of what they are the list."""
        if len(references) > MAX_NAMED:
            raise BadInput(f"{what} names {len(references)} entities; at most {MAX_NAMED} are taken.")
        return [self.entity(reference) for reference in references]

    def passed(self, what: str, references: Sequence[str]) -> frozenset[str]:
        """The same for those that a path has to pass, or to avoid: their ids."""
        entities = self.named(what, references)
        for entity in entities:
            if entity.kind is EntityKind.BOARD:
                raise BadInput(f"{what} names {entity.name}; a board is never passed through. Name a person on it, or its company.")
        return frozenset(entity.id for entity in entities)

    def search(self, text: str, kinds: Iterable[EntityKind] | None = None, limit: int = 10) -> list[Hit]:
        """Entities whose names fit a text, best first; of all kinds, or of some."""
        return self.names.search(_sized(text), kinds, limit)

    def paths(self, question: PathQuestion, budget: Budget | None = None) -> PathAnswer:
        """The paths that a question asks for; if there are none, what would bring one.

        An end that did not exist at the time asked about stands for what it came out of, and the answer's notes say so. Several searches
        that make up one answer share a budget.
        """
        then, notes = at_that_time(self.graph, question)
        budget = budget or self.budget()
        before = budget.steps
        found = answer(self.graph, then, budget, self._find)
        self.watch(before - budget.steps, found.stopped_by)
        return replace(found, notes=notes, cut_short=budget.overdue)

    def understand(self, text: str) -> Understood | None:
        """What a question in plain English asks for; None if the grammar doesn't know such a question."""
        return understand(_sized(text), self.names)

    def ask(self, text: str) -> Asked:
        """Answer a question in plain English."""
        understood = self.understand(text)
        if understood is None:
            return Asked(text, not_understood(), "The question was not understood.", None)
        found = self.paths(understood.question)
        return Asked(text, " ".join((understood.interpretation, *found.notes)), answer_sentence(self.graph, found), found)


def _nobody(steps: int, stopped_by: StopReason) -> None:
    """Nobody watches."""


def _sized(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise BadInput(f"{text[:40]!r}… has {len(text)} characters; at most {MAX_TEXT} are read.")
    return text
