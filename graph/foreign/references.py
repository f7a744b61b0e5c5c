"""What Wikidata refers to: the documents from which its statements come, which are the sources of their claims."""

from __future__ import annotations

from typing import Final

from interlock.graph.foreign.namespaces import PR, PROV, WIKIBASE, is_web_link
from interlock.graph.foreign.view import View
from interlock.seeds import vocab

URL, STATED_IN, RETRIEVED, PUBLISHED, TITLE, PUBLISHER = (PR + number for number in ("P854", "P248", "P813", "P577", "P1476", "P123"))
_DERIVED: Final = PROV + "wasDerivedFrom"
_WORK: Final = f"{vocab.SOURCE}work-"


def sources_of(view: View, statement: str) -> tuple[str, ...]:
    """The IRIs of the documents that a statement is derived from, by its references."""
    references = [str(said.value) for said in view.nodes(statement, _DERIVED)]
    found = [source for reference in references if (source := source_of(view, reference))]
    return tuple(sorted(set(found)))


def source_of(view: View, reference: str) -> str:
    """The address of the document (reference URL), else an IRI for the work that it is stated in; empty if there is neither."""
    view.take_types(reference, WIKIBASE + "Reference")
    urls = sorted(str(said.value) for said in view.take(reference, URL) if isinstance(said.value, str))
    if urls and is_web_link(urls[0]):
        return urls[0]
    works = sorted(str(said.value) for said in view.nodes(reference, STATED_IN))
    return f"{_WORK}{works[0].rsplit('/', 1)[-1]}" if works else ""


def referring(view: View) -> dict[str, list[str]]:
    """Source → the references that lead to it."""
    found: dict[str, list[str]] = {}
    for reference in sorted(view.having(URL, STATED_IN)):
        found.setdefault(source_of(view, reference), []).append(reference)
    return found
