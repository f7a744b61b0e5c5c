"""Everything in the schema says what it means, and where its limits are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType
from graphql import build_schema as parse_sdl

from interlock.graph.brokers import MAX_SAMPLES as MAX_PAIRS
from interlock.graph.coincidences import MAX_DAYS
from interlock.graph.engine import MAX_TEXT
from interlock.graph.exports.formats import FORMATS
from interlock.graph.loops import MIN_LENGTH
from interlock.graph.over_time import MAX_DATES
from interlock.graph.question import MAX_HOPS, MAX_K
from interlock.graph.selection import MOST_ENDS
from interlock.graph.surprise import MAX_SAMPLES
from interlock.schema import print_schema
from interlock.schema.connections import MAX_PAGE
from interlock.schema.query import MAX_HITS, MAX_IDS
from interlock.schema.subgraph import MAX_HUBS, MAX_NODES, MAX_STARTS

SCHEMA = parse_sdl(print_schema())
BUILT_IN = ("String", "Int", "Float", "Boolean", "ID")
LEAST_WORDS = 5

LIMITS = {
    "Query.entities(first)": (0, MAX_PAGE),
    "Query.entities(last)": (0, MAX_PAGE),
    "Query.paths(k)": (1, MAX_K),
    "Query.paths(maxHops)": (1, MAX_HOPS),
    "Query.search(text)": (MAX_TEXT,),
    "Query.search(first)": (0, MAX_HITS),
    "Query.ask(question)": (MAX_TEXT,),
    "Query.nodes(ids)": (MAX_IDS,),
    "Query.fragility(maxHops)": (1, MAX_HOPS),
    "Query.surprise(maxHops)": (1, MAX_HOPS),
    "Query.surprise(samples)": (1, MAX_SAMPLES),
    "Query.loops(k)": (1, MAX_K),
    "Query.loops(maxLength)": (MIN_LENGTH, MAX_HOPS),
    "Query.brokers(of)": (1, MAX_STARTS),
    "Query.brokers(hops)": (1, MAX_HOPS),
    "Query.brokers(between)": (2, MOST_ENDS),
    "Query.brokers(maxHops)": (1, MAX_HOPS),
    "Query.brokers(samples)": (1, MAX_PAIRS),
    "Query.compare(dates)": (1, MAX_DATES),
    "Query.compare(k)": (1, MAX_K),
    "Query.compare(maxHops)": (1, MAX_HOPS),
    "Query.coincidences(withinDays)": (0, MAX_DAYS),
    "Query.coincidences(first)": (0, MAX_PAGE),
    "Query.neighborhood(of)": (1, MAX_STARTS),
    "Query.neighborhood(hops)": (1, MAX_HOPS),
    "Query.neighborhood(limit)": (1, MAX_NODES),
    "Subgraph.hubs(first)": (0, MAX_HUBS),
}
"""What says which limits. That they are the limits, tests/test_limits.py tries."""


def descriptions() -> Iterator[tuple[str, str]]:
    """Every place of the schema that can be described, and what is said there."""
    for name, kind in SCHEMA.type_map.items():
        if name.startswith("__") or name in BUILT_IN:
            continue
        yield name, kind.description or ""
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
            for field, definition in kind.fields.items():
                yield f"{name}.{field}", definition.description or ""
                for key, argument in definition.args.items():
                    yield f"{name}.{field}({key})", argument.description or ""
        if isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{field}", each.description or "") for field, each in kind.fields.items())
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", each.description or "") for value, each in kind.values.items())


SAID = dict(descriptions())


def test_everything_is_described_in_more_than_a_few_words() -> None:
    thin = {place: text for place, text in SAID.items() if len(re.findall(r"\w+", text)) < LEAST_WORDS}
    assert not thin


def test_description_says_more_than_the_name() -> None:
    def words(text: str) -> set[str]:
        return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", text)}

    empty = [place for place, text in SAID.items() if len(words(text) - words(re.split(r"[.(]", place.rstrip(")"))[-1])) < LEAST_WORDS - 1]
    assert not empty


def test_description_is_a_sentence() -> None:
    assert not [text for text in SAID.values() if not (text[0].isupper() or text[0] in "`0123456789") or text[-1] not in ".?…"]


@pytest.mark.parametrize("place", LIMITS)
def test_description_names_the_limits_that_the_code_has(place: str) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", SAID[place])]
    assert numbers[: len(LIMITS[place])] == list(LIMITS[place])


def test_every_page_size_is_described_alike() -> None:
    others = ("Query.search(first)", "Query.coincidences(first)", "Subgraph.hubs(first)")
    pages = {place for place in SAID if place.endswith(("(first)", "(last)")) and place not in others}
    assert len(pages) > 20
    assert all(f"0 to {MAX_PAGE}" in SAID[place] for place in pages)


def test_export_formats_are_all_named() -> None:
    assert re.findall(r"`(\w+)`", SAID["Subgraph.exportUrl(format)"]) == list(FORMATS)


def test_what_is_deprecated_says_what_to_use_instead() -> None:
    reasons = re.findall(r"@deprecated(.*)", print_schema())
    assert all('reason: "Use ' in reason for reason in reasons)
