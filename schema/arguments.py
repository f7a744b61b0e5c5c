"""Arguments that several fields have, with what they mean."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from interlock.graph.dates import PartialDate
from interlock.graph.question import MAX_HOPS
from interlock.schema.connections import MAX_PAGE
from interlock.schema.enums import EntityKind
from interlock.schema.inputs import PathFilter
from interlock.schema.scalars import EntityRef

PAGE: Final = 20
TIMELINE_PAGE: Final = 50
"""How many items a page has if nobody says."""

First = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many items to take from the beginning, or after `after`: 0 to {MAX_PAGE}. With `last`, leave it out."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(description="Begin after the item with this cursor, which is the `pageInfo.endCursor` of the page before."),
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many items to take from the end, or before `before`: 0 to {MAX_PAGE}. The order stays the same as with `first`."
    ),
]
Before = Annotated[
    str | None,
    strawberry.argument(description="End before the item with this cursor, which is the `pageInfo.startCursor` of the page after."),
]
AsOf = Annotated[
    PartialDate | None,
    strawberry.argument(
        description="Only what certainly or possibly held at some time within this date: `2015`, `2012-10-09`. Not together with `during`."
    ),
]
During = Annotated[
    str | None,
    strawberry.argument(
        description="Only what certainly or possibly held at some time within this EDTF interval: `2011/2014`, `2019/..`. Not together "
        "with `asOf`."
    ),
]
Kinds = Annotated[
    list[EntityKind] | None,
    strawberry.argument(description="Only entities of these kinds: `[COMPANY, ORGANIZATION]`. Null for all kinds, an empty list for none."),
]
OneEnd = Annotated[EntityRef, strawberry.argument(name="from", description="The one end, as in `paths`.")]
OtherEnd = Annotated[EntityRef, strawberry.argument(name="to", description="The other end, as in `paths`.")]
WhichPaths = Annotated[PathFilter | None, strawberry.argument(description="Which paths count, as in `paths`.")]
MaxHops = Annotated[int | None, strawberry.argument(description=f"How many hops a path has at most: 1 to {MAX_HOPS}.")]
