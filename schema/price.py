"""What a document costs, before anything of it is validated or executed: one rule, linear in the document.

The price of a field is 1, and more if it has to be searched for; what is asked of each item of a list counts as often as the list has
items. How many those are is told by ``first``, ``last``, ``k`` and ``limit``, by the length of ``ids`` and the like, else assumed. A
connection hands its page size on to its ``edges`` and ``nodes``. So what a selection set costs is ``once + page × each``, whatever page it
stands under: each fragment is priced once, however often it is spread. Names that the schema doesn't know cost too; validation tells of
them later.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from graphql import (
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from interlock.graph.errors import TooCostly
from interlock.graph.paths import MAX_PATHS
from interlock.schema.measure import MOST, NOTHING, Measure, named, placed, whole, worded

SEARCHES: Final = {
    ("Query", "paths"): 1000,
    ("Query", "ask"): 1000,
    ("Query", "compare"): 1000,
    ("Query", "fragility"): 5000,
    ("Query", "surprise"): 5000,
    ("Query", "loops"): 2000,
    ("Query", "brokers"): 3000,
    ("Query", "neighborhood"): 1000,
    ("Query", "coincidences"): 100,
    ("Query", "interlocks"): 100,
    ("Query", "interlockNetwork"): 5000,
    ("Company", "interlocks"): 100,
    ("HasBoard", "interlocks"): 100,
    ("Organization", "interlocks"): 100,
    ("Person", "interlocks"): 100,
    ("Query", "search"): 100,
}
"""What a field costs that has to be searched for; as often as it is given a list of items to search with."""
SIZES: Final = ("first", "last", "k", "limit")
COUNTED: Final = ("ids", "of", "between", "dates")
ASSUMED: Final = 5
"""How many items a list is taken to have of which nothing else is known."""
KNOWN: Final = {
    ("Answer", "paths"): 10,
    ("DatedPaths", "paths"): 10,
    ("__Schema", "types"): 100,
    ("__Type", "fields"): 10,
    ("__Type", "interfaces"): 1,
    ("__Type", "possibleTypes"): 1,
    ("__Type", "enumValues"): 2,
    ("__Type", "inputFields"): 1,
    ("__Field", "args"): 1,
}
"""The same where something is known: how many paths a question in words brings, and about the schema itself, on average of its types."""
CHARACTERS: Final = 20
"""How many characters, comments and spaces among them, a document may have for each token that it may have."""
KEPT: Final = 256
"""For how many values of its variables the price of an operation is kept."""

Weight = int | str | tuple[int] | None
"""The value of an argument, as far as the price depends on it: a number, a word, the length of a list."""


@dataclass(frozen=True)
class CostLimits:
    """How much one document may ask for.

    ``price`` is told above; ``depth`` is how far fields are nested, ``aliases`` and ``root_fields`` are counted with all fragments put in,
    ``tokens`` are words and signs of the document as it is written, of which each may have ``CHARACTERS`` on average.
    """

    price: int = 200_000
    depth: int = 20
    aliases: int = 200
    root_fields: int = 50
    tokens: int = 2_000


class Prices:
    """What the operations of a document ask for, worked out once for all values of variables that make no difference to it."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema, self._document = schema, document
        self._known: dict[str, tuple[tuple[str, ...], dict[Hashable, Measure]]] = {}

    def measure(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Measure:
        """What an operation asks for. Raises ``GraphQLError`` if a fragment spreads itself."""
        name = operation.name.value if operation.name else ""
        if name in self._known:
            deciding, measures = self._known[name]
            known = measures.get(tuple(_weight(variables.get(each)) for each in deciding))
            if known is not None:
                return known
        pricing = _Pricing(self._schema, self._document, operation, variables)
        deciding, measures = self._known.setdefault(name, (tuple(sorted(pricing.deciding)), {}))
        if len(measures) >= KEPT:
            measures.clear()
        measures[tuple(_weight(variables.get(each)) for each in deciding)] = pricing.total
        return pricing.total


def check_length(text: str, limits: CostLimits) -> None:
    """Raise ``TooCostly`` if a document is too long to be read at all."""
    limit = CHARACTERS * limits.tokens
    if len(text) > limit:
        raise TooCostly(f"The document has {len(text):,} characters; the limit is {limit:,}.", "characters", len(text), limit)


def check(asked: Measure, limits: CostLimits) -> int:
    """The price of an operation, or ``TooCostly``, which tells what is over which limit."""
    price = asked.price(ASSUMED)
    for name, value, limit in (
        ("depth", asked.depth, limits.depth),
        ("aliases", asked.aliases, limits.aliases),
        ("root fields", asked.fields, limits.root_fields),
    ):
        if value > limit:
            raise TooCostly(f"The document has {worded(value)} {name}; the limit is {limit:,}.", name, value, limit)
    if price > limits.price:
        cost, place = asked.dearest(ASSUMED)
        dearest = " > ".join(place)
        most = f", most of that for {dearest}" if len(place) > 1 else ""
        raise TooCostly(
            f"The document costs {worded(price)}; the limit is {limits.price:,}. Its dearest part is {place[0]} ({worded(cost)}){most}. "
            "Ask for fewer items (first, k, limit) or for fewer fields of each.",
            "price",
            price,
            limits.price,
            dearest,
        )
    return price


class _Pricing:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._variables = variables
        self._defaults = {each.variable.name.value: each.default_value for each in operation.variable_definitions or ()}
        self.deciding: set[str] = set()
        """The variables whose values make a difference."""
        self._fragments: dict[str, Measure] = {}
        fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        for name in _innermost_first(fragments):
            type_ = schema.get_type(fragments[name].type_condition.name.value)
            self._fragments[name] = self._selections(fragments[name].selection_set, type_)
        self.total = self._selections(operation.selection_set, schema.get_root_type(operation.operation))

    def _selections(self, node: SelectionSetNode, parent: GraphQLNamedType | None) -> Measure:
        total = NOTHING
        for selection in node.selections:
            match selection:
                case FieldNode():
                    total += self._field(selection, parent)
                case FragmentSpreadNode():
                    total += named(selection.name.value, self._fragments.get(selection.name.value, NOTHING))
                case InlineFragmentNode():
                    condition = selection.type_condition
                    total += self._selections(selection.selection_set, self._schema.get_type(condition.name.value) if condition else parent)
        return total

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Measure:
        name, key = node.name.value, (node.alias or node.name).value
        place = (parent.name if parent else "", name)
        definition = self._schema.get_field(parent, name) if is_composite_type(parent) else None
        below = (
            self._selections(node.selection_set, get_named_type(definition.type) if definition else None) if node.selection_set else NOTHING
        )
        counts = [count for argument in COUNTED if (count := self._length(node, argument)) is not None]
        own = 1 + SEARCHES.get(place, 0) * max(counts, default=1)
        size = self._size(node, definition)
        if size is None:
            size = max(counts) if counts else KNOWN.get(place)
        depth, aliases = below.depth + 1, below.aliases + (node.alias is not None)
        is_list = definition is None or is_list_type(definition.type.of_type if is_non_null_type(definition.type) else definition.type)
        if not is_list or not node.selection_set:
            page = ASSUMED if size is None else size
            return whole(key, own, below.price(page), below.dearest(page), depth, aliases)
        items, dearest = below.price(ASSUMED), below.dearest(ASSUMED)
        if size is not None:
            return whole(key, own, size * items, (size * dearest[0], dearest[1]), depth, aliases)
        if definition is None:
            return whole(key, own, items, dearest, depth, aliases)
        return Measure(own, items, depth, aliases, 1, (own, (key,)), (items, placed(key, items, dearest)))

    def _size(self, node: FieldNode, definition: GraphQLField | None) -> int | None:
        """How many items a field is asked for at most; None if its arguments don't say."""
        given = {name: value for name in SIZES if isinstance(value := self._argument(node, name, definition), int)}
        if self._argument(node, "selector", definition) in _UNBOUNDED and "k" in given:
            given["k"] = MAX_PATHS
        return min((max(0, value) for value in given.values()), default=None)

    def _length(self, node: FieldNode, name: str) -> int | None:
        """How many items a list is given as this argument; None if it isn't."""
        value = self._argument(node, name, None)
        return None if value is None else value[0] if isinstance(value, tuple) else 1

    def _argument(self, node: FieldNode, name: str, definition: GraphQLField | None) -> Weight:
        value = next((self._read(each.value) for each in node.arguments or () if each.name.value == name), None)
        if value is None and definition is not None and name in definition.args:
            return _weight(definition.args[name].default_value)
        return value

    def _read(self, value: ValueNode | None) -> Weight:
        match value:
            case VariableNode():
                name = value.name.value
                self.deciding.add(name)
                return _weight(self._variables[name]) if name in self._variables else self._read(self._defaults.get(name))
            case IntValueNode():
                return int(value.value) if len(value.value) < len(str(MOST)) else MOST
            case EnumValueNode():
                return value.value
            case ListValueNode():
                return (len(value.values),)
            case _:
                return None


_LONGEST_WORD: Final = 40
_UNBOUNDED: Final = ("ALL_SHORTEST", "SHORTEST_K_GROUPS")


def _weight(value: object) -> Weight:
    """A value, as far as the price depends on it."""
    match value:
        case bool():
            return None
        case int():
            return value
        case str() if len(value) <= _LONGEST_WORD:
            return value
        case float() if value.is_integer():  # GraphQL takes 5.0 for an Int
            return int(value)
        case list():
            return (len(value),)
        case _:
            return None


def _innermost_first(fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[str]:
    """The names of fragments, each after all that it spreads."""
    order = TopologicalSorter({name: _spread(each.selection_set) & fragments.keys() for name, each in fragments.items()})
    try:
        return iter(tuple(order.static_order()))
    except CycleError as error:
        cycle = " > ".join(error.args[1])
        raise GraphQLError(f"A fragment spreads itself: {cycle}.", extensions={"code": "GRAPHQL_VALIDATION_FAILED"}) from None


def _spread(node: SelectionSetNode) -> set[str]:
    """The names of the fragments that are spread anywhere within."""
    names, rest = set(), [node]
    while rest:
        for selection in rest.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                names.add(selection.name.value)
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                rest.append(selection.selection_set)
    return names
