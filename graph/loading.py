"""From files to a graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interlock.graph.cache import kept
from interlock.graph.collecting import without_collecting
from interlock.graph.decisions import is_table, read_tables
from interlock.graph.errors import DataError, Problem
from interlock.graph.files import is_packed
from interlock.graph.heap import Memory
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.snapshot import Snapshot, is_snapshot, write_snapshot
from interlock.graph.told import QUIET, Told

if TYPE_CHECKING:
    from interlock.graph.documents import Documents

SHIPPED_LICENCE: Final = "CC0-1.0"
BULK_FROM: Final = 1 << 24
"""From how many bytes on files are compiled by columns."""
_PACKING: Final = 10
"""To how many times its size a packed file unpacks, roughly."""


def load(*paths: str | PathLike[str]) -> KnowledgeGraph:
    """Load RDF files or folders, or one snapshot; without any, the shipped graph.

    Raises ``DataError`` with every fault, each with its file and its line or subject.
    """
    if not paths:
        return KnowledgeGraph(kept(lambda: _compiled((), SHIPPED_LICENCE)))
    return KnowledgeGraph(_snapshot(paths) or _compiled_in_bulk(paths, QUIET) or _compiled(paths))


def check(*paths: str | PathLike[str], told: Told = QUIET) -> KnowledgeGraph:
    """Load, and hold everything against the SHACL shapes too; of a snapshot, read every byte. Raises ``DataError`` as ``load`` does."""
    snapshot = _snapshot(paths)
    if snapshot:
        snapshot.verify(told.checking)
        graph = KnowledgeGraph(snapshot)
        _ = graph.arrays  # right checksums don't make them lead somewhere
        return graph
    store = _compiled_in_bulk(paths, told, shapes=True) if paths else None
    return KnowledgeGraph(_checked(paths) if store is None else store)


def load_checked(*paths: str | PathLike[str], told: Told = QUIET) -> KnowledgeGraph:
    """Load what passes ``check``: the shipped graph is held against the shapes only once. Raises ``DataError`` as ``load`` does."""
    return check(*paths, told=told) if paths else KnowledgeGraph(kept(lambda: _checked(()), checked=True))


def build(paths: Sequence[str | PathLike[str]], output: str | PathLike[str], told: Told = QUIET) -> KnowledgeGraph:
    """Compile RDF files or folders into one snapshot.

    Raises ``DataError`` as ``load`` does, and if it can't be written.
    """
    if _snapshot(paths):
        raise DataError([Problem(str(paths[0]), 0, "", "is a snapshot already. Build one from RDF")])
    store = _compiled_in_bulk(paths, told) or _compiled(paths)
    write_snapshot(Path(output), store, told.writing)
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


def _checked(paths: Sequence[str | PathLike[str]]) -> Memory:
    from interlock.graph.check import Shapes

    with without_collecting():
        documents, notes = _merged(_read(paths))
        store = _columns(documents, notes, None if paths else SHIPPED_LICENCE)
        problems = Shapes().violations(documents.statements)
    if problems:
        raise DataError(problems)
    return store


def _compiled_in_bulk(paths: Sequence[str | PathLike[str]], told: Told, shapes: bool = False) -> Memory | None:
    """The columns of these files, if they are big and can be compiled so."""
    from interlock.graph.documents import find_files
    from interlock.graph.parsing import prefixes_beside

    found = find_files(map(Path, paths))
    files = [path for path in found if not is_table(path)]
    if sum(map(_weight, files)) < BULK_FROM:
        return None
    from interlock.graph.bulk import compile_files

    excused = {path for path in files if not found[path] or prefixes_beside(path)}
    return compile_files(files, told, shapes, read_tables(found), excused)


def _weight(path: Path) -> int:
    """About how many bytes a file has once it is unpacked."""
    size = path.stat().st_size
    return size * _PACKING if is_packed(path) else size


def _compiled(paths: Sequence[str | PathLike[str]], licence: str | None = None) -> Memory:
    with without_collecting():
        return _columns(*_merged(_read(paths)), licence)


def _merged(documents: Documents) -> tuple[Documents, tuple[str, ...]]:
    from interlock.graph.merging import merge

    statements, notes = merge(documents.statements)
    return replace(documents, statements=statements), notes


def _columns(documents: Documents, notes: Sequence[str], licence: str | None) -> Memory:
    from interlock.graph.builder import compiled
    from interlock.graph.convert import convert
    from interlock.graph.origin_counts import counted, provenance
    from interlock.graph.rdf import version_of
    from interlock.graph.vocabulary import shipped_terms

    statements = documents.statements
    records = convert(statements, shipped_terms())
    common, origins = provenance(documents, counted(statements, records), licence)
    return compiled(records, version_of(statements), common, notes, origins)
