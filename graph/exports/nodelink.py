"""JSON for programs: node-link as networkx reads it, and the elements of Cytoscape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from interlock.graph.exports.columns import Table, attributes
from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import as_json
from interlock.graph.exports.tables import ENTITIES, edges_of

_SPACE: Final = b",\n"


def node_link(content: Content) -> Iterator[bytes]:
    """What ``networkx.node_link_graph(data, edges="edges")`` reads; the key of an edge is the id of its relationship.

    A network of interlocks has no direction, no edges side by side, and so no keys.
    """
    edges, parallel = edges_of(content.selection), content.selection.network is None
    said = {"directed": parallel, "multigraph": parallel, "graph": content.about()}
    yield orjson.dumps(said)[:-1] + b',\n"nodes":[\n'
    yield from _joined(orjson.dumps(_data(ENTITIES, content, entity)) for entity in content.entities())
    yield b'],\n"edges":[\n'
    yield from _joined(
        orjson.dumps({**_data(edges, content, tie), **({"key": tie.id} if parallel else {})}) for tie in edges.records(content)
    )
    yield b"]}\n"


def cytoscape(content: Content) -> Iterator[bytes]:
    """What Cytoscape and cytoscape.js read."""
    about = {**content.about(), "name": content.selection.title}
    edges = edges_of(content.selection)
    yield b'{"format_version":"1.0","generated_by":"interlock","data":' + orjson.dumps(about) + b',\n"elements":{"nodes":[\n'
    yield from _joined(orjson.dumps({"data": _data(ENTITIES, content, entity)}) for entity in content.entities())
    yield b'],\n"edges":[\n'
    yield from _joined(orjson.dumps({"data": _data(edges, content, tie)}) for tie in edges.records(content))
    yield b"]}}\n"


def _data(table: Table[Any], content: Content, record: Any) -> dict[str, Any]:
    return {column.name: as_json(value) for column, value in attributes(table.columns, content.graph, record)}


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    first = True
    for part in parts:
        yield part if first else _SPACE + part
        first = False
