from __future__ import annotations

import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph.dates import parse_date
from interlock.graph.engine import Engine
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.intervals import parse_interval
from interlock.graph.question import PathQuestion

ENTITIES = [
    entity("ann", "PERSON"),
    entity("search"),
    entity("search board", "BOARD", unit_of="search"),
    entity("holding"),
    entity("holding board", "BOARD", unit_of="holding"),
    entity("phones"),
    entity("spin"),
    entity("reorganization", "EVENT", interval=parse_interval("2015-10-02"), came_from=("search",), went_into=("holding",)),
    entity("split", "EVENT", interval=parse_interval("2018"), came_from=("phones", "search"), went_into=("spin",)),
]
TIES = [
    tie("ann", "search", "2001/2015-10-02", kind="BOARD_SEAT"),
    tie("ann", "holding", "2015-10-02/2019", kind="BOARD_SEAT"),
    tie("ann", "phones", "2005/2009", kind="BOARD_SEAT"),
    tie("ann", "spin", "2018/2019", kind="BOARD_SEAT"),
]
ENGINE = Engine(graph(*TIES, entities=ENTITIES), PATIENT)


def asked(start: str, end: str, year: str | None) -> tuple[list[str], tuple[str, ...]]:
    ends = ENGINE.graph.entities
    relationships = RelationshipFilter(as_of=parse_date(year)) if year else RelationshipFilter()
    answer = ENGINE.paths(PathQuestion(ends[start], ends[end], PathFilter(relationships)))
    return ["-".join(each.id for each in path.entities) for path in answer.paths], answer.notes


def test_organization_that_did_not_exist_yet_stands_for_what_it_came_out_of() -> None:
    paths, notes = asked("phones", "holding", "2008")
    assert paths == ["phones-ann-search"]
    assert notes == ("At that time holding was search: reorganization (2015-10-02).",)


def test_board_of_what_did_not_exist_yet_stands_for_the_board_before() -> None:
    paths, _ = asked("holding-board", "ann", "2008")
    assert paths == ["search-board-ann"]


@pytest.mark.parametrize(("start", "end", "year"), [("phones", "holding", None), ("ann", "holding", "2016"), ("ann", "search", "2008")])
def test_organization_that_existed_is_what_was_asked_for(start: str, end: str, year: str | None) -> None:
    _, notes = asked(start, end, year)
    assert notes == ()


def test_organization_that_came_out_of_several_stays_itself() -> None:
    assert asked("ann", "spin", "2008") == ([], ())


def test_two_ends_never_become_one() -> None:
    assert asked("search", "holding", "2008")[1] == ()
