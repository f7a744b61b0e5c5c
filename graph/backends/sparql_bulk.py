"""What an endpoint says of entities, sources and roles, on its way to columns: as records or, if it is much, as big files are compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyoxigraph as ox
from rdflib.term import Node

from interlock.graph.builder import ColumnsBuilder, compiled
from interlock.graph.bulk_entities import add_entities
from interlock.graph.bulk_merge import merged
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_read import Quads
from interlock.graph.bulk_sort import DURING, NAME
from interlock.graph.convert import convert, make_board
from interlock.graph.convert_entities import Slugs
from interlock.graph.errors import DataError
from interlock.graph.heap import Memory
from interlock.graph.intervals import Interval, parse_interval
from interlock.graph.merging import Merging
from interlock.graph.model import BOARD_SUFFIX, EntityKind, Records
from interlock.graph.rdf import Statements, canonical, digest_of, sealed
from interlock.graph.reading import identify
from interlock.graph.sameness import Tied
from interlock.graph.told import QUIET
from interlock.graph.vocabulary import Term, shipped_terms, terms_of


@dataclass(frozen=True)
class Described:
    """What is described: by id the IRIs of entities, the companies of boards that are spelt out, and intervals.

    ``version`` is that of the statements; ``columns`` makes columns of all that, and of boards of these companies, which are not spelt out.
    """

    iris: dict[str, str]
    unit_of: dict[str, str]
    intervals: dict[str, Interval]
    terms: dict[Node, Term]
    merging: Merging | None
    version: str
    columns: Callable[[Iterable[str]], Memory]


def by_records(quads: Iterable[ox.Quad], statements: Statements, merging: Merging | None, notes: Sequence[str]) -> Described:
    """What statements describe; ``quads`` are those from which these came. Raises ``DataError``."""
    version = sealed(sum(map(digest_of, canonical(quads))))
    statements.quads.clear()  # as they take as much memory as all else
    records = convert(statements, shipped_terms())

    def columns(companies: Iterable[str]) -> Memory:
        return compiled(_with_boards(records, companies), version, None, notes)

    iris, intervals = {id: each.iri for id, each in records.entities.items()}, _intervals(records)
    return Described(iris, _units(records), intervals, {**shipped_terms(), **terms_of(statements)}, merging, version, columns)


def in_bulk(quads: Iterable[ox.Quad], tied: Tied) -> Described | None:
    """What these statements describe; None if that takes records, be it to tell what is wrong."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "directory.nq"
        path.write_text("".join(f"{line} .\n" for line in sorted(set(map(str, quads)))), "utf-8")
        found = Quads([path], QUIET.reading)
        try:
            return _described(found, tied)
        except DataError:
            return None
        finally:
            found.close()


def _described(quads: Quads, tied: Tied) -> Described | None:
    made = merged(quads, (), tied)
    if made is None:
        return None
    found, notes, merging = made
    parted = Parted(found)
    if parted.has_foreign_entities:
        return None
    statements = found.statements(parted.rest())
    records = convert(statements, shipped_terms())
    units, plain = _units(records), np.flatnonzero(parted.plain_entity).tolist()
    iris = {id: each.iri for id, each in records.entities.items()} | {identify(iri): iri for iri in map(found.iri, plain)}
    if any(id.endswith(BOARD_SUFFIX) and units.get(id) != id.removesuffix(BOARD_SUFFIX) for id in iris):
        return None  # it may have the name of a board that isn't spelt out
    builder, odd = ColumnsBuilder(), set(map(identify, map(found.iri, parted.odd().tolist())))
    if add_entities(builder, parted, records, odd) is None:
        return None
    for source in records.sources.values():
        builder.add_source(source)
    builder.vocabulary, builder.notes = records.vocabulary, notes
    names = {id: each.name for id, each in records.entities.items()}
    names |= {identify(found.iri(each)): found.text(int(found.values[NAME][each])) for each in plain}
    dated = ((each, int(found.values[DURING][each])) for each in plain)
    intervals = {identify(found.iri(each)): parse_interval(found.text(during)) for each, during in dated if during >= 0}
    version = found.version()

    def columns(companies: Iterable[str]) -> Memory:
        slugs = Slugs()
        for company in companies:
            builder.add_entity(make_board(iris[company], names[company], slugs))
        return builder.finish(version, None, None)

    terms = {**shipped_terms(), **terms_of(statements)}
    return Described(iris, units, _intervals(records) | intervals, terms, merging, version, columns)


def _units(records: Records) -> dict[str, str]:
    return {id: each.unit_of or "" for id, each in records.entities.items() if each.kind is EntityKind.BOARD}


def _intervals(records: Records) -> dict[str, Interval]:
    return {id: each.interval for id, each in records.entities.items() if each.interval is not None}


def _with_boards(records: Records, companies: Iterable[str]) -> Records:
    """With boards of these companies."""
    slugs, entities = Slugs(), dict(records.entities)
    for each in records.entities.values():
        slugs.take(each.iri, each.name)
    for company in companies:
        board = make_board(entities[company].iri, entities[company].name, slugs)
        entities[board.id] = board
    return replace(records, entities=entities)
