"""ladybug: an embedded graph database with Cypher, the successor of Kùzu; the filter is a predicate within the recursive pattern."""

from __future__ import annotations

from typing import Any, ClassVar

import ladybug
import numpy as np
import pyarrow

from benchmarks.peers.base import MOST_PATHS, SEAT, Columns, Filter, Peer

_PATH = "RETURN {distinct}list_transform(nodes(p), each -> each.id)"
_SHORTEST = "MATCH p = (a:Entity {id: $u})-[t:Tie* SHORTEST 1..30]-(b:Entity {id: $v}) " + _PATH.format(distinct="")
# Parameters are refused within the pattern.
_FILTERED = (
    "MATCH p = (a:Entity {{id: $u}})-[t:Tie* SHORTEST 1..30 (e, n | WHERE {passes})]-(b:Entity {{id: $v}}) "
    "RETURN list_transform(nodes(p), each -> each.id)"
)
_ALL = (
    "MATCH p = (a:Entity {id: $u})-[t:Tie* ALL SHORTEST 1..30]-(b:Entity {id: $v}) "
    + _PATH.format(distinct="DISTINCT ")
    + f" LIMIT {MOST_PATHS}"
)
_NEAR = "MATCH (a:Entity {{id: $u}})-[t:Tie* 1..2 (e, n | WHERE {passes})]-(b:Entity) WHERE b.id <> $u RETURN DISTINCT b.id"
_SHARED = (
    f"MATCH (a:Entity {{id: $u}})<-[s:Tie {{kind: {SEAT}}}]-(b:Entity)-[t:Tie {{kind: {SEAT}}}]->(c:Entity {{id: $v}}) RETURN DISTINCT b.id"
)


class Adapter(Peer):
    packages = ("ladybug",)
    how: ClassVar[dict[str, str]] = {
        "shortest": "* SHORTEST 1..30",
        "shortest_filtered": "* SHORTEST with WHERE within the pattern",
        "all_shortest": "* ALL SHORTEST, DISTINCT and LIMIT 100",
        "neighbourhood": "* 1..2 with WHERE within the pattern",
    }

    def load(self, columns: Columns) -> None:
        ties = columns.ties
        self.database = ladybug.Database(":memory:")
        self.connection = ladybug.Connection(self.database)
        self.connection.execute("CREATE NODE TABLE Entity(id INT32 PRIMARY KEY, kind UINT8)")
        self.connection.execute("CREATE REL TABLE Tie(FROM Entity TO Entity, kind UINT8, status UINT8, earliest INT32, latest INT32)")
        entities = pyarrow.table({"id": np.arange(len(columns.kinds), dtype=np.int32), "kind": columns.kinds})  # noqa: F841
        edges = pyarrow.table(  # noqa: F841
            {
                "from": ties.source,
                "to": ties.target,
                "kind": ties.kind,
                "status": ties.status,
                "earliest": ties.bounds[:, 0].copy(),
                "latest": ties.bounds[:, 3].copy(),
            }
        )
        self.connection.execute("COPY Entity FROM entities")
        self.connection.execute("COPY Tie FROM edges")

    def shortest(self, u: int, v: int) -> list[int] | None:
        return self._path(_SHORTEST, u, v)

    def shortest_filtered(self, u: int, v: int, keep: Filter) -> list[int] | None:
        return self._path(_FILTERED.format(passes=_passes(keep)), u, v)

    def all_shortest(self, u: int, v: int) -> list[list[int]]:
        return [row[0] for row in self._rows(_ALL, u=u, v=v)]

    def neighbourhood(self, u: int, keep: Filter) -> list[int]:
        return [row[0] for row in self._rows(_NEAR.format(passes=_passes(keep)), u=u)]

    def shared(self, u: int, v: int) -> list[int]:
        return [row[0] for row in self._rows(_SHARED, u=u, v=v)]

    def _path(self, query: str, u: int, v: int) -> list[int] | None:
        rows = self._rows(query, u=u, v=v)
        return rows[0][0] if rows else None

    def _rows(self, query: str, **parameters: int) -> list[Any]:
        return self.connection.execute(query, parameters).get_all()


def _passes(keep: Filter) -> str:
    return f"e.status <= {keep.weakest} AND e.earliest <= {keep.last} AND e.latest >= {keep.first}"
