"""What the claims about a relationship add up to.

The rule, in order:

1. Its last word is DISMISSED or RETRACTED (a court threw it out, a source took it back, and no later claim supports it again): that.
2. No claim supports it: DISPUTED.
3. Its strongest supporting claim is CONFIRMED: CONFIRMED, whoever denies it.
4. A claim contradicts it: DISPUTED.
5. Otherwise the status of its strongest supporting claim.

A claim's day is when it was made, else when its source was published. Where days can't be told apart (a date is missing, or two partial
dates overlap), a dismissal or retraction counts as the later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from interlock.graph.dates import PartialDate
from interlock.graph.model import Claim, Source, Stance, Status

_LAST_WORDS = (Status.RETRACTED, Status.DISMISSED)


def derive_status(claims: Sequence[Claim], sources: Mapping[str, Source]) -> Status:
    """The status of a relationship with these claims."""
    final = [claim for claim in claims if claim.status in _LAST_WORDS]
    supporting = [claim for claim in claims if claim.stance is Stance.SUPPORTS and claim.status not in _LAST_WORDS]
    standing = [word for word in final if not any(_after(claim, word, sources) for claim in supporting)]
    if standing:
        return max((word.status for word in standing), key=lambda status: status.rank)
    if not supporting:
        return Status.DISPUTED
    strongest = min((claim.status for claim in supporting), key=lambda status: status.rank)
    contradicted = any(claim.stance is Stance.CONTRADICTS for claim in claims if claim not in final)
    return Status.DISPUTED if contradicted and strongest is not Status.CONFIRMED else strongest


def independent_sources(sources: Iterable[Source]) -> int:
    """How many of these sources don't repeat one another: same publisher, or one declared to derive from another, count once.

    Two sources that both derive from a third count once too, whether or not the third is among them.
    """
    roots: dict[str, str] = {}

    def root(key: str) -> str:
        while roots.setdefault(key, key) != key:
            key = roots[key]
        return key

    members = list(sources)
    for source in members:
        for key in (*source.derived_from, f"publisher:{source.publisher.casefold()}" if source.publisher else source.id):
            roots[root(key)] = root(source.id)
    return len({root(source.id) for source in members})


def _after(claim: Claim, word: Claim, sources: Mapping[str, Source]) -> bool:
    """Was the claim surely made after the last word?"""
    made, spoken = _day(claim, sources), _day(word, sources)
    return made is not None and spoken is not None and made.first > spoken.last


def _day(claim: Claim, sources: Mapping[str, Source]) -> PartialDate | None:
    return claim.made or sources[claim.source].published
