"""A question about interlocks, and what an answer is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from interlock.graph.budget import StopReason
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, iso_day, parse_date
from interlock.graph.errors import BadInput, SameEntity, TooCostly
from interlock.graph.filters import RelationshipFilter
from interlock.graph.intervals import Certainty, Window
from interlock.graph.model import Entity, EntityKind, Relationship, RelationshipKind, Status
from interlock.graph.together import Together, held_together

Seats = tuple[Relationship, ...]
HAVE_BOARDS: Final = frozenset({EntityKind.COMPANY, EntityKind.ORGANIZATION})
MAX_YEARS: Final = 200
"""For how many years interlocks are counted at once."""
MOST_COUNTED: Final = 200_000
"""How many choices of seats are compared to count them: a second or two."""
_RANKS: Final = {certainty: rank for rank, certainty in enumerate(Certainty)}


@dataclass(frozen=True)
class InterlockQuestion:
    """Whose interlocks? Those of a ``company``, of a ``person``, of a company through a person, or between a company and an ``other``.

    ``conditions`` say which seats count, and at what time. With ``indirect``, those through a third board come too.
    """

    company: Entity | None = None
    person: Entity | None = None
    other: Entity | None = None
    conditions: RelationshipFilter = field(default_factory=RelationshipFilter)
    indirect: bool = False

    def __post_init__(self) -> None:
        if self.company is None and self.person is None:
            raise BadInput("Whose interlocks? Give company, person, or both.")
        if self.other is not None and self.company is None:
            raise BadInput("other names the second of two boards: give company, the first, too.")
        need_seats(self.conditions)
        for name, entity in (("company", self.company), ("other", self.other)):
            if entity is not None and entity.kind not in HAVE_BOARDS:
                raise BadInput(f"{name} is {entity.name}, a {_said(entity.kind)}; only a company or an organization has a board.")
        if self.person is not None and self.person.kind is not EntityKind.PERSON:
            raise BadInput(f"person is {self.person.name}, a {_said(self.person.kind)}; ask for it as company.")
        if self.company is not None and self.company == self.other:
            raise SameEntity(f"Both boards are that of {self.company.name}. An interlock is between two boards.")


@dataclass(frozen=True)
class SharedDirector:
    """A director of two boards, with all seats on them that count, and whether the terms overlapped (the pair that did most surely).

    ``status`` is how firmly that is known: of the seats on which ``overlap`` rests, the weakest, where the strongest are taken that do.
    """

    person: Entity
    seats: Seats
    overlap: Together
    status: Status

    @property
    def key(self) -> tuple[int, int, str]:
        """What directors are ordered by: those first who surely sat on both at one time, then by status."""
        return _RANKS[self.overlap.certainty], self.status.rank, self.person.id


@dataclass(frozen=True)
class Interlock:
    """Two boards and the directors that link them; of an indirect one ``through`` is the third board's company.

    ``overlap`` is that of the most certain director (of an indirect one: of two directors, all four of whose seats count), ``status`` how
    firmly that is known. It is IMPOSSIBLE only of those who never met. ``sets`` are the choices of seats; all seats of one of them have to
    have been held at one time.
    """

    company: Entity
    other: Entity
    directors: tuple[SharedDirector, ...]
    overlap: Together
    status: Status
    sets: tuple[tuple[Seats, ...], ...] = field(repr=False)
    through: Entity | None = None

    @property
    def direct(self) -> bool:
        """Do the two boards share a director?"""
        return self.through is None

    @property
    def key(self) -> tuple[bool, int, int, str, str, str]:
        """What interlocks are ordered by: direct ones first, surely overlapping ones, those with most directors; then ids."""
        through = self.through.id if self.through else ""
        return not self.direct, _RANKS[self.overlap.certainty], -len(self.directors), self.company.id, self.other.id, through


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many interlocks surely, and how many possibly, held at some time in a year."""

    year: int
    certain: int
    possible: int


@dataclass(frozen=True)
class Interlocks:
    """Interlocks in their order; beside them ``never_met``: boards that share a director whose terms on them did not overlap."""

    question: InterlockQuestion
    found: tuple[Interlock, ...]
    never_met: tuple[Interlock, ...]
    stopped_by: StopReason = StopReason.COMPLETE

    @property
    def complete(self) -> bool:
        """Were all seats looked at?"""
        return self.stopped_by is StopReason.COMPLETE

    @cached_property
    def years(self) -> range:
        """The years that the seats' dates, and the time asked about, speak of."""
        seats = (seat for each in self.found for director in each.directors for seat in director.seats)
        days = {day for seat in seats for day in seat.interval.bounds if DISTANT_PAST < day < DISTANT_FUTURE}
        window = self.question.conditions.window
        if window is not None:
            days = {min(max(day, window.first), window.last) for day in days}
        return range(_year(min(days)), _year(max(days)) + 1) if days else range(0)

    def per_year(self, first: int | None = None, last: int | None = None) -> list[YearCount]:
        """How many of these interlocks held in each year; without bounds, in the years that the dates speak of."""
        known = self.years
        first = (known.start if known else last) if first is None else first
        last = (known.stop - 1 if known else first) if last is None else last
        if first is None or last is None:
            return []
        if not -9999 <= first <= last <= 9999 or last - first >= MAX_YEARS:
            raise BadInput(f"The years {first} to {last} are not 1 to {MAX_YEARS} years in their order.")
        choices = sum(len(each.sets) for each in self.found) * (last - first + 1)
        if choices > MOST_COUNTED:
            message = f"To count {len(self.found):,} interlocks in these years, {choices:,} choices of seats have to be compared; "
            message += f"the limit is {MOST_COUNTED:,}. Ask for fewer years, or about one time."
            raise TooCostly(message, "choices of seats", choices, MOST_COUNTED)
        return [self._in_year(year) for year in range(first, last + 1)]

    def _in_year(self, year: int) -> YearCount:
        date = parse_date(f"{year:05}" if year < 0 else f"{year:04}")
        asked = self.question.conditions.window or Window(DISTANT_PAST, DISTANT_FUTURE)
        window = Window(max(date.first, asked.first), min(date.last, asked.last))
        if window.first > window.last:
            return YearCount(year, 0, 0)
        held = [surest(each.sets, window).certainty for each in self.found]
        return YearCount(year, held.count(Certainty.CERTAIN), held.count(Certainty.POSSIBLE))


def need_seats(conditions: RelationshipFilter) -> None:
    """Refuse a filter that leaves no seats: interlocks are made of nothing else."""
    if RelationshipKind.BOARD_SEAT not in conditions.admitted_kinds:
        raise BadInput("kinds and excludeKinds leave no BOARD_SEAT, and interlocks are made of seats only. Leave both out.")


def surest(sets: Iterable[tuple[Seats, ...]], window: Window | None) -> Together:
    """Of several choices of seats, the one that held together most surely."""
    best: Together | None = None
    for seats in sets:
        found = held_together([[seat.interval for seat in group] for group in seats], window)
        if best is None or _RANKS[found.certainty] < _RANKS[best.certainty]:
            best = found
        if best.certainty is Certainty.CERTAIN:
            break
    assert best is not None
    return best


def status_of(sets: Sequence[tuple[Seats, ...]], certainty: Certainty, window: Window | None) -> Status:
    """How firmly it is known that the seats held together so surely: how weak a seat has to be let in for that."""
    for weakest in Status:
        known = [tuple(tuple(seat for seat in group if seat.status.rank <= weakest.rank) for group in seats) for seats in sets]
        whole = [seats for seats in known if all(seats)]
        if whole and surest(whole, window).certainty is certainty:
            return weakest
    raise AssertionError(f"no seats held together so: {certainty}")


def _said(kind: EntityKind) -> str:
    return kind.value.lower().replace("_", " ")


def _year(day: int) -> int:
    return int(iso_day(day)[:-6])
