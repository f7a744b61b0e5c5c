"""Records as compact bytes: what is not there takes no room, what repeats (roles, phrases, dates, sources) is kept once, as a *term*.

A record is written as what it always has, then a number whose bits say which of its other fields follow (see ``interlock.graph.packing``).
IRIs and slugs that follow from the id are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES
from interlock.graph.intervals import UNKNOWN
from interlock.graph.model import Claim, Entity, Relationship, Source, Stance
from interlock.graph.packing import Field, Reader, Writer

STANCES: Final = tuple(Stance)
OWN_SLUGS: Final = "entity/"

_TEXT: Final = (None, Writer.text, Reader.text)
_TERM: Final = (None, Writer.term, Reader.term)
_DATE: Final = (None, Writer.date, Reader.date)
_TEXTS: Final = ((), Writer.texts, Reader.texts)
_AMOUNTS: Final = ((), Writer.amounts, Reader.amounts)
_FLAG: Final[tuple[Any, Callable[[Writer, Any], None], Callable[[Reader], Any]]] = (False, lambda writer, value: None, lambda reader: True)

_ENTITY: Final[tuple[Field, ...]] = (
    ("iri", *_TEXT),
    ("slug", *_TEXT),
    ("aliases", *_TEXTS),
    ("description", *_TEXT),
    ("identifiers", *_TEXTS),
    ("same_as", *_TEXTS),
    ("interval", None, Writer.interval, Reader.interval),
    ("stated", *_TERM),
    ("unit_of", *_TEXT),
    ("signed", *_DATE),
    ("case_number", *_TEXT),
    ("court", *_TERM),
    ("filed", *_DATE),
    ("closed", *_DATE),
    ("abandoned", *_DATE),
    ("outcome", *_TEXT),
    ("amounts", *_AMOUNTS),
    ("came_from", *_TEXTS),
    ("went_into", *_TEXTS),
    ("implied", *_FLAG),
    ("different_from", *_TEXTS),
)
_SOURCE: Final[tuple[Field, ...]] = (
    ("iri", *_TEXT),
    ("publisher", *_TERM),
    ("url", *_TEXT),
    ("published", *_DATE),
    ("retrieved", *_DATE),
    ("derived_from", *_TEXTS),
    ("tier", *_TERM),
    ("creators", *_TEXTS),
    ("licence", *_TERM),
)
_TIE: Final[tuple[Field, ...]] = (
    ("iri", *_TEXT),
    ("interval", UNKNOWN, Writer.interval, Reader.interval),
    ("stated", *_TERM),
    ("role", *_TERM),
    ("role_iri", *_TERM),
    ("title", *_TERM),
    ("side", *_TERM),
    ("share", None, Writer.decimal, Reader.decimal),
    ("outcome", *_TEXT),
    ("amounts", *_AMOUNTS),
    ("worded", *_FLAG),
)
_CLAIM: Final[tuple[Field, ...]] = (
    ("relationship", *_TEXT),
    ("interval", UNKNOWN, Writer.interval, Reader.interval),
    ("summary", *_TEXT),
    ("quote", *_TEXT),
    ("locator", *_TERM),
    ("stated_by", *_TERM),
    ("made", *_DATE),
    ("facts", *_TEXTS),
    ("amounts", *_AMOUNTS),
)


def bits_of(fields: Sequence[Field], *names: str) -> int:
    """The number that says that a record has these of its fields, and no others."""
    return sum(1 << bit for bit, field in enumerate(fields) if field[0] in names)


DATED_ENTITY, IMPLIED_BOARD = bits_of(_ENTITY, "interval", "stated"), bits_of(_ENTITY, "unit_of", "implied")
HELD, STATED, ROLE = (bits_of(_TIE, *names) for names in (("interval",), ("stated",), ("role", "role_iri")))
"""What a relationship has: the day or days when it held, the string that says so, a role. These follow one another."""


def _values(record: object, fields: Sequence[Field], **instead: object) -> list[Any]:
    """What a record has in these fields; ``instead`` are values to take in place of its own."""
    return [instead[field[0]] if field[0] in instead else getattr(record, field[0]) for field in fields]


def _iri(writer: Writer, id: str, iri: str) -> str | None:
    """An IRI, unless it follows from the id."""
    return None if iri == writer.base + id else iri


def write_entity(writer: Writer, entity: Entity) -> None:
    """All of an entity but its id."""
    slug = None if entity.slug == entity.id.removeprefix(OWN_SLUGS) else entity.slug
    writer.out.append(ENTITY_KINDS.index(entity.kind))
    writer.text(entity.name)
    writer.optional(_values(entity, _ENTITY, iri=_iri(writer, entity.id, entity.iri), slug=slug), _ENTITY)


def read_entity(reader: Reader, id: str) -> Entity:
    """The entity of this id."""
    kind, name = ENTITY_KINDS[reader.number()], reader.text()
    given = {"iri": reader.base + id, "slug": id.removeprefix(OWN_SLUGS), **reader.optional(_ENTITY)}
    return Entity(id=id, kind=kind, name=name, **given)


def write_source(writer: Writer, source: Source) -> None:
    """All of a source but its id."""
    writer.text(source.title)
    writer.optional(_values(source, _SOURCE, iri=_iri(writer, source.id, source.iri)), _SOURCE)


def read_source(reader: Reader, id: str) -> Source:
    """The source of this id."""
    title = reader.text()
    return Source(id=id, title=title, **{"iri": reader.base + id, **reader.optional(_SOURCE)})


def write_relationship(writer: Writer, tie: Relationship) -> None:
    """All of a relationship but its id and its ends, and its claims."""
    writer.out.append(RELATIONSHIP_KINDS.index(tie.kind) | STATUSES.index(tie.status) << 4)
    writer.number(tie.independent_sources)
    writer.term(tie.label)
    writer.term(tie.inverse_label)
    writer.optional(_values(tie, _TIE, iri=_iri(writer, tie.id, tie.iri)), _TIE)
    writer.number(len(tie.claims))
    for claim in tie.claims:
        writer.out.append(claim_word(claim))
        writer.term(claim.source)
        writer.text(claim.id)
        about = None if claim.relationship == tie.id else claim.relationship
        writer.optional(_values(claim, _CLAIM, relationship=about), _CLAIM)


def read_relationship(reader: Reader, id: str, source: str, target: str) -> Relationship:
    """The relationship of this id between these two."""
    fields = read_tie(reader, id)
    claims = tuple(_read_claim(reader, id) for _ in range(reader.number()))
    return Relationship(id=id, source=source, target=target, claims=claims, **fields)


def read_tie(reader: Reader, id: str) -> dict[str, Any]:
    """The fields of a relationship, without its claims."""
    word = reader.number()
    return {
        "kind": RELATIONSHIP_KINDS[word & 15],
        "status": STATUSES[word >> 4],
        "independent_sources": reader.number(),
        "label": reader.term(),
        "inverse_label": reader.term(),
        "iri": reader.base + id,
        **reader.optional(_TIE),
    }


def claim_word(claim: Claim) -> int:
    """Stance (1 bit: against) and status (3 bits) of a claim."""
    return STANCES.index(claim.stance) | STATUSES.index(claim.status) << 1


def _read_claim(reader: Reader, relationship: str) -> Claim:
    word, source, id = reader.number(), reader.term(), reader.text()
    given = {"relationship": relationship, **reader.optional(_CLAIM)}
    return Claim(id=id, source=source, stance=STANCES[word & 1], status=STATUSES[word >> 1], **given)
