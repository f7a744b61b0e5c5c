"""How values are completed, each as its type demands: leaves put into words, lists gone through, objects taken apart.

The first time that a class of objects comes by, it goes graphql-core's and Strawberry's way; which GraphQL type its instances have is then
kept for the next.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
    TypeNameMetaFieldDef,
    Undefined,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.executor import invalid_return_type_error
from graphql.pyutils import is_iterable
from strawberry.types.cast import get_strawberry_type_cast

from interlock.schema.execution.cancelled import Cancelled
from interlock.schema.execution.fields import Field, Read
from interlock.schema.execution.places import Place

if TYPE_CHECKING:
    from interlock.schema.execution.executor import PlannedExecutor
    from interlock.schema.execution.plan import ObjectPlan

Complete = Callable[[Any, "PlannedExecutor", Place], Any]
"""Makes of a value what stands in the answer."""
Produce = Callable[[Any, "PlannedExecutor", "Place | None"], Any]
"""Makes of an object what stands in the answer for one of its fields; the place is the object's."""
Leaf = Callable[[Any], Any]
_LEAST_INT, _MOST_INT = -(2**31), 2**31 - 1


def producer(field: Field) -> Produce:
    """How to produce what stands in the answer for a field."""
    if field.definition is TypeNameMetaFieldDef:
        typename = field.parent.name
        return lambda source, run, around: typename
    read, type_ = field.reader(), field.definition.type
    if read is not None and is_leaf_type(nullable := get_nullable_type(type_)):
        return _leaf_producer(read, _leaf(nullable), field)
    complete, key, typename = _completer(type_, field), field.key, field.parent.name
    if read is None:

        def produce(source: Any, run: PlannedExecutor, around: Place | None) -> Any:
            place = (around, key, typename)
            return complete(field.resolve(source, run, place), run, place)

        return produce

    def produce_read(source: Any, run: PlannedExecutor, around: Place | None) -> Any:
        return complete(read(source), run, (around, key, typename))

    return produce_read


def _leaf_producer(read: Read, leaf: Leaf, field: Field) -> Produce:
    """The same for a leaf, which most fields are, in one step."""
    is_non_null = field.is_non_null

    def produce(source: Any, run: PlannedExecutor, around: Place | None) -> Any:
        value = read(source)
        return _no_value(value, is_non_null, field) if value is None else leaf(value)

    return produce


def _completer(type_: GraphQLOutputType, field: Field) -> Complete:
    is_non_null, nullable = is_non_null_type(type_), get_nullable_type(type_)
    if is_list_type(nullable):
        return _list(nullable.of_type, is_non_null, field)
    if is_leaf_type(nullable):
        leaf = _leaf(nullable)
        return lambda value, run, place: _no_value(value, is_non_null, field) if value is None else leaf(value)
    return _object(nullable, is_non_null, field)


def _no_value(value: Any, is_non_null: bool, field: Field) -> Any:
    """None, where there is no value; raises if there has to be one, or if it is an error."""
    if isinstance(value, Exception):
        raise value
    if is_non_null:
        raise TypeError(f"Cannot return null for non-nullable field {field.parent}.{field.name}.")
    return None


def _list(item_type: GraphQLOutputType, is_non_null: bool, field: Field) -> Complete:
    complete, is_item_non_null = _completer(item_type, field), is_non_null_type(item_type)

    def completed(values: Any, run: PlannedExecutor, place: Place) -> Any:
        if values.__class__ is not list and not is_iterable(values):
            if values is not None and not isinstance(values, Exception):
                raise GraphQLError(f"Expected Iterable, but did not find one for field '{field.parent}.{field.name}'.")
            return _no_value(values, is_non_null, field)
        results: list[Any] = []
        for index, value in enumerate(values):
            if run.cancelled[0]:
                raise Cancelled
            at = (place, index, None)
            try:
                results.append(complete(value, run, at))
            except Exception as error:
                field.failed(error, run, at, is_item_non_null)
                results.append(None)
        return results

    return completed


def _object(type_: Any, is_non_null: bool, field: Field) -> Complete:
    """Of an object type, or of an interface or union."""
    by_class: dict[type, ObjectPlan] = {}
    by_type: dict[GraphQLObjectType, ObjectPlan] = {}

    def completed(value: Any, run: PlannedExecutor, place: Place) -> Any:
        plan = by_class.get(value.__class__)
        if plan is None:
            if value is None or isinstance(value, Exception):
                return _no_value(value, is_non_null, field)
            actual = _actual_type(type_, value, field, run, place)
            plan = by_type.get(actual)
            if plan is None:
                plan = by_type[actual] = field.plan(run, actual)
            if get_strawberry_type_cast(value) is None and _is_told_by_class(type_) and _is_told_by_class(actual):
                by_class[value.__class__] = plan
        return plan.execute(value, run, place)

    return completed


def _actual_type(type_: Any, value: Any, field: Field, run: PlannedExecutor, place: Place) -> GraphQLObjectType:
    """The object type of a value, as graphql-core finds it."""
    info = field.info(run, place)
    actual: GraphQLObjectType = type_
    if is_abstract_type(type_):
        name = (type_.resolve_type or run.type_resolver)(value, info, type_)
        actual = run.ensure_valid_runtime_type(name, type_, field.details, info, value)
    if actual.is_type_of and not actual.is_type_of(value, info):
        raise invalid_return_type_error(actual, value, field.details)
    return actual


def _is_told_by_class(type_: Any) -> bool:
    """Is the type of an object told by its class, by Strawberry's own rules?"""
    definition = type_.extensions.get("strawberry-definition")
    return definition is not None and getattr(definition, "resolve_type", None) is None and getattr(definition, "is_type_of", None) is None


def _leaf(type_: GraphQLLeafType) -> Leaf:
    """How to put a value that isn't null into words; those that stand as they are are told by their class."""
    coerce: Final = _checked(type_)
    if type_ in (GraphQLString, GraphQLID):
        return lambda value: value if value.__class__ is str else coerce(value)
    if type_ is GraphQLInt:
        return lambda value: value if value.__class__ is int and _LEAST_INT <= value <= _MOST_INT else coerce(value)
    if type_ is GraphQLBoolean:
        return lambda value: value if value.__class__ is bool else coerce(value)
    if type_ is GraphQLFloat:
        return lambda value: value if value.__class__ is float and isfinite(value) else coerce(value)
    enum: type[Enum] | None = getattr(type_, "wrapped_cls", None)
    if enum is not None:
        names = {member._name_: coerce(member) for member in enum}
        return lambda value: names[value._name_] if value.__class__ is enum else coerce(value)
    return coerce


def _checked(type_: GraphQLLeafType) -> Leaf:
    def coerced(value: Any) -> Any:
        if isinstance(value, Exception):
            raise value
        result = type_.coerce_output_value(value)
        if result is Undefined or result is None:
            raise TypeError(f"Expected `{type_}.coerce_output_value({value!r})` to return non-nullable value, returned: {result}")
        return result

    return coerced
