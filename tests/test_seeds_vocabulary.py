"""The vocabulary is one: vocab.py, ontology.ttl, roles.ttl, shapes.ttl, the data and the enums of the domain agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import ORG, SH, SKOS

from harness import union
from interlock.graph.model import EntityKind, RelationshipKind, Stance, Status
from interlock.seeds import vocab

IL = vocab.IL
SEEDS = Path(vocab.__file__).parent
HOUSE = SEEDS.parent
FILES = sorted([*SEEDS.glob("*.ttl"), *SEEDS.glob("*.trig")])
ONTOLOGY, ROLES, SHAPES = (union((SEEDS / name).read_text()) for name in ("ontology.ttl", "roles.ttl", "shapes.ttl"))
DATA = union(*(path.read_text() for path in SEEDS.glob("*.trig")))

PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
PROPERTIES = {URIRef(str(term)) for cls in PROPERTY_TYPES for term in ONTOLOGY.subjects(RDF.type, cls)}
CLASSES = {URIRef(str(term)) for term in ONTOLOGY.subjects(RDF.type, OWL.Class)}
KINDS = {term.cls for term in vocab.RELATIONSHIP_TERMS.values()}
ROLE_CONCEPTS = {URIRef(str(term)) for term in ROLES.subjects(RDF.type, IL.Role)}
SUPERIORS = {IL.Relationship, IL.source, IL.target}


def own_terms(graph: Graph) -> set[URIRef]:
    """Every IRI of our own namespace, in whatever place of a statement."""
    terms = {term for statement in graph for term in statement}
    return {term for term in terms if isinstance(term, URIRef) and term.startswith(IL)}


def terms_in_code() -> set[URIRef]:
    modules = [module for folder in ("seeds", "graph", "schema", "server") for module in (HOUSE / folder).rglob("*.py")]
    return {IL[name] for module in modules for name in re.findall(r"\bIL\.(\w+)", module.read_text())}


def texts(graph: Graph, term: URIRef, *predicates: URIRef) -> list[str]:
    """The one plain text that each of the predicates gives; empty where there is none, or more than one."""
    values = [list(graph.objects(term, predicate)) for predicate in predicates]
    return [str(found[0]).strip() if len(found) == 1 and isinstance(found[0], Literal) else "" for found in values]


@pytest.mark.parametrize(
    ("terms", "enum"),
    [
        (vocab.ENTITY_CLASSES, EntityKind),
        (vocab.RELATIONSHIP_TERMS, RelationshipKind),
        (vocab.STATUSES, Status),
        (vocab.STANCES, Stance),
    ],
)
def test_vocab_names_what_the_model_names_in_the_same_order(terms: Mapping[str, object], enum: type[StrEnum]) -> None:
    assert list(terms) == [member.name for member in enum] == [member.value for member in enum]


def test_ontology_states_what_it_is_and_under_which_licence() -> None:
    (ontology,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    described = {str(predicate).split("/")[-1].split("#")[-1] for predicate in ONTOLOGY.predicates(ontology)}
    assert described >= {"title", "description", "license", "versionInfo"}


def test_ontology_defines_every_term_of_the_code() -> None:
    assert terms_in_code() <= own_terms(ONTOLOGY)
    assert {term for term in vocab.PROPERTIES if term.startswith(IL)} == PROPERTIES - SUPERIORS


def test_every_term_in_shapes_roles_and_data_is_defined() -> None:
    defined = PROPERTIES | CLASSES | set(ONTOLOGY.subjects(RDF.type, SKOS.Concept)) | set(ONTOLOGY.subjects(RDF.type, SKOS.ConceptScheme))
    shapes, schemes = set(SHAPES.subjects(RDF.type, SH.NodeShape)), set(ROLES.subjects(RDF.type, SKOS.ConceptScheme))
    assert own_terms(ONTOLOGY) - {URIRef(str(IL))} <= defined
    assert own_terms(ROLES) <= defined | schemes
    assert own_terms(SHAPES) <= defined | shapes
    assert own_terms(DATA) <= defined


def test_every_role_in_shapes_and_data_is_defined() -> None:
    named = {*SHAPES.objects(), *DATA.objects(None, ORG.role)}
    assert {term for term in named if str(term).startswith(vocab.ROLE)} <= ROLE_CONCEPTS


def test_no_class_or_property_of_the_ontology_is_idle() -> None:
    assert terms_in_code() | own_terms(SHAPES) | own_terms(DATA) >= (CLASSES | PROPERTIES) - SUPERIORS


@pytest.mark.parametrize("term", sorted(PROPERTIES | KINDS), ids=lambda term: term.removeprefix(IL))
def test_property_or_kind_has_label_inverse_label_and_comment(term: URIRef) -> None:
    assert all(texts(ONTOLOGY, term, RDFS.label, IL.inverseLabel, RDFS.comment))


@pytest.mark.parametrize("term", sorted(CLASSES), ids=lambda term: term.removeprefix(IL))
def test_class_has_label_and_comment(term: URIRef) -> None:
    assert all(texts(ONTOLOGY, term, RDFS.label, RDFS.comment))


@pytest.mark.parametrize("role", sorted(ROLE_CONCEPTS), ids=lambda role: role.removeprefix(vocab.ROLE))
def test_role_has_label_definition_phrase_and_inverse_label_and_is_in_the_scheme(role: URIRef) -> None:
    assert all(texts(ROLES, role, SKOS.prefLabel, SKOS.definition, IL.phrase, IL.inverseLabel))
    assert list(ROLES.objects(role, SKOS.inScheme)) == [IL.roles]


@pytest.mark.parametrize("kind", vocab.RELATIONSHIP_TERMS)
def test_kind_is_a_relationship_that_reads_both_ways(kind: str) -> None:
    term = vocab.RELATIONSHIP_TERMS[kind]
    assert (term.cls, RDFS.subClassOf, IL.Relationship) in ONTOLOGY
    assert all(texts(ONTOLOGY, term.cls, IL.phrase, IL.inverseLabel))


@pytest.mark.parametrize("kind", vocab.RELATIONSHIP_TERMS)
def test_own_ends_of_a_kind_are_its_source_and_its_target(kind: str) -> None:
    term = vocab.RELATIONSHIP_TERMS[kind]
    for end, superior in ((term.source, IL.source), (term.target, IL.target)):
        assert end.startswith(str(ORG)) or {(end, RDFS.subPropertyOf, superior), (end, RDFS.domain, term.cls)} <= set(ONTOLOGY)


@pytest.mark.parametrize("kind", ["BOARD_SEAT", "POSITION"])
def test_seats_and_positions_are_memberships(kind: str) -> None:
    assert (vocab.RELATIONSHIP_TERMS[kind].cls, RDFS.subClassOf, ORG.Membership) in ONTOLOGY


def test_statuses_are_one_scheme_that_is_ranked_as_the_model_ranks_them() -> None:
    assert set(ONTOLOGY.subjects(SKOS.inScheme, IL.statuses)) == set(vocab.STATUSES.values())
    for name, concept in vocab.STATUSES.items():
        assert texts(ONTOLOGY, concept, SKOS.notation, SKOS.prefLabel, IL.rank) == [name, name.lower(), str(Status[name].rank + 1)]
        assert all(texts(ONTOLOGY, concept, SKOS.definition))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_mean_by_a_prefix_what_vocab_means(path: Path) -> None:
    declared = dict(re.findall(r"^@prefix (\w+): <(.+)> \.$", path.read_text(), re.MULTILINE))
    assert declared
    assert {prefix: vocab.PREFIXES[prefix] for prefix in declared if prefix in vocab.PREFIXES}.items() <= declared.items()
