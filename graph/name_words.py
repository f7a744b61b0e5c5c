"""Looks words up in the tables of ``interlock.graph.name_tables``, and names by what words they have."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from interlock.graph.folding import without_legal_form
from interlock.graph.heap import Bytes, Numbers
from interlock.graph.likeness import IN_WORDS, WORD_LIKE_ENOUGH, abbreviates, likeness_in_words, weight, word_likeness
from interlock.graph.name_tables import END, letters

_LONGEST: Final = 4
"""Bytes that a letter takes at most."""
_MANY: Final = 200_000
"""Places of words that are looked at: where that is not enough, the commonest words wait until only few names are left."""
_LIKE_A_WORD: Final = 500
"""Words that are compared with one."""
_COMPARED: Final = 300
"""Names that are compared word by word: those that may be most like."""


class NameWords:
    """The words of all names by number, in the order of the alphabet."""

    def __init__(self, numbers: Callable[[str], Numbers], heap: Bytes, texts: Callable[[Numbers], list[str]]) -> None:
        self._numbers = numbers
        self._heap = heap
        self._texts = texts

    def word(self, number: int) -> str:
        """The word of this number."""
        place = self._place(number)
        rest = self._heap.read(place, place + _LONGEST * int(self._numbers("word_size")[number]) + 1)
        return str(rest.partition(END)[0].partition(b" ")[0], "utf-8", "surrogatepass")

    def names_with(self, number: int) -> Numbers:
        """The names that have the word of this number, as often as they have it."""
        first = self._numbers("word_first")
        return self.names_at(self._numbers("word")[int(first[number]) : int(first[number + 1])])

    def names_holding(self, word: str) -> Numbers:
        """The names that have this word, in order."""
        return np.unique(self.names_at(self._places_of(word)))

    def places(self, first: bytes, last: bytes) -> Numbers:
        """Where words begin from which on there stands something from ``first`` to ``last``, two texts of one length."""
        heap, table = self._heap, self._numbers("word")

        def read(place: int) -> bytes:
            return heap.read(place, place + len(first))

        words = table.data
        return table[bisect_left(words, first, key=read) : bisect_right(words, last, key=read)]

    def names_at(self, places: Numbers) -> Numbers:
        """The names in which these places of the heap lie."""
        return np.searchsorted(self._numbers("name.at"), places, "right") - 1

    def like_in_words(self, words: Sequence[str], least: float) -> tuple[Numbers, Numbers]:
        """The names that are at least so like a text word by word, and how like (see ``interlock.graph.likeness``), both in percent."""
        weight_of = lru_cache(1024)(self._weight)
        names = self._perhaps_like(words, least / 100 / IN_WORDS, weight_of)
        plains = [without_legal_form(name).split() for name in self._texts(names)]
        likeness = np.array([likeness_in_words(words, plain, weight_of) for plain in plains], np.float64)
        enough = likeness >= least
        return names[enough], likeness[enough]

    def _perhaps_like(self, words: Sequence[str], least: float, weight_of: Callable[[str], float]) -> Numbers:
        """The names that may be at least so like: by how much their words that are like the text's say for or against it at most."""
        found = sorted(((word, *self._like(word)) for word in words), key=lambda each: self._count(each[1]))
        names: list[Numbers] = []
        gains: list[Numbers] = []
        most, places = 0.0, 0
        for word, numbers, likeness in found:
            lost, places = least * weight_of(word), places + self._count(numbers)
            if names and places > _MANY:
                most += weight_of(word) - lost
                continue
            most -= lost
            its_names, its_gains = self._gains(numbers, likeness - least)
            names.append(its_names)
            gains.append(its_gains + lost)
        every, which = np.unique(np.concatenate(names), return_inverse=True)
        bound = np.bincount(which, np.concatenate(gains), len(every)) + most
        perhaps = np.flatnonzero(bound > -1e-9)
        return every[perhaps[np.argsort(-bound[perhaps], kind="stable")[:_COMPARED]]]

    def _gains(self, numbers: Numbers, gain: Numbers) -> tuple[Numbers, Numbers]:
        """The names that have one of these words, each once, with the most that one of them brings."""
        each = [self.names_with(number) for number in numbers.tolist()]
        weighed = [value * self._weight_of_count(len(names)) for names, value in zip(each, gain.tolist(), strict=True)]
        names = np.concatenate([np.zeros(0, np.int64), *each])
        values = np.repeat(np.array(weighed, np.float64), [len(names) for names in each])
        order = np.lexsort((-values, names))
        distinct, first = np.unique(names[order], return_index=True)
        return distinct, values[order][first]

    def _like(self, word: str) -> tuple[Numbers, Numbers]:
        """The words that are like this one, by number, and how like (0 to 1)."""
        candidates = np.union1d(near(self._numbers, "word", word, WORD_LIKE_ENOUGH, _LIKE_A_WORD), self._abbreviations(word))
        likeness = np.array([word_likeness(word, self.word(number)) for number in candidates.tolist()], np.float64) / 100
        return candidates[likeness > 0], likeness[likeness > 0]

    def _abbreviations(self, word: str) -> Numbers:
        """The words that abbreviate this one, or that it abbreviates: looked for where the letters of one are among the other's."""
        first, last = self._beginning_with(word[0])
        has = self._numbers("word_letters")[:, first:last]
        own = letters([word])
        may = first + np.flatnonzero((has & ~own == 0).all(axis=0) | (own & ~has == 0).all(axis=0))
        return np.array([number for number in may.tolist() if self._abbreviate(word, self.word(number))], np.int64)

    @staticmethod
    def _abbreviate(one: str, other: str) -> bool:
        return abbreviates(one, other) or abbreviates(other, one)

    def _beginning_with(self, letter: str) -> tuple[int, int]:
        """The first word with this first letter, and the one after the last."""
        key = letter.encode("utf-8", "surrogatepass")

        def read(number: int) -> bytes:
            place = self._place(number)
            return self._heap.read(place, place + len(key))

        every = range(len(self._numbers("word_size")))
        return bisect_left(every, key, key=read), bisect_right(every, key, key=read)

    def _count(self, numbers: Numbers) -> int:
        """How often these words stand in names."""
        first = self._numbers("word_first")
        return int((first[numbers + 1].astype(np.int64) - first[numbers]).sum())

    def _weight(self, word: str) -> float:
        return self._weight_of_count(len(self._places_of(word)))

    def _weight_of_count(self, count: int) -> float:
        return weight(count, len(self._numbers("name_entity")))

    def _places_of(self, word: str) -> Numbers:
        key = word.encode("utf-8", "surrogatepass")
        return self.places(key + END, key + b" ")

    def _place(self, number: int) -> int:
        return int(self._numbers("word")[self._numbers("word_first")[number]])


def near(numbers: Callable[[str], Numbers], what: str, text: str, least: float, most: int) -> Numbers:
    """The names (``name``, ``plain``) or words (``word``) that may be at least so like, in percent; if too many, those that may be most.

    What tells it are their sizes, and the letters that only one of two texts has.
    """
    apart = 1 - least / 100  # at most so many letters left out or put in, for each letter of the two
    sizes = numbers(f"{what}_size")
    shortest = math.ceil(len(text) * (1 - apart) / (1 + apart) - 1e-6)
    longest = math.floor(len(text) * (1 + apart) / (1 - apart) + 1e-6)
    near = np.flatnonzero((sizes >= shortest) & (sizes <= longest))
    apart_at_most = (apart * (np.arange(longest + 1) + len(text)) + 1e-6).astype(np.uint16)
    differing = np.zeros(len(near), np.uint16)
    for had, has in zip(numbers(f"{what}_letters"), letters([text]), strict=True):
        differing += np.bitwise_count(had[near] ^ has)
        close = differing <= apart_at_most[sizes[near]]
        near, differing = near[close], differing[close]
    if len(near) > most:
        apart_at_least = differing / (sizes[near].astype(np.float32) + len(text))
        near = np.sort(near[np.argpartition(apart_at_least, most)[:most]])
    return near
