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
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from interlock.graph.codec import OWN_SLUGS
from interlock.graph.folding import fold, initials, joined, without_legal_form
from interlock.graph.heap import Numbers, Strings, hash_of
from interlock.graph.model import Entity
from interlock.graph.written import Written

END: Final = b"\n"
"""Ends a name in the heap; below everything that a folded name has in it."""
_SPACE: Final = ord(" ")
_CHUNK: Final = 1 << 16
_OTHERS: Final = 20
_LETTERS: Final = 26 + 10 + _OTHERS


def keys_of(entity: Entity) -> set[str]:
    """What names an entity whatever its case: its id, its IRI, its identifiers."""
    return {key.casefold() for key in (entity.id, entity.iri, *entity.identifiers, *entity.same_as)}


def exact_names_of(entity: Entity) -> set[str]:
    """Its names and its slug, folded, and the slugs of those that were merged into it."""
    own = entity.iri.removesuffix(entity.id) + OWN_SLUGS
    former = (iri.removeprefix(own) for iri in entity.same_as if iri.startswith(own))
    return {fold(entity.slug), *map(fold, entity.names), *map(fold, former)}


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
        self._names, self._plain = Strings(), Strings()
        self._named = array("i")

    def add(self, number: int, entity: Entity) -> None:
        """Add an entity's names. Its id and IRI are not needed where one can be made of the other, and both are in lower case."""
        keys = keys_of(entity)
        if entity.id.casefold() == entity.id:
            keys -= {entity.id, (self._base + entity.id).casefold()}
        folded = [fold(name) for name in entity.names]
        plain = list(map(without_legal_form, folded))
        exact, short = exact_names_of(entity), {*map(initials, plain)} - {""}
        for prefix, forms in (("k", keys), ("e", exact), ("l", set(plain)), ("i", short)):
            for form in forms:
                self._hashes.append(hash_of(prefix + form))
                self._owners.append(number)
        for name, its_plain in zip(folded, plain, strict=True):
            self._names.add(name.encode("utf-8", "surrogatepass") + END)
            self._plain.add(joined(its_plain).encode("utf-8", "surrogatepass"))
            self._named.append(number)

    def extend(self, numbers: Numbers, folded: Written, plain: Written, hashes: Numbers) -> None:
        """Add entities of one name and no key.

        ``folded`` are their names, each with END, ``plain`` the same without END, legal form and spaces; ``hashes`` (…, 4) those of name,
        name without legal form, slug and initials, of which there may be none.
        """
        self._names.extend(*folded)
        self._plain.extend(*plain)
        self._named.frombytes(numbers.astype(np.int32).tobytes())
        new = np.ones(hashes.shape, np.bool_)
        new[:, 2] = hashes[:, 2] != hashes[:, 0]
        new[:, 3] = hashes[:, 3] != np.uint64(hash_of("i"))
        self._hashes.frombytes(hashes[new].tobytes())
        self._owners.frombytes(np.repeat(numbers.astype(np.int32), new.sum(axis=1)).tobytes())

    def finish(self, place: Numbers) -> tuple[dict[str, Numbers], dict[str, bytearray]]:
        """The tables and heaps; ``place`` turns the caller's numbers into those of the sorted entities."""
        hashes, owners = _numbers(self._hashes), place[_numbers(self._owners)]
        by_hash = np.lexsort((owners, hashes))
        named = place[_numbers(self._named)]
        by_entity = np.argsort(named, kind="stable")
        at, heap = self._names.packed(by_entity)
        words, first, distinct = _words(heap)
        tables = {
            "name_hash": hashes[by_hash],
            "name_owner": owners[by_hash].astype(np.int32),
            "name.at": at,
            "name_entity": named[by_entity].astype(np.int32),
            "word": words.astype(at.dtype),
            "word_first": first.astype(at.dtype),
            **_letters_of("name", _texts(at, heap, len(END))),
            **_letters_of("plain", _texts(*self._plain.packed(by_entity))),
            **_letters_of("word", distinct),
        }
        return tables, {"name": heap}


def _texts(at: Numbers, heap: bytearray, end: int = 0) -> list[str]:
    """Texts that stand end to end, without their ``end`` last bytes."""
    return [heap[a : b - end].decode("utf-8", "surrogatepass") for a, b in pairwise(at.tolist())]


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
    data = np.frombuffer(bytes(heap) + END * 8, np.uint8)
    breaks = (data == _SPACE) | (data == END[0])
    begins = np.flatnonzero(~breaks & np.append([True], breaks[:-1]))
    ends = np.flatnonzero(breaks[1:] & ~breaks[:-1]) + 1
    order = _order_of(data, begins)
    begins, ends = begins[order], ends[order]
    new = _differs(data, begins, ends)
    first = np.flatnonzero(new)
    words = [str(heap[a:b], "utf-8", "surrogatepass") for a, b in zip(begins[first].tolist(), ends[first].tolist(), strict=True)]
    return begins, np.append(first, len(begins)), words


def _order_of(data: Numbers, begins: Numbers) -> Numbers:
    """The order of what stands from these places up to the end of the name each; of the same, in the order of the places."""
    order, key = np.arange(len(begins)), np.zeros(len(begins), np.int64)
    open_, depth = np.arange(len(begins)), 0  # the places in the order that aren't settled: what is there is equal so far
    while len(open_):
        word = np.zeros(len(open_), np.uint64)
        ended = np.zeros(len(open_), np.bool_)
        for each in range(depth, depth + 8):
            letter = data[np.minimum(begins[order[open_]] + each, len(data) - 1)]
            ended |= letter == END[0]
            word = word << np.uint64(8) | np.where(ended, 0, letter).astype(np.uint64)
        sort = np.lexsort((word, key[open_]))
        order[open_] = order[open_[sort]]
        word, ended = word[sort], ended[sort]
        same = (word[1:] == word[:-1]) & (key[open_][1:] == key[open_][:-1])
        key[open_] = open_[np.maximum.accumulate(np.where(np.append([True], ~same), np.arange(len(open_)), 0))]
        alone = ~(np.append([False], same) | np.append(same, [False]))
        open_, depth = open_[~(alone | ended)], depth + 8
    return order


def _differs(data: Numbers, begins: Numbers, ends: Numbers) -> Numbers:
    """Whether each of these words is another than the one before."""
    sizes = ends - begins
    new = np.append([True], sizes[1:] != sizes[:-1])[: len(begins)]
    same, depth = np.flatnonzero(~new), 0
    while len(same):
        other = data[begins[same] + depth] != data[begins[same - 1] + depth]
        new[same[other]] = True
        depth += 1
        same = same[~other & (sizes[same] > depth)]
    return new


def _numbers(values: array[Any]) -> Numbers:
    return np.frombuffer(values, values.typecode) if values else np.zeros(0, values.typecode)
