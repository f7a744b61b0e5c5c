"""The limits that descriptions name are those at which a value is refused, with an error that names them."""

from __future__ import annotations

import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine
from interlock.graph.brokers import MAX_SAMPLES as MAX_PAIRS
from interlock.graph.coincidences import MAX_DAYS
from interlock.graph.engine import MAX_TEXT
from interlock.graph.loops import MIN_LENGTH
from interlock.graph.question import MAX_HOPS, MAX_K
from interlock.graph.surprise import MAX_SAMPLES
from interlock.schema import Context, build_schema
from interlock.schema.connections import MAX_PAGE
from interlock.schema.query import MAX_HITS, MAX_IDS
from interlock.schema.subgraph import MAX_HUBS, MAX_NODES, MAX_STARTS

SCHEMA = build_schema()
CONTEXT = Context(Engine(graph(tie("ann", "acme", key="tie"), entities=[entity("Ann", "PERSON")]), PATIENT))

RANGES = {
    "entities(first: {}) {{ totalCount }}": (0, MAX_PAGE),
    "entities(last: {}) {{ totalCount }}": (0, MAX_PAGE),
    "dataset {{ sources(first: {}) {{ totalCount }} }}": (0, MAX_PAGE),
    'entity(ref: "ann") {{ relationships(first: {}) {{ totalCount }} }}': (0, MAX_PAGE),
    'entity(ref: "ann") {{ relationships(last: {}) {{ totalCount }} }}': (0, MAX_PAGE),
    'entity(ref: "ann") {{ timeline(first: {}) {{ totalCount }} }}': (0, MAX_PAGE),
    'paths(from: "ann", to: "acme", first: {}) {{ totalCount }}': (0, MAX_PAGE),
    'ask(question: "How is Ann connected to Acme?") {{ paths(first: {}) {{ totalCount }} }}': (0, MAX_PAGE),
    'paths(from: "ann", to: "acme", k: {}) {{ totalCount }}': (1, MAX_K),
    'paths(from: "ann", to: "acme", maxHops: {}) {{ totalCount }}': (1, MAX_HOPS),
    'paths(from: "ann", to: "acme", minHops: {}) {{ totalCount }}': (1, 6),
    'search(text: "a", first: {}) {{ score }}': (0, MAX_HITS),
    'fragility(from: "ann", to: "acme", maxHops: {}) {{ exact }}': (1, MAX_HOPS),
    'surprise(from: "ann", to: "acme", maxHops: {}) {{ exact }}': (1, MAX_HOPS),
    'surprise(from: "ann", to: "acme", samples: {}) {{ exact }}': (1, MAX_SAMPLES),
    'loops(of: "ann", k: {}) {{ complete }}': (1, MAX_K),
    'loops(of: "ann", maxLength: {}) {{ complete }}': (MIN_LENGTH, MAX_HOPS),
    'loops(of: "ann", first: {}) {{ complete }}': (0, MAX_PAGE),
    'brokers(of: ["ann"], hops: {}) {{ complete }}': (1, MAX_HOPS),
    'brokers(between: ["ann", "acme"], maxHops: {}) {{ complete }}': (1, MAX_HOPS),
    "brokers(samples: {}) {{ complete }}": (1, MAX_PAIRS),
    "brokers(first: {}) {{ complete }}": (0, MAX_PAGE),
    'compare(from: "ann", to: "acme", dates: ["2011"], k: {}) {{ date }}': (1, MAX_K),
    'compare(from: "ann", to: "acme", dates: ["2011"], maxHops: {}) {{ date }}': (1, MAX_HOPS),
    'coincidences(between: "ann", and: "acme", withinDays: {}) {{ leastDays }}': (0, MAX_DAYS),
    'coincidences(between: "ann", and: "acme", first: {}) {{ leastDays }}': (0, MAX_PAGE),
    'interlocks(company: "acme", first: {}) {{ totalCount }}': (0, MAX_PAGE),
    "interlockNetwork {{ ties(first: {}) {{ totalCount }} }}": (0, MAX_PAGE),
    'neighborhood(of: ["ann"], hops: {}) {{ complete }}': (1, MAX_HOPS),
    'neighborhood(of: ["ann"], limit: {}) {{ complete }}': (1, MAX_NODES),
    'neighborhood(of: ["ann"]) {{ hubs(first: {}) {{ shown }} }}': (0, MAX_HUBS),
}
"""What takes a number → the least and the greatest it takes."""


def told(field: str) -> tuple[str, str] | None:
    """Code and message with which a field is refused; None if it is answered."""
    result = SCHEMA.execute_sync(f"{{ {field} }}", context_value=CONTEXT)
    if not result.errors:
        return None
    return (result.errors[0].extensions or {})["code"], result.errors[0].message


@pytest.mark.parametrize("field", RANGES)
def test_number_is_taken_up_to_its_bounds_and_refused_beyond_with_both_named(field: str) -> None:
    least, most = RANGES[field]
    assert told(field.format(least)) is told(field.format(most)) is None
    for value in (least - 1, most + 1, -(2**31), 2**31 - 1):
        code, message = told(field.format(value)) or ("", "")
        assert code == "BAD_USER_INPUT"
        assert f"is {value}; it must be between {least} and {most}" in message


@pytest.mark.parametrize("field", [field for field, bounds in RANGES.items() if bounds == (0, MAX_PAGE)])
def test_null_stands_for_the_default(field: str) -> None:
    assert told(field.format("null")) is None


@pytest.mark.parametrize("field", ['search(text: "{}") {{ score }}', 'entity(ref: "{}") {{ id }}', 'ask(question: "{}") {{ understood }}'])
def test_text_is_read_up_to_its_limit(field: str) -> None:
    assert "characters" not in str(told(field.format("x" * MAX_TEXT)))
    assert told(field.format("x" * (MAX_TEXT + 1))) == (
        "BAD_USER_INPUT",
        f"'{'x' * 40}'… has 1001 characters; at most {MAX_TEXT} are read.",
    )


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("nodes(ids: {}) {{ id }}", MAX_IDS),
        ("neighborhood(of: {}) {{ complete }}", MAX_STARTS),
        ("brokers(of: {}) {{ complete }}", MAX_STARTS),
    ],
)
def test_list_is_taken_up_to_its_limit(field: str, most: int) -> None:
    assert told(field.format(["ann"] * most).replace("'", '"')) is None
    code, message = told(field.format(["ann"] * (most + 1)).replace("'", '"')) or ("", "")
    assert (code, str(most) in message) == ("BAD_USER_INPUT", True)


@pytest.mark.parametrize("field", ["neighborhood(of: [])", "brokers(of: [])", "brokers(between: [])"])
def test_selection_of_nobody_is_refused(field: str) -> None:
    assert (told(f"{field} {{ complete }}") or ("",))[0] == "BAD_USER_INPUT"


def test_page_that_begins_at_both_ends_is_refused() -> None:
    code, message = told("entities(first: 3, last: 4) { totalCount }") or ("", "")
    assert (code, message) == ("BAD_USER_INPUT", "first is 3 and last is 4: a page begins at one end. Give one of them only.")
