"""Arguments that several fields have, with what they mean."""

from __future__ import annotations

from typing import Annotated

import strawberry

from interlock.graph.dates import PartialDate
from interlock.schema.connections import MAX_PAGE
from interlock.schema.enums import EntityKind

First = Annotated[int | None, strawberry.argument(description=f"How many on a page: 0 to {MAX_PAGE}.")]
After = Annotated[str | None, strawberry.argument(description="Begin after this cursor: `pageInfo.endCursor` of the page before.")]
AsOf = Annotated[PartialDate | None, strawberry.argument(description="Only those that possibly held within this date: `2015`.")]
During = Annotated[str | None, strawberry.argument(description="Only those that possibly held within this EDTF interval: `2011/2014`.")]
Kinds = Annotated[list[EntityKind] | None, strawberry.argument(description="Only entities of these kinds.")]
