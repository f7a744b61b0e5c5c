"""When there is no path: within what, under which filter, and which single condition, if dropped, would let one through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from interlock.graph.budget import Budget, StopReason
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Status
from interlock.graph.narrate import entity_label
from interlock.graph.paths import find_paths
from interlock.graph.question import MAX_HOPS, NoPath, Path, PathAnswer, PathQuestion, PathSelector, Relaxation

Candidate = tuple[Callable[[Path], str], Iterable[PathQuestion]]
"""How to say it once its path is known, and the questions to try, the most modest first."""


_DIRECTIONS = {None: "", True: " along the direction of every relationship", False: " against the direction of every relationship"}


Find = Callable[[KnowledgeGraph, PathQuestion, Budget], PathAnswer]


def answer(graph: KnowledgeGraph, question: PathQuestion, budget: Budget, find: Find = find_paths) -> PathAnswer:
    """Find the paths; if there are none, find out with what is left of the budget which single relaxation would bring one."""
    found = find(graph, question, budget)
    return found if found.paths else replace(found, no_path=_explain(graph, found, budget, find))


def _explain(graph: KnowledgeGraph, empty: PathAnswer, budget: Budget, find: Find) -> NoPath:
    question = empty.question
    relaxations = []
    for describe, attempts in _candidates(question):
        answers = (find(graph, replace(attempt, selector=PathSelector.ANY_SHORTEST), budget) for attempt in attempts)
        path = next((answer.paths[0] for answer in answers if answer.paths), None)
        if path is not None:
            relaxations.append(Relaxation(describe(path), len(path.hops)))
    return NoPath(_reason(graph, empty), question.max_hops, tuple(relaxations))


def _reason(graph: KnowledgeGraph, empty: PathAnswer) -> str:
    question = empty.question
    stopped = empty.stopped_by in (StopReason.STEP_BUDGET, StopReason.DEADLINE)
    found = "No path was found before the search was stopped" if stopped else "No path was found"
    ends = f"{entity_label(graph, question.start)} and {entity_label(graph, question.end)}"
    return f"{found} between {ends} within {_hops(question.max_hops)}{describe_filter(question.filter)}."


def describe_filter(conditions: PathFilter) -> str:
    """The conditions in words, to stand behind "no path within 6 hops"."""
    ties = conditions.relationships
    said = [
        f" of status {' or '.join(_sorted_statuses(ties))}" if ties.statuses is not None or ties.min_status else "",
        f" as of {ties.as_of}" if ties.as_of else "",
        f" during {ties.during}" if ties.during else "",
        " that surely held then" if ties.certainty is Certainty.CERTAIN else "",
        f" with relationships of kind {_words(ties.admitted_kinds)}" if ties.kinds is not None else "",
        f" without relationships of kind {_words(ties.exclude_kinds)}" if ties.exclude_kinds else "",
        f" by {len(ties.sources)} given source(s)" if ties.sources is not None else "",
        f" without {len(ties.exclude_sources)} given source(s)" if ties.exclude_sources else "",
        f" with {ties.min_independent_sources} independent sources for every hop" if ties.min_independent_sources else "",
        f" through {_words(conditions.entity_kinds)} only" if conditions.entity_kinds is not None else "",
        f" through no {_words(conditions.exclude_entity_kinds)}" if conditions.exclude_entity_kinds else "",
        f" by way of {_words(conditions.must_pass)}" if conditions.must_pass else "",
        f" without {_words(conditions.avoid)}" if conditions.avoid else "",
        f" through nobody of more than {conditions.max_transit_degree} relationships" if conditions.max_transit_degree is not None else "",
        " all of whose hops held at one time" if conditions.held_together else "",
        _DIRECTIONS[conditions.forward],
    ]
    return ",".join(part for part in said if part)


def _candidates(question: PathQuestion) -> Iterator[Candidate]:
    """Each way to ask for one thing less."""
    ties = question.filter.relationships
    weaker = [status for status in Status if status not in ties.admitted_statuses]
    if weaker:
        wider = (ties.admitted_statuses.union(weaker[: count + 1]) for count in range(len(weaker)))
        yield lambda path: f"allow {path.status.value}", [_with_ties(question, statuses=each, min_status=None) for each in wider]
    if ties.certainty is Certainty.CERTAIN:
        yield lambda path: "allow what possibly held then", [_with_ties(question, certainty=Certainty.POSSIBLE)]
    if ties.window is not None:
        said = f"asOf {ties.as_of}" if ties.as_of else f"during {ties.during}"
        yield lambda path: f"without {said}", [_with_ties(question, as_of=None, during=None, certainty=Certainty.POSSIBLE)]
    if ties.kinds is not None or ties.exclude_kinds:
        yield lambda path: "allow all kinds of relationship", [_with_ties(question, kinds=None, exclude_kinds=frozenset())]
    if ties.sources is not None or ties.exclude_sources:
        yield lambda path: "allow all sources", [_with_ties(question, sources=None, exclude_sources=frozenset())]
    if ties.min_independent_sources:
        yield lambda path: _fewer_sources(path.independent_sources), [_with_ties(question, min_independent_sources=0)]
    yield from _path_candidates(question)
    if question.max_hops < MAX_HOPS:
        yield lambda path: _more_hops(len(path.hops) - question.max_hops), [replace(question, max_hops=MAX_HOPS)]


def _path_candidates(question: PathQuestion) -> Iterator[Candidate]:
    conditions = question.filter
    if conditions.entity_kinds is not None or conditions.exclude_entity_kinds:
        free = _with(question, entity_kinds=None, exclude_entity_kinds=frozenset())
        yield lambda path: "allow all kinds of entity in between", [free]
    if conditions.must_pass:
        yield lambda path: "without mustPass", [_with(question, must_pass=frozenset())]
    if conditions.avoid:
        yield lambda path: "without avoid", [_with(question, avoid=frozenset())]
    if conditions.max_transit_degree is not None:
        yield lambda path: "allow hubs (without maxTransitDegree)", [_with(question, max_transit_degree=None)]
    if conditions.held_together:
        yield lambda path: "allow hops that did not hold at one time", [_with(question, held_together=False)]
    if conditions.forward is not None:
        yield lambda path: "allow both directions", [_with(question, forward=None)]
    if question.min_hops > 1:
        yield lambda path: f"allow {_hops(len(path.hops))} (lower minHops)", [replace(question, min_hops=1)]


def _with(question: PathQuestion, **changes: object) -> PathQuestion:
    return replace(question, filter=replace(question.filter, **changes))  # type: ignore[arg-type]


def _with_ties(question: PathQuestion, **changes: object) -> PathQuestion:
    return _with(question, relationships=replace(question.filter.relationships, **changes))  # type: ignore[arg-type]


def _hops(count: int) -> str:
    return f"{count} hop{'s' if count > 1 else ''}"


def _more_hops(count: int) -> str:
    return f"{count} more hop{'s' if count > 1 else ''}"


def _fewer_sources(count: int) -> str:
    return f"allow hops with {count} independent source{'s' if count != 1 else ''}"


def _sorted_statuses(ties: RelationshipFilter) -> list[str]:
    return [status.value for status in sorted(ties.admitted_statuses, key=lambda status: status.rank)]


def _words(values: frozenset[str]) -> str:
    """Kinds and ids in a row: ``REGULATORY_ACTION`` → ``regulatory action``."""
    return ", ".join(sorted(value.lower().replace("_", " ") for value in values))
