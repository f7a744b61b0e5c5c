"""W3C ORG's relationships that have a thing of their own: memberships, and posts with those who hold them (https://www.w3.org/TR/vocab-org/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from interlock.graph.foreign.kinds import is_board, is_company
from interlock.graph.foreign.namespaces import EBG, ORG, SCHEMA, SKOS, all_of, local_name
from interlock.graph.foreign.naming import LABELS, best_text, label_of
from interlock.graph.foreign.ties import MEMBER, POSITION, Tie, post_called
from interlock.graph.foreign.times import between, during
from interlock.graph.foreign.view import Said, View

_MEMBERSHIP, _POST, _ROLE = all_of(ORG, "Membership Post Role")
_TITLES: Final = (SCHEMA + "roleName", SCHEMA + "jobTitle", EBG + "rolePositionText", *LABELS)
_NAMELESS: Final = frozenset({"role", ""})


class Titles(NamedTuple):
    """What a post is called: the words for it, and those by which it is known too (the end of a role's IRI)."""

    title: str
    words: tuple[str, ...]


def memberships(view: View) -> Iterator[Tie]:
    """Every membership, once for each member and organization; who is a member without a role is no more than that."""
    members, holders = _inverse(view, ORG + "hasMembership"), view.having(ORG + "member", ORG + "organization", ORG + "memberDuring")
    for node in dict.fromkeys((*view.typed(_MEMBERSHIP), *holders)):
        people = [*view.nodes(node, ORG + "member"), *members.get(node, ())]
        organizations = view.nodes(node, ORG + "organization")
        view.take_types(node, _MEMBERSHIP)
        if not people or not organizations:
            view.warn(node, f"is a membership without org:{'organization' if people else 'member'}: it is left out")
        yield from _held_by(view, node, people, organizations, is_post=False)


def posts(view: View) -> Iterator[Tie]:
    """Every post, once for each who holds it."""
    holders, places = _inverse(view, ORG + "holds"), _inverse(view, ORG + "hasPost")
    nodes = (*view.typed(_POST), *view.having(ORG + "postIn", ORG + "heldBy"), *holders, *places)
    for node in dict.fromkeys(nodes):
        people = [*view.nodes(node, ORG + "heldBy"), *holders.get(node, ())]
        organizations = [*view.nodes(node, ORG + "postIn"), *places.get(node, ())]
        view.take_types(node, _POST)
        if not people or not organizations:
            view.warn(node, f"is a post {'in no organization' if people else 'that nobody holds'}: it is left out")
        yield from _held_by(view, node, people, organizations, is_post=True)


def _held_by(view: View, node: str, people: list[Said], organizations: list[Said], is_post: bool) -> Iterator[Tie]:
    titles = _titles(view, node)
    held = during(view, node, ORG + "memberDuring") or between(view, node, (SCHEMA + "startDate",), (SCHEMA + "endDate",))
    pairs = {(one.value, other.value): (one.by, other.by) for one in people for other in organizations}
    for (person, organization), said_by in pairs.items():
        target = str(organization)
        company = is_company(view, target) or is_board(view, target)
        post = post_called(titles.words, company, POSITION if titles.title or is_post else MEMBER)
        sources = tuple(dict.fromkeys(said_by))
        yield Tie(post, str(person), target, sources, node=node if len(pairs) == 1 else "", title=titles.title, during=held)


def _titles(view: View, node: str) -> Titles:
    """The title that it has itself comes first, then what its roles are called, by the alphabet."""
    own = best_text(view.texts(node, *_TITLES))
    roles = view.take(node, ORG + "role")
    called = sorted(_role_title(view, said.value) for said in roles)
    title = next(filter(None, (own, *(each.title for each in called))), "")
    return Titles(title, tuple(filter(None, (own, *(word for each in called for word in each.words)))))


def _role_title(view: View, role: str | ox.Literal) -> Titles:
    if not isinstance(role, str):
        return Titles(role.value, (role.value,))
    view.take_types(role, _ROLE, SKOS + "Concept")
    others = [literal.value for literal in view.texts(role, *LABELS)]
    label, local = label_of(view, role), local_name(role)
    named = local if local.casefold() not in _NAMELESS and not local.isdigit() else ""
    return Titles(label or named.replace("-", " "), (label, *sorted(others), named))


def _inverse(view: View, predicate: str) -> dict[str, list[Said]]:
    """Value → the subjects that have it."""
    found: dict[str, list[Said]] = {}
    for subject in view.having(predicate):
        for said in view.nodes(subject, predicate):
            found.setdefault(str(said.value), []).append(Said(subject, said.by))
    return found
