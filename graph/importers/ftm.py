"""FollowTheMoney: a JSON object a line, as OpenSanctions, OpenAleph and ``interlock export ftm`` write it, nested or not.

| schema | here |
|---|---|
| Person; Company; Organization, PublicBody | PERSON; COMPANY; ORGANIZATION |
| LegalEntity | ORGANIZATION, with a note: it may be a person |
| Asset; Contract; CourtCase; Event | PRODUCT; AGREEMENT; LAWSUIT or REGULATORY_ACTION by its ``type``; EVENT |
| Document, Article … | the source of what names it as its ``proof`` |
| Directorship | BOARD_SEAT; POSITION if its role is a post; of a company an ASSOCIATION |
| Employment, Membership | POSITION; between firms an ASSOCIATION |
| Ownership, and ``parent`` | OWNERSHIP, with its percentage |
| CourtCaseParty; ContractAward, ``authority`` and ``customer`` of a Contract | PARTY |
| Family, Associate | PERSONAL |
| UnknownLink | what its role says, if that is a role of ours; else an ASSOCIATION |
| Representation, Succession, Payment, Debt | ASSOCIATION |

All others (Sanction, Address, Position, Occupancy, Vessel …) are left out. What is told is REPORTED by its documents, else by its source
links, else by its dataset; what is called alleged, suspected or accused is ALLEGED. Our own exports keep their IRIs, statuses and kinds.
Of several records with one id the first is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interlock.graph.importers.ftm_entities import Things
from interlock.graph.importers.ftm_links import Links
from interlock.graph.importers.ftm_schemata import DOCUMENTS, ENTITIES, LINKS
from interlock.graph.importers.inputs import Inputs, Place
from interlock.graph.importers.records import Maker, Record


def read(inputs: Inputs, maker: Maker, _: str) -> Iterator[Record]:
    """Entities and documents first, then the relationships between them."""
    things = Things(maker)
    for place, record in _records(inputs):
        maker.notes.read += 1
        if not _is_record(record):
            maker.notes.leave("object without id, schema and properties", place)
        elif record["schema"] not in LINKS:
            yield from things.read(record)
    links = Links(maker, things)
    for place, record in _records(inputs):
        if _is_record(record):
            yield from links.read(record, place.file)


def _records(inputs: Inputs) -> Iterator[tuple[Place, dict[str, Any]]]:
    """All records, nested ones by themselves."""
    for place, line in inputs.objects_by_line():
        for record in unnested(line):
            yield place, record


def _is_record(record: dict[str, Any]) -> bool:
    """Has it an id, a schema and properties?"""
    named = all(isinstance(record.get(name), str) and record[name] for name in ("id", "schema"))
    return named and isinstance(record.get("properties", {}), dict)


def unnested(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A record whose properties name others by their ids, and before it those that were nested in it.

    What leads to it (a Directorship under ``directorshipDirector``) names it itself, so the property under which it was is left off.
    """
    properties = record.get("properties")
    if not isinstance(properties, dict):
        yield record
        return
    flat: dict[str, list[Any]] = {}
    for name, values in properties.items():
        flat[name] = []
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict) and isinstance(value.get("schema"), str):
                yield from unnested(value)
                flat[name] += [value.get("id")] if value["schema"] in {*ENTITIES, *DOCUMENTS} else []
            else:
                flat[name].append(value)
    yield {**record, "properties": {name: values for name, values in flat.items() if values}}
