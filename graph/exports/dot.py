"""DOT, for Graphviz: names and labels to be drawn, with ids, kinds, status and dates as attributes; the status as dash and colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from interlock.graph.exports.content import Content
from interlock.graph.exports.spelling import printable
from interlock.graph.exports.tables import edges_of
from interlock.graph.interlock_ties import InterlockTie
from interlock.graph.intervals import Certainty
from interlock.graph.model import EntityKind, Relationship, Status

_SHAPES: Final = {
    EntityKind.PERSON: "ellipse", EntityKind.COMPANY: "box", EntityKind.ORGANIZATION: "box", EntityKind.BOARD: "box3d",
    EntityKind.PRODUCT: "component", EntityKind.AGREEMENT: "note", EntityKind.LAWSUIT: "hexagon", EntityKind.REGULATORY_ACTION: "octagon",
    EntityKind.EVENT: "diamond",
}  # fmt: skip
_STYLES: Final = {
    Status.CONFIRMED: ("solid", "black"),
    Status.REPORTED: ("solid", "gray40"),
    Status.ALLEGED: ("dashed", "darkorange3"),
    Status.DISPUTED: ("dashed", "firebrick"),
    Status.DISMISSED: ("dotted", "gray60"),
    Status.RETRACTED: ("dotted", "gray60"),
}
_WIDEST: Final = 8
"""Points that a line is wide at most; a point for each that two share."""


def write(content: Content) -> Iterator[bytes]:
    yield "".join(f"// {name}: {' '.join(printable(text).split())}\n" for name, text in content.about().items()).encode()
    edges, network = edges_of(content.selection), content.selection.network is not None
    kind, arrow = ("graph", "--") if network else ("digraph", "->")
    yield f"{kind} interlock {{\n  graph {_list({'comment': content.about()['title'], 'overlap': 'false'})};\n".encode()
    for entity in content.entities():
        said = {"label": entity.name, "kind": entity.kind.value, "shape": _SHAPES[entity.kind], "iri": entity.iri}
        yield f"  {_quoted(entity.id)} {_list(said)};\n".encode()
    for tie in edges.records(content):
        yield f"  {_quoted(tie.source)} {arrow} {_quoted(tie.target)} {_list(_said(tie))};\n".encode()
    yield b"}\n"


def _said(tie: Relationship | InterlockTie) -> dict[str, str]:
    style, colour = _STYLES[tie.status]
    weak = "" if tie.status is Status.CONFIRMED else f" [{tie.status.value.lower()}]"
    drawn = {"id": tie.id, "status": tie.status.value, "style": style, "color": colour}
    match tie:
        case Relationship():
            dates = f" ({tie.interval.text})" if tie.interval.text else ""
            return {"label": f"{tie.label}{dates}{weak}", "kind": tie.kind.value, "interval": tie.interval.text, **drawn}
        case InterlockTie():
            possibly = "" if tie.certainty is Certainty.CERTAIN else " possibly"
            width = f"{min(tie.weight, _WIDEST)}"
            return {"label": f"{tie.label}{possibly}{weak}", "weight": f"{tie.weight}", "penwidth": width, **drawn}


def _list(values: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_quoted(value)}' for name, value in values.items() if value or name == 'label')}]"


def _quoted(text: str) -> str:
    """A quoted string that is drawn as it stands: a backslash would have a meaning in a label, and escape the mark behind it elsewhere."""
    plain = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n") + '"'
