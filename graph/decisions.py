"""What a person decided on suspected duplicates: a table whose column ``decision`` is ``same``, ``different``, or empty as yet.

``a`` and ``b`` are ids or IRIs of two entities. All other columns are for whoever decides. See ``interlock.graph.duplicates``.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interlock.graph.errors import DataError, Problem

FILE_NAME: Final = "decisions.csv"
"""How the file is called that is looked for in folders."""
ENDING: Final = ".csv"
SAME, DIFFERENT = "same", "different"
NEEDED: Final = ("decision", "a", "b")
_DELIMITERS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is written: in which file, on which line, and its cells by their columns, in lower case."""

    path: Path
    line: int
    cells: dict[str, str]

    @property
    def decision(self) -> str:
        return self.cells["decision"].casefold()

    @property
    def pair(self) -> tuple[str, str]:
        """The two that it is about."""
        return self.cells["a"], self.cells["b"]

    def problem(self, message: str) -> Problem:
        """A problem with this row."""
        return Problem(str(self.path), self.line, "", message)


def is_table(path: Path) -> bool:
    """Is this a table of decisions?"""
    return path.suffix == ENDING


def read_tables(files: Iterable[Path]) -> list[Row]:
    """The rows of the tables of decisions among these files. Raises ``DataError`` with all that can't be understood."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for path in filter(is_table, files):
        try:
            rows += read_rows(path)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return rows


def read_rows(path: Path) -> list[Row]:
    """All rows of a table of decisions. Raises ``DataError`` with every row that can't be understood."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"can't be read: {error.strerror}" if isinstance(error, OSError) else "is not UTF-8. Save it as CSV in UTF-8"
        raise DataError([Problem(str(path), 0, "", what)]) from None
    rows = list(_rows(path, text.splitlines(keepends=True)))
    problems = [row.problem(message) for row in rows if (message := _fault(row))]
    if problems:
        raise DataError(problems)
    return rows


def _rows(path: Path, lines: list[str]) -> Iterator[Row]:
    header = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(lines, delimiter=delimiter)
    columns = [column.strip().casefold() for column in next(reader, [])]
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        told = f"has no column {' and '.join(missing)}. No other CSV is read than what `interlock duplicates` writes"
        raise DataError([Problem(str(path), 1, "", told)])
    for cells in reader:
        if any(map(str.strip, cells)):
            yield Row(path, reader.line_num, dict.fromkeys(NEEDED, "") | dict(zip(columns, map(str.strip, cells), strict=False)))


def _fault(row: Row) -> str:
    """What is wrong with a row; empty if nothing is."""
    decision, (a, b) = row.decision, row.pair
    if decision not in ("", SAME, DIFFERENT):
        near = difflib.get_close_matches(decision, (SAME, DIFFERENT), 1)
        return f"decides {decision!r}. Write {SAME} or {DIFFERENT}, or nothing{f'. Did you mean {near[0]}?' if near else ''}"
    if not a or not b:
        return f"has nothing in column {'b' if a else 'a'}, where the id of an entity belongs"
    return f"compares {a} with itself" if a == b else ""


def contradictions(rows: Iterable[Row]) -> list[Problem]:
    """The rows that decide otherwise on two entities than a row before."""
    known: dict[frozenset[str], Row] = {}
    found = []
    for row in rows:
        if row.decision:
            before = known.setdefault(frozenset(row.pair), row)
            if before.decision != row.decision:
                at = f"line {before.line}" if before.path == row.path else f"{before.path}:{before.line}"
                found.append(row.problem(f"decides that {' and '.join(row.pair)} are {row.decision}, but {at} says {before.decision}"))
    return found
