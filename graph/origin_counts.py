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
from interlock.graph.rdf import Statements
from interlock.seeds.vocab import BASE

_MOST: Final = 1000
"""How many warnings, and how many properties and classes that were not read, are kept one by one."""


def counted(statements: Statements, records: Records) -> dict[str, Counter[Path]]:
    """How much of these records came from each file."""
    files = {str(node): path for node, path in statements.files.items()}
    claims = (claim.id for tie in records.relationships.values() for claim in tie.claims)
    claims_iris = (id if ":" in id else f"{BASE}{id}" for id in claims)
    return {
        "entities": _count(files, (_described(entity, records) for entity in records.entities.values())),
        "relationships": _count(files, (tie.iri for tie in records.relationships.values())),
        "claims": _count(files, claims_iris),
        "sources": _count(files, (source.iri for source in records.sources.values())),
    }


def provenance(
    documents: Documents, counts: Mapping[str, Counter[Path]], licence: str | None = None
) -> tuple[str | None, Mapping[str, Any]]:
    """The licence that all files have in common, and where everything comes from as JSON has it.

    ``licence`` is that of files that state none, ``counts`` is how much came from each.
    """
    origins = tuple(
        Origin(documents.names[path], documents.licences.get(path) or licence, count, **{what: each[path] for what, each in counts.items()})
        for path, count in documents.counts.items()
    )
    stated = {origin.licence for origin in origins}
    kept = Provenance(origins, tuple(documents.warnings[:_MOST]), tuple(documents.unread[:_MOST]), len(documents.warnings[_MOST:]))
    return stated.pop() if len(stated) == 1 else None, asdict(kept)


def _described(entity: Entity, records: Records) -> str:
    """The IRI under which an entity is described: a board that nobody spells out comes from where its company does."""
    return records.entities[entity.unit_of].iri if entity.implied and entity.unit_of else entity.iri


def _count(files: Mapping[str, Path], iris: Iterable[str]) -> Counter[Path]:
    return Counter(path for iri in iris if (path := files.get(iri)) is not None)
