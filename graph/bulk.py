"""From big files to columns, without making an object of every statement and record.

Whatever is of the common shape is converted by columns, and each thing that repeats (a term, an interval, a way to read) once, by the same
functions as everywhere. All else (``_Parted.odd``) becomes statements and goes through ``convert`` as any data does, together with what it
leans on; so a fault is told in the same words, whatever it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from interlock.graph.builder import ColumnsBuilder
from interlock.graph.bulk_entities import BASE_SIZE, add_entities, cut_out
from interlock.graph.bulk_merge import merged
from interlock.graph.bulk_origins import files_of_others, provenance_of
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_read import Quads
from interlock.graph.bulk_sort import DURING, OBSERVED, STATUS
from interlock.graph.bulk_terms import hash_work
from interlock.graph.codec import HELD, ROLE, STATED
from interlock.graph.collecting import without_collecting
from interlock.graph.convert import convert
from interlock.graph.dates import DISTANT_PAST
from interlock.graph.decisions import Row
from interlock.graph.errors import DataError
from interlock.graph.heap import Memory, Numbers
from interlock.graph.jit import bulk
from interlock.graph.model import Records
from interlock.graph.reading import identify
from interlock.graph.told import QUIET, Progress, Told
from interlock.graph.vocabulary import shipped_terms
from interlock.graph.written import Written, WrittenTies

_SLOWLY: Final = "{}: this takes longer, and more memory."
_STEPS: Final = 6
"""In how many steps files that have been read become columns."""


def compile_files(
    paths: Sequence[Path],
    told: Told = QUIET,
    shapes: bool = False,
    decisions: Sequence[Row] = (),
    excused: Collection[Path] = (),
) -> Memory | None:
    """The columns of these files, their entities merged by ``decisions`` too, and held against the shapes if wanted.

    None, and a note, if that takes ``read_documents``, ``merge`` and ``convert``; so it does if one of the files that are ``excused`` can't
    be read here. Raises ``DataError`` as ``load`` does.
    """
    with without_collecting():
        try:
            quads = Quads(paths, told.reading)
        except DataError as error:
            if not all(Path(problem.file) in excused for problem in error.problems):
                raise
            told.note(_SLOWLY.format(f"{error.problems[0].file} can't be read by itself"))
            return None
        columns = _compiled(quads, told, shapes, decisions)
    if isinstance(columns, str):
        told.note(_SLOWLY.format(columns))
        return None
    return columns


def _compiled(quads: Quads, told: Told, shapes: bool, decisions: Sequence[Row]) -> Memory | str:
    """The columns, or why ``convert`` has to look at everything."""
    try:
        told.sorting(0, _STEPS)
        if others := files_of_others(quads):
            return f"Not in Interlock's own vocabulary: {', '.join(map(str, others))}"
        found = merged(quads, decisions)
        if found is None:
            return "What is to be merged speaks of blank nodes"
        told.sorting(1, _STEPS)
        parted = Parted(found[0])
        told.sorting(2, _STEPS)
        if parted.has_foreign_entities:
            return "Some entities are not named in Interlock's own way"
        columns = _columns(parted, found[1], told.sorting)
        if columns is None:
            return "Boards have to be named one after another"
        if shapes:
            _check(parted, told.checking)
        return columns
    finally:
        quads.close()


def _check(parted: Parted, progress: Progress) -> None:
    """Hold everything against the shapes. Raises ``DataError``."""
    from interlock.graph.bulk_shapes import violations

    tally = violations(parted, progress)
    if tally:
        raise DataError(tally)


def _only(records: Records, odd: Collection[str]) -> Records:
    """The records of these ids."""
    entities = {id: entity for id, entity in records.entities.items() if id in odd}
    return replace(records, entities=entities, relationships={id: tie for id, tie in records.relationships.items() if id in odd})


def _columns(parted: Parted, notes: Sequence[str], progress: Progress) -> Memory | None:
    found = parted.found
    statements = found.statements(parted.rest())
    records = convert(statements, shipped_terms())
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
    licence, provenance = provenance_of(parted, statements, _only(records, odd), builder, places)
    progress(4, _STEPS)
    version = found.version()
    progress(5, _STEPS)
    return builder.finish(version, licence, provenance)


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
