"""Tables: CSV with a header, each row of which says what a mapping says it does (``interlock.graph.importers.mapping``).

A row is left out, and its line told, where no relationship can be made of it although the mapping has some.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any, Final

from interlock.graph.errors import BadInput, DataError, Problem
from interlock.graph.folding import fold
from interlock.graph.importers.inputs import Inputs, Place
from interlock.graph.importers.mapping import Part, Row, TableMapping, among, read_mapping, role_named
from interlock.graph.importers.notes import Notes
from interlock.graph.importers.records import Maker, Record, Said, Tie, Words
from interlock.graph.importers.values import clean, date_of, edtf, identifier, money, number, short_hash, span, web_address
from interlock.graph.model import EntityKind, Relationship, RelationshipKind, Source, Status

_SEPARATORS: Final = ",;\t"
_KINDS: Final = frozenset(map(str, EntityKind))


def read(inputs: Inputs, maker: Maker, mapping: str) -> Iterator[Record]:
    """Entities of all rows first, then the relationships of each."""
    table = Table(maker, read_mapping(mapping))
    drafts: dict[str, dict[str, Any]] = {}
    for place, row in _rows(inputs, table.mapping):
        for part in table.mapping.entities.values():
            table.draft(part, row, drafts, place)
    for id, fields in drafts.items():
        yield from maker.once(maker.entity(id, **fields))
    for place, row in _rows(inputs, table.mapping, maker.notes):
        maker.notes.read += 1
        yield from table.relationships(row, place)


class Table:
    """What a mapping makes of rows."""

    def __init__(self, maker: Maker, mapping: TableMapping) -> None:
        self.maker, self.mapping, self.notes = maker, mapping, maker.notes

    def draft(self, part: Part, row: Row, drafts: dict[str, dict[str, Any]], place: Place) -> None:
        """Add what a row says of an entity to what the rows before it said."""
        id = self._id(part, row)
        if id is None:
            return
        known = drafts.setdefault(id, {"kind": EntityKind(part.filled("kind", row)), "name": part.filled("name", row)})
        for key, value in self._fields(part, row, place).items():
            if known.setdefault(key, value) != value:
                self.notes.leave_part(f"a second {key} of one entity", f"{value} on line {place.number}")

    def relationships(self, row: Row, place: Place) -> Iterator[Record]:
        """The relationships of a row with their source; a note of its line if there are none."""
        whys, made = list[str](), list[Relationship]()
        source = self._source(row, place)
        for part in self.mapping.relationships:
            ends = (self.mapping.entities[part.fields[end].text] for end in ("from", "to"))
            if not all(each.applies(row) for each in (part, *ends)):
                continue
            try:
                tie = self._tie(part, row, place, source.id)
                relationship = self.maker.attempt(tie)
            except BadInput as error:
                whys.append(str(error).rstrip("."))
                continue
            made.append(relationship)
        entities = any(self._id(part, row) for part in self.mapping.entities.values())
        if not made and (self.mapping.relationships or not entities):
            why = f"row: {whys[-1]}" if whys else "row in which nothing of the mapping applies"
            self.notes.leave(why, f"{place.file} line {place.number}")
            return
        self.notes.taken += 1
        for why in whys:
            self.notes.leave_part(f"relationship of a row: {why}", f"{place.file} line {place.number}")
        if made:
            yield from self.maker.once(source)
        yield from made

    def _id(self, part: Part, row: Row) -> str | None:
        """The id of an entity of a row; None if the row has none."""
        name, kind = part.filled("name", row), part.filled("kind", row)
        if not part.applies(row) or not clean(name) or kind not in _KINDS:
            return None
        own = part.filled("id", row)
        plain = fold(name).replace(" ", "-") or short_hash(name)
        return self.maker.id("entity", own or f"{kind.lower()}-{plain}")

    def _fields(self, part: Part, row: Row, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {key: part.filled(key, row) for key in ("description", "case_number", "court", "outcome")}
        found |= {key: date_of(self._date(part, key, row, place)) for key in ("filed", "closed", "signed")}
        found["stated"] = self._span(part, row, place)
        found["aliases"] = tuple(filter(None, (template.filled(row) for template in part.aliases)))
        schemes = (part.identifiers or {}).items()
        written = [(scheme, template.filled(row)) for scheme, template in schemes]
        found["identifiers"] = tuple(filter(None, (identifier(scheme, text) for scheme, text in written)))
        for scheme, text in written:
            if text and not identifier(scheme, text):
                self.notes.leave_part(f"what is no {scheme} identifier", f"{text} on line {place.number}")
        return {key: value for key, value in found.items() if value}

    def _tie(self, part: Part, row: Row, place: Place, source: str) -> Tie:
        kind = RelationshipKind(among(part.filled("kind", row), RelationshipKind, "kind"))
        ends = [self._end(part.fields[end].text, row) for end in ("from", "to")]
        role, title = part.filled("role", row), part.filled("title", row)
        during, share, amount = self._span(part, row, place), number(part.filled("share", row)), self._amount(part, row, place)
        status = Status(among(part.filled("status", row) or self.mapping.status.filled(row), Status, "status"))
        if share is not None and not 0 <= share <= 100:
            raise BadInput(f"{share} is no share in percent")
        phrase = part.filled("phrase", row)
        observed = self._date(part, "observed", row, place)
        said = Said(
            source, status, observed=(observed,) if observed else (), summary=part.filled("summary", row), quote=part.filled("quote", row)
        )
        key = short_hash(kind, *ends, role, title, phrase, during or "", str(amount))
        return Tie(
            f"{kind.lower()}-{key}", kind, ends[0], ends[1], (said,), role_named(role) if role else None,
            Words(phrase, part.filled("inverse", row)) if phrase else None, title, during, share, (amount,) if amount else (),
        )  # fmt: skip

    def _end(self, name: str, row: Row) -> str:
        part = self.mapping.entities[name]
        id = self._id(part, row)
        if id is None:
            kind = part.filled("kind", row)
            among(kind, EntityKind, f"kind ({name})")
            raise BadInput(f"it has no {name}")
        return id

    def _source(self, row: Row, place: Place) -> Source:
        said = {key: self.mapping.source.filled(key, row) or None for key in ("title", "publisher", "url", "tier")}
        dates = {key: self._date(self.mapping.source, key, row, place) for key in ("published", "retrieved")}
        key = short_hash(*(f"{name}={value}" for name, value in {**said, **dates}.items()))
        if said["url"] and not web_address(said["url"]):
            self.notes.leave_part("what is no link to a source", f"{said['url']} on line {place.number}")
        return self.maker.source(
            self.maker.id("source", key), said["title"] or place.file, publisher=said["publisher"], url=web_address(said["url"]),
            tier=said["tier"] if said["tier"] in ("P", "S", "A") else "S", published=date_of(dates["published"]),
            retrieved=date_of(dates["retrieved"]),
        )  # fmt: skip

    def _amount(self, part: Part, row: Row, place: Place) -> Any:
        value, currency = part.filled("amount", row), part.filled("currency", row)
        amount = money(value, currency)
        if value and amount is None:
            self.notes.leave_part("what is no amount with a currency of three capitals", f"{value} {currency} on line {place.number}")
        return amount

    def _span(self, part: Part, row: Row, place: Place) -> str | None:
        whole = part.filled("during", row)
        first, slash, last = whole.partition("/") if whole else (part.filled("start", row), "/", part.filled("end", row))
        start, end = (text if text == ".." else self._edtf(text, place) for text in (first, last))
        return span(start, end) if slash else start

    def _date(self, part: Part, key: str, row: Row, place: Place) -> str | None:
        return self._edtf(part.filled(key, row), place)

    def _edtf(self, text: str, place: Place) -> str | None:
        date = edtf(_rewritten(text, self.mapping.dates)) if text else None
        if text and date is None:
            self.notes.leave_part("what is no date", f"{text} on line {place.number}")
        return date


def _rewritten(text: str, form: str) -> str:
    """A date in the form that the mapping names, as ISO 8601 has it and as exact as that form is."""
    try:
        found = datetime.strptime(text, form) if form else None
    except ValueError:
        return text
    if found is None:
        return text
    exact = "%d" if "%d" in form else "%m" if "%m" in form or "%b" in form.lower() else "%Y"
    return {"%d": f"{found:%Y-%m-%d}", "%m": f"{found:%Y-%m}", "%Y": f"{found:%Y}"}[exact].zfill(4)


def _rows(inputs: Inputs, mapping: TableMapping, notes: Notes | None = None) -> Iterator[tuple[Place, Row]]:
    """The rows of all files with the own values of the mapping, their texts trimmed; ``notes`` is told what has no place."""
    for name, lines in inputs.texts():
        first = next(lines, "")
        reader = csv.reader(chain([first], lines), delimiter=_separator(first))
        try:
            header = [column.strip() for column in next(reader, [])]
            mapping.check_columns(header)
            if len(set(header)) < len(header):
                raise DataError([Problem(name, 1, "", "has two columns of one name; give each its own")])
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Place(name, reader.line_num), _row(header, cells, mapping, notes, reader.line_num)
        except csv.Error as error:
            raise DataError([Problem(name, reader.line_num, "", f"is no CSV: {error}")]) from None


def _separator(header: str) -> str:
    """What stands between the columns: a comma, a semicolon or a tab, whichever makes most columns of the header."""
    return max(_SEPARATORS, key=lambda each: len(next(csv.reader([header], delimiter=each), [])))


def _row(header: list[str], cells: list[str], mapping: TableMapping, notes: Notes | None, line: int) -> Row:
    row = {column: cell.strip() for column, cell in zip(header, [*cells, *[""] * len(header)], strict=False)}
    if notes and any(cells[len(header) :]):
        notes.leave_part("cell beyond the last column", f"line {line}")
    for name, values in mapping.values.items():
        written = row[values.column]
        if notes and written not in values.map and written:
            notes.leave_part(f"value that values.{name} doesn't have", f"{written} on line {line}")
        row[name] = values.map.get(written, "")
    return row
