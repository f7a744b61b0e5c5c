"""The shipped data: complete, traceable, and no surer than its sources."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from interlock.graph import load
from interlock.graph.model import RelationshipKind, Status
from interlock.graph.vocabulary import SEEDS

SHIPPED = load()
FACTS = Path(__file__).parents[2] / "shared" / "facts" / "facts.csv"


def test_facts_are_all_in_under_their_ids() -> None:
    found = {fact for claim in SHIPPED.claims.values() for fact in claim.facts}
    assert found == {f"F{number:03}" for number in range(1, 188)}


@pytest.mark.skipif(not FACTS.exists(), reason=f"the collected facts are not at {FACTS.parent}")
def test_facts_have_a_claim_by_each_of_their_sources() -> None:
    by_fact: dict[str, set[str]] = {}
    for claim in SHIPPED.claims.values():
        for fact in claim.facts:
            by_fact.setdefault(fact, set()).add(claim.source)
    with FACTS.open(encoding="utf-8") as rows:
        expected = {row["id"]: len(row["sources"].split(" | ")) for row in csv.DictReader(rows)}
    assert {fact: len(sources) for fact, sources in by_fact.items()} == expected


def test_claims_are_in_words_of_our_own_and_quote_nothing() -> None:
    assert not [claim.id for claim in SHIPPED.claims.values() if claim.quote]


def test_no_end_is_open_that_only_was_not_seen() -> None:
    lasting = {RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION}
    assert not [tie.id for tie in SHIPPED.relationships.values() if tie.interval.ends_open and tie.kind not in lasting]


def test_article_is_contradicted_where_it_is_wrong_and_borne_out_where_it_is_right() -> None:
    contradicted = {}
    for tie in SHIPPED.relationships.values():
        for claim in tie.supporting:
            if claim.source == "source/techatphone-article":
                contradicted[claim.facts[0]] = (tie.status, bool(tie.contradicting))
    assert {fact for fact, (status, denied) in contradicted.items() if denied and status is Status.DISPUTED} == {
        "F180",
        "F181",
        "F182",
        "F183",
        "F184",
    }
    assert {fact for fact, (status, denied) in contradicted.items() if not denied and status is Status.CONFIRMED} == {
        "F185",
        "F186",
        "F187",
    }


def test_entity_has_one_name_and_no_two_share_one() -> None:
    names = Counter(name.casefold() for entity in SHIPPED.entities.values() for name in {name.casefold() for name in entity.names})
    assert not [name for name, count in names.items() if count > 1]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.trig")), ids=lambda path: path.name)
def test_files_say_what_they_cover_and_keep_their_sources_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    sources = re.findall(r"^source:([\w-]+) (?:a|\{)", text, re.MULTILINE)
    assert sources == sorted(set(sources))
