"""How many relationships an endpoint has of each entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from interlock.graph.backends.protocol import BackendDown
from interlock.graph.backends.sparql_answers import Node
from interlock.graph.backends.sparql_endpoint import Endpoint, chunked, number, text
from interlock.graph.backends.sparql_text import ENDS, TYPE, Scope, iris, listed
from interlock.graph.model import RelationshipKind

Way = tuple[str | None, str]
_WEIGHT: Final = 12
"""Rows of counts that an entity has, about."""
_KINDS: Final = listed(term.cls for _, term in ENDS)
_WAYS: Final[list[Way]] = [(str(term.cls), str(end)) for _, term in ENDS for end in (term.source, term.target)]
"""The classes of relationships, each with either of its ends."""
_SEAT: Final = next((str(term.cls), str(term.target)) for kind, term in ENDS if kind is RelationshipKind.BOARD_SEAT)
_EASY: Final[list[Way]] = list(dict.fromkeys(way if way[1] == _SEAT[1] else (None, way[1]) for way in _WAYS))
"""The same where the class follows from the end, as far as it has to be known."""
_COUNTED: Final = {*_WAYS, *_EASY}
_TARGETS: Final = {str(term.target) for _, term in ENDS}


async def degrees_of(endpoint: Endpoint, owner: Mapping[str, str], ties: int) -> tuple[Counter[str], Counter[str]]:
    """How many relationships each entity has, and how many seats there were on the board of each; by id, ``owner`` being that of an IRI.

    Raises ``BackendDown`` if they are not as many in all as there are.
    """
    degrees, seats, ended = Counter[str](), Counter[str](), Counter[bool]()
    for asked in (_EASY, _WAYS):  # if things of other kinds have such ends too, the kind has to be looked at
        at_once = await endpoint.unlimited([_counted(endpoint.scope, way) for way in asked], ("e", "n"))
        said = ((way, e, n) for way, rows in zip(asked, at_once or (), strict=False) for e, n in rows)
        degrees, seats, ended = _tallied(said, owner, endpoint.name)
        if set(ended.values()) == {ties}:
            return degrees, seats
    chunks = chunked(list(owner), lambda each: _WEIGHT, endpoint.rows)
    answers = await endpoint.whole(chunks, lambda each: _counted_of(endpoint.scope, each), ("e", "kind", "end", "n"))
    said = (((text(kind), text(end) or ""), e, n) for rows in answers for e, kind, end, n in rows)
    degrees, seats, ended = _tallied(said, owner, endpoint.name)
    if set(ended.values()) != {ties}:
        raise BackendDown(
            f"{endpoint.name} has {ties:,} relationships, of which {ended[False]:,} lead from something that is described, and "
            f"{ended[True]:,} to it: its answers are not whole, or its data is not (`interlock check` tells what is wrong with files)."
        )
    return degrees, seats


def _counted(scope: Scope, way: Way) -> str:
    """A query for how many relationships, or those of one kind, have each thing at one of their ends."""
    cls, end = way
    found = scope(*([f"?r {TYPE} <{cls}>"] if cls else []), f"?r <{end}> ?e")
    return f"SELECT ?e (COUNT(DISTINCT ?r) AS ?n) WHERE {{ {found} FILTER(!isBLANK(?r)) }} GROUP BY ?e"


def _counted_of(scope: Scope, things: Sequence[str]) -> str:
    """A query for how many relationships of each kind these things have at each end."""
    found = f"VALUES ?e {{ {iris(things)} }} {scope('?r ?end ?e', f'?r {TYPE} ?kind')}"
    which = f"FILTER(?kind IN ({_KINDS}) && ?end IN ({listed(sorted({end for _, end in _WAYS}))}) && !isBLANK(?r))"
    return f"SELECT ?e ?kind ?end (COUNT(DISTINCT ?r) AS ?n) WHERE {{ {found} {which} }} GROUP BY ?e ?kind ?end"


def _tallied(
    counts: Iterable[tuple[Way, Node | None, Node | None]], owner: Mapping[str, str], name: str
) -> tuple[Counter[str], Counter[str], Counter[bool]]:
    """Degrees and seats by id, and how many relationships lead from something that is described and to it (True)."""
    degrees, seats, ended = Counter[str](), Counter[str](), Counter[bool]()
    for way, e, told in counts:
        id = owner.get(text(e) or "")
        if id is not None and way in _COUNTED:
            n = number(told, name)
            degrees[id] += n
            ended[way[1] in _TARGETS] += n
            if way == _SEAT:
                seats[id] += n
    return degrees, seats, ended
