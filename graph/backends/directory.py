"""The part of a graph that is kept where questions are asked: all but its relationships."""

from __future__ import annotations

from typing import Final

from interlock.graph.heap import Memory, Store

_RELATIONSHIPS: Final = frozenset({
    "search.first", "search.head", "search.tie", "search.word", "search.bounds", "source_end", "target_end", "relationship",
    "relationship.at", "relationship_id", "relationship_id.at", "claim_first", "claim_source", "claim_word", "claim_hash", "claim_owner",
})  # fmt: skip


def directory_of(store: Store) -> Memory:
    """The directory of a graph that is at hand. Its counts are still those of the whole."""
    return Memory(
        store.meta,
        {name: store.numbers(name) for name in store.tables if name not in _RELATIONSHIPS},
        {name: bytes(store.bytes(name).whole()) for name in store.heaps if name not in _RELATIONSHIPS},
    )
