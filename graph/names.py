"""From what people write to the entity they mean, without guessing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from interlock.graph.errors import AmbiguousEntity, UnknownEntity
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind

SUGGESTIONS: Final = 5
_LEGAL_FORMS: Final = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "pllc", "ag", "sa", "se",
    "nv", "bv", "gmbh", "kgaa", "ab", "oy", "as", "spa", "srl", "kk", "pte", "pty",
})  # fmt: skip
_BOARD_OF: Final = re.compile(r"(?:the\s+)?board(?:\s+of\s+directors)?\s+of\s+(?P<of>.+)", re.IGNORECASE)
_S_BOARD: Final = re.compile(r"(?P<of>.+?)(?:['’]s?)?\s+board(?:\s+of\s+directors)?", re.IGNORECASE)
_LIKE_ENOUGH: Final = 72.0
"""Similarity in percent below which a name is no suggestion."""
_NEARLY_AS_LIKE: Final = 0.96
"""How like a suggestion must be, compared with the best one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found by a text: how well it fits (0 to 1), and which of its names it was."""

    entity: Entity
    score: float
    matched: str


def fold(text: str) -> str:
    """A name without case, accents and punctuation: ``"Döpfner, Mathias"`` → ``"dopfner mathias"``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]|_", lambda match: "" if match[0] in "'’." else " ", plain).split())


def without_legal_form(folded: str) -> str:
    """A folded company name without ``the`` and without ``inc``, ``ltd`` and the like at its end; never empty."""
    words = folded.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


class Names:
    """An index of every name, alias, slug, id, IRI and identifier in a graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self._keys: dict[str, Entity] = {}
        self._exact: dict[str, dict[str, Entity]] = defaultdict(dict)
        self._loose: dict[str, dict[str, Entity]] = defaultdict(dict)
        self._written: list[tuple[str, Entity, str]] = []
        for entity in graph.entities.values():
            self._add(entity)
        self._folded = [folded for folded, _, _ in self._written]

    def resolve(self, reference: str) -> Entity:
        """The one entity that is meant, or ``UnknownEntity`` with suggestions, or ``AmbiguousEntity`` with candidates."""
        found = self._lookup(reference)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousEntity(f"{reference!r} names several: {_listed(found)}. Say which, by its full name or id.", found)
        company = self._company_of_board(reference)
        if company is not None:
            board = self.graph.board_of(company.id)
            if board is not None:
                return board
            raise UnknownEntity(f"{company.name} has no board in this graph.", [company])
        raise self._not_found(reference)

    def knows(self, reference: str) -> bool:
        """Does anybody, or do several, have this very name?"""
        return bool(self._lookup(reference))

    def search(self, text: str, kinds: Iterable[EntityKind] = (), limit: int = 10) -> list[Hit]:
        """Entities whose names fit a text, best first; each once, by the name that fits best."""
        wanted = frozenset(kinds)
        best: dict[str, Hit] = {}
        for hit in self._hits(fold(text)):
            known = best.get(hit.entity.id)
            if (not wanted or hit.entity.kind in wanted) and (known is None or hit.score > known.score):
                best[hit.entity.id] = hit
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, -self.graph.relationship_count(hit.entity.id), hit.entity.id))
        return ranked[:limit]

    def _add(self, entity: Entity) -> None:
        for key in (entity.id, entity.iri, *entity.identifiers, *entity.same_as):
            self._keys.setdefault(key.casefold(), entity)
        self._exact[fold(entity.slug)][entity.id] = entity
        for name in entity.names:
            folded = fold(name)
            self._exact[folded][entity.id] = entity
            self._loose[without_legal_form(folded)][entity.id] = entity
            self._written.append((folded, entity, name))

    def _lookup(self, reference: str) -> list[Entity]:
        key = self._keys.get(reference.strip().casefold())
        if key is not None:
            return [key]
        folded = fold(reference)
        named = self._exact.get(folded) or self._loose.get(without_legal_form(folded)) or {}
        return sorted(named.values(), key=lambda entity: entity.id) if folded else []

    def _company_of_board(self, reference: str) -> Entity | None:
        """Whose board "Meta's board", "Meta board" or "board of directors of Facebook" speaks of."""
        match = _BOARD_OF.fullmatch(reference.strip()) or _S_BOARD.fullmatch(reference.strip())
        return self.resolve(match["of"]) if match else None

    def _not_found(self, reference: str) -> UnknownEntity | AmbiguousEntity:
        having = self._with_words(fold(reference))
        if len(having) > 1:
            listed = having[: 2 * SUGGESTIONS]
            return AmbiguousEntity(f"{reference!r} is part of several names: {_listed(listed)}. Say which, by its full name or id.", listed)
        hits = self.search(reference, limit=SUGGESTIONS)
        near = [hit.entity for hit in hits if hit.score >= _NEARLY_AS_LIKE * hits[0].score]
        hint = f" Did you mean {_listed(near)}?" if near else " Search for a part of the name to see what there is."
        return UnknownEntity(f"No entity is called {reference!r}.{hint}", near)

    def _with_words(self, folded: str) -> list[Entity]:
        """Entities that have all these words in one of their names; boards only if the word is said."""
        words = set(folded.split())
        found = {
            entity.id: entity
            for name, entity, _ in self._written
            if words and words <= set(name.split()) and (entity.kind is not EntityKind.BOARD or "board" in words)
        }
        return sorted(found.values(), key=lambda entity: (-self.graph.relationship_count(entity.id), entity.id))

    def _hits(self, folded: str) -> Iterator[Hit]:
        if not folded:
            return
        plain = without_legal_form(folded)
        for (name, entity, written), score in zip(self._written, self._scores(folded), strict=True):
            if name == folded:
                yield Hit(entity, 1.0, written)
            elif without_legal_form(name) == plain:
                yield Hit(entity, 0.99, written)
            elif f" {name}".find(f" {folded}") >= 0:
                yield Hit(entity, 0.9 if name.startswith(folded) else 0.85, written)
            elif score >= _LIKE_ENOUGH:
                yield Hit(entity, round(0.8 * score / 100, 4), written)

    def _scores(self, folded: str) -> list[float]:
        """Similarity in percent to every written name: of the whole in any order of words, or of one word to its best fitting word."""
        if " " in folded:
            return [max(fuzz.ratio(folded, name), fuzz.token_sort_ratio(folded, name)) for name in self._folded]
        return [max(fuzz.ratio(folded, name), *(0.95 * fuzz.ratio(folded, word) for word in name.split())) for name in self._folded]


def _listed(entities: Sequence[Entity]) -> str:
    return ", ".join(f"{entity.name} ({entity.kind.value.lower().replace('_', ' ')})" for entity in entities)
