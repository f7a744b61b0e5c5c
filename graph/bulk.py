"""From one big file of N-Quads or N-Triples to columns, without making an object of every statement and record.

Whatever is of the common shape is converted by columns, and each thing that repeats (a term, an interval, a way to read) once, by the same
functions as everywhere. All else (``_Parted.odd``) becomes statements and goes through ``convert`` as any data does, together with what it
leans on; so a fault is told in the same words, whatever it is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from interlock.graph.builder import ColumnsBuilder
from interlock.graph.bulk_entities import BASE_SIZE, add_entities, cut_out
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_read import Quads, hash_work
from interlock.graph.bulk_sort import DURING, OBSERVED, STATUS, Sorted
from interlock.graph.codec import HELD, ROLE, STATED
from interlock.graph.convert import convert
from interlock.graph.dates import DISTANT_PAST
from interlock.graph.heap import Memory, Numbers
from interlock.graph.jit import bulk
from interlock.graph.licences import licences_of
from interlock.graph.origins import COUNTED, Origin, Provenance
from interlock.graph.reading import identify
from interlock.graph.snapshot import Progress
from interlock.graph.vocabulary import shipped_terms
from interlock.graph.written import Written, WrittenTies
from interlock.seeds import vocab


def compile_file(path: Path, progress: Progress | None = None) -> Memory | None:
    """The columns of a file; None if its entities have to be named one after another, which only ``convert`` can.

    Raises ``DataError`` as ``load`` does.
    """
    with _without_collecting():
        quads = Quads(path, progress or _quietly)
        try:
            if not quads.terms.hold(str(vocab.IL)):
                return None  # others wrote it
            parted = Parted(Sorted(quads))
            return None if parted.has_foreign_entities else _columns(parted)
        finally:
            quads.close()


def _columns(parted: Parted) -> Memory | None:
    found = parted.found
    statements = found.statements(parted.rest())
    records = convert(statements, shipped_terms())
    odd = set(map(identify, map(found.iri, parted.odd().tolist())))
    builder = ColumnsBuilder()
    places = add_entities(builder, parted, records, odd)
    if places is None:
        return None
    for source in records.sources.values():
        builder.add_source(source)
    for tie in records.relationships.values():
        if tie.id in odd:
            builder.add_relationship(tie)
    _add_ties(builder, parted, places)
    builder.vocabulary = records.vocabulary
    licence = next(iter(licences_of(statements).values()), None)
    store = builder.finish(found.version(), licence)
    origin = Origin(found.quads.path.name, licence, found.quads.rows.shape[1], *(store.meta[what] for what in COUNTED))
    return replace(store, meta={**store.meta, "provenance": asdict(Provenance((origin,)))})


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


def _add_ties(builder: ColumnsBuilder, parted: Parted, places: Numbers) -> None:
    """Add the relationships of the common shape with their claims."""
    found, ties, claims, spans = parted.found, parted.plain_ties, parted.claims, parted.spans
    terms, writer = found.quads.terms, builder.writer
    readings = [(writer.term_number(term.phrase), writer.term_number(term.inverse)) for _, term in parted.readings]
    roles = [(writer.term_number(role.name), writer.term_number(role.iri)) if role else (-1, -1) for role, _ in parted.readings]
    stated = spans.terms_of(writer, found.values[DURING][ties])
    graphs, graph = np.unique(found.number[found.graph[claims]], return_inverse=True)
    sources = [identify(found.iri(number)) for number in graphs.tolist()]
    source_terms = np.array([writer.term_number(source) for source in sources], np.int32)
    source_numbers = np.array([builder.source_number(source) for source in sources], np.int32)
    word = found.status[found.values[STATUS][claims]].astype(np.uint8) << 1
    claim_terms, days = found.subjects[claims], spans.day(found.values[OBSERVED][claims])
    dates = spans.written(writer, spans.held, spans.seen, days)
    said = np.stack([word, source_terms[graph], claim_terms, days], dtype=np.int32)
    head = parted.tie_kind[ties] | parted.tie_status << 4
    columns = np.stack([head, parted.tie_sources, parted.reading[ties], spans.seen, stated], dtype=np.int32)
    room = int((terms.at[claim_terms + 1] - terms.at[claim_terms]).sum()) + 64 * len(ties) + 24 * len(claims)
    out, out_at = np.empty(room, np.uint8), np.zeros(len(ties) + 1, np.int64)
    bulk().write_ties(
        columns, spans.held, parted.first_claim, said, np.array(readings, np.int32).reshape(-1, 2),
        np.array(roles, np.int32).reshape(-1, 2), np.array([HELD, STATED, ROLE]), dates, terms.heap, terms.at, BASE_SIZE, out, out_at,
    )  # fmt: skip
    hashes = np.empty(len(claims), np.uint64)
    bulk().hash_each(terms.heap, terms.at[claim_terms] + BASE_SIZE, terms.at[claim_terms + 1] - 1, hashes, *hash_work())
    batch = WrittenTies(
        ids=cut_out(parted, found.subjects[ties], BASE_SIZE),
        records=Written(out, out_at),
        ends=np.stack([places[parted.source[ties]], places[parted.target[ties]]], axis=1),
        kind=parted.tie_kind[ties],
        status=parted.tie_status,
        sources=parted.tie_sources,
        bounds=spans.bounds,
        latest=int(spans.latest.max(initial=DISTANT_PAST)),
        claims=np.diff(parted.first_claim),
        claim_source=source_numbers[graph],
        claim_word=word,
        claim_hash=hashes,
    )
    builder.add_written_ties(batch)


def _quietly(done: int, total: int) -> None:
    pass
