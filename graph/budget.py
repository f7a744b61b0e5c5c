"""How much a search may use, and why it ended; a watch that tells searches when their time is up."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

Flag = npt.NDArray[np.uint8]
NEVER: Final[Flag] = np.zeros(1, np.uint8)
"""The byte of whoever can't be cancelled."""
NEVER.flags.writeable = False
_WATCH_EVERY: Final = 0.01


class StopReason(StrEnum):
    """Why a search ended."""

    COMPLETE = "COMPLETE"
    PATH_LIMIT = "PATH_LIMIT"
    HOP_LIMIT = "HOP_LIMIT"
    STEP_BUDGET = "STEP_BUDGET"
    DEADLINE = "DEADLINE"


@dataclass
class Budget:
    """How much a question may use: ``steps`` (an entity or a relationship looked at) and seconds until the deadline.

    ``cancelled`` is a byte that whoever wants no answer any more sets, from any thread or process that has the memory it lies in; several
    budgets may share it. The kernels look at ``flag``, which the watch raises.
    """

    steps: int = 50_000_000
    seconds: float = 5.0
    cancelled: Flag = field(default_factory=lambda: np.zeros(1, np.uint8), repr=False)
    deadline: float = field(init=False)
    flag: Flag = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.seconds
        self.flag = np.zeros(1, np.uint8)

    def cancel(self) -> None:
        """End whatever is searched under this budget, or under one of the same ``cancelled``."""
        self.cancelled[0] = 1

    def part(self, steps: int) -> Budget:
        """A budget of so many steps for one of the searches that this one is for: all of them end when this one does."""
        return Budget(steps, self.deadline - time.monotonic(), self.cancelled)

    @property
    def overdue(self) -> bool:
        """Is the time up, or no answer wanted any more?"""
        return bool(self.cancelled[0]) or time.monotonic() > self.deadline


class Watch:
    """Raises the flags of budgets whose time is up: one thread, that sleeps while nothing is searched."""

    def __init__(self) -> None:
        self._running: dict[int, Budget] = {}
        self._some = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def over(self, budget: Budget) -> _Watched:
        """The flag that a search has to look at, for as long as it runs."""
        return _Watched(self, budget)

    def begin(self, budget: Budget) -> None:
        """Watch over this budget."""
        if budget.overdue:
            budget.flag[0] = 1
        self._running[id(budget)] = budget
        if not self._some.is_set():
            self._wake()

    def end(self, budget: Budget) -> None:
        """Watch over it no more."""
        self._running.pop(id(budget), None)

    def _wake(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():  # a fork leaves threads behind
                self._thread = threading.Thread(target=self._watch, name="interlock-watch", daemon=True)
                self._thread.start()
            self._some.set()

    def _watch(self) -> None:
        while True:
            self._some.wait()
            for budget in list(self._running.values()):
                if budget.overdue:
                    budget.flag[0] = 1
            if not self._running:
                self._some.clear()
                if self._running:  # begun in between, when there seemed to be no need to wake anybody
                    self._some.set()
            time.sleep(_WATCH_EVERY)


class _Watched:
    """What ``Watch.over`` gives: written out, since a generator would take longer than some searches."""

    __slots__ = ("_budget", "_watch")

    def __init__(self, watch: Watch, budget: Budget) -> None:
        self._watch, self._budget = watch, budget

    def __enter__(self) -> Flag:
        self._watch.begin(self._budget)
        return self._budget.flag

    def __exit__(self, *_: object) -> None:
        self._watch.end(self._budget)


WATCH: Final = Watch()
