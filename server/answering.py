"""From a request to the bytes of its answer: the document, its price, its execution; and the memory of what was answered before."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson
from graphql import ExecutionResult, GraphQLError, GraphQLSyntaxError

from interlock.graph import Engine, QuestionError
from interlock.graph.errors import TooCostly
from interlock.schema import Context, build_schema
from interlock.schema.errors import coded
from interlock.schema.execution import Document, Documents
from interlock.schema.operations import pick_operation
from interlock.schema.price import ASSUMED, SEARCHES, Prices, check, check_length
from interlock.server.answers import LEAST_TO_COMPRESS, Answer, Memory
from interlock.server.graphql_request import GraphQLRequest, RequestError, read_body, read_link
from interlock.server.negotiation import GRAPHQL_JSON
from interlock.server.persisted import PersistedDocuments, read_manifest
from interlock.server.settings import Settings
from interlock.server.told import told

_DAY: Final = 86_400
_AT_ONCE: Final = 50
"""Below which price a question whose document is known is answered at once: to hand it to a thread would take longer."""
_SLOW: Final = SEARCHES["Query", "paths"]
"""From which price on a question waits for others that are as costly, so that those that are not need not wait for it."""
_NICE: Final = 10
_KEPT: Final = 1000
"""How many documents are kept as they were read and priced."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One HTTP request, as far as its answer depends on it: a query string or a body, and what kind of answer is wanted."""

    is_link: bool
    payload: bytes
    media: str
    gzip: bool


@dataclass(frozen=True, slots=True)
class Priced:
    """A document with the price of what is asked of it, as far as that is known; ``errors`` are what keeps it from being executed."""

    told: int | None
    errors: list[GraphQLError]
    document: Document | None = None

    @property
    def price(self) -> int:
        """What it will cost: nothing, if it isn't executed."""
        return 0 if self.errors else self.told or 0


class Answering:
    """Answers GraphQL requests about one graph. An answer depends on the data, the document, its variables and the day, on nothing else."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine, self.limits = engine, settings.cost_limits
        self.schema = build_schema()
        self.persisted = PersistedDocuments(read_manifest(settings.documents) if settings.documents else {}, settings.trusted_only)
        self.memory = Memory(settings.answer_cache_bytes)
        self._documents = Documents(self.schema._schema, _KEPT, self.limits.tokens)
        self._quick = ThreadPoolExecutor(2, "interlock-quick")
        self._slow = ThreadPoolExecutor(os.cpu_count() or 1, "interlock-slow", _give_way)
        self._prices = lru_cache(_KEPT)(lambda text: Prices(self.schema._schema, self._documents.read(text).node))

    async def answer(self, asked: Asked, request_id: str) -> Answer:
        """Answer a request, from memory if it was answered before. Raises ``RequestError``."""
        day = int(time.time() // _DAY)
        repeat = (day, asked.is_link, asked.media, asked.gzip, asked.payload)
        known: Answer | None = self.memory.get(self.memory.get(repeat))
        if known is not None:
            told().source = "memory"
            return known
        request = read_link(asked.payload) if asked.is_link else read_body(asked.payload)
        text = self.persisted.text(request)
        told().operation = self.persisted.operation(request)
        question = self._question(text, request, day)
        answer = await self._known_or_new(question, asked, text, request, request_id)
        if answer.lasting:
            self.memory.put(repeat, (question, asked.media, asked.gzip), len(asked.payload))
        return answer

    async def _known_or_new(self, question: bytes, asked: Asked, text: str, request: GraphQLRequest, request_id: str) -> Answer:
        key = (question, asked.media, asked.gzip)
        known: Answer | None = self.memory.get(key)
        if known is not None:
            told().source = "memory"
            return known
        run = asyncio.get_running_loop().run_in_executor  # nothing may keep the event loop from other requests
        answer: Answer | None = self.memory.get((question, asked.media, False))
        if answer is None:
            known_text = self._documents.knows(text)
            priced = self._priced(text, request) if known_text else await run(self._quick, self._priced, text, request)
            told().source, told().price = "made", priced.price
            if priced.price < _AT_ONCE:
                answer = self._new(priced, asked.media, request, request_id)
            else:
                answer = await run(self._quick if priced.price < _SLOW else self._slow, self._new, priced, asked.media, request, request_id)
        if asked.gzip and len(answer.body) >= LEAST_TO_COMPRESS:
            answer = await run(self._quick, answer.compressed)
        if answer.lasting:
            self.memory.put(key, answer, len(answer.body))
        return answer

    def _priced(self, text: str, request: GraphQLRequest) -> Priced:
        """Read the document of a request, and tell its price."""
        price = None
        try:
            check_length(text, self.limits)
            document = self._documents.read(text)
            operation = pick_operation(document.node, request.operation_name)
            measure = self._prices(text).measure(operation, request.variables)
            price = measure.price(ASSUMED)
            check(measure, self.limits)
        except GraphQLSyntaxError as error:
            return Priced(price, [_too_long(error, self.limits.tokens)])
        except QuestionError as error:
            return Priced(price, [GraphQLError(str(error), extensions=error.extensions)])
        except GraphQLError as error:
            return Priced(price, [error])
        return Priced(price, document.errors, document)

    def _new(self, priced: Priced, media: str, request: GraphQLRequest, request_id: str) -> Answer:
        """Answer a request for the first time."""
        context = Context(self.engine, request_id)
        result = ExecutionResult(None, priced.errors)
        if priced.document is not None and not priced.errors:
            result = priced.document.execute(request.variables, request.operation_name, context)
        errors = coded(result.errors or (), request_id)
        executed = result.data is not None or any(error.path for error in errors)  # what fails before has no place in the answer
        body: dict[str, Any] = {"errors": [error.formatted for error in errors]} if errors else {}
        if executed:
            body["data"] = result.data
        if priced.told is not None:
            body["extensions"] = {"cost": {"price": priced.told, "limit": self.limits.price}}
        internal = any((error.extensions or {}).get("code") == "INTERNAL" for error in errors)
        status = 400 if not executed and media == GRAPHQL_JSON else 200
        return Answer(status, media, encode(body), lasting=not internal and not context.volatile)

    def _question(self, text: str, request: GraphQLRequest, day: int) -> bytes:
        """What tells one question from another."""
        try:
            variables = orjson.dumps(request.variables, option=orjson.OPT_SORT_KEYS)
        except orjson.JSONEncodeError as error:
            raise RequestError(400, f"The variables can't be read: {error}.") from None
        parts = (self.engine.graph.version.encode(), str(day).encode(), text.encode(), (request.operation_name or "").encode(), variables)
        return hashlib.blake2b(b"".join(b"%d:%b" % (len(part), part) for part in parts), digest_size=32).digest()


def _give_way() -> None:
    """Let this thread get less of the processor than those that answer others, where the system knows how."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def encode(body: dict[str, Any]) -> bytes:
    """JSON in UTF-8."""
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError:  # a number of more than 64 bits
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _too_long(error: GraphQLSyntaxError, limit: int) -> GraphQLError:
    """The same error; if it is that of a document with too many tokens, as what it is."""
    if f"more than {limit} tokens" not in error.message:
        return error
    told = TooCostly(f"The document has more than {limit:,} tokens, which is the limit.", "tokens", limit + 1, limit)
    return GraphQLError(str(told), extensions=told.extensions)
