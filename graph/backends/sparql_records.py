"""From rows of an endpoint to records: by the very functions that make them of files."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple, Self, TypeVar

import numpy as np
import pyoxigraph as ox
from rdflib import RDF, URIRef
from rdflib.term import Node as RdfNode

import interlock.seeds.vocab as vocab
from interlock.graph.arrays import RELATIONSHIP_KINDS, STATUSES, Ties, words_of
from interlock.graph.backends.protocol import BackendDown, Halves
from interlock.graph.backends.sparql_answers import Node, Row
from interlock.graph.collecting import without_collecting
from interlock.graph.convert_ties import RELATIONSHIP_KINDS as KINDS
from interlock.graph.convert_ties import Known, make_claim, make_relationship
from interlock.graph.intervals import Bounds
from interlock.graph.kernels import numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.merging import Merging
from interlock.graph.model import Relationship, RelationshipKind, Status
from interlock.graph.rdf import Statements
from interlock.graph.reading import Faults, Subject
from interlock.graph.vocabulary import Term

T = TypeVar("T")
_NOWHERE: Final = Path()
_FLAGS: Final = frozenset({str(vocab.IL.lasting), str(vocab.IL.changing)})
_TRUE: Final = ox.Literal(value=True)
_TYPE: Final = str(RDF.type)
_DEFAULT: Final = ox.DefaultGraph()


def quads_of(rows: Iterable[Row], apart: str = "") -> list[ox.Quad]:
    """The statements of these rows, which end in graph, subject, property and value; blank nodes are called as in no other answer that has
    another word for ``apart``. Truth is told as RDF does it: Virtuoso says 1.
    """
    found = []
    for row in rows:
        name, subject, predicate, value = row[-4:]
        if apart:
            subject, value = _renamed(subject, apart), _renamed(value, apart)
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        assert isinstance(predicate, ox.NamedNode)
        assert value is not None
        if isinstance(value, ox.Literal) and value.value == "1" and predicate.value in _FLAGS:
            value = _TRUE
        found.append(ox.Quad(subject, predicate, value, name if isinstance(name, ox.NamedNode) else _DEFAULT))
    return found


def _renamed(node: Node | None, apart: str) -> Node | None:
    return ox.BlankNode(f"{apart}x{node.value}") if isinstance(node, ox.BlankNode) else node


def statements_of(quads: Iterable[ox.Quad], merging: Merging | None) -> Statements:
    """These as statements that came from no file, with one entity in place of several as when files are loaded.

    They are added once each, in the order of N-Quads: RDF has none, and the same should come of them whoever gives them.
    """
    written = {str(quad): quad for quad in quads}
    return _stated([written[each] for each in sorted(written)], merging)


def _stated(quads: Iterable[ox.Quad], merging: Merging | None) -> Statements:
    made = Statements()
    made.add((new for quad in quads for new in merging.rewritten(quad)) if merging else quads, _NOWHERE)
    made.files.clear()  # so that whoever tells a fault looks for no line
    return made


class Seen(NamedTuple):
    """What a search has to know of a relationship; its ends by their numbers in the directory."""

    iri: str
    source: int
    target: int
    kind: RelationshipKind
    status: Status
    independent_sources: int
    bounds: Bounds


class Remembered(Mapping[str, T]):
    """Records by id, of which the latest that were asked for are not made anew."""

    def __init__(self, records: Mapping[str, T], most: int) -> None:
        self._records, self._find = records, lru_cache(most)(records.get)

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __getitem__(self, id: str) -> T:
        found = self._find(id)
        if found is None:
            raise KeyError(id)
        return found


class Records:
    """Makes relationships, numbers them as they are met, and keeps some."""

    def __init__(self, known: Known, merging: Merging | None, place: Callable[[str], int], kept: int, name: str) -> None:
        self.known = Known(known.terms, Remembered(known.entities, kept), Remembered(known.sources, kept))
        self._merging, self.place, self._kept, self._name = merging, lru_cache(kept)(place), kept, name
        self._lock = Lock()
        self._numbers: dict[str, int] = {}
        self._iris: list[str] = []
        self._recent: OrderedDict[str, Relationship] = OrderedDict()

    @classmethod
    def within(cls, graph: KnowledgeGraph, terms: Mapping[RdfNode, Term], merging: Merging | None, kept: int, name: str) -> Self:
        """Those of a graph that has entities and sources only."""
        return cls(Known(terms, graph.entities, graph.sources), merging, graph.index, kept, name)

    def made(self, rows: Iterable[Row]) -> dict[str, Relationship]:
        """The relationships that rows of (relationship, graph, statement) tell of, by IRI. Raises ``BackendDown`` for what is none."""
        by_tie: dict[str, list[Row]] = {}
        for row in rows:
            assert isinstance(row[0], ox.NamedNode)
            by_tie.setdefault(row[0].value, []).append(row)
        with self._lock, without_collecting():
            found = {iri: tie for iri in by_tie if (tie := self.recent(iri)) is not None}
            new = [iri for iri in by_tie if iri not in found]
            return found | self._converted(new, statements_of(quads_of(row for iri in new for row in by_tie[iri]), self._merging))

    def converted(self, quads: Iterable[ox.Quad], keep: bool = True) -> dict[str, Relationship]:
        """The relationships that these statements tell of, which are in the order that counts; to ``keep`` only if it is all of them.

        Raises ``BackendDown`` for what is none.
        """
        kinds, told = {str(cls) for cls in KINDS}, list(quads)
        ties = [quad.subject.value for quad in told if quad.predicate.value == _TYPE and quad.object.value in kinds]  # type: ignore[union-attr]
        with self._lock, without_collecting():
            return self._converted(ties, _stated(told, self._merging), keep)

    def recent(self, iri: str) -> Relationship | None:
        """A relationship if it is still kept."""
        tie = self._recent.get(iri)
        if tie is not None:
            self._recent.move_to_end(iri)
        return tie

    def number(self, iri: str) -> int:
        """The number of a relationship, given to it when it is first asked for."""
        number = self._numbers.setdefault(iri, len(self._iris))
        if number == len(self._iris):
            self._iris.append(iri)
        return number

    def iri(self, number: int) -> str:
        """The relationship of a number. Raises ``KeyError`` if there is none."""
        if not 0 <= number < len(self._iris):
            raise KeyError(number)
        return self._iris[number]

    def seen(self, tie: Relationship) -> Seen:
        """A relationship as a search sees it."""
        ends = self.place(tie.source), self.place(tie.target)
        return Seen(tie.iri, *ends, tie.kind, tie.status, tie.independent_sources, tie.interval.bounds)

    def halves(self, ties: Sequence[Seen], entities: Iterable[int]) -> Halves:
        """These relationships as seen from these entities."""
        if not ties:
            return Halves.none()
        source = np.array([tie.source for tie in ties], np.int32)
        target = np.array([tie.target for tie in ties], np.int32)
        bounds = np.array([tie.bounds for tie in ties], np.int32).reshape(-1, 4)
        kind = np.array([RELATIONSHIP_KINDS.index(tie.kind) for tie in ties], np.uint8)
        status = np.array([STATUSES.index(tie.status) for tie in ties], np.uint8)
        word = words_of(Ties(source, target, kind, status, np.array([tie.independent_sources for tie in ties], np.int32), bounds))
        number = np.array([self.number(tie.iri) for tie in ties], np.int64)
        asked = np.fromiter(entities, np.int32)
        with_, against = np.isin(source, asked), np.isin(target, asked)
        sides = [
            Halves(source, target, number, word, bounds).where(with_),
            Halves(target, source, number, word | np.uint32(numbers.SEAT_SEEN_FROM_COMPANY), bounds).where(against),
        ]
        return Halves.joined(sides)

    def _converted(self, ties: Iterable[str], statements: Statements, keep: bool = True) -> dict[str, Relationship]:
        faults = Faults(statements)
        claims: dict[str, list[Subject]] = {}
        for node, properties in statements.subjects.items():
            if vocab.IL.Claim in properties.get(RDF.type, ()) and isinstance(node, URIRef):
                about = [str(value) for stance in vocab.STANCES.values() for value in properties.get(stance, ())]
                for iri in about[:1]:
                    claims.setdefault(iri, []).append(Subject(node, faults))
        found = {}
        for iri in ties:
            subject = Subject(URIRef(iri), faults)
            if not any(cls in KINDS for cls in subject.values(RDF.type)):
                continue
            said = [claim for each in claims.get(iri, ()) if (claim := make_claim(each, self.known)) is not None]
            tie = make_relationship(subject, self.known, said)
            if tie is not None:
                found[iri] = tie
        self._recent.update(found if keep else {})
        while len(self._recent) > self._kept:
            self._recent.popitem(last=False)
        if faults.tally:
            first, *more = faults.tally.chosen()
            others = f" ({len(faults.tally) - 1} more)" if more else ""
            raise BackendDown(f"{self._name} has what can't be relied on: {first.subject} {first.message}{others}.")
        return found
