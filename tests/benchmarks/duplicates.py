"""How well companies that are in the data twice, under changed names, are suspected of being one; and how long that takes.

    PYTHONPATH=tests python -m benchmarks.duplicates company_tickers.csv
    PYTHONPATH=tests python -m benchmarks.duplicates --people 1000000

The file is a table with the columns ``cik`` and ``name``, such as the SEC's list of companies. Of each kind of change, so many companies
get a twin of a changed name and nothing else in common. Printed are for some least scores the share of the twins that are listed (recall),
and the share of the listed pairs that are such twins (precision); all other pairs count as wrong, though some companies of the list are
near relatives. With ``--people`` the time for so many people of random names is measured instead.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.names import abbreviated, companies, in_other_form, in_other_order, typo, without_form
from interlock.graph import Entity, EntityKind, KnowledgeGraph
from interlock.graph.duplicates import LEAST, Suspicion, suspicions
from interlock.graph.folding import fold
from interlock.graph.model import Records

LEASTS: Final = (LEAST, 0.7, 0.85)
SYLLABLES: Final = [first + second for first in "bcdfghjklmnprstvwz" for second in "aeiou"]
Twins = dict[frozenset[str], str]


def with_twins(graph: KnowledgeGraph, count: int, seed: int) -> tuple[KnowledgeGraph, Twins]:
    """The graph with twins, and of each pair how its name was changed; a name that a change leaves as it is gives none."""
    draw = random.Random(seed)
    changes: dict[str, Callable[[Entity], str]] = {
        "another legal form": lambda each: in_other_form(each.name, draw),
        "no legal form": lambda each: without_form(each.name),
        "one typo": lambda each: typo(each.name, draw),
        "one typo, no legal form": lambda each: typo(without_form(each.name), draw),
        "two typos": lambda each: typo(typo(each.name, draw), draw),
        "another order of words": lambda each: in_other_order(each.name, draw),
        "abbreviated": lambda each: abbreviated(each.name, draw),
        "other or former name": lambda each: draw.choice(each.aliases) if each.aliases else each.name,
    }
    entities, twins = dict(graph.entities), Twins()
    for kind, change in changes.items():
        sample = draw.sample(list(graph.entities.values()), len(graph.entities))
        changed = ((each, name) for each in sample if fold(name := change(each)) != fold(each.name))
        for (each, name), number in zip(changed, range(count), strict=False):
            id = f"{kind.replace(' ', '-')}-{number}"
            entities[id] = Entity(id, f"urn:{id}", id, each.kind, name)
            twins[frozenset((each.id, id))] = kind
    return KnowledgeGraph(Records(entities, {}, {})), twins


def crowd(count: int, seed: int) -> KnowledgeGraph:
    """People of random first, middle and last names, of which some are common."""
    draw = random.Random(seed)
    firsts, lasts = (["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(many)] for many in (3_000, 60_000))
    common = ([1 / (place + 10) for place in range(len(names))] for names in (firsts, lasts))
    drawn = zip(*(draw.choices(names, weights, k=count) for names, weights in zip((firsts, lasts), common, strict=True)), strict=True)
    people = (Entity(f"p{number}", f"urn:{number}", f"p{number}", EntityKind.PERSON, f"{a} {b}") for number, (a, b) in enumerate(drawn))
    return KnowledgeGraph(Records({each.id: each for each in people}, {}, {}))


def measured(graph: KnowledgeGraph) -> list[Suspicion]:
    """The pairs of a graph; prints how long they took."""
    began = time.perf_counter()
    found = suspicions(graph)
    told = f"{len(graph.entities):,} entities, {len(found.pairs):,} pairs in {time.perf_counter() - began:.1f} s"
    print(f"{told}; {len(found.crowded):,} names are too common")
    return found.pairs


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well duplicates are suspected.")
    parser.add_argument("file", type=Path, nargs="?", help="CSV with the columns cik and name")
    parser.add_argument("--people", type=int, default=0, help="measure the time for so many people instead")
    parser.add_argument("--count", type=int, default=250, help="twins of each kind")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.people or given.file is None:
        measured(crowd(given.people or 100_000, given.seed))
        return
    graph, twins = with_twins(companies(given.file), given.count, given.seed)
    listed = {frozenset((each.one.id, each.other.id)): each.score for each in measured(graph)}
    print(f"{'twins':32}{'count':>6}" + "".join(f"{f'from {least}':>10}" for least in LEASTS))
    for kind in dict.fromkeys(twins.values()):
        pairs = [pair for pair, its_kind in twins.items() if its_kind == kind]
        shares = [sum(listed.get(pair, 0) >= least for pair in pairs) / len(pairs) for least in LEASTS]
        print(f"{kind:32}{len(pairs):>6}" + "".join(f"{share:>10.3f}" for share in shares))
    found = [[pair for pair, score in listed.items() if score >= least] for least in LEASTS]
    print(f"{'recall':32}{len(twins):>6}" + "".join(f"{len(twins.keys() & set(pairs)) / len(twins):>10.3f}" for pairs in found))
    print(f"{'precision':38}" + "".join(f"{len(twins.keys() & set(pairs)) / max(len(pairs), 1):>10.3f}" for pairs in found))


if __name__ == "__main__":
    main()
