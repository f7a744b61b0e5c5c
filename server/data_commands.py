"""The commands that take data whole: ``interlock check`` and ``interlock build``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from interlock.graph import DataError, InterlockError, KnowledgeGraph
from interlock.graph.faults import left_out
from interlock.graph.loading import build, check
from interlock.graph.replacing import ending_tidily
from interlock.graph.told import Told
from interlock.server import loading_notes, output
from interlock.server.querying import Format

Row = dict[str, object]


@contextmanager
def told() -> Iterator[Told]:
    """Shows on a terminal how far work on big data has come, and says anywhere why it takes longer than it might."""
    with ExitStack() as stack:
        names = ("Reading", "Sorting", "Checking", "Writing")
        reading, sorting, checking, writing = (stack.enter_context(output.progress(name)) for name in names)
        yield Told(reading, sorting, checking, writing, lambda text: typer.echo(f"note: {text}", err=True))


def check_command(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...")] = None,
    report: Annotated[bool, typer.Option("--report", help="Tell too what is weak in data that is in order.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How faults and weaknesses are told.")] = Format.TEXT,
) -> None:
    """Validate RDF files: syntax, references, dates and shapes; or a snapshot: every byte. Without a path, the shipped graph.

    The first 1,000 faults are told one by one, some of every kind; all are counted.
    """
    try:
        with told() as telling:
            graph = check(*(paths or ()), told=telling)
    except DataError as error:
        output.write(error, _faults(error), format.value, _fault_lines, _fault_rows)
        output.fail(f"{error.count:,} fault{'s' if error.count > 1 else ''} found.")
    weak = output.report_of(graph) if report else {}
    said = {"count": 0, "kinds": [], "faults": [], "version": graph.version, **loading_notes.as_json(graph)}
    said |= {"report": weak} if report else {}
    output.write(graph, said, format.value, partial(_weak_lines, every=report), lambda _: output.report_rows(weak))
    typer.echo(f"No fault found in {output.sizes(graph)}. Version {graph.version}.", err=format is not Format.TEXT)


def build_command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="RDF files or folders.")],
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The snapshot; by custom its name ends in .interlock.")],
) -> None:
    """Compile RDF into one snapshot file, which every command opens at once with --data."""
    try:
        with ending_tidily(), told() as telling:
            graph = build(paths, to, telling)
    except InterlockError as error:
        output.fail(str(error))
    loading_notes.tell_lines(loading_notes.lines(graph, loading_notes.SOME))
    typer.echo(f"Wrote {output.sizes(graph)} to {to}. Version {graph.version}.", err=True)


def _weak_lines(graph: KnowledgeGraph, every: bool) -> Iterator[str]:
    """What there is to tell of the data; with ``every`` all of it, and what is weak."""
    yield from loading_notes.lines(graph) if every else loading_notes.lines(graph, loading_notes.SOME)
    if every:
        yield from output.report_text(graph)


def _faults(error: DataError) -> dict[str, Any]:
    kinds = sorted(error.counts.items(), key=lambda each: -each[1])
    return {
        "count": error.count,
        "kinds": [{"kind": kind, "count": count} for kind, count in kinds],
        "faults": list(_fault_rows(error)),
    }


def _fault_rows(error: DataError) -> Iterator[Row]:
    for problem in error.problems:
        yield {
            "kind": problem.kind,
            "file": problem.file,
            "line": problem.line or None,
            "subject": problem.subject,
            "message": problem.message,
        }


def _fault_lines(error: DataError) -> Iterator[str]:
    """The faults kind by kind, the most frequent first; and how many of each are not told."""
    left = left_out(error.counts, error.problems)
    for kind, count in sorted(error.counts.items(), key=lambda each: -each[1]):
        yield f"{count:,} × {kind}"
        yield from (f"  {problem}" for problem in error.problems if problem.kind == kind)
        if kind in left:
            yield f"  … and {left[kind]:,} more"
    if left:
        yield f"Told {len(error.problems):,} of {error.count:,} faults."
