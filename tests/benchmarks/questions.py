"""What every engine is asked, and what its answers come down to when they are compared."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.peers.base import MOST_PATHS, SEAT, Columns, Edges, Filter, Path, Peer
from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.model import EntityKind, Status

YEARS = (2000, 2024)
"""Each filtered question is about another of these years (all of it), and takes what is at least REPORTED."""
_EPOCH = date(1970, 1, 1).toordinal()


class Ask(NamedTuple):
    """One question: two entities and a filter, of which an engine uses what it needs."""

    u: int
    v: int
    keep: Filter


class WrongAnswer(Exception):
    """What an engine said can't be."""


class Judge:
    """Knows which entities are next to one another; independent of every engine, Interlock included."""

    def __init__(self, columns: Columns) -> None:
        ties, count = columns.ties, len(columns.kinds)
        tail = np.concatenate((ties.source, ties.target))
        order = np.argsort(tail, kind="stable")
        self._first = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=count))))
        self._head = np.concatenate((ties.target, ties.source))[order]
        self._tie = (order % len(ties.source)).astype(np.int32)
        self._ties = ties

    def length(self, path: list[int], ask: Ask, keep: Filter | None) -> int:
        """The number of hops of a path, if it is one."""
        if (path[0], path[-1]) != (ask.u, ask.v) or len(set(path)) != len(path):
            raise WrongAnswer(f"{path} is no simple path from {ask.u} to {ask.v}")
        for one, other in pairwise(path):
            part = slice(self._first[one], self._first[one + 1])
            ties = self._tie[part][self._head[part] == other]
            if keep is not None:
                bounds = self._ties.bounds[ties]
                ties = ties[(self._ties.status[ties] <= keep.weakest) & (bounds[:, 0] <= keep.last) & (bounds[:, 3] >= keep.first)]
            if not len(ties):
                raise WrongAnswer(f"{path} has no relationship between {one} and {other} that may be taken")
        return len(path) - 1


def _hops(judge: Judge, ask: Ask, keep: Filter | None, path: Path) -> int:
    """The number of hops; -1 if there is no path."""
    return -1 if path is None else path if isinstance(path, int) else judge.length(list(map(int, path)), ask, keep)


def _lengths(judge: Judge, ask: Ask, paths: list[list[int]]) -> list[int]:
    distinct = {tuple(map(int, path)) for path in paths}
    if len(distinct) != len(paths):
        raise WrongAnswer(f"{len(paths) - len(distinct)} of {len(paths)} paths from {ask.u} to {ask.v} are told twice")
    return sorted(judge.length(list(path), ask, None) for path in distinct)


def _all(judge: Judge, ask: Ask, paths: list[list[int]]) -> list[int]:
    lengths = _lengths(judge, ask, paths[:MOST_PATHS])
    if len(set(lengths)) > 1:
        raise WrongAnswer(f"the shortest paths from {ask.u} to {ask.v} have lengths {sorted(set(lengths))}")
    return [lengths[0] if lengths else -1, len(lengths)]


def _ids(entities: Iterable[int]) -> list[int]:
    """How many entities, and a checksum of which."""
    found = np.unique(np.fromiter(entities, np.int32))
    return [len(found), zlib.crc32(found.tobytes())]


class Question(NamedTuple):
    """``ask`` is what is timed; ``digest`` makes of the answer what can be compared, and raises ``WrongAnswer``."""

    title: str
    ask: Callable[[Any, Ask], Any]
    digest: Callable[[Judge, Ask, Any], Any]
    filtered: bool = False
    companies: bool = False


QUESTIONS = {
    "shortest": Question(
        "shortest path", lambda peer, ask: peer.shortest(ask.u, ask.v), lambda judge, ask, path: _hops(judge, ask, None, path)
    ),
    "shortest_filtered": Question(
        "shortest path, status and year",
        lambda peer, ask: peer.shortest_filtered(*ask),
        lambda judge, ask, path: _hops(judge, ask, ask.keep, path),
        filtered=True,
    ),
    "all_shortest": Question("all shortest (≤ 100)", lambda peer, ask: peer.all_shortest(ask.u, ask.v), _all),
    "k_shortest": Question("10 shortest simple, ≤ 6 hops", lambda peer, ask: peer.k_shortest(ask.u, ask.v), _lengths),
    "k_together": Question("the same, held together", lambda peer, ask: peer.k_together(ask.u, ask.v), _lengths),
    "neighbourhood": Question(
        "2 hops around, status and year",
        lambda peer, ask: peer.neighbourhood(ask.u, ask.keep),
        lambda judge, ask, found: _ids(found),
        filtered=True,
    ),
    "shared": Question(
        "shared directors", lambda peer, ask: peer.shared(ask.u, ask.v), lambda judge, ask, found: sorted(map(int, found)), companies=True
    ),
}


def can(peer: Peer, question: str) -> bool:
    return hasattr(peer, question)


def draw(columns: Columns, question: str, count: int, seed: int) -> list[Ask]:
    """So many questions, the same for the same seed.

    An entity that is asked about has some relationship; if the question has a filter, one that the filter admits. (Otherwise most
    pairs would be told apart at once, by an end that stands alone.)
    """
    random = np.random.default_rng([seed, list(QUESTIONS).index(question)])
    keeps = [keep_year(year) for year in np.random.default_rng(seed).integers(*YEARS, count, endpoint=True).tolist()]
    if QUESTIONS[question].companies:
        ends = _companies(columns, random, count)
    else:
        ends = _connected(columns, random, keeps if QUESTIONS[question].filtered else [None] * count)
    return [Ask(int(u), int(v), keep) for (u, v), keep in zip(ends, keeps, strict=True)]


def keep_year(year: int) -> Filter:
    first, last = (date(year, *day).toordinal() - _EPOCH for day in ((1, 1), (12, 31)))
    return Filter(Status.REPORTED.rank, year, first, last)


def _connected(columns: Columns, random: np.random.Generator, keeps: Sequence[Filter | None]) -> npt.NDArray[np.int64]:
    """Pairs of different entities, each of which has some relationship that is admitted."""
    fractions = random.random((len(keeps), 2))
    ends, edges = np.zeros((len(keeps), 2), np.int64), Edges(columns.ties)
    for keep in dict.fromkeys(keeps):
        asked = [place for place, each in enumerate(keeps) if each == keep]
        some = _with_relationships(edges, len(columns.kinds), keep)
        places = (fractions[asked] * len(some)).astype(np.int64)
        places[:, 1] = np.where(places[:, 0] == places[:, 1], (places[:, 1] + 1) % len(some), places[:, 1])
        ends[asked] = some[places]
    return ends


def _with_relationships(edges: Edges, count: int, keep: Filter | None) -> npt.NDArray[np.int64]:
    marked = np.zeros(count, bool)
    admitted = slice(None) if keep is None else edges.admitted(keep)
    marked[edges.source[admitted]] = marked[edges.target[admitted]] = True
    return np.flatnonzero(marked)


def _companies(columns: Columns, random: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """Pairs of companies: by turns any two with directors, and two that share at least one."""
    company = columns.kinds == ENTITY_KINDS.index(EntityKind.COMPANY)
    seats = np.flatnonzero((columns.ties.kind == SEAT) & company[columns.ties.target])
    person, firm = columns.ties.source[seats], columns.ties.target[seats]
    order = np.argsort(person, kind="stable")
    person, firm = person[order], firm[order]
    linked = np.flatnonzero((person[1:] == person[:-1]) & (firm[1:] != firm[:-1]))
    result = firm[random.integers(0, len(firm), (count, 2))]
    chosen = linked[random.integers(0, len(linked), count)]
    result[1::2] = np.stack((firm[chosen], firm[chosen + 1]), axis=1)[1::2]
    same = result[:, 0] == result[:, 1]
    result[same] = np.stack((firm[chosen], firm[chosen + 1]), axis=1)[same]
    return result
