"""Statements of others about relationships, fetched for entities, with IRIs in place of blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from interlock.graph.backends.sparql_answers import Node, Row
from interlock.graph.backends.sparql_endpoint import IRI, Endpoint, chunked
from interlock.graph.backends.sparql_foreign_text import AROUND, Text
from interlock.graph.foreign.blank import stable_names

_SAYING: Final = 20
"""Statements that tell a relationship, about."""


def named(rows: Iterable[Row]) -> set[ox.Quad]:
    """The statements of an answer: rows of the thing that each helps to tell (if any), graph, subject, property and value.

    Blank nodes get the IRIs that they would have in a file. An endpoint calls them otherwise in each answer, and an answer has a part of
    what is said only: so each thing is told with copies of its own of the blank nodes that it leads to.
    """
    groups: dict[Node | None, int] = {}
    plain, blank = set[ox.Quad](), list[ox.Quad]()
    for about, graph, *said in rows:
        terms: list[Any] = [*said, graph or ox.DefaultGraph()]
        if any(isinstance(term, ox.BlankNode) for term in said):
            group = groups.setdefault(about, len(groups))
            terms = [ox.BlankNode(f"{group}x{term.value}") if isinstance(term, ox.BlankNode) else term for term in terms]
            blank.append(_quad(*terms))
        else:
            plain.add(_quad(*terms))
    names = stable_names(blank)
    return plain.union(_renamed(quad, names) for quad in blank)


def _quad(subject: Any, predicate: Any, value: Any, graph: Any) -> ox.Quad:
    return ox.Quad(subject, predicate, value, graph)


def _renamed(quad: ox.Quad, names: Mapping[ox.BlankNode, str]) -> ox.Quad:
    def of(term: Any) -> Any:
        return ox.NamedNode(names[term]) if isinstance(term, ox.BlankNode) else term

    return ox.Quad(of(quad.subject), quad.predicate, of(quad.object), of(quad.graph_name))


class Around:
    """Fetches all that says something of the relationships of entities. Raises ``BackendDown``."""

    def __init__(self, endpoint: Endpoint, text: Text) -> None:
        self._endpoint, self._text = endpoint, text

    async def fetch(self, weights: Mapping[str, int], once: bool = False) -> set[ox.Quad]:
        """Of entities by IRI, with how many relationships each has, about; with ``once``, of those that begin at them."""
        endpoint = self._endpoint
        chunks = chunked(list(weights), lambda each: weights[each] * _SAYING, endpoint.rows)
        told, hubs = await endpoint.each(chunks, lambda some: self._text.around(some, once=once), AROUND, named)
        for hub in hubs:
            told += await self._hub(hub, once)
        return set().union(*told)

    async def _hub(self, hub: str, once: bool) -> list[set[ox.Quad]]:
        """The same of one entity of too many relationships for one answer: of those with some others at a time."""
        endpoint = self._endpoint
        others = await endpoint.listed(f"{self._text.others(hub)} FILTER(isIRI(?v) && ?v != <{hub}>)", IRI)
        chunks = chunked(others, lambda each: _SAYING, endpoint.rows)
        return await endpoint.each_whole(chunks, lambda some: self._text.around([hub], some, once), AROUND, named)
