"""The sources of what files of others say: named graphs, datasets that describe themselves, documents referred to, or else the files.

A statement in a named graph is that graph's. One in the default graph is of the dataset (void:Dataset, dcat:Dataset, schema:Dataset) that
its file describes, if that is one; else of the file, by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from interlock.graph.foreign.namespaces import CC, DC, DCAT, DCTERMS, FOAF, PROV, SCHEMA, VOID, all_of, is_web_link, shorten
from interlock.graph.foreign.naming import LABELS, best_text, clean, label_of
from interlock.graph.foreign.references import PUBLISHED, PUBLISHER, RETRIEVED, STATED_IN, TITLE
from interlock.graph.foreign.times import date_of
from interlock.graph.foreign.view import View
from interlock.graph.licences import spdx
from interlock.seeds import vocab

DATASETS: Final = (VOID + "Dataset", DCAT + "Dataset", SCHEMA + "Dataset")
LICENCES: Final = (DCTERMS + "license", SCHEMA + "license", CC + "license", DCTERMS + "rights", DC + "rights")
_PUBLISHERS: Final = (DCTERMS + "publisher", SCHEMA + "publisher", DC + "publisher")
_ISSUED: Final = (DCTERMS + "issued", SCHEMA + "datePublished", DCTERMS + "modified", SCHEMA + "dateModified", DCTERMS + "date")
_LINKS: Final = (SCHEMA + "url", FOAF + "homepage", DCAT + "landingPage")
ORIGINS: Final = (*all_of(PROV, "wasDerivedFrom hadPrimarySource"), DCTERMS + "source")

TITLE_OF, PUBLISHER_OF, ISSUED, LICENCE = all_of(DCTERMS, "title publisher issued license")
URL_OF, PRIMARY, RETRIEVED_ON = SCHEMA + "url", PROV + "hadPrimarySource", str(vocab.IL.retrieved)
_ENTITY_DATA: Final = "https://www.wikidata.org/wiki/Special:EntityData/"

Field = tuple[str, str, bool]
"""A property of ours, a value, and whether that is an IRI."""


def file_source(name: str) -> str:
    """The IRI of a file as a source, by its name."""
    return f"{vocab.SOURCE}file-{re.sub('[^A-Za-z0-9._-]+', '-', name)}"


def described(view: View, source: str, titles: Mapping[str, str], references: Mapping[str, list[str]]) -> list[Field]:
    """What is known of a source; ``titles`` are the names of files, ``references`` lead to documents."""
    view.take_types(source, *DATASETS)
    view.take(source, SCHEMA + "about")
    told = [*_of_wikidata(source), *_of_dataset(view, source)]
    told += _of_document(view, source, references.get(source, []))
    found: dict[str, Field] = {}
    for field in told:
        found.setdefault(field[0] if not field[2] or field[0] == URL_OF else f"{field[0]} {field[1]}", field)
    title = (TITLE_OF, titles.get(source, source if source in references else f"Dataset {source}"), False)
    return list({TITLE_OF: title, **found}.values())


def licence_of(view: View, source: str) -> str:
    """The licence that a dataset, graph or file states; empty if it states none."""
    return next((spdx(_text_of(view, said.value)) for said in view.take(source, *LICENCES)), "")


def _of_wikidata(source: str) -> Iterator[Field]:
    """What a file of Wikidata's about one item doesn't say of itself."""
    if source.startswith(_ENTITY_DATA):
        yield TITLE_OF, f"Wikidata: {source.removeprefix(_ENTITY_DATA)}", False
        yield PUBLISHER_OF, "Wikidata", False


def _of_dataset(view: View, source: str) -> Iterator[Field]:
    texts = {
        TITLE_OF: best_text(view.texts(source, *LABELS)),
        PUBLISHER_OF: _first(view, source, _PUBLISHERS),
        ISSUED: next(filter(None, (date_of(view, source, each) for each in _ISSUED)), ""),
        LICENCE: licence_of(view, source),
    }
    yield from ((predicate, text, False) for predicate, text in texts.items() if text)
    for said in view.take(source, *_LINKS):
        link = said.value if isinstance(said.value, str) else said.value.value
        if is_web_link(link):
            yield URL_OF, link, True
        else:
            view.warn(source, f"has the link {link[:80]!r}; only http and https are allowed: it is left out")
    for said in view.nodes(source, *ORIGINS):
        if said.value != source:
            yield PRIMARY, str(said.value), True


def _of_document(view: View, source: str, references: list[str]) -> Iterator[Field]:
    """What references say of the document that they lead to; where they differ, the latest retrieval counts."""
    retrieved = ""
    for reference in references:
        if source.startswith("http") and not source.startswith(vocab.BASE):
            yield URL_OF, source, True
        works = [label_of(view, str(said.value)) or shorten(str(said.value)) for said in view.nodes(reference, STATED_IN)]
        title = best_text(view.texts(reference, TITLE)) or next(iter(sorted(works)), "")
        publisher = next((label_of(view, str(said.value)) for said in view.nodes(reference, PUBLISHER)), "")
        texts = {TITLE_OF: title, PUBLISHER_OF: publisher, ISSUED: date_of(view, reference, PUBLISHED)}
        yield from ((predicate, text, False) for predicate, text in texts.items() if text)
        retrieved = max(retrieved, date_of(view, reference, RETRIEVED))
    if retrieved:
        yield RETRIEVED_ON, retrieved, False


def _first(view: View, source: str, predicates: tuple[str, ...]) -> str:
    """A name: a text, or that of a thing."""
    return next(filter(None, (_text_of(view, said.value) for said in view.take(source, *predicates))), "")


def _text_of(view: View, value: str | ox.Literal) -> str:
    if isinstance(value, ox.Literal):
        return clean(value.value)
    return label_of(view, value) or value
