"""What networkx sees of a graph: read-only mappings in the shapes of its own dicts, over the arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Generic, NoReturn, TypeVar

from networkx import NetworkXError

from interlock.graph.columns import Columns
from interlock.graph.model import Entity

T = TypeVar("T")
_KEPT: Final = 4096
"""Of how many entities the neighbours are kept once looked at."""


class Attributes(dict[str, Any]):
    """The attributes of a node or edge: a dict that can't be changed. Its copies can."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NetworkXError("Frozen graph can't be modified: these are attributes of its records. Take a copy() of the graph")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __deepcopy__(self, memo: object) -> dict[str, Any]:
        return dict(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def node_attributes(entity: Entity) -> Attributes:
    """What networkx is told of an entity."""
    return Attributes(name=entity.name, kind=entity.kind.value, slug=entity.slug, iri=entity.iri)


class _View(Mapping[str, T], Generic[T]):
    """A mapping of which a shallow copy can be had, as of a dict."""

    def copy(self) -> dict[str, T]:
        return dict(self)


class _ByEntity(_View[T]):
    """A mapping by all entities."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return self._columns.entity_count

    def __iter__(self) -> Iterator[str]:
        return map(self._columns.entity_ids.text, range(len(self)))

    def __contains__(self, node: object) -> bool:
        return isinstance(node, str) and self._columns.find_entity(node) >= 0


class Nodes(_ByEntity[Attributes]):
    """Entity id → its attributes; networkx's ``_node``."""

    def __getitem__(self, node: str) -> Attributes:
        return node_attributes(self._columns.entity_at(_number(self._columns, node)))


class Edges(_View[Attributes]):
    """Relationship id → its attributes, of those that lead from one entity to another."""

    def __init__(self, columns: Columns, ties: list[int]) -> None:
        self._columns, self._ties = columns, ties

    def __len__(self) -> int:
        return len(self._ties)

    def __iter__(self) -> Iterator[str]:
        return map(self._columns.relationship_ids.text, self._ties)

    def __getitem__(self, key: str) -> Attributes:
        ids = self._columns.relationship_ids
        for tie in self._ties:
            if ids.text(tie) == key:
                return self._attributes(tie)
        raise KeyError(key)

    def _attributes(self, tie: int) -> Attributes:
        fields = self._columns.tie_fields(tie)
        interval = fields.get("interval")
        return Attributes(
            kind=fields["kind"].value,
            label=fields["label"],
            role=fields.get("role"),
            status=fields["status"].value,
            interval=interval.text if interval else "",
            iri=fields["iri"],
        )


class Around(_View[Edges]):
    """The neighbours of an entity in one direction → the relationships with each."""

    def __init__(self, columns: Columns, entity: int, against: bool) -> None:
        self._columns = columns
        self._ties = columns.half_edges(entity, against)

    def __len__(self) -> int:
        return len(self._ties)

    def __iter__(self) -> Iterator[str]:
        return map(self._columns.entity_ids.text, self._ties)

    def __contains__(self, node: object) -> bool:
        return isinstance(node, str) and self._columns.find_entity(node) in self._ties

    def __getitem__(self, node: str) -> Edges:
        return Edges(self._columns, self._ties[_number(self._columns, node)])


class Adjacency(_ByEntity[Around]):
    """Entity id → its neighbours in one direction; networkx's ``_adj`` and ``_succ``, and ``against`` the relationships ``_pred``."""

    def __init__(self, columns: Columns, against: bool = False) -> None:
        super().__init__(columns)
        self._around = lru_cache(_KEPT)(lambda entity: Around(columns, entity, against))

    def __getitem__(self, node: str) -> Around:
        return self._around(_number(self._columns, node))


def _number(columns: Columns, node: object) -> int:
    """The number of a node. Raises ``KeyError`` if there is none, as a dict would."""
    number = columns.find_entity(node) if isinstance(node, str) else -1
    if number < 0:
        raise KeyError(node)
    return number
