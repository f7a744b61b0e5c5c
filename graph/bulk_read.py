"""Reading big files of N-Quads or N-Triples into numbers: every term is kept once, a quad is the numbers of its terms.

Memory: the distinct terms, each as it is written and 24 bytes more, and 20 bytes a quad; of the files themselves, a few chunks at a time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import IO, Final, NoReturn, cast

import numpy as np
import pyoxigraph as ox

from interlock.graph.bulk_sources import After, Lines, chunks, lone_returns, read_again
from interlock.graph.bulk_terms import AFTER, Terms, hash_work
from interlock.graph.errors import DataError, Problem
from interlock.graph.heap import Numbers
from interlock.graph.jit import bulk
from interlock.graph.kernels.lines import IN_HOST, IN_PATH, LINE, ODD, QUADS
from interlock.graph.parsing import refuse_triple, syntax_problem
from interlock.graph.rdf import SAYS_NOTHING, canonical, digest_of
from interlock.graph.told import Progress
from interlock.seeds import vocab

_WAITING: Final = 16
"""How many chunks that can't be read again wait to be hashed."""
_HOST: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
_PATH: Final = _HOST + b"_~/#?=&+,;@!$()*:"


class Quads:
    """Files in numbers: ``rows`` int32 (5, …) are subject, predicate, object, graph (-1: the default graph) and line, counted from 0 over
    all files.

    ``counts`` is how many quads each file has. ``first_lines`` tells on which line a subject first stands, where rows that were put in
    place of others don't.

    Whoever makes it has to ``close`` it.
    """

    def __init__(self, paths: Sequence[Path], progress: Progress) -> None:
        self.terms = Terms()
        self._files = [Lines(path) for path in paths]
        self._begins: list[int] = []  # the line with which each file begins
        self._sum, self._correction = np.zeros(128, np.uint64)[64:68], 0
        self._rows: list[Numbers] = []
        self._done, self._at = 0, 0  # how many bytes of a file have been read; where the line begins that is looked at
        self._returned: list[int] = []  # the lines in which a carriage return alone ends another one
        self._odd: list[ox.Quad] = []
        self._odd_rows: list[tuple[int, int, int, int, int]] = []
        self._flags = np.zeros(256, np.uint8)
        self._flags[list(_PATH)] = IN_PATH
        self._flags[list(_HOST)] |= IN_HOST
        self.first_lines: dict[int, int] = {}
        self._pool, self._hashing = ThreadPoolExecutor(1), list[Future[None]]()
        try:
            self._read_all(progress)
            self.rows = self._joined()
            self.counts = self._counted()
        except BaseException:
            self.close()
            raise

    def place_of(self, line: int) -> tuple[Path, int | None]:
        """In which file a line is, counted over all files, and which of its lines if the file has lines."""
        number = bisect_right(self._begins, line) - 1
        file = self._files[number]
        return file.path, self._line_in(number, line) + 1 if file.are_its_own else None

    def files_of(self, lines: Numbers) -> Numbers:
        """The numbers of the files in which these lines are, counted from 0."""
        return np.searchsorted(np.array(self._begins), lines, side="right") - 1

    def total(self) -> int:
        """The sum of the digests of all statements, repeated ones being counted as often as they are written."""
        for done in self._hashing:
            done.result()
        plain = (quad for quad in self._odd if not _has_blank(quad))
        blank = canonical(quad for quad in self._odd if _has_blank(quad))
        return (
            self._correction
            + int.from_bytes(self._sum.tobytes(), "little")
            + sum(digest_of(str(quad)) for quad in plain)
            + sum(map(digest_of, blank))
        )

    def close(self) -> None:
        """Hash no more."""
        self._pool.shutdown(cancel_futures=True)

    def replace(self, rows: Numbers, quads: Sequence[tuple[ox.Quad, int]]) -> None:
        """Put statements without blank nodes, each with the line from which it comes, in place of some rows that have none either."""
        self._correction -= sum(digest_of(self.text_of(row)) for row in rows.tolist())
        new = np.array([self._numbered(quad, line) for quad, line in quads], np.int32).reshape(-1, 5).T
        self._correction += sum(digest_of(str(quad)) for quad, _ in quads)
        kept = np.concatenate([np.delete(self.rows, rows, axis=1), new], axis=1)
        self.rows = np.ascontiguousarray(kept[:, np.argsort(kept[4], kind="stable")])

    def text_of(self, row: int) -> str:
        """A quad as canonical N-Quads without the dot."""
        return " ".join(self.terms.text(term) for term in self.rows[:4, row].tolist() if term >= 0)

    def has_blank(self, row: int) -> bool:
        """Does a quad speak of a blank node?"""
        return any(self.terms.heap[self.terms.at[term]] == ord("_") for term in self.rows[[0, 2, 3], row].tolist() if term >= 0)

    def _read_all(self, progress: Progress) -> None:
        """Read file after file; the faults of all are told together."""
        problems: list[Problem] = []
        sizes = [_size(file.path) for file in self._files]
        self.terms.make_room(sum(sizes) // 512, sum(sizes) // 8)
        progress(0, sum(sizes))
        for number, file in enumerate(self._files):
            try:
                self._read(file, partial(_told_of_all, progress, sum(sizes[:number]), sum(sizes)))
            except DataError as error:
                problems += error.problems
        if problems:
            raise DataError(problems)

    def _read(self, file: Lines, progress: Callable[[int], None]) -> None:
        """Number the terms chunk after chunk, while a second thread hashes what has been read: it reads that again, and goes on after this.

        What can't be read again is kept until it is hashed, a few chunks at a time.
        """
        self._file, self._done = file, 0
        self._begins.append(int(self.terms.state[LINE]))
        with file.open() as (content, disk):
            for chunk, ends in chunks(content):
                length = len(chunk) - AFTER
                places = self._scan(chunk, ends).astype(np.uint32 if length < 2**32 else np.int64)
                kept = None if file.can_be_read_again else chunk
                self._hashing.append(self._pool.submit(self._hash, file.path, self._done, length, places, kept))
                if kept is not None and len(self._hashing) > _WAITING:
                    self._hashing[-_WAITING].result()
                self._done += length
                progress(disk.tell())

    def _hash(self, path: Path, at: int, size: int, places: Numbers, kept: bytearray | None) -> None:
        content = kept if kept is not None else read_again(path, at, size)
        bulk().sum_lines(np.frombuffer(content, np.uint8), places.astype(np.int64), len(places), self._sum, *hash_work())

    def _scan(self, chunk: bytearray, ends: bool) -> Numbers:
        """Read lines; where those begin that are plain. Outside of comments a byte that is not UTF-8 is the last that is looked at."""
        terms, data, size = self.terms, np.frombuffer(chunk, np.uint8), len(chunk) - AFTER
        count = chunk.count(b"\n")
        if b"\r" in chunk:
            self._returned += (lone_returns(data) + int(terms.state[LINE])).tolist()
        terms.make_room(4 * count, size)
        rows, places, odd = np.empty((5, count), np.int32), np.empty(count, np.int64), np.empty((count, 3), np.int64)
        named = self._file.syntax == ox.RdfFormat.N_QUADS
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
            quads = list(ox.parse(text, self._file.syntax, base_iri=vocab.BASE))
        except SyntaxError as error:
            self._refuse(line, error.msg)
        for quad in (_apart(quad, len(self._begins)) if _has_blank(quad) else quad for quad in quads):
            refuse_triple(self._file.path, quad)
            self._odd_rows.append(self._numbered(quad, line))
            self._odd.append(quad)

    def _numbered(self, quad: ox.Quad, line: int) -> tuple[int, int, int, int, int]:
        """A quad as a row."""
        graph = -1 if isinstance(quad.graph_name, ox.DefaultGraph) else self.terms.add(str(quad.graph_name))
        subject, predicate, value = (self.terms.add(str(term)) for term in (quad.subject, quad.predicate, quad.object))
        return subject, predicate, value, graph, line

    def _refuse(self, line: int, message: str) -> NoReturn:
        """Say what the parser says of this line and what follows it; ``message`` if that were nothing."""
        path, syntax = self._file.path, self._file.syntax
        line = self._line_in(len(self._begins) - 1, line)
        try:
            with self._file.open() as (content, _):
                content.seek(self._at)
                for _quad in ox.parse(cast(IO[bytes], After(line, content)), syntax, base_iri=vocab.BASE):
                    pass
        except SyntaxError as error:
            raise syntax_problem(path, b"", error) from None
        raise DataError([Problem(str(path), line + 1, "", message)])

    def _line_in(self, number: int, line: int) -> int:
        """Which line of a file one is that is counted over all files, if carriage returns alone end lines too; both from 0."""
        begin = self._begins[number]
        return line - begin + bisect_left(self._returned, line) - bisect_left(self._returned, begin)

    def _counted(self) -> dict[Path, int]:
        """How many quads each file has. Raises ``DataError`` if there is none at all."""
        counts = np.bincount(self.files_of(self.rows[4]), minlength=len(self._files))
        if not counts.any():
            raise DataError([Problem(str(file.path), 0, "", SAYS_NOTHING) for file in self._files])
        return {file.path: count for file, count in zip(self._files, counts.tolist(), strict=True)}

    def _joined(self) -> Numbers:
        odd = np.array(self._odd_rows, np.int32).reshape(-1, 5).T
        rows = np.concatenate([*self._rows, odd], axis=1) if self._rows else odd
        self._rows.clear()
        return np.ascontiguousarray(rows[:, np.argsort(rows[4], kind="stable")]) if odd.shape[1] else rows


def _told_of_all(progress: Progress, before: int, total: int, at: int) -> None:
    progress(min(before + at, total), total)


def _size(path: Path) -> int:
    """How many bytes a file has; 0 if that can't be told, which whoever opens it will tell."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _not_unicode(chunk: bytearray, begin: int) -> int | None:
    """The first byte from there on that is not UTF-8."""
    try:
        str(memoryview(chunk)[begin:], "utf-8")
    except UnicodeDecodeError as error:
        return begin + error.start
    return None


def _has_blank(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _apart(quad: ox.Quad, number: int) -> ox.Quad:
    """A quad whose blank nodes are those of this file alone."""
    named = (
        ox.BlankNode(f"f{number}-{term.value}") if isinstance(term, ox.BlankNode) else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    subject, value, graph = named
    return ox.Quad(subject, quad.predicate, value, graph)  # type: ignore[arg-type]
