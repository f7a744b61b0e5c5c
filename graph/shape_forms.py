"""What the shapes can tell of a value, and of all that is said of a subject: two of one form pass and fail alike.

That holds since the shapes judge each value by itself: by its kind, its datatype, whether it is a term that they name, whether a pattern
fits, by its length and by bounds; beside that they count, and ask whether two properties have one value. A test compares ``JUDGED_BY``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from rdflib import BNode, Graph, Literal
from rdflib.namespace import SH
from rdflib.term import Node

JUDGED_BY: Final = frozenset(SH[name] for name in (
    "class", "datatype", "disjoint", "in", "maxCount", "maxInclusive", "minCount", "minInclusive", "minLength", "node", "nodeKind", "not",
    "or", "pattern",
))  # fmt: skip
"""The constraints of which this holds."""

Form = tuple[object, ...]


class Forms:
    """Forms of values, each worked out once; ``vocabulary`` are terms that the shapes may know beside those that they name."""

    def __init__(self, shapes: Graph, vocabulary: Iterable[Node]) -> None:
        self._named = {*shapes.all_nodes(), *vocabulary}
        self._patterns = [re.compile(str(pattern)) for pattern in set(shapes.objects(predicate=SH.pattern))]
        self._lengths = sorted({int(str(length)) for length in shapes.objects(predicate=SH.minLength)})
        self._bounds = [bound for each in (SH.minInclusive, SH.maxInclusive) for bound in set(shapes.objects(predicate=each))]
        self._numbers: dict[Form, int] = {}

    def of(self, value: Node) -> int:
        """The number of a value's form."""
        return self._numbers.setdefault(self._form(value), len(self._numbers))

    def together(self, values: Iterable[tuple[Iterable[int], int, int]], more: object) -> int:
        """The number of the form of a subject: of each of its values the properties that lead to it, its form, and that of what is said of
        it; ``more`` is whatever else tells it apart."""
        found = Counter((tuple(sorted(properties)), form, said) for properties, form, said in values)
        return self._numbers.setdefault((more, frozenset(found.items())), len(self._numbers))

    def _form(self, value: Node) -> Form:
        if value in self._named:
            return (value,)
        text = str(value)
        sort: Form = (type(value),)
        if isinstance(value, Literal):
            sort += (value.datatype, value.language, value.ill_typed, *(_order(value, bound) for bound in self._bounds))
        fits = () if isinstance(value, BNode) else tuple(bool(pattern.search(text)) for pattern in self._patterns)
        return (*sort, fits, tuple(len(text) >= length for length in self._lengths))


def _order(value: Literal, bound: Node) -> tuple[bool, ...]:
    """Is a value more than a bound, less, or the same? None of these if they can't be compared."""
    try:
        return bool(value > bound), bool(value < bound), bool(value.eq(bound))
    except TypeError:
        return ()
