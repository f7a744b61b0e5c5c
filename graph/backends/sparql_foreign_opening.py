"""Reads all that an endpoint says in the vocabularies of others, and keeps the directory that comes of it (see ``ForeignOpening``)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pyoxigraph as ox
from rdflib.term import Node

from interlock.graph.backends.directory import directory_of
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql_answers import Row
from interlock.graph.backends.sparql_endpoint import IRI, Endpoint, chunked, text
from interlock.graph.backends.sparql_foreign_rows import Around, named
from interlock.graph.backends.sparql_foreign_text import SAID, Text
from interlock.graph.builder import compiled
from interlock.graph.collecting import without_collecting
from interlock.graph.convert import convert
from interlock.graph.documents import Documents
from interlock.graph.errors import Problem
from interlock.graph.foreign.origins import ORIGINS
from interlock.graph.foreign.translate import Known, translate
from interlock.graph.foreign.view import Whole
from interlock.graph.heap import Heap, Memory, hash_of
from interlock.graph.merging import Merging, changed, plan_alone
from interlock.graph.origin_counts import counted, provenance
from interlock.graph.rdf import Statements, version_of
from interlock.graph.reading import identify
from interlock.graph.vocabulary import Term, shipped_terms, terms_of

_DESCRIBING: Final = 12
"""Statements about an entity or a source, about."""
_HAS: Final = 3
"""Relationships of an entity, about."""
_SAMPLES: Final = 100


class Index:
    """By whom relationships and claims are found: 32 bytes a relationship."""

    def __init__(self, store: Memory) -> None:
        ids = Heap(store, "relationship_id", int(store.meta["relationships"]))
        hashes = np.array([hash_of(ids.text(number)) for number in range(len(ids))], np.uint64)
        order = np.argsort(hashes)
        self._ties, self._sources = hashes[order], store.numbers("source_end")[order]
        self._claims = store.numbers("claim_hash")
        self._about = store.numbers("source_end")[store.numbers("claim_owner")]

    def relationship(self, id: str) -> int:
        """The source of the relationship of this id, by its number; -1 if there is none."""
        return _looked_up(self._ties, self._sources, id)

    def claim(self, id: str) -> int:
        """The source of the relationship that the claim of this id is about; -1 if there is none."""
        return _looked_up(self._claims, self._about, id)


def _looked_up(hashes: np.ndarray, values: np.ndarray, id: str) -> int:
    wanted = np.uint64(hash_of(id))
    place = int(np.searchsorted(hashes, wanted))
    return int(values[place]) if place < len(hashes) and hashes[place] == wanted else -1


@dataclass(frozen=True)
class Translated:
    """A directory, and what it takes to translate relationships again.

    ``asked`` has, by id, the IRIs by which an entity is asked about, its boards' among them, and ``called`` those that are its own, where
    these are not just its IRI.
    """

    directory: Memory
    terms: dict[Node, Term]
    merging: Merging | None
    whole: Whole
    called: dict[str, list[str]]
    asked: dict[str, list[str]]
    index: Index
    around: Around


class ForeignOpening:
    """Reads statements about entities, relationships and sources, and translates them like those of a file that is called as the endpoint.

    What has no IRI can't be asked about: entities that are blank nodes are left out if they have no relationship, and refused if they
    have. Raises ``BackendDown``, and ``DataError`` as for files.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def opened(self) -> Translated:
        endpoint = self._endpoint
        told = await self._text()
        if not any([await endpoint.any(where) for where in told.relationships()]):
            raise _nothing(endpoint.name)
        await self._probe()
        around = Around(endpoint, told)
        notes = await self._without_iris(told)
        things = sorted({thing for where in told.entities() for thing in await endpoint.listed(f"{where} FILTER(isIRI(?v))", IRI)})
        described = await self._whole(things, told.described)
        related = await around.fetch(dict.fromkeys(things, _HAS), once=True)
        known = set(things)
        elsewhere = [each for each in await endpoint.listed(f"{told.elsewhere()} FILTER(isIRI(?v))", IRI) if each not in known]
        likened = await self._whole(elsewhere, told.likened)
        quads = described | related | {quad for quad in likened if isinstance(quad.object, ox.NamedNode) and quad.object.value in known}
        quads |= await self._sources(told, quads)
        return await asyncio.to_thread(_translated, quads, endpoint.name, notes, around)

    async def _text(self) -> Text:
        """Find out where statements are, and whether all graphs are asked together where none is named."""
        endpoint = self._endpoint
        query = f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(isIRI(?s) && isIRI(?o)) }} LIMIT {_SAMPLES}"
        rows = (await endpoint.once(query, ("s", "p", "o"))).rows
        some = " ".join(f"({' '.join(f'<{text(node)}>' for node in row)})" for row in rows)
        if not some:
            return Text(default=True, named=await endpoint.any("GRAPH ?g { ?s ?p ?o }"))
        seen = await endpoint.once(f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES (?s ?p ?o) {{ {some} }} ?s ?p ?o }}", ("s", "p", "o"))
        return Text(default=len(set(seen.rows)) < len(set(rows)), named=True)

    async def _probe(self) -> None:
        """Find out how many rows are given at most, by what has as many as are asked for."""
        endpoint = self._endpoint
        answer = await endpoint.once(f"SELECT ?s ?t ?u WHERE {{ ?s ?p ?o . ?t ?q ?x . ?u ?r ?y }} LIMIT {endpoint.rows}", ("s", "t", "u"))
        endpoint.rows = min(endpoint.rows, max(len(answer.rows), 1))

    async def _without_iris(self, told: Text) -> list[Problem]:
        """Refuse entities that are blank nodes and have relationships; a note on others."""
        endpoint, (classes, *ends) = self._endpoint, list(told.entities())
        for where in ends:
            if await endpoint.any(f"{where} FILTER(isBLANK(?v))"):
                raise BackendDown(
                    f"{endpoint.name} has relationships of entities without IRIs (blank nodes), and these can't be asked about: "
                    "give them IRIs, or export the data, and name the file instead."
                )
        if await endpoint.any(f"{classes} FILTER(isBLANK(?v))"):
            return [Problem(endpoint.name, 0, "", "has entities without IRIs (blank nodes) that have no relationship: they are left out")]
        return []

    async def _whole(self, things: Sequence[str], query: Callable[[Iterable[str]], str]) -> set[ox.Quad]:
        chunks = chunked(things, lambda each: _DESCRIBING, self._endpoint.rows)
        return set().union(*await self._endpoint.each_whole(chunks, query, SAID, _said))

    async def _sources(self, told: Text, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
        """What is said of the graphs that say something, of datasets, and of what these come from."""
        waiting = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        waiting |= set(await self._endpoint.listed(f"{told.datasets()} FILTER(isIRI(?v))", IRI))
        seen, found = set[str](), set[ox.Quad]()
        while waiting:
            seen |= waiting
            new = await self._whole(sorted(waiting), told.cited)
            origins = {quad.object.value for quad in new if quad.predicate.value in ORIGINS and isinstance(quad.object, ox.NamedNode)}
            found, waiting = found | new, origins - seen
        return found


def _nothing(name: str) -> BackendDown:
    return BackendDown(
        f"{name} has no relationship in Interlock's vocabulary, W3C ORG, FOAF or schema.org. "
        "Data in other vocabularies is read from files: export it, and name the file instead."
    )


def _said(rows: Iterable[Row]) -> set[ox.Quad]:
    return named((None, *row) for row in rows)


def _translated(quads: Iterable[ox.Quad], name: str, notes: Sequence[Problem], around: Around) -> Translated:
    path = Path(name)
    with without_collecting():
        ordered = sorted(quads, key=str)
        told = translate({path: ordered}, {path: name}, Known())
        statements = Statements(begins={path: {}})  # since there is no file in which a line could be looked for
        statements.add(told.quads, path)
        merging, different, merged = plan_alone(statements)
        statements = changed(statements, merging, different)
        statements.begins[path] = {}
        records = convert(statements, shipped_terms())
        if not records.relationships:
            raise _nothing(name)
        warnings = [*notes, *(replace(each, file=name) for each in told.warnings)]  # which a path would spell with one slash
        documents = Documents(statements, {path: len(ordered)}, {path: name}, told.licences, warnings, told.unread)
        licence, origins = provenance(documents, counted(statements, records))
        store = compiled(records, version_of(statements), licence, merged, origins)
    called: dict[str, list[str]] = defaultdict(list)
    for member, survivor in (merging.members if merging else {}).items():
        called[identify(survivor)].append(member)
    asked = {id: list(members) for id, members in called.items()}
    for board, company in told.whole.boards.items():
        id = identify(merging.becomes.get(company, company) if merging else company)
        asked.setdefault(id, list(called.get(id, [company]))).append(board)
    terms = {**shipped_terms(), **terms_of(statements)}
    return Translated(directory_of(store), terms, merging, told.whole, dict(called), asked, Index(store), around)
