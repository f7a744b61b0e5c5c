"""What a connection hangs on: the relationship, entity or source without which there is no path, and how many routes are independent."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from interlock.graph.engine import Engine
from interlock.graph.filters import RelationshipFilter
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, Relationship, Source
from interlock.graph.narrate import entity_label, sentence
from interlock.graph.paths import find_paths
from interlock.graph.question import Hop, Path, PathAnswer, PathQuestion, PathSelector
from interlock.graph.succession import at_that_time

T = TypeVar("T", bound=Hashable)
_TRIES: Final = 2_000_000
"""How many routes are compared before the number of independent ones is given as a least number only: about a second."""


@dataclass(frozen=True)
class Fragility:
    """What every path within the hop limit and under the filter has in common, and how many of them have nothing in common.

    ``edge_disjoint`` routes share no hop, ``vertex_disjoint`` ones nobody in between. With ``exact`` false they are at least so many, and
    what is critical is so as far as the paths were looked at.
    """

    answer: PathAnswer
    relationships: tuple[Relationship, ...]
    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    edge_disjoint: int
    vertex_disjoint: int
    exact: bool

    @property
    def routes(self) -> int:
        """How many paths were looked at."""
        return len(self.answer.paths)


def fragility(engine: Engine, question: PathQuestion) -> Fragility:
    """Look at all paths that a question allows (its ``k``, selector and least number of hops have no part in it).

    A relationship is critical if every path takes its hop and no parallel one does as well. A source is critical if on every path a hop
    rests on it alone: no other source supports any relationship of that hop. How firmly others support it is not weighed.
    """
    graph, budget = engine.graph, engine.budget()
    every, notes = at_that_time(graph, replace(question, selector=PathSelector.SHORTEST_K_GROUPS, k=question.max_hops, min_hops=1))
    answer = replace(find_paths(graph, every, budget, beyond=False), notes=notes, cut_short=budget.overdue)
    whole, paths = answer.complete, answer.paths
    hops = _common([[_ends(hop) for hop in path.hops] for path in paths])
    first = paths[0].hops if paths else ()
    critical = [hop for hop in first if _ends(hop) in hops and len(hop.parallel) == 1]
    people = _common([[entity.id for entity in path.entities[1:-1]] for path in paths])
    conditions = question.filter.relationships
    edges, sure_of_edges = most_disjoint([[_ends(hop) for hop in path.hops] for path in paths])
    vertices, sure_of_vertices = most_disjoint([[entity.id for entity in path.entities[1:-1]] or [""] for path in paths])
    return Fragility(
        answer,
        tuple(hop.relationship for hop in critical),
        tuple(graph.entities[each] for each in people),
        tuple(graph.sources[each] for each in _common([_needed(graph, conditions, path) for path in paths])),
        edges,
        vertices,
        whole and sure_of_edges and sure_of_vertices,
    )


def fragility_sentence(graph: KnowledgeGraph, found: Fragility) -> str:
    """What the connection hangs on, in a sentence; never that two are not connected, only within what."""
    question = found.answer.question
    ends = f"{entity_label(graph, question.start)} and {entity_label(graph, question.end)}"
    hops = f"{question.max_hops} hop{'' if question.max_hops == 1 else 's'}"
    if not found.routes:
        return f"No path was found between {ends} within {hops}, under these conditions."
    least = "" if found.exact else "at least "
    disjoint = f"share no hop, and {least}{found.vertex_disjoint} that share nobody in between"
    said = f"{ends}: {_count(found.routes, 'path')} within {hops}, of them {least}{found.edge_disjoint} that {disjoint}."
    titles = [source.publisher or source.title for source in found.sources]
    told = [f"pass {_and([entity.name for entity in found.entities])}"] if found.entities else []
    told += [f"rest on what {_and(titles)} says"] if titles else []
    told += ["need the only relationship known there"] if found.relationships else []
    if not told:
        return f"{said} No single relationship, entity or source breaks it."
    facts = "".join(f" {sentence(graph, tie)}" for tie in found.relationships)
    return f"{said} All paths{'' if found.exact else ' that were looked at'} {_and(told)}.{facts}"


def _needed(graph: KnowledgeGraph, conditions: RelationshipFilter, path: Path) -> list[str]:
    """The sources without each of which some hop of a path has no relationship left that the filter admits."""
    candidates = {claim.source for hop in path.hops for tie in hop.parallel for claim in tie.supporting}
    return [each for each in sorted(candidates) if any(_falls(graph, conditions, hop, each) for hop in path.hops)]


def _falls(graph: KnowledgeGraph, conditions: RelationshipFilter, hop: Hop, source: str) -> bool:
    without = replace(conditions, sources=None, exclude_sources=conditions.exclude_sources | {source})
    if conditions.sources is not None:
        without = replace(without, exclude_sources=frozenset(graph.sources) - conditions.sources | without.exclude_sources)
    supported = (any(claim.source == source for claim in tie.supporting) for tie in hop.parallel)
    return all(named and not without.sources_admit(tie, graph) for named, tie in zip(supported, hop.parallel, strict=True))


def _ends(hop: Hop) -> frozenset[str]:
    return frozenset({hop.start.id, hop.end.id})


def _common(lists: Sequence[Sequence[T]]) -> list[T]:
    """What all lists have, in the order of the first."""
    if not lists:
        return []
    common = set(lists[0]).intersection(*map(set, lists[1:]))
    return [each for each in dict.fromkeys(lists[0]) if each in common]


def most_disjoint(routes: Sequence[Sequence[T]]) -> tuple[int, bool]:
    """How many of these routes have, two by two, nothing in common at most; and whether that is sure.

    The number for paths of limited length is hard to find (NP-hard, in general), so choices are tried, up to a limit.
    """
    search = _Packing(sorted(routes, key=len))
    search.run(0, frozenset(), 0)
    return search.best, search.tries <= _TRIES


class _Packing(Generic[T]):
    """Tries out which routes go together, the shortest first; gives up a choice that can't become better than the best."""

    def __init__(self, routes: Sequence[Sequence[T]]) -> None:
        self._routes, self._sets = routes, [frozenset(route) for route in routes]
        self.best, self.tries = 0, 0

    def run(self, place: int, taken: frozenset[T], count: int) -> None:
        """Decide on the routes from ``place`` on."""
        self.best = max(self.best, count)
        self.tries += len(self._sets) - place
        free = [number for number in range(place, len(self._sets)) if not self._sets[number] & taken]
        while free and self.tries <= _TRIES and count + self._bound(free) > self.best:
            number = free.pop(0)
            self.run(number + 1, taken | self._sets[number], count + 1)
            self.tries += len(free)

    def _bound(self, free: Sequence[int]) -> int:
        """No more go together than there are different beginnings, and different ends."""
        return min(len({self._routes[number][end] for number in free}) for end in (0, -1))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
