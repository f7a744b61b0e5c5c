"""Where a graph comes from: the files that it was loaded from, and what in them was not understood. Kept with it, in snapshots too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from interlock.graph.errors import Problem

COUNTED: Final = ("entities", "relationships", "claims", "sources")
"""What is counted of each file, in the order of the fields of ``Origin``."""


@dataclass(frozen=True)
class Origin:
    """A file, its licence if it states one, and how much of what came from it; a thing that several files describe counts for the first."""

    name: str
    licence: str | None
    statements: int
    entities: int
    relationships: int
    claims: int
    sources: int


@dataclass(frozen=True)
class Unread:
    """What no reader takes up: a ``property`` or ``class``, how often it is used, and of what, for example."""

    what: str
    iri: str
    count: int
    example: str


@dataclass(frozen=True)
class Provenance:
    """Files, warnings about what they say, and what of it was not read; ``more`` counts warnings that are not kept one by one."""

    origins: tuple[Origin, ...] = ()
    warnings: tuple[Problem, ...] = ()
    unread: tuple[Unread, ...] = ()
    more: int = 0


def read_provenance(stored: Mapping[str, Any]) -> Provenance:
    """The opposite."""
    return Provenance(
        tuple(Origin(**each) for each in stored.get("origins", ())),
        tuple(Problem(**each) for each in stored.get("warnings", ())),
        tuple(Unread(**each) for each in stored.get("unread", ())),
        stored.get("more", 0),
    )
