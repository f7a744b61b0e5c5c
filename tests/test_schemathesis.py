"""Whatever the schema allows to be asked is answered, or refused for a reason that clients can act on."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine
from interlock.schema.errors import CODES
from interlock.server.app import create_app

NAMES = ["ann", "Acme", "Board of Acme", "entity/none", "", "A", "cik:1", "\u202e", "https://example.org/acme"]
DATES = ["2011", "2012-06", "2013-01-31", "2011/2014", "2020/..", "2011~", "2011-13", ""]
GRAPH = graph(
    tie("ann", "acme", "2011/2019", kind="BOARD_SEAT"),
    tie("ann", "other", "2010/2013", kind="BOARD_SEAT"),
    tie("acme", "other", "2012", kind="INVESTMENT"),
    entities=[entity("Ann", "PERSON"), entity("Acme"), entity("Board of Acme", "BOARD", unit_of="acme"), entity("Other")],
)
for name, values in {"EntityRef": NAMES, "PartialDate": DATES, "IRI": NAMES}.items():
    schemathesis.graphql.scalar(name, st.sampled_from(values).map(nodes.String))
schema = schemathesis.graphql.from_asgi("/graphql", create_app(Engine(GRAPH, PATIENT)))


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_api_answers_whatever_its_schema_allows(case: schemathesis.Case) -> None:
    response = case.call()
    answer = response.json()
    assert response.status_code in (200, 400)
    assert "data" in answer or answer["errors"]
    for error in answer.get("errors", ()):
        assert error["extensions"]["code"] in CODES.keys() - {"INTERNAL", "GRAPHQL_PARSE_FAILED"}, error
