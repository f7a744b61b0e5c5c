"""What an adapter is given and what it may answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from interlock.graph.arrays import RELATIONSHIP_KINDS, Int8, Int32, Ties
from interlock.graph.model import RelationshipKind

SEAT = RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT)
MOST_PATHS = 100
"""Of all shortest paths no more than this are asked for."""
K, MOST_HOPS = 10, 6
"""How many shortest simple paths are asked for, and how long they may be."""


class Columns(NamedTuple):
    """A graph as columns: the kind of each entity, and the relationships."""

    kinds: Int8
    ties: Ties


class Filter(NamedTuple):
    """Statuses up to this rank, of relationships that possibly held at some time in this year (its first and last day)."""

    weakest: int
    year: int
    first: int
    last: int


class Edges:
    """The columns that those engines keep beside their graph that can't test an edge themselves."""

    def __init__(self, ties: Ties) -> None:
        self.source, self.target = ties.source.copy(), ties.target.copy()
        self.status = ties.status.copy()
        self.earliest, self.latest = ties.bounds[:, 0].copy(), ties.bounds[:, 3].copy()

    def admitted(self, keep: Filter) -> npt.NDArray[np.bool_]:
        """Which relationships pass the filter."""
        return (self.status <= keep.weakest) & (self.earliest <= keep.last) & (self.latest >= keep.first)


Path = list[int] | int | None
"""The entities of a path, or the number of its hops where an engine can't say more; None if there is no path."""


class Peer(ABC):
    """An engine. It has a method for each question that it can answer (see ``benchmarks.questions``), and no other.

    - ``shortest(u, v) -> Path``; ``shortest_filtered(u, v, keep) -> Path``;
    - ``all_shortest(u, v) -> list[list[int]]``, no more than ``MOST_PATHS`` being needed;
    - ``k_shortest(u, v) -> list[list[int]]``: the ``K`` shortest simple paths of up to ``MOST_HOPS`` hops;
    - ``neighbourhood(u, keep) -> entities`` within two hops, without ``u``; ``shared(u, v) -> people`` with seats on both boards.

    Relationships are taken in both directions; parallel ones are one hop. What depends on a filter has to be built within the question.
    """

    packages: ClassVar[tuple[str, ...]]
    how: ClassVar[dict[str, str]] = {}
    """Question → how this engine answers it, where that isn't plain."""

    @abstractmethod
    def load(self, columns: Columns) -> None:
        """Build the graph; what this adds to the memory is measured."""

    def prepare(self, question: str) -> None:  # noqa: B027
        """Build what only this question needs; not measured."""

    def arrays(self) -> int | None:
        """Bytes of what is searched, where the engine can say."""
        return None


def pairs(source: Int32, target: Int32) -> tuple[Int32, Int32]:
    """The ends of relationships without direction, parallel ones once."""
    count = int(max(source.max(), target.max())) + 1
    low, high = np.minimum(source, target).astype(np.int64), np.maximum(source, target)
    codes = np.unique(low * count + high)
    return (codes // count).astype(np.int32), (codes % count).astype(np.int32)


def within_hops(paths: Any) -> list[list[int]]:
    """Those of some paths that are short enough."""
    return [list(map(int, path)) for path in paths if len(path) <= MOST_HOPS + 1]
