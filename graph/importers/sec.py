"""SEC Forms 3, 4 and 5 (insiders' statements of ownership): ownership XML by itself, or within a submission's full text.

| in the form | here |
|---|---|
| ``isDirector`` | a BOARD_SEAT of a person; of a company an ASSOCIATION |
| ``isOfficer``, ``officerTitle`` | a POSITION with that title |
| ``isTenPercentOwner`` | an OWNERSHIP of more than ten percent |
| ``isOther``, ``otherText`` | an ASSOCIATION with that text as its title |

A form is a primary source, and confirms what it states as observed on its period of report, no longer and no earlier. One that says that
its filer is no longer subject to Section 16 observes nothing. Whether a filer is a person isn't in the XML: a name that has a legal form,
or a word that only firms and funds have, is a company's. Names of people stand as they are filed, last name first, with the usual order
beside them. Transactions, holdings, footnotes, addresses and signatures are left out. A document with a DTD is refused.
Source of the format: EDGAR Ownership XML Technical Specification.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from xml.etree import ElementTree

from interlock.graph.errors import DataError, Problem
from interlock.graph.folding import fold, legal_form
from interlock.graph.importers.inputs import Inputs
from interlock.graph.importers.notes import Notes
from interlock.graph.importers.records import Maker, Record, Said, Tie, Words
from interlock.graph.importers.roles import role_of
from interlock.graph.importers.values import date_of, edtf, identifier, short_hash
from interlock.graph.model import EntityKind, RelationshipKind, Source, Status

PUBLISHER: Final = "U.S. Securities and Exchange Commission"
_DOCUMENT: Final = re.compile(rb"<XML>\s*(.*?)\s*</XML>", re.DOTALL)
_HEADER: Final = {
    "accession": re.compile(rb"^ACCESSION NUMBER:\s*(\d{10}-\d{2}-\d{6})\s*$", re.MULTILINE),
    "filed": re.compile(rb"^FILED AS OF DATE:\s*(\d{8})\s*$", re.MULTILINE),
}
_FIRMS: Final = frozenset({
    "fund", "funds", "partners", "partnership", "capital", "trust", "holdings", "holding", "group", "bank", "investors", "investment",
    "investments", "management", "ventures", "foundation", "associates", "advisors", "advisers", "enterprises", "international",
    "university", "estate", "lc", "na",
})  # fmt: skip
_LASTS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_QUOTED: Final = 300
_TAKEN: Final = frozenset({
    "schemaVersion", "documentType", "periodOfReport", "issuer", "reportingOwner", "notSubjectToSection16", "dateOfOriginalSubmission",
    "remarks", "noSecuritiesOwned",
})  # fmt: skip
_SHAREHOLDER: Final = Words("held more than ten percent of", "had as a holder of more than ten percent")
_DIRECTOR: Final = Words("was a director of", "had as a director")
_OTHER: Final = Words("had a reportable relationship with", "had a reportable relationship with")


@dataclass(frozen=True, slots=True)
class Filing:
    """A form within a file: what is known of it from outside of its XML is its accession number and the day on which it was filed."""

    file: str
    accession: str | None
    filed: str | None
    root: ElementTree.Element


def read(inputs: Inputs, maker: Maker, _: str) -> Iterator[Record]:
    """Issuers, filers and forms, then the relationships, each with the claims of all forms that state it."""
    ties: dict[str, Tie] = {}
    for name, content in inputs.contents():
        for filing in filings(name, content):
            maker.notes.read += 1
            yield from _read(filing, maker, ties)
    for tie in ties.values():
        yield from maker.relationship(tie, part=True)


def filings(name: str, content: bytes) -> Iterator[Filing]:
    """The forms in a file; raises ``DataError`` if there are none, or one can't be read."""
    found = {key: match[1].decode() for key, pattern in _HEADER.items() if (match := pattern.search(content))}
    filed = found.get("filed")
    day = f"{filed[:4]}-{filed[4:6]}-{filed[6:]}" if filed else None
    documents = _DOCUMENT.findall(content) or [content]
    forms = [root for root in (_parsed(name, document) for document in documents) if root.tag == "ownershipDocument"]
    if not forms:
        raise DataError([Problem(name, 0, "", "has no ownershipDocument in it: it is no Form 3, 4 or 5 in XML")])
    for root in forms:
        yield Filing(name, found.get("accession"), edtf(day), root)


def _parsed(name: str, document: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in document.upper().replace(b"\0", b""):
        raise DataError([Problem(name, 0, "", "has a document type declaration (DTD). Such documents are refused: remove it")])
    try:
        return ElementTree.fromstring(document)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DataError([Problem(name, 0, "", f"is no XML: {error}")]) from None


def _read(filing: Filing, maker: Maker, ties: dict[str, Tie]) -> Iterator[Record]:
    """The issuer, filers and source of a form; its relationships are added to ``ties``."""
    root, notes = filing.root, maker.notes
    cik, name = _text(root, "issuer/issuerCik").lstrip("0"), _text(root, "issuer/issuerName")
    owners = root.findall("reportingOwner")
    if not cik or not name or not owners:
        notes.leave("form without an issuer with CIK and name, or without a reporting owner", filing.file)
        return
    issuer = maker.id("entity", cik)
    symbol = _text(root, "issuer/issuerTradingSymbol")
    yield from maker.once(maker.entity(issuer, EntityKind.COMPANY, name, aliases=_symbols(symbol), identifiers=_identifiers(cik)))
    source = _source(filing, maker, [_text(owner, "reportingOwnerId/rptOwnerName") for owner in owners], name, cik)
    yield from maker.once(source)
    said, stated = _said(filing, source, notes), 0
    for owner in owners:
        person = yield from _owner(owner, maker, filing)
        for tie in _ties(owner, person, issuer, said, maker):
            stated += 1
            known = ties.setdefault(tie.key, tie)
            if known is not tie and said.source not in [each.source for each in known.said]:
                ties[tie.key] = replace(known, said=(*known.said, *tie.said))
    for part in root:
        if part.tag not in _TAKEN and (len(part) or (part.text or "").strip() not in ("", "0", "false")):
            notes.leave_part(part.tag, filing.file)
    if stated:
        notes.taken += 1
    else:
        notes.leave("form that states no relationship", filing.file)


def _owner(owner: ElementTree.Element, maker: Maker, filing: Filing) -> Generator[Record, None, str]:
    """Who files; returns the id, or "" if there is no CIK or name."""
    cik, name = _text(owner, "reportingOwnerId/rptOwnerCik").lstrip("0"), _text(owner, "reportingOwnerId/rptOwnerName")
    if not cik or not name:
        maker.notes.leave_part("reporting owner without CIK or name", filing.file)
        return ""
    if owner.find("reportingOwnerAddress") is not None:
        maker.notes.leave_part("reportingOwnerAddress", name)
    id = maker.id("entity", cik)
    if id not in maker.ends:
        firm = is_firm(name)
        kind, aliases = (EntityKind.COMPANY, ()) if firm else (EntityKind.PERSON, (usual_order(name),))
        yield from maker.once(maker.entity(id, kind, name, aliases=aliases, identifiers=_identifiers(cik)))
    return id


def _ties(owner: ElementTree.Element, filer: str, issuer: str, said: Said, maker: Maker) -> Iterator[Tie]:
    """What a filer is to the issuer."""
    if not filer:
        return
    states = owner.find("reportingOwnerRelationship")
    person = maker.ends[filer].kind is EntityKind.PERSON
    title, other = _text(owner, "reportingOwnerRelationship/officerTitle"), _text(owner, "reportingOwnerRelationship/otherText")
    pair = f"{filer.rpartition('-')[2]}-{issuer.rpartition('-')[2]}"
    if _flag(states, "isDirector"):
        kind = RelationshipKind.BOARD_SEAT if person else RelationshipKind.ASSOCIATION
        yield Tie(f"director-{pair}", kind, filer, issuer, (said,), "director" if person else None, _DIRECTOR)
    if _flag(states, "isOfficer"):
        kind = RelationshipKind.POSITION if person else RelationshipKind.ASSOCIATION
        role = role_of(RelationshipKind.POSITION, title) or "executive"
        words = Words("was an officer of", "had as an officer")
        yield Tie(f"officer-{pair}-{_key(title)}", kind, filer, issuer, (said,), role if person else None, words, title or None)
    if _flag(states, "isTenPercentOwner"):
        yield Tie(f"owner-{pair}", RelationshipKind.OWNERSHIP, filer, issuer, (said,), None, _SHAREHOLDER)
    if _flag(states, "isOther"):
        yield Tie(f"other-{pair}-{_key(other)}", RelationshipKind.ASSOCIATION, filer, issuer, (said,), None, _OTHER, other or None)


def _source(filing: Filing, maker: Maker, owners: list[str], issuer: str, cik: str) -> Source:
    root = filing.root
    form, period = _text(root, "documentType"), edtf(_text(root, "periodOfReport"))
    amended = edtf(_text(root, "dateOfOriginalSubmission"))
    title = f"Form {form} of {' and '.join(owners[:2])}{' and others' if len(owners) > 2 else ''} on {issuer}"
    title += f" as of {period}" if period else ""
    title += f", amending that of {amended}" if amended else ""
    signed = [day for day in (edtf(_text(each, "signatureDate")) for each in root.findall("ownerSignature")) if day]
    key = filing.accession or short_hash(ElementTree.tostring(root, "unicode"))
    url = f"https://www.sec.gov/Archives/edgar/data/{cik}/{filing.accession}.txt" if filing.accession else None
    return maker.source(
        maker.id("source", key), title, publisher=PUBLISHER, url=url,
        published=date_of(filing.filed or max(signed, default=None)), tier="P", creators=tuple(dict.fromkeys(filter(None, owners))),
    )  # fmt: skip


def _said(filing: Filing, source: Source, notes: Notes) -> Said:
    """The claim that a form makes: observed on its period of report, unless its filer says to be no longer an insider."""
    root = filing.root
    period, remarks = edtf(_text(root, "periodOfReport")), _text(root, "remarks")
    left = _flag(root, "notSubjectToSection16")
    if left:
        notes.remark("form of who is no longer subject to Section 16: no observation", filing.file)
    if period is None:
        notes.leave_part("periodOfReport that is no date", filing.file)
    if len(remarks) > _QUOTED:
        notes.leave_part(f"remarks of more than {_QUOTED} characters", filing.file)
    return Said(
        source.id, Status.CONFIRMED, made=None if period is None or source.published else period,
        observed=(period,) if period and not left else (), quote=remarks if len(remarks) <= _QUOTED else None,
    )  # fmt: skip


def is_firm(name: str) -> bool:
    """Is it the name of a firm or fund: has it a legal form, or a word that only these have?"""
    words = fold(re.sub(r"/\w+/?$", "", name)).split()
    return bool(legal_form(" ".join(words)) or _FIRMS & set(words) or "&" in name)


def usual_order(name: str) -> str:
    """A person's name as it is said: ``HASTINGS REED`` → ``Reed Hastings``, ``GEORGE WILLIAM W JR`` → ``William W George Jr``."""
    words = [word if any(c.islower() for c in word) else word.title() for word in name.replace(",", " ").split()]
    last = [word for word in words if fold(word) in _LASTS]
    rest = [word for word in words if fold(word) not in _LASTS]
    return " ".join((*rest[1:], *rest[:1], *last))


def _identifiers(cik: str) -> tuple[str, ...]:
    return tuple(filter(None, (identifier("cik", cik),)))


def _symbols(text: str) -> Iterable[str]:
    """A trading symbol as another name, unless it says that there is none."""
    return [] if fold(text) in ("", "none", "na", "n a") else [text]


def _key(title: str) -> str:
    return fold(title).replace(" ", "-") or "untitled"


def _text(element: ElementTree.Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def _flag(element: ElementTree.Element | None, name: str) -> bool:
    return element is not None and _text(element, name).casefold() in ("1", "true")
