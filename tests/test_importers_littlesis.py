"""LittleSis: its bulk data, in the form in which its own program writes it (see ``interlock.graph.importers.littlesis``)."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import balanced, import_paths, imported, loaded, only, ties, told

from interlock.graph import Engine
from interlock.graph.loading import check


def entity(id: int, name: str, ext: str = "Person", **more: Any) -> dict[str, Any]:
    kind, extension = ("person", "Person") if ext == "Person" else ("org", "Organization")
    said = {
        "id": id, "name": name, "blurb": None, "summary": None, "website": None, "parent_id": None, "primary_ext": ext, "start_date": None,
        "end_date": None, "aliases": [name], "types": [extension], "extensions": {ext: {"name": None, "net_worth": None}},
    }  # fmt: skip
    url = f"https://littlesis.org/{kind}/{id}-{name.replace(' ', '_')}"
    return {"type": "entities", "id": id, "attributes": {**said, **more}, "links": {"self": url}}


def relationship(category: int, first: int = 1, second: int = 2, **more: Any) -> dict[str, Any]:
    said = {
        "id": 10, "entity1_id": first, "entity2_id": second, "category_id": category, "description1": None, "description2": None,
        "amount": None, "currency": None, "goods": None, "filings": None, "updated_at": "2021-05-06T00:00:00Z", "start_date": None,
        "end_date": None, "is_current": None, "category_attributes": {},
    }  # fmt: skip
    urls = {"self": "https://littlesis.org/relationships/10", "entity": "https://littlesis.org/person/1-Ann", "related": None}
    return {"type": "relationships", "id": 10, "attributes": {**said, **more}, **urls}


ANN, ACME = entity(1, "Ann Example"), entity(2, "Acme", "Org", types=["Organization", "Business"], aliases=["Acme", "Acme Corp"])
BOB, CLUB = entity(3, "Bob Example"), entity(4, "Club", "Org", blurb="A club", start_date="1990-00-00")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (relationship(1, is_board=True, is_executive=False), ("Ann Example", "held a seat on the board of", "Acme")),
        (relationship(1, is_executive=True, description1="CEO"), ("Ann Example", "was chief executive of", "Acme")),
        (relationship(1, category_attributes={"is_board": True}), ("Ann Example", "held a seat on the board of", "Acme")),
        (relationship(1, second=3, description1="Aide"), ("Ann Example", "held a position at", "Bob Example")),
        (relationship(2, second=4), ("Ann Example", "studied at", "Club")),
        (relationship(3, second=4), ("Ann Example", "was a member of", "Club")),
        (relationship(3, first=2, second=4), ("Acme", "was a member of", "Club")),
        (relationship(4, second=3, description1="sister"), ("Ann Example", "was related to", "Bob Example")),
        (relationship(5, second=3), ("Ann Example", "gave money to", "Bob Example")),
        (relationship(6), ("Ann Example", "did business with", "Acme")),
        (relationship(7), ("Ann Example", "lobbied", "Acme")),
        (relationship(8, second=3), ("Ann Example", "was socially connected to", "Bob Example")),
        (relationship(9, second=3), ("Ann Example", "was professionally connected to", "Bob Example")),
        (relationship(10), ("Ann Example", "held a stake in", "Acme")),
        (relationship(11, first=2, second=4), ("Club", "was the parent of", "Acme")),
        (relationship(12), ("Ann Example", "was affiliated with", "Acme")),
    ],
)
def test_category_is_read_as_what_it_says(tmp_path: Path, given: dict[str, Any], found: tuple[str, str, str]) -> None:
    path, notes = imported(tmp_path, "littlesis", json.dumps([given]), json.dumps([ANN, ACME, BOB, CLUB]))
    graph = loaded(path, notes)
    assert ties(graph) == {found}
    assert {each.status for each in graph.relationships.values()} == {"REPORTED"}
    assert notes.left_out == {}


def test_position_on_the_board_and_as_executive_is_two(tmp_path: Path) -> None:
    both = relationship(
        1, is_board=True, is_executive=True, description1="Chairman and CEO", start_date="2003-00-00", end_date="2005-06-00"
    )
    graph = check(imported(tmp_path, "littlesis", json.dumps([ANN, ACME, both]))[0])
    seat, post = only(graph, "BOARD_SEAT"), only(graph, "POSITION")
    assert (seat.role, post.role) == ("chair of the board", "chief executive officer")
    assert {each.stated for each in (seat, post)} == {"2003/2005-06"}
    [source] = graph.sources.values()
    assert (source.publisher, source.url) == ("LittleSis", "https://littlesis.org/relationships/10")


@pytest.mark.parametrize(
    ("current", "end", "stated", "observed"),
    [
        (None, None, "2003/", []), (False, None, "2003/", []), (True, None, "2003/", ["2021-05-06"]), (True, "2010-00-00", "2003/2010", []),
    ],
)  # fmt: skip
def test_end_is_unknown_unless_it_is_given(tmp_path: Path, current: bool | None, end: str | None, stated: str, observed: list[str]) -> None:
    given = relationship(10, is_current=current, start_date="2003-00-00", end_date=end)
    stake = only(loaded(*imported(tmp_path, "littlesis", json.dumps([ANN, ACME, given]))), "OWNERSHIP")
    assert (stake.stated, [day.text for day in stake.interval.observed]) == (stated, observed)


def test_amounts_shares_names_and_ids_are_kept(tmp_path: Path) -> None:
    donation = relationship(5, second=3, amount=500, currency="eur", description="Gave at a dinner")
    stake = {**relationship(10, percent_stake=12.5), "id": 11}
    stake["attributes"]["id"] = 11
    path, notes = imported(tmp_path, "littlesis", json.dumps([ANN, BOB, ACME, CLUB, donation, stake]))
    graph = check(path)
    gift = only(graph, "ASSOCIATION")
    assert ([(each.value, each.currency) for each in gift.amounts], gift.claims[0].summary) == ([(500, "EUR")], "Gave at a dinner")
    assert only(graph, "OWNERSHIP").share == Decimal("12.5")
    acme, club = graph.entities["entity/littlesis-2"], graph.entities["entity/littlesis-4"]
    assert (acme.kind, acme.aliases, acme.identifiers) == ("COMPANY", ("Acme Corp",), ("littlesis:2",))
    assert (club.kind, club.description, club.stated) == ("ORGANIZATION", "A club", "1990/")
    assert told(notes) == "Read 6 records: 6 taken, 0 left out."


def test_bulk_files_are_read_as_they_are_published(tmp_path: Path) -> None:
    """Two lists, packed, of objects without white space between them."""
    acme = entity(
        2, "Acme", "Org", types=["Organization", "Business", "Public Company"], aliases=["Acme", "Acme Corp"],
        updated_at="2021-05-06T00:00:00Z",
        extensions={"Org": {"employees": 7, "revenue": None}, "PublicCompany": {"ticker": "ACM", "sec_cik": 42}},
    )  # fmt: skip
    ann = entity(1, "Ann Example", types=["Person", "Business Person"], extensions={"Person": {}, "BusinessPerson": {"sec_cik": 7}})
    seat = relationship(
        1, description1="Director", description="Ann Example had a position (Director) at Acme ", is_current=False,
        category_attributes={"is_board": True, "is_executive": False, "is_employee": None, "compensation": None, "boss_id": None},
    )  # fmt: skip
    files = []
    for name, records in (("entities", [ann, acme]), ("relationships", [seat])):
        files.append(tmp_path / f"{name}.json.gz")
        files[-1].write_bytes(gzip.compress(json.dumps(records, separators=(",", ":")).encode()))
    path, notes = import_paths(tmp_path, "littlesis", *files)
    graph = check(path)
    company, person = graph.entities["entity/littlesis-2"], graph.entities["entity/littlesis-1"]
    assert (company.kind, company.aliases, company.identifiers) == ("COMPANY", ("Acme Corp", "ACM"), ("littlesis:2", "cik:42"))
    assert person.identifiers == ("littlesis:1", "cik:7")
    held = only(graph, "BOARD_SEAT")
    assert held.claims[0].summary == "Ann Example had a position (Director) at Acme"
    assert {source.licence for source in graph.sources.values()} == {"CC-BY-SA-4.0"}
    assert "Read 3 records: 3 taken, 0 left out." in told(notes)
    for left in ("entity: Org: employees (7 of 2)", "entity: updated_at (2021-05-06T00:00:00Z of 2)"):
        assert left in told(notes)


def test_what_is_no_extension_changes_nothing_else(tmp_path: Path) -> None:
    odd = [entity(1, "Ann Example", extensions={"name": "Bob", "Person": "x"}), entity(3, "Bob Example", extensions=["x"])]
    path, notes = imported(tmp_path, "littlesis", json.dumps([*odd, relationship(8, second=3)]))
    assert {each.name for each in loaded(path, notes).entities.values()} == {"Ann Example", "Bob Example"}
    assert "entity: name: value (Bob of 1)" in told(notes)


def test_what_has_no_place_is_told(tmp_path: Path) -> None:
    records = [
        ANN,
        ANN,
        relationship(13),
        relationship(1, second=99),
        {"type": "lists", "id": 1},
        entity(5, "X", website="http://x.example"),
    ]
    path, notes = imported(tmp_path, "littlesis", json.dumps(records))
    loaded(path, notes)
    for line in (
        "entity of an id that was there before (1)", "relationship of an unknown category (13 of 10)",
        "relationship with what is not in the files, or of no kind that its ends can have (10)",
        "object that is neither an entity nor a relationship (in1.json:5)", "entity: website (http://x.example of 5)",
    ):  # fmt: skip
        assert line in told(notes)


def test_question_is_answered_from_it(tmp_path: Path) -> None:
    graph = loaded(*imported(tmp_path, "littlesis", json.dumps([ANN, ACME, relationship(1, is_board=True)])))
    assert Engine(graph).ask("How is Ann Example connected to Acme's board?").answer.paths[0].entities[0].name == "Ann Example"


VALUE = st.sampled_from([None, "", "x", 1, 2, 3, True, False, "2003-00-00", "0000-00-00", "2003-99-99", [], {}, -5, 1e400, "Person"])
NAMES = [
    "name",
    "entity1_id",
    "entity2_id",
    "category_id",
    "is_board",
    "start_date",
    "end_date",
    "amount",
    "is_current",
    "types",
    "updated_at",
]
ATTRIBUTES = st.dictionaries(st.sampled_from([*NAMES, "primary_ext", "id", "category_attributes", "percent_stake"]), VALUE)
RECORD = st.fixed_dictionaries({}, optional={"id": st.integers(1, 3) | VALUE, "attributes": ATTRIBUTES | VALUE}) | st.builds(
    relationship, st.integers(0, 13), st.integers(1, 4), st.integers(1, 4), start_date=VALUE, end_date=VALUE, amount=VALUE, is_board=VALUE
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, max_size=5))
def test_no_record_is_dropped_in_silence_and_what_comes_out_loads(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    text = json.dumps([*records, ANN, ACME, BOB]).replace("Infinity", "1e400")
    path, notes = imported(tmp_path_factory.mktemp("littlesis"), "littlesis", text)
    assert balanced(notes)
    assert notes.read == len(records) + 3
    loaded(path, notes)
