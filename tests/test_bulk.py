from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlock.graph import DataError, KnowledgeGraph, load
from interlock.graph.bulk import compile_file
from interlock.graph.model import ENDS
from interlock.seeds import vocab

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DATES = ["2011-06/2014", "2011/..", "/2013-02", "2011", "2012?", "2015/2010", "nonsense", "2011-06-22/", "2013~/"]
DAYS = ["2012-10-09", "2010", "2013-05", "then"]
NAMES = ["Name é", "The Acme", "A.B. O'Neil & Sons", " padded\\t", "Co", "the inc", "_", "Ünder", 'Quoted \\"', "UPPER-CASE"]
FORMS = ["", " Inc.", " Co., Ltd", " company", " Holding"]
ROLES = ["plaintiff", "chief-executive-officer", "defendant", "judge", "no-such-role"]
TABLES = ("name_hash", "name_owner", "name_entity", "word", "word_first", "claim_source", "claim_hash", "claim_word")
CHANGES = [
    "capitals", "nameless", "drop", "drop", "repeat", "english", "swap", "escape", "spaces", "comment", "amount", "crlf", "other graph",
    "second type",
]  # fmt: skip


def at(place: str) -> str:
    return f"<{vocab.BASE}{place}>"


def il(name: str) -> str:
    return f"<{vocab.IL[name]}>"


def dataset(seed: int, faulty: bool) -> list[str]:
    """Lines of a small dataset: most of it of the common shape, some of it wrong if wanted."""
    draw = random.Random(seed)
    dates, days = (DATES, DAYS) if faulty else (DATES[:3], DAYS[:1])
    lines, kinds = [], draw.choices(["PERSON", "COMPANY", "ORGANIZATION", "LAWSUIT", "EVENT", "PRODUCT"], k=draw.randint(2, 9))
    for number, kind in enumerate(kinds):
        entity = at(f"entity/e{number}")
        name = f"{draw.choice(NAMES)} {draw.choice([number, ''])}{draw.choice(FORMS)}"
        lines += [f"{entity} {RDF_TYPE} <{vocab.ENTITY_CLASSES[kind]}> .", f'{entity} <{vocab.SDO.name}> "{name}" .']
        lines += [f'{entity} {il("during")} "{draw.choice(DATES[1:3])}" .'] if draw.random() < 0.3 else []
        lines += [f'{entity} {il("fileDate")} "2010" .'] if kind == "LAWSUIT" else []
        lines += [f'{entity} <{vocab.SKOS.altLabel}> "Alias" .'] if draw.random() < 0.2 else []
    for number in range(3):
        source = at(f"source/s{number}")
        lines += [f"{source} {RDF_TYPE} {il('Source')} .", f'{source} <{vocab.DCTERMS.title}> "Source {number}" .']
        lines += [f'{source} <{vocab.DCTERMS.publisher}> "Paper" .'] if draw.random() < 0.3 else []
        lines += [f'{source} <{vocab.DCTERMS.issued}> "2011" .'] if draw.random() < 0.3 else []
    for number in range(draw.randint(1, 12)):
        lines += _tie(draw, number, kinds, dates, days, faulty)
    return lines


def _tie(draw: random.Random, number: int, kinds: list[str], dates: list[str], days: list[str], faulty: bool) -> list[str]:
    one, other = draw.sample(range(len(kinds)), 2)
    able = [kind for kind, (sources, targets) in ENDS.items() if kinds[one] in sources and kinds[other] in targets]
    tie, term = at(f"relationship/r{number}"), vocab.RELATIONSHIP_TERMS[draw.choice(able)]
    lines = [f"{tie} {RDF_TYPE} <{term.cls}> .", f"{tie} <{term.source}> {at(f'entity/e{one}')} ."]
    lines += [f"{tie} <{term.target}> {at(f'entity/e{other}')} ."]
    lines += [f'{tie} {il("during")} "{draw.choice(dates)}" .'] if draw.random() < 0.5 else []
    role = draw.choice(ROLES if faulty else ROLES[:-1])
    lines += [f"{tie} <{vocab.ORG.role}> {at(f'role/{role}')} ."] if draw.random() < 0.3 else []
    return lines + _claims(draw, tie, number, days)


def _claims(draw: random.Random, tie: str, number: int, days: list[str]) -> list[str]:
    lines = []
    for each in range(draw.choice([1, 1, 2, 3])):
        claim, graph = at(f"claim/c{number}-{each}"), at(f"source/s{draw.randrange(3)}")
        stance = il("contradicts" if draw.random() < 0.1 else "supports")
        status = f"<{draw.choice([*vocab.STATUSES.values()])}>"
        said = [f"{RDF_TYPE} {il('Claim')}", f"{stance} {tie}", f"{il('status')} {status}"]
        said += [f'{il("observed")} "{draw.choice(days)}"'] if days and draw.random() < 0.3 else []
        said += [f'{il("quote")} "So"'] if draw.random() < 0.1 else []
        lines += [f"{claim} {each} {graph} ." for each in said]
    return lines


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
            lines[:] = [line.replace('"Name é ', '" ') for line in lines]
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
    return repr([list(each.items()) for each in records]), repr(claims), arrays, tables, dict(store.meta) | {"terms": 0}


@pytest.mark.parametrize("faulty", [False, True])
@given(st.integers(0, 2**32), st.lists(st.sampled_from(CHANGES), max_size=3))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_big_file_gives_what_it_gives_as_any_other(tmp_path: Path, faulty: bool, seed: int, changes: list[str]) -> None:
    draw = random.Random(seed)
    lines = dataset(seed, faulty)
    for what in changes:
        change(lines, what, draw)
    draw.shuffle(lines)
    path = tmp_path / "data.nq"
    path.write_bytes("\n".join(lines).encode() + b"\n" * draw.randint(0, 2))
    assert outcome(path, True) == outcome(path, False)


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
