"""From a request to its answer: from memory if it was answered before, at once if it costs next to nothing, else by a worker."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from interlock.graph import Engine
from interlock.server.answers import LEAST_TO_COMPRESS, Answer, Memory
from interlock.server.desk import Desk, Question, Reply
from interlock.server.dispatch import FAR_SLICE, SLICE, Dispatcher, Gone
from interlock.server.graphql_request import GraphQLRequest, RequestError, read_body, read_link
from interlock.server.metrics import Metrics
from interlock.server.persisted import PersistedDocuments, read_manifest
from interlock.server.request_record import current
from interlock.server.settings import Settings
from interlock.server.workers import ThreadWorker, Worker

_DAY: Final = 86_400
_AT_ONCE: Final = 50
"""Below which price a question whose document is known is answered at once: to hand it over would take longer."""
_SHORT: Final = 2000
"""How many characters a document may have that is read at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One HTTP request, as far as its answer depends on it: a query string or a body, and what kind of answer is wanted."""

    is_link: bool
    payload: bytes
    media: str
    gzip: bool


class Answering:
    """Answers GraphQL requests about one graph. An answer depends on the data, the document, its variables and the day, on nothing else."""

    def __init__(self, engine: Engine, settings: Settings, workers: Sequence[Worker] = (), metrics: Metrics | None = None) -> None:
        """Without workers, threads of this process answer what takes long."""
        self.metrics = metrics or Metrics()
        self.desk = Desk(engine, settings.cost_limits)
        self.persisted = PersistedDocuments(read_manifest(settings.documents) if settings.documents else {}, settings.trusted_only)
        self.memory = Memory(settings.answer_cache_bytes)
        workers = workers or [ThreadWorker(self.desk) for _ in range(max(2, os.cpu_count() or 1))]
        self.dispatcher = Dispatcher(workers, engine.limits.seconds, settings.most_waiting, SLICE if engine.graph.at_hand else FAR_SLICE)

    async def answer(self, asked: Asked, request_id: str, gone: Gone) -> Answer:
        """Answer a request; ``gone`` comes back if nobody waits for it any more. Raises ``RequestError``, and as ``Dispatcher`` does."""
        day = int(time.time() // _DAY)
        repeat = (day, asked.is_link, asked.media, asked.gzip, asked.payload)
        known: Answer | None = self.memory.get(self.memory.get(repeat))
        if known is not None:
            current().source = "memory"
            return known
        request = read_link(asked.payload) if asked.is_link else read_body(asked.payload)
        text = self.persisted.text(request)
        current().operation = self.persisted.operation(request)
        key = (self._key(text, request, day), asked.media, asked.gzip)
        answer: Answer | None = self.memory.get(key)
        if answer is None:
            question = Question(text, request.operation_name, request.variables, asked.media, request_id)
            answer = await self._coded(await self._plain(key[0], question, gone), asked.gzip)
        else:
            current().source = "memory"
        if answer.lasting:
            self.memory.put(key, answer, len(answer.body))
            self.memory.put(repeat, key, len(asked.payload))
        return answer

    async def _plain(self, key: bytes, question: Question, gone: Gone) -> Answer:
        """The answer without compression."""
        known: Answer | None = self.memory.get((key, question.media, False))
        if known is not None:
            return known
        reply = self._at_once(question) or await self._by_worker(question, gone)
        self._tell(reply)
        return Answer(reply.status, reply.media, reply.body, reply.lasting)

    async def _coded(self, answer: Answer, gzip: bool) -> Answer:
        return await asyncio.to_thread(answer.compressed) if gzip and len(answer.body) >= LEAST_TO_COMPRESS else answer

    def _at_once(self, question: Question) -> Reply | None:
        """The reply, if its document is known, and it costs next to nothing to look up what is at hand."""
        if not self.desk.knows(question.text) or not self.desk.engine.graph.at_hand:
            return None
        priced = self.desk.priced(question)
        return self.desk.reply(question, priced, self.desk.engine.budget()) if priced.price < _AT_ONCE else None

    def _tell(self, reply: Reply) -> None:
        """Tell the record of the request, and the metrics, what it took."""
        record = current()
        record.source, record.price = "made", reply.price or 0
        for steps, stopped_by in reply.searches:
            record.steps += steps
            self.metrics.searched(steps, stopped_by)

    async def _by_worker(self, question: Question, gone: Gone) -> Reply:
        self.metrics.working(self.dispatcher.waiting, self.dispatcher.busy)
        try:
            reply = await self.dispatcher.answer(question, gone)
        finally:
            self.metrics.working(self.dispatcher.waiting, self.dispatcher.busy)
        if reply.price is not None and reply.price < _AT_ONCE and len(question.text) < _SHORT:
            self.desk.learn(question)  # then the next of its kind is answered at once
        return reply

    def _key(self, text: str, request: GraphQLRequest, day: int) -> bytes:
        """What tells one question from another."""
        try:
            variables = orjson.dumps(request.variables, option=orjson.OPT_SORT_KEYS)
        except orjson.JSONEncodeError as error:
            raise RequestError(400, f"The variables can't be read: {error}.") from None
        version = self.desk.engine.graph.version
        parts = (version.encode(), str(day).encode(), text.encode(), (request.operation_name or "").encode(), variables)
        return hashlib.blake2b(b"".join(b"%d:%b" % (len(part), part) for part in parts), digest_size=32).digest()
