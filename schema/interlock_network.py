"""The network of boards that share directors, or of directors who share boards."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from interlock.graph import interlock_network as network
from interlock.graph.exports.formats import export_path
from interlock.graph.filters import PathFilter
from interlock.graph.ordered import Ordered
from interlock.graph.selection import as_selected, two_mode
from interlock.graph.selection_query import write_filter
from interlock.schema.arguments import PAGE, After, Before, First, Last
from interlock.schema.connections import Connection, span
from interlock.schema.context import Info
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.inputs import given
from interlock.schema.subgraph import ExportFormat


@strawberry.type(description="Two boards that share directors, or two directors who share boards, with how many these are.")
class InterlockTie:
    model: strawberry.Private[network.InterlockNetwork]
    place: strawberry.Private[int]

    @strawberry.field(description="The one of the two; a tie has no direction, and this is the lesser id.")
    def source(self) -> Entity:
        return to_entity(self.model.graph, self.model.graph.entity_at(int(self.model.ties[self.place, 0])))

    @strawberry.field(description="The other one of the two, with the greater id.")
    def target(self) -> Entity:
        return to_entity(self.model.graph, self.model.graph.entity_at(int(self.model.ties[self.place, 1])))

    @strawberry.field(description="How many directors (or boards) they share, surely or possibly at one time.")
    def weight(self) -> int:
        return int(self.model.weight[self.place])

    @strawberry.field(description="Of how many of these that is certain: the known dates leave no doubt.")
    def certain(self) -> int:
        return int(self.model.certain[self.place])


@strawberry.type(description="A one-mode projection of the network of directors and boards: who is linked to whom, and how strongly.")
class InterlockNetwork:
    model: strawberry.Private[network.InterlockNetwork]

    @strawberry.field(description="Who is in it, by id: all that have a seat, or a board with a seat, that counts; isolates too.")
    def nodes(
        self, info: Info, first: First = PAGE, after: After = UNSET, last: Last = UNSET, before: Before = UNSET
    ) -> Connection[Entity]:
        graph = self.model.graph
        return Connection.of(
            Ordered(self.model.nodes),
            lambda number: to_entity(graph, graph.entity_at(number)),
            info.context.cursors(lambda: f"network nodes {self._name}"),
            span(first, given(after), given(last), given(before), PAGE),
        )

    @strawberry.field(description="Who is linked to whom, the strongest first: by weight, then by how many are certain, then by ids.")
    def ties(
        self, info: Info, first: First = PAGE, after: After = UNSET, last: Last = UNSET, before: Before = UNSET
    ) -> Connection[InterlockTie]:
        order = self.model.heaviest_first
        return Connection.of(
            Ordered(range(len(order))),
            lambda place: InterlockTie(model=self.model, place=order[place]),
            info.context.cursors(lambda: f"network ties {self._name}"),
            span(first, given(after), given(last), given(before), PAGE),
        )

    @strawberry.field(description="How many of `nodes` are isolates: linked to nobody, by the seats that count.")
    def isolate_count(self) -> int:
        return len(self.model.isolates)

    @strawberry.field(description="Were all pairs of seats compared? Otherwise `notes` say what was used up.")
    def complete(self) -> bool:
        return self.model.complete

    @strawberry.field(description="What is missing and why, and what was left out without having been asked for; in words, to be shown.")
    def notes(self) -> list[str]:
        return list(self.model.notes)

    @strawberry.field(description="What it is, in words: `Boards that shared directors, as of 2012`.")
    def title(self) -> str:
        return self.model.title

    @strawberry.field(
        description=(
            "Where to get the same as a file, each tie with whom (or what) the two share, when, how surely and by which seats: a path on "
            "this server; resolve it against the URL of this endpoint. Formats for relationships with their claims are refused."
        )
    )
    def export_url(self, format: ExportFormat) -> str | None:
        return export_path(format, as_selected(self.model))

    @strawberry.field(
        description=(
            "Where to get the two-mode network that this is a projection of, as a file: all people and companies with the seats that "
            "count, their dates, claims and sources. A path on this server; resolve it against the URL of this endpoint."
        )
    )
    def seats_export_url(self, format: ExportFormat) -> str:
        return export_path(format, two_mode(self.model))

    @strawberry.field(description="Content hash of the data that answered; the same as `dataset { version }`.")
    def dataset_version(self) -> str:
        return self.model.graph.version

    @property
    def _name(self) -> str:
        return f"{' '.join(sorted(self.model.kinds))}?{write_filter(PathFilter(self.model.conditions))}"
