"""The questions that the shipped graph was made for, and what must come out."""

from __future__ import annotations

from typing import Any

import pytest

from harness import PATIENT
from interlock.graph import Engine, load
from interlock.graph.errors import AmbiguousEntity, UnknownEntity
from interlock.graph.model import EntityKind, RelationshipKind, Status
from interlock.graph.question import Path
from interlock.schema import Context, build_schema

ENGINE = Engine(load(), PATIENT)
SCHEMA = build_schema()


def asked(question: str) -> list[Path]:
    answer = ENGINE.ask(question).answer
    assert answer is not None, question
    return list(answer.paths)


def stops(path: Path) -> list[str]:
    return [entity.name for entity in path.entities]


def queried(document: str, **variables: Any) -> Any:
    result = SCHEMA.execute_sync(document, variable_values=variables, context_value=Context(ENGINE))
    assert not result.errors, result.errors
    return result.data


def test_netflix_is_connected_to_metas_board_by_reed_hastings() -> None:
    first = asked("How is Netflix connected to Meta's board?")[0]
    assert stops(first) == ["Netflix", "Reed Hastings", "Board of Meta"]
    assert first.status is Status.CONFIRMED
    founding, seat = (hop.relationship for hop in first.hops)
    assert (founding.kind, founding.role) == (RelationshipKind.FOUNDING, "co-founder")
    assert (seat.kind, seat.interval.text) == (RelationshipKind.BOARD_SEAT, "2011-06/2019-05-30")
    assert {source.publisher for source in first.sources} >= {"Axios", "The Hill", "The Hollywood Reporter"}
    assert (
        "co-founded by Reed Hastings (1997), who held a seat on Meta's board (2011-06 – 2019-05-30)"
        in ENGINE.ask("How is Netflix connected to Meta's board?").sentence
    )


def test_netflix_is_connected_in_the_same_way_in_2015_and_not_in_2024() -> None:
    assert stops(asked("How is Netflix connected to Meta's board in 2015?")[0]) == ["Netflix", "Reed Hastings", "Board of Meta"]
    later = asked("How is Netflix connected to Meta's board in 2024?")
    assert all(stops(path)[-2:] != ["Reed Hastings", "Board of Meta"] for path in later)
    nearer = ENGINE.ask("How is Netflix connected to Meta's board in 2024 within 3 hops?")
    assert nearer.answer is not None
    assert nearer.answer.no_path is not None
    ways = [(way.description, way.length) for way in nearer.answer.no_path.relaxations]
    assert ways == [("without asOf 2024", 2), ("2 more hops", 5)]
    assert "within 3 hops" in nearer.sentence
    assert "without asOf 2024 (2 hops)" in nearer.sentence


def test_netflix_and_meta_are_joined_by_the_agreements_that_the_letter_alleges() -> None:
    paths = asked("How are Netflix and Meta connected?")
    agreements = [path for path in paths if path.entities[1].kind is EntityKind.AGREEMENT and path.status is not Status.CONFIRMED]
    assert len(agreements) == 7
    assert {path.status for path in agreements} == {Status.ALLEGED, Status.DISPUTED}
    (inbox,) = [path for path in agreements if path.status is Status.DISPUTED]
    assert "Inbox API" in inbox.entities[1].name
    for hop in inbox.hops:
        assert "entity/meta" in {claim.stated_by for claim in hop.relationship.contradicting}


def test_netflix_and_meta_are_not_joined_by_what_is_alleged_if_only_what_is_confirmed_counts() -> None:
    paths = asked("How are Netflix and Meta connected, on the record only?")
    assert paths
    assert all(hop_tie.status is Status.CONFIRMED for path in paths for hop in path.hops for hop_tie in hop.parallel)


def test_dropbox_is_connected_to_metas_board_by_drew_houston_since_february_2020() -> None:
    first = asked("Who links Dropbox to Facebook's board?")[0]
    assert stops(first) == ["Dropbox", "Drew Houston", "Board of Meta"]
    assert first.hops[1].relationship.interval.text == "2020-02/"


@pytest.mark.parametrize(
    "name", ["Facebook", "facebook inc", "META PLATFORMS", "Meta", "Facebook, Inc.", "meta platforms, inc.", "cik:1326801"]
)
def test_meta_is_one_company_under_all_its_names(name: str) -> None:
    assert ENGINE.entity(name).id == "entity/meta"


def test_misspelt_name_is_unknown_and_a_given_name_of_several_ambiguous() -> None:
    with pytest.raises(UnknownEntity) as unknown:
        ENGINE.entity("Netflx")
    assert [entity.name for entity in unknown.value.entities] == ["Netflix"]
    with pytest.raises(UnknownEntity) as mark:
        ENGINE.entity("Mark")
    assert "Mark Zuckerberg" in str(mark.value)
    with pytest.raises(AmbiguousEntity) as john:
        ENGINE.entity("John")
    assert {entity.name for entity in john.value.entities} == {"John Arnold", "John Elkann", "John W. Thompson"}


@pytest.mark.parametrize(("date", "held"), [("2012-10", "CERTAIN"), ("2013", "POSSIBLE"), ("2024", "POSSIBLE")])
def test_ballmer_surely_headed_microsoft_when_he_was_seen_to_and_possibly_after(date: str, held: str) -> None:
    document = """query ($date: PartialDate) { paths(from: "Steve Ballmer", to: "Microsoft", filter: {relationships: {asOf: $date}}) {
      nodes { sentence hops { heldThen } } } }"""
    (path,) = queried(document, date=date)["paths"]["nodes"]
    assert path["hops"][0]["heldThen"] == held
    assert "observed 2012-10-09" in path["sentence"]


def test_lawsuit_shows_its_complaint_its_letter_and_the_articles_error() -> None:
    document = """{ entity(ref: "Klein v. Meta") { ... on Lawsuit { docketNumber court filed
      timeline { nodes { date { text } event relationship { id status source { name } sentence } } }
      parties { role side party { name } } } } }"""
    case = queried(document)["entity"]
    assert (case["docketNumber"], case["filed"]) == ("3:20-cv-08570-JD", "2020-12-03")
    told = {(node["date"]["text"], node["relationship"]["source"]["name"]): node["relationship"] for node in case["timeline"]["nodes"]}
    assert told["2020-12-03", "Complaint of 3 December 2020 in Klein v. Facebook"]["status"] == "CONFIRMED"
    assert told["2023-04-14", "Advertisers' letter on the Hastings subpoena"]["status"] == "CONFIRMED"
    wrong = told["2023-04", "Filing of the suit in April 2023 (the article's reading)"]
    assert wrong["status"] == "DISPUTED"
    assert "contradict this" in wrong["sentence"]
    counsel = {party["party"]["name"] for party in case["parties"] if party["side"] == "advertiser class" and "counsel" in party["role"]}
    assert counsel == {"Bathaee Dunne", "Scott+Scott", "Brian J. Dunne"}


def test_letter_is_by_the_advertisers_counsel_and_not_by_the_two_consumers() -> None:
    letter = ENGINE.entity("Advertisers' letter on the Hastings subpoena")
    ties = {tie.source: tie for tie in ENGINE.graph.ties(letter.id) if tie.target == letter.id and tie.kind is RelationshipKind.INVOLVEMENT}
    assert ties["entity/brian-j-dunne"].status is Status.CONFIRMED
    assert ties["entity/klein-v-meta-advertiser-class"].status is Status.CONFIRMED
    assert ties["entity/klein-v-meta-consumer-class"].status is Status.DISPUTED


def test_path_whose_hops_never_overlapped_was_impossible_and_with_partial_dates_possible() -> None:
    document = """query ($from: EntityRef!, $to: EntityRef!) { paths(from: $from, to: $to, selector: ANY_SHORTEST) {
      nodes { heldTogether { certainty interval { text } } } } }"""
    (never,) = queried(document, **{"from": "Anthropic", "to": "Microsoft"})["paths"]["nodes"]
    assert never["heldTogether"] == {"certainty": "IMPOSSIBLE", "interval": None}
    (surely,) = queried(document, **{"from": "Netflix", "to": "Meta's board"})["paths"]["nodes"]
    assert surely["heldTogether"] == {"certainty": "CERTAIN", "interval": {"text": "2011-06/2019-05-30"}}
    (maybe,) = queried(document, **{"from": "Walmart", "to": "Dell"})["paths"]["nodes"]
    assert maybe["heldTogether"]["certainty"] == "POSSIBLE"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How is Anthropic connected to Netflix?", ["Anthropic", "Reed Hastings", "Netflix"]),
        ("What links Netflix and Spotify?", ["Netflix", "Ted Sarandos", "Spotify"]),
        ("Who connects Disney and Meta?", ["The Walt Disney Company", "Sheryl Sandberg", "Meta"]),
        ("What connects UFC with Meta's board?", ["Ultimate Fighting Championship", "Dana White", "Board of Meta"]),
        ("how was microsoft connected to facebook in june 2011", ["Microsoft", "Meta"]),
        ("Is Cambridge Analytica linked to Facebook?", ["Cambridge Analytica", "Meta"]),
    ],
)
def test_question_has_its_answer(question: str, first: list[str]) -> None:
    assert stops(asked(question)[0]) == first


def test_every_sentence_of_the_graph_can_be_told() -> None:
    from interlock.graph.narrate import sentence

    for tie in ENGINE.graph.relationships.values():
        told = sentence(ENGINE.graph, tie)
        assert told.endswith(".")
        assert "  " not in told
        assert (tie.status is Status.CONFIRMED) is not any(word in told for word in ("alleges", "allege that", "report", "contradict"))
