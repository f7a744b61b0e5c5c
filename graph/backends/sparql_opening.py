"""Reads the directory of an endpoint: entities, sources and roles, and what of its relationships a directory tells (see ``Opening``)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import numpy as np
import pyoxigraph as ox
from rdflib.namespace import DCTERMS, ORG, SDO
from rdflib.term import Node

import interlock.seeds.vocab as vocab
from interlock.graph.arrays import passed
from interlock.graph.backends.directory import directory_of
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql_answers import Row
from interlock.graph.backends.sparql_bulk import Described, by_records, in_bulk
from interlock.graph.backends.sparql_counts import degrees_of
from interlock.graph.backends.sparql_endpoint import IRI, Endpoint, chunked, text, together
from interlock.graph.backends.sparql_records import quads_of, statements_of
from interlock.graph.backends.sparql_text import AMOUNT, ENDS, SUPPORTS, TYPE, Scope, described, iri, iris, listed, literal
from interlock.graph.convert_entities import ENTITY_KINDS as CLASSES
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.heap import Memory
from interlock.graph.intervals import Interval, parse_interval
from interlock.graph.merging import ENDS as MERGED_ENDS
from interlock.graph.merging import SAME_AS, Merging, gather, plan
from interlock.graph.model import BOARD_SUFFIX
from interlock.graph.rdf import Statements, digest_of, sealed
from interlock.graph.reading import identify
from interlock.graph.sameness import Pair, decide
from interlock.graph.vocabulary import Term

IL = vocab.IL
_DESCRIBING: Final = 12
"""Statements about an entity or a source, about: so many are asked for at once that the answer is not clipped as a rule."""
_DATES: Final = 10
"""Of how many dates it is asked at a time whether they are of relationships."""
_KINDS: Final = listed(term.cls for _, term in ENDS)
_TIES: Final = f"VALUES ?t {{ {iris(term.cls for _, term in ENDS)} }}"
_DIRECTORY: Final = f"VALUES ?t {{ {iris((*map(str, CLASSES), IL.Source, IL.Role))} }}"
_SAME: Final = f"VALUES ?p {{ {iris(SAME_AS)} }}"
_NOT_OF_CLAIMS: Final = (*(end for _, term in ENDS for end in (term.source, term.target)), SDO.name, DCTERMS.title, ORG.role, *SAME_AS)
"""Properties that show where what is no claim is stated."""
_NOWHERE: Final = Path()
BULK_FROM = 50_000
"""How many statements about entities and sources are compiled as big files are."""


@dataclass(frozen=True)
class Opened:
    """A directory, and what it takes to read relationships: the terms by which they read, and how entities were made one.

    ``members`` has, by id, the IRIs of an entity that has several. ``later`` are the entities of whose dates some are later than the
    directory's latest day, and which may lend them to their relationships.
    """

    directory: Memory
    terms: dict[Node, Term]
    merging: Merging | None
    members: dict[str, list[str]]
    later: list[str]


class Opening:
    """Reads a directory. Data that would be refused in a file is refused here: ``DataError``; all else that fails is ``BackendDown``."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def opened(self) -> Opened | None:
        """The directory; None if there is no relationship in our vocabulary."""
        endpoint = self._endpoint
        await self._look_about()
        ties = await endpoint.count(f"{_TIES} {endpoint.scope(f'?v {TYPE} ?t')} FILTER(!isBLANK(?v))", IRI)
        claims = await endpoint.count(f"GRAPH ?g {{ ?v {TYPE} <{IL.Claim}> }} FILTER(!isBLANK(?v))", IRI)
        if not ties:
            return None
        await self._probe(3 * claims)
        quads = await self._directory()
        described = await self._described(quads)
        quads.clear()
        members: dict[str, list[str]] = defaultdict(list)
        for member, survivor in (described.merging.members if described.merging else {}).items():
            members[identify(survivor)].append(member)
        owner = {other: id for id, iri in described.iris.items() for other in members.get(id, (iri,))}
        degrees, seats = await degrees_of(endpoint, owner, ties)
        latest = await self._latest()
        later = [id for id, interval in described.intervals.items() if degrees[id] and _later(interval, latest)]
        have = set(described.unit_of.values())
        boards = {identify(f"{described.iris[each]}{BOARD_SUFFIX}"): each for each in sorted(seats) if each not in have}
        store = await asyncio.to_thread(described.columns, boards.values())
        seated = {board: seats[company] for board, company in (described.unit_of | boards).items()}
        degree = {id: seated.get(id, degrees[id]) for id in described.iris.keys() | boards.keys()}
        version = _version(described.version, (ties, claims), degree)
        meta: dict[str, int | str] = {"relationships": ties, "claims": claims, "latest_day": latest, "version": version}
        return Opened(_told(store, degree, meta), described.terms, described.merging, members, later)

    async def _described(self, quads: list[ox.Quad]) -> Described:
        if len(quads) >= BULK_FROM:
            loop = asyncio.get_running_loop()

            def tied(members: Collection[str]) -> Iterable[Pair]:
                return asyncio.run_coroutine_threadsafe(self._tied(sorted(members)), loop).result()

            if (found := await asyncio.to_thread(in_bulk, quads, tied)) is not None:
                return found
        statements = await asyncio.to_thread(statements_of, quads, None)
        merging, notes = await self._merging(statements)
        if merging is not None:
            statements = await asyncio.to_thread(statements_of, quads, merging)
            statements.add(merging.added(()), _NOWHERE)
            statements.files.clear()
        return await asyncio.to_thread(by_records, quads, statements, merging, notes)

    async def _look_about(self) -> None:
        """Find out whether all graphs are asked together where none is named, and if not, whether more than claims is in named ones."""
        endpoint = self._endpoint
        sample = await endpoint.once(f"SELECT ?s ?o WHERE {{ GRAPH ?g {{ ?s {SUPPORTS} ?o }} }} LIMIT 1", ("s", "o"))
        ends = [iri(text(node) or "") for row in sample.rows for node in row]
        if None in ends or not ends or not await endpoint.any(f"{ends[0]} {SUPPORTS} {ends[1]}"):
            typed = await endpoint.any(f"{_TIES} GRAPH ?g {{ ?s {TYPE} ?t }}") or await endpoint.any(
                f"{_DIRECTORY} GRAPH ?g {{ ?s {TYPE} ?t }}"
            )
            other = f"VALUES ?p {{ {iris(_NOT_OF_CLAIMS)} }} GRAPH ?g {{ ?s ?p ?o }}"
            endpoint.scope = Scope(typed or await endpoint.any(other))

    async def _probe(self, there: int) -> None:
        """Find out how many rows are given at most, where there are more."""
        endpoint = self._endpoint
        asked = f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {endpoint.rows}"
        answer = await endpoint.once(asked, ("s", "p", "o"))
        if answer.clipped or len(answer.rows) < min(endpoint.rows, there):
            if not answer.rows:
                raise BackendDown(f"{endpoint.name} has claims, and gives no statement of any.")
            endpoint.rows = len(answer.rows)

    async def _directory(self) -> list[ox.Quad]:
        """All that is said of entities, sources and roles, and who is said elsewhere to be the same as one of them."""
        endpoint, scope = self._endpoint, self._endpoint.scope
        things = await endpoint.listed(f"{_DIRECTORY} {scope(f'?v {TYPE} ?t')} FILTER(!isBLANK(?v))", IRI)
        amounts = await endpoint.any(f"{_DIRECTORY} {scope(f'?v {TYPE} ?t', f'?v {AMOUNT} ?a')}")
        chunks = chunked(things, lambda each: _DESCRIBING, endpoint.rows)
        apart = (f"a{number}" for number in count())

        def made(rows: Sequence[Row]) -> list[ox.Quad]:
            return quads_of(((None, subject or thing, *said) for thing, subject, *said in rows), next(apart))

        told = await endpoint.each_whole(chunks, lambda each: described(scope, each, amounts), ("r", "s", "p", "o"), made)
        quads = [quad for each in told for quad in each]
        untyped = f"{_SAME} {scope('?v ?p ?same')} FILTER NOT EXISTS {{ {scope(f'?v {TYPE} ?t')} }} FILTER(!isBLANK(?v))"
        known = set(things)
        elsewhere = [each for each in await endpoint.listed(untyped) if each not in known]
        answers = await endpoint.whole(chunked(elsewhere, lambda each: _DESCRIBING, endpoint.rows), self._links, ("s", "p", "o"))
        links = [quad for rows in answers for quad in quads_of((None, *row) for row in rows)]
        return quads + [quad for quad in links if isinstance(quad.object, ox.NamedNode) and quad.object.value in known]

    def _links(self, subjects: Sequence[str]) -> str:
        scope = self._endpoint.scope
        return f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?s {{ {iris(subjects)} }} {_SAME} {scope('?s ?p ?o')} }}"

    async def _merging(self, statements: Statements) -> tuple[Merging | None, tuple[str, ...]]:
        """How entities are made one, as when files are loaded."""
        said, asked = gather(statements.subjects), set[str]()

        def note(members: Collection[str]) -> Iterable[Pair]:
            asked.update(members)
            return ()

        decide(said, note)
        pairs = await self._tied(sorted(asked))
        merging, _, notes = plan(statements, said, lambda members: pairs)
        return merging, notes

    async def _tied(self, members: Sequence[str]) -> list[Pair]:
        """The pairs among these entities that have a relationship with one another."""
        endpoint, scope, ends = self._endpoint, self._endpoint.scope, listed(sorted(MERGED_ENDS))

        def query(chunk: Sequence[str]) -> str:
            triples = scope("?r ?end ?e", "?r ?far ?o")
            return (
                f"SELECT DISTINCT ?e ?o WHERE {{ VALUES ?e {{ {iris(chunk)} }} {triples}"
                f" FILTER(?end IN ({ends}) && ?far IN ({ends}) && ?e != ?o) }}"
            )

        answers = await endpoint.whole(chunked(members, lambda each: _DESCRIBING, endpoint.rows), query, ("e", "o"))
        among, found = set(members), set()
        for one, other in ((text(row[0]), text(row[1])) for rows in answers for row in rows):
            if one in among and other in among and one and other:
                found.add((min(one, other), max(one, other)))
        return sorted(found)

    async def _latest(self) -> int:
        """The latest day in the dates that are written of relationships, and in what was seen of them."""
        endpoint, scope = self._endpoint, self._endpoint.scope
        spans = scope(f"?r <{IL.during}> ?span")
        start, end = 'STRBEFORE(CONCAT(STR(?span), "/"), "/")', 'STRAFTER(STR(?span), "/")'
        observed = f"GRAPH ?g {{ ?c <{IL.observed}> ?v }} FILTER(!isBLANK(?c)) FILTER EXISTS {{ GRAPH ?g {{ ?c {SUPPORTS} ?r }} }}"
        asked = (f"{spans} BIND({start} AS ?v)", f"{spans} BIND({end} AS ?v)", observed)
        starts, ends, seen = await together(list(map(endpoint.listed, asked)))
        try:
            latest = max((parse_date(each.strip()).first for each in seen), default=DISTANT_PAST)
            # Others have dates too. Which are of relationships is asked of the latest, and of what is no date: of all it takes long.
            dated = scope(f"?r <{IL.during}> ?span", f"?r {TYPE} ?t")
            written = sorted((each for each in {*starts, *ends} if each.strip() not in ("", "..")), key=_day, reverse=True)
            while written and _day(written[0]) > latest:
                some, written = written[:_DATES], written[_DATES:]
                having = " || ".join(f"CONTAINS(STR(?span), {literal(each)})" for each in some)
                theirs = f"{dated} FILTER({having}) FILTER(?t IN ({_KINDS}) && !isBLANK(?r)) BIND(STR(?span) AS ?v)"
                for interval in (parse_interval(span.strip()) for span in await endpoint.listed(theirs)):
                    latest = max([latest, *(day.first for day in (interval.start, interval.end) if day is not None)])
            return latest
        except BadInput as error:
            raise BackendDown(f"{endpoint.name} has a date that is none: {error}") from None


def _day(written: str) -> int:
    """The first day of a date; of what is no date the latest of all."""
    try:
        return parse_date(written.strip()).first
    except BadInput:
        return DISTANT_FUTURE


def _later(interval: Interval | None, latest: int) -> bool:
    return interval is not None and any(day is not None and day.first > latest for day in (interval.start, interval.end))


def _version(said: str, counts: Sequence[int], degrees: Mapping[str, int]) -> str:
    """A content hash over the directory; of relationships it knows only how many there are, and how many each entity has."""
    return sealed(sum(map(digest_of, [said, *map(str, counts), *(f"{id} {degree}" for id, degree in degrees.items())])))


def _told(store: Memory, degrees: Mapping[str, int], meta: Mapping[str, int | str]) -> Memory:
    """The directory with what is told of relationships that it doesn't have."""
    directory = directory_of(store)
    order = sorted(degrees, key=lambda id: id.encode("utf-8", "surrogatepass"))
    degree = np.array([degrees[id] for id in order], np.int32)
    kinds = directory.numbers("search.kind")
    tables = {**directory.tables, **{f"search.{name}": table for name, table in passed(kinds, degree).items()}}
    return Memory({**directory.meta, **meta}, tables, directory.heaps)
