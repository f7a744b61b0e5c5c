"""Parsing one file: by Oxigraph, strictly, packed by gzip or not, and without ever touching the network or another document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from interlock.graph.errors import DataError, Problem
from interlock.graph.files import ending_of, opened
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

PREFIXES: Final = "prefixes.ttl"
"""What a file is called that holds nothing but the prefixes of the others in its folder."""

_PREFIXED: Final = frozenset({ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG})
_TOLD_EVERY: Final = 10_000
_PLACE: Final = re.compile(r"Parser error .*?\d: ")


@dataclass(frozen=True)
class Parsed:
    """What a file says; ``prefixes`` is the file beside it from which it took its prefixes, if it had to."""

    quads: list[ox.Quad]
    prefixes: Path | None = None


def format_of(path: Path) -> ox.RdfFormat | None:
    """The syntax of a file by its name; None if that is none that is known."""
    return FORMATS.get(ending_of(path))


def prefixes_beside(path: Path) -> Path | None:
    """The file beside one that may need it from which it can take prefixes."""
    beside = path.with_name(PREFIXES)
    return beside if format_of(path) in _PREFIXED and beside.is_file() and beside != path else None


def parse_file(path: Path, base: str = vocab.BASE) -> Parsed:
    """Parse a file; raise ``DataError`` with the line and column at which it can't be read."""
    syntax = FORMATS[ending_of(path)]
    with opened(path) as (file, _):
        content = file.read()
    if syntax == ox.RdfFormat.RDF_XML:
        _refuse_dtd(path, content)
    try:
        return Parsed(_quads(path, content, syntax, base))
    except SyntaxError as error:
        beside = prefixes_beside(path)
        if "has not been declared" in error.msg and beside:
            return Parsed(_with_prefixes(path, content, syntax, beside, base), beside)
        raise syntax_problem(path, content, error) from None


def parse_piecemeal(path: Path, progress: Callable[[int], object]) -> Iterator[ox.Quad]:
    """The quads of a file one after another, with prefixes of its own; ``progress`` is told how many of its bytes have been read.

    Raises ``DataError`` as ``parse_file`` does.
    """
    syntax, content = FORMATS[ending_of(path)], b""
    try:
        with opened(path) as (file, disk):
            if syntax == ox.RdfFormat.RDF_XML:
                content = file.read()
                _refuse_dtd(path, content)
                file = BytesIO(content)
            for count, quad in enumerate(ox.parse(file, syntax, base_iri=vocab.BASE, rename_blank_nodes=True), 1):
                refuse_triple(path, quad)
                if not count % _TOLD_EVERY:
                    progress(disk.tell())
                yield quad
    except SyntaxError as error:
        raise syntax_problem(path, content, error) from None


def refuse_triple(path: Path, quad: ox.Quad) -> None:
    """Raise ``DataError`` if the value is a triple, as RDF 1.2 has them."""
    if isinstance(quad.object, ox.Triple):
        message = f"has a triple as a value: {quad.object}. Only the terms of RDF 1.1 are read: give the triple's subject, or a literal"
        raise DataError([Problem(str(path), 0, str(quad.subject), message)])


def syntax_problem(path: Path, content: bytes, error: SyntaxError, ahead: int = 0) -> DataError:
    """The place in words of our own; ``ahead`` characters were put before the first line."""
    line, column, said = error.lineno or 0, error.offset or 0, _PLACE.sub("", error.msg, count=1)
    if "remote context" in said:
        found = re.search(rb'"@(?:context|import)"', content)
        line = content.count(b"\n", 0, found.start()) + 1 if found else 0
        said = "needs a context that lies elsewhere, and nothing is ever fetched: put the context into the file"
    elif not line and format_of(path) == ox.RdfFormat.RDF_XML:
        line, column = _xml_fault(content)
    return DataError([Problem(str(path), line, "", f"column {column - (ahead if line == 1 else 0)}: {said}" if column else said)])


def _quads(path: Path, content: bytes, syntax: ox.RdfFormat, base: str) -> list[ox.Quad]:
    quads = []
    for quad in ox.parse(content, syntax, base_iri=base, rename_blank_nodes=True):
        refuse_triple(path, quad)
        quads.append(quad)
    return quads


def _refuse_dtd(path: Path, content: bytes) -> None:
    if b"<!DOCTYPE" in content.upper().replace(b"\0", b""):
        raise _refused(path, "has a document type declaration (DTD). Such documents are refused: remove it")


def _with_prefixes(path: Path, content: bytes, syntax: ox.RdfFormat, beside: Path, base: str) -> list[ox.Quad]:
    """Parse with the directives of another file before it, all on the first line, so that lines keep their numbers."""
    try:
        parser = ox.parse(beside.read_bytes(), ox.RdfFormat.TURTLE, base_iri=base)
        list(parser)
    except SyntaxError as error:
        raise syntax_problem(beside, b"", error) from None
    except OSError as error:
        raise _refused(beside, f"can't be read: {error.strerror}") from None
    directives = "".join(f"@prefix {name}: <{iri}> . " for name, iri in parser.prefixes.items())
    ahead = f"@base <{parser.base_iri}> . {directives}".encode()
    try:
        return _quads(path, ahead + content, syntax, base)
    except SyntaxError as error:
        raise syntax_problem(path, content, error, len(ahead.decode())) from None


def _xml_fault(content: bytes) -> tuple[int, int]:
    """Line and column of what is no well-formed XML; zeros if it is. There is no DTD in it."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return 0, 0


def _refused(path: Path, message: str) -> DataError:
    return DataError([Problem(str(path), 0, "", message)])
