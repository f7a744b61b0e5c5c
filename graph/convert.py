"""From RDF to records: sorts the statements by what they describe, and sees to it that all references lead somewhere."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from rdflib import RDF, BNode, URIRef
from rdflib.namespace import DCAT, OWL, RDFS, SH, SKOS, VOID
from rdflib.term import Node

import interlock.seeds.vocab as vocab
from interlock.graph.convert_entities import ENTITY_KINDS, Slugs, make_entity, make_source
from interlock.graph.convert_ties import RELATIONSHIP_KINDS, Known, make_claim, make_relationship
from interlock.graph.errors import DataError
from interlock.graph.model import BOARD_SUFFIX, Claim, Entity, EntityKind, Records, Relationship, RelationshipKind
from interlock.graph.rdf import Statements, abbreviate, canonical, quad_of
from interlock.graph.reading import Faults, Subject, identify
from interlock.graph.vocabulary import Term, terms_of

IL = vocab.IL
VOCABULARY: Final = frozenset({
    IL.Role, SKOS.Concept, SKOS.ConceptScheme, OWL.Class, OWL.Ontology, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
    RDFS.Class, RDF.Property, SH.NodeShape, SH.PropertyShape, VOID.Dataset, DCAT.Dataset,
})  # fmt: skip
BOARD_NAME: Final = "Board of "
"""How a board that nobody spells out is called, before its company's name."""
_TYPES: Final[dict[Node, str]] = {
    **dict.fromkeys(VOCABULARY, "vocabulary"),
    **dict.fromkeys(ENTITY_KINDS, "entity"),
    **dict.fromkeys(RELATIONSHIP_KINDS, "relationship"),
    IL.Claim: "claim",
    IL.Source: "source",
}


def convert(statements: Statements, terms: Mapping[Node, Term]) -> Records:
    """Make records of RDF, or raise ``DataError`` with every fault that was found.

    ``terms`` are the kinds and roles that are known beforehand; the statements may define more.
    """
    faults = Faults(statements)
    sorted_out = _sort(faults)
    slugs = Slugs()
    sources = {source.id: source for source in map(make_source, sorted_out["source"])}
    entities = {entity.id: entity for entity in (make_entity(subject, slugs) for subject in sorted_out["entity"])}
    known = Known({**terms, **terms_of(statements)}, entities, sources)
    claims = _claims(sorted_out, known)
    made = (make_relationship(subject, known, claims[identify(subject.iri)]) for subject in sorted_out["relationship"])
    relationships = {relationship.id: relationship for relationship in made if relationship is not None}
    _check_references(sorted_out, known)
    if faults.tally:
        raise DataError(faults.tally)
    entities |= _missing_boards(known, relationships.values(), slugs)
    return Records(entities, relationships, sources, _vocabulary(sorted_out["vocabulary"], statements))


def _sort(faults: Faults) -> dict[str, list[Subject]]:
    """Every subject under what it is. What is nothing that we know is a fault, not silence."""
    found: dict[str, list[Subject]] = defaultdict(list)
    for node, properties in faults.statements.subjects.items():
        if isinstance(node, BNode):
            continue
        subject = Subject(node, faults)
        types = properties.get(RDF.type, [])
        known = [_TYPES[cls] for cls in types if cls in _TYPES]
        if not types:
            subject.fault("is described, but has no type. Is its name misspelt?")
        elif not known:
            subject.fault(f"is of a type that isn't known: {', '.join(map(abbreviate, types))}")
        elif len(known) > 1 and set(known) != {"vocabulary"}:
            subject.fault(f"has several types ({', '.join(map(abbreviate, types))}), and may have one. Are these two things with one IRI?")
        else:
            found[known[0]].append(subject)
            _check_own_properties(subject, properties)
    return found


def _check_own_properties(subject: Subject, properties: Iterable[URIRef]) -> None:
    """A misspelt property of our own would be a statement lost."""
    for predicate in properties:
        if predicate.startswith(str(IL)) and predicate not in vocab.PROPERTIES:
            near = difflib.get_close_matches(abbreviate(predicate), map(abbreviate, vocab.PROPERTIES), 1)
            hint = f". Did you mean {near[0]}?" if near else ""
            subject.fault(f"uses {abbreviate(predicate)}, which is not in the vocabulary{hint}")


def _claims(sorted_out: Mapping[str, list[Subject]], known: Known) -> dict[str, list[Claim]]:
    relationships = {identify(subject.iri) for subject in sorted_out["relationship"]}
    found: dict[str, list[Claim]] = defaultdict(list)
    for subject in sorted_out["claim"]:
        claim = make_claim(subject, known)
        if claim is None:
            continue
        if claim.relationship not in relationships:
            subject.fault(f"speaks of {claim.relationship}, which is not a relationship in the data. Is it misspelt?")
        found[claim.relationship].append(claim)
    return found


def _check_references(sorted_out: Mapping[str, list[Subject]], known: Known) -> None:
    for subject in sorted_out["source"]:
        for origin in known.sources[identify(subject.iri)].derived_from:
            if origin not in known.sources:
                subject.fault(f"rests on {origin}, which is not described as an il:Source")
    for subject in sorted_out["entity"]:
        entity = known.entities[identify(subject.iri)]
        company = known.entities.get(entity.unit_of or "")
        if entity.kind is EntityKind.BOARD and (company is None or company.kind not in (EntityKind.COMPANY, EntityKind.ORGANIZATION)):
            subject.fault("is the board of nothing that is in the data. Give it org:unitOf with its company")
        for organization in (*entity.came_from, *entity.went_into):
            if organization not in known.entities:
                subject.fault(f"changes {organization}, which is not in the data. Is it misspelt, or is its description missing?")


def _missing_boards(known: Known, relationships: Iterable[Relationship], slugs: Slugs) -> dict[str, Entity]:
    """A company with a seat has a board, even where the data doesn't spell it out."""
    have = {entity.unit_of for entity in known.entities.values() if entity.kind is EntityKind.BOARD}
    seats = (tie for tie in relationships if tie.kind is RelationshipKind.BOARD_SEAT and tie.target not in have)
    companies = (known.entities[target] for target in dict.fromkeys(tie.target for tie in seats))
    return {board.id: board for board in (make_board(company.iri, company.name, slugs) for company in companies)}


def _vocabulary(terms: Iterable[Subject], statements: Statements) -> tuple[str, ...]:
    """All that is said of these terms, and of the blank nodes that belong to them."""
    quads, waiting = [], [subject.node for subject in terms]
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        graphs = statements.graphs[node]
        graph = next(iter(graphs)) if len(graphs) == 1 else None
        for predicate, values in statements.subjects[node].items():
            for value in values:
                quads.append(quad_of(node, predicate, value, graph))
                if isinstance(value, BNode) and value in statements.subjects and value not in seen:
                    seen.add(value)
                    waiting.append(value)
    return tuple(sorted(canonical(quads)))


def make_board(company: str, name: str, slugs: Slugs) -> Entity:
    """The board of a company of this IRI and name."""
    iri = f"{company}{BOARD_SUFFIX}"
    slug = slugs.take(iri, f"{name} board")
    return Entity(identify(iri), iri, slug, EntityKind.BOARD, f"{BOARD_NAME}{name}", unit_of=identify(company), implied=True)
