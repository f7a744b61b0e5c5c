"""Relationships as the readers of vocabularies find them, before sources and classes have been sorted out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

Phrase = tuple[str, str]
"""How a relationship reads from its source to its target, and back."""

PART_OF: Final[Phrase] = ("was a part of", "had as a part")
MEMBER_OF: Final[Phrase] = ("was a member of", "had as a member")


class Post(NamedTuple):
    """What somebody is in a relationship: its kind, our role for that, and the phrase where there is no role."""

    kind: str
    role: str = ""
    phrase: Phrase | None = None


class Tie(NamedTuple):
    """Who, to whom, as what, when, by whose word.

    ``source`` and ``target`` are IRIs, ``guess`` the kinds of entity that they are if nothing else says so. ``node`` is the resource that
    says it, where that speaks of this relationship only. ``during`` is EDTF; ``observed`` are days on which it was so, ``share`` is in
    percent. What is ``retracted`` was taken back by ``said_by``.
    """

    post: Post
    source: str
    target: str
    said_by: tuple[str, ...]
    guess: tuple[str, str] = ("PERSON", "ORGANIZATION")
    node: str = ""
    title: str = ""
    during: str = ""
    observed: tuple[str, ...] = ()
    share: str = ""
    retracted: bool = False


DIRECTOR: Final = Post("BOARD_SEAT", "director")
CHAIR: Final = Post("BOARD_SEAT", "chair")
POSITION: Final = Post("POSITION")
MEMBER: Final = Post("ASSOCIATION", phrase=MEMBER_OF)

_TITLES: Final[dict[str, Post]] = {
    **dict.fromkeys(
        ("board member", "member of the board", "member of the board of directors", "board director", "non-executive director",
         "nonexecutive director", "independent director", "independent non-executive director", "director of the board", "consigliere"),
        DIRECTOR,
    ),
    **dict.fromkeys(("chair of the board", "chairman of the board", "chairwoman of the board", "chairperson of the board",
                     "chair of the board of directors", "chairman of the board of directors"), CHAIR),
    **dict.fromkeys(("executive chair", "executive chairman"), Post("BOARD_SEAT", "executive-chair")),
    **dict.fromkeys(("lead independent director",), Post("BOARD_SEAT", "lead-independent-director")),
    **dict.fromkeys(("ceo", "chief executive officer", "chief executive"), Post("POSITION", "chief-executive-officer")),
    **dict.fromkeys(("coo", "chief operating officer"), Post("POSITION", "chief-operating-officer")),
    **dict.fromkeys(("cfo", "chief financial officer"), Post("POSITION", "chief-financial-officer")),
    **dict.fromkeys(("cto", "chief technology officer"), Post("POSITION", "chief-technology-officer")),
    **dict.fromkeys(("general counsel",), Post("POSITION", "general-counsel")),
    **dict.fromkeys(("president",), Post("POSITION", "president")),
    **dict.fromkeys(("partner",), Post("POSITION", "partner")),
    **dict.fromkeys(("executive", "executive officer"), Post("POSITION", "executive")),
    **dict.fromkeys(("employee",), Post("POSITION", "employee")),
    **dict.fromkeys(("founder",), Post("FOUNDING", "founder")),
    **dict.fromkeys(("co-founder", "cofounder"), Post("FOUNDING", "co-founder")),
}  # fmt: skip
"""A title in small letters → the post that it surely names. "Director" alone is a seat on the board of a company only."""
_OF_COMPANIES: Final = {
    "director": DIRECTOR, "company director": DIRECTOR,
    "chair": CHAIR, "chairman": CHAIR, "chairwoman": CHAIR, "chairperson": CHAIR,
}  # fmt: skip


def post_called(titles: Iterable[str], company: bool, otherwise: Post = POSITION) -> Post:
    """The post that one of these titles names, of a company or of another organization."""
    for title in titles:
        words = " ".join(title.replace("_", " ").split()).casefold()
        for known in (_TITLES, _OF_COMPANIES if company else {}):
            post = known.get(words) or known.get(words.replace("-", " "))
            if post is not None:
                return post
    return otherwise
