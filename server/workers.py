"""Who answers the questions that may take long, each one at a time: threads of this process, or processes of their own (``processes``)."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np

from interlock.graph import InterlockError
from interlock.server.desk import Desk, Question, Reply


class WorkerLost(InterlockError):
    """A worker has ended, or did not answer in time."""


class Worker(Protocol):
    """Answers one question at a time."""

    async def answer(self, question: Question, seconds: float) -> Reply | None:
        """Answer within so many seconds; None if it was cancelled. Raises ``WorkerLost``: then it answers no more before ``start``."""

    def cancel(self) -> None:
        """Give up the question that is being answered."""

    async def start(self) -> None:
        """Begin, or begin anew. Raises ``WorkerLost`` if that can't be."""

    async def stop(self) -> None:
        """End, whatever is being answered."""


class ThreadWorker:
    """A thread of this process: it needs nothing, but shares the interpreter with all others."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._pool = desk, ThreadPoolExecutor(1, "interlock-worker")
        self._cancelled = np.zeros(1, np.uint8)

    async def answer(self, question: Question, seconds: float) -> Reply | None:
        self._cancelled = np.zeros(1, np.uint8)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._desk.answer, question, seconds, self._cancelled)

    def cancel(self) -> None:
        self._cancelled[0] = 1

    async def start(self) -> None:
        """Its thread begins with the first question."""

    async def stop(self) -> None:
        self.cancel()
        self._pool.shutdown(wait=False)
