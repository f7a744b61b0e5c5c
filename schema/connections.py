"""Relay connections: pages of an ordered list, by the key of the last item seen."""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

import strawberry

from interlock.graph.errors import BadInput

T = TypeVar("T")
M = TypeVar("M")
Key = tuple[int | str, ...]

MAX_PAGE: Final = 500
"""How many items a page may have."""


@strawberry.interface(description="Anything that has an id of its own, as Relay wants it.")
class Node:
    id: strawberry.ID = strawberry.field(description="Stable and unique over the whole graph. `node(id:)` finds it again.")


@strawberry.type(description="Where a page ends, and whether there are more.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Are there more after this page?")
    has_previous_page: bool = strawberry.field(description="Are there some before this page?")
    start_cursor: str | None = strawberry.field(description="Cursor of the first item.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last item; give it as `after` for the next page.")


@strawberry.type(description="One item of a page.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Where this item is. Opaque; of use as `after` as long as the dataset stays the same.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The items of this page with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page ends.")
    total_count: int = strawberry.field(description="How many items there are on all pages.")

    @strawberry.field(description="The items of this page.")
    def nodes(self) -> list[T]:
        return [edge.node for edge in self.edges]


def paginate(
    items: Sequence[M], key: Callable[[M], Key], wrap: Callable[[M], T], version: str, first: int | None, after: str | None
) -> tuple[list[Edge[T]], PageInfo]:
    """The page of ``first`` items after a cursor. ``items`` are sorted by ``key``, which is unique; only a few of them are looked at."""
    if first is not None and not 0 <= first <= MAX_PAGE:
        raise BadInput(f"first is {first}; it must be between 0 and {MAX_PAGE}.")
    begin = 0 if after is None else bisect_right(items, _read_cursor(after, version, key(items[0]) if items else None), key=key)
    end = len(items) if first is None else min(len(items), begin + first)
    edges = [Edge(cursor=_cursor(version, key(item)), node=wrap(item)) for item in items[begin:end]]
    info = PageInfo(
        has_next_page=end < len(items),
        has_previous_page=begin > 0,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return edges, info


def connect(
    items: Sequence[M], key: Callable[[M], Key], wrap: Callable[[M], T], version: str, first: int | None, after: str | None
) -> Connection[T]:
    """The same as a connection."""
    edges, info = paginate(items, key, wrap, version, first, after)
    return Connection(edges=edges, page_info=info, total_count=len(items))


def _cursor(version: str, key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps([version, *key], separators=(",", ":")).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, version: str, example: Key | None) -> Key:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        read = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        read = None
    shape = [type(part) for part in example] if example is not None else None
    if not isinstance(read, list) or not read or (shape is not None and [type(part) for part in read[1:]] != shape):
        raise BadInput(f"{cursor[:80]!r} is not a cursor of this list. Take one from pageInfo or an edge of the same field.")
    if read[0] != version:
        raise BadInput("The cursor belongs to another version of the dataset. Start again without after.")
    return tuple(read[1:])
