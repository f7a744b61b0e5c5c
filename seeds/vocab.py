"""The names that the RDF uses: namespaces, the classes of entities and relationships, statuses and properties.

Reused before invented: W3C ORG for seats and posts, schema.org for people and companies, PROV-O for attribution, SKOS for names and
concept schemes, Dublin Core for sources. What none of them has (lawsuits, agreements, claims) is defined in ``ontology.ttl``, with
property names that follow FollowTheMoney's ``CourtCase`` and ``CourtCaseParty``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from rdflib import URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDFS, SDO, SKOS, Namespace

BASE: Final = "https://interlock.example/"
"""Base of every IRI that is Interlock's own. ``.example`` is reserved (RFC 2606), so it can never point at somebody else's site."""


class _Names(Namespace):
    """A namespace whose names are made once each: rdflib makes a name anew, and looks whether it is an IRI, whenever it is asked for."""

    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        self.__dict__[name] = found
        return found


IL: Final = _Names(f"{BASE}ns#")
ROLE: Final = _Names(f"{BASE}role/")
ENTITY: Final = Namespace(f"{BASE}entity/")
RELATIONSHIP: Final = Namespace(f"{BASE}relationship/")
CLAIM: Final = Namespace(f"{BASE}claim/")
SOURCE: Final = Namespace(f"{BASE}source/")

ENTITY_CLASSES: Final[dict[str, URIRef]] = {
    "PERSON": SDO.Person,
    "COMPANY": SDO.Corporation,
    "ORGANIZATION": SDO.Organization,
    "BOARD": IL.Board,
    "PRODUCT": SDO.Product,
    "AGREEMENT": IL.Agreement,
    "LAWSUIT": IL.Lawsuit,
    "REGULATORY_ACTION": IL.RegulatoryAction,
    "EVENT": SDO.Event,
}
"""Entity kind → RDF class. An entity has exactly one of these, or of those below."""

ENTITY_SUBCLASSES: Final[dict[URIRef, str]] = {ORG.ChangeEvent: "EVENT"}
"""A narrower RDF class → the entity kind that it is of."""


@dataclass(frozen=True, slots=True)
class RelationshipTerm:
    """How one kind of relationship is written: its class, and the properties that lead to its two ends."""

    cls: URIRef
    source: URIRef
    target: URIRef


RELATIONSHIP_TERMS: Final[dict[str, RelationshipTerm]] = {
    "BOARD_SEAT": RelationshipTerm(IL.BoardSeat, ORG.member, ORG.organization),
    "POSITION": RelationshipTerm(IL.Position, ORG.member, ORG.organization),
    "FOUNDING": RelationshipTerm(IL.Founding, IL.founder, IL.founded),
    "OWNERSHIP": RelationshipTerm(IL.Ownership, IL.owner, IL.asset),
    "ACQUISITION": RelationshipTerm(IL.Acquisition, IL.acquirer, IL.acquired),
    "INVESTMENT": RelationshipTerm(IL.Investment, IL.investor, IL.investee),
    "PARTY": RelationshipTerm(IL.PartyRole, IL.party, IL.partyTo),
    "OPERATION": RelationshipTerm(IL.Operation, IL.operator, IL.product),
    "INVOLVEMENT": RelationshipTerm(IL.Involvement, IL.participant, IL.involvedIn),
    "PERSONAL": RelationshipTerm(IL.PersonalTie, IL.person, IL.relative),
    "ASSOCIATION": RelationshipTerm(IL.Association, IL.subject, IL.object),
}
"""Relationship kind → its RDF terms."""

STATUSES: Final[dict[str, URIRef]] = {
    "CONFIRMED": IL.confirmed,
    "REPORTED": IL.reported,
    "ALLEGED": IL.alleged,
    "DISPUTED": IL.disputed,
    "DISMISSED": IL.dismissed,
    "RETRACTED": IL.retracted,
}
"""Status → the SKOS concept in the status scheme, strongest first."""

STANCES: Final[dict[str, URIRef]] = {"SUPPORTS": IL.supports, "CONTRADICTS": IL.contradicts}
"""Stance of a claim → the property that leads from the claim to the relationship it speaks of."""

PROPERTIES: Final[frozenset[URIRef]] = frozenset(
    {
        *(term.source for term in RELATIONSHIP_TERMS.values()),
        *(term.target for term in RELATIONSHIP_TERMS.values()),
        *STANCES.values(),
        IL.during,
        IL.observed,
        IL.signed,
        IL.abandoned,
        IL.fileDate,
        IL.closeDate,
        IL.caseNumber,
        IL.court,
        IL.outcome,
        IL.side,
        IL.share,
        IL.status,
        IL.locator,
        IL.quote,
        IL.tier,
        IL.retrieved,
        IL.phrase,
        IL.inverseLabel,
        IL.lasting,
        IL.changing,
        IL.rank,
    }
)
"""Every property that the data may use in our own namespace (and the ORG ones that lead to the ends of a relationship)."""

IDENTIFIER_SCHEMES: Final[dict[str, str]] = {
    "wikidata": "http://www.wikidata.org/entity/",
    "lei": "https://www.gleif.org/lei/",
    "cik": "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=",
    "opencorporates": "https://opencorporates.com/companies/",
}
"""Prefix of an identifier written as a CURIE (``cik:1326801``) → what it stands for as an IRI."""

PREFIXES: Final[dict[str, str]] = {
    "il": str(IL),
    "role": str(ROLE),
    "entity": str(ENTITY),
    "rel": str(RELATIONSHIP),
    "claim": str(CLAIM),
    "source": str(SOURCE),
    "org": str(ORG),
    "schema": str(SDO),
    "prov": str(PROV),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "rdfs": str(RDFS),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that the shipped files use, and that serialisers bind."""
