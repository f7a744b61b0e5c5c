"""The service against what version 0.2 of the Reconciliation Service API asks for, put here in schemas of our own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from harness import entity, graph, tie
from interlock.graph import Engine
from interlock.server.app import create_app
from interlock.server.reconcile import BATCH, MOST_BYTES
from interlock.server.reconcile_json import SETTINGS

HOSTILE = "<img src=x onerror=alert(1)>"
GRAPH = graph(
    tie("ann", "acme", "2011/2014", kind="BOARD_SEAT"),
    tie("bob", "acme", "2016/..", kind="BOARD_SEAT", status="ALLEGED"),
    *(tie("acme", f"deal-{number}", kind="PARTY") for number in range(8)),
    entities=[
        entity("Ann", "PERSON"),
        entity("Bob", "PERSON"),
        entity("Acme", "COMPANY", "Acme, Inc.", identifiers=("cik:42",), description="Makes anvils."),
        entity("Board of Acme", "BOARD", unit_of="acme"),
        entity("Evil", "COMPANY", HOSTILE, description=HOSTILE),
        *(entity(f"Deal {number}", "AGREEMENT") for number in range(8)),
    ],
)

TEXT = {"type": "string"}
FULL_TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https?://"}
OF_ENTITY = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
TYPE: dict[str, Any] = {
    "$defs": {
        "type": {
            "type": "object",
            "properties": {"id": FULL_TEXT, "name": FULL_TEXT, "broader": {"type": "array", "items": {"$ref": "#/$defs/type"}}},
            "required": ["id", "name"],
        }
    }
}
A_TYPE = {"$ref": "#/$defs/type"}


def obj(required: dict[str, Any], optional: dict[str, Any] | None = None, closed: bool = False) -> dict[str, Any]:
    """An object that must have some fields and may have others."""
    properties = required | (optional or {})
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": not closed}


def every(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


SERVICE = obj({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}})
SUGGEST = obj({**SERVICE["properties"], "flyout_service_url": URL, "flyout_service_path": {"type": "string", "pattern": r"^/.*\$\{id\}"}})
SETTING = obj(
    {"name": FULL_TEXT, "label": FULL_TEXT, "type": {"enum": ["number", "text", "checkbox", "select"]}},
    {"help_text": TEXT, "choices": every(obj({"value": TEXT, "name": TEXT}))},
) | {"if": {"properties": {"type": {"const": "select"}}}, "then": {"required": ["choices"]}}
MANIFEST = TYPE | obj(
    {
        "versions": every(TEXT) | {"contains": {"const": "0.2"}},
        "name": FULL_TEXT,
        "identifierSpace": URL,
        "schemaSpace": URL,
    },
    {
        "documentation": URL,
        "serviceVersion": TEXT,
        "view": obj({"url": OF_ENTITY}),
        "preview": obj({"url": OF_ENTITY, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "defaultTypes": every(A_TYPE) | {"uniqueItems": True},
        "suggest": obj({"entity": SUGGEST, "property": SUGGEST, "type": SUGGEST}),
        "extend": obj({"propose_properties": SERVICE}, {"property_settings": every(SETTING)}),
        "batchSize": {"type": "integer", "minimum": 1},
    },
)
FEATURE = obj({"id": FULL_TEXT, "value": {"type": ["boolean", "number"]}})
CANDIDATE = obj(
    {"id": FULL_TEXT, "name": FULL_TEXT, "score": {"type": "number"}},
    {"description": TEXT, "match": {"type": "boolean"}, "features": every(FEATURE), "type": every(obj({"id": FULL_TEXT}, {"name": TEXT}))},
)
RESULTS = {"type": "object", "additionalProperties": obj({"result": every(CANDIDATE)})}
SUGGESTED = obj({"result": every(obj({"id": FULL_TEXT, "name": FULL_TEXT}, {"description": TEXT}))})
SUGGESTED_ENTITIES = obj({"result": every(obj({"id": FULL_TEXT, "name": FULL_TEXT}, {"notable": every(obj({"id": FULL_TEXT}))}))})
SUGGESTED_TYPES = TYPE | obj({"result": every(A_TYPE)})
PROPOSED = obj({"properties": every(obj({"id": FULL_TEXT, "name": FULL_TEXT}))}, {"type": TEXT, "limit": {"type": "integer"}})
VALUE = {
    "oneOf": [
        obj({"id": FULL_TEXT, "name": FULL_TEXT}, {"description": TEXT}, closed=True),
        obj({"str": TEXT}, closed=True),
        obj({"int": {"type": "integer"}}, closed=True),
        obj({"float": {"type": "number"}}, closed=True),
    ]
}
EXTENSION = obj(
    {
        "meta": every(obj({"id": FULL_TEXT, "name": FULL_TEXT}, {"type": obj({"id": FULL_TEXT})})),
        "rows": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": every(VALUE)}},
    }
)


def valid(answer: Any, schema: dict[str, Any]) -> Any:
    """An answer, if it is as the schema has it."""
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer)
    return answer


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Engine(GRAPH))) as opened:
        yield opened


def ask(client: TestClient, **query: object) -> list[dict[str, Any]]:
    """The candidates of one query."""
    answer = client.post("/reconcile", data={"queries": json.dumps({"q": query})})
    found: list[dict[str, Any]] = valid(answer.json(), RESULTS)["q"]["result"]
    return found


def test_manifest_says_what_is_served_where(client: TestClient) -> None:
    manifest = valid(client.get("/reconcile").json(), MANIFEST)
    assert manifest["identifierSpace"] == GRAPH.columns.base
    assert manifest["batchSize"] == BATCH
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert client.get(service["service_url"] + service["service_path"], params={"prefix": "a", "type": "PERSON"}).status_code == 200
    for place in ("view", "preview"):
        assert client.get(manifest[place]["url"].replace("{{id}}", quote("acme", safe=""))).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_queries_are_answered_in_a_batch_each_by_its_own_key(client: TestClient, method: str) -> None:
    batch = json.dumps({"a": {"query": "Acme Inc", "type": "COMPANY", "limit": 3}, "b": {"query": "nobody"}, "": {"query": "Ann"}})
    given = {"params": {"queries": batch}} if method == "GET" else {"data": {"queries": batch}}
    answer = valid(client.request(method, "/reconcile", **given).json(), RESULTS)  # type: ignore[arg-type]
    assert {key: [(each["id"], each["match"]) for each in found["result"]] for key, found in answer.items()} == {
        "a": [("acme", True)],
        "b": [],
        "": [("ann", True)],
    }


def test_candidate_comes_with_its_types_and_the_features_behind_its_score(client: TestClient) -> None:
    best = ask(client, query="Acme", properties=[{"pid": "cik", "v": 42}, {"pid": "directors", "v": [{"id": "ann"}, "Zoe"]}])[0]
    assert best == {
        "id": "acme",
        "name": "Acme",
        "description": "Makes anvils.",
        "type": [{"id": "COMPANY", "name": "Company"}, {"id": "ORGANIZATION", "name": "Organization"}],
        "score": 100.0,
        "match": True,
        "features": [
            {"id": "name", "value": 1.0},
            {"id": "name_exact", "value": True},
            {"id": "identifier", "value": True},
            {"id": "property:cik", "value": 1.0},
            {"id": "property:directors", "value": 1.0},
            {"id": "relationships", "value": 10},
        ],
    }


def test_query_by_properties_alone_and_with_lenient_types(client: TestClient) -> None:
    assert {each["id"] for each in ask(client, properties=[{"pid": "director_of", "v": "Acme's board"}])} == {"ann", "bob"}
    assert [each["match"] for each in ask(client, query="Ann", type=["COMPANY", "Agreement"], type_strict="should")][:1] == [False]
    assert ask(client, query="Ann", type="COMPANY", type_strict="any") == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ([], "must be an object"),
        ({}, "needs a text or properties"),
        ({"query": 5}, "query must be a text"),
        ({"query": "Acme", "limit": 0}, "between 1 and"),
        ({"query": "Acme", "limit": "x"}, "whole number"),
        ({"query": "Acme", "limit": True}, "whole number"),
        ({"query": "Acme", "type": "COMPANI"}, "Did you mean COMPANY"),
        ({"query": "Acme", "type": 5}, "the id of a type"),
        ({"query": "Acme", "type_strict": "never"}, "one of any, all, should"),
        ({"query": "Acme", "properties": {"cik": 42}}, "must be"),
        ({"query": "Acme", "properties": [{"pid": "cyk", "v": 1}]}, "Did you mean cik"),
        ({"query": "Acme", "properties": [{"pid": "cik", "v": None}]}, "a text, a number"),
        ({"query": "Acme", "fuzzy": True}, "'fuzzy'"),
    ],
)
def test_query_that_is_wrong_is_refused_with_what_is_wrong(client: TestClient, query: object, message: str) -> None:
    answer = client.post("/reconcile", data={"queries": json.dumps({"q": query})})
    assert answer.status_code == 400
    assert answer.json()["code"] == "BAD_USER_INPUT"
    assert message in answer.json()["message"]


@pytest.mark.parametrize("queries", ["", "{", "[]", "5", "[" * 100_000])
def test_batch_that_is_no_object_is_refused(client: TestClient, queries: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert "must be a JSON object" in answer.json()["message"]


def test_too_much_at_once_is_refused(client: TestClient) -> None:
    batch = json.dumps({str(number): {"query": "Acme"} for number in range(BATCH + 1)})
    assert client.post("/reconcile", data={"queries": batch}).status_code == 413
    assert client.post("/reconcile", data={"queries": "x" * MOST_BYTES}).status_code == 413


def test_other_forms_and_parameters_are_refused(client: TestClient) -> None:
    assert "x-www-form-urlencoded" in client.post("/reconcile", json={"queries": {}}).json()["message"]
    assert "no JSONP" in client.get("/reconcile", params={"callback": "f"}).json()["message"]
    assert client.post("/reconcile").status_code == 400
    assert client.delete("/reconcile").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/suggest/entity?prefix=a",
        "/suggest/property",
        "/suggest/type",
        "/properties?type=PERSON",
        "/preview?id=acme",
        "/flyout/entity?id=acme",
        "/properties?type=x",
    ],
)
def test_every_page_may_call_every_endpoint(client: TestClient, path: str) -> None:
    answer = client.get(f"/reconcile{path}", headers={"origin": "https://refine.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {"origin": "https://refine.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert client.options(f"/reconcile{path}", headers=asked).headers["access-control-allow-origin"] == "*"


def test_entities_are_suggested_by_their_beginning_or_id(client: TestClient) -> None:
    found = valid(client.get("/reconcile/suggest/entity", params={"prefix": "acm"}).json(), SUGGESTED_ENTITIES)["result"]
    assert found[0] == {"id": "acme", "name": "Acme", "description": "Makes anvils.", "notable": [{"id": "COMPANY", "name": "Company"}]}
    assert client.get("/reconcile/suggest/entity", params={"prefix": "cik:42"}).json()["result"][0]["id"] == "acme"


@pytest.mark.parametrize(
    ("what", "id", "words"),
    [
        ("entity", "acme", ["Acme", "Company", "Makes anvils."]),
        ("property", "director_of", ["On whose boards"]),
        ("type", "EVENT", ["Event"]),
    ],
)
def test_suggestion_has_a_flyout(client: TestClient, what: str, id: str, words: list[str]) -> None:
    suggest = client.get("/reconcile").json()["suggest"][what]
    url = suggest["flyout_service_url"] + suggest["flyout_service_path"]
    told = valid(client.get(url.replace("${id}", quote(id, safe=""))).json(), obj({"id": FULL_TEXT, "html": FULL_TEXT}, closed=True))
    assert told["id"] == id
    assert all(each in told["html"] for each in words)
    missing = client.get(url.replace("${id}", "nobody"))
    assert (missing.status_code, missing.json()["message"]) == (404, f"There is no {what} 'nobody'.")


def test_flyout_runs_nothing(client: TestClient) -> None:
    html = client.get("/reconcile/flyout/entity?id=evil").json()["html"]
    assert HOSTILE not in html
    assert "&lt;img src=x" in html
    assert client.get("/reconcile/flyout/weather?id=evil").status_code == 404


def test_suggestions_go_on_from_a_cursor(client: TestClient) -> None:
    def suggested(cursor: str) -> list[str]:
        answer = client.get("/reconcile/suggest/property", params={"prefix": "", "cursor": cursor})
        return [each["id"] for each in valid(answer.json(), SUGGESTED)["result"]]

    assert len(suggested("0")) == 10
    assert suggested("1")[:9] == suggested("0")[1:]
    assert client.get("/reconcile/suggest/property", params={"cursor": "-1"}).status_code == 400


def test_properties_and_types_are_suggested_by_the_beginning_of_a_word(client: TestClient) -> None:
    assert client.get("/reconcile/suggest/property", params={"prefix": "dire"}).json()["result"][0] == {
        "id": "director_of",
        "name": "director of",
        "description": "On whose boards a person sits or sat.",
    }
    found = valid(client.get("/reconcile/suggest/type", params={"prefix": "act"}).json(), SUGGESTED_TYPES)
    assert found == {"result": [{"id": "REGULATORY_ACTION", "name": "Regulatory action"}]}


def test_properties_are_proposed_for_a_type(client: TestClient) -> None:
    found = valid(client.get("/reconcile/properties", params={"type": "BOARD"}).json(), PROPOSED)
    assert {"company", "members"} < {each["id"] for each in found["properties"]}
    assert "directors" not in {each["id"] for each in found["properties"]}
    assert len(client.get("/reconcile/properties", params={"type": "BOARD", "limit": "2"}).json()["properties"]) == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_table_is_extended_with_values_of_properties(client: TestClient, method: str) -> None:
    wanted = json.dumps({"ids": ["acme", "ann", "nobody"], "properties": [{"id": "directors"}, {"id": "cik"}]})
    given = {"params": {"extend": wanted}} if method == "GET" else {"data": {"extend": wanted}}
    answer = valid(client.request(method, "/reconcile", **given).json(), EXTENSION)  # type: ignore[arg-type]
    assert answer == {
        "meta": [{"id": "directors", "name": "directors"}, {"id": "cik", "name": "CIK"}],
        "rows": {
            "acme": {"directors": [{"id": "ann", "name": "Ann"}, {"id": "bob", "name": "Bob"}], "cik": [{"str": "42"}]},
            "ann": {"directors": [], "cik": []},
            "nobody": {"directors": [], "cik": []},
        },
    }


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({}, ["ann", "bob"]),
        ({"as_of": "2012"}, ["ann"]),
        ({"as_of": " ", "min_status": "CONFIRMED"}, ["ann"]),
        ({"limit": "1"}, ["ann"]),
        ({"limit": 0}, ["ann", "bob"]),
        ({"as_of": "2015"}, []),
    ],
)
def test_values_are_those_that_the_settings_admit(client: TestClient, settings: dict[str, object], found: list[str]) -> None:
    assert settings.keys() <= {each["name"] for each in SETTINGS}
    wanted = json.dumps({"ids": ["acme"], "properties": [{"id": "directors", "settings": settings}]})
    rows = valid(client.get("/reconcile", params={"extend": wanted}).json(), EXTENSION)["rows"]
    assert [each["id"] for each in rows["acme"]["directors"]] == found


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"properties": []}, "extend needs ids"),
        ({"ids": [5], "properties": []}, "extend needs ids"),
        ({"ids": []}, "extend needs properties"),
        ({"ids": [], "properties": [{"id": "x"}]}, "There is no property 'x'"),
        ({"ids": [], "properties": [{"id": "cik", "settings": {"when": 1}}]}, "as_of, min_status, limit"),
        ({"ids": [], "properties": [{"id": "cik", "settings": {"as_of": "soon"}}]}, "is not a date"),
        ({"ids": [], "properties": [{"id": "cik", "settings": {"min_status": "SURE"}}]}, "must be one of CONFIRMED"),
        ({"ids": [], "properties": [{"id": "cik", "settings": {"limit": "-1"}}]}, "whole number"),
    ],
)
def test_extension_that_is_wrong_is_refused_with_what_is_wrong(client: TestClient, wanted: object, message: str) -> None:
    answer = client.get("/reconcile", params={"extend": json.dumps(wanted)})
    assert answer.status_code == 400
    assert message in answer.json()["message"]


def test_preview_tells_of_an_entity_and_how_much_more_there_is(client: TestClient) -> None:
    page = client.get("/reconcile/preview", params={"id": "acme"})
    assert "Makes anvils." in page.text
    assert "and 4 more" in page.text
    assert client.get("/reconcile/preview", params={"id": "nobody"}).status_code == 404


def test_preview_runs_nothing_and_may_be_framed(client: TestClient) -> None:
    page = client.get("/reconcile/preview", params={"id": "evil"})
    assert "onerror" in page.text
    assert "<img" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert re.findall(r"<script|style=|https?://", page.text) == []
