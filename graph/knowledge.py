"""The loaded graph: a NetworkX multigraph whose nodes and edges are views of the records behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import networkx as nx

from interlock.graph.convert import Records
from interlock.graph.model import Claim, Entity, EntityKind, Relationship, RelationshipKind, Source


class KnowledgeGraph(nx.MultiDiGraph):  # type: ignore[type-arg]
    """People, companies, boards, agreements and cases, and the relationships between them. Read-only once made.

    A node is an entity's id, with the attributes ``name``, ``kind``, ``slug``, ``iri``. An edge leads from the source of a relationship
    to its target; its key is the relationship's id, its attributes are ``kind``, ``label``, ``role``, ``status``, ``interval`` (EDTF) and
    ``iri``. All else is in the records: ``entities``, ``relationships``, ``sources``, each a mapping by id. Copies are ordinary
    ``networkx.MultiDiGraph`` objects.
    """

    def __init__(self, records: Records | None = None, version: str = "", licence: str | None = None) -> None:
        super().__init__()
        records = records or Records({}, {}, {})
        self.entities: Mapping[str, Entity] = records.entities
        self.relationships: Mapping[str, Relationship] = records.relationships
        self.sources: Mapping[str, Source] = records.sources
        self.version = version
        self.licence = licence
        self.loaded_at = datetime.now(UTC).isoformat(timespec="seconds")
        for entity in records.entities.values():
            self.add_node(entity.id, name=entity.name, kind=entity.kind.value, slug=entity.slug, iri=entity.iri)
        for tie in records.relationships.values():
            self.add_edge(tie.source, tie.target, key=tie.id, **_edge_attributes(tie))
        nx.freeze(self)

    def copy(self, as_view: bool = False) -> nx.MultiDiGraph[str]:  # type: ignore[override]
        """An ordinary, changeable ``MultiDiGraph`` with the same nodes, edges and attributes."""
        plain: nx.MultiDiGraph[str] = nx.MultiDiGraph(self)
        return plain.copy(as_view=True) if as_view else plain

    def to_directed_class(self) -> type[nx.MultiDiGraph[str]]:
        return nx.MultiDiGraph

    def ties(self, entity: str) -> Iterator[Relationship]:
        """All relationships of an entity, in either direction, in the order of their ids."""
        return iter(self._ties.get(entity, ()))

    def neighbours(self, entity: str) -> Mapping[str, tuple[Relationship, ...]]:
        """Whoever an entity has relationships with, and which."""
        return self._neighbours.get(entity, {})

    def relationship_count(self, entity: str) -> int:
        """How many relationships an entity has; for a board, how many seats there were on it."""
        return len(self._ties.get(entity, ())) if entity not in self._boards else len(self.seats(self._boards[entity]))

    def board_of(self, company: str) -> Entity | None:
        """The board of a company."""
        return self._board_by_company.get(company)

    def company_of(self, board: Entity) -> Entity:
        """The company whose board this is."""
        assert board.unit_of is not None
        return self.entities[board.unit_of]

    def seats(self, company: str) -> tuple[Relationship, ...]:
        """The seats on a company's board, of all times."""
        return tuple(tie for tie in self.ties(company) if tie.kind is RelationshipKind.BOARD_SEAT and tie.target == company)

    @cached_property
    def changes(self) -> tuple[Entity, ...]:
        """The events by which one organization became another, or several."""
        return tuple(entity for entity in self.entities.values() if entity.came_from and entity.went_into)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim, by id."""
        return {claim.id: claim for tie in self.relationships.values() for claim in tie.claims}

    @cached_property
    def _boards(self) -> Mapping[str, str]:
        return {entity.id: entity.unit_of for entity in self.entities.values() if entity.kind is EntityKind.BOARD and entity.unit_of}

    @cached_property
    def _board_by_company(self) -> Mapping[str, Entity]:
        return {company: self.entities[board] for board, company in self._boards.items()}

    @cached_property
    def _ties(self) -> Mapping[str, tuple[Relationship, ...]]:
        found: dict[str, list[Relationship]] = defaultdict(list)
        for tie in sorted(self.relationships.values(), key=lambda tie: tie.id):
            found[tie.source].append(tie)
            if tie.target != tie.source:
                found[tie.target].append(tie)
        return {entity: tuple(ties) for entity, ties in found.items()}

    @cached_property
    def _neighbours(self) -> Mapping[str, Mapping[str, tuple[Relationship, ...]]]:
        found: dict[str, dict[str, tuple[Relationship, ...]]] = defaultdict(dict)
        for entity, ties in self._ties.items():
            for tie in ties:
                other = tie.other(entity)
                found[entity][other] = (*found[entity].get(other, ()), tie)
        return found


def _edge_attributes(tie: Relationship) -> dict[str, Any]:
    return {
        "kind": tie.kind.value,
        "label": tie.label,
        "role": tie.role,
        "status": tie.status.value,
        "interval": tie.interval.text,
        "iri": tie.iri,
    }
