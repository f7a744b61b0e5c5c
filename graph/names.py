"""From what people write to the entity they mean, without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.errors import AmbiguousEntity, UnknownEntity
from interlock.graph.folding import fold, legal_form, without_legal_form
from interlock.graph.heap import Numbers
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind
from interlock.graph.name_index import NameIndex

SUGGESTIONS: Final = 5
_BOARD_OF: Final = re.compile(r"(?:the\s+)?board(?:\s+of\s+directors)?\s+of\s+(?P<of>.+)", re.IGNORECASE)
_S_BOARD: Final = re.compile(r"(?P<of>.+?)(?:['’]s?)?\s+board(?:\s+of\s+directors)?", re.IGNORECASE)
_NEARLY_AS_LIKE: Final = 0.96
"""How like a suggestion must be, compared with the best one."""
_SAME, _SAME_BUT_FORM, _BEGINS, _HOLDS, _INITIALS, _LIKE = 10_000, 9_900, 9_000, 8_500, 8_000, 80.0
"""How well a name fits, in ten-thousandths: the very name, but for its legal form, its beginning, the beginning of a word in it, its
initials; and for each percent of likeness."""
LONGEST: Final = 200
"""How many characters of a text, folded, are compared with names that are not the same: longer ones are like none."""
_BOARD: Final = ENTITY_KINDS.index(EntityKind.BOARD)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found by a text: how well it fits (0 to 1), and which of its names it was."""

    entity: Entity
    score: float
    matched: str


class Names:
    """Finds entities by name, alias, slug, id, IRI and identifier."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self.graph.columns)

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

    def meant(self, reference: str) -> Entity | None:
        """The one entity that is meant; None where ``resolve`` says why there is none, which takes it much longer."""
        found = self._lookup(reference)
        if found:
            return found[0] if len(found) == 1 else None
        board_of = _board_of(reference)
        company = self.meant(board_of) if board_of else None
        return self.graph.board_of(company.id) if company else None

    def knows(self, reference: str) -> bool:
        """Does anybody, or do several, have this very name?"""
        return bool(self._lookup(reference))

    def identified(self, key: str) -> Entity | None:
        """Whom this id, IRI or identifier names; nobody by a mere name."""
        return self._index.by_key(key.strip())

    def formerly(self, id: str) -> Entity | None:
        """The entity into which the one of this id was merged when the data was loaded."""
        return self._index.formerly(id)

    def bearing(self, text: str) -> list[Entity]:
        """All that have this very name, but for case, accents, punctuation, and a legal form that one of the two lacks; by id."""
        folded = fold(text)
        if not folded:
            return []
        plain, form = without_legal_form(folded), legal_form(folded)
        loose = [each for each in self._index.by_loose_name(plain) if any(_same_company(plain, form, name) for name in each.names)]
        found = {each.id: each for each in (*self._index.by_exact_name(folded), *loose)}
        return [found[id] for id in sorted(found)]

    def search(self, text: str, kinds: Iterable[EntityKind] | None = None, limit: int = 10) -> list[Hit]:
        """Entities whose names fit a text, best first; each once, by the name that fits best."""
        folded = fold(text)
        if not folded:
            return []
        names, scores = self._scores(folded)
        if kinds is not None:
            wanted = [ENTITY_KINDS.index(kind) for kind in kinds]
            chosen = np.isin(self.graph.columns.kind[self._index.entity[names]], wanted)
            names, scores = names[chosen], scores[chosen]
        return [self._hit(*found) for found in self._best(names, scores, limit)]

    def _lookup(self, reference: str) -> list[Entity]:
        key = self._index.by_key(reference.strip())
        if key is not None:
            return [key]
        folded = fold(reference)
        if not folded:
            return []
        return self._index.by_exact_name(folded) or self._index.by_loose_name(without_legal_form(folded))

    def _company_of_board(self, reference: str) -> Entity | None:
        """Whose board "Meta's board", "Meta board" or "board of directors of Facebook" speaks of."""
        board_of = _board_of(reference)
        return self.resolve(board_of) if board_of else None

    def _not_found(self, reference: str) -> UnknownEntity | AmbiguousEntity:
        having = self._with_words(fold(reference), 2 * SUGGESTIONS)
        if len(having) > 1:
            return AmbiguousEntity(f"{reference!r} is part of several names: {_listed(having)}. Say which, by its full name or id.", having)
        hits = self.search(reference, limit=SUGGESTIONS)
        near = [hit.entity for hit in hits if hit.score >= _NEARLY_AS_LIKE * hits[0].score]
        hint = f" Did you mean {_listed(near)}?" if near else " Search for a part of the name to see what there is."
        return UnknownEntity(f"No entity is called {reference!r}.{hint}", near)

    def _with_words(self, folded: str, limit: int) -> list[Entity]:
        """Entities that have all these words in one of their names, the best known first; boards only if the word is said."""
        words = list(dict.fromkeys(folded.split()))
        if not words or len(folded) > LONGEST:
            return []
        entities = np.unique(self._index.entity[self._index.holding_words(words)])
        if "board" not in words:
            entities = entities[self.graph.columns.kind[entities] != _BOARD]
        order = np.argsort(-self.graph.columns.degree[entities], kind="stable")[:limit]
        return [self.graph.entity_at(number) for number in entities[order].tolist()]

    def _scores(self, folded: str) -> tuple[Numbers, Numbers]:
        """The numbers of all names that fit, in order and each once, and how well they do, in ten-thousandths."""
        index, plain = self._index, without_legal_form(folded)
        holding, begins = index.beginning_words(folded)
        like, likeness = index.like(folded, plain) if len(folded) <= LONGEST else (np.zeros(0, np.int64), np.zeros(0))
        of_initials = index.of_initials(folded)
        same, same_but_form = index.same(folded, plain)
        found = np.concatenate([holding, like, of_initials, same_but_form, same])
        scores = np.concatenate([
            np.where(begins, _BEGINS, _HOLDS),
            np.array([round(_LIKE * each) for each in likeness.tolist()], np.int64),
            np.full(len(of_initials), _INITIALS),
            np.full(len(same_but_form), _SAME_BUT_FORM),
            np.full(len(same), _SAME),
        ])  # fmt: skip
        order = np.lexsort((-scores, found))
        names, first = np.unique(found[order], return_index=True)
        return names, scores[order][first]

    def _best(self, names: Numbers, scores: Numbers, limit: int) -> list[tuple[int, int, int]]:
        """Entity, name and score of the best: by score, then by the number of relationships, then by id."""
        entities = self._index.entity[names]
        order = np.lexsort((names, -scores, entities))
        _, first = np.unique(entities[order], return_index=True)
        chosen = order[first]
        rank = np.lexsort((entities[chosen], -self.graph.columns.degree[entities[chosen]], -scores[chosen]))[:limit]
        best = chosen[rank]
        return list(zip(entities[best].tolist(), names[best].tolist(), scores[best].tolist(), strict=True))

    def _hit(self, entity: int, name: int, score: int) -> Hit:
        found = self.graph.entity_at(entity)
        return Hit(found, score / 10_000, found.names[name - self._index.first_name_of(entity)])


def _board_of(reference: str) -> str | None:
    """Whose board a reference speaks of, if it does."""
    match = _BOARD_OF.fullmatch(reference.strip()) or _S_BOARD.fullmatch(reference.strip())
    return match["of"] if match else None


def _same_company(plain: str, form: str, name: str) -> bool:
    """Is this the same name, in the same legal form or with one left out?"""
    folded = fold(name)
    return without_legal_form(folded) == plain and (not form or legal_form(folded) in ("", form))


def _listed(entities: Sequence[Entity]) -> str:
    return ", ".join(f"{entity.name} ({entity.kind.value.lower().replace('_', ' ')})" for entity in entities)
