"""How two are connected at several dates."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from interlock.graph.dates import PartialDate
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.over_time import DatedPaths as DatedModel
from interlock.graph.over_time import LinkChange as ChangeModel
from interlock.graph.over_time import change_sentence
from interlock.graph.words import answer_sentence
from interlock.schema.arguments import After, Before, First, Last
from interlock.schema.connections import span
from interlock.schema.context import Info
from interlock.schema.enums import Certainty
from interlock.schema.inputs import given
from interlock.schema.paths import PathConnection
from interlock.schema.relationships import Relationship, to_relationship


@strawberry.type(description="A relationship of which its dates tell something else at one date than at the date before it in the list.")
class LinkChange:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[ChangeModel]

    @strawberry.field(description="The relationship, which is on a path of at least one of the dates.")
    def relationship(self) -> Relationship:
        return to_relationship(self.graph, self.model.tie)

    @strawberry.field(description="Did it hold at the date before, by its dates: surely, possibly, or not?")
    def before(self) -> Certainty:
        return self.model.before

    @strawberry.field(description="Did it hold at this date, by its dates: surely, possibly, or not?")
    def after(self) -> Certainty:
        return self.model.after

    @strawberry.field(description="In words, to be shown as it is: what its dates say at both, and how firmly it is known.")
    def sentence(self) -> str:
        return change_sentence(self.graph, self.model)


@strawberry.type(description="How two are connected as of one date, and what has changed since the date before it in the list.")
class DatedPaths:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[DatedModel]

    @strawberry.field(description="The date, as it was asked for.")
    def date(self) -> PartialDate:
        return self.model.date

    @strawberry.field(description="The paths as of this date, as `paths` with `asOf` would give them.")
    def paths(self, info: Info, first: First = UNSET, after: After = UNSET, last: Last = UNSET, before: Before = UNSET) -> PathConnection:
        asked = span(given(first), given(after), given(last), given(before), None)
        return PathConnection.from_model(info.context, self.model.answer, asked)

    @strawberry.field(description="The answer as of this date in words: the first path, or why there is none.")
    def sentence(self) -> str:
        return answer_sentence(self.graph, self.model.answer)

    @strawberry.field(description="What did not hold at the date before, and surely or possibly does now. Empty for the first date.")
    def opened(self) -> list[LinkChange]:
        return self._changes(self.model.opened)

    @strawberry.field(description="What surely or possibly held at the date before, and does not now. Empty for the first date.")
    def closed(self) -> list[LinkChange]:
        return self._changes(self.model.closed)

    @strawberry.field(description="Relationships that are certain now and were only possible at the date before, or the other way round.")
    def changed(self) -> list[LinkChange]:
        return self._changes(self.model.changed)

    def _changes(self, changes: tuple[ChangeModel, ...]) -> list[LinkChange]:
        return [LinkChange(graph=self.graph, model=change) for change in changes]
