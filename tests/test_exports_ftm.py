"""FollowTheMoney: held against the names, ranges and rules of its published schema, as far as exports use them."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest
from hypothesis import given, settings

from export_records import exported, graphs
from harness import entity, graph, tie
from interlock.graph import KnowledgeGraph, load
from interlock.graph.exports.ftm import ftm_id, schema_of

THING: Final = {"name": "name", "alias": "name", "description": "text", "notes": "text", "wikidataId": "identifier", "summary": "text"}
LEGAL_ENTITY: Final = THING | {
    "leiCode": "identifier", "parent": "LegalEntity", "incorporationDate": "date", "dissolutionDate": "date",
}  # fmt: skip
INTERVAL: Final = {
    "recordId": "string", "description": "text", "summary": "text", "proof": "Document", "sourceUrl": "url", "publisher": "string",
    "startDate": "date", "endDate": "date", "date": "date",
}  # fmt: skip
INTEREST: Final = INTERVAL | {"role": "string", "status": "string"}
SCHEMATA: Final[dict[str, dict[str, str]]] = {
    "Note": THING,
    "Person": LEGAL_ENTITY | {"birthDate": "date", "deathDate": "date"},
    "Company": LEGAL_ENTITY | {"cikCode": "identifier"},
    "Organization": LEGAL_ENTITY,
    "Asset": THING,
    "Contract": THING | {"title": "string", "contractDate": "date", "amount": "number", "currency": "string"},
    "CourtCase": THING | {
        "type": "string", "caseNumber": "identifier", "court": "string", "fileDate": "date", "closeDate": "date", "status": "string",
    },
    "Event": THING | {"startDate": "date", "endDate": "date"},
    "Article": THING | {
        "title": "string", "author": "string", "publisher": "string", "sourceUrl": "url", "publishedAt": "date", "retrievedAt": "date",
    },
    "Directorship": INTEREST | {"director": "LegalEntity", "organization": "Organization"},
    "Employment": INTEREST | {"employee": "Person", "employer": "Organization"},
    "Ownership": INTEREST | {"owner": "LegalEntity", "asset": "Asset", "percentage": "string"},
    "CourtCaseParty": INTEREST | {"party": "Thing", "case": "CourtCase"},
    "UnknownLink": INTEREST | {"subject": "Thing", "object": "Thing"},
    "Family": INTERVAL | {"person": "Person", "relative": "Person", "relationship": "string"},
    "Associate": INTERVAL | {"person": "Person", "associate": "Person", "relationship": "string"},
}  # fmt: skip
"""Schema → its properties, each with its type, or the schema of what it leads to."""
REQUIRED: Final = {
    "Person": {"name"}, "Company": {"name"}, "Organization": {"name"}, "Event": {"name"}, "CourtCase": {"name"}, "Contract": {"title"},
    "Directorship": {"director", "organization"}, "Employment": {"employee", "employer"}, "Ownership": {"owner", "asset"},
    "CourtCaseParty": {"party", "case"}, "UnknownLink": {"subject", "object"}, "Family": {"person", "relative"},
    "Associate": {"person", "associate"},
}  # fmt: skip
IS_A: Final = {
    "Person": {"Person", "LegalEntity", "Thing"}, "Company": {"Company", "Organization", "LegalEntity", "Asset", "Thing"},
    "Organization": {"Organization", "LegalEntity", "Thing"}, "Asset": {"Asset", "Thing"}, "Contract": {"Contract", "Asset", "Thing"},
    "CourtCase": {"CourtCase", "Thing"}, "Event": {"Event", "Thing"}, "Article": {"Article", "Document", "Thing"},
    "Note": {"Note", "Thing"},
}  # fmt: skip
FORMS: Final = {
    "date": re.compile(r"\d{4}(-\d\d){0,2}"), "number": re.compile(r"-?\d+(\.\d+)?"), "url": re.compile(r"https?://\S+"),
}  # fmt: skip
ID: Final = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def lines(known: KnowledgeGraph) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(known, "ftm").splitlines()]


def faults(found: list[dict[str, Any]]) -> list[str]:
    """What in these objects is against the schema."""
    schemata = {each["id"]: each["schema"] for each in found}
    said = [] if len(schemata) == len(found) else ["an id is there twice"]
    for each in found:
        schema, properties = SCHEMATA[each["schema"]], each["properties"]
        said += [f"{each['id']} is no id"] if not ID.fullmatch(each["id"]) else []
        said += [f"{each['schema']} lacks {name}" for name in REQUIRED.get(each["schema"], set()) - properties.keys()]
        said += [f"{each['schema']} has {name}" for name in properties.keys() - schema.keys()]
        for name, value in [(known, value) for known in properties.keys() & schema.keys() for value in properties[known]]:
            kind = schema[name]
            if kind[0].isupper():
                said += [] if kind in IS_A.get(schemata.get(value, ""), ()) else [f"{name} leads to {value}"]
            elif kind in FORMS and not FORMS[kind].fullmatch(value):
                said.append(f"{name} is {value!r}")
    return said


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


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_ids_dates_and_texts_of_any_kind_keep_the_schema(known: KnowledgeGraph) -> None:
    found = lines(known)
    assert [fault for fault in faults(found) if " leads to " not in fault] == []  # ends are of any kind here
    names = {each["id"]: each["properties"].get("name", [""]) for each in found}
    assert all(names[ftm_id(each.id)] == [each.name] for each in known.entities.values())


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


def test_ids_that_the_schema_does_not_allow_become_hashes() -> None:
    assert ftm_id("entity/meta") == "entity.meta"
    assert ftm_id("entity.meta") != "entity.meta"
    assert ID.fullmatch(ftm_id("https://example.org/é"))
