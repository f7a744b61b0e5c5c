"""What is said of entities beside their names: descriptions, identifiers, other IRIs, and when they began and ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import DCTERMS as OUR_TERMS

from interlock.graph.foreign.kinds import take_kind
from interlock.graph.foreign.likeness import liken
from interlock.graph.foreign.namespaces import DC, DCTERMS, ORG, SCHEMA, WD, WDT, local_name
from interlock.graph.foreign.naming import best_text, name_and_aliases
from interlock.graph.foreign.resolving import outlived
from interlock.graph.foreign.ties import Tie
from interlock.graph.foreign.times import interval
from interlock.graph.foreign.view import View
from interlock.graph.foreign.wikidata import as_far_as_known
from interlock.graph.foreign.writing import Writer
from interlock.seeds import vocab

_DESCRIPTIONS: Final = (SCHEMA + "description", DCTERMS + "description", DC + "description")
_SCHEMES: Final[dict[str, str]] = {SCHEMA + "leiCode": "lei", WDT + "P1278": "lei", WDT + "P5531": "cik", WDT + "P1320": "opencorporates"}
_IDENTIFIER: Final = re.compile(
    r"wikidata:Q[1-9]\d*|lei:[0-9A-Z]{18}\d\d|cik:[1-9]\d{0,9}|opencorporates:[a-z]{2}(_[a-z]{2})?/[0-9A-Za-z._-]+"
)
_FIRMS: Final = frozenset({"COMPANY", "ORGANIZATION"})
_BEGAN, _ENDED, _DIED = (
    (SCHEMA + "foundingDate", WDT + "P571"),
    (SCHEMA + "dissolutionDate", WDT + "P576"),
    (SCHEMA + "deathDate", WDT + "P570"),
)


def describe(view: View, writer: Writer, node: str, kind: str, company: str, ties: Iterable[Tie]) -> None:
    """Write all that is known of an entity; ``company`` is the one whose board it is, ``ties`` are those that it has."""
    take_kind(view, node)
    name, aliases = name_and_aliases(view, node)
    if company:
        view.take(node, ORG + "unitOf")
        writer.board(node, name, aliases, company)
    else:
        writer.entity(node, kind, name, aliases)
    if text := best_text(view.texts(node, *_DESCRIPTIONS)):
        writer.text(node, str(OUR_TERMS.description), text)
    for identifier in sorted(set(_identifiers(view, node))):
        writer.text(node, str(OUR_TERMS.identifier), identifier)
    liken(view, writer, node)
    if life := _life(view, node, kind, ties):
        writer.text(node, str(vocab.IL.during), life)


def _identifiers(view: View, node: str) -> Iterator[str]:
    """Those of the known schemes."""
    if node.startswith(WD) and _IDENTIFIER.fullmatch(f"wikidata:{local_name(node)}"):
        yield f"wikidata:{local_name(node)}"
    written = [(scheme, literal.value.strip()) for predicate, scheme in _SCHEMES.items() for literal in view.texts(node, predicate)]
    found = [f"{scheme}:{text.lstrip('0') if scheme == 'cik' else text}" for scheme, text in written]
    found += [said.value.value for said in view.peek(node, DCTERMS + "identifier") if isinstance(said.value, ox.Literal)]
    for identifier in found:
        if _IDENTIFIER.fullmatch(identifier):
            view.take(node, DCTERMS + "identifier")
            yield identifier
        elif identifier.partition(":")[0] in vocab.IDENTIFIER_SCHEMES:
            view.warn(node, f"has the identifier {identifier[:80]!r}, which is none of that scheme: it is left out")


def _life(view: View, node: str, kind: str, ties: Iterable[Tie]) -> str:
    """From when to when there was an organization; until when a person lived."""
    if kind in _FIRMS:
        return interval(view, node, *(as_far_as_known(view, node, *properties) for properties in (_BEGAN, _ENDED)))
    died = as_far_as_known(view, node, *_DIED) if kind == "PERSON" else ""
    return f"/{died}" if died and not outlived(view, ties, node, f"/{died}") else ""
