"""A selection in Python: as an ordinary networkx graph, and as rows for a data frame."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import networkx as nx

from interlock.graph.errors import BadInput
from interlock.graph.exports.columns import attributes
from interlock.graph.exports.content import Content
from interlock.graph.exports.tables import ENTITIES, edges_of, tables_of
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.selection import Selection


def subgraph(graph: KnowledgeGraph, selection: Selection) -> nx.MultiDiGraph[str]:
    """The selection as an ordinary, changeable ``MultiDiGraph``.

    Nodes are ids of entities, keys of edges ids of relationships. Their attributes are what ``table_rows`` has in its columns, but for
    what is missing; those of the graph itself say what it is.
    """
    if selection.network is not None:
        raise BadInput("A network of interlocks has no direction and no edges side by side: take weighted_graph.")
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for tie, said in _filled(made, Content(graph, selection)):
        made.add_edge(tie.source, tie.target, tie.id, **said)
    return made


def weighted_graph(graph: KnowledgeGraph, selection: Selection) -> nx.Graph[str]:
    """A network of interlocks as an ordinary ``Graph``, whose edges have ``weight`` and what else ``table_rows`` has of ``interlocks``."""
    if selection.network is None:
        raise BadInput("Only a network of interlocks has weights: take subgraph.")
    made: nx.Graph[str] = nx.Graph()
    for tie, said in _filled(made, Content(graph, selection)):
        made.add_edge(tie.source, tie.target, **said)
    return made


def _filled(made: nx.Graph[str], content: Content) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Puts into a graph all but the edges, which it gives with what is said of each."""
    graph, edges = content.graph, edges_of(content.selection)
    made.graph.update(content.about())
    for entity in content.entities():
        made.add_node(entity.id, **{column.name: value for column, value in attributes(ENTITIES.columns[1:], graph, entity)})
    columns = [column for column in edges.columns if column.name not in ("id", "source", "target")]
    for tie in edges.records(content):
        yield tie, {column.name: value for column, value in attributes(columns, graph, tie)}


def table_rows(graph: KnowledgeGraph, selection: Selection, name: str = "relationships") -> Iterator[dict[str, Any]]:
    """The rows of one table: ``entities``, ``relationships``, ``claims`` or ``sources``; ``pandas.DataFrame`` takes them as they are.

    A network of interlocks has ``entities``, ``interlocks`` and ``sources``.
    """
    tables = {table.name: table for table in tables_of(selection)}
    if name not in tables:
        near = difflib.get_close_matches(name, tables, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(tables)}."
        raise BadInput(f"{name!r} is not a table. {hint}")
    names = [column.name for column in tables[name].columns]
    return (dict(zip(names, row, strict=True)) for row in tables[name].rows(Content(graph, selection)))
