"""Answers as HTML for notebooks: everything escaped, links to http and https only, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from interlock.graph.budget import StopReason
from interlock.graph.words import STOPPED

Data = dict[str, Any]


def paths(title: str, data: Data, no_path: str | None) -> str:
    """Paths in words, each with its status; under each its hops with dates, status and who says so."""
    parts = [f"<p><b>{escape(title)}</b></p>" if title else "", f"<p>{escape(no_path)}</p>" if no_path else ""]
    parts += ["<ol>", *(_path(path) for path in data["nodes"]), "</ol>"] if data["nodes"] else []
    notes = [*data["notes"], *([] if data["complete"] else [STOPPED[StopReason(data["stoppedBy"])]])]
    notes += [f"Left out: {excluded}." for excluded in data["excludedByDefault"]]
    return _block((*parts, f"<p><small>{escape(' '.join(notes))}</small></p>" if notes else ""))


def entity(data: Data) -> str:
    """An entity, and its relationships with their sources."""
    ties = data["relationships"]["nodes"] or data.get("seats") or []
    also = f"<p>Also: {escape('; '.join(data['aliases']))}</p>" if data["aliases"] else ""
    about = f"<p>{escape(data['description'])}</p>" if data["description"] else ""
    head = f"<p><b>{escape(data['name'])}</b> ({escape(_words(data['kind']))}) <code>{escape(data['id'])}</code></p>"
    return _block((head, about, also, "<ul>", *(f"<li>{_tie(tie)}</li>" for tie in ties), "</ul>"))


def ties(title: str, given: Iterable[Data]) -> str:
    """Relationships with their sources."""
    return _block((f"<p><b>{escape(title)}</b></p>", "<ul>", *(f"<li>{_tie(tie)}</li>" for tie in given), "</ul>"))


def table(title: str, rows: Sequence[dict[str, object]]) -> str:
    """Rows as a table."""
    head = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else ()))
    body = ("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row.values()) + "</tr>" for row in rows)
    return _block((f"<p><b>{escape(title)}</b>: {len(rows)}</p>", "<table>", f"<tr>{head}</tr>", *body, "</table>"))


def note(title: str, text: str) -> str:
    """A title and a text."""
    return _block((f"<p><b>{escape(title)}</b></p>", f"<p>{escape(text)}</p>"))


def _path(path: Data) -> str:
    hops = "".join(f"<li>{_tie(hop['relationship'])}{_also(hop)}</li>" for hop in path["hops"])
    return f"<li>{escape(path['sentence'])} {_status(path['status'])}<ul>{hops}</ul></li>"


def _also(hop: Data) -> str:
    return "".join(f"<br>also: {_tie(tie)}" for tie in hop["parallel"][1:])


def _tie(tie: Data) -> str:
    """A relationship in words (its dates are in them), its status, and who says so, for and against."""
    sides = {stance: [claim for claim in tie["claims"] if claim["stance"] == stance] for stance in ("SUPPORTS", "CONTRADICTS")}
    said = "; ".join(dict.fromkeys(map(_source, sides["SUPPORTS"])))
    denied = "; ".join(dict.fromkeys(map(_source, sides["CONTRADICTS"])))
    sources = f"<br><small>sources: {said}{f'; against: {denied}' if denied else ''}</small>"
    return f"{escape(tie['sentence'])} {_status(tie['status'])}{sources}"


def _source(claim: Data) -> str:
    source = claim["source"]
    text = escape(source["publisher"] or source["title"]) + (f" ({escape(str(source['published']))})" if source["published"] else "")
    url = source.get("url") or ""
    if not url.startswith(("https://", "http://")):
        return text
    return f'<a href="{escape(url)}" title="{escape(source["title"])}" rel="noreferrer nofollow">{text}</a>'


def _status(status: str) -> str:
    return f"<small><b>{escape(_words(status))}</b></small>"


def _words(text: str) -> str:
    return text.lower().replace("_", " ")


def _block(parts: Iterable[str]) -> str:
    return f"<div>{''.join(parts)}</div>"
