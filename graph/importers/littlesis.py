"""LittleSis: its bulk data, lists of entities and of relationships in the form of its API (JSON:API), in one file or several.

| category | here |
|---|---|
| 1 position | BOARD_SEAT if ``is_board``, POSITION if ``is_executive`` or neither is said to be so; both if both |
| 2 education, 3 membership | ASSOCIATION in words of its own; of a person in an organization a membership is a POSITION |
| 4 family; 8 social, 9 professional | PERSONAL between people; else ASSOCIATION |
| 5 donation, 6 transaction, 7 lobbying | ASSOCIATION, with its amount |
| 10 ownership | OWNERSHIP, with its percentage |
| 11 hierarchy | OWNERSHIP as parent company, from the second (the parent) to the first; ASSOCIATION if it is of no firm |
| 12 generic | ASSOCIATION |

All is REPORTED by LittleSis, on the relationship's page there, as of ``updated_at``. ``is_current`` true means that it went on when that
was written: it is observed then; false or null leaves an unknown end. Dates are as exact as they are given: ``2003-00-00`` is 2003.

The form is that of the program which writes the files (public-accountability/littlesis-rails: ``PublicData``, ``Api::Serializable``,
``Api::Serializer``, ``config/api.yml``): a list of JSON:API objects without white space. An entity's ``aliases`` begin with its name, its
``types`` are in words, its ``extensions`` are the fields of each type. A relationship's ``description`` is a sentence that LittleSis makes
of it; what its category adds is in ``category_attributes``, of which older versions of that program wrote nothing, so that such seats are
posts here. The first of a hierarchy is the child, the second the parent. All is under CC BY-SA 4.0, as the page of the bulk data says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from interlock.graph.importers.inputs import Inputs
from interlock.graph.importers.properties import Properties
from interlock.graph.importers.records import Maker, Record, Said, Tie, Words
from interlock.graph.importers.roles import role_of
from interlock.graph.importers.values import clean, edtf, identifier, money, number, span, web_address
from interlock.graph.model import ENDS, Amount, Entity, EntityKind, RelationshipKind, Source, Status

_PERSONAL, _TIED = RelationshipKind.PERSONAL, RelationshipKind.ASSOCIATION
_CATEGORIES: Final[Mapping[int, tuple[RelationshipKind, Words]]] = {
    1: (RelationshipKind.POSITION, Words("held a position at", "had in a position")),
    2: (_TIED, Words("studied at", "had as a student")),
    3: (RelationshipKind.POSITION, Words("was a member of", "had as a member")),
    4: (_PERSONAL, Words("was related to", "was related to")),
    5: (_TIED, Words("gave money to", "was given money by")),
    6: (_TIED, Words("did business with", "did business with")),
    7: (_TIED, Words("lobbied", "was lobbied by")),
    8: (_PERSONAL, Words("was socially connected to", "was socially connected to")),
    9: (_PERSONAL, Words("was professionally connected to", "was professionally connected to")),
    10: (RelationshipKind.OWNERSHIP, Words("held a stake in", "was partly owned by")),
    11: (RelationshipKind.OWNERSHIP, Words("was the parent organization of", "had as parent organization")),
    12: (_TIED, Words("was affiliated with", "was affiliated with")),
}
_HIERARCHY: Final = 11
_COMPANIES: Final = frozenset({"business", "public company", "private company", "publiccompany", "privatecompany"})
_SITE: Final = "https://littlesis.org/"
_LICENCE: Final = "CC-BY-SA-4.0"
_ENVELOPE: Final = frozenset({"id", "type", "attributes", "links", "self", "entity", "related"})


def read(inputs: Inputs, maker: Maker, _: str) -> Iterator[Record]:
    """Entities first, then the relationships between them."""
    for place, record in inputs.objects():
        maker.notes.read += 1
        said = _attributes(record)
        if said is None:
            maker.notes.leave("object that is neither an entity nor a relationship", place)
        elif "category_id" not in said:
            yield from _entity(record, said, maker)
    for _place, record in inputs.objects():
        said = _attributes(record)
        if said is not None and "category_id" in said:
            yield from _relationship(record, said, maker)


def _attributes(record: dict[str, Any]) -> dict[str, Any] | None:
    """What is said of an entity or a relationship, with its number among it; None if it is neither."""
    said = record.get("attributes", record)
    if not isinstance(said, dict):
        return None
    said = {"id": record.get("id"), **said}
    whole = str(said["id"] or "").isdecimal() and ("category_id" in said or bool(clean(said.get("name"))))
    return said if whole else None


def _entity(record: dict[str, Any], attributes: dict[str, Any], maker: Maker) -> Iterator[Entity]:
    key = str(int(attributes["id"]))
    id = maker.id("entity", key)
    if id in maker.ends:
        maker.notes.leave("entity of an id that was there before", key)
        return
    _leave_envelope(record, key, maker)
    said = Properties(_flat(attributes), "entity", key, maker.notes)
    kinds = {each.casefold() for each in said.all("types")}
    person = str(said.first("primary_ext") or "").casefold() == "person" or "person" in kinds
    kind = EntityKind.PERSON if person else EntityKind.COMPANY if kinds & _COMPANIES else EntityKind.ORGANIZATION
    said.value("id")
    said.value("url")
    ciks = said.all("PublicCompany: sec_cik", "BusinessPerson: sec_cik")
    entity = maker.entity(
        id, kind, said.first("name") or "", aliases=said.all("aliases", "PublicCompany: ticker"), description=said.first("blurb"),
        identifiers=(*_own(key), *filter(None, (identifier("cik", cik) for cik in ciks))),
        stated=span(said.date("start_date"), said.date("end_date")),
    )  # fmt: skip
    said.leave_rest()
    maker.notes.taken += 1
    yield from maker.once(entity)


def _flat(attributes: dict[str, Any]) -> dict[str, Any]:
    """What is said of an entity, and of it as each of its types: ``PublicCompany: ticker``."""
    said = dict(attributes)
    extensions = said.pop("extensions", None)
    for name, fields in extensions.items() if isinstance(extensions, dict) else ():
        each = fields if isinstance(fields, dict) else {"value": fields}
        said |= {f"{name}: {field}": value for field, value in each.items()}
    return said


def _own(key: str) -> tuple[str, ...]:
    return (f"littlesis:{key}",) if key != "0" else ()


def _relationship(record: dict[str, Any], attributes: dict[str, Any], maker: Maker) -> Iterator[Record]:
    key, notes = str(int(attributes["id"])), maker.notes
    category = number(attributes["category_id"])
    if category is None or category not in _CATEGORIES:
        notes.leave("relationship of an unknown category", f"{category} of {key}")
        return
    _leave_envelope(record, key, maker)
    own = attributes.get("category_attributes")
    said = Properties({**(own if isinstance(own, dict) else {}), **attributes}, f"relationship of category {category}", key, notes)
    for name in ("id", "category_id", "category_attributes", "url"):
        said.value(name)
    source = _source(attributes, key, maker)
    made = [each for tie in _ties(int(category), said, key, source, maker) for each in maker.relationship(tie, part=True)]
    said.leave_rest()
    if not made:
        notes.leave("relationship with what is not in the files, or of no kind that its ends can have", key)
        return
    notes.taken += 1
    yield from maker.once(source)
    yield from made


def _ties(category: int, said: Properties, key: str, source: Source, maker: Maker) -> Iterator[Tie]:
    """What a relationship is here: two of them for a position on the board that is an executive's too."""
    ends = maker.id("entity", str(said.value("entity1_id"))), maker.id("entity", str(said.value("entity2_id")))
    ends = (ends[1], ends[0]) if category == _HIERARCHY else ends
    title, back = said.first("description1"), said.first("description2")
    board, executive = said.value("is_board") is True, said.value("is_executive") is True
    during = span(said.date("start_date"), said.date("end_date"))
    share, sums, claim = _share(said), _amount(said), _claim(said, source, during)
    if back and back != title:
        said.leave("description2", back)
    kinds = [end.kind for each in ends if (end := maker.ends.get(each))]
    for kind in [RelationshipKind.BOARD_SEAT] * board + [_CATEGORIES[category][0]] * (executive or not board):
        kind, role, words = _reading(category, kind, title or "", kinds)
        suffix = "-board" if kind is RelationshipKind.BOARD_SEAT else ""
        yield Tie(f"{key}{suffix}", kind, *ends, (claim,), role, words, title, during, share, sums)


def _reading(
    category: int, kind: RelationshipKind, title: str, ends: list[EntityKind]
) -> tuple[RelationshipKind, str | None, Words | None]:
    """The kind that the ends can have, its role, and its words where no role says them."""
    words = _CATEGORIES[category][1]
    if len(ends) == 2 and not (ends[0] in ENDS[kind][0] and ends[1] in ENDS[kind][1]):
        return _TIED, None, words
    match kind:
        case RelationshipKind.BOARD_SEAT:
            return kind, role_of(kind, title) or "director", None
        case RelationshipKind.OWNERSHIP if category == _HIERARCHY:
            return kind, "subsidiary", None
        case RelationshipKind.POSITION if category == 1:
            return kind, role_of(kind, title), words
        case _:
            return kind, None, words


def _claim(said: Properties, source: Source, during: str | None) -> Said:
    """What LittleSis says, seen on the day on which it wrote that it went on."""
    current, updated = said.value("is_current"), edtf(said.value("updated_at"))
    ended = bool(during) and not str(during).endswith("/")
    seen = (updated,) if current is True and updated and not ended else ()
    notes = clean(" ".join(said.all("description", "notes", "goods")))
    return Said(source.id, Status.REPORTED, updated, seen, notes)


def _source(attributes: dict[str, Any], key: str, maker: Maker) -> Source:
    url = web_address(attributes.get("url")) or f"{_SITE}relationships/{key}"
    return maker.source(maker.id("source", key), f"Relationship {key} in LittleSis", publisher="LittleSis", url=url, licence=_LICENCE)


def _share(said: Properties) -> Decimal | None:
    written = said.value("percent_stake")
    share = number(written)
    if written is not None and (share is None or not 0 <= share <= 100):
        said.leave("percent_stake that is no share", written)
        return None
    return share


def _amount(said: Properties) -> tuple[Amount, ...]:
    """Its amount; an amount without a currency is in dollars there."""
    written, currency = said.value("amount"), said.first("currency")
    amount = money(written, currency or "USD")
    if written is not None and amount is None:
        said.leave("amount that is none", written)
    return (amount,) if amount else ()


def _leave_envelope(record: dict[str, Any], key: str, maker: Maker) -> None:
    """What stands beside the attributes of a record, and of which nothing is made."""
    for name in record.keys() - _ENVELOPE if "attributes" in record else ():
        maker.notes.leave_part(f"field {name}", key)
