"""How well a path is supported: by how many independent sources each hop, and what is left of it without what is only alleged."""

from __future__ import annotations

from collections.abc import Mapping

from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship, Source, Stance, Status
from interlock.graph.narrate import sentence
from interlock.graph.question import Hop, Path
from interlock.graph.status import derive_status, independent_sources


def hop_sources(sources: Mapping[str, Source], hop: Hop) -> tuple[Source, ...]:
    """The sources that support a hop, by any of its relationships; by id."""
    return tuple(sources[each] for each in sorted({claim.source for tie in hop.parallel for claim in tie.supporting}))


def hop_weight(sources: Mapping[str, Source], hop: Hop) -> int:
    """How many sources that don't repeat one another (same publisher, or declared derivation) support a hop."""
    return independent_sources(hop_sources(sources, hop))


def thin_hops(sources: Mapping[str, Source], path: Path) -> tuple[Hop, ...]:
    """The hops that rest on one source, or on several that repeat one another; or on none."""
    return tuple(hop for hop in path.hops if hop_weight(sources, hop) < 2)


def without_allegations(sources: Mapping[str, Source], path: Path) -> Status | None:
    """The status that a path has if no claim counts that only alleges; None if some hop rests on such claims alone."""
    hops = [_hop_without(sources, hop) for hop in path.hops]
    known = [status for status in hops if status is not None]
    return max(known, key=lambda status: status.rank) if len(known) == len(hops) else None


def evidence_sentence(graph: KnowledgeGraph, path: Path) -> str:
    """What the path rests on, in words: its thinnest hops, and what allegations do for it."""
    sources = graph.sources
    thin = thin_hops(sources, path)
    if thin:
        named = [f"{_backing(sources, hop)}: {sentence(graph, hop.relationship)}" for hop in thin]
        told = (
            f"{len(thin)} of {len(path.hops)} {'hop rests' if len(path.hops) == 1 else 'hops rest'} on fewer than two independent sources. "
        )
        told += " ".join(named)
    else:
        told = f"Every hop has {min(hop_weight(sources, hop) for hop in path.hops)} or more independent sources."
    status = without_allegations(sources, path)
    if status is None:
        return f"{told} Without what is only alleged, there is no such path."
    same = "just as it is with them" if status is path.status else f"with them {path.status.value}"
    return f"{told} Without allegations it is {status.value}, {same}."


def _backing(sources: Mapping[str, Source], hop: Hop) -> str:
    names = list(dict.fromkeys(source.publisher or source.title for source in hop_sources(sources, hop)))
    return f"On {' and '.join(names)}" if names else "On no source"


def _hop_without(sources: Mapping[str, Source], hop: Hop) -> Status | None:
    found = [status for tie in hop.parallel if (status := _tie_without(sources, tie)) is not None]
    return min(found, key=lambda status: status.rank, default=None)


def _tie_without(sources: Mapping[str, Source], tie: Relationship) -> Status | None:
    """The status of a relationship without the claims that only allege it; None if no claim supports it then."""
    kept = [claim for claim in tie.claims if claim.stance is not Stance.SUPPORTS or claim.status is not Status.ALLEGED]
    return derive_status(kept, sources) if any(claim.stance is Stance.SUPPORTS for claim in kept) else None
