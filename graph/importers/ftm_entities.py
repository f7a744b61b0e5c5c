"""FollowTheMoney: entities and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from interlock.graph.folding import fold
from interlock.graph.importers.ftm_schemata import DOCUMENTS, ENTITIES
from interlock.graph.importers.properties import Properties
from interlock.graph.importers.records import Maker
from interlock.graph.importers.values import clean, date_of, identifier, money, own_identifier, span, web_address
from interlock.graph.model import Amount, Entity, EntityKind, Source

ALLEGED: Final = re.compile(r"\b(alleged|allegedly|allegation|suspect|suspected|accused|charged|indicted)\b", re.IGNORECASE)
"""What is called so is not proven."""
IMPLIED: Final = ("authority", "customer")
"""Properties of a contract that name its parties."""
_IDENTIFIERS: Final = {"wikidataId": "wikidata", "leiCode": "lei", "cikCode": "cik", "opencorporatesUrl": "opencorporates"}
_FIELDS: Final = frozenset({"id", "schema", "properties", "caption", "datasets", "referents", "first_seen", "iri"})
_WITH_OUTCOME: Final = frozenset({EntityKind.AGREEMENT, EntityKind.EVENT, EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION})
_BOARD: Final = "Board of "


class Things:
    """The entities and documents of a file; ``ids`` has what they are called here by their ids there."""

    def __init__(self, maker: Maker) -> None:
        self.maker, self.notes = maker, maker.notes
        self.ids: dict[str, str] = {}
        self.documents: dict[str, Source] = {}

    def read(self, record: dict[str, Any]) -> Iterator[Entity | Source]:
        """The entity or document that a record is, or a note of why it is none."""
        schema = record["schema"]
        if schema not in ENTITIES and schema not in DOCUMENTS:
            self.notes.leave(f"{schema}, which has no place here", record["id"])
        elif record["id"] in self.ids:
            self.notes.leave("record of an id that was there before", record["id"])
        else:
            for name in record.keys() - _FIELDS:
                self.notes.leave_part(f"field {name}", record["id"])
            said = Properties(record.get("properties", {}), schema, record["id"], self.notes)
            thing = self._document(record, said) if schema in DOCUMENTS else self._entity(record, said)
            said.leave_rest()
            if self.maker.is_made(thing.id):
                self.notes.leave("record of an IRI that was there before", record["id"])
                return
            self.notes.taken += 1
            yield from self.maker.once(thing)

    def id(self, id: str) -> str:
        """What something is called here."""
        return self.ids.get(id) or self.maker.id("entity", id)

    def _entity(self, record: dict[str, Any], said: Properties) -> Entity:
        schema, own = record["schema"], "iri" in record
        kind = ENTITIES[schema]
        id = self.ids[record["id"]] = self.maker.own_id(record.get("iri")) or self.maker.id("entity", record["id"])
        caption = record.get("caption") if isinstance(record.get("caption"), str) else None
        names = said.all("name", "title", "alias", "previousName", "weakAlias")
        people = " ".join(said.all("firstName", "lastName")) if not names else ""
        name = clean(caption) or next(iter(names), None) or people or f"Unnamed {schema} {record['id']}"
        fields: dict[str, Any] = {"description": said.first("description", "summary", "notes") if not own else said.first("description")}
        if schema == "LegalEntity":
            self.notes.remark("LegalEntity taken as an organization, though it may be a person", name)
        match kind:
            case EntityKind.LAWSUIT:
                kind = self._case(said, fields)
            case EntityKind.AGREEMENT:
                fields |= {"signed": date_of(said.date("contractDate", "documentDate")), "amounts": amounts(said)}
                said.all(*IMPLIED)
            case EntityKind.PERSON:
                fields["stated"] = span(said.date("birthDate"), said.date("deathDate"))
            case EntityKind.EVENT:
                fields["stated"] = span(said.date("startDate"), said.date("endDate")) or said.date("date")
            case EntityKind.COMPANY | EntityKind.ORGANIZATION:
                fields["stated"] = span(said.date("incorporationDate"), said.date("dissolutionDate"))
        parents = said.all("parent", "subsidiaries")
        if own and name.startswith(_BOARD) and any(f"{parent}-board" == record["id"] for parent in parents):
            kind, fields["unit_of"], fields["stated"] = EntityKind.BOARD, self.maker.own_id(record["iri"].removesuffix("-board")), None
        if own and kind in _WITH_OUTCOME:
            fields["outcome"] = next((text.removeprefix("Outcome: ") for text in said.all("notes")), None) or fields.get("outcome")
        return self.maker.entity(id, kind, name, aliases=names, identifiers=self._identifiers(record, said), **fields)

    def _case(self, said: Properties, fields: dict[str, Any]) -> EntityKind:
        type, state = said.first("type", "category") or "", said.first("status")
        alleged = bool(ALLEGED.search(f"{type} {state or ''}"))
        fields |= {
            "case_number": said.first("caseNumber"), "court": said.first("court"), "outcome": None if alleged else state,
            "filed": date_of(said.date("fileDate")), "closed": date_of(said.date("closeDate")), "alleged": alleged,
        }  # fmt: skip
        if fold(type) in ("regulatory action", "investigation", "regulatory"):
            fields.pop("court")
            return EntityKind.REGULATORY_ACTION
        return EntityKind.LAWSUIT

    def _identifiers(self, record: dict[str, Any], said: Properties) -> tuple[str, ...]:
        referents = record.get("referents") if isinstance(record.get("referents"), list) else []
        ids = [] if "iri" in record else [own_identifier("ftm", str(each)) for each in (record["id"], *(referents or []))]
        for name, scheme in _IDENTIFIERS.items():
            for text in said.all(name):
                found = identifier(scheme, text)
                ids += [found] if found else []
                if not found:
                    said.leave(f"{name} that is none", text)
        return tuple(dict.fromkeys(ids))

    def _document(self, record: dict[str, Any], said: Properties) -> Source:
        id = self.ids[record["id"]] = self.maker.own_id(record.get("iri")) or self.maker.id("source", record["id"])
        titles = said.all("title", "name", "fileName")
        source = self.documents[record["id"]] = self.maker.source(
            id, next(iter(titles), record.get("caption") or record["id"]), creators=tuple(said.all("author")),
            publisher=said.first("publisher"), url=web_address(said.first("sourceUrl")),
            published=date_of(said.date("publishedAt", "date")),
            retrieved=date_of(said.date("retrievedAt")),
        )  # fmt: skip
        return source


def amounts(said: Properties) -> tuple[Amount, ...]:
    """Sums of money, where it is clear of which currency."""
    values, currencies = said.all("amount"), said.all("currency")
    found = [money(value, currencies[0]) for value in values] if len(currencies) == 1 else []
    for value, sum in zip(values, found or [None] * len(values), strict=True):
        if sum is None:
            said.leave("amount that is none, or of no one currency", value)
    others = [money(value, code) for code in ("USD", "EUR") for value in said.all(f"amount{code.title()}")] if not any(found) else []
    return tuple(dict.fromkeys(filter(None, [*found, *others])))
