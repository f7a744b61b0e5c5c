"""Several entities that are one become one, with all that was said of each, in whatever order it is read."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import URIRef
from starlette.testclient import TestClient

from export_records import exported
from harness import PATIENT
from interlock.graph import AmbiguousEntity, DataError, Engine, Entity, KnowledgeGraph, load
from interlock.graph.loading import check
from interlock.graph.merging import merge
from interlock.graph.rdf import read
from interlock.graph.sameness import Groups
from interlock.schema import Context, build_schema
from interlock.server.app import create_app
from interlock.server.settings import Settings
from random_rdf import dataset, likenesses

PREFIXES = """
@prefix claim: <https://interlock.example/claim/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix entity: <https://interlock.example/entity/> . @prefix il: <https://interlock.example/ns#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <https://x.example/> .
"""
OURS = """
entity:ann a schema:Person ; schema:name "Ann Example" .
entity:acme a schema:Organization ; schema:name "Acme" ; skos:altLabel "Acme Works" ; dcterms:identifier "cik:1234" ; il:during "1950/" .
entity:seat a il:BoardSeat ; org:member entity:ann ; org:organization entity:acme ; il:during "2011/" .
entity:paper a il:Source ; dcterms:title "Paper" ; il:tier "S" .
entity:paper { claim:1 a il:Claim ; il:supports entity:seat ; il:status il:confirmed . }
"""
THEIRS = """
x:acme a schema:Corporation ; schema:name "ACME Inc." ; skos:altLabel "Acme" ; dcterms:identifier "cik:1234" ; il:during "1949/" ;
    dcterms:description "Makes anvils." ; schema:sameAs <https://acme.example/> .
x:ann a schema:Person ; schema:name "Ann Example" .
x:seat a il:BoardSeat ; org:member x:ann ; org:organization x:acme ; il:during "2012/" .
x:list a il:Source ; dcterms:title "List" ; il:tier "S" .
x:list { x:1 a il:Claim ; il:supports x:seat ; il:status il:reported . }
"""
OLD = 'entity:acme-old a schema:Corporation ; schema:name "Acme Anvils" ; owl:sameAs entity:acme .'
SEATS = {"entity/seat", "https://x.example/seat"}


def loaded(folder: Path, *texts: str) -> KnowledgeGraph:
    for number, text in enumerate(texts):
        (folder / f"{number}.trig").write_text(PREFIXES + text, encoding="utf-8")
    return load(folder)


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    return loaded(tmp_path, OURS, THEIRS, OLD)


def test_merged_entity_has_all_that_was_said_of_each(graph: KnowledgeGraph) -> None:
    acme = graph.entities["entity/acme"]
    assert (acme.name, acme.kind.value, acme.stated) == ("Acme", "COMPANY", "1950/")
    assert acme.description == "Makes anvils."
    assert set(acme.aliases) == {"Acme Works", "ACME Inc.", "Acme Anvils"}
    assert acme.identifiers == ("cik:1234",)
    assert {"https://acme.example/", "https://x.example/acme", "https://interlock.example/entity/acme-old"} <= {*acme.same_as}
    assert "https://x.example/acme" not in graph.entities
    assert graph.notes == (
        "entity:acme: is one with entity:acme-old and <https://x.example/acme> (cik:1234)",
        "entity:acme: keeps il:during '1950/'; '1949/' of <https://x.example/acme> is left out",
    )


def test_relationships_of_all_of_them_stay_records_of_their_own(graph: KnowledgeGraph) -> None:
    assert {seat.id for seat in graph.seats("entity/acme")} == SEATS
    assert [len(graph.relationships[each].claims) for each in sorted(SEATS)] == [1, 1]


def test_people_who_share_a_name_stay_apart(graph: KnowledgeGraph) -> None:
    assert {"entity/ann", "https://x.example/ann"} <= set(graph.entities)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("entity/acme-old", "entity/acme"),
        ("https://interlock.example/entity/acme-old", "entity/acme"),
        ("acme-old", "entity/acme"),
        ("Acme Anvils", "entity/acme"),
        ("https://x.example/acme", "entity/acme"),
        ("HTTPS://X.EXAMPLE/ACME", "entity/acme"),
        ("entity/acme-old-board", "entity/acme-board"),
        ("https://x.example/acme-board", "entity/acme-board"),
        ("Acme Anvils' board", "entity/acme-board"),
    ],
)
def test_old_names_and_ids_lead_to_the_one_that_is_left(graph: KnowledgeGraph, old: str, new: str) -> None:
    assert Engine(graph, PATIENT).entity(old).id == new


def test_slug_that_is_somebody_elses_name_is_not_guessed(tmp_path: Path) -> None:
    graph = loaded(tmp_path, OURS, OLD, 'x:other a schema:Corporation ; schema:name "Acme Old" .')
    with pytest.raises(AmbiguousEntity, match=r"names several: Acme .*Acme Old"):
        Engine(graph, PATIENT).entity("acme-old")


def test_node_of_an_old_id_is_the_one_that_is_left(graph: KnowledgeGraph) -> None:
    query = '{ a: node(id: "entity/acme-old") { id } b: nodes(ids: ["https://x.example/acme"]) { id } c: node(id: "cik:1234") { id } }'
    result = build_schema().execute_sync(query, context_value=Context(Engine(graph)))
    assert result.data == {"a": {"id": "entity/acme"}, "b": [{"id": "entity/acme"}], "c": None}


def test_page_of_an_old_slug_leads_to_the_page(graph: KnowledgeGraph) -> None:
    client = TestClient(create_app(Engine(graph), Settings()), follow_redirects=False)
    answers = [client.get(f"/entity/{slug}") for slug in ("acme-old", "acme-old.ttl", "acme")]
    assert [(answer.status_code, answer.headers.get("location")) for answer in answers] == [
        (307, "/entity/acme"), (307, "/entity/acme.ttl"), (200, None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["trig", "nq", "jsonld"])
def test_export_of_what_was_merged_loads_again_as_the_same(graph: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"all.{name}"
    path.write_bytes(exported(graph, name))
    again = load(path)
    assert (again.version, again.notes) == (graph.version, ())
    assert canonical(again.entities.values()) == canonical(graph.entities.values())
    assert Engine(again, PATIENT).entity("entity/acme-old").id == "entity/acme"


def test_relationship_between_two_that_are_declared_one_is_a_fault(tmp_path: Path) -> None:
    tie = """x:tie a il:Ownership ; il:owner entity:acme-old ; il:asset entity:acme .
    entity:paper { claim:2 a il:Claim ; il:supports x:tie ; il:status il:confirmed . }"""
    with pytest.raises(DataError) as raised:
        loaded(tmp_path, OURS, OLD, tie)
    assert [str(problem) for problem in raised.value.problems] == [
        f"{tmp_path}/0.trig:8: entity:acme: is declared to be the same as entity:acme-old, but entity:acme and entity:acme-old have a "
        "relationship with one another. Take one of the two back"
    ]


def test_those_that_are_declared_different_stay_apart_in_an_export_too(tmp_path: Path) -> None:
    graph = loaded(tmp_path, OURS, THEIRS, "entity:acme owl:differentFrom x:acme .")
    assert graph.entities["entity/acme"].different_from == ("https://x.example/acme",)
    again = tmp_path / "all.nq"
    again.write_bytes(exported(graph, "nq"))
    assert load(again).version == graph.version
    assert "https://x.example/acme" in load(again).entities


def test_link_from_elsewhere_is_a_link_of_the_entity(tmp_path: Path) -> None:
    graph = loaded(tmp_path, OURS, "<https://y.example/1> owl:sameAs entity:acme . entity:acme skos:exactMatch <https://z.example/> .")
    assert {"https://y.example/1", "https://z.example/"} <= {*graph.entities["entity/acme"].same_as}
    assert Engine(graph, PATIENT).entity("https://y.example/1").id == "entity/acme"


def test_merged_data_passes_the_shapes(tmp_path: Path) -> None:
    loaded(tmp_path, OURS, THEIRS, OLD)
    assert check(tmp_path).notes


def canonical(entities: Iterable[Entity]) -> list[Entity]:
    """Entities with what has no order in order; the slugs of foreign ones depend on who comes first."""
    return [
        replace(
            each,
            slug="" if ":" in each.id else each.slug,
            **{field: tuple(sorted(getattr(each, field))) for field in ("aliases", "identifiers", "same_as", "different_from")},
        )
        for each in entities
    ]


def outcome(*paths: Path) -> object:
    """All that loading comes to, or what is wrong."""
    try:
        graph = load(*paths)
    except DataError as error:
        return {problem.message for problem in error.problems}
    return graph.version, graph.notes, canonical(graph.entities.values()), set(graph.relationships)


@given(st.integers(0, 2**32), st.randoms())
@example(498181, random.Random(0))  # somebody who is the same as himself
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_of_statements_and_files_changes_nothing(tmp_path: Path, seed: int, draw: random.Random) -> None:
    lines = likenesses(seed, dataset(seed, False))
    path, others, again = tmp_path / "one.nq", [tmp_path / "a.nq", tmp_path / "b.nq"], tmp_path / "again.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    draw.shuffle(lines)
    cut = draw.randrange(1, len(lines))
    own = next(line for line in lines if line.startswith("<https://interlock.example/"))  # or a file is read as that of others
    for other, part in zip(others, (lines[:cut], lines[cut:]), strict=True):
        other.write_text("\n".join([own, *part]), encoding="utf-8")
    assert outcome(*others) == outcome(path)
    if isinstance(outcome(path), tuple):
        again.write_bytes(exported(load(path), "nq"))
        assert load(again).version == load(path).version


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_again_changes_nothing(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "data.nq"
    path.write_text("\n".join(likenesses(seed, dataset(seed, False))), encoding="utf-8")
    try:
        once, _ = merge(read([path]))
    except DataError:
        return
    twice, _ = merge(once)
    assert twice is once


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8))
def test_groups_are_the_components_of_their_pairs(pairs: list[tuple[str, str]]) -> None:
    import networkx as nx

    groups, plain = Groups(), nx.Graph(pairs)
    for pair in pairs:
        groups.join(*pair)
    found = sorted(sorted(part) for part in nx.connected_components(plain) if len(part) > 1)
    assert sorted(groups.sets().values()) == found


def test_statements_without_anything_to_merge_are_left_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "ours.trig"
    path.write_text(PREFIXES + OURS, encoding="utf-8")
    statements = read([path])
    assert merge(statements) == (statements, ())
    assert merge(statements)[0] is statements
    assert statements.subjects[URIRef("https://interlock.example/entity/acme")]
