"""A mapping: which columns of a table are what, written in TOML. A name in it that isn't understood is an error.

| key | what it holds |
|---|---|
| ``source`` | who says what the table says: ``title publisher url published retrieved tier`` |
| ``status``, ``dates`` | how firmly, if not REPORTED; how days are written, if not in EDTF: ``"%d/%m/%Y"`` |
| ``values.NAME`` | a column of own values: ``{ column = "type", map = { suit = "defendant" } }`` |
| ``entities.NAME`` | an entity of each row; the same kind and name (or ``id``) is the same entity |
| ``relationships`` | relationships of each row, ``from`` one of those entities ``to`` another |

All values are templates: ``"{plaintiff} v. {defendant}"``. One with an empty column in it gives nothing. ``when`` keeps an entity or
relationship to the rows that have one of these values there: ``{ type = ["suit"] }``.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from interlock.graph.errors import BadInput
from interlock.graph.folding import fold
from interlock.graph.importers.roles import named_roles
from interlock.graph.model import EntityKind, RelationshipKind, Status

Row = Mapping[str, str]
_SPAN: Final = ("during", "start", "end")
_SOURCE: Final = ("title", "publisher", "url", "published", "retrieved", "tier")
_ENTITY: Final = (
    "kind", "name", "id", "aliases", "description", "identifiers", *_SPAN, "case_number", "court", "filed", "closed", "signed", "outcome",
    "when",
)  # fmt: skip
_TIE: Final = (
    "kind", "from", "to", "role", "title", *_SPAN, "observed", "share", "amount", "currency", "status", "phrase", "inverse", "summary",
    "quote", "when",
)  # fmt: skip
_KEYS: Final = ("source", "status", "dates", "values", "entities", "relationships")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with columns in it."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for _, name, _, _ in Formatter().parse(self.text) if name is not None)

    def filled(self, row: Row) -> str:
        """With the values of a row; empty if one of them is."""
        if any(not row[name] for name in self.columns):
            return ""
        parts = Formatter().parse(self.text)
        return "".join(f"{before}{row[name] if name is not None else ''}" for before, name, _, _ in parts).strip()


@dataclass(frozen=True, slots=True)
class Values:
    """A column of own values."""

    column: str
    map: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """An entity or relationship of each row: its templates by their keys, and in which rows it is there."""

    name: str
    fields: Mapping[str, Template]
    when: Mapping[str, tuple[str, ...]]
    aliases: tuple[Template, ...] = ()
    identifiers: Mapping[str, Template] | None = None

    def applies(self, row: Row) -> bool:
        return all(row[column] in values for column, values in self.when.items())

    def filled(self, key: str, row: Row) -> str:
        """The value that a key has in a row; empty without one."""
        template = self.fields.get(key)
        return template.filled(row) if template else ""

    def templates(self) -> Iterable[Template]:
        return (*self.fields.values(), *self.aliases, *(self.identifiers or {}).values())


@dataclass(frozen=True, slots=True)
class TableMapping:
    """All that a mapping says."""

    source: Part
    status: Template
    dates: str
    values: Mapping[str, Values]
    entities: Mapping[str, Part]
    relationships: tuple[Part, ...]

    def check_columns(self, columns: Iterable[str]) -> None:
        """Raise ``BadInput`` for a column that neither the table nor the mapping has."""
        known = {*columns, *self.values}
        for values in self.values.values():
            among(values.column, known - {*self.values}, "column of the table")
        for part in (self.source, *self.entities.values(), *self.relationships):
            for name in (*part.when, *(name for template in part.templates() for name in template.columns)):
                among(name, known, "column of the table")
        for name in self.status.columns:
            among(name, known, "column of the table")


def read_mapping(text: str) -> TableMapping:
    """A mapping out of TOML, or ``BadInput`` that says what in it isn't understood."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The mapping is no TOML: {error}.") from None
    _keys(said, _KEYS, "the mapping")
    values = {name: _values(name, _table(each, f"values.{name}")) for name, each in _table(said.get("values", {}), "values").items()}
    entities = {
        name: _part(name, _table(each, f"entities.{name}"), _ENTITY, ("kind", "name"))
        for name, each in _table(said.get("entities", {}), "entities").items()
    }
    listed = said.get("relationships", [])
    if not isinstance(listed, list):
        raise BadInput("relationships is no list. Write relationships = [{ kind = …, from = …, to = … }].")
    if not entities:
        raise BadInput('The mapping has no entities. Write entities.company = { kind = "COMPANY", name = "{a column}" }.')
    ties = tuple(
        _part(f"relationship {number}", _table(each, f"relationship {number}"), _TIE, ("kind", "from", "to"))
        for number, each in enumerate(listed, 1)
    )
    for tie in ties:
        for end in ("from", "to"):
            among(tie.fields[end].text, entities, f"entity of the mapping ({end} of {tie.name})")
    source = _part("source", _table(said.get("source", {}), "source"), _SOURCE, ("title",) if "source" in said else ())
    status = Template(_text(said.get("status", "REPORTED"), "status"))
    _constants(entities.values(), ties, status, source)
    return TableMapping(source, status, _text(said.get("dates", ""), "dates"), values, entities, ties)


def among(value: str, known: Iterable[str], what: str) -> str:
    """The value, if it is one of those that are known; else ``BadInput`` that names the nearest."""
    names = sorted(known)
    if value in names:
        return value
    near = difflib.get_close_matches(value.casefold(), [name.casefold() for name in names], 1, 0.5)
    hint = next((f"Did you mean {name}? " for name in names if near and name.casefold() == near[0]), "")
    raise BadInput(f"{value[:60]!r} is no {what}. {hint}There are {', '.join(names[:40])}.")


def role_named(text: str) -> str:
    """The role of this name or label, or ``BadInput`` that names the nearest."""
    known = named_roles()
    return known[among(fold(text), known, "role")] if fold(text) not in known else known[fold(text)]


def _constants(entities: Iterable[Part], ties: Iterable[Part], status: Template, source: Part) -> None:
    """What is the same in all rows is checked before the first."""
    kinds: dict[str, Iterable[str]] = {"kind": EntityKind}
    for parts, known in ((entities, kinds), (ties, {"kind": RelationshipKind, "status": Status})):
        for part in parts:
            for key, values in known.items():
                template = part.fields.get(key)
                if template and not template.columns:
                    among(template.text, values, f"{key} ({part.name})")
            role = part.fields.get("role")
            if role and not role.columns:
                role_named(role.text)
    if not status.columns:
        among(status.text, Status, "status")
    tier = source.fields.get("tier")
    if tier and not tier.columns:
        among(tier.text, ("P", "S", "A"), "tier (P: records and filings, S: press, A: an article under examination)")


def _part(name: str, said: Mapping[str, Any], keys: tuple[str, ...], required: tuple[str, ...]) -> Part:
    _keys(said, keys, name)
    for key in required:
        if key not in said:
            raise BadInput(f'{name} has no {key}. Write {key} = "…" there.')
    if "during" in said and ("start" in said or "end" in said):
        raise BadInput(f"{name} has during and start or end. Give one or the other.")
    if ("phrase" in said) != ("inverse" in said):
        raise BadInput(f"{name} has one of phrase and inverse. Give both, or neither.")
    plain = {key: _template(value, f"{key} of {name}") for key, value in said.items() if key not in ("when", "aliases", "identifiers")}
    schemes = _table(said.get("identifiers", {}), f"identifiers of {name}")
    for scheme in schemes:
        among(scheme, ("wikidata", "lei", "cik", "opencorporates"), "scheme of identifiers")
    return Part(
        name,
        plain,
        {column: _options(value) for column, value in _table(said.get("when", {}), f"when of {name}").items()},
        tuple(_template(each, f"aliases of {name}") for each in _listed(said.get("aliases", []))),
        {scheme: _template(value, f"identifiers of {name}") for scheme, value in schemes.items()},
    )


def _values(name: str, said: Mapping[str, Any]) -> Values:
    _keys(said, ("column", "map"), f"values.{name}")
    table = _table(said.get("map"), f"map of values.{name}")
    return Values(_text(said.get("column"), f"column of values.{name}"), {key: str(value) for key, value in table.items()})


def _template(value: object, where: str) -> Template:
    template = Template(_text(value, where))
    try:
        parts = list(Formatter().parse(template.text))
    except ValueError as error:
        raise BadInput(f"{where} is {template.text!r}: {error}. Write {{column}}, and {{{{ for a brace.") from None
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise BadInput(f"{where} is {template.text!r}; only the name of a column can stand between braces.")
    return template


def _keys(said: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in said:
        among(key, known, f"key of {where}")


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(f"{where} is no table. Write {{ key = value }}.")
    return value


def _text(value: object, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadInput(f"{where} is no text. Write it between quotation marks.")
    return str(value)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _options(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in _listed(value))
