"""Beneficial Ownership Data Standard 0.4."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import SHARED, balanced, import_paths, imported, loaded, only, ties, told

from interlock.graph import Engine, RelationshipKind
from interlock.graph.importers.bods_interests import INTERESTS
from interlock.graph.loading import check

REGISTER = {"type": ["officialRegister"], "url": "https://register.example/1"}


def statement(record: str, type: str, details: Any, *, status: str = "new", day: str = "2020-05-01", **more: Any) -> dict[str, Any]:
    published = {"publicationDate": "2020-06-01", "bodsVersion": "0.4", "publisher": {"name": "Register"}}
    return {
        "statementId": f"{record}-{day}", "statementDate": day, "recordId": record, "recordType": type, "recordStatus": status,
        "declarationSubject": "acme", "recordDetails": details, "publicationDetails": published, **more,
    }  # fmt: skip


def held(*interests: dict[str, Any], party: Any = "ann", record: str = "r", **more: Any) -> dict[str, Any]:
    return statement(record, "relationship", {"subject": "acme", "interestedParty": party, "interests": list(interests)}, **more)


ACME = statement(
    "acme", "entity",
    {
        "entityType": {"type": "registeredEntity"}, "name": "Acme", "foundingDate": "2001-02-03",
        "identifiers": [{"scheme": "GB-COH", "id": "0123"}, {"scheme": "XI-LEI", "id": "5493001KJTIIGC8Y1R12"}],
    },
)  # fmt: skip
ANN = statement("ann", "person", {"personType": "knownPerson", "names": [{"fullName": "Ann Example"}, {"fullName": "A. Example"}]})
HOLDING = statement("holding", "entity", {"entityType": {"type": "arrangement", "subtype": "trust"}, "name": "Holding"})


@pytest.mark.parametrize("listed", [True, False])
def test_interests_are_relationships_with_shares_and_dates(tmp_path: Path, listed: bool) -> None:
    stake = {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 12.5}, "startDate": "2019-01-01"}
    statements = [ACME, ANN, held(stake, {"type": "boardChair", "endDate": "2020-04-01"}, source=REGISTER)]
    text = json.dumps(statements) if listed else "\n".join(map(json.dumps, statements))
    graph = check(imported(tmp_path, "bods", text)[0])
    owned, seat = only(graph, "OWNERSHIP"), only(graph, "BOARD_SEAT")
    assert (owned.share, owned.stated, owned.status, owned.role) == (Decimal("12.5"), "2019-01-01/", "CONFIRMED", "shareholder")
    assert ([day.text for day in owned.interval.observed], owned.claims[0].facts) == (["2020-05-01"], ("r-2020-05-01",))
    assert (seat.stated, seat.role, seat.interval.observed) == ("/2020-04-01", "chair of the board", ())
    [source] = graph.sources.values()
    assert (source.publisher, source.tier, str(source.published), source.url) == (
        "Register",
        "P",
        "2020-06-01",
        "https://register.example/1",
    )
    acme = graph.entities["entity/bods-acme"]
    assert acme.identifiers == ("bods:acme", "org-id:GB-COH-0123", "lei:5493001KJTIIGC8Y1R12")
    assert (acme.stated, graph.entities["entity/bods-ann"].aliases) == ("2001-02-03/", ("A. Example",))


@pytest.mark.parametrize(
    ("source", "status"),
    [(REGISTER, "CONFIRMED"), ({"type": ["selfDeclaration"]}, "CONFIRMED"), ({"type": ["thirdParty"]}, "REPORTED"), ({}, "REPORTED")],
)
def test_status_is_that_of_the_source(tmp_path: Path, source: dict[str, Any], status: str) -> None:
    path, notes = imported(tmp_path, "bods", json.dumps([ACME, ANN, held({"type": "votingRights"}, source=source)]))
    assert only(loaded(path, notes), "OWNERSHIP").status == status


def test_range_is_told_and_no_number_made_of_it(tmp_path: Path) -> None:
    share = {"exclusiveMinimum": 25, "maximum": 50}
    path, notes = imported(tmp_path, "bods", json.dumps([ACME, ANN, held({"type": "shareholding", "share": share})]))
    stake = only(loaded(path, notes), "OWNERSHIP")
    assert (stake.share, stake.claims[0].summary) == (None, "Share: more than 25 % and at most 50 %")


def test_later_statement_supersedes_and_closed_ends(tmp_path: Path) -> None:
    statements = [
        ACME, ANN,
        held({"type": "shareholding", "share": {"exact": 40}, "startDate": "2019-01-01"}, day="2020-01-01"),
        held({"type": "shareholding", "share": {"exact": 60}, "startDate": "2019-01-01"}, day="2020-03-05", status="updated"),
        held({"type": "shareholding", "share": {"exact": 60}, "startDate": "2019-01-01"}, day="2020-03-25", status="closed"),
        held({"type": "boardMember", "endDate": "2018"}, record="s", status="closed"),
        held({"type": "votingRights"}, record="t", status="closed"),
    ]  # fmt: skip
    path, notes = imported(tmp_path, "bods", json.dumps(statements))
    graph = check(path)
    stakes = {each.stated for each in graph.relationships.values() if each.kind is RelationshipKind.OWNERSHIP}
    assert stakes == {"2019-01-01/2020-03-XX", None}
    assert only(graph, "BOARD_SEAT").stated == "/2018"
    assert all(not each.interval.observed for each in graph.relationships.values())
    assert "2 × statement that a later one of its record supersedes" in told(notes)
    assert "end of what is closed, of which nothing earlier is known (2020-05-01 of t)" in told(notes)


def test_statements_out_of_order_are_taken_by_their_dates(tmp_path: Path) -> None:
    later = held({"type": "shareholding", "share": {"exact": 60}}, day="2021-01-01")
    path, notes = imported(tmp_path, "bods", json.dumps([later, held({"type": "boardMember"}, day="2020-01-01"), ACME, ANN]))
    assert only(loaded(path, notes), "OWNERSHIP").share == 60


def test_unspecified_and_unnamed_parties_are_told(tmp_path: Path) -> None:
    nobody = {"reason": "subjectExemptFromDisclosure", "description": "Exempt"}
    someone = statement("x", "person", {"personType": "anonymousPerson"})
    statements = [ACME, someone, held({"type": "shareholding"}, party=nobody), held({"type": "trustee"}, party="x", record="t")]
    path, notes = imported(tmp_path, "bods", json.dumps(statements))
    assert ties(loaded(path, notes)) == {("Anonymous person (x)", "was a trustee of", "Acme")}
    assert "relationship with an unspecified interested party (subjectExemptFromDisclosure) (r)" in told(notes)


@pytest.mark.parametrize("type", sorted(INTERESTS))
def test_every_interest_of_a_person_or_a_trust_is_taken_directly_or_not(tmp_path: Path, type: str) -> None:
    indirect = {"type": type, "directOrIndirect": "indirect"}
    statements = [ACME, ANN, HOLDING, held({"type": type}, indirect), held({"type": type}, party="holding", record="q")]
    path, notes = imported(tmp_path, "bods", json.dumps(statements))
    assert len(loaded(path, notes).relationships) == 3
    assert notes.left_out == {}


def test_who_owns_a_company_is_found_by_a_question(tmp_path: Path) -> None:
    path, notes = imported(tmp_path, "bods", json.dumps([ACME, ANN, held({"type": "shareholding", "share": {"exact": 100}})]))
    answer = Engine(loaded(path, notes)).ask("How is Ann Example connected to Acme?").answer
    assert answer.paths[0].hops[0].relationship.share == 100


def test_statements_of_an_older_version_are_told(tmp_path: Path) -> None:
    _, notes = imported(tmp_path, "bods", json.dumps([{"statementID": "1", "statementType": "entityStatement"}]))
    assert "statements of BODS before 0.4 have another form" in told(notes)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("bods-package-fi-soe", ("Suomen tasavalta", "held an indirect stake in", "Gasgrid Finland Oy")),
        ("fermcat", ("Patrick O'Donohue", "held a seat on the board of", "Fermcat Ltd")),
        ("levent", ("Anonymous person (81337a6e)", "was a beneficiary of", "Levent Trust")),
        ("nomination", ("Perez-Rivero nomination", "was a member of the board of", "Los Corazones de Plata")),
        ("tecido", ("Shear Trust", "held voting rights in", "Tecido Ltd")),
    ],
)
def test_real_file_passes_check_and_has_its_owners(tmp_path: Path, name: str, found: tuple[str, str, str]) -> None:
    path, notes = import_paths(tmp_path, "bods", SHARED / "bods" / f"{name}.json")
    assert balanced(notes)
    assert found in ties(check(path))


VALUE = st.sampled_from(["ann", "acme", "", "x", "2020-01-01", "2020-13-01", 5, None, {}, [], True])
INTEREST = st.dictionaries(
    st.sampled_from(["type", "share", "startDate", "endDate", "details", "directOrIndirect"]), VALUE | st.just("trustee")
)
DETAILS = st.dictionaries(
    st.sampled_from(["subject", "interestedParty", "interests", "name", "names", "entityType", "personType", "birthDate", "identifiers"]),
    VALUE | st.lists(INTEREST | VALUE, max_size=2),
)
STATEMENT = st.builds(
    statement, st.sampled_from(["ann", "acme", "r", ""]), st.sampled_from(["entity", "person", "relationship", "other"]), DETAILS | VALUE,
    status=st.sampled_from(["new", "updated", "closed"]), day=st.sampled_from(["2020-01-01", "2021-02-03", "x"]), source=VALUE,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(STATEMENT, max_size=6))
def test_no_statement_is_dropped_in_silence_and_what_comes_out_loads(
    tmp_path_factory: pytest.TempPathFactory, statements: list[dict[str, Any]]
) -> None:
    path, notes = imported(tmp_path_factory.mktemp("bods"), "bods", json.dumps(statements))
    assert balanced(notes)
    assert notes.read == len(statements)
    if " a " in path.read_text(encoding="utf-8"):
        loaded(path, notes)
