"""The formats that can be imported, and the writing of what is in them as TriG."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from interlock.graph.errors import BadInput
from interlock.graph.importers.inputs import Inputs, Progress
from interlock.graph.importers.notes import Notes
from interlock.graph.model import Entity, Source

if TYPE_CHECKING:
    import pyoxigraph as ox

    from interlock.graph.importers.records import Maker, Record


@dataclass(frozen=True, slots=True)
class Importer:
    """What reads a format: a function by its module here, imported when it is used; how files are called, and how often it reads them.

    ``mapped`` formats need a mapping that says what their columns mean.
    """

    reader: str
    endings: tuple[str, ...]
    passes: int
    says: str
    mapped: bool = False


IMPORTERS: Final[dict[str, Importer]] = {
    "csv": Importer("tables", (".csv", ".tsv"), 2, "rows of a table, with a mapping", mapped=True),
    "sec": Importer("sec", (".xml", ".txt"), 1, "SEC Forms 3, 4 and 5"),
    "ftm": Importer("ftm", (".json", ".jsonl", ".ndjson", ".ftm"), 2, "FollowTheMoney, as OpenSanctions and OpenAleph publish it"),
    "bods": Importer("bods", (".json", ".jsonl", ".ndjson"), 3, "Beneficial Ownership Data Standard 0.4"),
    "littlesis": Importer("littlesis", (".json",), 2, "the bulk data of LittleSis"),
}
"""Name of a format → what reads it."""
Read = Callable[[Inputs, "Maker", str], Iterator["Record"]]
"""The records in files; the text is the mapping, if there is one."""


def importer_of(name: str) -> Importer:
    """The importer of this name, or ``BadInput`` that names those there are."""
    if name not in IMPORTERS:
        near = difflib.get_close_matches(name, IMPORTERS, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise BadInput(f"{name[:40]!r} is not a format of imports. {hint}There are {', '.join(IMPORTERS)}.")
    return IMPORTERS[name]


def import_files(
    name: str, paths: Sequence[Path], notes: Notes, mapping: str = "", base: str | None = None, progress: Progress | None = None
) -> Iterator[bytes]:
    """What files say, as pieces of a TriG document under a base IRI, by default our own; ``notes`` is told what was left out.

    Raises ``DataError`` for files that can't be read, and ``BadInput`` for a mapping that isn't understood.
    """
    importer = importer_of(name)
    from interlock.graph.exports.rdf import written
    from interlock.graph.importers.records import Maker
    from interlock.seeds import vocab

    base = base or vocab.BASE
    read = cast(Read, import_module(f"interlock.graph.importers.{importer.reader}").read)
    inputs = Inputs(paths, importer.endings, importer.passes, progress)
    records = read(inputs, Maker(base, name, notes), mapping)
    about = {"title": f"Imported from {importer.says}", "files": ", ".join(path.name for path in inputs.paths[:20])}
    return written(_quads(records, base), "TRIG", about)


def _quads(records: Iterator[Record], base: str) -> Iterator[ox.Quad]:
    from interlock.graph.exports.statements import Describer

    describe = Describer(base)
    for record in records:
        if isinstance(record, Entity):
            yield from describe.entity(record)
        elif isinstance(record, Source):
            yield from describe.source(record)
        else:
            yield from describe.relationship(record)
            for claim in record.claims:
                yield from describe.claim(claim)
