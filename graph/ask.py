"""Questions in plain English, by a small grammar and no model; what it doesn't understand it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from interlock.graph.additions import EXAMPLES, Reading, take_off
from interlock.graph.errors import AmbiguousEntity, QuestionError, UnknownEntity
from interlock.graph.model import Entity, EntityKind
from interlock.graph.names import Names
from interlock.graph.question import PathQuestion

FORMS: Final = (
    "How is X connected to Y?",
    "How are X and Y connected?",
    "What connects X and Y?",
    "Is X connected to Y?",
    "Who connects X and Y?",
    "Who links X to Y's board?",
    "What is the connection between X and Y?",
    "How does X relate to Y?",
)
"""The questions that are understood; "related", "linked" and "tied" do as well as "connected"."""


@dataclass(frozen=True)
class Understood:
    """What a question was taken to be."""

    question: PathQuestion
    interpretation: str


_CONNECTED: Final = r"(?:connected|related|linked|tied|associated)"
_CONNECT: Final = r"(?:connect|relate|link|tie)"
_CONNECTION: Final = r"(?:connections?|relationships?|relations?|links?|ties?|paths?)"
_JOINS: Final = r"(?:connects?|links?|relates?|ties?|joins?)"
_QUESTIONS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"how\s+(?:is|are|was|were)\s+(?P<both>.+?)\s+{_CONNECTED}(?:\s+(?:to|with)\s+(?:each\s+other|one\s+another))?",
        rf"how\s+(?:is|are|was|were)\s+(?P<pair>.+\s+{_CONNECTED}\s+(?:to|with|and)\s+.+)",
        rf"what\s+(?:{_JOINS})\s+(?P<joined>.+)",
        rf"(?:is|are|was|were)\s+(?P<pair>.+\s+{_CONNECTED}\s+(?:to|with|and)\s+.+)",
        rf"(?:is|are|was|were)\s+(?P<both>.+?)\s+{_CONNECTED}(?:\s+(?:to|with)\s+(?:each\s+other|one\s+another))?",
        rf"who\s+(?:{_JOINS})\s+(?P<people>.+)",
        rf"(?:what|which|is|are|was|were)\s+(?:is|are|was|were|there)?\s*(?:the|an?|any)?\s*{_CONNECTION}\s+between\s+(?P<joined>.+)",
        rf"how\s+(?:do|does|did)\s+(?P<pair>.+\s+{_CONNECT}\s+(?:to|with)\s+.+)",
        rf"how\s+(?:do|does|did)\s+(?P<both>.+?)\s+{_CONNECT}(?:\s+(?:to|with)\s+(?:each\s+other|one\s+another))?",
    )
)


def understand(text: str, names: Names) -> Understood | None:
    """Read a question; None if it isn't one that the grammar knows.

    Raises ``UnknownEntity`` or ``AmbiguousEntity`` where it is one, but names something that isn't, or isn't clearly, in the graph.
    """
    core = re.sub(r"\s+", " ", text).strip().rstrip("?!. ").strip()
    core = re.sub(r"^(how|what|who)['’]s\b", r"\1 is", core, flags=re.IGNORECASE)
    failed: QuestionError | None = None
    for reading in reversed(list(take_off(Reading(_turned(core)), names))):
        for pattern in _QUESTIONS:
            match = pattern.fullmatch(reading.text)
            if match is None:
                continue
            try:
                return _understood(reading, *_ends(match, names), by_people=bool(match.groupdict().get("people")))
            except (UnknownEntity, AmbiguousEntity) as error:
                failed = failed or error
    if failed is not None:
        raise failed
    return None


def not_understood() -> str:
    """What is understood, for a question that wasn't."""
    return f"Not understood. Ask like this: {' '.join(FORMS)} Each may end with: {', '.join(EXAMPLES)}."


def _turned(text: str) -> str:
    """ "In 2015, how is X connected to Y" with the addition at its end."""
    match = re.fullmatch(r"(?P<addition>[^,]+),\s+(?P<question>(?:how|what|who|is|are|was|were)\s.+)", text, re.IGNORECASE)
    return f"{match['question']} {match['addition']}" if match else text


def _ends(match: re.Match[str], names: Names) -> tuple[Entity, Entity]:
    """The two that are asked about: of all places where the text can be split, the first at which both sides name somebody."""
    groups = match.groupdict()
    text = next(text for text in groups.values() if text)
    joint = rf"\s+(?:{_CONNECTED}|{_CONNECT})\s+(?:to|with|and)\s+" if groups.get("pair") else r"\s+(?:and|to|with|&)\s+"
    splits = [(text[: place.start()], text[place.end() :]) for place in re.finditer(joint, text, re.IGNORECASE)]
    for left, right in splits:
        start, end = names.meant(left), names.meant(right)
        if start and end:
            return start, end
    if not splits:
        raise UnknownEntity(f'{text!r} names one end of a path; name two, joined by "and" or "to".', [])
    return names.resolve(splits[0][0]), names.resolve(splits[0][1])  # which says what is wrong with the first


def _understood(reading: Reading, start: Entity, end: Entity, by_people: bool) -> Understood:
    if by_people:
        reading = reading.paths("through people only", entity_kinds=frozenset({EntityKind.PERSON}))
    question = PathQuestion(start, end, reading.conditions, max_hops=reading.max_hops)
    said = "".join(f", {condition}" for condition in reading.said)
    hops = f"within {reading.max_hops} hop{'s' if reading.max_hops > 1 else ''}"
    return Understood(question, f"Paths from {_described(start)} to {_described(end)}{said}, {hops}.")


def _described(entity: Entity) -> str:
    return f"{entity.name} ({entity.kind.value.lower().replace('_', ' ')})"
