"""What kind of entity a thing is, by the classes that others give it."""

from __future__ import annotations

import re
from typing import Final

from interlock.graph.foreign.namespaces import FOAF, ORG, PERSON, PS, ROV, SCHEMA, VCARD, WD, WDT, P, all_of
from interlock.graph.foreign.naming import LABELS
from interlock.graph.foreign.view import View

_COMPANIES: Final = (
    "Corporation OnlineBusiness OnlineStore LocalBusiness Airline AnimalShelter AutomotiveBusiness ChildCare DryCleaningOrLaundry "
    "EmergencyService EmploymentAgency EntertainmentBusiness FinancialService BankOrCreditUnion InsuranceAgency AccountingService "
    "FoodEstablishment HealthAndBeautyBusiness HomeAndConstructionBusiness InternetCafe LegalService Attorney LodgingBusiness "
    "ProfessionalService RadioStation RealEstateAgent SelfStorage Store TelevisionStation TravelAgency"
)
_ORGANIZATIONS: Final = (
    "Organization Consortium Cooperative EducationalOrganization CollegeOrUniversity School FundingScheme FundingAgency "
    "GovernmentOrganization LibrarySystem MedicalOrganization Hospital NGO NewsMediaOrganization PerformingGroup MusicGroup PoliticalParty "
    "Project ResearchOrganization ResearchProject SearchRescueOrganization SportsOrganization SportsTeam WorkersUnion"
)
CLASSES: Final[dict[str, str]] = {
    **dict.fromkeys((SCHEMA + "Person", FOAF + "Person", PERSON + "Person", VCARD + "Individual"), "PERSON"),
    **dict.fromkeys((*all_of(SCHEMA, _COMPANIES), ROV + "RegisteredOrganization"), "COMPANY"),
    **dict.fromkeys(all_of(SCHEMA, _ORGANIZATIONS), "ORGANIZATION"),
    **dict.fromkeys(all_of(ORG, "Organization FormalOrganization OrganizationalUnit OrganizationalCollaboration"), "ORGANIZATION"),
    **dict.fromkeys((FOAF + "Organization", FOAF + "Group", VCARD + "Organization"), "ORGANIZATION"),
    SCHEMA + "Product": "PRODUCT",
    SCHEMA + "Event": "EVENT",
}
"""Class → kind of entity."""

AGENTS: Final = (FOAF + "Agent",)
"""Classes that leave open what kind of entity a thing is."""

_STATEMENTS: Final = all_of("http://wikiba.se/ontology#", "Statement BestRank")
_UNDERSTOOD: Final = (*CLASSES, *AGENTS, "http://wikiba.se/ontology#Item")

_INSTANCES: Final[dict[str, str]] = {
    "Q5": "PERSON",
    **dict.fromkeys(("Q4830453", "Q783794", "Q6881511", "Q891723", "Q167037", "Q18388277", "Q1058914", "Q22687"), "COMPANY"),
    **dict.fromkeys(("Q43229", "Q163740", "Q3918", "Q2085381", "Q708676", "Q157031", "Q7210356", "Q5341295"), "ORGANIZATION"),
}
"""What a Wikidata item is an instance of (P31) → kind: human; business, company, enterprise, public company, corporation, technology and
software company, bank; organization, nonprofit, university, publisher, charity, foundation, political and educational organization."""

_ORDER: Final = ("PERSON", "COMPANY", "ORGANIZATION", "PRODUCT", "EVENT")
_BOARD: Final = re.compile(
    r"\bboard of (directors|trustees|governors)\b|\b(supervisory|management|executive) board\b|^(the )?board$", re.IGNORECASE
)


def kind_of(view: View, node: str) -> str:
    """The kind that its classes give a thing, the narrowest of several; empty if they give none."""
    if node in view.whole.kinds:
        return view.whole.kinds[node]
    kinds = {CLASSES[cls] for cls in view.types(node) if cls in CLASSES} | set(_instance_kinds(view, node))
    return next((kind for kind in _ORDER if kind in kinds), "")


def is_company(view: View, node: str) -> bool:
    """Is it surely a company, rather than another organization?"""
    return kind_of(view, node) == "COMPANY"


def is_board(view: View, node: str) -> bool:
    """Is it, by its name, the board of what it is a unit of?"""
    names = [said.value for said in view.peek(node, *LABELS)]
    return node in view.whole.called_boards or any(not isinstance(name, str) and _BOARD.search(name.value) for name in names)


def entities(view: View) -> list[str]:
    """Everything that its classes make an entity."""
    items = [node for node in view.having(WDT + "P31", P + "P31") if _instance_kinds(view, node)]
    return list(dict.fromkeys((*view.typed(*CLASSES), *items)))


def take_kind(view: View, node: str) -> None:
    """The classes of an entity are understood, as far as they are known."""
    view.take_types(node, *_UNDERSTOOD)
    if _instance_kinds(view, node):
        view.take(node, WDT + "P31")
        for said in view.take(node, P + "P31"):
            take_statement(view, str(said.value))


def take_statement(view: View, statement: str) -> None:
    """All of a Wikidata statement but its references is understood."""
    view.take_types(statement, *_STATEMENTS)
    view.take(statement, *(predicate for predicate in view.said.get(statement, ()) if predicate.startswith((PS, "http://wikiba.se/"))))


def _instance_kinds(view: View, node: str) -> list[str]:
    said = view.peek(node, WDT + "P31")
    said += [each for statement in view.peek(node, P + "P31") for each in view.peek(str(statement.value), PS + "P31")]
    return [_INSTANCES[item] for each in said if (item := str(each.value).removeprefix(WD)) in _INSTANCES]
