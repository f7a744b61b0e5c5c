from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import DEFAULT_SOURCE, PATIENT, entity, graph, tie
from interlock.graph.budget import Budget, StopReason
from interlock.graph.cost import UNIT, hop_cost, transit_cost
from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput, SameEntity
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.intervals import Certainty, parse_window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, Relationship, RelationshipKind, Source, Status
from interlock.graph.paths import find_paths
from interlock.graph.question import Path, PathAnswer, PathQuestion, PathRanking, PathSelector
from interlock.graph.relax import answer
from interlock.graph.together import held_together

OTHER_SOURCE = Source("source/post", "https://example.org/post", "The Post", publisher="The Post")
SOURCES = (DEFAULT_SOURCE, OTHER_SOURCE)
ENTITIES = [
    entity("a", "PERSON"),
    entity("b", "COMPANY"),
    entity("c", "PERSON"),
    entity("d", "COMPANY"),
    entity("e", "AGREEMENT"),
    entity("f", "COMPANY"),
    entity("f board", "BOARD", unit_of="f"),
]
NODES = "abcdef"


def ask(on: KnowledgeGraph, start: str, end: str, filter: PathFilter | None = None, **options: object) -> PathAnswer:
    question = PathQuestion(on.entities[start], on.entities[end], filter or PathFilter(), **options)  # type: ignore[arg-type]
    return find_paths(on, question, patient())


def patient() -> Budget:
    """A budget without a deadline."""
    return Budget(seconds=PATIENT.seconds)


def names(paths: Iterable[Path]) -> list[str]:
    return ["-".join(each.id for each in path.entities) for path in paths]


# --- small cases

SQUARE = graph(tie("a", "b"), tie("b", "d"), tie("a", "c"), tie("c", "d"), tie("a", "e"), tie("e", "f"), tie("f", "d"), entities=ENTITIES)


def test_paths_come_shortest_first_and_ties_by_id() -> None:
    assert names(ask(SQUARE, "a", "d").paths) == ["a-b-d", "a-c-d", "a-e-f-d"]


def test_paths_of_any_shortest_are_one_and_of_all_shortest_all() -> None:
    assert names(ask(SQUARE, "a", "d", selector=PathSelector.ANY_SHORTEST).paths) == ["a-b-d"]
    assert names(ask(SQUARE, "a", "d", selector=PathSelector.ALL_SHORTEST).paths) == ["a-b-d", "a-c-d"]
    assert names(ask(SQUARE, "a", "d", selector=PathSelector.SHORTEST_K_GROUPS, k=1).paths) == ["a-b-d", "a-c-d"]


def test_paths_tell_what_stopped_them() -> None:
    assert ask(SQUARE, "a", "d").stopped_by is StopReason.COMPLETE
    assert ask(SQUARE, "a", "d", k=2).stopped_by is StopReason.PATH_LIMIT
    assert ask(SQUARE, "a", "d", k=3).stopped_by is StopReason.COMPLETE
    assert ask(SQUARE, "a", "d", max_hops=2).stopped_by is StopReason.HOP_LIMIT
    assert ask(SQUARE, "a", "d", selector=PathSelector.SHORTEST_K_GROUPS, k=1).stopped_by is StopReason.PATH_LIMIT
    assert ask(SQUARE, "a", "d", selector=PathSelector.ALL_SHORTEST).complete


def test_paths_that_must_pass_more_than_the_hops_allow_are_stopped_by_the_hop_limit() -> None:
    on = graph(tie("a", "c"), tie("c", "f"), tie("a", "b"), tie("b", "f"), tie("c", "b"), entities=ENTITIES)
    both = PathFilter(must_pass=frozenset("bc"))
    assert ask(on, "a", "f", both, max_hops=2).stopped_by is StopReason.HOP_LIMIT
    assert names(ask(on, "a", "f", both).paths) == ["a-b-c-f", "a-c-b-f"]


def test_paths_stop_at_their_budget_and_keep_what_they_have() -> None:
    whole = graph(*(tie(str(i), str(j)) for i in range(9) for j in range(i)))
    question = PathQuestion(whole.entities["0"], whole.entities["8"], k=100, max_hops=8)
    stopped = find_paths(whole, question, Budget(steps=500, seconds=PATIENT.seconds))
    assert stopped.stopped_by is StopReason.STEP_BUDGET
    assert 0 < len(stopped.paths) < 100
    assert find_paths(whole, question, Budget(seconds=0)).stopped_by is StopReason.DEADLINE


def test_parallel_relationships_are_one_hop_and_the_strongest_is_shown() -> None:
    on = graph(tie("a", "b", key="weak", status="ALLEGED"), tie("b", "a", key="strong"), entities=ENTITIES)
    (path,) = ask(on, "a", "b").paths
    assert [each.id for each in path.hops[0].parallel] == ["strong", "weak"]
    assert path.status is Status.CONFIRMED
    assert not path.hops[0].forward


def test_path_is_as_strong_as_its_weakest_hop() -> None:
    on = graph(tie("a", "b"), tie("b", "c", status="ALLEGED"), tie("c", "d", status="REPORTED"), entities=ENTITIES)
    (path,) = ask(on, "a", "d").paths
    assert path.status is Status.ALLEGED


def test_board_as_an_end_asks_for_a_seat_on_it_and_is_never_passed_through() -> None:
    on = graph(tie("a", "f", kind="BOARD_SEAT"), tie("c", "f", kind="POSITION"), tie("a", "b"), tie("c", "b"), entities=ENTITIES)
    assert names(ask(on, "b", "f-board").paths) == ["b-a-f-board"]
    assert names(ask(on, "f-board", "b").paths) == ["f-board-a-b"]
    assert names(ask(on, "b", "f").paths) == ["b-a-f", "b-c-f"]


def test_board_as_an_end_needs_a_seat_that_held_then() -> None:
    on = graph(tie("a", "f", "2011/2019", kind="BOARD_SEAT"), tie("a", "f", "2020/2024", kind="POSITION"), entities=ENTITIES)
    dated = PathFilter(RelationshipFilter(as_of=parse_date("2022")))
    assert names(ask(on, "a", "f", dated).paths) == ["a-f"]
    assert not ask(on, "a", "f-board", dated).paths


def test_paths_that_surely_held_come_before_shorter_ones_that_possibly_did() -> None:
    on = graph(tie("a", "d", "2010/"), tie("a", "b", "2010/2020"), tie("b", "d", "2010/2020"), entities=ENTITIES)
    dated = PathFilter(RelationshipFilter(as_of=parse_date("2015")))
    assert names(ask(on, "a", "d", dated).paths) == ["a-b-d", "a-d"]
    assert names(ask(on, "a", "d", dated, k=1).paths) == ["a-b-d"]
    assert names(ask(on, "a", "d", dated, rank_by=PathRanking.INFORMATIVENESS).paths) == ["a-b-d", "a-d"]
    assert [hop.held for hop in ask(on, "a", "d", dated).paths[1].hops] == [Certainty.POSSIBLE]


def test_hop_that_surely_held_shows_what_possibly_held_beside_it() -> None:
    on = graph(tie("a", "b", "2010/2020", key="sure"), tie("a", "b", "2010/", key="maybe", status="ALLEGED"), entities=ENTITIES)
    (path,) = ask(on, "a", "b", PathFilter(RelationshipFilter(as_of=parse_date("2015")))).paths
    assert [each.id for each in path.hops[0].parallel] == ["sure", "maybe"]
    assert path.hops[0].held is Certainty.CERTAIN


def test_ranking_by_informativeness_puts_the_telling_path_before_the_hub() -> None:
    members = [tie(f"m{number}", "hub", kind="ASSOCIATION") for number in range(40)]
    telling = [tie("x", "p", kind="FOUNDING"), tie("p", "q", kind="BOARD_SEAT"), tie("q", "y", kind="OWNERSHIP")]
    on = graph(*members, *telling, tie("x", "hub"), tie("y", "hub"))
    assert names(ask(on, "x", "y").paths) == ["x-hub-y", "x-p-q-y"]
    assert names(ask(on, "x", "y", rank_by=PathRanking.INFORMATIVENESS).paths) == ["x-p-q-y", "x-hub-y"]


def test_same_entity_at_both_ends_is_refused_and_so_is_a_board_with_its_company() -> None:
    on = graph(tie("a", "f", kind="BOARD_SEAT"), entities=ENTITIES)
    for start, end in (("a", "a"), ("f", "f-board"), ("f-board", "f-board")):
        with pytest.raises(SameEntity):
            ask(on, start, end)


@pytest.mark.parametrize(
    "options", [{"k": 0}, {"k": 101}, {"max_hops": 0}, {"max_hops": 13}, {"min_hops": 0}, {"min_hops": 3, "max_hops": 2}]
)
def test_limits_out_of_range_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="must be between"):
        ask(SQUARE, "a", "d", **options)


@pytest.mark.parametrize(
    "conditions",
    [
        {"as_of": parse_date("2011"), "during": "2011/2012"},
        {"certainty": Certainty.CERTAIN},
        {"certainty": Certainty.IMPOSSIBLE, "as_of": parse_date("2011")},
        {"kinds": frozenset({RelationshipKind.PARTY}), "exclude_kinds": frozenset({RelationshipKind.PARTY})},
        {"statuses": frozenset({Status.ALLEGED}), "min_status": Status.CONFIRMED},
        {"sources": frozenset({"s"}), "exclude_sources": frozenset({"s"})},
        {"min_independent_sources": -1},
    ],
)
def test_filter_that_contradicts_itself_is_refused(conditions: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        RelationshipFilter(**conditions)  # type: ignore[arg-type]


def test_filter_refuses_an_end_among_those_in_between() -> None:
    for conditions in (PathFilter(must_pass=frozenset("a")), PathFilter(avoid=frozenset("d"))):
        with pytest.raises(BadInput, match="end of the question"):
            ask(SQUARE, "a", "d", conditions)


# --- when there is none

RELAXATIONS = [
    (PathFilter(RelationshipFilter(min_status=Status.CONFIRMED)), "allow ALLEGED"),
    (PathFilter(RelationshipFilter(as_of=parse_date("2030"))), "without asOf 2030"),
    (PathFilter(RelationshipFilter(during="2030/2031")), "without during 2030/2031"),
    (PathFilter(RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY}))), "allow all kinds of relationship"),
    (PathFilter(RelationshipFilter(exclude_sources=frozenset({DEFAULT_SOURCE.id}))), "allow all sources"),
    (PathFilter(RelationshipFilter(min_independent_sources=2)), "allow hops with 1 independent source"),
    (PathFilter(entity_kinds=frozenset({EntityKind.PERSON})), "allow all kinds of entity in between"),
    (PathFilter(must_pass=frozenset("f")), "without mustPass"),
    (PathFilter(avoid=frozenset("b")), "without avoid"),
    (PathFilter(max_transit_degree=1), "allow hubs (without maxTransitDegree)"),
    (PathFilter(held_together=True), "allow hops that did not hold at one time"),
    (PathFilter(forward=True), "allow both directions"),
]


@pytest.mark.parametrize(("conditions", "relaxation"), RELAXATIONS)
def test_no_path_says_which_single_condition_would_let_one_through(conditions: PathFilter, relaxation: str) -> None:
    on = graph(tie("a", "b", "2010/2012"), tie("d", "b", "2014/2016", status="ALLEGED"), entities=ENTITIES)
    found = answer(on, PathQuestion(on.entities["a"], on.entities["d"], conditions), patient())
    assert not found.paths
    assert found.no_path is not None
    assert found.no_path.within_hops == 6
    assert [(way.description, way.length) for way in found.no_path.relaxations] == [(relaxation, 2)]


def test_no_path_counts_the_hops_that_are_missing() -> None:
    on = graph(tie("a", "b"), tie("b", "c"), tie("c", "d"), entities=ENTITIES)
    found = answer(on, PathQuestion(on.entities["a"], on.entities["d"], max_hops=2), patient())
    assert found.no_path is not None
    assert "within 2 hops" in found.no_path.reason
    assert [(way.description, way.length) for way in found.no_path.relaxations] == [("1 more hop", 3)]


def test_no_path_asks_for_no_weaker_status_than_it_must() -> None:
    on = graph(tie("a", "b", status="REPORTED"), tie("a", "c", status="DISMISSED"), tie("c", "b"), tie("b", "d"), entities=ENTITIES)
    conditions = PathFilter(RelationshipFilter(min_status=Status.CONFIRMED))
    found = answer(on, PathQuestion(on.entities["a"], on.entities["d"], conditions), patient())
    assert found.no_path is not None
    assert [way.description for way in found.no_path.relaxations] == ["allow REPORTED"]


# --- against brute force

YEARS = ["", "2010", "2010/2012", "2011/2014", "2013/", "/2012", "2012/..", "2011~/2013"]
KINDS = ["BOARD_SEAT", "ASSOCIATION", "PARTY"]
STATUSES = ["CONFIRMED", "REPORTED", "ALLEGED", "DISMISSED"]


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    ends = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES))
    ties = []
    for number, (source, target) in enumerate(draw(st.lists(ends, min_size=1, max_size=14))):
        kind, status, during = draw(st.sampled_from(KINDS)), draw(st.sampled_from(STATUSES)), draw(st.sampled_from(YEARS))
        by = draw(st.sampled_from([SOURCES, SOURCES[:1], SOURCES[1:]]))
        ties.append(tie(source, target, during, kind=kind, status=status, key=f"t{number:02}", sources=by))
    return graph(*ties, entities=ENTITIES, sources=SOURCES)


def subsets(of: Iterable[object]) -> st.SearchStrategy[frozenset[object]]:
    return st.frozensets(st.sampled_from(list(of)), min_size=1)


@st.composite
def filters(draw: st.DrawFn) -> PathFilter:
    """Any two conditions together, often none."""
    ties: dict[str, object] = {}
    whole: dict[str, object] = {}
    choices = st.sampled_from(
        ["as_of", "during", "min", "statuses", "kinds", "sources", "independent", "between", "must", "avoid", "hub", "together", "way"]
    )
    for choice in draw(st.lists(choices, max_size=2, unique=True)):
        match choice:
            case "as_of" | "during" if "as_of" not in ties and "during" not in ties:
                year = draw(st.sampled_from(["2010", "2012", "2014"]))
                ties |= (
                    {"as_of": parse_date(year)} if choice == "as_of" else {"during": f"{year}/2013" if year < "2013" else f"2013/{year}"}
                )
                ties["certainty"] = draw(st.sampled_from([Certainty.CERTAIN, Certainty.POSSIBLE]))
            case "min":
                ties["min_status"] = draw(st.sampled_from(Status))
            case "statuses" if "min_status" not in ties:
                ties["statuses"] = draw(subsets(Status))
            case "kinds":
                ties["kinds"] = draw(subsets(map(RelationshipKind, KINDS)))
            case "sources":
                ties[draw(st.sampled_from(["sources", "exclude_sources"]))] = frozenset({draw(st.sampled_from(SOURCES)).id})
            case "independent":
                ties["min_independent_sources"] = draw(st.integers(0, 2))
            case "between":
                whole[draw(st.sampled_from(["entity_kinds", "exclude_entity_kinds"]))] = draw(
                    subsets([EntityKind.PERSON, EntityKind.COMPANY])
                )
            case "must":
                whole["must_pass"] = frozenset(draw(st.sampled_from(["b", "c", "bc", "be", "bcde"])))
            case "avoid":
                whole["avoid"] = frozenset(draw(st.sampled_from("d")))
            case "hub":
                whole["max_transit_degree"] = draw(st.integers(1, 5))
            case "together":
                whole["held_together"] = True
            case "way":
                whole["forward"] = draw(st.booleans())
    if "avoid" in whole and "must_pass" in whole:
        whole["must_pass"] -= whole["avoid"]  # type: ignore[operator]
    if ties.get("min_status") and ties.get("statuses"):
        del ties["statuses"]
    return PathFilter(RelationshipFilter(**ties), **whole)  # type: ignore[arg-type]


def plainly_admitted(on: KnowledgeGraph, question: PathQuestion) -> nx.Graph:  # type: ignore[type-arg]
    """Who is joined to whom by what, the relationships' conditions read off one by one."""
    conditions = question.filter.relationships
    window = parse_window(conditions.as_of.text) if conditions.as_of else parse_window(conditions.during) if conditions.during else None
    joined = nx.Graph()
    joined.add_nodes_from([question.start_node, question.end_node])
    for each in on.relationships.values():
        by = {one.source for one in each.claims} - conditions.exclude_sources
        by = by if conditions.sources is None else by & conditions.sources
        held = each.interval.overlap(window) if window else None
        refused = (
            (conditions.kinds is not None and each.kind not in conditions.kinds)
            or (conditions.statuses is not None and each.status not in conditions.statuses)
            or (conditions.min_status is not None and each.status.rank > conditions.min_status.rank)
            or (conditions.statuses is None and conditions.min_status is None and each.status is Status.DISMISSED)
            or held is Certainty.IMPOSSIBLE
            or (conditions.certainty is Certainty.CERTAIN and held is not Certainty.CERTAIN)
            or not by
            or len(by) < conditions.min_independent_sources
        )
        if not refused:
            known = joined.edges[each.source, each.target]["ties"] if joined.has_edge(each.source, each.target) else []
            joined.add_edge(each.source, each.target, ties=[*known, each])
    return joined


def brute_force(on: KnowledgeGraph, question: PathQuestion, longest: int) -> list[tuple[tuple[object, ...], tuple[str, ...]]]:
    """Every simple path of at most ``longest`` hops that the filter admits, with what it is ranked by."""
    joined = plainly_admitted(on, question)
    conditions = question.filter
    window = conditions.relationships.window
    day = window.last if window else on.latest_day
    ranked = []
    for nodes in nx.all_simple_paths(joined, question.start_node, question.end_node, cutoff=longest):
        hops = [list(usable(joined, question, *pair)) for pair in pairwise(nodes)]
        inner = [on.entities[node] for node in nodes[1:-1]]
        together = held_together([[each.interval for each in hop] for hop in hops], window).certainty if all(hops) else None
        wanted = (
            (Certainty.CERTAIN,) if conditions.relationships.certainty is Certainty.CERTAIN else (Certainty.CERTAIN, Certainty.POSSIBLE)
        )
        if (
            not all(hops)
            or not conditions.must_pass <= set(nodes)
            or conditions.avoid & set(nodes)
            or any(conditions.entity_kinds is not None and each.kind not in conditions.entity_kinds for each in inner)
            or any(each.kind in conditions.exclude_entity_kinds for each in inner)
            or any(
                conditions.max_transit_degree is not None and on.relationship_count(each.id) > conditions.max_transit_degree
                for each in inner
            )
            or (conditions.held_together and together not in wanted)
        ):
            continue
        cost = sum(hop_cost(hop, day) for hop in hops) + sum(transit_cost(on.relationship_count(each.id)) for each in inner)
        unsure = window is not None and not all(any(each.interval.overlap(window) is Certainty.CERTAIN for each in hop) for hop in hops)
        first, second = (len(hops), cost / UNIT) if question.rank_by is PathRanking.HOPS else (cost / UNIT, len(hops))
        ranked.append(((unsure, first, second, tuple(nodes)), tuple(nodes)))
    return sorted(ranked)


def usable(joined: nx.Graph, question: PathQuestion, start: str, end: str) -> Iterator[Relationship]:  # type: ignore[type-arg]
    for each in joined.edges[start, end]["ties"]:
        forward = each.source == start
        ends_at_a_board = question.end.kind is EntityKind.BOARD and question.end_node in (start, end)
        seat = each.kind is RelationshipKind.BOARD_SEAT and each.target == question.end_node
        if question.filter.forward in (None, forward) and (not ends_at_a_board or seat):
            yield each


@settings(max_examples=400)
@given(
    graphs(), filters(), st.sampled_from(PathSelector), st.sampled_from(PathRanking), st.integers(1, 5), st.integers(1, 3), st.booleans()
)
def test_paths_agree_with_brute_force(
    on: KnowledgeGraph, conditions: PathFilter, selector: PathSelector, rank_by: PathRanking, k: int, min_hops: int, board: bool
) -> None:
    end = on.entities["f-board" if board else "f"]
    question = PathQuestion(on.entities["a"], end, conditions, selector, k, min_hops, 4, rank_by)
    every = [(key, nodes) for key, nodes in brute_force(on, question, 4) if len(nodes) > min_hops]
    lengths = sorted({len(nodes) for _, nodes in every})
    limits = {PathSelector.SHORTEST_K: 4, PathSelector.SHORTEST_K_GROUPS: k}
    if selector is PathSelector.SHORTEST_K:
        expected = every[:k]
    else:
        expected = [(key, nodes) for key, nodes in every if len(nodes) in lengths[: limits.get(selector, 1)]]
        expected = expected[:1] if selector is PathSelector.ANY_SHORTEST else expected
    found = find_paths(on, question, patient())
    assert [tuple(each.id.removesuffix("-board") for each in path.entities) for path in found.paths] == [nodes for _, nodes in expected]
    assert [path.cost for path in found.paths] == [key[2 if rank_by is PathRanking.HOPS else 1] for key, _ in expected]
    limited = len(every) > k if selector is PathSelector.SHORTEST_K else len(lengths) > k
    if selector in limits and limited:
        assert found.stopped_by is StopReason.PATH_LIMIT
    elif found.stopped_by is StopReason.COMPLETE and selector in limits:
        assert len(brute_force(on, question, 6)) == len(brute_force(on, question, 4))
    else:
        assert found.stopped_by in (StopReason.COMPLETE, StopReason.HOP_LIMIT)


@settings(max_examples=400)
@given(
    graphs(), filters(), st.sampled_from(PathSelector), st.sampled_from(PathRanking),
    st.integers(1, 5), st.integers(1, 3), st.integers(3, 5), st.booleans(), st.booleans(),
)  # fmt: skip
def test_paths_and_what_stopped_them_agree_with_the_plain_search(
    on: KnowledgeGraph, conditions: PathFilter, selector: PathSelector, rank_by: PathRanking, k: int, min_hops: int, max_hops: int,
    start_board: bool, end_board: bool,
) -> None:  # fmt: skip
    start = on.entities["f-board" if start_board else "a"]
    end = on.entities["b" if start_board else "f-board" if end_board else "f"]
    if "b" in conditions.must_pass:
        end = on.entities["d"] if start_board else end
    conditions = replace(conditions, avoid=conditions.avoid - {end.id}, must_pass=conditions.must_pass - {end.id})
    question = PathQuestion(start, end, conditions, selector, k, min_hops, max_hops, rank_by)
    expected = reference.find_paths(on, question)
    found = find_paths(on, question, patient())
    assert names(found.paths) == names(expected.paths)
    assert [path.cost for path in found.paths] == [path.cost for path in expected.paths]
    assert found.stopped_by is expected.stopped_by
