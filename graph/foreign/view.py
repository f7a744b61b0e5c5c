"""What files of others say, by subject, with a note of what has been understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import pyoxigraph as ox

from interlock.graph.errors import Problem
from interlock.graph.foreign.blank import NODES
from interlock.graph.foreign.namespaces import RDF_TYPE, SCHEMA, SCHEMA_HTTP, shorten
from interlock.graph.foreign.naming import first_label

_STEPS: Final = 4
"""How far from a blank node a thing may be by which it is told."""

Value = str | ox.Literal
"""An IRI, or a literal."""


class Said(NamedTuple):
    """A value, and the IRI of the source that gives it."""

    value: Value
    by: str


class Whole(NamedTuple):
    """What is found by looking at all that is said, and has to be known to translate a part of it again.

    ``kinds`` are those of entities; ``boards`` lead to the organizations whose they are, ``called_boards`` are boards by their names.
    ``sources`` are those that are called otherwise than by their own IRIs; what no graph says is said by ``said_by``.
    """

    kinds: Mapping[str, str] = MappingProxyType({})
    boards: Mapping[str, str] = MappingProxyType({})
    called_boards: frozenset[str] = frozenset()
    sources: Mapping[str, str] = MappingProxyType({})
    said_by: str = ""


NOTHING: Final = Whole()


class View:
    """Statements by subject and property. Whoever reads values with ``take`` answers for them; all that nobody takes is left over.

    schema.org's terms are those of https, whichever way they are written. ``files`` has the file in which a subject was first met,
    ``files_by`` that of what a source says. ``warnings`` are what was taken and couldn't be made sense of. ``whole`` is what is known
    already, if these statements are a part of others.
    """

    def __init__(self, whole: Whole = NOTHING) -> None:
        self.whole = whole
        self.said: dict[str, dict[str, list[Said]]] = {}
        self.files: dict[str, Path] = {}
        self.files_by: dict[str, Path] = {}
        self.warnings: list[Problem] = []
        self._led_to_by: dict[str, tuple[str, str]] = {}
        self._by_property: dict[str, dict[str, None]] = {}
        self._by_class: dict[str, dict[str, None]] = {}
        self._taken: set[tuple[str, str]] = set()
        self._types_taken: set[tuple[str, str]] = set()

    def add(self, subject: str, predicate: str, value: Value, by: str, path: Path) -> None:
        """Add one statement."""
        predicate = _secure(predicate)
        if predicate == RDF_TYPE and isinstance(value, str):
            value = _secure(value)
            self._by_class.setdefault(value, {})[subject] = None
        elif isinstance(value, str):
            self._led_to_by.setdefault(value, (subject, predicate))
        self.said.setdefault(subject, {}).setdefault(predicate, []).append(Said(value, by))
        self._by_property.setdefault(predicate, {})[subject] = None
        self.files.setdefault(subject, path)
        self.files_by.setdefault(by, path)

    def take(self, subject: str, *predicates: str) -> list[Said]:
        """The values of these properties, which are understood from now on."""
        found: list[Said] = []
        said = self.said.get(subject, {})
        for predicate in predicates:
            if predicate in said:
                self._taken.add((subject, predicate))
                found += said[predicate]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def nodes(self, subject: str, *predicates: str) -> list[Said]:
        """Of these values those that are things; a text in the place of one is a warning."""
        found = []
        for said in self.take(subject, *predicates):
            if isinstance(said.value, str):
                found.append(said)
            else:
                self.warn(
                    subject, f"has the text {said.value.value[:80]!r} where a thing with an IRI or properties belongs: it is left out"
                )
        return found

    def texts(self, subject: str, *predicates: str) -> list[ox.Literal]:
        """Of these values the literals."""
        return [said.value for said in self.take(subject, *predicates) if isinstance(said.value, ox.Literal)]

    def peek(self, subject: str, *predicates: str) -> list[Said]:
        """The values without taking them."""
        said = self.said.get(subject, {})
        return [each for predicate in predicates for each in said.get(predicate, ())]

    def types(self, subject: str) -> list[str]:
        """The classes of a subject."""
        return [each.value for each in self.peek(subject, RDF_TYPE) if isinstance(each.value, str)]

    def take_types(self, subject: str, *classes: str) -> None:
        """Its being of these classes is understood."""
        self._types_taken.update((subject, cls) for cls in self.types(subject) if cls in classes)

    def typed(self, *classes: str) -> list[str]:
        """Subjects of these classes."""
        return list(dict.fromkeys(subject for cls in classes for subject in self._by_class.get(cls, ())))

    def having(self, *predicates: str) -> list[str]:
        """Subjects that have these properties."""
        return list(dict.fromkeys(subject for predicate in predicates for subject in self._by_property.get(predicate, ())))

    def properties(self) -> Iterable[str]:
        """Every property that is used."""
        return self._by_property

    def warn(self, subject: str, message: str) -> None:
        """Note something that is taken and can't be understood, of a subject."""
        path = self.files.get(subject, "")
        self.warnings.append(Problem(str(path), 0, self.called(subject), message))

    def called(self, subject: str) -> str:
        """How messages call it: with its name, if it has one."""
        label = first_label(self, subject)
        if label or not subject.startswith(NODES):
            return f"{shorten(subject)} ({label})" if label else shorten(subject)
        return self._described_by_others(subject) or shorten(subject)

    def _described_by_others(self, node: str) -> str:
        """A blank node by what leads to it, or by what it leads to: ``org:memberDuring of <…> (Ann)``."""
        path = ""
        for _ in range(_STEPS):
            if node in self._led_to_by:
                node, predicate = self._led_to_by[node]
                path += f"{shorten(predicate)} of "
            if not node.startswith(NODES):
                return path + self.called(node)
        for predicate, values in self.said.get(node, {}).items():
            for said in values:
                if isinstance(said.value, str) and (label := first_label(self, said.value)):
                    return f"{path}what has {shorten(predicate)} {shorten(said.value)} ({label})"
        return ""

    def left_over(self) -> Iterator[tuple[str, str, str]]:
        """What nobody took, statement by statement: ``class`` or ``property``, its IRI, and the subject."""
        for subject, properties in self.said.items():
            for predicate, values in properties.items():
                for said in values:
                    if predicate == RDF_TYPE and isinstance(said.value, str):
                        if (subject, said.value) not in self._types_taken:
                            yield "class", said.value, subject
                    elif (subject, predicate) not in self._taken:
                        yield "property", predicate, subject


def _secure(iri: str) -> str:
    return SCHEMA + iri[len(SCHEMA_HTTP) :] if iri.startswith(SCHEMA_HTTP) else iri
