"""Real companies and officers in W3C ORG, from a copy beside the checkout: euBusinessGraph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from foreign import told
from typer.testing import CliRunner

from interlock.graph import Engine, load
from interlock.graph.loading import check
from interlock.schema import Context, build_schema
from interlock.server.cli import cli

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "eubg"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the data of euBusinessGraph is not in {FOLDER}")
OFFICERS = [
    "ATANAS KOSTADINOV KIRYAKOV | BOARD_SEAT director (Член на управителния съвет) | LINKED DATA BENCHMARK COUNCIL | 2014-01-01/",
    "Michele Barbera | BOARD_SEAT director (Consigliere) | SPAZIODATI S.R.L. | 2012-12-20/",
    "Michele Barbera | POSITION (Amministratore Delegato) | SPAZIODATI S.R.L. | 2017-04-20/",
    "Атанас Костадинов Киряков | BOARD_SEAT director (Член на управителния съвет) | Онтотекст | 2017-07-11/",
    "Атанас Костадинов Киряков | POSITION executive (Изпълнителен директор) | Онтотекст | 2012-06-29/",
    "Васил Иванов Момчев | BOARD_SEAT director (Член на управителния съвет) | Онтотекст | 2017-07-11/",
]


def test_officers_of_companies_are_those_of_the_files() -> None:
    graph = load(FOLDER / "officers.ttl", FOLDER / "company.ttl")
    assert told(graph) == OFFICERS
    assert {tie.status for tie in graph.relationships.values()} == {"REPORTED"}


def test_the_whole_folder_loads_with_its_ontology_and_says_what_is_left_out() -> None:
    graph = check(FOLDER)
    assert [line for line in OFFICERS if line not in told(graph)] == []
    messages = [str(each).removeprefix(f"{FOLDER}/") for each in graph.provenance.warnings]
    assert "identifier_systems.ttl:40: column 3: The prefix https: has not been declared. This file is left out" in messages
    assert sum("empty date" in message for message in messages) == 1
    assert [each.licence for each in graph.provenance.origins if each.name == "ebg-ontology.ttl"] == ["ODC-By-1.0"]
    counted = {each.iri.rpartition("#")[2]: each.count for each in graph.provenance.unread}
    assert counted["scopeNote"] > 800


def test_command_line_and_graphql_answer_who_the_officers_are() -> None:
    data = ["--data", str(FOLDER / "officers.ttl"), str(FOLDER / "company.ttl")]
    shown = CliRunner().invoke(cli, ["show", "Онтотекст", *data])
    assert "Васил Иванов Момчев is reported to have held a seat on Онтотекст's board" in shown.stdout
    assert "statements not understood and left out" in shown.stderr
    path = CliRunner().invoke(cli, ["paths", "Васил Иванов Момчев", "Атанас Костадинов Киряков", *data, "--format", "json"])
    assert [each["length"] for each in json.loads(path.stdout)["paths"]["nodes"]] == [2]
    engine = Engine(load(FOLDER / "officers.ttl"))
    query = """{
        entity(ref: "Онтотекст") { ... on Company { boardSeats { person { name } } } }
        dataset { origins { name claims } }
    }"""
    answer = build_schema().execute_sync(query, context_value=Context(engine))
    assert answer.errors is None
    assert answer.data is not None
    seats = answer.data["entity"]["boardSeats"]
    assert sorted(seat["person"]["name"] for seat in seats) == ["Атанас Костадинов Киряков", "Васил Иванов Момчев"]
    assert answer.data["dataset"]["origins"] == [{"name": "officers.ttl", "claims": 6}]
