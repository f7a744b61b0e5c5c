"""Plans answer as graphql-core's own executor does, whatever the document."""

from __future__ import annotations

import json
from enum import Enum
from functools import partialmethod
from typing import Any

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)
from graphql import execute_sync as stock_execute
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, load
from interlock.schema import Context, build_schema
from interlock.schema.execution import Documents
from interlock.schema.execution.plan import Room

SCHEMA = build_schema()._schema
DOCUMENTS = Documents(SCHEMA)
CONTEXT = Context(Engine(load(), PATIENT))
NAMES = ["Netflix", "Meta", "board of Meta", "Reed Hastings", "Nobody at all", "person/none", "entity/meta", "Alphabet"]
VALUES: dict[str, list[Any]] = {
    "String": ["Netflix", "2011/2014", "How is Netflix connected to Meta's board?", "bad cursor", "2011-13"],
    "ID": ["entity/netflix", "entity/meta", "nothing"],
    "Int": [0, 1, 2, 3, -1],
    "Boolean": [True, False],
    "EntityRef": NAMES,
    "PartialDate": ["2012", "2018-06"],
}


def answer(document: Any, variables: dict[str, Any], operation: str | None = None, context: Any = CONTEXT) -> tuple[str, str]:
    """What plans and what the stock executor answer; keys sorted."""
    ours = document.execute(variables, operation, context)
    stock = stock_execute(document.schema, document.node, context_value=context, variable_values=variables, operation_name=operation)
    return (_text(ours), _text(stock))


def _text(result: Any) -> str:
    return json.dumps(result.formatted, sort_keys=True, ensure_ascii=False)


class Writer:
    """Writes a document that asks at random for what a schema has."""

    def __init__(self, draw: Any, schema: GraphQLSchema, budget: int = 40) -> None:
        self.draw, self.schema, self.budget = draw, schema, budget
        self.variables: dict[str, tuple[str, Any]] = {}
        self.fragments: list[str] = []
        self.aliases = 0

    def document(self) -> tuple[str, dict[str, Any]]:
        root = self.schema.query_type
        body = self.selection(root, 4)
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in self.variables.items())
        text = f"query Q{f'({declared})' if declared else ''} {body}\n" + "\n".join(self.fragments)
        return text, {name: value for name, (_, value) in self.variables.items() if value is not None or self.flip()}

    def flip(self) -> bool:
        return bool(self.draw(st.booleans()))

    def selection(self, type_: Any, depth: int) -> str:
        parts = [self.part(type_, depth) for _ in range(self.draw(st.integers(1, 4)))]
        return "{ __typename " + " ".join(filter(None, parts)) + " }"

    def part(self, type_: Any, depth: int) -> str:
        self.budget -= 1
        if self.budget < 0:
            return "__typename"
        match self.draw(st.sampled_from(["field", "field", "field", "inline", "fragment"])):
            case "inline":
                on = self.draw(st.sampled_from([None, *self.conditions(type_)]))
                inside = self.selection(on or type_, depth)
                return f"...{f' on {on}' if on else ''} {self.directive()} {inside}"
            case "fragment":
                on = self.draw(st.sampled_from(self.conditions(type_)))
                name = f"F{len(self.fragments)}"
                self.fragments.append("")
                self.fragments[int(name[1:])] = f"fragment {name} on {on} {self.selection(on, depth)}"
                return f"...{name} {self.directive()}" + (f" ...{name}" if self.flip() else "")
        return self.field(type_, depth)

    def conditions(self, type_: Any) -> list[Any]:
        possible = self.schema.get_possible_types(type_) if is_abstract_type(type_) else []
        return [type_, *possible, *getattr(type_, "interfaces", ())]

    def field(self, type_: Any, depth: int) -> str:
        fields = {
            name: field for name, field in getattr(type_, "fields", {}).items() if depth > 0 or is_leaf_type(get_named_type(field.type))
        }
        if not fields:
            return "__typename"
        name = self.draw(st.sampled_from(sorted(fields)))
        field = fields[name]
        arguments = self.arguments(field)
        alias = ""
        if arguments or self.flip():
            self.aliases += 1
            alias = f"a{self.aliases}: "
        inner = get_named_type(field.type)
        asked = "" if is_leaf_type(inner) else self.selection(inner, depth - 1)
        return f"{alias}{name}{arguments} {self.directive()} {asked}"

    def directive(self) -> str:
        match self.draw(st.integers(0, 7)):
            case 0:
                return f"@{self.draw(st.sampled_from(['skip', 'include']))}(if: {self.value('Boolean!', self.flip())})"
            case 1:
                return f"@skip(if: {self.value('Boolean!', False)}) @include(if: {self.value('Boolean!', self.flip())})"
        return ""

    def arguments(self, field: Any) -> str:
        given = [
            f"{name}: {self.value(str(argument.type), self.literal(argument.type))}"
            for name, argument in field.args.items()
            if is_required_argument(argument) or self.draw(st.integers(0, 3)) == 0
        ]
        return f"({', '.join(given)})" if given else ""

    def value(self, type_: str, value: Any) -> str:
        """A value written out, or as a variable."""
        if self.flip():
            name = f"v{len(self.variables)}"
            self.variables[name] = (type_, value)
            return f"${name}"
        return self.written(type_, value)

    def written(self, type_: str, value: Any) -> str:
        if isinstance(value, dict):
            fields = get_named_type(self.schema.type_map[type_.strip("[]!")]).fields  # type: ignore[union-attr]
            return "{" + ", ".join(f"{key}: {self.written(str(fields[key].type), item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.written(type_, item) for item in value) + "]"
        is_enum = isinstance(self.schema.type_map[type_.strip("[]!")], GraphQLEnumType)
        return str(value) if is_enum and value is not None else json.dumps(value)

    def literal(self, type_: Any) -> Any:
        """Some value of a type, as JSON has it."""
        if is_non_null_type(type_):
            return self.literal_of(type_.of_type)
        return None if self.draw(st.integers(0, 5)) == 0 else self.literal_of(type_)

    def literal_of(self, type_: Any) -> Any:
        if is_list_type(type_):
            return [self.literal(type_.of_type) for _ in range(self.draw(st.integers(0, 2)))]
        if isinstance(type_, GraphQLEnumType):
            return self.draw(st.sampled_from(sorted(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            chosen = self.draw(st.lists(st.sampled_from(sorted(type_.fields)), max_size=2, unique=True))
            return {name: self.literal(type_.fields[name].type) for name in chosen}
        return self.draw(st.sampled_from(VALUES[type_.name]))


@st.composite
def questions(draw: Any, schema: GraphQLSchema) -> tuple[str, dict[str, Any]]:
    return Writer(draw, schema).document()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(questions(SCHEMA))
def test_plans_answer_as_the_stock_executor(asked: tuple[str, dict[str, Any]]) -> None:
    text, variables = asked
    document = DOCUMENTS.read(text)
    assume(not document.errors)
    ours, stock = answer(document, variables)
    assert ours == stock
    again, _ = answer(document, variables)
    assert again == ours, "a plan that was used before answers the same"


class Broken(Exception):
    pass


@strawberry.enum
class Colour(Enum):
    RED = "red"
    GREEN = "green"


@strawberry.interface
class Thing:
    @strawberry.field
    def name(self) -> str:
        return type(self).__name__

    @strawberry.field
    def bad(self) -> str | None:
        raise Broken("bad")

    @strawberry.field
    def worse(self) -> str:
        raise Broken("worse")

    @strawberry.field
    def nothing(self) -> str:
        return None  # type: ignore[return-value]

    @strawberry.field
    def wrong(self) -> int:
        return "ten"  # type: ignore[return-value]

    @strawberry.field
    def returned(self) -> str | None:
        return Broken("returned")  # type: ignore[return-value]

    @strawberry.field
    def others(self) -> list[Thing]:
        return [One(), Two()]

    @strawberry.field
    def some(self) -> list[Thing | None]:
        return [One(), None, Broken("in a list"), Two()]  # type: ignore[list-item]

    @strawberry.field
    def holes(self) -> list[Thing] | None:
        return [One(), None]  # type: ignore[list-item]

    @strawberry.field
    def no_list(self) -> list[str] | None:
        return 7  # type: ignore[return-value]

    @strawberry.field
    def strange(self) -> Thing | None:
        return 7  # type: ignore[return-value]

    @strawberry.field
    def wrong_type(self) -> One | None:
        return Two()  # type: ignore[return-value]

    @strawberry.field
    def numbers(self) -> list[float | None]:
        return [1.5, 2, None, float("inf"), True]

    @strawberry.field
    def big(self) -> int | None:
        return 2**40

    @strawberry.field
    def colours(self) -> list[Colour]:
        return [Colour.RED, Colour.GREEN]

    @strawberry.field
    def no_colour(self) -> Colour | None:
        return "blue"  # type: ignore[return-value]

    @strawberry.field
    def lazily(self) -> list[int]:
        return (number for number in (1, 2, 3))  # type: ignore[return-value]

    @strawberry.field
    def told(self, info: strawberry.Info, text: str = "here", number: int | None = None) -> str:
        return f"{text} {number} {'/'.join(map(str, info.path.as_list()))} {info.field_name}"


@strawberry.type
class One(Thing):
    own: int = 1


@strawberry.type
class Two(Thing):
    other: bool = True


@strawberry.type
class Root:
    @strawberry.field
    def thing(self) -> Thing | None:
        return One()

    @strawberry.field
    def needed(self) -> Thing:
        return Two()

    @strawberry.field
    def things(self) -> list[One | Two]:  # a union
        return [One(), Two()]


FAULTY = strawberry.Schema(Root, types=[One, Two])._schema
FAULTY_DOCUMENTS = Documents(FAULTY)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(questions(FAULTY))
def test_plans_fail_as_the_stock_executor(asked: tuple[str, dict[str, Any]]) -> None:
    text, variables = asked
    document = FAULTY_DOCUMENTS.read(text)
    assume(not document.errors)
    ours, stock = answer(document, variables)
    assert ours == stock


@pytest.mark.parametrize("field", sorted(FAULTY.type_map["Thing"].fields))  # type: ignore[union-attr]
@pytest.mark.parametrize("around", ["thing", "needed", "thing { some", "thing { others", "thing { holes"])
def test_plans_of_each_faulty_field_answer_as_the_stock_executor(field: str, around: str) -> None:
    deeper = "" if is_leaf_type(get_named_type(FAULTY.type_map["Thing"].fields[field].type)) else "{ name }"  # type: ignore[union-attr]
    text = f"{{ before: thing {{ name bad }} {around} {{ name {field} {deeper} }} {'}' if '{' in around else ''} after: thing {{ name }} }}"
    document = FAULTY_DOCUMENTS.read(text)
    assert not document.errors
    ours, stock = answer(document, {})
    assert ours == stock


@pytest.mark.parametrize(
    ("variables", "operation"),
    [({}, None), ({}, "A"), ({}, "C"), ({"x": 1}, "B"), ({"x": "1"}, "B"), ({"x": None}, "B"), ({"x": True, "y": 3}, "B")],
)
def test_plans_choose_operations_and_refuse_variables_as_the_stock_executor(variables: dict[str, Any], operation: str | None) -> None:
    document = FAULTY_DOCUMENTS.read("query A { thing { name } } query B($x: Boolean!) { thing { name @skip(if: $x) own: __typename } }")
    assert not document.errors
    ours, stock = answer(document, variables, operation)
    assert ours == stock


def test_plans_remember_constants_of_one_graph_only() -> None:
    document = DOCUMENTS.read('{ entity(ref: "meta") { name degree } }')
    before = graph(tie("meta", "netflix"), entities=[entity("Meta")])
    after = graph(tie("meta", "netflix"), tie("meta", "google"), entities=[entity("Meta", "COMPANY", "Facebook")])
    for known, degree in ((before, 1), (after, 2), (before, 1)):
        result = document.execute({}, None, Context(Engine(known)))
        assert result.data == {"entity": {"name": "Meta", "degree": degree}}


def test_plans_forget_everything_when_they_remember_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "__init__", partialmethod(Room.__init__, 2))
    documents = Documents(SCHEMA)
    names = ["meta", "netflix", "google"]
    on = Context(Engine(graph(entities=[entity(name) for name in names])))
    for _ in range(2):
        for name in names:
            for field in ("name", "slug"):
                result = documents.read(f'{{ entity(ref: "{name}") {{ {field} }} }}').execute({}, None, on)
                assert result.data == {"entity": {field: name}}


def test_documents_are_read_once() -> None:
    documents = Documents(FAULTY, most=2)
    first = documents.read("{ thing { name } }")
    assert documents.read("{ thing { name } }") is first
    documents.read("{ needed { name } }")
    documents.read("{ __typename }")
    assert documents.read("{ thing { name } }") is not first, "the one that was asked longest ago makes room"
