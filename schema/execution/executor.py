"""graphql-core's executor, with the execution itself left to a plan."""

from __future__ import annotations

from typing import Any

from graphql import Executor, GraphQLError
from graphql.execution import ExecutionResult

from interlock.graph.budget import NEVER
from interlock.schema.execution.fields import Field
from interlock.schema.execution.plan import Plans


class PlannedExecutor(Executor[Any]):
    """Executes one operation by the plan that ``plans`` hold for it; at once, since no resolver is a coroutine.

    If the context has a byte ``cancelled`` and that is set, it raises ``Cancelled`` before the next item of a list.
    """

    def __init__(self, *args: Any, plans: Plans, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = plans
        self.cancelled = getattr(self.context_value, "cancelled", NEVER)
        self.arguments: dict[Field, dict[str, Any]] = {}
        """What was given for the fields that have arguments."""

    def execute_operation(self, serially: bool | None = None) -> ExecutionResult:
        data: dict[str, Any] | None = None
        try:
            data = self.plans.of(self).execute(self.root_value, self, None)
        except GraphQLError as error:
            self.collected_errors.add(error, None)
        return ExecutionResult(data, self.collected_errors.errors or None)
