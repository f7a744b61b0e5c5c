"""The parameters of a selection as a query string, and back: what ``/export/{format}`` and ``/paths`` take.

``of`` (several) with ``hops`` and ``limit`` asks for a neighbourhood; ``from`` and ``to``, or ``between`` for more than two entities, with
``selector``, ``k``, ``minHops``, ``maxHops`` and ``rankBy`` for paths; ``interlockNetwork=true`` for the network of all boards, or with
``entityKinds=PERSON`` of all directors; none of them for the whole graph. All others are the filter's, by
their names in GraphQL. What takes several values is given several times; values of an enum may stand in one, with commas between. ``q`` is
a question in plain English, and stands alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode

from interlock.graph.ask import not_understood
from interlock.graph.dates import parse_date
from interlock.graph.engine import Engine
from interlock.graph.errors import BadInput
from interlock.graph.filters import PathFilter, RelationshipFilter, known_sources
from interlock.graph.intervals import Certainty
from interlock.graph.model import EntityKind, RelationshipKind, Status
from interlock.graph.question import PathRanking, PathSelector
from interlock.graph.selection import Parameters

E = TypeVar("E", bound=StrEnum)
_DIRECTIONS: Final = {"FORWARD": True, "REVERSE": False}
_FLAGS: Final = {"true": True, "false": False}
_OF: Final = ("hops", "limit")
_BETWEEN: Final = ("selector", "k", "minHops", "maxHops", "rankBy")
_FILTER: Final = (
    "kinds", "excludeKinds", "statuses", "minStatus", "asOf", "during", "certainty", "sources", "excludeSources", "minIndependentSources",
    "entityKinds", "excludeEntityKinds", "mustPass", "avoid", "maxTransitDegree", "heldTogether", "direction",
)  # fmt: skip
NAMES: Final = ("of", "from", "to", "between", "interlockNetwork", *_OF, *_BETWEEN, *_FILTER)
"""Every parameter there is."""
_SEVERAL: Final = frozenset({
    "of", "between", "kinds", "excludeKinds", "statuses", "sources", "excludeSources", "entityKinds", "excludeEntityKinds",
    "mustPass", "avoid",
})  # fmt: skip


def write_query(parameters: Parameters) -> str:
    """The query string of these parameters, without what is so by default; empty for the whole graph."""
    return urlencode(list(_pairs(parameters)))


def write_filter(conditions: PathFilter) -> str:
    """The same of conditions alone: the same text for equal ones, in every process."""
    return urlencode(list(_conditions(conditions)))


def read_query(text: str, engine: Engine) -> Parameters:
    """The parameters that a query string names, all names resolved.

    Raises ``BadInput`` for what is unknown, given twice or contradictory, and as ``engine.entity`` does for a name.
    """
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        given.setdefault(name, []).append(value)
    return _asked(given, engine) if "q" in given else read_values(given, engine)


def _asked(given: Mapping[str, list[str]], engine: Engine) -> Parameters:
    """What a question in plain English asks for."""
    (question, *more), others = given["q"], sorted(given.keys() - {"q"})
    if more or others:
        raise BadInput(f"q is a whole question by itself: leave out {', '.join(others) or 'all but one'}, or say it in the question.")
    understood = engine.understand(question)
    if understood is None:
        raise BadInput(not_understood())
    return Parameters.asking(understood.question)


def read_values(given: Mapping[str, list[str]], engine: Engine) -> Parameters:
    """The same, of values by their names."""
    _check_names(given)
    values = _Values(given)
    between = [name for key in ("from", "to", "between") for name in given.get(key, ())]
    return Parameters(
        of=tuple(dict.fromkeys(each.id for each in engine.named("of", given.get("of", ())))),
        hops=values.number("hops", 1),
        limit=values.number("limit", None),
        between=tuple(each.id for each in engine.named("between", between)),
        filter=_filter(values, engine),
        selector=values.one("selector", PathSelector, PathSelector.SHORTEST_K),
        k=values.number("k", 10),
        min_hops=values.number("minHops", 1),
        max_hops=values.number("maxHops", 6),
        rank_by=values.one("rankBy", PathRanking, PathRanking.HOPS),
        interlock_network=bool(values.named("interlockNetwork", _FLAGS)),
    )


def _check_names(given: Mapping[str, list[str]]) -> None:
    for name, values in given.items():
        if name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(NAMES)}."
            raise BadInput(f"{name!r} is not a parameter of a selection. {hint}")
        if len(values) > 1 and name not in _SEVERAL:
            raise BadInput(f"{name} is given {len(values)} times; give it once.")
    if ("from" in given) is not ("to" in given):
        raise BadInput("from and to belong together: give both, or neither.")
    if "from" in given and "between" in given:
        raise BadInput("from and between contradict one another: give from and to, or between for each of several.")
    for name in given.keys() & {*_OF} if "of" not in given else ():
        raise BadInput(f"{name} belongs to a neighbourhood: give of as well, or leave it out.")
    for name in given.keys() & {*_BETWEEN} if not given.keys() & {"from", "between"} else ():
        raise BadInput(f"{name} belongs to a question about paths: give from and to as well, or leave it out.")


class _Values:
    """Values by their names, read as what they have to be."""

    def __init__(self, given: Mapping[str, list[str]]) -> None:
        self.given = given

    def text(self, name: str) -> str | None:
        return self.given[name][0] if name in self.given else None

    def number(self, name: str, default: Any) -> Any:
        text = self.text(name)
        if text is None:
            return default
        if not (text.isascii() and text.removeprefix("-").isdigit()) or len(text) > 9:
            raise BadInput(f"{name} is {text!r}; it must be a whole number.")
        return int(text)

    def one(self, name: str, kind: Callable[[str], E], default: E) -> E:
        return next(iter(self.several(name, kind) or ()), default)

    def several(self, name: str, kind: Callable[[str], E]) -> frozenset[E] | None:
        if name not in self.given:
            return None
        words = [word.strip().upper() for text in self.given[name] for word in text.split(",")]
        if name not in _SEVERAL and len(words) > 1:
            raise BadInput(f"{name} is {self.given[name][0]!r}; it takes one value.")
        known: Iterable[E] = kind  # type: ignore[assignment]
        return frozenset(_known(name, word, {each.value: each for each in known}) for word in words)

    def named(self, name: str, values: Mapping[str, bool]) -> bool | None:
        text = self.text(name)
        return None if text is None else _known(name, text if text in values else text.upper(), values)


def _known(name: str, word: str, values: Mapping[str, Any]) -> Any:
    if word not in values:
        raise BadInput(f"{name} is {word!r}; it must be one of {', '.join(values)}.")
    return values[word]


def _filter(values: _Values, engine: Engine) -> PathFilter:
    day, sources = values.text("asOf"), values.given.get("sources")
    ties = RelationshipFilter(
        kinds=values.several("kinds", RelationshipKind),
        exclude_kinds=values.several("excludeKinds", RelationshipKind) or frozenset(),
        statuses=values.several("statuses", Status),
        min_status=next(iter(values.several("minStatus", Status) or ()), None),
        as_of=None if day is None else parse_date(day),
        during=values.text("during"),
        certainty=values.one("certainty", Certainty, Certainty.POSSIBLE),
        sources=None if sources is None else known_sources(sources, engine.graph),
        exclude_sources=known_sources(values.given.get("excludeSources", ()), engine.graph),
        min_independent_sources=values.number("minIndependentSources", 0),
    )
    return PathFilter(
        ties,
        entity_kinds=values.several("entityKinds", EntityKind),
        exclude_entity_kinds=values.several("excludeEntityKinds", EntityKind) or frozenset(),
        must_pass=engine.passed("mustPass", values.given.get("mustPass", ())),
        avoid=engine.passed("avoid", values.given.get("avoid", ())),
        max_transit_degree=values.number("maxTransitDegree", None),
        held_together=bool(values.named("heldTogether", _FLAGS)),
        forward=values.named("direction", _DIRECTIONS),
    )


def _pairs(parameters: Parameters) -> Iterator[tuple[str, str]]:
    """Names and values, in the order of ``NAMES``."""
    nothing = Parameters()
    yield from (("of", entity) for entity in parameters.of)
    pair = len(parameters.between) == 2
    yield from zip(("from", "to") if pair else ["between"] * len(parameters.between), parameters.between, strict=True)
    yield from _pair("interlockNetwork", str(parameters.interlock_network).lower(), "false")
    for name, key in (("hops", "hops"), ("limit", "limit"), ("selector", "selector"), ("k", "k"), ("minHops", "min_hops")):
        yield from _pair(name, getattr(parameters, key), getattr(nothing, key))
    yield from _pair("maxHops", parameters.max_hops, nothing.max_hops)
    yield from _pair("rankBy", parameters.rank_by, nothing.rank_by)
    yield from _conditions(parameters.filter)


def _conditions(paths: PathFilter) -> Iterator[tuple[str, str]]:
    ties = paths.relationships
    for name, value, default in (
        ("kinds", ties.kinds, None),
        ("excludeKinds", ties.exclude_kinds, frozenset()),
        ("statuses", ties.statuses, None),
        ("minStatus", ties.min_status, None),
        ("asOf", ties.as_of, None),
        ("during", ties.during, None),
        ("certainty", ties.certainty, Certainty.POSSIBLE),
        ("sources", ties.sources, None),
        ("excludeSources", ties.exclude_sources, frozenset()),
        ("minIndependentSources", ties.min_independent_sources, 0),
        ("entityKinds", paths.entity_kinds, None),
        ("excludeEntityKinds", paths.exclude_entity_kinds, frozenset()),
        ("mustPass", paths.must_pass, frozenset()),
        ("avoid", paths.avoid, frozenset()),
        ("maxTransitDegree", paths.max_transit_degree, None),
        ("heldTogether", "true" if paths.held_together else None, None),
        ("direction", {True: "FORWARD", False: "REVERSE", None: None}[paths.forward], None),
    ):
        yield from _pair(name, value, default)


def _pair(name: str, value: object, default: object) -> Iterator[tuple[str, str]]:
    if value != default:
        yield from ((name, str(each)) for each in (sorted(value) if isinstance(value, frozenset) else (value,)))
