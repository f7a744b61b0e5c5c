"""Parquet: a zip of one file for each table; typed, dictionary-encoded, with what the export says about itself in the metadata of each.

Relationships have four columns more than in other formats: their bounds as day numbers, with which jobs on a cluster compute. From days as
dates an end that is unknown can't be told from one that is open, and there are none before the year 1 and after 9999.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from interlock.graph.exports.archive import chunks, zipped
from interlock.graph.exports.columns import Column, Table, Type, bounds
from interlock.graph.exports.content import Content, batches
from interlock.graph.exports.tables import RELATIONSHIPS, tables_of

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH: Final = 8192
_GROUP: Final = 8 * _BATCH
DATED: Final = replace(RELATIONSHIPS, columns=(*RELATIONSHIPS.columns, *bounds()))
"""The table of relationships with its bounds."""


def write(content: Content) -> Iterator[bytes]:
    tables = (DATED if table is RELATIONSHIPS else table for table in tables_of(content.selection))
    yield from zipped(((f"{table.name}.parquet", _file(table, content)) for table in tables), compressed=False)


def _file(table: Table[Any], content: Content) -> Iterator[bytes]:
    """A table as a file: through a temporary one, since its index stands at its end."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = {name.encode(): text.encode() for name, text in content.about().items()}
    fields = [pa.field(column.name, _type(column), metadata={b"description": column.says.encode()}) for column in table.columns]
    schema = pa.schema(fields, metadata=about)
    with tempfile.TemporaryFile() as file:
        with pq.ParquetWriter(file, schema, compression="zstd", use_dictionary=True) as writer:
            for rows in batches(table.rows(content), _BATCH):
                columns = [
                    pa.array(_values(column, values), _type(column))
                    for column, values in zip(table.columns, zip(*rows, strict=True), strict=True)
                ]
                writer.write_batch(pa.record_batch(columns, schema=schema), row_group_size=_GROUP)
        yield from chunks(file)


def _type(column: Column[Any]) -> pa.DataType:
    import pyarrow as pa

    match column.type:
        case Type.COUNT:
            return pa.int64()
        case Type.NUMBER:
            return pa.float64()
        case Type.DAY:
            return pa.date32()
        case Type.DAY_NUMBER:
            return pa.int32()
        case Type.LIST:
            return pa.list_(pa.string())
        case Type.TERM:
            return pa.dictionary(pa.int32(), pa.string())
        case Type.TEXT | Type.EDTF:
            return pa.string()


def _values(column: Column[Any], values: tuple[Any, ...]) -> list[Any]:
    if column.type is Type.NUMBER:
        return [None if value is None else float(value) for value in values]
    return list(values)
