"""GraphML, GEXF, node-link and Cytoscape JSON and DOT, read back by networkx, igraph, cytoscape.js and Graphviz."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from lxml import etree

from export_records import exported, graphs, rows
from harness import DEFAULT_SOURCE, claim, graph, tie
from interlock.graph import KnowledgeGraph, load
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, parse_date
from interlock.graph.exports.gexf import Stretch, held, statuses
from interlock.graph.exports.spelling import as_json, printable, spelled
from interlock.graph.exports.tables import ENTITIES, RELATIONSHIPS
from interlock.graph.intervals import UNKNOWN, parse_interval
from interlock.graph.model import Source

CYTOSCAPE = Path(__file__).parents[1] / "server" / "web" / "node_modules" / "cytoscape"
READ_BY_CYTOSCAPE = """
const cytoscape = require(process.argv[1]);
const file = JSON.parse(require("fs").readFileSync(0, "utf8"));
const cy = cytoscape({ headless: true, elements: file.elements });
process.stdout.write(JSON.stringify({ nodes: cy.nodes().map((n) => n.data()), edges: cy.edges().map((e) => e.data()) }));
"""


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return load()


def read_graphml(content: bytes) -> nx.MultiDiGraph[str]:
    found = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    return found


def as_text(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """What a row is in formats that know texts and numbers."""
    had = {name: value for name, value in row.items() if value not in (None, ()) and name not in without}
    numbers = {"amount": float, "share": float, "claims": int, "independent_sources": int}
    return {name: numbers[name](value) if name in numbers else printable(spelled(value)) for name, value in had.items()}


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_graphml_is_read_by_networkx(known: KnowledgeGraph) -> None:
    found = read_graphml(exported(known, "graphml"))
    assert {**found.nodes} == {row["id"]: {**as_text(row, "id"), "key": row["id"]} for row in rows(known, ENTITIES)}
    edges = {key: (source, target, data) for source, target, key, data in found.edges(keys=True, data=True)}
    assert edges == {
        row["id"]: (row["source"], row["target"], {**as_text(row, "id", "source", "target"), "key": row["id"]})
        for row in rows(known, RELATIONSHIPS)
    }


@given(graphs())
@settings(max_examples=20, deadline=None)
def test_graphml_is_read_by_igraph(known: KnowledgeGraph) -> None:
    with tempfile.NamedTemporaryFile(suffix=".graphml") as file:
        file.write(exported(known, "graphml"))
        file.flush()
        found = igraph.Graph.Read_GraphML(file.name)
    assert found.is_directed()
    names = {vertex["key"]: vertex["name"] for vertex in found.vs}
    assert names == {row["id"]: printable(row["name"]) for row in rows(known, ENTITIES)}
    ties = {edge["key"]: (found.vs[edge.source]["key"], found.vs[edge.target]["key"], edge["independent_sources"]) for edge in found.es}
    assert ties == {row["id"]: (row["source"], row["target"], row["independent_sources"]) for row in rows(known, RELATIONSHIPS)}


def node_link(known: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    found = nx.node_link_graph(json.loads(exported(known, "json")), edges="edges")
    assert isinstance(found, nx.MultiDiGraph)
    return found


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_node_link_json_is_read_by_networkx_with_every_value_as_it_is(known: KnowledgeGraph) -> None:
    def values(row: dict[str, Any], *without: str) -> dict[str, Any]:
        had = {name: as_json(value) for name, value in row.items() if value not in (None, ()) and name not in without}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in had.items()}

    found = node_link(known)
    assert {**found.nodes} == {row["id"]: values(row, "id") for row in rows(known, ENTITIES)}
    edges = {key: (source, target, data) for source, target, key, data in found.edges(keys=True, data=True)}
    assert edges == {row["id"]: (row["source"], row["target"], values(row, "source", "target")) for row in rows(known, RELATIONSHIPS)}


@pytest.mark.skipif(not CYTOSCAPE.is_dir(), reason="the packages of server/web are not installed")
@given(graphs())
@settings(max_examples=8, deadline=None)
def test_cytoscape_js_reads_its_json(known: KnowledgeGraph) -> None:
    content = exported(known, "cyjs")
    ran = subprocess.run(["node", "-e", READ_BY_CYTOSCAPE, str(CYTOSCAPE)], input=content, capture_output=True, check=True)
    found, written = json.loads(ran.stdout), json.loads(content)["elements"]
    assert found["nodes"] == [each["data"] for each in written["nodes"]]
    assert found["edges"] == [each["data"] for each in written["edges"]]


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_cytoscape_json_says_what_node_link_does(known: KnowledgeGraph) -> None:
    elements, linked = json.loads(exported(known, "cyjs"))["elements"], json.loads(exported(known, "json"))
    assert [each["data"] for each in elements["nodes"]] == linked["nodes"]
    assert [{**each["data"], "key": each["data"]["id"]} for each in elements["edges"]] == linked["edges"]


GEXF: Final = "{http://www.gexf.net/1.2draft}"
DATE: Final = re.compile(r"-?\d{4,}-\d\d-\d\d")
SPAN: Final = {"start", "startopen", "end", "endopen"}
SCHEMA: Final = etree.XMLSchema(file=Path(__file__).parent / "conformance" / "gexf.xsd")


def gexf_faults(content: bytes) -> list[str]:
    """What in a file is against the schema of GEXF 1.2, and against what no schema says: references, and dates where they are promised."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    faults = [] if SCHEMA.validate(root) else [error.message.replace(GEXF, "") for error in SCHEMA.error_log]
    for element in root.iter():
        faults += [f"{element.get(each)} is no date" for each in SPAN & {*element.keys()} if not DATE.fullmatch(element.get(each, ""))]
    for of in ("node", "edge"):
        declared: dict[str, bool] = {}
        for attributes in root.iter(f"{GEXF}attributes"):
            if attributes.get("class") == of:
                declared |= {each.get("id", ""): attributes.get("mode") == "dynamic" for each in attributes}
        for element in root.iter(f"{GEXF}{of}"):
            for value in element.iter(f"{GEXF}attvalue"):
                known = value.get("for", "")
                faults += [] if known in declared else [f"{known} is not declared"]
                faults += [f"{known} is static"] if SPAN & {*value.keys()} and not declared.get(known) else []
    nodes = {node.get("id"): 1 for node in root.iter(f"{GEXF}node")}
    edges = list(root.iter(f"{GEXF}edge"))
    faults += ["an id is there twice"] if len({*nodes}) < len(nodes) or len({edge.get("id") for edge in edges}) < len(edges) else []
    return faults + [f"{edge.get(end)} is no node" for edge in edges for end in ("source", "target") if edge.get(end) not in nodes]


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_gexf_keeps_the_rules_and_is_read_by_networkx(known: KnowledgeGraph) -> None:
    content = exported(known, "gexf")
    assert gexf_faults(content) == []
    found = nx.read_gexf(io.BytesIO(content))
    for row in rows(known, ENTITIES):
        node = found.nodes[row["id"]]
        assert {name: node[name] for name in as_text(row, "id", "name")} == as_text(row, "id", "name")
        assert node["label"] == printable(row["name"])
    edges = {data["id"]: (source, target, data) for source, target, data in found.edges(data=True)}
    assert edges.keys() == known.relationships.keys()
    for row in rows(known, RELATIONSHIPS):
        source, target, data = edges[row["id"]]
        wanted = as_text(row, "id", "source", "target", "status", "label")
        assert (source, target) == (row["source"], row["target"])
        assert {name: data[name] for name in wanted} == wanted


def test_gexf_of_the_shipped_graph_keeps_the_rules(shipped: KnowledgeGraph) -> None:
    assert gexf_faults(exported(shipped, "gexf")) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('version="1.2"', 'version="1.3"', "attribute 'version'"),
        (' version="1.2"', "", "The attribute 'version' is required but missing"),
        ("http://www.gexf.net/1.2draft", "http://www.gexf.net/1.3", "No matching global declaration"),
        ('mode="dynamic" default', 'mode="moving" default', "'moving' is not an element of the set"),
        ('timeformat="date"', 'timeformat="day"', "attribute 'timeformat'"),
        ('defaultedgetype="directed"', 'defaultedgetype="forward"', "'forward' is not an element of the set"),
        ("<nodes>", '<nodes size="2">', "The attribute 'size' is not allowed"),
        ("<nodes>", '<nodes count="-2">', "'-2' is not a valid value"),
        ("<nodes>", "<nodes>two", "Character content other than whitespace is not allowed"),
        ('type="long"', 'type="int"', "'int' is not an element of the set"),
        ('<attributes class="edge"', "<attributes", "The attribute 'class' is required but missing"),
        ('<attribute id="kind" title="kind"', '<attribute id="kind"', "The attribute 'title' is required but missing"),
        ('target="b"', "", "The attribute 'target' is required but missing"),
        ('target="b"', 'target="b" weight="heavy"', "'heavy' is not a valid value"),
        ('target="b"', 'target="b" colour="red"', "The attribute 'colour' is not allowed"),
        ("spells>", "spell>", "This element is not expected"),
        ("<spell ", "<attvalue ", "This element is not expected"),
        ('start="2011-01-01"', 'start="2011-02-30"', "'2011-02-30' is not a valid value"),
        ('start="2011-01-01"', 'start="in 2011"', "'in 2011' is not a valid value"),
        ('start="2011-01-01"', 'start="2011"', "2011 is no date"),
        ('for="kind"', 'for="sort"', "sort is not declared"),
        ('<node id="a"', '<node id="c"', "a is no node"),
    ],
)
def test_the_rules_of_gexf_find_faults(old: str, new: str, fault: str) -> None:
    content = exported(graph(tie("a", "b", "2011/2012")), "gexf").decode()
    assert old in content
    assert any(fault in each for each in gexf_faults(content.replace(old, new).encode()))


def test_the_rules_of_gexf_want_things_in_their_order_and_number() -> None:
    content = exported(graph(tie("a", "b", "2011/2012")), "gexf").decode()
    meta, body = re.search(r"<meta>.*</meta>", content, re.DOTALL), re.search(r"<graph .*</graph>", content, re.DOTALL)
    assert meta
    assert body
    for wrong in (
        content.replace(meta[0], "").replace("</gexf>", f"{meta[0]}</gexf>"),
        content.replace(body[0], ""),
        content.replace(body[0], body[0] * 2),
        re.sub(r"<spells>.*?</spells>", "<spells/>", content),
    ):
        assert gexf_faults(wrong.encode())
    assert gexf_faults(content.replace(meta[0], "").encode()) == []


def test_gexf_holds_surely_within_what_is_certain_and_possibly_within_what_is_possible() -> None:
    known = parse_interval("2011/2013-05")
    days = {name: parse_date(name) for name in ("2011-01-01", "2011-12-31", "2012-01-01", "2013-04-30", "2013-05-01", "2013-05-31")}
    first, last = days["2011-01-01"].first, days["2013-05-31"].last
    assert held(known) == [
        Stretch("POSSIBLE", first, days["2011-12-31"].first - 1),
        Stretch("CERTAIN", days["2011-12-31"].first, days["2013-05-01"].first),
        Stretch("POSSIBLE", days["2013-05-01"].first + 1, last),
    ]
    assert held(None) == held(UNKNOWN) == []
    assert held(parse_interval("../")) == [Stretch("POSSIBLE", DISTANT_PAST, DISTANT_FUTURE)]
    assert held(parse_interval("/..")) == [Stretch("POSSIBLE", DISTANT_PAST, DISTANT_FUTURE)]
    assert held(parse_interval("../..")) == [Stretch("CERTAIN", DISTANT_PAST, DISTANT_FUTURE)]
    assert held(parse_interval("2011-01-01/..")) == [Stretch("CERTAIN", first, DISTANT_FUTURE)]


def test_gexf_status_changes_when_claims_were_made() -> None:
    sources = [
        Source(name, name, name, name, published=parse_date(day)) for name, day in (("s1", "2019"), ("s2", "2020-03-01"), ("s3", "2024-05"))
    ]
    claims = [
        claim(1, "ALLEGED", source="s1"),
        claim(2, "REPORTED", "CONTRADICTS", source="s2"),
        claim(3, "DISMISSED", "CONTRADICTS", source="s3"),
    ]
    known = graph(tie("a", "b", claims=claims, sources=sources), sources=[DEFAULT_SOURCE, *sources])
    found = statuses(known, known.relationships["a-association-b"])
    assert [each.value for each in found] == ["ALLEGED", "DISPUTED", "DISMISSED"]
    assert [each.first for each in found[1:]] == [parse_date("2020-03-01").first, parse_date("2024-05-31").first]
    content = exported(known, "gexf").decode()
    assert '<attvalue for="status" value="DISPUTED" start="2020-03-01" end="2024-05-30"/>' in content


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
@given(graphs())
@settings(max_examples=20, deadline=None)
def test_dot_is_read_by_graphviz(known: KnowledgeGraph) -> None:
    ran = subprocess.run(["dot", "-Tdot_json"], input=exported(known, "dot"), capture_output=True, check=True)
    assert not ran.stderr
    found = json.loads(ran.stdout, strict=False)
    assert {each["name"] for each in found["objects"]} == known.entities.keys()
    names = [each["name"] for each in found["objects"]]
    edges = {each["id"]: (names[each["tail"]], names[each["head"]], each["status"]) for each in found["edges"]}
    assert edges == {each.id: (each.source, each.target, each.status) for each in known.relationships.values()}
    labels = {each["name"]: each["label"] for each in found["objects"]}
    for entity in known.entities.values():
        lines = re.sub("\r\n|\r", "\n", printable(entity.name))
        assert labels[entity.id] == lines.replace("\\", "\\\\").replace("\n", "\\n")
