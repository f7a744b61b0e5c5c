"""Turtle, TriG, N-Quads and JSON-LD: the same IRIs and the same vocabulary as the source, a named graph for each source.

Turtle has no named graphs: there each claim names its source by ``prov:hadPrimarySource``. What a selection leans on is described too (the
company of a board, whom a claim is attributed to, the organizations before and after a change), so that each file can be loaded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from interlock.graph.exports.content import Content, batches
from interlock.graph.model import Claim, Entity

if TYPE_CHECKING:
    import pyoxigraph as ox

_BATCH: Final = 4096
_OPEN: Final = re.compile(rb"\A(?:@prefix [^\n]*\n)*")


def turtle(content: Content) -> Iterator[bytes]:
    return _written(content, "TURTLE")


def trig(content: Content) -> Iterator[bytes]:
    return _written(content, "TRIG")


def nquads(content: Content) -> Iterator[bytes]:
    return _written(content, "N_QUADS")


def jsonld(content: Content) -> Iterator[bytes]:
    """One document; what it says about itself stands under a term that JSON-LD maps to nothing."""
    import orjson
    import pyoxigraph as ox

    yield b'{"@context":{"about":null},"about":' + orjson.dumps(content.about()) + b',"@graph":['
    first = True
    for batch in batches(quads(content), _BATCH):
        inner = _serialized(batch, ox.RdfFormat.JSON_LD).strip()[1:-1]
        yield inner if first else b"," + inner
        first = False
    yield b"]}\n"


def quads(content: Content) -> Iterator[ox.Quad]:
    """Everything as quads: the data's own terms, entities and sources, then each relationship with its claims."""
    import pyoxigraph as ox

    from interlock.graph.exports.statements import Describer

    graph = content.graph
    describe = Describer(graph.columns.base)
    if graph.vocabulary:
        yield from ox.parse("\n".join(f"{line} ." for line in graph.vocabulary), ox.RdfFormat.N_QUADS)
    seated = graph.columns.seated_at(content.selection.relationships.numbers)  # whoever reads of a seat knows that there is a board
    for entity in chain(_leaned_on(content), content.entities()):
        if not (entity.implied and entity.unit_of is not None and graph.index(entity.unit_of) in seated):
            yield from describe.entity(entity)
    for source in content.sources():
        yield from describe.source(source)
    for tie in content.relationships():
        yield from describe.relationship(tie)
        for claim in tie.claims:
            yield from describe.claim(claim)


def _written(content: Content, syntax: str) -> Iterator[bytes]:
    said = _sourced(quads(content)) if syntax == "TURTLE" else quads(content)
    return written(said, syntax, content.about())


def written(said: Iterable[ox.Quad | ox.Triple], syntax: str, about: Mapping[str, str]) -> Iterator[bytes]:
    """Quads in a syntax by its name in Oxigraph, piece by piece, after comments that tell what they are about."""
    import pyoxigraph as ox

    from interlock.seeds.vocab import PREFIXES

    format = getattr(ox.RdfFormat, syntax)
    prefixes = None if syntax == "N_QUADS" else PREFIXES
    yield "".join(f"# {name}: {_line(text)}\n" for name, text in about.items()).encode()
    for number, batch in enumerate(batches(said, _BATCH)):
        text = _serialized(batch, format, prefixes)
        yield _OPEN.sub(b"", text) if number else text


def _serialized(said: list[Any], format: ox.RdfFormat, prefixes: Mapping[str, str] | None = None) -> bytes:
    import pyoxigraph as ox

    text = ox.serialize(said, format=format, prefixes=None if prefixes is None else dict(prefixes))
    assert text is not None
    return text


def _sourced(said: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Quads as triples: a claim is said to come from the source in whose graph it is."""
    import pyoxigraph as ox
    from rdflib import RDF
    from rdflib.namespace import PROV

    for quad in said:
        yield quad.triple
        if isinstance(quad.graph_name, ox.NamedNode) and quad.predicate.value == str(RDF.type):
            yield ox.Triple(quad.subject, ox.NamedNode(str(PROV.hadPrimarySource)), quad.graph_name)


def _leaned_on(content: Content) -> Iterator[Entity]:
    """The entities that are spoken of without being selected."""
    graph, selection = content.graph, content.selection
    if len(selection.entities) == len(graph.entities):
        return
    chosen, wanted = set(selection.entities), dict[str, None]()
    for entity in graph.columns.entities(map(int, selection.entities.numbers)):
        wanted.update(dict.fromkeys(_named_by(entity)))
    for tie in graph.columns.relationships(map(int, selection.relationships.numbers)):
        wanted.update(dict.fromkeys(filter(None, map(_speaker, tie.claims))))
    waiting = [id for id in wanted if id not in chosen]
    while waiting:
        entity = graph.entities[waiting.pop(0)]
        if entity.id not in chosen:
            chosen.add(entity.id)
            yield entity
            waiting += [id for id in _named_by(entity) if id not in chosen]


def _speaker(claim: Claim) -> str | None:
    return claim.stated_by


def _named_by(entity: Entity) -> Iterator[str]:
    yield from filter(None, (entity.unit_of, *entity.came_from, *entity.went_into))


def _line(text: str) -> str:
    """A text within one line of a comment."""
    return " ".join(text.split())
