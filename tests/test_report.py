from __future__ import annotations

from dataclasses import replace

from harness import DEFAULT_SOURCE, claim, entity, graph, tie
from interlock.graph.intervals import parse_interval
from interlock.graph.model import Source
from interlock.graph.report import QUESTIONS, report, share_of_largest_part

RECORD = replace(DEFAULT_SOURCE, id="source/record", publisher="Court", tier="P")
POST = Source("source/post", "https://example.org/post", "The Post", publisher="The Post")
PEOPLE = [entity("ann", "PERSON"), entity("bob", "PERSON"), entity("eve", "PERSON")]


def found(question: str, *ties: object) -> list[str]:
    on = graph(*ties, entities=PEOPLE, sources=(DEFAULT_SOURCE, RECORD, POST))  # type: ignore[arg-type]
    return [finding.subject for finding in report(on) if finding.question == question]


def test_report_names_what_has_no_date() -> None:
    assert found("undated", tie("ann", "a", key="never"), tie("ann", "b", observed=["2012"]), tie("ann", "c", "/2012")) == ["never"]


def test_report_names_what_rests_on_one_source_that_is_no_record() -> None:
    ties = (tie("ann", "a", key="press"), tie("ann", "b", sources=[RECORD]), tie("ann", "c", sources=[DEFAULT_SOURCE, POST]))
    assert found("weak", *ties) == ["press"]


def test_report_names_what_sources_disagree_about() -> None:
    earlier, later = claim(1, interval=parse_interval("2011-11/")), claim(2, interval=parse_interval("2012/"))
    ties = (
        tie("ann", "a", "2011-11/", key="start", claims=[earlier, later]),
        tie("ann", "b", "2011-11/", claims=[earlier]),
        tie("ann", "c", key="denied", claims=[claim(1), claim(2, "DISPUTED", "CONTRADICTS")]),
    )
    assert found("conflicting", *ties) == ["denied", "start"]


def test_report_names_what_hangs_together_with_nothing_else() -> None:
    ties = (tie("ann", "a"), tie("bob", "a"), tie("eve", "z"))
    assert found("disconnected", *ties) == ["eve", "z"]
    assert share_of_largest_part(graph(*ties, entities=PEOPLE)) == 3 / 5


def test_report_names_who_surely_led_two_organizations_at_once() -> None:
    def led(person: str, company: str, during: str) -> object:
        return replace(tie(person, company, during, kind="POSITION"), role="chief executive officer")

    twice = (led("ann", "a", "2010/2015"), led("ann", "b", "2014/2016"))
    perhaps = (led("bob", "a", "2010/2015"), led("bob", "b", "2015/2016"))
    assert found("two posts", *twice, *perhaps) == ["ann"]


def test_report_names_seats_from_before_the_founding() -> None:
    ties = (
        tie("ann", "a", "2004", kind="FOUNDING"),
        tie("bob", "a", "2001/2010", kind="BOARD_SEAT", key="early"),
        tie("eve", "a", "2004/2010", kind="BOARD_SEAT"),
    )
    assert found("too early", *ties) == ["early"]


def test_report_of_what_is_in_order_is_empty() -> None:
    assert report(graph(tie("ann", "a", "2010", sources=[RECORD]), entities=PEOPLE[:1], sources=[RECORD])) == []
    assert len(QUESTIONS) == 6
