"""Workers as processes: each opens the snapshot that this process serves, which all of them share in memory."""

from __future__ import annotations

import asyncio
import json
import mmap
import os
import pickle
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from math import isinf
from pathlib import Path
from typing import Any, Final, cast

from interlock.graph import BadInput, DataError, Engine
from interlock.graph.backends.graph import RemoteGraph
from interlock.graph.errors import Problem
from interlock.graph.heap import Memory
from interlock.graph.snapshot import Snapshot, write_snapshot
from interlock.server.desk import Question, Reply
from interlock.server.settings import Settings
from interlock.server.worker import SIZE
from interlock.server.workers import WorkerLost

_GRACE: Final = 10.0
"""How many seconds after its time a worker that has not answered is ended: where it starves, it would take longer to start another."""
_FAR_GRACE: Final = 20.0
"""The same where it may be waiting for an engine elsewhere, which has a patience of its own."""
_PATIENCE: Final = 120.0
"""How many seconds a worker may take to begin."""


@contextmanager
def shared_snapshot(engine: Engine) -> Iterator[int]:
    """A descriptor of the snapshot that holds an engine's graph: of the very file that it was opened from, or of a new one."""
    store = engine.graph.columns.store
    if isinstance(store, Snapshot):
        descriptor = os.open(store.path, os.O_RDONLY)
        if Snapshot(Path(f"/dev/fd/{descriptor}")).meta != store.meta:
            os.close(descriptor)
            raise DataError([Problem(str(store.path), 0, "", "was replaced while it was opened. Try again")])
    else:
        assert isinstance(store, Memory), "there is no third kind"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "snapshot")
            write_snapshot(path, store)
            descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def process_workers(engine: Engine, settings: Settings) -> Iterator[Sequence[ProcessWorker]]:
    """As many workers as wanted, to be started and stopped by the caller; none where there can't be any."""
    count = settings.workers
    if count is None:
        count = max(2, os.cpu_count() or 1) if os.name == "posix" else 0
    if count and os.name != "posix":
        raise BadInput(f"workers is {count}, but on this system there can't be any. Leave it out, or set it to 0.")
    alone = isinstance(engine.graph, RemoteGraph) and engine.graph.backend.ticket is None  # threads answer, who share what was read
    if not count or alone:
        yield ()
        return
    with shared_snapshot(engine) as snapshot:
        yield [ProcessWorker(snapshot, engine, settings) for _ in range(count)]


class ProcessWorker:
    """One process, started anew whenever it was lost. A byte that both sides have in memory cancels what it does."""

    def __init__(self, snapshot: int, engine: Engine, settings: Settings) -> None:
        self._snapshot, self._version = snapshot, engine.graph.version
        self._told: dict[str, Any] = {"limits": asdict(engine.limits), "cost_limits": asdict(settings.cost_limits), "log": settings.log}
        self._grace = _GRACE if engine.graph.at_hand else _FAR_GRACE
        self._environment: dict[str, str] = {}
        if isinstance(engine.graph, RemoteGraph):
            self._told["ticket"] = engine.graph.backend.ticket
            self._environment["INTERLOCK_BACKEND"] = engine.graph.address  # it may hold a password, which command lines show to all
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: _Channel | None = None
        with tempfile.TemporaryFile() as file:
            file.truncate(1)
            self._byte = os.dup(file.fileno())
        self._cancelled = mmap.mmap(self._byte, 1)

    @property
    def process_id(self) -> int | None:
        """The number of its process, while it has one."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = self._spawn(theirs.fileno())
        _, self._channel = await asyncio.get_running_loop().create_unix_connection(_Channel, sock=ours)
        version = await self._reply(_PATIENCE)
        if version != self._version:
            self._end()
            raise WorkerLost(f"A worker opened version {version}, where {self._version} is served.")

    async def stop(self) -> None:
        self._end()
        if not self._cancelled.closed:
            self._cancelled.close()
            os.close(self._byte)

    async def answer(self, question: Question, seconds: float) -> Reply | None:
        if self._channel is None:
            raise WorkerLost("A worker has ended.")
        self._cancelled[0] = 0
        self._channel.send((question, seconds))
        reply: Reply | None = await self._reply(seconds + self._grace)
        return reply

    def cancel(self) -> None:
        self._cancelled[0] = 1

    def _spawn(self, questions: int) -> subprocess.Popen[bytes]:
        told = {"snapshot": self._snapshot, "questions": questions, "cancelled": self._byte, **self._told}
        command = [sys.executable, "-m", "interlock.server.worker", json.dumps(told)]
        handed = (self._snapshot, questions, self._byte)
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=handed, env=os.environ | self._environment
        )

    async def _reply(self, seconds: float) -> Any:
        """What it says next. If that takes longer, or it has ended, it is lost."""
        assert self._channel is not None, "it was started"
        try:
            async with asyncio.timeout(None if isinf(seconds) else seconds):
                return await self._channel.message
        except TimeoutError:
            self._end()
            raise WorkerLost(f"A worker did not answer within {seconds:.1f} s, and was ended.") from None
        except ConnectionError:
            self._end()
            raise WorkerLost("A worker ended before it had answered.") from None

    def _end(self) -> None:
        """End its process, if it has one."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class _Channel(asyncio.Protocol):
    """The socket to a process; ``message`` is what comes next."""

    def __init__(self) -> None:
        self.message: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def send(self, message: object) -> None:
        self.message = asyncio.get_running_loop().create_future()
        if self._transport.is_closing():
            self.message.set_exception(ConnectionError())
        pickled = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._transport.write(SIZE.pack(len(pickled)) + pickled)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if len(self._received) < SIZE.size or len(self._received) < SIZE.size + SIZE.unpack_from(self._received)[0]:
            return
        message, self._received = pickle.loads(self._received[SIZE.size :]), bytearray()
        if not self.message.done():
            self.message.set_result(message)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.message.done():
            self.message.set_exception(ConnectionError())
            self.message.exception()  # nobody may be waiting for it

    def close(self) -> None:
        self._transport.close()
