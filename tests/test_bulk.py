from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlock.graph import DataError, KnowledgeGraph, load
from interlock.graph.bulk import compile_file
from interlock.graph.bulk_read import AFTER, Quads, hash_work
from interlock.graph.jit import bulk
from interlock.graph.model import ENDS
from interlock.graph.rdf import canonical, read
from interlock.seeds import vocab

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DATES = ["2011-06/2014", "2011/..", "/2013-02", "2011", "2012?", "2015/2010", "nonsense", "2011-06-22/", "2013~/"]
DAYS = ["2012-10-09", "2010", "2013-05", "then"]
ROLES = ["plaintiff", "chief-executive-officer", "defendant", "judge", "no-such-role"]
CHANGES = ["drop", "drop", "repeat", "english", "swap", "escape", "spaces", "comment", "amount", "crlf", "other graph", "second type"]


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
        lines += [f"{entity} {RDF_TYPE} <{vocab.ENTITY_CLASSES[kind]}> .", f'{entity} <{vocab.SDO.name}> "Name é {number}" .']
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
    names = [
        store.numbers(name).tolist() for name in ("name_hash", "name_owner", "name_entity", "claim_source", "claim_hash", "claim_word")
    ]
    return repr([list(each.items()) for each in records]), repr(claims), arrays, names, dict(store.meta) | {"terms": 0}


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


@given(st.binary(max_size=300))
def test_digests_are_those_of_blake2b(text: bytes) -> None:
    out, end = np.zeros(1, np.uint64), np.array([len(text)])
    bulk().hash_each(np.frombuffer(text + b"x" * AFTER, np.uint8), np.array([0]), end, out, *hash_work())
    assert out.tobytes() == hashlib.blake2b(text, digest_size=8).digest()


IRIS = st.sampled_from(
    ["<http://a/b>", "<https://a.b/c#d?e>", "<http://a#b>", "<http://a/#b#c>", "<http://a b>", "<x>", "<urn:a>", "<http://é/>"]
)
TEXTS = st.sampled_from(
    ['"a"', '"é\U0001f600"', '"a\\tb"', '"\x07"', '"\x7f"', '"a"@en', '"a"^^<http://a/b>', '"', '""', "_:b", '"\udcff"']
)
LINE = st.tuples(IRIS, IRIS, IRIS | TEXTS, st.just("") | IRIS, st.sampled_from([".", "", " .", "..", "."]))


@pytest.mark.parametrize("ending", ["nq", "nt"])
@given(lines=st.lists(LINE.map(" ".join) | st.sampled_from(["", "# so", "<http://a/b> <http://a/b> <http://a/b> ."]), max_size=5))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_are_read_or_refused_as_the_parser_does(tmp_path: Path, ending: str, lines: list[str]) -> None:
    path = tmp_path / f"data.{ending}"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    try:
        expected: object = canonical(read([path]).quads)
    except DataError as error:
        expected = error.problems
    try:
        quads = Quads(path, lambda done, total: None)
        quads.close()
        found: object = {quads.text_of(row) for row in range(quads.rows.shape[1])}
    except DataError as error:
        found = error.problems
    if isinstance(expected, set) and isinstance(found, set) and any("_:" in text for text in expected):
        assert len(found) == len(expected)
    else:
        assert found == expected


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
