"""Beneficial Ownership Data Standard: the types of interest, and their shares.

| interest | here |
|---|---|
| ``shareholding``, ``votingRights`` | OWNERSHIP, with its share where that is exact; a range is told in the claim |
| ``otherInfluenceOrControl``, ``controlViaCompanyRulesOrArticles``, ``controlByLegalFramework`` | OWNERSHIP, which is control too |
| ``boardMember``, ``boardChair`` | BOARD_SEAT of a person; of others ASSOCIATION |
| ``seniorManagingOfficial``, ``trustee`` | POSITION of a person; of others ASSOCIATION |
| ``appointmentOfBoard`` | ASSOCIATION: elects directors |
| all others | ASSOCIATION in words of its own |

Source: schema/codelists/interestType.csv of the standard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from interlock.graph.importers.records import Words
from interlock.graph.importers.values import number
from interlock.graph.model import ENDS, EntityKind, RelationshipKind


@dataclass(frozen=True, slots=True)
class Interest:
    """How an interest is taken, and how it reads where no role says it."""

    kind: RelationshipKind
    words: Words
    role: str | None = None

    def between(self, ends: Sequence[EntityKind], indirect: bool) -> Interest:
        """As it is taken between such ends: an ASSOCIATION where its kind doesn't take them; an indirect stake in words of its own."""
        kind = self.kind
        if len(ends) == 2 and not (ends[0] in ENDS[kind][0] and ends[1] in ENDS[kind][1]):
            return replace(self, kind=RelationshipKind.ASSOCIATION, role=None)
        if indirect and kind is RelationshipKind.OWNERSHIP:
            return replace(self, words=Words(_INDIRECTLY.get(self.words.phrase, self.words.phrase), self.words.inverse), role=None)
        return self


_OWNS, _TIED = RelationshipKind.OWNERSHIP, RelationshipKind.ASSOCIATION
_INDIRECTLY: Final = {
    "held a stake in": "held an indirect stake in", "held voting rights in": "held indirect voting rights in",
    "had influence or control over": "had indirect influence or control over",
}  # fmt: skip
INTERESTS: Final = {
    "shareholding": Interest(_OWNS, Words("held a stake in", "had as a shareholder"), "shareholder"),
    "votingRights": Interest(_OWNS, Words("held voting rights in", "had as a holder of voting rights")),
    "otherInfluenceOrControl": Interest(_OWNS, Words("had influence or control over", "was under the influence or control of")),
    "controlViaCompanyRulesOrArticles": Interest(_OWNS, Words("had control, by its rules, of", "was, by its rules, under the control of")),
    "controlByLegalFramework": Interest(_OWNS, Words("had control, by law, of", "was, by law, under the control of")),
    "appointmentOfBoard": Interest(
        _TIED, Words("had the power to elect directors of", "had directors that could be elected by"), "elects-directors"
    ),
    "boardMember": Interest(RelationshipKind.BOARD_SEAT, Words("was a member of the board of", "had on its board"), "director"),
    "boardChair": Interest(RelationshipKind.BOARD_SEAT, Words("chaired the board of", "had as chair of its board"), "chair"),
    "seniorManagingOfficial": Interest(
        RelationshipKind.POSITION, Words("was a senior managing official of", "had as a senior managing official")
    ),
    "trustee": Interest(RelationshipKind.POSITION, Words("was a trustee of", "had as a trustee"), "trustee"),
    "settlor": Interest(_TIED, Words("was a settlor of", "had as a settlor")),
    "protector": Interest(_TIED, Words("was a protector of", "had as a protector")),
    "beneficiaryOfLegalArrangement": Interest(_TIED, Words("was a beneficiary of", "had as a beneficiary")),
    "nominee": Interest(_TIED, Words("was a nominee in", "had as a nominee")),
    "nominator": Interest(_TIED, Words("was a nominator in", "had as a nominator")),
    "rightsToSurplusAssetsOnDissolution": Interest(
        _TIED, Words("had rights to surplus assets of", "owed, on its dissolution, surplus assets to")
    ),
    "rightsToProfitOrIncome": Interest(_TIED, Words("had rights to profit or income of", "owed profit or income to")),
    "rightsGrantedByContract": Interest(_TIED, Words("had rights by contract in", "had granted rights by contract to")),
    "conditionalRightsGrantedByContract": Interest(
        _TIED, Words("had conditional rights by contract in", "had granted conditional rights by contract to")
    ),
    "enjoymentAndUseOfAssets": Interest(_TIED, Words("had the use of assets of", "had assets that were used by")),
    "rightToProfitOrIncomeFromAssets": Interest(
        _TIED, Words("had a right to profit or income from assets of", "owed profit or income from its assets to")
    ),
    "unknownInterest": Interest(_TIED, Words("had an interest of an unknown kind in", "had, as holder of an interest of an unknown kind,")),
    "unpublishedInterest": Interest(_TIED, Words("had an unpublished interest in", "had as the holder of an unpublished interest")),
}


def share_of(said: object) -> tuple[Decimal | None, str | None]:
    """A share in percent if it is exact, else its range in words."""
    if not isinstance(said, dict):
        return None, None
    found = {key: value for key in said if (value := number(said[key])) is not None and 0 <= value <= 100}
    exact = found.get("exact", found.get("minimum") if found.get("minimum") == found.get("maximum") else None)
    if exact is not None:
        return exact, None
    words = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most", "exclusiveMaximum": "less than"}
    told = [f"{word} {found[key].normalize():f} %" for key, word in words.items() if key in found]
    return None, f"Share: {' and '.join(told)}" if told else None
