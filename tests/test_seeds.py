"""The shipped data: complete, traceable, and no surer than its sources."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import combinations, product
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from interlock.graph import load
from interlock.graph.dates import parse_date
from interlock.graph.folding import fold
from interlock.graph.model import Entity, EntityKind, RelationshipKind, Status
from interlock.graph.vocabulary import SEEDS

SHIPPED = load()
FACTS = Path(__file__).parents[2] / "shared" / "facts"
COLLECTED = {"A": 383, "B": 509, "C": 553, "D": 514, "F": 187}
"""How many facts were collected under each letter."""
ONE_DOCUMENT_CITED_TWICE = {"D001", "D002", "D003", "D046", "D047", "D048", "D221", "D489", "D490"}
"""Facts that cite two pages of one document, or a page from before what they state."""
PLANNED = re.compile(
    r"\b(announced|planned|set for|to (?:be|take|end|start|leave|run|go|stay|last|step)|until|option|will|would|not to stand|term|due"
    r"|for \w+ years)\b|Another source",
    re.IGNORECASE,
)
"""Words by which a claim speaks of the future, or of what others say."""
FROM_A_NOTE = {"A313", "B502"}
"""Facts whose note tells of one source more, that says something else."""


def test_facts_are_all_in_under_their_ids() -> None:
    found = {fact for claim in SHIPPED.claims.values() for fact in claim.facts}
    assert found == {f"{letter}{number:03}" for letter, count in COLLECTED.items() for number in range(1, count + 1)}


@pytest.mark.skipif(not FACTS.exists(), reason=f"the collected facts are not at {FACTS}")
def test_facts_have_a_claim_by_each_of_their_sources() -> None:
    by_fact: dict[str, set[str]] = {}
    for claim in SHIPPED.claims.values():
        for fact in claim.facts:
            by_fact.setdefault(fact, set()).add(claim.source)
    cited = {row["id"]: len(set(row["sources"].split(" | "))) for row in rows()}
    assert set(cited) == set(by_fact)
    fewer = {fact for fact, sources in by_fact.items() if len(sources) < cited[fact]}
    more = {fact for fact, sources in by_fact.items() if len(sources) > cited[fact]}
    assert (fewer, more) == (ONE_DOCUMENT_CITED_TWICE, FROM_A_NOTE)


@pytest.mark.skipif(not FACTS.exists(), reason=f"the collected facts are not at {FACTS}")
def test_facts_speak_of_the_two_that_they_were_collected_about() -> None:
    """Every end of a fact that is a person is an end of one of the relationships that it supports, by one of its names."""
    of_fact: dict[str, set[str]] = {}
    for tie in SHIPPED.relationships.values():
        names = {fold(name) for end in (tie.source, tie.target) for name in SHIPPED.entities[end].names}
        for claim in tie.claims:
            for fact in claim.facts:
                of_fact.setdefault(fact, set()).update(names)
    sides = {"counselFor": ("subject",)}  # whose counsel somebody was is the side in the case
    ends = [
        (row["id"], row[side])
        for row in rows()
        for side in sides.get(row["predicate"], ("subject", "object"))
        if row.get(f"{side}_kind") == "PERSON"
    ]
    assert len(ends) > 1000
    assert [(fact, name) for fact, name in ends if fold(name) not in of_fact[fact]] == []


def rows() -> list[dict[str, str]]:
    found = []
    for path in sorted(FACTS.glob("*.csv")):
        with path.open(encoding="utf-8") as lines:
            found += list(csv.DictReader(lines))
    return found


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


def test_near_namesakes_were_looked_at_by_eye() -> None:
    """Every two people or organizations of nearly the same name are in a list that says how they differ."""
    with (SEEDS / "namesakes.csv").open(encoding="utf-8") as lines:
        looked_at = {(row["one"], row["other"]): row["different"] for row in csv.DictReader(lines)}
    assert all(looked_at.values())
    people, organizations = [], []
    for entity in SHIPPED.entities.values():
        if entity.kind is EntityKind.PERSON:
            people.append(entity)
        elif entity.kind in (EntityKind.COMPANY, EntityKind.ORGANIZATION):
            organizations.append(entity)
    pairs = [pair for group in (people, organizations) for pair in combinations(group, 2) if nearly_the_same(*pair)]
    assert {tuple(sorted((one.slug, other.slug))) for one, other in pairs} == set(looked_at)


def nearly_the_same(one: Entity, other: Entity) -> bool:
    """Spelt nearly alike; people of one surname and nearly one given name; organizations of which one has the other's words in its name."""
    for a, b in product(map(fold, one.names), map(fold, other.names)):
        words, others = a.split(), b.split()
        if fuzz.token_sort_ratio(a, b) >= 85:
            return True
        if one.kind is EntityKind.PERSON:
            if len(words) > 1 and len(others) > 1 and words[-1] == others[-1] and words[0][:3] == others[0][:3]:
                return True
        elif set(words) < set(others) or set(others) < set(words):
            return True
    return False


def test_source_makes_one_claim_about_a_relationship_unless_it_says_two_things() -> None:
    said = Counter((c.source, c.relationship, c.stance, c.interval.text, c.summary) for c in SHIPPED.claims.values() if c.summary)
    assert [key for key, count in said.items() if count > 1] == []


def test_claim_tells_of_no_year_after_its_source() -> None:
    """Sources of one fact are of different days: what a later one tells, an earlier one can't have said, unless as a plan."""
    foretold = []
    for claim in SHIPPED.claims.values():
        published = SHIPPED.sources[claim.source].published
        years = [int(year) for year in re.findall(r"\b((?:19|20)\d\d)\b", claim.summary or "")]
        if (
            published is not None
            and years
            and parse_date(str(max(years))).first > published.last
            and not PLANNED.search(claim.summary or "")
        ):
            foretold.append((claim.id, published.text, claim.summary))
    assert foretold == []
