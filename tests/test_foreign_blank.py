from __future__ import annotations

import random

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from interlock.graph.foreign.blank import stable_names

NODES = [f"_:{letter}" for letter in "abcdef"]
TERMS = st.sampled_from([*NODES, "<http://e.example/x>", '"x"'])
TRIPLES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(["p", "q"]), TERMS), min_size=1, max_size=14)


def quads(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True))


def named(lines: list[str]) -> set[str]:
    """The statements with names for blank nodes."""
    found = quads(lines)
    names = stable_names(found)

    def text(term: object) -> str:
        return f"<{names[term]}>" if isinstance(term, ox.BlankNode) else str(term)

    return {f"{text(quad.subject)} {quad.predicate} {text(quad.object)}" for quad in found}


@given(TRIPLES, st.randoms(use_true_random=False))
def test_names_tell_nodes_apart_and_depend_on_neither_labels_nor_order_where_no_two_are_alike(
    triples: list[tuple[str, str, str]], draw: random.Random
) -> None:
    lines = [f"{s} <http://e.example/{p}> {o} ." for s, p, o in dict.fromkeys(triples)]
    names = stable_names(quads(lines))
    assert len(set(names.values())) == len(names)
    if any(name.endswith(("-2", "-3", "-4", "-5", "-6")) for name in names.values()):
        return
    other = dict(zip(NODES, draw.sample(["_:u", "_:v", "_:w", "_:x", "_:y", "_:z"], 6), strict=True))
    relabelled = [f"{other[s]} <http://e.example/{p}> {other.get(o, o)} ." for s, p, o in dict.fromkeys(triples)]
    draw.shuffle(relabelled)
    assert named(relabelled) == named(lines)


def test_nodes_that_are_alike_are_numbered_as_they_come() -> None:
    twins = ['_:a <http://e.example/p> "x" .', '_:b <http://e.example/p> "x" .']
    names = list(stable_names(quads(twins)).values())
    assert names[1] == f"{names[0]}-2"


def test_nodes_differ_by_what_their_neighbours_say() -> None:
    lines = [
        "_:a <http://e.example/p> _:b .",
        "_:c <http://e.example/p> _:d .",
        '_:b <http://e.example/p> "x" .',
        '_:d <http://e.example/p> "y" .',
    ]
    names = list(stable_names(quads(lines)).values())
    assert not any(name.endswith("-2") for name in names)
    assert len(set(names)) == 4


@given(TRIPLES, TRIPLES)
def test_names_do_not_depend_on_what_is_said_of_other_nodes(triples: list[tuple[str, str, str]], more: list[tuple[str, str, str]]) -> None:
    lines = [f"{s} <http://e.example/{p}> {o} ." for s, p, o in dict.fromkeys(triples)]
    others = [f"{s}2 <http://e.example/{p}> {o}2 ." for s, p, o in dict.fromkeys(more) if o in NODES]
    assert named(lines) <= named(lines + others)
