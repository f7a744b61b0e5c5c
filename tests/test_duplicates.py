"""Suspected duplicates come with what speaks for and against them; decisions on them are applied, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from harness import entity, graph, tie
from interlock.graph import DataError, load
from interlock.graph.duplicates import LEAST, Suspicion, suspicions
from interlock.graph.intervals import parse_interval
from interlock.graph.model import Entity
from interlock.graph.near_names import MOST
from interlock.server.cli import cli

DATA = """
@prefix claim: <https://interlock.example/claim/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix entity: <https://interlock.example/entity/> . @prefix il: <https://interlock.example/ns#> .
@prefix schema: <https://schema.org/> . @prefix x: <https://x.example/> .
entity:acme a schema:Corporation ; schema:name "Anvil Inc." .
x:acme a schema:Corporation ; schema:name "Anvil" .
x:anvill a schema:Corporation ; schema:name "=Anvill" .
"""
HEADER = "decision,score,kind,a_name,b_name,reasons,a,b\n"


def person(id: str, name: str, during: str = "", **fields: object) -> Entity:
    lived = parse_interval(during) if during else None
    return Entity(id, f"https://x.example/{id}", id, entity("x", "PERSON").kind, name, interval=lived, **fields)  # type: ignore[arg-type]


def firm(id: str, name: str, *aliases: str, **fields: object) -> Entity:
    return Entity(id, f"https://x.example/{id}", id, entity("x").kind, name, aliases, **fields)  # type: ignore[arg-type]


def only(*entities: Entity, ties: tuple[tuple[str, str], ...] = (), least: float = 0.0) -> Suspicion:
    """The one pair that is found."""
    (found,) = suspicions(graph(*(tie(one, other) for one, other in ties), entities=entities), least).pairs
    return found


def test_shared_name_of_people_is_possible_and_no_more() -> None:
    found = only(person("a", "Ann Example"), person("b", "Ann Example"))
    assert (found.score, found.reasons) == (LEAST, ("same name",))


def test_evidence_beside_a_name_raises_and_lowers_the_score() -> None:
    one, other = person("a", "Ann Example", "1960-02-01/"), person("b", "Ann M. Example", "1960/")
    found = only(one, other, ties=(("a", "acme"), ("b", "acme")))
    assert (found.score, found.reasons) == (
        0.85,
        ("same first and last name", "born 1960-02-01 and 1960, which may be one date", "1 common neighbour: acme"),
    )
    found = only(one, person("b", "Ann Example", "1971/"), ties=(("a", "b"),))
    assert (found.score, found.reasons) == (
        0.0,
        ("same name", "against: one born 1960-02-01, the other 1971", "against: they have a relationship with one another"),
    )


def test_companies_are_compared_without_legal_form_and_by_aliases() -> None:
    assert only(firm("a", "Acme Inc."), firm("b", "ACME, Incorporated")).reasons == ("same name but for the legal form",)
    found = only(firm("a", "Acme Inc."), firm("b", "Acme Ltd"))
    assert (found.score, found.reasons) == (0.8, ("same name but for the legal form (inc and ltd)",))
    assert only(firm("a", "Meta", "Facebook"), firm("b", "Facebook")).reasons == ("same name, by the alias 'Facebook'",)
    found = only(firm("a", "Acme", identifiers=("cik:1",)), firm("b", "Acme", identifiers=("cik:2",)))
    assert (found.score, found.reasons) == (0.6, ("same name", "against: one is cik:1, the other cik:2"))
    assert only(firm("a", "Acme", same_as=("https://a.example/",)), firm("b", "Acme", same_as=("https://a.example/",))).score == 0.99


def test_only_what_can_be_one_is_listed() -> None:
    kinds = [entity(f"Acme {'!' * number}", kind) for number, kind in enumerate(["COMPANY", "ORGANIZATION", "PERSON", "PRODUCT", "BOARD"])]
    found = only(*kinds)
    assert {found.one.kind.value, found.other.kind.value} == {"COMPANY", "ORGANIZATION"}


def test_those_that_are_declared_different_are_not_listed_again() -> None:
    pairs = [firm("a", "Acme", different_from=("b",)), firm("b", "Acme"), firm("c", "Bolt"), firm("d", "Bolt", different_from=("c",))]
    assert suspicions(graph(entities=pairs)).pairs == []


def test_most_likely_comes_first_and_too_weak_not_at_all() -> None:
    known = graph(
        entities=[person("a", "Ann Example"), person("b", "Anne Example"), firm("c", "Anvil"), firm("d", "Anvil"), firm("e", "Anvill")]
    )
    assert [(each.one.id, each.other.id) for each in suspicions(known).pairs] == [("c", "d"), ("c", "e"), ("d", "e")]
    assert [each.score for each in suspicions(known, 0.0).pairs] == [0.9, 0.74, 0.74, 0.43]


def test_name_of_too_many_is_told() -> None:
    known = graph(entities=[person(f"p{number}", "Ann Example") for number in range(MOST + 1)])
    found = suspicions(known)
    assert (found.pairs, found.crowded) == ([], [("ann example", MOST + 1)])


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "acme.trig"
    path.parent.mkdir()
    path.write_text(DATA, encoding="utf-8")
    return path


def test_decisions_are_listed_made_applied_and_kept(data: Path) -> None:
    table = data.parent / "decisions.csv"
    assert run("duplicates", "--data", data, "-o", table).stderr.startswith("3 pairs to decide.\nWrite same or different")
    rows = table.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    assert rows[0] == HEADER
    assert rows[1] == ",0.90,company,Anvil Inc.,Anvil,same name but for the legal form,entity/acme,https://x.example/acme\n"
    assert ",'=Anvill," in rows[2]
    decided = [rows[0], f"Same{rows[1]}", f"different{rows[2]}", rows[3]]
    table.write_text("".join(decided).replace(",", ";").replace("similar name; ", "similar name "), encoding="utf-8-sig")
    graph = load(data.parent)
    assert set(graph.entities) == {"entity/acme", "https://x.example/anvill"}
    assert graph.entities["entity/acme"].different_from == ("https://x.example/anvill",)
    assert graph.version == load(data, table).version != load(data).version
    again = run("duplicates", "--data", data.parent, "-o", table)
    assert again.stderr.startswith("0 pairs to decide, 2 decided before.")
    assert load(data.parent).version == graph.version
    snapshot = data.parent / "acme.interlock"
    built = run("build", data.parent, "-o", snapshot)
    assert "entity:acme: is one with <https://x.example/acme> (declared)\n" in built.stderr
    assert load(snapshot).version == graph.version
    assert "1 note on entities that are one:\n  - entity:acme: is one with" in run("check", snapshot).stdout
    assert "(declared)" in run("check", snapshot, "--format", "json").stdout


def test_list_for_reading_has_a_reason_a_line(data: Path) -> None:
    assert run("duplicates", "--data", data, "--least", "0.8").stdout.splitlines() == [
        "0.90  Anvil Inc. (entity/acme) and Anvil (https://x.example/acme)",
        "      same name but for the legal form",
    ]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("sam,a,b\n", ["2: decides 'sam'. Write same or different, or nothing. Did you mean same?"]),
        ("same,entity/acme,\n", ["2: has nothing in column b, where the id of an entity belongs"]),
        ("\n,,\nsame,x:a,x:a\n", ["4: compares x:a with itself"]),
        ("same,entity/acme,entity/amce\n", ["2: speaks of entity/amce, which is not in the data. Mend the id, or remove the row"]),
        (
            "same,entity/acme,https://x.example/acme\ndifferent,https://x.example/acme,entity/acme\n",
            ["3: decides that https://x.example/acme and entity/acme are different, but line 2 says same"],
        ),
    ],
)
def test_row_that_cannot_be_applied_is_a_fault_with_its_line(data: Path, rows: str, faults: list[str]) -> None:
    table = data.parent / "some.csv"
    table.write_text(f"decision,a,b\n{rows}", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load(data, table)
    assert [str(problem).removeprefix(f"{table}:") for problem in raised.value.problems] == faults


def test_decision_against_what_is_declared_is_a_fault_with_both_names(data: Path) -> None:
    table = data.parent / "decisions.csv"
    data.write_text(f"{DATA} entity:acme schema:sameAs x:acme .", encoding="utf-8")
    table.write_text("decision,a,b\ndifferent,entity/acme,https://x.example/acme\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"the same as <https://x.example/acme>, but entity:acme and .* are declared to be different"):
        load(data.parent)


def test_decision_that_data_has_taken_already_changes_nothing(data: Path) -> None:
    table = data.parent / "decisions.csv"
    data.write_text(f"{DATA} entity:acme schema:sameAs <https://gone.example/acme> .", encoding="utf-8")
    table.write_text("decision,a,b\nsame,entity/acme,https://gone.example/acme\n", encoding="utf-8")
    assert load(data.parent).version == load(data).version
    table.write_text("decision,a,b\ndifferent,entity/acme,https://gone.example/acme\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"decisions\.csv:2: decides that .* are different, but the data has them as one entity"):
        load(data.parent)


def test_table_that_is_none_of_decisions_is_refused_and_left(data: Path) -> None:
    table = data.parent / "other.csv"
    table.write_text("name,age\nAnn,50\n", encoding="utf-8")
    result = run("duplicates", "--data", data, "-o", table)
    assert result.exit_code == 1
    assert "other.csv:1: has no column decision and a and b. No other CSV is read than" in result.stderr
    assert table.read_text(encoding="utf-8") == "name,age\nAnn,50\n"


def test_decisions_without_data_are_refused(data: Path) -> None:
    table = data.parent / "decisions.csv"
    table.write_text("decision,a,b\n,x:a,x:b\n", encoding="utf-8")
    with pytest.raises(DataError, match="decides on data that is not there: name its files too"):
        load(table)
