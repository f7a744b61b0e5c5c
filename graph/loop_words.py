"""Loops in words: the chain as it is known, and whether all of it can have held at one time; never what came of it."""

from __future__ import annotations

from typing import Final

from interlock.graph.budget import StopReason
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.loops import MIN_LENGTH, Loops
from interlock.graph.narrate import entity_label, path_sentence
from interlock.graph.question import Path

_TIMES: Final = {
    Certainty.CERTAIN: "The known dates of all of it overlap",
    Certainty.POSSIBLE: "The known dates of all of it may overlap",
    Certainty.IMPOSSIBLE: "The known dates of all of it do not overlap",
}
_CUT: Final = {
    StopReason.COMPLETE: "",
    StopReason.PATH_LIMIT: "; there are more",
    StopReason.STEP_BUDGET: "; the search used up its steps before it was done",
    StopReason.DEADLINE: "; the search used up its time before it was done",
}


def loop_sentence(graph: KnowledgeGraph, loop: Path) -> str:
    """One loop as it can be printed: the chain, hedged as its hops are, and what its dates leave open."""
    together = loop.held_together
    when = together.interval.text if together.interval else ""
    return f"{path_sentence(graph, loop)} {_TIMES[together.certainty]}{f' ({when})' if when else ''}."


def loops_sentence(graph: KnowledgeGraph, found: Loops) -> str:
    """All of an answer in a sentence: how many loops there are, of what lengths, and what was looked for."""
    question = found.question
    conditions = question.filter.relationships
    time = f" as of {conditions.as_of}" if conditions.as_of else f" during {conditions.during}" if conditions.during else ""
    lengths = f"{MIN_LENGTH} hops" if question.max_hops == MIN_LENGTH else f"{MIN_LENGTH} to {question.max_hops} hops"
    kinds = ", by two kinds of relationship or more" if question.mixed else ""
    whom = entity_label(graph, question.start)
    if not found.found:
        return f"No loops of {lengths} through {whom} were found{time}{kinds}{_CUT[found.stopped_by]}."
    told = f"{len(found.found)} loop{'' if len(found.found) == 1 else 's'} of {lengths} through {whom}{time}{kinds}"
    return f"{told}{_CUT[found.stopped_by]}. That a chain of relationships closes says nothing of what came of it."
