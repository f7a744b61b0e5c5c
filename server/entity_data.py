"""One entity as RDF: all its relationships, whoever they lead to, and all claims about them with their sources."""

from __future__ import annotations

from typing import Final

import numpy as np

from interlock.graph import Entity, EntityKind, KnowledgeGraph
from interlock.graph.exports.formats import FORMATS, export
from interlock.graph.heap import Ids
from interlock.graph.induced import sources_of
from interlock.graph.selection import Parameters, Selection
from interlock.server.negotiation import HTML, preferred

TWINS: Final = ("ttl", "jsonld")
"""Formats of the page's data, and endings of its address."""
_OFFERED: Final = {HTML: None, **{FORMATS[name].media_type.partition(";")[0]: name for name in TWINS}}


def entity_data(graph: KnowledgeGraph, entity: Entity, format: str) -> bytes:
    """The page about an entity in RDF; ``format`` is one of ``TWINS``."""
    return b"".join(export(format, graph, _selection(graph, entity)))


def wanted_format(accept: str) -> str | None:
    """Which of ``TWINS`` this ``Accept`` header would rather have than the page; None for the page."""
    return _OFFERED[preferred(accept, tuple(_OFFERED))]


def _selection(graph: KnowledgeGraph, entity: Entity) -> Selection:
    columns, number = graph.columns, graph.index(entity.id)
    on_board = entity.kind is EntityKind.BOARD
    about = graph.index(graph.company_of(entity).id) if on_board else number
    ties = np.array(columns.seats_of(about) if on_board else columns.ties_of(number), np.int32)
    others = np.setdiff1d(np.union1d(*columns.ends_of(ties)), (about, number))
    return Selection(
        Ids(columns.entity_ids, np.append(number, others).astype(np.int32)),
        Ids(columns.relationship_ids, ties),
        Ids(columns.source_ids, sources_of(graph, ties)),
        complete=True,
        title=f"{entity.name}, and all its relationships",
        parameters=Parameters(of=(entity.id,)),
    )
