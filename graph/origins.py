"""Where a graph comes from: the files that it was loaded from, and what in them was not understood. Kept with it, in snapshots too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interlock.graph.errors import Problem
from interlock.graph.model import Records
from interlock.seeds.vocab import BASE

if TYPE_CHECKING:
    from interlock.graph.documents import Documents

COUNTED: Final = ("entities", "relationships", "claims", "sources")
"""What is counted of each file, in the order of the fields of ``Origin``."""
_MOST: Final = 1000
"""How many warnings, and how many properties and classes that were not read, are kept one by one."""


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


def origins_of(documents: Documents, records: Records, licence: str | None = None) -> tuple[Origin, ...]:
    """How much came from each file; ``licence`` is that of files that state none."""
    files = {str(node): path for node, path in documents.statements.files.items()}
    claims = (claim.id for tie in records.relationships.values() for claim in tie.claims)
    claims_iris = (id if ":" in id else f"{BASE}{id}" for id in claims)
    found = {
        "entities": _count(files, (entity.iri for entity in records.entities.values())),
        "relationships": _count(files, (tie.iri for tie in records.relationships.values())),
        "claims": _count(files, claims_iris),
        "sources": _count(files, (source.iri for source in records.sources.values())),
    }
    return tuple(
        Origin(documents.names[path], documents.licences.get(path) or licence, count, **{what: each[path] for what, each in found.items()})
        for path, count in documents.counts.items()
    )


def provenance(origins: tuple[Origin, ...], documents: Documents) -> Mapping[str, Any]:
    """All of that as JSON has it."""
    kept = Provenance(origins, tuple(documents.warnings[:_MOST]), tuple(documents.unread[:_MOST]), len(documents.warnings[_MOST:]))
    return asdict(kept)


def read_provenance(stored: Mapping[str, Any]) -> Provenance:
    """The opposite."""
    return Provenance(
        tuple(Origin(**each) for each in stored.get("origins", ())),
        tuple(Problem(**each) for each in stored.get("warnings", ())),
        tuple(Unread(**each) for each in stored.get("unread", ())),
        stored.get("more", 0),
    )


def _count(files: Mapping[str, Path], iris: Iterable[str]) -> Counter[Path]:
    return Counter(path for iri in iris if (path := files.get(iri)) is not None)
