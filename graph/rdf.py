"""Statements with rdflib's terms, which is what everybody else sees, and the version of a dataset."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from interlock.graph.decisions import Row
from interlock.graph.errors import DataError, Problem
from interlock.graph.files import opened
from interlock.graph.parsing import parse_file
from interlock.seeds import vocab

_MANY: Final = 32
SAYS_NOTHING: Final = "says nothing: there is no statement in it"
_BEGIN: Final = re.compile(r"\s*(<[^>]*>|[\w-]+:(?:[^\s<>\"';,()\[\]{}\\]|\\.)*)")
"""The subject with which a line begins: an IRI in angle brackets, or abbreviated."""


@dataclass(frozen=True)
class Statements:
    """All that some files say, and where each subject was read.

    ``quads`` are as Oxigraph gave them. ``subjects`` maps a subject to its properties and their values in the order of the files;
    ``graphs`` to the names of the graphs that speak of it (None is the default graph); ``files`` to the file in which it was first met,
    and ``lines``, where that is known, to its line there. ``decisions`` are the rows of tables that decide who is one.
    ``begins`` is what the lines of files begin with, of those in which a line was looked for.
    """

    quads: list[ox.Quad] = field(default_factory=list)
    subjects: dict[Node, dict[URIRef, list[Node]]] = field(default_factory=dict)
    graphs: dict[Node, set[URIRef | None]] = field(default_factory=dict)
    files: dict[Node, Path] = field(default_factory=dict)
    lines: dict[Node, int] = field(default_factory=dict)
    begins: dict[Path, dict[str, int]] = field(default_factory=dict, repr=False)
    decisions: list[Row] = field(default_factory=list)
    _sets: dict[tuple[Node, URIRef], set[Node]] = field(default_factory=dict)
    _nodes: dict[Any, Node] = field(default_factory=dict, repr=False)

    def add(self, quads: Iterable[ox.Quad], path: Path) -> None:
        """Add what a file says."""
        for quad in quads:
            self.quads.append(quad)
            subject, value = self._node(quad.subject), self._node(quad.object)
            predicate: Any = self._node(quad.predicate)
            values = self.subjects.setdefault(subject, {}).setdefault(predicate, [])
            if value not in (values if len(values) < _MANY else self._as_set(values, subject, predicate)):
                values.append(value)
            name = quad.graph_name
            graph: Any = None
            if not isinstance(name, ox.DefaultGraph):
                graph = self._node(name) if isinstance(name, ox.NamedNode) else URIRef(name.value)
            self.graphs.setdefault(subject, set()).add(graph)
            self.files.setdefault(subject, path)

    def _node(self, term: Any) -> Node:
        """A term as rdflib's, the same whenever it is met."""
        found = self._nodes.get(term)
        if found is None:
            found = self._nodes[term] = term_of(term)
        return found

    def _as_set(self, values: list[Node], subject: Node, predicate: URIRef) -> set[Node]:
        """Many values as a set, which looks faster; the last of them is added now."""
        known = self._sets.get((subject, predicate))
        if known is None:
            known = self._sets[subject, predicate] = set(values)
        known.add(values[-1])
        return known

    def problem(self, subject: Node, message: str) -> Problem:
        """A problem with this subject: its file, and the line on which it is first written."""
        path = self.files.get(subject)
        line = self.lines.get(subject) or (self._line_of(path, str(subject)) if path else 0)
        return Problem(str(path or ""), line, abbreviate(subject), message)

    def _line_of(self, path: Path, iri: str) -> int:
        """The first line that begins with this subject, in either way in which it can be written; 0 if there is none."""
        if path not in self.begins:
            self.begins[path] = _first_lines(path)
        found = (self.begins[path].get(written, 0) for written in (abbreviate(URIRef(iri)), f"<{iri}>"))
        return min(filter(None, found), default=0)


def read(files: Sequence[Path]) -> Statements:
    """Parse files; raise ``DataError`` with file, line and column of every one that can't be read, or says nothing."""
    statements = Statements()
    problems: list[Problem] = []
    for path in files:
        try:
            quads = parse_file(path).quads
        except DataError as error:
            problems += error.problems
            continue
        if not quads:
            problems.append(Problem(str(path), 0, "", SAYS_NOTHING))
        statements.add(quads, path)
    if problems:
        raise DataError(problems)
    return statements


def version_of(statements: Statements) -> str:
    """A content hash: the same for the same statements, in whatever syntax, order and files they are written.

    The sum, modulo 2²⁵⁶, of the BLAKE2b-256 of each distinct statement as canonical N-Quads without the dot, hashed once more by SHA-256:
    its first 16 hex digits. So statements can be added in any order, and apart. Those with blank nodes are canonicalised first (RDFC-1.0,
    which looks at no others). It tells data apart by chance; it is no defence against who contrives two datasets of one version.
    """
    return sealed(sum(map(digest_of, canonical(statements.quads))))


def canonical(quads: Iterable[ox.Quad]) -> set[str]:
    """Quads as canonical N-Quads, each once, blank nodes named by what is said of them."""
    plain, blank = set(), []
    for quad in quads:
        if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name)):
            blank.append(quad)
        else:
            plain.add(str(quad))
    if blank:
        dataset = ox.Dataset(blank)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        plain.update(map(str, dataset))
    return plain


def digest_of(statement: str) -> int:
    """What one statement adds to the version."""
    return int.from_bytes(hashlib.blake2b(statement.encode(), digest_size=32).digest(), "little")


def sealed(total: int) -> str:
    """The version of statements whose digests have this sum."""
    return hashlib.sha256((total % 2**256).to_bytes(32, "little")).hexdigest()[:16]


def abbreviate(node: Node) -> str:
    """An IRI with its prefix, as the shipped files write it: ``rel:reed-hastings-seat-meta``."""
    for prefix, base in vocab.PREFIXES.items():
        if str(node).startswith(base):
            return f"{prefix}:{str(node)[len(base) :]}"
    return f"<{node}>" if isinstance(node, URIRef) else str(node)


def term_of(term: object) -> Node:
    """A term of RDF 1.1 as rdflib's."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))
        case _:
            raise TypeError(f"no RDF 1.1 term: {term!r}")


def quad_of(subject: Node, predicate: Node, value: Node, graph: Node | None) -> ox.Quad:
    """The opposite of ``term_of``, for a whole statement."""
    ends: Any = (_ox(subject), _ox(predicate), _ox(value), ox.DefaultGraph() if graph is None else _ox(graph))
    return ox.Quad(*ends)


def _ox(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    match node:
        case URIRef():
            return ox.NamedNode(str(node))
        case BNode():
            return ox.BlankNode(str(node))
        case Literal():
            language = node.language
            return (
                ox.Literal(str(node), language=language) if language else ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
            )
        case _:
            raise TypeError(f"no RDF term: {node!r}")


def _first_lines(path: Path) -> dict[str, int]:
    """What the lines of a file begin with → the first line that begins so: one reading for any number of faults."""
    found: dict[str, int] = {}
    with opened(path) as (content, _), TextIOWrapper(content, "utf-8", "replace") as lines:
        for number, line in enumerate(lines, 1):
            if match := _BEGIN.match(line):
                found.setdefault(match[1], number)
    return found
