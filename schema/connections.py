"""Relay connections: pages of an ordered list, by the key of the item before or after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, Self, TypeVar

import strawberry

from interlock.graph.errors import BadInput
from interlock.graph.ordered import Ordered
from interlock.schema.cursors import Cursors
from interlock.schema.enums import StopReason

T = TypeVar("T")

MAX_PAGE: Final = 500
"""How many items a page may have."""


@strawberry.interface(description="Anything that has an id of its own, as Relay wants it.")
class Node:
    id: strawberry.ID = strawberry.field(
        description=(
            "Its id: unique over all types, and the same in every version of the data that has it. `node(id:)` finds it again. For "
            "example `entity/meta`, `relationship/…`, `claim/…` or `source/…`; read nothing into its form."
        )
    )


@dataclass(frozen=True)
class Span:
    """Which page of a list is asked for: the ``first`` or ``last`` so many items after one cursor and before another."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


def span(first: int | None, after: str | None, last: int | None, before: str | None, default: int | None) -> Span:
    """The same, checked, of the arguments of a field whose ``first`` is ``default`` unless it is given."""
    for name, value in (("first", first), ("last", last)):
        if value is not None and not 0 <= value <= MAX_PAGE:
            raise BadInput(f"{name} is {value}; it must be between 0 and {MAX_PAGE}.")
    if last is not None and first not in (None, default):
        raise BadInput(f"first is {first} and last is {last}: a page begins at one end. Give one of them only.")
    return Span(None if last is not None else default if first is None else first, after, last, before)


@strawberry.type(description="Where a page lies in its list: its ends, and whether there is more on either side.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Does the list go on after this page? Then `endCursor`, as `after`, leads on.")
    has_previous_page: bool = strawberry.field(
        description="Are there items before this page? Then `startCursor`, as `before` together with `last`, leads back."
    )
    places: strawberry.Private[list[int]]
    cursors: strawberry.Private[Cursors]

    @strawberry.field(description="Cursor of the first item of this page; null if the page is empty.")
    def start_cursor(self) -> str | None:
        return self.cursors.write(self.places[0]) if self.places else None

    @strawberry.field(description="Cursor of the last item of this page; null if the page is empty. Give it as `after` for the next page.")
    def end_cursor(self) -> str | None:
        return self.cursors.write(self.places[-1]) if self.places else None


@strawberry.type(description="An item of a page, together with its place in the list.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The item itself, of which the list is made.")
    place: strawberry.Private[int]
    cursors: strawberry.Private[Cursors]

    @strawberry.field(
        description=(
            "Where this item stands in its list. Opaque; give it as `after` or `before` to the same field with the same arguments. It "
            "holds as long as the dataset has the same version; afterwards it is refused with the code STALE_CURSOR."
        )
    )
    def cursor(self) -> str:
        return self.cursors.write(self.place)


@strawberry.type(description="One page of an ordered list, in the form that Relay and other clients know.")
class Connection(Generic[T]):
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list, and how to get to the next one.")
    total_count: int = strawberry.field(description="How many items the whole list has, on all pages.")
    items: strawberry.Private[list[Any]]

    @strawberry.field(description="The items of this page, each with its cursor.")
    def edges(self) -> list[Edge[T]]:
        info = self.page_info
        return [Edge(node=item, place=place, cursors=info.cursors) for place, item in zip(info.places, self.items, strict=True)]

    @strawberry.field(description="The items of this page without their cursors: `edges { node }` for short.")
    def nodes(self) -> list[T]:
        return self.items

    @classmethod
    def of(cls, listed: Ordered, wrap: Callable[[int], T], cursors: Cursors, asked: Span, **more: Any) -> Self:
        """A page of a list; ``wrap`` makes an item of its number."""
        after, before = (None if cursor is None else cursors.read(cursor) for cursor in (asked.after, asked.before))
        page = listed.page(after, before, asked.first, asked.last)
        info = PageInfo(has_next_page=page.after, has_previous_page=page.before, places=page.numbers, cursors=cursors)
        return cls(page_info=info, total_count=len(listed), items=[wrap(number) for number in listed.items(page.numbers)], **more)


@strawberry.type(description="One page of what a search has found, and whether that is all that was asked for.")
class Findings(Connection[T], Generic[T]):
    complete: bool = strawberry.field(description="Is nothing missing that was asked for? Otherwise `stoppedBy` says why.")
    stopped_by: StopReason = strawberry.field(description="What ended the search: COMPLETE, or what it ran into.")
    excluded_by_default: list[str] = strawberry.field(
        description="What was left out without having been asked for, in words, to be shown with the answer."
    )
    dataset_version: str = strawberry.field(description="Content hash of the data that answered; the same as `dataset { version }`.")
