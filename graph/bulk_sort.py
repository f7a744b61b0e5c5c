"""Big files' quads by their subjects: what is of the common shape as columns, and whatever is not as statements like any other's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyoxigraph as ox
from rdflib import RDF, BNode, Literal, URIRef
from rdflib.namespace import ORG, SDO
from rdflib.term import Node

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES
from interlock.graph.bulk_read import Quads
from interlock.graph.convert import VOCABULARY
from interlock.graph.convert_entities import ENTITY_KINDS as ENTITY_CLASSES
from interlock.graph.convert_ties import RELATIONSHIP_KINDS as TIE_CLASSES
from interlock.graph.heap import Numbers
from interlock.graph.jit import bulk
from interlock.graph.rdf import Statements, digest_of, sealed, term_of
from interlock.seeds import vocab

TYPE, NAME, DURING, SUPPORTS, STATUS, OBSERVED, ROLE, SOURCE, TARGET, BY_SOURCE, BY_TARGET = range(11)
"""The slots: a property each; any property that leads to the source or target of a relationship, and which one it was."""
_SLOTS: Final[dict[Node, int]] = {
    RDF.type: TYPE, SDO.name: NAME, vocab.IL.during: DURING, vocab.IL.supports: SUPPORTS, vocab.IL.status: STATUS,
    vocab.IL.observed: OBSERVED, ORG.role: ROLE,
    **{term.source: SOURCE for term in vocab.RELATIONSHIP_TERMS.values()},
    **{term.target: TARGET for term in vocab.RELATIONSHIP_TERMS.values()},
}  # fmt: skip
_CLASSES: Final = (vocab.IL.Claim, vocab.IL.Source)
_MOST: Final = 64
"""Of how many quads a subject of the common shape may consist, however often each is repeated."""


class Sorted:
    """Subjects are numbered in the order in which they first come; ``number`` gives that of a term, -1 if it is no subject.

    Unless the quads are ``complete``, terms may be added to them, and they have to be sorted again.
    """

    def __init__(self, quads: Quads, complete: bool = True) -> None:
        self.quads, terms, rows = quads, quads.terms, quads.rows
        self._nodes: dict[int, Node] = {}
        self._begins: dict[Path, dict[str, int]] = {}
        for iri in (*_SLOTS, *ENTITY_CLASSES, *TIE_CLASSES, *vocab.STATUSES.values(), *vocab.STANCES.values(), *VOCABULARY, *_CLASSES):
            terms.add(f"<{iri}>")  # now, so that tables are as long as there are terms
        self.entity_class = self._table({cls: ENTITY_KINDS.index(kind) for cls, kind in ENTITY_CLASSES.items()})
        self.tie_class = self._table({cls: RELATIONSHIP_KINDS.index(kind) for cls, kind in TIE_CLASSES.items()})
        self.status = self._table({concept: STATUSES.index(name) for name, concept in vocab.STATUSES.items()})
        self.vocabulary = self._table(dict.fromkeys(VOCABULARY, 1)) >= 0
        slot_of = self._table(_SLOTS)
        self.type, self.claim, self.source = (self.find(iri) for iri in (RDF.type, vocab.IL.Claim, vocab.IL.Source))
        self.about = [self.find(predicate) for predicate in vocab.STANCES.values()]
        self.source_property = np.array([self.find(vocab.RELATIONSHIP_TERMS[kind].source) for kind in RELATIONSHIP_KINDS])
        self.target_property = np.array([self.find(vocab.RELATIONSHIP_TERMS[kind].target) for kind in RELATIONSHIP_KINDS])
        if complete:
            terms.close()
        self._first = np.bincount(rows[0], minlength=len(terms) + 1)
        self._order = np.empty(rows.shape[1], np.int32)
        bulk().group(rows[0], self._first, self._order)
        subjects = np.flatnonzero(np.diff(self._first))
        self.subjects = subjects[np.argsort(self._order[self._first[subjects]])]
        self.number = np.full(len(terms) + 1, -1, np.int32)  # of the term -1 too
        self.number[self.subjects] = np.arange(len(self.subjects), dtype=np.int32)
        self.values = np.full((11, len(self.subjects)), -1, np.int32)
        self.used = np.zeros(len(self.subjects), np.int32)
        self.graph = np.empty(len(self.subjects), np.int32)
        twice = np.empty(rows.shape[1], np.int32)
        count = bulk().gather(
            self.subjects, self._first, self._order, rows, slot_of, self.values, self.used, self.graph, twice, _MOST
        )  # fmt: skip
        self._twice = twice[:count].copy()

    def version(self) -> str:
        """The version of all that the files say."""
        return sealed(self.quads.total() - self._repeated(self._twice))

    def find(self, iri: Node) -> int:
        """The number of an IRI of the vocabulary."""
        return self.quads.terms.add(f"<{iri}>")

    def has_prefix(self, numbers: Numbers, prefix: str) -> Numbers:
        """Which of these subjects have an IRI that begins so."""
        return self.quads.terms.begin(self.subjects[numbers], prefix)

    def is_text(self, numbers: Numbers) -> Numbers:
        """Which of these terms are plain strings; what isn't there (-1) counts as one."""
        terms = self.quads.terms
        quoted: Numbers = (terms.heap[terms.at[numbers]] == 34) & (terms.heap[terms.at[numbers + 1] - 1] == 34)
        return quoted | (numbers < 0)

    def looks(self, terms: Numbers) -> Numbers:
        """What is between the first and last byte of these terms: bits, as in ``graph.kernels.texts``; 0 of what isn't there (-1)."""
        bits = np.empty(len(terms), np.uint8)
        bulk().looks(np.maximum(terms, 0).astype(np.int64), self.quads.terms.heap, self.quads.terms.at, bits)
        bits[terms < 0] = 0
        return bits

    def text(self, term: int) -> str:
        """What a plain string says, without space around it."""
        written = self.quads.terms.text(term)
        return (written[1:-1] if "\\" not in written else str(_node(written))).strip()

    def iri(self, number: int) -> str:
        return self.quads.terms.text(int(self.subjects[number]))[1:-1]

    def files(self) -> Numbers:
        """The number of the file in which each subject is first met."""
        lines = self.quads.rows[4, self._order[self._first[self.subjects]]]
        for term, line in self.quads.first_lines.items():
            if self.number[term] >= 0:
                lines[self.number[term]] = line
        return self.quads.files_of(lines)

    def said_of(self, number: int) -> Numbers:
        """The rows of a subject, in the order of the file."""
        term = self.subjects[number]
        return self._order[self._first[term] : self._first[term + 1]]

    def rows_of(self, predicates: Iterable[int], subjects: Numbers) -> Numbers:
        """The rows with one of these properties, of those subjects that are marked."""
        rows = np.flatnonzero(np.isin(self.quads.rows[1], list(predicates)))
        chosen: Numbers = rows[subjects[self.number[self.quads.rows[0, rows]]]]
        return chosen

    def node(self, term: int) -> Node:
        """A term as rdflib's."""
        if term not in self._nodes:
            self._nodes[term] = _node(self.quads.terms.text(term))
        return self._nodes[term]

    def statements(self, numbers: Iterable[int]) -> Statements:
        """All that is said of these subjects."""
        found, rows, node = Statements(begins=self._begins), self.quads.rows, self.node
        for number in numbers:
            subject = node(int(self.subjects[number]))
            properties = found.subjects.setdefault(subject, {})
            said = self.said_of(number)
            for _, predicate, value, graph, _ in rows[:, said].T.tolist():
                values = properties.setdefault(URIRef(str(node(predicate))), [])
                if node(value) not in values:
                    values.append(node(value))
                found.graphs.setdefault(subject, set()).add(URIRef(str(node(graph))) if graph >= 0 else None)
            line = self.quads.first_lines.get(int(self.subjects[number]), int(rows[4, said[0]]))
            found.files[subject], own = self.quads.place_of(line)
            if own is not None:
                found.lines[subject] = own
        return found

    def _table(self, values: Mapping[Node, int]) -> Numbers:
        """What these IRIs stand for, by their terms; -1 for all other terms, and in place -1."""
        table = np.full(len(self.quads.terms) + 1, -1, np.int8)
        table[[self.find(iri) for iri in values]] = list(values.values())
        return table

    def _repeated(self, rows: Numbers) -> int:
        """What statements that are written again have added to the sum of digests."""
        again = rows.tolist()
        for number in np.flatnonzero(np.diff(self._first)[self.subjects] > _MOST).tolist():
            seen: set[tuple[int, ...]] = set()
            for row in self.said_of(number).tolist():
                quad = tuple(self.quads.rows[:4, row].tolist())
                again += [row] if quad in seen else []
                seen.add(quad)
        return sum(digest_of(self.quads.text_of(row)) for row in again if not self.quads.has_blank(row))


def _node(written: str) -> Node:
    if written[0] == "<":
        return URIRef(written[1:-1])
    if written[0] == "_":
        return BNode(written[2:])
    (quad,) = ox.parse(f"<x:s> <x:p> {written} .".encode(), ox.RdfFormat.N_TRIPLES)
    node = term_of(quad.object)
    assert isinstance(node, Literal)
    return node
