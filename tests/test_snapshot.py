from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_loading import GOOD

from interlock.graph import DataError, Engine, KnowledgeGraph, load
from interlock.graph.heap import Memory
from interlock.graph.loading import build, check
from interlock.graph.model import Records
from interlock.graph.snapshot import FORMAT, MAGIC, is_snapshot, write_snapshot

HEAD = struct.Struct("=14sHIII")


@pytest.fixture
def rdf(tmp_path: Path) -> Path:
    path = tmp_path / "data.trig"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def file(rdf: Path, tmp_path: Path) -> Path:
    path = tmp_path / "data.interlock"
    build([rdf], path)
    return path


def changed(file: Path, change: Callable[[bytearray], object]) -> Path:
    content = bytearray(file.read_bytes())
    change(content)
    file.write_bytes(content)
    return file


def header_of(content: bytes) -> dict[str, object]:
    *_, size, _ = HEAD.unpack_from(content)
    read: dict[str, object] = json.loads(content[HEAD.size : HEAD.size + size])
    return read


def test_snapshot_holds_what_the_rdf_says(rdf: Path, file: Path) -> None:
    one, other = load(rdf), load(file)
    assert dict(other.entities) == dict(one.entities)
    assert dict(other.relationships) == dict(one.relationships)
    assert dict(other.sources) == dict(one.sources)
    assert dict(other.claims) == dict(one.claims)
    assert (other.version, other.licence) == (one.version, one.licence)
    assert all((a == b).all() for a, b in zip(one.arrays, other.arrays, strict=True))


def test_snapshot_is_known_by_its_content_whatever_it_is_called(file: Path) -> None:
    renamed = file.rename(file.with_name("data.bin"))
    assert is_snapshot(renamed)
    assert len(load(renamed).relationships) == 1
    assert not is_snapshot(Path(__file__))


def test_tables_are_read_only(file: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        load(file).arrays.head[0] = 1


def test_snapshot_of_nothing_is_an_empty_graph(tmp_path: Path) -> None:
    store = KnowledgeGraph(Records({}, {}, {}), "none").columns.store
    assert isinstance(store, Memory)
    write_snapshot(tmp_path / "x.interlock", store)
    empty = check(tmp_path / "x.interlock")
    assert (list(empty.nodes), list(empty.edges), dict(empty.claims), empty.changes) == ([], [], {}, ())
    assert Engine(empty).search("anything") == []


@pytest.mark.parametrize("place", [0.2, 0.4, 0.6, 0.8, 0.999])
def test_damaged_byte_anywhere_is_found(place: float, file: Path) -> None:
    size = file.stat().st_size
    changed(file, lambda content: content.__setitem__(int(place * size), content[int(place * size)] ^ 1))
    with pytest.raises(DataError, match=r"damaged|header"):
        check(file)


def boundaries(content: bytes) -> list[int]:
    """The bytes around which something begins or ends: the parts of the head, the header, every section, the checksums."""
    header = header_of(content)
    begin = HEAD.size + len(content[HEAD.size :]) - sum_of_sizes(header)
    sections = [*header["sections"].values(), header["sums"]]  # type: ignore[attr-defined]
    edges = [begin + section["at"] + more for section in sections for more in (0, section["size"])]
    places = {edge + step for edge in (0, 14, 16, 20, 24, 28, HEAD.size, begin, *edges, len(content)) for step in (-1, 0)}
    return sorted(place for place in places if 0 <= place < len(content))


def sum_of_sizes(header: dict[str, object]) -> int:
    sums = header["sums"]
    return int(sums["at"] + sums["size"])  # type: ignore[index]


def everything(file: Path) -> object:
    """All that a graph holds and finds, or that it was refused."""
    try:
        graph = load(file)
        found = [list(each.items()) for each in (graph.entities, graph.relationships, graph.sources, graph.claims)]
        engine = Engine(graph)
        return repr(found), graph.version, engine.search("Ann"), [each.tolist() for each in graph.arrays]
    except DataError:
        return "refused"


def test_flip_at_every_boundary_is_refused_by_check_and_gives_no_wrong_answer(file: Path) -> None:
    content, whole = file.read_bytes(), everything(file)
    for place in boundaries(content):
        changed(file, lambda damaged, place=place: damaged.__setitem__(place, damaged[place] ^ 1))  # type: ignore[misc]
        with pytest.raises(DataError) as raised:
            check(file)
        assert str(file) in str(raised.value)
        assert everything(file) in ("refused", whole)
        file.write_bytes(content)


@given(places=st.lists(st.integers(0, 1 << 30), min_size=1, max_size=3), bits=st.integers(1, 255))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_flip_of_any_bits_is_refused_by_check_and_gives_no_wrong_answer(places: list[int], bits: int, file: Path) -> None:
    content, whole = file.read_bytes(), everything(file)
    for place in {place % len(content) for place in places}:
        changed(file, lambda damaged, place=place: damaged.__setitem__(place, damaged[place] ^ bits))  # type: ignore[misc]
    with pytest.raises(DataError):
        check(file)
    assert everything(file) in ("refused", whole)
    file.write_bytes(content)


def test_file_cut_off_anywhere_is_refused(file: Path) -> None:
    content = file.read_bytes()
    for size in {*range(0, len(content), 251), *boundaries(content)}:
        file.write_bytes(content[:size])
        with pytest.raises(DataError, match=r"damaged|only its beginning|no snapshot"):
            load(file)


def test_folder_and_file_that_may_not_be_read_are_refused(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder.interlock"
    folder.mkdir()
    with pytest.raises(DataError, match="has no RDF file in it"):
        load(folder)
    file.chmod(0)
    if not os.access(file, os.R_OK):  # not for root
        with pytest.raises(DataError, match="can't be read: Permission denied"):
            load(file)


def test_damage_is_found_where_it_is_met_and_not_before(file: Path) -> None:
    def spoil(content: bytearray) -> None:
        content[content.index(b"A filing")] ^= 1

    graph = load(changed(file, spoil))
    assert graph.entities["entity/ann"].name == "Ann"
    with pytest.raises(DataError, match="section 'source' is damaged"):
        graph.sources["source/filing"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.pop(), "damaged or cut off"),
        (lambda content: content.__delitem__(slice(500, None)), "header is damaged"),
        (lambda content: content.__delitem__(slice(5, None)), "only its beginning"),
        (lambda content: content.append(0), "damaged or cut off"),
        (lambda content: content.__setitem__(3, 0), "is no snapshot"),
        (lambda content: content.__setitem__(slice(14, 16), struct.pack("=H", FORMAT + 1)), "this version of Interlock reads format"),
        (lambda content: content.__setitem__(slice(16, 20), content[16:20][::-1]), "another byte order"),
        (lambda content: content.__setitem__(40, content[40] ^ 1), "header is damaged"),
    ],
)
def test_file_that_is_not_as_it_was_written_is_refused(change: Callable[[bytearray], object], message: str, file: Path) -> None:
    with pytest.raises(DataError, match=message):
        load(changed(file, change))


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("search.head", {"at": 1 << 40}),
        ("search.head", {"size": -8}),
        ("search.head", {"type": "O"}),
        ("search.head", {"shape": [1 << 40]}),
        ("search.head", {"at": "0"}),
    ],
)
def test_header_that_leads_elsewhere_is_refused(section: str, change: dict[str, object], file: Path) -> None:
    header = header_of(file.read_bytes())
    header["sections"][section] |= change  # type: ignore[index]
    content = file.read_bytes()
    *_, size, _ = HEAD.unpack_from(content)
    text = json.dumps(header, separators=(",", ":")).encode().ljust(size)
    file.write_bytes(HEAD.pack(MAGIC, FORMAT, 0x01020304, size, zlib.crc32(text)) + text + content[HEAD.size + size :])
    with pytest.raises(DataError, match="not that of a snapshot"):
        load(file)


def test_search_arrays_that_lead_nowhere_are_refused_even_if_their_checksums_are_right(rdf: Path, tmp_path: Path) -> None:
    store = load(rdf).columns.store
    assert isinstance(store, Memory)
    head = store.tables["search.head"].copy()
    head[0] = 1_000_000
    path = tmp_path / "hostile.interlock"
    write_snapshot(path, Memory(store.meta, {**store.tables, "search.head": head}, store.heaps))
    with pytest.raises(DataError, match="lead nowhere"):
        check(path)
    with pytest.raises(DataError, match="lead nowhere"):
        _ = load(path).arrays


@pytest.mark.parametrize("content", [b"", b"\xff" * 9, b"\x01\x05Ann\x7f\xff\xff\xff\xff", b"\x63\x01A\x00"])
def test_record_that_makes_no_sense_is_refused(content: bytes, rdf: Path) -> None:
    store = load(rdf).columns.store
    assert isinstance(store, Memory)
    at = store.tables["entity.at"].copy()
    at[0:] = len(content)
    at[0] = 0
    graph = KnowledgeGraph(Memory(store.meta, {**store.tables, "entity.at": at}, {**store.heaps, "entity": content}))
    with pytest.raises(DataError, match="record can't be read"):
        graph.entity_at(0)


def test_snapshot_that_can_not_be_written_leaves_nothing_behind(rdf: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="can't be written"):
        build([rdf], tmp_path / "nowhere" / "x.interlock")
    (tmp_path / "taken").mkdir()
    with pytest.raises(DataError, match="can't be written"):
        build([rdf], tmp_path / "taken")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.trig", "taken"]


def test_snapshot_is_loaded_alone_and_built_from_rdf(rdf: Path, file: Path) -> None:
    with pytest.raises(DataError, match="loaded alone"):
        load(rdf, file)
    with pytest.raises(DataError, match="is a snapshot already"):
        build([file], file)


def test_snapshot_that_is_replaced_stays_as_it_was_to_who_has_it_open(rdf: Path, file: Path) -> None:
    graph = load(file)
    rdf.write_text(GOOD.replace('"Ann"', '"Anne"'), encoding="utf-8")
    build([rdf], file)
    assert graph.entities["entity/ann"].name == "Ann"
    assert load(file).entities["entity/ann"].name == "Anne"


def test_opening_a_snapshot_needs_no_library_for_rdf(file: Path) -> None:
    code = f"""import sys; from interlock.graph import Engine, load
assert Engine(load({str(file)!r})).entity("Ann").id == "entity/ann"
print(*sorted({{"rdflib", "pyoxigraph", "pyshacl"}} & set(sys.modules)))"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
