"""What a page says to machines in JSON-LD: who this is, in schema.org's words, and what is on record about seats, posts and founders."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from markupsafe import Markup
from rdflib.namespace import SDO

from interlock.graph import Entity, KnowledgeGraph, Relationship, RelationshipKind, Status
from interlock.graph.dates import PartialDate
from interlock.seeds.vocab import ENTITY_CLASSES

_ROLES: Final = {
    RelationshipKind.BOARD_SEAT: ("memberOf", "member"),
    RelationshipKind.POSITION: ("worksFor", "employee"),
}
"""Kind → schema.org's property from the person, and from the organization."""
_ESCAPES: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_PLAIN_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")


def linked_data(graph: KnowledgeGraph, entity: Entity) -> Markup:
    """The content of a ``script`` element of type ``application/ld+json``; no text of it can end that element."""
    return Markup(json.dumps(describe(graph, entity), ensure_ascii=False).translate(_ESCAPES))


def describe(graph: KnowledgeGraph, entity: Entity) -> dict[str, Any]:
    """An entity as JSON-LD. Only what is CONFIRMED is told: schema.org has no word for what is alleged."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        **_named(entity),
        "alternateName": list(entity.aliases),
        "description": entity.description,
        "identifier": list(entity.identifiers),
        "sameAs": list(entity.same_as),
    }
    for tie in graph.ties(entity.id):
        if tie.status is Status.CONFIRMED:
            from_source = tie.source == entity.id
            if tie.kind in _ROLES:
                property = _ROLES[tie.kind][0 if from_source else 1]
                told.setdefault(property, []).append(_role(graph, tie, entity, property))
            elif tie.kind is RelationshipKind.FOUNDING and not from_source:
                told.setdefault("founder", []).append(_named(graph.entities[tie.source]))
    return {key: value for key, value in told.items() if value}


def _named(entity: Entity) -> dict[str, Any]:
    cls = str(ENTITY_CLASSES[entity.kind.value])
    return {"@type": cls.removeprefix(str(SDO)), "@id": entity.iri, "name": entity.name}


def _role(graph: KnowledgeGraph, tie: Relationship, entity: Entity, property: str) -> dict[str, Any]:
    other = graph.entities[tie.other(entity.id)]
    role = {
        "@type": "OrganizationRole",
        "roleName": tie.title or tie.role,
        "startDate": _date(tie.interval.start),
        "endDate": _date(tie.interval.end),
        property: _named(other),
    }
    return {key: value for key, value in role.items() if value}


def _date(date: PartialDate | None) -> str | None:
    """A date as ISO 8601 has them; one that is about, perhaps or unknown is none."""
    return date.text if date is not None and _PLAIN_DATE.fullmatch(date.text) else None
