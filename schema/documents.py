"""Documents that were read before: parsed and validated once."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, execute_sync, parse, validate


class Document:
    """A document that was parsed; what is wrong with it is found when that is asked for, and kept."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode) -> None:
        self.schema, self.node = schema, node

    @cached_property
    def errors(self) -> list[GraphQLError]:
        """In what the document doesn't fit the schema."""
        return validate(self.schema, self.node)

    def execute(self, variables: dict[str, Any] | None, operation_name: str | None, context: Any) -> ExecutionResult:
        """Answer one of its operations. The document has no ``errors``."""
        result = execute_sync(self.schema, self.node, context_value=context, variable_values=variables, operation_name=operation_name)
        assert isinstance(result, ExecutionResult)
        return result


class Documents:
    """The documents that were asked last, by their text."""

    def __init__(self, schema: GraphQLSchema, most: int, max_tokens: int) -> None:
        self.read = lru_cache(most)(lambda text: Document(schema, parse(text, max_tokens=max_tokens)))
        """The document with this text; raises ``GraphQLError`` if it isn't one."""
