"""The shipped data and its vocabulary: complete, traceable, and agreed with the code."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import SH, SKOS

from interlock.graph import load
from interlock.graph.model import EntityKind, RelationshipKind, Stance, Status
from interlock.graph.rdf import find_files, read
from interlock.graph.vocabulary import SEEDS
from interlock.seeds import vocab

IL = vocab.IL
SHIPPED = load()
FACTS = Path(__file__).parents[2] / "shared" / "facts" / "facts.csv"


def plain(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(SEEDS / name)
    return graph


ONTOLOGY = plain("ontology.ttl", "roles.ttl")
OWN_PROPERTIES = {
    p for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty) for p in ONTOLOGY.subjects(RDF.type, kind)
}
OWN_CLASSES = set(ONTOLOGY.subjects(RDF.type, OWL.Class))
ROLES = set(ONTOLOGY.subjects(RDF.type, IL.Role))
KINDS = {URIRef(term.cls) for term in vocab.RELATIONSHIP_TERMS.values()}


def used(*names: str) -> set[URIRef]:
    """Every term of our own namespace that these files use."""
    terms = set()
    for node, properties in read([SEEDS / name for name in names]).subjects.items():
        for each in (node, *properties, *(value for values in properties.values() for value in values)):
            if isinstance(each, URIRef) and each.startswith(str(IL)):
                terms.add(each)
    return terms


# --- the facts


def test_facts_are_all_in_under_their_ids() -> None:
    found = {fact for claim in SHIPPED.claims.values() for fact in claim.facts}
    assert found == {f"F{number:03}" for number in range(1, 188)}


@pytest.mark.skipif(not FACTS.exists(), reason=f"the collected facts are not at {FACTS.parent}")
def test_facts_have_a_claim_by_each_of_their_sources() -> None:
    by_fact: dict[str, set[str]] = {}
    for claim in SHIPPED.claims.values():
        for fact in claim.facts:
            by_fact.setdefault(fact, set()).add(claim.source)
    with FACTS.open(encoding="utf-8") as rows:
        expected = {row["id"]: len(row["sources"].split(" | ")) for row in csv.DictReader(rows)}
    assert {fact: len(sources) for fact, sources in by_fact.items()} == expected


def test_claims_are_in_words_of_our_own_and_quote_nothing() -> None:
    assert not [claim.id for claim in SHIPPED.claims.values() if claim.quote]


def test_no_end_is_open_that_only_was_not_seen() -> None:
    lasting = {RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION}
    assert not [tie.id for tie in SHIPPED.relationships.values() if tie.interval.ends_open and tie.kind not in lasting]


def test_article_is_contradicted_where_it_is_wrong_and_borne_out_where_it_is_right() -> None:
    contradicted = {}
    for tie in SHIPPED.relationships.values():
        for claim in tie.supporting:
            if claim.source == "source/techatphone-article":
                contradicted[claim.facts[0]] = (tie.status, bool(tie.contradicting))
    assert {fact for fact, (status, denied) in contradicted.items() if denied and status is Status.DISPUTED} == {
        "F180",
        "F181",
        "F182",
        "F183",
        "F184",
    }
    assert {fact for fact, (status, denied) in contradicted.items() if not denied and status is Status.CONFIRMED} == {
        "F185",
        "F186",
        "F187",
    }


def test_entity_has_one_name_and_no_two_share_one() -> None:
    names = Counter(name.casefold() for entity in SHIPPED.entities.values() for name in {name.casefold() for name in entity.names})
    assert not [name for name, count in names.items() if count > 1]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.trig")), ids=lambda path: path.name)
def test_files_say_what_they_cover_and_keep_their_sources_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    sources = re.findall(r"^source:([\w-]+) (?:a|\{)", text, re.MULTILINE)
    assert sources == sorted(set(sources))


# --- vocabulary, ontology and code


def test_vocabulary_has_the_kinds_and_statuses_of_the_code() -> None:
    assert set(vocab.ENTITY_CLASSES) == {kind.value for kind in EntityKind}
    assert list(vocab.RELATIONSHIP_TERMS) == [kind.value for kind in RelationshipKind]
    assert list(vocab.STATUSES) == [status.value for status in Status]
    assert list(vocab.STANCES) == [stance.value for stance in Stance]


def test_vocabulary_is_defined_in_the_ontology() -> None:
    classes = {cls for cls in (*vocab.ENTITY_CLASSES.values(), *KINDS, IL.Claim, IL.Source, IL.Role) if cls.startswith(str(IL))}
    assert classes <= OWN_CLASSES
    assert {p for p in vocab.PROPERTIES if p.startswith(str(IL))} <= OWN_PROPERTIES
    ranks = {str(ONTOLOGY.value(concept, SKOS.notation)): int(ONTOLOGY.value(concept, IL.rank)) for concept in vocab.STATUSES.values()}  # type: ignore[arg-type]
    assert ranks == {status.value: status.rank + 1 for status in Status}


def test_ontology_defines_nothing_that_is_not_used() -> None:
    in_use = used(*(path.name for path in find_files([SEEDS]) if path.name != "ontology.ttl")) | vocab.PROPERTIES | KINDS
    in_use |= {parent for parents in (RDFS.subClassOf, RDFS.subPropertyOf) for parent in ONTOLOGY.objects(None, parents)}  # type: ignore[arg-type]
    assert in_use >= OWN_CLASSES | OWN_PROPERTIES


def test_data_and_shapes_use_nothing_that_is_not_defined() -> None:
    shapes = set(plain("shapes.ttl").subjects(RDF.type, SH.NodeShape))
    defined = set(ONTOLOGY.subjects()) | shapes
    assert used(*(path.name for path in find_files([SEEDS]))) <= defined


def test_own_terms_have_label_inverse_label_and_comment() -> None:
    for term in OWN_PROPERTIES | KINDS:
        assert ONTOLOGY.value(term, RDFS.label), term
        assert ONTOLOGY.value(term, IL.inverseLabel), term
        assert ONTOLOGY.value(term, RDFS.comment), term
    for term in KINDS | ROLES:
        assert ONTOLOGY.value(term, IL.phrase), term
        assert ONTOLOGY.value(term, IL.inverseLabel), term
    for term in OWN_CLASSES:
        assert ONTOLOGY.value(term, RDFS.label), term
        assert ONTOLOGY.value(term, RDFS.comment), term
    for term in ROLES:
        assert ONTOLOGY.value(term, SKOS.prefLabel), term
