"""How like two names are, word by word: misspelt, abbreviated, in whatever order; a rare word counts more than a common one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from rapidfuzz import fuzz

WORD_LIKE_ENOUGH: Final = 76.0
"""Likeness in percent below which two words are different ones."""
ABBREVIATED: Final = 90.0
"""How like a word and its abbreviation are, in percent."""
SHORTEST: Final = 3
"""Letters that an abbreviation has at least."""
UNSAID: Final = 0.5
"""What a word of a name counts that the text lacks, compared with one of the text that the name lacks."""
IN_WORDS: Final = 0.95
"""What likeness word by word counts, compared with that of the whole."""


def weight(count: int, names: int) -> float:
    """How much a word tells that stands so often in so many names."""
    return math.log(1 + names / max(count, 1))


def abbreviates(short: str, long: str) -> bool:
    """Is the one the other's beginning, or letters of it in their order from its first to its last? Both may have a plural s.

    >>> abbreviates("tech", "technologies"), abbreviates("hldgs", "holdings"), abbreviates("labs", "laboratories")
    (True, True, True)
    """
    if not SHORTEST <= len(short) < len(long) or short[0] != long[0]:
        return False
    if long.startswith(short.removesuffix("s") if long[-1] == "s" and len(short) > SHORTEST else short):
        return True
    letters = iter(long)
    return short[-1] == long[-1] and all(letter in letters for letter in short)


def word_likeness(one: str, other: str) -> float:
    """How like two words are, in percent; 0 if they are different ones."""
    if one == other:
        return 100.0
    if abbreviates(one, other) or abbreviates(other, one):
        return ABBREVIATED
    return fuzz.ratio(one, other, score_cutoff=WORD_LIKE_ENOUGH)


def likeness_in_words(text: Sequence[str], name: Sequence[str], weight_of: Callable[[str], float]) -> float:
    """How like a name is to a text, in percent: each word of the text against the word of the name that is most like it."""
    found = whole = 0.0
    matched: set[str] = set()
    for word in text:
        like, counts, best = max(((word_likeness(word, each), weight_of(each), each) for each in name), default=(0.0, 0.0, ""))
        counts = counts if like else weight_of(word)
        found += like * counts
        whole += counts
        if like:
            matched.add(best)
    whole += UNSAID * sum(weight_of(each) for each in set(name) - matched)
    return IN_WORDS * found / whole if whole else 0.0
