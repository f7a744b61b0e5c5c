"""How well a search finds companies by names that are misspelt, shortened, turned about or out of date.

    PYTHONPATH=tests python -m benchmarks.names company_tickers.csv

The file is a table with the columns ``cik`` and ``name``, such as the SEC's list of companies. Companies that the shipped graph knows by
their CIK get its names for them too, former ones among them. Each kind of query is made of so many names drawn with the seed. Printed are
the shares found first and among the first five, and the milliseconds of a query: the median and the 95th percentile of those that passed,
and the median of those for which the processor worked, which other work on the machine doesn't lengthen.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from interlock.graph import Entity, EntityKind, KnowledgeGraph, load
from interlock.graph.folding import fold, without_legal_form
from interlock.graph.model import Records
from interlock.graph.names import Names

KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
FORMS: Final = {
    "inc": ("Incorporated", "Corp.", "", "Inc"),
    "corp": ("Corporation", "Inc.", "", "Co."),
    "ltd": ("Limited", "PLC", "", "Ltd"),
    "co": ("Company", "Inc", ""),
    "plc": ("P.L.C.", "Ltd", "", "public limited company"),
    "sa": ("S.A.", "", "Société Anonyme"),
    "ag": ("Aktiengesellschaft", "A.G.", ""),
    "nv": ("N.V.", ""),
    "lp": ("L.P.", "Limited Partnership", ""),
    "llc": ("L.L.C.", ""),
}
SHORT: Final = {
    "acquisition": "Acq", "american": "Amer", "associates": "Assoc", "bancorp": "Bncp", "brothers": "Bros", "communications": "Comm",
    "development": "Dev", "electric": "Elec", "energy": "Engy", "entertainment": "Ent", "environmental": "Env", "financial": "Finl",
    "group": "Grp", "health": "Hlth", "holding": "Hldg", "holdings": "Hldgs", "industries": "Inds", "international": "Intl",
    "investment": "Inv", "laboratories": "Labs", "management": "Mgmt", "manufacturing": "Mfg", "medical": "Med", "national": "Natl",
    "pharmaceuticals": "Pharma", "properties": "Props", "resources": "Res", "sciences": "Sci", "services": "Svcs", "solutions": "Solns",
    "systems": "Sys", "technologies": "Tech", "technology": "Tech", "therapeutics": "Thera",
}  # fmt: skip


class Query(NamedTuple):
    """What is typed, and the id of the company that is meant."""

    text: str
    meant: str


class Found(NamedTuple):
    """What came of one kind of query: how many, the shares found first and among five, milliseconds of a query."""

    count: int
    first: float
    among_five: float
    median: float
    slow: float
    worked: float


def companies(path: Path) -> KnowledgeGraph:
    """The companies of a table as a graph without relationships, by CIK."""
    known = {key: each for each in load().entities.values() for key in each.identifiers if each.kind is EntityKind.COMPANY}
    entities: dict[str, Entity] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cik = f"cik:{int(row['cik'])}"
            aliases = dict.fromkeys(name for name in (known[cik].names if cik in known else ()) if fold(name) != fold(row["name"]))
            entities[cik] = Entity(cik, f"urn:{cik}", cik, EntityKind.COMPANY, row["name"], tuple(aliases), identifiers=(cik,))
    return KnowledgeGraph(Records(entities, {}, {}))


def typo(text: str, draw: random.Random) -> str:
    """One letter left out, doubled, mistaken for its neighbour on the keyboard, or swapped with the next; never the first one."""
    places = [place for place in range(1, len(text)) if text[place].isalnum()]
    if not places:
        return text
    place = draw.choice(places)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    match draw.randrange(4):
        case 0:
            return before + after
        case 1:
            return before + letter + letter + after
        case 2:
            return before + _beside(letter, draw) + after
        case _:
            return before + after[:1] + letter + after[1:]


def in_other_order(text: str, draw: random.Random) -> str:
    """The words of a name without its legal form, the last one first or all at random."""
    words = without_legal_form(fold(text)).split()
    draw.shuffle(words)
    return " ".join(words)


def abbreviated(text: str, _: random.Random) -> str:
    """A name with each word that has a customary abbreviation abbreviated, and "and" for "&"."""
    return " ".join(SHORT.get(re.sub(r"\W", "", word).lower(), "and" if word == "&" else word) for word in text.split())


def in_other_form(text: str, draw: random.Random) -> str:
    """A name whose legal form is written otherwise, left out, or another one."""
    words = text.split()
    ending = fold(words[-1])
    return " ".join([*words[:-1], draw.choice(FORMS[ending])]) if ending in FORMS and len(words) > 1 else text


def without_form(text: str) -> str:
    """A name as people say it."""
    return without_legal_form(fold(text))


def queries(graph: KnowledgeGraph, count: int, seed: int) -> dict[str, list[Query]]:
    """Queries of each kind; a name that a kind leaves as it is gives none of it."""
    draw = random.Random(seed)
    every = list(graph.entities.values())
    kinds: dict[str, Callable[[str], str]] = {
        "as registered": lambda name: name,
        "one typo": lambda name: typo(name, draw),
        "one typo, no legal form": lambda name: typo(without_form(name), draw),
        "two typos": lambda name: typo(typo(name, draw), draw),
        "another legal form": lambda name: in_other_form(name, draw),
        "another order of words": lambda name: in_other_order(name, draw),
        "abbreviated": lambda name: abbreviated(name, draw),
        "abbreviated, one typo": lambda name: typo(abbreviated(name, draw), draw),
    }
    made: dict[str, list[Query]] = {}
    for kind, change in kinds.items():
        sample = draw.sample(every, len(every))
        pairs = ((each, change(each.name)) for each in sample)
        changed = (Query(text, each.id) for each, text in pairs if kind == "as registered" or fold(text) != fold(each.name))
        made[kind] = [query for _, query in zip(range(count), changed, strict=False)]
    other = [Query(typo(name, draw), each.id) for each in every for name in each.aliases if len(name) > 4]
    made["other or former name, one typo"] = other[:count]
    return made


def measure(names: Names, asked: list[Query]) -> Found:
    """Ask them all."""
    places, times, worked = [], [], []
    for query in asked:
        start, began = time.perf_counter(), time.process_time()
        hits = names.search(query.text, limit=5)
        times.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - began))
        found = [hit.entity.id for hit in hits]
        places.append(found.index(query.meant) if query.meant in found else 5)
    share = [sum(place < most for place in places) / len(places) for most in (1, 5)]
    return Found(len(asked), share[0], share[1], statistics.median(times), statistics.quantiles(times, n=20)[-1], statistics.median(worked))


def _beside(letter: str, draw: random.Random) -> str:
    row = next((row for row in KEYS if letter.lower() in row), None)
    if row is None:
        return draw.choice("0123456789")
    place = row.index(letter.lower())
    return draw.choice([row[at] for at in (place - 1, place + 1) if 0 <= at < len(row)])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well misspelt names are found.")
    parser.add_argument("file", type=Path, help="CSV with the columns cik and name")
    parser.add_argument("--count", type=int, default=1000, help="queries of each kind")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    graph = companies(given.file)
    names = Names(graph)
    names.search("warm up")
    print(f"{len(graph.entities):,} companies, seed {given.seed}")
    print(f"{'query':32}{'count':>6}{'recall@1':>10}{'recall@5':>10}{'median ms':>11}{'p95 ms':>8}{'CPU ms':>8}")
    for kind, asked in queries(graph, given.count, given.seed).items():
        found = measure(names, asked)
        print(
            f"{kind:32}{found.count:>6}{found.first:>10.3f}{found.among_five:>10.3f}{found.median:>11.2f}{found.slow:>8.2f}{found.worked:>8.2f}"
        )


if __name__ == "__main__":
    main()
