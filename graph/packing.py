"""Values one after another as compact bytes, and records end to end.

Numbers are LEB128: seven bits a byte, the lowest first. What repeats is kept once, as a *term*. Nothing but numbers and texts is ever read,
so that a file from elsewhere can be wrong, but can't do anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import DataError, Problem
from interlock.graph.heap import Numbers, Strings
from interlock.graph.intervals import Interval
from interlock.graph.model import Amount
from interlock.graph.written import Written


class Writer:
    """Writes values one after another; ``terms`` numbers what is kept once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.terms: dict[str, int] = {}
        self.out = bytearray()

    def number(self, value: int) -> None:
        while value > 127:
            self.out.append(value & 127 | 128)
            value >>= 7
        self.out.append(value)

    def text(self, value: str) -> None:
        data = value.encode("utf-8", "surrogatepass")
        self.number(len(data))
        self.out += data

    def term(self, value: str) -> None:
        self.number(self.term_number(value))

    def term_number(self, value: str) -> int:
        return self.terms.setdefault(value, len(self.terms))

    def texts(self, values: Sequence[str]) -> None:
        self.number(len(values))
        for value in values:
            self.text(value)

    def date(self, value: PartialDate) -> None:
        self.term(value.text)

    def decimal(self, value: Decimal) -> None:
        self.term(str(value))

    def interval(self, value: Interval) -> None:
        start, end = value.start, value.end
        shape = (start is not None) | (end is not None) << 1 | value.starts_open << 2 | value.ends_open << 3 | bool(value.observed) << 4
        self.out.append(shape | value.start_announced << 5 | value.end_announced << 6)
        for day in (start, end):
            if day is not None:
                self.term(day.text)
        if value.observed:
            self.number(len(value.observed))
            for day in value.observed:
                self.term(day.text)

    def amounts(self, values: Sequence[Amount]) -> None:
        self.number(len(values))
        for amount in values:
            self.decimal(amount.value)
            self.term(amount.currency)
            self.number(amount.basis is not None)
            if amount.basis is not None:
                self.term(amount.basis)

    def optional(self, values: Sequence[Any], fields: Sequence[Field]) -> None:
        """Those values that are not what their field is by default, and which they are."""
        given = [(bit, value) for bit, value in enumerate(values) if value is not fields[bit][1] and value != fields[bit][1]]
        self.number(sum(1 << bit for bit, _ in given))
        for bit, value in given:
            fields[bit][2](self, value)


class Reader:
    """Reads back what a ``Writer`` wrote; ``terms`` gives a term by its number."""

    def __init__(self, data: bytes, terms: Callable[[int], str], base: str) -> None:
        self.data, self.terms, self.base = data, terms, base
        self.at = 0

    def number(self) -> int:
        value = self.data[self.at]
        self.at += 1
        if value < 128:
            return value
        value, shift = value & 127, 7
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def text(self) -> str:
        size = self.number()
        self.at += size
        return self.data[self.at - size : self.at].decode("utf-8", "surrogatepass")

    def term(self) -> str:
        return self.terms(self.number())

    def texts(self) -> tuple[str, ...]:
        return tuple(self.text() for _ in range(self.number()))

    def date(self) -> PartialDate:
        return parse_date(self.term())

    def decimal(self) -> Decimal:
        return Decimal(self.term())

    def interval(self) -> Interval:
        shape = self.number()
        start = self.date() if shape & 1 else None
        end = self.date() if shape & 2 else None
        observed = tuple(self.date() for _ in range(self.number())) if shape & 16 else ()
        return Interval(start, end, bool(shape & 4), bool(shape & 8), observed, bool(shape & 32), bool(shape & 64))

    def amounts(self) -> tuple[Amount, ...]:
        return tuple(self._amount() for _ in range(self.number()))

    def optional(self, fields: Sequence[Field]) -> dict[str, Any]:
        """The fields that were written, by name."""
        given = self.number()
        return {field[0]: field[3](self) for bit, field in enumerate(fields) if given >> bit & 1}

    def _amount(self) -> Amount:
        value, currency = self.decimal(), self.term()
        return Amount(value, currency, self.term() if self.number() else None)


Field = tuple[str, Any, Callable[[Writer, Any], None], Callable[[Reader], Any]]
"""Name, what it is by default, how it is written and how it is read."""


class Rows:
    """Records in the order in which they came: their ids, and all else of them as bytes."""

    def __init__(self, writer: Writer) -> None:
        self.ids, self._records = Strings(), Strings()
        self._writer = writer

    def add(self, id: str) -> None:
        """Take what was just written as the record of this id."""
        self.ids.add(id.encode("utf-8", "surrogatepass"))
        self._records.add(self._writer.out)
        self._writer.out.clear()

    def extend(self, ids: Written, records: Written) -> None:
        """Take many records that are written already."""
        self.ids.extend(*ids)
        self._records.extend(*records)

    def order(self) -> Numbers:
        """In which order they have to stand. Raises ``DataError`` if an id is there twice."""
        order = self.ids.order()
        twice = self.ids.repeated(order)
        if twice:
            raise DataError([Problem("", 0, id.decode(), "is there twice") for id in dict.fromkeys(twice)])
        return order

    def heaps(self, name: str, order: Numbers) -> dict[str, tuple[Numbers, bytearray]]:
        return {f"{name}_id": self.ids.packed(order), name: self._records.packed(order)}
