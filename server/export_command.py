"""The command ``interlock export``: a selection into a file, or onto stdout."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from interlock.graph import Engine, EntityKind, InterlockError, PathRanking, PathSelector, RelationshipKind, Status
from interlock.graph.exports.formats import FORMATS, export, format_of
from interlock.graph.intervals import Certainty
from interlock.graph.selection import Selection, select
from interlock.graph.selection_query import read_values
from interlock.server import output
from interlock.server.querying import opened
from interlock.server.settings import Settings
from interlock.server.writing import write_parts

Several = list[str] | None


class Direction(StrEnum):
    """Which way a path takes all relationships."""

    FORWARD = "FORWARD"
    REVERSE = "REVERSE"


def export_command(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=", ".join(FORMATS))],
    of: Annotated[Several, typer.Option(metavar="REF", help="What is near this one; several allowed.")] = None,
    hops: Annotated[int | None, typer.Option(help="How near: 1 to 12 hops. Default: 1.")] = None,
    limit: Annotated[int | None, typer.Option(help="How many entities at most, the nearest first.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="REF", help="The paths from this one ...")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="REF", help="... to this one.")] = None,
    between: Annotated[Several, typer.Option(metavar="REF", help="The paths between every two of these.")] = None,
    interlock_network: Annotated[
        bool | None, typer.Option("--interlock-network", help="Which boards share directors; with --entity-kinds person, the reverse.")
    ] = None,
    selector: Annotated[PathSelector | None, typer.Option(case_sensitive=False, help="Which paths.")] = None,
    k: Annotated[int | None, typer.Option("--k", "-k", help="How many paths, 1 to 100. Default: 10.")] = None,
    min_hops: Annotated[int | None, typer.Option(help="Of how many hops at least.")] = None,
    max_hops: Annotated[int | None, typer.Option(help="Of how many hops at most, 1 to 12. Default: 6.")] = None,
    rank_by: Annotated[PathRanking | None, typer.Option(case_sensitive=False, help="What comes first.")] = None,
    kinds: Annotated[list[RelationshipKind] | None, typer.Option(case_sensitive=False, help="Only these kinds of relationship.")] = None,
    exclude_kinds: Annotated[list[RelationshipKind] | None, typer.Option(case_sensitive=False, help="None of these.")] = None,
    statuses: Annotated[list[Status] | None, typer.Option(case_sensitive=False, help="Only these statuses.")] = None,
    min_status: Annotated[Status | None, typer.Option(case_sensitive=False, help="This status or a stronger one.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What held then.")] = None,
    during: Annotated[str | None, typer.Option(metavar="INTERVAL", help="What held at some time in it.")] = None,
    certainty: Annotated[Certainty | None, typer.Option(case_sensitive=False, help="CERTAIN: only what surely held then.")] = None,
    sources: Annotated[Several, typer.Option(metavar="ID", help="Only what one of these sources supports.")] = None,
    exclude_sources: Annotated[Several, typer.Option(metavar="ID", help="Nothing that only these support.")] = None,
    min_independent_sources: Annotated[int | None, typer.Option(help="Only what so many independent sources support.")] = None,
    entity_kinds: Annotated[list[EntityKind] | None, typer.Option(case_sensitive=False, help="Only these kinds of entity.")] = None,
    exclude_entity_kinds: Annotated[list[EntityKind] | None, typer.Option(case_sensitive=False, help="None of these.")] = None,
    must_pass: Annotated[Several, typer.Option(metavar="REF", help="All of these in between.")] = None,
    avoid: Annotated[Several, typer.Option(metavar="REF", help="None of these in between.")] = None,
    max_transit_degree: Annotated[int | None, typer.Option(help="Nobody in between with more relationships.")] = None,
    held_together: Annotated[bool | None, typer.Option("--held-together", help="Only paths all of whose hops held at one time.")] = None,
    direction: Annotated[Direction | None, typer.Option(case_sensitive=False, help="Take all relationships this way.")] = None,
    to_file: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: stdout.")] = None,
    data: Annotated[list[Path] | None, typer.Option("--data", metavar="PATH", help="As for the other commands.")] = None,
) -> None:
    """Export what is near some entities, the paths between some, all of a kind, the network of boards, or everything, for another tool."""
    asked = {
        "of": of, "hops": hops, "limit": limit, "from": start, "to": to, "between": between,
        "interlockNetwork": interlock_network, "selector": selector, "k": k,
        "minHops": min_hops, "maxHops": max_hops, "rankBy": rank_by, "kinds": kinds, "excludeKinds": exclude_kinds, "statuses": statuses,
        "minStatus": min_status, "asOf": as_of, "during": during, "certainty": certainty, "sources": sources,
        "excludeSources": exclude_sources, "minIndependentSources": min_independent_sources, "entityKinds": entity_kinds,
        "excludeEntityKinds": exclude_entity_kinds, "mustPass": must_pass, "avoid": avoid, "maxTransitDegree": max_transit_degree,
        "heldTogether": held_together, "direction": direction,
    }  # fmt: skip
    try:
        if to_file is None and not format_of(format).text and sys.stdout.isatty():
            output.fail(f"{format} is no text: name a file with --output.")
        settings = Settings.from_environment()
        engine = opened(data, settings)
        selection = select(engine, read_values(_given(asked), engine))
        with output.progress("Writing") as progress:
            write_parts(export(format, engine.graph, selection, progress), to_file)
    except InterlockError as error:
        output.fail(str(error))
    except OSError as error:
        if to_file is None:
            raise
        output.fail(f"{to_file} can't be written: {error.strerror}.")
    typer.echo(_summary(engine, selection, to_file), err=True)


def _given(asked: dict[str, Any]) -> dict[str, list[str]]:
    """What was asked for as texts by the names of parameters."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in asked.items() if value not in (None, [])}
    return {name: [str(each).lower() if isinstance(each, bool) else str(each) for each in values] for name, values in lists.items()}


def _summary(engine: Engine, selection: Selection, path: Path | None) -> str:
    ties = f"{len(selection.relationships)} relationships" if selection.network is None else f"{len(selection.network.ties)} interlocks"
    counts = f"{len(selection.entities)} entities, {ties} and {len(selection.sources)} sources"
    whole = "" if selection.complete else " Not all there is:"
    notes = f"{whole} {' '.join(selection.notes)}".rstrip()
    return f"Wrote {counts}{f' to {path}' if path else ''}. {selection.title}. Version {engine.graph.version}.{notes}"
