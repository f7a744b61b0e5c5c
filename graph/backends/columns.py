"""Columns whose relationships are fetched from a backend when they are asked for, and kept for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np

from interlock.graph.arrays import Arrays, Int32, Int64
from interlock.graph.backends.bridge import Bridge
from interlock.graph.backends.kept import Kept
from interlock.graph.backends.protocol import Backend, Halves
from interlock.graph.columns import Columns
from interlock.graph.errors import BadInput
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Heap, Numbers
from interlock.graph.kernels import numbers
from interlock.graph.model import Claim, Relationship, RelationshipKind, Status

_RECORDS: Final = 65_536
"""How many relationships are kept."""
_HALVES: Final = 4096
"""Of how many entities the relationships are kept, and seats apart from them."""
_AHEAD: Final = 100
"""How many relationships are fetched at once of a list that is gone through."""
EVERY: Final = RelationshipFilter(min_status=Status.RETRACTED)
"""Leaves nothing out."""
_SEATS: Final = RelationshipFilter(kinds=frozenset({RelationshipKind.BOARD_SEAT}), min_status=Status.RETRACTED)
_FIELDS: Final = tuple(field.name for field in fields(Relationship) if field.name not in ("source", "target", "claims"))


class RemoteColumns(Columns):
    """Entities, names and sources are read in the directory; relationships have the numbers that the backend knows them by.

    What is about all relationships at once can't be answered: it raises ``BadInput``.
    """

    def __init__(self, backend: Backend, bridge: Bridge) -> None:
        super().__init__(backend.directory)
        self.backend, self._run = backend, bridge.run
        self.relationship_ids = _RelationshipIds(self)
        self.relationship_at: Callable[[int], Relationship] = self._record
        self._numbers: dict[str, int] = {}  # of what was looked up lately
        self._records: Kept[Relationship] = Kept(_RECORDS, self._lookup)
        self._halves = Kept(_HALVES, lambda entities: self._fetch(entities, EVERY))
        self._seats_of = Kept(_HALVES, lambda companies: self._fetch(companies, _SEATS, forward=False))
        self._seats_by = Kept(_HALVES, lambda people: self._fetch(people, _SEATS, forward=True))

    @property
    def arrays(self) -> Arrays:
        raise _elsewhere()

    def expect(self, ties: Iterable[int] = (), seats_of: Iterable[int] = (), seats_by: Iterable[int] = ()) -> None:
        self._records.get(ties)
        self._seats_of.get(seats_of)
        self._seats_by.get(seats_by)

    def relationships(self, numbers: Iterable[int]) -> Iterator[Relationship]:
        wanted = list(numbers)
        for start in range(0, len(wanted), _AHEAD):
            part = wanted[start : start + _AHEAD]
            found = self._records.get(part)
            yield from (found[tie] for tie in part)

    def ends(self, tie: int) -> tuple[int, int]:
        found = self._record(tie)
        return self.find_entity(found.source), self.find_entity(found.target)

    def ends_of(self, ties: Numbers) -> tuple[Int32, Int32]:
        found, number = self._records.get(ties.tolist()), self.find_entity
        ends = [(number(found[tie].source), number(found[tie].target)) for tie in ties.tolist()]
        sources, targets = np.array(ends, np.int32).reshape(-1, 2).T
        return sources, targets

    def sources_of(self, ties: Numbers) -> Int32:
        said = {claim.source for tie in self._records.get(ties.tolist()).values() for claim in tie.claims}
        found = (self.source_ids.find(source) for source in said)
        return np.array(sorted(number for number in found if number >= 0), np.int32)

    def claims_on(self, ties: Numbers) -> int:
        return sum(len(tie.claims) for tie in self._records.get(ties.tolist()).values())

    def seated_at(self, ties: Numbers) -> set[int]:
        seats = (tie for tie in self._records.get(ties.tolist()).values() if tie.kind is RelationshipKind.BOARD_SEAT)
        return {self.find_entity(seat.target) for seat in seats}

    def half_edges(self, entity: int, against: bool) -> dict[int, list[int]]:
        halves = self._halves[entity]
        return dict(sorted(self._by_head(halves.where(halves.word >> numbers.AGAINST_SHIFT & 1 == against)).items()))

    def ties_of(self, entity: int) -> list[int]:
        return self.ordered(self._halves[entity].tie)

    def neighbours_of(self, entity: int) -> dict[int, list[int]]:
        return self._by_head(self._halves[entity])

    def between(self, one: int, other: int) -> list[int]:
        halves = self._halves[one]
        return self.ordered(halves.tie[halves.head == other])

    def seats_of(self, company: int) -> list[int]:
        return self.ordered(self._seats_of[company].tie)

    def seats_by(self, person: int) -> list[int]:
        return self.ordered(self._seats_by[person].tie)

    def tie_fields(self, tie: int) -> dict[str, Any]:
        found = self._record(tie)
        return {name: getattr(found, name) for name in _FIELDS}

    def claim(self, id: str) -> Claim | None:
        tie = self._run(self.backend.find_claim(id))
        claims = self._record(tie).claims if tie >= 0 else ()
        return next((claim for claim in reversed(claims) if claim.id == id), None)

    def claim_ids(self) -> Iterator[str]:
        raise _elsewhere()

    def find_relationship(self, id: str) -> int:
        """The number of the relationship of this id; -1 if there is none."""
        known = self._numbers.get(id)
        return self._run(self.backend.find(id)) if known is None else known

    def ordered(self, ties: Int64) -> list[int]:
        """Relationships in the order of their ids, each once."""
        found: list[int] = np.unique(ties).tolist()
        if not self.backend.in_order:
            records = self._records.get(found)
            found.sort(key=lambda tie: records[tie].id)
        return found

    def _by_head(self, halves: Halves) -> dict[int, list[int]]:
        """Whom these lead to → the relationships that do; in the order of the relationships."""
        heads = dict(zip(halves.tie.tolist(), halves.head.tolist(), strict=True))
        found: dict[int, list[int]] = {}
        for tie in self.ordered(halves.tie):
            found.setdefault(heads[tie], []).append(tie)
        return found

    def _record(self, tie: int) -> Relationship:
        return self._records[tie]

    def _lookup(self, ties: Sequence[int]) -> Iterable[Relationship]:
        found = self._run(self.backend.lookup(ties))
        if len(self._numbers) > 2 * _RECORDS:
            self._numbers = {}
        self._numbers |= {tie.id: number for number, tie in zip(ties, found, strict=True)}
        return found

    def _fetch(self, entities: Sequence[int], conditions: RelationshipFilter, forward: bool | None = None) -> Iterator[Halves]:
        wanted = np.array(entities, np.int32)
        found = self._run(self.backend.neighbours(wanted, conditions, forward))
        order = np.argsort(found.tail, kind="stable")
        tails = found.tail[order]
        begins, ends = np.searchsorted(tails, wanted), np.searchsorted(tails, wanted, "right")
        return (found.where(order[begin:end]) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True))


class _RelationshipIds(Heap):
    """The ids of relationships by their numbers, and the other way round."""

    def __init__(self, columns: RemoteColumns) -> None:
        super().__init__(columns.store, "relationship_id", columns.relationship_count)
        self._columns = columns

    def __getitem__(self, number: int) -> bytes:
        return self._columns.relationship_at(number).id.encode()

    def find(self, text: str) -> int:
        return self._columns.find_relationship(text)


def _elsewhere() -> BadInput:
    return BadInput(
        "This is about all relationships at once, and they are read from an engine elsewhere. Ask it of a server that has loaded the data "
        "itself, or run it as a batch."
    )
