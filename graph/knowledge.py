"""The loaded graph: a NetworkX multigraph over columns, whose nodes, edges and records are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Self, cast

import networkx as nx

from interlock.graph.arrays import Arrays, Int8, Int32
from interlock.graph.columns import Columns
from interlock.graph.finder import Finder
from interlock.graph.heap import Numbers, Store
from interlock.graph.mappings import ById, Claims, Neighbours
from interlock.graph.masks import source_mask
from interlock.graph.model import Claim, Entity, Records, Relationship, Source
from interlock.graph.origins import Provenance, read_provenance
from interlock.graph.steps import Steps
from interlock.graph.views import Adjacency, Nodes

if TYPE_CHECKING:
    from interlock.graph.budget import Budget
    from interlock.graph.filters import PathFilter, RelationshipFilter

_FILTERS: Final = 16
"""Under how many filters hops are kept."""
_KEPT: Final = 4096
"""Of how many entities the neighbours are kept once looked at."""


class KnowledgeGraph(nx.MultiDiGraph):  # type: ignore[type-arg]
    """People, companies, boards, agreements and cases, and the relationships between them. Read-only.

    A node is an entity's id, with the attributes ``name``, ``kind``, ``slug``, ``iri``. An edge leads from the source of a relationship
    to its target; its key is the relationship's id, its attributes are ``kind``, ``label``, ``role``, ``status``, ``interval`` (EDTF) and
    ``iri``. All else is in the records: ``entities``, ``relationships``, ``sources``, ``claims``, each a mapping by id. Everything comes in
    the order of ids, by which entities and relationships are numbered too (``index``, ``arrays``). It is made of records, or of a store
    that holds them as columns. Copies, subgraphs and views are ordinary ``networkx.MultiDiGraph`` objects.
    """

    at_hand = True
    """Does it take no more than reading memory to look something up?"""
    cut = False
    """Is it a part of a graph, for which the steps or the time were not enough?"""

    def __new__(cls, content: Records | Columns | Store | None = None, version: str = "", licence: str | None = None) -> Self:
        """Without content, an ordinary empty graph: networkx asks the class of a graph for what it makes of that graph."""
        return super().__new__(cls) if content is not None else cast("Self", nx.MultiDiGraph())

    def __init__(self, content: Records | Columns | Store, version: str = "", licence: str | None = None) -> None:
        super().__init__()
        content = _columns_of(content, version, licence) if isinstance(content, Records) else content
        columns = content if isinstance(content, Columns) else Columns(content)
        self.columns: Final = columns
        self.entities: Mapping[str, Entity] = ById(columns.entity_ids, columns.find_entity, columns.entity_at)
        self.relationships: Mapping[str, Relationship] = ById(
            columns.relationship_ids, columns.relationship_ids.find, columns.relationship_at
        )
        self.sources: Mapping[str, Source] = ById(columns.source_ids, columns.source_ids.find, columns.source_at)
        self.claims: Mapping[str, Claim] = Claims(columns)
        self.version: str = columns.store.meta["version"]
        self.licence: str | None = columns.store.meta["licence"]
        self.loaded_at = datetime.now(UTC).isoformat(timespec="seconds")
        self.steps: Callable[[Hashable, bool | None], Steps] = lru_cache(_FILTERS)(lambda relationships, forward: Steps())
        self._around = lru_cache(_KEPT)(lambda entity: Neighbours(columns, entity))
        self._node, self._adj, self._pred = Nodes(columns), Adjacency(columns), Adjacency(columns, against=True)
        nx.freeze(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return KnowledgeGraph, (self.columns.store,)

    @cached_property
    def provenance(self) -> Provenance:
        """The files that it was loaded from, and what in them was not understood."""
        return read_provenance(self.columns.store.meta.get("provenance", {}))

    @property
    def arrays(self) -> Arrays:
        """What searches go over: compressed adjacency, by the numbers of entities and relationships."""
        return self.columns.arrays

    @cached_property
    def finder(self) -> Finder:
        """Searches the arrays for paths."""
        return Finder(self.arrays)

    def source_mask(self, conditions: RelationshipFilter) -> Int8 | None:
        """Which relationships have the sources that a filter asks for, by their numbers; None if that needs no looking."""
        return source_mask(self, conditions)

    @property
    def latest_day(self) -> int:
        """The latest day that a relationship's dates speak of; 0 without any relationship."""
        return self.columns.latest_day

    def around(self, entities: Iterable[str], hops: int, conditions: PathFilter, most: int | None, budget: Budget) -> KnowledgeGraph:
        """A graph that holds all within so many hops of these entities, as far as the filter and ``most`` allow: this one."""
        return self

    def close(self) -> None:
        """Let go of whatever it is read from elsewhere."""

    def expect(self, pairs: Iterable[tuple[int, int]]) -> None:
        """The relationships between these, two by two, will be asked for next: all is at hand (see ``Columns.expect``)."""

    def numbered(self, entities: Int32, ties: Int32) -> tuple[Int32, Numbers]:
        """The numbers that these entities and relationships have in the graph that this one is of: the same."""
        return entities, ties

    def index(self, entity: str) -> int:
        """The number of an entity. Raises ``KeyError`` if there is none of this id."""
        number = self.columns.find_entity(entity)
        if number < 0:
            raise KeyError(entity)
        return number

    def id_of(self, index: int) -> str:
        """The id of the entity of this number."""
        return self.columns.entity_id(index)

    def entity_at(self, index: int) -> Entity:
        """The entity of this number."""
        return self.columns.entity_at(index)

    def relationship_at(self, index: int) -> Relationship:
        """The relationship of this number."""
        return self.columns.relationship_at(index)

    def copy(self, as_view: bool = False) -> nx.MultiDiGraph[str]:  # type: ignore[override]
        """An ordinary, changeable ``MultiDiGraph`` with the same nodes, edges and attributes."""
        plain: nx.MultiDiGraph[str] = nx.MultiDiGraph(self)
        return plain.copy(as_view=True) if as_view else plain

    def to_directed_class(self) -> type[nx.MultiDiGraph[str]]:
        return nx.MultiDiGraph

    def number_of_edges(self, u: str | None = None, v: str | None = None) -> int:
        """How many relationships there are; of two entities, how many lead from the one to the other."""
        return self.columns.relationship_count if u is None else super().number_of_edges(u, v)

    def size(self, weight: str | None = None) -> Any:
        """How many relationships there are; with ``weight``, the sum of that attribute."""
        return self.columns.relationship_count if weight is None else super().size(weight)

    def ties(self, entity: str) -> Iterator[Relationship]:
        """All relationships of an entity, in either direction, in the order of their ids."""
        number = self.columns.find_entity(entity)
        return map(self.columns.relationship_at, self.columns.ties_of(number) if number >= 0 else ())

    def neighbours(self, entity: str) -> Mapping[str, tuple[Relationship, ...]]:
        """Whoever an entity has relationships with, and which."""
        number = self.columns.find_entity(entity)
        return self._around(number) if number >= 0 else {}

    def between(self, one: str, other: str) -> list[Relationship]:
        """The relationships of two entities with one another, in either direction, in the order of their ids."""
        return list(map(self.columns.relationship_at, self.columns.between(self.index(one), self.index(other))))

    def relationship_count(self, entity: str) -> int:
        """How many relationships an entity has; for a board, how many seats there were on it."""
        number = self.columns.find_entity(entity)
        return int(self.columns.degree[number]) if number >= 0 else 0

    def board_of(self, company: str) -> Entity | None:
        """The board of a company."""
        number = self.columns.find_entity(company)
        board = self.columns.board_of(number) if number >= 0 else -1
        return self.columns.entity_at(board) if board >= 0 else None

    def company_of(self, board: Entity) -> Entity:
        """The company whose board this is."""
        assert board.unit_of is not None
        return self.entities[board.unit_of]

    def seats(self, company: str) -> tuple[Relationship, ...]:
        """The seats on a company's board, of all times."""
        number = self.columns.find_entity(company)
        return tuple(map(self.columns.relationship_at, self.columns.seats_of(number) if number >= 0 else ()))

    def seats_by(self, person: str) -> tuple[Relationship, ...]:
        """The seats that a person held, of all times."""
        number = self.columns.find_entity(person)
        return tuple(map(self.columns.relationship_at, self.columns.seats_by(number) if number >= 0 else ()))

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """What the data says of roles and other terms of its own, as lines of canonical N-Quads."""
        lines = self.columns.vocabulary
        return tuple(map(lines.text, range(len(lines))))

    @property
    def notes(self) -> tuple[str, ...]:
        """Which entities were made one when the data was loaded, what of them was left out, and which were not, and why."""
        lines = self.columns.notes
        return tuple(map(lines.text, range(len(lines))))

    @cached_property
    def changes(self) -> tuple[Entity, ...]:
        """The events by which one organization became another, or several."""
        return tuple(map(self.columns.entity_at, self.columns.store.numbers("change").tolist()))


def _columns_of(records: Records, version: str, licence: str | None) -> Store:
    from interlock.graph.builder import compiled  # which RDF's vocabulary comes with: not needed to open a snapshot

    return compiled(records, version, licence)
