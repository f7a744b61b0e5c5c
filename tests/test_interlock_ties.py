"""Networks of interlocks as files: each tie with whom it is by, as brute force finds it, read back by the tools that they are for."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import igraph
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite
from openpyxl.utils.escape import unescape
from starlette.testclient import TestClient
from test_exports_graphs import gexf_faults
from test_interlock_network import CONDITIONS, DRAWN, answered, engine
from typer.testing import CliRunner

from export_records import TEXT, exported, unzipped
from harness import PATIENT, entity, graph, tie
from interlock.graph import (
    BadInput,
    Engine,
    EntityKind,
    KnowledgeGraph,
    Relationship,
    RelationshipFilter,
    interlocked,
    load,
    select,
    subgraph,
    table_rows,
    weighted_graph,
)
from interlock.graph.dates import parse_date
from interlock.graph.exports.csv_tables import harmless
from interlock.graph.exports.formats import FORMATS, export_path, file_name
from interlock.graph.exports.spelling import printable
from interlock.graph.filters import PathFilter
from interlock.graph.interlock_ties import InterlockTie, ties
from interlock.graph.intervals import Certainty
from interlock.graph.model import Status
from interlock.graph.selection import Parameters
from interlock.graph.selection_query import read_query
from interlock.graph.together import held_together
from interlock.server.app import create_app
from interlock.server.cli import cli

NETWORK = Parameters(interlock_network=True)
DIRECTORS = Parameters(filter=PathFilter(entity_kinds=frozenset({EntityKind.PERSON})), interlock_network=True)
KNOWN = graph(
    tie("ann", "acme", "2010/2014", kind="BOARD_SEAT", key="1"),
    tie("ann", "bell", "2012-03/2016", kind="BOARD_SEAT", key="2", status="ALLEGED"),
    tie("bob", "acme", "2020/", kind="BOARD_SEAT", key="3"),
    tie("bob", "bell", "2021/", kind="BOARD_SEAT", key="4"),
    tie("cyd", "core", "2010", kind="BOARD_SEAT", key="5"),
    tie("cyd", "acme", kind="POSITION", key="6"),
    entities=[*(entity(name, "PERSON") for name in ("Ann", "Bob", "Cyd")), entity("core", description='=1+1 "x"\n\u202e 名')],
)
TIE = {
    "source_name": "acme", "target_name": "bell", "label": "shared 2 directors", "weight": 2, "certain": 1, "certainty": "CERTAIN",
    "status": "ALLEGED", "shared": ["ann", "bob"], "shared_names": ["Ann", "Bob"], "start_earliest": "2012-03-01",
    "seats": ["1", "2", "3", "4"],
}  # fmt: skip
FEW = settings(max_examples=20, deadline=None)
KINDS = ("PERSON", "COMPANY", "ORGANIZATION")
LISTS = ("shared", "shared_names", "seats")


def known_ties(known: KnowledgeGraph, parameters: Parameters) -> list[InterlockTie]:
    network = select(Engine(known, PATIENT), parameters).network
    assert network is not None
    return list(ties(network))


def brute_force(known: KnowledgeGraph, conditions: RelationshipFilter, of_directors: bool) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Whom (or what) every two share, how many surely, how firmly that is known, and by which seats."""
    mine, theirs = ("source", "target") if of_directors else ("target", "source")
    wanted = (Certainty.CERTAIN,) if conditions.certainty is Certainty.CERTAIN else (Certainty.CERTAIN, Certainty.POSSIBLE)
    met: dict[tuple[str, str], list[tuple[str, Certainty, Relationship, Relationship]]] = defaultdict(list)
    seats = [each for each in known.relationships.values() if each.kind == "BOARD_SEAT" and conditions.admits(each, known)]
    for a, b in product(seats, seats):
        held = held_together([[a.interval], [b.interval]], conditions.window).certainty
        if getattr(a, mine) < getattr(b, mine) and getattr(a, theirs) == getattr(b, theirs) and held in wanted:
            met[getattr(a, mine), getattr(b, mine)].append((getattr(a, theirs), held, a, b))
    found = {}
    for pair, links in met.items():
        sure = {shared for shared, held, _, _ in links if held is Certainty.CERTAIN}
        best = Certainty.CERTAIN if sure else Certainty.POSSIBLE
        status = min((max(a.status, b.status, key=lambda each: each.rank) for _, held, a, b in links if held is best), key=lambda s: s.rank)
        shared, ids = sorted({link[0] for link in links}), sorted({seat.id for link in links for seat in link[2:]})
        found[pair] = (tuple(shared), len(sure), best, status, tuple(ids))
    return found


@given(DRAWN, CONDITIONS)
def test_ties_are_those_of_brute_force(seats: list[tuple[str, ...]], conditions: RelationshipFilter) -> None:
    known = engine(seats).graph
    for kinds in ((), (EntityKind.PERSON,)):
        network = interlocked(Engine(known, PATIENT), *kinds, conditions=conditions).network
        assert network is not None
        found = {(each.source, each.target): (each.shared, each.certain, each.certainty, each.status, each.seats) for each in ties(network)}
        assert found == brute_force(known, conditions, bool(kinds))


@given(DRAWN)
def test_spells_are_the_days_on_which_two_can_have_been_linked(seats: list[tuple[str, ...]]) -> None:
    known = engine(seats).graph
    for each in known_ties(known, NETWORK):
        for year in range(1999, 2006):
            day = parse_date(f"{year}-06-30")
            as_of = RelationshipFilter(as_of=day)
            linked = (each.source, each.target) in brute_force(known, as_of, of_directors=False)
            assert any(spell.first <= day.first <= spell.last for spell in each.spells) is linked
        assert all(one.last + 1 < other.first for one, other in zip(each.spells, each.spells[1:], strict=False))


def test_weights_of_a_day_are_those_of_a_projection_by_networkx() -> None:
    known, day = load(), parse_date("2012-06-01")
    seats = [each for each in known.relationships.values() if each.kind == "BOARD_SEAT" and each.status.rank <= Status.DISPUTED.rank]
    held = [(each.source, each.target) for each in seats if each.interval.bounds.start_min <= day.first <= each.interval.bounds.end_max]
    two_mode: nx.Graph[str] = nx.Graph(held)
    for kinds, nodes in (((), {board for _, board in held}), ((EntityKind.PERSON,), {person for person, _ in held})):
        expected = bipartite.weighted_projected_graph(two_mode, nodes)
        found = weighted_graph(known, interlocked(Engine(known, PATIENT), *kinds, conditions=RelationshipFilter(as_of=day)))
        assert set(found) == set(expected)
        weights = [{frozenset(pair): weight for *pair, weight in each.edges(data="weight")} for each in (found, expected)]
        assert weights[0] == weights[1]
        assert len(weights[0]) > 20


def written(name: str, parameters: Parameters = NETWORK) -> bytes:
    return exported(KNOWN, name, parameters)


def said(row: Any) -> dict[str, Any]:
    """What is said of the tie, whatever a tool has made of lists and of what is missing."""
    return {name: json.loads(row[name]) if name in LISTS and isinstance(row[name], str) else row[name] for name in TIE}


def test_graphml_is_read_by_networkx_and_igraph() -> None:
    found = nx.read_graphml(io.BytesIO(written("graphml")))
    assert type(found) is nx.Graph
    assert (sorted(found), said(found.edges["acme", "bell"])) == (["acme", "bell", "core"], TIE)
    with tempfile.NamedTemporaryFile(suffix=".graphml") as file:
        file.write(written("graphml"))
        file.flush()
        again = igraph.Graph.Read_GraphML(file.name)
    assert (again.is_directed(), again.vs["key"], again.strength(weights="weight")) == (False, ["acme", "bell", "core"], [2, 2, 0])


def test_gexf_keeps_the_rules_has_weights_and_a_spell_for_each_time_that_two_were_linked() -> None:
    content = written("gexf")
    assert gexf_faults(content) == []
    found = nx.read_gexf(io.BytesIO(content))
    edge = found.edges["acme", "bell"]
    assert (found.is_directed(), edge["weight"], said(edge)) == (False, 2, TIE)
    assert b'<spells><spell start="2012-03-01" end="2014-12-31"/><spell start="2021-01-01"/></spells>' in content


def test_json_is_read_by_networkx() -> None:
    found = nx.node_link_graph(json.loads(written("json")), edges="edges")
    assert type(found) is nx.Graph
    assert said(found.edges["acme", "bell"]) == TIE
    elements = json.loads(written("cyjs"))["elements"]
    assert [each["data"]["id"] for each in elements["nodes"]] == ["acme", "bell", "core"]
    assert [said(each["data"]) for each in elements["edges"]] == [TIE]


def test_tables_are_read_by_pandas_pyarrow_and_openpyxl() -> None:
    members = unzipped(written("csv"))
    assert [*members] == ["datapackage.json", "entities.csv", "interlocks.csv", "sources.csv"]
    (row,) = pd.read_csv(io.BytesIO(members["interlocks.csv"])).to_dict("records")
    assert said(row) == TIE
    (resource,) = [each for each in json.loads(members["datapackage.json"])["resources"] if each["name"] == "interlocks"]
    assert [each["reference"]["resource"] for each in resource["schema"]["foreignKeys"]] == ["entities", "entities"]
    (row,) = pq.read_table(io.BytesIO(unzipped(written("parquet"))["interlocks.parquet"])).to_pylist()
    assert said({**row, "start_earliest": row["start_earliest"].isoformat()}) == TIE
    sheet = [*openpyxl.load_workbook(io.BytesIO(written("xlsx")))["interlocks"].iter_rows(values_only=True)]
    assert [said(dict(zip(sheet[0], row, strict=True))) for row in sheet[1:]] == [TIE]


@given(st.tuples(TEXT, TEXT, TEXT))
@FEW
def test_any_name_comes_back_from_every_format(names: tuple[str, str, str]) -> None:
    known = graph(
        tie("p", "id", "2010~/", kind="BOARD_SEAT", key="label"), tie("p", "key", kind="BOARD_SEAT", key="source"),
        entities=[replace(entity("x", kind), id=id, name=name) for id, kind, name in zip(["p", "id", "key"], KINDS, names, strict=True)],
    )  # fmt: skip
    plain = [printable(name) for name in names[1:]]
    graphml, gexf, json_graph = (exported(known, name, NETWORK) for name in ("graphml", "gexf", "json"))
    assert gexf_faults(gexf) == []
    assert [name for _, name in nx.read_graphml(io.BytesIO(graphml)).nodes(data="name")] == plain
    assert [label for _, label in nx.read_gexf(io.BytesIO(gexf)).nodes(data="label")] == plain
    edges = [nx.node_link_graph(json.loads(json_graph), edges="edges").edges["id", "key"], json.loads(exported(known, "cyjs", NETWORK))]
    assert edges[0]["shared_names"] == edges[1]["elements"]["edges"][0]["data"]["shared_names"] == [names[0]]
    members, typed = unzipped(exported(known, "csv", NETWORK)), unzipped(exported(known, "parquet", NETWORK))
    (row,) = csv.DictReader(io.StringIO(members["interlocks.csv"].decode(), newline=""))
    assert [row["source_name"], row["target_name"]] == [harmless(name) for name in names[1:]]
    (row,) = pq.read_table(io.BytesIO(typed["interlocks.parquet"])).to_pylist()
    assert [row["source_name"], row["target_name"], *row["shared_names"]] == [*names[1:], names[0]]
    sheet = openpyxl.load_workbook(io.BytesIO(exported(known, "xlsx", NETWORK)))["interlocks"]
    assert [unescape(sheet.cell(2, column).value or "") for column in (4, 5)] == plain
    assert exported(known, "dot", NETWORK).count(b'"id" -- "key"') == 1


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_dot_is_read_by_graphviz() -> None:
    ran = subprocess.run(["dot", "-Tdot_json"], input=written("dot"), capture_output=True, check=True)
    found = json.loads(ran.stdout, strict=False)
    (edge,) = found["edges"]
    assert (found["directed"], edge["weight"], {found["objects"][edge[end]]["name"] for end in ("tail", "head")}) == (
        False,
        "2",
        {"acme", "bell"},
    )


def test_dot_is_undirected() -> None:
    (line,) = [line for line in written("dot").decode().splitlines() if " -- " in line]
    assert line.startswith('  "acme" -- "bell" [label="shared 2 directors [alleged]", weight="2", penwidth="2"')


def test_sources_are_those_of_the_seats_that_link() -> None:
    assert "The Times" in written("bib").decode()
    assert [each["title"] for each in json.loads(written("csl"))] == ["The Times"]


def test_in_python_a_network_is_a_graph_and_rows() -> None:
    selection = interlocked(Engine(KNOWN, PATIENT))
    assert weighted_graph(KNOWN, selection).edges["bell", "acme"]["shared"] == ("ann", "bob")
    assert [row["weight"] for row in table_rows(KNOWN, selection, "interlocks")] == [2]
    with pytest.raises(BadInput, match="take weighted_graph"):
        subgraph(KNOWN, selection)
    with pytest.raises(BadInput, match="take subgraph"):
        weighted_graph(KNOWN, select(Engine(KNOWN, PATIENT), Parameters()))
    with pytest.raises(BadInput, match="There are entities, interlocks, sources"):
        table_rows(KNOWN, selection, "claims")


def test_on_the_command_line_it_is_written_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "boards.json"
    result = CliRunner().invoke(cli, ["export", "json", "--interlock-network", "--as-of", "2012", "-o", str(path)])
    found = json.loads(path.read_bytes())
    assert result.exit_code == 0
    assert f"Wrote {len(found['nodes'])} entities, {len(found['edges'])} interlocks and " in result.stderr
    assert found["edges"]


def test_directors_are_tied_by_boards() -> None:
    known = graph(*(tie(person, board, "2010", kind="BOARD_SEAT") for person, board in product(("ann", "bob"), ("acme", "bell"))),
                  entities=[entity("ann", "PERSON"), entity("bob", "PERSON")])  # fmt: skip
    (found,) = json.loads(exported(known, "json", DIRECTORS))["edges"]
    assert (found["label"], found["shared_names"]) == ("sat together on 2 boards", ["acme", "bell"])


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.networks])
def test_files_say_what_they_are(name: str) -> None:
    parameters = Parameters(filter=PathFilter(RelationshipFilter(as_of=parse_date("2013"))), interlock_network=True)
    content = written(name, parameters)
    text = content if FORMATS[name].text else b"".join(unzipped(content).values())
    for words in ("Boards that shared directors, as of 2013", "As of 2013", "not stated: ask", "alleged is not confirmed"):
        assert words.encode() in text


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if not format.networks])
def test_formats_of_relationships_with_their_claims_refuse(name: str) -> None:
    for refused in (lambda: written(name), lambda: export_path(name, NETWORK)):
        with pytest.raises(BadInput, match=f"{name} holds relationships with their claims, no network of interlocks. Take graphml, gexf"):
            refused()


def test_parameters_are_those_of_a_query() -> None:
    on = Engine(KNOWN, PATIENT)
    assert read_query("interlockNetwork=true", on) == NETWORK
    assert read_query("interlockNetwork=true&entityKinds=person", on) == DIRECTORS
    assert export_path("gexf", DIRECTORS) == "/export/gexf?interlockNetwork=true&entityKinds=PERSON"
    assert file_name("gexf", KNOWN, DIRECTORS) == "interlock-network-person-test.gexf"
    for text in ("interlockNetwork=true&of=ann", "interlockNetwork=true&from=acme&to=bell"):
        with pytest.raises(BadInput, match="leave out of, from and to"):
            read_query(text, on)
    with pytest.raises(BadInput, match="avoid is a condition on whole paths"):
        read_query("interlockNetwork=true&avoid=ann", on)


def test_over_http_it_is_what_graphql_says() -> None:
    on = Engine(KNOWN, PATIENT)
    found = answered('interlockNetwork(asOf: "2013", kinds: [COMPANY]) { exportUrl(format: "json") seatsExportUrl(format: "nq") }', on)
    assert found["exportUrl"] == "/export/json?interlockNetwork=true&asOf=2013&entityKinds=COMPANY"
    with TestClient(create_app(on)) as client:
        response = client.get(found["exportUrl"])
        refused = client.get("/export/nq?interlockNetwork=true")
        assert client.get(found["seatsExportUrl"]).status_code == 200
    assert [each["weight"] for each in response.json()["edges"]] == [1]
    assert (refused.status_code, "no network of interlocks" in refused.text) == (400, True)


def test_seats_behind_a_network_are_those_that_count() -> None:
    known = graph(tie("p", "a", kind="BOARD_SEAT"), tie("p", "b", kind="BOARD_SEAT", status="DISMISSED"), entities=[entity("p", "PERSON")])
    found = answered('interlockNetwork { ties { totalCount } seatsExportUrl(format: "json") }', Engine(known, PATIENT))
    assert found["ties"]["totalCount"] == 0
    selection = select(Engine(known, PATIENT), read_query(urlsplit(found["seatsExportUrl"]).query, Engine(known, PATIENT)))
    assert list(selection.relationships) == ["p-board_seat-a"]
