"""How well a value that somebody gives for a property agrees with what the graph has: 0 (not at all) to 1."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz

from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.folding import fold, joined, without_legal_form
from interlock.graph.model import Entity
from interlock.graph.properties import Value

_LIKE_ENOUGH: Final = 80.0
_COARSER: Final = 0.9
"""How well a date agrees with a finer one within it."""


def agreement(given: str, known: Value, scheme: str = "") -> float:
    """How well one value agrees with another; of identifiers, dates and entities in their own way, else as texts."""
    match known:
        case Entity():
            return max((like(given, name) for name in known.names), default=0.0) if given != known.id else 1.0
        case PartialDate():
            return _same_time(given, known)
        case _:
            return float(bare_identifier(given, scheme) == bare_identifier(known, scheme)) if scheme else like(given, known)


def like(given: str, known: str) -> float:
    """How like two texts are: the same but for case, accents and legal form, or spelt alike."""
    one, other = (joined(without_legal_form(fold(text))) for text in (given, known))
    if one == other:
        return 1.0 if one or given == known else 0.0
    return fuzz.ratio(one, other, score_cutoff=_LIKE_ENOUGH) / 100


def bare_identifier(text: str, scheme: str) -> str:
    """An identifier without its scheme, IRI and leading zeros: ``cik:0001326801`` → ``1326801``."""
    bare = text.strip().casefold().removeprefix(f"{scheme}:")
    bare = bare.rpartition("=" if scheme == "cik" else "/")[2] if "://" in bare else bare
    return bare.lstrip("0") if bare.isdecimal() else bare


def _same_time(given: str, known: PartialDate) -> float:
    try:
        date = parse_date(given.strip().partition("T")[0])
    except BadInput:
        return 0.0
    if date.text == known.text:
        return 1.0
    within = date.first <= known.first and known.last <= date.last
    around = known.first <= date.first and date.last <= known.last
    return _COARSER if within or around else 0.0
