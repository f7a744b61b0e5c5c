"""What is near some entities, as a map shows it."""

from __future__ import annotations

from typing import Annotated, Final, Self

import strawberry

from interlock.graph.errors import BadInput
from interlock.graph.exports.formats import FORMATS, export_path
from interlock.graph.hubs import Hub as HubModel
from interlock.graph.hubs import hubs
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.selection import Selection
from interlock.schema.entities import to_entity
from interlock.schema.entity import Entity
from interlock.schema.relationships import Relationship, to_relationship

MAX_STARTS: Final = 50
"""Around how many entities a neighbourhood may be asked for."""
MAX_NODES: Final = 2_000
"""How many entities a neighbourhood may have; more are to be had as an export."""
MAX_HUBS: Final = 100
ExportFormat = Annotated[str, strawberry.argument(description=f"Which format, one of {', '.join(f'`{name}`' for name in FORMATS)}.")]


def in_range(name: str, value: int | None, least: int, most: int, default: int) -> int:
    """A number that a client gave, or the default; ``BadInput`` if it is out of range."""
    if value is not None and not least <= value <= most:
        raise BadInput(f"{name} is {value}; it must be between {least} and {most}.")
    return default if value is None else value


@strawberry.type(description="An entity on which many relationships of a subgraph meet.")
class Hub:
    entity: Entity = strawberry.field(description="The entity on which they meet.")
    shown: int = strawberry.field(description="How many of its relationships are in the subgraph.")
    hidden: int = strawberry.field(
        description="How many more it has, of all times and statuses, that the filter, `hops` or `limit` left out: a front end's `+12`."
    )

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, hub: HubModel) -> Self:
        return cls(entity=to_entity(graph, hub.entity), shown=hub.shown, hidden=hub.hidden)


@strawberry.type(description="Some entities and the relationships among them, to be drawn as a map or taken away as a file.")
class Subgraph:
    graph: strawberry.Private[KnowledgeGraph]
    selection: strawberry.Private[Selection]

    @strawberry.field(description="The entities: those asked for, then the others, nearest first and then by id.")
    def nodes(self) -> list[Entity]:
        return [to_entity(self.graph, self.graph.entity_at(number)) for number in self.selection.entities.numbers.tolist()]

    @strawberry.field(
        description=(
            "All relationships among the entities that pass the filter, by id, whether or not they lie on a way from those asked for. Both "
            "ends of each are in `nodes`."
        )
    )
    def relationships(self) -> list[Relationship]:
        numbers = self.selection.relationships.numbers.tolist()
        self.graph.columns.expect(numbers)
        return [to_relationship(self.graph, self.graph.relationship_at(number)) for number in numbers]

    @strawberry.field(description="How many entities there are in `nodes`.")
    def node_count(self) -> int:
        return len(self.selection.entities)

    @strawberry.field(description="How many relationships there are in `relationships`.")
    def relationship_count(self) -> int:
        return len(self.selection.relationships)

    @strawberry.field(
        description="The entities on which most of the relationships meet, the greatest first; a map shows their names first."
    )
    def hubs(
        self, first: Annotated[int | None, strawberry.argument(description=f"How many of them at most: 0 to {MAX_HUBS}.")] = 10
    ) -> list[Hub]:
        return [Hub.from_model(self.graph, hub) for hub in hubs(self.graph, self.selection, in_range("first", first, 0, MAX_HUBS, 10))]

    @strawberry.field(description="Is nothing missing that is so near and passes the filter? Otherwise `notes` say why.")
    def complete(self) -> bool:
        return self.selection.complete

    @strawberry.field(description="What is missing and why, and what was left out without having been asked for; in words, to be shown.")
    def notes(self) -> list[str]:
        return list(self.selection.notes)

    @strawberry.field(description="What was chosen, in words: `Meta, and what is within 1 hop of it`.")
    def title(self) -> str:
        return self.selection.title

    @strawberry.field(
        description=(
            "Where to get the same as a file, with all claims and sources: a path on this server, `/export/gexf?of=…`. Resolve it against "
            "the URL of this endpoint."
        )
    )
    def export_url(
        self,
        format: ExportFormat,
    ) -> str:
        return export_path(format, self.selection.parameters)

    @strawberry.field(description="Content hash of the data that answered; the same as `dataset { version }`.")
    def dataset_version(self) -> str:
        return self.graph.version
