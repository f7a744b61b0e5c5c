"""Where big files' data comes from: whether all of it is in our own vocabulary, and how much came from which file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rdflib import RDF

from interlock.graph.builder import ColumnsBuilder
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_read import Quads
from interlock.graph.documents import OURS, Documents, empty, names_of
from interlock.graph.heap import Numbers
from interlock.graph.licences import licences_of
from interlock.graph.model import Records
from interlock.graph.origin_counts import counted, provenance
from interlock.graph.rdf import Statements
from interlock.seeds import vocab


def files_of_others(quads: Quads) -> list[Path]:
    """The files that have statements, and none that makes them our own (see ``interlock.graph.documents``)."""
    terms, rows = quads.terms, quads.rows
    every = np.arange(len(terms))
    ours = np.any([terms.begin(every, space) for space in OURS], axis=0)
    known = terms.begin(every, str(vocab.IL))
    own = known[rows[1]] | ours[rows[0]] | (rows[1] == terms.add(f"<{RDF.type}>")) & known[rows[2]]
    counts = np.bincount(quads.files_of(rows[4, own]), minlength=len(quads.counts))
    return [path for (path, count), ours_too in zip(quads.counts.items(), counts.tolist(), strict=True) if count and not ours_too]


def provenance_of(
    parted: Parted, statements: Statements, records: Records, builder: ColumnsBuilder, places: Numbers
) -> tuple[str | None, Mapping[str, Any]]:
    """The licence of all, and what is kept of the files; ``records`` are those not of the common shape, from ``statements``.

    ``places`` are the builder's numbers of subjects.
    """
    quads, files = parted.found.quads, parted.found.files()
    by_number = {
        "entities": np.concatenate([files[parted.plain_entity], files[_companies_of_implied_boards(builder, places)]]),
        "relationships": files[parted.plain_ties],
        "claims": files[parted.claims],
    }
    counts = counted(statements, records)
    for what, numbers in by_number.items():
        counts[what] += Counter(dict(zip(quads.counts, np.bincount(numbers, minlength=len(quads.counts)).tolist(), strict=True)))
    written = {path: count for path, count in quads.counts.items() if count}
    documents = Documents(statements, written, names_of(quads.counts), licences_of(statements), empty(quads.counts))
    return provenance(documents, counts)


def _companies_of_implied_boards(builder: ColumnsBuilder, places: Numbers) -> Numbers:
    """The subjects whose boards nobody spells out."""
    boards, companies = builder.boards()
    subject = np.full(builder.entity_count, -1, np.int64)
    described = np.flatnonzero(places >= 0)
    subject[places[described]] = described
    implied: Numbers = subject[companies[subject[boards] < 0]]
    return implied
