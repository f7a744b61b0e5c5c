from __future__ import annotations

import pytest

from harness import entity, graph, tie
from interlock.graph import BadInput, Entity, RelationshipFilter, Status
from interlock.graph.dates import parse_date
from interlock.graph.intervals import parse_interval
from interlock.graph.properties import PROPERTIES, property_of

GRAPH = graph(
    tie("ann", "acme", "2011/2014", kind="BOARD_SEAT"),
    tie("bob", "acme", "2016/..", kind="BOARD_SEAT", status="ALLEGED"),
    tie("ann", "acme", "1999", kind="FOUNDING"),
    tie("ann", "bob", kind="PERSONAL"),
    entities=[
        entity("Ann", "PERSON"),
        entity("Bob", "PERSON"),
        entity("Acme", "COMPANY", "Acme, Inc.", identifiers=("cik:42",), interval=parse_interval("1999/2020")),
        entity("Board of Acme", "BOARD", unit_of="acme"),
        entity("Doe v. Acme", "LAWSUIT", court="District Court", case_number="1:20-cv-1", filed=parse_date("2020-02")),
    ],
)


def values(id: str, of: str, conditions: RelationshipFilter | None = None) -> list[str]:
    found = PROPERTIES[id].of(GRAPH, GRAPH.entities[of], conditions)
    return [each.id if isinstance(each, Entity) else str(each) for each in found]


@pytest.mark.parametrize(
    ("id", "of", "found"),
    [
        ("name", "acme", ["Acme", "Acme, Inc."]),
        ("iri", "acme", ["https://example.org/acme"]),
        ("kind", "ann", ["PERSON"]),
        ("cik", "acme", ["42"]),
        ("lei", "acme", []),
        ("start", "acme", ["1999"]),
        ("end", "acme", ["2020"]),
        ("description", "acme", []),
        ("directors", "acme", ["ann", "bob"]),
        ("founders", "acme", ["ann"]),
        ("board", "acme", ["board-of-acme"]),
        ("company", "board-of-acme", ["acme"]),
        ("members", "board-of-acme", ["ann", "bob"]),
        ("director_of", "ann", ["acme"]),
        ("director_of", "acme", []),
        ("relatives", "ann", ["bob"]),
        ("relatives", "bob", ["ann"]),
        ("court", "doe-v.-acme", ["District Court"]),
        ("docket_number", "doe-v.-acme", ["1:20-cv-1"]),
        ("filed", "doe-v.-acme", ["2020-02"]),
        ("filed", "acme", []),
    ],
)
def test_property_has_the_values_of_an_entity(id: str, of: str, found: list[str]) -> None:
    assert values(id, of) == found


def test_property_counts_only_relationships_that_are_admitted() -> None:
    assert values("directors", "acme", RelationshipFilter(as_of=parse_date("2017"))) == ["bob"]
    assert values("directors", "acme", RelationshipFilter(min_status=Status.CONFIRMED)) == ["ann"]
    assert values("members", "board-of-acme", RelationshipFilter(as_of=parse_date("2012"))) == ["ann"]


def test_property_that_is_unknown_is_refused_with_near_ones() -> None:
    with pytest.raises(BadInput, match=r"no property 'director'\. Did you mean director"):
        property_of("director")
    with pytest.raises(BadInput, match=r"Did you mean name, iri"):
        property_of("qqqqqqq")
