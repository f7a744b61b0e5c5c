"""The typed table model: the tables whose columns every format takes its attributes from."""

from __future__ import annotations

from typing import Any, Final

from interlock.graph.exports.columns import Column, Table, Type, amounts, date_of, day, enum, interval, names_of_ends, own, texts
from interlock.graph.exports.content import Content
from interlock.graph.interlock_ties import InterlockTie
from interlock.graph.model import Claim, Entity, Relationship, Source
from interlock.graph.narrate import sentence
from interlock.graph.selection import Selection

ENTITIES: Final[Table[Entity]] = Table(
    "entities",
    "People, companies, organizations, boards, products, agreements, lawsuits, regulatory actions and events.",
    (
        *texts(
            id="What it is called by, here and in every other table.",
            iri="Its IRI.",
        ),
        enum("kind", "What it is."),
        own("name", Type.TEXT, "Its name."),
        own("aliases", Type.LIST, "Its other names."),
        *texts(
            description="What it is, in words.",
            slug="Its name in URLs.",
        ),
        own("identifiers", Type.LIST, "Identifiers as CURIEs: wikidata:Q380, cik:1326801."),
        own("same_as", Type.LIST, "IRIs of the same thing elsewhere."),
        *interval(lambda entity: entity.interval),
        own("unit_of", Type.TEXT, "Of a board: the id of its company."),
        date_of("signed", "Of an agreement: when it was signed."),
        own("case_number", Type.TEXT, "Of a case: its number."),
        own("court", Type.TERM, "Of a lawsuit: before which court."),
        date_of("filed", "Of a case: when it was filed."),
        date_of("closed", "When a case ended, or a deal was carried out."),
        date_of("abandoned", "When a deal was called off."),
        own("outcome", Type.TEXT, "What became of it."),
        *amounts(),
        own("came_from", Type.LIST, "Of a change: the ids of the organizations before it."),
        own("went_into", Type.LIST, "Of a change: the ids of the organizations after it."),
    ),
    Content.entities,
)

RELATIONSHIPS: Final[Table[Relationship]] = Table(
    "relationships",
    "Who, to whom, as what, when, and how firmly that is known.",
    (
        *texts(
            id="What it is called by, here and in every other table.",
            source="The id of the entity it leads from.",
            target="The id of the entity it leads to.",
        ),
        *names_of_ends(),
        enum("kind", "What it is."),
        own("label", Type.TERM, "How it reads from source to target, if it is so."),
        own("inverse_label", Type.TERM, "How it reads from target to source."),
        enum("status", "How firmly it is known; what is ALLEGED is not confirmed."),
        Column("sentence", Type.TEXT, "All of it in words that say who says so.", sentence),
        own("role", Type.TERM, "As what."),
        own("title", Type.TEXT, "The very name of a post."),
        own("side", Type.TERM, "On which side of a case."),
        own("share", Type.NUMBER, "How much is owned, in percent."),
        own("independent_sources", Type.COUNT, "How many sources support it that don't repeat one another."),
        Column("claims", Type.COUNT, "How many claims there are for and against it.", lambda graph, tie: len(tie.claims)),
        Column(
            "sources",
            Type.LIST,
            "The ids of the sources that speak of it.",
            lambda graph, tie: tuple(dict.fromkeys(claim.source for claim in tie.claims)),
        ),
        *interval(lambda tie: tie.interval),
        own("outcome", Type.TEXT, "What became of it."),
        *amounts(),
        own("iri", Type.TEXT, "Its IRI."),
    ),
    Content.relationships,
)

CLAIMS: Final[Table[Claim]] = Table(
    "claims",
    "What each source says for or against each relationship.",
    (
        *texts(
            id="What it is called by.",
            relationship="The id of the relationship it is about.",
            source="The id of the source that says so.",
        ),
        enum("stance", "SUPPORTS or CONTRADICTS; denials are claims too."),
        enum("status", "How firmly the source says it."),
        *texts(
            summary="What it says, in words of the data's authors.",
            quote="What it says, in its own words.",
            locator="Where in the source.",
            stated_by="The id of whom the source says it of, if not of itself.",
        ),
        date_of("made", "When it was said, where that isn't when the source was published."),
        *interval(lambda claim: claim.interval),
        *amounts(),
        own("facts", Type.LIST, "Under which numbers it was collected."),
    ),
    Content.claims,
)

SOURCES: Final[Table[Source]] = Table(
    "sources",
    "The documents that say so.",
    (
        *texts(
            id="What it is called by, here and in every other table.",
            iri="Its IRI.",
            title="Its title.",
        ),
        own("creators", Type.LIST, "Who wrote it."),
        *texts(
            publisher="Who published it first.",
            url="Where it is to be read.",
        ),
        date_of("published", "When it was published."),
        date_of("retrieved", "When it was read."),
        own("derived_from", Type.LIST, "The ids of the sources that it declares to rest on."),
        own("tier", Type.TERM, "P: court records, filings, companies themselves; S: press and other; A: an article under examination."),
        own("licence", Type.TERM, "The licence of what it says, as an SPDX identifier where there is one."),
    ),
    Content.sources,
)

INTERLOCKS: Final[Table[InterlockTie]] = Table(
    "interlocks",
    "Which boards shared directors at one time, or which directors boards; who is source and who target means nothing.",
    (
        *texts(
            id="What it is called by: the ids of its ends.",
            source="The id of the one end, the lesser.",
            target="The id of the other end.",
        ),
        *names_of_ends(),
        own("label", Type.TERM, "How it reads."),
        own("weight", Type.COUNT, "How many they share, surely or possibly at one time."),
        own("certain", Type.COUNT, "How many of these surely."),
        enum("certainty", "CERTAIN if any is shared surely, else POSSIBLE."),
        enum("status", "How firmly that is known: as the firmest two of the seats that make it as certain; ALLEGED is not confirmed."),
        own("shared", Type.LIST, "The ids of the directors (or companies) that they share."),
        Column("shared_names", Type.LIST, "The names of these.", lambda graph, tie: tuple(graph.entities[id].name for id in tie.shared)),
        Column("start_earliest", Type.DAY, "The first day on which they can have shared any.", lambda graph, tie: day(tie.spells[0].first)),
        Column("end_latest", Type.DAY, "The last such day.", lambda graph, tie: day(tie.spells[-1].last)),
        own("seats", Type.LIST, "The ids of the relationships, seats on boards, that say so."),
    ),
    Content.interlocks,
)

TABLES: Final[tuple[Table[Any], ...]] = (ENTITIES, RELATIONSHIPS, CLAIMS, SOURCES)
"""Those of relationships."""


def tables_of(selection: Selection) -> tuple[Table[Any], ...]:
    """The tables in which a selection is written."""
    return TABLES if selection.network is None else (ENTITIES, INTERLOCKS, SOURCES)


def edges_of(selection: Selection) -> Table[Any]:
    """The table of what joins the entities of a selection."""
    return tables_of(selection)[1]
