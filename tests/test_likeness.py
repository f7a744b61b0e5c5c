from __future__ import annotations

import pytest

from interlock.graph.likeness import abbreviates, likeness_in_words, weight, word_likeness


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("intl", "international"),
        ("tech", "technologies"),
        ("hldgs", "holdings"),
        ("grp", "group"),
        ("labs", "laboratories"),
        ("mgmt", "management"),
        ("svcs", "services"),
        ("sys", "systems"),
    ],
)
def test_abbreviation_is_recognized(short: str, long: str) -> None:
    assert abbreviates(short, long)
    assert word_likeness(short, long) == word_likeness(long, short) == 90


@pytest.mark.parametrize(("short", "long"), [("co", "corning"), ("tech", "tech"), ("nat", "international"), ("hgs", "holding"), ("", "a")])
def test_what_is_no_abbreviation_is_not_taken_for_one(short: str, long: str) -> None:
    assert not abbreviates(short, long)


def test_word_is_like_a_near_spelling_and_not_like_another_word() -> None:
    assert word_likeness("acme", "acme") == 100
    assert 76 <= word_likeness("sytems", "systems") < 100
    assert word_likeness("apple", "oracle") == 0


def test_rare_word_counts_more_than_a_common_one() -> None:
    weights = {"group": weight(1000, 10_000), "xylo": weight(1, 10_000)}
    rare = likeness_in_words(["xylo", "grp"], ["xylo", "bank"], lambda word: weights.get(word, 5.0))
    common = likeness_in_words(["xylo", "group"], ["group", "bank"], lambda word: weights.get(word, 5.0))
    assert rare > common > 0
    assert likeness_in_words(["xylo"], ["xylo"], weights.__getitem__) == pytest.approx(95)
    assert likeness_in_words(["xylo"], [], weights.__getitem__) == 0
