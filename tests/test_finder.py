"""The kernels, compiled and interpreted: the same answers, within their budget, and an end when they are told to."""

from __future__ import annotations

import math
import threading
import time
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, Arrays, Ties, compress
from interlock.graph.budget import Budget, StopReason
from interlock.graph.compile import compile_filter
from interlock.graph.cost import STALE_A_YEAR, STALE_AT_MOST, UNIT
from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.finder import COMPILER, Finder, Found, Query
from interlock.graph.intervals import Window
from interlock.graph.jit import COMPILE_FROM, Kernels, interpreted
from interlock.graph.kernels.hops import hop_cost
from interlock.graph.kernels.numbers import ROOM
from interlock.graph.model import EntityKind, RelationshipKind

PEOPLE, FIRMS = 300, 100
CONDITIONS = {
    "anything": PathFilter(),
    "at that time": PathFilter(RelationshipFilter(as_of=parse_date("2012-06"))),
    "by years": PathFilter(RelationshipFilter(during="2011/2013")),
    "at one time": PathFilter(held_together=True),
    "not through hubs": PathFilter(max_transit_degree=8),
}


def random_arrays(seats: int = 900) -> Arrays:
    """People on boards of firms, some twice, at random times."""
    random = np.random.default_rng(5)
    source = random.integers(0, PEOPLE, seats, np.int32)
    target = (PEOPLE + random.integers(0, FIRMS, seats, np.int32) ** 2 // FIRMS).astype(np.int32)
    start = random.integers(10_000, 18_000, seats, np.int32)
    end = start + random.integers(0, 3_000, seats, np.int32)
    bounds = np.stack((start, start + 30, end, end + 30), axis=1)
    kind = np.full(seats, RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT), np.uint8)
    entities = np.full(PEOPLE + FIRMS, ENTITY_KINDS.index(EntityKind.COMPANY), np.uint8)
    entities[:PEOPLE] = ENTITY_KINDS.index(EntityKind.PERSON)
    ties = Ties(source, target, kind, random.integers(0, 3, seats, np.uint8), random.integers(1, 4, seats, np.int32), bounds)
    return as_a_graph_has_them(compress(ties, entities))


def as_a_graph_has_them(arrays: Arrays) -> Arrays:
    """Read-only: for others the kernels would be compiled a second time."""
    for column in arrays:
        column.flags.writeable = False
    return arrays


ARRAYS = random_arrays()


class Fixed(Finder):
    """Uses these kernels, whatever the size of the graph."""

    def __init__(self, kernels: Kernels, arrays: Arrays = ARRAYS) -> None:
        super().__init__(arrays)
        self.fixed = kernels

    def kernels(self) -> tuple[Kernels, Arrays]:
        return self.fixed, self.arrays


@pytest.fixture(scope="module")
def compiled() -> Kernels:
    return COMPILER.make()


def first_paths(finder: Finder, query: Query) -> list[Found]:
    with finder.hunt(query, 6, Budget(seconds=math.inf)) as hunt:
        return [hunt.of_length(hops, 20) for hops in range(hunt.distance, 6)] if hunt.distance else []


@pytest.mark.parametrize("conditions", CONDITIONS.values(), ids=CONDITIONS)
def test_compiled_kernels_answer_as_interpreted_ones(compiled: Kernels, conditions: PathFilter) -> None:
    query = compile_filter(conditions, day=20_000)
    answers = 0
    for start, end in ((1, 2), (3, 350), (310, 320), (301, 399), (17, 300), (5, 5), (310, 310)):
        fast, plain = (first_paths(Fixed(kernels), query.between(start, end)) for kernels in (compiled, interpreted()))
        assert fast == plain
        answers += sum(map(len, fast))
    assert answers


def test_quick_answers_agree_with_networkx(compiled: Kernels) -> None:
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(PEOPLE + FIRMS))
    ends = np.repeat(np.arange(PEOPLE + FIRMS), np.diff(ARRAYS.first))
    plain.add_edges_from(zip(ends.tolist(), ARRAYS.head.tolist(), strict=True))
    query = compile_filter(PathFilter())
    for finder in (Fixed(compiled), Fixed(interpreted())):
        for start, end in ((1, 2), (3, 350), (310, 320), (301, 399)):
            path = finder.shortest(query.between(start, end), 12, Budget())
            assert bool(path) is nx.has_path(plain, start, end)
            assert not path or nx.is_simple_path(plain, path)
            assert not path or len(path) == len(nx.shortest_path(plain, start, end))
            near, whole = finder.around(query.between(start, -1), 2, 10_000, Budget())
            assert whole
            assert set(near.tolist()) == set(nx.single_source_shortest_path_length(plain, start, 2)) - {start}
        assert set(finder.shared_holders(310, 320).tolist()) == set(plain[310]) & set(plain[320])


@pytest.mark.parametrize("kernels", ["compiled", "interpreted"])
def test_shared_directors_of_any_two_firms_are_found(kernels: str, compiled: Kernels) -> None:
    finder = Fixed(compiled if kernels == "compiled" else interpreted())
    boards = [set(ARRAYS.head[ARRAYS.first[firm] : ARRAYS.first[firm + 1]].tolist()) for firm in range(PEOPLE, PEOPLE + FIRMS)]
    for one, other in combinations(range(FIRMS), 2):
        found = finder.shared_holders(PEOPLE + one, PEOPLE + other).tolist()
        assert found == sorted(boards[one] & boards[other])


@pytest.mark.parametrize("kernels", ["compiled", "interpreted"])
def test_hub_of_many_blocks_leads_to_those_that_count(kernels: str, compiled: Kernels) -> None:
    leaves = np.arange(1, 5 * ROOM + 7, dtype=np.int32)
    bounds = np.repeat((leaves % 7 * 365)[:, None], 4, axis=1).astype(np.int32)
    seats = np.full(len(leaves), RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT), np.uint8)
    ties = Ties(leaves, np.zeros_like(leaves), seats, np.zeros(len(leaves), np.uint8), np.ones_like(leaves), bounds)
    arrays = as_a_graph_has_them(compress(ties, np.zeros(len(leaves) + 1, np.uint8)))
    finder = Fixed(compiled if kernels == "compiled" else interpreted(), arrays)
    for conditions in (PathFilter(), PathFilter(RelationshipFilter(during="1972/1973")), PathFilter(RelationshipFilter(during="1973-02"))):
        window = conditions.relationships.window or Window(0, 3_000)
        expected = leaves[(bounds[:, 0] >= window.first) & (bounds[:, 0] <= window.last)].tolist()
        near, whole = finder.around(compile_filter(conditions).between(0, -1), 1, 10_000, Budget())
        assert (near.tolist(), whole) == (expected, True)
        assert finder.shortest(compile_filter(conditions).between(0, len(leaves)), 1, Budget()) == (
            [0, len(leaves)] if len(leaves) in expected else []
        )


@pytest.mark.parametrize("kernels", ["compiled", "interpreted"])
def test_search_that_was_ended_leaves_no_marks_for_the_next(kernels: str, compiled: Kernels) -> None:
    made = compiled if kernels == "compiled" else interpreted()
    query = compile_filter(PathFilter())
    finder, fresh = Fixed(made), Fixed(made)
    for steps in range(1, 200, 7):
        start, end = steps % PEOPLE, PEOPLE + steps % FIRMS
        cut = finder.shortest(query.between(end, start + 1), 12, Budget(steps))
        assert cut in ([], fresh.shortest(query.between(end, start + 1), 12, Budget()))
        fresh = Fixed(made)
        assert finder.shortest(query.between(start, end), 12, Budget()) == fresh.shortest(query.between(start, end), 12, Budget())
        assert first_paths(finder, query.between(start, end)) == first_paths(fresh, query.between(start, end))


@given(st.integers(-250_000, 100_000), st.integers(-250_000, 100_000))
def test_what_ended_long_ago_costs_what_the_rule_says(end: int, day: int) -> None:
    one, other = np.zeros(1, np.int32), np.ones(1, np.int32)
    bounds = np.array([[-300_000, -300_000, end, end]], np.int32)
    arrays = compress(
        Ties(one, other, np.zeros(1, np.uint8), np.zeros(1, np.uint8), np.full(1, 2, np.int32), bounds), np.zeros(2, np.uint8)
    )
    query = compile_filter(PathFilter(), day=day)
    cost = hop_cost(
        query.numbers, query.admit, query.mask, arrays.bounds, query.costs, arrays.word, arrays.tie, 0, 0, 1, 0, 1
    )  # fmt: skip
    assert cost == UNIT + min(STALE_AT_MOST, STALE_A_YEAR * (max(0, day - end) // 365))


def test_neighbourhood_that_is_too_large_is_cut_to_whole_levels(compiled: Kernels) -> None:
    query = compile_filter(PathFilter()).between(310, -1)
    nearest, _ = Fixed(compiled).around(query, 1, 10_000, Budget())
    cut, whole = Fixed(compiled).around(query, 3, len(nearest) + 1, Budget())
    assert not whole
    assert cut.tolist() == nearest.tolist()


def dense(size: int = 60) -> Arrays:
    """Everybody with everybody: more simple paths than anyone can wait for."""
    source, target = (each.astype(np.int32) for each in np.triu_indices(size, 1))
    count = len(source)
    bounds = np.tile(np.array([0, 0, 10_000, 10_000], np.int32), (count, 1))
    ties = Ties(source, target, np.full(count, 10, np.uint8), np.zeros(count, np.uint8), np.ones(count, np.int32), bounds)
    return as_a_graph_has_them(compress(ties, np.zeros(size, np.uint8)))


@pytest.mark.parametrize("kernels", ["compiled", "interpreted"])
def test_search_keeps_to_its_steps_and_its_time(kernels: str, compiled: Kernels) -> None:
    finder = Fixed(compiled if kernels == "compiled" else interpreted(), dense())
    query = compile_filter(PathFilter(held_together=True)).between(0, 1)
    for steps, seconds, reason in ((20_000, math.inf, StopReason.STEP_BUDGET), (10**12, 0.05, StopReason.DEADLINE)):
        with finder.hunt(query, 12, Budget(steps, seconds)) as hunt:
            found = [path for hops in range(1, 13) for path in hunt.of_length(hops, 1_000_000)]
            assert hunt.stopped_by is reason
            assert all((nodes[0], nodes[-1]) == (0, 1) for _, nodes in found)


def test_search_ends_when_it_is_cancelled(compiled: Kernels) -> None:
    budget = Budget(seconds=math.inf)
    query = compile_filter(PathFilter(held_together=True)).between(0, 1)
    with Fixed(compiled, dense()).hunt(query, 12, budget) as hunt:
        searching = threading.Thread(target=hunt.of_length, args=(11, 1_000_000))
        searching.start()
        time.sleep(0.05)
        assert searching.is_alive()
        budget.cancel()
        searching.join(10)
        assert not searching.is_alive()
        assert hunt.stopped_by is StopReason.DEADLINE


def test_large_graph_is_searched_before_its_kernels_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMPILER, "kernels", lambda: None)
    finder = Finder(random_arrays(COMPILE_FROM))
    path = finder.shortest(compile_filter(PathFilter()).between(1, 2), 12, Budget())
    assert (path[0], path[-1]) == (1, 2)


def test_quick_answers_by_id_are_those_of_the_graph() -> None:
    from interlock.graph import load, neighbourhood, shared_directors, shortest_path

    graph = load()
    assert shortest_path(graph, "entity/netflix", "entity/meta") in ([*pair] for pair in (("entity/netflix", "entity/meta"),))
    near = neighbourhood(graph, "entity/netflix")
    assert set(near) == set(graph.neighbours("entity/netflix"))
    shared = shared_directors(graph, "entity/apple", "entity/google")
    assert set(shared) == {seat.source for seat in graph.seats("entity/apple")} & {seat.source for seat in graph.seats("entity/google")}
    assert "entity/eric-schmidt" in shared
    with pytest.raises(KeyError):
        shortest_path(graph, "entity/netflix", "entity/nobody")


@pytest.mark.parametrize("conditions", [PathFilter(held_together=True), PathFilter(must_pass=frozenset({"entity/meta"}))])
def test_quick_answers_refuse_what_only_whole_paths_can_honour(conditions: PathFilter) -> None:
    from interlock.graph import load, neighbourhood, shortest_path

    graph = load()
    with pytest.raises(BadInput, match="find_paths"):
        shortest_path(graph, "entity/netflix", "entity/apple", conditions)
    with pytest.raises(BadInput, match="find_paths"):
        neighbourhood(graph, "entity/netflix", 1, conditions)


def test_filter_that_names_what_only_a_graph_knows_is_not_compiled_without_one() -> None:
    with pytest.raises(BadInput, match="without the graph"):
        compile_filter(PathFilter(avoid=frozenset({"entity/meta"})))
