"""Everything that can go wrong, as one tree.

    InterlockError
    ├── DataError            the RDF can't be loaded: a list of problems, each with file, line or subject
    ├── RequestError         the HTTP request can't be answered; carries a status (server/graphql_request.py)
    └── QuestionError        the question can't be answered as asked; carries a code and what would help
        ├── BadInput         BAD_USER_INPUT    a date, a limit, filters that contradict one another
        ├── TooCostly        QUERY_TOO_COSTLY  more is asked for than is allowed; carries how much, and the limit
        ├── InvalidCursor    INVALID_CURSOR    a cursor that is none, or belongs to another list
        ├── StaleCursor      STALE_CURSOR      a cursor of another version of the data
        ├── UnknownEntity    UNKNOWN_ENTITY    no such name; carries suggestions
        ├── AmbiguousEntity  AMBIGUOUS_ENTITY  several have that name; carries candidates
        ├── SameEntity       SAME_ENTITY       both ends of a question are one entity
        └── BackendDown      BACKEND_UNAVAILABLE  the engine that has the relationships can't be relied on now

A message names the value and the way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from interlock.graph.faults import Problem as Problem
from interlock.graph.faults import Tally, left_out

if TYPE_CHECKING:
    from interlock.graph.model import Entity

_LISTED: Final = 20
"""How many faults, and kinds of them, a message has room for."""


class InterlockError(Exception):
    """Base of all errors that Interlock raises on purpose."""


class DataError(InterlockError):
    """The data can't be used; ``problems`` says why, one by one, up to ``faults.MOST``; ``count`` and ``counts``, by kind, are of all."""

    def __init__(self, problems: Iterable[Problem] | Tally) -> None:
        tally = problems if isinstance(problems, Tally) else Tally(problems)
        self.problems = tuple(tally.chosen())
        self.counts: Mapping[str, int] = dict(tally.counts)
        self.count = len(tally)
        super().__init__("\n".join(_listed(self.problems, self.counts)))


def _listed(problems: Sequence[Problem], counts: Mapping[str, int]) -> Iterator[str]:
    """Some faults in full, and how many more there are of each kind."""
    yield from map(str, problems[:_LISTED])
    left = left_out(counts, problems[:_LISTED])
    if left:
        kinds = "".join(f"\n  {count:,} × {kind}" for kind, count in list(left.items())[:_LISTED])
        yield f"… and {sum(left.values()):,} more:{kinds}"


class QuestionError(InterlockError):
    """The question can't be answered as asked."""

    code: ClassVar[str]

    @property
    def extensions(self) -> dict[str, object]:
        """What a client can act on, as GraphQL's ``extensions``."""
        return {"code": self.code}


class BadInput(QuestionError):
    """A value that isn't understood, is out of range, or contradicts another."""

    code = "BAD_USER_INPUT"


class TooCostly(QuestionError):
    """More is asked for than is allowed: so much of ``what``, where ``limit`` is the limit."""

    code = "QUERY_TOO_COSTLY"

    def __init__(self, message: str, what: str, value: int, limit: int, dearest: str = "") -> None:
        super().__init__(message)
        self.what, self.value, self.limit, self.dearest = what, value, limit, dearest

    @property
    def extensions(self) -> dict[str, object]:
        told = {"code": self.code, "measure": self.what, "value": self.value, "limit": self.limit}
        return told | ({"dearest": self.dearest} if self.dearest else {})


class InvalidCursor(QuestionError):
    """A cursor that was not made here, or not for this list."""

    code = "INVALID_CURSOR"


class StaleCursor(QuestionError):
    """A cursor that was made for this list when the data were others."""

    code = "STALE_CURSOR"


class _NamedEntities(QuestionError):
    key: ClassVar[str]

    def __init__(self, message: str, entities: Sequence[Entity]) -> None:
        super().__init__(message)
        self.entities = tuple(entities)

    @property
    def extensions(self) -> dict[str, object]:
        return {"code": self.code, self.key: [{"id": e.id, "name": e.name, "kind": e.kind.value} for e in self.entities]}


class UnknownEntity(_NamedEntities):
    """Nothing in the graph has that name; ``entities`` are the nearest."""

    code = "UNKNOWN_ENTITY"
    key = "suggestions"


class AmbiguousEntity(_NamedEntities):
    """Several entities answer to that name; ``entities`` are those."""

    code = "AMBIGUOUS_ENTITY"
    key = "candidates"


class SameEntity(QuestionError):
    """A path needs two different ends."""

    code = "SAME_ENTITY"


class BackendDown(QuestionError):
    """The engine that has the relationships can't be reached, did not answer in time, or answered what can't be relied on."""

    code = "BACKEND_UNAVAILABLE"
