"""Which schema of FollowTheMoney is which kind here; ``ftm`` explains it.

Source: the schemata of FollowTheMoney (followthemoney/schema), as OpenSanctions and OpenAleph publish data by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from interlock.graph.importers.records import Words
from interlock.graph.model import EntityKind, RelationshipKind

ENTITIES: Final = {
    "Person": EntityKind.PERSON, "Company": EntityKind.COMPANY, "Organization": EntityKind.ORGANIZATION,
    "PublicBody": EntityKind.ORGANIZATION, "LegalEntity": EntityKind.ORGANIZATION, "Asset": EntityKind.PRODUCT,
    "Contract": EntityKind.AGREEMENT, "CourtCase": EntityKind.LAWSUIT, "Event": EntityKind.EVENT,
}  # fmt: skip
DOCUMENTS: Final = frozenset({
    "Article", "Document", "HyperText", "Pages", "PlainText", "Workbook", "Table", "Email", "Package", "Image", "Audio", "Video", "Folder",
})  # fmt: skip
"""The schemata of documents: sources of what names them as its ``proof``."""


@dataclass(frozen=True, slots=True)
class Link:
    """How a schema of relationships is read: its kind, its ends, its words, and which role it has where nothing else is said.

    Where the ends aren't such as the kind takes, it is an ASSOCIATION in those words. ``titled`` is the property that says as what.
    """

    kind: RelationshipKind
    ends: tuple[str, str]
    words: Words
    role: str | None = None
    titled: str = "role"


LINKS: Final = {
    "Directorship": Link(
        RelationshipKind.BOARD_SEAT, ("director", "organization"), Words("was a director of", "had as a director"), "director"
    ),
    "Employment": Link(RelationshipKind.POSITION, ("employee", "employer"), Words("worked for", "had as an employee"), "employee"),
    "Membership": Link(RelationshipKind.POSITION, ("member", "organization"), Words("was a member of", "had as a member")),
    "Ownership": Link(RelationshipKind.OWNERSHIP, ("owner", "asset"), Words("held a stake in", "was partly owned by")),
    "CourtCaseParty": Link(RelationshipKind.PARTY, ("party", "case"), Words("was a party to", "had as a party")),
    "Family": Link(
        RelationshipKind.PERSONAL, ("person", "relative"), Words("was related to", "was related to"), titled="relationship"
    ),
    "Associate": Link(
        RelationshipKind.PERSONAL, ("person", "associate"), Words("was an associate of", "was an associate of"), titled="relationship"
    ),
    "UnknownLink": Link(RelationshipKind.ASSOCIATION, ("subject", "object"), Words("was linked to", "was linked to")),
    "Representation": Link(
        RelationshipKind.ASSOCIATION, ("agent", "client"), Words("acted on behalf of", "was represented by")
    ),
    "Succession": Link(
        RelationshipKind.ASSOCIATION, ("predecessor", "successor"), Words("was succeeded by", "was the successor of")
    ),
    "ContractAward": Link(
        RelationshipKind.PARTY, ("supplier", "contract"), Words("was the supplier in", "had as the supplier"), "supplier"
    ),
    "Payment": Link(RelationshipKind.ASSOCIATION, ("payer", "beneficiary"), Words("paid", "was paid by"), titled="purpose"),
    "Debt": Link(RelationshipKind.ASSOCIATION, ("creditor", "debtor"), Words("was a creditor of", "was a debtor of")),
}  # fmt: skip
