from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from harness import claim, entity, graph, tie
from interlock.graph.dates import parse_date
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.intervals import parse_interval
from interlock.graph.model import Amount, Claim, Relationship, Source, Status
from interlock.graph.narrate import entity_label, path_sentence, possessive, sentence, when
from interlock.graph.paths import find_paths
from interlock.graph.question import PathQuestion

TIMES = Source("source/times", "https://example.org/times", "The Times", publisher="The Times")
RECORD = Source("source/record", "https://example.org/record", "The docket", publisher="The court")
ENTITIES = [
    entity("Reed Hastings", "PERSON"),
    entity("Netflix"),
    entity("Meta"),
    entity("Board of Meta", "BOARD", unit_of="meta"),
    entity("Inbox API", "AGREEMENT"),
    entity("Advertiser class", "ORGANIZATION"),
]
SEAT = replace(
    tie("reed-hastings", "meta", "2011-06/2019-05-30", kind="BOARD_SEAT"),
    label="held a seat on the board of",
    inverse_label="had on its board",
)
FOUNDING = replace(tie("reed-hastings", "netflix", kind="FOUNDING"), label="co-founded", inverse_label="was co-founded by")
FOUNDING = replace(FOUNDING, interval=tie("a", "b", "1997").interval.lasting())


def party(status: str, *claims: Claim) -> Relationship:
    made = claims or (claim(1, status, stated_by="advertiser-class"),)
    return replace(
        tie("netflix", "inbox-api", kind="PARTY", observed=["2013"], claims=made, sources=[TIMES, RECORD]),
        label="was a party to",
        inverse_label="had as a party",
        status=Status(status),
    )


GRAPH = graph(SEAT, FOUNDING, party("ALLEGED"), entities=ENTITIES, sources=[TIMES, RECORD])
DENIAL = claim(2, "DISPUTED", "CONTRADICTS", stated_by="meta")
AGAINST = claim(3, "CONFIRMED", "CONTRADICTS", source="source/record")


@pytest.mark.parametrize(
    ("relationship", "said"),
    [
        (SEAT, "Reed Hastings held a seat on Meta's board (2011-06 – 2019-05-30)."),
        (FOUNDING, "Reed Hastings co-founded Netflix (1997)."),
        (party("ALLEGED"), "Advertiser class alleges that Netflix was a party to Inbox API (observed 2013)."),
        (party("ALLEGED", claim(1, "ALLEGED")), "The Times alleges that Netflix was a party to Inbox API (observed 2013)."),
        (party("REPORTED"), "Netflix is reported to have been a party to Inbox API (observed 2013)."),
        (
            party("DISPUTED", claim(1, "ALLEGED", stated_by="advertiser-class"), DENIAL),
            "Advertiser class alleges that Netflix was a party to Inbox API (observed 2013); Meta contradicts this.",
        ),
        (
            party("DISPUTED", claim(1, "REPORTED"), DENIAL, AGAINST),
            "The Times reports that Netflix was a party to Inbox API (observed 2013); Meta and The court contradict this.",
        ),
        (
            party("DISPUTED", claim(1, "DISPUTED")),
            "The Times alleges that Netflix was a party to Inbox API (observed 2013); others dispute this.",
        ),
        (
            party("DISPUTED", DENIAL),
            "Nobody says that Netflix was a party to Inbox API (observed 2013); Meta contradicts this.",
        ),
        (
            party("DISMISSED", claim(1, "ALLEGED", stated_by="advertiser-class"), claim(4, "DISMISSED", "CONTRADICTS")),
            "Advertiser class alleged that Netflix was a party to Inbox API (observed 2013); this was dismissed.",
        ),
        (party("RETRACTED"), "Advertiser class alleged that Netflix was a party to Inbox API (observed 2013); this was retracted."),
    ],
)
def test_sentence_has_a_verb_that_follows_the_status(relationship: Relationship, said: str) -> None:
    assert sentence(GRAPH, relationship) == said


@pytest.mark.parametrize(
    ("during", "observed", "said"),
    [
        ("2011/2014", [], "2011 – 2014"),
        ("2020-02/", [], "from 2020-02, end unknown"),
        ("2020/..", [], "since 2020"),
        ("/2018-03-08", [], "until 2018-03-08"),
        ("2012", [], "2012"),
        ("", ["2012-10-09"], "observed 2012-10-09"),
        ("2010/", ["2012", "2014-06"], "from 2010, end unknown, observed 2012 to 2014-06"),
        ("2011/2014", ["2012"], "2011 – 2014"),
        ("2011~/2013?", [], "about 2011 – perhaps 2013"),
        ("", ["2023~"], "observed about 2023"),
        ("", ["2018-01", "2018-01-12"], "observed 2018-01-12"),
        ("2018%", [], "perhaps about 2018"),
        ("", [], "dates unknown"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(during: str, observed: list[str], said: str) -> None:
    assert when(tie("netflix", "meta", during, observed=observed)) == said


def test_sentence_tells_title_side_share_and_money() -> None:
    told = replace(
        SEAT,
        title="chair of the audit committee",
        side="plaintiffs",
        share=Decimal("1.60"),
        amounts=(Amount(Decimal(19_000_000_000), "USD", "announced"), Amount(Decimal("0.5"), "EUR")),
    )
    assert sentence(GRAPH, told) == (
        "Reed Hastings held a seat on Meta's board (chair of the audit committee; for the plaintiffs; 1.6 %; "
        "USD 19,000,000,000 [announced]; EUR 0.5; 2011-06 – 2019-05-30)."
    )


def test_path_is_told_in_one_sentence() -> None:
    (path,) = find_paths(GRAPH, PathQuestion(GRAPH.entities["netflix"], GRAPH.entities["board-of-meta"])).paths
    assert (
        path_sentence(GRAPH, path)
        == "Netflix was co-founded by Reed Hastings (1997), who held a seat on Meta's board (2011-06 – 2019-05-30)."
    )


def test_path_from_a_board_begins_with_its_company() -> None:
    (path,) = find_paths(GRAPH, PathQuestion(GRAPH.entities["board-of-meta"], GRAPH.entities["netflix"])).paths
    assert path_sentence(GRAPH, path) == "Meta had on its board Reed Hastings (2011-06 – 2019-05-30), who co-founded Netflix (1997)."


def test_path_hedges_what_is_alleged_and_says_what_is_not_certain_then() -> None:
    conditions = PathFilter(RelationshipFilter(as_of=parse_date("2015")))
    (path,) = find_paths(GRAPH, PathQuestion(GRAPH.entities["inbox-api"], GRAPH.entities["meta"], conditions)).paths
    told = path_sentence(GRAPH, path)
    assert told.startswith(
        "Inbox API allegedly had as a party Netflix (observed 2013; alleged; not certain at the time asked about), which "
    )
    assert told.endswith("who held a seat on Meta's board (2011-06 – 2019-05-30).")


def test_board_is_called_by_its_company() -> None:
    assert entity_label(GRAPH, GRAPH.entities["board-of-meta"]) == "Meta's board"
    assert possessive("Meta Platforms") == "Meta Platforms'"


def test_what_became_of_a_case_is_told_wherever_it_is_shown() -> None:
    fine = entity("Fine", "REGULATORY_ACTION", outcome="Annulled by the General Court on 18 September 2024.")
    on = graph(
        replace(tie("netflix", "fine", "2019", kind="PARTY"), label="was the respondent in", inverse_label="was directed at"),
        replace(tie("meta", "fine", "2019", kind="PARTY"), label="was the respondent in", inverse_label="was directed at"),
        entities=[*ENTITIES, fine],
    )
    told = "outcome: Annulled by the General Court on 18 September 2024)"
    assert all(sentence(on, each).endswith(f"{told}.") for each in on.relationships.values())
    (path,) = find_paths(on, PathQuestion(on.entities["netflix"], on.entities["meta"])).paths
    assert path_sentence(on, path).count(told) == 1
    (direct,) = find_paths(on, PathQuestion(on.entities["fine"], on.entities["meta"])).paths
    assert path_sentence(on, direct).count(told) == 1


def test_what_became_of_anybody_is_told_by_what_they_are() -> None:
    ends = (entity("Netflix", outcome="Merged."), entity("Inbox API", "AGREEMENT", outcome="Ended."))
    on = graph(tie("netflix", "inbox-api", "2013", kind="PARTY"), entities=ends)
    (told,) = (sentence(on, each) for each in on.relationships.values())
    assert told.endswith("(2013; outcome of the company: Merged; outcome of the agreement: Ended).")


def test_dates_that_sources_disagree_about_are_both_told() -> None:
    said = (claim(1, interval=parse_interval("2011-11/2019")), claim(2, interval=parse_interval("2012/2019-09-10")), claim(3))
    seat = tie("reed-hastings", "meta", "2011-11/2019-09-10", kind="BOARD_SEAT", claims=said)
    seat = replace(seat, label="held a seat on the board of", inverse_label="had on its board")
    assert sentence(graph(seat, entities=ENTITIES), seat) == (
        "Reed Hastings held a seat on Meta's board (2011-11 – 2019-09-10; by others 2012 – 2019-09-10)."
    )


def test_what_was_only_announced_is_told_as_that() -> None:
    told = [parse_date("2026-04-20")]
    chair = tie("reed-hastings", "meta", kind="BOARD_SEAT")
    assert when(replace(chair, interval=parse_interval("2026-09-01?/").announced_by(told))) == "from 2026-09-01 as announced, end unknown"
    assert when(replace(chair, interval=parse_interval("2011/2026-09-01?").announced_by(told))) == "2011 – 2026-09-01 as announced"
