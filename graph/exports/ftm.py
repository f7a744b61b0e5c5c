"""FollowTheMoney: one JSON object a line, as Aleph, OpenSanctions and their tools read it.

What FollowTheMoney has no word for is an UnknownLink with a role: foundings, investments, operations, and the parties of an agreement,
since a ContractAward would make a supplier of each. Its dates know no doubt, so only plain ones are given as dates; the sentence in
``description`` has all. Its ids have no slashes: the id here stands in ``recordId`` of a relationship, and the IRI beside the properties,
with what the schema has no property for: the kind, the role and the words of a relationship. ``interlock import ftm`` reads these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

import orjson

from interlock.graph.dates import PartialDate
from interlock.graph.exports.content import Content
from interlock.graph.intervals import Interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Amount, Entity, EntityKind, Relationship, RelationshipKind, Source
from interlock.graph.narrate import sentence

Properties = dict[str, list[str]]
_SCHEMATA: Final = {
    EntityKind.PERSON: "Person", EntityKind.COMPANY: "Company", EntityKind.ORGANIZATION: "Organization", EntityKind.BOARD: "Organization",
    EntityKind.PRODUCT: "Asset", EntityKind.AGREEMENT: "Contract", EntityKind.LAWSUIT: "CourtCase",
    EntityKind.REGULATORY_ACTION: "CourtCase", EntityKind.EVENT: "Event",
}  # fmt: skip
_LINKS: Final = {
    "Directorship": ("director", "organization"), "Employment": ("employee", "employer"), "Ownership": ("owner", "asset"),
    "CourtCaseParty": ("party", "case"), "Family": ("person", "relative"), "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
}  # fmt: skip
"""The schemata of relationships, with the properties that lead to their ends."""
_TIMES: Final = {"Person": ("birthDate", "deathDate"), "Event": ("startDate", "endDate")} | dict.fromkeys(
    ("Company", "Organization"), ("incorporationDate", "dissolutionDate")
)
_FAMILY: Final = frozenset({"spouse", "sibling", "parent", "child", "relative", "brother", "sister", "cousin"})
_PLAIN_ID: Final = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z/-]*[0-9a-zA-Z])?")
_PLAIN_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_SEASONS: Final = frozenset({"21", "22", "23", "24"})


def write(content: Content) -> Iterator[bytes]:
    """A note about the export, then entities, sources and relationships."""
    graph, dataset = content.graph, f"interlock_{content.graph.version}"

    def line(id: str, schema: str, properties: Properties, **more: object) -> bytes:
        made = {name: said for name, values in properties.items() if (said := [value for value in values if value])}
        return orjson.dumps({"id": ftm_id(id), "schema": schema, "properties": made, "datasets": [dataset], **more}) + b"\n"

    about = content.about()
    yield line("about/this-export", "Note", {"name": [about["title"]], "description": [f"{name}: {text}" for name, text in about.items()]})
    for entity in content.entities():
        schema = _SCHEMATA[entity.kind]
        yield line(entity.id, schema, _entity(schema, entity), iri=entity.iri)
    for source in content.sources():
        yield line(source.id, "Article", _source(source), iri=source.iri)
    for tie in content.relationships():
        schema = schema_of(graph, tie)
        yield line(tie.id, schema, _tie(graph, schema, tie), iri=tie.iri, interlock=_ours(tie))


def ftm_id(id: str) -> str:
    """An id in the letters that FollowTheMoney allows: ``entity/meta`` → ``entity.meta``; of any other, a hash."""
    return id.replace("/", ".") if _PLAIN_ID.fullmatch(id) else sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def schema_of(graph: KnowledgeGraph, tie: Relationship) -> str:
    """The schema of a relationship; an UnknownLink where its ends aren't such as the schema wants."""
    target = graph.entities[tie.target].kind
    firm = target in (EntityKind.COMPANY, EntityKind.ORGANIZATION)
    match tie.kind:
        case RelationshipKind.BOARD_SEAT if firm:
            return "Directorship"
        case RelationshipKind.POSITION if firm:
            return "Employment"
        case RelationshipKind.OWNERSHIP | RelationshipKind.ACQUISITION if target in (EntityKind.COMPANY, EntityKind.PRODUCT):
            return "Ownership"
        case RelationshipKind.PARTY if target in (EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION):
            return "CourtCaseParty"
        case RelationshipKind.PERSONAL:
            return "Family" if tie.role and _FAMILY & set(tie.role.casefold().split()) else "Associate"
        case _:
            return "UnknownLink"


def _entity(schema: str, entity: Entity) -> Properties:
    said: Properties = {
        "name": [entity.name or entity.id],
        "alias": list(entity.aliases),
        "description": _some(entity.description),
        "wikidataId": _identifiers(entity, "wikidata"),
        "notes": [f"Outcome: {entity.outcome}"] if entity.outcome else [],
    }
    if schema in ("Person", "Company", "Organization"):
        said["leiCode"] = _identifiers(entity, "lei")
    if schema == "Company":
        said["cikCode"] = _identifiers(entity, "cik")
    if schema in _TIMES and entity.interval is not None:
        began, ended = _TIMES[schema]
        said[began], said[ended] = _dates(entity.interval.start), _dates(entity.interval.end)
    match entity.kind:
        case EntityKind.BOARD:
            said["parent"] = [ftm_id(entity.unit_of)] if entity.unit_of else []
        case EntityKind.AGREEMENT:
            said |= {"title": [entity.name or entity.id], "contractDate": _dates(entity.signed), **_money(entity.amounts)}
        case EntityKind.LAWSUIT | EntityKind.REGULATORY_ACTION:
            said |= {
                "type": [entity.kind.value.lower().replace("_", " ")],
                "caseNumber": _some(entity.case_number),
                "court": _some(entity.court),
                "fileDate": _dates(entity.filed),
                "closeDate": _dates(entity.closed),
                "status": _some(entity.outcome),
            }
    return said


def _tie(graph: KnowledgeGraph, schema: str, tie: Relationship) -> Properties:
    source, target = _LINKS[schema]
    sources = list(dict.fromkeys(claim.source for claim in tie.supporting or tie.claims))
    known = [graph.sources[each] for each in sources if each in graph.sources]
    said: Properties = {
        source: [ftm_id(tie.source)],
        target: [ftm_id(tie.target)],
        "recordId": [tie.id],
        "description": [sentence(graph, tie)],
        "summary": _unique(claim.summary for claim in tie.claims),
        "proof": [ftm_id(each) for each in sources],
        "sourceUrl": _unique(each.url for each in known),
        "publisher": _unique(each.publisher for each in known),
        **_span(tie.interval),
    }
    if schema in ("Family", "Associate"):
        said |= {"relationship": [tie.title or tie.role or tie.label], "summary": [f"Status: {tie.status.value}", *said["summary"]]}
    else:
        said |= {"status": [tie.status.value], "role": [tie.title or tie.role or tie.label]}
    if schema == "Ownership" and tie.share is not None:
        said["percentage"] = [f"{tie.share:f}"]
    return said


def _ours(tie: Relationship) -> dict[str, str]:
    """What a relationship is, in our own terms."""
    words = {"phrase": tie.label, "inverse": tie.inverse_label} if tie.worded else {}
    return {"kind": tie.kind.value, **({"role": tie.role_iri} if tie.role_iri else {}), **words}


def _source(source: Source) -> Properties:
    title = [source.title or source.id]
    return {
        "name": title,
        "title": title,
        "fileName": title,  # a document has to have one
        "author": list(source.creators),
        "publisher": _some(source.publisher),
        "sourceUrl": _some(source.url),
        "publishedAt": _dates(source.published),
        "retrievedAt": _dates(source.retrieved),
    }


def _span(interval: Interval) -> Properties:
    began, ended, seen = _dates(interval.start), _dates(interval.end), [date for day in interval.observed for date in _dates(day)]
    announced = ([] if interval.start_announced else began, [] if interval.end_announced else ended)
    return {"startDate": announced[0], "endDate": announced[1], "date": seen}


def _dates(date: PartialDate | None) -> list[str]:
    """A date, if it is a plain one."""
    plain = date is not None and _PLAIN_DATE.fullmatch(date.text) and date.text[5:7] not in _SEASONS
    return [date.text] if date is not None and plain else []


def _money(amounts: Iterable[Amount]) -> Properties:
    """Sums, where they are all of one currency: FollowTheMoney doesn't say which belongs to which."""
    found = list(amounts)
    currencies = _unique(amount.currency for amount in found)
    return {"amount": _unique(f"{amount.value:f}" for amount in found), "currency": currencies} if len(currencies) == 1 else {}


def _identifiers(entity: Entity, scheme: str) -> list[str]:
    return [text.removeprefix(f"{scheme}:") for text in entity.identifiers if text.startswith(f"{scheme}:")]


def _some(text: str | None) -> list[str]:
    return [text] if text else []


def _unique(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
