"""From files to a graph."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Final

from interlock.graph.check import violations
from interlock.graph.convert import convert
from interlock.graph.errors import DataError
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.rdf import Statements, find_files, read, version_of
from interlock.graph.vocabulary import SEEDS, shipped_terms

SHIPPED_LICENCE: Final = "CC0-1.0"


def load(*paths: str | PathLike[str]) -> KnowledgeGraph:
    """Load RDF files or folders; without any, the shipped graph.

    Raises ``DataError`` with every fault, each with its file and its line or subject.
    """
    return _graph(_read(paths), shipped=not paths)


def check(*paths: str | PathLike[str]) -> KnowledgeGraph:
    """Load, and hold everything against the SHACL shapes too. Raises ``DataError`` as ``load`` does."""
    statements = _read(paths)
    graph = _graph(statements, shipped=not paths)
    problems = violations(statements)
    if problems:
        raise DataError(problems)
    return graph


def shipped_files() -> Sequence[Path]:
    """The files of the shipped graph."""
    return sorted(SEEDS.glob("*.trig"))


def _read(paths: Sequence[str | PathLike[str]]) -> Statements:
    return read(find_files(map(Path, paths)) if paths else shipped_files())


def _graph(statements: Statements, shipped: bool) -> KnowledgeGraph:
    records = convert(statements, shipped_terms())
    return KnowledgeGraph(records, version_of(statements), SHIPPED_LICENCE if shipped else None)
