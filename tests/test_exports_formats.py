"""Exports are streams: no more is held of a large one than of a small one, and progress is told as they go."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Final

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from export_records import exported, parallel, unzipped
from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, KnowledgeGraph, RelationshipFilter, load
from interlock.graph.dates import parse_date
from interlock.graph.engine import Engine
from interlock.graph.exports.formats import FORMATS, export, file_name
from interlock.graph.filters import PathFilter
from interlock.graph.model import EntityKind
from interlock.graph.selection import Parameters, everything

PARALLEL: Final[dict[str, Callable[[bytes], Iterable[str]]]] = {
    "ttl": lambda content: claimed(ox.parse(content, ox.RdfFormat.TURTLE)),
    "trig": lambda content: claimed(ox.parse(content, ox.RdfFormat.TRIG)),
    "nq": lambda content: claimed(ox.parse(content, ox.RdfFormat.N_QUADS)),
    "jsonld": lambda content: claimed(ox.parse(content, ox.RdfFormat.JSON_LD)),
    "graphml": lambda content: (key for *_, key in nx.read_graphml(io.BytesIO(content), force_multigraph=True).edges(keys=True)),
    "gexf": lambda content: (key for *_, key in nx.read_gexf(io.BytesIO(content)).edges(keys=True)),
    "cyjs": lambda content: (each["data"]["id"] for each in json.loads(content)["elements"]["edges"]),
    "json": lambda content: (key for *_, key in nx.node_link_graph(json.loads(content), edges="edges").edges(keys=True)),
    "csv": lambda content: (row["id"] for row in csv.DictReader(io.StringIO(unzipped(content)["relationships.csv"].decode(), newline=""))),
    "parquet": lambda content: pq.read_table(io.BytesIO(unzipped(content)["relationships.parquet"]))["id"].to_pylist(),
    "xlsx": lambda content: [row[0] for row in openpyxl.load_workbook(io.BytesIO(content))["relationships"].iter_rows(2, values_only=True)],
    "ftm": lambda content: (id for line in content.splitlines() for id in json.loads(line)["properties"].get("recordId", ())),
    "dot": lambda content: (line.split('id="')[1].split('"')[0] for line in content.decode().splitlines() if '"a" -> "b"' in line),
}
"""Format → the ids of the relationships in a file. Bibliographies have none."""


def claimed(said: Iterable[ox.Quad | ox.Triple]) -> Iterable[str]:
    """The ids of the relationships of which there is a claim."""
    return (each.object.value.removeprefix("https://interlock.example/") for each in said if each.predicate.value.endswith("#supports"))


@pytest.mark.parametrize("name", FORMATS.keys() - {"bib", "csl"})
def test_two_hundred_parallel_edges_stay_apart(name: str) -> None:
    assert sorted(PARALLEL[name](exported(parallel(200), name))) == [f"relationship/{number:03}" for number in range(200)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_says_what_it_is(name: str) -> None:
    known = load()
    content = exported(known, name, Parameters(of=("entity/netflix",), filter=PathFilter(RelationshipFilter(as_of=parse_date("2011")))))
    text = content if FORMATS[name].text else b"".join(unzipped(content).values())
    for said in (known.version, "Netflix, and what is within 1 hop of it", "As of 2011", "CC0-1.0", "What is alleged is not confirmed"):
        assert said.encode() in text


@pytest.fixture(scope="module")
def small() -> KnowledgeGraph:
    return parallel(1500)


@pytest.fixture(scope="module")
def large() -> KnowledgeGraph:
    return parallel(6000)


@pytest.mark.parametrize("name", ["nq", "jsonld", "graphml", "gexf", "json", "csv", "ftm", "dot"])
def test_memory_does_not_grow_with_the_rows(name: str, small: KnowledgeGraph, large: KnowledgeGraph) -> None:
    def peak(known: KnowledgeGraph) -> int:
        selection = everything(Engine(known, PATIENT))
        for _ in export(name, known, selection):
            break  # what is read once, and imported, is no part of it
        tracemalloc.start()
        size = sum(map(len, export(name, known, selection)))
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > 0
        return held

    assert peak(large) < 1.5 * peak(small)


@pytest.mark.parametrize("name", FORMATS)
def test_progress_ends_when_all_is_written(name: str) -> None:
    known, told = parallel(1300), list[tuple[int, int]]()
    for _ in export(name, known, everything(Engine(known, PATIENT)), lambda done, total: told.append((done, total))):
        pass
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_an_empty_selection_can_be_exported() -> None:
    known = graph(entities=[entity("a")])
    for name in FORMATS:
        assert b"".join(export(name, known, everything(Engine(known, PATIENT))))


def test_an_unknown_format_is_refused_at_once() -> None:
    known = parallel(1)
    with pytest.raises(BadInput, match="Did you mean csv"):
        export("cvs", known, everything(Engine(known, PATIENT)))


def test_files_are_named_after_what_is_in_them() -> None:
    known = graph(tie("a", "b"), entities=[entity("a"), entity("Né/x y")])
    assert file_name("csv", known, Parameters()) == "interlock-all-test.csv.zip"
    assert file_name("gexf", known, Parameters(of=("a", "né/x-y"))) == "interlock-a-n-x-y-test.gexf"
    people = Parameters(filter=PathFilter(entity_kinds=frozenset({EntityKind.PERSON})))
    assert file_name("nq", known, people) == "interlock-person-test.nq"
