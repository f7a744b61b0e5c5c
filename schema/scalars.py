"""Scalars of the public schema."""

from __future__ import annotations

from typing import Final, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput

IRI = NewType("IRI", str)
EntityRef = NewType("EntityRef", str)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{value!r} is not a text. Write it in quotes.")
    return value


SCALARS: Final[dict[object, ScalarDefinition]] = {
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description=(
            "A date as far as it is known, in EDTF level 1: `2011`, `2011-06`, `2011-06-22`, `2011~` (about), `2011?` (uncertain). It is "
            "never rounded and never padded: as a filter, `2011` means some time in that year."
        ),
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=str,
        parse_value=lambda value: parse_date(_text(value)),
    ),
    IRI: strawberry.scalar(
        name="IRI",
        description="An absolute IRI (RFC 3987): `http://www.wikidata.org/entity/Q380`. A URL is one, but not every one can be opened.",
        serialize=str,
        parse_value=_text,
    ),
    EntityRef: strawberry.scalar(
        name="EntityRef",
        description=(
            "Names one entity: by its id, its IRI, an identifier with its scheme (`wikidata:Q380`, `cik:1326801`), its slug, its name or "
            "any alias, whatever the case and accents. `Meta's board` and `board of Meta` name the board of Meta. A name that several "
            "have is the error AMBIGUOUS_ENTITY, with the candidates; one that nobody has is UNKNOWN_ENTITY, with suggestions."
        ),
        serialize=str,
        parse_value=_text,
    ),
}
"""Python type → scalar."""
