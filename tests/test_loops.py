from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, KnowledgeGraph, PathFilter, Relationship, RelationshipFilter, RelationshipKind, Status
from interlock.graph.intervals import Certainty
from interlock.graph.loops import LoopQuestion, Loops, loops
from interlock.graph.together import held_together


def found(on: Engine, start: str = "a", conditions: PathFilter | None = None, max_length: int = 5, **more: Any) -> Loops:
    return loops(on, LoopQuestion.through(on.graph.entities[start], conditions, max_length, **more))


def told(answer: Loops) -> list[str]:
    return ["".join(each.id for each in loop.entities) for loop in answer.found]


KINDS = ("BOARD_SEAT", "PARTY", "INVESTMENT")
TIES = st.lists(
    st.tuples(
        st.sampled_from("abcde"),
        st.sampled_from("abcde"),
        st.sampled_from(KINDS),
        st.sampled_from(["CONFIRMED", "REPORTED", "DISMISSED"]),
        st.sampled_from(["2001/2003", "2002/2005", "2006/2007", "2004/"]),
    ),
    max_size=14,
)
CONDITIONS = st.sampled_from(
    [
        PathFilter(),
        PathFilter(RelationshipFilter(during="2002/2003")),
        PathFilter(RelationshipFilter(kinds=frozenset({RelationshipKind.PARTY, RelationshipKind.INVESTMENT}), min_status=Status.RETRACTED)),
        PathFilter(avoid=frozenset("c")),
        PathFilter(must_pass=frozenset("d")),
        PathFilter(max_transit_degree=4),
        PathFilter(held_together=True),
        PathFilter(RelationshipFilter(during="2002/2006"), held_together=True),
        PathFilter(forward=True),
        PathFilter(forward=False, must_pass=frozenset("b")),
    ]
)


def brute_force(known: KnowledgeGraph, conditions: PathFilter, max_length: int, mixed: bool) -> list[str]:
    """All simple cycles that networkx finds through ``a``, one by one put to the test; in the order of paths."""

    def taken(one: str, other: str) -> list[Relationship]:
        way = conditions.forward
        ties = [each for each in known.between(one, other) if conditions.relationships.admits(each, known)]
        return [each for each in ties if way is None or (each.source == one) is way]

    plain = nx.DiGraph((one, other) for one in "abcde" for other in "abcde" if one != other and taken(one, other))
    counted = []
    for cycle in nx.simple_cycles(plain, max_length):
        if "a" not in cycle or len(cycle) < 3:
            continue
        at = cycle.index("a")
        nodes = [*cycle[at:], *cycle[:at], "a"]
        hops = [taken(*pair) for pair in pairwise(nodes)]
        between = set(nodes[1:-1])
        together = held_together([[each.interval for each in hop] for hop in hops], conditions.relationships.window).certainty
        if (
            (conditions.forward is None and nodes[1] > nodes[-2])
            or not conditions.must_pass <= between
            or not all(conditions.admits_between(known.entities[each], known) for each in between)
            or (conditions.held_together and together is Certainty.IMPOSSIBLE)
            or (mixed and len({each.kind for hop in hops for each in hop}) < 2)
        ):
            continue
        counted.append("".join(nodes))
    return counted


@given(TIES, CONDITIONS, st.integers(3, 5), st.booleans())
def test_loops_are_those_of_brute_force(drawn: list[tuple[str, ...]], conditions: PathFilter, max_length: int, mixed: bool) -> None:
    ties = [tie(*ends, during, kind=kind, status=status, key=str(n)) for n, (*ends, kind, status, during) in enumerate(drawn)]
    engine = Engine(graph(*ties, entities=[entity(name) for name in "abcde"]), PATIENT)
    answer = found(engine, conditions=conditions, max_length=max_length, k=100, mixed=mixed)
    expected = brute_force(engine.graph, conditions, max_length, mixed)
    assert sorted(told(answer)) == sorted(expected)
    assert answer.complete
    order = [(not loop.surely_held, len(loop.hops), loop.cost, names) for loop, names in zip(answer.found, told(answer), strict=True)]
    assert order == sorted(order)
