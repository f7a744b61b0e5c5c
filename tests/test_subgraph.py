from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, Limits, load
from interlock.graph.exports.formats import FORMATS
from interlock.graph.selection_query import read_query
from interlock.schema import Context, build_schema

SCHEMA = build_schema()
GRAPH = graph(
    tie("ann", "acme", "2011/2019", kind="BOARD_SEAT", key="seat"),
    tie("ann", "beta", "2000/..", kind="FOUNDING", key="founding"),
    tie("beta", "gamma", "2005/..", kind="ACQUISITION", key="bought"),
    tie("acme", "gamma", kind="ASSOCIATION", key="said", status="ALLEGED"),
    tie("acme", "delta", kind="ASSOCIATION", key="gone", status="DISMISSED"),
    tie("gamma", "omega", kind="ASSOCIATION", key="far"),
    entities=[entity("Ann", "PERSON"), entity("Acme"), entity("Board of Acme", "BOARD", unit_of="acme")],
)
ENGINE = Engine(GRAPH, PATIENT)
DOCUMENT = """query ($of: [EntityRef!]!, $hops: Int, $filter: PathFilter, $limit: Int) {
  neighborhood(of: $of, hops: $hops, filter: $filter, limit: $limit) {
    nodes { id } relationships { id source { id } target { id } } nodeCount relationshipCount complete notes title datasetVersion
    hubs(first: 2) { entity { id } shown hidden } exportUrl(format: "gexf") } }"""


def near(*of: str, on: Engine = ENGINE, **variables: Any) -> Any:
    result = SCHEMA.execute_sync(DOCUMENT, {"of": list(of), **variables}, Context(on))
    assert not result.errors, result.errors
    assert result.data
    return result.data["neighborhood"]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in found]


def refused(arguments: str, fields: str = "complete") -> dict[str, Any]:
    result = SCHEMA.execute_sync(f"{{ neighborhood({arguments}) {{ {fields} }} a: dataset {{ version }} }}", context_value=Context(ENGINE))
    assert result.errors
    assert result.data == {"neighborhood": None, "a": {"version": "test"}}
    return {"message": result.errors[0].message, **(result.errors[0].extensions or {})}


def test_neighborhood_is_what_is_so_near_and_all_relationships_among_it() -> None:
    found = near("ann")
    assert ids(found["nodes"]) == ["ann", "acme", "beta"]
    assert ids(found["relationships"]) == ["founding", "seat"]
    assert (found["complete"], found["datasetVersion"], found["nodeCount"], found["relationshipCount"]) == (True, "test", 3, 2)
    wider = near("ann", hops=2)
    assert ids(wider["nodes"]) == ["ann", "acme", "beta", "gamma"]
    assert ids(wider["relationships"]) == ["bought", "founding", "said", "seat"]
    assert wider["title"] == "Ann, and what is within 2 hops of it"
    assert wider["notes"] == ["Left out: relationships whose status is DISMISSED or RETRACTED."]


def test_neighborhood_of_several_is_what_is_near_any_of_them() -> None:
    assert ids(near("omega", "ann")["nodes"]) == ["ann", "omega", "acme", "beta", "gamma"]
    assert ids(near("omega", "omega")["nodes"]) == ["omega", "gamma"]


def test_filter_holds_for_the_way_and_for_what_is_shown() -> None:
    found = near("ann", hops=2, filter={"relationships": {"minStatus": "CONFIRMED", "asOf": "2006"}})
    assert (ids(found["nodes"]), ids(found["relationships"])) == (["ann", "beta", "gamma"], ["bought", "founding"])
    assert ids(near("acme", filter={"relationships": {"statuses": ["DISMISSED"]}})["nodes"]) == ["acme", "delta"]
    assert ids(near("ann", hops=3, filter={"avoid": ["acme"]})["nodes"]) == ["ann", "beta", "gamma", "omega"]
    assert ids(near("gamma", filter={"direction": "REVERSE"})["nodes"]) == ["gamma", "acme", "beta"]


def test_board_brings_its_company_and_those_who_sat_on_it() -> None:
    found = near("Acme's board", limit=3)
    assert ids(found["nodes"]) == ["board-of-acme", "acme", "ann"]
    assert ids(found["relationships"]) == ["seat"]


def test_limit_keeps_the_nearest_then_the_lesser_ids_and_says_so() -> None:
    found = near("ann", hops=2, limit=2)
    assert (ids(found["nodes"]), ids(found["relationships"]), found["complete"]) == (["ann", "acme"], ["seat"], False)
    assert "More than 2 entities are as near" in found["notes"][0]
    assert near("ann", limit=3)["complete"]


def test_hubs_are_those_on_which_most_relationships_meet_with_what_is_hidden() -> None:
    assert near("ann", hops=2)["hubs"] == [
        {"entity": {"id": "acme"}, "shown": 2, "hidden": 1},
        {"entity": {"id": "ann"}, "shown": 2, "hidden": 0},
    ]


def test_relationships_lead_nowhere_else_in_the_shipped_graph() -> None:
    engine = Engine(load(), PATIENT)
    found = near("Meta", "Netflix", on=engine, hops=2, limit=150)
    inside = set(ids(found["nodes"]))
    assert len(inside) == found["nodeCount"] == 150
    assert not found["complete"]
    assert all(tie["source"]["id"] in inside and tie["target"]["id"] in inside for tie in found["relationships"])
    among = [
        tie.id
        for tie in engine.graph.relationships.values()
        if {tie.source, tie.target} <= inside and tie.status not in ("DISMISSED", "RETRACTED")
    ]
    assert ids(found["relationships"]) == among


def test_neighborhood_that_ran_out_of_steps_says_so_and_is_not_kept() -> None:
    context = Context(Engine(GRAPH, Limits(steps=1, seconds=PATIENT.seconds)))
    result = SCHEMA.execute_sync('{ neighborhood(of: ["ann"], hops: 3) { complete notes } }', context_value=context)
    assert result.data
    assert not result.data["neighborhood"]["complete"]
    assert "used up its steps or its time" in result.data["neighborhood"]["notes"][0]
    assert context.volatile
    whole = Context(ENGINE)
    SCHEMA.execute_sync('{ neighborhood(of: ["ann"], hops: 3, limit: 2) { complete } }', context_value=whole)
    assert not whole.volatile


def test_export_url_asks_for_the_same() -> None:
    found = near("ann", "Acme's board", hops=2, limit=7, filter={"relationships": {"asOf": "2012", "kinds": ["BOARD_SEAT", "FOUNDING"]}})
    url = urlsplit(found["exportUrl"])
    assert (url.scheme, url.netloc, url.path) == ("", "", "/export/gexf")
    assert parse_qs(url.query)["of"] == ["ann", "board-of-acme"]
    asked = read_query(url.query, ENGINE)
    assert (asked.hops, asked.limit, asked.filter.relationships.as_of.text) == (2, 7, "2012")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["pdf", "GEXF", "gefx", ""])
def test_export_url_of_an_unknown_format_is_refused_with_those_there_are(name: str) -> None:
    error = refused('of: ["ann"]', f'exportUrl(format: "{name}")')
    assert error["code"] == "BAD_USER_INPUT"
    assert repr(name) in error["message"]
    assert ", ".join(FORMATS) in error["message"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ('of: ["ann"], filter: {heldTogether: true}', "BAD_USER_INPUT", "heldTogether is a condition on whole paths"),
        ('of: ["ann"], filter: {mustPass: ["acme"]}', "BAD_USER_INPUT", "mustPass is a condition on whole paths"),
        ('of: ["ann", "acme"], limit: 1', "BAD_USER_INPUT", "leave room for all"),
        ('of: ["nobody"]', "UNKNOWN_ENTITY", "nobody"),
        ('of: ["ann"], filter: {relationships: {certainty: CERTAIN}}', "BAD_USER_INPUT", "asOf or during"),
    ],
)
def test_neighborhood_refuses_what_it_cannot_honour(arguments: str, code: str, message: str) -> None:
    error = refused(arguments)
    assert error["code"] == code
    assert message in error["message"]
