"""The schema, put together."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult

from interlock.schema.entities import ENTITY_TYPES
from interlock.schema.errors import coded
from interlock.schema.execution import MOST_TOKENS, Documents
from interlock.schema.query import Query
from interlock.schema.relationships import RELATIONSHIP_TYPES
from interlock.schema.scalars import SCALARS


class Schema(strawberry.Schema):
    """Strawberry's schema, with documents executed by plans; every error of an answer has its code."""

    def __init__(self, *args: Any, most_tokens: int = MOST_TOKENS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = Documents(self._schema, most_tokens)

    def execute_sync(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        root_value: Any = None,
        operation_name: str | None = None,
        *args: Any,
        **options: Any,
    ) -> ExecutionResult:
        """Answer one operation of a document by its plan; with options that plans don't know, as Strawberry does."""
        if query is None or root_value is not None or args or options:
            return super().execute_sync(query, variable_values, context_value, root_value, operation_name, *args, **options)
        request_id = context_value.request_id if context_value else ""
        try:
            document = self.documents.read(query)
        except GraphQLError as error:
            return ExecutionResult(None, coded([error], request_id))
        if document.errors:
            return ExecutionResult(None, coded(document.errors, request_id))
        result = document.execute(variable_values, operation_name, context_value)
        return ExecutionResult(result.data, coded(result.errors, request_id) if result.errors else None)


def build_schema(most_tokens: int = MOST_TOKENS) -> Schema:
    """The public schema; documents of more tokens than ``most_tokens`` are refused unread."""
    types = [*ENTITY_TYPES.values(), *RELATIONSHIP_TYPES.values()]
    return Schema(query=Query, types=types, config=StrawberryConfig(scalar_map=SCALARS), most_tokens=most_tokens)


def print_schema() -> str:
    """The schema in GraphQL's schema definition language."""
    return build_schema().as_str() + "\n"
