"""CSV: a zip of the tables with a ``datapackage.json`` that describes them (Frictionless Tabular Data Package).

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return. Such a text gets an apostrophe in front,
as does one that begins so after apostrophes; whoever wants the very text takes one apostrophe off again. Numbers are left as they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from interlock.graph.exports.archive import zipped
from interlock.graph.exports.columns import Column, Table, Type, Value
from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import spelled
from interlock.graph.exports.tables import tables_of

_RUN: Final = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_PLAIN: Final = frozenset({Type.NUMBER, Type.COUNT, Type.DAY})
_FIELD_TYPES: Final = {Type.COUNT: "integer", Type.NUMBER: "number", Type.DAY: "date", Type.LIST: "array"}
_BATCH: Final = 1024
_LINKS: Final = {
    "relationships": (("source", "entities"), ("target", "entities")),
    "interlocks": (("source", "entities"), ("target", "entities")),
    "claims": (("relationship", "relationships"), ("source", "sources")),
}


def write(content: Content) -> Iterator[bytes]:
    members = ((f"{table.name}.csv", lines(table, content)) for table in tables_of(content.selection))
    described = json.dumps(datapackage(content), ensure_ascii=False, indent=2).encode()
    yield from zipped([("datapackage.json", [described]), *members])


def lines(table: Table[Any], content: Content) -> Iterator[bytes]:
    """A table as CSV (RFC 4180, UTF-8), with a header, some thousand rows at a time."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for number, row in enumerate(table.rows(content), 1):
        writer.writerow([_cell(column, value) for column, value in zip(table.columns, row, strict=True)])
        if number % _BATCH == 0:
            yield _taken(out)
    yield _taken(out)


def harmless(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if _RUN.match(text) else text


def datapackage(content: Content) -> dict[str, Any]:
    """The descriptor of the package."""
    about = content.about()
    licence = content.graph.licence
    return {
        "profile": "tabular-data-package",
        "name": "interlock-export",
        "title": about["title"],
        "version": about["datasetVersion"],
        "description": "\n\n".join((
            about["status"],
            about["dates"],
            "Lists are JSON arrays. A text that a spreadsheet would run has an apostrophe in front; take one off to have the very text.",
        )),
        **({"licenses": [{"name": licence}]} if licence else {}),
        "interlock": about,
        "resources": [_resource(table) for table in tables_of(content.selection)],
    }  # fmt: skip


def _resource(table: Table[Any]) -> dict[str, Any]:
    links = [{"fields": field, "reference": {"resource": resource, "fields": "id"}} for field, resource in _LINKS.get(table.name, ())]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.says,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n", "doubleQuote": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": table.columns[0].name,
            **({"foreignKeys": links} if links else {}),
            "missingValues": [""],
        },
    }


def _field(column: Column[Any]) -> dict[str, str]:
    return {"name": column.name, "type": _FIELD_TYPES.get(column.type, "string"), "description": column.says}


def _cell(column: Column[Any], value: Value) -> str:
    if value is None or value == ():
        return ""
    text = spelled(value)
    return text if column.type in _PLAIN else harmless(text)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "surrogatepass")
