"""Relationships that one statement says: ``ex:ann schema:worksFor ex:acme``. Nothing is known of their dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from interlock.graph.foreign.kinds import is_company
from interlock.graph.foreign.namespaces import FOAF, ORG, PS, SCHEMA, WDT, P
from interlock.graph.foreign.naming import clean
from interlock.graph.foreign.ties import CHAIR, DIRECTOR, MEMBER, PART_OF, Post, Tie, post_called
from interlock.graph.foreign.view import View

WORKS_FOR, JOB_TITLE = SCHEMA + "worksFor", SCHEMA + "jobTitle"
ORGANIZATIONS: Final = ("ORGANIZATION", "ORGANIZATION")
PEOPLE: Final = ("PERSON", "PERSON")


@dataclass(frozen=True)
class Reading:
    """What a property says: ``post`` and the likely kinds of the ends; ``forward`` if its subject is where the relationship begins."""

    post: Post
    forward: bool = True
    guess: tuple[str, str] = ("PERSON", "ORGANIZATION")

    def ends(self, subject: str, value: str) -> tuple[str, str]:
        """Source and target."""
        return (subject, value) if self.forward else (value, subject)


_PART: Final = Post("ASSOCIATION", phrase=PART_OF)
_FOUNDER, _EMPLOYEE = Post("FOUNDING", "founder"), Post("POSITION", "employee")
_OWNER, _PARENT = Post("OWNERSHIP"), Post("OWNERSHIP", "subsidiary")
_HEAD, _SIBLING = Post("POSITION", "head"), Post("PERSONAL", "sibling")
_SPOUSE: Final = Post("PERSONAL", phrase=("was married to", "was married to"))
_CHILD: Final = Post("PERSONAL", phrase=("was a child of", "was a parent of"))
_AFFILIATE: Final = Post("ASSOCIATION", phrase=("was affiliated with", "was affiliated with"))
_ALUMNUS: Final = Post("ASSOCIATION", phrase=("studied at", "had as a student"))
_LINKED: Final = Post("ASSOCIATION", phrase=("was linked to", "was linked to"))
_SPONSOR: Final = Post("ASSOCIATION", phrase=("supported", "was supported by"))

PROPERTIES: Final[dict[str, Reading]] = {
    ORG + "memberOf": Reading(MEMBER),
    ORG + "hasMember": Reading(MEMBER, forward=False),
    ORG + "headOf": Reading(_HEAD),
    ORG + "unitOf": Reading(_PART, guess=ORGANIZATIONS),
    ORG + "hasUnit": Reading(_PART, forward=False, guess=ORGANIZATIONS),
    ORG + "subOrganizationOf": Reading(_PART, guess=ORGANIZATIONS),
    ORG + "hasSubOrganization": Reading(_PART, forward=False, guess=ORGANIZATIONS),
    ORG + "linkedTo": Reading(_LINKED, guess=ORGANIZATIONS),
    FOAF + "member": Reading(MEMBER, forward=False),
    SCHEMA + "worksFor": Reading(_EMPLOYEE),
    SCHEMA + "employee": Reading(_EMPLOYEE, forward=False),
    SCHEMA + "employees": Reading(_EMPLOYEE, forward=False),
    SCHEMA + "founder": Reading(_FOUNDER, forward=False),
    SCHEMA + "founders": Reading(_FOUNDER, forward=False),
    SCHEMA + "memberOf": Reading(MEMBER),
    SCHEMA + "member": Reading(MEMBER, forward=False),
    SCHEMA + "members": Reading(MEMBER, forward=False),
    SCHEMA + "affiliation": Reading(_AFFILIATE),
    SCHEMA + "alumniOf": Reading(_ALUMNUS),
    SCHEMA + "alumni": Reading(_ALUMNUS, forward=False),
    SCHEMA + "parentOrganization": Reading(_PART, guess=ORGANIZATIONS),
    SCHEMA + "subOrganization": Reading(_PART, forward=False, guess=ORGANIZATIONS),
    SCHEMA + "department": Reading(_PART, forward=False, guess=ORGANIZATIONS),
    SCHEMA + "owns": Reading(_OWNER),
    SCHEMA + "sponsor": Reading(_SPONSOR, forward=False, guess=ORGANIZATIONS),
    SCHEMA + "funder": Reading(_SPONSOR, forward=False, guess=ORGANIZATIONS),
    SCHEMA + "spouse": Reading(_SPOUSE, guess=PEOPLE),
    SCHEMA + "sibling": Reading(_SIBLING, guess=PEOPLE),
    SCHEMA + "parent": Reading(_CHILD, guess=PEOPLE),
    SCHEMA + "children": Reading(_CHILD, forward=False, guess=PEOPLE),
}
"""Property → what it says. ``foaf:knows`` is not among them: who knows whom is no relationship that anybody could look up."""

WIKIDATA: Final[dict[str, Reading]] = {
    "P3320": Reading(DIRECTOR, forward=False),  # board member
    "P488": Reading(CHAIR, forward=False),  # chairperson; of what is no company a post
    "P169": Reading(Post("POSITION", "chief-executive-officer"), forward=False),
    "P1037": Reading(_HEAD, forward=False),  # director or manager
    "P112": Reading(_FOUNDER, forward=False),
    "P127": Reading(_OWNER, forward=False, guess=ORGANIZATIONS),
    "P1830": Reading(_OWNER, guess=ORGANIZATIONS),  # owner of
    "P749": Reading(_PARENT, forward=False, guess=ORGANIZATIONS),  # parent organization
    "P355": Reading(_PARENT, guess=ORGANIZATIONS),  # has subsidiary
    "P108": Reading(_EMPLOYEE),  # employer
    "P463": Reading(MEMBER),
    "P1951": Reading(Post("INVESTMENT"), forward=False, guess=ORGANIZATIONS),  # investor
    "P26": Reading(_SPOUSE, guess=PEOPLE),
    "P3373": Reading(_SIBLING, guess=PEOPLE),
    "P40": Reading(_CHILD, forward=False, guess=PEOPLE),
    "P22": Reading(_CHILD, guess=PEOPLE),  # father
    "P25": Reading(_CHILD, guess=PEOPLE),  # mother
}
"""Wikidata's properties of items (https://www.wikidata.org/wiki/Property:P3320)."""


def direct_ties(view: View, roles: frozenset[str]) -> Iterator[Tie]:
    """All such relationships; ``roles`` stand between the two ends of one, and are left to those who read these."""
    for predicate, reading in PROPERTIES.items():
        for subject in view.having(predicate):
            for said in () if subject in roles else view.nodes(subject, predicate):
                if said.value not in roles:
                    source, target = reading.ends(subject, str(said.value))
                    post, title = _job(view, source, target) if predicate == WORKS_FOR else (reading.post, "")
                    yield Tie(post, source, target, (said.by,), reading.guess, title=title)


def _job(view: View, person: str, employer: str) -> tuple[Post, str]:
    """As what somebody works for their only employer."""
    titles = view.peek(person, JOB_TITLE)
    if len(view.peek(person, WORKS_FOR)) != 1 or len(titles) != 1 or isinstance(titles[0].value, str):
        return _EMPLOYEE, ""
    view.take(person, JOB_TITLE)
    title = clean(titles[0].value.value)
    return post_called([title], is_company(view, employer)), title


def truthy_ties(view: View) -> Iterator[Tie]:
    """Wikidata's best statements without their qualifiers, where the full ones are not there too."""
    for number, reading in WIKIDATA.items():
        for subject in view.having(WDT + number):
            told = _told_in_full(view, subject, number)
            for said in view.nodes(subject, WDT + number):
                if said.value not in told:
                    source, target = reading.ends(subject, str(said.value))
                    yield Tie(reading.post, source, target, (said.by,), reading.guess)


def _told_in_full(view: View, subject: str, number: str) -> set[object]:
    statements = [str(said.value) for said in view.peek(subject, P + number)]
    return {said.value for statement in statements for said in view.peek(statement, PS + number)}
