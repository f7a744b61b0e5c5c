from __future__ import annotations

from pathlib import Path

import pytest
from networkx import NetworkXError

from interlock.graph import DataError, load
from interlock.graph.intervals import Certainty, parse_window
from interlock.graph.loading import check
from interlock.graph.model import RelationshipKind, Status

PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix claim: <https://interlock.example/claim/> .
@prefix entity: <https://interlock.example/entity/> .
@prefix il: <https://interlock.example/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rel: <https://interlock.example/relationship/> .
@prefix role: <https://interlock.example/role/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://interlock.example/source/> .
"""

GOOD = (
    PREFIXES
    + """
entity:ann a schema:Person ; schema:name "Ann" .
entity:acme a schema:Corporation ; schema:name "Acme" ; skos:altLabel "Acme, Inc." ; dcterms:identifier "cik:42" .
rel:ann-acme a il:BoardSeat ; org:member entity:ann ; org:organization entity:acme ; org:role role:director ; il:during "2011/2015" .
source:filing a il:Source ; dcterms:title "A filing" ; dcterms:publisher "SEC" ; dcterms:issued "2012" .
source:filing { claim:1 a il:Claim ; il:supports rel:ann-acme ; il:status il:confirmed ; il:observed "2012-10-09" . }
"""
)

BAD = {
    "says nothing": (PREFIXES, "", "", "says nothing"),
    "no syntax": (GOOD, 'schema:name "Ann"', 'schema:name "Ann', "13"),
    "unknown prefix": (GOOD, "a schema:Person", "a nowhere:Person", "nowhere"),
    "dangling company": (GOOD, "org:organization entity:acme", "org:organization entity:acne", "rel:ann-acme: refers to entity/acne"),
    "no such relationship": (GOOD, "il:supports rel:ann-acme", "il:supports rel:ann-acne", "claim:1: speaks of relationship/ann-acne"),
    "no such source": (GOOD, "source:filing {", "source:filling {", "source:filling, which is not described"),
    "no such role": (GOOD, "role:director", "role:dictator", "role:dictator, which is not defined"),
    "two relationships with one IRI": (
        GOOD,
        "entity:acme a",
        'rel:ann-acme a il:BoardSeat ; org:member entity:ann ; org:organization entity:acme ; il:during "2020/2021" .\nentity:acme a',
        "rel:ann-acme: has 2 values of il:during",
    ),
    "one IRI for a person and a company": (
        GOOD,
        "entity:acme a",
        "entity:ann a schema:Corporation .\nentity:acme a",
        "entity:ann: has several types",
    ),
    "month 13": (GOOD, '"2011/2015"', '"2011-13/2015"', "no month 13"),
    "end before start": (GOOD, '"2011/2015"', '"2015/2011"', "ends before it starts"),
    "observed outside": (GOOD, '"2012-10-09"', '"2016"', "observed on 2016, outside '2011/2015'"),
    "no claim": (GOOD, "il:supports rel:ann-acme ;", "", "has no claim"),
    "claim outside a graph": (GOOD, "source:filing {", "{", "not in the named graph of one source"),
    "two stances": (
        GOOD,
        "il:supports rel:ann-acme",
        "il:supports rel:ann-acme ; il:contradicts rel:ann-acme",
        "speaks of 2 relationships",
    ),
    "no status": (GOOD, "il:status il:confirmed", "il:status il:sure", "no il:status that is known"),
    "misspelt property": (GOOD, "il:during", "il:durring", "Did you mean il:during?"),
    "unknown type": (GOOD, "a schema:Person", "a schema:Dog", "a type that isn't known: schema:Dog"),
    "no type": (GOOD, "entity:ann a schema:Person ;", "entity:ann", "has no type"),
    "no name": (GOOD, 'schema:name "Ann"', 'schema:alternateName "Ann"', "entity:ann: has no schema:name"),
    "wrong end": (GOOD, "org:member entity:ann", "org:member entity:acme", "COMPANY entity/acme as org:member"),
    "board of nothing": (GOOD, "entity:acme a", 'entity:b a il:Board ; schema:name "B" .\nentity:acme a', "board of nothing"),
    "attributed to nobody": (
        GOOD,
        "il:status il:confirmed",
        "il:status il:confirmed ; prov:wasAttributedTo entity:bob",
        "attributed to entity/bob",
    ),
    "script as a link": (GOOD, 'dcterms:publisher "SEC"', "schema:url <javascript:alert(1)>", "only http and https"),
    "resting on nothing": (GOOD, 'dcterms:publisher "SEC"', "prov:hadPrimarySource source:x", "rests on source/x"),
}


def written(tmp_path: Path, text: str, name: str = "data.trig") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_file_becomes_a_graph(tmp_path: Path) -> None:
    graph = load(written(tmp_path, GOOD))
    (seat,) = graph.relationships.values()
    assert (seat.id, seat.kind, seat.status) == ("relationship/ann-acme", RelationshipKind.BOARD_SEAT, Status.CONFIRMED)
    assert (seat.label, seat.inverse_label) == ("held a seat on the board of", "had on its board")
    assert [day.text for day in seat.interval.observed] == ["2012-10-09"]
    assert seat.interval.overlap(parse_window("2012-10-09")) is Certainty.CERTAIN
    assert graph.entities["entity/acme"].same_as[0].endswith("CIK=42")
    assert list(graph.edges(keys=True)) == [("entity/ann", "entity/acme", "relationship/ann-acme")]
    assert graph.nodes["entity/ann"]["kind"] == "PERSON"


def test_company_with_a_seat_has_a_board_even_if_it_is_not_spelt_out(tmp_path: Path) -> None:
    board = load(written(tmp_path, GOOD)).board_of("entity/acme")
    assert board is not None
    assert (board.name, board.unit_of) == ("Board of Acme", "entity/acme")


def test_graph_is_read_only_and_its_copy_is_not(tmp_path: Path) -> None:
    graph = load(written(tmp_path, GOOD))
    with pytest.raises(NetworkXError, match="Frozen"):
        graph.add_node("x")
    copy = graph.copy()
    copy.add_node("x")
    assert "x" in copy
    assert "x" not in graph


@pytest.mark.parametrize("case", BAD)
def test_bad_file_is_refused_with_its_place_and_the_way_out(case: str, tmp_path: Path) -> None:
    text, old, new, message = BAD[case]
    assert not old or old in text
    path = written(tmp_path, text.replace(old, new, 1) if old else text)
    with pytest.raises(DataError) as raised:
        load(path)
    assert any(message in str(problem) for problem in raised.value.problems), str(raised.value)
    assert all(problem.file == str(path) for problem in raised.value.problems)


def test_bad_file_tells_all_its_faults_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = GOOD.replace('schema:name "Ann"', 'schema:description "Ann"').replace('"2011/2015"', '"2011-13"')
    with pytest.raises(DataError) as raised:
        load(written(tmp_path, text))
    lines = text.splitlines()
    places = {problem.subject: lines[problem.line - 1].split()[0] for problem in raised.value.problems}
    assert places == {"entity:ann": "entity:ann", "rel:ann-acme": "rel:ann-acme"}


def test_malformed_file_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load(written(tmp_path, PREFIXES + "\nentity:ann a schema:Person .\nentity:bob schema:Person .\n"))
    assert raised.value.problems[0].line == 14


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("data.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "document type"),
        ("data.xyz", "", "not a file that can be read"),
        ("data.jsonld", '{"@context": "https://example.org/context.jsonld", "@id": "x", "name": "y"}', "put the context into the file"),
    ],
)
def test_file_that_would_fetch_or_is_of_no_known_kind_is_refused(name: str, text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=message):
        load(written(tmp_path, text, name))


def test_path_that_is_missing_or_has_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        load(tmp_path / "nothing.trig")
    with pytest.raises(DataError, match="no RDF file"):
        load(tmp_path)


def test_version_is_of_the_content_and_not_of_how_it_is_written(tmp_path: Path) -> None:
    one = load(written(tmp_path, GOOD)).version
    lines = GOOD.removeprefix(PREFIXES).strip().splitlines()
    shuffled = (
        PREFIXES + "\n# said otherwise\n" + "\n\n".join(reversed(lines)).replace("entity:ann", "<https://interlock.example/entity/ann>")
    )
    assert load(written(tmp_path, shuffled, "other.trig")).version == one
    assert load(written(tmp_path, GOOD.replace('"Ann"', '"Anne"'), "third.trig")).version != one


def test_check_finds_what_only_the_shapes_refuse(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace('"cik:42"', '"cik 42"'))
    load(path)
    with pytest.raises(DataError, match="entity:acme"):
        check(path)


# --- what is implied

CASE = (
    PREFIXES
    + """
entity:ann a schema:Person ; schema:name "Ann" .
entity:acme a schema:Corporation ; schema:name "Acme" .
entity:case a il:Lawsuit ; schema:name "Ann v. Acme" ; il:fileDate "2020-12-03" ; il:closeDate "2022" .
entity:ruling a schema:Event ; schema:name "Ruling" ; il:during "2021-06-01" .
source:s a il:Source ; dcterms:title "S" .
rel:founding a il:Founding ; il:founder entity:ann ; il:founded entity:acme ; il:during "1997" .
rel:plaintiff a il:PartyRole ; il:party entity:ann ; il:partyTo entity:case ; org:role role:plaintiff .
rel:defendant a il:PartyRole ; il:party entity:acme ; il:partyTo entity:case ; org:role role:defendant .
rel:ruling a il:Association ; il:subject entity:ruling ; il:object entity:case ; org:role role:ruling .
source:s {
  claim:1 a il:Claim ; il:supports rel:founding ; il:status il:confirmed .
  claim:2 a il:Claim ; il:supports rel:plaintiff ; il:status il:confirmed .
  claim:3 a il:Claim ; il:supports rel:defendant ; il:status il:confirmed ; il:observed "2021" .
  claim:4 a il:Claim ; il:supports rel:ruling ; il:status il:confirmed .
}
"""
)


def test_founding_lasts_from_its_date_on_and_a_party_as_long_as_its_case(tmp_path: Path) -> None:
    graph = load(written(tmp_path, CASE))
    intervals = {key.removeprefix("relationship/"): tie.interval for key, tie in graph.relationships.items()}
    assert intervals["founding"].text == "1997/.."
    assert intervals["plaintiff"].text == "2020-12-03/2022"
    assert intervals["ruling"].text == "2021-06-01"
    assert intervals["defendant"].text == ""
    assert intervals["defendant"].overlap(parse_window("2020")) is Certainty.POSSIBLE
