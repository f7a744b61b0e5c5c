from __future__ import annotations

from dataclasses import replace

import pytest

from harness import entity, graph, tie
from interlock.graph import BadInput, EntityKind, KnowledgeGraph
from interlock.graph.names import Names
from interlock.graph.properties import property_of
from interlock.graph.reconcile import Candidate, Given, Query, TypeStrict, reconcile

META = entity("Meta", "COMPANY", "Facebook, Inc.", "Meta Platforms", identifiers=("cik:1326801",))
TORO = [entity("Toro Corp."), entity("Toro Co")]
TWINS = [replace(entity("John Smith", "PERSON"), id=id) for id in ("smith-1", "smith-2")]
OTHERS = [
    entity("Reed Hastings", "PERSON"),
    entity("Netflix"),
    entity("Board of Meta", "BOARD", unit_of="meta"),
    replace(entity("Orange", "COMPANY"), id="orange-company"),
    replace(entity("Orange", "PRODUCT"), id="orange-product"),
]
GRAPH = graph(
    tie("reed-hastings", "meta", "2011/2019", kind="BOARD_SEAT"),
    tie("smith-1", "netflix", "2015/2016", kind="BOARD_SEAT"),
    tie("smith-2", "meta", "2017", kind="FOUNDING"),
    entities=[META, *TORO, *TWINS, *OTHERS],
)
NAMES = Names(GRAPH)


def candidates(text: str = "", on: KnowledgeGraph = GRAPH, **fields: object) -> list[Candidate]:
    properties = tuple(Given(property_of(id), values) for id, values in fields.pop("properties", {}).items())  # type: ignore[attr-defined]
    return reconcile(on, NAMES, Query(text, properties=properties, **fields))  # type: ignore[arg-type]


def matched(text: str = "", **fields: object) -> list[str]:
    return [each.entity.id for each in candidates(text, **fields) if each.match]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Meta", ["meta"]),
        ("facebook", ["meta"]),
        ("FACEBOOK INCORPORATED", ["meta"]),
        ("Meta Platforms, Inc.", ["meta"]),
        ("Toro Co", ["toro-co"]),
        ("toro corporation", ["toro-corp."]),
        ("cik:1326801", ["meta"]),
        ("https://example.org/meta", ["meta"]),
        ("meta", ["meta"]),
    ],
)
def test_exact_name_or_identifier_of_one_entity_is_a_match(text: str, found: list[str]) -> None:
    assert matched(text) == found
    assert candidates(text)[0].match


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Metta", "misspelt"),
        ("Facebook Ltd", "of another legal form"),
        ("Met", "the beginning of a name"),
        ("Toro", "of two companies that differ in their legal forms"),
        ("John Smith", "of two people"),
        ("Orange", "of a company and a product"),
        ("Hastings", "a part of a name"),
        ("nobody", "of nobody"),
    ],
)
def test_weak_name_is_never_a_match(text: str, why: str) -> None:
    assert matched(text) == [], why


def test_kind_decides_between_namesakes() -> None:
    assert matched("Orange", kinds=frozenset({EntityKind.PRODUCT})) == ["orange-product"]
    assert matched("Orange", kinds=frozenset({EntityKind.PRODUCT}), strict=TypeStrict.SHOULD) == ["orange-product"]
    assert matched("Meta", kinds=frozenset({EntityKind.PERSON}), strict=TypeStrict.SHOULD) == []


def test_company_is_an_organization_too() -> None:
    assert matched("Netflix", kinds=frozenset({EntityKind.ORGANIZATION})) == ["netflix"]
    both = frozenset({EntityKind.ORGANIZATION, EntityKind.COMPANY})
    assert matched("Netflix", kinds=both, strict=TypeStrict.ALL) == ["netflix"]
    assert candidates("Netflix", kinds=both | {EntityKind.PERSON}, strict=TypeStrict.ALL) == []


def test_kind_that_is_only_preferred_costs_score() -> None:
    found = candidates("Orange", kinds=frozenset({EntityKind.PRODUCT}), strict=TypeStrict.SHOULD)
    assert [(each.entity.id, each.score, each.features["kind"]) for each in found] == [
        ("orange-product", 100, True),
        ("orange-company", 50, False),
    ]
    assert [each.entity.id for each in candidates("Orange", kinds=frozenset({EntityKind.COMPANY}))] == ["orange-company"]


def test_property_ranks_namesakes_but_makes_no_match_of_them() -> None:
    found = candidates("John Smith", properties={"director_of": ("Netflix",)})
    assert [(each.entity.id, each.features.get("property:director_of")) for each in found] == [("smith-1", 1.0), ("smith-2", None)]
    assert found[0].score == 100
    assert found[1].score == pytest.approx(100 * (2 + 0.5) / 3, abs=0.01)
    assert not any(each.match for each in found)


def test_property_that_speaks_against_it_prevents_a_match() -> None:
    assert matched("Meta", properties={"cik": ("0001326801",)}) == ["meta"]
    assert matched("Meta", properties={"cik": ("7",)}) == []
    assert matched("Reed Hastings", properties={"director_of": ("board of Meta",)}) == ["reed-hastings"]
    assert matched("Reed Hastings", properties={"director_of": ("Netflix",)}) == []


def test_identifier_alone_is_a_match_unless_the_name_is_another() -> None:
    assert matched(properties={"cik": ("1326801",)}) == ["meta"]
    assert matched("Metta", properties={"cik": ("1326801",)}) == ["meta"]
    assert matched("Reed Hastings", properties={"cik": ("1326801",)}) == []


def test_properties_alone_find_candidates() -> None:
    found = candidates(properties={"director_of": ("Meta's board",)})
    assert [(each.entity.id, each.score, each.match) for each in found] == [("reed-hastings", 100, False)]
    assert candidates(properties={"name": ("Netflx",)})[0].entity.id == "netflix"
    assert [each.entity.id for each in candidates(properties={"company": ("Meta",)})] == ["board-of-meta"]


def test_features_say_what_a_score_is_made_of() -> None:
    found = candidates("Facebok", kinds=frozenset({EntityKind.COMPANY}), properties={"cik": ("1326801",), "founders": ("John Smith",)})[0]
    name = float(found.features["name"])
    assert found.features == {
        "name": name, "name_exact": False, "identifier": True, "kind": True,
        "property:cik": 1.0, "property:founders": 1.0, "relationships": 2,
    }  # fmt: skip
    assert 0.7 < name < 0.8
    assert found.score == pytest.approx(100 * (2 * name + 3 + 1) / 6, abs=0.01)


def test_candidates_are_no_more_than_asked_for_best_first() -> None:
    assert len(candidates("Toro", limit=1)) == 1
    scores = [each.score for each in candidates("Orange Toro Meta")]
    assert scores == sorted(scores, reverse=True)


def test_query_without_anything_or_with_a_wrong_limit_is_refused() -> None:
    with pytest.raises(BadInput, match="text or properties"):
        Query(" ")
    with pytest.raises(BadInput, match="limit is 0"):
        Query("Meta", limit=0)
