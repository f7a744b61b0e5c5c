"""An answer in one sentence."""

from __future__ import annotations

from typing import Final

from interlock.graph.budget import StopReason
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.narrate import entity_label, path_sentence
from interlock.graph.question import PathAnswer

STOPPED: Final = {
    StopReason.COMPLETE: "These are all.",
    StopReason.PATH_LIMIT: "There are more paths than these.",
    StopReason.HOP_LIMIT: "Longer paths were not looked for.",
    StopReason.STEP_BUDGET: "The search used up its steps before it was done; there may be more.",
    StopReason.DEADLINE: "The search used up its time before it was done; there may be more.",
}
"""What to say of an answer, by what ended its search."""


def answer_sentence(graph: KnowledgeGraph, answer: PathAnswer) -> str:
    """The first path, or why there is none and what would connect the two."""
    no_path = answer.no_path
    if no_path is not None:
        ways = "; ".join(f"{way.description} ({_hops(way.length)})" for way in no_path.relaxations)
        return f"{no_path.reason} What would connect them: {ways or 'no single condition, if dropped'}."
    first, count = answer.paths[0], len(answer.paths)
    start, end = entity_label(graph, answer.question.start), entity_label(graph, answer.question.end)
    found = f"{'one path' if count == 1 else f'{count} paths'} within {_hops(answer.question.max_hops)}"
    more = {
        StopReason.PATH_LIMIT: " and more",
        StopReason.STEP_BUDGET: " before the search used up its steps",
        StopReason.DEADLINE: " before the search used up its time",
    }.get(answer.stopped_by, "")
    summary = f"{start} and {end}: {found}{more}; the first of {_hops(len(first.hops))}, {first.status.value}."
    return f"{summary} {path_sentence(graph, first)}"


def _hops(count: int) -> str:
    return f"{count} hop{'s' if count > 1 else ''}"
