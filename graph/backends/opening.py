"""Graphs by the address of the engine that has their relationships."""

from __future__ import annotations

import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from interlock.graph.backends.bridge import Bridge
from interlock.graph.backends.graph import RemoteGraph
from interlock.graph.backends.protocol import Backend
from interlock.graph.cache import cache_folder
from interlock.graph.errors import BadInput
from interlock.graph.heap import Store

REDIS, SPARQL = frozenset({"redis", "rediss"}), frozenset({"http", "https"})


def open_graph(address: str) -> RemoteGraph:
    """The graph at ``redis://…``, or at the ``http://…`` of a SPARQL endpoint.

    Raises ``BackendDown``, and ``BadInput`` if the address is none, or what it takes to read there is not installed.
    """
    scheme = urlsplit(address).scheme
    if scheme not in REDIS | SPARQL:
        raise BadInput(f"{address[:40]!r} is no address of a backend. Give redis://host:port, or the http://… of a SPARQL endpoint.")
    return _graph(address, _at_redis(address) if scheme in REDIS else _at_endpoint(address))


def reopen_graph(address: str, directory: Store, ticket: str) -> RemoteGraph:
    """The same graph, in another process, by the directory and the ticket of what was opened in this one."""
    from interlock.graph.backends.redis_backend import RedisBackend

    return _graph(address, RedisBackend.reopened(address, directory, ticket))


def _graph(address: str, opening: Coroutine[Any, Any, Backend]) -> RemoteGraph:
    bridge = Bridge()
    try:
        return RemoteGraph(bridge.run(opening), bridge, address)
    except BaseException:
        bridge.close()
        raise


async def _at_redis(address: str) -> Backend:
    from interlock.graph.backends.redis_backend import RedisBackend

    return await RedisBackend.open(address, cache_folder() or Path(tempfile.gettempdir(), "interlock"))


async def _at_endpoint(address: str) -> Backend:
    from interlock.graph.backends.sparql import SparqlBackend
    from interlock.graph.backends.sparql_http import HttpTransport

    return await SparqlBackend.open(HttpTransport(address))
