"""What was fetched lately, by number."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Fetches what is asked for and not there, all of it at once; keeps the ``most`` that were used last. For several threads."""

    def __init__(self, most: int, fetch: Callable[[Sequence[int]], Iterable[T]]) -> None:
        self._most, self._fetch = most, fetch
        self._known: OrderedDict[int, T] = OrderedDict()
        self._lock = threading.Lock()

    def __getitem__(self, number: int) -> T:
        return self.get((number,))[number]

    def get(self, numbers: Iterable[int]) -> dict[int, T]:
        """What has these numbers, each once."""
        wanted = dict.fromkeys(numbers)
        with self._lock:
            found = {number: self._known[number] for number in wanted if number in self._known}
            for number in found:
                self._known.move_to_end(number)
        missing = [number for number in wanted if number not in found]
        if missing:
            fetched = dict(zip(missing, self._fetch(missing), strict=True))
            found |= fetched
            with self._lock:
                self._known |= fetched
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return found
