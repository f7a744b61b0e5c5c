"""What is told of data that was just loaded: which entities were made one, and what in its files was not understood."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

import typer

from interlock.graph import KnowledgeGraph
from interlock.graph.foreign.namespaces import shorten
from interlock.graph.snapshot import Snapshot

FEW: Final = 3
SOME: Final = 20


def tell(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The same graph, after a note on stderr if something in its files was not understood; of a snapshot `build` told that."""
    if not isinstance(graph.columns.store, Snapshot):
        tell_lines(not_understood(graph, FEW))
    return graph


def tell_lines(lines: Iterator[str]) -> None:
    """Notes on stderr."""
    for line in lines:
        typer.echo(f"note: {line}", err=True)


def lines(graph: KnowledgeGraph, most: int = sys.maxsize) -> Iterator[str]:
    """All there is to tell: at most so many things of each sort one by one."""
    yield from _listed(f"{_many(len(graph.notes), 'note')} on entities that are one", graph.notes, len(graph.notes), most)
    yield from not_understood(graph, most)


def not_understood(graph: KnowledgeGraph, most: int) -> Iterator[str]:
    """What in the files was not understood: at most so many warnings, properties and classes one by one."""
    found = graph.provenance
    count = len(found.warnings) + found.more
    yield from _listed(_many(count, "warning"), list(map(str, found.warnings)), count, most)
    unread = [
        f"{each.count:,} × {'class ' if each.what == 'class' else ''}{shorten(each.iri)}, for example of {each.example}"
        for each in found.unread
    ]
    statements = _many(sum(each.count for each in found.unread), "statement")
    yield from _listed(f"{statements} not understood and left out, by property and class", unread, len(unread), most)


def as_json(graph: KnowledgeGraph) -> dict[str, Any]:
    """The same as data."""
    found = graph.provenance
    return {
        "notes": list(graph.notes),
        "warnings": [asdict(each) for each in found.warnings],
        "moreWarnings": found.more,
        "unread": [asdict(each) for each in found.unread],
    }


def _listed(title: str, told: Sequence[str], count: int, most: int) -> Iterator[str]:
    if told:
        yield f"{title}:"
        yield from (f"  - {each}" for each in told[:most])
    left = count - min(most, len(told))
    if left:
        yield f"  … and {left:,} more: see `interlock check --report`"


def _many(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"
