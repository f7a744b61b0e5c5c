"""What began or ended around two actors at about the same time."""

from __future__ import annotations

import strawberry

from interlock.graph import coincidences as model
from interlock.graph.coincidences import coincidence_sentence
from interlock.graph.knowledge import KnowledgeGraph
from interlock.schema.entity import TimelineEntry
from interlock.schema.enums import Certainty, Status


@strawberry.type(
    description=(
        "Two relationships, one of each of two actors, of which something began, ended or happened at about the same time. It compares "
        "dates, and says nothing of what led to what."
    )
)
class Coincidence:
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[model.Coincidence]

    @strawberry.field(description="What began, ended or happened around the actor named by `between`.")
    def one(self) -> TimelineEntry:
        return TimelineEntry.from_model(self.graph, self.model.one)

    @strawberry.field(description="What began, ended or happened around the actor named by `and`.")
    def other(self) -> TimelineEntry:
        return TimelineEntry.from_model(self.graph, self.model.other)

    @strawberry.field(description="How many days the two lie apart at least, whatever days their dates mean.")
    def least_days(self) -> int:
        return self.model.least

    @strawberry.field(description="How many days they lie apart at most; null if a date was only announced, so that there is no limit.")
    def most_days(self) -> int | None:
        return self.model.most

    @strawberry.field(
        description="Do they lie within `withinDays` of one another: CERTAIN, or POSSIBLE if the dates are too coarse to tell?"
    )
    def certainty(self) -> Certainty:
        return self.model.certainty

    @strawberry.field(description="That of the weaker of the two relationships: a coincidence with what is alleged is alleged.")
    def status(self) -> Status:
        return self.model.status

    @strawberry.field(description="In words, to be shown as it is: both relationships, as firmly as they are known, and the days between.")
    def sentence(self) -> str:
        return coincidence_sentence(self.graph, self.model)
