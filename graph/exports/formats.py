"""The formats there are, and where each is to be had."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Final

from interlock.graph.errors import BadInput
from interlock.graph.selection import Parameters
from interlock.graph.selection_query import write_query


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a format are called: their media type, and the ending of their names."""

    media_type: str
    ending: str


FORMATS: Final[dict[str, Format]] = {
    "ttl": Format("text/turtle; charset=utf-8", "ttl"),
    "trig": Format("application/trig; charset=utf-8", "trig"),
    "nq": Format("application/n-quads; charset=utf-8", "nq"),
    "jsonld": Format("application/ld+json", "jsonld"),
    "graphml": Format("application/graphml+xml", "graphml"),
    "gexf": Format("application/gexf+xml", "gexf"),
    "cyjs": Format("application/json", "cyjs"),
    "json": Format("application/json", "json"),
    "csv": Format("application/zip", "csv.zip"),
    "parquet": Format("application/zip", "parquet.zip"),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ftm": Format("application/x-ndjson", "ftm.json"),
    "dot": Format("text/vnd.graphviz; charset=utf-8", "dot"),
    "bib": Format("application/x-bibtex; charset=utf-8", "bib"),
    "csl": Format("application/vnd.citationstyles.csl+json", "csl.json"),
}
"""Name of a format → how its files are called."""


def format_of(name: str) -> Format:
    """The format of this name, or ``BadInput`` that names those there are."""
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise BadInput(f"{name[:40]!r} is not a format of exports. {hint}There are {', '.join(FORMATS)}.")
    return FORMATS[name]


def export_path(name: str, parameters: Parameters) -> str:
    """The path and query of the URL under which a selection is to be had in this format: ``/export/gexf?of=entity%2Fmeta&hops=2``."""
    format_of(name)
    query = write_query(parameters)
    return f"/export/{name}{f'?{query}' if query else ''}"
