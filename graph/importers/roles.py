"""Which role of ``roles.ttl`` a title or role in somebody's own words is, for each kind of relationship."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from interlock.graph.folding import fold
from interlock.graph.model import RelationshipKind
from interlock.graph.vocabulary import shipped_terms
from interlock.seeds import vocab

ROLES: Final[Mapping[RelationshipKind, tuple[str, ...]]] = {
    RelationshipKind.BOARD_SEAT: ("executive-chair", "co-chair", "lead-independent-director", "vice-chair", "chair", "director"),
    RelationshipKind.POSITION: (
        "co-chief-executive-officer", "chief-executive-officer", "chief-operating-officer", "chief-financial-officer",
        "chief-technology-officer", "general-counsel", "president", "vice-chair", "partner", "counsel", "spokesperson", "head", "adviser",
        "board-observer", "trustee", "employee", "executive",
    ),
    RelationshipKind.FOUNDING: ("co-founder", "founder"),
    RelationshipKind.OWNERSHIP: ("subsidiary", "shareholder"),
    RelationshipKind.PARTY: (
        "lead-plaintiff", "plaintiff", "defendant", "intervener", "signatory", "regulator", "respondent", "subject-of-inquiry",
        "counsel-in-case", "judge", "magistrate-judge", "special-master", "complainant", "appellant", "appellee", "acquirer-party",
        "target-party", "seller", "buyer", "investor-party", "licensor", "licensee", "customer", "supplier", "lender", "beneficiary",
        "binding-authority",
    ),
    RelationshipKind.INVOLVEMENT: (
        "author", "filer", "subpoenaed", "affected-competitor", "organization-concerned", "participating-director", "removed-officer",
        "settling-party", "appellant", "appellee", "court-of-appeal",
    ),
    RelationshipKind.PERSONAL: ("sibling",),
    RelationshipKind.ASSOCIATION: (
        "client", "advertiser", "complaint", "ruling", "filing", "unsealing", "whistleblower", "appeal", "settlement", "elects-directors",
        "decision", "financing",
    ),
}  # fmt: skip
"""The roles of each kind, those first that a title with several of them is to have."""
_SYNONYMS: Final = {
    "ceo": "chief-executive-officer", "chief executive": "chief-executive-officer", "co ceo": "co-chief-executive-officer",
    "coo": "chief-operating-officer", "cfo": "chief-financial-officer", "cto": "chief-technology-officer", "chairman": "chair",
    "chairwoman": "chair", "chairperson": "chair", "chairman of the board": "chair", "chairwoman of the board": "chair",
    "chair of the board of directors": "chair", "chairman of the board of directors": "chair", "executive chairman": "executive-chair",
    "co chairman": "co-chair", "vice chairman": "vice-chair", "vice chairman of the board": "vice-chair", "board member": "director",
    "member of the board": "director", "member of the board of directors": "director", "board of directors": "director",
    "independent director": "director", "non executive director": "director", "brother": "sibling", "sister": "sibling",
    "managing partner": "partner", "general partner": "partner", "advisor": "adviser", "parent": "subsidiary", "cofounder": "co-founder",
    "counsel": "counsel-in-case", "respondent": "respondent", "parent company": "subsidiary",
}  # fmt: skip
_BETWEEN: Final = re.compile(r"[,;&/]|\s-\s|–|\band\b", re.IGNORECASE)


@cache
def named_roles() -> dict[str, str]:
    """A role by its name, its label or another word for it → the end of its IRI."""
    base = str(vocab.ROLE)
    terms = {str(node).removeprefix(base): term for node, term in shipped_terms().items() if str(node).startswith(base)}
    return _SYNONYMS | {fold(term.name): name for name, term in terms.items()} | {fold(name): name for name in terms}


def role_of(kind: RelationshipKind, text: str) -> str | None:
    """The role that these words are in a relationship of this kind: "President and CEO" → ``chief-executive-officer``."""
    known = named_roles()
    said = {known.get(fold(part)) for part in (text, *_BETWEEN.split(text))}
    other = {"counsel-in-case": "counsel", "counsel": "counsel-in-case"}
    said |= {other.get(role or "") for role in said}
    return next((role for role in ROLES.get(kind, ()) if role in said), None)


def role_iri(name: str) -> str:
    """``director`` → the IRI of that role."""
    return f"{vocab.ROLE}{name}"
