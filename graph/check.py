"""Validation of RDF against the shapes (SHACL), beyond what the loader itself insists on."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from interlock.graph.errors import Problem
from interlock.graph.rdf import Statements, read
from interlock.graph.shape_forms import Forms
from interlock.graph.vocabulary import SEEDS


class Shapes:
    """The shapes, and the vocabulary with which data is held against them."""

    def __init__(self) -> None:
        self._shapes = _plain(read([SEEDS / "shapes.ttl"]))
        self._vocabulary = read([SEEDS / "ontology.ttl", SEEDS / "roles.ttl"])

    def forms(self) -> Forms:
        """What they can tell of values and subjects."""
        said = (values for properties in self._vocabulary.subjects.values() for values in properties.values())
        return Forms(self._shapes, {*self._vocabulary.subjects, *(value for values in said for value in values)})

    def violations(self, statements: Statements) -> list[Problem]:
        """What they find wrong: each with its file, line and subject, and the shape's own message."""
        return sorted(statements.problem(subject, message) for subject, message in self.found(statements))

    def found(self, statements: Statements) -> Iterator[tuple[Node, str]]:
        """Which subjects are wrong, and the messages of the shapes that say so."""
        from pyshacl import validate

        conforms, report, _ = validate(_plain(statements, self._vocabulary), shacl_graph=self._shapes)
        if conforms:
            return
        assert isinstance(report, Graph)
        for result in report.objects(predicate=SH.result):
            focus, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
            assert focus is not None
            yield focus, str(message)


def _plain(*parts: Statements) -> Graph:
    """All statements of all graphs as one rdflib graph in memory, which pySHACL reads fastest."""
    graph = Graph()
    for part in parts:
        for subject, properties in part.subjects.items():
            for predicate, values in properties.items():
                for value in values:
                    graph.add((subject, predicate, value))
    return graph
