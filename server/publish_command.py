"""The command ``interlock publish``: a dataset into Redis Cluster, Valkey or one Redis, for ``serve`` on any number of machines."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from interlock.graph import InterlockError
from interlock.graph.loading import load_checked
from interlock.graph.replacing import ending_tidily
from interlock.server import loading_notes, output
from interlock.server.data_commands import told
from interlock.server.querying import Data, at_hand
from interlock.server.settings import Settings

if TYPE_CHECKING:
    from interlock.graph.backends.redis_publish import Published

_GRACE = 60.0
_MIB = 1 << 20


def publish_command(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="redis://host:port of any node, or rediss://.")],
    data: Data = None,
    grace: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="How long servers may go on with what was current.")] = _GRACE,
    parts: Annotated[int | None, typer.Option(min=1, max=4096, help="Into how many slots it goes. Default: by its size.")] = None,
) -> None:
    """Write a dataset into Redis, beside the one that is served, then make it current at one stroke.

    Nothing is published that does not pass `check`. What was interrupted goes on where it was; what is there already is not written again.
    """
    try:
        try:
            from interlock.graph.backends.redis_publish import publish
        except ImportError:
            output.fail('The client of Redis is not installed: pip install "interlock-graph[redis]".')
        settings = Settings.from_environment()
        with told() as telling:
            graph = load_checked(*at_hand(data, settings), told=telling)
        store = loading_notes.tell(graph).columns.store
        with ending_tidily(), output.progress("Publishing") as progress:
            made = asyncio.run(publish(to, store, parts=parts, grace=grace, progress=progress, note=_note))
    except InterlockError as error:
        output.fail(str(error))
    dataset = made.dataset
    for name in made.removed:
        typer.echo(f"Removed dataset {name}.", err=True)
    if not made.written:
        typer.echo(f"Dataset {dataset.name} is there already, and current.", err=True)
        return
    sizes = f"{dataset.entities:,} entities and {dataset.relationships:,} relationships"
    typer.echo(f"Published {sizes} as dataset {dataset.name}: {_effort(made)}", err=True)


def _effort(made: Published) -> str:
    """How much was written, how fast, and what room it takes."""
    dataset = made.dataset
    if made.memory is None:
        return f"{made.written} of {dataset.parts} parts were missing, and written in {made.seconds:.1f} s."
    pace, each = dataset.relationships / made.seconds, made.memory / max(1, dataset.relationships)
    room = f"{made.memory / _MIB:,.1f} MiB on all masters together, {each:.0f} bytes a relationship"
    return f"{dataset.parts} parts in {made.seconds:.1f} s, {pace:,.0f} relationships a second. {room}."


def _note(text: str) -> None:
    typer.echo(f"note: {text}", err=True)
