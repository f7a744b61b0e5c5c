"""Exports are streams: no more is held of a large one than of a small one, and progress is told as they go."""

from __future__ import annotations

import tracemalloc

import pytest

from export_records import parallel
from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, KnowledgeGraph
from interlock.graph.engine import Engine
from interlock.graph.exports.formats import FORMATS, export, file_name
from interlock.graph.filters import PathFilter
from interlock.graph.model import EntityKind
from interlock.graph.selection import Parameters, everything


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
