"""SEC Forms 3, 4 and 5."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import SHARED, balanced, import_paths, imported, loaded, only, ties, told

from interlock.graph import DataError, Engine, EntityKind
from interlock.graph.importers.sec import is_firm, usual_order
from interlock.graph.loading import check


def owner(name: str, cik: str, *states: str) -> str:
    return (
        f"<reportingOwner><reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName></reportingOwnerId>"
        f"<reportingOwnerRelationship>{''.join(states)}</reportingOwnerRelationship></reportingOwner>"
    )


def form(*owners: str, period: str = "2012-05-01", more: str = "") -> str:
    return (
        f"<ownershipDocument><documentType>4</documentType><periodOfReport>{period}</periodOfReport>"
        "<issuer><issuerCik>0000000042</issuerCik>"
        "<issuerName>ACME INC</issuerName>"
        f"<issuerTradingSymbol>ACM</issuerTradingSymbol></issuer>{''.join(owners)}{more}</ownershipDocument>"
    )


DIRECTOR, OFFICER, TEN = "<isDirector>1</isDirector>", "<isOfficer>true</isOfficer>", "<isTenPercentOwner>1</isTenPercentOwner>"
ANN = owner("EXAMPLE ANN B", "0000000007", DIRECTOR, OFFICER, "<officerTitle>President and CEO</officerTitle>")
FUND = owner("Example Capital Fund, L.P.", "9", TEN, DIRECTOR)
WRAPPED = (
    "ACCESSION NUMBER:\t\t0000000042-12-000001\nFILED AS OF DATE:\t\t20120503\n<XML>\n<?xml version='1.0'?>\n"
    + form(ANN, FUND, period="2012-05-01-05:00")
    + "\n</XML>\n"
)


def test_form_confirms_what_it_states_on_its_period_of_report(tmp_path: Path) -> None:
    path, notes = imported(tmp_path, "sec", WRAPPED, ending=".txt")
    graph = check(path)
    seat, post = only(graph, "BOARD_SEAT"), only(graph, "POSITION")
    assert ties(graph) == {
        ("EXAMPLE ANN B", "held a seat on the board of", "ACME INC"), ("EXAMPLE ANN B", "was chief executive of", "ACME INC"),
        ("Example Capital Fund, L.P.", "held more than ten percent of", "ACME INC"),
        ("Example Capital Fund, L.P.", "was a director of", "ACME INC"),
    }  # fmt: skip
    assert (seat.status, seat.stated, [day.text for day in seat.interval.observed]) == ("CONFIRMED", None, ["2012-05-01"])
    assert (post.title, post.role) == ("President and CEO", "chief executive officer")
    [source] = graph.sources.values()
    assert (source.title, source.tier, str(source.published)) == (
        "Form 4 of EXAMPLE ANN B and Example Capital Fund, L.P. on ACME INC as of 2012-05-01", "P", "2012-05-03",
    )  # fmt: skip
    assert source.url == "https://www.sec.gov/Archives/edgar/data/42/0000000042-12-000001.txt"
    assert graph.entities["entity/sec-7"].aliases == ("Ann B Example",)
    assert graph.entities["entity/sec-42"].identifiers == ("cik:42",)
    assert told(notes) == "Read 1 record: 1 taken, 0 left out."


def test_two_forms_are_two_claims_on_one_seat(tmp_path: Path) -> None:
    path, notes = imported(tmp_path, "sec", form(ANN), form(ANN, period="2013-06-01"), ending=".xml")
    seat = only(loaded(path, notes), "BOARD_SEAT")
    assert (len(seat.claims), [day.text for day in seat.interval.observed]) == (2, ["2012-05-01", "2013-06-01"])


def test_forms_of_one_file_name_in_two_folders_are_two_sources(tmp_path: Path) -> None:
    for folder, period in (("a", "2012-05-01"), ("b", "2013-06-01")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "primary_doc.xml").write_text(form(ANN, period=period))
    graph = loaded(*import_paths(tmp_path, "sec", tmp_path / "in"))
    assert (len(graph.sources), len(only(graph, "BOARD_SEAT").claims)) == (2, 2)


def test_who_is_no_longer_an_insider_is_not_seen_as_one(tmp_path: Path) -> None:
    path, notes = imported(tmp_path, "sec", form(ANN, more="<notSubjectToSection16>1</notSubjectToSection16>"), ending=".xml")
    assert only(loaded(path, notes), "BOARD_SEAT").interval.observed == ()
    assert "no longer subject to Section 16" in told(notes)


def test_amendment_remarks_and_what_is_not_taken_are_told(tmp_path: Path) -> None:
    more = (
        "<dateOfOriginalSubmission>2012-04-01</dateOfOriginalSubmission><remarks>By deputization</remarks><footnotes><f>x</f></footnotes>"
    )
    path, notes = imported(tmp_path, "sec", form(ANN, more=more), form(owner("X Y", "3"), more="<remarks></remarks>"), ending=".xml")
    graph = loaded(path, notes)
    assert next(iter(graph.sources.values())).title.endswith("amending that of 2012-04-01")
    assert only(graph, "BOARD_SEAT").claims[0].quote == "By deputization"
    assert "Not taken over: 1 × footnotes" in told(notes)
    assert "Left out: 1 × form that states no relationship (in2.xml)" in told(notes)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<!DOCTYPE a [<!ENTITY x 'y'>]>" + form(ANN), "document type declaration"),
        ('<!doctype a SYSTEM "file:///etc/passwd"><ownershipDocument/>', "document type declaration"),
        ("<html/>", "has no ownershipDocument"),
        ("<ownershipDocument>", "is no XML"),
        ("", "is no XML"),
    ],
)
def test_document_with_a_dtd_or_of_another_kind_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        imported(tmp_path, "sec", content, ending=".xml")


def test_document_with_a_dtd_in_utf_16_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="document type declaration"):
        imported(tmp_path, "sec", ("<!DOCTYPE a>" + form(ANN)).encode("utf-16"), ending=".xml")


def test_names_of_people_and_firms_are_told_apart() -> None:
    firms = ["GS Direct, L.L.C.", "GOLDMAN SACHS & CO", "Bridge Street 2013, L.P.", "EXAMPLE TRUST", "ACME HOLDINGS /DE/", "Example Corp"]
    assert all(map(is_firm, firms))
    assert not any(map(is_firm, ["HASTINGS REED", "HOAG JAY C", "GEORGE WILLIAM W", "O'Example Ann"]))
    assert [usual_order(name) for name in ("HASTINGS REED", "GEORGE WILLIAM W JR", "McExample Ann")] == [
        "Reed Hastings", "William W George Jr", "Ann McExample",
    ]  # fmt: skip


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not beside the checkout")
def test_real_forms_pass_check_and_say_who_the_directors_are(tmp_path: Path) -> None:
    path, notes = import_paths(tmp_path, "sec", SHARED / "sec-forms")
    graph = check(path)
    assert (notes.read, notes.taken) == (6, 6)
    netflix = next(each.id for each in graph.entities.values() if each.name == "NETFLIX INC" and each.kind is EntityKind.COMPANY)
    assert {graph.entities[seat.source].name for seat in graph.seats(netflix)} == {"HASTINGS REED", "HOAG JAY C"}
    path = Engine(graph).ask("How is Reed Hastings connected to Netflix's board?").answer.paths[0]
    assert [day.text for day in path.hops[0].relationship.interval.observed] == ["2019-07-22"]


STATE = st.sampled_from([DIRECTOR, OFFICER, TEN, "<isOther>1</isOther><otherText>x</otherText>", "<isDirector>0</isDirector>"])
NAMES = st.sampled_from(["EXAMPLE ANN", "ACME INC", "", "é & amp".replace("&", "&amp;"), "X LLC"])
OWNER = st.builds(lambda name, cik, states: owner(name, cik, *states), NAMES, st.sampled_from(["1", "0042", "", "42"]), st.lists(STATE))


@given(st.lists(OWNER, max_size=3), st.sampled_from(["2012-05-01", "", "x", "2012-13-01"]))
def test_no_form_is_dropped_in_silence(tmp_path_factory: pytest.TempPathFactory, owners: list[str], period: str) -> None:
    path, notes = imported(tmp_path_factory.mktemp("sec"), "sec", form(*owners, period=period), ending=".xml")
    assert balanced(notes)
    assert notes.read == 1
    if "<" in path.read_text(encoding="utf-8"):
        loaded(path, notes)
