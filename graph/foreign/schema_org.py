"""schema.org's relationships that have a thing of their own: roles, and what somebody owns from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from interlock.graph.foreign.direct import PROPERTIES
from interlock.graph.foreign.kinds import is_company
from interlock.graph.foreign.namespaces import SCHEMA, all_of
from interlock.graph.foreign.naming import LABELS, best_text
from interlock.graph.foreign.ties import POSITION, Post, Tie, post_called
from interlock.graph.foreign.times import between
from interlock.graph.foreign.view import Said, View

_OWNERSHIP, GOODS = SCHEMA + "OwnershipInfo", SCHEMA + "typeOfGood"
ROLES: Final = (*all_of(SCHEMA, "Role OrganizationRole EmployeeRole"), _OWNERSHIP)
_TITLES: Final = all_of(SCHEMA, "roleName namedPosition jobTitle")
_STARTS, _ENDS = all_of(SCHEMA, "startDate"), all_of(SCHEMA, "endDate")


def roles(view: View) -> frozenset[str]:
    """The things that stand between the two ends of a property."""
    return frozenset(view.typed(*ROLES))


def role_ties(view: View) -> Iterator[Tie]:
    """``ex:acme schema:member [ a schema:OrganizationRole ; schema:member ex:ann ; schema:roleName "Director" ]``."""
    waiting = roles(view)
    for predicate in PROPERTIES:
        for subject in view.having(predicate) if waiting else ():
            for said in view.nodes(subject, predicate):
                if said.value in waiting and subject not in waiting:
                    yield from _through(view, subject, predicate, said)


def _through(view: View, subject: str, predicate: str, said: Said) -> Iterator[Tie]:
    node, reading = str(said.value), PROPERTIES[predicate]
    owned = _OWNERSHIP in view.types(node)
    view.take_types(node, *ROLES)
    ends = [str(each.value) for each in view.nodes(node, GOODS if owned else predicate)]
    starts, stops = (all_of(SCHEMA, "ownedFrom"), all_of(SCHEMA, "ownedThrough")) if owned else (_STARTS, _ENDS)
    held = between(view, node, starts, stops)
    title = title_of(view, node)
    if not ends:
        view.warn(node, "is a role that leads to nobody: it is left out")
    for end in ends:
        source, target = reading.ends(subject, end)
        post = post_called([title], is_company(view, target), _if_titled(reading.post, title))
        yield Tie(post, source, target, (said.by,), reading.guess, node if len(ends) == 1 else "", title, held)


def title_of(view: View, node: str) -> str:
    """What a role is called: by a text, or by a thing that has a name."""
    said = view.take(node, *_TITLES)
    texts = [each.value for each in said if not isinstance(each.value, str)]
    named = [text for each in said if isinstance(each.value, str) for text in view.texts(each.value, *LABELS)]
    return best_text([*texts, *named])


def _if_titled(post: Post, title: str) -> Post:
    """A member with a title holds a post."""
    return POSITION if title and post.kind in ("ASSOCIATION", "POSITION") else post
