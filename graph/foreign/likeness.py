"""Which IRIs are declared to be one thing, and which are not: as ``interlock.graph.merging`` wants to know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from interlock.graph.foreign.namespaces import OWL, SCHEMA, SKOS, is_web_link
from interlock.graph.foreign.view import View
from interlock.graph.foreign.writing import Writer

SAME: Final = (OWL + "sameAs", SCHEMA + "sameAs", SKOS + "exactMatch")
DIFFERENT: Final = OWL + "differentFrom"


def liken(view: View, writer: Writer, node: str) -> None:
    """Write which other IRIs an entity has, and which entities it is not."""
    for other in sorted(set(_others(view, node, *SAME))):
        writer.same_as(node, other)
    for other in sorted(set(_others(view, node, DIFFERENT))):
        writer.different_from(node, other)


def link(view: View, writer: Writer, described: Collection[str], entities: Collection[str]) -> None:
    """The same of whatever is not ``described`` from these files, as far as it is an entity or leads to one."""
    for node in sorted({*view.having(*SAME, DIFFERENT)} - {*described}):
        if node in entities:
            liken(view, writer, node)
        elif is_web_link(node):
            said = [each.value for each in view.peek(node, *SAME)]
            if said and all(value in entities for value in said):
                view.take(node, *SAME)
                for value in sorted({str(value) for value in said}):
                    writer.same_as(node, value)


def _others(view: View, node: str, *predicates: str) -> Iterator[str]:
    """The IRIs to which these properties lead; only those of the web."""
    for said in view.take(node, *predicates):
        other = said.value if isinstance(said.value, str) else said.value.value.strip()
        if is_web_link(other):
            yield other
        else:
            words = "different from" if predicates == (DIFFERENT,) else "the same as"
            view.warn(node, f"is {words} {other[:80]!r}; only http and https are allowed there: it is left out")
