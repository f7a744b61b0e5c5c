"""Many records at once, as ``interlock.graph.builder`` takes them: columns, and byte strings as ``interlock.graph.codec`` writes them."""

from __future__ import annotations

from typing import NamedTuple

from interlock.graph.heap import Numbers


class Written(NamedTuple):
    """Byte strings end to end, and where each begins (one place more than strings)."""

    data: Numbers
    at: Numbers


class WrittenEntities(NamedTuple):
    """Entities as columns, in any order, whose IRIs and slugs follow from their ids, which are in lower case.

    ``folded``, ``plain`` and ``hashes`` are what ``NameRows.extend`` wants; ``unit_of`` are numbers of entities, none if it is empty.
    """

    ids: Written
    records: Written
    kind: Numbers
    unit_of: Numbers
    folded: Written
    plain: Written
    hashes: Numbers


class WrittenTies(NamedTuple):
    """Relationships as columns, in any order: their records, and what else is kept of them.

    ``ends`` are numbers of entities, ``bounds`` day numbers; ``claims`` counts those of each, whose columns follow.
    """

    ids: Written
    records: Written
    ends: Numbers
    kind: Numbers
    status: Numbers
    sources: Numbers
    bounds: Numbers
    latest: int
    claims: Numbers
    claim_source: Numbers
    claim_word: Numbers
    claim_hash: Numbers
