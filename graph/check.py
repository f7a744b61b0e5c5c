"""Validation of RDF against the shapes (SHACL), beyond what the loader itself insists on."""

from __future__ import annotations

from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from interlock.graph.errors import Problem
from interlock.graph.rdf import Statements, read
from interlock.graph.vocabulary import SEEDS


def violations(statements: Statements) -> list[Problem]:
    """What the shapes find wrong: each with its file, line and subject, and the shape's own message."""
    from pyshacl import validate

    vocabulary = read([SEEDS / "ontology.ttl", SEEDS / "roles.ttl"])
    conforms, report, _ = validate(_plain(statements, vocabulary), shacl_graph=_plain(read([SEEDS / "shapes.ttl"])))
    if conforms:
        return []
    assert isinstance(report, Graph)
    return sorted(_problem(statements, report, result) for result in report.objects(predicate=SH.result))


def _problem(statements: Statements, report: Graph, result: Node) -> Problem:
    focus, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
    assert focus is not None
    return statements.problem(focus, str(message))


def _plain(*parts: Statements) -> Graph:
    """All statements of all graphs as one rdflib graph in memory, which pySHACL reads fastest."""
    graph = Graph()
    for part in parts:
        for subject, properties in part.subjects.items():
            for predicate, values in properties.items():
                for value in values:
                    graph.add((subject, predicate, value))
    return graph
