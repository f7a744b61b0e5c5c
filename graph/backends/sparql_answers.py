"""What a SPARQL endpoint answers, and how it is asked: over HTTP (see ``sparql_http``), or Oxigraph in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

import orjson
import pyoxigraph as ox

from interlock.graph.backends.protocol import BackendDown

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Node | None, ...]
_KEPT: Final = 100_000
"""How many IRIs of one answer are made once only."""


class Answer(NamedTuple):
    """The values of the variables that were asked for, row by row; ``clipped`` if the endpoint says that these are not all."""

    rows: list[Row]
    clipped: bool = False


class Transport(Protocol):
    """A way to an endpoint. ``name`` is what it is called in messages, without credentials."""

    name: str

    async def select(self, query: str, variables: Sequence[str]) -> Answer:
        """The answer to a SELECT. Raises ``BackendDown``."""
        ...

    async def close(self) -> None:
        """End it."""
        ...


class OxigraphTransport:
    """A store of Oxigraph in this process, whose answers are whole always."""

    def __init__(self, store: ox.Store, name: str = "Oxigraph") -> None:
        self._store, self.name = store, name

    async def select(self, query: str, variables: Sequence[str]) -> Answer:
        return Answer(await asyncio.to_thread(self._select, query, variables))

    async def close(self) -> None:
        """The store belongs to whoever opened it."""

    def _select(self, query: str, variables: Sequence[str]) -> list[Row]:
        try:
            solutions: Any = self._store.query(query)
            if [each.value for each in solutions.variables] == list(variables):
                return list(map(tuple, solutions))  # half the time that it takes to look up each
            return [tuple(solution[each] for each in variables) for solution in solutions]
        except (OSError, RuntimeError, SyntaxError, KeyError) as error:
            raise BackendDown(f"{self.name} can't answer: {error}") from None


def read_json(content: bytes, variables: Sequence[str], name: str) -> list[Row]:
    """Rows of SPARQL 1.1 Query Results JSON. Raises ``BackendDown`` for what is none."""
    try:
        bindings = orjson.loads(content)["results"]["bindings"]
        terms = _Terms()
        return [tuple(terms.read(binding.get(each)) for each in variables) for binding in bindings]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BackendDown(f"{name} answered what is no SPARQL result in JSON ({type(error).__name__}): ask it for one by hand") from None


class _Terms:
    """Makes terms of JSON. Labels of blank nodes (Virtuoso's are no labels in N-Triples) are replaced by others."""

    def __init__(self) -> None:
        self._iris: dict[str, ox.NamedNode] = {}
        self._blank: dict[str, ox.BlankNode] = {}

    def read(self, term: Mapping[str, str] | None) -> Node | None:
        if term is None:
            return None
        kind, value = term["type"], term["value"]
        if kind == "uri":
            if value not in self._iris and len(self._iris) < _KEPT:
                self._iris[value] = ox.NamedNode(value)
            return self._iris.get(value) or ox.NamedNode(value)
        if kind == "bnode":
            return self._blank.setdefault(value, ox.BlankNode(f"b{len(self._blank)}"))
        if kind not in ("literal", "typed-literal"):
            raise ValueError(kind)
        language, datatype = term.get("xml:lang"), term.get("datatype")
        if language:
            return ox.Literal(value, language=language)
        return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)
