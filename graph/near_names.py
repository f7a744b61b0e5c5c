"""Which names are so near to one another that they may be of one thing: a plain rule for two, and all such pairs among many.

``nearness`` compares two. ``near_pairs`` finds every pair that it finds near without comparing each with each: names that are near have one
of their ``keys`` in common. Where more than ``MOST`` names have one key, these are not compared by that key.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from interlock.graph.folding import in_order, joined
from interlock.graph.heap import Numbers
from interlock.graph.likeness import WORD_LIKE_ENOUGH, word_likeness

MOST: Final = 100
_SHORTEST: Final = 5
"""Letters that a name has at least if one of them may be wrong."""
_NUMBER: Final = re.compile(r"\d+|\b(?:[ivx]+|jr|sr|junior|senior)\b")
_USUAL: Final = frozenset({
    "group", "grp", "holding", "holdings", "international", "intl", "global", "worldwide", "technology", "technologies", "systems",
    "services", "solutions", "industries", "enterprises",
})  # fmt: skip
"""Words that companies have in their names at times and at other times not."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two names are, from 0 to 1, and in what way."""

    value: float
    way: str


SAME: Final = Nearness(1.0, "same name")
_TURNED: Final = Nearness(0.95, "same words in another order")
_SHORTER: Final = Nearness(0.75, "same name but for a usual word")
_MIDDLE: Final = Nearness(0.9, "same first and last name")


def nearness(one: str, other: str, people: bool) -> Nearness | None:
    """How near two names are, folded and without legal forms; None if they are different ones.

    Near are names that are the same but for spaces or the order of words, for one typing error (a letter left out, put in, put for another,
    or two turned about), for one word that is like the other or a usual addition; of people, also but for middle names. What has other
    numbers is never near.
    """
    if one == other or joined(one) == joined(other):
        return SAME
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return None
    if in_order(one) == in_order(other):
        return _TURNED
    if people and (middles := _middles(one.split(), other.split())) is not None:
        if all(a.startswith(b) or b.startswith(a) for a, b in middles):
            return _MIDDLE
        if any(a[0] != b[0] for a, b in middles):
            return None
    a, b = joined(one), joined(other)
    if min(len(a), len(b)) >= _SHORTEST and OSA.distance(a, b, score_cutoff=1) <= 1:
        return _like(one, other)
    return None if people else _near_firms(one, other)


def _middles(one: list[str], other: list[str]) -> list[tuple[str, str]] | None:
    """The middle names that two people of the same first and last name both have, side by side; None if they are called otherwise."""
    if min(len(one), len(other)) < 2 or (one[0], one[-1]) != (other[0], other[-1]):
        return None
    return list(zip(one[1:-1], other[1:-1], strict=False))


def _near_firms(one: str, other: str) -> Nearness | None:
    first, second = _differing(one.split(), other.split())
    if len(first) + len(second) == 1:
        return _SHORTER if (first or second)[0] in _USUAL else None
    if len(first) == len(second) == 1 and len(one.split()) > 1 and word_likeness(first[0], second[0]) >= WORD_LIKE_ENOUGH:
        return _like(one, other)
    return None


def _differing(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """The words that only one of them has, each as often as it has it more."""
    left, right = list(one), list(other)
    for word in one:
        if word in right:
            left.remove(word)
            right.remove(word)
    return left, right


def _like(one: str, other: str) -> Nearness:
    value = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) / 100
    return Nearness(0.9 * value, f"similar name, {value:.2f}")


def keys(plain: str, people: bool) -> Iterator[str]:
    """What a name has in common with each name that is near to it."""
    text, words = joined(plain), sorted(plain.split())
    yield f"j{text}"
    numbers = " ".join(_NUMBER.findall(plain))  # names of other numbers are near only if they are the same without spaces
    yield f"s{numbers} {''.join(words)}"
    if len(text) >= _SHORTEST:
        yield f"d{numbers} {text}"
        yield from {f"d{numbers} {text[:at]}{text[at + 1 :]}" for at in range(len(text))}
    if people:
        if len(words) > 1:
            first, *_, last = plain.split()
            yield f"p{numbers} {first} {last}"
    else:
        yield f"w{numbers} {' '.join(words)}"
        if len(words) > 1:
            yield from {f"w{numbers} {' '.join(words[:at] + words[at + 1 :])}" for at in range(len(words))}


@dataclass(frozen=True)
class Pairs:
    """Pairs of names by number, the lesser first, in order; and the names that too many have, with how many do."""

    found: Numbers
    crowded: list[tuple[str, int]]


def near_pairs(names: Sequence[str], group: Sequence[int], people: frozenset[int]) -> Pairs:
    """Pairs of names of one group that have a key in common; ``people`` are the groups whose names are those of people."""
    hashes, owners = array("q"), array("i")
    for number, (name, which) in enumerate(zip(names, group, strict=True)):
        found = {hash((which, key)) for key in keys(name, which in people)}
        hashes.extend(found)
        owners.extend([number] * len(found))
    order = np.argsort(np.frombuffer(hashes, np.int64), kind="stable") if hashes else np.zeros(0, np.int64)
    values, members = np.array(hashes, np.int64)[order], np.array(owners, np.int32)[order]
    first = np.flatnonzero(np.append([True], values[1:] != values[:-1])[: len(values)])
    sizes = np.diff(np.append(first, len(values)))
    pairs = [np.zeros((0, 2), np.int32)]
    for size in range(2, MOST + 1):
        begins = first[sizes == size]
        low, high = np.triu_indices(size, 1)
        pairs.append(np.stack([members[begins[:, None] + low].ravel(), members[begins[:, None] + high].ravel()], axis=1))
    return Pairs(np.unique(np.concatenate(pairs), axis=0), _crowded(names, group))


def _crowded(names: Sequence[str], group: Sequence[int]) -> list[tuple[str, int]]:
    counts = Counter(zip(map(joined, names), group, strict=True))
    many = {(name, counts[joined(name), which]) for name, which in zip(names, group, strict=True) if counts[joined(name), which] > MOST}
    return sorted(many, key=lambda each: (-each[1], each[0]))
