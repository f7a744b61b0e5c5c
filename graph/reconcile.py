"""Whom a row of somebody's table means: candidates, each with the features behind its score, and a match only where nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from interlock.graph.comparing import agreement, bare_identifier
from interlock.graph.errors import BadInput, QuestionError
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind
from interlock.graph.names import Names
from interlock.graph.properties import Property

MAX_CANDIDATES: Final = 100
_LOOKED_AT: Final = 25
"""How many names are looked at, at least, before properties have their say."""
_NAME: Final = 2.0
_IDENTIFIER: Final = 3.0
_OTHER: Final = 1.0
"""What the name, an identifier and any other property count in a score."""
_OF_ANOTHER_KIND: Final = 0.5
"""What a score is multiplied with if the candidate is of another kind than what is preferred."""
_UNKNOWN: Final = 0.5
"""What a property counts that isn't known of a candidate."""
_AGREES: Final = 0.8
"""How well a property must agree so as not to speak against a match."""

BROADER: Final[dict[EntityKind, tuple[EntityKind, ...]]] = {EntityKind.COMPANY: (EntityKind.ORGANIZATION,)}
"""Kind → the wider kinds that it is of too."""


class TypeStrict(StrEnum):
    """What several types mean: one of them, all of them, or better one of them."""

    ANY = "any"
    ALL = "all"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Given:
    """A property of whoever is meant, with values, any of which will do; entities are given by their ids or names."""

    property: Property
    values: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """Who is meant: by a name or identifier, by properties, or by both."""

    text: str = ""
    kinds: frozenset[EntityKind] = frozenset()
    strict: TypeStrict = TypeStrict.ANY
    properties: tuple[Given, ...] = ()
    limit: int = 10

    def __post_init__(self) -> None:
        if not self.text.strip() and not self.properties:
            raise BadInput("A query needs a text or properties.")
        if not 1 <= self.limit <= MAX_CANDIDATES:
            raise BadInput(f"limit is {self.limit}; it must be between 1 and {MAX_CANDIDATES}.")


@dataclass(frozen=True)
class Candidate:
    """Who may be meant. ``features`` are what its score (0 to 100) is made of, and how many relationships it has.

    ``name`` (0 to 1) says how well its best fitting name fits, ``name_exact`` whether that is the very name but for case, accents,
    punctuation and a legal form that one of the two lacks, ``identifier`` whether an identifier names it, ``kind`` whether it is of a
    kind that is asked for, ``property:…`` (0 to 1) how well a property agrees; what isn't known of it is left out.
    """

    entity: Entity
    score: float
    match: bool = False
    features: dict[str, float | bool] = field(default_factory=dict)


def kinds_of(entity: Entity) -> tuple[EntityKind, ...]:
    """The kinds that an entity is of, its own first."""
    return (entity.kind, *BROADER.get(entity.kind, ()))


def reconcile(graph: KnowledgeGraph, names: Names, query: Query) -> list[Candidate]:
    """Candidates, the best first; at most one of them is a match."""
    query = replace(query, properties=tuple(_resolved(names, given) for given in query.properties))
    identified = _identified(names, query)
    bearing = names.bearing(query.text) if query.text else []
    fits = {hit.entity.id: hit.score for hit in names.search(query.text, limit=max(_LOOKED_AT, 2 * query.limit))} if query.text else {}
    pool = {each.id: each for each in (*identified, *bearing, *(graph.entities[id] for id in fits))}
    fits |= {each.id: 1.0 for each in bearing}
    if not query.text:
        pool |= {each.id: each for each in _by_properties(graph, names, query)}
    exact, certain = {each.id for each in bearing}, {each.id for each in identified}
    candidates = [
        _candidate(graph, query, each, fits.get(each.id, 0.0), each.id in exact, each.id in certain)
        for each in pool.values()
        if query.strict is TypeStrict.SHOULD or _is_of_kind(query, each)
    ]
    candidates.sort(key=lambda each: (-each.score, -graph.relationship_count(each.entity.id), each.entity.id))
    matched = _match(query, candidates)
    return [replace(each, match=each is matched) for each in candidates if _speaks_for(each)][: query.limit]


def _identified(names: Names, query: Query) -> list[Entity]:
    """Those whom an id, IRI or identifier names, in the text or as a property."""
    keys = [query.text]
    for given in query.properties:
        scheme = given.property.scheme
        keys += [f"{scheme}:{bare_identifier(value, scheme)}" for value in given.values if scheme]
    found = (names.identified(key) for key in keys if key)
    return list({each.id: each for each in found if each is not None}.values())


def _by_properties(graph: KnowledgeGraph, names: Names, query: Query) -> list[Entity]:
    """Without a text: those who have one of these names, or are related as a property says to one that it names."""
    found: list[Entity] = []
    for given in query.properties:
        for value in given.values:
            if given.property.id == "name":
                found += [hit.entity for hit in names.search(value, limit=_LOOKED_AT)]
            elif given.property.relates:
                found += [graph.entities[id] for id in graph.neighbours(value)]
                found += filter(None, [graph.board_of(value)])
    return found


def _resolved(names: Names, given: Given) -> Given:
    """Of a property that relates entities also the ids of those that its values name; "Meta's board" names Meta too."""
    ids: list[str] = []
    for value in given.values if given.property.relates else ():
        with suppress(QuestionError):
            entity = names.resolve(value)
            ids += filter(None, [entity.id, entity.unit_of])
    return replace(given, values=tuple(dict.fromkeys((*given.values, *ids))))


def _candidate(graph: KnowledgeGraph, query: Query, entity: Entity, fit: float, exact: bool, identified: bool) -> Candidate:
    features: dict[str, float | bool] = {}
    if query.text:
        features["name"] = 1.0 if _identifies(query.text, entity) else fit
        features["name_exact"] = exact
    features["identifier"] = identified
    if query.kinds:
        features["kind"] = _is_of_kind(query, entity)
    features |= _properties(graph, query, entity)
    score = 100 * _mean(query, features) * (1.0 if features.get("kind", True) else _OF_ANOTHER_KIND)
    return Candidate(entity, round(score, 2), features={**features, "relationships": graph.relationship_count(entity.id)})


def _identifies(text: str, entity: Entity) -> bool:
    keys = (entity.id, entity.iri, *entity.identifiers, *entity.same_as)
    return text.strip().casefold() in {key.casefold() for key in keys}


def _properties(graph: KnowledgeGraph, query: Query, entity: Entity) -> dict[str, float | bool]:
    found: dict[str, float | bool] = {}
    for given in query.properties:
        known = given.property.of(graph, entity)
        if known and given.values:
            best = max(agreement(value, each, given.property.scheme) for value in given.values for each in known)
            key = f"property:{given.property.id}"
            found[key] = round(min(best, found.get(key, 1.0)), 4)
    return found


def _mean(query: Query, features: dict[str, float | bool]) -> float:
    """The mean of name and properties, where an identifier counts most; what isn't known of a candidate is half for it, half against."""
    weighed = [(_NAME, float(features["name"]))] if query.text else []
    for given in query.properties:
        value = float(features.get(f"property:{given.property.id}", _UNKNOWN))
        weighed.append((_IDENTIFIER if given.property.scheme else _OTHER, value))
    return sum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed)


def _match(query: Query, candidates: Iterable[Candidate]) -> Candidate | None:
    """The one that an identifier names, or else the only one that has the very name; of the right kind, and nothing speaking against it."""
    right = [each for each in candidates if each.features.get("kind", True)]
    certain = [each for each in right if each.features["identifier"]] or [each for each in right if each.features.get("name_exact")]
    if len(certain) != 1:
        return None
    features = certain[0].features
    agrees = all(value >= _AGREES for key, value in features.items() if key.startswith("property:"))
    return certain[0] if agrees and features.get("name", 1.0) > 0 else None


def _speaks_for(candidate: Candidate) -> bool:
    """Is there anything that speaks for it: a name that fits, an identifier, or a property that agrees?"""
    said = {key: value for key, value in candidate.features.items() if key in ("name", "identifier") or key.startswith("property:")}
    return any(value > 0 for value in said.values())


def _is_of_kind(query: Query, entity: Entity) -> bool:
    its = set(kinds_of(entity))
    return not query.kinds or (query.kinds <= its if query.strict is TypeStrict.ALL else bool(query.kinds & its))
