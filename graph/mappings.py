"""The records of a graph as mappings by id, made when they are asked for; in the order of their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from interlock.graph.columns import Columns
from interlock.graph.heap import Heap
from interlock.graph.model import Claim, Relationship

T = TypeVar("T")


class ById(Mapping[str, T], Generic[T]):
    """Records by their ids: counted and looked up without making any other."""

    def __init__(self, ids: Heap, find: Callable[[str], int], make: Callable[[int], T]) -> None:
        self._ids, self._find, self._make = ids, find, make

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return map(self._ids.text, range(len(self)))

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._find(id) >= 0

    def __getitem__(self, id: str) -> T:
        number = self._find(id)
        if number < 0:
            raise KeyError(id)
        return self._make(number)


class Claims(Mapping[str, Claim]):
    """Every claim by its id; in the order of the relationships that they are about."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return self._columns.claim_count

    def __iter__(self) -> Iterator[str]:
        return self._columns.claim_ids()

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._columns.claim(id) is not None

    def __getitem__(self, id: str) -> Claim:
        claim = self._columns.claim(id)
        if claim is None:
            raise KeyError(id)
        return claim


class Neighbours(Mapping[str, tuple[Relationship, ...]]):
    """Whoever an entity has relationships with, and which; in the order of the first of these."""

    def __init__(self, columns: Columns, entity: int) -> None:
        self._columns = columns
        self._ties = columns.neighbours_of(entity)

    def __len__(self) -> int:
        return len(self._ties)

    def __iter__(self) -> Iterator[str]:
        return map(self._columns.entity_ids.text, self._ties)

    def __getitem__(self, id: str) -> tuple[Relationship, ...]:
        return tuple(map(self._columns.relationship_at, self._ties[self._columns.find_entity(id)]))
