"""The commands about the form of the network: what a connection hangs on, loops, brokers."""

from __future__ import annotations

from typing import Annotated

import typer

from interlock.graph import EntityKind, RelationshipKind, Status
from interlock.server import documents, insight_output, output
from interlock.server.querying import As, Data, Format, given, query

AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="What held then: 2015, 2012-10-09.")]
During = Annotated[str | None, typer.Option(metavar="INTERVAL", help="What held at some time in it: 2011/2014.")]
MinStatus = Annotated[Status | None, typer.Option(case_sensitive=False, help="This status or a stronger one.")]
Via = Annotated[list[RelationshipKind] | None, typer.Option(case_sensitive=False, help="Only these kinds of relationship.")]


def fragility_command(
    start: Annotated[str, typer.Argument(metavar="FROM", help="Name, alias, slug, id, IRI or identifier.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="The same.")],
    as_of: AsOf = None,
    min_status: MinStatus = None,
    via: Via = None,
    max_hops: Annotated[int, typer.Option(help="1 to 12.")] = 3,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """What a connection hangs on: the relationship, entity or source without which there is no path."""
    conditions = {"relationships": given({"asOf": as_of, "minStatus": min_status, "kinds": via})}
    found = query(documents.FRAGILITY, {"from": start, "to": end, "filter": conditions, "maxHops": max_hops}, data, format)
    output.write(found["fragility"], found, format.value, insight_output.fragility_text, insight_output.fragility_rows)


def loops_command(
    ref: Annotated[str, typer.Argument(metavar="REF", help="Through whom: a company, a board, a person.")],
    as_of: AsOf = None,
    during: During = None,
    min_status: MinStatus = None,
    held_together: Annotated[bool, typer.Option("--held-together", help="Only loops all of whose hops held at one time.")] = False,
    via: Via = None,
    avoid: Annotated[list[str] | None, typer.Option(metavar="REF", help="Not through these.")] = None,
    max_length: Annotated[int, typer.Option(help="How many hops a loop has at most: 3 to 12.")] = 4,
    any_kinds: Annotated[bool, typer.Option("--any-kinds", help="Also loops by one kind of relationship only.")] = False,
    k: Annotated[int, typer.Option("--k", "-k", help="How many loops, 1 to 100.")] = 10,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """Closed chains of relationships that begin and end with one entity: company, deal, company, director, the first company."""
    ties = given({"asOf": as_of, "during": during, "minStatus": min_status, "kinds": via})
    conditions = {"relationships": ties, "avoid": avoid or [], "heldTogether": held_together}
    variables = {"of": ref, "filter": conditions, "maxLength": max_length, "mixed": not any_kinds, "k": k}
    found = query(documents.LOOPS, variables, data, format)
    output.write(found["loops"], found, format.value, insight_output.loops_text, insight_output.loop_rows)


def brokers_command(
    of: Annotated[list[str] | None, typer.Option(metavar="REF", help="Among those near this; several may be given.")] = None,
    hops: Annotated[int | None, typer.Option(help="How near to --of: 1 to 12 hops; 2 unless said.")] = None,
    between: Annotated[list[str] | None, typer.Option(metavar="REF", help="Among those on the paths between these.")] = None,
    max_hops: Annotated[int | None, typer.Option(help="How many hops these paths have at most: 1 to 12; 6 unless said.")] = None,
    as_of: AsOf = None,
    during: During = None,
    min_status: MinStatus = None,
    via: Via = None,
    kind: Annotated[list[EntityKind] | None, typer.Option(case_sensitive=False, help="Who is ranked.")] = None,
    samples: Annotated[int, typer.Option(help="Where not all can be counted: how many random pairs to look at.")] = 10_000,
    first: Annotated[int, typer.Option(help="How many to show at most.")] = 10,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """Through whom most shortest connections run: near some (--of), between some (--between), or in all of the data."""
    chosen = given({"of": of, "hops": hops, "between": between, "maxHops": max_hops, "kinds": kind})
    ties = given({"asOf": as_of, "during": during, "minStatus": min_status, "kinds": via})
    variables = {**chosen, "filter": {"relationships": ties}, "samples": samples, "first": first}
    found = query(documents.BROKERS, variables, data, format)
    output.write(found["brokers"], found, format.value, insight_output.brokers_text, insight_output.broker_rows)
