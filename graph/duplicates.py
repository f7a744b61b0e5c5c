"""Entities that may be one, each pair with what speaks for and against it, for a person to decide. Nothing is merged by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.dates import PartialDate
from interlock.graph.folding import fold, legal_form, without_legal_form
from interlock.graph.heap import Numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind
from interlock.graph.near_names import SAME, Nearness, Pairs, near_pairs, nearness
from interlock.graph.sameness import ALONE, alike, key_of, precedence

LEAST: Final = 0.5
"""The least score that is listed if nothing else is asked for: that of two people of one name of whom nothing else is known."""
_FIRM: Final = ENTITY_KINDS.index(EntityKind.COMPANY)
_ORGANIZATION: Final = ENTITY_KINDS.index(EntityKind.ORGANIZATION)
_PERSON: Final = ENTITY_KINDS.index(EntityKind.PERSON)
_BOARD: Final = ENTITY_KINDS.index(EntityKind.BOARD)
_BY_NAME, _BY_NAME_OF_PEOPLE = 0.9, 0.5
"""What the same name says by itself: of companies and matters much, of people that it is possible and no more."""
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two entities that may be one: how likely that looks, from 0 to 1, and why; what speaks against it comes last.

    ``one`` is who would be left.
    """

    one: Entity
    other: Entity
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Suspicions:
    """All of them, the most likely first; ``crowded`` are names that so many have that these are not compared with one another."""

    pairs: list[Suspicion]
    crowded: list[tuple[str, int]]


Evidence = Iterator[tuple[float, str]]
Check = Callable[[KnowledgeGraph, Entity, Entity], Evidence]
"""What speaks for it (a weight above 0) or against it, in words."""


def suspicions(graph: KnowledgeGraph, least: float = LEAST) -> Suspicions:
    """Every pair of entities of one kind whose names are near, whose score is at least so high, and that nobody has decided on."""
    entity, names = _names(graph)
    kinds = graph.columns.kind[entity].astype(np.int64)
    kinds[kinds == _ORGANIZATION] = _FIRM
    pairs = near_pairs(names, kinds.tolist(), frozenset({_PERSON}))
    best: dict[tuple[int, int], tuple[Nearness, int, int]] = {}
    for a, b in _between_entities(pairs, entity, kinds):
        near = nearness(names[a], names[b], bool(kinds[a] == _PERSON))
        key = (int(entity[a]), int(entity[b]))
        if near is not None and (key not in best or near.value > best[key][0].value):
            best[key] = near, a, b
    first = np.searchsorted(entity, np.arange(len(graph.entities)))
    found = []
    for (one, other), (near, a, b) in best.items():
        suspicion = _suspicion(graph, one, other, near, a - int(first[one]), b - int(first[other]))
        if suspicion is not None and suspicion.score >= least:
            found.append(suspicion)
    found.sort(key=lambda each: (-each.score, each.one.id, each.other.id))
    return Suspicions(found, pairs.crowded)


def _names(graph: KnowledgeGraph) -> tuple[Numbers, list[str]]:
    """Whose each name is, and the name, without its legal form; the names of an entity stand together, in its own order."""
    store = graph.columns.store
    heap, at = store.bytes("name").whole(), store.numbers("name.at").tolist()
    texts = [str(heap[a : b - 1], "utf-8", "surrogatepass") for a, b in pairwise(at)]
    return store.numbers("name_entity"), list(map(without_legal_form, texts))


def _between_entities(pairs: Pairs, entity: Numbers, kinds: Numbers) -> Iterator[tuple[int, int]]:
    """Those pairs of names that are of two entities, neither of them a board: boards follow from their companies."""
    ends = entity[pairs.found]
    kept = (ends[:, 0] != ends[:, 1]) & (kinds[pairs.found[:, 0]] != _BOARD)
    yield from map(tuple, pairs.found[kept].tolist())


def _suspicion(graph: KnowledgeGraph, one: int, other: int, near: Nearness, its_name: int, other_name: int) -> Suspicion | None:
    a, b = graph.entity_at(one), graph.entity_at(other)
    if b.id in a.different_from or a.id in b.different_from or not alike(a.kind, b.kind):
        return None
    score, way = _by_name(a, b, near, a.names[its_name], b.names[other_name])
    evidence = [found for check in _CHECKS for found in check(graph, a, b)]
    score += sum(weight for weight, _ in evidence)
    reasons = [way, *(why for weight, why in evidence if weight > 0), *(f"against: {why}" for weight, why in evidence if weight < 0)]
    a, b = sorted((a, b), key=lambda each: precedence(each.iri))
    return Suspicion(a, b, round(min(max(score, 0.0), 0.99), 2), tuple(reasons))


def _by_name(a: Entity, b: Entity, near: Nearness, one: str, other: str) -> tuple[float, str]:
    """What the names say by themselves."""
    people = a.kind is EntityKind.PERSON
    forms = set() if people else {form for name in (one, other) if (form := legal_form(fold(name)))}
    score = (_BY_NAME_OF_PEOPLE if people else _BY_NAME) * near.value
    way = near.way if near is not SAME or fold(one) == fold(other) else "same name but for the legal form"
    if len(forms) > 1:
        score, way = score - 0.1, f"{way} ({' and '.join(sorted(forms))})"
    aliases = [name for name, entity in ((one, a), (other, b)) if name != entity.name]
    return score, f"{way}{f', by the alias {aliases[0]!r}' if aliases else ''}"


def _neighbours(graph: KnowledgeGraph, a: Entity, b: Entity) -> Evidence:
    one, other = graph.neighbours(a.id), graph.neighbours(b.id)
    common = sorted(graph.entities[each].name for each in one.keys() & other.keys()) if one and other else []
    if common:
        more = f" and {len(common) - _MOST_NAMED} more" if len(common) > _MOST_NAMED else ""
        told = f"{len(common)} common neighbour{'s' if len(common) > 1 else ''}: {', '.join(common[:_MOST_NAMED])}{more}"
        yield min(len(common), 2) * (0.2 if a.kind is EntityKind.PERSON else 0.04), told
    if b.id in one:
        yield -0.4, "they have a relationship with one another"


def _links(graph: KnowledgeGraph, a: Entity, b: Entity) -> Evidence:
    common = sorted({*a.same_as, *a.identifiers} & {*b.same_as, *b.identifiers})
    if common:
        yield 0.3, f"both are {common[0]}"
    for scheme in ALONE:
        one, other = ({key for each in entity.identifiers if (key := key_of(each)) and key.startswith(f"{scheme}:")} for entity in (a, b))
        if one and other and not one & other:
            yield -0.3, f"one is {min(one)}, the other {min(other)}"


def _dates(graph: KnowledgeGraph, a: Entity, b: Entity) -> Evidence:
    words = ("born", "died") if a.kind is EntityKind.PERSON else ("begun", "ended")
    for word, edge in zip(words, ("start", "end"), strict=True):
        one, other = (getattr(entity.interval, edge) if entity.interval else None for entity in (a, b))
        if one is not None and other is not None:
            yield from _compared(word, one, other, a.kind is EntityKind.PERSON)


def _compared(word: str, one: PartialDate, other: PartialDate, people: bool) -> Evidence:
    if one.first > other.last or other.first > one.last:
        yield -0.4 if people else -0.1, f"one {word} {one}, the other {other}"
    else:
        exact = one.first == one.last and other.first == other.last
        yield 0.3 if exact else 0.2, f"both {word} {one}" if one == other else f"{word} {one} and {other}, which may be one date"


def _cases(graph: KnowledgeGraph, a: Entity, b: Entity) -> Evidence:
    if a.case_number and b.case_number:
        if a.case_number.casefold() == b.case_number.casefold():
            yield 0.3, f"both have the docket number {a.case_number}"
        else:
            yield -0.4, f"their docket numbers are {a.case_number} and {b.case_number}"


_CHECKS: Final[tuple[Check, ...]] = (_links, _dates, _neighbours, _cases)
