"""Serves until a signal says to end, and then ends when all that was asked is answered."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from interlock.server.live import Live, watch
from interlock.server.process import settle
from interlock.server.settings import Settings
from interlock.server.uvicorn_config import uvicorn_config


def run(live: Live, listener: socket.socket, settings: Settings, watched: Sequence[Path] = ()) -> None:
    """Serve until a signal says to end: SIGINT at once, SIGTERM after a time in which it is said that this server is about to end.

    SIGHUP, and a change of the files that are ``watched``, load the data anew.
    """
    config = uvicorn_config(live, settings)
    server = _Server(config)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(server, live, listener, settings.drain, watched))


class _Server(uvicorn.Server):
    """uvicorn's, but that signals are handled here."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(server: _Server, live: Live, listener: socket.socket, drain: float, watched: Sequence[Path]) -> None:
    loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    def begin_reload() -> None:
        task = loop.create_task(live.reload())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def end() -> None:
        server.should_exit = True

    def end_soon() -> None:
        live.readiness.stopping = True
        loop.call_later(drain, end)

    loop.add_signal_handler(signal.SIGINT, end)
    loop.add_signal_handler(signal.SIGTERM, end_soon)
    loop.add_signal_handler(signal.SIGHUP, begin_reload)
    await live.start()
    settle()
    watching = [loop.create_task(live.follow(begin_reload)), *([loop.create_task(watch(watched, begin_reload))] if watched else ())]
    try:
        await server.serve(sockets=[listener])
    finally:
        for task in (*watching, *tasks):
            task.cancel()
        await live.stop()
