"""Reconciliation in JSON, as version 0.2 of the Reconciliation Service API has it: reads queries, writes answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import orjson

from interlock.graph import BadInput, Entity, EntityKind, KnowledgeGraph, RelationshipFilter, Status
from interlock.graph.dates import parse_date
from interlock.graph.properties import Property, Value, near_words, property_of
from interlock.graph.reconcile import BROADER, Candidate, Given, Query, TypeStrict, kinds_of
from interlock.server.graphql_request import shown

Json = dict[str, Any]
SETTINGS: Final = (
    {"name": "as_of", "label": "As of", "type": "text", "default": "", "help_text": "Only what held then: 2015, 2012-10-09."},
    {
        "name": "min_status",
        "label": "Status",
        "type": "select",
        "default": Status.DISPUTED.value,
        "help_text": "Only what is of this status or a stronger one.",
        "choices": [{"value": status.value, "name": status.value.lower()} for status in Status],
    },
    {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": "How many values at most; 0 for all."},
)
"""What can be set for a property whose values are fetched."""
MOST_VALUES: Final = 2000
"""For how many entities times properties values are fetched at once, at most."""
MOST_GIVEN: Final = 100
"""How many properties a query may give, and how many values each."""
_QUERY_FIELDS: Final = ("query", "type", "limit", "properties", "type_strict")


def type_json(kind: EntityKind) -> Json:
    """A kind of entity as a type."""
    wider = [type_json(each) for each in BROADER.get(kind, ())]
    return {"id": kind.value, "name": kind_name(kind)} | ({"broader": wider} if wider else {})


def kind_name(kind: EntityKind) -> str:
    """``REGULATORY_ACTION`` → ``Regulatory action``."""
    return kind.value.capitalize().replace("_", " ")


def kind_of(type: str) -> EntityKind:
    """The kind that a type's id or name means."""
    wanted = type.strip().upper().replace(" ", "_")
    if wanted not in EntityKind.__members__:
        near = ", ".join(near_words(wanted, list(EntityKind.__members__)) or EntityKind.__members__)
        raise BadInput(f"There is no type {type!r}. Did you mean {near}?")
    return EntityKind(wanted)


def parse(text: str, what: str) -> Json:
    """A JSON object."""
    try:
        read = orjson.loads(text)
    except orjson.JSONDecodeError:
        read = None
    if not isinstance(read, dict):
        raise BadInput(f"{what} is {text[:40]!r}; it must be a JSON object.")
    return read


def read_query(key: str, read: object) -> Query:
    """One query of a batch; ``BadInput`` names its key and what is wrong."""
    if not isinstance(read, dict):
        raise BadInput(f"Query {key!r} is {shown(read)}; it must be an object with query or properties.")
    for name in read:
        if name not in _QUERY_FIELDS:
            raise BadInput(f"Query {key!r} has {name!r}; it may have {', '.join(_QUERY_FIELDS)}.")
    text, limit = read.get("query", ""), read.get("limit", Query.limit)
    if not isinstance(text, str):
        raise BadInput(f"Query {key!r} asks for {shown(text)}; query must be a text.")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not float(limit).is_integer():
        raise BadInput(f"Query {key!r} has the limit {shown(limit)}; it must be a whole number.")
    return Query(text, _kinds(key, read.get("type", [])), _strict(key, read), _properties(key, read.get("properties", [])), int(limit))


def candidate_json(candidate: Candidate) -> Json:
    """A candidate with its features."""
    entity = candidate.entity
    return _named(entity) | {
        "type": [{"id": kind.value, "name": kind_name(kind)} for kind in kinds_of(entity)],
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": name, "value": value} for name, value in candidate.features.items()],
    }


def suggested_entity(entity: Entity) -> Json:
    """An entity as a suggestion."""
    return _named(entity) | {"notable": [{"id": entity.kind.value, "name": kind_name(entity.kind)}]}


def suggested_property(each: Property) -> Json:
    """A property as a suggestion."""
    return {"id": each.id, "name": each.name, "description": each.description}


def flyout(id: str, name: str, kind: str, text: str = "") -> Json:
    """A few words in HTML, to be shown within a page of others."""
    more = f"<p>{escape(text)}</p>" if text else ""
    return {"id": id, "html": f"<p><strong><bdi>{escape(name)}</bdi></strong> <small>{escape(kind)}</small></p>{more}"}


def extension(graph: KnowledgeGraph, read: Json, most: int) -> Json:
    """The values of properties of entities; none for an id that isn't in the graph."""
    ids, wanted = read.get("ids"), read.get("properties")
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids) or len(ids) > most:
        raise BadInput(f"extend needs ids: at most {most} ids of entities.")
    if not isinstance(wanted, list) or not all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in wanted):
        raise BadInput('extend needs properties: [{"id": "directors"}, …].')
    asked = [(property_of(each["id"]), *_settings(each["id"], each.get("settings") or {})) for each in wanted]
    ids = list(dict.fromkeys(ids))
    if len(ids) * len(asked) > MOST_VALUES:
        raise BadInput(f"{len(asked)} properties of {len(ids)} entities are asked for: at most {MOST_VALUES} at once. Ask in parts.")
    rows = {}
    for id in ids:
        entity = graph.entities.get(id)
        rows[id] = {each.id: _values(graph, entity, each, conditions, limit) for each, conditions, limit in asked}
    return {"meta": [{"id": each.id, "name": each.name} for each, _, _ in asked], "rows": rows}


def _values(graph: KnowledgeGraph, entity: Entity | None, each: Property, conditions: RelationshipFilter, limit: int) -> list[Json]:
    found = each.of(graph, entity, conditions) if entity else []
    return [_value(value) for value in (found[:limit] if limit else found)]


def _value(value: Value) -> Json:
    """A value; a date as EDTF text, since the API's own dates must have a day and a time, which would have to be made up."""
    return {"id": value.id, "name": value.name} if isinstance(value, Entity) else {"str": str(value)}


def _named(entity: Entity) -> Json:
    return {"id": entity.id, "name": entity.name} | ({"description": entity.description} if entity.description else {})


def _kinds(key: str, read: object) -> frozenset[EntityKind]:
    types = [read] if isinstance(read, str) else read
    if not isinstance(types, list):
        raise BadInput(f"Query {key!r} has the type {shown(read)}; it must be the id of a type, or a list of them.")
    ids = [each.get("id") if isinstance(each, dict) else each for each in types]
    return frozenset(kind_of(str(id)) for id in ids if id)


def _strict(key: str, read: Mapping[str, object]) -> TypeStrict:
    strict = read.get("type_strict", TypeStrict.ANY)
    if strict not in list(TypeStrict):
        raise BadInput(f"Query {key!r} has the type_strict {shown(strict)}; it must be one of {', '.join(TypeStrict)}.")
    return TypeStrict(str(strict))


def _properties(key: str, read: object) -> tuple[Given, ...]:
    if not isinstance(read, list) or not all(isinstance(each, dict) and {"pid", "v"} <= each.keys() for each in read):
        raise BadInput(f'Query {key!r} has the properties {shown(read)}; it must be [{{"pid": "cik", "v": "1326801"}}, …].')
    given = tuple(Given(property_of(str(each["pid"])), _texts(key, each["v"])) for each in read[: MOST_GIVEN + 1])
    if len(given) > MOST_GIVEN or any(len(each.values) > MOST_GIVEN for each in given):
        raise BadInput(f"Query {key!r} has more than {MOST_GIVEN} properties, or values of one; at most {MOST_GIVEN} are compared.")
    return given


def _texts(key: str, value: object) -> tuple[str, ...]:
    """The values given for a property, as texts; an entity by its id."""
    match value:
        case list() if not any(isinstance(each, list) for each in value):
            return tuple(text for each in value for text in _texts(key, each))
        case dict() if isinstance(value.get("id"), str):
            return (str(value["id"]),)
        case bool():
            return (str(value).lower(),)
        case str() | int() | float():
            return (str(value),) if str(value).strip() else ()
        case _:
            raise BadInput(f"Query {key!r} has the value {shown(value)}; it must be a text, a number, a boolean or an entity with its id.")


def _settings(id: str, settings: object) -> tuple[RelationshipFilter, int]:
    """What is set for a property: the conditions on relationships, and how many values at most."""
    if not isinstance(settings, dict) or not settings.keys() <= {each["name"] for each in SETTINGS}:
        raise BadInput(f"The settings of {id!r} are {shown(settings)}; there are {', '.join(str(each['name']) for each in SETTINGS)}.")
    as_of, status, limit = (str(settings.get(name) or "").strip() for name in ("as_of", "min_status", "limit"))
    if status and status not in Status.__members__:
        raise BadInput(f"The min_status of {id!r} is {shown(status)}; it must be one of {', '.join(Status)}.")
    if limit and not (limit.isdecimal() and len(limit) < 10):
        raise BadInput(f"The limit of {id!r} is {shown(limit)}; it must be a whole number.")
    conditions = RelationshipFilter(as_of=parse_date(as_of) if as_of else None, min_status=Status(status) if status else None)
    return conditions, int(limit or 0)
