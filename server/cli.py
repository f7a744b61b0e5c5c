"""The command line: data on stdout, notes on stderr, an exit code other than 0 on error."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from interlock.graph import DataError, Engine, InterlockError, PathRanking, RelationshipKind, Status
from interlock.graph.loading import build as build_snapshot
from interlock.graph.loading import check as check_data
from interlock.schema import print_schema
from interlock.server import documents, output
from interlock.server.data_option import SpreadingGroup
from interlock.server.export_command import export_command
from interlock.server.insight_commands import coincidences_command, compare_command, fragility_command, interlocks_command
from interlock.server.querying import As, Data, Format, given, query
from interlock.server.settings import Settings

cli = typer.Typer(
    cls=SpreadingGroup,
    help="Ask how any two are connected, when, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    cli()


@cli.command()
def ask(question: str, data: Data = None, format: As = Format.TEXT) -> None:
    """Answer a question in plain English: "How is Netflix connected to Meta's board in 2015?"."""
    answer = query(documents.ASK, {"question": question}, data, format)["ask"]
    output.write(answer, {"ask": answer}, format.value, output.answer_text, output.path_rows)
    if not answer["understood"]:
        raise typer.Exit(1)


@cli.command()
def paths(
    start: Annotated[str, typer.Argument(metavar="FROM", help="Name, alias, slug, id, IRI or identifier.")],
    end: Annotated[str, typer.Argument(metavar="TO", help='The same; "Meta\'s board" asks for a seat on it.')],
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What held then: 2015, 2012-10-09.")] = None,
    during: Annotated[str | None, typer.Option(metavar="INTERVAL", help="What held at some time in it: 2011/2014, 2019/...")] = None,
    min_status: Annotated[Status | None, typer.Option(case_sensitive=False, help="This status or a stronger one.")] = None,
    held_together: Annotated[bool, typer.Option("--held-together", help="Only paths all of whose hops held at one time.")] = False,
    via: Annotated[list[RelationshipKind] | None, typer.Option(case_sensitive=False, help="Only by these kinds of relationship.")] = None,
    avoid: Annotated[list[str] | None, typer.Option(metavar="REF", help="Not through these.")] = None,
    sources: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only what one of these sources supports.")] = None,
    exclude_sources: Annotated[list[str] | None, typer.Option(metavar="ID", help="Nothing that only these support.")] = None,
    max_hops: Annotated[int, typer.Option(help="1 to 12.")] = 6,
    k: Annotated[int, typer.Option("--k", "-k", help="How many paths, 1 to 100.")] = 10,
    rank: Annotated[PathRanking, typer.Option(case_sensitive=False, help="What comes first.")] = PathRanking.HOPS,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """How two entities are connected."""
    ties = {"asOf": as_of, "during": during, "minStatus": min_status, "kinds": via, "sources": sources, "excludeSources": exclude_sources}
    conditions = {"relationships": given(ties), "avoid": avoid or [], "heldTogether": held_together}
    variables = {"from": start, "to": end, "filter": conditions, "k": k, "maxHops": max_hops, "rankBy": rank}
    found = query(documents.PATHS, variables, data, format)["paths"]
    output.write({"paths": found}, {"paths": found}, format.value, output.answer_text, output.path_rows)


@cli.command()
def search(
    text: str,
    first: Annotated[int, typer.Option(help="How many at most.")] = 10,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """Find entities by a part of their name, or a near spelling of it."""
    found = query(documents.SEARCH, {"text": text, "first": first}, data, format)
    output.write(found["search"], found, format.value, output.hits_text, output.hit_rows)


@cli.command()
def show(ref: Annotated[str, typer.Argument(metavar="REF")], data: Data = None, format: As = Format.TEXT) -> None:
    """Tell all that is known about one entity."""
    found = query(documents.SHOW, {"ref": ref}, data, format)
    output.write(found["entity"], found, format.value, output.entity_text, output.tie_rows)


@cli.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...")] = None,
    report: Annotated[bool, typer.Option("--report", help="Tell too what is weak in data that is in order.")] = False,
) -> None:
    """Validate RDF files: syntax, references, dates and shapes; or a snapshot: every byte. Without a path, the shipped graph."""
    try:
        graph = check_data(*(paths or ()))
    except DataError as error:
        for problem in error.problems:
            typer.echo(str(problem))
        output.fail(f"{len(error.problems)} fault{'s' if len(error.problems) > 1 else ''} found.")
    for line in output.loading_text(graph) if report else output.loading_text(graph, 20):
        typer.echo(line)
    if report:
        for line in output.report_text(graph):
            typer.echo(line)
    typer.echo(f"No fault found in {output.sizes(graph)}. Version {graph.version}.")


@cli.command()
def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="RDF files or folders.")],
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The snapshot; by custom its name ends in .interlock.")],
) -> None:
    """Compile RDF into one snapshot file, which every command opens at once with --data."""
    try:
        with output.progress("Reading") as reading, output.progress("Writing") as writing:
            graph = build_snapshot(paths, to, writing, reading)
        output.told(graph)
    except InterlockError as error:
        output.fail(str(error))
    typer.echo(f"Wrote {output.sizes(graph)} to {to}. Version {graph.version}.", err=True)


cli.command("interlocks")(interlocks_command)
cli.command("compare")(compare_command)
cli.command("fragility")(fragility_command)
cli.command("coincidences")(coincidences_command)
cli.command("export")(export_command)


@cli.command()
def sdl() -> None:
    """Print the GraphQL schema."""
    typer.echo(print_schema(), nl=False)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    documents: Annotated[Path | None, typer.Option(metavar="FILE", help="Documents that may be asked for by hash.")] = None,
    trusted_only: Annotated[bool | None, typer.Option("--trusted-only", help="Answer no other documents than those.")] = None,
    data: Data = None,
) -> None:
    """Serve the graph over HTTP. Nothing is served that does not pass `check`."""
    import uvicorn

    from interlock.server.app import create_app
    from interlock.server.process import settle

    try:
        settings = Settings.from_environment(host=host, port=port, documents=documents, trusted_only=trusted_only)
        graph = output.told(check_data(*(data or settings.data)))
        engine = Engine(graph, settings.limits)
        app = create_app(engine, settings)
    except InterlockError as error:
        output.fail(f"Not started.\n{error}")
    listener = _listen(settings.host, settings.port)
    engine.prepare()
    settle()
    typer.echo(output.welcome(graph, *listener.getsockname()[:2]), err=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """The socket to serve on, or the end of the program with a word on why there is none."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections inherit it: no answer waits for an acknowledgement
        return listener
    except OSError as error:
        output.fail(f"Can't listen on {host} port {port}: {error.strerror}. Choose another with --host and --port.")


if __name__ == "__main__":
    main()
