"""Selections hold what was asked for, in a stable order; their parameters come back from a query string as they went."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import PATIENT, entity, graph, tie
from interlock.graph.dates import parse_date
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.exports.formats import export_path
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.induced import relationships_among, sources_of
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, RelationshipKind, Source, Status
from interlock.graph.question import PathRanking, PathSelector
from interlock.graph.selection import Parameters, Selection, between, everything, near, of_kinds, select
from interlock.graph.selection_query import NAMES, read_query, write_query

OLD = Source("source/old", "https://example.org/old", "Old paper")
NEW = Source("source/new", "https://example.org/new", "New paper", derived_from=("source/old",))
BOARD = entity("A board", "BOARD", unit_of="a")
PEOPLE = [entity(name, "PERSON") for name in ("p", "q", "r")]
TIES = [
    tie("p", "a", "2001/2005", kind="BOARD_SEAT", key="p-a"),
    tie("p", "a", "2010", kind="POSITION", key="p-a-again", status="ALLEGED"),
    tie("p", "b", "2003/2012", kind="BOARD_SEAT", key="p-b", sources=[NEW]),
    tie("q", "b", "2001/..", kind="BOARD_SEAT", key="q-b"),
    tie("q", "c", kind="POSITION", key="q-c", status="RETRACTED"),
    tie("r", "c", "2005/2006", kind="FOUNDING", key="r-c", status="REPORTED"),
    tie("b", "c", "2006/", kind="INVESTMENT", key="b-c"),
]
GRAPH = graph(*TIES, entities=[*PEOPLE, BOARD], sources=[Source("source/times", "https://example.org/times", "The Times"), OLD, NEW])
ENGINE = Engine(GRAPH, PATIENT)


def ids(selection: Selection) -> tuple[list[str], list[str]]:
    return list(selection.entities), list(selection.relationships)


def test_neighbourhood_holds_the_nearest_first_then_by_id_and_what_is_among_them() -> None:
    assert ids(near(ENGINE, "a")) == (["a", "p"], ["p-a", "p-a-again"])
    assert ids(near(ENGINE, "a", hops=3)) == (["a", "p", "b", "c", "q"], ["b-c", "p-a", "p-a-again", "p-b", "q-b"])


def test_neighbourhood_of_several_measures_from_the_nearest_of_them() -> None:
    assert ids(near(ENGINE, "c", "a", hops=1))[0] == ["a", "c", "b", "p", "r"]


def test_neighbourhood_of_a_board_goes_by_its_seats() -> None:
    assert ids(near(ENGINE, "a-board"))[0] == ["a-board", "a", "p"]
    alleged = PathFilter(RelationshipFilter(kinds=frozenset({RelationshipKind.POSITION})))
    assert ids(near(ENGINE, "a-board", conditions=alleged))[0] == ["a-board", "a"]


def test_limit_cuts_whole_entities_and_is_said() -> None:
    cut = near(ENGINE, "a", hops=3, limit=4)
    assert ids(cut) == (["a", "p", "b", "c"], ["b-c", "p-a", "p-a-again", "p-b"])
    assert not cut.complete
    assert cut.notes[0] == "More than 4 entities are as near; the nearest are here."
    assert near(ENGINE, "a", hops=3, limit=5).complete


def test_filter_holds_for_the_way_and_for_what_is_among_the_chosen() -> None:
    in_2011 = PathFilter(RelationshipFilter(as_of=parse_date("2011")))
    assert ids(near(ENGINE, "b", hops=2, conditions=in_2011)) == (["b", "c", "p", "q", "r"][:4], ["b-c", "p-b", "q-b"])
    not_through_p = PathFilter(avoid=frozenset({"p"}))
    assert ids(near(ENGINE, "a", hops=3, conditions=not_through_p))[0] == ["a"]


def test_paths_between_several_are_united_with_all_their_parallel_relationships() -> None:
    assert ids(between(ENGINE, "a", "b")) == (["a", "b", "p"], ["p-a", "p-a-again", "p-b"])
    assert ids(between(ENGINE, "a", "b", "r"))[0] == ["a", "b", "r", "p", "c"]


def test_paths_from_a_board_hold_the_board_and_its_company() -> None:
    assert ids(between(ENGINE, "a-board", "b")) == (["a-board", "b", "a", "p"], ["p-a", "p-b"])


def test_no_path_is_said() -> None:
    found = between(ENGINE, "a", "r", max_hops=1)
    assert ids(found) == (["a", "r"], [])
    assert "No path was found between a and r within 1 hop." in found.notes


def test_kinds_and_everything_leave_no_status_out_unless_that_is_asked_for() -> None:
    assert ids(of_kinds(ENGINE, EntityKind.COMPANY)) == (["a", "b", "c"], ["b-c"])
    assert ids(everything(ENGINE)) == (sorted(GRAPH.entities), sorted(each.id for each in TIES))
    strong = Parameters(filter=PathFilter(RelationshipFilter(min_status=Status.REPORTED)))
    assert ids(select(ENGINE, strong))[1] == ["b-c", "p-a", "p-b", "q-b", "r-c"]


def test_sources_are_those_that_speak_and_those_they_rest_on() -> None:
    assert list(near(ENGINE, "p", conditions=PathFilter(avoid=frozenset({"a"}))).sources) == ["source/new", "source/old"]
    assert list(everything(ENGINE).sources) == ["source/new", "source/old", "source/times"]


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        near(ENGINE, "nobody")


def filters() -> st.SearchStrategy[RelationshipFilter]:
    def some(values: type[Status] | type[RelationshipKind]) -> st.SearchStrategy[frozenset[object]]:
        return st.frozensets(st.sampled_from(list(values)), min_size=1)

    timeless = st.fixed_dictionaries(
        {},
        optional={
            "kinds": some(RelationshipKind),
            "statuses": some(Status),
            "sources": st.frozensets(st.sampled_from(sorted(GRAPH.sources)), min_size=1),
            "min_independent_sources": st.integers(0, 3),
        },
    )
    times = st.sampled_from([
        {},
        {"as_of": parse_date("2004")},
        {"as_of": parse_date("2010-06"), "certainty": Certainty.CERTAIN},
        {"during": "2005/2011"},
        {"during": "../2002", "certainty": Certainty.CERTAIN},
    ])  # fmt: skip
    return st.builds(lambda rest, time: RelationshipFilter(**rest, **time), timeless, times)


@given(filters(), st.sets(st.sampled_from(sorted(GRAPH.entities))))
def test_what_is_among_the_chosen_is_what_the_filter_admits_one_by_one(conditions: RelationshipFilter, chosen: set[str]) -> None:
    numbers = np.array(sorted(map(GRAPH.index, chosen)), np.int32)
    found = relationships_among(GRAPH, numbers, conditions)
    inside = [each for each in GRAPH.relationships.values() if {each.source, each.target} <= chosen]
    admitted = [each for each in inside if conditions.admits(each, GRAPH)]
    assert [GRAPH.relationship_at(number).id for number in found] == [each.id for each in admitted]
    said = {claim.source for each in admitted for claim in each.claims}
    said |= {origin for source in said for origin in GRAPH.sources[source].derived_from}
    assert [GRAPH.columns.source_ids.text(number) for number in sources_of(GRAPH, found)] == sorted(said)


def distances(known: KnowledgeGraph, start: str, conditions: PathFilter) -> dict[str, int]:
    """Breadth first, plainly."""
    found, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for there, ties in known.neighbours(here).items():
            if there in found or not any(conditions.relationships.admits(each, known) for each in ties):
                continue
            if conditions.admits_between(known.entities[there], known):
                found[there] = found[here] + 1
                waiting.append(there)
    return found


@given(filters(), st.sampled_from("abcpqr"), st.sampled_from("abcpqr"), st.integers(1, 4), st.integers(2, 6))
def test_neighbourhood_is_that_of_a_plain_search(ties: RelationshipFilter, one: str, other: str, hops: int, limit: int) -> None:
    conditions = PathFilter(ties)
    first, second = distances(GRAPH, one, conditions), distances(GRAPH, other, conditions)
    nearest = {each: min(first.get(each, 99), second.get(each, 99)) for each in {*first, *second}}
    wanted = sorted((each for each in nearest if nearest[each] <= hops), key=lambda each: (nearest[each], each))
    found = near(ENGINE, one, other, hops=hops, conditions=conditions, limit=limit)
    assert list(found.entities) == wanted[:limit]
    assert found.complete is (len(wanted) <= limit)


def parameters() -> st.SearchStrategy[Parameters]:
    two = st.lists(st.sampled_from(["a", "b", "p", "a-board"]), min_size=2, max_size=4, unique=True)
    paths = st.builds(
        Parameters,
        between=two.map(tuple),
        filter=st.builds(
            PathFilter,
            filters(),
            entity_kinds=st.none() | st.frozensets(st.sampled_from(EntityKind), min_size=1),
            exclude_entity_kinds=st.frozensets(st.sampled_from(EntityKind)),
            must_pass=st.frozensets(st.just("q")),
            avoid=st.frozensets(st.just("c")),
            max_transit_degree=st.none() | st.integers(0, 99),
            held_together=st.booleans(),
            forward=st.sampled_from([None, True, False]),
        ),
        selector=st.sampled_from(PathSelector),
        k=st.integers(1, 100),
        max_hops=st.integers(3, 12),
        min_hops=st.integers(1, 3),
        rank_by=st.sampled_from(PathRanking),
    )
    around = st.builds(
        Parameters,
        of=two.map(tuple),
        hops=st.integers(1, 12),
        limit=st.none() | st.integers(4, 10**6),
        filter=st.builds(PathFilter, filters()),
    )
    return paths | around | st.builds(Parameters, filter=st.builds(PathFilter, filters()))


@given(parameters())
def test_parameters_come_back_from_a_query_string_as_they_went(made: Parameters) -> None:
    text = write_query(made)
    assert read_query(text, ENGINE) == made
    assert write_query(read_query(text, ENGINE)) == text


def test_query_string_takes_names_several_values_and_commas() -> None:
    read = read_query(
        "from=A&to=A%27s+board&kinds=board_seat,POSITION&kinds=FOUNDING&heldTogether=true", Engine(graph(*TIES, entities=[BOARD]))
    )
    assert read.between == ("a", "a-board")
    assert read.filter.held_together
    assert read.filter.relationships.kinds == {RelationshipKind.BOARD_SEAT, RelationshipKind.POSITION, RelationshipKind.FOUNDING}
    assert export_path("gexf", read) == ("/export/gexf?from=a&to=a-board&kinds=BOARD_SEAT&kinds=FOUNDING&kinds=POSITION&heldTogether=true")
    assert export_path("nq", Parameters()) == "/export/nq"


@pytest.mark.parametrize(
    ("text", "message"),
    {
        "off=a": "'off' is not a parameter of a selection. Did you mean of?",
        "xyzzy=1": f"There are {', '.join(NAMES)}.",
        "of=a&hops=1&hops=2": "hops is given 2 times",
        "of=a&from=a&to=b": "of and from contradict one another",
        "from=a": "from and to belong together",
        "from=a&to=b&between=c": "from and between contradict one another",
        "between=a": "Paths run between 2 to 12 different entities; given were a.",
        "from=a&to=a": "2 to 12 different entities",
        "hops=2": "hops belongs to a neighbourhood",
        "of=a&k=2": "k belongs to a question about paths",
        "of=a&hops=two": "hops is 'two'; it must be a whole number.",
        "of=a&hops=13": "hops is 13; it must be between 1 and 12.",
        "of=a&limit=0": "limit is 0",
        "of=a&mustPass=b": "mustPass is a condition on whole paths",
        "of=a&heldTogether=true": "heldTogether is a condition on whole paths",
        "avoid=b": "avoid is a condition on whole paths",
        "maxTransitDegree=3": "maxTransitDegree is a condition on whole paths",
        "direction=FORWARD": "direction is a condition on whole paths",
        "heldTogether=yes&from=a&to=b": "heldTogether is 'YES'; it must be one of true, false.",
        "kinds=SEAT": "kinds is 'SEAT'; it must be one of BOARD_SEAT",
        "minStatus=ALLEGED,REPORTED": "minStatus is 'ALLEGED,REPORTED'; it takes one value.",
        "asOf=soon": "'soon' is not a date",
        "asOf=2011&during=2011/": "asOf and during contradict one another",
        "sources=nobody": "'nobody' is not a source in this graph",
        "from=a&to=b&avoid=a-board": "avoid names A board; a board is never passed through",
    }.items(),
)
def test_bad_parameters_are_named(text: str, message: str) -> None:
    with pytest.raises(BadInput) as error:
        read_query(text, ENGINE)
    assert message in str(error.value)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(BadInput, match="Did you mean graphml"):
        export_path("grafml", Parameters())


def test_query_may_be_a_question_in_words() -> None:
    words = read_query("q=How is p connected to c in 2012 within 3 hops?", ENGINE)
    assert words == read_query("from=p&to=c&asOf=2012&maxHops=3", ENGINE)


@pytest.mark.parametrize(
    ("text", "way_out"),
    [("q=How is p connected to c?&asOf=2012", "leave out asOf"), ("q=a&q=b", "leave out all but one"), ("q=Hm?", "Ask like this")],
)
def test_query_refuses_a_question_that_is_not_one_or_not_all(text: str, way_out: str) -> None:
    with pytest.raises(BadInput, match=way_out):
        read_query(text, ENGINE)
