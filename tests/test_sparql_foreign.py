"""Data in W3C ORG, FOAF and schema.org at an endpoint come to what they come to when they are loaded from a file."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyoxigraph as ox
import pytest
from backends import differences, drawn_filter, told
from foreign import PREFIXES
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sparql_backend import ALL, Listening

from interlock.graph.backends.memory import MemoryBackend
from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql import SparqlBackend
from interlock.graph.backends.sparql_answers import OxigraphTransport, Transport
from interlock.graph.errors import DataError
from interlock.graph.filters import RelationshipFilter
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.loading import load
from interlock.graph.model import RelationshipKind

NAME = "data.nq"
"""What both the file and the endpoint are called, so that what is in no graph has one source."""
ROLES = ["e:chair", "e:director", '[ a org:Role ; skos:prefLabel "Board member"@en, "Vorstand"@de ]', '"CEO"', "e:unheard"]
TITLES = ["Director", "CEO", "Chairman", "Secretary"]


def drawn_data(draw: random.Random, ties: int) -> str:
    """People, organizations, boards and what connects them, in all the ways that the three vocabularies have, as TriG."""
    people, firms = [f"e:p{number}" for number in range(6)], [f"e:o{number}" for number in range(5)]
    lines = [f'{each} a foaf:Person ; foaf:name "Person {each}" .' for each in people[:5]]
    lines += [f'{each} a {draw.choice(["rov:RegisteredOrganization", "org:Organization", "schema:Corporation"])} ; '
              f'skos:prefLabel "Firm {each}" .' for each in firms[:4]]  # fmt: skip
    lines += ['e:chair a org:Role ; skos:prefLabel "Chair of the board" .', 'e:director skos:prefLabel "Director", "Administrateur"@fr .']
    if draw.random() < 0.5:
        lines += [f'e:b a org:OrganizationalUnit ; skos:prefLabel "Board of Directors" ; org:unitOf {firms[0]} .']
        firms.append("e:b")
    lines += [f'{people[0]} schema:deathDate "2015-03-04" .'] if draw.random() < 0.3 else []
    lines += [f"{people[1]} owl:sameAs {people[4]} ."] if draw.random() < 0.3 else []
    lines += [f"<http://elsewhere.example/x> skos:exactMatch {firms[1]} ."] if draw.random() < 0.3 else []
    for number in range(ties):
        way = draw.choice(WAYS)
        text = way(draw, draw.choice(people), draw.choice(firms), f"e:m{number}")
        graph = draw.choice(["", "", "e:g1", "e:g2"])
        lines.append(f"{graph} {{ {text} }}" if graph else text)
    if draw.random() < 0.4:
        lines += ['e:g1 a void:Dataset ; dcterms:title "One" ; dcterms:publisher e:pub ; prov:wasDerivedFrom e:origin .']
        lines += ['e:pub foaf:name "Publisher" .', 'e:origin dcterms:title "Origin" .']
    if draw.random() < 0.3:
        lines += ['e:set a dcat:Dataset ; dcterms:title "All of it" ; dcterms:license "CC0-1.0" .']
    return "\n".join(lines)


def membership(draw: random.Random, person: str, firm: str, node: str) -> str:
    role = f"org:role {draw.choice(ROLES)}" if draw.random() < 0.8 else ""
    bounds = [f"time:{which} [ a time:Instant ; {instant(draw, year)} ]" for which, year in (("hasBeginning", 2009), ("hasEnd", 2014))]
    time = f"org:memberDuring [ a time:Interval ; {' ; '.join(draw.sample(bounds, draw.randint(1, 2)))} ]" if draw.random() < 0.7 else ""
    other = f"org:member e:p{draw.randint(0, 4)}" if draw.random() < 0.2 else ""
    what = " ; ".join(filter(None, (f"org:organization {firm}", role, time, other)))
    match draw.randint(0, 3):
        case 0:
            return f"{node} a org:Membership ; org:member {person} ; {what} ."
        case 1:
            return f"[] org:member {person} ; {what} ."
        case 2:
            return f"{person} org:hasMembership [ {what} ] ."
        case _:
            return f"[] a org:Membership ; org:member {person} ; {what} . [] a org:Membership ; org:member {person} ; {what} ."


def instant(draw: random.Random, year: int) -> str:
    year += draw.randint(0, 4)
    return draw.choice([f'time:inXSDDate "{year}-06-22"^^xsd:date', f'time:inXSDgYear "{year}"^^xsd:gYear',
                        f'time:inDateTime [ time:year "{year}" ; time:month "--0{draw.randint(1, 9)}" ]'])  # fmt: skip


def post(draw: random.Random, person: str, firm: str, node: str) -> str:
    label = f'skos:prefLabel "{draw.choice(TITLES)}"'
    return draw.choice([
        f"{node} a org:Post ; {label} ; org:postIn {firm} ; org:heldBy {person} .",
        f"{person} org:holds {node} . {firm} org:hasPost {node} . {node} {label} .",
        f"{firm} org:hasPost [ {label} ; org:heldBy {person} ] .",
    ])  # fmt: skip


def direct(draw: random.Random, person: str, firm: str, node: str) -> str:
    return draw.choice([
        f"{person} org:memberOf {firm} .", f"{firm} org:hasMember {person} .", f"{person} org:headOf {firm} .",
        f"{firm} foaf:member {person} .", f'{person} schema:worksFor {firm} ; schema:jobTitle "{draw.choice(TITLES)}" .',
        f"{firm} <https://schema.org/founder> {person} .", f"{firm} org:subOrganizationOf e:o{draw.randint(0, 4)} .",
        f"{person} schema:spouse e:p{draw.randint(0, 5)} .", f"{firm} org:linkedTo e:o{draw.randint(0, 4)} .",
    ])  # fmt: skip


def schema_role(draw: random.Random, person: str, firm: str, node: str) -> str:
    what = f'schema:roleName "{draw.choice(TITLES)}" ; schema:startDate "20{draw.randint(10, 18)}"'
    return draw.choice([
        f"{firm} schema:member [ a schema:OrganizationRole ; schema:member {person} ; {what} ] .",
        f"{person} schema:alumniOf {node} . {node} a <https://schema.org/Role> ; schema:alumniOf {firm} ; {what} .",
        f"{person} schema:owns [ a schema:OwnershipInfo ; schema:typeOfGood {firm} ; schema:ownedFrom \"2012\" ] .",
    ])  # fmt: skip


WAYS: list[Callable[[random.Random, str, str, str], str]] = [membership, membership, post, direct, direct, schema_role]


def both(text: str, folder: Path, union: bool = False, rows: int = 10_000, clips: bool = False) -> tuple[Transport, Path]:
    """The data of a text at an endpoint, whose default graph may be the ``union`` of all, and in a file."""
    quads = list(ox.parse(PREFIXES + text, ox.RdfFormat.TRIG, rename_blank_nodes=True))
    if union:  # what is in no graph can't be told from what is in all of them
        quads = [ox.Quad(*quad.triple, ox.NamedNode("http://e.example/rest")) if quad.graph_name == ox.DefaultGraph() else quad
                 for quad in quads]  # fmt: skip
    store = ox.Store()
    store.extend(quads)
    path = folder / NAME
    path.write_text("".join(sorted(f"{quad} .\n" for quad in store)), "utf-8")
    transport = Listening(Union(store, NAME) if union else OxigraphTransport(store, NAME), rows if clips else 10**9)
    transport.name = NAME
    return transport, path


def loaded(path: Path) -> KnowledgeGraph | DataError:
    """The graph of a file, or why there is none."""
    try:
        return load(path)
    except DataError as error:
        return error


class Union(OxigraphTransport):
    """Asks all graphs together where none is named, as Virtuoso does."""

    def _select(self, query: str, variables: object) -> list[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | None, ...]]:
        solutions = self._store.query(query, use_default_graph_as_union=True)
        return [tuple(solution[each] for each in variables) for solution in solutions]  # type: ignore[attr-defined, union-attr]


async def same(backend: SparqlBackend, graph: KnowledgeGraph, draw: random.Random) -> None:
    """Directory, relationships under filters, and look-up by id are those of the graph."""
    memory = MemoryBackend(graph)
    assert differences(memory.directory, backend.directory) == set()
    everybody = np.arange(len(graph.entities), dtype=np.int32)
    for conditions in (ALL, *(drawn_filter(draw, list(graph.sources)) for _ in range(2))):
        some = np.array(sorted(draw.sample(range(len(everybody)), min(4, len(everybody)))), np.int32)
        some, forward = (everybody, None) if conditions is ALL else (some, draw.choice([None, True, False]))
        assert await told(backend, some, conditions, forward) == await told(memory, some, conditions, forward)
    for place in everybody:  # one by one: what is told of others must not matter
        one = everybody[place : place + 1]
        assert await told(backend, one, ALL) == await told(memory, one, ALL)
    for id, tie in graph.relationships.items():
        number = await backend.find(id)
        backend._records._recent.clear()  # so that it is read again
        assert await backend.lookup([number]) == [tie]
    for id, claim in graph.claims.items():
        (tie,) = await backend.lookup([await backend.find_claim(id)])
        assert tie.id == claim.relationship
    assert await backend.find("relationship/nothing") == await backend.find_claim("claim/nothing") == -1


@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([60, 10_000]), st.booleans())
@settings(max_examples=40)
def test_random_data_of_others_answers_as_its_file_does(
    tmp_path_factory: pytest.TempPathFactory, seed: int, union: bool, rows: int, clips: bool
) -> None:
    draw = random.Random(seed)
    text = drawn_data(draw, draw.randint(3, 14))
    transport, path = both(text, tmp_path_factory.mktemp("foreign"), union, rows, clips)
    graph = loaded(path)
    if isinstance(graph, DataError):
        with pytest.raises(DataError) as refused:
            asyncio.run(SparqlBackend.open(transport, rows))
        assert [each.message for each in refused.value.problems] == [each.message for each in graph.problems]
        return
    if graph.relationships:
        asyncio.run(same(asyncio.run(SparqlBackend.open(transport, rows)), graph, draw))


@pytest.mark.parametrize("text", [
    "[] a foaf:Person ; foaf:name \"Ann\" ; org:memberOf e:acme .",
    "e:m org:member [ foaf:name \"Ann\" ] ; org:organization e:acme .",
    "e:m org:member e:ann ; org:organization [ foaf:name \"Acme\" ] .",
    "e:ann schema:spouse [ foaf:name \"Bob\" ] .",
    "e:acme schema:member [ a schema:OrganizationRole ; schema:member [ foaf:name \"Ann\" ] ] .",
])  # fmt: skip
def test_entities_without_iris_are_refused_if_they_have_relationships(text: str, tmp_path: Path) -> None:
    transport, _ = both(f"e:eve org:memberOf e:acme . {text}", tmp_path)
    with pytest.raises(BackendDown, match=r"relationships of entities without IRIs .* give them IRIs, or export the data"):
        asyncio.run(SparqlBackend.open(transport))


def test_entities_without_iris_are_left_out_with_a_warning_if_they_have_none(tmp_path: Path) -> None:
    transport, _ = both('e:eve org:memberOf e:acme . e:g dcterms:publisher [ a foaf:Organization ; foaf:name "Press" ] .', tmp_path)
    graph = KnowledgeGraph(asyncio.run(SparqlBackend.open(transport)).directory)
    assert [entity.name for entity in graph.entities.values()] == ["acme", "eve"]
    assert {each.file for each in graph.provenance.warnings} == {NAME}
    messages = [each.message for each in graph.provenance.warnings]
    assert "has entities without IRIs (blank nodes) that have no relationship: they are left out" in messages
    assert "is spoken of and not described: it is called 'acme', like the end of its IRI" in messages


def test_hub_of_more_relationships_than_an_answer_has_rows_is_asked_for_in_parts(tmp_path: Path) -> None:
    members = " ".join(
        f'[] org:member e:p{number} ; org:organization e:acme ; org:role [ skos:prefLabel "Director" ] .' for number in range(150)
    )
    direct = " ".join(f'e:q{number} schema:worksFor e:acme ; schema:jobTitle "Secretary" .' for number in range(150))
    transport, path = both(f"e:acme a schema:Corporation . {members} {direct}", tmp_path, rows=200, clips=True)
    graph, backend = load(path), asyncio.run(SparqlBackend.open(transport, 200))
    assert differences(MemoryBackend(graph).directory, backend.directory) == set()
    hub = np.array([graph.index("http://e.example/acme")], np.int32)
    found = asyncio.run(told(backend, hub, ALL))
    assert found == asyncio.run(told(MemoryBackend(graph), hub, ALL))
    assert len(found) == 300


def test_data_that_have_changed_are_found_out(tmp_path: Path) -> None:
    transport, path = both("e:ann org:memberOf e:acme . e:bob org:memberOf e:acme .", tmp_path)
    graph, backend = load(path), asyncio.run(SparqlBackend.open(transport))
    store: ox.Store = transport._transport._store  # type: ignore[attr-defined]
    acme = np.array([graph.index("http://e.example/acme")], np.int32)
    more = ox.Quad(*(ox.NamedNode(each) for each in ("http://e.example/eve", "http://www.w3.org/ns/org#memberOf", "http://e.example/acme")))
    store.add(more)
    with pytest.raises(BackendDown, match=r"tells of 'http://e.example/eve', and did not when it was opened: open it again"):
        asyncio.run(backend.neighbours(acme, ALL))
    store.remove(more)
    assert len(asyncio.run(backend.neighbours(acme, ALL)).tail) == 2
    store.remove(next(iter(store)))
    with pytest.raises(BackendDown, match=r"gives 1 relationships of http://e.example/acme, and counted 2 when it was opened"):
        asyncio.run(backend.neighbours(acme, RelationshipFilter(kinds=frozenset({RelationshipKind.FOUNDING}))))


def test_other_things_said_change_nothing(tmp_path: Path) -> None:
    noise = "e:site e:of e:ann . e:ann e:knows [ e:p 1 ] . e:doc foaf:topic e:m . e:ann foaf:knows e:bob . [] e:q [ e:r e:acme ] ."
    text = 'e:m org:member e:ann ; org:organization e:acme ; e:note [ e:p [ e:q 2 ] ] . e:ann schema:name "Ann" ; e:height 170 .'
    transport, path = both(f"{text} {noise}", tmp_path)
    asyncio.run(same(asyncio.run(SparqlBackend.open(transport)), load(path), random.Random(0)))
