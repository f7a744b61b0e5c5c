"""Statements of others about relationships, fetched for entities, with IRIs in place of blank nodes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
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
    quads = []
    for about, graph, subject, predicate, value in rows:
        group = groups.setdefault(about, len(groups))
        told: Any = (_apart(subject, about, group), predicate, _apart(value, about, group), graph or ox.DefaultGraph())
        quads.append(ox.Quad(*told))
    names = stable_names(quads)
    return {_renamed(quad, names) for quad in quads} if names else set(quads)


def _apart(node: Node | None, about: Node | None, group: int) -> Node | None:
    return ox.BlankNode(f"{group}x{node.value}") if isinstance(node, ox.BlankNode) else node


def _renamed(quad: ox.Quad, names: Mapping[ox.BlankNode, str]) -> ox.Quad:
    def of(term: Any) -> Any:
        return ox.NamedNode(names[term]) if isinstance(term, ox.BlankNode) else term

    return ox.Quad(of(quad.subject), quad.predicate, of(quad.object), of(quad.graph_name))


class Around:
    """Fetches all that says something of the relationships of entities. Raises ``BackendDown``."""

    def __init__(self, endpoint: Endpoint, text: Text) -> None:
        self._endpoint, self._text = endpoint, text

    async def fetch(self, weights: Mapping[str, int]) -> set[ox.Quad]:
        """Of entities by IRI, with how many relationships each has, about."""
        endpoint = self._endpoint
        chunks = chunked(list(weights), lambda each: weights[each] * _SAYING, endpoint.rows)
        answers, hubs = await endpoint.gathered(chunks, self._text.around, AROUND)
        for hub in hubs:
            answers += await self._hub(hub)
        return await asyncio.to_thread(_joined, answers)

    async def _hub(self, hub: str) -> list[list[Row]]:
        """The same of one entity of too many relationships for one answer: of those with some others at a time."""
        endpoint = self._endpoint
        others = await endpoint.listed(f"{self._text.others(hub)} FILTER(isIRI(?v) && ?v != ?e)", IRI)
        chunks = chunked(others, lambda each: _SAYING, endpoint.rows)
        return await endpoint.whole(chunks, lambda some: self._text.around([hub], some), AROUND)


def _joined(answers: Sequence[Sequence[Row]]) -> set[ox.Quad]:
    return {quad for rows in answers for quad in named(rows)}
