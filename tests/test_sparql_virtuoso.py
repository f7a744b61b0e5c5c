"""The answers of a real Virtuoso, which clips what it answers and changes literals and blank nodes, are those of the files."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import numpy as np
import pyoxigraph as ox
import pytest
from backends import differences, drawn_filter, ordered, told
from foreign import PREFIXES
from test_sparql_backend import ALL, shipped_quads
from test_sparql_foreign import drawn_data, same

from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql import SparqlBackend
from interlock.graph.backends.sparql_http import HttpTransport
from interlock.graph.filters import RelationshipFilter
from interlock.graph.knowledge import KnowledgeGraph
from interlock.seeds import vocab
from random_rdf import RDF_TYPE, at, dataset, il
from virtuoso import installed, virtuoso

pytestmark = installed
ROWS = 1_000
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, KnowledgeGraph]]:
    folder = tmp_path_factory.mktemp("virtuoso")
    path, graph = ordered([f"{quad} ." for quad in shipped_quads()], tmp_path_factory.mktemp("files"))
    with virtuoso(folder, path, ROWS) as url:
        yield url, graph


def test_shipped_graph_answers_as_its_files_do_though_answers_are_clipped(shipped: tuple[str, KnowledgeGraph]) -> None:
    url, graph = shipped
    memory, draw = MemoryBackend(graph), random.Random(1)
    hub = max(range(len(graph.entities)), key=lambda place: int(graph.arrays.degree[place]))

    async def compare() -> None:
        backend = await SparqlBackend.open(HttpTransport(url))
        assert differences(memory.directory, backend.directory) == set()
        for number in range(6):
            some = np.array(sorted({hub, *draw.sample(range(len(graph.entities)), 60)}), np.int32)
            conditions = drawn_filter(draw, list(graph.sources)) if number else ALL
            forward = draw.choice([None, True, False]) if number else None
            assert await told(backend, some, conditions, forward) == await told(memory, some, conditions, forward)
        having_amounts = [tie for tie in graph.relationships.values() if tie.amounts]
        found = await backend.lookup([await backend.find(tie.id) for tie in having_amounts[:20]])
        assert list(found) == having_amounts[:20]
        assert await backend.find_claim("claim/nobody") == -1
        await backend.close()

    asyncio.run(compare())


def test_question_that_is_no_sparql_is_refused_in_the_words_of_virtuoso(shipped: tuple[str, KnowledgeGraph]) -> None:
    async def ask() -> None:
        transport = HttpTransport(shipped[0])
        try:
            await transport.select("SELECT ?s WHERE {", ["s"])
        finally:
            await transport.close()

    with pytest.raises(BackendDown, match=r"status 400.*syntax error"):
        asyncio.run(ask())


def test_typed_literals_and_named_graphs_come_to_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Booleans become numbers, decimals lose zeros, and dates of any type their form: none of which may change an answer."""
    lines = [line for line in dataset(23, faulty=False) if str(vocab.ORG.role) not in line]
    role = at("role/adviser")
    ties = sorted({line.split(" ", 1)[0] for line in lines if line.startswith(at("relationship/")[:-1])})
    dated = {line.split(" ", 1)[0] for line in lines if il("during") in line}
    lines += [f"{role} {RDF_TYPE} {il('Role')} .", f'{role} <{vocab.SKOS.prefLabel}> "adviser"@en .']
    lines += [f'{role} {il("phrase")} "advised"@en .', f'{role} {il("inverseLabel")} "was advised by" .']
    lines += [f'{role} {il("lasting")} "true"^^<{XSD}boolean> .', f'{role} {il("changing")} "false"^^<{XSD}boolean> .']
    for number, tie in enumerate(ties):
        lines += [f"{tie} <{vocab.ORG.role}> {role} .", f'{tie} {il("share")} "{number}.50"^^<{XSD}decimal> .']
        lines += [] if tie in dated else [f'{tie} {il("during")} "2011-06-{number + 10}"^^<{XSD}date> .']
        lines += [f"{tie} <{vocab.SDO.amount}> _:a{number} .", f'_:a{number} <{vocab.SDO.currency}> "USD" .']
        lines += [f'_:a{number} <{vocab.SDO.value}> "{19_000_000_000 + number}"^^<{XSD}integer> .']
    lines += [f'{at("source/s0")} <{vocab.DCTERMS.issued}> "2011"^^<{XSD}gYear> .'] if not _issued(lines) else []
    path, graph = ordered(lines, tmp_path_factory.mktemp("files"))
    everybody = np.arange(len(graph.entities), dtype=np.int32)

    async def compare(url: str) -> None:
        backend, memory = await SparqlBackend.open(HttpTransport(url)), MemoryBackend(graph)
        assert differences(memory.directory, backend.directory) == set()
        found = await told(backend, everybody, RelationshipFilter())
        assert found == await told(memory, everybody, RelationshipFilter())
        assert {row[4].label for row in found} == {"advised"}
        assert all(row[4].amounts and row[4].share for row in found)
        await backend.close()

    with virtuoso(tmp_path_factory.mktemp("virtuoso"), path, 200) as url:
        asyncio.run(compare(url))


def test_data_in_w3c_org_answer_as_their_file_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    draw = random.Random(3)
    quads = list(ox.parse(PREFIXES + drawn_data(draw, 60), ox.RdfFormat.TRIG))
    default = ox.DefaultGraph()
    named = [ox.Quad(*quad.triple, ox.NamedNode("urn:default")) if quad.graph_name == default else quad for quad in quads]
    graph = ordered([f"{quad} ." for quad in named], tmp_path_factory.mktemp("here"))[1]

    async def compare(url: str) -> None:
        backend = await SparqlBackend.open(HttpTransport(url))
        await same(backend, graph, draw)
        await backend.close()

    with virtuoso(
        tmp_path_factory.mktemp("virtuoso"), ordered([f"{quad} ." for quad in quads], tmp_path_factory.mktemp("there"))[0], ROWS
    ) as url:
        asyncio.run(compare(url))


def _issued(lines: list[str]) -> bool:
    return any(line.startswith(at("source/s0")) and str(vocab.DCTERMS.issued) in line for line in lines)
