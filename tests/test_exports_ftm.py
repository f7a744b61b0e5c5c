"""FollowTheMoney: held against its published schema, which its npm package holds."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings

from export_records import exported, graphs
from harness import entity, graph, tie
from interlock.graph import KnowledgeGraph, load
from interlock.graph.exports.ftm import ftm_id, schema_of
from web import PACKAGES

MODEL: Final = PACKAGES / "@opensanctions/followthemoney/dist/defaultModel.json"
needs_model = pytest.mark.skipif(not MODEL.exists(), reason="npm packages are missing: make web ARGS=--dev")
FORMS: Final = {
    "date": re.compile(r"\d{4}(-\d\d){0,2}"), "number": re.compile(r"-?\d+(\.\d+)?"), "url": re.compile(r"https?://\S+"),
}  # fmt: skip
ANYTHING: Final = re.compile("(?s:.*)")
ID: Final = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def lines(known: KnowledgeGraph) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(known, "ftm").splitlines()]


@cache
def schemata() -> dict[str, dict[str, Any]]:
    """The published schemata, each with all its properties, its own and those that it has from others."""
    known = json.loads(MODEL.read_text(encoding="utf-8"))["schemata"]
    return {name: {**schema, "properties": inherited(known, schema, "properties")} for name, schema in known.items()}


def inherited(known: dict[str, dict[str, Any]], schema: dict[str, Any], what: str) -> dict[str, Any]:
    return {name: value for each in schema["schemata"] for name, value in known[each].get(what, {}).items()}


def faults(found: list[dict[str, Any]]) -> list[str]:
    """What in these objects is against the schema."""
    kinds = {each["id"]: each["schema"] for each in found}
    said = [] if len(kinds) == len(found) else ["an id is there twice"]
    for each in found:
        schema, properties = schemata()[each["schema"]], each["properties"]
        required = {name for ancestor in schema["schemata"] for name in schemata()[ancestor].get("required", ())}
        said += [f"{each['id']} is no id"] if not ID.fullmatch(each["id"]) else []
        said += [f"{each['schema']} is abstract"] if schema.get("abstract") else []
        said += [f"{each['schema']} lacks {name}" for name in required - properties.keys()]
        for name, values in properties.items():
            rule = schema["properties"].get(name)
            if rule is None or rule.get("stub"):
                said.append(f"{each['schema']} has {name}")
            else:
                said += [f"{name} {fault}" for value in values for fault in misfits(rule, value, kinds)]
    return said


def misfits(rule: dict[str, Any], value: Any, kinds: dict[str, str]) -> list[str]:
    """Why a value is none of this property."""
    if not isinstance(value, str) or not value:
        return [f"is {value!r}"]
    if rule["type"] == "entity":
        target = kinds.get(value)
        return [] if target and rule["range"] in schemata()[target]["schemata"] else [f"leads to {value}"]
    return [] if FORMS.get(rule["type"], ANYTHING).fullmatch(value) else [f"is {value!r}"]


@needs_model
def test_shipped_graph_keeps_the_schema() -> None:
    known = load()
    found = lines(known)
    assert faults(found) == []
    assert {each["schema"] for each in found} >= {
        "Directorship",
        "Ownership",
        "Contract",
        "CourtCase",
        "CourtCaseParty",
        "Employment",
        "Family",
    }
    assert len(found) == 1 + len(known.entities) + len(known.relationships) + len(known.sources)
    assert {each["datasets"][0] for each in found} == {f"interlock_{known.version}"}
    about = "\n".join(found[0]["properties"]["description"])
    assert all(said in about for said in ("selection: Everything", "licence: CC0-1.0", "not confirmed", known.version))


@needs_model
@given(graphs())
@settings(max_examples=30, deadline=None)
def test_ids_dates_and_texts_of_any_kind_keep_the_schema(known: KnowledgeGraph) -> None:
    found = lines(known)
    assert [fault for fault in faults(found) if " leads to " not in fault] == []  # ends are of any kind here
    names = {each["id"]: each["properties"].get("name", [""]) for each in found}
    assert all(names[ftm_id(each.id)] == [each.name or each.id] for each in known.entities.values())


@needs_model
@pytest.mark.parametrize(
    ("kind", "target", "schema"),
    [
        ("BOARD_SEAT", "COMPANY", "Directorship"),
        ("BOARD_SEAT", "ORGANIZATION", "Directorship"),
        ("POSITION", "COMPANY", "Employment"),
        ("POSITION", "PRODUCT", "UnknownLink"),
        ("OWNERSHIP", "COMPANY", "Ownership"),
        ("OWNERSHIP", "ORGANIZATION", "UnknownLink"),
        ("ACQUISITION", "PRODUCT", "Ownership"),
        ("PARTY", "LAWSUIT", "CourtCaseParty"),
        ("PARTY", "REGULATORY_ACTION", "CourtCaseParty"),
        ("PARTY", "AGREEMENT", "UnknownLink"),
        ("FOUNDING", "COMPANY", "UnknownLink"),
        ("PERSONAL", "PERSON", "Associate"),
    ],
)
def test_schema_follows_from_kind_and_target(kind: str, target: str, schema: str) -> None:
    known = graph(tie("a", "b", "2011-06/2012~", kind=kind), entities=[entity("a", "PERSON"), entity("b", target)])
    link = lines(known)[-1]
    assert schema_of(known, known.relationships[link["properties"]["recordId"][0]]) == link["schema"] == schema
    assert link["properties"]["startDate"] == ["2011-06"]
    assert "endDate" not in link["properties"]  # about 2012 is not 2012
    assert "2011-06 – about 2012" in link["properties"]["description"][0]
    assert faults(lines(known)) == []


@needs_model
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"director":', '"chief":', "Directorship has chief"),
        ('"director":["ann"]', '"director":[""]', "director is ''"),
        ('"director":["ann"],', "", "Directorship lacks director"),
        ('"director":["ann"]', '"director":["s"]', "director leads to s"),
        ('"director":["ann"]', '"director":["nobody"]', "director leads to nobody"),
        ('"startDate":["2011-06"]', '"startDate":["in 2011"]', "startDate is 'in 2011'"),
        ('"schema":"Directorship"', '"schema":"Interest"', "Interest has director"),
        ('"schema":"Directorship"', '"schema":"Interval"', "Interval is abstract"),
        (
            '"properties":{"name":["acme"]}',
            '"properties":{"name":["acme"],"directorshipOrganization":["1"]}',
            "Company has directorshipOrganization",
        ),
    ],
)
def test_the_schema_finds_faults(old: str, new: str, fault: str) -> None:
    known = graph(tie("ann", "acme", "2011-06/", kind="BOARD_SEAT", key="1"), entities=[entity("ann", "PERSON")])
    text = exported(known, "ftm").decode()
    assert old in text
    assert fault in faults([json.loads(line) for line in text.replace(old, new, 1).splitlines()])


def test_ids_that_the_schema_does_not_allow_become_hashes() -> None:
    assert ftm_id("entity/meta") == "entity.meta"
    assert ftm_id("entity.meta") != "entity.meta"
    assert ID.fullmatch(ftm_id("https://example.org/é"))
