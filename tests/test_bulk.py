from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlock.graph import DataError, KnowledgeGraph, load, loading
from interlock.graph.bulk import compile_files
from interlock.graph.decisions import Row
from interlock.graph.told import QUIET
from interlock.seeds import vocab
from random_rdf import NAMES, RDF_TYPE, at, dataset, il, likenesses

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


def outcome(path: Path | list[Path], by_columns: bool) -> object:
    """All that comes out: records, tables, version; or every problem."""
    paths = [path] if isinstance(path, Path) else path
    try:
        store = compile_files(paths) if by_columns else load(*paths).columns.store
    except DataError as error:
        return [str(problem) for problem in error.problems if "_:" not in problem.message]
    if store is None:
        return outcome(path, False)
    graph = KnowledgeGraph(store)
    records = (graph.entities, graph.relationships, graph.sources, graph.claims)
    claims = [tie.claims for tie in graph.relationships.values()]
    arrays = [table.tolist() for table in graph.arrays]
    tables = [store.numbers(name).tolist() for name in TABLES]
    return (
        repr([list(each.items()) for each in records]),
        repr(claims),
        graph.vocabulary,
        graph.notes,
        arrays,
        tables,
        dict(store.meta) | {"terms": 0},
    )


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


@given(st.integers(0, 2**32), st.lists(st.sampled_from(["repeat", "escape", "amount", "drop"]), max_size=2))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_big_file_merges_as_any_other(tmp_path: Path, seed: int, changes: list[str]) -> None:
    draw = random.Random(seed)
    lines = likenesses(seed, dataset(seed, False))
    for what in changes:
        change(lines, what, draw)
    draw.shuffle(lines)
    paths = [tmp_path / f"{number}.nq" for number in range(draw.choice([1, 1, 3]))]
    for number, path in enumerate(paths):
        path.write_text("\n".join(lines[number :: len(paths)]), encoding="utf-8")
    assert outcome(paths, True) == outcome(paths, False)


def test_big_files_are_merged_by_decisions_in_any_table_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entities = [at(f"entity/{slug}") for slug in ("ann", "anna", "acme", "acme-inc")]
    kinds = ["PERSON", "PERSON", "COMPANY", "COMPANY"]
    for number, (entity, kind) in enumerate(zip(entities, kinds, strict=True)):
        said = [f"{entity} {RDF_TYPE} <{vocab.ENTITY_CLASSES[kind]}> .", f'{entity} <{vocab.SDO.name}> "Example {number}" .']
        (tmp_path / f"{number}.nq").write_text("\n".join(said), encoding="utf-8")
    (tmp_path / "decisions.csv").write_text("decision,a,b\nsame,entity/ann,entity/anna\n", encoding="utf-8")
    more = tmp_path / "more.csv"
    more.write_text("decision,a,b\nsame,entity/acme,entity/acme-inc\n", encoding="utf-8")
    monkeypatch.setattr(loading, "BULK_FROM", 0)
    notes: list[str] = []
    graph = loading.check(tmp_path, more, told=QUIET._replace(note=notes.append))
    assert [*graph.entities] == ["entity/acme", "entity/ann"]
    assert not notes
    assert len(graph.notes) == 2
    monkeypatch.setattr(loading, "BULK_FROM", 1 << 60)
    assert load(tmp_path, more).version == graph.version


def test_merging_what_speaks_of_blank_nodes_takes_the_slow_way_and_a_note_says_so(tmp_path: Path) -> None:
    path, notes = tmp_path / "data.nq", list[str]()
    lines = dataset(5, False)
    about = next(line for line in lines if "entity/e" in line and RDF_TYPE in line)
    one, twin = about.split(" ", 1)[0], at("entity/twin")
    lines += [about.replace(one, twin), f"{one} <{vocab.SDO.sameAs}> {twin} ."]
    lines += [f"{one} <{vocab.SDO.amount}> _:a .", f'_:a <{vocab.SDO.value}> "1" .', f'_:a <{vocab.SDO.currency}> "USD" .']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert compile_files([path], QUIET._replace(note=notes.append)) is None
    assert notes == ["What is to be merged speaks of blank nodes: this takes longer, and more memory."]


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
    store = compile_files([path])
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
    store = compile_files([path])
    assert store is not None
    return store.meta["version"]


@given(st.integers(0, 2**32), st.booleans(), st.lists(st.sampled_from(CHANGES), max_size=2))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_of_all_kinds_at_once_give_what_they_give_as_any_others(tmp_path: Path, seed: int, faulty: bool, changes: list[str]) -> None:
    draw = random.Random(seed)
    lines = dataset(seed, faulty)
    for what in changes:
        change(lines, what, draw)
    draw.shuffle(lines)
    paths = [tmp_path / f"data{ending}" for ending in (".nq", ".nq.gz", ".trig", ".trig.gz")]
    for number, path in enumerate(paths):
        content = "\n".join(lines[number::4]).encode()
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    assert outcome(paths, True) == outcome(paths, False)


OTHERS = """<http://e.example/ann> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Person> .
<http://e.example/ann> <http://www.w3.org/ns/org#memberOf> <http://e.example/acme> .
"""


def test_files_in_another_vocabulary_are_left_to_who_understands_it_with_a_note(tmp_path: Path) -> None:
    own, path, notes = tmp_path / "own.nq", tmp_path / "data.nq", list[str]()
    own.write_text("\n".join(dataset(5, False)), encoding="utf-8")
    path.write_text(OTHERS, encoding="utf-8")
    decided = Row(tmp_path / "decisions.csv", 2, {"decision": "same", "a": "http://e.example/acme", "b": "entity/e1"})
    assert compile_files([own, path], QUIET._replace(note=notes.append), decisions=[decided]) is None
    assert notes == [f"Not in Interlock's own vocabulary: {path}: this takes longer, and more memory."]
    assert len(load(path).relationships) == 1


def test_big_files_of_a_folder_are_read_as_leniently_as_any_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.nq").write_text(OTHERS, encoding="utf-8")
    (tmp_path / "bad.nq").write_text("nonsense", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "data.ttl").write_text("@prefix e: <http://e.example/> .\ne:eve foaf:knows e:ann .", encoding="utf-8")
    (tmp_path / "in" / "prefixes.ttl").write_text("@prefix foaf: <http://xmlns.com/foaf/0.1/> .", encoding="utf-8")
    monkeypatch.setattr(loading, "BULK_FROM", 0)
    told = [each.message for each in load(tmp_path).provenance.warnings]
    assert told[0].endswith("those of prefixes.ttl are taken")
    assert told[1].endswith("This file is left out")
    with pytest.raises(DataError, match=r"bad\.nq"):
        load(tmp_path / "bad.nq", tmp_path)


def test_big_files_without_a_statement_are_told_of(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.nq", "b.nq")]
    paths[0].write_text("\n".join(dataset(5, False)), encoding="utf-8")
    paths[1].write_text("# nothing\n", encoding="utf-8")
    assert outcome(paths, True) == outcome(paths, False)
    with pytest.raises(DataError, match="says nothing"):
        compile_files(paths[1:])


def test_faults_of_all_files_are_told_each_with_its_own_line(tmp_path: Path) -> None:
    good = dataset(5, False)
    one, other, packed = tmp_path / "a.nq", tmp_path / "b.nq", tmp_path / "c.nq.gz"
    one.write_text("\n".join(good), encoding="utf-8")
    other.write_text(f"# so\n{good[0]}\nnonsense\n", encoding="utf-8")
    packed.write_bytes(gzip.compress(f"{good[1]}\n{good[0]}.\n".encode())[:-9])
    with pytest.raises(DataError) as raised:
        compile_files([one, other, packed])
    assert [(problem.file, problem.line) for problem in raised.value.problems] == [(str(other), 3), (str(packed), 0)]
    assert "is cut off" in raised.value.problems[1].message
    packed.write_bytes(gzip.compress(f"{good[1]}\n{good[0]}.\n".encode()))
    assert outcome([one, packed], True) == outcome([one, packed], False)
    other.write_text(f"# so\n{at('entity/lost')} {RDF_TYPE} <{vocab.ENTITY_CLASSES['PERSON']}> .\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"{other}:2: entity:lost: has no schema:name"):
        compile_files([one, other])


def test_lines_may_end_in_carriage_returns_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "a.nq", tmp_path / "b.nq"
    lost = f"{at('entity/lost')} {RDF_TYPE} <{vocab.ENTITY_CLASSES['PERSON']}> ."
    one.write_bytes("\r".join(dataset(5, False)).encode())
    other.write_bytes(f"# so\r# and so\r\n{lost} # no name\r\n\n".encode())
    assert outcome([one, other], True) == outcome([one, other], False) == [f"{other}:3: entity:lost: has no schema:name"]
    other.write_bytes(f"# so\r\r\r\n{lost}\nnonsense".encode())
    assert outcome([other], True) == outcome([other], False)


def test_blank_nodes_of_two_files_are_not_the_same(tmp_path: Path) -> None:
    lines = dataset(5, False)
    paths = [tmp_path / f"{number}.nq" for number in range(2)]
    for number, path in enumerate(paths):
        about = next(line for line in lines if "entity/e" in line).split(" ", 1)[0]
        amount = [f"{about} <{vocab.SDO.amount}> _:a .", f'_:a <{vocab.SDO.value}> "{number}" .', f'_:a <{vocab.SDO.currency}> "USD" .']
        path.write_text("\n".join([*(lines if number else []), *amount]), encoding="utf-8")
    assert outcome(paths, True) == outcome(paths, False)
