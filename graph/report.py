"""What is weak in data that is in order: for a person to look at, not for a machine to refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import networkx as nx

from interlock.graph.dates import PartialDate
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Claim, EntityKind, Relationship, RelationshipKind
from interlock.graph.narrate import other_dates, sentence, when
from interlock.graph.together import at_one_time

QUESTIONS: Final = {
    "undated": "Relationships without any date",
    "weak": "Relationships that rest on one source, which is neither a court, a filing nor the company itself",
    "conflicting": "Relationships of which sources say different things",
    "disconnected": "Entities outside the largest part of the graph that hangs together",
    "two posts": "People who surely led two organizations at one time",
    "too early": "Seats and posts that surely began before the organization did",
}
"""What the report looks for, by name."""

_LEADS: Final = frozenset({"chief executive officer", "co-chief executive officer"})
_PRIMARY: Final = frozenset({"P"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: under which question it falls, the id of what it is about, and why."""

    question: str
    subject: str
    why: str


def report(graph: KnowledgeGraph) -> list[Finding]:
    """All findings, in the order of ``QUESTIONS``, then of ids."""
    found = [*_of_relationships(graph), *_disconnected(graph), *_two_posts(graph), *_too_early(graph)]
    order = list(QUESTIONS)
    return sorted(found, key=lambda finding: (order.index(finding.question), finding.subject, finding.why))


def share_of_largest_part(graph: KnowledgeGraph) -> float:
    """What share of the entities, boards aside, hangs together in one part: 0 to 1."""
    parts = _parts(graph)
    return len(parts[0]) / sum(map(len, parts)) if parts else 0.0


def _of_relationships(graph: KnowledgeGraph) -> Iterator[Finding]:
    for tie in graph.relationships.values():
        if not tie.interval.text and not tie.interval.observed:
            yield Finding("undated", tie.id, sentence(graph, tie))
        if tie.independent_sources < 2 and not any(graph.sources[claim.source].tier in _PRIMARY for claim in tie.supporting):
            sources = ", ".join(sorted({graph.sources[claim.source].title for claim in tie.supporting})) or "nobody"
            yield Finding("weak", tie.id, f"{sentence(graph, tie)} By {sources}.")
        if why := _conflict(graph, tie):
            yield Finding("conflicting", tie.id, f"{sentence(graph, tie)} {why}")


def _conflict(graph: KnowledgeGraph, tie: Relationship) -> str:
    """Who denies it, or gives it dates that can't both be right."""
    others = {interval.text for interval in other_dates(tie)}
    said = [f"Denied by {_publisher(graph, claim)}." for claim in tie.contradicting]
    said += [f"{_publisher(graph, claim)} has {claim.interval.text}." for claim in tie.supporting if claim.interval.text in others]
    return " ".join(dict.fromkeys(said))


def _publisher(graph: KnowledgeGraph, claim: Claim) -> str:
    source = graph.sources[claim.source]
    return source.publisher or source.title


def _disconnected(graph: KnowledgeGraph) -> Iterator[Finding]:
    for part in _parts(graph)[1:]:
        names = ", ".join(graph.entities[each].name for each in sorted(part))
        for entity in part:
            yield Finding("disconnected", entity, f"{graph.entities[entity].name} is in a part of {len(part)}: {names}.")


def _parts(graph: KnowledgeGraph) -> list[set[str]]:
    """The parts that hang together, the largest first. Boards are left aside: they are reached through their companies."""
    plain = graph.subgraph(entity.id for entity in graph.entities.values() if entity.kind is not EntityKind.BOARD)
    return sorted(nx.weakly_connected_components(plain), key=lambda part: (-len(part), min(part)))


def _two_posts(graph: KnowledgeGraph) -> Iterator[Finding]:
    for person, posts in _by_person(graph).items():
        leads = [tie for tie in posts if tie.role in _LEADS]
        for one, other in combinations(leads, 2):
            if one.target != other.target and at_one_time([one.interval.bounds, other.interval.bounds]) is Certainty.CERTAIN:
                names = " and ".join(f"{graph.entities[tie.target].name} ({when(tie)})" for tie in (one, other))
                yield Finding("two posts", person, f"{graph.entities[person].name} led {names}.")


def _too_early(graph: KnowledgeGraph) -> Iterator[Finding]:
    founded: dict[str, PartialDate] = {}
    for tie in graph.relationships.values():
        start = tie.interval.start
        if tie.kind is RelationshipKind.FOUNDING and start and (tie.target not in founded or start.first < founded[tie.target].first):
            founded[tie.target] = start
    for posts in _by_person(graph).values():
        for tie in posts:
            begun = founded.get(tie.target)
            if begun and tie.interval.bounds.start_max < begun.first:
                yield Finding("too early", tie.id, f"{sentence(graph, tie)} It was founded in {begun}.")


def _by_person(graph: KnowledgeGraph) -> Mapping[str, list[Relationship]]:
    found: dict[str, list[Relationship]] = {}
    for tie in graph.relationships.values():
        if tie.kind in (RelationshipKind.POSITION, RelationshipKind.BOARD_SEAT):
            found.setdefault(tie.source, []).append(tie)
    return found
