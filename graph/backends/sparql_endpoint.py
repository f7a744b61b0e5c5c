"""An endpoint that is asked for whole answers only, whatever it leaves out of one that is too long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import pyoxigraph as ox

from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql_answers import Answer, Node, Row, Transport
from interlock.graph.backends.sparql_text import Scope, literal

T = TypeVar("T")
MOST_NAMED: Final = 1_000
"""IRIs that one query names at most: engines compile longer ones slowly, or not at all."""
_AT_ONCE: Final = 4
"""How many answers are waited for, or made something of, at a time."""


_TEXT, IRI = "STR(?v)", "?v"


class Endpoint:
    """Asks for whole answers; ``trips`` counts round trips. All methods raise ``BackendDown``.

    Of statements it asks for at most ``rows`` rows at a time, and for the rest again. An answer is taken to be clipped if the endpoint
    says so, or if it has as many rows as were asked for; ``rows`` shrinks to what it is found to give at most. What is listed or counted
    is asked for at one time, until the endpoint is found to clip (``clips``): a page takes it as long as all pages. ``_whole`` is the
    length of the longest answer that was found to be whole.
    """

    def __init__(self, transport: Transport, rows: int) -> None:
        self.transport, self.rows, self.trips, self.clips, self._whole = transport, rows, 0, False, 0
        self.scope = Scope(apart=False)

    @property
    def name(self) -> str:
        return self.transport.name

    async def count(self, where: str, told: str = _TEXT) -> int:
        """How many different texts ``?v`` has; or, ``told`` as ``IRI``, how many IRIs: of many texts Virtuoso would lose the count."""
        answer = await self.once(f"SELECT (COUNT(DISTINCT {told}) AS ?n) WHERE {{ {where} }}", ("n",))
        return number(answer.rows[0][0] if len(answer.rows) == 1 else None, self.name)

    async def any(self, where: str) -> bool:
        """Is there anything like this?"""
        return bool((await self.once(f"SELECT (1 AS ?n) WHERE {{ {where} }} LIMIT 1", ("n",))).rows)

    async def once(self, query: str, variables: Sequence[str]) -> Answer:
        """One answer as it is."""
        self.trips += 1
        return await self.transport.select(query, variables)

    async def unlimited(self, queries: Iterable[str], variables: Sequence[str]) -> list[list[Row]] | None:
        """The rows of each of these queries, asked in one round trip; None if the endpoint is known to clip, says so now, or fails."""
        if self.clips:
            return None
        self.trips += 1
        try:
            answers = await together([self.transport.select(query, variables) for query in queries])
            self.clips = any(answer.clipped for answer in answers)
        except BackendDown:  # as it takes too long, or is too much: what is asked for in parts next tells if it's something else
            self.clips = True
        return None if self.clips else [answer.rows for answer in answers]

    async def listed(self, where: str, told: str = _TEXT) -> list[str]:
        """All texts or IRIs that ``?v`` has (see ``count``), in order.

        Of more than were ever had at one time there have to be as many as are counted.
        """
        at_once = await self.unlimited([f"SELECT DISTINCT ({told} AS ?x) WHERE {{ {where} }}"], ("x",))
        rows = None if at_once is None else at_once[0]
        found = sorted({value for (node,) in rows or () if (value := text(node)) is not None})
        if rows is not None and len(rows) < max(self.rows, self._whole):
            return found
        total = await self.count(where, told)
        if rows is not None and len(found) == total:
            self._whole = max(self._whole, total)
            return found
        self.clips, found = True, []
        while len(found) < total:
            after = f" FILTER(STR(?v) > {literal(found[-1])})" if found else ""
            query = f"SELECT DISTINCT ({told} AS ?x) WHERE {{ {where}{after} }} ORDER BY {told} LIMIT {self.rows}"
            page = [value for (node,) in (await self.once(query, ("x",))).rows if (value := text(node)) is not None]
            new = sorted(value for value in set(page) if not found or value > found[-1])
            if not new:
                break
            found += new
            if len(found) < total:
                self.rows = min(self.rows, max(len(page), 1))
        if len(found) != total:
            raise BackendDown(f"{self.name} counts {total:,} and lists {len(found):,}: it clips its answers, or changes just now.")
        return found

    async def each(
        self,
        chunks: Iterable[Sequence[str]],
        query: Callable[[Sequence[str]], str],
        variables: Sequence[str],
        made: Callable[[list[Row]], T],
    ) -> tuple[list[T], list[str]]:
        """What is made of the rows that each chunk of IRIs has, by query; those asked for together make one round trip.

        No more than a few are held at a time. Chunks whose answers are clipped are halved and asked again. IRIs that have too much for an
        answer of their own are returned.
        """
        gate = asyncio.Semaphore(_AT_ONCE)

        async def ask(chunk: Sequence[str], limit: int) -> tuple[T | None, int]:
            """What is made of a whole answer; None, and how many rows it has, of another that says so, else as many as were asked for."""
            async with gate:
                answer = await self.transport.select(f"{query(chunk)} LIMIT {limit}", variables)
                if answer.clipped or len(answer.rows) >= limit:
                    return None, len(answer.rows) if answer.clipped and answer.rows else limit
                return await asyncio.to_thread(made, answer.rows), limit

        found: list[T] = []
        too_big: list[str] = []
        waiting = list(chunks)
        while waiting:
            self.trips += 1
            limit = self.rows
            answers = await together([ask(each, limit) for each in waiting])
            again: list[Sequence[str]] = []
            for chunk, (whole, most) in zip(waiting, answers, strict=True):
                self.rows = min(self.rows, most)
                if whole is not None:
                    found.append(whole)
                elif len(chunk) > 1:
                    again += [chunk[: len(chunk) // 2], chunk[len(chunk) // 2 :]]
                else:
                    too_big += chunk
            waiting = again
        return found, too_big

    async def whole(self, chunks: Iterable[Sequence[str]], query: Callable[[Sequence[str]], str], names: Sequence[str]) -> list[list[Row]]:
        """The rows that each chunk has where no single IRI may have too much."""
        return await self.each_whole(chunks, query, names, list)

    async def each_whole(
        self,
        chunks: Iterable[Sequence[str]],
        query: Callable[[Sequence[str]], str],
        variables: Sequence[str],
        made: Callable[[list[Row]], T],
    ) -> list[T]:
        """What is made of the rows of each chunk where no single IRI may have too much."""
        found, too_big = await self.each(chunks, query, variables, made)
        if too_big:
            most = f"{self.rows:,} rows, which is the most that it gives at a time"
            raise BackendDown(f"{self.name} says more of <{too_big[0]}> than {most}: raise its limit (Virtuoso: ResultSetMaxRows).")
        return found


async def together(waiting: Sequence[Awaitable[T]]) -> list[T]:
    """The results of all; if one fails, the others are not waited for."""
    tasks = [asyncio.ensure_future(each) for each in waiting]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()


def chunked(items: Sequence[str], weigh: Callable[[str], int], most: int) -> list[list[str]]:
    """Items in chunks of no more than about this weight, and of no more than ``MOST_NAMED``."""
    chunks: list[list[str]] = []
    weight = most
    for item in items:
        weight += weigh(item)
        if weight > most or len(chunks[-1]) >= MOST_NAMED:
            chunks.append([])
            weight = weigh(item)
        chunks[-1].append(item)
    return chunks


def number(node: Node | None, name: str) -> int:
    """A count that an endpoint gives."""
    try:
        value: Any = text(node)
        return int(value)
    except (TypeError, ValueError):
        raise BackendDown(f"{name} was asked for a number and answered {node}.") from None


def text(node: Node | None) -> str | None:
    """A literal's text, or an IRI."""
    return None if node is None or isinstance(node, ox.BlankNode) else node.value
