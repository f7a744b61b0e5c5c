"""A worker in a process of its own: opens the snapshot that it is handed, and answers questions until nobody asks any more.

It is started by ``ProcessWorker``, with what it needs as JSON: the limits, and the descriptors of the snapshot, of a socket for questions
and replies, and of a file of one byte that cancels.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from interlock.graph import Engine, KnowledgeGraph, Limits
from interlock.graph.backends.graph import engine_of
from interlock.graph.backends.opening import reopen_graph
from interlock.graph.snapshot import Snapshot
from interlock.schema.price import CostLimits
from interlock.server.desk import Desk
from interlock.server.logs import LogFormat, set_up
from interlock.server.process import settle

SIZE: Final = struct.Struct("!I")
"""Goes before each message: how many bytes it has."""
_NICE: Final = 10
"""How far a worker stands back behind the process that serves."""

log = logging.getLogger("interlock.server")


def main(given: str) -> None:
    """Answer until the socket is closed."""
    for ignored in (signal.SIGINT, signal.SIGTERM):  # which are meant for the process that serves, and it closes the socket
        signal.signal(ignored, signal.SIG_IGN)
    told = json.loads(given)
    set_up(LogFormat(told["log"]))
    try:
        _answer(told)
    except Exception:
        log.exception("A worker has failed.")
        sys.exit(1)


def _answer(told: Mapping[str, Any]) -> None:
    os.nice(_NICE)
    engine = _engine(Snapshot(Path(f"/dev/fd/{told['snapshot']}")), told.get("ticket"), Limits(**told["limits"]))
    desk = Desk(engine, CostLimits(**told["cost_limits"]))
    cancelled = np.frombuffer(mmap.mmap(told["cancelled"], 1), np.uint8)
    engine.prepare()
    settle()
    with socket.socket(fileno=told["questions"]) as questions:
        _send(questions, engine.graph.version)
        while (message := _receive(questions)) is not None:
            question, seconds = pickle.loads(message)
            _send(questions, desk.answer(question, seconds, cancelled))


def _engine(snapshot: Snapshot, ticket: str | None, limits: Limits) -> Engine:
    """What answers; if the snapshot is the directory of a graph that is elsewhere, about that graph."""
    if ticket is None:
        return Engine(KnowledgeGraph(snapshot), limits)
    return engine_of(reopen_graph(os.environ["INTERLOCK_BACKEND"], snapshot, ticket), limits)


def _send(to: socket.socket, message: Any) -> None:
    pickled = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    to.sendall(SIZE.pack(len(pickled)) + pickled)


def _receive(source: socket.socket) -> bytes | None:
    head = _exactly(source, SIZE.size)
    return None if head is None else _exactly(source, SIZE.unpack(head)[0])


def _exactly(source: socket.socket, size: int) -> bytes | None:
    """So many bytes; None if the other side has gone."""
    parts: list[bytes] = []
    while size:
        try:
            part = source.recv(min(size, 1 << 20))
        except ConnectionError:
            return None
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    main(sys.argv[1])
