"""How a command asks: which data, in which format, and the GraphQL answer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from interlock.graph import BadInput, Engine, InterlockError, load
from interlock.graph.backends.graph import engine_of
from interlock.graph.backends.opening import open_graph
from interlock.schema import Context, build_schema
from interlock.server import loading_notes, output
from interlock.server.settings import Settings


class Format(StrEnum):
    """How a command writes its answer."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


Data = Annotated[
    list[Path] | None,
    typer.Option("--data", metavar="PATH", help="RDF files or folders; or one snapshot. Default: the shipped graph."),
]
As = Annotated[Format, typer.Option("--format", "-f", help="json is the data of the GraphQL answer.")]


def query(document: str, variables: dict[str, Any], data: Sequence[Path] | None, format: Format) -> dict[str, Any]:
    """The data of a GraphQL answer; an error ends the program."""
    try:
        settings = Settings.from_environment()
        engine = opened(data, settings)
    except InterlockError as error:
        output.fail(str(error))
    result = build_schema().execute_sync(document, variable_values=variables, context_value=Context(engine))
    if result.errors or result.data is None:
        output.fail_query(result.errors or [], format.value)
    return result.data


def opened(data: Sequence[Path] | None, settings: Settings) -> Engine:
    """What answers: about these data, else about those of the settings, be they files or an engine elsewhere."""
    if settings.backend and not data:
        return engine_of(open_graph(settings.backend), settings.limits)
    return Engine(loading_notes.tell(load(*(data or settings.data))), settings.limits)


def at_hand(data: Sequence[Path] | None, settings: Settings) -> Sequence[str | Path]:
    """The data for what needs all of them at hand. Raises ``BadInput`` if the settings name an engine elsewhere instead."""
    if settings.backend and not data:
        raise BadInput("INTERLOCK_BACKEND names an engine elsewhere, and this takes data at hand: name them with --data.")
    return data or settings.data


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Those of these options that were given."""
    return {name: value for name, value in values.items() if value}
