"""FollowTheMoney: relationships."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from rdflib import URIRef

from interlock.graph.folding import fold
from interlock.graph.importers.ftm_entities import ALLEGED, IMPLIED, Things, amounts
from interlock.graph.importers.ftm_schemata import ENTITIES, LINKS, Link
from interlock.graph.importers.properties import Properties
from interlock.graph.importers.records import Maker, Record, Said, Tie, Words
from interlock.graph.importers.roles import ROLES, named_roles, role_iri, role_of
from interlock.graph.importers.values import edtf, number, short_hash, span, web_address
from interlock.graph.model import ENDS, EntityKind, RelationshipKind, Source, Stance, Status
from interlock.graph.vocabulary import shipped_terms
from interlock.seeds import vocab

_POINTS: Final = frozenset({"Payment", "Succession"})
"""What happens on its date; all else is seen on it."""
_STATUS: Final = "Status: "
_IMPLYING: Final = frozenset({"parent", "subsidiaries", *IMPLIED})


class Reading(NamedTuple):
    """As what a relationship is taken."""

    kind: RelationshipKind
    role: str | None = None
    words: Words | None = None
    title: str | None = None


class Links:
    """The relationships of a file, once its entities are known."""

    def __init__(self, maker: Maker, things: Things) -> None:
        self.maker, self.things, self.notes = maker, things, maker.notes

    def read(self, record: dict[str, Any], file: str) -> Iterator[Record]:
        """The relationship that a record is, or those that an entity has by its properties."""
        schema, id = record["schema"], record["id"]
        if schema in ENTITIES:
            yield from self._implied(record, file)
        if schema not in LINKS:
            return
        said = Properties(record.get("properties", {}), schema, id, self.notes)
        link = LINKS[schema]
        sources, targets = said.all(link.ends[0]), said.all(link.ends[1])
        if not sources or not targets:
            self.notes.leave(f"{schema} without {' or '.join(link.ends)}", id)
            return
        for other in (*sources[1:], *targets[1:]):
            said.leave("a second end", other)
        told = self._sources(record, said, file)
        tie = self._tie(record, said, link, (self.things.id(sources[0]), self.things.id(targets[0])), told)
        made = list(self.maker.relationship(tie))
        for source in told if made else ():
            yield from self.maker.once(source)
        yield from made
        said.leave_rest()

    def _implied(self, record: dict[str, Any], file: str) -> Iterator[Record]:
        """A parent company owns its subsidiary, and a contract has the authority or customer that it names as a party."""
        if record.get("properties", {}).keys().isdisjoint(_IMPLYING):
            return
        said = Properties(record.get("properties", {}), record["schema"], record["id"], self.notes)
        me, told = self.things.id(record["id"]), [self._dataset(record, file)]
        known = self.maker.ends.get(me)
        if known is None or known.kind is EntityKind.BOARD:
            return
        claim = (Said(told[0].id, Status.REPORTED),)
        ties = [
            Tie(f"{record['id']}-{name}-{other}", RelationshipKind.OWNERSHIP, *ends, claim, "subsidiary")
            for name in ("parent", "subsidiaries")
            for other in said.all(name)
            for ends in [(self.things.id(other), me) if name == "parent" else (me, self.things.id(other))]
        ]
        ties += [
            Tie(f"{record['id']}-customer-{other}", RelationshipKind.PARTY, self.things.id(other), me, claim, "customer")
            for other in said.all(*IMPLIED)
            if known.kind is EntityKind.AGREEMENT
        ]
        made = [each for tie in ties for each in self.maker.relationship(tie, part=True)]
        for source in told if made else ():
            yield from self.maker.once(source)
        yield from made

    def _tie(self, record: dict[str, Any], said: Properties, link: Link, ends: tuple[str, str], told: list[Source]) -> Tie:
        schema, own = record["schema"], "iri" in record
        text, state, summary = said.first(link.titled), said.first("status"), said.all("summary")
        if own and summary and summary[0].startswith(_STATUS):
            state, summary = summary[0].removeprefix(_STATUS), summary[1:]
        reading = self._reading(schema, link, text, ends, record.get("interlock"))
        described, facts = said.all("description"), tuple(said.all("recordId"))
        if own:  # its sentence and its id are made of the rest
            described, facts = [], ()
        seen = tuple(filter(None, (self._day(said, text) for text in said.all("date"))))
        during = span(said.date("startDate"), said.date("endDate"))
        if schema in _POINTS:
            during, seen = during or next(iter(seen), None), ()
        words = " ".join(summary or described) or None
        if words and len(told) > 1:
            said.leave("summary of what several sources say", words)
        summed = words if len(told) == 1 else None
        claim = Said("", self._status(text, state, ends, own), edtf(record.get("first_seen")), seen, summed, facts=facts)
        return Tie(
            record["id"], reading.kind, *ends, _spoken(claim, told), reading.role, reading.words, reading.title, during,
            self._share(said), amounts(said), record.get("iri"),
        )  # fmt: skip

    def _status(self, text: str | None, state: str | None, ends: Sequence[str], own: bool) -> Status:
        """Our own exports say it; else REPORTED, or ALLEGED where it, its role or its case is called so."""
        if own and state and state in Status.__members__:
            return Status(state)
        called = any(each and ALLEGED.search(each) for each in (text, state))
        return Status.ALLEGED if called or any(end.alleged for each in ends if (end := self.maker.ends.get(each))) else Status.REPORTED

    def _reading(self, schema: str, link: Link, text: str | None, ends: tuple[str, str], own: object) -> Reading:
        kinds = [end.kind for each in ends if (end := self.maker.ends.get(each))]
        if len(kinds) < 2:
            return Reading(link.kind)
        if own and (reading := _own_reading(own, text)) and _fits(reading.kind, kinds):
            return reading
        if schema == "UnknownLink" and text:
            found = next((kind for kind in ROLES if named_roles().get(fold(text)) in ROLES[kind] and _fits(kind, kinds)), None)
            if found:
                return _titled(Reading(found, role_of(found, text)), text)
        kind, role = link.kind, role_of(link.kind, text or "") or link.role
        if schema == "Directorship" and text and not role_of(kind, text) and role_of(RelationshipKind.POSITION, text):
            kind, role = RelationshipKind.POSITION, role_of(RelationshipKind.POSITION, text)
        if schema == "Employment" and text:
            role = role_of(kind, text)
        if not _fits(kind, kinds):
            return Reading(RelationshipKind.ASSOCIATION, None, link.words, text)
        worded = kind in (RelationshipKind.ASSOCIATION, RelationshipKind.PERSONAL) or schema == "Membership"
        return _titled(Reading(kind, role, link.words if worded else None), text)

    def _sources(self, record: dict[str, Any], said: Properties, file: str) -> list[Source]:
        """Its documents, else its source links, else its dataset."""
        proofs, links, publishers = said.all("proof"), said.all("sourceUrl"), said.all("publisher")
        documents = [self.things.documents[each] for each in proofs if each in self.things.documents]
        for proof in proofs:
            if proof not in self.things.documents:
                said.leave("proof that is not in the file", proof)
        if documents:
            return documents
        urls = [each for each in links if web_address(each)]
        for link in links:
            if link not in urls:
                said.leave("sourceUrl that is no link", link)
        publisher = publishers[0] if len(publishers) == 1 else None
        ids = [self.maker.id("source", short_hash(url, publisher or "")) for url in urls]
        titles = [publisher or urlsplit(url).hostname or url for url in urls]
        made = zip(ids, titles, urls, strict=True)
        found = [self.maker.source(id, title, publisher=publisher, url=url) for id, title, url in made]
        if publishers and not found:
            said.leave("publisher without a link", publishers[0])
        return found or [self._dataset(record, file)]

    def _dataset(self, record: dict[str, Any], file: str) -> Source:
        """The dataset that a record is of, else its file."""
        datasets = record.get("datasets") if isinstance(record.get("datasets"), list) else []
        name = ", ".join(map(str, datasets or [])) or file
        return self.maker.source(
            self.maker.id("source", f"dataset-{name}"), f"Dataset {name}" if datasets else f"FollowTheMoney data in {file}"
        )

    def _share(self, said: Properties) -> Any:
        text = said.first("percentage")
        share = number((text or "").rstrip("% "))
        if text and (share is None or not 0 <= share <= 100):
            said.leave("percentage that is no share", text)
            return None
        return share

    def _day(self, said: Properties, text: str) -> str | None:
        day = edtf(text)
        if day is None:
            said.leave("date that is none", text)
        return day


def _spoken(claim: Said, sources: list[Source]) -> tuple[Said, ...]:
    """What each source says. That something is disputed means that it is alleged, and contradicted in the same data."""
    if claim.status is not Status.DISPUTED:
        return tuple(replace(claim, source=source.id) for source in sources)
    alleged = tuple(replace(claim, source=source.id, status=Status.ALLEGED) for source in sources)
    return (*alleged, replace(claim, source=sources[0].id, stance=Stance.CONTRADICTS, observed=(), summary=None))


def _own_reading(own: object, text: str | None) -> Reading | None:
    """What our own export says that a relationship is."""
    if not isinstance(own, dict) or own.get("kind") not in RelationshipKind.__members__:
        return None
    role = str(own.get("role") or "").removeprefix(str(vocab.ROLE))
    words = Words(str(own["phrase"]), str(own["inverse"])) if own.get("phrase") and own.get("inverse") else None
    kind = RelationshipKind(own["kind"])
    known = role if role in named_roles().values() else None
    return _titled(Reading(kind, known, words), text)


def _titled(reading: Reading, text: str | None) -> Reading:
    """With the words in which it was told as its title, unless they are those of its role."""
    terms = shipped_terms()
    term = terms[URIRef(role_iri(reading.role)) if reading.role else vocab.RELATIONSHIP_TERMS[reading.kind.value].cls]
    same = text is None or text in (term.name, term.phrase, reading.words and reading.words.phrase)
    return reading._replace(title=None if same else text)


def _fits(kind: RelationshipKind, ends: Sequence[EntityKind]) -> bool:
    return ends[0] in ENDS[kind][0] and ends[1] in ENDS[kind][1]
