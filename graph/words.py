"""An answer in one sentence."""

from __future__ import annotations

from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.narrate import entity_label, path_sentence
from interlock.graph.question import PathAnswer


def answer_sentence(graph: KnowledgeGraph, answer: PathAnswer) -> str:
    """The first path, or why there is none and what would connect the two."""
    no_path = answer.no_path
    if no_path is not None:
        ways = "; ".join(f"{way.description} ({way.length} hop{'s' if way.length > 1 else ''})" for way in no_path.relaxations)
        return (
            f"{no_path.reason} What would connect them: {ways}."
            if ways
            else f"{no_path.reason} No single condition dropped would connect them."
        )
    first, count = answer.paths[0], len(answer.paths)
    start, end = entity_label(graph, answer.question.start), entity_label(graph, answer.question.end)
    found = "one path" if count == 1 else f"{count} paths"
    among = "" if answer.complete else " among others"
    hops = f"{len(first.hops)} hop{'s' if len(first.hops) > 1 else ''}"
    return f"{start} and {end}: {found}{among}, the first of {hops}, {first.status.value}. {path_sentence(graph, first)}"
