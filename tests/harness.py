"""Small graphs from small literals, so that a test shows its data on top and hides the plumbing."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph

from interlock.graph.dates import parse_date
from interlock.graph.engine import Limits
from interlock.graph.intervals import UNKNOWN, parse_interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Claim, Entity, EntityKind, Records, Relationship, RelationshipKind, Source, Stance, Status
from interlock.graph.status import derive_status, independent_sources

PATIENT = Limits(seconds=math.inf)
"""Limits that a slow machine can't exceed: what is tested is what comes out, not when."""

DEFAULT_SOURCE = Source("source/times", "https://example.org/times", "The Times", publisher="The Times")


def entity(name: str, kind: str = "COMPANY", *aliases: str, **fields: object) -> Entity:
    """``entity("Reed Hastings", "PERSON")``; its id is its slug."""
    slug = name.casefold().replace(" ", "-")
    return Entity(slug, f"https://example.org/{slug}", slug, EntityKind(kind), name, aliases, **fields)  # type: ignore[arg-type]


def claim(number: int = 1, status: str = "CONFIRMED", stance: str = "SUPPORTS", source: str = DEFAULT_SOURCE.id, **fields: object) -> Claim:
    """One claim, by default a confirmation by the only source."""
    return Claim(f"claim/{number}", "r", source, Stance(stance), Status(status), **fields)  # type: ignore[arg-type]


def tie(
    source: str,
    target: str,
    during: str = "",
    *,
    kind: str = "ASSOCIATION",
    status: str = "CONFIRMED",
    observed: Iterable[str] = (),
    key: str = "",
    claims: Iterable[Claim] = (),
    sources: Iterable[Source] = (DEFAULT_SOURCE,),
) -> Relationship:
    """``tie("reed", "netflix", "1997", kind="FOUNDING")``: a relationship between two ids, with one claim of its status by each source."""
    known = {each.id: each for each in sources}
    made = tuple(claims) or tuple(claim(number, status, source=each) for number, each in enumerate(known, 1))
    interval = parse_interval(during) if during else UNKNOWN
    supporting = [known[each.source] for each in made if each.stance is Stance.SUPPORTS]
    return Relationship(
        id=key or f"{source}-{kind.lower()}-{target}",
        iri=f"https://example.org/{key or f'{source}-{target}'}",
        kind=RelationshipKind(kind),
        source=source,
        target=target,
        label="was tied to",
        inverse_label="was tied to",
        status=derive_status(made, known),
        independent_sources=independent_sources(supporting),
        interval=interval.observed_on(map(parse_date, observed)),
        claims=made,
    )


def graph(
    *ties: Relationship, entities: Iterable[Entity] = (), sources: Iterable[Source] = (DEFAULT_SOURCE,), version: str = "test"
) -> KnowledgeGraph:
    """A graph of these relationships; ends that aren't given are companies named as their ids."""
    known = {each.id: each for each in entities}
    for each in ties:
        for end in (each.source, each.target):
            known.setdefault(end, entity(end))
    return KnowledgeGraph(Records(known, {each.id: each for each in ties}, {each.id: each for each in sources}), version)


def union(*documents: str) -> Graph:
    """All statements of these Turtle or TriG documents, whatever graph they are in, as one rdflib graph."""
    quads = (quad for text in documents for quad in ox.parse(text, ox.RdfFormat.TRIG, rename_blank_nodes=True))
    return Graph().parse(data="\n".join(f"{quad.triple} ." for quad in quads), format="nt")
