"""From RDF to records: entities and sources."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rdflib import RDF
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, SDO, SKOS
from rdflib.term import Node

import interlock.seeds.vocab as vocab
from interlock.graph.errors import BadInput
from interlock.graph.intervals import Interval
from interlock.graph.licences import spdx
from interlock.graph.model import Entity, EntityKind, Source
from interlock.graph.reading import Subject, identify

IL = vocab.IL
ENTITY_KINDS: Final[dict[Node, EntityKind]] = {
    **{cls: EntityKind(kind) for kind, cls in vocab.ENTITY_CLASSES.items()},
    **{cls: EntityKind(kind) for cls, kind in vocab.ENTITY_SUBCLASSES.items()},
}


class Slugs:
    """Gives each entity a slug of its own: the end of its IRI if that is ours, else its name."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def take(self, iri: str, name: str) -> str:
        own = iri.removeprefix(str(vocab.ENTITY))
        base = own if own != iri else slugify(name)
        slug, number = base, 2
        while self._taken.setdefault(slug, iri) != iri:
            slug, number = f"{base}-{number}", number + 1
        return slug


def make_entity(subject: Subject, slugs: Slugs) -> Entity:
    """A person, company, board, agreement, case or event."""
    kind = next(ENTITY_KINDS[cls] for cls in subject.values(RDF.type) if cls in ENTITY_KINDS)
    name = subject.text(SDO.name)
    if not name:
        subject.fault("has no schema:name")
    identifiers = subject.texts(DCTERMS.identifier)
    return Entity(
        id=identify(subject.iri),
        iri=subject.iri,
        slug=slugs.take(subject.iri, name or ""),
        kind=kind,
        name=name or "",
        aliases=tuple(alias for alias in subject.texts(SKOS.altLabel) if alias != name),
        description=subject.text(DCTERMS.description),
        identifiers=identifiers,
        same_as=tuple(
            other for other in dict.fromkeys((*subject.texts(SDO.sameAs), *filter(None, map(expand, identifiers)))) if other != subject.iri
        ),
        interval=subject.interval(IL.during) or _whole_interval(subject),
        unit_of=subject.link(ORG.unitOf),
        signed=subject.date(IL.signed),
        case_number=subject.text(IL.caseNumber),
        court=subject.text(IL.court),
        filed=subject.date(IL.fileDate),
        closed=subject.date(IL.closeDate),
        abandoned=subject.date(IL.abandoned),
        outcome=subject.text(IL.outcome),
        amounts=subject.amounts(),
        came_from=subject.links(ORG.originalOrganization),
        went_into=subject.links(ORG.resultingOrganization),
        stated=subject.text(IL.during),
        different_from=subject.links(OWL.differentFrom),
    )


def make_source(subject: Subject) -> Source:
    """A document that makes claims."""
    title = subject.text(DCTERMS.title)
    if not title:
        subject.fault("has no dcterms:title")
    url = subject.text(SDO.url)
    if url and not re.match(r"https?://", url):
        subject.fault(f"has the link {url!r}; only http and https are allowed")
    return Source(
        id=identify(subject.iri),
        iri=subject.iri,
        title=title or "",
        publisher=subject.text(DCTERMS.publisher),
        url=url,
        published=subject.date(DCTERMS.issued),
        retrieved=subject.date(IL.retrieved),
        derived_from=subject.links(PROV.hadPrimarySource),
        tier=subject.text(IL.tier),
        creators=subject.texts(DCTERMS.creator),
        licence=spdx(licence) if (licence := subject.text(DCTERMS.license)) else None,
    )


def expand(curie: str) -> str | None:
    """The IRI that an identifier such as ``cik:1326801`` stands for, if its scheme is known."""
    prefix, _, local = curie.partition(":")
    base = vocab.IDENTIFIER_SCHEMES.get(prefix)
    return f"{base}{local}" if base else None


def slugify(name: str) -> str:
    """A name as a part of a URL: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "entity"


def _whole_interval(subject: Subject) -> Interval | None:
    """A case lasts from its filing to its closing, an agreement from its signing until it is carried out or abandoned."""
    began = subject.date(IL.fileDate) or subject.date(IL.signed)
    ended = subject.date(IL.closeDate) or subject.date(IL.abandoned)
    if began is None and ended is None:
        return None
    try:
        return Interval(began, ended)
    except BadInput as error:
        subject.fault(str(error))
        return None
