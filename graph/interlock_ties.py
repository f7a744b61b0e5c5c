"""The ties of a network of interlocks one by one: by whom or what two are linked, when, how surely, and by which seats that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from interlock.graph.arrays import STATUS_SHIFT, STATUSES
from interlock.graph.heap import Numbers
from interlock.graph.interlock_network import InterlockNetwork
from interlock.graph.intervals import Certainty, Window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import EntityKind, Status

_STATUS_BITS: Final = 7


@dataclass(frozen=True, slots=True)
class InterlockTie:
    """Two boards with the directors that they shared at one time, or two directors with the boards on which they sat together.

    ``source`` is the lesser id; a tie has no direction. ``shared`` are ids, of which ``certain`` surely link the two. ``status`` is how
    firmly that is known: of two seats the weaker one counts, and of all pairs of seats as sure as ``certainty`` the firmest. ``spells`` are
    the days on which they can have been linked, one after another; ``seats`` the ids of the relationships that say so.
    """

    id: str
    source: str
    target: str
    label: str
    shared: tuple[str, ...]
    certain: int
    certainty: Certainty
    status: Status
    spells: tuple[Window, ...]
    seats: tuple[str, ...]

    @property
    def weight(self) -> int:
        return len(self.shared)


def ties(network: InterlockNetwork) -> Iterator[InterlockTie]:
    """All ties, by the ids at their ends."""
    graph, links = network.graph, network.links
    seats = np.stack((links.one, links.other), axis=1)
    weaker = _statuses(graph)[seats].max(axis=1)
    bounds = graph.arrays.bounds.reshape(-1, 4)[seats]
    met, parted = bounds[:, :, 0].max(axis=1), bounds[:, :, 3].min(axis=1)
    of_directors = EntityKind.PERSON in network.kinds
    for place, (low, high) in enumerate(network.ties.tolist()):
        part = slice(int(network.first[place]), int(network.first[place + 1]))
        certain, shared = int(network.certain[place]), _each(links.shared[part])
        as_sure = links.certain[part] if certain else np.True_
        source, target = graph.id_of(low), graph.id_of(high)
        yield InterlockTie(
            id=f"{source} {target}",  # no id has a space
            source=source,
            target=target,
            label=_label(len(shared), of_directors),
            shared=tuple(graph.id_of(number) for number in shared),
            certain=certain,
            certainty=Certainty.CERTAIN if certain else Certainty.POSSIBLE,
            status=STATUSES[int(weaker[part].min(where=as_sure, initial=len(STATUSES) - 1))],
            spells=tuple(_merged(zip(met[part].tolist(), parted[part].tolist(), strict=True))),
            seats=tuple(graph.columns.relationship_ids.text(number) for number in _each(seats[part])),
        )


def _statuses(graph: KnowledgeGraph) -> Numbers:
    """The status of each relationship, as its place among all."""
    arrays = graph.arrays
    found = np.zeros(graph.columns.relationship_count, np.uint8)
    found[arrays.tie] = arrays.word >> STATUS_SHIFT & _STATUS_BITS
    return found


def _each(numbers: Numbers) -> list[int]:
    return list(np.unique(numbers).tolist())


def _label(count: int, of_directors: bool) -> str:
    if of_directors:
        return f"sat together on {count} board{'s' if count > 1 else ''}"
    return f"shared {count} director{'s' if count > 1 else ''}"


def _merged(spans: Iterable[tuple[int, int]]) -> list[Window]:
    """Spans of days, those that meet as one, in order."""
    found: list[Window] = []
    for first, last in sorted(spans):
        if found and first <= found[-1].last + 1:
            found[-1] = Window(found[-1].first, max(found[-1].last, last))
        else:
            found.append(Window(first, last))
    return found
