"""Whom most relationships of a selection lead to, and how many more there are that it doesn't show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity
from interlock.graph.selection import Selection


@dataclass(frozen=True, slots=True)
class Hub:
    """An entity of a selection: how many of its relationships are ``shown`` there, and how many are ``hidden``."""

    entity: Entity
    shown: int
    hidden: int


def hubs(graph: KnowledgeGraph, selection: Selection, most: int) -> list[Hub]:
    """The entities with the most relationships in a selection, and then those with the lesser ids."""
    sources, targets = graph.columns.ends_of(selection.relationships.numbers)
    entities, counts = np.unique(np.concatenate((sources, targets[targets != sources])), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:most]
    chosen = zip(entities[order].tolist(), counts[order].tolist(), strict=True)
    return [Hub(graph.entity_at(number), count, int(graph.columns.degree[number]) - count) for number, count in chosen]
