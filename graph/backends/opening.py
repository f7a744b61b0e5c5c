"""Graphs by the address of the engine that has their relationships."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from interlock.graph.backends.bridge import Bridge
from interlock.graph.backends.graph import RemoteGraph
from interlock.graph.backends.protocol import Backend
from interlock.graph.cache import cache_folder
from interlock.graph.errors import BadInput
from interlock.graph.heap import Store

REDIS, SPARQL = frozenset({"redis", "rediss"}), frozenset({"http", "https"})


def open_graph(address: str, directory: Store | None = None) -> RemoteGraph:
    """The graph at ``redis://…``, or at the ``http://…`` of a SPARQL endpoint.

    ``directory`` is what was opened of it before: then it is the very version that this is of. Raises ``BackendDown``, and ``BadInput`` if
    the address is none, or what it takes to read there is not installed.
    """
    scheme = urlsplit(address).scheme
    if scheme not in REDIS | SPARQL:
        raise BadInput(f"{address[:40]!r} is no address of a backend. Give redis://host:port, or the http://… of a SPARQL endpoint.")
    bridge = Bridge()
    try:
        return RemoteGraph(bridge.run(_opened(address, scheme, directory)), bridge, address)
    except BaseException:
        bridge.close()
        raise


async def _opened(address: str, scheme: str, directory: Store | None) -> Backend:
    if scheme in REDIS:
        from interlock.graph.backends.redis_backend import RedisBackend

        return await RedisBackend.open(address, cache_folder() or Path(tempfile.gettempdir(), "interlock"), directory)
    from interlock.graph.backends.sparql_backend import SparqlBackend
    from interlock.graph.backends.sparql_http import HttpTransport

    return await SparqlBackend.open(HttpTransport(address), directory)
