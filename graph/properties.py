"""What can be said of an entity beside its name: identifiers, dates, roles, and those to whom it has relationships, each as a property."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from rapidfuzz import process

from interlock.graph.dates import PartialDate
from interlock.graph.errors import BadInput
from interlock.graph.filters import RelationshipFilter
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import ENDS, Entity, EntityKind, RelationshipKind

Value = str | PartialDate | Entity
Values = Sequence[Value | None]
_ALL: Final = frozenset(EntityKind)
_MATTERS: Final = frozenset({EntityKind.AGREEMENT, EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION})
_CASES: Final = frozenset({EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION})
_PEOPLE: Final = frozenset({EntityKind.PERSON})
_FIRMS: Final = frozenset({EntityKind.COMPANY, EntityKind.ORGANIZATION})
_WITH_ROLES: Final = frozenset({RelationshipKind.BOARD_SEAT, RelationshipKind.POSITION, RelationshipKind.FOUNDING})
_SCHEMES: Final = {"cik": "CIK", "lei": "LEI", "wikidata": "Wikidata id", "opencorporates": "OpenCorporates id"}


@dataclass(frozen=True)
class Property:
    """A property: which kinds of entity have it, and its values of one entity, from relationships that a filter admits.

    ``scheme`` names that of an identifier, empty for all other properties; ``relates`` says whether its values are entities.
    """

    id: str
    name: str
    description: str
    kinds: frozenset[EntityKind]
    values: Callable[[KnowledgeGraph, Entity, RelationshipFilter], Values]
    scheme: str = ""
    relates: bool = False

    def of(self, graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter | None = None) -> list[Value]:
        """Its values, each once, in order; none for a kind of entity that doesn't have it."""
        if entity.kind not in self.kinds:
            return []
        found = self.values(graph, entity, conditions or RelationshipFilter())
        return list(dict.fromkeys(value for value in found if value is not None and value != ""))


def _field(name: str, graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    return [getattr(entity, name)]


def _edge(name: str, graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    return [getattr(entity.interval, name)] if entity.interval else []


def _identifier(scheme: str, graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    return [each.removeprefix(f"{scheme}:") for each in entity.identifiers if each.startswith(f"{scheme}:")]


def _names(graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    return list(entity.names)


def _roles(graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    ties = [tie for tie in graph.ties(entity.id) if tie.source == entity.id and tie.kind in _WITH_ROLES and conditions.admits(tie, graph)]
    return sorted({text for tie in ties for text in (tie.role, tie.title) if text})


def _board(graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    return [graph.board_of(entity.id)]


def _company(graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    return [graph.company_of(entity)]


def _members(graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    seats = graph.seats(graph.company_of(entity).id)
    return _by_name(graph, {seat.source for seat in seats if conditions.admits(seat, graph)})


def _related(kind: RelationshipKind, forward: bool | None, graph: KnowledgeGraph, entity: Entity, conditions: RelationshipFilter) -> Values:
    ties = (tie for tie in graph.ties(entity.id) if tie.kind is kind and forward in (None, tie.source == entity.id))
    return _by_name(graph, {tie.other(entity.id) for tie in ties if conditions.admits(tie, graph)})


def _by_name(graph: KnowledgeGraph, ids: Iterable[str]) -> Values:
    return sorted((graph.entities[id] for id in ids), key=lambda each: (each.name, each.id))


def _text(id: str, name: str, description: str, kinds: frozenset[EntityKind] = _ALL, field: str = "") -> Property:
    return Property(id, name, description, kinds, partial(_field, field or id))


def _relation(id: str, description: str, kind: RelationshipKind, forward: bool | None) -> Property:
    sources, targets = ENDS[kind]
    kinds = {True: sources, False: targets, None: sources | targets}[forward]
    return Property(id, id.replace("_", " "), description, kinds, partial(_related, kind, forward), relates=True)


PROPERTIES: Final[dict[str, Property]] = {
    each.id: each
    for each in (
        Property("name", "name", "Its name and aliases, former names among them.", _ALL, _names),
        _text("iri", "IRI", "The IRI that names it."),
        _text("description", "description", "What it is, in a sentence."),
        _text("kind", "kind", "What kind of entity it is."),
        *(Property(scheme, name, f"Its {name}.", _ALL, partial(_identifier, scheme), scheme) for scheme, name in _SCHEMES.items()),
        Property("start", "start", "When it began, an EDTF date.", _ALL, partial(_edge, "start")),
        Property("end", "end", "When it ended, an EDTF date.", _ALL, partial(_edge, "end")),
        _text("signed", "signed", "When an agreement was signed, an EDTF date.", frozenset({EntityKind.AGREEMENT})),
        _text("filed", "filed", "When a case was filed, an EDTF date.", _CASES),
        _text("closed", "closed", "When a case ended or a deal was carried out, an EDTF date.", _MATTERS | {EntityKind.EVENT}),
        _text("court", "court", "Before which court a case is.", _CASES),
        _text("docket_number", "docket number", "Under which number a court keeps a case.", _CASES, "case_number"),
        _text("outcome", "outcome", "What became of it.", _MATTERS | {EntityKind.EVENT}),
        Property("role", "role", "As what a person served, led or founded organizations.", _PEOPLE, _roles),
        Property("board", "board", "The board of a company.", _FIRMS, _board, relates=True),
        Property("company", "company", "Whose board it is.", frozenset({EntityKind.BOARD}), _company, relates=True),
        Property("members", "members", "Those who have or had seats on a board.", frozenset({EntityKind.BOARD}), _members, relates=True),
        _relation("director_of", "On whose boards a person sits or sat.", RelationshipKind.BOARD_SEAT, True),
        _relation("directors", "Who sits or sat on its board.", RelationshipKind.BOARD_SEAT, False),
        _relation("worked_for", "Where a person held a post.", RelationshipKind.POSITION, True),
        _relation("officers", "Who held a post there.", RelationshipKind.POSITION, False),
        _relation("founded", "What a person or organization founded.", RelationshipKind.FOUNDING, True),
        _relation("founders", "Who founded it.", RelationshipKind.FOUNDING, False),
        _relation("owns", "In what it holds or held a stake.", RelationshipKind.OWNERSHIP, True),
        _relation("owners", "Who holds or held a stake in it.", RelationshipKind.OWNERSHIP, False),
        _relation("acquired", "What it took over.", RelationshipKind.ACQUISITION, True),
        _relation("acquired_by", "Who took it over.", RelationshipKind.ACQUISITION, False),
        _relation("invested_in", "In what it invested.", RelationshipKind.INVESTMENT, True),
        _relation("investors", "Who invested in it.", RelationshipKind.INVESTMENT, False),
        _relation("party_to", "To which agreements and cases it is a party.", RelationshipKind.PARTY, True),
        _relation("parties", "Who is a party to an agreement or case.", RelationshipKind.PARTY, False),
        _relation("products", "What it operates.", RelationshipKind.OPERATION, True),
        _relation("operators", "Who operates a product.", RelationshipKind.OPERATION, False),
        _relation("relatives", "Family and friends.", RelationshipKind.PERSONAL, None),
    )
}
"""Every property by its id, in the order in which they are proposed."""


def property_of(id: str) -> Property:
    """The property of this id, or ``BadInput`` with those that are spelt like it."""
    found = PROPERTIES.get(id)
    if found is None:
        near = ", ".join(near_words(id, list(PROPERTIES))) or ", ".join(PROPERTIES)
        raise BadInput(f"There is no property {id!r}. Did you mean {near}?")
    return found


def near_words(word: str, among: list[str]) -> list[str]:
    """Those that are spelt like a word, the nearest first; at most three."""
    likeness = process.cdist([word.casefold()], [each.casefold() for each in among])[0]
    return [among[place] for place in np.argsort(-likeness, kind="stable")[:3].tolist() if likeness[place] >= 60]
