"""The questions that the shipped graph was made for, and what must come out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from harness import PATIENT
from interlock.graph import Engine, load
from interlock.graph.dates import parse_date
from interlock.graph.errors import AmbiguousEntity, UnknownEntity
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.intervals import Certainty, parse_window
from interlock.graph.model import EntityKind, RelationshipKind, Status
from interlock.graph.narrate import path_sentence, sentence
from interlock.graph.question import Path, PathQuestion
from interlock.graph.report import share_of_largest_part
from interlock.schema import Context, build_schema

ENGINE = Engine(load(), PATIENT)
SCHEMA = build_schema()
CHANGED = ("original organization", "resulting organization")


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
    with pytest.raises(AmbiguousEntity) as mark:
        ENGINE.entity("Mark")
    assert {"Mark Zuckerberg", "Mark Hurd", "Mark Parker"} <= {entity.name for entity in mark.value.entities}


@pytest.mark.parametrize(("date", "held"), [("2010-12", "CERTAIN"), ("2013", "POSSIBLE"), ("2024", "POSSIBLE")])
def test_gordon_surely_sat_on_amazons_board_when_he_was_seen_to_and_possibly_after(date: str, held: str) -> None:
    document = """query ($date: PartialDate) { paths(from: "Bing Gordon", to: "Amazon", filter: {relationships: {asOf: $date}}) {
      nodes { sentence hops { heldThen } } } }"""
    path = queried(document, date=date)["paths"]["nodes"][0]
    assert path["hops"][0]["heldThen"] == held
    assert "observed 2010-12-17" in path["sentence"]


@pytest.mark.parametrize(("date", "held"), [("2012-10", "CERTAIN"), ("2013", "CERTAIN"), ("2014", "CERTAIN")])
def test_ballmer_headed_microsoft_until_february_2014(date: str, held: str) -> None:
    document = """query ($date: PartialDate) { paths(from: "Steve Ballmer", to: "Microsoft", filter: {
      relationships: {asOf: $date, kinds: [POSITION]}}) { nodes { sentence hops { heldThen } } } }"""
    (path,) = queried(document, date=date)["paths"]["nodes"]
    assert path["hops"][0]["heldThen"] == held
    assert "2000 – 2014-02" in path["sentence"]


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
    (never,) = queried(document, **{"from": "Anthropic", "to": "Meta's board"})["paths"]["nodes"]
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
    for tie in ENGINE.graph.relationships.values():
        told = sentence(ENGINE.graph, tie)
        assert told.endswith(".")
        assert "  " not in told
        said = re.sub(r"\([^()]*\)", "", told)
        assert (tie.status is Status.CONFIRMED) is not any(word in said for word in ("alleges", "allege that", "report", "contradict"))


def joins(start: str, end: str, when: str = "") -> dict[str, Path]:
    """Whom the paths of two hops go through, by name."""
    window = {"as_of": parse_date(when)} if when else {}
    ends = [ENGINE.entity(name) for name in (start, end)]
    question = PathQuestion(*ends, PathFilter(RelationshipFilter(**window)), k=100, max_hops=2)  # type: ignore[arg-type]
    return {path.entities[1].name: path for path in ENGINE.paths(question).paths if len(path.hops) == 2}


SHARED_2008 = {"Eric Schmidt", "Arthur Levinson"}
INQUIRY = "FTC inquiry into Apple-Google shared directors"


@pytest.mark.parametrize("company", ["Google", "Alphabet"])
def test_apple_and_google_shared_two_directors_in_2008_and_none_in_2012(company: str) -> None:
    then = joins("Apple", company, "2008")
    assert set(then) >= SHARED_2008
    for name in SHARED_2008:
        assert all(hop.held is Certainty.CERTAIN and hop.relationship.kind is RelationshipKind.BOARD_SEAT for hop in then[name].hops)
    assert INQUIRY not in then
    assert not SHARED_2008 & set(joins("Apple", company, "2012"))
    assert INQUIRY in joins("Apple", "Google")


@pytest.mark.parametrize(
    ("start", "end", "when", "through"),
    [
        ("Amazon", "Google", "2009", "John Doerr"),
        ("Disney", "Apple", "", "Bob Iger"),
        ("Disney", "Apple", "2018", "Bob Iger"),
        ("Oracle", "Tesla", "2020", "Larry Ellison"),
        ("Microsoft", "OpenAI", "", "Reid Hoffman"),
        ("Microsoft", "OpenAI", "", "Microsoft–OpenAI agreement (July 2019)"),
        ("Microsoft", "OpenAI", "", "Microsoft–OpenAI agreement (January 2023)"),
        ("Microsoft", "OpenAI", "", "Microsoft–OpenAI agreement (October 2025)"),
        ("Twitter", "Salesforce", "", "Bret Taylor"),
        ("Netflix", "Spotify", "", "Ted Sarandos"),
        ("Microsoft", "Netflix", "2011", "Reed Hastings"),
        ("Microsoft", "Netflix", "2022-08", "Netflix–Microsoft advertising partnership"),
        ("Anthropic", "Netflix", "", "Reed Hastings"),
        ("Meta", "Disney", "", "Sheryl Sandberg"),
    ],
)
def test_two_are_joined_by(start: str, end: str, when: str, through: str) -> None:
    assert through in joins(start, end, when)


@pytest.mark.parametrize(
    ("start", "end", "when", "through"),
    [
        ("Disney", "Apple", "2024", "Bob Iger"),
        ("Disney", "Apple", "2024", "Steve Jobs"),
        ("Microsoft", "OpenAI", "2018", "Microsoft–OpenAI agreement (July 2019)"),
        ("Microsoft", "Netflix", "2014", "Reed Hastings"),
    ],
)
def test_two_are_not_joined_then_by(start: str, end: str, when: str, through: str) -> None:
    assert through not in joins(start, end, when)


def test_openai_had_an_observer_from_microsoft_who_held_no_seat() -> None:
    observers = [tie for tie in ENGINE.graph.ties("entity/openai") if tie.role == "board observer"]
    assert {tie.source for tie in observers} >= {"entity/microsoft"}
    assert not [tie for tie in observers if tie.kind is RelationshipKind.BOARD_SEAT]


@pytest.mark.parametrize(
    ("case", "said"),
    [("EU Google AdSense case", "annulled"), ("EU Google Android case", "reduced"), ("EU Google Shopping case", "final")],
)
def test_fine_on_google_is_never_told_without_what_became_of_it(case: str, said: str) -> None:
    action = ENGINE.entity(case)
    fined = [tie for tie in ENGINE.graph.ties(action.id) if tie.source == "entity/google"]
    assert fined
    assert all(said in sentence(ENGINE.graph, tie).casefold() for tie in fined)


@pytest.mark.parametrize(("start", "end", "day"), [("Adobe", "Figma", "2023-12"), ("Nvidia", "Arm", "2022-02-08")])
def test_deal_that_was_abandoned_is_an_agreement_and_no_acquisition(start: str, end: str, day: str) -> None:
    between = joins(start, end)
    (deal,) = [path.entities[1] for path in between.values() if path.entities[1].abandoned]
    assert deal.kind is EntityKind.AGREEMENT
    assert deal.abandoned is not None
    assert deal.abandoned.text.startswith(day)
    assert "bandoned" in path_sentence(ENGINE.graph, between[deal.name])
    assert not [tie for tie in ENGINE.graph.ties(ENGINE.entity(end).id) if tie.kind is RelationshipKind.ACQUISITION and tie.source == start]


def test_founders_of_paypal_are_told_with_what_they_founded_and_funded_next() -> None:
    graph = ENGINE.graph
    founders = {tie.source for tie in graph.ties("entity/paypal") if tie.kind is RelationshipKind.FOUNDING}
    for company in ("entity/confinity", "entity/x-com"):
        founders |= {tie.source for tie in graph.ties(company) if tie.kind is RelationshipKind.FOUNDING and tie.target == company}
    made = (RelationshipKind.FOUNDING, RelationshipKind.INVESTMENT)
    next_ones = {(tie.source, tie.target): tie for one in founders for tie in graph.ties(one) if tie.source == one and tie.kind in made}
    assert ("entity/peter-thiel", "entity/palantir") in next_ones
    assert ("entity/elon-musk", "entity/spacex") in next_ones
    assert all(tie.claims for tie in next_ones.values())


def test_google_became_a_subsidiary_with_its_own_board_until_then() -> None:
    change = ENGINE.entity("Reorganization of Google under Alphabet (2015)")
    assert (change.came_from, change.went_into) == (("entity/google",), ("entity/alphabet",))
    then = parse_date("2015")
    ends = [tie.interval.end for tie in ENGINE.graph.seats("entity/google") if tie.interval.end]
    starts = [tie.interval.start for tie in ENGINE.graph.seats("entity/alphabet") if tie.interval.start]
    assert max(end.first for end in ends) <= then.last
    assert min(start.last for start in starts) >= then.first


def test_changes_of_organizations_are_told_by_those_who_were_changed() -> None:
    for change in ENGINE.graph.changes:
        by_role = {role: {tie.source for tie in ENGINE.graph.ties(change.id) if tie.role == role} for role in CHANGED}
        assert by_role == {"original organization": set(change.came_from), "resulting organization": set(change.went_into)}


def test_nine_of_ten_entities_hang_together() -> None:
    assert share_of_largest_part(ENGINE.graph) >= 0.9


def test_no_current_relationship_is_told_of_those_whose_end_was_not_seen() -> None:
    lasting = (RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION, RelationshipKind.PERSONAL)
    today = parse_window("2026-11-24")
    ties = [tie for tie in ENGINE.graph.relationships.values() if tie.kind not in lasting]
    assert [tie.id for tie in ties if tie.interval.overlap(today) is Certainty.CERTAIN] == []
