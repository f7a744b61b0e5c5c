"""Reading one big file of N-Quads or N-Triples into numbers: every term is kept once, a quad is the numbers of its terms.

Memory: the distinct terms, each as it is written and 24 bytes more, and 20 bytes a quad; of the file itself, a few chunks at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, NoReturn, cast

import numpy as np
import pyoxigraph as ox

from interlock.graph.errors import DataError, Problem
from interlock.graph.heap import Numbers
from interlock.graph.jit import bulk
from interlock.graph.kernels.lines import IN_HOST, IN_PATH, LINE, ODD, QUADS, TERMS, USED
from interlock.graph.parsing import FORMATS, refuse_triple, syntax_problem
from interlock.graph.rdf import canonical, digest_of
from interlock.graph.snapshot import Progress
from interlock.seeds import vocab

CHUNK: Final = 1 << 22
AFTER: Final = 8
"""How many bytes have to be there after what a kernel reads."""
_HOST: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
_PATH: Final = _HOST + b"_~/#?=&+,;@!$()*:"
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

    def hold(self, text: str) -> bool:
        """Is this a part of any of them?"""
        part, used, step = text.encode(), int(self.state[USED]), CHUNK
        return any(part in self.heap[at : min(at + step + len(part), used)].tobytes() for at in range(0, used, step))

    def close(self) -> None:
        """No term is added any more: free what that takes."""
        self.table, self.hashes = np.zeros(2, np.uint64), np.zeros(1, np.uint64)


class Quads:
    """A file in numbers: ``rows`` int32 (5, …) are subject, predicate, object, graph (-1: the default graph) and line, counted from 0.

    Whoever makes it has to ``close`` it.
    """

    def __init__(self, path: Path, progress: Progress) -> None:
        self.path, self.terms = path, Terms()
        self._format = FORMATS[path.suffix]
        self._sum = np.zeros(128, np.uint64)[64:68]
        self._rows: list[Numbers] = []
        self._done, self._at = 0, 0  # how many bytes have been read; where the line begins that is looked at
        self._odd: list[ox.Quad] = []
        self._odd_rows: list[tuple[int, int, int, int, int]] = []
        self._flags = np.zeros(256, np.uint8)
        self._flags[list(_PATH)] = IN_PATH
        self._flags[list(_HOST)] |= IN_HOST
        self._pool, self._hashing = ThreadPoolExecutor(1), list[Future[None]]()
        try:
            self._read(progress)
            self.rows = self._joined()
        except OSError as error:
            self.close()
            raise DataError([Problem(str(path), 0, "", f"can't be read: {error.strerror}")]) from None
        except BaseException:
            self.close()
            raise

    def total(self) -> int:
        """The sum of the digests of all statements, repeated ones being counted as often as they are written."""
        for done in self._hashing:
            done.result()
        plain = (quad for quad in self._odd if not _has_blank(quad))
        blank = canonical(quad for quad in self._odd if _has_blank(quad))
        return int.from_bytes(self._sum.tobytes(), "little") + sum(digest_of(str(quad)) for quad in plain) + sum(map(digest_of, blank))

    def close(self) -> None:
        """Hash no more."""
        self._pool.shutdown(cancel_futures=True)

    def text_of(self, row: int) -> str:
        """A quad as canonical N-Quads without the dot."""
        return " ".join(self.terms.text(term) for term in self.rows[:4, row].tolist() if term >= 0)

    def has_blank(self, row: int) -> bool:
        """Does a quad speak of a blank node?"""
        return any(self.terms.heap[self.terms.at[term]] == ord("_") for term in self.rows[[0, 2, 3], row].tolist() if term >= 0)

    def _read(self, progress: Progress) -> None:
        """Number the terms chunk after chunk, while a second thread reads again and hashes what has been read, and goes on after this."""
        with self.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            self.terms.make_room(size // 512, size // 8)
            for chunk, ends in _chunks(file):
                length = len(chunk) - AFTER
                places = self._scan(chunk, ends).astype(np.uint32 if length < 2**32 else np.int64)
                self._hashing.append(self._pool.submit(self._hash, self._done, length, places))
                self._done += length
                progress(min(self._done, size), size)

    def _hash(self, at: int, size: int, places: Numbers) -> None:
        content = bytearray(size + 1 + AFTER)
        with self.path.open("rb") as file:
            file.seek(at)
            read = file.readinto(memoryview(content)[:size])
        if read < size - 1:  # the last line may lack its end
            raise DataError([Problem(str(self.path), 0, "", "was cut off while it was read")])
        content[read] = ord("\n")
        data = np.frombuffer(content, np.uint8)
        bulk().sum_lines(data, places.astype(np.int64), len(places), self._sum, *hash_work())

    def _scan(self, chunk: bytearray, ends: bool) -> Numbers:
        """Read lines; where those begin that are plain. Outside of comments a byte that is not UTF-8 is the last that is looked at."""
        terms, data, size = self.terms, np.frombuffer(chunk, np.uint8), len(chunk) - AFTER
        count = chunk.count(b"\n")
        terms.make_room(4 * count, size)
        rows, places, odd = np.empty((5, count), np.int32), np.empty(count, np.int64), np.empty((count, 3), np.int64)
        named = self._format == ox.RdfFormat.N_QUADS
        terms.state[[QUADS, ODD]] = 0
        bulk().scan(
            data, size, named, self._flags, terms.table, terms.hashes, terms.heap, terms.at, terms.state, rows, places, odd
        )  # fmt: skip
        bad = None if chunk.isascii() else _not_unicode(chunk, 0)
        for start, stop, line in odd[: terms.state[ODD]].tolist():
            if bad is not None and start > bad:
                break
            self._at = self._done + start
            self._parse(bytes(chunk[start : stop if ends else min(stop, size - 1)]), line)
            if bad is not None and bad < stop:  # in a comment, or it would have been refused
                bad = _not_unicode(chunk, stop)
        if bad is not None:
            start = chunk.rfind(b"\n", 0, bad) + 1
            self._at = self._done + start
            self._refuse(int(terms.state[LINE]) - count + chunk.count(b"\n", 0, start), "is not UTF-8")
        found = int(terms.state[QUADS])
        self._rows.append(rows[:, :found].copy())
        return places[:found]

    def _parse(self, text: bytes, line: int) -> None:
        """Read a line that is not plain."""
        try:
            quads = list(ox.parse(text, self._format, base_iri=vocab.BASE))
        except SyntaxError as error:
            self._refuse(line, error.msg)
        for quad in quads:
            refuse_triple(self.path, quad)
            graph = -1 if isinstance(quad.graph_name, ox.DefaultGraph) else self.terms.add(str(quad.graph_name))
            numbers = (self.terms.add(str(term)) for term in (quad.subject, quad.predicate, quad.object))
            self._odd_rows.append((*numbers, graph, line))  # type: ignore[arg-type]
            self._odd.append(quad)

    def _refuse(self, line: int, message: str) -> NoReturn:
        """Say what the parser says of this line and what follows it; ``message`` if that were nothing."""
        try:
            with self.path.open("rb") as file:
                line += _returns(file, self._at)
                for _ in ox.parse(cast(IO[bytes], _After(line, file)), self._format, base_iri=vocab.BASE):
                    pass
        except SyntaxError as error:
            raise syntax_problem(self.path, b"", error) from None
        raise DataError([Problem(str(self.path), line + 1, "", message)])

    def _joined(self) -> Numbers:
        odd = np.array(self._odd_rows, np.int32).reshape(-1, 5).T
        rows = np.concatenate([*self._rows, odd], axis=1) if self._rows else odd
        self._rows.clear()
        if not rows.shape[1]:
            raise DataError([Problem(str(self.path), 0, "", "says nothing: there is no statement in it")])
        return np.ascontiguousarray(rows[:, np.argsort(rows[4], kind="stable")]) if odd.shape[1] else rows


class _After(RawIOBase):
    """A file after so many empty lines, so that a parser counts as if it had read those before."""

    def __init__(self, lines: int, file: BinaryIO) -> None:
        self._lines, self._file = lines, file

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or a few."""
        if not self._lines:
            return self._file.read(min(size, CHUNK) if size > 0 else CHUNK)
        count = min(self._lines, size if size > 0 else CHUNK)
        self._lines -= count
        return b"\n" * count


def _returns(file: BinaryIO, size: int) -> int:
    """How many lines end with a carriage return alone in so many bytes, up to which the file is read."""
    count, last = 0, b""
    while size > 0 and (chunk := file.read(min(size, CHUNK))):
        count += chunk.count(b"\r") - (last + chunk).count(b"\r\n")
        last, size = chunk[-1:], size - len(chunk)
    return count


def _chunks(file: BinaryIO) -> Iterator[tuple[bytearray, bool]]:
    """The file in parts that end with a line, and ``AFTER`` bytes more; the last line gets an end if it lacks one (False)."""
    parts: list[bytes | memoryview] = []
    while chunk := file.read(CHUNK):
        end = chunk.rfind(b"\n") + 1
        if end:
            yield bytearray().join([*parts, memoryview(chunk)[:end], bytes(AFTER)]), True
            parts = []
        if end < len(chunk):
            parts.append(memoryview(chunk)[end:])
    if parts:
        yield bytearray().join([*parts, b"\n", bytes(AFTER)]), False


def _not_unicode(chunk: bytearray, begin: int) -> int | None:
    """The first byte from there on that is not UTF-8."""
    try:
        str(memoryview(chunk)[begin:], "utf-8")
    except UnicodeDecodeError as error:
        return begin + error.start
    return None


def _has_blank(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _longer(array: Any, size: int) -> Any:
    longer = np.zeros(size, array.dtype)
    longer[: len(array)] = array
    return longer
