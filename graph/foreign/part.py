"""Relationships of some entities, translated again by what is said of these alone, as they came of the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from interlock.graph.foreign.resolving import fitting, on_companies, told_once
from interlock.graph.foreign.translate import say, ties_of
from interlock.graph.foreign.view import View, Whole
from interlock.graph.foreign.writing import Writer, relationship_iris

_NOWHERE: Final = Path()


def translate_part(quads: Iterable[ox.Quad], whole: Whole, entities: Collection[str]) -> list[ox.Quad]:
    """The relationships of these entities, as quads of ours.

    ``quads``, without blank nodes, are all that says something of them, their boards among them, and perhaps more. Raises ``KeyError`` for
    an end of a relationship that the whole doesn't have.
    """
    view, writer = View(whole), Writer(frozenset())
    say(view, quads, whole.said_by, _NOWHERE, {})
    ties = told_once(fitting(view, on_companies(ties_of(view), whole.boards), whole.kinds))
    iris = relationship_iris(ties, whole.kinds.keys() | whole.boards.keys())
    for iri, tie in sorted(zip(iris, ties, strict=True), key=lambda pair: pair[0]):
        if tie.source in entities or tie.target in entities:
            writer.tie(iri, tie._replace(said_by=tuple(whole.sources.get(source, source) for source in tie.said_by)))
    return writer.quads
