"""What is served may be exchanged while it is served: each request is answered wholly by one edition of the data."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Final

from starlette.types import Receive, Scope, Send

from interlock.graph import Engine, InterlockError
from interlock.graph.backends.graph import RemoteGraph
from interlock.graph.errors import BackendDown
from interlock.server.answering import Answering
from interlock.server.app import create_app
from interlock.server.metrics import Metrics
from interlock.server.process import settle
from interlock.server.processes import process_workers
from interlock.server.rates import Store, store_at
from interlock.server.readiness import Readiness
from interlock.server.settings import Settings

_WATCHED_EVERY: Final = 1.0
"""Seconds between two looks at files that are watched."""

_PATIENCE: Final = 10.0
"""Seconds in which a backend has to tell whether its version is still current."""

log = logging.getLogger("interlock.server")


class Edition:
    """One version of the data with all that answers questions about it."""

    def __init__(self, engine: Engine, settings: Settings, readiness: Readiness, metrics: Metrics, rates: Store) -> None:
        """Raises ``BadInput`` if a file that the settings name is not in order."""
        engine.prepare()
        self.graph = engine.graph
        self._in_flight, self._idle = 0, asyncio.Event()
        with ExitStack() as stack:
            self.answering = Answering(engine, settings, stack.enter_context(process_workers(engine, settings)), metrics)
            self.app = create_app(engine, settings, metrics, answering=self.answering, readiness=readiness, rates=rates)
            self._resources = stack.pop_all()

    async def start(self) -> None:
        """Start its workers. Raises ``WorkerLost`` if they can't be; then it is closed."""
        try:
            await self.answering.dispatcher.start()
        except BaseException:
            await self.close()
            raise

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        self._in_flight += 1
        self._idle.clear()
        try:
            await self.app(scope, receive, send)
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def close(self) -> None:
        """End it, as soon as all that it was asked is answered."""
        if self._in_flight:
            await self._idle.wait()
        await self.answering.dispatcher.stop()
        self._resources.close()
        await asyncio.to_thread(self.graph.close)


class Live:
    """An ASGI application whose data are loaded anew, by ``load``, when it is told to; those that are refused are not served."""

    def __init__(self, engine: Engine, load: Callable[[], Engine], settings: Settings) -> None:
        """Serve an engine at first. Raises ``BadInput`` if the settings, or a file that they name, are not in order."""
        self._load, self._settings = load, settings
        self.readiness, self.metrics, self._rates = Readiness(), Metrics(), store_at(settings.rate_store)
        self.edition = self._edition(engine)
        self._closing: set[asyncio.Task[None]] = set()
        self._one_at_a_time, self._to_come = asyncio.Lock(), False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.edition.serve(scope, receive, send)

    async def start(self) -> None:
        """Begin to serve."""
        await self.edition.start()

    async def stop(self) -> None:
        """End, as soon as all that was asked is answered."""
        await asyncio.gather(self.edition.close(), *self._closing)

    async def reload(self) -> None:
        """Load the data anew, and from then on answer about them; if they are refused, go on with those before."""
        if self._to_come:  # one that has not begun loads all that there is by then
            return None
        self._to_come = True
        async with self._one_at_a_time:
            self._to_come = False
            old = self.edition
            log.info("The data are being loaded anew.")
            try:
                new = await self._newer(old.graph.version)
            except Exception as error:  # whatever it is, what was served before is served on
                self.metrics.loaded(old.graph)
                self.readiness.refused = datetime.now(UTC).isoformat(timespec="seconds")
                unforeseen = None if isinstance(error, InterlockError) else error
                return log.error(
                    "The new data are refused; version %s is served as before.\n%s", old.graph.version, error, exc_info=unforeseen
                )
            self.readiness.refused = ""
            if new is None:
                return log.info("The data are as before: version %s.", old.graph.version)
            self.edition = new
            closing = asyncio.create_task(_closed(old))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
            log.info("Version %s is served from now on.", new.graph.version)

    async def follow(self, changed: Callable[[], object]) -> None:
        """If the relationships are elsewhere: call ``changed`` when there is another version of them, and tell whether they can be read."""
        while isinstance(graph := self.edition.graph, RemoteGraph):
            try:
                async with asyncio.timeout(_PATIENCE):
                    current = await asyncio.to_thread(graph.is_current)
            except (BackendDown, TimeoutError) as error:
                if not self.readiness.down:
                    log.warning("The backend can't be asked: %s", error)
                self.readiness.down = str(error) or "It does not answer."
            else:
                self.readiness.down = ""
                if not current and not self._one_at_a_time.locked():
                    changed()
            await asyncio.sleep(_WATCHED_EVERY)

    async def _newer(self, version: str) -> Edition | None:
        """What there is to load now; None if it is of that version. Raises ``InterlockError`` if it can't be served."""
        engine = await _apart(self._load)
        if engine.graph.version == version:
            engine.graph.close()
            return None
        edition = await asyncio.to_thread(self._edition, engine)
        await edition.start()
        return edition

    def _edition(self, engine: Engine) -> Edition:
        return Edition(engine, self._settings, self.readiness, self.metrics, self._rates)


async def _apart(load: Callable[[], Engine]) -> Engine:
    """What is loaded, by a thread for whose end that of the program does not wait: it may take long, or for ever, as of a pipe."""
    loaded = Future[Engine]()
    loaded.set_running_or_notify_cancel()  # so that whoever waits may go away

    def run() -> None:
        try:
            engine = load()
        except BaseException as error:
            loaded.set_exception(error)
        else:
            loaded.set_result(engine)

    Thread(target=run, name="interlock-load", daemon=True).start()
    return await asyncio.wrap_future(loaded)


async def _closed(edition: Edition) -> None:
    await edition.close()
    del edition
    settle()


async def watch(paths: Iterable[Path], changed: Callable[[], object]) -> None:
    """Call ``changed`` whenever the files have changed and then stayed as they are for a while."""
    paths = list(paths)
    seen = before = await asyncio.to_thread(_state, paths)
    while True:
        await asyncio.sleep(_WATCHED_EVERY)
        now = await asyncio.to_thread(_state, paths)
        if now == before != seen:
            seen = now
            changed()
        before = now


def _state(paths: Iterable[Path]) -> tuple[tuple[str, int, int, int], ...]:
    """What tells whether files, or those in folders, have changed."""
    files = (file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]))
    found = []
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        found.append((str(file), stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
