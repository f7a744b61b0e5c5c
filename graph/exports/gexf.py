"""GEXF 1.2, for Gephi and its timeline.

The spell of a node or edge is the widest that its dates allow, from the first day on which it can have begun to the last on which it can
have ended; the attribute ``held`` says within that when it surely held (CERTAIN) and when possibly (POSSIBLE), and ``interval`` keeps the
dates as they are written. The attribute ``status`` changes on the days on which claims were made: its first value reaches back to the
beginning, since nothing was said before. In a network of interlocks the spells of an edge are the days on which two can have been linked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, iso_day
from interlock.graph.exports.columns import Column, Type, attributes
from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import spelled, xml
from interlock.graph.exports.tables import ENTITIES, edges_of
from interlock.graph.interlock_ties import InterlockTie
from interlock.graph.intervals import Certainty, Interval, Window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Claim, Relationship
from interlock.graph.status import derive_status

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
"""
_TYPES: Final = {Type.COUNT: "long", Type.NUMBER: "double"}
_NODES: Final = tuple(column for column in ENTITIES.columns if column.name not in ("id", "name"))


class Stretch(NamedTuple):
    """What is so from a day to a day, both included."""

    value: str
    first: int
    last: int


def write(content: Content) -> Iterator[bytes]:
    about, edges, network = content.about(), edges_of(content.selection), content.selection.network is not None
    elsewhere = ("id", "source", "target", "label", "weight" if network else "status")
    columns = tuple(column for column in edges.columns if column.name not in elsewhere)
    yield _HEAD.encode()
    described = xml("\n".join(f"{name}: {text}" for name, text in about.items()))
    yield f"  <meta>\n    <creator>Interlock</creator>\n    <description>{described}</description>\n  </meta>\n".encode()
    direction = "undirected" if network else "directed"
    yield f'  <graph mode="dynamic" defaultedgetype="{direction}" idtype="string" timeformat="date">\n'.encode()
    yield _declared("node", _NODES, ("held",)) + _declared("edge", columns, () if network else ("held", "status"))
    yield b"    <nodes>\n"
    for entity in content.entities():
        had = _values(_NODES, content, entity) + _changing("held", held(entity.interval))
        had = _with_spells(had, [_possible(entity.interval)] if entity.interval else [])
        yield f'      <node id="{xml(entity.id)}" label="{xml(entity.name)}">{had}</node>\n'.encode()
    yield b"    </nodes>\n    <edges>\n"
    for tie in edges.records(content):
        had, weight = _of_tie(_values(columns, content, tie), content.graph, tie)
        ends = f'source="{xml(tie.source)}" target="{xml(tie.target)}" label="{xml(tie.label)}"{weight}'
        yield f'      <edge id="{xml(tie.id)}" {ends}>{had}</edge>\n'.encode()
    yield b"    </edges>\n  </graph>\n</gexf>\n"


def _of_tie(values: str, graph: KnowledgeGraph, tie: Relationship | InterlockTie) -> tuple[str, str]:
    """What stands in an edge besides, and its weight."""
    match tie:
        case Relationship():
            changing = _changing("held", held(tie.interval)) + _changing("status", statuses(graph, tie))
            return _with_spells(values + changing, [_possible(tie.interval)]), ""
        case InterlockTie():
            return _with_spells(values, tie.spells), f' weight="{tie.weight}"'


def held(interval: Interval | None) -> list[Stretch]:
    """When it surely held and when possibly, one after the other; nothing where nothing is known."""
    if interval is None or interval.bounds == (DISTANT_PAST, DISTANT_FUTURE, DISTANT_PAST, DISTANT_FUTURE):
        return []
    start_min, start_max, end_min, end_max = interval.bounds
    if start_max > end_min:
        return [Stretch(Certainty.POSSIBLE, start_min, end_max)]
    before = Stretch(Certainty.POSSIBLE, start_min, start_max - (start_max != DISTANT_FUTURE))
    after = Stretch(Certainty.POSSIBLE, end_min + (end_min != DISTANT_PAST), end_max)
    parts = (before, Stretch(Certainty.CERTAIN, start_max, end_min), after)
    return [part for part in parts if part.first <= part.last and part.first != DISTANT_FUTURE and part.last != DISTANT_PAST]


def statuses(graph: KnowledgeGraph, tie: Relationship) -> list[Stretch]:
    """Which status the claims added up to, from the day on which each was surely made; those of an unknown day count from the beginning."""

    def said(claim: Claim) -> int:
        date = claim.made or graph.sources[claim.source].published
        return DISTANT_PAST if date is None else date.last

    days = sorted({said(claim) for claim in tie.claims})
    found: list[Stretch] = []
    for number, day in enumerate(days):
        last = days[number + 1] - 1 if number + 1 < len(days) else DISTANT_FUTURE
        status = derive_status([claim for claim in tie.claims if said(claim) <= day], graph.sources)
        if found and found[-1].value == status:
            found[-1] = found[-1]._replace(last=last)
        else:
            found.append(Stretch(status, day if found else DISTANT_PAST, last))
    return found


def _declared(of: str, columns: Sequence[Column[Any]], dynamic: Sequence[str]) -> bytes:
    """The attributes of nodes or edges."""
    static = "".join(
        f'      <attribute id="{column.name}" title="{column.name}" type="{_TYPES.get(column.type, "string")}"/>\n' for column in columns
    )
    changing = "".join(f'      <attribute id="{name}" title="{name}" type="string"/>\n' for name in dynamic)
    modes = {"static": static, "dynamic": changing}
    return "".join(
        f'    <attributes class="{of}" mode="{mode}">\n{declared}    </attributes>\n' for mode, declared in modes.items() if declared
    ).encode()


def _values(columns: Sequence[Column[Any]], content: Content, record: Any) -> str:
    had = attributes(columns, content.graph, record)
    return "".join(f'<attvalue for="{column.name}" value="{xml(spelled(value))}"/>' for column, value in had)


def _changing(name: str, stretches: Sequence[Stretch]) -> str:
    return "".join(f'<attvalue for="{name}" value="{each.value}"{_span(each.first, each.last)}/>' for each in stretches)


def _with_spells(attvalues: str, spans: Iterable[Window]) -> str:
    """Values, and when it can have been; no spells, if that is at any time."""
    said = f"<attvalues>{attvalues}</attvalues>" if attvalues else ""
    limited = [span for span in itertools.starmap(_span, spans) if span]
    return said + (f"<spells>{''.join(f'<spell{span}/>' for span in limited)}</spells>" if limited else "")


def _possible(interval: Interval) -> Window:
    """From the first day on which it can have begun to the last on which it can have ended."""
    return Window(interval.bounds.start_min, interval.bounds.end_max)


def _span(first: int, last: int) -> str:
    """From when to when, where there is a limit."""
    start = f' start="{iso_day(first)}"' if first != DISTANT_PAST else ""
    return start + (f' end="{iso_day(last)}"' if last != DISTANT_FUTURE else "")
