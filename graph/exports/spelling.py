"""How values are spelt in formats that know text only, and what has to be escaped."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final
from xml.sax.saxutils import escape

import orjson

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT: Final = "\ufffd"
_ENTITIES: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def spelled(value: Any) -> str:
    """A value as text: lists as JSON arrays, days as ISO 8601, numbers with all their digits."""
    match value:
        case str():
            return value
        case tuple():
            return orjson.dumps(value).decode()
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            raise TypeError(f"no value of a table: {value!r}")


def as_json(value: Any) -> Any:
    """A value as JSON has it: exact whole numbers as such, others as floating point."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else float(value)
        case date():
            return value.isoformat()
        case _:
            return value


def printable(text: str) -> str:
    """A text without the characters that XML can't hold at all, each replaced by U+FFFD."""
    return _NOT_XML.sub(_REPLACEMENT, text)


def xml(text: str) -> str:
    """A text as the content of an element, or the value of an attribute in double quotes."""
    return escape(printable(text), _ENTITIES)
