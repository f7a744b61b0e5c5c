"""Names of things: which of many labels is the name, and which are aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from interlock.graph.foreign.namespaces import DC, DCTERMS, FOAF, PERSON, RDFS, ROV, SCHEMA, SKOS, VCARD, all_of, local_name

if TYPE_CHECKING:
    from interlock.graph.foreign.view import View

LABELS: Final = (
    SCHEMA + "name", SKOS + "prefLabel", RDFS + "label", FOAF + "name", VCARD + "fn", ROV + "legalName", SCHEMA + "legalName",
    PERSON + "birthName", DCTERMS + "title", DC + "title",
)  # fmt: skip
"""Properties that give a name, the first ones first among names of one language."""
OTHER_LABELS: Final = (SKOS + "altLabel", SCHEMA + "alternateName", FOAF + "nick", DCTERMS + "alternative")
_GIVEN: Final = (*all_of(SCHEMA, "givenName"), *all_of(FOAF, "givenName firstName givenname"))
_FAMILY: Final = (*all_of(SCHEMA, "familyName"), *all_of(FOAF, "familyName lastName surname family_name"))
_SOUNDS_LIKE_A_LABEL: Final = frozenset({"label", "name"})
_LONGEST: Final = 1000
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
"""Control characters, those that turn the direction of writing among them."""


def clean(text: str) -> str:
    """A text in one line, without characters that nobody sees."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def best_first(literals: Iterable[ox.Literal]) -> list[ox.Literal]:
    """In English, then in no language, then in the others by their codes; those of one language as they come."""
    return sorted(literals, key=lambda literal: _rank(literal.language))


def best_text(literals: Iterable[ox.Literal]) -> str:
    """The first of these texts; of one language, the first by the alphabet; empty if there is none."""
    ordered = sorted(literals, key=lambda literal: (*_rank(literal.language), literal.value))
    return next(filter(None, (clean(literal.value) for literal in ordered)), "")


def name_and_aliases(view: View, subject: str) -> tuple[str, tuple[str, ...]]:
    """The name of a thing and its other ones; one without any is called like the end of its IRI, and that is a warning."""
    said = view.said.get(subject, {})
    labels = [literal for predicate in LABELS if predicate in said for literal in _sorted(view.texts(subject, predicate))]
    others = _sorted(view.texts(subject, *OTHER_LABELS))
    if not labels:
        labels = _in_parts(view, subject) or _like_labels(view, subject)
    names = [clean(literal.value) for literal in (*best_first(labels), *others)]
    too_long = [name for name in names if len(name) > _LONGEST]
    if too_long:
        view.warn(subject, f"has a name of {len(too_long[0]):,} characters; one of more than {_LONGEST:,} is left out")
    names = list(dict.fromkeys(name for name in names if 0 < len(name) <= _LONGEST))
    if not names:
        names = [clean(local_name(subject)) or subject]
        why = "has no name" if subject in view.said else "is spoken of and not described"
        view.warn(subject, f"{why}: it is called {names[0]!r}, like the end of its IRI")
    return names[0], tuple(names[1:])


def first_label(view: View, subject: str) -> str:
    """A name to tell a subject by, without taking it."""
    found = [said.value for said in view.peek(subject, *LABELS) if isinstance(said.value, ox.Literal)]
    return best_text(found)[:80]


def label_of(view: View, subject: str) -> str:
    """The best label of something that is no entity, such as a role; empty if it has none."""
    return best_text(view.texts(subject, *LABELS))


def _rank(language: str | None) -> tuple[int, str]:
    code = (language or "").casefold()
    return (0 if code == "en" else 1 if code.startswith("en-") else 2 if not code else 3), code


def _sorted(literals: Iterable[ox.Literal]) -> list[ox.Literal]:
    return sorted(literals, key=lambda literal: (*_rank(literal.language), literal.value))


def _in_parts(view: View, subject: str) -> list[ox.Literal]:
    """Given and family name as one."""
    given, family = best_text(view.texts(subject, *_GIVEN)), best_text(view.texts(subject, *_FAMILY))
    return [ox.Literal(f"{given} {family}".strip())] if given or family else []


def _like_labels(view: View, subject: str) -> list[ox.Literal]:
    """What properties say that are called label or name in a vocabulary that isn't known."""
    called = [predicate for predicate in view.said.get(subject, {}) if local_name(predicate) in _SOUNDS_LIKE_A_LABEL]
    return _sorted(view.texts(subject, *sorted(called)))
