"""RDF goes out as it came in."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from export_records import exported, graphs
from harness import PATIENT
from interlock.graph import DataError, KnowledgeGraph, load
from interlock.graph.engine import Engine
from interlock.graph.exports.content import Content
from interlock.graph.exports.rdf import quads
from interlock.graph.loading import check, shipped_files
from interlock.graph.rdf import canonical, read
from interlock.graph.selection import Parameters, select
from interlock.server.cli import cli
from random_rdf import dataset

WITH_ROLE = """
@prefix claim: <https://interlock.example/claim/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix il: <https://interlock.example/ns#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://example.org/> .
x:ann a schema:Person ; schema:name "Ann" ; il:during "1950/" ; skos:altLabel "A", "B" ; dcterms:identifier "wikidata:Q1" ;
    schema:sameAs <https://example.net/ann> .
x:acme a schema:Corporation ; schema:name "Acme" .
x:acme-board a il:Board ; schema:name "Board of Acme" ; org:unitOf x:acme .
x:deal a il:Agreement ; schema:name "Deal" ; il:signed "2011" ; il:during "2011/" ;
    schema:amount [ schema:value 5 ; schema:currency "USD" ] .
x:king a il:Role ; skos:prefLabel "king" ; il:phrase "was king of" ; il:inverseLabel "had as king" ; skos:note [ skos:example "so" ] .
x:reign a il:Position ; org:member x:ann ; org:organization x:acme ; org:role x:king ; il:during "2001/2003" .
x:seat a il:BoardSeat ; org:member x:ann ; org:organization x:acme ; il:during "2001/.." .
x:party a il:PartyRole ; il:party x:acme ; il:partyTo x:deal ; il:phrase "was a party to" ; il:inverseLabel "had as a party" .
x:founding a il:Founding ; il:founder x:ann ; il:founded x:acme ; il:during "1999" .
x:paper a il:Source ; dcterms:title "Paper" ; dcterms:creator "Zoe", "Yan" ; dcterms:issued "2012" .
x:paper {
    claim:1 a il:Claim ; il:supports x:reign ; il:status il:alleged ; il:observed "2002", "2003" ; dcterms:identifier "F1", "F2" .
    claim:2 a il:Claim ; il:supports x:seat ; il:status il:confirmed ; schema:amount [ schema:value 1.50 ; schema:currency "EUR" ] .
    claim:3 a il:Claim ; il:contradicts x:party ; il:status il:reported ; il:during "2012/.." .
    claim:4 a il:Claim ; il:supports x:founding ; il:status il:reported ; il:quote "so" ; il:locator "p. 3" ; dcterms:date "2012-05" .
}
"""


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return load()


@pytest.mark.parametrize("name", ["trig", "nq", "jsonld"])
def test_full_export_is_the_dataset_that_was_loaded(shipped: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"all.{name}"
    path.write_bytes(exported(shipped, name))
    ours, theirs = (ox.Dataset(read(files).quads) for files in ([path], shipped_files()))
    for each in (ours, theirs):
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert ours == theirs


@pytest.mark.parametrize("name", ["trig", "nq", "jsonld"])
def test_what_is_not_in_the_shipped_graph_comes_back_too(name: str, tmp_path: Path) -> None:
    path, again = tmp_path / "own.trig", tmp_path / f"again.{name}"
    path.write_text(WITH_ROLE, encoding="utf-8")
    known = load(path)
    assert known.relationships["https://example.org/reign"].label == "was king of"
    again.write_bytes(exported(known, name))
    assert load(again).version == known.version


def test_turtle_has_the_triples_of_all_graphs_and_the_source_of_each_claim(shipped: KnowledgeGraph) -> None:
    triples = set(ox.parse(exported(shipped, "nq"), ox.RdfFormat.N_QUADS))
    claims = {quad.subject: quad.graph_name for quad in triples if quad.object == ox.NamedNode("https://interlock.example/ns#Claim")}
    said = [ox.Quad(*quad.triple) for quad in triples]
    said += [ox.Quad(claim, ox.NamedNode("http://www.w3.org/ns/prov#hadPrimarySource"), source) for claim, source in claims.items()]
    theirs, ours = ox.Dataset(said), ox.Dataset(ox.Quad(*each) for each in ox.parse(exported(shipped, "ttl"), ox.RdfFormat.TURTLE))
    for each in (ours, theirs):
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert ours == theirs


@pytest.mark.parametrize("name", ["trig", "nq", "jsonld"])
def test_interlock_check_accepts_an_export(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"all.{name}"
    assert CliRunner().invoke(cli, ["export", name, "-o", str(path)]).exit_code == 0
    assert f"Version {load().version}." in CliRunner().invoke(cli, ["check", str(path)]).stdout


@given(st.integers(0, 2**32), st.sampled_from(["trig", "nq", "jsonld"]))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_dataset_of_our_vocabulary_comes_back_with_its_version(tmp_path: Path, seed: int, name: str) -> None:
    path, again = tmp_path / "data.nq", tmp_path / f"again.{name}"
    path.write_text("\n".join(dataset(seed, False)), encoding="utf-8")
    try:
        known = load(path)
    except DataError:
        return
    again.write_bytes(exported(known, name))
    assert load(again).version == known.version


@given(graphs(), st.sampled_from(["trig", "nq", "jsonld"]))
@settings(max_examples=20, deadline=None)
def test_any_text_comes_back_from_rdf(known: KnowledgeGraph, name: str) -> None:
    said = canonical(quads(Content(known, select(Engine(known, PATIENT), Parameters()))))
    format = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}[name]
    assert canonical(ox.parse(exported(known, name), format)) == said


@given(graphs())
@settings(max_examples=15, deadline=None)
def test_turtle_names_the_source_of_each_claim_in_a_triple(known: KnowledgeGraph) -> None:
    found = set(ox.parse(exported(known, "ttl"), ox.RdfFormat.TURTLE))
    origin = ox.NamedNode("http://www.w3.org/ns/prov#hadPrimarySource")
    said = {(triple.subject.value, triple.object.value) for triple in found if triple.predicate == origin}
    base = known.columns.base
    assert said == {(base + claim.id, base + claim.source) for claim in known.claims.values()}


@pytest.mark.parametrize(
    "parameters",
    [
        Parameters(of=("entity/klein-v-meta",), limit=12),
        Parameters(between=("entity/netflix", "entity/meta-board")),
        Parameters(of=("entity/meta-board",)),
    ],
)
def test_any_selection_can_be_loaded_again(shipped: KnowledgeGraph, parameters: Parameters, tmp_path: Path) -> None:
    path = tmp_path / "some.trig"
    path.write_bytes(exported(shipped, "trig", parameters))
    selection, again = select(Engine(shipped, PATIENT), parameters), check(path)
    assert set(again.relationships) == set(selection.relationships)
    assert set(selection.entities) <= set(again.entities)
    for tie in again.relationships.values():
        assert tie == shipped.relationships[tie.id]
        assert set(tie.claims) == set(shipped.relationships[tie.id].claims)
