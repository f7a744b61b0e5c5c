"""Who is one and the same: by what is declared, and by shared identifiers. Never by a name.

What is declared (``schema:sameAs``, ``owl:sameAs``, ``skos:exactMatch`` between two entities, a decision) always counts: where it
contradicts something else, that is a fault. A shared identifier counts unless something speaks against it, which is told in a note. Both
are transitive. The boards of one company are one, where each of its parts has one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import Final

from rdflib import URIRef

from interlock.graph.model import EntityKind
from interlock.graph.rdf import abbreviate
from interlock.seeds import vocab

MOST_SHARING: Final = 10
"""On more entities than these an identifier is taken for a mistake."""
ALONE: Final = ("lei", "wikidata", "cik")
"""Schemes of which two different identifiers mean two different things."""
_FIRMS: Final = frozenset({EntityKind.COMPANY, EntityKind.ORGANIZATION})
_NORMAL: Final[dict[str, Callable[[str], str]]] = {
    "wikidata": str.upper,
    "lei": str.upper,
    "cik": lambda number: number.lstrip("0"),
    "opencorporates": lambda path: path.strip("/").casefold(),
}
_BASES: Final = {
    **{base.partition("//")[2].removeprefix("www.").casefold(): scheme for scheme, base in vocab.IDENTIFIER_SCHEMES.items()},
    "wikidata.org/wiki/": "wikidata",
}
"""How an IRI of a scheme begins → the scheme."""

Pair = tuple[str, str]
Tied = Callable[[Collection[str]], Iterable[Pair]]
"""Gives the pairs among some entities that have a relationship with one another."""


@dataclass(frozen=True)
class Said:
    """What bears on who is who: of each entity, by IRI, its kind and what identifies it (see ``key_of``); pairs of entities that are
    declared to be the same, or different; of each board that is spelt out, its company. ``elsewhere`` are IRIs that are said to be the
    same as an entity, and of which nothing else is said.
    """

    kinds: dict[str, EntityKind] = field(default_factory=dict)
    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    same: list[Pair] = field(default_factory=list)
    different: list[Pair] = field(default_factory=list)
    unit_of: dict[str, str] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Sameness:
    """Who becomes whom: ``groups`` by survivor, the survivor first, then the others in order; faults and notes, each about an entity."""

    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Pair] = field(default_factory=list)
    notes: list[Pair] = field(default_factory=list)


class Groups:
    """Things that are joined one by one: disjoint sets, each under its least member."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, each: str) -> str:
        """The member under which the set of this one goes."""
        while (parent := self._parent.get(each, each)) != each:
            self._parent[each] = each = self._parent.get(parent, parent)
        return each

    def join(self, one: str, other: str) -> None:
        """Make their sets one."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[low], self._parent[high] = low, low

    def sets(self) -> dict[str, list[str]]:
        """All sets of more than one, each in order, by the member under which it goes."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in sorted(self._parent):
            found[self.find(each)].append(each)
        return {root: members for root, members in found.items() if len(members) > 1}


def key_of(text: str) -> str | None:
    """An identifier, or an IRI that stands for one, in the form in which all its spellings are equal; None if its scheme isn't known.

    >>> key_of("cik:0001326801"), key_of("https://www.wikidata.org/wiki/Q380"), key_of("https://example.org/")
    ('cik:1326801', 'wikidata:Q380', None)
    """
    scheme, _, local = text.strip().partition(":")
    scheme = scheme.casefold()
    if local.startswith("//"):
        if text.startswith(str(vocab.ENTITY)):
            return text  # perhaps that of an entity before it was merged
        plain = local[2:].removeprefix("www.")
        base = next((base for base in _BASES if plain.casefold().startswith(base)), None)
        scheme, local = (_BASES[base], plain[len(base) :]) if base else ("", "")
    if scheme not in _NORMAL:
        return None
    normal = _NORMAL[scheme](local.strip())
    return f"{scheme}:{normal}" if normal else None


def alike(one: EntityKind, other: EntityKind) -> bool:
    """Can things of these kinds be one? A company is an organization."""
    return one is other or {one, other} == _FIRMS


def decide(said: Said, tied: Tied) -> Sameness:
    """Who is one."""
    joined, wider, found = Groups(), Groups(), Sameness()
    different = {_sorted(pair) for pair in said.different}
    for pair in said.same:
        joined.join(*pair)
        wider.join(*pair)
    for pair in _sharing(said, different, found.notes):
        wider.join(*pair)
    sets = wider.sets()
    apart = _apart(said, wider, tied(_flat(sets.values())))
    for root, members in sets.items():
        _judge(said, joined, members, apart[root], found)
    _join_boards(said, joined)
    for members in joined.sets().values():
        group = tuple(sorted(members, key=precedence))
        found.groups[group[0]] = group
        shared = _shared(said, group)
        found.notes.append((group[0], f"is one with {_listed(group[1:])} ({shared or 'declared'})"))
    return found


def _judge(said: Said, joined: Groups, members: Sequence[str], apart: Sequence[tuple[Pair, str]], found: Sameness) -> None:
    """Join all that hang together by what is declared and what they share, unless something speaks against it."""
    parts = _parts(joined, members)
    for part in parts:
        for why in islice(_against(said, [part], apart), 1):
            told = f"is declared to be the same as {_listed(part[1:])}, but {why}. Take one of the two back"
            found.faults.append((part[0], told))
    against = next(_against(said, parts, apart), "") if len(parts) > 1 else ""
    if against:
        told = f"shares {_shared(said, members)} with {_listed(members[1:])}, and they are not merged: {against}"
        found.notes.append((members[0], told))
        return
    for other in members[1:]:
        joined.join(members[0], other)


def _apart(said: Said, wider: Groups, tied: Iterable[Pair]) -> dict[str, list[tuple[Pair, str]]]:
    """The pairs within one set that can't be one, and why, by their sets."""
    whys = [(_sorted(pair), "are declared to be different") for pair in said.different]
    whys += [(_sorted(pair), "have a relationship with one another") for pair in tied]
    found: dict[str, list[tuple[Pair, str]]] = defaultdict(list)
    for pair, why in sorted(set(whys)):
        if wider.find(pair[0]) == wider.find(pair[1]):
            found[wider.find(pair[0])].append((pair, why))
    return found


def _sharing(said: Said, different: Collection[Pair], notes: list[Pair]) -> Iterator[Pair]:
    """The pairs that have an identifier in common and are not declared to be different; a note for each identifier that too many have."""
    having: dict[str, list[str]] = defaultdict(list)
    for entity, keys in said.keys.items():
        for key in keys:
            having[key].append(entity)
    for key, entities in sorted(having.items()):
        if len(entities) <= MOST_SHARING:
            yield from (pair for pair in combinations(sorted(entities), 2) if pair not in different)
        else:
            first = min(entities)
            notes.append((first, f"is {key}, as {len(entities) - 1} others are: taken for a mistake, so that nothing is merged by it"))


def _against(said: Said, parts: Sequence[Sequence[str]], apart: Iterable[tuple[Pair, str]]) -> Iterator[str]:
    """What speaks against these parts being one thing: of one part, against what is declared of it."""
    members = sorted(_flat(parts))
    within = set(members)
    yield from (f"{_listed(pair)} {why}" for pair, why in apart if within.issuperset(pair))
    for other in members[1:]:
        if not alike(said.kinds[members[0]], said.kinds[other]):
            yield f"{_named(members[0])} is a {_word(said, members[0])}, {_named(other)} a {_word(said, other)}"
    if len(parts) > 1:
        yield from _odds(said, parts)


def _odds(said: Said, parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Schemes of which two parts have identifiers, and none in common."""
    for scheme in ALONE:
        having = [{key for key in _flat(said.keys.get(each, ()) for each in part) if key.startswith(f"{scheme}:")} for part in parts]
        for one, other in combinations(filter(None, having), 2):
            if not one & other:
                yield f"one is {min(one)}, another {min(other)}"


def _shared(said: Said, members: Iterable[str]) -> str:
    """The identifiers that several of these have."""
    counts = Counter(_flat(said.keys.get(each, ()) for each in members))
    return ", ".join(sorted(key for key, count in counts.items() if count > 1))


def _parts(joined: Groups, members: Iterable[str]) -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in members:
        found[joined.find(each)].append(each)
    return list(found.values())


def _join_boards(said: Said, joined: Groups) -> None:
    boards: dict[str, list[str]] = defaultdict(list)
    for board, company in said.unit_of.items():
        boards[company].append(board)
    for members in joined.sets().values():
        owned = [boards[each] for each in members if each in boards]
        if all(len(each) == 1 for each in owned):
            for (other,) in owned[1:]:
                joined.join(owned[0][0], other)


def precedence(iri: str) -> tuple[bool, str]:
    """Who survives: an IRI of our own, then the least."""
    return not iri.startswith(str(vocab.BASE)), iri


def _sorted(pair: Pair) -> Pair:
    return (pair[0], pair[1]) if pair[0] <= pair[1] else (pair[1], pair[0])


def _flat(several: Iterable[Iterable[str]]) -> list[str]:
    return [each for group in several for each in group]


def _named(iri: str) -> str:
    return abbreviate(URIRef(iri))


def _listed(iris: Iterable[str]) -> str:
    return " and ".join(map(_named, iris))


def _word(said: Said, iri: str) -> str:
    return said.kinds[iri].value.lower().replace("_", " ")
