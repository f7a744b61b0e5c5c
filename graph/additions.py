"""What may follow a question: each addition takes itself off the end, and becomes a condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from interlock.graph.dates import PartialDate, iso_day, parse_date, today
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter
from interlock.graph.model import EntityKind, Status
from interlock.graph.names import Names
from interlock.graph.question import MAX_HOPS

EXAMPLES: Final = (
    "in 2015", "in June 2011", "on 2012-10-09", "before 2012", "after 2012", "since 2019", "until 2014", "between 2011 and 2014", "today",
    "ignoring lawsuits", "without Microsoft", "via Reed Hastings", "on the record only", "at the same time", "within 3 hops",
)  # fmt: skip
"""What may follow a question, in any number and order."""


@dataclass(frozen=True)
class Reading:
    """A question of which some additions have been taken off: what is left, and what they said."""

    text: str
    conditions: PathFilter = field(default_factory=PathFilter)
    max_hops: int = 6
    said: tuple[str, ...] = ()

    def ties(self, said: str, **changes: object) -> Reading:
        """With a condition on relationships added."""
        return self.paths(said, relationships=replace(self.conditions.relationships, **changes))  # type: ignore[arg-type]

    def paths(self, said: str, **changes: object) -> Reading:
        """With a condition on paths added."""
        return replace(self, conditions=replace(self.conditions, **changes), said=(said, *self.said))  # type: ignore[arg-type]

    def dated(self, said: str, **changes: object) -> Reading:
        """With a time added; a second one is refused rather than put in place of the first."""
        if self.conditions.relationships.window is not None:
            raise BadInput(f"The question names two times; one of them is {said!r}. Name one only.")
        return self.ties(said, **changes)


Apply = Callable[[Reading, re.Match[str], Names], Reading]
"""What an addition does: to the question without it, by what it says, with the names that there are."""

_MONTHS: Final = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTH: Final = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS) + ")"
_DATE: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|{_MONTH},?\s+\d{{4}}|-?\d{{4}}(?:-\d\d){{0,2}}[~?%]?)"
)
_KIND_WORDS: Final = {
    "people": "PERSON", "persons": "PERSON", "companies": "COMPANY", "organizations": "ORGANIZATION", "organisations": "ORGANIZATION",
    "products": "PRODUCT", "agreements": "AGREEMENT", "deals": "AGREEMENT", "contracts": "AGREEMENT", "lawsuits": "LAWSUIT",
    "litigation": "LAWSUIT", "suits": "LAWSUIT", "regulatory actions": "REGULATORY_ACTION", "regulators' actions": "REGULATORY_ACTION",
    "fines": "REGULATORY_ACTION", "events": "EVENT",
}  # fmt: skip
_NUMBERS: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER: Final = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"


def take_off(reading: Reading, names: Names) -> Iterator[Reading]:
    """The question as it is, then with its last addition taken off, then with the last two …"""
    while True:
        yield reading
        for pattern, apply in _ADDITIONS:
            match = pattern.fullmatch(reading.text)
            if match is not None:
                reading = apply(replace(reading, text=match["rest"]), match, names)
                break
        else:
            return


def read_date(text: str) -> str:
    """A date as people write it, in EDTF: ``22 June 2011`` → ``2011-06-22``."""
    words = re.sub(r"[,.]|\bof\b|(?<=\d)(?:st|nd|rd|th)\b", " ", text, flags=re.IGNORECASE).split()
    months = [number for word in words for number, month in enumerate(_MONTHS, 1) if word.casefold() in (month, month[:3])]
    if not months:
        return text
    numbers = sorted((word for word in words if word.isdigit()), key=len)
    day = f"-{int(numbers[0]):02}" if len(numbers) == 2 else ""
    return f"{numbers[-1]}-{months[0]:02}{day}"


def _in(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    date = parse_date(read_date(match["date"]))
    return reading.dated(f"as of {date}", as_of=date)


def _today(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    return reading.dated(f"as of today, {today()}", as_of=today())


def _time(said: str, during: Callable[[PartialDate], str]) -> Apply:
    """An addition that names one date, and means an interval by it."""

    def apply(reading: Reading, match: re.Match[str], names: Names) -> Reading:
        date = parse_date(read_date(match["date"]))
        return reading.dated(f"at some time {said} {date}", during=during(date))

    return apply


def _between(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    first, last = parse_date(read_date(match["date"])), parse_date(read_date(match["to"]))
    return reading.dated(f"at some time from {first} to {last}", during=f"{first}/{last}")


def _without(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    """Leave out a kind of entity, what is merely alleged, or one entity."""
    whole = match["what"]
    for what in [whole] if names.knows(whole) else re.split(r"\s*(?:,|\band\b|\bor\b)\s*", whole):
        word = what.casefold()
        if word in ("allegations", "claims"):
            reading = reading.ties("without what is merely alleged", min_status=Status.REPORTED)
        elif word in _KIND_WORDS:
            kinds = reading.conditions.exclude_entity_kinds | {EntityKind(_KIND_WORDS[word])}
            reading = reading.paths(f"not through {word}", exclude_entity_kinds=kinds)
        elif word:
            entity = names.resolve(what)
            reading = reading.paths(f"not through {entity.name}", avoid=reading.conditions.avoid | {entity.id})
    return reading


def _via(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    entity = names.resolve(match["what"])
    return reading.paths(f"by way of {entity.name}", must_pass=reading.conditions.must_pass | {entity.id})


def _on_the_record(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    return reading.ties("only by what is CONFIRMED", min_status=Status.CONFIRMED)


def _at_one_time(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    return reading.paths("with all hops held at one time", held_together=True)


def _within(reading: Reading, match: re.Match[str], names: Names) -> Reading:
    word = match["number"].casefold()
    hops = _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)
    if not 1 <= hops <= MAX_HOPS:
        raise BadInput(f"The question asks for paths within {hops} hops; it must be between 1 and {MAX_HOPS}.")
    return replace(reading, max_hops=hops)


_ADDITIONS: Final[tuple[tuple[re.Pattern[str], Apply], ...]] = tuple(
    (re.compile(rf"(?P<rest>.+?),?\s+{pattern}", re.IGNORECASE), apply)
    for pattern, apply in (
        (rf"(?:between|from)\s+(?P<date>{_DATE})\s+(?:and|to|until|till|through)\s+(?P<to>{_DATE})", _between),
        (r"(?:in|during|over)\s+(?P<date>\d{4})\s*[-–—/]\s*(?P<to>\d{4})", _between),
        (rf"(?:back\s+)?(?:in|on|as\s+of|at|during)\s+(?:the\s+year\s+)?(?P<date>{_DATE})", _in),
        (rf"before\s+(?P<date>{_DATE})", _time("before", lambda date: f"../{iso_day(date.first - 1)}")),
        (rf"after\s+(?P<date>{_DATE})", _time("after", lambda date: f"{iso_day(date.last + 1)}/..")),
        (rf"(?:since|from)\s+(?P<date>{_DATE})(?:\s+onwards?)?", _time("since", lambda date: f"{date}/..")),
        (rf"(?:until|till|up\s+to)\s+(?P<date>{_DATE})", _time("until", lambda date: f"../{date}")),
        (r"(?:as\s+of\s+)?(?:today|now|currently|right\s+now|at\s+present|these\s+days)", _today),
        (r"(?:(?:only\s+)?on\s+(?:the\s+)?record(?:\s+only)?|confirmed\s+only|only\s+confirmed)", _on_the_record),
        (r"(?:at\s+(?:the\s+same|one)\s+time|simultaneously)", _at_one_time),
        (rf"(?:with)?in\s+(?:at\s+most\s+|up\s+to\s+|no\s+more\s+than\s+)?(?P<number>{_NUMBER})\s+(?:hops?|steps?)", _within),
        (r"(?:ignoring|excluding|without|except(?:\s+for)?|leaving\s+out|not\s+counting)\s+(?:any\s+|all\s+)?(?P<what>.+)", _without),
        (r"(?:via|through|by\s+way\s+of)\s+(?P<what>.+)", _via),
    )
)  # fmt: skip
"""How an addition is written → what it does. Those that end in a name come last: they would swallow the others."""
