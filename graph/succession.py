"""Organizations that came out of others: who stands for one at a time when it did not exist yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from interlock.graph.intervals import Window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Entity, EntityKind
from interlock.graph.question import PathQuestion


def at_that_time(graph: KnowledgeGraph, question: PathQuestion) -> tuple[PathQuestion, tuple[str, ...]]:
    """The question with each end as it was at the time asked about, and what was taken for what, in words.

    Alphabet came out of Google in 2015: a question about Alphabet in 2008 is one about Google. An end stays as it is where the data knows
    of no change after that time, where it came out of several, or where both ends would become one.
    """
    window = question.filter.relationships.window
    if window is None:
        return question, ()
    start, end = _then(graph, question.start, window), _then(graph, question.end, window)
    if _organization(graph, start) == _organization(graph, end) and question.start_node != question.end_node:
        return question, ()
    taken = {asked.id: (asked, former) for asked, former in ((question.start, start), (question.end, end)) if asked != former}
    return replace(question, start=start, end=end), tuple(_note(graph, *pair) for pair in taken.values())


def _note(graph: KnowledgeGraph, asked: Entity, former: Entity) -> str:
    came_to_be = next(_changes(graph, _organization(graph, asked)))
    when = came_to_be.interval.text if came_to_be.interval else ""
    dated = "" if when in came_to_be.name else f" ({when})"
    return f"At that time {asked.name} was {former.name}: {came_to_be.name}{dated}."


def _then(graph: KnowledgeGraph, asked: Entity, window: Window) -> Entity:
    """What this was before all changes that came after the window; for a board, the board of what its company was."""
    organization = _organization(graph, asked)
    seen = {organization.id}
    while (former := _former(graph, organization, window)) is not None and former.id not in seen:
        organization = former
        seen.add(former.id)
    if len(seen) == 1:
        return asked
    return graph.board_of(organization.id) or asked if asked.kind is EntityKind.BOARD else organization


def _organization(graph: KnowledgeGraph, asked: Entity) -> Entity:
    return graph.company_of(asked) if asked.kind is EntityKind.BOARD else asked


def _former(graph: KnowledgeGraph, organization: Entity, window: Window) -> Entity | None:
    """What this organization came out of after the window, if that is one."""
    for change in _changes(graph, organization):
        if change.interval is not None and change.interval.bounds.start_min > window.last and len(change.came_from) == 1:
            return graph.entities[change.came_from[0]]
    return None


def _changes(graph: KnowledgeGraph, organization: Entity) -> Iterator[Entity]:
    """The changes that this organization came out of, and was not there before."""
    for change in graph.changes:
        if organization.id in change.went_into and organization.id not in change.came_from:
            yield change
