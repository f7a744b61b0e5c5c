"""The distinct terms of big files, numbered; and what hashes them.

Memory: each as it is written, and 24 bytes more.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from interlock.graph.heap import Numbers
from interlock.graph.jit import bulk
from interlock.graph.kernels.lines import TERMS, USED

AFTER: Final = 8
"""How many bytes have to be there after what a kernel reads."""
_SIGMA: Final = (
    "0123456789ABCDEF", "EA489FD61C02B753", "B8C052FDAE367194", "7931DCBE265A40F8", "905724AFE1BC683D", "2C6A0B834D75FE19",
    "C51FED4A0763928B", "DB7EC13950F4862A", "6FE9B308C2D714A5", "A2847615FB9E3CD0", "0123456789ABCDEF", "EA489FD61C02B753",
)  # fmt: skip


def hash_work() -> tuple[Numbers, Numbers, Numbers]:
    """What the kernels of BLAKE2b work with: state, block and schedule; far from what other threads write."""
    work = np.zeros(256, np.uint64)
    sigma = np.array([[int(digit, 16) for digit in row] for row in _SIGMA], np.int64)
    return work[64:72], work[96:112], sigma


class Terms:
    """Distinct terms as canonical N-Quads, numbered as they come."""

    def __init__(self) -> None:
        self.state = np.zeros(128, np.int64)[64:72]  # far from what other threads write
        self.table = np.zeros(1 << 16, np.uint64)
        self.hashes = np.zeros(1 << 15, np.uint64)
        self.at = np.zeros((1 << 15) + 1, np.int64)
        self.heap = np.zeros(1 << 20, np.uint8)

    def __len__(self) -> int:
        return int(self.state[TERMS])

    def make_room(self, terms: int, size: int) -> None:
        """Be ready for so many more terms, of so many bytes in all."""
        wanted = len(self) + terms
        if wanted > len(self.hashes):
            self.hashes = _longer(self.hashes, max(wanted, len(self.hashes) * 5 // 4))
            self.at = _longer(self.at, len(self.hashes) + 1)
        needed = int(self.state[USED]) + size + AFTER
        if needed > len(self.heap):
            self.heap = _longer(self.heap, max(needed, len(self.heap) * 5 // 4))
        if len(self) + terms > len(self.table) // 2:
            self.table = np.zeros(1 << (2 * wanted - 1).bit_length(), np.uint64)
            bulk().rehash(self.table, self.hashes, len(self))

    def add(self, text: str) -> int:
        """The number of a term."""
        written = text.encode()
        data = np.frombuffer(bytearray(written + bytes(AFTER)), np.uint8)
        self.make_room(1, len(written))
        return int(bulk().intern(data, 0, len(written), self.table, self.hashes, self.heap, self.at, self.state))

    def bytes(self, number: int) -> bytes:
        """A term as it is written."""
        return self.heap[self.at[number] : self.at[number + 1]].tobytes()

    def text(self, number: int) -> str:
        return self.bytes(number).decode()

    def begin(self, numbers: Numbers, prefix: str) -> Numbers:
        """Which of these terms are IRIs that begin so, and go on."""
        found = np.empty(len(numbers), np.bool_)
        bulk().starts_with(numbers.astype(np.int64), self.heap, self.at, np.frombuffer(f"<{prefix}".encode(), np.uint8), found)
        return found

    def close(self) -> None:
        """No term is added any more: free what that takes."""
        self.table, self.hashes = np.zeros(2, np.uint64), np.zeros(1, np.uint64)


def _longer(array: Any, size: int) -> Any:
    longer = np.zeros(size, array.dtype)
    longer[: len(array)] = array
    return longer
