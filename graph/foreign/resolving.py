"""Ties once all of them are known: which of their ends are boards, of what kind the others are, and what is told twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from interlock.graph.errors import BadInput
from interlock.graph.foreign.kinds import entities, is_board, kind_of
from interlock.graph.foreign.namespaces import shorten
from interlock.graph.foreign.ties import DIRECTOR, MEMBER, MEMBER_OF, PART_OF, POSITION, Phrase, Post, Tie
from interlock.graph.foreign.view import View
from interlock.graph.intervals import parse_interval
from interlock.graph.model import ENDS, EntityKind, RelationshipKind

_ON_BOARD: Final = frozenset({MEMBER, POSITION, Post("POSITION", "employee")})
_BARE: Final = _ON_BOARD | {DIRECTOR}
_WITHOUT_ROLE: Final[dict[str, Phrase]] = {
    "FOUNDING": ("founded", "was founded by"),
    "OWNERSHIP": ("held a stake in", "was partly owned by"),
    "INVESTMENT": ("invested in", "had as an investor"),
    "PERSONAL": ("had a personal tie to", "had a personal tie to"),
}


def boards_of(view: View, ties: Iterable[Tie]) -> dict[str, str]:
    """Board → the organization whose unit it is, by its name; one for each organization."""
    found: dict[str, str] = {}
    for tie in sorted(ties, key=lambda each: (each.source, each.target)):
        if tie.post.phrase == PART_OF and is_board(view, tie.source) and tie.target not in found.values() and tie.source not in found:
            found[tie.source] = tie.target
    return found


def on_companies(ties: Iterable[Tie], boards: Mapping[str, str]) -> list[Tie]:
    """Seats lead to the company, not to its board, and a board's being a part of it is no relationship."""
    found = []
    for tie in ties:
        if tie.target in boards:
            post = DIRECTOR if tie.post in _ON_BOARD else tie.post
            found.append(tie._replace(post=post, target=boards[tie.target]))
        elif tie.source not in boards:
            found.append(tie)
    return found


def kinds_of(view: View, ties: Iterable[Tie]) -> dict[str, str]:
    """Every entity → its kind: by its classes, else by what only one kind can be, else by what is likely."""
    found = {node: kind for node in entities(view) if (kind := kind_of(view, node))}
    likely: dict[str, str] = {}
    for tie in ties:
        ends = ENDS[RelationshipKind(tie.post.kind)]
        for node, allowed, guess in zip((tie.source, tie.target), ends, tie.guess, strict=True):
            if node in found:
                continue
            if allowed == {EntityKind.PERSON} and kind_of(view, node) == "":
                likely[node] = "PERSON"
            else:
                likely.setdefault(node, kind_of(view, node) or guess)
    return found | likely


def fitting(view: View, ties: Iterable[Tie], kinds: Mapping[str, str]) -> list[Tie]:
    """Ties whose ends are of kinds that theirs allows; a company that is a director, say, is associated."""
    found = []
    for tie in ties:
        source, target = (EntityKind(kinds[node]) for node in (tie.source, tie.target))
        sources, targets = ENDS[RelationshipKind(tie.post.kind)]
        if tie.source == tie.target:
            view.warn(tie.source, "has a relationship with itself, which is left out")
        elif source in sources and target in targets:
            found.append(tie)
        else:
            found.append(tie._replace(post=Post("ASSOCIATION", phrase=_WITHOUT_ROLE.get(tie.post.kind, MEMBER_OF))))
    return found


def told_once(ties: Iterable[Tie]) -> list[Tie]:
    """Equal ties as one that is said by all of their sources; a bare seat, post or membership only where nothing says more of the same."""
    merged: dict[Tie, dict[str, None]] = {}
    for tie in ties:
        merged.setdefault(tie._replace(said_by=(), guess=("", "")), {}).update(dict.fromkeys(tie.said_by))
    more = {(what, tie.source, tie.target) for tie in merged for what in _says_more(tie)}
    kept = (tie for tie in merged if not _is_bare(tie) or (tie.post.kind, tie.source, tie.target) not in more)
    return [tie._replace(said_by=tuple(sorted(merged[tie]))) for tie in kept]


def outlived(view: View, ties: Iterable[Tie], person: str, life: str) -> bool:
    """Does one of these begin after that life ended? Then one of the two dates is wrong, and that is a warning."""
    for tie in ties:
        try:
            if tie.source == person and tie.during:
                parse_interval(tie.during).within(parse_interval(life))
        except BadInput:
            view.warn(
                person, f"died ({life}) before what is said of {shorten(tie.target)} began ({tie.during}): the day of death is left out"
            )
            return True
    return False


def _says_more(tie: Tie) -> tuple[str, ...]:
    """Of which kinds bare ties of the same two need not be told beside this one; mere membership beside no seat or post at all."""
    if tie.post.kind in ("BOARD_SEAT", "POSITION"):
        return (MEMBER.kind,) if _is_bare(tie) else (MEMBER.kind, tie.post.kind)
    return (MEMBER.kind,) if tie.post == MEMBER and not _is_bare(tie) else ()


def _is_bare(tie: Tie) -> bool:
    """Is it a membership, a seat or a post of which nothing more is said?"""
    return tie.post in _BARE and not (tie.title or tie.during or tie.observed or tie.node or tie.retracted)
