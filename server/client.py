"""Interlock from Python: one class, over HTTP or within the process, whose answers turn into data frames and graphs.

>>> from interlock.server.client import Client
>>> Client.local().paths("Netflix", "Meta's board", as_of=2015, max_hops=2).sentences[0]
"Netflix was co-founded by Reed Hastings (1997), who held a seat on Meta's board (2011-06 – 2019-05-30)."
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Self

from interlock.graph import Engine, EntityKind, PathRanking, RelationshipKind, Status, load
from interlock.graph.errors import InterlockError
from interlock.server import documents
from interlock.server.client_answers import Answer, Data, Entity, Hits, Neighborhood, Paths

Ask = Callable[[str, Data], Data]
When = str | int | date
"""A date: ``2015``, ``"2012-10"``, ``datetime.date(2012, 10, 9)``."""


class ClientError(InterlockError):
    """Nothing answers, or not as Interlock does."""


class ApiError(InterlockError):
    """A question was refused: ``code`` says why, ``suggestions`` are the entities that may be meant (``id``, ``name``, ``kind``)."""

    def __init__(self, message: str, code: str, suggestions: Iterable[Data] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.suggestions = tuple(suggestions)


class Client:
    """Asks a server, given its address: ``Client("http://127.0.0.1:8000")``. ``Client.local()`` needs none."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        if not url.startswith(("http://", "https://")):
            raise ClientError(f"{url!r} is no address of a server. Write it as http://127.0.0.1:8000, or take Client.local().")
        address = url if url.rstrip("/").endswith("/graphql") else f"{url.rstrip('/')}/graphql"
        self._ask: Ask = lambda document, variables: _post(address, document, variables, timeout)
        self._where = url

    @classmethod
    def local(cls, *data: str | Path, engine: Engine | None = None) -> Self:
        """A client without a server: of the shipped graph, of the RDF files, folders or snapshot given, or of an engine."""
        from interlock.schema import Context, build_schema

        if engine is not None and data:
            raise ClientError("Give data or an engine, not both.")
        schema, context = build_schema(), Context(engine or Engine(load(*map(Path, data))))

        def ask(document: str, variables: Data) -> Data:
            result = schema.execute_sync(document, variable_values=variables, context_value=context)
            answer = {"data": result.data, "errors": [error.formatted for error in result.errors or ()]}
            read: Data = json.loads(json.dumps(answer, default=str))
            return read

        client = cls.__new__(cls)
        client._ask, client._where = ask, "local"
        return client

    def __repr__(self) -> str:
        return f"<Interlock client: {self._where}>"

    def query(self, document: str, **variables: Any) -> Data:
        """The data of any GraphQL document. Raises ``ApiError`` with the code of the first error."""
        answer = self._ask(document, variables)
        for error in answer.get("errors") or ():
            told = error.get("extensions", {})
            raise ApiError(error["message"], told.get("code", "INTERNAL"), told.get("suggestions") or told.get("candidates") or ())
        data: Data = answer["data"]
        return data

    def ask(self, question: str) -> Answer:
        """A question in plain English: ``ask("How is Netflix connected to Meta's board in 2015?")``."""
        return Answer(self.query(documents.ASK_IN_FULL, question=question)["ask"])

    def paths(
        self,
        start: str,
        end: str,
        *,
        as_of: When | None = None,
        during: str | None = None,
        min_status: Status | str | None = None,
        kinds: Iterable[RelationshipKind | str] = (),
        through: Iterable[EntityKind | str] = (),
        avoid: Iterable[str] = (),
        must_pass: Iterable[str] = (),
        held_together: bool = False,
        max_hops: int = 6,
        k: int = 10,
        rank_by: PathRanking | str = PathRanking.HOPS,
    ) -> Paths:
        """How two are connected. Names are understood in any of their forms; ``through`` are the kinds of entity in between."""
        conditions: Data = {"relationships": _ties(as_of, during, min_status, kinds), "heldTogether": held_together}
        between = {"entityKinds": _list(through), "avoid": list(avoid), "mustPass": list(must_pass)}
        conditions |= {name: value for name, value in between.items() if value}
        variables = {"from": start, "to": end, "filter": conditions, "k": k, "maxHops": max_hops, "rankBy": _named(rank_by)}
        when = f", as of {as_of}" if as_of is not None else f", during {during}" if during else ""
        return Paths(self.query(documents.PATHS_IN_FULL, **variables)["paths"], f"{start} – {end}{when}")

    def neighborhood(
        self,
        *of: str,
        hops: int = 1,
        as_of: When | None = None,
        during: str | None = None,
        min_status: Status | str | None = None,
        kinds: Iterable[RelationshipKind | str] = (),
        limit: int = 200,
    ) -> Neighborhood:
        """Who is within so many hops of some entities, and all relationships among these: ``limit`` entities at most, the nearest."""
        conditions = {"relationships": _ties(as_of, during, min_status, kinds)}
        found = self.query(documents.NEIGHBORHOOD, of=list(of), hops=hops, filter=conditions, limit=limit)
        return Neighborhood(f"Within {hops} hop{'s' if hops > 1 else ''} of {', '.join(of)}", found["neighborhood"])

    def search(self, text: str, first: int = 10) -> Hits:
        """Entities whose names fit a text, the best first."""
        return Hits(text, self.query(documents.SEARCH, text=text, first=first)["search"])

    def entity(self, ref: str) -> Entity:
        """All that is known about one entity."""
        return Entity(self.query(documents.SHOW, ref=ref)["entity"])


def _post(url: str, document: str, variables: Data, timeout: float) -> Data:
    """The answer of a server; one that refuses answers in GraphQL's form too."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    headers = {"content-type": "application/json", "accept": "application/graphql-response+json, application/json;q=0.9"}
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return _read(url, response.status, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return _read(url, error.code, error.read())
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise ClientError(f"Nothing answers at {url}: {reason}. Start a server with `interlock serve`, or take Client.local().") from None


def _read(url: str, status: int, body: bytes) -> Data:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not answer.keys() & {"data", "errors"}:
        raise ClientError(f"{url} answers with status {status}, and not as GraphQL. Is it the address of an Interlock server?")
    return answer


def _ties(as_of: When | None, during: str | None, min_status: str | None, kinds: Iterable[str]) -> Data:
    """The conditions on relationships that are given."""
    ties = {"asOf": None if as_of is None else str(as_of), "during": during, "minStatus": _named(min_status), "kinds": _list(kinds)}
    return {name: value for name, value in ties.items() if value}


def _named(value: str | None) -> str | None:
    return None if value is None else str(value).upper()


def _list(values: Iterable[str]) -> list[str]:
    return [str(value).upper() for value in values]
