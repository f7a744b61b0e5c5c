"""Brokers in words: on what share of the shortest connections somebody lies, with the error; a count of connections, and no more."""

from __future__ import annotations

from interlock.graph.betweenness import CONFIDENCE
from interlock.graph.brokers import Broker, Brokers
from interlock.graph.narrate import entity_label
from interlock.graph.selection import Parameters


def broker_sentence(found: Brokers, broker: Broker) -> str:
    """One broker, in a sentence that can be printed as it is."""
    share = f"{broker.share:.1%}" if found.shares.exact else f"About {broker.share:.1%} ({_error(broker)})"
    return f"{share} of the shortest connections among {among(found)} run through {broker.entity.name}."


def brokers_sentence(found: Brokers) -> str:
    """All of an answer in a sentence: who comes first, and of what that is the share."""
    if not found.size:
        return "No relationship that counts was found there."
    how = "All were counted" if found.shares.exact else f"Counted were {found.shares.samples:,} taken by chance"
    if not len(found):
        return f"No shortest connection among {among(found)} runs through anybody of these kinds. {how}."
    told = broker_sentence(found, found[0])
    return f"{told} {how}. This counts connections in this dataset; it doesn't tell what anybody made of them."


def among(found: Brokers) -> str:
    """Among whom connections were counted, in words."""
    parameters, count = found.parameters, f"the {found.size:,} entities"
    names = [entity_label(found.graph, found.graph.entities[each]) for each in (*parameters.of, *parameters.between)]
    time = _time(parameters)
    if parameters.of:
        return f"{count} within {_hops(parameters.hops)} of {_or(names)}{time}"
    if parameters.between:
        return f"{count} on the paths between {_and(names)}{time}"
    return f"{count} in this dataset{_kinds(parameters)} that have relationships{time}"


def _time(parameters: Parameters) -> str:
    ties = parameters.filter.relationships
    return f" as of {ties.as_of}" if ties.as_of else f" during {ties.during}" if ties.during else ""


def _kinds(parameters: Parameters) -> str:
    conditions = parameters.filter
    named = conditions.entity_kinds if conditions.entity_kinds is not None else conditions.exclude_entity_kinds
    words = _or(sorted(kind.value.lower().replace("_", " ") for kind in named))
    if not words:
        return ""
    return f" of kind {words}" if conditions.entity_kinds is not None else f" but those of kind {words}"


def _error(broker: Broker) -> str:
    return f"with {CONFIDENCE:.0%} confidence {broker.low:.1%} to {broker.high:.1%}"


def _hops(count: int) -> str:
    return f"{count} hop{'' if count == 1 else 's'}"


def _and(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def _or(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f" or {names[-1]}" if len(names) > 1 else "".join(names)
