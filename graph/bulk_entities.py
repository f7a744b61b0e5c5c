"""The entities of a big file, into columns: those of the common shape in one go, and the boards that nobody spells out."""

from __future__ import annotations

from typing import Final

import numpy as np

from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS
from interlock.graph.builder import ColumnsBuilder
from interlock.graph.bulk_parts import Parted
from interlock.graph.bulk_sort import DURING, NAME
from interlock.graph.bulk_terms import AFTER, hash_work
from interlock.graph.codec import DATED_ENTITY, IMPLIED_BOARD, OWN_SLUGS
from interlock.graph.convert import BOARD_NAME, make_board
from interlock.graph.convert_entities import Slugs
from interlock.graph.folding import LEGAL_FORMS
from interlock.graph.heap import Numbers
from interlock.graph.intervals import parse_interval
from interlock.graph.jit import bulk
from interlock.graph.kernels.texts import ODD, UPPER
from interlock.graph.model import BOARD_SUFFIX, Entity, EntityKind, Records, RelationshipKind
from interlock.graph.reading import identify
from interlock.graph.written import Written, WrittenEntities
from interlock.seeds.vocab import BASE

BASE_SIZE: Final = len(f"<{BASE}")
_BOARD: Final = ENTITY_KINDS.index(EntityKind.BOARD)
_SEAT: Final = RELATIONSHIP_KINDS.index(RelationshipKind.BOARD_SEAT)


def add_entities(builder: ColumnsBuilder, parted: Parted, records: Records, odd: set[str]) -> Numbers | None:
    """Add all entities, and the boards that nobody spells out; the builder's numbers of subjects. None if a board's name is taken."""
    found = parted.found
    places = np.full(len(found.subjects), -1, np.int32)
    simple = parted.plain_entity & _is_simple(parted)
    chosen = np.flatnonzero(simple)
    places[chosen] = builder.add_written_entities(_written(builder, parted, chosen))
    for number in np.flatnonzero(parted.plain_entity & ~simple).tolist():
        places[number] = builder.add_entity(_entity(parted, number))
    have = set()
    for entity in records.entities.values():
        if entity.kind is EntityKind.BOARD:
            have.add(entity.unit_of)
        if entity.id in odd:
            builder.add_entity(entity)
        elif entity.kind is EntityKind.BOARD:
            if builder.knows(entity.id):
                return None
            builder.add_entity(entity)
    for number in np.flatnonzero((parted.entity_kind >= 0) & ~parted.plain_entity).tolist():
        places[number] = builder.number_of(identify(found.iri(number)))
    return places if _add_boards(builder, parted, records, places, simple, have) else None


def _add_boards(builder: ColumnsBuilder, parted: Parted, records: Records, places: Numbers, simple: Numbers, have: set[str | None]) -> bool:
    """Add the boards of all companies that have seats, but for those that are there; False if the name of one is taken."""
    found = parted.found
    led = np.zeros(len(found.subjects), np.bool_)
    led[parted.target[parted.plain_ties[parted.tie_kind[parted.plain_ties] == _SEAT]]] = True
    led[[number for number in np.flatnonzero(led).tolist() if identify(found.iri(number)) in have] if have else []] = False
    companies, slugs = np.flatnonzero(led & simple), Slugs()
    batch = _written_boards(parted, companies, places)
    count = builder.entity_count
    if len(companies) and int(builder.add_written_entities(batch).min()) < count:
        return False
    for company in np.flatnonzero(led & ~simple).tolist():
        iri = found.iri(company)
        plain = parted.plain_entity[company]
        name = found.text(int(found.values[NAME][company])) if plain else records.entities[identify(iri)].name
        board = make_board(iri, name, slugs)
        if builder.knows(board.id):
            return False
        builder.add_entity(board)
    return True


def _is_simple(parted: Parted) -> Numbers:
    """Which subjects have a name in plain ASCII, if any, and an id that is in lower case too."""
    found = parted.found
    simple: Numbers = (found.looks(found.subjects) & (ODD | UPPER) == 0) & (found.looks(found.values[NAME]) & ODD == 0)
    return simple


def _entity(parted: Parted, number: int) -> Entity:
    """An entity of the common shape as a record."""
    found = parted.found
    id, during = identify(found.iri(number)), int(found.values[DURING][number])
    return Entity(
        id=id,
        iri=found.iri(number),
        slug=id.removeprefix(OWN_SLUGS),
        kind=ENTITY_KINDS[parted.entity_kind[number]],
        name=found.text(int(found.values[NAME][number])),
        interval=parse_interval(found.text(during)) if during >= 0 else None,
        stated=found.text(during) if during >= 0 else None,
    )


def _written(builder: ColumnsBuilder, parted: Parted, chosen: Numbers) -> WrittenEntities:
    """These subjects as columns."""
    found, spans = parted.found, parted.spans
    names, ids = cut_out(parted, found.values[NAME][chosen], 1), cut_out(parted, found.subjects[chosen], BASE_SIZE)
    kind, during = parted.entity_kind[chosen], found.values[DURING][chosen]
    held, stated = spans.stated(during), spans.terms_of(builder.writer, during)
    records = Written(np.empty(int(names.at[-1]) + 48 * len(chosen), np.uint8), np.zeros(len(chosen) + 1, np.int64))
    bulk().write_entities(kind, *names, held, stated, DATED_ENTITY, spans.written(builder.writer, held), *records)
    return WrittenEntities(ids, records, kind, chosen[:0], *_folded(names, ids))


def _written_boards(parted: Parted, companies: Numbers, places: Numbers) -> WrittenEntities:
    """The boards of these subjects as columns; ``places`` are the builder's numbers of subjects."""
    found = parted.found
    names = cut_out(parted, found.values[NAME][companies], 1, BOARD_NAME)
    ids = cut_out(parted, found.subjects[companies], BASE_SIZE, "", BOARD_SUFFIX)
    units = cut_out(parted, found.subjects[companies], BASE_SIZE)
    size = int(names.at[-1] + units.at[-1]) + 32 * len(companies)
    records = Written(np.empty(size, np.uint8), np.zeros(len(companies) + 1, np.int64))
    bulk().write_boards(_BOARD, *names, *units, IMPLIED_BOARD, *records)
    return WrittenEntities(ids, records, np.full(len(companies), _BOARD, np.int8), places[companies], *_folded(names, ids))


def _folded(names: Written, ids: Written) -> tuple[Written, Written, Numbers]:
    """Names folded, and without legal forms too; and the hashes by which entities are found."""
    forms = [form.encode() for form in LEGAL_FORMS]
    forms_at = np.cumsum([0, *map(len, forms)])
    longest = max(int(np.diff(each.at).max(initial=0)) for each in (names, ids))
    count, size = len(names.at) - 1, int(names.at[-1])
    folded = Written(np.empty(size + count, np.uint8), np.zeros(count + 1, np.int64))
    plain = Written(np.empty(size, np.uint8), np.zeros(count + 1, np.int64))
    hashes, scratch = np.empty((count, 4), np.uint64), np.zeros((2, longest + 2 * AFTER), np.uint8)
    bulk().fold_names(
        *names, *ids, len(OWN_SLUGS), np.frombuffer(b"".join(forms), np.uint8), forms_at, *folded, *plain, hashes, scratch, *hash_work()
    )  # fmt: skip
    return folded, plain, hashes


def cut_out(parted: Parted, terms: Numbers, cut: int, before: str = "", after: str = "") -> Written:
    """Each term without its first ``cut`` bytes and its last one, between two other texts."""
    heap, at = parted.found.quads.terms.heap, parted.found.quads.terms.at
    size = int((at[terms + 1] - at[terms]).sum()) + len(terms) * (len(before) + len(after))
    out, out_at = np.empty(size, np.uint8), np.zeros(len(terms) + 1, np.int64)
    edges = (np.frombuffer(each.encode() + b"\0", np.uint8)[:-1] for each in (before, after))
    bulk().cut_out(terms.astype(np.int64), heap, at, cut, *edges, out, out_at)
    return Written(out, out_at)
