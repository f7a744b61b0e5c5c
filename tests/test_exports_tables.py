"""The table model, and CSV, Parquet and Excel, read back by pandas, duckdb, pyarrow and openpyxl."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.utils.escape import unescape

from export_records import HOSTILE, exported, graphs, parallel, rows, unzipped
from harness import PATIENT, claim, entity, graph, tie
from interlock.graph import BadInput, KnowledgeGraph, load
from interlock.graph.dates import parse_date
from interlock.graph.engine import Engine
from interlock.graph.exports import xlsx
from interlock.graph.exports.columns import Type, money
from interlock.graph.exports.csv_tables import harmless
from interlock.graph.exports.parquet import DATED
from interlock.graph.exports.spelling import printable, spelled
from interlock.graph.exports.tables import CLAIMS, ENTITIES, RELATIONSHIPS, SOURCES, TABLES
from interlock.graph.model import Amount
from interlock.graph.selection import everything

FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return load()


def test_rows_say_what_the_records_do() -> None:
    said = [claim(1, "ALLEGED", stated_by="meta", facts=("F1",))]
    known = graph(
        tie("reed", "meta", "2011-06-22/2019-05", kind="BOARD_SEAT", observed=["2012"], claims=said),
        entities=[entity("Reed", "PERSON", "R.", amounts=(Amount(Decimal("2e9"), "USD", "about"),), filed=parse_date("2011~"))],
    )
    (seat,) = rows(known, RELATIONSHIPS)
    assert (seat["id"], seat["source"], seat["source_name"], seat["target_name"]) == ("reed-board_seat-meta", "reed", "Reed", "meta")
    assert (seat["interval"], seat["start"], seat["end"], seat["observed"]) == ("2011-06-22/2019-05", "2011-06-22", "2019-05", ("2012",))
    assert (seat["start_earliest"], seat["start_latest"]) == (date(2011, 6, 22), date(2011, 6, 22))
    assert (seat["end_earliest"], seat["end_latest"]) == (date(2019, 5, 1), date(2019, 5, 31))
    assert (seat["status"], seat["claims"], seat["sources"], seat["role"]) == ("ALLEGED", 1, ("source/times",), None)
    assert seat["sentence"] == "Meta alleges that Reed was tied to meta (2011-06-22 – 2019-05)."
    reed = rows(known, ENTITIES)[1]
    assert (reed["id"], reed["aliases"], reed["filed"], reed["interval"], reed["start_earliest"]) == ("reed", ("R.",), "2011~", None, None)
    assert (reed["amount"], reed["currency"], reed["amounts"]) == (Decimal("2e9"), "USD", ("2000000000 USD (about)",))
    (word,) = rows(known, CLAIMS)
    assert (word["id"], word["relationship"], word["status"], word["stated_by"], word["facts"]) == (
        "claim/1",
        "r",
        "ALLEGED",
        "meta",
        ("F1",),
    )
    (paper,) = rows(known, SOURCES)
    assert (paper["id"], paper["title"], paper["publisher"], paper["url"]) == ("source/times", "The Times", "The Times", None)


def test_days_that_no_date_can_be_are_left_out_of_days_but_not_of_dates() -> None:
    (row,) = rows(graph(tie("a", "b", "-0044/Y12345")), RELATIONSHIPS)
    assert (row["start"], row["start_earliest"], row["end"], row["end_latest"]) == ("-0044", None, "Y12345", None)


def test_money_keeps_its_digits() -> None:
    assert money([Amount(Decimal(2**40), "USD"), Amount(Decimal("0.10"), "EUR", "paid")]) == ("1099511627776 USD", "0.10 EUR (paid)")


def test_every_table_has_a_key_first_and_says_what_its_columns_are() -> None:
    for table in TABLES:
        assert table.columns[0].name == "id"
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert all(column.says.endswith(".") for column in table.columns)


def as_cell(value: Any, type: Type) -> str:
    text = "" if value in (None, ()) else spelled(value)
    return text if type in (Type.NUMBER, Type.COUNT, Type.DAY) else harmless(text)


@given(graphs())
@FEW
def test_csv_is_read_by_pandas_and_duckdb(tmp_path: Path, known: KnowledgeGraph) -> None:
    members = unzipped(exported(known, "csv"))
    for table in TABLES:
        names = [column.name for column in table.columns]
        wanted = [[as_cell(row[column.name], column.type) for column in table.columns] for row in rows(known, table)]
        content = members[f"{table.name}.csv"]
        frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding_errors="strict")
        assert [*frame.columns] == names
        assert frame.values.tolist() == wanted
        path = tmp_path / f"{table.name}.csv"
        path.write_bytes(content)
        found = duckdb.read_csv(str(path), all_varchar=True, header=True, delimiter=",", quotechar='"', escapechar='"').fetchall()
        assert [[cell or "" for cell in row] for row in found] == wanted


@given(graphs())
@FEW
def test_no_cell_of_csv_is_run_by_a_spreadsheet_and_every_text_can_be_had_back(known: KnowledgeGraph) -> None:
    members = unzipped(exported(known, "csv"))
    for table in TABLES:
        text = members[f"{table.name}.csv"].decode()
        for cells in csv.reader(io.StringIO(text, newline="")):
            for column, cell in zip(table.columns, cells, strict=True):
                assert column.type is Type.NUMBER or not cell.startswith(RUN_BY_SPREADSHEETS)


@pytest.mark.parametrize("text", [*HOSTILE, "＝1", "'+", "'quoted'"])
def test_harmless_text_is_told_from_one_that_was_so(text: str) -> None:
    made = harmless(text)
    assert not made.startswith((*RUN_BY_SPREADSHEETS, "＝"))
    assert (made[1:] if made.startswith("'") and harmless(made) != made else made) == text


def test_datapackage_describes_the_tables(shipped: KnowledgeGraph) -> None:
    members = unzipped(exported(shipped, "csv"))
    package = json.loads(members["datapackage.json"])
    assert package["profile"] == "tabular-data-package"
    assert package["licenses"] == [{"name": "CC0-1.0"}]
    assert (package["version"], package["interlock"]["selection"]) == (shipped.version, "Everything")
    assert "not confirmed" in package["description"]
    resources = {each["name"]: each for each in package["resources"]}
    assert [*resources] == [table.name for table in TABLES]
    for name, resource in resources.items():
        frame = pd.read_csv(io.BytesIO(members[resource["path"]]), dtype=str, keep_default_na=False)
        assert [*frame.columns] == [field["name"] for field in resource["schema"]["fields"]]
        assert frame[resource["schema"]["primaryKey"]].is_unique
        for field in resource["schema"]["fields"]:
            assert field["type"] in {"string", "integer", "number", "date", "array"}
            cells = frame[field["name"]][frame[field["name"]] != ""]
            read = {"integer": int, "number": float, "date": date.fromisoformat, "array": json.loads, "string": str}[field["type"]]
            cells.map(read)
        for link in resource["schema"].get("foreignKeys", ()):
            keys = pd.read_csv(io.BytesIO(members[f"{link['reference']['resource']}.csv"]), dtype=str)["id"]
            assert frame[link["fields"]].isin(keys).all(), name


@given(graphs())
@FEW
def test_parquet_is_read_by_pyarrow_and_duckdb(tmp_path: Path, known: KnowledgeGraph) -> None:
    members = unzipped(exported(known, "parquet"))
    for table in (DATED if table is RELATIONSHIPS else table for table in TABLES):
        numbers = {column.name for column in table.columns if column.type is Type.NUMBER}
        lists = {column.name for column in table.columns if column.type is Type.LIST}

        def read(row: dict[str, Any], numbers: set[str] = numbers, lists: set[str] = lists) -> dict[str, Any]:
            floats = {name: None if row[name] is None else float(row[name]) for name in numbers}
            return {**row, **floats, **{name: list(row[name]) for name in lists}}

        content = members[f"{table.name}.parquet"]
        wanted = [read(row) for row in rows(known, table)]
        assert pq.read_table(io.BytesIO(content)).to_pylist() == wanted
        path = tmp_path / f"{table.name}.parquet"
        path.write_bytes(content)
        names = [column.name for column in table.columns]
        assert [dict(zip(names, row, strict=True)) for row in duckdb.read_parquet(str(path)).fetchall()] == wanted


def test_parquet_is_typed_dictionary_encoded_and_says_what_it_is(shipped: KnowledgeGraph) -> None:
    content = unzipped(exported(shipped, "parquet"))["relationships.parquet"]
    schema = pq.read_schema(io.BytesIO(content))
    assert schema.field("start_earliest").type == pa.date32()
    assert schema.field("claims").type == pa.int64()
    assert schema.field("sources").type == pa.list_(pa.string())
    assert isinstance(schema.field("status").type, pa.DictionaryType)
    assert schema.metadata[b"datasetVersion"].decode() == shipped.version
    assert b"not confirmed" in schema.metadata[b"status"]
    group = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(0)
    columns = {group.column(number).path_in_schema: group.column(number) for number in range(group.num_columns)}
    assert all("RLE_DICTIONARY" in columns[name].encodings for name in ("status", "kind", "source", "target"))


def test_parquet_has_bounds_that_days_of_dates_can_not_tell() -> None:
    """Those of an end that goes on, of one that is unknown, and of years that no date has."""
    known = graph(tie("a", "b", "2011/..", key="1"), tie("a", "b", "2011/", key="2"), tie("a", "b", "-0044/Y12345-01-01", key="3"))
    table = pq.read_table(io.BytesIO(unzipped(exported(known, "parquet"))["relationships.parquet"]))
    assert [row["end_earliest"] for row in table.to_pylist()] == [None, date(2011, 1, 1), None]
    assert table.select(["start_min", "start_max", "end_min", "end_max"]).to_pylist() == [
        {"start_min": 14975, "start_max": 15339, "end_min": 2**31 - 1, "end_max": 2**31 - 1},
        {"start_min": 14975, "start_max": 15339, "end_min": 14975, "end_max": 2**31 - 1},
        {"start_min": -735599, "start_max": -735234, "end_min": 3789391, "end_max": 3789391},
    ]
    assert b"can have begun" in table.schema.field("start_min").metadata[b"description"]


@given(graphs())
@FEW
def test_excel_is_read_by_openpyxl_without_formulas_or_links(known: KnowledgeGraph) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(known, "xlsx")))
    assert book.sheetnames == ["About", *(table.name for table in TABLES)]
    for table in TABLES:
        sheet = book[table.name]
        assert sheet.freeze_panes == "A2"
        cells = [*sheet.iter_rows()]
        assert all(cell.data_type in ("s", "n", "inlineStr") and cell.hyperlink is None for row in cells for cell in row)
        assert [cell.value for cell in cells[0]] == [column.name for column in table.columns]
        wanted = [[as_value(row[column.name]) for column in table.columns] for row in rows(known, table)]
        assert [[read(cell.value) for cell in row] for row in cells[1:]] == wanted


def as_value(value: Any) -> Any:
    if isinstance(value, int | Decimal):
        return float(value)
    return None if value in (None, (), "") else printable(spelled(value))


def read(value: Any) -> Any:
    """What a cell holds; a spreadsheet undoes the escapes of carriage returns, openpyxl leaves that to its caller."""
    return float(value) if isinstance(value, int) else unescape(value) or None if isinstance(value, str) else value


def test_excel_has_a_sheet_about_itself(shipped: KnowledgeGraph) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(shipped, "xlsx")), read_only=True)
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert (about["datasetVersion"], about["licence"], about["selection"]) == (shipped.version, "CC0-1.0", "Everything")
    assert "not confirmed" in about["status"]


def test_excel_cuts_what_a_cell_can_not_hold_and_shows_that() -> None:
    long = "🙂" * 20_000
    known = graph(tie("a", "b"), entities=[entity("a", description=long)])
    book = openpyxl.load_workbook(io.BytesIO(exported(known, "xlsx")))
    (cut,) = [cell.value for row in book["entities"].iter_rows() for cell in row if str(cell.value).startswith("🙂")]
    assert cut == "🙂" * 16_383 + "…"


def test_excel_refuses_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    with pytest.raises(BadInput, match=r"There are 6 relationships; a sheet of Excel holds 5\. Take csv or parquet"):
        exported(parallel(6), "xlsx")


def test_the_same_content_gives_the_same_bytes() -> None:
    known = parallel(3)
    for name in ("csv", "parquet", "xlsx"):
        assert exported(known, name) == exported(known, name)


def test_zip_names_are_plain(shipped: KnowledgeGraph) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(shipped, "csv"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["datapackage.json", *(f"{table.name}.csv" for table in TABLES)]


def test_tables_of_a_graph_come_in_order(shipped: KnowledgeGraph) -> None:
    chosen = everything(Engine(shipped, PATIENT))
    for table, ids in ((ENTITIES, chosen.entities), (RELATIONSHIPS, chosen.relationships), (SOURCES, chosen.sources)):
        assert [row["id"] for row in rows(shipped, table)] == [*ids]
