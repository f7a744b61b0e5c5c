"""IRIs for blank nodes that depend on nothing but what is said of them.

Every node begins with one colour; in each round its colour becomes the hash of all statements that it is in, its neighbours told apart by
the colours of the round before (Weisfeiler and Leman's refinement, 1968). There are as many rounds as there are nodes that hang together:
so it is no matter what else is said. Nodes that are still alike in the end are numbered as they come in the files: they are the same but
for their place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final

import pyoxigraph as ox

from interlock.seeds import vocab

NODES: Final = f"{vocab.BASE}node/"
_ROUNDS: Final = 12
_Place = tuple[str, str, ox.BlankNode | None]
"""A statement as one of its nodes sees it: how the node stands in it, what else is in it, and the other blank node."""


def stable_names(quads: Iterable[ox.Quad]) -> dict[ox.BlankNode, str]:
    """Blank node → its IRI."""
    places = _places(quads)
    colours: dict[ox.BlankNode, str] = {}
    for together in _components(places):
        coloured = dict.fromkeys(together, "")
        for _ in range(min(_ROUNDS, len(together))):
            coloured = _refined(places, coloured)
        colours |= coloured
    seen: dict[str, int] = defaultdict(int)
    names = {}
    for node in places:
        colour = colours[node]
        seen[colour] += 1
        names[node] = f"{NODES}{colour}{f'-{seen[colour]}' if seen[colour] > 1 else ''}"
    return names


def _places(quads: Iterable[ox.Quad]) -> dict[ox.BlankNode, list[_Place]]:
    found: dict[ox.BlankNode, list[_Place]] = {}
    for quad in quads:
        terms = (quad.subject, quad.object, quad.graph_name)
        for place, term in enumerate(terms):
            if isinstance(term, ox.BlankNode):
                others = [other for number, other in enumerate(terms) if number != place]
                plain = " ".join("_" if isinstance(other, ox.BlankNode) else str(other) for other in others)
                blank = next((other for other in others if isinstance(other, ox.BlankNode)), None)
                found.setdefault(term, []).append((f"{place}", f"{quad.predicate} {plain}", blank))
    return found


def _components(places: Mapping[ox.BlankNode, Sequence[_Place]]) -> Iterator[list[ox.BlankNode]]:
    """The nodes that hang together, each once."""
    met: set[ox.BlankNode] = set()
    for start in places:
        if start in met:
            continue
        met.add(start)
        found = [start]
        for node in found:  # which grows as it is gone through
            new = {other for _, _, other in places[node] if other is not None} - met
            met |= new
            found += new
        yield found


def _refined(places: Mapping[ox.BlankNode, Sequence[_Place]], colours: Mapping[ox.BlankNode, str]) -> dict[ox.BlankNode, str]:
    return {node: _hash(sorted(f"{at} {said} {_seen(node, other, colours)}" for at, said, other in places[node])) for node in colours}


def _seen(node: ox.BlankNode, other: ox.BlankNode | None, colours: Mapping[ox.BlankNode, str]) -> str:
    return "" if other is None else "itself" if other == node else colours[other]


def _hash(lines: Iterable[str]) -> str:
    return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()
