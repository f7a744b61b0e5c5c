"""How much of a graph came from which file, as its provenance is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from interlock.graph.documents import Documents
from interlock.graph.model import Entity, Records
from interlock.graph.origins import Origin, Provenance
from interlock.seeds.vocab import BASE

_MOST: Final = 1000
"""How many warnings, and how many properties and classes that were not read, are kept one by one."""


def origins_of(documents: Documents, records: Records, licence: str | None = None) -> tuple[Origin, ...]:
    """How much came from each file; ``licence`` is that of files that state none."""
    files = {str(node): path for node, path in documents.statements.files.items()}
    claims = (claim.id for tie in records.relationships.values() for claim in tie.claims)
    claims_iris = (id if ":" in id else f"{BASE}{id}" for id in claims)
    found = {
        "entities": _count(files, (_described(entity, records) for entity in records.entities.values())),
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


def _described(entity: Entity, records: Records) -> str:
    """The IRI under which an entity is described: a board that nobody spells out comes from where its company does."""
    return records.entities[entity.unit_of].iri if entity.implied and entity.unit_of else entity.iri


def _count(files: Mapping[str, Path], iris: Iterable[str]) -> Counter[Path]:
    return Counter(path for iri in iris if (path := files.get(iri)) is not None)
