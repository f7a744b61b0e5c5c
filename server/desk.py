"""One question answered, from its document to the bytes of its answer: the same in the process that serves and in its workers."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
from graphql import ExecutionResult, GraphQLError, GraphQLSyntaxError

from interlock.graph import Engine, QuestionError
from interlock.graph.budget import Budget, Flag, StopReason
from interlock.graph.errors import BackendDown, TooCostly
from interlock.schema import Context, build_schema
from interlock.schema.errors import coded, internal_error
from interlock.schema.execution import Cancelled, Document
from interlock.schema.execution.documents import KEPT
from interlock.schema.operations import pick_operation
from interlock.schema.price import ASSUMED, CostLimits, Prices, check, check_length
from interlock.server.negotiation import GRAPHQL_JSON

DOWN: Final = BackendDown.code

log = logging.getLogger("interlock.server")


class Question(NamedTuple):
    """What is asked for: an operation of a document with its variables, in a media type, under the id of its request."""

    text: str
    operation: str | None
    variables: dict[str, Any]
    media: str
    request_id: str


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


class Reply(NamedTuple):
    """What is answered. If it was ``cut`` short, its time was up: with more of it the answer may be another.

    It is ``lasting`` if the same question always has the same answer; ``price`` is None where that isn't known,
    ``searches`` are those for paths: how many steps they took, and what ended them.
    """

    status: int
    media: str
    body: bytes
    lasting: bool
    cut: bool
    price: int | None
    searches: tuple[tuple[int, StopReason], ...] = ()


class Desk:
    """Answers questions about one graph."""

    def __init__(self, engine: Engine, limits: CostLimits) -> None:
        self.engine, self.limits = engine, limits
        self.schema = build_schema(limits.tokens)
        self._prices = lru_cache(KEPT)(lambda text: Prices(self.schema._schema, self.schema.documents.read(text).node))

    def knows(self, text: str) -> bool:
        """Was this document read before?"""
        return self.schema.documents.knows(text)

    def learn(self, question: Question) -> None:
        """Read a document, so that it is known from now on."""
        _ = self.schema.documents.read(question.text).errors

    def priced(self, question: Question) -> Priced:
        """Read the document of a question, and tell its price."""
        price, text = None, question.text
        try:
            check_length(text, self.limits)
            document = self.schema.documents.read(text)
            operation = pick_operation(document.node, question.operation)
            measure = self._prices(text).measure(operation, question.variables)
            price = measure.price(ASSUMED)
            check(measure, self.limits)
        except GraphQLSyntaxError as error:
            return Priced(price, [_too_long(error, self.limits.tokens)])
        except QuestionError as error:
            return Priced(price, [GraphQLError(str(error), extensions=error.extensions)])
        except GraphQLError as error:
            return Priced(price, [error])
        return Priced(price, document.errors, document)

    def answer(self, question: Question, seconds: float, cancelled: Flag) -> Reply | None:
        """Answer a question within so many seconds; None if it was cancelled before there was an answer."""
        budget = Budget(self.engine.limits.steps, seconds, cancelled)
        try:
            reply = self.reply(question, self.priced(question), budget)
        except Cancelled:
            return None
        except Exception:
            log.exception("request %s failed", question.request_id)
            body = encode({"errors": [internal_error(question.request_id).formatted]})
            return Reply(500, question.media, body, lasting=False, cut=False, price=None)
        return None if cancelled[0] else reply

    def reply(self, question: Question, priced: Priced, budget: Budget) -> Reply:
        """Answer a question that was priced, within a budget for all of its searches."""
        searches: list[tuple[int, StopReason]] = []
        engine = self.engine.within(budget)
        engine.watch = lambda steps, stopped_by: searches.append((steps, stopped_by))
        context = Context(engine, question.request_id)
        result = ExecutionResult(None, priced.errors)
        if priced.document is not None and not priced.errors:
            result = priced.document.execute(question.variables, question.operation, context)
        errors = coded(result.errors or (), question.request_id)
        executed = result.data is not None or any(error.path for error in errors)  # what fails before has no place in the answer
        body: dict[str, Any] = {"errors": [error.formatted for error in errors]} if errors else {}
        if executed:
            body["data"] = result.data
        if priced.told is not None:
            body["extensions"] = {"cost": {"price": priced.told, "limit": self.limits.price}}
        codes = {(error.extensions or {}).get("code") for error in errors}
        status = 503 if DOWN in codes else 400 if not executed and question.media == GRAPHQL_JSON else 200
        lasting = not codes & {DOWN, "INTERNAL"} and not context.volatile
        return Reply(status, question.media, encode(body), lasting, context.volatile, priced.told, tuple(searches))


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
