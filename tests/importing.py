"""Imports of small texts, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

from interlock.graph import KnowledgeGraph, load
from interlock.graph.importers.formats import import_files
from interlock.graph.importers.notes import Notes
from interlock.graph.model import Relationship

SHARED = Path(__file__).parents[2] / "shared" / "data"
"""Real files, beside the checkout where they are."""


def imported(folder: Path, format: str, *contents: str | bytes, mapping: str = "", ending: str = ".json") -> tuple[Path, Notes]:
    """The TriG file that these contents become, and what was told of them."""
    paths = []
    for number, content in enumerate(contents, 1):
        paths.append(folder / f"in{number}{ending}")
        paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_paths(folder, format, *paths, mapping=mapping)


def import_paths(folder: Path, format: str, *paths: Path, mapping: str = "") -> tuple[Path, Notes]:
    """The TriG file that these files or folders become, and what was told of them."""
    notes, to = Notes(), folder / "out.trig"
    to.write_bytes(b"".join(import_files(format, paths, notes, mapping)))
    return to, notes


def ties(graph: KnowledgeGraph) -> set[tuple[str, str, str]]:
    """Each relationship as the names of its ends around its label."""
    return {(graph.entities[tie.source].name, tie.label, graph.entities[tie.target].name) for tie in graph.relationships.values()}


def only(graph: KnowledgeGraph, kind: str) -> Relationship:
    """The only relationship of a kind."""
    [found] = [tie for tie in graph.relationships.values() if tie.kind == kind]
    return found


def balanced(notes: Notes) -> bool:
    """Is everything that was read either taken or left out?"""
    return notes.read == notes.taken + sum(count.number for count in notes.left_out.values())


def loaded(path: Path, notes: Notes) -> KnowledgeGraph:
    """The graph of an import of which nothing was dropped in silence."""
    assert balanced(notes)
    return load(path)


def told(notes: Notes) -> str:
    """All that was told of an import."""
    return "\n".join(notes.lines())
