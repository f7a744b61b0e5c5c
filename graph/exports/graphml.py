"""GraphML: typed attributes, an id for every edge, so that parallel ones stay apart. Lists are JSON arrays, days ISO 8601.

Ids are the attribute ``key`` as well: igraph reads no ids of edges, and not every id of a node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from interlock.graph.exports.columns import Column, Type, attributes
from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import spelled, xml
from interlock.graph.exports.tables import ENTITIES, edges_of

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES: Final = {Type.COUNT: "long", Type.NUMBER: "double"}
_KEY: Final[Column[Any]] = replace(ENTITIES.columns[0], name="key")
_NODES: Final[tuple[Column[Any], ...]] = (_KEY, *(column for column in ENTITIES.columns if column.name != "id"))


def write(content: Content) -> Iterator[bytes]:
    about, edges = content.about(), edges_of(content.selection)
    columns = (_KEY, *(column for column in edges.columns if column.name not in ("id", "source", "target")))
    yield _HEAD.encode()
    yield "".join(f'  <key id="g_{name}" for="graph" attr.name="{name}" attr.type="string"/>\n' for name in about).encode()
    yield "".join(_key("node", "n", column) for column in _NODES).encode()
    yield "".join(_key("edge", "e", column) for column in columns).encode()
    direction = "directed" if content.selection.network is None else "undirected"
    yield f'  <graph id="interlock" edgedefault="{direction}">\n'.encode()
    yield "".join(f'    <data key="g_{name}">{xml(text)}</data>\n' for name, text in about.items()).encode()
    for entity in content.entities():
        yield f'    <node id="{xml(entity.id)}">{_data("n", _NODES, content, entity)}</node>\n'.encode()
    for tie in edges.records(content):
        ends = f'id="{xml(tie.id)}" source="{xml(tie.source)}" target="{xml(tie.target)}"'
        yield f"    <edge {ends}>{_data('e', columns, content, tie)}</edge>\n".encode()
    yield b"  </graph>\n</graphml>\n"


def _key(of: str, prefix: str, column: Column[Any]) -> str:
    said = f'attr.name="{column.name}" attr.type="{_TYPES.get(column.type, "string")}"'
    return f'  <key id="{prefix}_{column.name}" for="{of}" {said}><desc>{xml(column.says)}</desc></key>\n'


def _data(prefix: str, columns: tuple[Column[Any], ...], content: Content, record: Any) -> str:
    had = attributes(columns, content.graph, record)
    return "".join(f'<data key="{prefix}_{column.name}">{xml(spelled(value))}</data>' for column, value in had)
