"""The commands about time: whom boards share and when, what coincides, what has changed."""

from __future__ import annotations

from typing import Annotated

import typer

from interlock.graph import RelationshipKind, Status
from interlock.server import documents, insight_output, output
from interlock.server.querying import As, Data, Format, given, query


def interlocks_command(
    ref: Annotated[str, typer.Argument(metavar="REF", help="A company, a board or a person.")],
    other: Annotated[str | None, typer.Option("--with", metavar="REF", help="Only those with this company's board.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Who sat together then: 2015, 2012-10-09.")] = None,
    during: Annotated[str | None, typer.Option(metavar="INTERVAL", help="Who sat together at some time in it: 2011/2014.")] = None,
    min_status: Annotated[Status | None, typer.Option(case_sensitive=False, help="Seats of this status or a stronger one.")] = None,
    indirect: Annotated[bool, typer.Option("--indirect", help="Those through a third board too.")] = False,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """The boards that share directors with a company's, or that a person links; and whether the terms overlapped."""
    filter = given({"minStatus": min_status})
    variables = {"ref": ref, "other": other, "asOf": as_of, "during": during, "filter": filter, "indirect": indirect}
    if other is not None:
        found = query(documents.INTERLOCKS_BETWEEN, variables, data, format)
        links = found["interlocks"]
    else:
        del variables["other"]
        found = query(documents.INTERLOCKS, variables, data, format)
        entity = found["entity"]
        links = entity.get("company", entity).get("interlocks")
        if links is None:
            output.fail(f"{entity['name']} is a {entity['kind'].lower().replace('_', ' ')}. Give a company, a board or a person.")
    output.write(links, found, format.value, insight_output.interlocks_text, insight_output.interlock_rows)


def coincidences_command(
    one: Annotated[str, typer.Argument(metavar="REF", help="The one actor: a person, a company, a board.")],
    other: Annotated[str, typer.Argument(metavar="REF", help="The other one.")],
    within_days: Annotated[int, typer.Option(help="How many days apart at most, possibly.")] = 90,
    min_status: Annotated[Status | None, typer.Option(case_sensitive=False, help="This status or a stronger one.")] = None,
    via: Annotated[list[RelationshipKind] | None, typer.Option(case_sensitive=False, help="Only these kinds of relationship.")] = None,
    first: Annotated[int, typer.Option(help="How many at most, the nearest of all.")] = 20,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """What began, ended or happened around two actors at about the same time. It compares dates only."""
    filter = given({"minStatus": min_status, "kinds": via})
    variables = {"between": one, "and": other, "withinDays": within_days, "filter": filter, "first": first}
    found = query(documents.COINCIDENCES, variables, data, format)
    output.write(found["coincidences"], found, format.value, insight_output.coincidences_text, insight_output.coincidence_rows)


def compare_command(
    start: Annotated[str, typer.Argument(metavar="FROM", help="Name, alias, slug, id, IRI or identifier.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="The same.")],
    dates: Annotated[list[str], typer.Argument(metavar="DATE...", help="As of when: 2010 2015-06 2020.")],
    min_status: Annotated[Status | None, typer.Option(case_sensitive=False, help="This status or a stronger one.")] = None,
    via: Annotated[list[RelationshipKind] | None, typer.Option(case_sensitive=False, help="Only these kinds of relationship.")] = None,
    max_hops: Annotated[int, typer.Option(help="1 to 12.")] = 6,
    k: Annotated[int, typer.Option("--k", "-k", help="How many paths as of each date.")] = 10,
    data: Data = None,
    format: As = Format.TEXT,
) -> None:
    """How two are connected at several dates, and what opened and closed between them."""
    conditions = {"relationships": given({"minStatus": min_status, "kinds": via})}
    variables = {"from": start, "to": end, "dates": dates, "filter": conditions, "maxHops": max_hops, "k": k}
    found = query(documents.COMPARE, variables, data, format)
    output.write(found["compare"], found, format.value, insight_output.compare_text, insight_output.compare_rows)
