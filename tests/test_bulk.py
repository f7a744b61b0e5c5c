from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlock.graph import DataError, KnowledgeGraph, load
from interlock.graph.bulk import compile_file
from interlock.seeds import vocab
from random_rdf import NAMES, RDF_TYPE, at, dataset, il

TABLES = (
    "name_hash", "name_owner", "name_entity", "name_letters", "name_size", "plain_letters", "plain_size", "word", "word_first",
    "word_letters", "word_size", "claim_source", "claim_hash", "claim_word",
)  # fmt: skip
CHANGES = [
    "capitals", "nameless", "drop", "drop", "repeat", "english", "swap", "escape", "spaces", "comment", "amount", "crlf", "other graph",
    "second type", "own role", "own role",
]  # fmt: skip


def change(lines: list[str], what: str, draw: random.Random) -> None:
    """Make one line another."""
    place = draw.randrange(len(lines))
    line = lines[place]
    match what:
        case "drop":
            del lines[place]
        case "capitals":
            lines[:] = [line.replace("entity/e1", "entity/E1") for line in lines]
        case "nameless":
            lines[:] = [line.replace('"Name é', '" ') for line in lines]
        case "repeat":
            lines.append(line)
        case "english":
            lines[place] = line.replace('" ', '"@en ', 1)
        case "swap":
            parts, others = line.split(" ", 2), draw.choice(lines).split(" ", 2)
            lines[place] = " ".join([others[0], *parts[1:]])
        case "escape":
            subject, rest = line.split(" ", 1)
            lines[place] = f"{subject} " + rest.replace("e", "\\u0065", 1)
        case "spaces":
            lines[place] = "  " + line.replace(" ", "\t", 1)
        case "comment":
            lines[place] = f"{line} # so they say"
        case "amount":
            subject = line.split(" ", 1)[0]
            lines += [f"{subject} <{vocab.SDO.amount}> _:a{place} .", f'_:a{place} <{vocab.SDO.value}> "5" .']
            lines += [f'_:a{place} <{vocab.SDO.currency}> "USD" .'] if place % 3 else []
        case "crlf":
            lines[place] = line + "\r"
        case "other graph":
            lines[place] = " ".join([*line.removesuffix(" .").split(" ")[:3], at("source/s9"), "."]) if '"' not in line else line
        case "own role":
            role = at(f"role/{draw.choice(['judge', 'own'])}")
            lines[:] = [line.replace(at("role/plaintiff"), role) for line in lines]
            lines += [f"{role} {RDF_TYPE} {il('Role')} .", f'{role} {il("phrase")} "reigns over" .']
            lines += [f'{role} {il("inverseLabel")} "is reigned over by" .', f"{role} <{vocab.SKOS.note}> _:note .", "_:note <a:b> <a:c> ."]
        case "second type":
            lines.append(f"{line.split(' ', 1)[0]} {RDF_TYPE} {il('Ownership')} .")


def outcome(path: Path, by_columns: bool) -> object:
    """All that comes out: records, tables, version; or every problem."""
    try:
        store = compile_file(path) if by_columns else load(path).columns.store
    except DataError as error:
        return [str(problem) for problem in error.problems if "_:" not in problem.message]
    if store is None:
        return outcome(path, False)
    graph = KnowledgeGraph(store)
    records = (graph.entities, graph.relationships, graph.sources, graph.claims)
    claims = [tie.claims for tie in graph.relationships.values()]
    arrays = [table.tolist() for table in graph.arrays]
    tables = [store.numbers(name).tolist() for name in TABLES]
    return repr([list(each.items()) for each in records]), repr(claims), graph.vocabulary, arrays, tables, dict(store.meta) | {"terms": 0}


@pytest.mark.parametrize("faulty", [False, True])
@given(st.integers(0, 2**32), st.lists(st.sampled_from(CHANGES), max_size=3))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_big_file_gives_what_it_gives_as_any_other(tmp_path: Path, faulty: bool, seed: int, changes: list[str]) -> None:
    draw = random.Random(seed)
    lines = dataset(seed, faulty, padded=True)
    for what in changes:
        change(lines, what, draw)
    draw.shuffle(lines)
    path = tmp_path / "data.nq"
    path.write_bytes("\n".join(lines).encode() + b"\n" * draw.randint(0, 2))
    assert outcome(path, True) == outcome(path, False)


def test_boards_that_nobody_spells_out_are_as_any_other(tmp_path: Path) -> None:
    seat, graph, person = vocab.RELATIONSHIP_TERMS["BOARD_SEAT"], at("source/s"), at("entity/p")
    lines = [f"{graph} {RDF_TYPE} {il('Source')} .", f'{graph} <{vocab.DCTERMS.title}> "Source" .']
    lines += [f"{person} {RDF_TYPE} <{vocab.ENTITY_CLASSES['PERSON']}> .", f'{person} <{vocab.SDO.name}> "Ann" .']
    for number, name in enumerate(NAMES):
        company, tie, claim = (at(f"{what}/{number}") for what in ("entity", "relationship", "claim"))
        lines += [f"{company} {RDF_TYPE} <{vocab.ENTITY_CLASSES['COMPANY']}> .", f'{company} <{vocab.SDO.name}> "{name}" .']
        lines += [f"{tie} {RDF_TYPE} <{seat.cls}> .", f"{tie} <{seat.source}> {person} .", f"{tie} <{seat.target}> {company} ."]
        said = [f"{RDF_TYPE} {il('Claim')}", f"{il('supports')} {tie}", f"{il('status')} <{vocab.STATUSES['REPORTED']}>"]
        lines += [f"{claim} {each} {graph} ." for each in said]
    path = tmp_path / "data.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert outcome(path, True) == outcome(path, False)
    store = compile_file(path)
    assert store is not None
    assert sum(entity.implied for entity in KnowledgeGraph(store).entities.values()) == len(NAMES)


@pytest.mark.parametrize("count", [64, 65, 200])
def test_relationship_of_many_claims_is_as_any_other(tmp_path: Path, count: int) -> None:
    lines = [line for line in dataset(5, False) if not line.startswith(at("claim/c0-")[:-1])]
    for number in range(count):
        graph = at(f"source/s{number % 3}")
        said = [f"{RDF_TYPE} {il('Claim')}", f"{il('supports')} {at('relationship/r0')}", f"{il('status')} <{vocab.STATUSES['REPORTED']}>"]
        lines += [f"{at(f'claim/c0-{number}')} {each} {graph} ." for each in said]
    path = tmp_path / "data.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert outcome(path, True) == outcome(path, False)


def test_version_counts_what_is_repeated_once(tmp_path: Path) -> None:
    lines = dataset(5, False)
    one, other = tmp_path / "one.nq", tmp_path / "other.nq"
    one.write_text("\n".join(lines), encoding="utf-8")
    other.write_text("\n".join([*lines[::-1], *(lines * 80)]), encoding="utf-8")
    assert compile_version(one) == compile_version(other) == load(one).version


def compile_version(path: Path) -> object:
    store = compile_file(path)
    assert store is not None
    return store.meta["version"]


def test_big_file_of_others_is_read_as_any_other_is(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    person, company = "<http://e.example/ann>", "<http://e.example/acme>"
    lines = [f"{person} {RDF_TYPE} <http://xmlns.com/foaf/0.1/Person> .", f"{person} <http://www.w3.org/ns/org#memberOf> {company} ."]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert compile_file(path) is None
    assert len(load(path).relationships) == 1
