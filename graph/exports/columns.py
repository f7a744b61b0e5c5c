"""What tables are made of: typed columns, and how their values are had of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, PartialDate
from interlock.graph.exports.content import Content
from interlock.graph.intervals import Interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Amount

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
    DAY_NUMBER = "day number"  # days since 1970-01-01
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


def interval(of: Callable[[Any], Interval | None]) -> tuple[Column[Any], ...]:
    """The columns of an interval."""

    def column(name: str, type: Type, says: str, value: Callable[[Interval], Any]) -> Column[Any]:
        def had(graph: KnowledgeGraph, record: Any) -> Any:
            its = of(record)
            return (() if type is Type.LIST else None) if its is None else value(its)

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


def bounds() -> tuple[Column[Any], ...]:
    """The bounds of an interval as day numbers, by their own names."""

    def column(name: str, says: str) -> Column[Any]:
        numbered = f"{says}, in days since 1970-01-01; {DISTANT_PAST} and {DISTANT_FUTURE} are no limit."
        return Column(name, Type.DAY_NUMBER, numbered, lambda graph, record: getattr(record.interval.bounds, name))

    return (
        column("start_min", "The first day on which it can have begun"),
        column("start_max", "The last day on which it can have begun"),
        column("end_min", "The first day on which it can have ended"),
        column("end_max", "The last day on which it can have held"),
    )


def amounts() -> tuple[Column[Any], ...]:
    """The columns of sums of money."""
    return (
        Column("amount", Type.NUMBER, "The largest sum of money.", lambda g, r: r.amounts[0].value if r.amounts else None),
        Column("currency", Type.TERM, "Its currency (ISO 4217).", lambda g, r: r.amounts[0].currency if r.amounts else None),
        Column("amounts", Type.LIST, "All sums with their currencies, exactly, and what each is.", lambda g, r: money(r.amounts)),
    )


def own(name: str, type: Type, says: str) -> Column[Any]:
    """A column that is a field of the record."""
    return Column(name, type, says, lambda graph, record: getattr(record, name))


def texts(**says: str) -> tuple[Column[Any], ...]:
    """Columns that are texts of the record, each with what it says."""
    return tuple(own(name, Type.TEXT, text) for name, text in says.items())


def enum(name: str, says: str) -> Column[Any]:
    """A column that is one of few words of the record."""
    return Column(name, Type.TERM, says, lambda graph, record: getattr(record, name).value)


def date_of(name: str, says: str) -> Column[Any]:
    """A column that is a date of the record."""
    return Column(name, Type.EDTF, says, lambda graph, record: _text(getattr(record, name)))


def names_of_ends() -> tuple[Column[Any], ...]:
    """The columns that say how the ends of a tie are called."""
    return (
        Column("source_name", Type.TEXT, "The name of the former.", lambda graph, tie: graph.entities[tie.source].name),
        Column("target_name", Type.TEXT, "The name of the latter.", lambda graph, tie: graph.entities[tie.target].name),
    )
