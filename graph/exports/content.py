"""What is exported: the records of a selection as streams, and what a file has to say about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from interlock.graph.filters import PathFilter
from interlock.graph.interlock_ties import InterlockTie, ties
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Claim, Entity, Relationship, Source
from interlock.graph.relax import describe_filter
from interlock.graph.selection import Selection

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how many records are written, of how many."""

NOT_CONFIRMED: Final = (
    "A status says how firmly a relationship is known: CONFIRMED, REPORTED, ALLEGED, DISPUTED, DISMISSED or RETRACTED. "
    "What is alleged is not confirmed; what was dismissed or retracted is a record of what was said. Cite nothing without its status."
)
HOW_DATES_READ: Final = (
    "Dates are EDTF level 1 and as exact as their source: 2011, 2011-06, 2011~ (about), 2011/ (end unknown), 2011/.. (goes on). "
    "The dates beside them are the first and last days that each start and end can mean; where there is none, there is no such limit."
)
NO_LICENCE: Final = "not stated: ask whoever made the data"
_EVERY: Final = 512


class Content:
    """The records of a selection, read one after another and not kept; several times over if need be.

    ``passes`` says how often a writer goes over entities, relationships, claims and sources, so that progress can be told.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        selection: Selection,
        progress: Progress | None = None,
        passes: tuple[int, int, int, int] = (1, 1, 0, 0),
    ) -> None:
        self.graph, self.selection = graph, selection
        self._progress = progress
        self._done = 0
        self._total = sum(times * count for times, count in zip(passes, self.counts.values(), strict=True))

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each kind there are; in a network of interlocks its ties in place of relationships."""
        selection, network = self.selection, self.selection.network
        chosen = selection.relationships.numbers
        return {
            "entities": len(selection.entities),
            **({"relationships": len(chosen)} if network is None else {"interlocks": len(network.ties)}),
            "claims": self.graph.columns.claims_on(chosen),
            "sources": len(selection.sources),
        }

    def entities(self) -> Iterator[Entity]:
        return self._counted(self.graph.columns.entities(map(int, self.selection.entities.numbers)))

    def relationships(self) -> Iterator[Relationship]:
        return self._counted(self.graph.columns.relationships(map(int, self.selection.relationships.numbers)))

    def interlocks(self) -> Iterator[InterlockTie]:
        """The ties of a network of interlocks."""
        return self._counted(() if self.selection.network is None else ties(self.selection.network))

    def claims(self) -> Iterator[Claim]:
        """The claims about the relationships, in the order of these."""
        chosen = self.graph.columns.relationships(map(int, self.selection.relationships.numbers))
        return self._counted(claim for tie in chosen for claim in tie.claims)

    def sources(self) -> Iterator[Source]:
        return self._counted(self.graph.columns.source_at(int(number)) for number in self.selection.sources.numbers)

    def about(self) -> dict[str, str]:
        """What every file says about itself, by a name that any format takes."""
        selection = self.selection
        chosen = selection.parameters.filter if selection.network is None else PathFilter(selection.network.conditions)
        conditions = describe_filter(chosen).lstrip(", ")
        return {
            "title": f"Interlock: {selection.title}",
            "datasetVersion": self.graph.version,
            "selection": selection.title,
            "filter": conditions[:1].upper() + conditions[1:] if conditions else "none",
            "complete": "yes" if selection.complete else "no",
            "notes": " ".join(selection.notes) or "none",
            "licence": self.graph.licence or NO_LICENCE,
            "status": NOT_CONFIRMED,
            "dates": HOW_DATES_READ,
        }

    def _counted(self, records: Iterable[T]) -> Iterator[T]:
        progress = self._progress
        if progress is None:
            yield from records
            return
        for record in records:
            yield record
            self._done += 1
            if self._done % _EVERY == 0 or self._done == self._total:
                progress(self._done, self._total)


def batches(records: Iterable[T], size: int) -> Iterator[list[T]]:
    """So many records at a time; fewer at the end."""
    left = iter(records)
    while batch := list(islice(left, size)):
        yield batch
