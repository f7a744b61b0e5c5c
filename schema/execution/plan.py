"""What an operation asks for, worked out once: for each type that an object may have, which fields to read and how to complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLObjectType,
    GraphQLSchema,
    TypeNameMetaFieldDef,
    VariableNode,
    Visitor,
    get_named_type,
    is_leaf_type,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_fields
from strawberry.schema.schema_converter import GraphQLCoreConverter

from interlock.schema.execution.complete import producer
from interlock.schema.execution.fields import Field
from interlock.schema.execution.places import Place

if TYPE_CHECKING:
    from interlock.schema.execution.executor import PlannedExecutor

_MOST: Final = 64
"""How many plans are kept of a document: one for each operation, and for each way in which its @skip and @include turn out."""

_MOST_KNOWN: Final = 50_000
"""How many objects all plans of a schema's documents remember together."""


class Room:
    """How much is remembered. When it is full, everything is forgotten: ``age`` says how often that was."""

    def __init__(self, most: int = _MOST_KNOWN) -> None:
        self.age, self._most, self._left = 0, most, most

    def take(self) -> None:
        """One more is remembered."""
        self._left -= 1
        if self._left < 0:
            self.age, self._left = self.age + 1, self._most


class ObjectPlan:
    """The fields that are asked of objects of one type."""

    __slots__ = ("_fields",)

    def __init__(self, schema: GraphQLSchema, type_: GraphQLObjectType, asked: GroupedFieldSet) -> None:
        self._fields = []
        for key, details in asked.items():
            definition = schema.get_field(type_, details[0].node.name.value)
            if definition is not None:
                field = Field(type_, definition, key, details)
                self._fields.append((key, producer(field), field))

    def execute(self, source: Any, run: PlannedExecutor, place: Place | None) -> dict[str, Any]:
        """The object as the document wants it."""
        result: dict[str, Any] = {}
        for key, produce, field in self._fields:
            try:
                result[key] = produce(source, run, place)
            except Exception as error:
                field.failed(error, run, field.place(place), field.is_non_null)
                result[key] = None
        return result


class ConstantPlan(ObjectPlan):
    """Of objects about which only constants of their graph are asked: what stands in an answer once, stands in every other as it is.

    They have an ``id`` and a ``graph``; their class says ``IS_CONSTANT``.
    """

    def __init__(self, run: PlannedExecutor, type_: GraphQLObjectType, asked: GroupedFieldSet) -> None:
        super().__init__(run.schema, type_, asked)
        self._room = run.plans.room
        self._known: tuple[object, int, dict[str, dict[str, Any]]] = (None, 0, {})

    def execute(self, source: Any, run: PlannedExecutor, place: Place | None) -> dict[str, Any]:
        graph, age, known = self._known
        if graph is not source.graph or age != self._room.age:
            known = {}
            self._known = (source.graph, self._room.age, known)
        result = known.get(source.id)
        if result is None:
            errors = len(run.collected_errors.errors)
            result = super().execute(source, run, place)
            if len(run.collected_errors.errors) == errors:
                self._room.take()
                known[source.id] = result
        return result


def object_plan(run: PlannedExecutor, type_: GraphQLObjectType, asked: GroupedFieldSet) -> ObjectPlan:
    """What is asked of objects of this type."""
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if getattr(getattr(definition, "origin", None), "IS_CONSTANT", False) and all(
        _is_constant(run.schema, type_, details) for details in asked.values()
    ):
        return ConstantPlan(run, type_, asked)
    return ObjectPlan(run.schema, type_, asked)


def _is_constant(schema: GraphQLSchema, type_: GraphQLObjectType, details: FieldDetailsList) -> bool:
    """Is it a leaf, or a list of such, that depends on nothing but its object?"""
    definition = schema.get_field(type_, details[0].node.name.value)
    if definition is None or not is_leaf_type(get_named_type(definition.type)):
        return False
    return definition is TypeNameMetaFieldDef or Field(type_, definition, "", details).reader() is not None


class Plans:
    """The plans of one document: they hold for all values of its variables, except of those that decide on a @skip or an @include."""

    def __init__(self, document: DocumentNode, room: Room) -> None:
        self.room = room
        self._plans: dict[tuple[Any, ...], ObjectPlan] = {}
        self._deciding = _deciding_variables(document)

    def of(self, run: PlannedExecutor) -> ObjectPlan:
        """The plan of the operation that is being executed."""
        values = run.variable_values.coerced
        key = id(run.operation), *(values.get(name) for name in self._deciding)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _MOST:
                self._plans.clear()
            plan = self._plans[key] = _root_plan(run)
        return plan


def _root_plan(run: PlannedExecutor) -> ObjectPlan:
    type_ = run.schema.get_root_type(run.operation.operation)
    assert type_ is not None, "the document is valid"
    asked = collect_fields(run.schema, run.fragments, run.variable_values, type_, run.operation, run.hide_suggestions)
    return object_plan(run, type_, asked.grouped_field_set)


def _deciding_variables(document: DocumentNode) -> tuple[str, ...]:
    """The names of the variables that are arguments of a directive."""
    found: dict[str, None] = {}

    class Collect(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
            for argument in node.arguments or ():
                if isinstance(argument.value, VariableNode):
                    found[argument.value.name.value] = None

    visit(document, Collect())
    return tuple(found)
