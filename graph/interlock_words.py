"""Interlocks in words: who sat on both boards and when; hedged as the seats are, and as the dates are."""

from __future__ import annotations

from interlock.graph.interlock_question import Interlock, Interlocks, SharedDirector
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship, Status
from interlock.graph.narrate import details, possessive


def interlock_sentence(graph: KnowledgeGraph, interlock: Interlock) -> str:
    """One interlock as a sentence that can be printed as it is; what isn't confirmed is marked, and so is what dates leave open."""
    names = f"{interlock.company.name} and {interlock.other.name}"
    hedge = _hedge(interlock)
    if interlock.through is not None:
        told = "; ".join(_director(graph, each) for each in interlock.directors)
        return f"{names} were {hedge}linked through {possessive(interlock.through.name)} board: {told}."
    alike = all(_hedge(each) == hedge for each in interlock.directors)
    told = "; ".join(f"{'' if _hedge(each) == hedge else _hedge(each)}{_director(graph, each)}" for each in interlock.directors)
    count = len(interlock.directors)
    shared = "a director" if count == 1 else f"{count} directors" if alike else "directors"
    if interlock.overlap.certainty is Certainty.IMPOSSIBLE:
        return f"{names} {hedge}had {shared} in common, but by the known dates never at one time: {told}."
    return f"{names} {hedge}shared {shared}: {told}."


def interlocks_sentence(found: Interlocks) -> str:
    """All of an answer in a sentence: how many there are, surely and possibly, and at what time."""
    question = found.question
    whose = question.company or question.person
    assert whose is not None
    conditions = question.conditions
    time = f" as of {conditions.as_of}" if conditions.as_of else f" during {conditions.during}" if conditions.during else ""
    through = f" through {question.person.name}" if question.company and question.person else ""
    between = f" with {question.other.name}" if question.other else ""
    sure = sum(each.overlap.certainty is Certainty.CERTAIN for each in found.found)
    what = "interlocks, direct and indirect" if question.indirect else "direct interlocks"
    cut = "" if found.complete else " (the search was cut short: there may be more)"
    if not found.found:
        return f"No {what} of {whose.name}{between}{through} are known{time}{cut}."
    open_ = len(found.found) - sure
    said = [f"{sure} certain"] if sure else []
    said += [f"{open_} possible by the known dates"] if open_ else []
    return f"Known {what} of {whose.name}{between}{through}{time}: {', '.join(said)}{cut}."


def _director(graph: KnowledgeGraph, director: SharedDirector) -> str:
    return f"{director.person.name} ({'; '.join(_seat(graph, seat) for seat in director.seats)})"


def _seat(graph: KnowledgeGraph, seat: Relationship) -> str:
    """Whose board, when, and how firmly that is known."""
    said = [*details(seat), *([] if seat.status is Status.CONFIRMED else [seat.status.value.lower()])]
    return f"{graph.entities[seat.target].name}: {', '.join(said)}"


def _hedge(said: Interlock | SharedDirector) -> str:
    adverb = {Status.CONFIRMED: "", Status.REPORTED: "reportedly "}.get(said.status, "allegedly ")
    return adverb + ("possibly " if said.overlap.certainty is Certainty.POSSIBLE else "")
