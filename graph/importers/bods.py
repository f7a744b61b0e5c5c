"""Beneficial Ownership Data Standard 0.4: statements about entities, people and relationships, in a list or one after another.

| in BODS | here |
|---|---|
| ``registeredEntity`` | COMPANY |
| ``legalEntity``, ``arrangement``, ``state``, ``stateBody``, unknown and anonymous entities | ORGANIZATION |
| known, unknown and anonymous people | PERSON, where need be with a name that says so |
| an interest | a relationship: see ``interlock.graph.importers.bods_interests`` |
| an unspecified subject or interested party | left out, with its reason |

The last statement of a record (by ``statementDate``, then by its place in the file) supersedes those before it. ``closed`` ends it: where
no end date is given, at some time between the statement before and that one. What is stated is CONFIRMED where the source is an official
register, a declaration to one or verified, else REPORTED; it is observed on the day of the statement unless that closes it.
Source: the schema and codelists of the standard, github.com/openownership/data-standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from interlock.graph.importers.bods_interests import INTERESTS, share_of
from interlock.graph.importers.inputs import Inputs
from interlock.graph.importers.properties import Properties
from interlock.graph.importers.records import Maker, Record, Said, Tie
from interlock.graph.importers.values import clean, covering, date_of, edtf, identifier, own_identifier, short_hash, span, web_address
from interlock.graph.model import Entity, EntityKind, Source, Status

_CONFIRMING: Final = frozenset({"officialRegister", "selfDeclaration", "verified"})
_KINDS: Final = {
    "registeredEntity": EntityKind.COMPANY, "legalEntity": EntityKind.ORGANIZATION, "arrangement": EntityKind.ORGANIZATION,
    "state": EntityKind.ORGANIZATION, "stateBody": EntityKind.ORGANIZATION, "unknownEntity": EntityKind.ORGANIZATION,
    "anonymousEntity": EntityKind.ORGANIZATION, "knownPerson": EntityKind.PERSON, "unknownPerson": EntityKind.PERSON,
    "anonymousPerson": EntityKind.PERSON,
}  # fmt: skip
_STATEMENT: Final = frozenset({
    "statementId", "statementDate", "publicationDetails", "recordId", "recordType", "recordStatus", "source", "recordDetails",
    "declaration",
})  # fmt: skip
_TYPES: Final = ("entity", "person", "relationship")


@dataclass(slots=True)
class Last:
    """Of a record: the number of its last statement, that one's day, and the day of the one before it."""

    number: int
    day: str
    before: str | None = None


def read(inputs: Inputs, maker: Maker, _: str) -> Iterator[Record]:
    """Entities and people first, then the relationships between them; of each record what its last statement says."""
    last = _last_statements(inputs, maker)
    for number, (_place, statement) in enumerate(inputs.objects()):
        if statement.get("recordType") in _TYPES[:2] and number in last:
            maker.notes.taken += 1
            yield from maker.once(_entity(statement, maker))
    for number, (_place, statement) in enumerate(inputs.objects()):
        if statement.get("recordType") == "relationship" and number in last:
            yield from _relationship(statement, last[number], maker)


def _last_statements(inputs: Inputs, maker: Maker) -> Mapping[int, Last]:
    """The statements that no later one of their record supersedes, by their numbers."""
    found: dict[str, Last] = {}
    for number, (place, statement) in enumerate(inputs.objects()):
        maker.notes.read += 1
        record, type = statement.get("recordId"), statement.get("recordType")
        if not isinstance(record, str) or not record or type not in _TYPES or not isinstance(statement.get("recordDetails"), dict):
            version = " (statements of BODS before 0.4 have another form)" if "statementType" in statement else ""
            maker.notes.leave(f"object without recordId, recordType and recordDetails{version}", place)
            continue
        day, known = edtf(statement.get("statementDate")) or "", found.get(record)
        if known is None:
            found[record] = Last(number, day)
        elif day >= known.day:
            maker.notes.leave("statement that a later one of its record supersedes", record)
            found[record] = Last(number, day, known.day or None)
        else:
            maker.notes.leave("statement that a later one of its record supersedes", record)
            known.before = max(known.before or "", day) or None
    return {last.number: last for last in found.values()}


def _entity(statement: dict[str, Any], maker: Maker) -> Entity:
    record = statement["recordId"]
    _leave_rest(statement, maker)
    said = Properties(statement["recordDetails"], statement["recordType"], record, maker.notes)
    type, names = said.value("entityType") or said.value("personType"), _names(said)
    kind_name = str(type.get("type")) if isinstance(type, dict) else str(type)
    person = statement["recordType"] == "person"
    kind = _KINDS.get(kind_name, EntityKind.PERSON if person else EntityKind.ORGANIZATION)
    kind = EntityKind.PERSON if person else kind if kind is not EntityKind.PERSON else EntityKind.ORGANIZATION
    said.value("isComponent")
    described = [str(type[key]) for key in ("subtype", "details") if type.get(key)] if isinstance(type, dict) else []
    began = said.date("birthDate" if person else "foundingDate")
    ended = said.date("deathDate" if person else "dissolutionDate")
    name = next(iter(names), None) or f"{_unnamed(kind_name, person)} ({record})"
    found = maker.entity(
        maker.id("entity", record), kind, name, aliases=names, description=", ".join(described), stated=span(began, ended),
        identifiers=(own_identifier("bods", record), *_identifiers(said)),
    )  # fmt: skip
    said.leave_rest()
    return found


def _relationship(statement: dict[str, Any], last: Last, maker: Maker) -> Iterator[Record]:
    """The relationships that the interests of a record are."""
    record, notes = statement["recordId"], maker.notes
    _leave_rest(statement, maker)
    said = Properties(statement["recordDetails"], "relationship", record, notes)
    ends = said.value("interestedParty"), said.value("subject")
    for name, end in zip(("interested party", "subject"), ends, strict=True):
        if not isinstance(end, str):
            reason = end.get("reason") if isinstance(end, dict) else None
            notes.leave(f"relationship with an unspecified {name} ({reason or 'no reason given'})", record)
            return
    party, subject = (maker.id("entity", str(end)) for end in ends)
    interests = said.value("interests")
    if interests and not isinstance(interests, list):
        said.leave("interests that are no list", interests)
    source = _source(statement, maker)
    claim = _claim(statement, source)
    closed = last if statement.get("recordStatus") == "closed" else None
    said.value("isComponent")
    made: list[Record] = []
    for number, interest in enumerate(interests if isinstance(interests, list) and interests else [{"type": "unknownInterest"}]):
        if isinstance(interest, dict):
            tie = _tie(f"{record}-{number}", Properties(interest, "interest", record, notes), (party, subject), claim, closed, maker)
            made += maker.relationship(tie, part=True)
        else:
            notes.leave_part("interest that is no object", record)
    said.leave_rest()
    if not made:
        notes.leave("relationship of which no interest can be taken", record)
        return
    notes.taken += 1
    yield from maker.once(source)
    yield from made


def _tie(key: str, said: Properties, ends: tuple[str, str], claim: Said, closed: Last | None, maker: Maker) -> Tie:
    """One interest of a party in a subject; ``closed`` if its record is."""
    type, indirect = str(said.value("type")), said.value("directOrIndirect") == "indirect"
    if type not in INTERESTS:
        said.leave("type that is not in the codelist", type)
    kinds = [known.kind for each in ends if (known := maker.ends.get(each))]
    interest = INTERESTS.get(type, INTERESTS["unknownInterest"]).between(kinds, indirect)
    share, told = share_of(said.value("share"))
    start, end = said.date("startDate"), said.date("endDate")
    if closed and end is None:
        end = _end(said, start, closed)
    tie = Tie(
        key, interest.kind, *ends, (replace(claim, summary=told),), interest.role, interest.words, clean(said.value("details")),
        span(start, end), share,
    )  # fmt: skip
    said.leave_rest()
    return tie


def _end(said: Properties, start: str | None, closed: Last) -> str | None:
    """When what is closed without an end date ended: after its last statement before, and not after the one that closes it."""
    known = max(filter(None, (closed.before, start)), default="")
    if known and closed.day and known <= closed.day:
        return covering(known, closed.day)
    said.leave("end of what is closed, of which nothing earlier is known", closed.day)
    return None


def _claim(statement: dict[str, Any], source: Source) -> Said:
    day, types = edtf(statement.get("statementDate")), _source_types(statement)
    status = Status.CONFIRMED if _CONFIRMING & types else Status.REPORTED
    seen = (day,) if day and statement.get("recordStatus") != "closed" else ()
    return Said(source.id, status, day, seen, facts=(str(statement.get("statementId") or ""),))


def _source(statement: dict[str, Any], maker: Maker) -> Source:
    """Where a statement was published, and who declared it."""
    published, source = _table(statement, "publicationDetails"), _table(statement, "source")
    publisher = _table(published, "publisher")
    listed = source.get("assertedBy")
    names = [str(each["name"]) for each in listed if isinstance(each, dict) and each.get("name")] if isinstance(listed, list) else []
    day, declaration = edtf(published.get("publicationDate")), clean(statement.get("declaration"))
    url = web_address(source.get("url")) or web_address(publisher.get("url"))
    name = clean(publisher.get("name")) or clean(publisher.get("url"))
    title = f"Beneficial ownership statements{f' of {declaration}' if declaration else ''}{f', published by {name}' if name else ''}"
    types = _source_types(statement)
    return maker.source(
        maker.id("source", short_hash(title, day or "", url or "", *names, *sorted(types))), title, publisher=name, url=url,
        published=date_of(day), retrieved=date_of(edtf(source.get("retrievedAt"))), creators=tuple(dict.fromkeys(names)),
        tier="P" if _CONFIRMING & types else "S",
    )  # fmt: skip


def _source_types(statement: dict[str, Any]) -> set[str]:
    types = _table(statement, "source").get("type")
    return {str(each) for each in types} if isinstance(types, list) else set()


def _names(said: Properties) -> list[str]:
    """All names of an entity or person, the first of them its main one."""
    names = [said.value("name")]
    listed = said.value("names")
    for name in listed if isinstance(listed, list) else [listed] if listed else []:
        if not isinstance(name, dict):
            said.leave("name that is no object", name)
        else:
            parts = " ".join(str(name[key]) for key in ("givenName", "patronymicName", "familyName") if name.get(key))
            names.append(name.get("fullName") or parts)
    names += said.all("alternateNames")
    return [text for text in map(clean, names) if text]


def _unnamed(type: str, person: bool) -> str:
    manner = {"unknown": "Unknown", "anonymous": "Anonymous"}.get(type.removesuffix("Person").removesuffix("Entity"), "Unnamed")
    return f"{manner} {'person' if person else 'entity'}"


def _identifiers(said: Properties) -> list[str]:
    """Those whose scheme is one of ours, or a code of org-id.guide."""
    found = []
    listed = said.value("identifiers")
    if listed and not isinstance(listed, list):
        said.leave("identifiers that are no list", listed)
    for each in listed if isinstance(listed, list) else []:
        scheme, id = (str(each.get(key) or "") for key in ("scheme", "id")) if isinstance(each, dict) else ("", "")
        made = identifier("lei", id) if scheme == "XI-LEI" else identifier("org-id", f"{scheme}-{id}")
        found += [made] if made else []
        if not made:
            said.leave("identifier without a scheme of org-id.guide", id)
    return found


def _leave_rest(statement: dict[str, Any], maker: Maker) -> None:
    """What of a statement nothing is made of."""
    for name in statement.keys() - _STATEMENT:
        maker.notes.leave_part(f"statement: {name}", statement["recordId"])


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    return value if isinstance(value, dict) else {}
