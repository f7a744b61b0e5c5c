"""The files of an import: plain or gzipped, one or many, read piece by piece, perhaps several times over."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import orjson

from interlock.graph.errors import DataError, Problem

Progress = Callable[[int, int], None]
"""Told how many bytes are read, of how many."""
_GZIP: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 18
_EVERY: Final = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: the name of its file, and its line (or number among the file's records)."""

    file: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


class Inputs:
    """Files to read; ``passes`` says how often, so that progress can be told. Folders are searched for files that end in ``endings``."""

    def __init__(self, paths: Sequence[Path], endings: Sequence[str], passes: int = 1, progress: Progress | None = None) -> None:
        self.paths = list(dict.fromkeys(file for path in paths for file in _files(path, endings)))
        self._progress = progress
        self._done = 0
        self._total = passes * sum(path.stat().st_size for path in self.paths)

    def lines(self) -> Iterator[tuple[Place, bytes]]:
        """The lines that are not blank."""
        for path in self.paths:
            with self._opened(path) as (file, tell):
                for number, line in enumerate(file, 1):
                    tell(number)
                    if line.strip():
                        yield Place(path.name, number), line.strip().removeprefix(b"\xef\xbb\xbf")

    def objects_by_line(self) -> Iterator[tuple[Place, dict[str, Any]]]:
        """A JSON object a line."""
        for place, line in self.lines():
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise _fault(place.file, place.number, f"is no JSON object on its line: {error}") from None
            yield place, _object(place, found)

    def objects(self) -> Iterator[tuple[Place, dict[str, Any]]]:
        """The JSON objects of a list, or one after another, however they are broken into lines; only one is kept at a time."""
        for path in self.paths:
            with self._opened(path) as (file, tell):
                for number, found in enumerate(_values(path.name, file), 1):
                    tell(number)
                    yield Place(path.name, number), _object(Place(path.name, number), found)

    def texts(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Each file's name and its lines as text, line ends kept."""
        for path in self.paths:
            with self._opened(path) as (file, tell):
                yield path.name, _lines(path.name, file, tell)

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Each file's name and all of its bytes."""
        for path in self.paths:
            with self._opened(path) as (file, tell):
                yield path.name, file.read()
                tell(_EVERY)

    @contextmanager
    def _opened(self, path: Path) -> Iterator[tuple[BinaryIO, Callable[[int], None]]]:
        def tell(number: int) -> None:
            if self._progress and number % _EVERY == 0:
                self._progress(min(self._done + raw.tell(), self._total), self._total)

        try:
            with path.open("rb") as raw:
                zipped = raw.peek(2)[:2] == _GZIP
                yield (cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if zipped else raw), tell
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _fault(path.name, 0, f"can't be unpacked: {error}. Is it whole?") from None
        except OSError as error:
            raise _fault(path.name, 0, f"can't be read: {error.strerror}") from None
        self._done += path.stat().st_size


def _files(path: Path, endings: Sequence[str]) -> list[Path]:
    if path.is_dir():
        wanted = (*endings, *(f"{ending}.gz" for ending in endings))
        inside = sorted(each for each in path.rglob("*") if each.is_file() and each.name.endswith(wanted))
        if not inside:
            raise _fault(str(path), 0, f"has no file in it that ends in {' '.join(endings)} (or .gz after that)")
        return inside
    if not path.exists():
        raise _fault(str(path), 0, "does not exist")
    return [path]


def _values(name: str, file: BinaryIO) -> Iterator[Any]:
    """JSON values out of a list, or one after another."""
    decoder, waiting, at, listed = json.JSONDecoder(), "", 0, False
    text = _texts(name, file)
    ended = False
    while True:
        at = _skip(waiting, at)
        if not listed and waiting[at : at + 1] == "[":
            listed, at = True, at + 1
            continue
        if listed and waiting[at : at + 1] == "]":
            listed, at = False, at + 1
            continue
        try:
            found, end = decoder.raw_decode(waiting, at)
            if end == len(waiting) and not ended:
                raise ValueError("may go on")
            yield found
            at = end
        except ValueError as error:
            if ended:
                if waiting[at:].strip():
                    raise _fault(name, 0, f"is no JSON: {error} in {waiting[at : at + 40]!r}") from None
                if listed:
                    raise _fault(name, 0, "is a JSON list that doesn't end. Is it whole?") from None
                return
            more = next(text, None)
            ended = more is None
            waiting, at = waiting[at:] + (more or ""), 0


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,\ufeff":
        at += 1
    return at


def _texts(name: str, file: BinaryIO) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            yield decode.decode(chunk)
        decode.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _fault(name, 0, f"is not in UTF-8: {error.reason}") from None


def _lines(name: str, file: BinaryIO, tell: Callable[[int], None]) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        tell(number)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _fault(name, number, f"is not in UTF-8: {error.reason}. Save it as UTF-8") from None


def _object(place: Place, found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _fault(place.file, place.number, f"has {str(found)[:40]!r} where a JSON object belongs")
    return found


def _fault(file: str, line: int, message: str) -> DataError:
    return DataError([Problem(file, line, "", message)])
