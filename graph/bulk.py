"""From one big file of N-Quads or N-Triples to columns, without making an object of every statement and record.

Whatever is of the common shape is converted by columns, and each thing that repeats (a term, an interval, a way to read) once, by the same
functions as everywhere. All else (``_Parted.odd``) becomes statements and goes through ``convert`` as any data does, together with what it
leans on; so a fault is told in the same words, whatever it is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS
from interlock.graph.builder import ColumnsBuilder, WrittenTies
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_read import Quads, hash_work
from interlock.graph.bulk_sort import DURING, NAME, OBSERVED, STATUS, Sorted
from interlock.graph.codec import OWN_SLUGS, ROLE, ROLE_IRI
from interlock.graph.convert import convert, make_board
from interlock.graph.convert_entities import Slugs
from interlock.graph.dates import DISTANT_PAST
from interlock.graph.heap import Memory, Numbers
from interlock.graph.intervals import Interval
from interlock.graph.jit import bulk
from interlock.graph.model import Entity, EntityKind, Records, RelationshipKind
from interlock.graph.packing import Writer
from interlock.graph.reading import identify
from interlock.graph.snapshot import Progress
from interlock.graph.vocabulary import shipped_terms
from interlock.seeds.vocab import BASE

_SEAT: Final = RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT)
_CUT: Final = len(f"<{BASE}")


def compile_file(path: Path, progress: Progress | None = None) -> Memory | None:
    """The columns of a file; None if its entities have to be named one after another, which only ``convert`` can.

    Raises ``DataError`` as ``load`` does.
    """
    with _without_collecting():
        quads = Quads(path, progress or _quietly)
        try:
            parted = Parted(Sorted(quads))
            return None if parted.has_foreign_entities else _columns(parted)
        finally:
            quads.close()


def _columns(parted: Parted) -> Memory | None:
    found = parted.found
    records = convert(found.statements(parted.rest()), shipped_terms())
    odd = set(map(identify, map(found.iri, parted.odd().tolist())))
    builder = ColumnsBuilder()
    places = _add_entities(builder, parted, records, odd)
    if places is None:
        return None
    for source in records.sources.values():
        builder.add_source(source)
    for tie in records.relationships.values():
        if tie.id in odd:
            builder.add_relationship(tie)
    _add_ties(builder, parted, places)
    builder.vocabulary = records.vocabulary
    return builder.finish(found.version())


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Don't look for cycles among millions of objects that have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add_entities(builder: ColumnsBuilder, parted: Parted, records: Records, odd: set[str]) -> Numbers | None:
    """Add all entities, and the boards that nobody spells out; the builder's numbers of subjects. None if a board's name is taken."""
    found = parted.found
    places = np.full(len(found.subjects), -1, np.int32)
    own = np.flatnonzero(parted.plain_entity)
    columns = (own, parted.entity_kind[own], found.values[NAME][own], found.values[DURING][own])
    for number, kind, name, during in zip(*(column.tolist() for column in columns), strict=True):
        stated = found.text(during) if during >= 0 else None
        places[number] = _add_entity(builder, identify(found.iri(number)), kind, found.text(name), stated, parted.spans.stated(during))
    have = set()
    for entity in records.entities.values():
        if entity.kind is EntityKind.BOARD:
            have.add(entity.unit_of)
        if entity.id in odd:
            builder.add_entity(entity)
        elif entity.kind is EntityKind.BOARD:
            if builder.knows(entity.id):
                return None
            builder.add_entity(entity)
    for number in np.flatnonzero((parted.entity_kind >= 0) & ~parted.plain_entity).tolist():
        places[number] = builder.number_of(identify(found.iri(number)))
    seats = parted.plain_ties[parted.tie_kind[parted.plain_ties] == _SEAT]
    slugs = Slugs()
    for company in np.unique(parted.target[seats]).tolist():
        iri = found.iri(company)
        if identify(iri) not in have:
            name = found.text(int(found.values[NAME][company])) if parted.plain_entity[company] else records.entities[identify(iri)].name
            board = make_board(iri, name, slugs)
            if builder.knows(board.id):
                return None
            if board.unit_of is not None and board.id.casefold() == board.id:
                builder.add_implied_board(board.id, board.name, board.unit_of)
            else:
                builder.add_entity(board)
    return places


def _add_entity(builder: ColumnsBuilder, id: str, kind: int, name: str, stated: str | None, interval: Interval | None) -> int:
    if id.casefold() == id:
        return builder.add_plain_entity(id, kind, name, stated, interval)
    return builder.add_entity(Entity(id, BASE + id, id.removeprefix(OWN_SLUGS), ENTITY_KINDS[kind], name, interval=interval, stated=stated))


def _add_ties(builder: ColumnsBuilder, parted: Parted, places: Numbers) -> None:
    """Add the relationships of the common shape with their claims."""
    found, ties, claims, spans = parted.found, parted.plain_ties, parted.claims, parted.spans
    terms, writer = found.quads.terms, builder.writer
    pieces = _Pieces()
    reads = pieces.extend(_terms(writer, term.phrase, term.inverse) for _, term in parted.readings)
    roles = pieces.extend(_terms(writer, role.name, role.iri) if role else b"" for role, _ in parted.readings)
    told = list(spans.written(writer))
    held, seen = pieces.extend(each for _, each in told), pieces.extend(spans.sights_written(writer))
    reading = parted.reading[ties]
    head = parted.tie_kind[ties] | parted.tie_status << 4
    fields = np.array([bits for bits, _ in told], np.int32)[parted.span] | np.where(roles[reading] > 0, ROLE | ROLE_IRI, 0)
    columns = (head, parted.tie_sources, reads[reading], held[parted.span], roles[reading], fields)
    graphs, graph = np.unique(found.number[found.graph[claims]], return_inverse=True)
    sources = [identify(found.iri(number)) for number in graphs.tolist()]
    source_terms = np.array([writer.term_number(source) for source in sources], np.int32)
    source_numbers = np.array([builder.source_number(source) for source in sources], np.int32)
    word = found.status[found.values[STATUS][claims]].astype(np.uint8) << 1
    claim_terms = found.subjects[claims]
    said = np.stack([word, source_terms[graph], claim_terms, seen[spans.sight_of(found.values[OBSERVED][claims])]]).astype(np.int32)
    at, blob = pieces.joined()
    sizes = terms.at[claim_terms + 1] - terms.at[claim_terms]
    room = int(np.diff(at)[np.concatenate([*columns[2:5], said[3]])].sum() + sizes.sum()) + 16 * (len(ties) + len(claims))
    out, out_at = np.empty(room, np.uint8), np.zeros(len(ties) + 1, np.int64)
    bulk().write_ties(np.stack(columns).astype(np.int32), parted.first_claim, said, blob, at, terms.heap, terms.at, _CUT, out, out_at)
    hashes = np.empty(len(claims), np.uint64)
    bulk().hash_each(terms.heap, terms.at[claim_terms] + _CUT, terms.at[claim_terms + 1] - 1, hashes, *hash_work())
    written = WrittenTies(
        ids=[terms.bytes(int(term))[_CUT:-1] for term in found.subjects[ties]],
        written=out[: out_at[-1]],
        at=out_at,
        ends=np.stack([places[parted.source[ties]], places[parted.target[ties]]], axis=1),
        kind=parted.tie_kind[ties],
        status=parted.tie_status,
        sources=parted.tie_sources,
        bounds=spans.bounds[parted.span],
        latest=int(spans.latest[parted.span].max(initial=DISTANT_PAST)),
        claims=np.diff(parted.first_claim),
        claim_source=source_numbers[graph],
        claim_word=word,
        claim_hash=hashes,
    )
    builder.add_written(written)


class _Pieces:
    """Byte strings end to end; number 0 is empty."""

    def __init__(self) -> None:
        self._all = [b""]

    def add(self, piece: bytes) -> int:
        self._all.append(piece)
        return len(self._all) - 1 if piece else 0

    def extend(self, pieces: Iterable[bytes]) -> Numbers:
        return np.array([self.add(piece) for piece in pieces], np.int32)

    def joined(self) -> tuple[Numbers, Numbers]:
        at = np.zeros(len(self._all) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, self._all), np.int64, len(self._all)), out=at[1:])
        return at, np.frombuffer(b"".join(self._all) or b"\0", np.uint8)


def _terms(writer: Writer, *terms: str) -> bytes:
    for term in terms:
        writer.term(term)
    made = bytes(writer.out)
    writer.out.clear()
    return made


def _quietly(done: int, total: int) -> None:
    pass
