from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from harness import entity, graph, tie
from interlock.graph import KnowledgeGraph, load
from interlock.graph.errors import AmbiguousEntity, UnknownEntity
from interlock.graph.folding import fold, without_legal_form
from interlock.graph.likeness import likeness_in_words
from interlock.graph.model import EntityKind
from interlock.graph.name_tables import NameRows
from interlock.graph.names import Names

META = entity(
    "Meta",
    "COMPANY",
    "Facebook",
    "Facebook, Inc.",
    "Meta Platforms",
    identifiers=("cik:1326801",),
    same_as=("http://www.wikidata.org/entity/Q380",),
)
BOARD = entity("Board of Meta", "BOARD", unit_of="meta")
PEOPLE = [entity("Mathias Döpfner", "PERSON"), entity("Marc Andreessen", "PERSON"), entity("Marc Randolph", "PERSON")]
OTHERS = [entity("Netflix"), entity("Bill & Melinda Gates Foundation", "ORGANIZATION")]
NAMES = Names(graph(tie("marc-randolph", "netflix", kind="FOUNDING"), entities=[META, BOARD, *PEOPLE, *OTHERS]))


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("Meta", "meta"),
        ("meta", "meta"),
        ("META PLATFORMS", "meta"),
        ("  facebook   inc ", "meta"),
        ("Facebook", "meta"),
        ("Facebook Inc.", "meta"),
        ("facebook, inc", "meta"),
        ("The Facebook Company", "meta"),
        ("cik:1326801", "meta"),
        ("CIK:1326801", "meta"),
        ("http://www.wikidata.org/entity/Q380", "meta"),
        ("https://example.org/meta", "meta"),
        ("mathias dopfner", "mathias-döpfner"),
        ("Meta's board", "board-of-meta"),
        ("Meta’s board of directors", "board-of-meta"),
        ("meta board", "board-of-meta"),
        ("the board of Facebook", "board-of-meta"),
        ("Board of Directors of Meta Platforms", "board-of-meta"),
        ("Board of Meta", "board-of-meta"),
        ("bill & melinda gates foundation", "bill-&-melinda-gates-foundation"),
        ("Bill  Melinda Gates Foundation", "bill-&-melinda-gates-foundation"),
    ],
)
def test_reference_finds_the_entity_that_is_meant(reference: str, found: str) -> None:
    assert NAMES.resolve(reference).id == found


@pytest.mark.parametrize(("reference", "suggested"), [("Netflx", "netflix"), ("Metta", "meta"), ("Andreesen", "marc-andreessen")])
def test_reference_that_is_unknown_is_refused_with_suggestions(reference: str, suggested: str) -> None:
    with pytest.raises(UnknownEntity) as raised:
        NAMES.resolve(reference)
    assert raised.value.extensions["code"] == "UNKNOWN_ENTITY"
    assert raised.value.entities[0].id == suggested
    assert "Did you mean" in str(raised.value)


def test_reference_to_the_board_of_a_company_without_one_says_so() -> None:
    with pytest.raises(UnknownEntity, match="Netflix has no board"):
        NAMES.resolve("Netflix's board")


def test_reference_that_is_part_of_several_names_is_ambiguous() -> None:
    with pytest.raises(AmbiguousEntity) as raised:
        NAMES.resolve("marc")
    assert raised.value.extensions == {
        "code": "AMBIGUOUS_ENTITY",
        "candidates": [
            {"id": "marc-randolph", "name": "Marc Randolph", "kind": "PERSON"},
            {"id": "marc-andreessen", "name": "Marc Andreessen", "kind": "PERSON"},
        ],
    }


def test_reference_that_several_have_as_a_name_is_ambiguous() -> None:
    twins = Names(graph(entities=[replace(entity("Apple"), id="entity/apple"), entity("Apple Records", "COMPANY", "Apple")]))
    with pytest.raises(AmbiguousEntity) as raised:
        twins.resolve("APPLE")
    assert {each.id for each in raised.value.entities} == {"entity/apple", "apple-records"}
    assert twins.resolve("entity/apple").name == "Apple"


@pytest.mark.parametrize("reference", ["", "   ", "?!", "'s board", "board of "])
def test_reference_that_says_nothing_is_unknown(reference: str) -> None:
    with pytest.raises(UnknownEntity):
        NAMES.resolve(reference)


def test_search_ranks_the_very_name_before_a_beginning_before_a_near_spelling() -> None:
    hits = NAMES.search("marc")
    assert [(hit.entity.id, hit.matched) for hit in hits][:2] == [
        ("marc-randolph", "Marc Randolph"),
        ("marc-andreessen", "Marc Andreessen"),
    ]
    assert NAMES.search("facebook")[0].matched == "Facebook"
    assert NAMES.search("facebook")[0].score == 1.0
    assert NAMES.search("netflicks")[0].entity.id == "netflix"
    assert NAMES.search("netflicks")[0].score < 0.8


def test_search_finds_only_the_kinds_that_are_asked_for_and_no_more_than_asked() -> None:
    assert {hit.entity.kind for hit in NAMES.search("meta", [EntityKind.BOARD])} == {EntityKind.BOARD}
    assert len(NAMES.search("marc", limit=1)) == 1
    assert NAMES.search("") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Internatoinal Busness Machines", "international-business-machines-corporation"),
        ("Intl Business Machs", "international-business-machines-corporation"),
        ("Machines, Business International", "international-business-machines-corporation"),
        ("IBM", "international-business-machines-corporation"),
        ("Sanofi Société Anonyme", "sanofi-s.a."),
        ("san ofi", "sanofi-s.a."),
        ("Sanofy", "sanofi-s.a."),
        ("Nxu", "nux-ltd"),
        ("Hauspie & Lernout Speech", "nuance"),
    ],
)
def test_search_finds_a_company_by_misspelt_shortened_turned_and_former_names(text: str, found: str) -> None:
    companies = [entity("International Business Machines Corporation"), entity("Sanofi S.A."), entity("Nux Ltd")]
    others = [entity("International Bank"), entity("Business Objects"), entity("Nuance", "COMPANY", "Lernout and Hauspie Speech Products")]
    assert Names(graph(entities=companies + others)).search(text)[0].entity.id == found


def brute_force(on: KnowledgeGraph, text: str) -> list[tuple[str, float, str]]:
    """What a search has to give, by looking at every name."""
    folded, best = fold(text), dict[str, tuple[float, str]]()
    names = [fold(written) for each in on.entities.values() for written in each.names]
    count = Counter(word for name in names for word in name.split())

    def weight(word: str) -> float:
        return math.log(1 + len(names) / max(1, count[word]))

    for each in on.entities.values() if folded else ():
        for written in each.names:
            score = fitness(folded, fold(written), weight)
            if score > best.get(each.id, (0.0, ""))[0]:
                best[each.id] = score, written
    found = [(id, *hit) for id, hit in best.items()]
    return sorted(found, key=lambda hit: (-hit[1], -on.relationship_count(hit[0]), hit[0]))


def fitness(folded: str, name: str, weight: Callable[[str], float]) -> float:
    plain, its_plain = without_legal_form(folded), without_legal_form(name)
    if name == folded:
        return 1.0
    if plain == its_plain:
        return 0.99
    if f" {folded}" in f" {name}":
        return 0.9 if name.startswith(folded) else 0.85
    if len(its_plain.split()) > 2 and folded == "".join(word[0] for word in its_plain.split()):
        return 0.8
    likeness = round(0.8 * spelt_like(folded, name, weight) / 100, 4)
    return likeness if spelt_like(folded, name, weight) else 0.0


def spelt_like(folded: str, name: str, weight: Callable[[str], float]) -> float:
    plain, its_plain = without_legal_form(folded), without_legal_form(name)
    words, its_words, text = plain.split(), its_plain.split(), plain.replace(" ", "")
    kinds = [enough(fuzz.ratio(folded, name), 72), enough(fuzz.ratio(text, its_plain.replace(" ", "")), 66 if len(text) == 3 else 72)]
    if " " in folded:
        kinds.append(enough(fuzz.token_sort_ratio(folded, name), 72))
    if " " in plain:
        in_order = fuzz.ratio("".join(sorted(words)), "".join(sorted(its_words)))
        kinds += [enough(in_order, 66 if len(text) == 3 else 72), enough(likeness_in_words(words, its_words, weight), 72)]
    else:
        kinds += [enough(0.95 * fuzz.ratio(plain, word), 72) for word in name.split()]
    return max(kinds)


def enough(likeness: float, least: float) -> float:
    return likeness if likeness >= least else 0.0


WORDS = st.lists(
    st.sampled_from(
        ["anna", "ann", "hanna", "acme", "acne", "the", "inc", "Ünïon", "oy", "a", "", "?", "東京", "42", "tech", "technologies"]
    ),
    max_size=4,
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
def test_search_finds_what_looking_at_every_name_finds(names: list[str], text: str) -> None:
    on = graph(entities=[replace(entity("x", "COMPANY", f"{name} {names[0]}"), id=str(i), name=name) for i, name in enumerate(names)])
    assert [(hit.entity.id, hit.score, hit.matched) for hit in Names(on).search(text, limit=50)] == brute_force(on, text)


SHIPPED = load()


@pytest.mark.parametrize(
    "text", ["meta", "facebok", "John", "jon smth", "Reed Hastngs", "bord of", "the", "a", "microsoft corporation", "zuckerberg mark"]
)
def test_search_finds_what_looking_at_every_name_of_the_shipped_graph_finds(text: str) -> None:
    assert [(hit.entity.id, hit.score, hit.matched) for hit in Names(SHIPPED).search(text, limit=1000)] == brute_force(SHIPPED, text)


@pytest.mark.parametrize("id", SHIPPED.entities)
def test_entity_is_found_by_its_id_its_iri_and_each_of_its_identifiers(id: str) -> None:
    names, each = Names(SHIPPED), SHIPPED.entities[id]
    assert {names.resolve(key).id for key in (id, id.upper(), each.iri, *each.identifiers, *each.same_as)} == {id}


PIECES = st.sampled_from(["ab", "abcdefgh", "abcdefghi", "b", "\u4e2d", "zz9"])


@given(st.lists(st.lists(PIECES, max_size=5).map(" ".join), max_size=8))
def test_words_stand_in_the_order_of_what_follows(names: list[str]) -> None:
    rows = NameRows("https://example.org/")
    for number, name in enumerate(names):
        rows.add(number, entity(name))
    tables, heaps = rows.finish(np.arange(len(names)))
    heap = bytes(heaps["name"])
    starts = [place for place in range(len(heap)) if heap[place : place + 1].strip() and not heap[place - 1 : place].strip()]
    expected = sorted((heap[place : heap.index(b"\n", place) + 1], place) for place in starts)
    words = [rest.split()[0] for rest, _ in expected]
    first = [number for number, word in enumerate(words) if number == 0 or words[number - 1] != word]
    assert tables["word"].tolist() == [place for _, place in expected]
    assert tables["word_first"].tolist() == [*first, len(words)]
    assert tables["word_size"].tolist() == [len(words[number].decode()) for number in first]
