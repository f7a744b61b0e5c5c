from __future__ import annotations

import pytest

from harness import DEFAULT_SOURCE, tie
from interlock.graph.cost import hop_cost, transit_cost
from interlock.graph.dates import parse_date
from interlock.graph.model import Source

POST = Source("source/post", "https://example.org/post", "The Post", publisher="The Post")
TWO = (DEFAULT_SOURCE, POST)
DAY = parse_date("2024-01-01").first


@pytest.mark.parametrize(
    ("status", "thousandths"),
    [("CONFIRMED", 1000), ("REPORTED", 1500), ("ALLEGED", 2000), ("DISPUTED", 2500), ("DISMISSED", 4000), ("RETRACTED", 4000)],
)
def test_hop_costs_more_the_weaker_it_is(status: str, thousandths: int) -> None:
    assert hop_cost([tie("a", "b", kind="FOUNDING", status=status, sources=TWO)], DAY) == thousandths


def test_hop_costs_more_if_it_has_one_source_or_says_least() -> None:
    assert hop_cost([tie("a", "b", kind="FOUNDING")], DAY) == 1250
    assert hop_cost([tie("a", "b", kind="ASSOCIATION", sources=TWO)], DAY) == 1500


def test_hop_costs_more_the_longer_ago_it_ended() -> None:
    def ended(when: str) -> int:
        return hop_cost([tie("a", "b", f"1990/{when}", kind="POSITION", sources=TWO)], DAY)

    assert [ended("2023-06"), ended("2022-06"), ended("2013"), ended("1995")] == [1000, 1050, 1500, 1500]
    assert hop_cost([tie("a", "b", "1990/", kind="POSITION", sources=TWO)], DAY) == 1000


def test_hop_costs_as_little_as_its_cheapest_relationship() -> None:
    assert hop_cost([tie("a", "b", status="ALLEGED"), tie("a", "b", kind="FOUNDING", sources=TWO)], DAY) == 1000


@pytest.mark.parametrize(("degree", "thousandths"), [(0, 0), (1, 0), (2, 250), (4, 500), (40, 1330), (1024, 2500)])
def test_passage_costs_a_quarter_for_each_doubling_of_relationships(degree: int, thousandths: int) -> None:
    assert transit_cost(degree) == thousandths
