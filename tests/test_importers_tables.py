"""Tables by a mapping."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import SHARED, balanced, import_paths, imported, loaded, only, ties, told

from interlock.graph import BadInput, DataError, Engine
from interlock.graph.importers.formats import import_files
from interlock.graph.importers.notes import Notes
from interlock.graph.loading import check

SUITS = """
source = { title = "Suits", publisher = "The Times", published = "2011" }
values.outcome = { column = "type", map = { suit = "", resolved = "resolved", licensing = "" } }
entities.a = { kind = "COMPANY", name = "{source}" }
entities.b = { kind = "COMPANY", name = "{target}" }
entities.suit = { kind = "LAWSUIT", name = "{source} v. {target}", outcome = "{outcome}", when = { type = ["suit", "resolved"] } }
entities.licence = { kind = "AGREEMENT", name = "Licence between {source} and {target}", when = { type = "licensing" } }
relationships = [{ kind = "PARTY", from = "a", to = "suit", role = "plaintiff" },
                 { kind = "PARTY", from = "b", to = "suit", role = "defendant" },
                 { kind = "PARTY", from = "a", to = "licence" }, { kind = "PARTY", from = "b", to = "licence" }]
"""
ROWS = "source,target,type\nAcme,Bell,suit\nBell,Acme,resolved\nAcme,Cog,licensing\n"
SEATS = """
source = { title = "List of {year}", url = "{url}", tier = "P" }
status = "CONFIRMED"
dates = "%d/%m/%Y"
entities.person = { kind = "PERSON", name = "{name}", id = "{number}", aliases = ["{other}"] }
entities.company = { kind = "COMPANY", name = "{company}", identifiers = { cik = "{cik}" } }
[[relationships]]
kind = "BOARD_SEAT"
from = "person"
to = "company"
role = "{role}"
title = "{title}"
start = "{from}"
end = "{to}"
"""
HEAD = "number,name,other,company,cik,role,title,from,to,year,url\n"


def test_suits_become_lawsuits_with_parties_in_both_directions(tmp_path: Path) -> None:
    graph = loaded(*imported(tmp_path, "csv", ROWS, mapping=SUITS, ending=".csv"))
    assert ties(graph) == {
        ("Acme", "was a plaintiff in", "Acme v. Bell"), ("Bell", "was a defendant in", "Acme v. Bell"),
        ("Bell", "was a plaintiff in", "Bell v. Acme"), ("Acme", "was a defendant in", "Bell v. Acme"),
        ("Acme", "was a party to", "Licence between Acme and Cog"), ("Cog", "was a party to", "Licence between Acme and Cog"),
    }  # fmt: skip
    assert {each.status for each in graph.relationships.values()} == {"REPORTED"}
    assert [each.outcome for each in graph.entities.values() if each.kind == "LAWSUIT"] == [None, "resolved"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_stand_apart_by_commas_semicolons_or_tabs(tmp_path: Path, separator: str) -> None:
    rows = f'\ufeffsource{separator}target{separator}type\r\nAcme{separator}"Bell, Cog; Co"{separator}suit\r\n'
    graph = loaded(*imported(tmp_path, "csv", rows, mapping=SUITS, ending=".csv"))
    assert ("Bell, Cog; Co", "was a defendant in", "Acme v. Bell, Cog; Co") in ties(graph)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not beside the checkout")
def test_real_suits_need_ten_lines_pass_check_and_answer(tmp_path: Path) -> None:
    assert len(SUITS.strip().splitlines()) <= 10
    path, notes = import_paths(tmp_path, "csv", SHARED / "mobile-patent-suits" / "suits.csv", mapping=SUITS)
    assert (notes.read, notes.taken, notes.parts) == (28, 28, {})
    answer = Engine(check(path)).ask("How are Apple and Nokia connected within 2 hops?").answer
    assert {each.entities[1].name for each in answer.paths} >= {"Apple v. Nokia", "Nokia v. Apple"}


def test_seat_has_all_that_its_columns_say(tmp_path: Path) -> None:
    row = "7,Ann Example,A. Example,Acme,0000042,chair of the board,Chairwoman,01/02/2003,,2004,https://example.org/list\n"
    path, notes = imported(tmp_path, "csv", HEAD + row, mapping=SEATS, ending=".csv")
    graph = check(path)
    seat, person = only(graph, "BOARD_SEAT"), graph.entities["entity/csv-7"]
    assert (seat.role, seat.title, seat.stated, seat.status) == ("chair of the board", "Chairwoman", "2003-02-01/", "CONFIRMED")
    assert (person.name, person.aliases) == ("Ann Example", ("A. Example",))
    assert graph.entities["entity/csv-company-acme"].identifiers == ("cik:42",)
    [source] = graph.sources.values()
    assert (source.title, source.url, source.tier) == ("List of 2004", "https://example.org/list", "P")
    assert told(notes) == "Read 1 record: 1 taken, 0 left out."


def test_dates_are_as_exact_as_their_form(tmp_path: Path) -> None:
    row = "1,Ann,,Acme,,director,,03/2004,,2004,\n2,Bob,,Acme,,director,,2005,2006-07,2004,\n"
    path, notes = imported(tmp_path, "csv", HEAD + row, mapping=SEATS.replace("%d/%m/%Y", "%m/%Y"), ending=".csv")
    assert sorted(str(each.stated) for each in loaded(path, notes).relationships.values()) == ["2004-03/", "2005/2006-07"]


def test_rows_of_which_nothing_can_be_made_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = (
        "1,Ann,,Acme,,director,,,,2004,\n2,Ann,,,,director,,,,2004,\n3,Cat,,Acme,,directer,,,,2004,\n4,Eve,,Acme,x,director,,1/2/3/4,,,\n"
    )
    path, notes = imported(tmp_path, "csv", HEAD + rows, mapping=SEATS, ending=".csv")
    assert ties(loaded(path, notes)) == {("Ann", "held a seat on the board of", "Acme"), ("Eve", "held a seat on the board of", "Acme")}
    text = told(notes)
    assert "Left out: 1 × row: it has no company (in1.csv line 3)" in text
    assert "Left out: 1 × row: 'directer' is no role. Did you mean director?" in text
    assert "(in1.csv line 4)" in text
    assert "Not taken over: 1 × what is no cik identifier (x on line 5)" in text
    assert "Not taken over: 1 × what is no date (1/2/3/4 on line 5)" in text


def test_relationship_that_a_row_lacks_is_told_beside_those_that_it_has(tmp_path: Path) -> None:
    mapping = SUITS.replace('"{source} v. {target}"', '"Suit of {source}"')
    path, notes = imported(tmp_path, "csv", "source,target,type\nAcme,,suit\n", mapping=mapping, ending=".csv")
    assert ties(loaded(path, notes)) == {("Acme", "was a plaintiff in", "Suit of Acme")}
    assert "Not taken over: 1 × relationship of a row: it has no b (in1.csv line 2)" in told(notes)


def test_value_without_a_place_and_cell_beyond_the_last_column_are_told(tmp_path: Path) -> None:
    _, notes = imported(tmp_path, "csv", "source,target,type\nAcme,Bell,suit,more\nAcme,Bell,other\n", mapping=SUITS, ending=".csv")
    assert balanced(notes)
    assert "value that values.outcome doesn't have (other on line 3)" in told(notes)
    assert "cell beyond the last column (line 2)" in told(notes)
    assert "row in which nothing of the mapping applies (in1.csv line 3)" in told(notes)


def test_same_name_in_another_kind_is_another_entity_and_a_second_value_is_told(tmp_path: Path) -> None:
    mapping = """
    entities.a = { kind = "{kind}", name = "Orange", description = "{says}" }
    """
    rows = "kind,says\nCOMPANY,fruit\nPRODUCT,phone\nCOMPANY,juice\nNOTHING,\n"
    path, notes = imported(tmp_path, "csv", rows, mapping=mapping, ending=".csv")
    assert set(loaded(path, notes).entities) == {"entity/csv-company-orange", "entity/csv-product-orange"}
    assert "a second description of one entity (juice on line 4)" in told(notes)
    assert "row in which nothing of the mapping applies (in1.csv line 5)" in told(notes)


def test_own_words_share_amount_and_status_are_taken(tmp_path: Path) -> None:
    mapping = """
    entities.a = { kind = "PERSON", name = "{who}" }
    entities.b = { kind = "COMPANY", name = "Acme" }
    values.status = { column = "sure", map = { yes = "CONFIRMED", no = "ALLEGED" } }
    [[relationships]]
    kind = "OWNERSHIP"
    from = "a"
    to = "b"
    share = "{share}"
    amount = "{paid}"
    currency = "eur"
    status = "{status}"
    during = "{when}"
    observed = "{seen}"
    quote = "{said}"
    phrase = "secretly owned"
    inverse = "was secretly owned by"
    """
    rows = 'who,share,paid,sure,when,seen,said\nAnn,12.5,"1,000",no,2010/..,2012,He told me\nBob,200,,yes,,,\n'
    path, notes = imported(tmp_path, "csv", rows, mapping=mapping, ending=".csv")
    stake = only(check(path), "OWNERSHIP")
    assert (stake.label, stake.share, stake.status, stake.stated) == ("secretly owned", Decimal("12.5"), "ALLEGED", "2010/..")
    assert [(each.value, each.currency) for each in stake.amounts] == [(1000, "EUR")]
    assert (stake.claims[0].quote, stake.interval.observed[0].text) == ("He told me", "2012")
    assert "row: 200 is no share in percent (in1.csv line 3)" in told(notes)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("entitys.a = {}", "'entitys' is no key of the mapping. Did you mean entities?"),
        ('entities.a = { kind = "COMPNY", name = "x" }', "'COMPNY' is no kind (a). Did you mean COMPANY?"),
        ('entities.a = { kind = "COMPANY", nam = "x" }', "'nam' is no key of a. Did you mean name?"),
        ('entities.a = { kind = "COMPANY" }', "a has no name"),
        ('entities.a = { kind = "COMPANY", name = "{sourc}" }', "'sourc' is no column of the table. Did you mean source?"),
        ('entities.a = { kind = "COMPANY", name = "{source" }', "name of a is '{source'"),
        ('entities.a = { kind = "COMPANY", name = "x", when = { typ = "y" } }', "'typ' is no column of the table. Did you mean type?"),
        (
            'entities.a = { kind = "COMPANY", name = "x", identifiers = { kik = "y" } }',
            "'kik' is no scheme of identifiers. Did you mean cik?",
        ),
        (
            'entities.a = { kind = "COMPANY", name = "x" }\nrelationships = [{ kind = "PARTY", from = "a", to = "c" }]',
            "'c' is no entity of the mapping (to of relationship 1)",
        ),
        (
            'entities.a = { kind = "COMPANY", name = "x" }\nrelationships = [{ kind = "PARTY", from = "a", to = "a", role = "plantiff" }]',
            "'plantiff' is no role. Did you mean plaintiff?",
        ),
        ('status = "SURE"\nentities.a = { kind = "COMPANY", name = "x" }', "'SURE' is no status."),
        ("a = [", "The mapping is no TOML"),
        ("", "The mapping has no entities."),
    ],
)
def test_mapping_that_is_not_understood_is_refused_with_a_hint(tmp_path: Path, mapping: str, message: str) -> None:
    with pytest.raises(BadInput) as error:
        imported(tmp_path, "csv", ROWS, mapping=mapping, ending=".csv")
    assert message in str(error.value)


def test_table_that_is_none_is_refused(tmp_path: Path) -> None:
    for content, message in (
        (b"source,target,type\n\xff,b,suit", "is not in UTF-8"),
        (b"source,target,type,type\n", "two columns of one name"),
    ):
        with pytest.raises(DataError, match=message):
            imported(tmp_path, "csv", content, mapping=SUITS, ending=".csv")


CELL = st.sampled_from(["", "Acme", "Bell", "suit", "resolved", "licensing", "2011", 'a "b"', "é", " x ", "\x00", "1/2"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=3, max_size=4), max_size=5))
def test_no_row_is_dropped_in_silence(tmp_path: Path, rows: list[list[str]]) -> None:
    path, notes = tmp_path / "x.csv", Notes()
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    path.write_text("source,target,type\n" + "\n".join(quoted), encoding="utf-8")
    for _ in import_files("csv", [path], notes, SUITS):
        pass
    assert balanced(notes)
    assert notes.read == sum(any(cell.strip() for cell in row) for row in rows)
