"""Documents that were read before: parsed, validated and planned once."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import Any, Final

from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, GraphQLSyntaxError, Token, TokenKind, parse, validate

from interlock.schema.execution.executor import PlannedExecutor
from interlock.schema.execution.plan import Plans, Room

KEPT: Final = 1000
"""How many documents are kept as they were read."""
MOST_TOKENS: Final = 10_000
MOST_DIGITS: Final = 100


class Document:
    """A document that was parsed; what is wrong with it is found when that is asked for, and kept."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode, room: Room) -> None:
        self.schema, self.node, self._room = schema, node, room

    @cached_property
    def errors(self) -> list[GraphQLError]:
        """In what the document doesn't fit the schema."""
        return validate(self.schema, self.node)

    @cached_property
    def _plans(self) -> Plans:
        return Plans(self.node, self._room)

    def execute(self, variables: dict[str, Any] | None, operation_name: str | None, context: Any) -> ExecutionResult:
        """Answer one of its operations. The document has no ``errors``."""
        built = PlannedExecutor.build(self.schema, self.node, None, context, variables, operation_name, plans=self._plans)
        if isinstance(built, PlannedExecutor):
            return built.execute_operation()
        assert isinstance(built, list), "either an executor or what is wrong"
        return ExecutionResult(None, built)


class Documents:
    """The documents that were asked last, by their text."""

    def __init__(self, schema: GraphQLSchema, most_tokens: int = MOST_TOKENS, most: int = KEPT) -> None:
        self._schema, self._most_tokens, self._most = schema, most_tokens, most
        self._room = Room()
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._lock = Lock()

    def knows(self, text: str) -> bool:
        """Was this one read before, and is it known whether it fits the schema?"""
        known = self._known.get(text)
        return known is not None and "errors" in vars(known)

    def read(self, text: str) -> Document:
        """The document with this text; raises ``GraphQLError`` if it isn't one."""
        with self._lock:
            known = self._known.get(text)
            if known is not None:
                self._known.move_to_end(text)
                return known
        node = parse(text, max_tokens=self._most_tokens)
        _check_numbers(node)
        document = Document(self._schema, node, self._room)
        with self._lock:
            self._known[text] = document
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return document


def _check_numbers(node: DocumentNode) -> None:
    """Refuse numbers that nothing takes, before anybody converts them: that takes time with the square of their length."""
    token: Token | None = node.loc.start_token if node.loc else None
    while token is not None:
        if token.kind in (TokenKind.INT, TokenKind.FLOAT) and len(token.value or "") > MOST_DIGITS:
            raise GraphQLSyntaxError(node.loc.source, token.start, f"A number has more than {MOST_DIGITS} digits.")  # type: ignore[union-attr]
        token = token.next
