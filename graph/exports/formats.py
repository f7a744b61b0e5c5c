"""The formats there are, and the writing of a selection in one of them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from interlock.graph.errors import BadInput
from interlock.graph.exports.content import Content, Progress
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.selection import Parameters, Selection
from interlock.graph.selection_query import write_query

_CHUNK: Final = 1 << 16
_LINKED, _EDGES, _TABLES, _SOURCES = (1, 1, 0, 1), (1, 1, 0, 0), (1, 1, 1, 1), (0, 0, 0, 1)


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a format are called (media type, and the ending of their names), what writes them, and whether they are text.

    ``writer`` is a function by its module here and its name, imported when it is used: some bring large libraries. ``passes`` says how
    often it goes over entities, relationships (or interlocks), claims and sources; ``networks`` whether it writes networks of interlocks.
    """

    media_type: str
    ending: str
    writer: str
    passes: tuple[int, int, int, int]
    text: bool = True
    networks: bool = True


FORMATS: Final[dict[str, Format]] = {
    "ttl": Format("text/turtle; charset=utf-8", "ttl", "rdf.turtle", _LINKED, networks=False),
    "trig": Format("application/trig; charset=utf-8", "trig", "rdf.trig", _LINKED, networks=False),
    "nq": Format("application/n-quads; charset=utf-8", "nq", "rdf.nquads", _LINKED, networks=False),
    "jsonld": Format("application/ld+json", "jsonld", "rdf.jsonld", _LINKED, networks=False),
    "graphml": Format("application/graphml+xml", "graphml", "graphml.write", _EDGES),
    "gexf": Format("application/gexf+xml", "gexf", "gexf.write", _EDGES),
    "cyjs": Format("application/json", "cyjs", "nodelink.cytoscape", _EDGES),
    "json": Format("application/json", "json", "nodelink.node_link", _EDGES),
    "csv": Format("application/zip", "csv.zip", "csv_tables.write", _TABLES, text=False),
    "parquet": Format("application/zip", "parquet.zip", "parquet.write", _TABLES, text=False),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "xlsx.write", _TABLES, text=False),
    "ftm": Format("application/x-ndjson", "ftm.json", "ftm.write", _LINKED, networks=False),
    "dot": Format("text/vnd.graphviz; charset=utf-8", "dot", "dot.write", _EDGES),
    "bib": Format("application/x-bibtex; charset=utf-8", "bib", "bibliography.bibtex", _SOURCES),
    "csl": Format("application/vnd.citationstyles.csl+json", "csl.json", "bibliography.csl", _SOURCES),
}
"""Name of a format → how its files are called and written."""


def format_of(name: str) -> Format:
    """The format of this name, or ``BadInput`` that names those there are."""
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise BadInput(f"{name[:40]!r} is not a format of exports. {hint}There are {', '.join(FORMATS)}.")
    return FORMATS[name]


def export(name: str, graph: KnowledgeGraph, selection: Selection, progress: Progress | None = None) -> Iterator[bytes]:
    """A selection in a format, as chunks of some 64 KiB that take no more memory the more there are.

    ``progress`` is told how many records are written, of how many.
    """
    format = _format_for(name, selection.parameters)
    module, function = format.writer.split(".")
    write = cast(Callable[[Content], Iterator[bytes]], getattr(import_module(f"interlock.graph.exports.{module}"), function))
    return _gathered(write(Content(graph, selection, progress, format.passes)))


def export_path(name: str, parameters: Parameters) -> str:
    """The path and query of the URL under which a selection is to be had in this format: ``/export/gexf?of=entity%2Fmeta&hops=2``."""
    _format_for(name, parameters)
    query = write_query(parameters)
    return f"/export/{name}{f'?{query}' if query else ''}"


def _format_for(name: str, parameters: Parameters) -> Format:
    format = format_of(name)
    if parameters.interlock_network and not format.networks:
        able = ", ".join(each for each, known in FORMATS.items() if known.networks)
        raise BadInput(
            f"{name} holds relationships with their claims, no network of interlocks. Take {able}, or leave out interlockNetwork."
        )
    return format


def file_name(name: str, graph: KnowledgeGraph, parameters: Parameters) -> str:
    """What to call the file: ``interlock-netflix-meta-board-8d88d1c2.gexf``."""
    entities = [graph.entities[id].slug for id in (*parameters.of, *parameters.between)]
    network = ["network"] if parameters.interlock_network else []
    kinds = sorted(kind.value.lower() for kind in parameters.filter.entity_kinds or ())
    plain = "-".join(network + (entities or kinds or ["all"])).encode("ascii", "ignore").decode()
    words = "".join(each if each.isalnum() or each == "-" else "-" for each in plain)[:60].strip("-") or "selection"
    return f"interlock-{words}-{graph.version[:8]}.{format_of(name).ending}"


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
