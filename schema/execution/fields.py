"""One field of an object that a document asks for, and how its value is got: past Strawberry's layers where nothing is lost by that."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLField, GraphQLObjectType, GraphQLResolveInfo, is_non_null_type
from graphql.error import located_error
from graphql.execution.collect_fields import FieldDetailsList, collect_subfields
from graphql.execution.values import get_argument_values
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from interlock.schema.execution.places import Place, path_of

if TYPE_CHECKING:
    from interlock.schema.execution.executor import PlannedExecutor
    from interlock.schema.execution.plan import ObjectPlan

Read = Callable[[Any], Any]
"""Gets a value that depends on its source alone."""


class Field:
    """A field at one place of a document, under one type of object.

    ``key`` is its name in the answer; ``details`` are the nodes of the document that ask for it, of which there may be several.
    """

    def __init__(self, parent: GraphQLObjectType, definition: GraphQLField, key: str, details: FieldDetailsList) -> None:
        self.parent, self.definition, self.key, self.details = parent, definition, key, details
        self.nodes = [each.node for each in details]
        self.name = self.nodes[0].name.value
        self.is_non_null = is_non_null_type(definition.type)
        self._has_arguments = bool(definition.args or self.nodes[0].arguments)

    def place(self, around: Place | None) -> Place:
        """Where its value stands, within an object that stands at ``around``."""
        return around, self.key, self.parent.name

    def info(self, run: PlannedExecutor, place: Place) -> GraphQLResolveInfo[Any]:
        """What graphql-core tells a resolver about where it is."""
        return run.build_resolve_info(self.definition, self.nodes, self.parent, path_of(place))

    def resolve(self, source: Any, run: PlannedExecutor, place: Place) -> Any:
        """Get its value as graphql-core does, but that arguments are coerced once for all sources."""
        function = self.definition.resolve or run.field_resolver
        return function(source, self.info(run, place), **(self._arguments(run) if self._has_arguments else {}))

    def failed(self, error: Exception, run: PlannedExecutor, place: Place, is_non_null: bool) -> None:
        """Note what went wrong with a value, which becomes null; if it may not be null, raise it for what is around it."""
        path = path_of(place)
        located = located_error(error, self.nodes, path.as_list())
        if is_non_null and run.error_propagation:
            raise located
        run.collected_errors.add(located, path)

    def plan(self, run: PlannedExecutor, type_: GraphQLObjectType) -> ObjectPlan:
        """What it asks of an object of this type."""
        from interlock.schema.execution.plan import object_plan

        asked = collect_subfields(run.schema, run.fragments, run.variable_values, run.operation, type_, self.details, run.hide_suggestions)
        return object_plan(run, type_, asked.grouped_field_set)

    def reader(self) -> Read | None:
        """How to read it, if it has no arguments and depends on its source only; otherwise None."""
        field = self.definition.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if not isinstance(field, StrawberryField) or self._has_arguments or field.extensions or field.is_async:
            return None
        resolver = field.base_resolver
        if resolver is None:
            return attrgetter(field.python_name) if field.default_resolver is getattr else None
        if resolver.parent_parameter or resolver.root_parameter or resolver.info_parameter or not resolver.self_parameter:
            return None
        return cast("Read", resolver.wrapped_func)

    def _arguments(self, run: PlannedExecutor) -> dict[str, Any]:
        known = run.arguments.get(self)
        if known is None:
            known = get_argument_values(self.definition, self.nodes[0], run.variable_values, None, run.hide_suggestions)
            run.arguments[self] = known
        return known
