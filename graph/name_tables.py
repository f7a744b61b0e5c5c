"""Names as tables: whom a name means by its hash, and every written name, folded, in the order of its words' beginnings.

- ``name_hash`` uint64, sorted, with ``name_owner`` int32: the entity that a key (an identifier or foreign IRI), a folded name or slug, a
  folded name without its legal form, or the initials of one belong to;
- ``name`` the folded names, each with a line end after it, in the order of their entities, ``name_entity`` int32 whose each is;
- ``word`` uint32: where each word of each name begins in ``name``, in the order of what follows from there. So names that hold a text at
  the beginning of a word stand together, and names that hold a word too;
- ``word_first``: where each distinct word's beginnings begin in ``word`` (one number more than words);
- ``name_letters``, ``plain_letters``, ``word_letters`` uint64 (2, …) and ``name_size``, ``plain_size``, ``word_size`` uint16: which letters
  names, names without legal form and spaces, and words have how often, and how many in all, from which follows how far two texts are apart
  at least.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from interlock.graph.folding import fold, initials, joined, without_legal_form
from interlock.graph.heap import Numbers, hash_of, pack
from interlock.graph.model import Entity

END: Final = b"\n"
"""Ends a name in the heap; below everything that a folded name has in it."""
_CHUNK: Final = 1 << 16
_OTHERS: Final = 20
_LETTERS: Final = 26 + 10 + _OTHERS


def keys_of(entity: Entity) -> set[str]:
    """What names an entity whatever its case: its id, its IRI, its identifiers."""
    return {key.casefold() for key in (entity.id, entity.iri, *entity.identifiers, *entity.same_as)}


def exact_names_of(entity: Entity) -> set[str]:
    """Its names and its slug, folded."""
    return {fold(entity.slug), *map(fold, entity.names)}


def loose_names_of(entity: Entity) -> set[str]:
    """Its names, folded, without legal forms."""
    return {without_legal_form(fold(name)) for name in entity.names}


def initials_of(entity: Entity) -> set[str]:
    """The initials of its names."""
    return set(map(initials, loose_names_of(entity)))


class NameRows:
    """Gathers the names of entities, given by numbers of the caller's."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._hashes, self._owners = array("Q"), array("i")
        self._names: list[bytes] = []
        self._named = array("i")

    def add(self, number: int, entity: Entity) -> None:
        """Add an entity's names. Its id and IRI are not needed where one can be made of the other, and both are in lower case."""
        keys = keys_of(entity)
        if entity.id.casefold() == entity.id:
            keys -= {entity.id, (self._base + entity.id).casefold()}
        self.add_names(number, keys, entity.slug, entity.names)

    def add_names(self, number: int, keys: Iterable[str], slug: str, names: Sequence[str]) -> None:
        """Add the keys that are needed, slug and names of an entity."""
        folded = [fold(name) for name in names]
        plain = set(map(without_legal_form, folded))
        for prefix, forms in (("k", keys), ("e", {fold(slug), *folded}), ("l", plain), ("i", {*map(initials, plain)} - {""})):
            for form in forms:
                self._hashes.append(hash_of(prefix + form))
                self._owners.append(number)
        for name in folded:
            self._names.append(name.encode("utf-8", "surrogatepass") + END)
            self._named.append(number)

    def finish(self, place: Numbers) -> tuple[dict[str, Numbers], dict[str, bytearray]]:
        """The tables and heaps; ``place`` turns the caller's numbers into those of the sorted entities."""
        hashes, owners = _numbers(self._hashes), place[_numbers(self._owners)]
        by_hash = np.lexsort((owners, hashes))
        named = place[_numbers(self._named)]
        by_entity = np.argsort(named, kind="stable")
        at, heap = pack(self._names[row] for row in by_entity.tolist())
        words, first, distinct = _words(heap)
        names = [heap[a : b - 1].decode("utf-8", "surrogatepass") for a, b in zip(at[:-1].tolist(), at[1:].tolist(), strict=True)]
        tables = {
            "name_hash": hashes[by_hash],
            "name_owner": owners[by_hash].astype(np.int32),
            "name.at": at,
            "name_entity": named[by_entity].astype(np.int32),
            "word": words.astype(at.dtype),
            "word_first": first.astype(at.dtype),
            **_letters_of("name", names),
            **_letters_of("plain", [joined(without_legal_form(name)) for name in names]),
            **_letters_of("word", distinct),
        }
        return tables, {"name": heap}


def letters(texts: Sequence[str]) -> Numbers:
    """Which letters texts have, of shape (2, …): three bits for up to three of one letter or digit, one bit for others.

    To turn one text into another takes at least as many letters left out and put in as they have bits that differ.
    """
    return np.concatenate([_letters(texts[start : start + _CHUNK]).T for start in range(0, max(1, len(texts)), _CHUNK)], axis=1)


def _letters_of(name: str, texts: Sequence[str]) -> dict[str, Numbers]:
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    return {f"{name}_letters": letters(texts), f"{name}_size": np.minimum(sizes, 65_535).astype(np.uint16)}


def _letters(texts: Sequence[str]) -> Numbers:
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    which = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), np.int64, len(texts)))
    kind = 36 + points % _OTHERS
    kind = np.where((points >= 97) & (points <= 122), points - 97, kind)
    kind = np.where((points >= 48) & (points <= 57), points - 48 + 26, kind)
    counts = np.bincount(which * _LETTERS + kind, minlength=len(texts) * _LETTERS).reshape(-1, _LETTERS)
    bits = np.concatenate([counts[:, :36] >= 1, counts[:, :36] >= 2, counts[:, :36] >= 3, counts[:, 36:] >= 1], axis=1)
    return np.packbits(bits, axis=1).view(np.uint64)


def _words(heap: bytearray) -> tuple[Numbers, Numbers, list[str]]:
    """Where each word begins, in the order of what follows; where each distinct word's beginnings begin among those; those words."""
    found = [(bytes(heap[at : heap.index(END, at) + 1]), at) for at in _beginnings(heap)]
    found.sort()
    first: list[int] = []
    distinct: list[bytes] = []
    for number, (rest, _) in enumerate(found):
        word = rest[:-1].partition(b" ")[0]
        if not distinct or distinct[-1] != word:
            first.append(number)
            distinct.append(word)
    first.append(len(found))
    return (
        np.array([at for _, at in found], np.int64),
        np.array(first, np.int64),
        [word.decode("utf-8", "surrogatepass") for word in distinct],
    )


def _beginnings(heap: bytearray) -> Iterator[int]:
    """Where words begin."""
    data = np.frombuffer(heap, np.uint8)
    breaks = (data == 32) | (data == END[0])
    yield from np.flatnonzero(~breaks & np.append([True], breaks[:-1])[: len(data)]).tolist()


def _numbers(values: array[Any]) -> Numbers:
    return np.frombuffer(values, values.typecode) if values else np.zeros(0, values.typecode)
