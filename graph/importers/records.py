"""Makes the records of an import: entities, sources, and relationships with their claims, as ``interlock.graph.model`` has them.

What is made here passes ``interlock check``: texts are trimmed, dates are EDTF, ends are of the kinds that a relationship takes, and dates
that contradict one another are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from rdflib import URIRef

from interlock.graph.convert_ties import held, manner_of, reads_as, whole_of
from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput
from interlock.graph.importers.notes import Notes
from interlock.graph.importers.roles import role_iri
from interlock.graph.importers.values import clean, date_of, is_iri, short_hash
from interlock.graph.intervals import UNKNOWN, Interval, parse_interval
from interlock.graph.model import ENDS, Amount, Claim, Entity, EntityKind, Relationship, RelationshipKind, Source, Stance, Status
from interlock.graph.vocabulary import shipped_terms
from interlock.seeds import vocab

Record = Entity | Source | Relationship
R = TypeVar("R", bound=Entity | Source)


class Words(NamedTuple):
    """How a relationship reads from its source to its target, and back, where no role says it."""

    phrase: str
    inverse: str


@dataclass(frozen=True, slots=True)
class End:
    """What has to be known of an entity before something can lead to it: its kind, and its dates if it has any."""

    kind: EntityKind
    interval: Interval | None = None
    alleged: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of a relationship."""

    source: str
    status: Status
    made: str | None = None
    observed: tuple[str, ...] = ()
    summary: str | None = None
    quote: str | None = None
    facts: tuple[str, ...] = ()
    stance: Stance = Stance.SUPPORTS


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship as a file has it; ``key`` tells it from all others of its format, ``iri`` is its own if it has one."""

    key: str
    kind: RelationshipKind
    source: str
    target: str
    said: tuple[Said, ...]
    role: str | None = None
    words: Words | None = None
    title: str | None = None
    during: str | None = None
    share: Decimal | None = None
    amounts: tuple[Amount, ...] = ()
    iri: str | None = None


class Maker:
    """Makes records with IRIs of ``base``, what they are, the format's name and their old id; ``notes`` tells what is left out."""

    def __init__(self, base: str, format: str, notes: Notes) -> None:
        self.base, self.format, self.notes = base, format, notes
        self.ends: dict[str, End] = {}
        self._made: set[str] = set()

    def id(self, what: str, key: str) -> str:
        """``entity`` and ``NK-1`` → ``entity/ftm-NK-1``."""
        return f"{what}/{self.format}-{quote(key, safe='')}"

    def own_id(self, iri: object) -> str | None:
        """The id of what has this IRI in the file, if it is one."""
        return iri.removeprefix(self.base) if isinstance(iri, str) and is_iri(iri) else None

    def iri(self, id: str) -> str:
        return id if ":" in id else self.base + id

    def is_made(self, id: str) -> bool:
        """Was a record of this id made before?"""
        return id in self._made

    def once(self, record: R) -> Iterator[R]:
        """The record, unless one of its id was made before."""
        if record.id not in self._made:
            self._made.add(record.id)
            yield record

    def entity(self, id: str, kind: EntityKind, name: str, *, alleged: bool = False, **fields: Any) -> Entity:
        """An entity to which relationships can lead from now on. Dates of it that contradict one another are left out."""
        aliases = dict.fromkeys(alias for alias in map(clean, fields.pop("aliases", ())) if alias and alias != clean(name))
        fields |= {field: clean(fields[field]) for field in ("description", "case_number", "court", "outcome") if field in fields}
        interval, fields = self._lasting(id, fields)
        self.ends[id] = End(kind, interval, alleged)
        return Entity(id, self.iri(id), "", kind, clean(name) or "Unnamed", tuple(aliases), **fields)

    def source(self, id: str, title: str, **fields: Any) -> Source:
        """A source of tier S, if no other is given."""
        fields |= {"publisher": clean(fields.get("publisher")), "tier": fields.get("tier") or "S"}
        return Source(id, self.iri(id), clean(title) or "Untitled", **fields)

    def relationship(self, tie: Tie, part: bool = False) -> Iterator[Relationship]:
        """A relationship with its claims, or a note of why there can be none; ``part`` if it isn't a whole record of the file."""
        try:
            made = self.attempt(tie)
        except BadInput as error:
            (self.notes.leave_part if part else self.notes.leave)(str(error), tie.key)
            return
        self.notes.taken += not part
        yield made

    def attempt(self, tie: Tie) -> Relationship:
        """A relationship with its claims; raises ``BadInput`` if its ends aren't such as its kind takes."""
        source, target = self.ends.get(tie.source), self.ends.get(tie.target)
        if source is None or target is None:
            raise BadInput("relationship with what is not in the file, or was left out")
        allowed = ENDS[tie.kind]
        if source.kind not in allowed[0] or target.kind not in allowed[1]:
            raise BadInput(f"{tie.kind} from {_a(source.kind)} to {_a(target.kind)}, which such a relationship can't have")
        if tie.source == tie.target:
            raise BadInput("relationship of something with itself")
        id = self.own_id(tie.iri) or self.id("relationship", tie.key)
        if id in self._made:
            raise BadInput("relationship that is there already")
        self._made.add(id)
        during, seen = self._dates(tie, (source, target))
        claims = tuple(self._claim(id, said, seen) for said in tie.said)
        words = tie.words if tie.role is None else None
        return Relationship(
            id=id, iri=self.iri(id), kind=tie.kind, source=tie.source, target=tie.target, label=words.phrase if words else "",
            inverse_label=words.inverse if words else "", status=claims[0].status, independent_sources=len(claims),
            title=clean(tie.title), share=tie.share, amounts=tie.amounts, stated=during,
            role_iri=role_iri(tie.role) if tie.role else None, worded=words is not None, claims=claims,
        )  # fmt: skip

    def _lasting(self, id: str, fields: dict[str, Any]) -> tuple[Interval | None, dict[str, Any]]:
        """When an entity lasts, as the loader will reckon it, and its fields without dates that make no sense."""
        began, ended = fields.get("filed") or fields.get("signed"), fields.get("closed") or fields.get("abandoned")
        try:
            whole = Interval(began, ended) if began or ended else None
        except BadInput as error:
            self.notes.leave_part(f"dates of an entity: {error}", id)
            whole, fields = Interval(began), fields | {"closed": None, "abandoned": None}
        try:
            return (parse_interval(fields["stated"]) if fields.get("stated") else whole), fields
        except BadInput as error:
            self.notes.leave_part(f"dates of an entity: {_reason(error)}", f"{fields['stated']} of {id}")
            return whole, fields | {"stated": None}

    def _dates(self, tie: Tie, ends: tuple[End, End]) -> tuple[str | None, frozenset[str]]:
        """What is written of when it held, and the days on which it was seen, as far as they agree with each other and with its ends."""
        during, seen = tie.during, set[str]()
        try:
            _held(tie, ends, during, [])
        except BadInput as error:
            self.notes.leave_part(f"dates of a relationship: {_reason(error)}", f"{during} of {tie.key}")
            during = None
        for day in dict.fromkeys(day for said in tie.said for day in said.observed):
            try:
                _held(tie, ends, during, [day])
                seen.add(day)
            except BadInput:
                self.notes.leave_part("day of observation outside of the dates", f"{day} of {tie.key}")
        return during, frozenset(seen)

    def _claim(self, id: str, said: Said, seen: frozenset[str]) -> Claim:
        return Claim(
            id=f"claim/{self.format}-{short_hash(id, said.source, said.stance, *said.facts)}", relationship=id, source=said.source,
            stance=said.stance, status=said.status, interval=UNKNOWN.observed_on(map(parse_date, seen.intersection(said.observed))),
            summary=clean(said.summary), quote=clean(said.quote), made=date_of(said.made),
            facts=tuple(filter(None, map(clean, said.facts))),
        )  # fmt: skip


def _held(tie: Tie, ends: tuple[End, End], during: str | None, seen: Sequence[str]) -> Interval:
    """When it held, as the loader will reckon it; raises ``BadInput`` where it would find a fault."""
    terms = shipped_terms()
    kind = terms[vocab.RELATIONSHIP_TERMS[tie.kind.value].cls]
    reading = reads_as(kind, terms[URIRef(role_iri(tie.role))] if tie.role else None)
    stated = parse_interval(during) if during else None
    return held(stated, whole_of(tie.kind, *ends), list(map(parse_date, seen)), manner_of(tie.kind, reading), lambda make: make())


def _a(kind: EntityKind) -> str:
    word = kind.value.lower().replace("_", " ")
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _reason(error: BadInput) -> str:
    return "they end before they start" if "before" in str(error) else "they are no dates, or outside of what they belong to"
