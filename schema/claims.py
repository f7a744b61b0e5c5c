"""Dates, claims, sources and sums of money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from interlock.graph.dates import PartialDate, today
from interlock.graph.intervals import Interval as IntervalModel
from interlock.graph.intervals import Window
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Amount as AmountModel
from interlock.graph.model import Claim as ClaimModel
from interlock.graph.model import Source as SourceModel
from interlock.schema.connections import Node
from interlock.schema.enums import Certainty, Stance, Status
from interlock.schema.scalars import IRI

if TYPE_CHECKING:
    from interlock.schema.entity import Entity

EntityType = Annotated["Entity", strawberry.lazy("interlock.schema.entity")]
SourceType = Annotated["Source", strawberry.lazy("interlock.schema.claims")]


@strawberry.type(
    description=(
        "Start and end as far as they are known, never finer than a source has them. An unknown end is not an open one: `text` tells them "
        "apart, and `ongoing` says what follows for today."
    )
)
class Interval:
    start: PartialDate | None = strawberry.field(
        description="When it began; null if unknown, or if it has no beginning that matters (see `text`)."
    )
    end: PartialDate | None = strawberry.field(description="When it ended; null if unknown, or if it goes on (see `ongoing`).")
    observed: list[PartialDate] = strawberry.field(
        description="Days on which a source says that it was so, in order: up to the last of them it surely was, if its start is known."
    )
    text: str = strawberry.field(
        description=(
            "The EDTF interval: `2011-06/2019-05-30`; `2013/..` goes on by a source's word; `2013/` has an unknown end, `/2015` an unknown "
            "start; `2012` lies within that year; empty if nothing is known."
        )
    )
    ongoing: Certainty = strawberry.field(
        description=(
            "Does it hold today? An unknown end is not an open one: after the last observation it is POSSIBLE at most. CERTAIN where a "
            "source says that it goes on, or where that lies in its nature: a founding."
        )
    )

    @classmethod
    def from_model(cls, interval: IntervalModel) -> Self:
        day = today()
        ended = interval.end is not None and interval.end.last < day.first
        ongoing = Certainty.IMPOSSIBLE if ended else interval.overlap(Window(day.first, day.last))
        return cls(
            start=interval.start,
            end=interval.end,
            observed=list(interval.observed),
            text=interval.text,
            ongoing=ongoing,
        )


@strawberry.type(description="A sum of money as a source tells it, not converted and not adjusted for inflation.")
class Amount:
    value: str = strawberry.field(description="A decimal number, as text so that no digit is lost: `5000000000`, `30.25`.")
    currency: str = strawberry.field(description="Its currency, as the code of ISO 4217: `USD`, `EUR`.")
    basis: str | None = strawberry.field(
        description="What it is a sum of: announced, at closing, a year, about; null if that goes without saying."
    )

    @classmethod
    def from_model(cls, amount: AmountModel) -> Self:
        return cls(value=f"{amount.value:f}", currency=amount.currency, basis=amount.basis)


@strawberry.type(
    description="A document that makes claims: a filing, a court paper, an article. Each has a named graph of its own in the RDF."
)
class Source(Node):
    iri: IRI = strawberry.field(description="Its IRI, which is the name of its graph in the RDF as well.")
    title: str = strawberry.field(description="What it is called, in our words or its own: `Annual report of Acme for 2012`.")
    publisher: str | None = strawberry.field(
        description="Who published it first; null if that isn't known. It tells independent sources from those that repeat one another."
    )
    url: str | None = strawberry.field(
        description="Where to read it, http or https; null if it isn't on the web. It may have moved since `retrieved`."
    )
    published: PartialDate | None = strawberry.field(description="When it was published, as far as is known.")
    retrieved: PartialDate | None = strawberry.field(description="When it was looked up for this dataset, as far as that is noted.")
    tier: str | None = strawberry.field(
        description="How near it is to what it tells: `P` primary (court, filing, the company itself), `S` secondary, `A` the article "
        "under examination; "
        "null if it isn't graded."
    )
    licence: str | None = strawberry.field(
        description="The licence of what it says, as an SPDX identifier where there is one: `CC-BY-4.0`; null if none is stated for it."
    )
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[SourceModel]

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, source: SourceModel) -> Self:
        return cls(
            id=strawberry.ID(source.id),
            iri=IRI(source.iri),
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            published=source.published,
            retrieved=source.retrieved,
            tier=source.tier,
            licence=source.licence,
            graph=graph,
            model=source,
        )

    @strawberry.field(description="The sources that it says it rests on. They and it count as one, where independent sources are counted.")
    def derived_from(self) -> list[SourceType]:
        return [Source.from_model(self.graph, self.graph.sources[origin]) for origin in self.model.derived_from]


@strawberry.type(
    description=(
        "One statement by one source about one relationship. Denials and dismissals are claims too: they contradict. What all claims "
        "add up "
        "to is the relationship's `status`."
    )
)
class Claim(Node):
    stance: Stance = strawberry.field(description="Does it say that the relationship is so, or that it is not?")
    status: Status = strawberry.field(
        description="How firmly this source says it: as a record, as a report, as an allegation, or as its end."
    )
    summary: str | None = strawberry.field(
        description="What it says, in our words and no more firmly than it does; null if `quote` or the relationship say enough."
    )
    quote: str | None = strawberry.field(description="Its own words, where a short passage is given; mark it as a quotation.")
    locator: str | None = strawberry.field(
        description="Where to look in the source: a page, a paragraph, a docket number; null if it is short."
    )
    stated_on: PartialDate | None = strawberry.field(
        description="When it was said, where that isn't the day of publication; otherwise null."
    )
    facts: list[str] = strawberry.field(description="Ids under which the statement was collected, to trace it: `F061`.")
    graph: strawberry.Private[KnowledgeGraph]
    model: strawberry.Private[ClaimModel]

    @classmethod
    def from_model(cls, graph: KnowledgeGraph, claim: ClaimModel) -> Self:
        return cls(
            id=strawberry.ID(claim.id),
            stance=claim.stance,
            status=claim.status,
            summary=claim.summary,
            quote=claim.quote,
            locator=claim.locator,
            stated_on=claim.made,
            facts=list(claim.facts),
            graph=graph,
            model=claim,
        )

    @strawberry.field(description="The dates that this source gives, where they are its own; null if it gives none.")
    def interval(self) -> Interval | None:
        given = self.model.interval
        return Interval.from_model(given) if given.text or given.observed else None

    @strawberry.field(description="Sums of money that this source names, largest first.")
    def amounts(self) -> list[Amount]:
        return [Amount.from_model(amount) for amount in self.model.amounts]

    @strawberry.field(
        description="Who says so, where the source only passes on what somebody else says: the plaintiff in a complaint; otherwise null."
    )
    def stated_by(self) -> EntityType | None:
        from interlock.schema.entities import to_entity

        return to_entity(self.graph, self.graph.entities[self.model.stated_by]) if self.model.stated_by else None

    @strawberry.field(description="The document that makes the claim, and where to read it.")
    def source(self) -> Source:
        return Source.from_model(self.graph, self.graph.sources[self.model.source])
