"""Graphs that make trouble for formats, and exports of them."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from harness import PATIENT
from interlock.graph.dates import parse_date
from interlock.graph.engine import Engine
from interlock.graph.exports.columns import Table
from interlock.graph.exports.content import Content
from interlock.graph.exports.formats import export
from interlock.graph.intervals import UNKNOWN, Interval, parse_interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Amount, Claim, Entity, EntityKind, Records, Relationship, RelationshipKind, Source, Stance, Status
from interlock.graph.selection import Parameters, select
from interlock.graph.status import derive_status

BASE = "https://interlock.example/"
HOSTILE = [
    "", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''-1", "a\nb", "a\r\nb", "a\rb", 'say "so"', "\u202ea\u202c",
    "\x00", "\x1b[31mred", "\x7f", "\ufffe", "]]>", "<b>&amp;</b>", "{\\%$#_^~}", "\\", "ends with \\", "[1, 2]", "null", "NaN", "None",
    "1e5", "2020-01-01", " around ", "a,b;c|d", "name 名前 имя 🙂", "_x000D_", "\\N", "\\G", "a\u2028b", "http://example.org/", "é",
]  # fmt: skip
TEXT = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DATE = st.sampled_from(["2011", "2011-06", "2011-06-22", "2011-06-22~", "199X", "-0044", "Y12345", "2011-21"]).map(parse_date)
INTERVAL = st.sampled_from(["2011-06-22/2019-05", "2011/..", "/2018", "2011~/", "2011", "-0044/2011", "Y12345", "../2011"]).map(
    parse_interval
)
AMOUNT = st.builds(Amount, st.sampled_from([Decimal(2**40), Decimal("0.10"), Decimal("-5"), Decimal("1e9")]), st.just("USD"), MAYBE)
AMOUNTS = st.lists(AMOUNT, max_size=2).map(tuple)
IDS = ["id", "source", "target", "label", "key", "entity/é", "https://example.org/a?b=c&d='e'", "entity/class", "entity/__proto__"]


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """A few entities of which everything is said that can be, with relationships side by side."""
    sources = [
        Source(id, _iri(id), draw(TEXT), draw(MAYBE), draw(st.none() | st.just("https://example.org/{x}")), draw(st.none() | DATE),
               draw(st.none() | DATE), (), draw(MAYBE), draw(TEXTS))
        for id in ("source/times", "name")
    ]  # fmt: skip
    entities = [_entity(draw, id) for id in draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=4, unique=True))]
    ties = [_tie(draw, number, entities, {each.id: each for each in sources}) for number in range(draw(st.integers(1, 4)))]
    records = Records(*({each.id: each for each in kind} for kind in (entities, ties, sources)))  # type: ignore[arg-type]
    return KnowledgeGraph(records, "0123456789abcdef", "CC0-1.0")


def _entity(draw: st.DrawFn, id: str) -> Entity:
    return Entity(
        id=id, iri=_iri(id), slug=id, kind=draw(st.sampled_from(sorted({*EntityKind} - {EntityKind.BOARD}))), name=draw(TEXT),
        aliases=draw(TEXTS), description=draw(MAYBE), identifiers=draw(TEXTS), interval=draw(st.none() | INTERVAL),
        filed=draw(st.none() | DATE),
        court=draw(MAYBE), outcome=draw(MAYBE), amounts=draw(AMOUNTS),
    )  # fmt: skip


def _tie(draw: st.DrawFn, number: int, entities: list[Entity], sources: dict[str, Source]) -> Relationship:
    source, target = draw(st.permutations(entities))[:2]
    id = f"relationship/{number}" if number else "https://example.org/relationship?id"
    interval: Interval = draw(st.just(UNKNOWN) | INTERVAL)
    claims = [
        Claim(f"claim/{number}-{place}", id, draw(st.sampled_from(["source/times", "name"])), draw(st.sampled_from(Stance)),
              draw(st.sampled_from(Status)), interval, draw(MAYBE), draw(MAYBE), draw(MAYBE), None, draw(st.none() | DATE), draw(TEXTS))
        for place in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return Relationship(
        id=id, iri=_iri(id), kind=draw(st.sampled_from(RelationshipKind)), source=source.id, target=target.id, label=draw(TEXT),
        inverse_label=draw(TEXT), status=derive_status(claims, sources), independent_sources=draw(st.sampled_from([0, 1, 2**30])),
        interval=interval, role=draw(MAYBE), title=draw(MAYBE), side=draw(MAYBE),
        share=draw(st.none() | st.sampled_from([Decimal("33.3"), Decimal(100)])), outcome=draw(MAYBE), amounts=draw(AMOUNTS),
        claims=tuple(claims),
    )  # fmt: skip


def _iri(id: str) -> str:
    return id if ":" in id else BASE + id


def exported(graph: KnowledgeGraph, name: str, parameters: Parameters | None = None) -> bytes:
    """A selection, by default everything, in a format."""
    return b"".join(export(name, graph, select(Engine(graph, PATIENT), parameters or Parameters())))


def unzipped(content: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(graph: KnowledgeGraph, table: Table[Any]) -> list[dict[str, Any]]:
    """What a table holds, a dict a row."""
    content = Content(graph, select(Engine(graph, PATIENT), Parameters()))
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(content)]


def parallel(count: int) -> KnowledgeGraph:
    """Two entities with so many relationships side by side."""
    ends = [Entity(id, _iri(id), id, EntityKind.COMPANY, id.upper()) for id in ("a", "b")]
    source = Source("source/s", _iri("source/s"), "S")
    ties = [
        Relationship(
            f"relationship/{number:03}", _iri(f"relationship/{number:03}"), RelationshipKind.ASSOCIATION, "a", "b", "knew", "knew",
            Status.ALLEGED, 1, claims=(Claim(f"claim/{number}", f"relationship/{number:03}", source.id, Stance.SUPPORTS, Status.ALLEGED),),
        )
        for number in range(count)
    ]  # fmt: skip
    return KnowledgeGraph(Records({e.id: e for e in ends}, {t.id: t for t in ties}, {source.id: source}), "0123456789abcdef")
