from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import entity, graph, tie
from interlock.graph import load
from interlock.graph.dates import parse_date
from interlock.graph.filters import RelationshipFilter
from interlock.graph.intervals import Certainty
from interlock.graph.lists import Lists
from interlock.graph.model import EntityKind, RelationshipKind, Status

SHIPPED = load()
LISTS = Lists(SHIPPED)
ENTITIES = ["entity/meta", "entity/netflix", "entity/reed-hastings", "entity/microsoft", "entity/amazon"]
SOURCES = sorted(SHIPPED.sources)[::400]


def ids(numbers: list[int]) -> list[str]:
    return [SHIPPED.id_of(number) for number in numbers]


@pytest.mark.parametrize("kinds", [None, [], ["PERSON"], ["EVENT", "BOARD", "EVENT"], list(EntityKind)])
def test_entities_are_those_of_the_kinds_by_id(kinds: list[str] | None) -> None:
    listed = LISTS.entities(None if kinds is None else map(EntityKind, kinds))
    expected = [each.id for each in SHIPPED.entities.values() if kinds is None or each.kind in kinds]
    assert ids(listed.page().numbers) == expected == sorted(expected)
    assert len(listed) == len(expected)


def conditions() -> st.SearchStrategy[RelationshipFilter]:
    @st.composite
    def drawn(draw: st.DrawFn) -> RelationshipFilter:
        date = draw(st.sampled_from([None, "2009", "2012-06", "2018", "2024-02-29"]))
        kinds = draw(st.none() | st.frozensets(st.sampled_from(RelationshipKind), min_size=1))
        sources = draw(st.none() | st.frozensets(st.sampled_from(SOURCES), min_size=1))
        return RelationshipFilter(
            kinds=kinds,
            min_status=draw(st.none() | st.sampled_from(Status)),
            as_of=parse_date(date) if date else None,
            certainty=draw(st.sampled_from([Certainty.CERTAIN, Certainty.POSSIBLE])) if date else Certainty.POSSIBLE,
            sources=sources,
            exclude_sources=frozenset() if sources else draw(st.frozensets(st.sampled_from(SOURCES), max_size=3)),
            min_independent_sources=draw(st.integers(0, 3)),
        )

    return drawn()


@given(st.sampled_from(ENTITIES), conditions())
def test_relationships_are_those_that_the_filter_admits_by_id(of: str, admitted: RelationshipFilter) -> None:
    found = [SHIPPED.relationship_at(number).id for number in LISTS.relationships(of, admitted).page().numbers]
    assert found == sorted(tie.id for tie in SHIPPED.ties(of) if admitted.admits(tie, SHIPPED))


def test_relationship_of_an_entity_with_itself_is_listed_once() -> None:
    small = graph(tie("a", "a", key="loop"), tie("a", "b", key="other"))
    assert len(Lists(small).relationships("a", RelationshipFilter())) == 2


def test_lists_of_a_hub_are_made_once_and_right() -> None:
    hub = graph(*(tie("hub", f"e{number:03}", f"{1700 + number}", kind="POSITION") for number in range(300)))
    lists = Lists(hub)
    assert lists.timeline("hub") is lists.timeline("hub")
    assert [moment.date.text for moment in lists.timeline("hub")] == [f"{1700 + number}" for number in range(300)]
    assert [len(lists.relationships("hub", RelationshipFilter())) for _ in range(2)] == [300, 300]
    assert len(lists.relationships("hub", RelationshipFilter(as_of=parse_date("1800")))) == 1


def test_lists_of_nobody_are_an_error_and_those_of_the_lonely_empty() -> None:
    lonely = graph(entities=[entity("Nobody")])
    assert len(Lists(lonely).relationships("nobody", RelationshipFilter())) == 0
    assert Lists(lonely).timeline("nobody") == ()
    with pytest.raises(KeyError):
        Lists(lonely).relationships("somebody", RelationshipFilter())


def test_sources_are_all_of_them() -> None:
    numbers = LISTS.sources().page().numbers
    assert [SHIPPED.columns.source_at(number).id for number in numbers] == list(SHIPPED.sources)
