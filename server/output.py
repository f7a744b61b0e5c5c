"""How the command line writes answers: for people, as JSON, as CSV."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final, NoReturn

import typer
from graphql import GraphQLError

from interlock.graph import KnowledgeGraph
from interlock.graph.budget import StopReason
from interlock.graph.narrate import possessive
from interlock.graph.report import QUESTIONS, report, share_of_largest_part
from interlock.graph.words import STOPPED

Data = dict[str, Any]
Row = dict[str, object]

_COLOURS: Final = {
    "CONFIRMED": "green",
    "REPORTED": "blue",
    "ALLEGED": "yellow",
    "DISPUTED": "red",
    "DISMISSED": "bright_black",
    "RETRACTED": "bright_black",
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write(answer: Any, data: Data, format: str, text: Callable[[Any], Iterable[str]], rows: Callable[[Any], Iterable[Row]]) -> None:
    """Print an answer in the format asked for."""
    match format:
        case "json":
            typer.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
        case "csv":
            _write_csv(list(rows(answer)))
        case _:
            for line in text(answer):
                typer.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def fail(message: str) -> NoReturn:
    """Say what is wrong, and end with an exit code that tells so."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(1)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Shows on stderr how much is done, and in how many seconds the rest will be at this pace, if that is a terminal."""
    shown, began = sys.stderr.isatty(), 0.0

    def show(done: int, total: int) -> None:
        nonlocal began
        began = began or time.monotonic()
        if shown:
            left = f", {(time.monotonic() - began) * (total - done) / done:.0f} s left" if done else ""
            typer.echo(f"\r{doing}: {100 * done // max(total, 1)} %{left} \033[K", err=True, nl=False)

    yield show
    if shown:
        typer.echo("\r\033[K", err=True, nl=False)


def fail_query(errors: Sequence[GraphQLError], format: str) -> NoReturn:
    """The errors of a GraphQL answer: in words, or as they came."""
    if format == "json":
        typer.echo(json.dumps({"errors": [error.formatted for error in errors]}, indent=2, ensure_ascii=False, default=str), err=True)
        raise typer.Exit(1)
    fail("\n".join(f"{(error.extensions or {}).get('code')}: {error.message}" for error in errors))


def sizes(graph: KnowledgeGraph) -> str:
    """How much a graph holds."""
    claims = f"{_count(graph.claims, 'claim')} by {_count(graph.sources, 'source')}"
    return f"{_count(graph.entities, 'entity', 'entities')}, {_count(graph.relationships, 'relationship')} and {claims}"


def report_of(graph: KnowledgeGraph) -> dict[str, list[Row]]:
    """What is weak in the data, question by question."""
    findings = report(graph)
    return {
        name: [{"subject": finding.subject, "why": finding.why} for finding in findings if finding.question == name] for name in QUESTIONS
    }


def report_rows(weak: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """The same, a finding a row."""
    yield from ({"question": name, **finding} for name, found in weak.items() for finding in found)


def report_text(graph: KnowledgeGraph) -> Iterator[str]:
    """The same in words."""
    for name, found in report_of(graph).items():
        yield f"{QUESTIONS[name]}: {len(found)}"
        yield from (f"  - {finding['subject']}: {finding['why']}" for finding in found)
    yield f"Share of the entities in the largest part: {share_of_largest_part(graph):.1%}"


def welcome(graph: KnowledgeGraph, host: str, port: int) -> str:
    """What to open, and one query to try."""
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    query = "{ ask(question: \\\"How is Netflix connected to Meta'\\''s board?\\\") { sentence } }"
    return "\n".join((
        f"Interlock serves {sizes(graph)}. Version {graph.version}.",
        f"Open    {url}/",
        f"GraphQL {url}/graphql   schema: {url}/schema.graphql",
        "Try",
        f"  curl {url}/graphql --json '{{\"query\": \"{query}\"}}'",
        "Ctrl-C ends it.",
    ))  # fmt: skip


def answer_text(answer: Data) -> Iterator[str]:
    """Paths in words, each with its hops and who says so."""
    if "interpretation" in answer:
        yield f"{answer['interpretation']}"
        yield ""
    found = answer["paths"]
    if found is None:
        return
    if "interpretation" not in answer:
        yield from found["notes"]
    if found["noPath"]:
        yield found["noPath"]["reason"]
        for way in found["noPath"]["relaxations"]:
            yield f"  would connect them: {way['description']} ({_hops(way['length'])})"
    for number, path in enumerate(found["nodes"], 1):
        yield from _path_text(number, path)
    yield from _limits_text(found)


def hits_text(hits: Sequence[Data]) -> Iterator[str]:
    """One line a hit."""
    for hit in hits:
        entity = hit["entity"]
        matched = f" as {hit['matched']!r}" if hit["matched"] != entity["name"] else ""
        yield f"{hit['score']:.2f}  {entity['name']} ({_words(entity['kind'])}){matched}  {entity['id']}"
    if not hits:
        yield "Nothing has a name like that."


def entity_text(entity: Data) -> Iterator[str]:
    """All that is known of an entity."""
    yield f"{entity['name']} ({_words(entity['kind'])})  {entity['id']}"
    for label, key in (("also", "aliases"), ("same as", "sameAs")):
        if entity[key]:
            yield f"  {label}: {'; '.join(entity[key])}"
    for key in ("description", "docketNumber", "court", "filed", "signed", "closed", "abandoned", "outcome"):
        if entity.get(key):
            yield f"  {_words(key)}: {entity[key]}"
    for amount in entity.get("amounts") or ():
        yield f"  amount: {amount['currency']} {Decimal(amount['value']):,f}{' (' + amount['basis'] + ')' if amount['basis'] else ''}"
    ties = entity["relationships"]["nodes"] or entity.get("seats") or []
    yield f"  {len(ties)} relationship{'s' if len(ties) != 1 else ''}:"
    for tie in sorted(ties, key=_chronological):
        yield f"  - {tie['sentence']} {_status(tie['status'])}"
        yield f"    {_sources(tie['claims'])}"


def path_rows(answer: Data) -> Iterator[Row]:
    """A row a hop."""
    for number, path in enumerate((answer["paths"] or {"nodes": ()})["nodes"], 1):
        for place, hop in enumerate(path["hops"], 1):
            tie = hop["relationship"]
            yield {
                "path": number,
                "hop": place,
                "from": hop["from"]["name"],
                "to": hop["to"]["name"],
                "kind": tie["kind"],
                "role": tie["role"] or "",
                "label": tie["label"] if hop["traversal"] == "FORWARD" else tie["inverseLabel"],
                "interval": tie["interval"]["text"],
                "observed": " ".join(map(str, tie["interval"]["observed"])),
                "status": tie["status"],
                "held_then": hop["heldThen"] or "",
                "relationship": tie["id"],
                "sources": " | ".join(dict.fromkeys(claim["source"]["id"] for claim in tie["claims"])),
            }


def hit_rows(hits: Sequence[Data]) -> Iterator[Row]:
    """A row a hit."""
    for hit in hits:
        entity = hit["entity"]
        yield {"id": entity["id"], "name": entity["name"], "kind": entity["kind"], "matched": hit["matched"], "score": hit["score"]}


def tie_rows(entity: Data) -> Iterator[Row]:
    """A row a relationship."""
    for tie in entity["relationships"]["nodes"] or entity.get("seats") or []:
        facts = " ".join(dict.fromkeys(fact for claim in tie["claims"] for fact in claim["facts"]))
        row = {
            "id": tie["id"],
            "kind": tie["kind"],
            "role": tie["role"] or "",
            "interval": tie["interval"]["text"],
            "status": tie["status"],
        }
        yield {**row, "sentence": tie["sentence"], "facts": facts}


def _path_text(number: int, path: Data) -> Iterator[str]:
    names = [_name(entity) for entity in (path["from"], *(hop["to"] for hop in path["hops"]))]
    yield f"{number}. {' – '.join(names)}  ({_hops(path['length'])}, {_status(path['status'])})"
    yield f"   {path['sentence']}"
    for hop in path["hops"]:
        tie = hop["relationship"]
        yield f"   - {tie['sentence']} {_status(tie['status'])}"
        yield f"     {_sources(tie['claims'])}"
        for other in hop["parallel"][1:]:
            yield f"     also: {other['sentence']} {_status(other['status'])}; {_sources(other['claims'])}"
    yield ""


def _limits_text(found: Data) -> Iterator[str]:
    if not found["complete"]:
        yield STOPPED[StopReason(found["stoppedBy"])]
    for excluded in found["excludedByDefault"]:
        yield f"Left out: {excluded}."


def snake(name: str) -> str:
    """A field's name as Python writes it: ``independentSources`` → ``independent_sources``."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _name(entity: Data) -> str:
    """An entity as an end or stop of a path; a board by its company."""
    name = str(entity["name"])
    return f"{possessive(name.removeprefix('Board of '))} board" if entity["kind"] == "BOARD" else name


def _sources(claims: Sequence[Data]) -> str:
    """Who says so, and who denies it."""
    sides = {stance: [claim for claim in claims if claim["stance"] == stance] for stance in ("SUPPORTS", "CONTRADICTS")}
    said = "; ".join(dict.fromkeys(map(_source, sides["SUPPORTS"])))
    denied = "; ".join(dict.fromkeys(map(_source, sides["CONTRADICTS"])))
    return f"sources: {said}" + (f" | against: {denied}" if denied else "")


def _source(claim: Data) -> str:
    source = claim["source"]
    date = f" ({source['published']})" if source["published"] else ""
    return f"{source['publisher'] or source['title']}{date}"


def _chronological(tie: Data) -> tuple[str, str]:
    return tie["interval"]["text"].lstrip("/") or "9999", tie["id"]


def _status(status: str) -> str:
    return typer.style(status, fg=_COLOURS[status])


def _count(things: Sized, one: str, many: str = "") -> str:
    return f"{len(things)} {one if len(things) == 1 else many or f'{one}s'}"


def _hops(count: int) -> str:
    return f"{count} hop{'s' if count != 1 else ''}"


def _words(text: str) -> str:
    return "docket number" if text == "docketNumber" else text.lower().replace("_", " ")


def _write_csv(rows: Sequence[Row]) -> None:
    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
