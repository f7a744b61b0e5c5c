"""Which question is answered by whom, and when: those that take long don't keep others waiting, and nobody waits for ever.

How long a search takes nobody knows before. So every question is first given a slice of time by a worker. If that doesn't do, it waits in
a second line for the rest of its time; one worker is always left for the first. A question has its time from when it came: if that ends in
the second line, the answer is what the slice brought, which says that it isn't complete.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from math import ceil, inf
from typing import Final

from interlock.graph import InterlockError
from interlock.server.desk import Question, Reply
from interlock.server.workers import Worker, WorkerLost

SLICE: Final = 0.05
"""How many seconds a question is given at first."""
FAR_SLICE: Final = 0.5
"""The same where relationships are fetched from elsewhere."""
_FOR_WORDS: Final = 0.2
"""How many seconds of its time are kept for putting an answer into words, once the search for it has ended; of little time a fifth."""
_AGAIN: Final = 5.0
"""After how many seconds it is tried again to start a worker that would not."""

_LEAST: Final = 10.0
"""How many seconds a question waits for its slice, though its own time be over: so long only where workers are lost, or starve."""

Gone = Callable[[], Awaitable[object]]
"""Comes back when nobody waits for the answer any more."""

log = logging.getLogger("interlock.server")


class Busy(InterlockError):
    """Too many questions wait already: in how many seconds it is worth asking again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many questions are waiting. Ask again in {seconds} s.")
        self.seconds = seconds


class ClientGone(InterlockError):
    """Nobody waits for the answer any more."""


class Dispatcher:
    """Shares workers among questions. ``seconds`` is how long one may take, at first a ``slice`` of that; ``most_waiting`` may wait."""

    def __init__(self, workers: Sequence[Worker], seconds: float, most_waiting: int, slice: float = SLICE) -> None:
        self.workers, self.seconds, self.most_waiting = tuple(workers), seconds, most_waiting
        self._slice = min(slice, seconds)
        self._idle: list[Worker] = list(workers)
        self._first: deque[asyncio.Future[Worker]] = deque()
        self._second: deque[asyncio.Future[Worker]] = deque()
        self._most_long = max(1, len(self.workers) - 1)
        self._long = 0
        self._restarting: set[asyncio.Task[None]] = set()
        self._stopped = False

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return sum(not each.done() for line in (self._first, self._second) for each in line)

    @property
    def busy(self) -> int:
        """How many workers are answering."""
        return len(self.workers) - len(self._idle)

    async def start(self) -> None:
        """Start the workers."""
        await asyncio.gather(*(worker.start() for worker in self.workers))

    async def stop(self) -> None:
        """Stop them, for good: one that is lost by this is not started again."""
        self._stopped = True
        for task in self._restarting:
            task.cancel()
        await asyncio.gather(*(worker.stop() for worker in self.workers))

    async def answer(self, question: Question, gone: Gone) -> Reply:
        """Answer a question. Raises ``Busy``, ``ClientGone``, and ``WorkerLost`` if several workers were lost over it."""
        end = time.monotonic() + self.seconds
        if self._idle and not self._first:
            reply = await self._answered(self._idle.pop(), question, self._slice)
            if reply is not None and not self._goes_on(reply, end):
                return reply
        else:
            reply = None
        work = asyncio.ensure_future(self._rest(question, reply, end))
        leaving = asyncio.ensure_future(gone())
        try:
            await asyncio.wait((work, leaving), return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            leaving.result()
            raise ClientGone("The client has hung up.")
        finally:
            work.cancel()
            leaving.cancel()

    @property
    def _busy(self) -> Busy:
        return Busy(ceil(min(self.seconds, 60)))

    def _goes_on(self, reply: Reply, end: float) -> bool:
        """May it be worth trying for longer?"""
        return reply.cut and self.seconds > self._slice and end - time.monotonic() > self._slice

    async def _rest(self, question: Question, reply: Reply | None, end: float) -> Reply:
        """What is left to do, after one worker was asked or none was free."""
        for _ in range(2):
            if reply is None:
                worker = await self._turn(self._first, max(_LEAST, end - time.monotonic()))
                if worker is None:
                    raise self._busy
                reply = await self._answered(worker, question, self._slice)
        if reply is None:
            raise WorkerLost("Several workers were lost over one question.")
        if not self._goes_on(reply, end):
            return reply
        end -= min(_FOR_WORDS, self.seconds / 5)
        worker = await self._turn(self._second, max(0, end - self._slice - time.monotonic()))
        if worker is None:
            return reply
        longer = await self._answered(worker, question, end - time.monotonic(), is_long=True)
        return longer or reply

    async def _turn(self, line: deque[asyncio.Future[Worker]], seconds: float) -> Worker | None:
        """Wait in a line; None if it took too long. Raises ``Busy``."""
        if self.waiting >= self.most_waiting:
            raise self._busy
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        line.append(turn)
        self._serve()
        try:
            async with asyncio.timeout(None if seconds == inf else seconds):
                return await turn
        except TimeoutError:
            return turn.result() if turn.done() and not turn.cancelled() else None
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release(turn.result(), is_long=line is self._second)
            raise

    def _serve(self) -> None:
        """Give the idle workers to those who wait."""
        while self._idle:
            if turn := _next(self._first):
                turn.set_result(self._idle.pop())
            elif self._long < self._most_long and (turn := _next(self._second)):
                self._long += 1
                turn.set_result(self._idle.pop())
            else:
                return

    async def _answered(self, worker: Worker, question: Question, seconds: float, is_long: bool = False) -> Reply | None:
        """What a worker answers, which is free afterwards; None if it was lost."""
        work = asyncio.ensure_future(worker.answer(question, seconds))
        work.add_done_callback(lambda done: self._after(worker, done, is_long))
        try:
            return await asyncio.shield(work)
        except WorkerLost as error:
            log.warning("request %s: %s", question.request_id, error)
            return None
        except asyncio.CancelledError:
            worker.cancel()
            raise

    def _after(self, worker: Worker, work: asyncio.Future[Reply | None], is_long: bool) -> None:
        if not work.cancelled() and isinstance(work.exception(), WorkerLost):
            self._long -= is_long
            if self._stopped:
                return
            task = asyncio.ensure_future(self._restart(worker))
            self._restarting.add(task)
            task.add_done_callback(self._restarting.discard)
        else:
            self._release(worker, is_long)

    def _release(self, worker: Worker, is_long: bool) -> None:
        self._long -= is_long
        self._idle.append(worker)
        self._serve()

    async def _restart(self, worker: Worker) -> None:
        while True:
            try:
                await worker.start()
            except WorkerLost as error:
                log.error("%s", error)
                await asyncio.sleep(_AGAIN)
            else:
                self._idle.append(worker)
                return self._serve()


def _next(line: deque[asyncio.Future[Worker]]) -> asyncio.Future[Worker] | None:
    """The next who still waits."""
    while line:
        turn = line.popleft()
        if not turn.done():
            return turn
    return None
