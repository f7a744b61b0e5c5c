from __future__ import annotations

from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, Limits, RelationshipFilter, RelationshipKind, SameEntity, Status, interlock_question, load
from interlock.graph.budget import StopReason
from interlock.graph.dates import parse_date
from interlock.graph.errors import TooCostly
from interlock.graph.interlock_question import InterlockQuestion, Interlocks
from interlock.graph.interlock_words import interlock_sentence, interlocks_sentence
from interlock.graph.interlocks import interlocks
from interlock.graph.intervals import Certainty
from interlock.graph.model import Relationship
from interlock.graph.together import held_together
from interlock.schema import Context, build_schema

SCHEMA = build_schema()
PEOPLE = [entity(name, "PERSON") for name in ("Ann", "Bob", "Cid")]


def seat(person: str, company: str, during: str = "", status: str = "CONFIRMED", key: str = "") -> Relationship:
    return tie(person, company, during, kind="BOARD_SEAT", status=status, key=key or f"{person}-{company}-{during}-{status}")


GRAPH = graph(
    seat("ann", "acme", "2010/2014"),
    seat("ann", "beta", "2012/2016"),
    seat("ann", "gone", "2015/2016"),
    seat("bob", "acme", "2013/"),
    seat("bob", "beta", "2015/2016"),
    seat("bob", "delta", "2010/2020"),
    seat("cid", "delta", "2011/2012", "ALLEGED"),
    seat("cid", "omega", "2011/2019", "REPORTED"),
    tie("ann", "omega", "2010/2020", kind="POSITION"),
    entities=PEOPLE,
)
ENGINE = Engine(GRAPH, PATIENT)


def asked(company: str | None = None, on: Engine = ENGINE, person: str | None = None, **more: Any) -> Interlocks:
    other = more.pop("other", None)
    whose = [on.graph.entities[each] if each else None for each in (company, person, other)]
    return interlocks(on, InterlockQuestion(*whose, **more))  # type: ignore[arg-type]


def told(found: Interlocks) -> list[tuple[str, ...]]:
    return [
        (
            each.other.id,
            each.overlap.certainty.value,
            *(director.person.id for director in each.directors),
            *(["via " + each.through.id] if each.through else []),
        )
        for each in found.found
    ]


def at(date: str) -> RelationshipFilter:
    return RelationshipFilter(as_of=parse_date(date))


def test_interlock_has_all_directors_that_two_boards_shared_at_one_time() -> None:
    found = asked("acme")
    assert told(found) == [("beta", "CERTAIN", "ann", "bob"), ("delta", "CERTAIN", "bob")]
    assert found.found[0].overlap.interval is not None
    assert found.found[0].overlap.interval.text == "2012/2014"
    assert [each.id for each in found.found[0].directors[0].seats] == [
        "ann-acme-2010/2014-CONFIRMED",
        "ann-beta-2012/2016-CONFIRMED",
    ]
    assert found.complete


def test_director_whose_terms_never_met_is_listed_apart() -> None:
    found = asked("acme")
    assert [(each.other.id, each.overlap.certainty, each.overlap.interval) for each in found.never_met] == [
        ("gone", Certainty.IMPOSSIBLE, None)
    ]
    assert "had a director in common, but by the known dates never at one time" in interlock_sentence(GRAPH, found.never_met[0])


def test_interlock_as_of_a_date_holds_then() -> None:
    assert told(asked("acme", conditions=at("2014"))) == [("beta", "CERTAIN", "ann"), ("delta", "POSSIBLE", "bob")]
    assert told(asked("acme", conditions=at("2011"))) == []
    assert told(asked("acme", conditions=RelationshipFilter(during="2014/2014", certainty=Certainty.CERTAIN))) == [
        ("beta", "CERTAIN", "ann")
    ]


def test_interlocks_of_a_person_are_the_pairs_of_boards_on_which_they_sat() -> None:
    found = asked(person="ann")
    assert [(each.company.id, each.other.id) for each in found.found] == [("acme", "beta"), ("beta", "gone")]
    assert [(each.company.id, each.other.id) for each in found.never_met] == [("acme", "gone")]
    assert told(asked("acme", person="bob")) == [("delta", "CERTAIN", "bob"), ("beta", "POSSIBLE", "bob")]


def test_interlocks_between_two_are_those_alone() -> None:
    assert told(asked("acme", other="delta")) == [("delta", "CERTAIN", "bob")]
    assert told(asked("acme", other="omega")) == []


def test_indirect_interlock_runs_through_a_third_board_by_two_people() -> None:
    found = asked("beta", indirect=True)
    through = [each for each in told(found) if each[-1] == "via delta"]
    assert through == []  # bob came to beta after cid had left delta
    wide = Engine(graph(seat("bob", "beta", "2011/2012"), *GRAPH.relationships.values(), entities=PEOPLE), PATIENT)
    linked = [each for each in asked("beta", on=wide, indirect=True).found if each.through]
    assert [(each.other.id, each.through.id, [d.person.id for d in each.directors]) for each in linked if each.through] == [
        ("delta", "acme", ["ann", "bob"]),
        ("omega", "delta", ["bob", "cid"]),
    ]
    assert interlock_sentence(wide.graph, linked[1]).startswith("beta and omega were allegedly linked through delta's board: Bob (")


def test_filter_says_which_seats_count() -> None:
    dismissed = Engine(graph(seat("ann", "acme"), seat("ann", "beta", status="DISMISSED"), entities=PEOPLE), PATIENT)
    assert told(asked("acme", on=dismissed)) == []
    everything = asked("acme", on=dismissed, conditions=RelationshipFilter(min_status=Status.RETRACTED))
    assert [each.status for each in everything.found] == [Status.DISMISSED]
    assert (
        told(asked("delta", conditions=RelationshipFilter(min_status=Status.CONFIRMED)))
        == [
            ("beta", "CERTAIN", "bob"),
            ("acme", "CERTAIN", "bob"),
        ][::-1]
    )


def test_sentence_is_as_firm_as_the_seats_on_which_the_overlap_rests() -> None:
    engine = Engine(
        graph(
            seat("ann", "acme", "2010/2011"),
            seat("ann", "acme", "2013/2014", "ALLEGED"),
            seat("ann", "beta", "2013/2014"),
            entities=PEOPLE,
        ),
        PATIENT,
    )
    found = asked("acme", on=engine).found[0]
    assert found.status is found.directors[0].status is Status.ALLEGED
    assert interlock_sentence(engine.graph, found) == (
        "acme and beta allegedly shared a director: Ann (acme: 2010 – 2011; acme: 2013 – 2014, alleged; beta: 2013 – 2014)."
    )


def test_sentence_marks_each_director_that_is_less_sure_than_another() -> None:
    engine = Engine(
        graph(
            seat("ann", "acme", "2010/2011"),
            seat("ann", "beta", "2010/2012"), seat("bob", "acme", "", "REPORTED"), seat("bob", "beta", ""),
            entities=PEOPLE,
        ),
        PATIENT,
    )  # fmt: skip
    assert interlock_sentence(engine.graph, asked("acme", on=engine).found[0]) == (
        "acme and beta shared directors: Ann (acme: 2010 – 2011; beta: 2010 – 2012); "
        "reportedly possibly Bob (acme: dates unknown, reported; beta: dates unknown)."
    )


def test_answer_in_a_sentence_counts_what_is_certain_and_what_is_possible() -> None:
    assert interlocks_sentence(asked("acme", conditions=at("2014"))) == (
        "Known direct interlocks of acme as of 2014: 1 certain, 1 possible by the known dates."
    )
    assert interlocks_sentence(asked("acme", other="omega")) == "No direct interlocks of acme with omega are known."


@pytest.mark.parametrize(
    ("question", "error", "message"),
    [
        ({}, BadInput, "Whose interlocks?"),
        ({"company": "ann"}, BadInput, "company is Ann, a person"),
        ({"person": "acme"}, BadInput, "person is acme, a company"),
        ({"person": "ann", "other": "acme"}, BadInput, "give company, the first"),
        ({"company": "acme", "other": "acme"}, SameEntity, "between two boards"),
        (
            {"company": "acme", "conditions": RelationshipFilter(exclude_kinds=frozenset({RelationshipKind.BOARD_SEAT}))},
            BadInput,
            "leave no BOARD_SEAT",
        ),
    ],
)
def test_question_that_makes_no_sense_is_refused(question: dict[str, str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        asked(**question)  # type: ignore[arg-type]


def test_search_that_runs_out_says_so() -> None:
    short = asked("acme", on=Engine(GRAPH, Limits(steps=3, seconds=PATIENT.seconds)))
    assert (short.complete, short.stopped_by) == (False, StopReason.STEP_BUDGET)
    late = asked("acme", on=Engine(GRAPH, Limits(seconds=-1.0)))
    assert late.stopped_by is StopReason.DEADLINE
    assert "may be more" in interlocks_sentence(late)


YEARS = st.one_of(
    st.just(""),
    st.tuples(st.integers(2000, 2006), st.integers(0, 3), st.sampled_from(["{0}/{1}", "{0}/", "/{1}", "{0}~/{1}"])).map(
        lambda each: each[2].format(each[0], each[0] + each[1])
    ),
)
SEATS = st.lists(
    st.tuples(st.sampled_from("pqr"), st.sampled_from("abcd"), YEARS, st.sampled_from(["CONFIRMED", "ALLEGED", "DISMISSED"])), max_size=12
)
CONDITIONS = st.builds(
    lambda year, sure: RelationshipFilter(
        as_of=year and parse_date(year), certainty=Certainty.CERTAIN if year and sure else Certainty.POSSIBLE
    ),
    st.sampled_from([None, "2001", "2003", "2003-05"]),
    st.booleans(),
)


@given(SEATS, CONDITIONS)
def test_interlocks_are_those_of_brute_force(drawn: list[tuple[str, str, str, str]], conditions: RelationshipFilter) -> None:
    """Every choice of seats, of every person, company and third board, looked at one by one."""
    ties = [seat(*each, key=f"{number:02}") for number, each in enumerate(drawn)]
    engine = Engine(graph(*ties, entities=[entity(name, "PERSON") for name in "pqr"] + [entity(name) for name in "abcd"]), PATIENT)
    counted = [each for each in engine.graph.relationships.values() if conditions.admits(each, engine.graph)]
    held = {Certainty.CERTAIN} if conditions.certainty is Certainty.CERTAIN else {Certainty.CERTAIN, Certainty.POSSIBLE}

    def best(*hops: tuple[str, str]) -> Certainty | None:
        choices = product(*([each for each in counted if (each.source, each.target) == hop] for hop in hops))
        verdicts = {held_together([[each.interval] for each in choice], conditions.window).certainty for choice in choices}
        return next((each for each in Certainty if each in verdicts), None)

    direct, apart, indirect = {}, {}, {}
    for other in "bcd":
        verdicts = {person: best((person, "a"), (person, other)) for person in "pqr"}
        met = {person: each for person, each in verdicts.items() if each in (Certainty.CERTAIN, Certainty.POSSIBLE)}
        if set(met.values()) & held:
            direct[other] = (set(met), next(each for each in Certainty if each in met.values()))
        if never := {person for person, each in verdicts.items() if each is Certainty.IMPOSSIBLE}:
            apart[other] = never
        for third in set("bcd") - {other}:
            chains = {pair: best((pair[0], "a"), (pair[0], third), (pair[1], third), (pair[1], other)) for pair in permutations("pqr", 2)}
            linked = {pair: each for pair, each in chains.items() if each in (Certainty.CERTAIN, Certainty.POSSIBLE)}
            if set(linked.values()) & held:
                indirect[other, third] = (
                    {person for pair in linked for person in pair},
                    next(each for each in Certainty if each in linked.values()),
                )

    found = asked("a", on=engine, conditions=conditions, indirect=True)
    people = {(each.other.id, each.through.id if each.through else ""): each for each in found.found}
    assert {key[0]: ({d.person.id for d in each.directors}, each.overlap.certainty) for key, each in people.items() if not key[1]} == direct
    assert {key: ({d.person.id for d in each.directors}, each.overlap.certainty) for key, each in people.items() if key[1]} == indirect
    assert {each.other.id: {d.person.id for d in each.directors} for each in found.never_met} == apart


@given(SEATS)
def test_count_of_a_year_is_that_of_the_question_about_that_year(drawn: list[tuple[str, str, str, str]]) -> None:
    ties = [seat(*each, key=f"{number:02}") for number, each in enumerate(drawn)]
    engine = Engine(graph(*ties, entities=[entity(name, "PERSON") for name in "pqr"] + [entity(name) for name in "abcd"]), PATIENT)
    for count in asked("a", on=engine, indirect=True).per_year(2000, 2008):
        then = [each.overlap.certainty for each in asked("a", on=engine, conditions=at(str(count.year)), indirect=True).found]
        assert (count.certain, count.possible) == (then.count(Certainty.CERTAIN), then.count(Certainty.POSSIBLE))


def test_years_are_counted_within_their_limit_and_the_time_asked_about() -> None:
    found = asked("acme", conditions=RelationshipFilter(during="2013/2014"))
    assert [(each.year, each.certain, each.possible) for each in found.per_year()] == [(2013, 2, 0), (2014, 1, 1)]
    assert [(each.certain, each.possible) for each in found.per_year(2015, 2015)] == [(0, 0)]
    assert asked("omega", conditions=at("1990")).per_year() == []
    for first, last in ((2000, 1999), (1000, 2000)):
        with pytest.raises(BadInput, match=f"The years {first} to {last}"):
            found.per_year(first, last)


def test_count_that_would_take_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interlock_question, "MOST_COUNTED", 5)
    assert len(asked("acme").per_year(2012, 2012)) == 1
    with pytest.raises(TooCostly, match="the limit is 5"):
        asked("acme").per_year(2012, 2013)


def test_interlocks_of_two_companies_are_symmetric_in_the_shipped_graph() -> None:
    engine = Engine(load(), PATIENT)
    ids = ("entity/meta", "entity/netflix", "entity/apple", "entity/google", "entity/microsoft")
    for one, other in combinations(ids, 2):
        there, back = asked(one, on=engine, other=other, indirect=True), asked(other, on=engine, other=one, indirect=True)
        assert sorted((each.overlap.certainty, each.status, each.through.id if each.through else "") for each in there.found) == sorted(
            (each.overlap.certainty, each.status, each.through.id if each.through else "") for each in back.found
        )


def answered(text: str, context: Context | None = None) -> Any:
    result = SCHEMA.execute_sync(f"{{ {text} }}", context_value=context or Context(ENGINE))
    assert not result.errors, result.errors
    assert result.data
    return result.data


def test_graphql_tells_seats_of_each_director_and_what_never_met() -> None:
    found = answered(
        'interlocks(company: "Acme\'s board", first: 1) { totalCount complete neverMet { other { id } } '
        "perYear(from: 2012, to: 2012) { certain possible } nodes { company { id } other { id } direct through { id } status sentence "
        "directors { id } seats { id } overlap { certainty interval { text } } shared { person { id } overlap { certainty } } } }",
        Context(
            Engine(graph(*GRAPH.relationships.values(), entities=[*PEOPLE, entity("Board of Acme", "BOARD", unit_of="acme")]), PATIENT)
        ),
    )["interlocks"]
    assert (found["totalCount"], found["complete"], found["neverMet"]) == (2, True, [{"other": {"id": "gone"}}])
    assert found["perYear"] == [{"certain": 1, "possible": 0}]
    node = found["nodes"][0]
    assert (node["other"]["id"], node["direct"], node["through"], [each["id"] for each in node["directors"]]) == (
        "beta",
        True,
        None,
        ["ann", "bob"],
    )
    assert [len(seats) for seats in node["seats"]] == [2, 2]
    assert node["overlap"] == {"certainty": "CERTAIN", "interval": {"text": "2012/2014"}}
    assert [each["overlap"]["certainty"] for each in node["shared"]] == ["CERTAIN", "POSSIBLE"]


def test_graphql_pages_go_on_and_whatever_has_a_board_knows_its_interlocks() -> None:
    page = 'interlocks(company: "acme", first: 1{}) {{ nodes {{ other {{ id }} }} pageInfo {{ endCursor }} }}'
    first = answered(page.format(""))["interlocks"]
    second = answered(page.format(f', after: "{first["pageInfo"]["endCursor"]}"'))["interlocks"]
    assert [first["nodes"][0]["other"]["id"], second["nodes"][0]["other"]["id"]] == ["beta", "delta"]
    own = answered(
        'a: entity(ref: "acme") { ... on Company { interlocks(asOf: "2013") { totalCount } } } '
        'b: entity(ref: "ann") { ... on Person { interlocks { totalCount } } }'
    )
    assert (own["a"]["interlocks"]["totalCount"], own["b"]["interlocks"]["totalCount"]) == (2, 2)


def test_graphql_refuses_a_time_that_is_given_twice() -> None:
    result = SCHEMA.execute_sync(
        '{ interlocks(company: "acme", asOf: "2013", filter: { during: "2011/2012" }) { totalCount } }', context_value=Context(ENGINE)
    )
    assert result.errors
    assert "A time is given twice" in result.errors[0].message


def test_answer_that_ran_out_of_time_is_not_kept() -> None:
    late, whole = Context(Engine(GRAPH, Limits(seconds=-1.0))), Context(ENGINE)
    for context in (late, whole):
        answered('interlocks(company: "acme") { complete }', context)
    assert (late.volatile, whole.volatile) == (True, False)
