"""Dates of others as EDTF: no finer than they are written, and where they can't be read, a warning in place of a guess.

OWL-Time (https://www.w3.org/TR/owl-time/) writes the same day in eight ways; XML Schema adds time zones, which are left out, since a day is
as the source writes it.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput
from interlock.graph.foreign.namespaces import SCHEMA, TIME, all_of, local_name, shorten
from interlock.graph.foreign.view import View
from interlock.graph.intervals import parse_interval

_XSD_DATE: Final = re.compile(r"(?P<date>-?\d{4,}(?:-\d\d(?:-\d\d)?)?)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?")
_PARTS: Final = re.compile(r"-*0*(\d+)(?:Z|[+-]\d\d:\d\d)?")
"""A day or month as a number, or as ``---31`` and ``--05``."""
_STAMPS: Final = all_of(TIME, "inXSDDate inXSDDateTimeStamp inXSDDateTime inXSDgYearMonth inXSDgYear xsdDateTime")
_DESCRIPTIONS: Final = all_of(TIME, "inDateTime hasDateTimeDescription")
BEGINNINGS: Final = (TIME + "hasBeginning", SCHEMA + "startDate")
ENDS: Final = (TIME + "hasEnd", SCHEMA + "endDate")
_CLASSES: Final = all_of(
    TIME, "Interval ProperInterval DateTimeInterval Instant TemporalEntity DateTimeDescription GeneralDateTimeDescription"
)
_CALENDAR: Final = re.compile(r"https?://reference\.data\.gov\.uk/id/(?:year|month|day|gregorian-(?:year|month|day))/(?P<date>[\d-]+)")


def edtf_date(view: View, subject: str, literal: ox.Literal) -> str:
    """A date as XML Schema or EDTF writes it; empty, and a warning, if it is none."""
    text = literal.value.strip()
    found = _XSD_DATE.fullmatch(text)
    written = found["date"] if found else text
    try:
        return parse_date(written).text if written else _unread(view, subject, literal)
    except BadInput:
        return _unread(view, subject, literal)


def interval(view: View, subject: str, start: str, end: str) -> str:
    """An EDTF interval from start to end, each of which may be empty; where the end comes before the start, neither counts."""
    if not start and not end:
        return ""
    text = f"{start}/{end}"
    try:
        return parse_interval(text).text
    except BadInput as error:
        view.warn(subject, f"{error} Its dates are left out")
        return ""


def during(view: View, subject: str, *predicates: str) -> str:
    """When something was so, by properties that lead to an interval, an instant or a text; of several, the first that says something."""
    found = [_time(view, subject, said.value) for said in view.take(subject, *predicates)]
    known = sorted(filter(None, found))
    if len(set(known)) > 1:
        view.warn(subject, f"has several times ({', '.join(known)}); the first is taken")
    return known[0] if known else ""


def between(view: View, subject: str, starts: tuple[str, ...], ends: tuple[str, ...]) -> str:
    """The interval whose start and end are dates that a subject has itself."""
    return interval(view, subject, date_of(view, subject, *starts), date_of(view, subject, *ends))


def date_of(view: View, subject: str, *predicates: str) -> str:
    """A date that a subject has; of several, the first by the alphabet."""
    found = [_instant(view, subject, said.value) for said in view.take(subject, *predicates)]
    known = sorted(filter(None, found))
    if len(set(known)) > 1:
        view.warn(subject, f"has several dates ({', '.join(known)}) as {shorten(predicates[0])}; the first is taken")
    return known[0] if known else ""


def _time(view: View, subject: str, value: str | ox.Literal) -> str:
    """An EDTF interval or date."""
    if isinstance(value, ox.Literal):
        return _interval_text(view, subject, value)
    if known := _CALENDAR.fullmatch(value):
        return _checked(view, subject, known["date"])
    if value not in view.said:
        view.warn(subject, f"leads to the time {shorten(value)}, of which nothing is said")
        return ""
    view.take_types(value, *_CLASSES)
    bounded = between(view, value, BEGINNINGS, ENDS)
    return bounded or _instant_at(view, value)


def _instant(view: View, subject: str, value: str | ox.Literal) -> str:
    if isinstance(value, ox.Literal):
        return edtf_date(view, subject, value)
    if known := _CALENDAR.fullmatch(value):
        return _checked(view, subject, known["date"])
    if value not in view.said:
        view.warn(subject, f"leads to the instant {shorten(value)}, of which nothing is said")
        return ""
    view.take_types(value, *_CLASSES)
    return _instant_at(view, value)


def _instant_at(view: View, node: str) -> str:
    """The date of an instant; the finest of those that it is given in."""
    found = [edtf_date(view, node, literal) for literal in view.texts(node, *_STAMPS)]
    found += [_described(view, said.value) for said in view.nodes(node, *_DESCRIPTIONS)]
    return max(sorted(filter(None, found)), key=len, default="")


def _described(view: View, node: str | ox.Literal) -> str:
    """A date in its parts: ``time:year``, ``time:month``, ``time:day``."""
    assert isinstance(node, str)
    view.take_types(node, *_CLASSES)
    view.take(node, TIME + "unitType")
    parts = []
    for width, name in ((4, "year"), (2, "month"), (2, "day")):
        said = view.texts(node, TIME + name)
        match = _PARTS.fullmatch(said[0].value.strip()) if said else None
        if said and match is None:
            _unread(view, node, said[0])
        if match is None:
            break
        parts.append(match[1].zfill(width))
    return _checked(view, node, "-".join(parts)) if parts else ""


def _interval_text(view: View, subject: str, literal: ox.Literal) -> str:
    """An interval as a text: ``2011-06/2019-05-30``, with or without hours."""
    text = literal.value.strip()
    ends = [found["date"] if (found := _XSD_DATE.fullmatch(part)) else part for part in text.split("/")]
    return _checked(view, subject, "/".join(ends)) if text else _unread(view, subject, literal)


def _checked(view: View, subject: str, text: str) -> str:
    try:
        return parse_interval(text).text
    except BadInput as error:
        view.warn(subject, f"{error} It is left out")
        return ""


def _unread(view: View, subject: str, literal: ox.Literal) -> str:
    kind = local_name(literal.datatype.value)
    what = "an empty date" if not literal.value.strip() else f"{literal.value[:80]!r} as a date"
    view.warn(subject, f"has {what} ({kind}), which says nothing: it is left out")
    return ""
