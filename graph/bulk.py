"""From big files to columns, without making an object of every statement and record.

Whatever is of the common shape is converted by columns, and each thing that repeats (a term, an interval, a way to read) once, by the same
functions as everywhere. All else (``_Parted.odd``) becomes statements and goes through ``convert`` as any data does, together with what it
leans on; so a fault is told in the same words, whatever it is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np

from interlock.graph.builder import ColumnsBuilder
from interlock.graph.bulk_entities import BASE_SIZE, add_entities, cut_out
from interlock.graph.bulk_merge import merged
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_read import Quads
from interlock.graph.bulk_sort import DURING, OBSERVED, STATUS
from interlock.graph.bulk_terms import hash_work
from interlock.graph.codec import HELD, ROLE, STATED
from interlock.graph.convert import convert
from interlock.graph.dates import DISTANT_PAST
from interlock.graph.decisions import Row
from interlock.graph.errors import DataError
from interlock.graph.heap import Memory, Numbers
from interlock.graph.jit import bulk
from interlock.graph.reading import identify
from interlock.graph.told import QUIET, Progress, Told
from interlock.graph.vocabulary import shipped_terms
from interlock.graph.written import Written, WrittenTies

_STEPS: Final = 6
"""In how many steps files that have been read become columns."""


def compile_files(paths: Sequence[Path], told: Told = QUIET, shapes: bool = False, decisions: Sequence[Row] = ()) -> Memory | None:
    """The columns of these files, their entities merged by ``decisions`` too, and held against the shapes if wanted.

    None, and a note, if only ``merge`` and ``convert`` can make sense of them. Raises ``DataError`` as ``load`` does.
    """
    with _without_collecting():
        quads = Quads(paths, told.reading)
        try:
            told.sorting(0, _STEPS)
            found = merged(quads, decisions)
            reason = "What is to be merged speaks of blank nodes" if found is None else ""
            columns = None
            if found is not None:
                told.sorting(1, _STEPS)
                parted = Parted(found[0])
                told.sorting(2, _STEPS)
                reason = _reason_against(parted)
                columns = None if reason else _columns(parted, found[1], told.sorting)
            if columns is not None and shapes:
                _check(parted, told.checking)
        finally:
            quads.close()
    if columns is None:
        told.note(f"{reason or 'Boards have to be named one after another'}: this takes longer, and more memory.")
    return columns


def _reason_against(parted: Parted) -> str:
    """Why ``convert`` has to look at everything; empty if it need not."""
    foreign = parted.foreign_terms()
    if foreign:
        return f"Not in Interlock's own vocabulary: {', '.join(foreign)}"
    return "Some entities are not named in Interlock's own way" if parted.has_foreign_entities else ""


def _check(parted: Parted, progress: Progress) -> None:
    """Hold everything against the shapes. Raises ``DataError``."""
    from interlock.graph.bulk_shapes import violations

    tally = violations(parted, progress)
    if tally:
        raise DataError(tally)


def _columns(parted: Parted, notes: Sequence[str], progress: Progress) -> Memory | None:
    found = parted.found
    records = convert(found.statements(parted.rest()), shipped_terms())
    odd = set(map(identify, map(found.iri, parted.odd().tolist())))
    builder = ColumnsBuilder()
    progress(3, _STEPS)
    places = add_entities(builder, parted, records, odd)
    if places is None:
        return None
    for source in records.sources.values():
        builder.add_source(source)
    for tie in records.relationships.values():
        if tie.id in odd:
            builder.add_relationship(tie)
    _add_ties(builder, parted, places)
    builder.vocabulary, builder.notes = records.vocabulary, notes
    progress(4, _STEPS)
    version = found.version()
    progress(5, _STEPS)
    return builder.finish(version)


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
