"""One subject's properties, as typed values; what is wrong with them is gathered, so that all faults are told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TypeVar

from rdflib import Literal, URIRef
from rdflib.namespace import SDO
from rdflib.term import Node

from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.faults import Tally
from interlock.graph.intervals import Interval, parse_interval
from interlock.graph.model import Amount
from interlock.graph.rdf import Statements, abbreviate
from interlock.seeds import vocab

T = TypeVar("T")


@dataclass(frozen=True)
class Faults:
    """Collects problems while records are being made."""

    statements: Statements
    tally: Tally = field(default_factory=Tally)

    def add(self, subject: Node, message: str) -> None:
        if self.tally.count_in(message):
            self.tally.keep(self.statements.problem(subject, message))


@dataclass(frozen=True)
class Subject:
    """A view of the properties of one node."""

    node: Node
    faults: Faults

    @property
    def iri(self) -> str:
        return str(self.node)

    @cached_property
    def _properties(self) -> dict[URIRef, list[Node]]:
        return self.faults.statements.subjects.get(self.node, {})

    def values(self, predicate: URIRef) -> list[Node]:
        return self._properties.get(predicate, [])

    def one(self, predicate: URIRef) -> Node | None:
        """The only value; several are a fault, since two records may have been given one IRI."""
        values = self.values(predicate)
        if len(values) > 1:
            listed = ", ".join(abbreviate(value) for value in values)
            self.fault(
                f"has {len(values)} values of {abbreviate(predicate)} ({listed}), and may have one. Are these two records with one IRI?"
            )
        return values[0] if values else None

    def link(self, predicate: URIRef) -> str | None:
        """The id of the only thing that it points to."""
        value = self.one(predicate)
        if isinstance(value, Literal):
            self.fault(f"has the text {str(value)!r} as {abbreviate(predicate)}, where an IRI belongs")
            return None
        return None if value is None else identify(str(value))

    def links(self, predicate: URIRef) -> tuple[str, ...]:
        return tuple(identify(str(value)) for value in self.values(predicate) if not isinstance(value, Literal))

    def text(self, predicate: URIRef) -> str | None:
        value = self.one(predicate)
        return None if value is None else str(value).strip()

    def texts(self, predicate: URIRef) -> tuple[str, ...]:
        return tuple(str(value).strip() for value in self.values(predicate))

    def flag(self, predicate: URIRef) -> bool:
        value = self.one(predicate)
        return isinstance(value, Literal) and value.toPython() is True

    def date(self, predicate: URIRef) -> PartialDate | None:
        return self._parsed(predicate, parse_date)

    def dates(self, predicate: URIRef) -> tuple[PartialDate, ...]:
        return tuple(day for text in self.texts(predicate) if (day := self._guard(predicate, parse_date, text)) is not None)

    def interval(self, predicate: URIRef) -> Interval | None:
        return self._parsed(predicate, parse_interval)

    def decimal(self, predicate: URIRef) -> Decimal | None:
        return self._parsed(predicate, _decimal)

    def amounts(self) -> tuple[Amount, ...]:
        """Its sums of money (``schema:amount``), largest first."""
        found = (Subject(node, self.faults)._amount(self) for node in self.values(SDO.amount))
        return tuple(sorted((amount for amount in found if amount), key=lambda a: (-a.value, a.currency, a.basis or "")))

    def fault(self, message: str) -> None:
        self.faults.add(self.node, message)

    def _amount(self, owner: Subject) -> Amount | None:
        value, currency = self.decimal(SDO.value), self.text(SDO.currency)
        if value is None or currency is None:
            owner.fault('has an amount without schema:value or schema:currency. Write [ schema:value 100 ; schema:currency "USD" ]')
            return None
        return Amount(value, currency, self.text(SDO.description))

    def _parsed(self, predicate: URIRef, parse: Callable[[str], T]) -> T | None:
        text = self.text(predicate)
        return None if text is None else self._guard(predicate, parse, text)

    def _guard(self, predicate: URIRef, parse: Callable[[str], T], text: str) -> T | None:
        try:
            return parse(text)
        except BadInput as error:
            self.fault(f"{abbreviate(predicate)}: {error}")
            return None


def identify(iri: str) -> str:
    """The id of a thing: its IRI, without the base if it is Interlock's own."""
    return iri.removeprefix(vocab.BASE)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"{text!r} is not a number.") from None
    if not number.is_finite():
        raise BadInput(f"{text!r} is not a finite number.")
    return number
