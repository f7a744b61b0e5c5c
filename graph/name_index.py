"""Looks names up in the tables of ``interlock.graph.name_tables``, without reading those that are not asked for."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from typing import Any, Final

import numpy as np

from interlock.graph.columns import Columns
from interlock.graph.heap import Bytes, Numbers, hash_of
from interlock.graph.model import Entity
from interlock.graph.name_tables import END, exact_names_of, keys_of, letters, loose_names_of, without_legal_form

_LIKE_ENOUGH: Final = 72.0
"""Likeness in percent below which a name is no suggestion."""
_OF_ONE_WORD: Final = 0.95
"""What the likeness to one word of a name counts, compared with the likeness to all of it."""
_LONGEST: Final = 4
"""Bytes that a letter takes at most."""


class NameIndex:
    """Names by number: those of an entity stand together, in its own order."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._numbers = columns.store.numbers

    @cached_property
    def entity(self) -> Numbers:
        """Whose each name is."""
        return self._numbers("name_entity")

    def first_name_of(self, entity: int) -> int:
        """The number of its name proper; its aliases follow."""
        return int(np.searchsorted(self.entity, np.int32(entity)))

    def by_key(self, reference: str) -> Entity | None:
        """The entity of this id, IRI or identifier, in whatever case; the first if there are several."""
        key = reference.casefold()
        for id in (key, key.removeprefix(self._columns.base.casefold())):
            number = self._columns.find_entity(id)
            if number >= 0:
                return self._columns.entity_at(number)
        return next(iter(self._by_hash("k", key, keys_of)), None)

    def by_exact_name(self, folded: str) -> list[Entity]:
        """The entities that have this name or slug, by id."""
        return self._by_hash("e", folded, exact_names_of)

    def by_loose_name(self, plain: str) -> list[Entity]:
        """The entities that have this name but for its legal form, by id."""
        return self._by_hash("l", plain, loose_names_of)

    def same(self, folded: str, plain: str) -> tuple[Numbers, Numbers]:
        """The names that are this one, and those that are but for their legal form."""
        found: tuple[list[int], list[int]] = [], []
        for entity in self.by_loose_name(plain):
            first = self.first_name_of(self._columns.find_entity(entity.id))
            for number in range(first, first + len(entity.names)):
                name = self._name(number)
                if without_legal_form(name) == plain:
                    found[name != folded].append(number)
        return np.array(found[0], np.int64), np.array(found[1], np.int64)

    def beginning_words(self, folded: str) -> tuple[Numbers, Numbers]:
        """The names in which this text stands at the beginning of a word, and whether that is their own beginning; some maybe twice."""
        key = folded.encode("utf-8", "surrogatepass")
        places = self._places(key, key)
        names = self._names_at(places)
        return names, self._numbers("name.at")[names] == places

    def holding_words(self, words: Sequence[str]) -> Numbers:
        """The names that have all of these words."""
        return reduce(np.intersect1d, map(self._holding, words))

    def like(self, folded: str) -> tuple[Numbers, Numbers]:
        """The names that are spelt like this, and how like: of the whole in any order of words, or of one word to its best fitting word."""
        from rapidfuzz import fuzz

        names = self._near("name", folded, _LIKE_ENOUGH)
        texts = self._texts(names)
        likeness = _likeness(fuzz.ratio, folded, texts)
        if " " in folded:
            likeness = np.maximum(likeness, _likeness(fuzz.token_sort_ratio, folded, texts))
        else:
            of_words = self._like_words(fuzz.ratio, folded)
            names, likeness = np.concatenate([names, of_words[0]]), np.concatenate([likeness, of_words[1]])
        enough = likeness >= _LIKE_ENOUGH
        return names[enough], likeness[enough]

    def _like_words(self, scorer: Any, word: str) -> tuple[Numbers, Numbers]:
        """The names with a word that is spelt like this one."""
        words, first = self._near("word", word, _LIKE_ENOUGH / _OF_ONE_WORD), self._numbers("word_first")
        likeness = _OF_ONE_WORD * _likeness(scorer, word, [self._word(number) for number in words.tolist()])
        enough = likeness >= _LIKE_ENOUGH
        spans = [(int(first[number]), int(first[number + 1])) for number in words[enough].tolist()]
        names = [self._names_at(self._numbers("word")[start:stop]) for start, stop in spans]
        return np.concatenate([np.zeros(0, np.int64), *names]), np.repeat(likeness[enough], [len(each) for each in names])

    def _near(self, what: str, text: str, least: float) -> Numbers:
        """The names or words that may be at least so like: by their lengths, and by the letters that only one of the two has."""
        apart = 1 - least / 100  # at most so many letters left out or put in, for each letter of the two
        sizes = self._numbers(f"{what}_size")
        shortest = math.ceil(len(text) * (1 - apart) / (1 + apart) - 1e-6)
        longest = math.floor(len(text) * (1 + apart) / (1 - apart) + 1e-6)
        near = np.flatnonzero((sizes >= shortest) & (sizes <= longest))
        apart_at_most = (apart * (np.arange(longest + 1) + len(text)) + 1e-6).astype(np.uint16)
        differing = np.zeros(len(near), np.uint16)
        for had, has in zip(self._numbers(f"{what}_letters"), letters([text]), strict=True):
            differing += np.bitwise_count(had[near] ^ has)
            close = differing <= apart_at_most[sizes[near]]
            near, differing = near[close], differing[close]
        return near

    def _by_hash(self, prefix: str, text: str, names: Callable[[Entity], set[str]]) -> list[Entity]:
        hashes, owners = self._numbers("name_hash"), self._numbers("name_owner")
        key = np.uint64(hash_of(prefix + text))
        found = owners[np.searchsorted(hashes, key) : np.searchsorted(hashes, key, "right")]
        entities = map(self._columns.entity_at, dict.fromkeys(found.tolist()))
        return [entity for entity in entities if text in names(entity)]

    def _holding(self, word: str) -> Numbers:
        """The names that have this word, in order."""
        key = word.encode("utf-8", "surrogatepass")
        return np.unique(self._names_at(self._places(key + END, key + b" ")))

    def _places(self, first: bytes, last: bytes) -> Numbers:
        """Where words begin from which on there stands something from ``first`` to ``last``, two texts of one length."""
        heap, table = self._heap, self._numbers("word")

        def read(place: int) -> bytes:
            return heap.read(place, place + len(first))

        words = table.data
        return table[bisect_left(words, first, key=read) : bisect_right(words, last, key=read)]

    def _names_at(self, places: Numbers) -> Numbers:
        """The names in which these places of the heap lie."""
        return np.searchsorted(self._numbers("name.at"), places, "right") - 1

    def _word(self, number: int) -> str:
        place = int(self._numbers("word")[self._numbers("word_first")[number]])
        rest = self._heap.read(place, place + _LONGEST * int(self._numbers("word_size")[number]) + 1)
        return str(rest.partition(END)[0].partition(b" ")[0], "utf-8", "surrogatepass")

    def _name(self, number: int) -> str:
        return self._texts(np.array([number]))[0]

    def _texts(self, names: Numbers) -> list[str]:
        heap, at = self._heap.whole(), self._numbers("name.at")
        spans = zip(at[names].tolist(), at[names + 1].tolist(), strict=True)
        return [str(heap[start : stop - 1], "utf-8", "surrogatepass") for start, stop in spans]

    @cached_property
    def _heap(self) -> Bytes:
        return self._columns.store.bytes("name")


def _likeness(scorer: Any, text: str, texts: Sequence[str]) -> Numbers:
    """How like each of these texts is to one, in percent."""
    from rapidfuzz import process

    return process.cdist([text], texts, scorer=scorer, dtype=np.float64)[0] if texts else np.zeros(0)
