"""One entity as RDF: all its relationships, whoever they lead to, and all claims about them with their sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from interlock.graph import Entity, EntityKind, KnowledgeGraph
from interlock.graph.exports import rdf
from interlock.graph.exports.content import Content
from interlock.graph.exports.formats import FORMATS
from interlock.graph.induced import sources_of
from interlock.graph.selection import Ids, Parameters, Selection

HTML: Final = "text/html"
WRITERS: Final[dict[str, Callable[[Content], Iterator[bytes]]]] = {"ttl": rdf.turtle, "jsonld": rdf.jsonld}
"""Name of a format, which is also the ending of its address → what writes it."""
_OFFERED: Final = (HTML, *(FORMATS[name].media_type.partition(";")[0] for name in WRITERS))
_QUALITY: Final = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def entity_data(graph: KnowledgeGraph, entity: Entity, format: str) -> bytes:
    """The page about an entity in RDF; ``format`` is one of ``WRITERS``."""
    return b"".join(WRITERS[format](Content(graph, _selection(graph, entity))))


def wanted_format(accept: str) -> str | None:
    """Which of ``WRITERS`` this ``Accept`` header would rather have than the page; None for the page."""
    best = _preferred(accept, _OFFERED)
    return None if best == HTML else list(WRITERS)[_OFFERED.index(best) - 1]


def _selection(graph: KnowledgeGraph, entity: Entity) -> Selection:
    columns = graph.columns
    about = graph.company_of(entity) if entity.kind is EntityKind.BOARD else entity
    ties = [*(graph.seats(about.id) if entity.kind is EntityKind.BOARD else graph.ties(entity.id))]
    others = {graph.index(tie.other(about.id)) for tie in ties} - {graph.index(entity.id)}
    entities = np.array([graph.index(entity.id), *sorted(others)], np.int32)
    numbers = np.array(sorted(columns.relationship_ids.find(tie.id) for tie in ties), np.int32)
    return Selection(
        Ids(columns.entity_ids, entities),
        Ids(columns.relationship_ids, numbers),
        Ids(columns.source_ids, sources_of(graph, numbers)),
        complete=True,
        title=f"{entity.name}, and all its relationships",
        parameters=Parameters(of=(entity.id,)),
    )


def _preferred(accept: str, offered: Sequence[str]) -> str:
    """The media type that is wanted most (RFC 9110, section 12.5.1); of several the one that is named most exactly, then the first."""
    wishes = dict(map(_wish, (accept or "*/*").split(",")))
    ranks = []
    for place, media in enumerate(offered):
        ranges = (media, f"{media.partition('/')[0]}/*", "*/*")
        exactness = next((number for number, name in enumerate(ranges) if name in wishes), len(ranges))
        quality = wishes[ranges[exactness]] if exactness < len(ranges) else 0.0
        ranks.append((-quality, exactness, place, media))
    return min(ranks)[-1]


def _wish(item: str) -> tuple[str, float]:
    """A media range and how much it is wanted, 0 to 1; one whose weight can't be read is not wanted."""
    name, *parameters = (part.strip().lower() for part in item.split(";"))
    weights = [_QUALITY.fullmatch(part) for part in parameters if part.startswith("q=")]
    return name, 1.0 if not weights else float(weights[0][1]) if weights[0] else 0.0
