"""duckdb: an embedded SQL database; paths by a recursive query that keeps each entity once (USING KEY)."""

from __future__ import annotations

from typing import Any, ClassVar

import duckdb
import numpy as np
import pyarrow

from benchmarks.peers.base import SEAT, Columns, Filter, Peer

_PASSES = "status <= $weakest AND earliest <= $last AND latest >= $first"
_SHORTEST = """
WITH RECURSIVE walk(id, hops) USING KEY (id) AS (
    SELECT $u::INTEGER, 0
  UNION
    SELECT DISTINCT half.head, walk.hops + 1
    FROM walk JOIN half ON half.tail = walk.id
    WHERE NOT EXISTS (FROM recurring.walk AS known WHERE known.id = half.head)
      AND NOT EXISTS (FROM recurring.walk AS known WHERE known.id = $v) {passes}
)
SELECT hops FROM walk WHERE id = $v
"""
_NEAR = f"""
WITH near AS (SELECT DISTINCT head FROM half WHERE tail = $u AND {_PASSES}),
     far AS (SELECT head FROM half WHERE tail IN (FROM near) AND {_PASSES})
SELECT DISTINCT head FROM (FROM near UNION ALL FROM far) WHERE head <> $u
"""
_SHARED = f"""
SELECT DISTINCT one.head FROM half AS one JOIN half AS other ON one.head = other.head
WHERE one.tail = $u AND other.tail = $v AND one.kind = {SEAT} AND other.kind = {SEAT}
"""


class Adapter(Peer):
    packages = ("duckdb",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "recursive query with USING KEY; gives the number of hops, not the path",
        "shortest_filtered": "the same with the filter in its join",
    }

    def load(self, columns: Columns) -> None:
        ties = columns.ties
        self.connection = duckdb.connect()
        halves = pyarrow.table(  # noqa: F841
            {
                "tail": np.concatenate((ties.source, ties.target)),
                "head": np.concatenate((ties.target, ties.source)),
                **{
                    name: np.tile(column, 2)
                    for name, column in {
                        "kind": ties.kind,
                        "status": ties.status,
                        "earliest": ties.bounds[:, 0],
                        "latest": ties.bounds[:, 3],
                    }.items()
                },
            }
        )
        self.connection.execute("CREATE TABLE half AS FROM halves ORDER BY tail, head")

    def shortest(self, u: int, v: int) -> int | None:
        return self._hops(_SHORTEST.format(passes=""), {"u": u, "v": v})

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> int | None:
        return self._hops(_SHORTEST.format(passes=f"AND {_PASSES}"), {"u": u, "v": v, **_days(keep)})

    def neighbourhood(self, u: int, keep: Filter) -> list[int]:
        return self._ids(_NEAR, {"u": u, **_days(keep)})

    def shared(self, u: int, v: int) -> list[int]:
        return self._ids(_SHARED, {"u": u, "v": v})

    def _hops(self, query: str, parameters: dict[str, int]) -> int | None:
        row = self.connection.execute(query, parameters).fetchone()
        return row[0] if row else None

    def _ids(self, query: str, parameters: dict[str, Any]) -> list[int]:
        return [row[0] for row in self.connection.execute(query, parameters).fetchall()]


def _days(keep: Filter) -> dict[str, int]:
    return {"weakest": keep.weakest, "first": keep.first, "last": keep.last}
