"""A snapshot: a graph compiled into one file, which is mapped into memory and shared by all processes that read it.

    magic (14 bytes) · format version (2) · byte order mark (4) · header's length (4) · header's CRC-32 (4) · header, JSON
    sections, each aligned to 64 bytes · the CRC-32 of every block of 16 KiB of every section

The header says what the data is (counts, version, licence), and where each section lies. Numbers are in the byte order of the machine that
wrote them; on another the file is refused, and has to be built anew there.

Checksums. To read all of a file of 1 GB on opening would take half a second, and much more from a cold disk. So on opening only the header
and the table of checksums are verified, and the file's length. Tables of numbers are verified as a whole when they are first used, since
numbers lead to other places; heaps of bytes are verified block by block when they are first read. So nothing that is damaged is ever
used, and nothing is read that isn't. ``verify`` reads everything: ``interlock check FILE`` and ``serve`` call it, once.

A file that is in use may be replaced, as ``interlock build`` does: who has it open keeps the old one. Nobody may write into it or cut it
off: what is verified isn't verified again, and who reads beyond the end of a mapped file is ended by the system.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

import numpy as np

from interlock.graph.errors import DataError, Problem
from interlock.graph.heap import Bytes, Memory, Numbers
from interlock.graph.replacing import replacing
from interlock.graph.told import Progress

ENDING: Final = ".interlock"
"""How snapshots are called; they are known by their content."""
MAGIC: Final = b"\x89INTERLOCK\r\n\x1a\n"
FORMAT: Final = 4
"""Goes up with every change of the format, of the tables or of the records in them."""
_ORDER_MARK: Final = 0x01020304
_HEAD: Final = struct.Struct("=14sHIII")
_ALIGNED: Final = 64
_BLOCK: Final = 1 << 14
_TYPES: Final = frozenset({"uint8", "uint16", "uint32", "uint64", "int32", "int64"})


class Snapshot:
    """An opened snapshot: a store whose tables lie in the file. Raises ``DataError`` where the file is not as it was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map = _mapped(path)
        header = _header(path, self._map)
        self.meta: Mapping[str, Any] = header["meta"]
        self._sections: Mapping[str, Mapping[str, Any]] = header["sections"]
        sums = self._stretch(header["sums"])
        if zlib.crc32(sums) != header["sums"]["crc"]:
            self._refuse("its table of checksums is damaged")
        self._sums = np.frombuffer(sums, np.uint32)
        self._pending = bytearray(b"\1" * len(self._sums))
        self._numbers: dict[str, Numbers] = {}

    @property
    def tables(self) -> Sequence[str]:
        return [name for name, section in self._sections.items() if "type" in section]

    @property
    def heaps(self) -> Sequence[str]:
        return [name for name, section in self._sections.items() if "type" not in section]

    def numbers(self, name: str) -> Numbers:
        """A table of numbers, verified as a whole."""
        if name not in self._numbers:
            section = self._section(name)
            stretch = self._stretch(section)
            self._verify(name, 0, len(stretch))
            self._numbers[name] = np.frombuffer(stretch, section["type"]).reshape(section["shape"])
        return self._numbers[name]

    def bytes(self, name: str) -> Bytes:
        """A heap of bytes, verified as it is read."""
        return Bytes(self._stretch(self._section(name)), lambda start, stop: self._verify(name, start, stop))

    def verify(self, progress: Progress | None = None) -> None:
        """Read everything."""
        if progress is not None:
            progress(0, len(self._map))
        for name, section in self._sections.items():
            self._verify(name, 0, section["size"])
            if progress is not None:
                progress(section["at"] + section["size"], len(self._map))

    def _verify(self, name: str, start: int, stop: int) -> None:
        """Compare the blocks of a section from ``start`` up to ``stop`` that have not been compared yet."""
        section = self._sections[name]
        first = section["block"]
        for block in range(start // _BLOCK, -(-min(stop, section["size"]) // _BLOCK)):
            if self._pending[first + block]:
                at = section["at"] + block * _BLOCK
                end = min(at + _BLOCK, section["at"] + _padded(section["size"]))
                if zlib.crc32(self._map[at:end]) != self._sums[first + block]:
                    self._refuse(f"its section {name!r} is damaged at byte {at}")
                self._pending[first + block] = 0

    def _section(self, name: str) -> Mapping[str, Any]:
        if name not in self._sections:
            self._refuse(f"its section {name!r} is missing")
        return self._sections[name]

    def _stretch(self, section: Mapping[str, Any]) -> memoryview:
        return self._map[section["at"] : section["at"] + section["size"]]

    def _refuse(self, what: str) -> NoReturn:
        _refuse(self.path, what)


def is_snapshot(path: Path) -> bool:
    """Does this file begin like a snapshot, or is it called like one?"""
    if path.suffix == ENDING and path.is_file():
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def write_snapshot(path: Path, store: Memory, progress: Progress | None = None) -> None:
    """Write a store into a file, at once or not at all."""
    try:
        with replacing(path) as file:
            _write(file, store, progress)
    except OSError as error:
        _refuse(path, f"can't be written: {error.strerror}")


def _write(file: BinaryIO, store: Memory, progress: Progress | None) -> None:
    tables = {name: np.ascontiguousarray(table) for name, table in store.tables.items()}
    parts = {name: table.reshape(-1).view(np.uint8).data for name, table in tables.items()}
    parts |= {name: memoryview(heap) for name, heap in store.heaps.items()}
    sections: dict[str, dict[str, Any]] = {}
    total = 0
    for name, content in parts.items():
        numbers = {"type": str(tables[name].dtype), "shape": tables[name].shape} if name in tables else {}
        sections[name] = {"at": total, "size": len(content), **numbers}
        total += _padded(len(content))
    sums = np.array([crc for content in parts.values() for crc in _crcs(content)], np.uint32).tobytes()
    said = {"meta": dict(store.meta), "sections": sections, "sums": {"at": total, "size": len(sums), "crc": zlib.crc32(sums)}}
    header = json.dumps(said).encode()
    header += b" " * (-(_HEAD.size + len(header)) % _ALIGNED)
    file.write(_HEAD.pack(MAGIC, FORMAT, _ORDER_MARK, len(header), zlib.crc32(header)) + header)
    if progress is not None:
        progress(0, total)
    for name, content in parts.items():
        file.write(content)
        file.write(bytes(_padded(len(content)) - len(content)))
        if progress is not None:
            progress(sections[name]["at"] + len(content), total)
    file.write(sums)


def _crcs(content: memoryview) -> Iterator[int]:
    for start in range(0, len(content), _BLOCK):
        block = content[start : start + _BLOCK]
        yield zlib.crc32(bytes(-len(block) % _ALIGNED), zlib.crc32(block))


def _padded(size: int) -> int:
    """The room that a section takes, up to where the next one may begin."""
    return size + -size % _ALIGNED


def _mapped(path: Path) -> memoryview:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < _HEAD.size:
                _refuse(path, "is no snapshot, or only its beginning")
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        _refuse(path, f"can't be read: {error.strerror}")


def _header(path: Path, content: memoryview) -> dict[str, Any]:
    """The header, with places counted from the beginning of the file. Raises ``DataError`` if it isn't one that can be read here."""
    magic, version, order, size, crc = _HEAD.unpack_from(content)
    if magic != MAGIC:
        _refuse(path, "is no snapshot")
    if order == int.from_bytes(_ORDER_MARK.to_bytes(4, "little"), "big"):
        _refuse(path, "was built on a machine of another byte order. Build it anew on this one with `interlock build`")
    if version != FORMAT:
        _refuse(path, f"is of format {version}; this version of Interlock reads format {FORMAT}. Build it anew with `interlock build`")
    text = content[_HEAD.size : _HEAD.size + size]
    if order != _ORDER_MARK or len(text) < size or zlib.crc32(text) != crc:
        _refuse(path, "its header is damaged")
    try:
        header: dict[str, Any] = json.loads(bytes(text))
        begin, sums, blocks = _HEAD.size + size, header["sums"], 0
        length = begin + sums["at"] + sums["size"]
        if len(content) != length:
            _refuse(path, f"has {len(content)} bytes, where {length} were written: it is damaged or cut off")
        for section in (*header["sections"].values(), sums):
            _check_section(section, length - begin)
            section["at"] += begin
            section["block"] = blocks
            blocks += -(-section["size"] // _BLOCK)
        if sums["size"] != 4 * sums["block"]:
            raise ValueError("there are not as many checksums as blocks")
        return header
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        _refuse(path, "its header is not that of a snapshot")


def _check_section(section: Mapping[str, Any], length: int) -> None:
    at, size, kind = section["at"], section["size"], section.get("type")
    if not (isinstance(at, int) and isinstance(size, int) and 0 <= at <= at + size <= length and at % _ALIGNED == 0):
        raise ValueError("it doesn't lie within the file")
    if kind is not None and (kind not in _TYPES or np.dtype(kind).itemsize * math.prod(section["shape"]) != size):
        raise ValueError("its numbers are of no known type, or not as many as it says")


def _refuse(path: Path, what: str) -> NoReturn:
    raise DataError([Problem(str(path), 0, "", what)])
