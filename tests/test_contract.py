"""The schema has what was promised to clients: names, arguments, defaults and nullability. More is always welcome."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLScalarType, build_schema, find_breaking_changes, print_ast
from graphql.utilities import get_default_value_ast

import interlock.schema
from interlock.schema import print_schema

SCHEMA = build_schema(print_schema())
RELEASED = Path(interlock.schema.__file__).with_name("released.graphql").read_text(encoding="utf-8")

PAGED = "first:Int=20,after:String"
SCALARS = "PartialDate IRI EntityRef"
ENUMS = {
    "EntityKind": "PERSON COMPANY ORGANIZATION BOARD PRODUCT AGREEMENT LAWSUIT REGULATORY_ACTION EVENT",
    "RelationshipKind": ("BOARD_SEAT POSITION FOUNDING OWNERSHIP ACQUISITION INVESTMENT PARTY OPERATION INVOLVEMENT PERSONAL ASSOCIATION"),
    "Status": "CONFIRMED REPORTED ALLEGED DISPUTED DISMISSED RETRACTED",
    "Stance": "SUPPORTS CONTRADICTS",
    "Certainty": "CERTAIN POSSIBLE IMPOSSIBLE",
    "Traversal": "FORWARD REVERSE",
    "PathSelector": "ANY_SHORTEST ALL_SHORTEST SHORTEST_K SHORTEST_K_GROUPS",
    "PathRanking": "HOPS INFORMATIVENESS",
    "StopReason": "COMPLETE PATH_LIMIT HOP_LIMIT STEP_BUDGET DEADLINE",
    "TimelineEvent": "STARTED ENDED HAPPENED",
}
IMPLEMENT = {
    "Entity": "Person Company Organization Board Product Agreement Lawsuit RegulatoryAction Event",
    "Relationship": ("BoardSeat Position Founding Ownership Acquisition Investment Party Operation Involvement Personal Association"),
    "Node": (
        "Entity Relationship Source Claim Person Company Organization Board Product Agreement Lawsuit RegulatoryAction Event BoardSeat "
        "Position Founding Ownership Acquisition Investment Party Operation Involvement Personal Association"
    ),
}
FIELDS = {
    "Node": "id:ID!",
    "Interval": "start:PartialDate end:PartialDate observed:[PartialDate!]! text:String! ongoing:Certainty!",
    "Entity": (
        "id:ID! iri:IRI! slug:String! kind:EntityKind! name:String! aliases:[String!]! description:String sameAs:[IRI!]! "
        f"interval:Interval degree:Int! relationships(filter:RelationshipFilter,{PAGED}):RelationshipConnection! "
        "timeline(first:Int=50,after:String):TimelineConnection!"
    ),
    "Person": "boardSeats(asOf:PartialDate):[BoardSeat!]!",
    "Company": "board:Board boardSeats(asOf:PartialDate,during:String):[BoardSeat!]!",
    "Board": "company:HasBoard! seats(asOf:PartialDate):[BoardSeat!]!",
    "Agreement": "parties:[Party!]! amount:Amount signed:PartialDate",
    "Lawsuit": "docketNumber:String court:String filed:PartialDate closed:PartialDate outcome:String parties:[Party!]!",
    "RegulatoryAction": "regulator:Entity respondents:[Entity!]! amount:Amount",
    "Relationship": (
        "id:ID! iri:IRI! kind:RelationshipKind! label:String! inverseLabel:String! role:String source:Entity! target:Entity! "
        "interval:Interval! status:Status! claims:[Claim!]! sentence:String!"
    ),
    "BoardSeat": "person:Person! company:HasBoard! role:String",
    "Claim": ("stance:Stance! status:Status! interval:Interval summary:String quote:String locator:String statedBy:Entity source:Source!"),
    "Source": "id:ID! iri:IRI! title:String! publisher:String url:String published:PartialDate retrieved:PartialDate",
    "RelationshipFilter": (
        "kinds:[RelationshipKind!] excludeKinds:[RelationshipKind!] statuses:[Status!] minStatus:Status asOf:PartialDate during:String "
        "certainty:Certainty=POSSIBLE sources:[ID!] excludeSources:[ID!] minIndependentSources:Int"
    ),
    "PathFilter": (
        "relationships:RelationshipFilter entityKinds:[EntityKind!] excludeEntityKinds:[EntityKind!] mustPass:[EntityRef!] "
        "avoid:[EntityRef!] maxTransitDegree:Int heldTogether:Boolean=false direction:Traversal"
    ),
    "Hop": "from:Entity! to:Entity! relationship:Relationship! traversal:Traversal! parallel:[Relationship!]! heldThen:Certainty",
    "HeldTogether": "certainty:Certainty! interval:Interval",
    "Path": (
        "id:ID! from:Entity! to:Entity! length:Int! cost:Float! hops:[Hop!]! status:Status! heldTogether:HeldTogether! "
        "independentSources:Int! sources:[Source!]! sentence:String!"
    ),
    "NoPath": "reason:String! withinHops:Int! relaxations:[Relaxation!]!",
    "Relaxation": "description:String! length:Int!",
    "PathConnection": (
        "edges:[PathEdge!]! nodes:[Path!]! pageInfo:PageInfo! complete:Boolean! stoppedBy:StopReason! excludedByDefault:[String!]! "
        "noPath:NoPath datasetVersion:String! totalCount:Int!"
    ),
    "PathEdge": "cursor:String! node:Path!",
    "EntityConnection": "edges:[EntityEdge!]! nodes:[Entity!]! pageInfo:PageInfo! totalCount:Int!",
    "EntityEdge": "cursor:String! node:Entity!",
    "RelationshipConnection": "edges:[RelationshipEdge!]! nodes:[Relationship!]! pageInfo:PageInfo! totalCount:Int!",
    "RelationshipEdge": "cursor:String! node:Relationship!",
    "SourceConnection": "edges:[SourceEdge!]! nodes:[Source!]! pageInfo:PageInfo! totalCount:Int!",
    "SourceEdge": "cursor:String! node:Source!",
    "TimelineConnection": "edges:[TimelineEntryEdge!]! nodes:[TimelineEntry!]! pageInfo:PageInfo! totalCount:Int!",
    "TimelineEntry": "date:Interval! relationship:Relationship! event:TimelineEvent!",
    "PageInfo": "hasNextPage:Boolean! hasPreviousPage:Boolean! startCursor:String endCursor:String",
    "Dataset": (
        f"version:String! entities:Int! relationships:Int! claims:Int! loadedAt:String! licence:String sources({PAGED}):SourceConnection!"
    ),
    "Subgraph": (
        "nodes:[Entity!]! relationships:[Relationship!]! complete:Boolean! exportUrl(format:String!):String! datasetVersion:String!"
    ),
    "Interlock": ("other:HasBoard! directors:[Person!]! seats:[[BoardSeat!]!]! overlap:HeldTogether! direct:Boolean! through:HasBoard"),
    "InterlockConnection": "edges:[InterlockEdge!]! nodes:[Interlock!]! pageInfo:PageInfo! totalCount:Int!",
    "SearchHit": "entity:Entity! score:Float! matched:String!",
    "Answer": ("question:String! understood:Boolean! interpretation:String! from:Entity to:Entity sentence:String! paths:PathConnection"),
    "Query": (
        "node(id:ID!):Node nodes(ids:[ID!]!):[Node]! entity(ref:EntityRef!):Entity "
        f"entities(kinds:[EntityKind!],{PAGED}):EntityConnection! "
        "search(text:String!,kinds:[EntityKind!],first:Int=10):[SearchHit!]! "
        "paths(from:EntityRef!,to:EntityRef!,filter:PathFilter,selector:PathSelector=SHORTEST_K,k:Int=10,minHops:Int=1,maxHops:Int=6,"
        "rankBy:PathRanking=HOPS,first:Int,after:String):PathConnection "
        "ask(question:String!):Answer neighborhood(of:[EntityRef!]!,hops:Int=1,filter:PathFilter,limit:Int=200):Subgraph "
        f"interlocks(company:EntityRef,person:EntityRef,asOf:PartialDate,during:String,indirect:Boolean=false,{PAGED}):InterlockConnection "
        "coincidences(between:EntityRef!,and:EntityRef!,withinDays:Int=90):[Coincidence!] "
        "compare(from:EntityRef!,to:EntityRef!,dates:[PartialDate!]!,filter:PathFilter):[DatedPaths!] dataset:Dataset!"
    ),
}
"""Of each type what it promises: ``name(argument:type=default,…):type``."""


def told(name: str, value: Any) -> str:
    """``name:type=default`` of an argument or input field."""
    default = get_default_value_ast(value)
    return f"{name}:{value.type}" + (f"={print_ast(default)}" if default else "")


@pytest.mark.parametrize("name", FIELDS)
def test_type_has_the_fields_that_were_promised(name: str) -> None:
    type_ = SCHEMA.get_type(name)
    fields = type_.fields  # type: ignore[union-attr]
    for promise in re.findall(r"\w+(?:\(.*?\))?:\S+", FIELDS[name]):
        match = re.fullmatch(r"(\w+)(?:\((.*)\))?:(\S+)", promise)
        assert match
        if isinstance(type_, GraphQLInputObjectType):
            assert told(match[1], fields[match[1]]) == promise
        else:
            assert str(fields[match[1]].type) == match[3], promise
            arguments = {told(key, argument) for key, argument in fields[match[1]].args.items()}
            assert arguments >= set(filter(None, (match[2] or "").split(","))), promise


@pytest.mark.parametrize("name", ENUMS)
def test_enum_has_the_values_that_were_promised(name: str) -> None:
    enum = SCHEMA.get_type(name)
    assert isinstance(enum, GraphQLEnumType)
    assert list(enum.values) == ENUMS[name].split()


def test_interfaces_are_implemented_by_those_that_were_promised() -> None:
    for interface, names in IMPLEMENT.items():
        found = SCHEMA.get_implementations(SCHEMA.type_map[interface])  # type: ignore[arg-type]
        assert {type_.name for type_ in (*found.objects, *found.interfaces)} >= set(names.split())


def test_scalars_are_those_that_were_promised() -> None:
    assert all(isinstance(SCHEMA.get_type(name), GraphQLScalarType) for name in SCALARS.split())


def test_schema_breaks_nothing_that_was_released() -> None:
    changes = find_breaking_changes(build_schema(RELEASED), SCHEMA)
    assert not [change.description for change in changes], "clients of the last release would fail; deprecate instead"


def test_release_would_notice_a_breaking_change() -> None:
    changed = build_schema(RELEASED.replace("totalCount: Int!", "totalCount: Int"))
    assert find_breaking_changes(build_schema(RELEASED), changed)
