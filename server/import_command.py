"""The command ``interlock import``: what others publish, as TriG."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from interlock.graph import InterlockError
from interlock.graph.importers.formats import IMPORTERS, import_files, importer_of
from interlock.graph.importers.notes import Notes
from interlock.server import output
from interlock.server.writing import write_parts

_STDIN = Path("-")


def import_command(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="; ".join(f"{name}: {each.says}" for name, each in IMPORTERS.items()))],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files or folders, plain or gzipped; - is stdin.")],
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help="Of csv: which columns are what, in TOML.")] = None,
    base: Annotated[str | None, typer.Option(metavar="IRI", help="What IRIs begin with. Default: https://interlock.example/.")] = None,
    to_file: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="A .trig file. Default: stdout.")] = None,
) -> None:
    """Turn what others publish into TriG, with claims and sources; what has no place in it is told on stderr."""
    notes = Notes()
    try:
        mapped = _mapping(format, mapping)
        _check(base, to_file)
        with _spooled(files) as paths, output.progress("Reading") as progress:
            write_parts(import_files(format, paths, notes, mapped, base, progress), to_file)
    except InterlockError as error:
        output.fail(str(error))
    except OSError as error:
        if to_file is None:
            raise
        output.fail(f"{to_file} can't be written: {error.strerror}.")
    for line in notes.lines():
        typer.echo(line, err=True)


def _mapping(format: str, path: Path | None) -> str:
    """The text of the mapping, where the format has one."""
    if not importer_of(format).mapped:
        if path:
            output.fail(f"{format} has no mapping: leave --mapping out.")
        return ""
    if path is None:
        output.fail(f"{format} needs to know which columns are what: give --mapping FILE.toml.")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        output.fail(f"{path} can't be read: {getattr(error, 'strerror', None) or error}.")


def _check(base: str | None, to_file: Path | None) -> None:
    if base is not None and not _can_begin(base):
        output.fail(f"{base!r} can't begin IRIs. Write https://example.org/ with a slash at its end.")
    if to_file and to_file.suffix != ".trig":
        output.fail(f"{to_file} gets TriG: name a file that ends in .trig.")


def _can_begin(base: str) -> bool:
    """Can IRIs begin so: is it one, and does it end where a name can follow?"""
    return base.startswith(("http://", "https://", "urn:")) and base[-1] in "/#:" and not set(base) & set(' <>"{}|\\^`')


@contextmanager
def _spooled(files: Sequence[Path]) -> Iterator[list[Path]]:
    """The files, with stdin as one that can be read twice."""
    if _STDIN not in files:
        yield list(files)
        return
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder) / "stdin"
        with spool.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [spool if path == _STDIN else path for path in files]
