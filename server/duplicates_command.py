"""The command that lists which entities may be one, as text, or as a table in which a person decides."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from interlock.graph import InterlockError, load
from interlock.graph.decisions import Row, read_rows
from interlock.graph.duplicates import LEAST, Suspicion, Suspicions, suspicions
from interlock.server import loading_notes, output
from interlock.server.querying import Data, at_hand
from interlock.server.settings import Settings

COLUMNS: Final = ("decision", "score", "kind", "a_name", "b_name", "reasons", "a", "b")
_CROWDED: Final = 3


def duplicates_command(
    data: Data = None,
    to: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A table (CSV) to decide in; what it has been decided in already is kept."),
    ] = None,
    least: Annotated[float, typer.Option(min=0, max=1, help="The least score; 0.5 is that of two people who share a name.")] = LEAST,
) -> None:
    """List entities that may be one, with what speaks for and against it. Write same or different into the table, and add it to --data."""
    try:
        kept = [row for row in read_rows(to) if row.decision] if to is not None and to.exists() else []
        found = suspicions(loading_notes.tell(load(*at_hand(data, Settings.from_environment()))), least)
    except InterlockError as error:
        output.fail(str(error))
    decided = {frozenset(row.pair) for row in kept}
    pairs = [pair for pair in found.pairs if frozenset((pair.one.id, pair.other.id)) not in decided]
    if to is None:
        for line in _text(pairs):
            typer.echo(line)
    else:
        _write(to, pairs, kept)
    for line in _told(found, pairs, kept, to):
        typer.echo(line, err=True)


def _text(pairs: Iterable[Suspicion]) -> Iterator[str]:
    for pair in pairs:
        yield f"{pair.score:.2f}  {pair.one.name} ({pair.one.id}) and {pair.other.name} ({pair.other.id})"
        yield from (f"      {reason}" for reason in pair.reasons)


def _write(path: Path, pairs: Iterable[Suspicion], kept: Sequence[Row]) -> None:
    """The table: rows that have been decided first, then the others."""
    columns = list(dict.fromkeys([*COLUMNS, *(column for row in kept for column in row.cells)]))
    text = io.StringIO()
    table = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(row.cells for row in kept)
    table.writerows(_cells(pair) for pair in pairs)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text.getvalue(), encoding="utf-8-sig")  # which spreadsheets take for UTF-8
        beside.replace(path)
    except OSError as error:
        output.fail(f"{path}: can't be written: {error.strerror}")


def _cells(pair: Suspicion) -> dict[str, object]:
    return {
        "score": f"{pair.score:.2f}",
        "kind": pair.one.kind.value.lower().replace("_", " "),
        "a_name": output.harmless(pair.one.name),
        "b_name": output.harmless(pair.other.name),
        "reasons": output.harmless("; ".join(pair.reasons)),
        "a": pair.one.id,
        "b": pair.other.id,
    }


def _told(found: Suspicions, pairs: Sequence[Suspicion], kept: Sequence[Row], to: Path | None) -> Iterator[str]:
    """How much there is, and what to do with it."""
    for name, count in found.crowded[:_CROWDED]:
        yield f"{count:,} are called {name!r}: too many to be compared with one another."
    if len(found.crowded) > _CROWDED:
        yield f"The same goes for {len(found.crowded) - _CROWDED:,} more names."
    yield f"{len(pairs):,} pair{'' if len(pairs) == 1 else 's'} to decide{f', {len(kept):,} decided before' if kept else ''}."
    if to is not None and pairs:
        yield f"Write same or different into the column decision of {to}, and name it beside the data: --data … --data {to}"
