"""pyoxigraph: an embedded SPARQL store with each relationship as a resource; SPARQL 1.1 has no path lengths, hence no path questions."""

from __future__ import annotations

from typing import ClassVar

import pyoxigraph as ox

from benchmarks.peers.base import SEAT, Columns, Filter, Peer

_CHUNK = 200_000
_PREFIX = "PREFIX p: <p:>"
_STEP = (
    "?t{n} p:end ?{near}, ?{far} ; p:status ?s{n} ; p:earliest ?a{n} ; p:latest ?b{n} . "
    "FILTER(?{far} != ?{near} && ?s{n} <= {weakest} && ?a{n} <= {last} && ?b{n} >= {first})"
)
_NEAR = "SELECT DISTINCT ?x {{ VALUES ?u {{ <e:{u}> }} {{ {one} BIND(?near AS ?x) }} UNION {{ {one} {two} BIND(?far AS ?x) }} }}"
_SHARED = f"""
SELECT DISTINCT ?who {{{{
  ?t1 p:target <e:{{u}}> ; p:source ?who ; p:kind {SEAT} .
  ?t2 p:target <e:{{v}}> ; p:source ?who ; p:kind {SEAT} .
}}}}"""


class Adapter(Peer):
    packages = ("pyoxigraph",)
    how: ClassVar[dict[str, str]] = {"neighbourhood": "two steps over relationships as resources", "shared": "one basic graph pattern"}

    def load(self, columns: Columns) -> None:
        self.store = ox.Store()
        ties = columns.ties
        count = len(ties.source)
        columns_ = (ties.source, ties.target, ties.kind, ties.status, ties.bounds[:, 0], ties.bounds[:, 3])
        for begin in range(0, count, _CHUNK):
            end = min(begin + _CHUNK, count)
            rows = zip(range(begin, end), *(column[begin:end].tolist() for column in columns_), strict=True)
            text = "".join(_triples(*row) for row in rows)
            self.store.bulk_load(text.encode(), ox.RdfFormat.TURTLE)

    def neighbourhood(self, u: int, keep: Filter) -> set[int]:
        one, two = (_STEP.format(n=n, near=near, far=far, **keep._asdict()) for n, near, far in ((1, "u", "near"), (2, "near", "far")))
        query = _PREFIX + _NEAR.format(u=u, one=one, two=two)
        return {_number(solution[0]) for solution in self.store.query(query)} - {u}

    def shared(self, u: int, v: int) -> set[int]:
        return {_number(solution[0]) for solution in self.store.query(_PREFIX + _SHARED.format(u=u, v=v))}


def _triples(tie: int, source: int, target: int, kind: int, status: int, earliest: int, latest: int) -> str:
    return (
        f"<r:{tie}> <p:source> <e:{source}> ; <p:target> <e:{target}> ; <p:end> <e:{source}>, <e:{target}> ; "
        f"<p:kind> {kind} ; <p:status> {status} ; <p:earliest> {earliest} ; <p:latest> {latest} .\n"
    )


def _number(term: object) -> int:
    return int(term.value[2:])
