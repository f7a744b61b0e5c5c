"""The typed table model: four tables, whose columns every format takes its attributes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from interlock.graph.dates import PartialDate
from interlock.graph.exports.content import Content
from interlock.graph.intervals import Interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Amount, Claim, Entity, Relationship, Source
from interlock.graph.narrate import sentence

R = TypeVar("R")
Value = str | int | Decimal | date | tuple[str, ...] | None
Row = tuple[Value, ...]
_EPOCH: Final = date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = (date.min - _EPOCH).days, (date.max - _EPOCH).days


class Type(StrEnum):
    """What a column holds. Any value may be missing but a list, which may be empty."""

    TEXT = "text"
    TERM = "term"  # a text of which there are few: kinds, statuses, roles
    EDTF = "edtf"  # a partial date or interval, as it is written
    DAY = "day"  # a day of the years 1 to 9999
    COUNT = "count"
    NUMBER = "number"
    LIST = "list"  # of texts


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its name, its type, what it says, and how it is had of a record."""

    name: str
    type: Type
    says: str
    of: Callable[[KnowledgeGraph, R], Any]


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table: a name, a sentence, its columns, and where its records come from. The first column is the key."""

    name: str
    says: str
    columns: tuple[Column[R], ...]
    records: Callable[[Content], Iterator[R]]

    def row(self, graph: KnowledgeGraph, record: R) -> Row:
        """The values of a record, in the order of the columns."""
        return tuple([column.of(graph, record) for column in self.columns])

    def rows(self, content: Content) -> Iterator[Row]:
        """All rows, one after another."""
        return (self.row(content.graph, record) for record in self.records(content))


def attributes(columns: Sequence[Column[R]], graph: KnowledgeGraph, record: R) -> Iterator[tuple[Column[R], Any]]:
    """What a record has in these columns, without what is missing or empty."""
    for column in columns:
        value = column.of(graph, record)
        if value is not None and value != ():
            yield column, value


def money(amounts: Sequence[Amount]) -> tuple[str, ...]:
    """Sums as texts with all their digits: ``19000000000 USD (announced)``."""
    return tuple(f"{amount.value:f} {amount.currency}{f' ({amount.basis})' if amount.basis else ''}" for amount in amounts)


def day(number: int) -> date | None:
    """A day number as a date; None if it lies beyond what a date can be, which no limit does too."""
    return _EPOCH + timedelta(number) if _FIRST_DAY <= number <= _LAST_DAY else None


def _text(value: PartialDate | None) -> str | None:
    return None if value is None else value.text


def _interval(of: Callable[[Any], Interval | None]) -> tuple[Column[Any], ...]:
    """The columns of an interval."""

    def column(name: str, type: Type, says: str, value: Callable[[Interval], Any]) -> Column[Any]:
        def had(graph: KnowledgeGraph, record: Any) -> Any:
            interval = of(record)
            return (() if type is Type.LIST else None) if interval is None else value(interval)

        return Column(name, type, says, had)

    return (
        column("interval", Type.EDTF, "When, as an EDTF interval.", lambda each: each.text or None),
        column("start", Type.EDTF, "Its start, as far as it is known.", lambda each: _text(each.start)),
        column("end", Type.EDTF, "Its end, as far as it is known.", lambda each: _text(each.end)),
        column("observed", Type.LIST, "On which days it was seen to be so (EDTF).", lambda each: tuple(d.text for d in each.observed)),
        column("start_earliest", Type.DAY, "The first day on which it can have begun.", lambda each: day(each.bounds.start_min)),
        column("start_latest", Type.DAY, "The last day on which it can have begun.", lambda each: day(each.bounds.start_max)),
        column("end_earliest", Type.DAY, "The first day on which it can have ended.", lambda each: day(each.bounds.end_min)),
        column("end_latest", Type.DAY, "The last day on which it can have held.", lambda each: day(each.bounds.end_max)),
    )


def _amounts() -> tuple[Column[Any], ...]:
    return (
        Column("amount", Type.NUMBER, "The largest sum of money.", lambda g, r: r.amounts[0].value if r.amounts else None),
        Column("currency", Type.TERM, "Its currency (ISO 4217).", lambda g, r: r.amounts[0].currency if r.amounts else None),
        Column("amounts", Type.LIST, "All sums with their currencies, exactly, and what each is.", lambda g, r: money(r.amounts)),
    )


def _own(name: str, type: Type, says: str) -> Column[Any]:
    """A column that is a field of the record."""
    return Column(name, type, says, lambda graph, record: getattr(record, name))


def _enum(name: str, says: str) -> Column[Any]:
    return Column(name, Type.TERM, says, lambda graph, record: getattr(record, name).value)


def _date(name: str, says: str) -> Column[Any]:
    return Column(name, Type.EDTF, says, lambda graph, record: _text(getattr(record, name)))


ENTITIES: Final[Table[Entity]] = Table(
    "entities",
    "People, companies, organizations, boards, products, agreements, lawsuits, regulatory actions and events.",
    (
        _own("id", Type.TEXT, "What it is called by, here and in every other table."),
        _own("iri", Type.TEXT, "Its IRI."),
        _enum("kind", "What it is."),
        _own("name", Type.TEXT, "Its name."),
        _own("aliases", Type.LIST, "Its other names."),
        _own("description", Type.TEXT, "What it is, in words."),
        _own("slug", Type.TEXT, "Its name in URLs."),
        _own("identifiers", Type.LIST, "Identifiers as CURIEs: wikidata:Q380, cik:1326801."),
        _own("same_as", Type.LIST, "IRIs of the same thing elsewhere."),
        *_interval(lambda entity: entity.interval),
        _own("unit_of", Type.TEXT, "Of a board: the id of its company."),
        _date("signed", "Of an agreement: when it was signed."),
        _own("case_number", Type.TEXT, "Of a case: its number."),
        _own("court", Type.TERM, "Of a lawsuit: before which court."),
        _date("filed", "Of a case: when it was filed."),
        _date("closed", "When a case ended, or a deal was carried out."),
        _date("abandoned", "When a deal was called off."),
        _own("outcome", Type.TEXT, "What became of it."),
        *_amounts(),
        _own("came_from", Type.LIST, "Of a change: the ids of the organizations before it."),
        _own("went_into", Type.LIST, "Of a change: the ids of the organizations after it."),
    ),
    Content.entities,
)

RELATIONSHIPS: Final[Table[Relationship]] = Table(
    "relationships",
    "Who, to whom, as what, when, and how firmly that is known.",
    (
        _own("id", Type.TEXT, "What it is called by, here and in every other table."),
        _own("source", Type.TEXT, "The id of the entity it leads from."),
        _own("target", Type.TEXT, "The id of the entity it leads to."),
        Column("source_name", Type.TEXT, "The name of the former.", lambda graph, tie: graph.entities[tie.source].name),
        Column("target_name", Type.TEXT, "The name of the latter.", lambda graph, tie: graph.entities[tie.target].name),
        _enum("kind", "What it is."),
        _own("label", Type.TERM, "How it reads from source to target, if it is so."),
        _own("inverse_label", Type.TERM, "How it reads from target to source."),
        _enum("status", "How firmly it is known; what is ALLEGED is not confirmed."),
        Column("sentence", Type.TEXT, "All of it in words that say who says so.", sentence),
        _own("role", Type.TERM, "As what."),
        _own("title", Type.TEXT, "The very name of a post."),
        _own("side", Type.TERM, "On which side of a case."),
        _own("share", Type.NUMBER, "How much is owned, in percent."),
        _own("independent_sources", Type.COUNT, "How many sources support it that don't repeat one another."),
        Column("claims", Type.COUNT, "How many claims there are for and against it.", lambda graph, tie: len(tie.claims)),
        Column(
            "sources",
            Type.LIST,
            "The ids of the sources that speak of it.",
            lambda graph, tie: tuple(dict.fromkeys(claim.source for claim in tie.claims)),
        ),
        *_interval(lambda tie: tie.interval),
        _own("outcome", Type.TEXT, "What became of it."),
        *_amounts(),
        _own("iri", Type.TEXT, "Its IRI."),
    ),
    Content.relationships,
)

CLAIMS: Final[Table[Claim]] = Table(
    "claims",
    "What each source says for or against each relationship.",
    (
        _own("id", Type.TEXT, "What it is called by."),
        _own("relationship", Type.TEXT, "The id of the relationship it is about."),
        _own("source", Type.TEXT, "The id of the source that says so."),
        _enum("stance", "SUPPORTS or CONTRADICTS; denials are claims too."),
        _enum("status", "How firmly the source says it."),
        _own("summary", Type.TEXT, "What it says, in words of the data's authors."),
        _own("quote", Type.TEXT, "What it says, in its own words."),
        _own("locator", Type.TEXT, "Where in the source."),
        _own("stated_by", Type.TEXT, "The id of whom the source says it of, if not of itself."),
        _date("made", "When it was said, where that isn't when the source was published."),
        *_interval(lambda claim: claim.interval),
        *_amounts(),
        _own("facts", Type.LIST, "Under which numbers it was collected."),
    ),
    Content.claims,
)

SOURCES: Final[Table[Source]] = Table(
    "sources",
    "The documents that say so.",
    (
        _own("id", Type.TEXT, "What it is called by, here and in every other table."),
        _own("iri", Type.TEXT, "Its IRI."),
        _own("title", Type.TEXT, "Its title."),
        _own("creators", Type.LIST, "Who wrote it."),
        _own("publisher", Type.TEXT, "Who published it first."),
        _own("url", Type.TEXT, "Where it is to be read."),
        _date("published", "When it was published."),
        _date("retrieved", "When it was read."),
        _own("derived_from", Type.LIST, "The ids of the sources that it declares to rest on."),
        _own("tier", Type.TERM, "P: court records, filings, companies themselves; S: press and other; A: an article under examination."),
        _own("licence", Type.TERM, "The licence of what it says, as an SPDX identifier where there is one."),
    ),
    Content.sources,
)

TABLES: Final[tuple[Table[Any], ...]] = (ENTITIES, RELATIONSHIPS, CLAIMS, SOURCES)
