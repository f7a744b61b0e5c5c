"""The text of queries: IRIs and texts that can't break out of where they stand, and the parts of a filter that an endpoint can apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from rdflib import RDF
from rdflib.namespace import DCTERMS, ORG, PROV, SDO

import interlock.seeds.vocab as vocab
from interlock.graph.filters import RelationshipFilter
from interlock.graph.intervals import Window
from interlock.graph.model import RelationshipKind, Status

IL = vocab.IL
_NOT_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_YEARS_APART: Final = 2
"""By how many years a date that is uncertain, or a season, may lie beside its year; and one to spare."""
_MOST_SOURCES: Final = 500
"""Of more sources than these it is looked here which they are."""
ENDS: Final = [(RelationshipKind(kind), term) for kind, term in vocab.RELATIONSHIP_TERMS.items()]
"""The kinds of relationships with how they are written."""


def iri(text: str) -> str | None:
    """An IRI as it is written in a query; None for what can't be one."""
    return None if not text or ":" not in text or _NOT_IN_IRI.search(text) else f"<{text}>"


def iris(texts: Iterable[str]) -> str:
    """Several, each after a space, without those that can't be any."""
    return " ".join(filter(None, map(iri, texts)))


def listed(texts: Iterable[str]) -> str:
    """Several, for ``IN``."""
    return ", ".join(filter(None, map(iri, texts)))


def literal(text: str) -> str:
    """A text as it is written in a query."""
    plain = "".join(f"\\U{ord(each):08X}" if each in '"\\\n\r\t' or not each.isprintable() else each for each in text)
    return f'"{plain}"'


class Scope:
    """Where statements are looked for.

    SPARQL leaves open whether what is asked without a graph is asked of all graphs. With ``apart`` they have to be asked one by one as
    well as what is in none of them.
    """

    def __init__(self, apart: bool) -> None:
        self._apart = apart

    def __call__(self, *triples: str) -> str:
        """Each of these, wherever it is stated."""
        if not self._apart:
            return " ".join(f"{each} ." for each in triples)
        return " ".join(f"{{ {{ {each} }} UNION {{ GRAPH ?in{place} {{ {each} }} }} }}" for place, each in enumerate(triples))


TYPE: Final = f"<{RDF.type}>"
AMOUNT: Final = f"<{SDO.amount}>"
STANCES: Final = ", ".join(f"<{each}>" for each in vocab.STANCES.values())
SUPPORTS: Final = f"<{IL.supports}>"
ROW: Final = ("r", "g", "s", "p", "o")
"""The variables of a query: a relationship, entity or source, and a statement that belongs to it, in its graph if that matters."""
_ROW: Final = "SELECT DISTINCT ?r ?g ?s ?p ?o"


_GLIMPSE: Final = "SELECT ?r ?g ?s ?p ?o"
_OF_TIES: Final = listed(dict.fromkeys((
    RDF.type, *(end for _, term in ENDS for end in (term.source, term.target)), ORG.role, IL.during, IL.phrase, IL.inverseLabel,
)))  # fmt: skip
_OF_CLAIMS: Final = listed((RDF.type, *vocab.STANCES.values(), IL.status, IL.observed, IL.during, DCTERMS.date, PROV.wasAttributedTo))


def described(scope: Scope, things: Iterable[str], amounts: bool) -> str:
    """A query for all that is said of entities or sources, and of what ``amounts`` they have if they may have any."""
    all_of = f"VALUES ?r {{ {iris(things)} }} {{ {scope('?r ?p ?o')} }}"
    if amounts:
        all_of += f" UNION {{ {scope(f'?r {AMOUNT} ?s', '?s ?p ?o')} }}"
    return f"SELECT DISTINCT ?r ?s ?p ?o WHERE {{ {all_of} }}"


def glimpsed(scope: Scope, ties: Iterable[str]) -> str:
    """A query for what a search has to know of these relationships."""
    return f"{_GLIMPSE} WHERE {{ VALUES ?r {{ {iris(ties)} }} {_bearing(scope)} }}"


def in_sight(scope: Scope, entities: Iterable[str], conditions: RelationshipFilter, forward: bool | None) -> str:
    """A query for what a search has to know of the relationships that ``around`` is about."""
    return f"{_GLIMPSE} WHERE {{ {{ SELECT DISTINCT ?r WHERE {{ {reaching(scope, entities, conditions, forward)} }} }} {_bearing(scope)} }}"


def _bearing(scope: Scope) -> str:
    """What of ``?r`` and of its claims ``?s`` bears on a search."""
    ties = f"{{ {scope('?r ?p ?o')} FILTER(?p IN ({_OF_TIES})) }}"
    return " UNION ".join((ties, *_about("?s {} ?r . ?s ?p ?o", f" FILTER(?p IN ({_OF_CLAIMS}))")))


def told(scope: Scope, ties: Iterable[str]) -> str:
    """A query for all that is said of these relationships."""
    return f"{_ROW} WHERE {{ VALUES ?r {{ {iris(ties)} }} {_statements(scope)} }}"


def around(scope: Scope, entities: Iterable[str], conditions: RelationshipFilter, forward: bool | None) -> str:
    """A query for all that is said of the relationships of these entities that pass the filter, and of some that don't."""
    return f"{_ROW} WHERE {{ {{ SELECT DISTINCT ?r WHERE {{ {reaching(scope, entities, conditions, forward)} }} }} {_statements(scope)} }}"


def _statements(scope: Scope) -> str:
    """All that is said of ``?r``: its statements, those of its claims, and of what amounts they have."""
    own = (f"{{ {scope('?r ?p ?o')} BIND(?r AS ?s) }}", f"{{ {scope(f'?r {AMOUNT} ?s', '?s ?p ?o')} }}")
    return " UNION ".join((*own, *_about("?s {} ?r . ?s ?p ?o"), *_about(f"?c {{}} ?r . ?c {AMOUNT} ?s . ?s ?p ?o")))


def _about(triples: str, then: str = "") -> Iterator[str]:
    """These, with each of the properties by which claims speak of relationships: to look for any takes Virtuoso ten times as long."""
    for stance in vocab.STANCES.values():
        yield f"{{ GRAPH ?g {{ {triples.format(f'<{stance}>')} }}{then} }}"


def reaching(scope: Scope, entities: Iterable[str], conditions: RelationshipFilter, forward: bool | None) -> str:
    """Relationships ``?r`` of these entities: all that pass the filter, and some that don't. See ``SparqlBackend.neighbours``."""
    chosen = [term for kind, term in ENDS if kind in conditions.admitted_kinds]
    sides = [(term.source,) if forward else (term.target,) if forward is False else (term.source, term.target) for term in chosen]
    ends = {end for side in sides for end in side}
    return (
        f"VALUES ?e {{ {iris(entities)} }} {scope('?r ?end ?e', f'?r {TYPE} ?kind')}"
        f" FILTER(?end IN ({listed(sorted(ends))}) && ?kind IN ({listed(sorted(term.cls for term in chosen))}) && !isBLANK(?r))"
        f"{_of_status(conditions)}{_by_sources(conditions)}{_then(scope, conditions.window)}"
    )


def _of_status(conditions: RelationshipFilter) -> str:
    """A relationship has a status that one of its claims has, or is disputed."""
    if Status.DISPUTED in conditions.admitted_statuses:
        return ""
    statuses = listed(vocab.STATUSES[status] for status in sorted(conditions.admitted_statuses))
    said = " UNION ".join(_about(f"?said {{}} ?r . ?said <{IL.status}> ?status", f" FILTER(?status IN ({statuses}))"))
    return f" FILTER EXISTS {{ {said} }}"


def _by_sources(conditions: RelationshipFilter) -> str:
    wanted = conditions.sources
    parts = []
    if wanted is not None and len(wanted) <= _MOST_SOURCES:
        parts.append(f"?by IN ({listed(map(unabridged, sorted(wanted)))})")
    if conditions.exclude_sources and len(conditions.exclude_sources) <= _MOST_SOURCES:
        parts.append(f"?by NOT IN ({listed(map(unabridged, sorted(conditions.exclude_sources)))})")
    return f" FILTER EXISTS {{ GRAPH ?by {{ ?said {SUPPORTS} ?r }} FILTER({' && '.join(parts)}) }}" if parts else ""


def _then(scope: Scope, window: Window | None) -> str:
    """Leave out what surely began after, or ended before; by the years that are written, where these are plain."""
    if window is None:
        return ""
    parts = []
    if (last := _year(window.last)) is not None:
        parts.append(f'REGEX(?span, "^[0-9]{{4}}([-/~?%]|$)") && SUBSTR(?span, 1, 4) > "{last + _YEARS_APART:04}"')
    if (first := _year(window.first)) is not None:
        ended = f'REGEX(?span, "/[0-9]{{4}}([-~?%]|$)") && SUBSTR(STRAFTER(?span, "/"), 1, 4) < "{first - _YEARS_APART:04}"'
        parts.append(f'{ended} && STRBEFORE(?span, "/") != STRAFTER(?span, "/")')
    outside = " || ".join(f"({each})" for each in parts)
    stated = scope(f"?r <{IL.during}> ?stated")
    return f" FILTER NOT EXISTS {{ {stated} BIND(STR(?stated) AS ?span) FILTER({outside}) }}" if parts else ""


def _year(day: int) -> int | None:
    """The year of a day; None if it is none of the common ones."""
    ordinal = day + _EPOCH
    if not date(10, 1, 1).toordinal() < ordinal < date(9990, 1, 1).toordinal():
        return None
    return date.fromordinal(ordinal).year


def unabridged(id: str) -> str:
    """The IRI of an id."""
    return id if _SCHEME.match(id) else f"{vocab.BASE}{id}"
