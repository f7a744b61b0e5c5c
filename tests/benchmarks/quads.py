"""A generated graph as N-Quads in Interlock's own vocabulary: each claim in the named graph of its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from rdflib import RDF
from rdflib.namespace import DCTERMS, SDO

from benchmarks.dates import NONE, Ints, calendar
from benchmarks.generate import Dataset
from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES
from interlock.seeds import vocab

CHUNK = 50_000
_TYPE = f"<{RDF.type}>"
_DURING, _OBSERVED = f"<{vocab.IL.during}>", f"<{vocab.IL.observed}>"
_CLAIM, _SUPPORTS, _STATUS = f"<{vocab.IL.Claim}>", f"<{vocab.IL.supports}>", f"<{vocab.IL.status}>"


def write_quads(data: Dataset, path: Path) -> int:
    """Write it all, a chunk at a time; the number of quads."""
    with path.open("wb") as file:
        return sum(_write(file, chunk) for part in (_sources(data), _entities(data), _relationships(data)) for chunk in part)


def _write(file: BinaryIO, blocks: list[str]) -> int:
    content = "".join(blocks).encode()
    file.write(content)
    return content.count(b"\n")


def _sources(data: Dataset) -> Iterator[list[str]]:
    for begin, end in _chunks(data.source_count):
        yield [
            f'<{vocab.SOURCE}s{i:07}> {_TYPE} <{vocab.IL.Source}> .\n<{vocab.SOURCE}s{i:07}> <{DCTERMS.title}> "Source {i}" .\n'
            for i in range(begin, end)
        ]


def _entities(data: Dataset) -> Iterator[list[str]]:
    classes = [f"<{vocab.ENTITY_CLASSES[kind]}>" for kind in ENTITY_KINDS]
    names = [kind.replace("_", " ").capitalize() for kind in ENTITY_KINDS]
    matters = [kind in ("AGREEMENT", "LAWSUIT", "REGULATORY_ACTION") for kind in ENTITY_KINDS]
    for begin, end in _chunks(len(data.kinds)):
        times = data.entity_times.take(np.arange(begin, end)).texts()
        blocks = []
        for i, kind, during in zip(range(begin, end), data.kinds[begin:end].tolist(), times, strict=True):
            iri = f"<{vocab.ENTITY}e{i:07}>"
            blocks.append(f'{iri} {_TYPE} {classes[kind]} .\n{iri} <{SDO.name}> "{names[kind]} {i}" .\n')
            if during and matters[kind]:
                blocks.append(f'{iri} {_DURING} "{during}" .\n')
        yield blocks


def _relationships(data: Dataset) -> Iterator[list[str]]:
    terms = [vocab.RELATIONSHIP_TERMS[kind] for kind in RELATIONSHIP_KINDS]
    kinds = [(f"<{term.cls}>", f"<{term.source}>", f"<{term.target}>") for term in terms]
    statuses = [f"<{vocab.STATUSES[status]}>" for status in STATUSES]
    ends = f"<{vocab.ENTITY}e"
    for begin, end in _chunks(len(data.ties.source)):
        columns = (data.ties.source, data.ties.target, data.ties.kind, data.ties.status, data.ties.sources, data.claim_source)
        times = data.times.take(np.arange(begin, end))
        blocks = []
        for i, source, target, kind, status, claims, first, during, seen in zip(
            range(begin, end), *(column[begin:end].tolist() for column in columns), times.texts(), _days(times.observed), strict=True
        ):
            iri, (cls, from_, to) = f"<{vocab.RELATIONSHIP}r{i:08}>", kinds[kind]
            blocks.append(f"{iri} {_TYPE} {cls} .\n{iri} {from_} {ends}{source:07}> .\n{iri} {to} {ends}{target:07}> .\n")
            if during:
                blocks.append(f'{iri} {_DURING} "{during}" .\n')
            for number in range(claims):
                graph = f"<{vocab.SOURCE}s{(first + number) % data.source_count:07}>"
                blocks.append(_claim(f"<{vocab.CLAIM}c{i:08}-{number}>", iri, statuses[status], graph, None if number else seen))
        yield blocks


def _claim(claim: str, iri: str, status: str, graph: str, seen: str | None) -> str:
    text = f"{claim} {_TYPE} {_CLAIM} {graph} .\n{claim} {_SUPPORTS} {iri} {graph} .\n{claim} {_STATUS} {status} {graph} .\n"
    return f'{text}{claim} {_OBSERVED} "{seen}" {graph} .\n' if seen else text


def _days(dates: Ints) -> list[str | None]:
    text = calendar().text
    return [None if date == NONE else text[date] for date in dates.tolist()]


def _chunks(count: int) -> Iterator[tuple[int, int]]:
    return ((begin, min(begin + CHUNK, count)) for begin in range(0, count, CHUNK))
