"""Interlocks and the like as the command line writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interlock.graph.budget import StopReason
from interlock.graph.words import STOPPED
from interlock.server.output import Data, Row


def interlocks_text(found: Data) -> Iterator[str]:
    """A line an interlock; then those whose terms never met, and how many there were in each year."""
    yield found["sentence"]
    yield ""
    for number, link in enumerate(found["nodes"], 1):
        yield f"{number}. {link['sentence']}"
        yield f"   {_overlap(link)}, {link['status']}"
    if len(found["nodes"]) < found["totalCount"]:
        yield f"… and {found['totalCount'] - len(found['nodes'])} more"
    if found["neverMet"]:
        yield ""
        yield "No interlocks, since the terms did not overlap:"
        yield from (f"- {link['sentence']}" for link in found["neverMet"])
    years = [f"{each['year']}: {each['certain']}+{each['possible']}" for each in found["perYear"] if each["certain"] or each["possible"]]
    if years:
        yield ""
        yield f"In each year, certain + possible: {', '.join(years)}"
    if not found["complete"]:
        yield STOPPED[StopReason(found["stoppedBy"])]
    yield from (f"Left out: {excluded}." for excluded in found["excludedByDefault"])


def interlock_rows(found: Data) -> Iterator[Row]:
    """A row a director of each interlock; those whose terms never met have the overlap IMPOSSIBLE."""
    for link in (*found["nodes"], *found["neverMet"]):
        for director in link["shared"]:
            overlap = director["overlap"]
            yield {
                "company": link["company"]["name"],
                "other": link["other"]["name"],
                "through": link["through"]["name"] if link["through"] else "",
                "director": director["person"]["name"],
                "overlap": overlap["certainty"],
                "interval": overlap["interval"]["text"] if overlap["interval"] else "",
                "status": director["status"],
                "interlock_overlap": link["overlap"]["certainty"],
                "seats": " ".join(seat["id"] for seat in director["seats"]),
            }


def coincidences_text(found: Sequence[Data]) -> Iterator[str]:
    """A paragraph a pair."""
    for number, pair in enumerate(found, 1):
        yield f"{number}. {pair['sentence']}"
        yield f"   {pair['certainty']}, {pair['status']}"
    if not found:
        yield "No dates are known that lie so near."


def coincidence_rows(found: Sequence[Data]) -> Iterator[Row]:
    """A row a pair."""
    for pair in found:
        row: Row = {}
        for side in ("one", "other"):
            moment = pair[side]
            row |= {side: moment["relationship"]["id"], f"{side}_event": moment["event"], f"{side}_date": moment["date"]["text"]}
        most = pair["mostDays"]
        yield {
            **row,
            "least_days": pair["leastDays"],
            "most_days": "" if most is None else most,
            "certainty": pair["certainty"],
            "status": pair["status"],
        }


def compare_text(found: Sequence[Data]) -> Iterator[str]:
    """A paragraph a date: how they were connected, and what has changed since the date before."""
    for dated in found:
        count = dated["paths"]["totalCount"]
        more = "" if dated["paths"]["complete"] or not count else " (there may be more)"
        yield f"{dated['date']}: {count} path{'' if count == 1 else 's'}{more}"
        yield f"  {dated['sentence']}"
        for name in ("opened", "closed", "changed"):
            yield from (f"  {name}: {change['sentence']}" for change in dated[name])


def compare_rows(found: Sequence[Data]) -> Iterator[Row]:
    """A row a change."""
    for dated in found:
        for name in ("opened", "closed", "changed"):
            for change in dated[name]:
                tie = change["relationship"]
                yield {
                    "date": dated["date"],
                    "change": name,
                    "before": change["before"],
                    "after": change["after"],
                    "relationship": tie["id"],
                    "kind": tie["kind"],
                    "status": tie["status"],
                }


def fragility_text(found: Data) -> Iterator[str]:
    """A sentence, and the ids of what is critical."""
    yield found["sentence"]
    for name in ("relationships", "entities", "sources"):
        yield from (f"  critical {'entity' if name == 'entities' else name[:-1]}: {each['id']}" for each in found[name])


def fragility_rows(found: Data) -> Iterator[Row]:
    """A row a thing that is critical."""
    for name in ("relationships", "entities", "sources"):
        yield from ({"critical": "entity" if name == "entities" else name[:-1], "id": each["id"]} for each in found[name])


def loops_text(found: Data) -> Iterator[str]:
    """A paragraph a loop."""
    yield found["sentence"]
    yield ""
    for number, loop in enumerate(found["nodes"], 1):
        names = " – ".join(entity["name"] for entity in (*loop["entities"], loop["entities"][0]))
        yield f"{number}. {names}  ({loop['length']} hops, {loop['status']})"
        yield f"   {loop['sentence']}"
    yield from found["notes"]
    yield from (f"Left out: {excluded}." for excluded in found["excludedByDefault"])


def loop_rows(found: Data) -> Iterator[Row]:
    """A row a hop of each loop."""
    for number, loop in enumerate(found["nodes"], 1):
        together = loop["heldTogether"]
        for place, hop in enumerate(loop["hops"], 1):
            yield {
                "loop": number,
                "hop": place,
                "from": hop["from"]["id"],
                "to": hop["to"]["id"],
                "relationship": hop["relationship"]["id"],
                "kind": hop["relationship"]["kind"],
                "held_then": hop["heldThen"] or "",
                "status": loop["status"],
                "held_together": together["certainty"],
                "interval": together["interval"]["text"] if together["interval"] else "",
            }


def brokers_text(found: Data) -> Iterator[str]:
    """A line a broker."""
    yield found["sentence"]
    yield ""
    for number, broker in enumerate(found["nodes"], 1):
        error = "" if found["exact"] else f" ({broker['low']:.1%} to {broker['high']:.1%})"
        yield f"{number}. {broker['entity']['name']}: {broker['share']:.1%}{error}"
    if len(found["nodes"]) < found["totalCount"]:
        yield f"… and {found['totalCount'] - len(found['nodes'])} more"
    yield from found["notes"]


def broker_rows(found: Data) -> Iterator[Row]:
    """A row a broker."""
    for broker in found["nodes"]:
        entity = broker["entity"]
        row: Row = {"id": entity["id"], "name": entity["name"], "kind": entity["kind"]}
        yield {**row, "share": broker["share"], "low": broker["low"], "high": broker["high"], "exact": found["exact"]}


def _overlap(link: Data) -> str:
    overlap = link["overlap"]
    when = overlap["interval"]["text"] if overlap["interval"] else ""
    return f"at one time: {overlap['certainty']}{f' ({when})' if when else ''}"
