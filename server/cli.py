"""The command line: data on stdout, notes on stderr, an exit code other than 0 on error."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interlock.graph import Engine, InterlockError, PathRanking, RelationshipKind, Status
from interlock.graph.backends.graph import engine_of
from interlock.graph.backends.opening import open_graph
from interlock.graph.loading import load_checked
from interlock.graph.told import QUIET, Told
from interlock.schema import print_schema
from interlock.server import documents, loading_notes, output
from interlock.server.data_commands import build_command, check_command, told
from interlock.server.data_option import SpreadingGroup
from interlock.server.duplicates_command import duplicates_command
from interlock.server.export_command import export_command
from interlock.server.import_command import import_command
from interlock.server.insight_commands import coincidences_command, compare_command, interlocks_command
from interlock.server.keys import line_of, new_key
from interlock.server.publish_command import publish_command
from interlock.server.querying import As, Data, Format, given, query
from interlock.server.settings import Settings
from interlock.server.structure_commands import brokers_command, fragility_command, loops_command

if TYPE_CHECKING:
    from interlock.server.metrics import Metrics

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


cli.command("check")(check_command)
cli.command("build")(build_command)
cli.command("interlocks")(interlocks_command)
cli.command("compare")(compare_command)
cli.command("fragility")(fragility_command)
cli.command("coincidences")(coincidences_command)
cli.command("loops")(loops_command)
cli.command("brokers")(brokers_command)
cli.command("export")(export_command)
cli.command("import")(import_command)
cli.command("publish")(publish_command)
cli.command("duplicates")(duplicates_command)


@cli.command()
def sdl() -> None:
    """Print the GraphQL schema."""
    typer.echo(print_schema(), nl=False)


@cli.command()
def key(
    name: Annotated[str, typer.Argument(help="Whose it is; it is told in no answer and no log.")],
    per_minute: Annotated[int | None, typer.Option(min=1, help="How many requests a minute it may make; else INTERLOCK_KEY_RATE.")] = None,
) -> None:
    """Make a key for a client: prints its line for the file of keys, and on stderr the key, which nothing keeps."""
    made = new_key()
    try:
        line = line_of(name, made, per_minute)
    except InterlockError as error:
        output.fail(str(error))
    typer.echo(line)
    typer.echo(f"The key of {name}, shown this once: {made}", err=True)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    documents: Annotated[Path | None, typer.Option(metavar="FILE", help="Documents that may be asked for by hash.")] = None,
    trusted_only: Annotated[bool | None, typer.Option("--trusted-only", help="Answer no other documents than those.")] = None,
    workers: Annotated[int | None, typer.Option(min=0, help="Processes that answer what takes long; 0 for threads.")] = None,
    backend: Annotated[str | None, typer.Option(metavar="URL", help="redis://… or a SPARQL endpoint, instead of data.")] = None,
    watch: Annotated[bool | None, typer.Option("--watch", help="Load the data anew whenever they change.")] = None,
    admin_port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port of the metrics, on 127.0.0.1; 0 takes a free one.")] = None,
    data: Data = None,
) -> None:
    """Serve the graph over HTTP. Nothing is served that does not pass `check`."""
    from interlock.server.live import Live
    from interlock.server.logs import set_up
    from interlock.server.serving import run

    given: dict[str, Any] = {
        "host": host,
        "port": port,
        "documents": documents,
        "backend": backend,
        "trusted_only": trusted_only,
        "workers": workers,
        "watch": watch,
    }
    try:
        settings = Settings.from_environment(admin_port=admin_port, data=tuple(map(str, data)) if data else None, **given)
        set_up(settings.log)
        paths = [Path(each) for each in settings.data]

        def loaded(telling: Told = QUIET) -> Engine:
            if settings.backend:
                return engine_of(open_graph(settings.backend), settings.limits)
            return Engine(load_checked(*paths, told=telling), settings.limits)

        with told() as telling:
            engine = loaded(telling)
        loading_notes.tell(engine.graph)
        live = Live(engine, loaded, settings)
        with _listen(settings.host, settings.port) as listener:
            if settings.admin_port is not None:
                _serve_metrics(live.metrics, settings.admin_host, settings.admin_port)
            typer.echo(output.welcome(engine.graph, *listener.getsockname()[:2]), err=True)
            run(live, listener, settings, paths if settings.watch else ())
    except InterlockError as error:
        output.fail(f"Not started.\n{error}")


def _serve_metrics(metrics: Metrics, host: str, port: int) -> None:
    from interlock.server.metrics import serve_metrics

    try:
        typer.echo(f"Metrics http://{host}:{serve_metrics(metrics, host, port)}/metrics", err=True)
    except OSError as error:
        output.fail(f"Can't listen on {host} port {port}: {error.strerror}. Choose another with --admin-port.")


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
