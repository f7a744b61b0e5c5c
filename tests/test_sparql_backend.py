"""A SPARQL endpoint gives the answers that the same statements give when they are loaded: Oxigraph in process."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyoxigraph as ox
import pytest
from backends import differences, drawn_filter, ordered, told
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interlock.graph.backends import sparql_opening
from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql import SparqlBackend
from interlock.graph.backends.sparql_answers import Answer, OxigraphTransport
from interlock.graph.backends.sparql_bulk import Described, in_bulk
from interlock.graph.dates import parse_date
from interlock.graph.errors import DataError
from interlock.graph.filters import RelationshipFilter
from interlock.graph.heap import Store
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.loading import shipped_files
from interlock.graph.model import RelationshipKind, Status
from interlock.seeds import vocab
from random_rdf import RDF_TYPE, at, dataset, il, likenesses

ALL = RelationshipFilter(statuses=frozenset(Status))


def shipped_quads() -> list[ox.Quad]:
    return [quad for path in shipped_files() for quad in ox.parse(path=path, rename_blank_nodes=True)]


def opened(path: Path, rows: int = 10_000) -> SparqlBackend:
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return asyncio.run(SparqlBackend.open(OxigraphTransport(store), rows))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[SparqlBackend, KnowledgeGraph]:
    path, graph = ordered([f"{quad} ." for quad in shipped_quads()], tmp_path_factory.mktemp("shipped"))
    return opened(path), graph


def test_directory_of_the_shipped_graph_is_that_of_the_files(shipped: tuple[SparqlBackend, KnowledgeGraph]) -> None:
    backend, graph = shipped
    assert differences(MemoryBackend(graph).directory, backend.directory) == set()
    assert len(backend.directory.numbers("search.degree")) == len(graph.entities) > 1_000


def test_all_relationships_of_the_shipped_graph_are_those_of_the_files(shipped: tuple[SparqlBackend, KnowledgeGraph]) -> None:
    backend, graph = shipped
    everybody = np.arange(len(graph.entities), dtype=np.int32)
    found = asyncio.run(told(backend, everybody, ALL))
    assert found == asyncio.run(told(MemoryBackend(graph), everybody, ALL))
    assert len({row[4].id for row in found}) == len(graph.relationships)


@pytest.mark.parametrize("seed", range(12))
def test_filters_admit_the_same_of_the_shipped_graph(shipped: tuple[SparqlBackend, KnowledgeGraph], seed: int) -> None:
    backend, graph = shipped
    draw = random.Random(seed)
    conditions, forward = drawn_filter(draw, list(graph.sources)), draw.choice([None, None, True, False])
    entities = np.array(sorted(draw.sample(range(len(graph.entities)), 120)), np.int32)
    assert asyncio.run(told(backend, entities, conditions, forward)) == asyncio.run(
        told(MemoryBackend(graph), entities, conditions, forward)
    )


def test_frontier_takes_one_round_trip_and_leaves_out_other_kinds_where_they_are(shipped: tuple[SparqlBackend, KnowledgeGraph]) -> None:
    backend, graph = shipped
    transport = Listening(backend._endpoint.transport)
    backend._endpoint.transport = transport
    place = np.array([graph.index("entity/meta")], np.int32)
    for conditions in (RelationshipFilter(), RelationshipFilter(kinds=frozenset({RelationshipKind.FOUNDING}))):
        before = backend.trips
        asyncio.run(backend.neighbours(place, conditions))
        assert backend.trips == before + 1
    every, some = transport.answers
    assert len(some.rows) < len(every.rows) / 5


def test_relationships_and_claims_are_found_by_id(shipped: tuple[SparqlBackend, KnowledgeGraph]) -> None:
    backend, graph = shipped
    for id in list(graph.relationships)[::300]:
        assert asyncio.run(backend.lookup([asyncio.run(backend.find(id))])) == [graph.relationships[id]]
    for id in list(graph.claims)[::500]:
        (tie,) = asyncio.run(backend.lookup([asyncio.run(backend.find_claim(id))]))
        assert tie.id == graph.claims[id].relationship
    for id in ("relationship/nobody", "entity/meta", "", "relationship/a> ?p ?o . <", next(iter(graph.claims))):
        assert asyncio.run(backend.find(id)) == -1
    for id in ("claim/nobody", next(iter(graph.relationships)), 'claim/"}'):
        assert asyncio.run(backend.find_claim(id)) == -1
    with pytest.raises(KeyError):
        asyncio.run(backend.lookup([10**9]))


@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([40, 10_000]), st.booleans())
@settings(max_examples=25)
def test_random_graphs_answer_as_their_files_do(
    tmp_path_factory: pytest.TempPathFactory, seed: int, twins: bool, rows: int, clips: bool
) -> None:
    draw = random.Random(seed)
    lines = dataset(seed, faulty=False)
    lines = likenesses(seed, lines) if twins else lines
    if draw.random() < 0.3:  # everything is in a named graph: that of no source, for what is no claim
        lines = [line if f"{at('source/')[:-1]}" in line.rsplit(" ", 2)[1] else f"{line[:-1]}<urn:g> ." for line in lines]
    try:
        path, graph = ordered(lines, tmp_path_factory.mktemp("random"))
    except DataError:
        assume(False)
    backend = asyncio.run(SparqlBackend.open(clipping(path, rows), rows)) if clips else opened(path, rows)
    memory = MemoryBackend(graph)
    assert differences(memory.directory, backend.directory) == set()
    everybody = np.arange(len(graph.entities), dtype=np.int32)
    for conditions in (ALL, *(drawn_filter(draw, list(graph.sources)) for _ in range(3))):
        forward = draw.choice([None, True, False])
        assert asyncio.run(told(backend, everybody, conditions, forward)) == asyncio.run(told(memory, everybody, conditions, forward))


def contents(directory: Store) -> tuple[list[object], list[object]]:
    """The records of a directory, whose texts may be numbered otherwise."""
    graph = KnowledgeGraph(directory)
    return list(graph.entities.values()), sorted(graph.sources.values(), key=lambda source: source.id)


@pytest.mark.parametrize(("seed", "twins"), [*((seed, False) for seed in range(8)), *((seed, True) for seed in (0, 1, 2, 4, 11))])
def test_big_directory_is_what_a_small_one_would_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, twins: bool) -> None:
    lines = dataset(seed, faulty=False)
    path, graph = ordered(likenesses(seed, lines) if twins else lines, tmp_path)
    made = list[Described | None]()
    monkeypatch.setattr(sparql_opening, "BULK_FROM", 0)
    monkeypatch.setattr(sparql_opening, "in_bulk", lambda *told: made.append(in_bulk(*told)) or made[-1])
    backend, memory = opened(path), MemoryBackend(graph)
    assert made[0] is not None
    assert differences(memory.directory, backend.directory) <= {"entity", "entity.at", "source", "source.at"}
    assert contents(memory.directory) == contents(backend.directory)
    everybody = np.arange(len(graph.entities), dtype=np.int32)
    assert asyncio.run(told(backend, everybody, ALL)) == asyncio.run(told(memory, everybody, ALL))


class Listening:
    """A transport that keeps what it hears; ``most`` rows of it are passed on, without a word if there were more."""

    def __init__(self, transport: object, most: int = 10**9) -> None:
        self._transport, self._most = transport, most
        self.name, self.answers = "the endpoint", list[Answer]()

    async def select(self, query: str, variables: Sequence[str]) -> Answer:
        answer = await self._transport.select(query, variables)  # type: ignore[attr-defined]
        self.answers.append(Answer(answer.rows[: self._most]))
        return self.answers[-1]

    async def close(self) -> None:
        """Nothing is open."""


def clipping(path: Path, most: int) -> Listening:
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return Listening(OxigraphTransport(store), most)


def test_endpoint_that_clips_without_a_word_is_paged_through(tmp_path: Path) -> None:
    path, graph = ordered([f"{quad} ." for quad in shipped_quads()], tmp_path)
    backend = asyncio.run(SparqlBackend.open(clipping(path, 500)))
    assert differences(MemoryBackend(graph).directory, backend.directory) == set()
    entities = np.array([graph.index(f"entity/{name}") for name in ("meta", "netflix", "reed-hastings", "google")], np.int32)
    found = asyncio.run(told(backend, entities, ALL))
    assert found == asyncio.run(told(MemoryBackend(graph), entities, ALL))
    assert len(found) > 200


def test_endpoint_that_does_not_clip_is_not_paged_through(tmp_path: Path) -> None:
    path, _ = ordered([f"{quad} ." for quad in shipped_quads()], tmp_path)
    few, many = opened(path, 300), opened(path, 10_000)
    assert few.trips < many.trips + 5 < asyncio.run(SparqlBackend.open(clipping(path, 300), 300)).trips
    assert differences(few.directory, many.directory) == set()


def test_latest_day_is_none_of_what_others_than_relationships_have(tmp_path: Path) -> None:
    lines = [line for line in dataset(11, faulty=False) if il("observed") not in line]
    tie = next(line.split(" ", 1)[0] for line in lines if il("during") in line and line.startswith(at("relationship/")[:-1]))
    claim = next(line.split(" ", 1)[0] for line in lines if line.startswith(at("claim/")[:-1]))
    graph_name = next(line.rsplit(" ", 2)[1] for line in lines if line.startswith(claim))
    lines = [line for line in lines if not (line.startswith((f"{tie} ", f"{claim} ")) and il("during") in line)]
    lines += [f'{claim} {il("during")} "2094" {graph_name} .', f'{tie} {il("during")} "2031-02?/2031-02-25" .']
    for number in range(150):
        event = at(f"entity/event{number}")
        lines += [f"{event} {RDF_TYPE} <{vocab.SDO.Event}> .", f'{event} <{vocab.SDO.name}> "Event {number}" .']
        lines += [f'{event} {il("during")} "{2035 + number // 28}-03-{number % 28 + 1:02}/.." .']
    path, graph = ordered(lines, tmp_path)
    directory = opened(path).directory
    assert directory.meta["latest_day"] == parse_date("2031-02-25").first
    assert differences(MemoryBackend(graph).directory, directory) == set()


@pytest.mark.parametrize("written", ["1912-31-12", "."])
def test_date_of_a_relationship_that_is_none_is_refused_at_once(tmp_path: Path, written: str) -> None:
    lines = dataset(11, faulty=False)
    tie = next(line.split(" ", 1)[0] for line in lines if il("during") in line and line.startswith(at("relationship/")[:-1]))
    lines = [line for line in lines if not (line.startswith(f"{tie} ") and il("during") in line)]
    path = tmp_path / "undated.nq"
    path.write_text("\n".join([*lines, f'{tie} {il("during")} "1911/{written}" .']))
    with pytest.raises(BackendDown, match=f"a date that is none: '{written}' is not a date"):
        opened(path)


def test_endpoint_that_begins_to_clip_later_is_found_out(tmp_path: Path) -> None:
    path, graph = ordered([f"{quad} ." for quad in shipped_quads()], tmp_path)
    transport = clipping(path, 10**9)
    backend = asyncio.run(SparqlBackend.open(transport))
    transport._most = 100
    with pytest.raises(BackendDown, match="relationships of entity/meta, and counted"):
        asyncio.run(backend.neighbours(np.array([graph.index("entity/meta")], np.int32), RelationshipFilter()))


@pytest.mark.parametrize("property", ["http://www.w3.org/ns/org#member", "http://a.example/knows"])
def test_endpoint_without_relationships_is_told_so(property: str, tmp_path: Path) -> None:
    path = tmp_path / "org.nq"
    path.write_text(f"<http://a.example/m> <{property}> <http://a.example/p> .\n")
    with pytest.raises(BackendDown, match="no relationship in Interlock's vocabulary"):
        opened(path)


def test_relationship_without_an_end_that_is_described_is_told(tmp_path: Path) -> None:
    lines = [line for line in dataset(3, faulty=False) if not line.startswith(at("entity/e1"))]
    path = tmp_path / "lacking.nq"
    path.write_text("\n".join(lines))
    with pytest.raises(BackendDown, match="its answers are not whole, or its data is not"):
        opened(path)


def test_relationship_that_nobody_claims_is_refused_when_it_is_read(tmp_path: Path) -> None:
    path, graph = ordered(dataset(5, faulty=False), tmp_path)
    claims = [line for line in path.read_text().splitlines() if line.startswith(at("claim/c0-")[:-1])]
    path.write_text("\n".join(line for line in path.read_text().splitlines() if line not in claims))
    with pytest.raises(BackendDown, match="has no claim"):
        asyncio.run(opened(path).neighbours(np.arange(len(graph.entities), dtype=np.int32), ALL))


def test_what_has_no_iri_is_left_out_as_it_is_of_files(tmp_path: Path) -> None:
    lines = dataset(9, faulty=False)
    tie = at("relationship/r0")
    lines += [line.replace(tie, "_:r0") for line in lines if line.startswith(f"{tie} ")]
    lines += [line.replace(at("claim/c0-0"), "_:c0") for line in lines if line.startswith(at("claim/c0-0"))]
    path, graph = ordered(lines, tmp_path)
    backend, everybody = opened(path), np.arange(len(graph.entities), dtype=np.int32)
    assert differences(MemoryBackend(graph).directory, backend.directory) == set()
    assert asyncio.run(told(backend, everybody, ALL)) == asyncio.run(told(MemoryBackend(graph), everybody, ALL))


def test_role_of_the_data_reads_as_it_says(tmp_path: Path) -> None:
    role, ties = at("role/adviser"), [at(f"relationship/r{number}") for number in range(20)]
    lines = dataset(7, faulty=False)
    described = {line.split(" ", 1)[0] for line in lines if RDF_TYPE in line}
    lines += [f"{role} {RDF_TYPE} {il('Role')} .", f'{role} <{vocab.SKOS.prefLabel}> "adviser" .']
    lines += [f'{role} {il("phrase")} "advised" .', f'{role} {il("inverseLabel")} "was advised by" .']
    lines = [line for line in lines if str(vocab.ORG.role) not in line]
    lines += [f"{tie} <{vocab.ORG.role}> {role} ." for tie in ties if tie in described]
    path, graph = ordered(lines, tmp_path)
    backend, everybody = opened(path), np.arange(len(graph.entities), dtype=np.int32)
    found = asyncio.run(told(backend, everybody, ALL))
    assert {row[4].label for row in found} == {"advised"}
    assert found == asyncio.run(told(MemoryBackend(graph), everybody, ALL))
    assert differences(MemoryBackend(graph).directory, backend.directory) == set()
