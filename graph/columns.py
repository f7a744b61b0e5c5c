"""A graph as columns: counted and searched as they are, made into records one by one when they are asked for.

Entities, relationships and sources are numbered in the order of their ids. Besides the names (``interlock.graph.name_tables``) there are

- ``search.…``: the search arrays (``interlock.graph.arrays``);
- ``entity``, ``relationship``, ``source``: heaps of records (``interlock.graph.codec``), with ``…_id`` their ids; ``term`` what they share;
  ``vocabulary`` the statements about terms of the data's own, ``note`` what was merged;
- ``source_end``, ``target_end`` int32: the ends of each relationship;
- ``board``, ``board_company`` int32: boards and their companies, by company; ``change`` int32: the events that changed organizations;
- ``claim_first``: where the claims of each relationship begin among all; of each claim ``claim_source`` int32, its source (-1 if that is
  not in the data), and ``claim_word`` uint8, its stance (1 bit: against) and status (3 bits);
- ``claim_hash`` uint64, sorted, and ``claim_owner`` int32: which relationship the claim of a hashed id is about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any, Final, TypeVar

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES, Arrays, Int8, Int32
from interlock.graph.codec import read_entity, read_relationship, read_source, read_tie
from interlock.graph.errors import DataError, InterlockError, Problem
from interlock.graph.heap import Heap, Numbers, Store, hash_of
from interlock.graph.kernels import numbers
from interlock.graph.model import Claim, Entity, Relationship, RelationshipKind, Source
from interlock.graph.packing import Reader

T = TypeVar("T")
KEPT: Final = 65_536
"""How many records of a kind are kept once made."""
_AGAINST_SHIFT: Final = numbers.AGAINST_SHIFT
_SEAT: Final = RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT)


class Columns:
    """The records of a store by number, and what numbers tell without them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        meta = store.meta
        self.entity_count, self.relationship_count = int(meta["entities"]), int(meta["relationships"])
        self.source_count, self.claim_count = int(meta["sources"]), int(meta["claims"])
        self.latest_day = int(meta["latest_day"])
        self.base = str(meta["base"])
        self.entity_ids = Heap(store, "entity_id", self.entity_count)
        self.relationship_ids = Heap(store, "relationship_id", self.relationship_count)
        self.source_ids = Heap(store, "source_id", self.source_count)
        self._entities = Heap(store, "entity", self.entity_count)
        self._relationships = Heap(store, "relationship", self.relationship_count)
        self._source_records = Heap(store, "source", self.source_count)
        self.vocabulary = Heap(store, "vocabulary", int(meta["vocabulary"]))
        self.notes = Heap(store, "note", int(meta["notes"]))
        self._terms = Heap(store, "term", int(meta["terms"]))
        self.term: Callable[[int], str] = lru_cache(KEPT)(self._terms.text)
        self.entity_id: Callable[[int], str] = lru_cache(KEPT)(self.entity_ids.text)
        self.entity_at: Callable[[int], Entity] = lru_cache(KEPT)(self._entity_at)
        self.relationship_at: Callable[[int], Relationship] = lru_cache(KEPT)(self._relationship_at)
        self.source_at: Callable[[int], Source] = lru_cache(KEPT)(self._source_at)
        self.find_entity: Callable[[str], int] = lru_cache(KEPT)(self.entity_ids.find)

    @cached_property
    def arrays(self) -> Arrays:
        """What the kernels search. They read without looking, so that it is looked here whether all numbers lead somewhere."""
        arrays = Arrays(*(self.store.numbers(f"search.{name}") for name in Arrays._fields))
        if not _sound(arrays, self.entity_count, self.relationship_count):
            raise _damaged("its search arrays lead nowhere")
        return arrays

    @property
    def kind(self) -> Int8:
        """The kind of each entity, as its place among all kinds."""
        return self.store.numbers("search.kind")

    @property
    def degree(self) -> Int32:
        """How many relationships each entity has; for a board, how many seats there were on it."""
        return self.store.numbers("search.degree")

    def relationships(self, numbers: Iterable[int]) -> Iterator[Relationship]:
        """These relationships one after another, of which none is kept: for whoever reads a million of them."""
        return map(self._relationship_at, numbers)

    def entities(self, numbers: Iterable[int]) -> Iterator[Entity]:
        """The same of entities."""
        return map(self._entity_at, numbers)

    def expect(self, ties: Iterable[int] = (), seats_of: Iterable[int] = (), seats_by: Iterable[int] = ()) -> None:
        """What will be asked for next: relationships; seats on the boards of companies, and by people, all by their numbers.

        Columns whose relationships are elsewhere fetch it at once. Here everything is at hand.
        """

    def ends_of(self, ties: Numbers) -> tuple[Int32, Int32]:
        """The sources, and the targets, of these relationships."""
        return self.store.numbers("source_end")[ties], self.store.numbers("target_end")[ties]

    def sources_of(self, ties: Numbers) -> Int32:
        """The sources whose claims are about one of these relationships; in order."""
        first = self.store.numbers("claim_first").astype(np.int64)
        said = self.store.numbers("claim_source")[runs(first[ties], first[ties + 1])]
        return np.unique(said[said >= 0])

    def claims_on(self, ties: Numbers) -> int:
        """How many claims there are about these relationships."""
        first = self.store.numbers("claim_first").astype(np.int64)
        return int((first[ties + 1] - first[ties]).sum())

    def seated_at(self, ties: Numbers) -> set[int]:
        """The companies that those of these relationships which are seats lead to."""
        word = np.zeros(self.relationship_count, np.uint32)
        word[self.arrays.tie] = self.arrays.word
        return set(self.ends_of(ties[word[ties] & 15 == _SEAT])[1].tolist())

    def ends(self, tie: int) -> tuple[int, int]:
        """Source and target of a relationship."""
        return self._sources[tie], self._targets[tie]

    def half_edges(self, entity: int, against: bool) -> dict[int, list[int]]:
        """Whom an entity has relationships with that lead from it (or, ``against``, to it) → those relationships. All in order."""
        return _grouped(*self._around(entity, against))

    def ties_of(self, entity: int) -> list[int]:
        """The relationships of an entity, in either direction, in order."""
        first, last = self._span(entity)
        return list(np.unique(self.arrays.tie[first:last]).tolist())

    def neighbours_of(self, entity: int) -> dict[int, list[int]]:
        """Whom an entity has relationships with → those relationships, in either direction; the neighbours by the first of these."""
        first, last = self._span(entity)
        pairs = zip(self.arrays.head[first:last].tolist(), self.arrays.tie[first:last].tolist(), strict=True)
        found = sorted((tie, head) for head, tie in dict.fromkeys(pairs))
        return _grouped([head for _, head in found], [tie for tie, _ in found])

    def between(self, one: int, other: int) -> list[int]:
        """The relationships of two entities with one another, in either direction, in order."""
        first, last = self._span(one)
        first = bisect_left(self._heads, other, first, last)
        return self._ties[first : bisect_right(self._heads, other, first, last)].tolist()

    def seats_of(self, company: int) -> list[int]:
        """The seats on a company's board, in order."""
        return self._seats(company, from_target=True)

    def seats_by(self, person: int) -> list[int]:
        """The seats that a person held, in order."""
        return self._seats(person, from_target=False)

    def board_of(self, company: int) -> int:
        """The board of a company; -1 if it has none."""
        companies = self.store.numbers("board_company")
        place = int(np.searchsorted(companies, np.int32(company)))
        return int(self.store.numbers("board")[place]) if place < len(companies) and companies[place] == company else -1

    def tie_fields(self, tie: int) -> dict[str, Any]:
        """The fields of a relationship, without its ends and claims."""
        return self._read(self._relationships, tie, lambda reader: read_tie(reader, self.relationship_ids.text(tie)))

    def claim(self, id: str) -> Claim | None:
        """The claim of this id."""
        hashes, owners = self.store.numbers("claim_hash"), self.store.numbers("claim_owner")
        key = np.uint64(hash_of(id))
        for place in range(int(np.searchsorted(hashes, key)), int(np.searchsorted(hashes, key, "right"))):
            for claim in reversed(self.relationship_at(int(owners[place])).claims):
                if claim.id == id:
                    return claim
        return None

    def claim_ids(self) -> Iterator[str]:
        """The ids of all claims, each once, in the order of their relationships."""
        ids = (claim.id for tie in range(self.relationship_count) for claim in self._relationship_at(tie).claims)
        all_differ = self.claim_count == len(self.store.numbers("claim_word"))
        return ids if all_differ else iter(dict.fromkeys(ids))

    def _entity_at(self, number: int) -> Entity:
        return self._read(self._entities, number, lambda reader: read_entity(reader, self.entity_ids.text(number)))

    def _source_at(self, number: int) -> Source:
        return self._read(self._source_records, number, lambda reader: read_source(reader, self.source_ids.text(number)))

    def _relationship_at(self, number: int) -> Relationship:
        def read(reader: Reader) -> Relationship:
            source, target = (self.entity_ids.text(end) for end in self.ends(number))
            return read_relationship(reader, self.relationship_ids.text(number), source, target)

        return self._read(self._relationships, number, read)

    def _read(self, heap: Heap, number: int, read: Callable[[Reader], T]) -> T:
        try:
            return read(Reader(heap[number], self.term, self.base))
        except (LookupError, ValueError, ArithmeticError, TypeError, InterlockError) as error:
            if isinstance(error, DataError):
                raise
            raise _damaged(f"a record can't be read: {error}") from None

    def _seats(self, entity: int, from_target: bool) -> list[int]:
        first, last = self._span(entity)
        word = self.arrays.word[first:last]
        seats = self.arrays.tie[first:last][(word & 15 == _SEAT) & (word >> _AGAINST_SHIFT & 1 == from_target)]
        return list(np.sort(seats).tolist())

    def _span(self, entity: int) -> tuple[int, int]:
        return self._first[entity], self._first[entity + 1]

    def _around(self, entity: int, against: bool) -> tuple[list[int], list[int]]:
        first, last = self._span(entity)
        chosen = self.arrays.word[first:last] >> _AGAINST_SHIFT & 1 == against
        return self.arrays.head[first:last][chosen].tolist(), self.arrays.tie[first:last][chosen].tolist()

    @cached_property
    def _first(self) -> memoryview:
        return self.arrays.first.data

    @cached_property
    def _heads(self) -> memoryview:
        return self.arrays.head.data

    @cached_property
    def _ties(self) -> memoryview:
        return self.arrays.tie.data

    @cached_property
    def _sources(self) -> memoryview:
        return self.store.numbers("source_end").data

    @cached_property
    def _targets(self) -> memoryview:
        return self.store.numbers("target_end").data


def runs(begin: Numbers, end: Numbers) -> Numbers:
    """All numbers from each of these beginnings up to its end."""
    counts = (end - begin).astype(np.int64)
    offsets = np.cumsum(counts) - counts
    return np.repeat(begin - offsets, counts) + np.arange(int(counts.sum()))


def _grouped(keys: list[int], values: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, value in zip(keys, values, strict=True):
        found.setdefault(key, []).append(value)
    return found


def _sound(arrays: Arrays, entities: int, relationships: int) -> bool:
    """Does every number in these arrays lead to something that is there?"""
    first, head, tie, word, bounds, passing, kind, degree, transit = arrays
    halves = 2 * relationships
    return bool(
        len(first) == entities + 1
        and len(passing) == len(kind) == len(degree) == len(transit) == entities
        and len(head) == len(tie) == len(word) == halves
        and len(bounds) == 4 * relationships
        and first[0] == 0
        and first[-1] == halves
        and (np.diff(first) >= 0).all()
        and (not halves or (_within(head, entities) and _within(tie, relationships)))
        and (not halves or int((word >> 4 & 7).max()) < len(STATUSES))
        and (not entities or int(kind.max()) < len(ENTITY_KINDS))
    )


def _within(numbers: Any, count: int) -> bool:
    return bool(numbers.min() >= 0 and numbers.max() < count)


def _damaged(what: str) -> DataError:
    return DataError([Problem("", 0, "", f"The snapshot is damaged: {what}. Build it anew with `interlock build`")])
