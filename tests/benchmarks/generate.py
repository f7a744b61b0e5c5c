"""A graph of people, companies, agreements and cases that never were: seeded, of any size, with hubs and dates as real ones have.

Entities and relationships are numbered in the order of their ids, as ``interlock.graph.arrays`` wants them. How many relationships an
entity has follows a power law; some relationships are parallel (a second term on a board, a director who is an executive too).

    python -m benchmarks.generate --entities 100000 --relationships 400000 dataset.nq
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.dates import Ints, Times, draw_times, single_dates
from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES, Int8, Ties
from interlock.graph.model import EntityKind, RelationshipKind, Status

SIZES = {"tiny": (2_000, 8_000), "small": (100_000, 400_000), "large": (1_000_000, 4_000_000)}
"""Name → entities and relationships."""

_ENTITIES = {
    EntityKind.PERSON: 0.52, EntityKind.COMPANY: 0.30, EntityKind.ORGANIZATION: 0.03, EntityKind.PRODUCT: 0.04, EntityKind.AGREEMENT: 0.07,
    EntityKind.LAWSUIT: 0.03, EntityKind.REGULATORY_ACTION: 0.005, EntityKind.EVENT: 0.005,
}  # fmt: skip
_TIES = {
    RelationshipKind.BOARD_SEAT: 0.25, RelationshipKind.POSITION: 0.28, RelationshipKind.FOUNDING: 0.04, RelationshipKind.OWNERSHIP: 0.08,
    RelationshipKind.ACQUISITION: 0.02, RelationshipKind.INVESTMENT: 0.09, RelationshipKind.PARTY: 0.16, RelationshipKind.OPERATION: 0.02,
    RelationshipKind.INVOLVEMENT: 0.02, RelationshipKind.PERSONAL: 0.02, RelationshipKind.ASSOCIATION: 0.02,
}  # fmt: skip
_STATUSES = {
    Status.CONFIRMED: 0.72, Status.REPORTED: 0.14, Status.ALLEGED: 0.07, Status.DISPUTED: 0.04, Status.DISMISSED: 0.02,
    Status.RETRACTED: 0.01,
}  # fmt: skip
_CLAIMS = {1: 0.86, 2: 0.10, 3: 0.04}
_PARALLEL = 0.06

_PEOPLE = (EntityKind.PERSON,)
_FIRMS = (EntityKind.COMPANY, EntityKind.ORGANIZATION)
_MATTERS = (EntityKind.AGREEMENT, EntityKind.LAWSUIT, EntityKind.REGULATORY_ACTION)
_LASTING = (RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION)


class Ends(NamedTuple):
    """Among which entities the ends of a kind of relationship are drawn, and the share of its sources that are people instead."""

    source: tuple[EntityKind, ...]
    target: tuple[EntityKind, ...]
    people: float = 0.0


_ENDS = {
    RelationshipKind.BOARD_SEAT: Ends(_PEOPLE, _FIRMS),
    RelationshipKind.POSITION: Ends(_PEOPLE, _FIRMS),
    RelationshipKind.FOUNDING: Ends(_PEOPLE, _FIRMS),
    RelationshipKind.OWNERSHIP: Ends(_FIRMS, _FIRMS, 0.3),
    RelationshipKind.ACQUISITION: Ends(_FIRMS, _FIRMS),
    RelationshipKind.INVESTMENT: Ends(_FIRMS, _FIRMS, 0.2),
    RelationshipKind.PARTY: Ends(_FIRMS, _MATTERS, 0.15),
    RelationshipKind.OPERATION: Ends(_FIRMS, (EntityKind.PRODUCT,)),
    RelationshipKind.INVOLVEMENT: Ends(_FIRMS, (EntityKind.EVENT, *_MATTERS), 0.6),
    RelationshipKind.PERSONAL: Ends(_PEOPLE, _PEOPLE),
    RelationshipKind.ASSOCIATION: Ends(_FIRMS, _FIRMS, 0.1),
}
_STEEPNESS = {_PEOPLE: 0.35, _FIRMS: 0.70, _MATTERS: 0.30}
"""Exponent by which the n-th most connected entity of a pool falls behind the first."""


@dataclass(frozen=True)
class Dataset:
    """A generated graph as columns.

    ``times`` is when each relationship says that it held (a party says nothing: it takes the time of its agreement or case, in
    ``entity_times``). ``claim_source`` is the source of its first claim, of ``source_count``; a second and third are by the next ones.
    """

    kinds: Int8
    ties: Ties
    times: Times
    entity_times: Times
    claim_source: Ints
    source_count: int

    @property
    def degree(self) -> npt.NDArray[np.int64]:
        return np.bincount(self.ties.source, minlength=len(self.kinds)) + np.bincount(self.ties.target, minlength=len(self.kinds))


class _Pool:
    """Some entities, of which a few are drawn far more often than the rest."""

    def __init__(self, kinds: Int8, wanted: tuple[EntityKind, ...], random: np.random.Generator) -> None:
        self._members = random.permutation(np.flatnonzero(np.isin(kinds, [ENTITY_KINDS.index(kind) for kind in wanted]))).astype(np.int32)
        self._sums = np.cumsum(np.arange(1, len(self._members) + 1, dtype=np.float64) ** -_STEEPNESS.get(wanted, 0.2))
        self._random = random

    def draw(self, count: int) -> Ints:
        return self._members[np.searchsorted(self._sums, self._random.random(count) * self._sums[-1], side="right")]


def generate(entities: int, relationships: int, seed: int = 7) -> Dataset:
    """A graph with so many entities and relationships; the same for the same seed."""
    random = np.random.default_rng(seed)
    kinds = _draw(_ENTITIES, ENTITY_KINDS, entities, random)
    tie_kinds = _draw(_TIES, RELATIONSHIP_KINDS, relationships, random)
    source, target = _ends(kinds, tie_kinds, random)
    times, entity_times = draw_times(relationships, random, observed=True), draw_times(entities, random, observed=False)
    lasting = np.isin(tie_kinds, [RELATIONSHIP_KINDS.index(kind) for kind in _LASTING])
    times.put(lasting, single_dates(times.take(lasting)))
    party = tie_kinds == RELATIONSHIP_KINDS.index(RelationshipKind.PARTY)
    held = times.take(np.arange(relationships))
    held.put(party, entity_times.take(target[party]))
    times.put(party, Times(*(np.full(int(party.sum()), -1, np.int32) for _ in range(3))))
    claims = random.choice(np.array(list(_CLAIMS), np.int32), relationships, p=list(_CLAIMS.values()))
    ties = Ties(source, target, tie_kinds, _draw(_STATUSES, STATUSES, relationships, random), claims, held.bounds())
    source_count = max(3, entities // 20)
    return Dataset(kinds, ties, times, entity_times, random.integers(0, source_count, relationships, np.int32), source_count)


def _draw(shares: dict[str, float], order: tuple[str, ...], count: int, random: np.random.Generator) -> Int8:
    """Numbers of kinds, drawn by their shares."""
    weights = np.array(list(shares.values()))
    return random.choice(np.array([order.index(kind) for kind in shares], np.uint8), count, p=weights / weights.sum())


def _ends(kinds: Int8, tie_kinds: Int8, random: np.random.Generator) -> tuple[Ints, Ints]:
    pools = {wanted: _Pool(kinds, wanted, random) for ends in _ENDS.values() for wanted in (ends.source, ends.target)}
    source, target = (np.zeros(len(tie_kinds), np.int32) for _ in range(2))
    for kind, ends in _ENDS.items():
        places = np.flatnonzero(tie_kinds == RELATIONSHIP_KINDS.index(kind))
        source[places], target[places] = pools[ends.source].draw(len(places)), pools[ends.target].draw(len(places))
        persons = places[random.random(len(places)) < ends.people]
        source[persons] = pools[_PEOPLE].draw(len(persons))
        while len(loops := places[source[places] == target[places]]):
            target[loops] = pools[ends.target].draw(len(loops))
    _repeat(tie_kinds, source, target, random)
    return source, target


def _repeat(tie_kinds: Int8, source: Ints, target: Ints, random: np.random.Generator) -> None:
    """Make some relationships parallel to others: a second term of the same kind, or a post beside a seat."""
    seats, posts, stakes = (
        np.flatnonzero(tie_kinds == RELATIONSHIP_KINDS.index(kind))
        for kind in (RelationshipKind.BOARD_SEAT, RelationshipKind.POSITION, RelationshipKind.OWNERSHIP)
    )
    for copies, originals in ((posts, seats), (posts, posts), (seats, seats), (stakes, stakes)):
        chosen = copies[random.random(len(copies)) < _PARALLEL]
        models = random.choice(originals, len(chosen)) if len(chosen) else chosen
        source[chosen], target[chosen] = source[models], target[models]


def main() -> None:
    from benchmarks.quads import write_quads

    parser = argparse.ArgumentParser(description="Write a generated graph as N-Quads.")
    parser.add_argument("--entities", type=int, default=SIZES["small"][0])
    parser.add_argument("--relationships", type=int, default=SIZES["small"][1])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    count = write_quads(generate(options.entities, options.relationships, options.seed), options.file)
    print(f"{count} quads in {options.file}")


if __name__ == "__main__":
    main()
