from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
    get_introspection_query,
    get_named_type,
    is_composite_type,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.errors import TooCostly
from interlock.schema import build_schema
from interlock.schema.measure import MOST, Measure
from interlock.schema.operations import pick_operation
from interlock.schema.price import ASSUMED, SEARCHES, CostLimits, Prices, check
from interlock.server import documents

SCHEMA = build_schema()._schema
LIMITS = CostLimits()
SEARCH = SEARCHES["Query", "paths"]


def measure(text: str, variables: dict[str, Any] | None = None) -> Measure:
    document = parse(text)
    return Prices(SCHEMA, document).measure(pick_operation(document, None), variables or {})


def price(text: str, **variables: Any) -> int:
    return measure(text, variables).price(ASSUMED)


def refused(text: str, limits: CostLimits = LIMITS, **variables: Any) -> TooCostly:
    with pytest.raises(TooCostly) as caught:
        check(measure(text, variables), limits)
    return caught.value


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ __typename }", 1),
        ("{ dataset { version entities } }", 3),
        ('{ entity(ref: "a") { relationships(first: 7) { totalCount } } }', 3),
        ('{ entity(ref: "a") { relationships(first: 7) { nodes { id } } } }', 3 + 7),
        ('{ entity(ref: "a") { relationships { nodes { id } } } }', 3 + 20),
        ('{ entity(ref: "a") { relationships(first: null) { nodes { id } } } }', 3 + 20),
        ("{ entities(first: 3) { edges { node { id } } nodes { id } } }", 3 + 3 * 2 + 3),
        ('{ nodes(ids: ["a", "b"]) { id } }', 1 + 2),
        ('{ node(id: "a") { ... on Relationship { claims { id } } } }', 2 + ASSUMED),
        ('{ paths(from: "a", to: "b") { nodes { id } } }', 1 + SEARCH + 1 + 10),
        ('{ paths(from: "a", to: "b", k: 100, first: 2) { nodes { id } } }', 1 + SEARCH + 1 + 2),
        ('{ paths(from: "a", to: "b", selector: ALL_SHORTEST) { nodes { id } } }', 1 + SEARCH + 1 + 1000),
        ('{ paths(from: "a", to: "b", k: 3) { ...P } } fragment P on PathConnection { nodes { id } noPath { relaxations { length } } }',
         1 + SEARCH + 1 + 3 + 2 + ASSUMED),
        ('{ ask(question: "a") { paths { nodes { id } } } }', 1 + SEARCH + 2 + 10),
        ("{ entities(first: -5) { nodes { id } } }", 2),
        ("{ unknown(first: 4) { more } }", 1 + 4),
        ("{ ...Unknown }", 0),
    ],
)  # fmt: skip
def test_price_is_one_for_each_field_of_each_item(document: str, expected: int) -> None:
    assert price(document) == expected


@pytest.mark.parametrize(("value", "items"), [(3, 3), (3.0, 3), (None, 20), (True, 20), ("x", ASSUMED), ([1], ASSUMED), (10**30, MOST)])
def test_price_takes_the_values_of_variables(value: object, items: int) -> None:
    document = "query ($n: Int) { entities(first: $n) { nodes { id } } }"
    assert price(document, n=value) == min(MOST, 2 + items)


def test_price_takes_the_defaults_of_variables() -> None:
    document = "query ($n: Int = 2, $ids: [ID!]! = [1, 2]) { entities(first: $n) { nodes { id } } nodes(ids: $ids) { id } }"
    assert price(document) == 4 + 3
    assert price(document, n=9, ids=["a"]) == 11 + 2


def test_price_is_kept_for_values_that_make_no_difference_and_for_no_others() -> None:
    document = parse("query ($n: Int, $ref: EntityRef!) { entity(ref: $ref) { relationships(first: $n) { nodes { id } } } }")
    prices, operation = Prices(SCHEMA, document), pick_operation(document, None)
    first = prices.measure(operation, {"n": 2, "ref": "a"})
    assert prices.measure(operation, {"n": 2, "ref": "b"}) is first
    assert prices.measure(operation, {"n": 3, "ref": "b"}).price(ASSUMED) == first.price(ASSUMED) + 1


def test_measure_counts_with_all_fragments_put_in() -> None:
    found = measure(
        "{ ...A x: dataset { ...D } } fragment A on Query { a: dataset { v: version } ...B } fragment B on Query { dataset { version } } "
        "fragment D on Dataset { w: version sources { nodes { id } } }"
    )
    assert (found.fields, found.aliases, found.depth) == (3, 4, 4)


@pytest.mark.parametrize(
    ("document", "limits", "what", "value"),
    [
        ("{ dataset { sources { nodes { id } } } }", CostLimits(depth=3), "depth", 4),
        ("{ a: dataset { b: version } }", CostLimits(aliases=1), "aliases", 2),
        ("{ a: __typename b: __typename ...F } fragment F on Query { __typename }", CostLimits(root_fields=2), "root fields", 3),
        ("{ entities(first: 9) { nodes { id } } }", CostLimits(price=10), "price", 11),
    ],
)
def test_document_over_a_limit_is_refused_and_told_which(document: str, limits: CostLimits, what: str, value: int) -> None:
    error = refused(document, limits)
    assert (error.what, error.value, error.limit) == (what, value, value - 1)
    assert error.extensions["code"] == "QUERY_TOO_COSTLY"
    assert check(measure(document), LIMITS)


def test_refusal_names_the_dearest_part() -> None:
    error = refused(
        '{ dataset { version } all: entities(first: 500) { nodes { id relationships(first: 500) { nodes { ...R } } } } } '
        "fragment R on Relationship { id iri claims { id } }"
    )  # fmt: skip
    assert error.dearest == "all > nodes > relationships > nodes > ...R > claims > id"
    assert "Its dearest part is all (2,001,502), most of that for all > nodes" in str(error)


def test_doubling_fragments_are_priced_once_each() -> None:
    chain = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(300))
    assert refused(f"{{ ...F270 }} {chain} fragment F300 on Query {{ __typename }}").value == 2**30
    assert refused(f"{{ ...F0 }} {chain} fragment F300 on Query {{ __typename }}").value == MOST
    nested = " ".join(
        f"fragment E{i} on Entity {{ a: relationships {{ nodes {{ source {{ ...E{i + 1} }} }} }} ...E{i + 1} }}" for i in range(300)
    )
    assert refused(f'{{ entity(ref: "a") {{ ...E0 }} }} {nested} fragment E300 on Entity {{ id }}').what == "depth"


@pytest.mark.parametrize("cycle", ["fragment A on Query { ...A }", "fragment A on Query { dataset { ...B } } fragment B on Query { ...A }"])
def test_fragment_that_spreads_itself_is_refused(cycle: str) -> None:
    with pytest.raises(GraphQLError, match="A fragment spreads itself: ") as caught:
        measure(f"{{ ...A }} {cycle}")
    assert (caught.value.extensions or {})["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    "document",
    [
        *(documents.ASK, documents.PATHS, documents.SEARCH, documents.SHOW),
        get_introspection_query(
            specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
        ),
        "{ entities(first: 500) { nodes { id name kind degree relationships(first: 20) { totalCount } } } }",
        """{ entity(ref: "Netflix") { id name relationships(first: 100) { nodes { id sentence status interval { text }
           source { id name } target { id name } claims { status source { title url } } } } } }""",
    ],
)  # fmt: skip
def test_what_a_front_end_asks_is_well_under_the_limits(document: str) -> None:
    found = measure(document)
    assert 2 * check(found, LIMITS) < LIMITS.price
    assert found.depth <= LIMITS.depth * 3 / 4
    assert 4 * len(document.split()) < LIMITS.tokens


# Against a plain expansion of small documents.

FIELDS = {
    "Query": ["entities", "dataset", "node", "nodes", "entity"],
    "EntityConnection": ["nodes", "edges", "totalCount"],
    "EntityEdge": ["node", "cursor"],
    "Entity": ["id", "relationships", "aliases", "interval"],
    "RelationshipConnection": ["nodes", "edges", "totalCount"],
    "RelationshipEdge": ["node"],
    "Relationship": ["id", "source", "claims", "nonsense"],
    "Claim": ["id", "source"],
    "Dataset": ["version", "sources"],
    "SourceConnection": ["nodes", "edges"],
    "SourceEdge": ["node"],
    "Source": ["id"],
    "Node": ["id"],
    "Interval": ["text", "observed"],
}


@st.composite
def selection(draw: st.DrawFn, parent: str, depth: int, fragments: list[tuple[str, str]]) -> str:
    """A selection set of a type, spreading some of these fragments."""
    parts = []
    for name in draw(st.lists(st.sampled_from(FIELDS[parent]), min_size=1, max_size=3)):
        definition = SCHEMA.get_field(SCHEMA.get_type(parent), name)  # type: ignore[arg-type]
        arguments = (
            [f"first: {draw(st.sampled_from(['0', '2', '3', '$n', '$m', 'null']))}"] if definition and "first" in definition.args else []
        )
        arguments += ["ids: [1, 2, 3]"] if name == "nodes" and parent == "Query" else []
        below = get_named_type(definition.type) if definition else None
        inner = draw(selection(below.name, depth - 1, fragments)) if below and below.name in FIELDS and depth else ""
        alias = draw(st.sampled_from(["", "a: "]))
        parts.append(f"{alias}{name}{'(' + ', '.join(arguments) + ')' if arguments else ''} {inner}")
    parts += [f"...{name}" for name, type_ in fragments if type_ == parent and draw(st.booleans())]
    if depth and draw(st.booleans()):
        parts.append(f"... on {parent} {draw(selection(parent, depth - 1, fragments))}")
    return "{ " + " ".join(parts) + " }"


@st.composite
def small_document(draw: st.DrawFn) -> str:
    fragments: list[tuple[str, str]] = []
    texts = []
    for number, type_ in enumerate(draw(st.lists(st.sampled_from(["Query", "Entity", "EntityConnection", "Relationship"]), max_size=4))):
        texts.append(f"fragment F{number} on {type_} {draw(selection(type_, 2, fragments))}")
        fragments.append((f"F{number}", type_))
    return f"query ($n: Int, $m: Int = 4) {draw(selection('Query', 4, fragments))} {' '.join(texts)}"


def expanded(node: SelectionSetNode, parent: Any, page: int, document: DocumentNode, n: int) -> tuple[int, int, int]:
    """Price, depth and aliases, by putting every fragment where it is spread and going through every item."""
    prices, depths, aliases = 0, [0], 0
    for each in node.selections:
        if isinstance(each, FieldNode):
            found = expanded_field(each, parent, page, document, n)
        else:
            (inner,) = (
                [each]
                if isinstance(each, InlineFragmentNode)
                else [
                    d
                    for d in document.definitions
                    if isinstance(d, FragmentDefinitionNode) and isinstance(each, FragmentSpreadNode) and d.name.value == each.name.value
                ]
            )
            assert inner.type_condition
            found = expanded(inner.selection_set, SCHEMA.get_type(inner.type_condition.name.value), page, document, n)
        prices, depths, aliases = prices + found[0], [*depths, found[1]], aliases + found[2]
    return prices, max(depths), aliases


def expanded_field(node: FieldNode, parent: Any, page: int, document: DocumentNode, n: int) -> tuple[int, int, int]:
    definition = SCHEMA.get_field(parent, node.name.value)
    aliased = 1 if node.alias else 0
    if node.selection_set is None:
        return 1, 1, aliased
    assert definition
    size = 3 if node.name.value == "nodes" and parent.name == "Query" else None
    for argument in node.arguments or ():
        if argument.name.value == "first":
            value: Any = argument.value
            given = {"n": n, "m": 4}[value.name.value] if isinstance(value, VariableNode) else getattr(value, "value", None)
            size = int(given) if given is not None else definition.args["first"].default_value
    below = get_named_type(definition.type)
    assert is_composite_type(below)
    if "[" in str(definition.type):
        items = page if size is None else size
        found = [expanded(node.selection_set, below, ASSUMED, document, n) for _ in range(items)]
        one = expanded(node.selection_set, below, ASSUMED, document, n)
        return 1 + sum(each[0] for each in found), one[1] + 1, one[2] + aliased
    inner = expanded(node.selection_set, below, ASSUMED if size is None else size, document, n)
    return inner[0] + 1, inner[1] + 1, inner[2] + aliased


@given(small_document(), st.integers(0, 3))
def test_measure_equals_that_of_a_plain_expansion(text: str, n: int) -> None:
    document = parse(text)
    operation = pick_operation(document, None)
    found = Prices(SCHEMA, document).measure(operation, {"n": n})
    assert (found.price(ASSUMED), found.depth, found.aliases) == expanded(operation.selection_set, SCHEMA.query_type, ASSUMED, document, n)
