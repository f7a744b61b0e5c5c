"""What a search has to know of relationships, without the rest of what their records say.

Whatever is of the common shape is made of few values, each of which is read once; all else is made a record, by the functions that make
records of files, and seen as that. So both come to the same, and a fault that bears on a search is told in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV

import interlock.seeds.vocab as vocab
from interlock.graph.backends.sparql_answers import Node, Row
from interlock.graph.backends.sparql_records import Records, Seen, quads_of
from interlock.graph.convert_ties import RELATIONSHIP_KINDS as KINDS
from interlock.graph.convert_ties import Manner, held, manner_of, reads_as, whole_of
from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput
from interlock.graph.intervals import UNKNOWN, Interval, parse_interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.merging import Merging
from interlock.graph.model import ENDS, Claim, Entity, RelationshipKind, Stance, Status
from interlock.graph.reading import identify
from interlock.graph.status import derive_status, independent_sources

IL = vocab.IL
Values = dict[str, set[Node]]
"""The values of each property."""
_TYPE, _ROLE, _DURING = str(RDF.type), str(ORG.role), str(IL.during)
_STATUS, _OBSERVED, _MADE, _BY = str(IL.status), str(IL.observed), str(DCTERMS.date), str(PROV.wasAttributedTo)
_STANCES: Final = {str(predicate): Stance(stance) for stance, predicate in vocab.STANCES.items()}
_STATUSES: Final = {str(concept): Status(name) for name, concept in vocab.STATUSES.items()}
_TERMS: Final = {str(cls): (kind, vocab.RELATIONSHIP_TERMS[kind.value]) for cls, kind in KINDS.items()}
_SHAPES: Final = {cls: frozenset({_TYPE, _ROLE, _DURING, str(term.source), str(term.target)}) for cls, (_, term) in _TERMS.items()}
_CLAIM: Final = str(IL.Claim)


class _Odd(Exception):
    """It is not of the common shape."""


class Said:
    """What rows tell of one relationship: its own properties, and of each claim its properties and the graphs that it is in."""

    def __init__(self) -> None:
        self.properties: Values = {}
        self.claims: dict[ox.NamedNode, tuple[Values, set[Node | None]]] = {}

    def rows(self, tie: str) -> Iterable[Row]:
        """The same as (graph, statement)."""
        for predicate, values in self.properties.items():
            yield from ((None, ox.NamedNode(tie), ox.NamedNode(predicate), value) for value in values)
        for claim, (properties, graphs) in self.claims.items():
            for graph in graphs:
                for predicate, values in properties.items():
                    yield from ((graph, claim, ox.NamedNode(predicate), value) for value in values)


class Sight:
    """Sees relationships, up to ``kept`` of whose values are remembered."""

    def __init__(self, graph: KnowledgeGraph, merging: Merging | None, records: Records, kept: int) -> None:
        self._graph, self._known, self._records, self._becomes = graph, records.known, records, merging.becomes if merging else {}
        self._end, self._manner, self._claim = lru_cache(kept)(self._find), lru_cache(kept)(self._read_manner), lru_cache(kept)(self._state)
        self._interval: Callable[[str], Interval] = lru_cache(kept)(parse_interval)

    def seen(self, rows: Iterable[Row]) -> list[Seen]:
        """The relationships that rows of (relationship, graph, claim or nothing, property, value) tell of.

        Raises ``BackendDown`` for what is none.
        """
        found, odd = [], list[ox.Quad]()
        for tie, said in _grouped(rows).items():
            try:
                found.append(self._see(tie, said))
            except (_Odd, BadInput, KeyError):
                odd += quads_of(said.rows(tie))
        if odd:
            found += map(self._records.seen, self._records.converted(sorted(odd, key=str), keep=False).values())
        return found

    def _see(self, tie: str, said: Said) -> Seen:
        cls = _one(said.properties[_TYPE])
        kind, term = _TERMS[cls]
        if not said.properties.keys() <= _SHAPES[cls] or not said.claims:
            raise _Odd
        (place, source), (other, target) = (self._end(_one(said.properties[str(end)])) for end in (term.source, term.target))
        if place == other or source.kind not in ENDS[kind][0] or target.kind not in ENDS[kind][1]:
            raise _Odd
        stated, role = said.properties.get(_DURING), said.properties.get(_ROLE)
        claims = [self._claim_of(*claim) for claim in said.claims.values()]
        supporting = [claim for claim in claims if claim.stance is Stance.SUPPORTS]
        interval = held(
            self._interval(_one(stated).strip()) if stated else None,
            whole_of(kind, source, target),
            [day for claim in supporting for day in claim.interval.observed],
            self._manner(cls, _one(role) if role else None),
            lambda make: make(),
        )
        if any(day is not None and day.text[-1] in "?%" for day in (interval.start, interval.end)):
            raise _Odd  # it may have been announced
        sources = self._known.sources
        independent = independent_sources(sources[claim.source] for claim in supporting)
        return Seen(tie, place, other, kind, derive_status(claims, sources), independent, interval.bounds)

    def _claim_of(self, properties: Values, graphs: set[Node | None]) -> Claim:
        stances = properties.keys() & _STANCES.keys()
        if len(stances) != 1 or _DURING in properties or _one(properties[_TYPE]) != _CLAIM:
            raise _Odd
        (stance,) = stances
        _one(properties[stance])
        made, by = properties.get(_MADE), properties.get(_BY)
        if by:
            self._end(_one(by))
        observed = tuple(sorted(day.value.strip() for day in properties.get(_OBSERVED, ())))
        return self._claim(stance, _one(properties[_STATUS]), _one(graphs), observed, _one(made).strip() if made else None)

    def _state(self, stance: str, status: str, graph: str, observed: tuple[str, ...], made: str | None) -> Claim:
        source = identify(graph)
        if source not in self._known.sources:
            raise _Odd
        interval = UNKNOWN.observed_on(map(parse_date, observed))
        day = parse_date(made) if made is not None else None
        return Claim("", "", source, _STANCES[stance], _STATUSES[status], interval, made=day)

    def _find(self, iri: str) -> tuple[int, Entity]:
        """An entity's place in the directory, and the entity. Raises ``KeyError``."""
        place = self._graph.index(identify(self._becomes.get(iri, iri)))
        return place, self._graph.entity_at(place)

    def _read_manner(self, cls: str, role: str | None) -> Manner:
        term = self._known.terms[URIRef(role)] if role else None
        if term is not None and not (term.phrase and term.inverse):
            raise _Odd
        kind: RelationshipKind = _TERMS[cls][0]
        return manner_of(kind, reads_as(self._known.terms[URIRef(cls)], term))


def _grouped(rows: Iterable[Row]) -> Mapping[str, Said]:
    found: dict[str, Said] = {}
    for tie, graph, claim, predicate, value in rows:
        assert tie is not None
        assert predicate is not None
        assert value is not None
        said = found.get(tie.value)
        if said is None:
            said = found[tie.value] = Said()
        if claim is None:
            said.properties.setdefault(predicate.value, set()).add(value)
        elif isinstance(claim, ox.NamedNode):  # others have no id, and are none
            properties, graphs = said.claims.setdefault(claim, ({}, set()))
            properties.setdefault(predicate.value, set()).add(value)
            graphs.add(graph)
    return found


def _one(values: set[Node | None] | set[Node]) -> str:
    """The only value, as a text."""
    if len(values) != 1:
        raise _Odd
    (value,) = values
    if value is None or isinstance(value, ox.BlankNode):
        raise _Odd
    return value.value
