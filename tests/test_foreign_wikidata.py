from __future__ import annotations

from pathlib import Path

import pytest
from foreign import loaded, told, unread, warnings

from interlock.graph import load

ITEMS = """
wd:Q1 rdfs:label "Acme"@en ; wdt:P31 wd:Q783794 .
wd:Q2 rdfs:label "Ann Example"@en ; wdt:P31 wd:Q5 .
wd:Q3 rdfs:label "Big"@en ; wdt:P31 wd:Q43229 .
"""
TRUTHY = {
    "wd:Q1 wdt:P3320 wd:Q2": "Ann Example | BOARD_SEAT director | Acme",
    "wd:Q1 wdt:P169 wd:Q2": "Ann Example | POSITION chief executive officer | Acme",
    "wd:Q1 wdt:P1037 wd:Q2": "Ann Example | POSITION head | Acme",
    "wd:Q1 wdt:P112 wd:Q2": "Ann Example | FOUNDING founder | Acme | /..",
    "wd:Q1 wdt:P127 wd:Q2": "Ann Example | OWNERSHIP | Acme",
    "wd:Q3 wdt:P1830 wd:Q1": "Big | OWNERSHIP | Acme",
    "wd:Q1 wdt:P749 wd:Q3": "Big | OWNERSHIP parent company | Acme",
    "wd:Q3 wdt:P355 wd:Q1": "Big | OWNERSHIP parent company | Acme",
    "wd:Q2 wdt:P108 wd:Q1": "Ann Example | POSITION employee | Acme",
    "wd:Q2 wdt:P463 wd:Q3": "Ann Example | ASSOCIATION was a member of | Big",
    "wd:Q1 wdt:P1951 wd:Q3": "Big | INVESTMENT | Acme",
}
STATEMENT = ITEMS + "wd:Q1 p:P3320 e:s ; wdt:P3320 wd:Q2 . e:s a wikibase:Statement, wikibase:BestRank ; ps:P3320 wd:Q2 ; {} ."


@pytest.mark.parametrize("statement", TRUTHY)
def test_truthy_statements_are_relationships_without_dates(statement: str, tmp_path: Path) -> None:
    graph = loaded(tmp_path, f"{ITEMS}{statement} .")
    assert told(graph) == [TRUTHY[statement]]
    assert {tie.status for tie in graph.relationships.values()} == {"REPORTED"}
    assert warnings(graph) == []
    assert unread(graph) == {}


def value(number: str, time: str, precision: int, calendar: str = "Q1985727") -> str:
    return (
        f'pqv:{number} [ a wikibase:TimeValue ; wikibase:timeValue "{time}T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision {precision} ;'
        f" wikibase:timeTimezone 0 ; wikibase:timeCalendarModel wd:{calendar} ]"
    )


def plain(number: str, time: str) -> str:
    return f'pq:{number} "{time}T00:00:00Z"^^xsd:dateTime'


@pytest.mark.parametrize(
    ("qualifiers", "interval"),
    [
        (f"{plain('P580', '2011-06-22')} ; {plain('P582', '2014-03-02')}", "2011-06-22/2014-03-02"),
        (plain("P580", "2011-06-01"), "2011-06/"),
        (plain("P580", "2011-01-01"), "2011/"),
        (f"{plain('P580', '2011-01-01')} ; {value('P580', '2011-01-01', 11)}", "2011-01-01/"),
        (f"{plain('P580', '2011-06-22')} ; {value('P580', '2011-06-22', 10)}", "2011-06/"),
        (value("P580", "2011-06-22", 9), "2011/"),
        (value("P582", "2010-01-01", 8), "/201X"),
        (f"{plain('P580', '1911-06-14')} ; {value('P580', '1911-06-01', 11, 'Q1985786')}", "1911-06-14/"),
        (f"{plain('P580', '2011-06-22')} ; pq:P1480 wd:Q5727902", "2011-06-22~/"),
        (f"{plain('P580', '2011-06-22')} ; a wdno:P582", "2011-06-22/.."),
        (f"{plain('P580', '2011-06-22')} ; pq:P582 _:somevalue", "2011-06-22/"),
    ],
)
def test_dates_of_statements_are_as_fine_as_their_precision(qualifiers: str, interval: str, tmp_path: Path) -> None:
    graph = loaded(tmp_path, STATEMENT.format(qualifiers))
    assert [tie.interval.text for tie in graph.relationships.values()] == [interval]
    assert "http://e.example/s" in graph.relationships
    assert warnings(graph) == []


def test_date_that_is_known_to_the_century_only_is_left_out_with_a_warning(tmp_path: Path) -> None:
    graph = loaded(tmp_path, STATEMENT.format(f"{plain('P580', '2001-01-01')} ; {value('P580', '2001-01-01', 7)}"))
    assert [tie.interval.text for tie in graph.relationships.values()] == [""]
    assert "of precision 7, a century or less" in warnings(graph)[0]


def test_point_in_time_is_an_observation_and_a_proportion_a_share(tmp_path: Path) -> None:
    text = 'wd:Q1 p:P127 e:o . e:o ps:P127 wd:Q3 ; pq:P1107 0.125 ; pq:P585 "2012-03-04T00:00:00Z"^^xsd:dateTime ; pq:P1545 "1" .'
    graph = loaded(tmp_path, ITEMS + text)
    (tie,) = graph.relationships.values()
    assert str(tie.share) == "12.5"
    assert [str(day) for day in tie.interval.observed] == ["2012-03-04"]
    assert unread(graph) == {"P1545": 1}
    bad = loaded(tmp_path, ITEMS + "wd:Q1 p:P127 e:o . e:o ps:P127 wd:Q3 ; pq:P1107 12.5 .")
    assert [tie.share for tie in bad.relationships.values()] == [None]
    assert "has '12.5' as a proportion (P1107), which is none" in warnings(bad)[0]


REFERENCES = """wikibase:rank wikibase:NormalRank ; prov:wasDerivedFrom e:r1, e:r2, e:r3 .
e:r1 a wikibase:Reference ; pr:P854 <https://news.example/ann> ; pr:P1476 "Ann joins Acme"@en ; pr:P123 e:paper ;
  pr:P813 "2020-03-04T00:00:00Z"^^xsd:dateTime ; pr:P577 "2011-06-30T00:00:00Z"^^xsd:dateTime .
e:paper rdfs:label "The Example" .
e:r2 a wikibase:Reference ; pr:P248 wd:Q9 . wd:Q9 rdfs:label "Who is who"@en .
e:r3 a wikibase:Reference ; pr:P143 wd:Q328"""


def test_references_are_the_sources_and_reported_unless_one_is_known_to_be_on_record(tmp_path: Path) -> None:
    graph = loaded(tmp_path, STATEMENT.format(REFERENCES))
    (tie,) = graph.relationships.values()
    sources = {claim.source: graph.sources[claim.source] for claim in tie.claims}
    assert set(sources) == {"https://news.example/ann", "source/work-Q9"}
    news = sources["https://news.example/ann"]
    assert (news.title, news.publisher, news.url) == ("Ann joins Acme", "The Example", "https://news.example/ann")
    assert (str(news.published), str(news.retrieved)) == ("2011-06-30", "2020-03-04")
    assert sources["source/work-Q9"].title == "Who is who"
    assert (tie.status, tie.independent_sources) == ("REPORTED", 2)
    assert unread(graph) == {"P143": 1}
    ours = "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix il: <https://interlock.example/ns#> .\n"
    ours += '<https://news.example/ann> a il:Source ; dcterms:title "Form 4" ; il:tier "P" .'
    (tmp_path / "ours.trig").write_text(ours, encoding="utf-8")
    (tie,) = load(tmp_path).relationships.values()
    assert {claim.source: claim.status.value for claim in tie.claims} == {
        "https://news.example/ann": "CONFIRMED",
        "source/work-Q9": "REPORTED",
    }
    assert tie.status == "CONFIRMED"


def test_statement_of_deprecated_rank_was_taken_back(tmp_path: Path) -> None:
    graph = loaded(tmp_path, STATEMENT.format("wikibase:rank wikibase:DeprecatedRank"))
    (tie,) = graph.relationships.values()
    assert tie.status == "RETRACTED"


def test_chairperson_of_what_is_no_company_holds_a_position(tmp_path: Path) -> None:
    text = "wd:Q1 p:P488 e:s1 . e:s1 ps:P488 wd:Q2 . wd:Q3 p:P488 e:s2 . e:s2 ps:P488 wd:Q2 ."
    assert told(loaded(tmp_path, ITEMS + text)) == [
        "Ann Example | BOARD_SEAT chair of the board | Acme",
        "Ann Example | POSITION (chairperson) | Big",
    ]


def test_position_held_is_read_where_it_is_said_of_what(tmp_path: Path) -> None:
    text = 'wd:Q2 p:P39 e:s1, e:s2 . e:s1 ps:P39 wd:Q8 ; pq:P642 wd:Q3 . e:s2 ps:P39 wd:Q7 . wd:Q8 rdfs:label "Treasurer"@en .'
    graph = loaded(tmp_path, ITEMS + text)
    assert told(graph) == ["Ann Example | POSITION (Treasurer) | Big"]
    assert unread(graph) == {"P39": 1}


def test_item_has_its_identifiers_and_names_in_english_first(tmp_path: Path) -> None:
    text = """
    wd:Q1 rdfs:label "ACME SE"@de ; skos:altLabel "Acme Inc."@en ; wdt:P5531 "0000000042" ; wdt:P1320 "us_de/42" ; wdt:P1278 "none" ;
      wdt:P571 "1998-01-01T00:00:00Z"^^xsd:dateTime .
    """
    graph = loaded(tmp_path, ITEMS + text)
    acme = graph.entities["http://www.wikidata.org/entity/Q1"]
    assert (acme.name, acme.aliases) == ("Acme", ("ACME SE", "Acme Inc."))
    assert acme.identifiers == ("cik:42", "opencorporates:us_de/42", "wikidata:Q1")
    assert acme.iri not in acme.same_as
    assert acme.interval is not None
    assert acme.interval.text == "1998/"
    assert "has the identifier 'lei:none', which is none of that scheme" in warnings(graph)[0]
