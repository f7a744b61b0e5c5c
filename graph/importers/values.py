"""Values as other formats write them, as this graph has them: texts, dates as far as they are given, identifiers, links, sums."""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.model import Amount

_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_FORMS: Final = {
    scheme: re.compile(form, re.ASCII)
    for scheme, form in {
        "wikidata": r"Q[1-9]\d*", "lei": r"[0-9A-Z]{18}\d\d", "cik": r"[1-9]\d{0,9}", "opencorporates": r"[a-z]{2}(_[a-z]{2})?/[\w.-]+",
        "org-id": r"[A-Z]{2,3}-[A-Z0-9]+-[\w.~%-]+",
    }.items()
}  # fmt: skip
_UNWRITABLE: Final = re.compile("[\\x00\\ufffe\\uffff\\ud800-\\udfff]")


def clean(text: object) -> str | None:
    """A text without space at its ends and without what no file can hold; None if nothing is left of it."""
    return _UNWRITABLE.sub("", str(text)).strip() or None if text else None


def edtf(text: object) -> str | None:
    """A date as far as it is given: ``2003-00-00`` → ``2003``, ``2014-01-30-05:00`` → ``2014-01-30``; None if it is no date."""
    written = str(text).strip() if text is not None else ""
    match = _ISO.fullmatch(written)
    if match:
        year, month, day = match[1], match[2] or "00", match[3] or "00"
        if year == "0000":
            return None
        written = year if month == "00" else f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"
    try:
        return parse_date(written).text
    except (BadInput, ValueError, OverflowError):
        return None


def date_of(text: str | None) -> PartialDate | None:
    """A date, or None."""
    return parse_date(text) if text else None


def span(start: str | None, end: str | None) -> str | None:
    """An EDTF interval: an end that isn't given is unknown; one that goes on is written ``..``."""
    return f"{start or ''}/{end or ''}" if start or end else None


def covering(first: str, last: str) -> str:
    """The finest EDTF date within which both of these days lie: 2022-09-25 and 2023-03-03 → ``202X``."""
    one, other = first[:10], last[:10]
    if one == other:
        return one
    if one[:7] == other[:7] and len(one) == len(other) == 10:
        return f"{one[:7]}-XX"
    return next((f"{one[:size]}{'X' * (4 - size)}" for size in (4, 3, 2) if one[:size] == other[:size]), other[:4])


def identifier(scheme: str, text: object) -> str | None:
    """An identifier as the data has them (``cik:1326801``), if it is one of that scheme."""
    written = str(text or "").strip()
    match scheme:
        case "cik":
            written = written.lstrip("0")
        case "lei":
            written = written.upper()
        case "opencorporates":
            written = written.rpartition("/companies/")[2]
    return f"{scheme}:{written}" if (form := _FORMS.get(scheme)) and form.fullmatch(written) else None


def own_identifier(scheme: str, id: str) -> str:
    """The id that something has where it comes from, as an identifier: ``ftm:NK-1``."""
    return f"{scheme}:{quote(id, safe='/:+~()')}"


def web_address(text: object) -> str | None:
    """An http or https link, if it is one."""
    return text if isinstance(text, str) and text.casefold().startswith(("http://", "https://")) and is_iri(text) else None


def is_iri(text: str) -> bool:
    """Is it an IRI that RDF can hold?"""
    from pyoxigraph import NamedNode

    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


def number(text: object) -> Decimal | None:
    """A finite number, if it is one."""
    if isinstance(text, bool) or text is None:
        return None
    try:
        found = Decimal(str(text).replace(",", "").strip())
    except ArithmeticError:
        return None
    return found if found.is_finite() else None


def money(value: object, currency: object) -> Amount | None:
    """A sum of money, if both are given as they should be."""
    amount, code = number(value), str(currency or "").strip().upper()
    return Amount(amount, code) if amount is not None and amount >= 0 and re.fullmatch(r"[A-Z]{3}", code) else None


def short_hash(*parts: str) -> str:
    """Twenty hexadecimal digits that tell these texts from others."""
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
