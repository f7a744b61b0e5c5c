"""Excel: a sheet for each table with a frozen header, and one about the export. No formulas, no links, nothing that runs.

A sheet has at most 1,048,576 rows, and a cell 32,767 characters: of a longer text the rest is left out, which an ellipsis shows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from interlock.graph.errors import BadInput
from interlock.graph.exports.archive import chunks
from interlock.graph.exports.columns import Table, Type
from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import printable, spelled
from interlock.graph.exports.tables import tables_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_575
MOST_CHARACTERS: Final = 32_767
_OPTIONS: Final = {
    "constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False,
}  # fmt: skip
_WIDTHS: Final = {Type.TEXT: 28, Type.TERM: 18, Type.EDTF: 22, Type.DAY: 13, Type.COUNT: 10, Type.NUMBER: 16, Type.LIST: 24}


def write(content: Content) -> Iterator[bytes]:
    from xlsxwriter import Workbook

    tables, counts = tables_of(content.selection), content.counts
    for table in tables:
        count = counts[table.name]
        if count > MOST_ROWS:
            raise BadInput(f"There are {count:,} {table.name}; a sheet of Excel holds {MOST_ROWS:,}. Take csv or parquet, or select less.")
    with tempfile.TemporaryFile() as file:
        with Workbook(file, dict(_OPTIONS)) as book:
            about = content.about()
            book.set_properties({"title": about["title"], "comments": about["status"], "created": _long_ago()})
            bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet("About")
            sheet.set_column(0, 0, 18, bold)
            sheet.set_column(1, 1, 100, wrapped)
            for row, (name, text) in enumerate(about.items()):
                _put_text(sheet, row, 0, name)
                _put_text(sheet, row, 1, text)
            for table in tables:
                _fill(book.add_worksheet(table.name), table, content, bold)
        yield from chunks(file)


def _fill(sheet: Worksheet, table: Table[Any], content: Content, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS[column.type])
        sheet.write_string(0, place, column.name, bold)
    for row, values in enumerate(table.rows(content), 1):
        for place, value in enumerate(values):
            if isinstance(value, int | Decimal):
                sheet.write_number(row, place, value)
            elif value is not None and value != ():
                _put_text(sheet, row, place, spelled(value))


def _put_text(sheet: Worksheet, row: int, place: int, text: str) -> None:
    plain = printable(text)
    if len(plain.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        plain = plain.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
    sheet.write_string(row, place, plain)


def _long_ago() -> Any:
    """The same time for all files, so that the same content gives the same bytes."""
    from datetime import datetime

    return datetime(1980, 1, 1)
