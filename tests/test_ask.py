from __future__ import annotations

import pytest

from harness import entity, graph
from interlock.graph.ask import not_understood, understand
from interlock.graph.dates import today
from interlock.graph.errors import BadInput, InterlockError, UnknownEntity
from interlock.graph.model import EntityKind, Status
from interlock.graph.names import Names
from interlock.graph.question import PathQuestion

NAMES = Names(
    graph(
        entities=[
            entity("Netflix"),
            entity("Meta", "COMPANY", "Facebook"),
            entity("Board of Meta", "BOARD", unit_of="meta"),
            entity("Microsoft"),
            entity("Reed Hastings", "PERSON"),
            entity("Bill and Melinda Gates Foundation", "ORGANIZATION"),
        ]
    )
)


def read(text: str) -> PathQuestion:
    understood = understand(text, NAMES)
    assert understood is not None, text
    return understood.question


def ends(text: str) -> tuple[str, str]:
    question = read(text)
    return question.start.id, question.end.id


@pytest.mark.parametrize(
    "text",
    [
        "How is Netflix connected to Meta's board?",
        "how is netflix connected to meta's board",
        "HOW IS NETFLIX CONNECTED TO META'S BOARD???",
        "How are Netflix and Meta's board connected?",
        "How are Netflix and Meta's board connected to each other?",
        "How is Netflix related to the board of Meta?",
        "How was Netflix linked with Facebook's board?",
        "What connects Netflix and Meta's board?",
        "What links Netflix to Meta's board?",
        "What connects Netflix with Meta's board",
        "Is Netflix connected to Meta's board?",
        "Are Netflix and Meta's board related?",
        "Who connects Netflix and Meta's board?",
        "Who links Netflix to Facebook’s board?",
        "  Who   links Netflix to Meta's board  ?",
        "How's Netflix connected to Meta's board?",
        "What's the connection between Netflix and Meta's board?",
        "Is there any link between Netflix and Meta's board?",
        "Are there any ties between Netflix and Meta's board?",
        "How does Netflix relate to Meta's board?",
        "How do Netflix and Meta's board relate to each other?",
    ],
)
def test_question_is_understood_in_all_its_forms(text: str) -> None:
    assert ends(text) == ("netflix", "board-of-meta")


@pytest.mark.parametrize(
    ("addition", "as_of", "during"),
    [
        ("in 2015", "2015", None),
        ("as of 2012-10-09", "2012-10-09", None),
        ("in June 2011", "2011-06", None),
        ("on 22 June 2011", "2011-06-22", None),
        ("on June 22nd, 2011", "2011-06-22", None),
        ("on the 2012-10-09", None, None),
        ("before 2012", None, "../2011-12-31"),
        ("before June 2012", None, "../2012-05-31"),
        ("after 2012", None, "2013-01-01/.."),
        ("since 2019", None, "2019/.."),
        ("until 2014", None, "../2014"),
        ("between 2011 and 2014", None, "2011/2014"),
        ("from 2011 to 2014", None, "2011/2014"),
        ("in 2011-2014", None, "2011/2014"),
        ("back in the year 2015", "2015", None),
        ("today", today().text, None),
        ("now", today().text, None),
    ],
)
def test_question_may_end_with_a_time(addition: str, as_of: str | None, during: str | None) -> None:
    text = f"How is Netflix connected to Meta {addition}?"
    if as_of is during is None:
        with pytest.raises(InterlockError):
            understand(text, NAMES)
        return
    conditions = read(text).filter.relationships
    assert (conditions.as_of.text if conditions.as_of else None, conditions.during) == (as_of, during)


def test_question_may_begin_with_its_time() -> None:
    conditions = read("In 2015, how is Netflix connected to Meta?").filter.relationships
    assert conditions.as_of is not None
    assert conditions.as_of.text == "2015"


def test_question_may_end_with_several_conditions_in_any_order() -> None:
    for text in (
        "How are Netflix and Meta connected in 2015 ignoring lawsuits and agreements on the record only within 3 hops?",
        "how are netflix and facebook connected within three hops, ignoring agreements and lawsuits, on the record only, in 2015",
    ):
        question = read(text)
        assert (question.start.id, question.end.id, question.max_hops) == ("netflix", "meta", 3)
        assert question.filter.exclude_entity_kinds == {EntityKind.LAWSUIT, EntityKind.AGREEMENT}
        assert question.filter.relationships.min_status is Status.CONFIRMED
        assert str(question.filter.relationships.as_of) == "2015"


def test_question_may_leave_out_and_ask_for_entities() -> None:
    assert read("How is Netflix connected to Meta without Microsoft?").filter.avoid == {"microsoft"}
    assert read("How is Netflix connected to Meta without Microsoft and Reed Hastings?").filter.avoid == {"microsoft", "reed-hastings"}
    gates = "Bill and Melinda Gates Foundation"
    assert read(f"How is Netflix connected to Meta ignoring {gates}?").filter.avoid == {"bill-and-melinda-gates-foundation"}
    assert read("How is Netflix connected to Meta via Reed Hastings?").filter.must_pass == {"reed-hastings"}
    assert read("How is Netflix connected to Meta ignoring allegations?").filter.relationships.min_status is Status.REPORTED
    assert read("How is Netflix connected to Meta at the same time?").filter.held_together


def test_question_for_who_asks_for_people_in_between() -> None:
    assert read("Who connects Netflix and Meta?").filter.entity_kinds == {EntityKind.PERSON}
    assert read("What connects Netflix and Meta?").filter.entity_kinds is None


def test_question_may_name_what_has_an_and_in_its_name() -> None:
    assert ends("What connects Bill and Melinda Gates Foundation and Meta?") == ("bill-and-melinda-gates-foundation", "meta")
    assert ends("How are Meta and Bill and Melinda Gates Foundation connected?") == ("meta", "bill-and-melinda-gates-foundation")


def test_question_is_told_what_it_was_taken_to_be() -> None:
    understood = understand("how is netflix connected to facebook's board in 2015, ignoring lawsuits", NAMES)
    assert understood is not None
    assert (
        understood.interpretation
        == "Paths from Netflix (company) to Board of Meta (board), as of 2015, not through lawsuits, within 6 hops."
    )


@pytest.mark.parametrize(
    "text", ["", "hello", "Who is Mark Zuckerberg?", "connected", "How is the weather in 2015?", "Why?", "\x00", "?" * 500]
)
def test_question_that_is_not_understood_is_none_and_the_forms_are_told(text: str) -> None:
    assert understand(text, NAMES) is None
    assert "How is X connected to Y?" in not_understood()


def test_question_about_the_unknown_names_it() -> None:
    with pytest.raises(UnknownEntity, match="'Netflx'"):
        understand("How is Netflx connected to Meta?", NAMES)
    with pytest.raises(UnknownEntity, match="'Foo'"):
        understand("How is Netflix connected to Foo in 2015?", NAMES)


@pytest.mark.parametrize("addition", ["in 2011-13", "in 2015 since 2012", "within 13 hops", "within 0 hops", "between 2014 and 2011"])
def test_question_with_a_bad_condition_is_refused(addition: str) -> None:
    with pytest.raises(BadInput):
        understand(f"How is Netflix connected to Meta {addition}?", NAMES)
