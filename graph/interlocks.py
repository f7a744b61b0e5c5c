"""Interlocks: boards that share a director, or are linked through a third board, and whether the terms overlapped.

In the terms of the literature: directors and boards are a two-mode network; two boards with a director in common have a *direct*
interlock, two boards of which each shares a director with a third have an *indirect* one. Here an interlock takes time: whose terms never
met sat on both boards, and linked nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from interlock.graph.budget import Budget, StopReason
from interlock.graph.engine import Engine
from interlock.graph.interlock_question import Interlock, InterlockQuestion, Interlocks, Seats, SharedDirector, status_of, surest
from interlock.graph.intervals import Certainty
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Relationship

_LOOK: Final = 256
"""After how many steps the clock is looked at."""


def interlocks(engine: Engine, question: InterlockQuestion) -> Interlocks:
    """The interlocks that a question asks for. A step is a seat looked at, or a choice of seats that was compared."""
    run = _Run(engine.graph, question, engine.budget())
    found = sorted(run.all(), key=lambda each: each.key)
    sure = question.conditions.certainty is Certainty.CERTAIN
    held = (Certainty.CERTAIN,) if sure else (Certainty.CERTAIN, Certainty.POSSIBLE)
    kept = tuple(each for each in found if each.overlap.certainty in held)
    never = tuple(each for each in found if each.overlap.certainty is Certainty.IMPOSSIBLE)
    return Interlocks(question, kept, never, run.stopped_by)


@dataclass
class _Run:
    graph: KnowledgeGraph
    question: InterlockQuestion
    budget: Budget
    steps: int = 0
    stopped_by: StopReason = StopReason.COMPLETE
    _on: dict[str, dict[str, Seats]] = field(default_factory=dict)
    _of: dict[str, dict[str, Seats]] = field(default_factory=dict)

    def all(self) -> Iterator[Interlock]:
        """Every interlock, and whatever was one but for the dates; as far as the budget goes."""
        company, person = self.question.company, self.question.person
        if company is not None:
            yield from self._direct(company.id)
            if self.question.indirect:
                yield from self._indirect(company.id)
        elif person is not None:
            boards = self._held_by(person.id)
            for one, other in combinations(boards, 2):
                yield from self._between(one, other, (person.id,))
            for board in boards if self.question.indirect else ():
                yield from self._indirect(board, first=person.id)

    def _direct(self, company: str) -> Iterator[Interlock]:
        shared: dict[str, list[str]] = {}
        self._expect(people=self._directors(company))
        for person in self._directors(company):
            for other in self._held_by(person) if self._wanted(person) else ():
                if other != company and self.question.other in (None, self.graph.entities[other]):
                    shared.setdefault(other, []).append(person)
        for other in sorted(shared):
            yield from self._between(company, other, shared[other])

    def _between(self, company: str, other: str, people: Iterable[str]) -> Iterator[Interlock]:
        """The interlock of two boards through these people, and apart from it those whose terms never met."""
        met: list[tuple[SharedDirector, tuple[Seats, ...]]] = []
        apart: list[tuple[SharedDirector, tuple[Seats, ...]]] = []
        for person in people:
            seats = (self._held_by(person)[company], self._held_by(person)[other])
            if self._spend(len(seats[0]) * len(seats[1])):
                director = self._director(person, seats)
                (apart if director.overlap.certainty is Certainty.IMPOSSIBLE else met).append((director, seats))
        for directors in (met, apart):
            if directors:
                sets = tuple(seats for _, seats in directors)
                yield self._interlock(company, other, tuple(director for director, _ in directors), sets)

    def _indirect(self, company: str, first: str | None = None) -> Iterator[Interlock]:
        """Those through a third board: one director links the company to it, another one links it on to the other."""
        found = self._links(company, first)
        self._expect(companies=found)
        self._expect(people=(person for through in found for person in self._directors(through)))
        for through, links in found.items():
            onward: dict[str, list[tuple[str, str]]] = {}
            for second in self._directors(through):
                for other in self._held_by(second):
                    if other in (company, through) or self.question.other not in (None, self.graph.entities[other]):
                        continue
                    pairs = [(one, second) for one in links if one != second and (first is not None or self._wanted(one, second))]
                    if pairs and self._spend(len(pairs)):
                        onward.setdefault(other, []).extend(pairs)
            for other in sorted(onward):
                yield from self._chain(company, through, other, onward[other])

    def _links(self, company: str, first: str | None) -> dict[str, list[str]]:
        """Which boards a company is linked to, and by whom."""
        links: dict[str, list[str]] = {}
        self._expect(people=() if first is not None else self._directors(company))
        for person in (first,) if first is not None else tuple(self._directors(company)):
            for board in self._held_by(person):
                if board != company:
                    links.setdefault(board, []).append(person)
        return dict(sorted(links.items()))

    def _chain(self, company: str, through: str, other: str, pairs: Sequence[tuple[str, str]]) -> Iterator[Interlock]:
        """The indirect interlock by these pairs of directors, if the seats of any of them can have held together."""
        chosen: list[tuple[Seats, ...]] = []
        people: dict[tuple[str, str], tuple[Seats, Seats]] = {}
        for one, second in pairs:
            first_half = self._held_by(one)[company], self._held_by(one)[through]
            second_half = self._held_by(second)[through], self._held_by(second)[other]
            seats = (*first_half, *second_half)
            if self._spend(1) and surest([seats], self.question.conditions.window).certainty is not Certainty.IMPOSSIBLE:
                chosen.append(seats)
                people[one, company], people[second, other] = first_half, second_half
        if chosen:
            directors = tuple(self._director(person, seats) for (person, _), seats in people.items())
            yield self._interlock(company, other, directors, tuple(chosen), through)

    def _interlock(
        self,
        company: str,
        other: str,
        directors: tuple[SharedDirector, ...],
        sets: tuple[tuple[Seats, ...], ...],
        through: str | None = None,
    ) -> Interlock:
        entities, window = self.graph.entities, self.question.conditions.window
        overlap = surest(sets, window)
        status = status_of(sets, overlap.certainty, window)
        ordered = directors if through else tuple(sorted(directors, key=lambda each: each.key))
        return Interlock(entities[company], entities[other], ordered, overlap, status, sets, entities[through] if through else None)

    def _director(self, person: str, seats: tuple[Seats, Seats]) -> SharedDirector:
        window = self.question.conditions.window
        overlap = surest([seats], window)
        status = status_of([seats], overlap.certainty, window)
        return SharedDirector(self.graph.entities[person], (*seats[0], *seats[1]), overlap, status)

    def _expect(self, companies: Iterable[str] = (), people: Iterable[str] = ()) -> None:
        """The seats on these boards, and by these people, will be looked at."""
        number = self.graph.index
        self.graph.columns.expect(
            seats_of=(number(each) for each in companies if each not in self._on),
            seats_by=(number(each) for each in people if each not in self._of),
        )

    def _wanted(self, *people: str) -> bool:
        return self.question.person is None or self.question.person.id in people

    def _directors(self, company: str) -> Mapping[str, Seats]:
        """Director → seats that count on this board."""
        if company not in self._on:
            self._on[company] = self._grouped(self.graph.seats(company), by_person=True)
        return self._on[company]

    def _held_by(self, person: str) -> Mapping[str, Seats]:
        """Company → seats that count of this person on its board."""
        if person not in self._of:
            self._of[person] = self._grouped(self.graph.seats_by(person), by_person=False)
        return self._of[person]

    def _grouped(self, seats: Sequence[Relationship], by_person: bool) -> dict[str, Seats]:
        found: dict[str, Seats] = {}
        if self._spend(len(seats)):
            for seat in seats:
                if self.question.conditions.admits(seat, self.graph):
                    key = seat.source if by_person else seat.target
                    found[key] = (*found.get(key, ()), seat)
        return found

    def _spend(self, steps: int) -> bool:
        """May it go on? Once it may not, it never may again."""
        before, self.steps = self.steps, self.steps + steps
        if self.stopped_by is StopReason.COMPLETE:
            if self.steps > self.budget.steps:
                self.stopped_by = StopReason.STEP_BUDGET
            elif (before == 0 or before // _LOOK != self.steps // _LOOK) and self.budget.overdue:
                self.stopped_by = StopReason.DEADLINE
        return self.stopped_by is StopReason.COMPLETE
