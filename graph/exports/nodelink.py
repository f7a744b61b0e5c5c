"""JSON for programs: node-link as networkx reads it, and the elements of Cytoscape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import as_json
from interlock.graph.exports.tables import ENTITIES, RELATIONSHIPS, Table, attributes

_SPACE: Final = b",\n"


def node_link(content: Content) -> Iterator[bytes]:
    """What ``networkx.node_link_graph(data, edges="edges")`` reads; the key of an edge is the id of its relationship."""
    yield b'{"directed":true,"multigraph":true,"graph":' + orjson.dumps(content.about()) + b',\n"nodes":[\n'
    yield from _joined(orjson.dumps(_data(ENTITIES, content, entity)) for entity in content.entities())
    yield b'],\n"edges":[\n'
    yield from _joined(orjson.dumps({**_data(RELATIONSHIPS, content, tie), "key": tie.id}) for tie in content.relationships())
    yield b"]}\n"


def cytoscape(content: Content) -> Iterator[bytes]:
    """What Cytoscape and cytoscape.js read."""
    about = {**content.about(), "name": content.selection.title}
    yield b'{"format_version":"1.0","generated_by":"interlock","data":' + orjson.dumps(about) + b',\n"elements":{"nodes":[\n'
    yield from _joined(orjson.dumps({"data": _data(ENTITIES, content, entity)}) for entity in content.entities())
    yield b'],\n"edges":[\n'
    yield from _joined(orjson.dumps({"data": _data(RELATIONSHIPS, content, tie)}) for tie in content.relationships())
    yield b"]}}\n"


def _data(table: Table[Any], content: Content, record: Any) -> dict[str, Any]:
    return {column.name: as_json(value) for column, value in attributes(table.columns, content.graph, record)}


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    first = True
    for part in parts:
        yield part if first else _SPACE + part
        first = False
