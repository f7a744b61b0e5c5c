"""The page about the data: how much there is of what, how to cite it, and the sources, page by page."""

from __future__ import annotations

from importlib.metadata import version
from itertools import islice
from typing import Any, Final

import numpy as np

from interlock.graph import KnowledgeGraph, RelationshipKind, Status
from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUS_SHIFT, STATUSES
from interlock.graph.exports.formats import FORMATS
from interlock.server.entity_page import KINDS

PER_PAGE: Final = 100

Counts = dict[str, list[tuple[str, int]]]


def dataset_page(graph: KnowledgeGraph, page: int, url: str) -> dict[str, Any]:
    """What the template shows; ``page`` counts from 1, and is the last one if there are fewer."""
    pages = max(1, -(-len(graph.sources) // PER_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PER_PAGE
    ids = islice(graph.sources, first, first + PER_PAGE)
    return {
        "counts": counts(graph),
        "formats": list(FORMATS) if graph.at_hand else [],
        "citation": citation(graph, url),
        "sources": [graph.sources[id] for id in ids],
        "first": first + 1,
        "page": page,
        "pages": pages,
    }


def counts(graph: KnowledgeGraph) -> Counts:
    """By caption, how many there are of each kind, the most frequent first; statuses from the strongest on.

    Relationships are only counted by kind and status where they are at hand.
    """
    entities = np.bincount(graph.columns.kind, minlength=len(ENTITY_KINDS)).tolist()
    found = {"Entities": _most([(KINDS[kind], count) for kind, count in zip(ENTITY_KINDS, entities, strict=True)])}
    return found | _of_relationships(graph) if graph.at_hand else found


def _of_relationships(graph: KnowledgeGraph) -> Counts:
    arrays = graph.arrays
    words = np.zeros(len(graph.relationships), np.uint32)
    words[arrays.tie] = arrays.word
    kinds = np.bincount(words & (1 << STATUS_SHIFT) - 1, minlength=len(RELATIONSHIP_KINDS)).tolist()
    statuses = np.bincount(words >> STATUS_SHIFT & 7, minlength=len(STATUSES)).tolist()
    return {
        "Relationships": _most([(_words(kind), count) for kind, count in zip(RELATIONSHIP_KINDS, kinds, strict=True)]),
        "By status": [(_words(status), count) for status, count in zip(STATUSES, statuses, strict=True) if count],
    }


def citation(graph: KnowledgeGraph, url: str) -> str:
    """One line for a list of references."""
    licence = f", {graph.licence}" if graph.licence else ""
    return f"Dataset {graph.version}{licence}, served by Interlock {version('interlock-graph')}: {url} ({graph.loaded_at[:10]})."


def _most(rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(((name, count) for name, count in rows if count), key=lambda row: -row[1])


def _words(name: RelationshipKind | Status) -> str:
    return name.value.replace("_", " ").capitalize()
