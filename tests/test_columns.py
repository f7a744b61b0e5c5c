from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import DEFAULT_SOURCE, claim, entity, graph, tie
from interlock.graph import DataError, KnowledgeGraph, load
from interlock.graph.builder import ColumnsBuilder
from interlock.graph.dates import PartialDate, parse_date
from interlock.graph.errors import BadInput
from interlock.graph.intervals import UNKNOWN, Interval
from interlock.graph.model import Amount, Claim, Entity, EntityKind, Records, Relationship, RelationshipKind, Source, Stance, Status

TEXT = st.text(max_size=12)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DATE = st.sampled_from(["2011", "2011-06", "2011-06-22~", "199X", "-0044", "Y12345", "2011-21"]).map(parse_date)
DECIMAL = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.sampled_from([Decimal("1E+3"), Decimal("0.10"), Decimal("-0")])
AMOUNTS = st.lists(st.builds(Amount, DECIMAL, TEXT, MAYBE), max_size=2).map(tuple)
ID = st.sampled_from(["entity/a", "entity/B", "x", "https://example.org/é", "entity/a/b", "entity/"])
IRI = st.sampled_from(["https://interlock.example/entity/a", "https://interlock.example/x", "https://example.org/é", ""])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    date = st.none() | DATE
    start, end, *opens = draw(st.tuples(date, date, st.booleans(), st.booleans()))
    announced = draw(st.tuples(st.booleans(), st.booleans()))
    observed: tuple[PartialDate, ...] = tuple(draw(st.lists(DATE, max_size=2)))
    for days in (observed, ()):
        try:
            return Interval(start, end, *opens, days, *announced)
        except BadInput:
            continue
    return UNKNOWN


ENTITIES = st.builds(
    Entity, ID, IRI, TEXT, st.sampled_from(EntityKind), TEXT, TEXTS, MAYBE, TEXTS, TEXTS, st.none() | intervals(), MAYBE,
    st.none() | DATE, MAYBE, MAYBE, st.none() | DATE, st.none() | DATE, st.none() | DATE, MAYBE, AMOUNTS, TEXTS, TEXTS, MAYBE,
    st.booleans(),
)  # fmt: skip
SOURCES = st.builds(Source, ID, IRI, TEXT, MAYBE, MAYBE, st.none() | DATE, st.none() | DATE, TEXTS, MAYBE, TEXTS)
CLAIMS = st.builds(
    Claim, TEXT, TEXT, ID, st.sampled_from(Stance), st.sampled_from(Status), intervals(),
    MAYBE, MAYBE, MAYBE, MAYBE, st.none() | DATE, TEXTS, AMOUNTS,
)  # fmt: skip
TIES = st.builds(
    Relationship, ID, IRI, st.sampled_from(RelationshipKind), st.just("a"), st.just("b"), TEXT, TEXT, st.sampled_from(Status),
    st.integers(0, 300), intervals(), MAYBE, MAYBE, MAYBE, st.none() | DECIMAL, MAYBE, AMOUNTS, MAYBE, MAYBE, st.booleans(),
    st.lists(CLAIMS, max_size=3).map(tuple),
)  # fmt: skip


def exact(record: object) -> str:
    """All that there is to a record, down to the digits of its decimals."""
    return repr(record) + repr(getattr(record, "claims", ""))


@given(
    st.lists(ENTITIES, unique_by=lambda each: each.id),
    st.lists(TIES, unique_by=lambda each: each.id),
    st.lists(SOURCES, unique_by=lambda each: each.id),
    st.lists(TEXT).map(tuple),
)
def test_records_come_back_as_they_were(
    entities: list[Entity], ties: list[Relationship], sources: list[Source], vocabulary: tuple[str, ...]
) -> None:
    ends = {each.id: each for each in (*map(entity, "ab"), *entities)}
    records = Records(ends, {each.id: each for each in ties}, {each.id: each for each in sources}, vocabulary)
    known = KnowledgeGraph(records, "1", "CC0-1.0")
    made = (records.entities, records.relationships, records.sources)
    for ours, given_ in zip((known.entities, known.relationships, known.sources), made, strict=True):
        assert list(ours) == sorted(given_)
        assert [exact(ours[id]) for id in ours] == [exact(given_[id]) for id in ours]
    claims = {each.id: each for id in known.relationships for each in records.relationships[id].claims}
    assert dict(known.claims) == claims
    assert len(known.claims) == len(claims)
    assert (known.version, known.licence, known.vocabulary) == ("1", "CC0-1.0", vocabulary)


def test_shipped_records_come_back_as_they_were() -> None:
    from interlock.graph.convert import convert
    from interlock.graph.loading import shipped_files
    from interlock.graph.rdf import read
    from interlock.graph.vocabulary import shipped_terms

    records, shipped = convert(read(shipped_files()), shipped_terms()), load()
    assert dict(shipped.entities) == records.entities
    assert dict(shipped.relationships) == records.relationships
    assert dict(shipped.sources) == records.sources
    assert {exact(tie) for tie in shipped.relationships.values()} == {exact(tie) for tie in records.relationships.values()}


@given(st.permutations(range(6)))
def test_order_of_adding_does_not_matter(order: list[int]) -> None:
    records = [*map(entity, "abc"), tie("a", "b", "2011"), tie("c", "b", "2012", kind="FOUNDING"), DEFAULT_SOURCE]

    def added(numbers: list[int]) -> KnowledgeGraph:
        builder = ColumnsBuilder()
        for record in (records[number] for number in numbers):
            match record:
                case Entity():
                    builder.add_entity(record)
                case Relationship():
                    builder.add_relationship(record)
                case Source():
                    builder.add_source(record)
        return KnowledgeGraph(builder.finish("1"))

    one, other = added(list(range(6))), added(order)
    assert all((a == b).all() for a, b in zip(one.arrays, other.arrays, strict=True))
    assert dict(one.relationships) == dict(other.relationships)
    assert one.columns.store.numbers("claim_source").tolist() == [0, 0] == other.columns.store.numbers("claim_source").tolist()


def test_numbers_follow_the_order_of_ids() -> None:
    known = graph(tie("b", "a", key="2"), tie("a", "é", key="1"))
    assert [known.id_of(number) for number in range(3)] == ["a", "b", "é"]
    assert [known.index(id) for id in ("a", "b", "é")] == [0, 1, 2]
    assert known.entity_at(2) == known.entities["é"]
    assert known.relationship_at(0).id == "1"
    with pytest.raises(KeyError):
        known.index("c")


def test_relationship_to_nobody_is_refused() -> None:
    builder = ColumnsBuilder()
    builder.add_entity(entity("a"))
    builder.add_relationship(tie("a", "b", key="t"))
    with pytest.raises(DataError, match="t: leads to b, which is not in the data"):
        builder.finish("1")


def test_id_that_is_there_twice_is_refused() -> None:
    builder = ColumnsBuilder()
    for _ in range(2):
        builder.add_entity(entity("a"))
    with pytest.raises(DataError, match="a: is there twice"):
        builder.finish("1")


def test_claims_are_found_by_id_and_of_two_with_one_id_the_last() -> None:
    one = tie("a", "b", key="1", claims=[claim(1), claim(2, summary="first")])
    two = tie("a", "b", key="2", claims=[claim(2, summary="last")])
    claims = graph(one, two).claims
    assert (len(claims), list(claims)) == (2, ["claim/1", "claim/2"])
    assert claims["claim/2"].summary == "last"
    assert "claim/3" not in claims
    with pytest.raises(KeyError):
        claims["claim/3"]


def test_company_tells_its_board_and_its_seats_and_neighbours_come_with_their_relationships() -> None:
    board = entity("Board of b", "BOARD", unit_of="b")
    ties = [
        tie("a", "b", kind="BOARD_SEAT", key="2"),
        tie("c", "b", kind="BOARD_SEAT", key="1"),
        tie("b", "c", key="0"),
        tie("b", "b", key="3"),
    ]
    known = graph(*ties, entities=[board, entity("a", "PERSON")])
    assert known.board_of("b") == board
    assert known.board_of("a") is known.board_of("nobody") is None
    assert [each.id for each in known.seats("b")] == ["1", "2"]
    assert [known.relationship_count(id) for id in ("a", "b", "c", board.id, "nobody")] == [1, 4, 2, 2, 0]
    assert [each.id for each in known.ties("b")] == ["0", "1", "2", "3"]
    assert {id: [each.id for each in ties] for id, ties in known.neighbours("b").items()} == {"c": ["0", "1"], "a": ["2"], "b": ["3"]}
    assert list(known.neighbours("b")) == ["c", "a", "b"]
    assert not known.neighbours("nobody")


def test_latest_day_is_of_all_starts_ends_and_observations() -> None:
    known = graph(tie("a", "b", "1999/2001"), tie("a", "c", "2000/", observed=["2012-05-01"]))
    assert known.latest_day == parse_date("2012-05-01").first
    assert graph(entities=[entity("a")]).latest_day == 0
