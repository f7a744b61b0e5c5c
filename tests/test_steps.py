from __future__ import annotations

import pytest

from harness import entity, graph, tie
from interlock.graph import steps
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.paths import find_paths
from interlock.graph.question import PathQuestion

GRAPH = graph(
    tie("ann", "acme", "2001/2003", kind="BOARD_SEAT"),
    tie("ann", "acme", "2010/2012", kind="POSITION"),
    tie("ann", "bell", kind="FOUNDING"),
    entities=[entity("Ann", "PERSON"), entity("Board of Acme", "BOARD", unit_of="acme")],
)


def parallel(conditions: PathFilter) -> list[list[str]]:
    question = PathQuestion(GRAPH.entities["acme"], GRAPH.entities["bell"], conditions)
    return [[str(each.kind) for each in path.hops[0].parallel] for path in find_paths(GRAPH, question).paths]


def test_hops_are_kept_apart_by_filter() -> None:
    early = PathFilter(RelationshipFilter(during="2002"))
    for _ in range(2):
        assert parallel(PathFilter()) == [["BOARD_SEAT", "POSITION"]]
        assert parallel(early) == [["BOARD_SEAT"]]


def test_hops_from_a_board_are_seats_whatever_was_asked_before() -> None:
    board = GRAPH.entities["board-of-acme"]
    parallel(PathFilter())
    (path,) = find_paths(GRAPH, PathQuestion(board, GRAPH.entities["bell"])).paths
    assert [str(each.kind) for each in path.hops[0].parallel] == ["BOARD_SEAT"]
    assert path.hops[0].start is board
    assert parallel(PathFilter()) == [["BOARD_SEAT", "POSITION"]]


def test_costs_tell_passages_from_ends() -> None:
    def cost(start: str, end: str) -> float:
        return find_paths(GRAPH, PathQuestion(GRAPH.entities[start], GRAPH.entities[end])).paths[0].cost

    direct, through = cost("acme", "ann"), cost("acme", "bell")
    assert cost("acme", "ann") == direct
    assert through > direct + 1


def test_hops_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST", 1)
    for _ in range(3):
        assert parallel(PathFilter()) == [["BOARD_SEAT", "POSITION"]]
    assert len(GRAPH.steps(RelationshipFilter(), None).ties) == 2
