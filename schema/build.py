"""The schema, put together."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult

from interlock.schema.context import Context
from interlock.schema.entities import ENTITY_TYPES
from interlock.schema.errors import coded
from interlock.schema.execution import Documents
from interlock.schema.query import Query
from interlock.schema.relationships import RELATIONSHIP_TYPES
from interlock.schema.scalars import SCALARS


class Schema(strawberry.Schema):
    """Strawberry's schema, with documents executed by plans; every error of an answer has its code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = Documents(self._schema)

    def execute_sync(  # type: ignore[override]
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Context | None = None,
        root_value: None = None,
        operation_name: str | None = None,
        **options: Any,
    ) -> ExecutionResult:
        """Answer one operation of a document."""
        if query is None:
            raise MissingQueryError
        request_id = context_value.request_id if context_value else ""
        try:
            document = self.documents.read(query)
        except GraphQLError as error:
            return ExecutionResult(None, coded([error], request_id))
        if document.errors:
            return ExecutionResult(None, coded(document.errors, request_id))
        result = document.execute(variable_values, operation_name, context_value)
        return ExecutionResult(result.data, coded(result.errors, request_id) if result.errors else None)

    async def execute(self, *args: Any, **kwargs: Any) -> ExecutionResult:
        """Answer in a thread: a search must not keep the event loop from others."""
        return await asyncio.to_thread(self.execute_sync, *args, **kwargs)


def build_schema() -> Schema:
    """The public schema."""
    return Schema(query=Query, types=[*ENTITY_TYPES.values(), *RELATIONSHIP_TYPES.values()], config=StrawberryConfig(scalar_map=SCALARS))


def print_schema() -> str:
    """The schema in GraphQL's schema definition language."""
    return build_schema().as_str() + "\n"
