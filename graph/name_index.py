"""Looks names up in the tables of ``interlock.graph.name_tables``, without reading those that are not asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, reduce
from typing import Any, Final

import numpy as np
from rapidfuzz import fuzz, process

from interlock.graph.columns import Columns
from interlock.graph.folding import in_order, initials, joined, without_legal_form
from interlock.graph.heap import Bytes, Numbers, hash_of
from interlock.graph.likeness import IN_WORDS
from interlock.graph.model import BOARD_SUFFIX, Entity
from interlock.graph.name_tables import exact_names_of, initials_of, keys_of, loose_names_of
from interlock.graph.name_words import NameWords, near

_LIKE_ENOUGH: Final = 72.0
"""Likeness in percent below which a name is no suggestion."""
_COMPARED: Final = 1_000
"""Names or words that are compared with a text letter by letter: those that may be most like it."""
_SHORT: Final = 3
_LIKE_ENOUGH_IF_SHORT: Final = 66.0
"""The same for a text of so few letters, of which one may be wrong."""


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
        return next(iter(self._by_hash("k", key, keys_of)), None) or self.formerly(reference)

    def formerly(self, id: str) -> Entity | None:
        """The entity into which the one of this id was merged, or its board, if this is the id of a board."""
        for iri in (id, self._columns.base + id):
            for entity in self._by_hash("k", iri.casefold(), keys_of):
                if iri in entity.same_as:
                    return entity
        company = self.formerly(id.removesuffix(BOARD_SUFFIX)) if id.endswith(BOARD_SUFFIX) else None
        board = self._columns.board_of(self._columns.find_entity(company.id)) if company else -1
        return self._columns.entity_at(board) if board >= 0 else None

    def by_exact_name(self, folded: str) -> list[Entity]:
        """The entities that have this name or slug, by id."""
        return self._by_hash("e", folded, exact_names_of)

    def by_loose_name(self, plain: str) -> list[Entity]:
        """The entities that have this name but for its legal form, by id."""
        return self._by_hash("l", plain, loose_names_of)

    def same(self, folded: str, plain: str) -> tuple[Numbers, Numbers]:
        """The names that are this one, and those that are but for their legal form."""
        found: tuple[list[int], list[int]] = [], []
        for number, its_plain in self._plain_names(self.by_loose_name(plain)):
            if its_plain == plain:
                found[self._name(number) != folded].append(number)
        return np.array(found[0], np.int64), np.array(found[1], np.int64)

    def beginning_words(self, folded: str) -> tuple[Numbers, Numbers]:
        """The names in which this text stands at the beginning of a word, and whether that is their own beginning; some maybe twice."""
        key = folded.encode("utf-8", "surrogatepass")
        places = self._words.places(key, key)
        names = self._words.names_at(places)
        return names, self._numbers("name.at")[names] == places

    def holding_words(self, words: Sequence[str]) -> Numbers:
        """The names that have all of these words."""
        return reduce(np.intersect1d, map(self._words.names_holding, words))

    def of_initials(self, folded: str) -> Numbers:
        """The names of three words or more whose initials these are."""
        names = self._plain_names(self._by_hash("i", folded, initials_of))
        return np.array([number for number, plain in names if initials(plain) == folded], np.int64)

    def like(self, folded: str, plain: str) -> tuple[Numbers, Numbers]:
        """The names that are spelt like this text, with and without its legal form, and how like in percent; some several times."""
        kinds = [self._like_whole(folded), self._like_plain(plain)]
        kinds.append(self._words.like_in_words(plain.split(), _LIKE_ENOUGH) if " " in plain else self._like_one_word(plain))
        names, likeness = zip(*kinds, strict=True)
        return np.concatenate(names), np.concatenate(likeness)

    def _like_whole(self, folded: str) -> tuple[Numbers, Numbers]:
        """The names that are like a text as a whole, their words in any order."""
        names = self._near("name", folded, _LIKE_ENOUGH)
        texts = self._texts(names)
        likeness = _likeness(fuzz.ratio, folded, texts)
        if " " in folded:
            likeness = np.maximum(likeness, _likeness(fuzz.token_sort_ratio, folded, texts))
        return _enough(names, likeness, _LIKE_ENOUGH)

    def _like_plain(self, plain: str) -> tuple[Numbers, Numbers]:
        """The names that are like a text as a whole, without legal form and spaces, their words in any order."""
        text = joined(plain)
        least = _LIKE_ENOUGH_IF_SHORT if len(text) == _SHORT else _LIKE_ENOUGH
        names = self._near("plain", text, least)
        texts = [without_legal_form(name) for name in self._texts(names)]
        likeness = _likeness(fuzz.ratio, text, [joined(each) for each in texts])
        if " " in plain:
            likeness = np.maximum(likeness, _likeness(fuzz.ratio, in_order(plain), [in_order(each) for each in texts]))
        return _enough(names, likeness, least)

    def _like_one_word(self, word: str) -> tuple[Numbers, Numbers]:
        """The names with a word that is spelt like this one."""
        words = self._near("word", word, _LIKE_ENOUGH / IN_WORDS)
        likeness = IN_WORDS * _likeness(fuzz.ratio, word, [self._words.word(number) for number in words.tolist()])
        words, likeness = _enough(words, likeness, _LIKE_ENOUGH)
        names = [self._words.names_with(number) for number in words.tolist()]
        return np.concatenate([np.zeros(0, np.int64), *names]), np.repeat(likeness, [len(each) for each in names])

    def _near(self, what: str, text: str, least: float) -> Numbers:
        return near(self._numbers, what, text, least, _COMPARED)

    def _plain_names(self, entities: Sequence[Entity]) -> Iterator[tuple[int, str]]:
        """The numbers of all names of these entities, and the names without their legal form."""
        for entity in entities:
            first = self.first_name_of(self._columns.find_entity(entity.id))
            for number in range(first, first + len(entity.names)):
                yield number, without_legal_form(self._name(number))

    def _by_hash(self, prefix: str, text: str, names: Callable[[Entity], set[str]]) -> list[Entity]:
        hashes, owners = self._numbers("name_hash"), self._numbers("name_owner")
        key = np.uint64(hash_of(prefix + text))
        found = owners[np.searchsorted(hashes, key) : np.searchsorted(hashes, key, "right")]
        entities = map(self._columns.entity_at, dict.fromkeys(found.tolist()))
        return [entity for entity in entities if text in names(entity)]

    def _name(self, number: int) -> str:
        return self._texts(np.array([number]))[0]

    def _texts(self, names: Numbers) -> list[str]:
        heap, at = self._heap.whole(), self._numbers("name.at")
        spans = zip(at[names].tolist(), at[names + 1].tolist(), strict=True)
        return [str(heap[start : stop - 1], "utf-8", "surrogatepass") for start, stop in spans]

    @cached_property
    def _heap(self) -> Bytes:
        return self._columns.store.bytes("name")

    @cached_property
    def _words(self) -> NameWords:
        return NameWords(self._numbers, self._heap, self._texts)


def _enough(found: Numbers, likeness: Numbers, least: float) -> tuple[Numbers, Numbers]:
    enough = likeness >= least
    return found[enough], likeness[enough]


def _likeness(scorer: Any, text: str, texts: Sequence[str]) -> Numbers:
    """How like each of these texts is to one, in percent."""
    return process.cdist([text], texts, scorer=scorer, dtype=np.float64)[0] if texts else np.zeros(0)
