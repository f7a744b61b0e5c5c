"""Parts a big file's subjects into those of the common shape and the rest.

Of the common shape is an entity of our own with a name and at most one interval; a relationship of two ends, with at most one interval and
one role, all of whose claims are of the common shape and for it; a claim that gives its status, and at most one day on which it saw
what it says. Each property once, each string without language and datatype. Whatever can't be of it for any other reason, a fault above
all, belongs to the rest.
"""

from __future__ import annotations

import numpy as np
from rdflib import URIRef

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES
from interlock.graph.bulk_intervals import Spans
from interlock.graph.bulk_sort import BY_SOURCE, BY_TARGET, DURING, NAME, OBSERVED, ROLE, SOURCE, STATUS, SUPPORTS, TARGET, TYPE, Sorted
from interlock.graph.convert_entities import Slugs, make_entity, make_source
from interlock.graph.convert_ties import FOR_LIFE_AT_MOST as KINDS_FOR_LIFE
from interlock.graph.convert_ties import reads_as
from interlock.graph.heap import Numbers
from interlock.graph.jit import bulk
from interlock.graph.kernels.texts import BLANK, ODD
from interlock.graph.kernels.times import BAD, CHANGING, FOR_LIFE_AT_MOST, LASTING
from interlock.graph.model import ENDS, EntityKind, RelationshipKind, Status
from interlock.graph.reading import Faults, Subject
from interlock.graph.vocabulary import Term, shipped_terms, terms_of
from interlock.seeds import vocab

_FINAL = STATUSES.index(Status.DISMISSED)
"""This and the next are last words."""
_MOST_CLAIMS = 64
"""How many claims a relationship of the common shape may have."""


class Parted:
    """What is of the common shape: ``plain_entity`` marks entities, ``plain_ties`` are relationships, ``claims`` theirs, in their order.

    ``entity_kind``, ``tie_kind``, ``source``, ``target`` and ``reading`` are by subject; ``tie_status`` and ``tie_sources`` by
    relationship of the common shape.
    """

    def __init__(self, found: Sorted) -> None:
        self.found, self.spans = found, Spans(found)
        self._claim_on: Numbers | None = None
        values, used = found.values, found.used
        subjects, types = self._types()
        self.entity_kind, self.tie_kind = np.full(len(used), -1, np.int8), np.full(len(used), -1, np.int8)
        self.entity_kind[subjects], self.tie_kind[subjects] = found.entity_class[types], found.tie_class[types]
        self._is_source = np.zeros(len(used), np.bool_)
        self._is_source[subjects] = types == found.source
        self._own = found.has_prefix(np.arange(len(used)), vocab.BASE)
        self.plain_entity = self._plain_entities()
        self._whole = self._wholes()
        self.readings, self.reading = self._readings()
        self.source, self.target = found.number[values[SOURCE]], found.number[values[TARGET]]
        claim = self._plain_claims()
        tie = self._plain_ties(claim)
        self._part(claim, tie)

    @property
    def has_foreign_entities(self) -> bool:
        """Is there an entity whose slug doesn't follow from its IRI?"""
        return not bool(self.found.has_prefix(np.flatnonzero(self.entity_kind >= 0), str(vocab.ENTITY)).all())

    def odd(self) -> Numbers:
        """The rest: whatever is not of the common shape."""
        odd = ~self.plain_entity
        odd[self.plain_ties] = False
        odd[self.claims] = False
        return np.flatnonzero(odd)

    def a_claim_on(self, numbers: Numbers) -> Numbers:
        """A claim on each of these subjects; -1 if it has none."""
        found = self.found
        if self._claim_on is None:
            rows = found.rows_of(found.about, np.ones(len(found.subjects), np.bool_))
            self._claim_on = np.full(len(found.subjects) + 1, -1, np.int32)
            self._claim_on[found.number[found.quads.rows[2, rows]]] = found.number[found.quads.rows[0, rows]]
        claims: Numbers = self._claim_on[numbers]
        return claims

    def rest(self) -> list[int]:
        """The rest, and all that it leans on, in the order of the file."""
        found, rows = self.found, self.found.quads.rows
        chosen = np.zeros(len(found.subjects) + 1, np.bool_)  # with a place for what is no subject
        chosen[self.odd()] = True
        new = chosen.copy()
        while new.any():
            about = found.number[rows[2, np.flatnonzero(new[found.number[rows[0]]])]]
            new = np.zeros_like(chosen)
            new[about[(about >= 0) & np.append(self.plain_entity, False)[about]]] = True
            new &= ~chosen
            chosen |= new
        return np.flatnonzero(chosen[:-1]).tolist()

    def _types(self) -> tuple[Numbers, Numbers]:
        """The subjects that are of exactly one type that is known, and that type."""
        found, rows, known = self.found, self.found.quads.rows, self._known_types()
        simple = np.flatnonzero((found.used >= 0) & (found.values[TYPE] >= 0) & known[found.values[TYPE]])
        typed = np.flatnonzero((rows[1] == found.type) & (found.used[found.number[rows[0]]] < 0))
        typed = typed[known[rows[2, typed]]]
        pairs = np.unique(found.number[rows[0, typed]].astype(np.int64) << 32 | rows[2, typed])
        subjects = pairs >> 32
        alone = np.bincount(subjects, minlength=1)[subjects] == 1
        types = (pairs & (1 << 32) - 1)[alone]
        return np.concatenate([simple, subjects[alone]]), np.concatenate([found.values[TYPE][simple], types])

    def _known_types(self) -> Numbers:
        """Which terms are types that are known."""
        found = self.found
        known: Numbers = (found.entity_class >= 0) | (found.tie_class >= 0) | found.vocabulary
        known[[found.claim, found.source]] = True
        return known

    def _plain_entities(self) -> Numbers:
        found, named = self.found, 1 << TYPE | 1 << NAME
        fit: Numbers = (found.used & ~(1 << DURING)) == named
        fit &= (self.entity_kind >= 0) & (self.entity_kind != ENTITY_KINDS.index(EntityKind.BOARD))
        fit &= found.is_text(found.values[NAME]) & found.is_text(found.values[DURING])
        fit &= self.spans.stated(found.values[DURING])[:, 0] != BAD
        looks = found.looks(found.values[NAME])
        fit &= (looks & ODD != 0) | (looks & BLANK == 0)
        for number in np.flatnonzero(fit & (looks & ODD != 0)).tolist():
            fit[number] = bool(found.text(int(found.values[NAME, number])))
        return fit

    def _wholes(self) -> Numbers:
        """The interval of each entity that has one, as numbers of dates."""
        found = self.found
        wholes = np.full((len(found.used) + 1, 2), BAD, np.int32)
        dated = np.flatnonzero(self.plain_entity & (found.values[DURING] >= 0))
        wholes[dated] = self.spans.stated(found.values[DURING][dated])
        odd = np.flatnonzero((self.entity_kind >= 0) & ~self.plain_entity).tolist()
        faults = Faults(found.statements(odd))  # told when they are converted in earnest
        for number in odd:
            interval = make_entity(Subject(URIRef(found.iri(number)), faults), Slugs()).interval
            if interval is not None:
                wholes[number] = self.spans.numbers_of(interval)
        return wholes

    def _readings(self) -> tuple[list[tuple[Term | None, Term]], Numbers]:
        """The ways in which relationships of the common shape read, and the number of each one's; -1 if it has no way to read."""
        found, terms = self.found, dict(shipped_terms())
        defined = np.flatnonzero((found.used < 0) & (self.entity_kind < 0) & (self.tie_kind < 0) & ~self._is_source)
        terms.update(terms_of(found.statements(self._vocabulary(defined))))
        readings: list[tuple[Term | None, Term]] = []
        numbers = np.full(len(found.used), -1, np.int32)
        ties = np.flatnonzero((self.tie_kind >= 0) & (found.used >= 0))
        role_terms, place = np.unique(found.values[ROLE][ties], return_inverse=True)
        both, which = np.unique(place * len(RELATIONSHIP_KINDS) + self.tie_kind[ties], return_inverse=True)
        known = []
        for each in both.tolist():
            role_term, kind = int(role_terms[each // len(RELATIONSHIP_KINDS)]), RELATIONSHIP_KINDS[each % len(RELATIONSHIP_KINDS)]
            role = terms.get(found.node(role_term)) if role_term >= 0 else None
            if role_term >= 0 and (role is None or not role.phrase or not role.inverse):
                known.append(-1)
                continue
            known.append(len(readings))
            readings.append((role, reads_as(terms[vocab.RELATIONSHIP_TERMS[kind].cls], role)))
        numbers[ties] = np.array(known, np.int32)[which] if known else -1
        return readings, numbers

    def _vocabulary(self, among: Numbers) -> list[int]:
        """The subjects among these that define a role or a kind."""
        roles = {f"<{vocab.IL.Role}>"}
        classes = {str(term.cls) for term in vocab.RELATIONSHIP_TERMS.values()}
        chosen = []
        for number in among.tolist():
            types = {self.found.quads.terms.text(value) for value in self.found.quads.rows[2, self.found.said_of(number)].tolist()}
            if types & roles or self.found.iri(number) in classes:
                chosen.append(number)
        return chosen

    def _plain_claims(self) -> Numbers:
        found, values = self.found, self.found.values
        needed = 1 << TYPE | 1 << SUPPORTS | 1 << STATUS
        fit: Numbers = ((found.used & ~(1 << OBSERVED)) == needed) & (values[TYPE] == found.claim) & self._own
        fit &= found.status[values[STATUS]] >= 0
        fit &= (found.graph >= 0) & np.append(self._is_source, False)[found.number[np.maximum(found.graph, -1)]]
        fit &= found.is_text(values[OBSERVED])
        about = found.number[values[SUPPORTS]]
        fit &= (about >= 0) & (np.append(self.tie_kind, -1)[about] >= 0)
        return fit

    def _plain_ties(self, claim: Numbers) -> Numbers:
        """Relationships that are of the common shape in themselves, and of which no claim isn't."""
        found, values, kind = self.found, self.found.values, self.tie_kind
        needed = 1 << TYPE | 1 << SOURCE | 1 << TARGET
        fit: Numbers = ((found.used & ~(1 << DURING | 1 << ROLE)) == needed) & (kind >= 0) & self._own & (self.reading >= 0)
        fit &= (values[BY_SOURCE] == found.source_property[kind]) & (values[BY_TARGET] == found.target_property[kind])
        fit &= found.is_text(values[DURING]) & (self.source >= 0) & (self.target >= 0) & (self.source != self.target)
        allowed = np.zeros((2, len(RELATIONSHIP_KINDS) + 1, len(ENTITY_KINDS) + 1), np.bool_)
        for number, each in enumerate(RELATIONSHIP_KINDS):
            for side in range(2):
                allowed[side, number, [ENTITY_KINDS.index(entity) for entity in ENDS[each][side]]] = True
        entity = np.append(self.entity_kind, -1)
        fit &= allowed[0, kind, entity[self.source]] & allowed[1, kind, entity[self.target]]
        spoken = found.number[found.quads.rows[2, found.rows_of(found.about, ~claim)]]
        fit[spoken[spoken >= 0]] = False
        return fit

    def _part(self, claim: Numbers, tie: Numbers) -> None:
        """Set aside the relationships whose claims or dates are not simple, with all their claims."""
        found = self.found
        self.plain_ties = np.flatnonzero(tie)
        self._order_claims(claim)
        group, tangled = self._groups()
        status, sources = found.status[found.values[STATUS][self.claims]], found.number[found.graph[self.claims]]
        days, count = found.values[OBSERVED][self.claims], len(self.plain_ties)
        seen, self.tie_status, self.tie_sources = np.full(count, -1, np.int32), np.empty(count, np.uint8), np.empty(count, np.int32)
        fit = np.empty(count, np.bool_)
        bulk().judge(
            self.first_claim, status, group[sources], tangled[sources], days, _FINAL, _MOST_CLAIMS, fit, self.tie_status,
            self.tie_sources, seen,
        )  # fmt: skip
        self._hold(seen)
        fit &= self.spans.held[:, 0] != BAD
        self._keep(fit)

    def _order_claims(self, claim: Numbers) -> None:
        """Order the claims on the relationships by these."""
        place = np.full(len(self.found.used) + 1, -1, np.int32)
        place[self.plain_ties] = np.arange(len(self.plain_ties), dtype=np.int32)
        claims = np.flatnonzero(claim)
        owner = place[self.found.number[self.found.values[SUPPORTS][claims]]]
        claims, owner = claims[owner >= 0], owner[owner >= 0]
        self.first_claim = np.bincount(owner, minlength=len(self.plain_ties) + 1)
        order = np.empty(len(owner), np.int32)
        bulk().group(owner, self.first_claim, order)
        self.claims = claims[order]

    def _keep(self, fit: Numbers) -> None:
        """Forget all relationships but these."""
        counts = np.diff(self.first_claim)
        self.claims = self.claims[np.repeat(fit, counts)]
        self.first_claim = np.append(0, np.cumsum(counts[fit]))
        self.plain_ties, self.tie_status, self.tie_sources = self.plain_ties[fit], self.tie_status[fit], self.tie_sources[fit]
        self.spans.keep(fit)

    def _groups(self) -> tuple[Numbers, Numbers]:
        """Sources that repeat one another have one group; tangled are those that declare to rest on others (see ``graph.status``)."""
        found = self.found
        group, tangled = np.full(len(found.used), -1, np.int32), np.zeros(len(found.used), np.bool_)
        numbers: dict[str, int] = {}
        described = np.flatnonzero(self._is_source).tolist()
        faults = Faults(found.statements(described))
        for number in described:
            source = make_source(Subject(URIRef(found.iri(number)), faults))
            key = f"publisher:{source.publisher.casefold()}" if source.publisher else source.id
            group[number] = numbers.setdefault(key, len(numbers))
            tangled[number] = bool(source.derived_from) or source.id.startswith("publisher:")
        return group, tangled

    def _hold(self, seen: Numbers) -> None:
        """Work out when the relationships held."""
        found, ties = self.found, self.plain_ties
        kind, source, target = self.tie_kind[ties], self.source[ties], self.target[ties]
        for_life = np.isin(kind, [RELATIONSHIP_KINDS.index(each) for each in KINDS_FOR_LIFE])
        person, event = ENTITY_KINDS.index(EntityKind.PERSON), ENTITY_KINDS.index(EntityKind.EVENT)
        whole = np.where(self.entity_kind[target] == event, target, -1)
        whole = np.where((self.entity_kind[source] == event) & (self._whole[source, 0] != BAD), source, whole)
        whole = np.where((self.entity_kind[source] == person) & for_life, source, whole)
        whole = np.where(kind == RELATIONSHIP_KINDS.index(RelationshipKind.PARTY), target, whole)
        manners = [LASTING * term.lasting | CHANGING * term.changing for _, term in self.readings]
        manner = np.array(manners, np.int8)[self.reading[ties]] | np.where(for_life, FOR_LIFE_AT_MOST, 0).astype(np.int8)
        self.spans.work_out(found.values[DURING][ties], self._whole[whole], seen, manner)
