"""FollowTheMoney: plain and nested, of others and our own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import balanced, imported, loaded, only, ties, told

from export_records import exported
from harness import claim, entity, graph, tie
from interlock.graph import Engine, KnowledgeGraph, load
from interlock.graph.importers.ftm_schemata import ENTITIES, LINKS
from interlock.graph.loading import check


def record(id: str, schema: str, /, **properties: Any) -> dict[str, Any]:
    return {"id": id, "schema": schema, "properties": {name: _listed(value) for name, value in properties.items()}}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def lines(*records: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, records))


ANN, BOB = record("ann", "Person", name="Ann Example", birthDate="1960"), record("bob", "Person", name="Bob Example")
ACME, BELL = record("acme", "Company", name="Acme", incorporationDate="2001-02"), record("bell", "Company", name="Bell")
CASE = record("case", "CourtCase", name="R v. Example", caseNumber="1:23", court="District Court", fileDate="2012-03")
ROADS = record("roads", "Contract", title="Roads", contractDate="2013", amount=["5"], currency=["EUR"], authority="bell")


@pytest.mark.parametrize(
    ("link", "found"),
    [
        (record("x", "Directorship", director="ann", organization="acme"), ("Ann Example", "held a seat on the board of", "Acme")),
        (record("x", "Directorship", director="ann", organization="acme", role="chair"), ("Ann Example", "chaired the board of", "Acme")),
        (record("x", "Directorship", director="ann", organization="acme", role="President"), ("Ann Example", "was president of", "Acme")),
        (record("x", "Directorship", director="bell", organization="acme"), ("Bell", "was a director of", "Acme")),
        (record("x", "Employment", employee="ann", employer="acme", role="Clerk"), ("Ann Example", "held a position at", "Acme")),
        (record("x", "Membership", member="ann", organization="acme"), ("Ann Example", "was a member of", "Acme")),
        (record("x", "Membership", member="bell", organization="acme"), ("Bell", "was a member of", "Acme")),
        (record("x", "Ownership", owner="bell", asset="acme", percentage="12.5 %"), ("Bell", "held a stake in", "Acme")),
        (record("x", "CourtCaseParty", party="ann", case="case", role="Defendant"), ("Ann Example", "was a defendant in", "R v. Example")),
        (record("x", "ContractAward", supplier="acme", contract="roads"), ("Acme", "was the supplier in", "Roads")),
        (record("x", "Family", person="ann", relative="bob", relationship="sister"), ("Ann Example", "was a sibling of", "Bob Example")),
        (record("x", "Associate", person="ann", associate="bob"), ("Ann Example", "was an associate of", "Bob Example")),
        (record("x", "UnknownLink", subject="ann", object="acme", role="co-founder"), ("Ann Example", "co-founded", "Acme")),
        (record("x", "UnknownLink", subject="ann", object="acme", role="friend"), ("Ann Example", "was linked to", "Acme")),
        (record("x", "Payment", payer="acme", beneficiary="bob", amount="9", currency="USD"), ("Acme", "paid", "Bob Example")),
        (record("x", "Debt", creditor="bell", debtor="acme"), ("Bell", "was a creditor of", "Acme")),
        (record("x", "Succession", predecessor="bell", successor="acme"), ("Bell", "was succeeded by", "Acme")),
        (record("x", "Representation", agent="ann", client="acme"), ("Ann Example", "acted on behalf of", "Acme")),
    ],
)  # fmt: skip
def test_link_is_read_as_what_it_says(tmp_path: Path, link: dict[str, Any], found: tuple[str, str, str]) -> None:
    path, notes = imported(tmp_path, "ftm", lines(link, ANN, BOB, ACME, BELL, CASE, ROADS))
    graph = loaded(path, notes)
    assert ties(graph) - {("Bell", "was the customer in", "Roads")} == {found}
    assert {each.status for each in graph.relationships.values()} == {"REPORTED"}
    assert notes.left_out == {}


OWNED: Final = record("NK-2", "Company", name="Acme", leiCode="5493001KJTIIGC8Y1R12")
REGISTER: Final = {"sourceUrl": "https://example.org/acme", "publisher": "Register"}
NESTED: Final = {
    "id": "NK-1", "caption": "Ann Example", "schema": "Person", "datasets": ["xx_list"], "referents": ["xx-1"], "target": True,
    "first_seen": "2024-01-02T00:00:00", "last_seen": "2025-01-01T00:00:00",
    "properties": {
        "name": ["Example, Ann", "Ann Example"], "topics": ["role.pep"],
        "addressEntity": [record("a1", "Address", full="1 Road")],
        "sanctions": [record("s1", "Sanction", entity="NK-1")],
        "directorshipDirector": [
            record("d1", "Directorship", director="NK-1", organization=OWNED, startDate="2011", **REGISTER) | {"first_seen": "2024-01-02"}
        ],
    },
}  # fmt: skip


def test_nested_records_are_records_of_their_own_with_their_sources(tmp_path: Path) -> None:
    path, notes = imported(tmp_path, "ftm", lines(NESTED))
    graph = check(path)
    seat = only(graph, "BOARD_SEAT")
    assert (seat.stated, seat.status, str(seat.claims[0].made)) == ("2011/", "REPORTED", "2024-01-02")
    [source] = graph.sources.values()
    assert (source.publisher, source.url, source.tier) == ("Register", "https://example.org/acme", "S")
    ann = graph.entities["entity/ftm-NK-1"]
    assert (ann.name, ann.aliases, ann.identifiers) == ("Ann Example", ("Example, Ann",), ("ftm:NK-1", "ftm:xx-1"))
    assert graph.entities["entity/ftm-NK-2"].identifiers == ("ftm:NK-2", "lei:5493001KJTIIGC8Y1R12")
    assert told(notes).splitlines() == [
        "Read 5 records: 3 taken, 2 left out.",
        "Left out: 1 × Address, which has no place here (a1)",
        "Left out: 1 × Sanction, which has no place here (s1)",
        "Not taken over: 1 × Person: topics (role.pep of NK-1)",
        "Not taken over: 1 × field last_seen (NK-1)",
        "Not taken over: 1 × field target (NK-1)",
    ]


@pytest.mark.parametrize(
    ("case", "role"),
    [({"status": "alleged"}, "defendant"), ({}, "accused"), ({}, "alleged accomplice"), ({"type": "Allegation"}, "")],
)
def test_what_is_alleged_stays_alleged(tmp_path: Path, case: dict[str, str], role: str) -> None:
    party = record("x", "CourtCaseParty", party="ann", case="c", **({"role": role} if role else {}))
    path, notes = imported(tmp_path, "ftm", lines(ANN, record("c", "CourtCase", name="A case", **case), party))
    assert only(loaded(path, notes), "PARTY").status == "ALLEGED"


def test_dates_shares_amounts_documents_and_datasets_are_kept(tmp_path: Path) -> None:
    stake = {
        **record("x", "Ownership", owner="ann", asset="acme", percentage="40", startDate="2010", endDate="2012-05", proof="doc"),
        "datasets": ["d"],
    }
    paid = {**record("y", "Payment", payer="acme", beneficiary="ann", amount="9.5", currency="USD", date="2014-02"), "datasets": ["d"]}
    doc = record("doc", "Document", title="A report", publisher="The Times", sourceUrl="https://example.org/r", publishedAt="2015-01-01")
    path, notes = imported(tmp_path, "ftm", lines(ANN, ACME, stake, paid, doc))
    graph = check(path)
    owned, payment = only(graph, "OWNERSHIP"), only(graph, "ASSOCIATION")
    assert (owned.share, owned.stated, payment.stated) == (Decimal(40), "2010/2012-05", "2014-02")
    assert [(each.value, each.currency) for each in payment.amounts] == [(Decimal("9.5"), "USD")]
    assert {graph.sources[each.claims[0].source].title for each in (owned, payment)} == {"A report", "Dataset d"}
    assert graph.entities["entity/ftm-acme"].stated == "2001-02/"
    assert notes.parts == {}


def test_parent_contract_authority_and_legal_entity_are_told_for_what_they_are(tmp_path: Path) -> None:
    child = record("kid", "LegalEntity", name="Kid", parent="acme")
    path, notes = imported(tmp_path, "ftm", lines(child, ACME, BELL, ROADS))
    assert ties(loaded(path, notes)) == {("Acme", "was the parent of", "Kid"), ("Bell", "was the customer in", "Roads")}
    assert "Note: 1 × LegalEntity taken as an organization, though it may be a person (Kid)" in told(notes)


def test_what_makes_no_sense_is_left_out_and_told(tmp_path: Path) -> None:
    records = [
        ANN, ACME, ANN, record("s", "Sanction", entity="ann"), record("v", "Vessel", name="Ship"),
        record("l1", "Directorship", director="ann"),
        record("l2", "Directorship", director="ann", organization="nobody"), record("l3", "Family", person="ann", relative="acme"),
        record("l4", "Ownership", owner="acme", asset="acme"), {"schema": "Person"}, {"id": "x"},
        record("l5", "Employment", employee="ann", employer="acme", startDate=["2015", "2016"], endDate="2010", date=["2011"], status="ok"),
    ]  # fmt: skip
    path, notes = imported(tmp_path, "ftm", lines(*records))
    check(path)
    assert balanced(notes)
    text = told(notes)
    for line in (
        "1 × record of an id that was there before (ann)", "1 × Vessel, which has no place here (v)",
        "1 × Directorship without director or organization (l1)", "1 × relationship with what is not in the file, or was left out (l2)",
        "1 × relationship of something with itself (l4)", "2 × object without id, schema and properties (in1.json:10, in1.json:11)",
        "1 × Employment: startDate, a second value (2016 of l5)",
        "1 × dates of a relationship: they end before they start (2015/2010 of l5)",
    ):  # fmt: skip
        assert line in text


def test_two_records_of_one_iri_are_not_taken_for_one(tmp_path: Path) -> None:
    path, notes = imported(tmp_path, "ftm", lines(ANN | {"iri": "https://x.example/a"}, BOB | {"iri": "https://x.example/a"}))
    assert [each.name for each in loaded(path, notes).entities.values()] == ["Ann Example"]
    assert "record of an IRI that was there before (bob)" in told(notes)


def test_director_of_the_issuer_is_found_by_a_question(tmp_path: Path) -> None:
    path, _ = imported(
        tmp_path, "ftm", lines(ANN, ACME, record("x", "Directorship", director="ann", organization="acme", startDate="2011"))
    )
    answer = Engine(load(path)).ask("How is Ann Example connected to Acme's board?").answer
    assert [each.name for each in answer.paths[0].entities] == ["Ann Example", "Board of Acme"]


def test_own_export_comes_back_with_its_entities_and_relationships(tmp_path: Path) -> None:
    shipped = load()
    back = load(imported(tmp_path, "ftm", exported(shipped, "ftm"))[0])
    assert (set(back.entities), set(back.sources)) == (set(shipped.entities), set(shipped.sources))
    assert set(back.relationships) == set(shipped.relationships)
    for id, was in shipped.relationships.items():
        now = back.relationships[id]
        held = [(each.kind, each.source, each.target, each.label, each.role, each.title, each.status) for each in (was, now)]
        assert held[0] == held[1]
    for id, was in shipped.entities.items():
        now = back.entities[id]
        assert (now.kind, now.name, now.aliases, now.outcome, now.unit_of) == (was.kind, was.name, was.aliases, was.outcome, was.unit_of)
        assert set(now.identifiers) == set(was.identifiers)


def round_trip(tmp_path: Path, known: KnowledgeGraph) -> KnowledgeGraph:
    path, notes = imported(tmp_path, "ftm", exported(known, "ftm"))
    return loaded(path, notes)


def test_own_export_keeps_dates_as_far_as_they_are_plain(tmp_path: Path) -> None:
    seat = tie("ann", "acme", "2011-06/2012", kind="BOARD_SEAT", observed=["2011-07"])
    known = graph(seat, tie("ann", "bell", "2011~/", kind="POSITION"), entities=[entity("ann", "PERSON")])
    back = round_trip(tmp_path, known)
    assert {each.kind.value: (each.stated, [day.text for day in each.interval.observed]) for each in back.relationships.values()} == {
        "BOARD_SEAT": ("2011-06/2012", ["2011-07"]), "POSITION": (None, []),
    }  # fmt: skip


def test_own_export_of_what_is_disputed_is_disputed_still(tmp_path: Path) -> None:
    claims = [claim(1, "ALLEGED"), claim(2, "DISPUTED", "CONTRADICTS")]
    back = round_trip(tmp_path, graph(tie("acme", "bell", kind="OWNERSHIP", claims=claims)))
    assert only(back, "OWNERSHIP").status == "DISPUTED"


VALUE = st.none() | st.sampled_from(["a", "b", "c", "2011", "2011-02", "1999-13", "x y", "", "alleged", "12", "https://x.example/", "\x00"])
SAID = (
    "name", "startDate", "endDate", "date", "birthDate", "deathDate", "role", "status", "percentage", "amount", "currency", "parent",
    "proof", "sourceUrl", "summary",
)  # fmt: skip
NAMES = sorted({*SAID, *(end for link in LINKS.values() for end in link.ends)})
IRI = st.sampled_from(["https://x.example/a", "https://x.example/%zz"])
RECORD = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b", "c", "d", "e", ""]),
        "schema": st.sampled_from([*ENTITIES, *LINKS, "Document", "Sanction", [], 5]),
        "properties": st.dictionaries(st.sampled_from(NAMES), st.lists(VALUE, max_size=2), max_size=6),
    },
    optional={
        "caption": VALUE,
        "datasets": st.lists(VALUE, max_size=2),
        "first_seen": VALUE,
        "iri": VALUE | st.sampled_from(["https://x.example/a", "https://x.example/%zz"]),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, max_size=6))
def test_no_record_is_dropped_in_silence_and_what_comes_out_loads(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    path, notes = imported(tmp_path_factory.mktemp("ftm"), "ftm", "\n".join(json.dumps(each) for each in records))
    assert balanced(notes)
    assert notes.read == len(records)
    if " a " in path.read_text(encoding="utf-8"):
        loaded(path, notes)
