"""From files to a graph."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interlock.graph.cache import kept
from interlock.graph.errors import DataError, Problem
from interlock.graph.heap import Memory
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.snapshot import Progress, Snapshot, is_snapshot, write_snapshot

if TYPE_CHECKING:
    from interlock.graph.documents import Documents

SHIPPED_LICENCE: Final = "CC0-1.0"
BULK_FROM: Final = 1 << 24
"""From how many bytes on a file whose statements stand each on its line is compiled by columns."""


def load(*paths: str | PathLike[str]) -> KnowledgeGraph:
    """Load RDF files or folders, or one snapshot; without any, the shipped graph.

    Raises ``DataError`` with every fault, each with its file and its line or subject.
    """
    if not paths:
        return KnowledgeGraph(kept(lambda: _compiled(_read(()), SHIPPED_LICENCE)))
    return KnowledgeGraph(_snapshot(paths) or _compiled(_read(paths)))


def check(*paths: str | PathLike[str]) -> KnowledgeGraph:
    """Load, and hold everything against the SHACL shapes too; of a snapshot, read every byte. Raises ``DataError`` as ``load`` does."""
    snapshot = _snapshot(paths)
    if snapshot:
        snapshot.verify()
        graph = KnowledgeGraph(snapshot)
        _ = graph.arrays  # right checksums don't make them lead somewhere
        return graph
    from interlock.graph.check import violations

    documents = _read(paths)
    store = _compiled(documents, None if paths else SHIPPED_LICENCE)
    problems = violations(documents.statements)
    if problems:
        raise DataError(problems)
    return KnowledgeGraph(store)


def build(
    paths: Sequence[str | PathLike[str]],
    output: str | PathLike[str],
    progress: Progress | None = None,
    reading: Progress | None = None,
) -> KnowledgeGraph:
    """Compile RDF files or folders into one snapshot; ``reading`` is told how much of a big file has been read, ``progress`` of writing.

    Raises ``DataError`` as ``load`` does, and if it can't be written.
    """
    if _snapshot(paths):
        raise DataError([Problem(str(paths[0]), 0, "", "is a snapshot already. Build one from RDF")])
    store = _compiled_in_bulk(paths, reading) or _compiled(_read(paths))
    write_snapshot(Path(output), store, progress)
    return KnowledgeGraph(store)


def shipped_files() -> Sequence[Path]:
    """The files of the shipped graph."""
    from interlock.graph.vocabulary import SEEDS

    return sorted(SEEDS.glob("*.trig"))


def _snapshot(paths: Sequence[str | PathLike[str]]) -> Snapshot | None:
    """The snapshot that the only path is; None if the paths are of RDF."""
    found = [path for path in map(Path, paths) if is_snapshot(path)]
    if found and len(paths) > 1:
        raise DataError([Problem(str(path), 0, "", "is a snapshot, which is loaded alone: name no other file beside it") for path in found])
    return Snapshot(found[0]) if found else None


def _read(paths: Sequence[str | PathLike[str]]) -> Documents:
    from interlock.graph.documents import find_files, read_documents

    return read_documents(find_files(map(Path, paths)) if paths else dict.fromkeys(shipped_files(), True))


def _compiled_in_bulk(paths: Sequence[str | PathLike[str]], progress: Progress | None) -> Memory | None:
    """The columns of the only file, if it is big and of a kind that can be compiled so."""
    from interlock.graph.parsing import LINE_BY_LINE

    path = Path(paths[0]) if len(paths) == 1 else None
    if path is None or path.suffix not in LINE_BY_LINE or not path.is_file() or path.stat().st_size < BULK_FROM:
        return None
    from interlock.graph.bulk import compile_file

    return compile_file(path, progress)


def _compiled(documents: Documents, licence: str | None = None) -> Memory:
    from interlock.graph.builder import compiled
    from interlock.graph.convert import convert
    from interlock.graph.origin_counts import origins_of, provenance
    from interlock.graph.rdf import version_of
    from interlock.graph.vocabulary import shipped_terms

    records = convert(documents.statements, shipped_terms())
    origins = origins_of(documents, records, licence)
    stated = {origin.licence for origin in origins}
    common = stated.pop() if len(stated) == 1 else None
    return compiled(records, version_of(documents.statements), common, provenance(origins, documents))
