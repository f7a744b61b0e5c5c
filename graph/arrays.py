"""The graph as arrays of numbers: compressed adjacency, and what a search tests of each relationship.

Entities are numbered in the order of their ids, relationships likewise. A half-edge is a relationship seen from one of its ends; those of
entity ``u`` are ``first[u]`` to ``first[u + 1]``, sorted by the entity at the other end and then by relationship, so that parallel
relationships stand side by side. A relationship of an entity with itself has two half-edges as any other.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from interlock.graph.kernels import numbers
from interlock.graph.model import EntityKind, RelationshipKind, Status

Int8 = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]

ENTITY_KINDS: Final = tuple(EntityKind)
RELATIONSHIP_KINDS: Final = tuple(RelationshipKind)
STATUSES: Final = tuple(Status)
STATUS_SHIFT: Final = 4
_KNOWN_DAYS: Final = (-200_000, 200_000)
"""Days far enough from 1970 to lie beyond the years that are told apart in a word."""
MOST_SOURCES: Final = 63
"""The number of independent sources is kept up to this."""
PER_DOUBLING: Final = 250
"""What passing through an entity costs for each doubling of its number of relationships; in thousandths of a hop."""


class Arrays(NamedTuple):
    """What the kernels search. ``n`` entities, ``m`` relationships.

    - ``first`` int64 (n + 1), ``head`` int32 (2 m): whose half-edges are where, and which entity is at their other end;
    - ``tie`` int32 (2 m): of which relationship each is; ``word`` uint32 (2 m): its kind (4 bits), status (3), independent sources (6), and
      whether it is seen from its target (1);
    - ``bounds`` int32 (4 m): earliest and latest start, earliest and latest end of each relationship, in days since 1970-01-01;
    - ``passing`` uint32 (n): kind (4 bits) and number of relationships of each entity, where a search that is particular about whom it
      passes
      finds both at once;
    - ``kind`` uint8 (n), ``degree`` int32 (n), ``transit`` int32 (n): of each entity its kind, how many relationships it has (a board: how
      many seats there were on it), and what it costs to pass through it.
    """

    first: Int64
    head: Int32
    tie: Int32
    word: Words
    bounds: Int32
    passing: Words
    kind: Int8
    degree: Int32
    transit: Int32


class Ties(NamedTuple):
    """Relationships as columns, each of length m, in the order of their ids; ``bounds`` of shape (m, 4). The rest are indexes."""

    source: Int32
    target: Int32
    kind: Int8
    status: Int8
    sources: Int32
    bounds: Int32


def compress(ties: Ties, entity_kinds: Int8, seats: Int32 | None = None) -> Arrays:
    """Sort relationships into compressed adjacency; ``seats`` gives, for each board, the company whose seats it counts (-1 for others)."""
    count, m = len(entity_kinds), len(ties.source)
    counted = np.arange(m, dtype=np.int32)
    tail = np.concatenate((ties.source, ties.target))
    head = np.concatenate((ties.target, ties.source)).astype(np.int32)
    tie = np.concatenate((counted, counted))
    word = words_of(ties)
    word = np.concatenate((word, word | numbers.SEAT_SEEN_FROM_COMPANY))
    order = np.lexsort((tie, head, tail))
    first = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(tail, minlength=count), out=first[1:])
    loops = np.bincount(ties.source[ties.source == ties.target], minlength=count)
    degree = (np.diff(first) - loops).astype(np.int32)
    if seats is not None:
        held = np.bincount(ties.target[ties.kind == RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT)], minlength=count)
        boards = np.flatnonzero(seats >= 0)
        degree[boards] = held[seats[boards]]
    return Arrays(
        first=first,
        head=head[order],
        tie=tie[order].astype(np.int32),
        word=word[order].astype(np.uint32),
        bounds=np.ascontiguousarray(ties.bounds, np.int32).reshape(-1),
        **passed(entity_kinds, degree),
    )


def passed(entity_kinds: Int8, degree: Int32) -> dict[str, Any]:
    """What a search looks at of entities: of ``Arrays`` the fields from ``passing`` on, by name."""
    return {
        "passing": (entity_kinds.astype(np.uint32) | degree.astype(np.uint32) << 4).astype(np.uint32),
        "kind": np.ascontiguousarray(entity_kinds, np.uint8),
        "degree": degree,
        "transit": _transit(degree),
    }


def words_of(ties: Ties) -> Words:
    """The words of relationships as they are seen from their sources."""
    return np.asarray(
        ties.kind.astype(np.uint32)
        | ties.status.astype(np.uint32) << STATUS_SHIFT
        | np.minimum(ties.sources, MOST_SOURCES).astype(np.uint32) << numbers.SOURCES_SHIFT
        | _year(ties.bounds[:, 0]) << numbers.START_SHIFT
        | _year(ties.bounds[:, 3]) << numbers.END_SHIFT
    )


def _year(days: Int32) -> Words:
    """The year in which each day lies, as it stands in a word."""
    years = np.clip(days, *_KNOWN_DAYS).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.clip(years - numbers.FIRST_YEAR, 0, numbers.YEARS).astype(np.uint32)


def _transit(degree: Int32) -> Int32:
    """What it costs to pass through entities of these degrees: looked up, so that every entity of one degree costs exactly the same."""
    table = {int(each): int(PER_DOUBLING * math.log2(each)) if each > 1 else 0 for each in np.unique(degree)}
    known = np.array(sorted(table), np.int64)
    costs = np.array([table[int(each)] for each in known], np.int32)
    return costs[np.searchsorted(known, degree)] if len(degree) else np.zeros(0, np.int32)
