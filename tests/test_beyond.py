"""Whether there may be paths of more hops than were asked for: the same whether it is seen nearby or takes a look at all of the graph."""

from __future__ import annotations

import math
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st
from test_finder import Fixed, as_a_graph_has_them

from harness import entity, graph, tie
from interlock.graph.arrays import Ties, compress
from interlock.graph.budget import Budget, StopReason
from interlock.graph.compile import compile_filter, compile_question
from interlock.graph.dates import parse_date
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.finder import COMPILER, Query
from interlock.graph.intervals import Certainty
from interlock.graph.jit import Kernels, interpreted
from interlock.graph.kernels import beyond
from interlock.graph.kernels.numbers import FAR, NEAR
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.loops import LoopQuestion
from interlock.graph.model import EntityKind, Relationship, RelationshipKind, Status
from interlock.graph.paths import find_paths
from interlock.graph.question import PathQuestion, PathRanking

CORE = "abcdefg"
ENTITIES = [entity("a"), entity("b"), entity("c", "PERSON"), entity("d", "AGREEMENT"), entity("a board", "BOARD", unit_of="a")]
CONDITIONS = [
    PathFilter(),
    PathFilter(forward=True),
    PathFilter(forward=False),
    PathFilter(avoid=frozenset("g")),
    PathFilter(avoid=frozenset("cd"), forward=True),
    PathFilter(must_pass=frozenset("c")),
    PathFilter(max_transit_degree=3),
    PathFilter(max_transit_degree=3, forward=True),
    PathFilter(exclude_entity_kinds=frozenset({EntityKind.PERSON})),
    PathFilter(RelationshipFilter(kinds=frozenset({RelationshipKind.BOARD_SEAT}))),
    PathFilter(RelationshipFilter(min_status=Status.CONFIRMED), forward=True),
    PathFilter(RelationshipFilter(as_of=parse_date("2012"))),
    PathFilter(RelationshipFilter(as_of=parse_date("2012-06"), certainty=Certainty.CERTAIN)),
    PathFilter(RelationshipFilter(during="2010/2012"), held_together=True),
    PathFilter(held_together=True),
    PathFilter(held_together=True, forward=True, avoid=frozenset("g")),
    PathFilter(RelationshipFilter(during="2010/2013", certainty=Certainty.CERTAIN), held_together=True),
]


@pytest.fixture(scope="module")
def compiled() -> Kernels:
    return COMPILER.make()


# --- where the longer path is

SHORT = (tie("a", "m"), tie("m", "b"))
AROUND = (tie("a", "p"), tie("p", "q"), tie("q", "r"), tie("r", "s"), tie("s", "t"), tie("t", "u"), tie("u", "b"))
CASES = {
    "far around": ([*SHORT, *AROUND], PathFilter(), True),
    "nowhere": (SHORT, PathFilter(), False),
    "a way that ends": ([*SHORT, *AROUND[:-1]], PathFilter(), False),
    "apart": ([*SHORT, tie("x", "y"), tie("y", "z")], PathFilter(), False),
    "at the other side of the end": ([*SHORT, tie("m", "x"), tie("x", "y"), tie("y", "b")], PathFilter(), True),
    "only by way of the end": ([*SHORT, tie("b", "x"), tie("x", "y")], PathFilter(), False),
    "only by way of the start": ([*SHORT, tie("x", "a"), tie("y", "a"), tie("x", "y")], PathFilter(), False),
    "onward": ([*SHORT, *AROUND], PathFilter(forward=True), True),
    "against the direction": ([*SHORT, *AROUND[:-1], tie("b", "u")], PathFilter(forward=True), False),
    "away and not back": ([*SHORT, tie("m", "x"), tie("x", "y")], PathFilter(forward=True), False),
    "by one to be avoided": ([*SHORT, *AROUND], PathFilter(avoid=frozenset("r")), False),
    "beside one to be avoided": ([*SHORT, *AROUND, tie("q", "v"), tie("v", "s")], PathFilter(avoid=frozenset("r")), True),
    "through a hub": ([*SHORT, *AROUND, tie("r", "1"), tie("r", "2")], PathFilter(max_transit_degree=3), False),
    "through no hub": ([*SHORT, *AROUND, tie("r", "1")], PathFilter(max_transit_degree=3), True),
    "what is denied": ([*SHORT, *AROUND[1:], tie("a", "p", status="DISMISSED")], PathFilter(), False),
    "at another time": (
        [*SHORT, *AROUND[1:], tie("a", "p", "1990/1991")], PathFilter(RelationshipFilter(as_of=parse_date("2012"))), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_paths_are_stopped_by_the_hop_limit_where_there_are_longer_ones(case: str) -> None:
    ties, conditions, longer = CASES[case]
    on = graph(*ties)
    question = PathQuestion(on.entities["a"], on.entities["b"], conditions, max_hops=2)
    found = find_paths(on, question, patient())
    assert [len(path.hops) for path in found.paths] == [2]
    assert found.stopped_by is (StopReason.HOP_LIMIT if longer else StopReason.COMPLETE)


@pytest.mark.parametrize("leaves", [0, 6, 12])
@pytest.mark.parametrize(("together", "longer"), [(True, False), (False, True)])
def test_longer_path_counts_only_if_its_beginning_held_together(together: bool, longer: bool, leaves: int) -> None:
    apart = tie("a", "x", "1990/1991"), tie("x", "y", "2000/2001")
    on = graph(*SHORT, *apart, tie("y", "b"), tie("y", "z"), tie("z", "b"), *leaves_of("a", leaves))
    question = PathQuestion(on.entities["a"], on.entities["b"], PathFilter(held_together=together), max_hops=3)
    assert find_paths(on, question, patient()).stopped_by is (StopReason.HOP_LIMIT if longer else StopReason.COMPLETE)


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize("hops", [3, 4, 5, 7])
def test_way_around_is_longer_only_than_fewer_hops(hops: int, side: str) -> None:
    way = ["a", *(f"w{number}" for number in range(1, hops)), "b"]
    for leaves in (0, 3, 12):
        on = graph(*SHORT, *(tie(one, other) for one, other in pairwise(way)), *leaves_of(side, leaves))
        for max_hops, reason in ((hops - 1, StopReason.HOP_LIMIT), (hops, StopReason.COMPLETE), (hops + 1, StopReason.COMPLETE)):
            question = PathQuestion(on.entities["a"], on.entities["b"], max_hops=max_hops)
            assert find_paths(on, question, patient()).stopped_by is reason


def leaves_of(side: str, count: int) -> list[Relationship]:
    """So many who are next to nobody else: that side's ball grows later."""
    return [tie(side, f"leaf-{side}-{number}") for number in range(count)]


@pytest.mark.parametrize(("max_hops", "longer"), [(1, True), (6, True), (7, False), (12, False)])
def test_paths_that_are_all_too_long_are_told_from_none(max_hops: int, longer: bool) -> None:
    on = graph(*AROUND, tie("x", "y"))
    for end, expected in (("b", longer), ("y", False)):
        found = find_paths(on, PathQuestion(on.entities["a"], on.entities[end], max_hops=max_hops), patient())
        assert found.stopped_by is (StopReason.HOP_LIMIT if expected else StopReason.COMPLETE)


# --- against brute force


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Some entities close to one another, ways around them of up to seven hops, and a hub."""
    core = st.sampled_from(CORE)
    steps = [(source, target) for source, target in draw(st.lists(st.tuples(core, core), min_size=2, max_size=9)) if source != target]
    for number, (source, target, hops) in enumerate(draw(st.lists(st.tuples(core, core, st.integers(2, 7)), max_size=3))):
        between = [f"way-{number}-{place}" for place in range(1, hops)]
        steps += zip([source, *between], [*between, target], strict=True)
    for side, leaves in draw(st.dictionaries(st.sampled_from("ab"), st.sampled_from([4, 12]), max_size=1)).items():
        steps += [(side, f"leaf-{number}") for number in range(leaves)]
    steps += [("hub", each) for each in draw(st.lists(core, max_size=4, unique=True))]
    against = draw(st.sets(st.integers(0, len(steps)), max_size=4))
    ties = [tie("a", "b")]
    for place, (source, target) in enumerate(steps):
        during = draw(st.sampled_from(["", "", "2010", "2010/2013", "2011/2014", "2012/", "/2012"]))
        kind, status = draw(st.sampled_from(["BOARD_SEAT", "BOARD_SEAT", "PARTY"])), draw(st.sampled_from(["CONFIRMED"] * 4 + ["ALLEGED"]))
        one, other = (target, source) if place in against else (source, target)
        ties.append(tie(one, other, during, kind=kind, status=status, key=f"t{place:02}"))
    return graph(*ties[draw(st.integers(0, 1)) :], entities=[*ENTITIES, *map(entity, CORE[4:])])


@settings(max_examples=200)
@given(
    graphs(), st.sampled_from(CONDITIONS), st.sampled_from(["a", "b", "e"]), st.integers(1, 6), st.booleans(),
    st.sampled_from([-1, 0, 3, 20, NEAR]), st.sampled_from([-1, 5, FAR]),
)  # fmt: skip
def test_whether_paths_go_on_agrees_with_brute_force(
    compiled: Kernels, on: KnowledgeGraph, conditions: PathFilter, end: str, max_hops: int, sure: bool, near: int, far: int
) -> None:
    if end == "a":
        question: PathQuestion = LoopQuestion.through(on.entities["a"], conditions, max(max_hops, 3), mixed=False)
    else:
        question = PathQuestion(on.entities["a-board" if max_hops == 5 else "a"], on.entities[end], conditions, max_hops=max_hops)
    sure = sure and conditions.relationships.window is not None
    expected = plainly(on, question, sure)
    query = compile_question(on, question, 0, sure)
    assert goes_on(compiled, on, query, question.max_hops) is expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beyond, "NEAR", near)
        patch.setattr(beyond, "FAR", far)
        assert goes_on(interpreted(), on, query, question.max_hops) is expected


def goes_on(kernels: Kernels, on: KnowledgeGraph, query: Query, max_hops: int) -> bool:
    with Fixed(kernels, on.arrays).hunt(query, max_hops, patient()) as hunt:
        found = hunt.goes_on()
        assert hunt.stopped_by is None
        return found


def patient() -> Budget:
    """A budget without a deadline."""
    return Budget(seconds=math.inf)


def plainly(on: KnowledgeGraph, question: PathQuestion, sure: bool) -> bool:
    """Is there a beginning of a path from which it is so far to the end that it would take too many hops?"""
    start, end, arrived = question.start_node, question.end_node, "arrived"
    view = reference.PlainView(on, question, sure)
    steps: nx.DiGraph[str] = nx.DiGraph()
    steps.add_nodes_from([start, arrived])
    for one in on.entities.keys() - ({end} if end != start else set()):
        for other in view.network(PathRanking.HOPS).forward(one):
            if other == end:
                steps.add_edge(one, arrived)
            elif other != start:
                steps.add_edge(one, other)
    left = dict(nx.single_target_shortest_path_length(steps, arrived))
    beginnings = nx.all_simple_paths(steps, start, set(steps) - {start, arrived}, question.max_hops)
    return any(
        len(nodes) - 1 + left.get(nodes[-1], -math.inf) > question.max_hops and (len(nodes) == 2 or view.keep(nodes[:-1]))
        for nodes in beginnings
    )


# --- what it costs


@pytest.mark.parametrize("forward", [None, True])
def test_longer_path_nearby_takes_no_look_at_all_of_the_graph(compiled: Kernels, forward: bool | None) -> None:
    size, each = 20_000, np.arange(20_000)
    source = np.concatenate((each, each, each)).astype(np.int32)
    target = np.concatenate((each + 1, each * 7 + 3, each * 11 + 5)).astype(np.int32) % size
    count = len(source)
    nothing = np.zeros(count, np.uint8)
    ties = Ties(source, target, nothing, nothing, np.ones(count, np.int32), np.zeros((count, 4), np.int32))
    finder = Fixed(compiled, as_a_graph_has_them(compress(ties, np.zeros(size, np.uint8))))
    end = (7 * (7 * (7 * 50 + 3) + 3) + 3) % size
    budget = patient()
    with finder.hunt(compile_filter(PathFilter(forward=forward)).between(50, end), 4, budget) as hunt:
        assert hunt.distance == 3
        hunt.of_length(4, 1)
        before = budget.steps
        assert hunt.goes_on()
        assert before - budget.steps < count // 10


@pytest.mark.parametrize("kernels", ["compiled", "interpreted"])
def test_look_for_longer_paths_ends_where_it_is_told_to(kernels: str, compiled: Kernels) -> None:
    on = graph(*(tie(str(i), str(j)) for i in range(12) for j in range(i)), *AROUND)
    made, query = compiled if kernels == "compiled" else interpreted(), compile_filter(PathFilter())
    for start, end, max_hops in (("0", "11", 11), ("a", "b", 4), ("a", "b", 12), ("0", "b", 4)):
        asked = query.between(on.index(start), on.index(end))
        with Fixed(made, on.arrays).hunt(asked, max_hops, patient()) as hunt:
            hunt.budget.steps = 2
            assert hunt.goes_on()
            assert hunt.stopped_by is StopReason.STEP_BUDGET
        with Fixed(made, on.arrays).hunt(asked, max_hops, patient()) as hunt:
            hunt.budget.cancel()
            assert hunt.goes_on()
            assert hunt.stopped_by is StopReason.DEADLINE
