"""Wikidata's full statements, with their qualifiers, ranks and references.

How they are written: https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format. What is of deprecated rank was taken back. A time
has its precision in the value node; where only the plain value is there, 1 January may be no more than the year, and the first of a month
no more than the month.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from interlock.graph.foreign.direct import WIKIDATA
from interlock.graph.foreign.kinds import is_company, take_statement
from interlock.graph.foreign.namespaces import PQ, PQV, PS, RDF_TYPE, WD, WDNO, WDT, WIKIBASE, P
from interlock.graph.foreign.naming import label_of
from interlock.graph.foreign.references import sources_of
from interlock.graph.foreign.ties import CHAIR, POSITION, Post, Tie
from interlock.graph.foreign.times import date_of, edtf_date, interval
from interlock.graph.foreign.view import View

_START, _END, _AT, _SHARE, _HELD, _OF = "P580", "P582", "P585", "P1107", "P39", "P642"
_CIRCUMSTANCES, _CIRCA = PQ + "P1480", WD + "Q5727902"
_DEPRECATED: Final = WIKIBASE + "DeprecatedRank"
_GREGORIAN: Final = WD + "Q1985727"
_LENGTHS: Final = {"11": 10, "10": 7, "9": 4}
"""Precision → how many characters of a date are known: the day, the month, the year."""
_DECADE: Final = "8"


def statements(view: View) -> Iterator[Tie]:
    """Relationships that statements say, once for each that is referred to as its source."""
    for number, reading in WIKIDATA.items():
        for subject in view.having(P + number):
            for statement in view.nodes(subject, P + number):
                for value in view.nodes(str(statement.value), PS + number):
                    ends = reading.ends(subject, str(value.value))
                    yield _tie(view, str(statement.value), reading.post, ends, reading.guess, value.by)


def positions_held(view: View) -> Iterator[Tie]:
    """Positions (P39) of which a qualifier says in what organization; of others it can't be said to whom they lead."""
    for subject in view.having(P + _HELD):
        for statement in (str(said.value) for said in view.peek(subject, P + _HELD)):
            for organization in view.nodes(statement, PQ + _OF):
                view.take(subject, P + _HELD)
                for position in view.nodes(statement, PS + _HELD):
                    title = label_of(view, str(position.value))
                    ends = (subject, str(organization.value))
                    yield _tie(view, statement, POSITION, ends, ("PERSON", "ORGANIZATION"), position.by, title)
                    if position in view.peek(subject, WDT + _HELD):
                        view.take(subject, WDT + _HELD)


def as_far_as_known(view: View, node: str, *predicates: str) -> str:
    """The date that one of these gives, the first that does; without its precision where it is a plain value of Wikidata's."""
    for predicate in predicates:
        if date := date_of(view, node, predicate):
            return _first_of_its_kind(date) if predicate.startswith(WDT) else date
    return ""


def _tie(view: View, node: str, post: Post, ends: tuple[str, str], guess: tuple[str, str], by: str, title: str = "") -> Tie:
    take_statement(view, node)
    retracted = any(said.value == _DEPRECATED for said in view.take(node, WIKIBASE + "rank"))
    about = "~" if any(said.value == _CIRCA for said in view.peek(node, _CIRCUMSTANCES)) else ""
    if about:
        view.take(node, _CIRCUMSTANCES)
    start, end, seen = (f"{date}{about}" if (date := _time(view, node, number)) else "" for number in (_START, _END, _AT))
    if not end and any(said.value == WDNO + _END for said in view.peek(node, RDF_TYPE)):
        view.take_types(node, WDNO + _END)
        end = ".."
    if post == CHAIR and not is_company(view, ends[1]):
        post, title = POSITION, "chairperson"
    said_by = (by,) if retracted else sources_of(view, node) or (by,)
    held = interval(view, node, start, end)
    observed = (seen,) if seen else ()
    return Tie(post, *ends, said_by, guess, node, title, held, observed, _share(view, node), retracted)


def _time(view: View, node: str, number: str) -> str:
    """The date that a qualifier gives; empty if it is not known."""
    plain = view.texts(node, PQ + number)
    for said in view.take(node, PQV + number):
        found = _exact(view, str(said.value))
        if found is not None:
            return found
    return next(filter(None, (_first_of_its_kind(edtf_date(view, node, literal)) for literal in plain)), "")


def _exact(view: View, value: str) -> str | None:
    """A time as far as its precision says, empty if that is a century or less; None if precision or our calendar are missing."""
    times = view.texts(value, WIKIBASE + "timeValue")
    precision = "".join(literal.value for literal in view.texts(value, WIKIBASE + "timePrecision"))
    calendars = {said.value for said in view.take(value, WIKIBASE + "timeCalendarModel")}
    view.take(value, WIKIBASE + "timeTimezone")
    view.take_types(value, WIKIBASE + "TimeValue")
    if not times or not precision or calendars - {_GREGORIAN}:
        return None
    date = edtf_date(view, value, times[0])
    if precision == _DECADE and date:
        return f"{date[:3]}X"
    if precision not in _LENGTHS:
        view.warn(value, f"has {times[0].value} of precision {precision}, a century or less: it is left out")
    return date[: _LENGTHS.get(precision, 0)]


def _first_of_its_kind(date: str) -> str:
    """A date whose precision isn't known, as far as it surely says something."""
    return (
        date.removesuffix("-01").removesuffix("-01") if date.endswith("-01-01") else date.removesuffix("-01") if len(date) == 10 else date
    )


def _share(view: View, node: str) -> str:
    """What part is owned, in percent."""
    found = view.texts(node, PQ + _SHARE)
    try:
        percent = round(100 * float(found[0].value), 6) if found else -1.0
    except ValueError:
        percent = -1.0
    if found and not 0 <= percent <= 100:
        view.warn(node, f"has {found[0].value[:40]!r} as a proportion (P1107), which is none: it is left out")
    return f"{percent:g}" if 0 <= percent <= 100 else ""
