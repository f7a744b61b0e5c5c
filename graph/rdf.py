"""Reading RDF files: Oxigraph parses, strictly and without ever touching the network; rdflib's terms are what everybody else sees."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from interlock.graph.decisions import ENDING as TABLE
from interlock.graph.decisions import FILE_NAME as DECISIONS
from interlock.graph.decisions import Row, read_rows
from interlock.graph.errors import DataError, Problem
from interlock.graph.files import PACKED, ending_of, opened
from interlock.seeds import vocab

FORMATS: Final[dict[str, ox.RdfFormat]] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
"""File name ending → syntax."""

LINE_BY_LINE: Final = frozenset({".nt", ".nq"})
"""The endings of files in which every statement has a line of its own."""

_TOLD_EVERY: Final = 10_000
_ENDINGS: Final = " ".join(FORMATS)
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


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files among these paths that can be read (RDF, and tables of decisions), folders being searched through, in a stable order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if ending_of(p) in FORMATS or p.name == DECISIONS)
            if not any(ending_of(p) in FORMATS for p in inside):
                raise DataError([Problem(str(path), 0, "", f"has no RDF file in it ({_ENDINGS})")])
            found += inside
        elif not path.exists():
            raise DataError([Problem(str(path), 0, "", "does not exist")])
        elif ending_of(path) not in FORMATS and path.suffix != TABLE:
            message = f"is not a file that can be read. Name one that ends in {_ENDINGS}, or in one of these and {PACKED}"
            raise DataError([Problem(str(path), 0, "", message)])
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read(files: Sequence[Path]) -> Statements:
    """Parse files; raise ``DataError`` with file, line and column of every one that can't be read."""
    statements = Statements()
    problems: list[Problem] = []
    for path in files:
        try:
            if path.suffix == TABLE:
                statements.decisions.extend(read_rows(path))
                continue
            quads = list(parse_file(path))
        except DataError as error:
            problems += error.problems
            continue
        statements.quads.extend(quads)
        for quad in quads:
            index(statements, quad, path)
    if problems:
        raise DataError(problems)
    if statements.decisions and not statements.quads:
        raise DataError([Problem(str(statements.decisions[0].path), 0, "", "decides on data that is not there: name its files too")])
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


def parse_file(path: Path, progress: Callable[[int], object] | None = None) -> Iterator[ox.Quad]:
    """The quads of a file; raises ``DataError`` with the line at fault. ``progress`` is told how many of its bytes have been read."""
    count, syntax = 0, FORMATS[ending_of(path)]
    try:
        with opened(path) as (content, disk):
            if syntax == ox.RdfFormat.RDF_XML:
                content = _without_dtd(path, content.read())
            for count, quad in enumerate(ox.parse(content, syntax, base_iri=vocab.BASE, rename_blank_nodes=True), 1):
                refuse_triple(path, quad)
                if progress is not None and not count % _TOLD_EVERY:
                    progress(disk.tell())
                yield quad
    except SyntaxError as error:
        hint = ". Nothing is ever fetched: put the context into the file" if "remote context" in error.msg else ""
        raise DataError([Problem(str(path), error.lineno or 0, "", f"{error.msg}{hint}")]) from None
    if count == 0:
        raise DataError([Problem(str(path), 0, "", "says nothing: there is no statement in it")])


def _without_dtd(path: Path, content: bytes) -> BytesIO:
    if b"<!DOCTYPE" in content.upper().replace(b"\0", b""):
        raise DataError([Problem(str(path), 0, "", "has a document type declaration (DTD). Such documents are refused: remove it")])
    return BytesIO(content)


def index(statements: Statements, quad: ox.Quad, path: Path) -> None:
    """Enter a quad that was read in this file; it has to be appended to ``quads`` as well."""
    subject, predicate = term_of(quad.subject), URIRef(quad.predicate.value)
    values = statements.subjects.setdefault(subject, {}).setdefault(predicate, [])
    value = term_of(quad.object)
    if value not in values:
        values.append(value)
    graph = None if isinstance(quad.graph_name, ox.DefaultGraph) else URIRef(quad.graph_name.value)
    statements.graphs.setdefault(subject, set()).add(graph)
    statements.files.setdefault(subject, path)


def refuse_triple(path: Path, quad: ox.Quad) -> None:
    """Raise ``DataError`` if the value is a triple, as RDF 1.2 has them."""
    if isinstance(quad.object, ox.Triple):
        message = f"has a triple as a value: {quad.object}. Only the terms of RDF 1.1 are read: give the triple's subject, or a literal"
        raise DataError([Problem(str(path), 0, str(quad.subject), message)])


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
