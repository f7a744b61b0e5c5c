"""The schema, put together."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult

from interlock.schema.entities import ENTITY_TYPES
from interlock.schema.errors import ErrorCodes
from interlock.schema.query import Query
from interlock.schema.relationships import RELATIONSHIP_TYPES
from interlock.schema.scalars import SCALARS


class Schema(strawberry.Schema):
    """Strawberry's schema, with two things of its own: resolvers run in a thread, and errors are logged once, by ``ErrorCodes``."""

    async def execute(self, *args: Any, **kwargs: Any) -> ExecutionResult:
        """Answer in a thread: a search must not keep the event loop from others."""
        return await asyncio.to_thread(self.execute_sync, *args, **kwargs)

    def process_errors(self, errors: object, execution_context: object = None) -> None:
        """Nothing: what a client did wrong is no matter for the log."""


def build_schema() -> Schema:
    """The public schema."""
    return Schema(
        query=Query,
        types=[*ENTITY_TYPES.values(), *RELATIONSHIP_TYPES.values()],
        extensions=[ErrorCodes],
        config=StrawberryConfig(scalar_map=SCALARS),
    )


def print_schema() -> str:
    """The schema in GraphQL's schema definition language."""
    return build_schema().as_str() + "\n"
