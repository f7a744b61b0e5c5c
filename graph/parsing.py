"""Parsing one file: by Oxigraph, strictly, packed by gzip or not, and without ever touching the network or another document."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from interlock.graph.errors import DataError, Problem
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

PACKED: Final = ".gz"
"""May follow any of these endings."""

PREFIXES: Final = "prefixes.ttl"
"""What a file is called that holds nothing but the prefixes of the others in its folder."""

_PREFIXED: Final = frozenset({ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG})
_CHUNK: Final = 1 << 20
_SUSPECT_FROM, _SWELLS = 1 << 26, 100
"""A packed file of which more than so many bytes come out, and more than so many times what went in, is taken for a bomb."""
_PLACE: Final = re.compile(r"Parser error .*?\d: ")


@dataclass(frozen=True)
class Parsed:
    """What a file says; ``prefixes`` is the file beside it from which it took its prefixes, if it had to."""

    quads: list[ox.Quad]
    prefixes: Path | None = None


def format_of(path: Path) -> ox.RdfFormat | None:
    """The syntax of a file by its name; None if that is none that is known."""
    name = path.with_suffix("") if path.suffix == PACKED else path
    return FORMATS.get(name.suffix)


def parse_file(path: Path, base: str = vocab.BASE) -> Parsed:
    """Parse a file; raise ``DataError`` with the line and column at which it can't be read."""
    syntax, content = format_of(path), _content(path)
    assert syntax is not None, path
    if syntax == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in content.upper().replace(b"\0", b""):
        raise _refused(path, "has a document type declaration (DTD). Such documents are refused: remove it")
    try:
        return Parsed(_quads(path, content, syntax, base))
    except SyntaxError as error:
        beside = path.with_name(PREFIXES)
        if "has not been declared" in error.msg and syntax in _PREFIXED and beside.is_file() and beside != path:
            return Parsed(_with_prefixes(path, content, syntax, beside, base), beside)
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


def _content(path: Path) -> bytes:
    """What is in a file, unpacked."""
    try:
        if path.suffix != PACKED:
            return path.read_bytes()
        return _unpacked(path)
    except EOFError:
        raise _refused(path, "is cut off: what gzip packed doesn't end") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _refused(path, f"is not what gzip packs: {error}") from None
    except OSError as error:
        raise _refused(path, f"can't be read: {error.strerror}") from None


def _unpacked(path: Path) -> bytes:
    size, content = path.stat().st_size, bytearray()
    with gzip.open(path) as file:
        while part := file.read(_CHUNK):
            content += part
            if len(content) > max(_SUSPECT_FROM, _SWELLS * size):
                raise _refused(
                    path, f"swells to more than {_SWELLS} times its size when it is unpacked. Unpack it yourself if you trust it"
                )
    return bytes(content)


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
