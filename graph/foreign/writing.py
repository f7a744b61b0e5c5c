"""Quads in our vocabulary, as ``interlock.graph.convert`` reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, XSD
from rdflib.namespace import ORG, OWL, SDO, SKOS

from interlock.graph.foreign.origins import Field
from interlock.graph.foreign.ties import Tie
from interlock.seeds import vocab

IL = vocab.IL
# rdflib looks a name up in its vocabulary whenever it is asked for
_TYPE, _NAME, _ALIAS, _ROLE, _TITLE = RDF.type, SDO.name, SKOS.altLabel, ORG.role, SDO.roleName
_DECIMAL: Final = ox.NamedNode(str(XSD.decimal))


class Writer:
    """Gathers quads; ``confirmed`` are the sources that are on record, whose word confirms."""

    def __init__(self, confirmed: frozenset[str]) -> None:
        self.quads: list[ox.Quad] = []
        self._confirmed = confirmed
        self._nodes: dict[str, ox.NamedNode] = {}
        self._nowhere = ox.DefaultGraph()

    def entity(self, node: str, kind: str, name: str, aliases: Iterable[str]) -> None:
        """An entity's kind and names."""
        self._link(node, _TYPE, vocab.ENTITY_CLASSES[kind])
        self.text(node, _NAME, name)
        for alias in aliases:
            self.text(node, _ALIAS, alias)

    def board(self, node: str, name: str, aliases: Iterable[str], company: str) -> None:
        """A board of a company."""
        self.entity(node, "BOARD", name, aliases)
        self._link(node, ORG.unitOf, company)

    def text(self, node: str, predicate: str, text: str) -> None:
        """One text."""
        self._add(node, predicate, ox.Literal(text))

    def same_as(self, node: str, other: str) -> None:
        """Another IRI of an entity."""
        self._link(node, SDO.sameAs, other)

    def different_from(self, node: str, other: str) -> None:
        """An entity that this one is not."""
        self._link(node, OWL.differentFrom, other)

    def source(self, node: str, fields: Iterable[Field]) -> None:
        """A source."""
        self._link(node, _TYPE, IL.Source)
        self.text(node, IL.tier, "S")
        for predicate, value, is_iri in fields:
            self._add(node, predicate, ox.NamedNode(value) if is_iri else ox.Literal(value))

    def tie(self, iri: str, tie: Tie) -> None:
        """A relationship, and a claim by each of its sources."""
        terms, post = vocab.RELATIONSHIP_TERMS[tie.post.kind], tie.post
        self._link(iri, _TYPE, terms.cls)
        self._link(iri, terms.source, tie.source)
        self._link(iri, terms.target, tie.target)
        if post.role:
            self._link(iri, _ROLE, vocab.ROLE[post.role])
        if post.phrase:
            self.text(iri, IL.phrase, post.phrase[0])
            self.text(iri, IL.inverseLabel, post.phrase[1])
        title = "" if tie.title.casefold().replace(" ", "-") == post.role else tie.title
        for predicate, text in ((_TITLE, title), (IL.during, tie.during)):
            if text:
                self.text(iri, predicate, text)
        if tie.share:
            self._add(iri, IL.share, ox.Literal(tie.share, datatype=_DECIMAL))
        for source in tie.said_by:
            self._claim(iri, tie, source)

    def _claim(self, iri: str, tie: Tie, source: str) -> None:
        graph, claim = self._node(source), claim_iri(iri, source)
        status = IL.retracted if tie.retracted else IL.confirmed if source in self._confirmed else IL.reported
        self._link(claim, _TYPE, IL.Claim, graph)
        self._link(claim, IL.supports, iri, graph)
        self._link(claim, IL.status, status, graph)
        for day in tie.observed:
            self._add(claim, IL.observed, ox.Literal(day), graph)

    def _link(self, node: str, predicate: str, value: str, graph: ox.NamedNode | None = None) -> None:
        self._add(node, predicate, self._node(value), graph)

    def _add(self, node: str, predicate: str, value: ox.NamedNode | ox.Literal, graph: ox.NamedNode | None = None) -> None:
        self.quads.append(ox.Quad(self._node(node), self._node(predicate), value, graph or self._nowhere))

    def _node(self, iri: str) -> ox.NamedNode:
        """The same for the same IRI."""
        found = self._nodes.get(iri)
        if found is None:
            found = self._nodes[iri] = ox.NamedNode(str(iri))
        return found


def relationship_iris(ties: Iterable[Tie], taken: Collection[str]) -> list[str]:
    """The IRI of each: that of the resource that says it, if that says no other and is free; else one that follows from what it says."""
    listed = list(ties)
    times = Counter(tie.node for tie in listed)
    return [tie.node if tie.node and times[tie.node] == 1 and tie.node not in taken else _named(tie) for tie in listed]


def apart(source: str, taken: Collection[str]) -> str:
    """The IRI of a source, or another if that is taken: a graph may be called like what it speaks of."""
    return f"{vocab.SOURCE}{digest(source)}" if source in taken else source


def claim_iri(tie: str, source: str) -> str:
    """The IRI of what a source says of a relationship."""
    return f"{vocab.CLAIM}{digest(tie, source)}"


def digest(*parts: str) -> str:
    """A short name that follows from these texts."""
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def _named(tie: Tie) -> str:
    said = (tie.post.kind, tie.post.role, *(tie.post.phrase or ()), tie.source, tie.target, tie.node, tie.title, tie.during, tie.share)
    return f"{vocab.RELATIONSHIP}{digest(*said, str(tie.retracted), *tie.observed)}"
