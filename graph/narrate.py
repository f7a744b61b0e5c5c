"""Relationships and paths in words. The verb follows the status: what is alleged is never told as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from interlock.graph.dates import PartialDate
from interlock.graph.intervals import Certainty, Interval
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.model import Amount, Claim, Entity, EntityKind, Relationship, RelationshipKind, Status
from interlock.graph.question import Hop, Path

_DATED_ONCE: Final = frozenset({RelationshipKind.FOUNDING, RelationshipKind.ACQUISITION})
_PARTICIPLES: Final = {
    "was": "been", "were": "been", "wrote": "written", "blew": "blown", "gave": "given", "spoke": "spoken", "took": "taken",
    "became": "become", "began": "begun", "came": "come", "did": "done", "went": "gone", "saw": "seen", "chose": "chosen", "ran": "run",
}  # fmt: skip
_MATTERS: Final = {
    EntityKind.AGREEMENT: "agreement",
    EntityKind.LAWSUIT: "case",
    EntityKind.REGULATORY_ACTION: "case",
    EntityKind.EVENT: "step",
}
_ADVERBS: Final = {Status.CONFIRMED: "", Status.REPORTED: "reportedly"}
_ON_BOARD: Final = "the board of"


def spoken(date: PartialDate) -> str:
    """A date in words as far as it is not plain: ``2023~`` → ``about 2023``, ``202X`` → ``the 2020s``."""
    if re.fullmatch(r"\d{3}X", date.text):
        return f"the {date.text[:3]}0s"
    qualified = {"~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}.get(date.text[-1])
    return qualified.format(date.text[:-1]) if qualified else date.text


def money(amount: Amount) -> str:
    """A sum with its currency, and what it is: ``USD 19,000,000,000 [announced]``."""
    return f"{amount.currency} {amount.value:,f}{f' [{amount.basis}]' if amount.basis else ''}"


def when(tie: Relationship) -> str:
    """When a relationship held, as far as it is known: ``2011-06 – 2019-05-30``, ``from 2020-02, end unknown``, ``observed 2012-10-09``."""
    interval = tie.interval
    once = tie.kind in _DATED_ONCE and interval.end is None
    span = _edge(interval.start, interval.start_announced) if once and interval.start else _span(interval)
    return ", ".join(filter(None, (span, _observed(interval)))) or "dates unknown"


def other_dates(tie: Relationship) -> list[Interval]:
    """What other sources say of its dates that can't be true together with what is taken to be: one of the two is wrong."""
    found = {claim.interval.text: claim.interval for claim in tie.supporting if _contradict(claim.interval, tie.interval)}
    return [found[text] for text in sorted(found)]


def sentence(graph: KnowledgeGraph, tie: Relationship) -> str:
    """One relationship as a sentence that says who says so, where it is not confirmed, and who denies it."""
    source, target = graph.entities[tie.source], graph.entities[tie.target]
    said = f"({'; '.join((*details(tie), *_outcomes(source, target)))})"
    fact = f"{source.name} {_clause(tie.label, target.name, last=True)} {said}"
    match tie.status:
        case Status.CONFIRMED:
            return f"{fact}."
        case Status.REPORTED:
            return f"{source.name} is reported to have {_clause(_perfect(tie.label), target.name, last=True)} {said}."
        case Status.ALLEGED:
            return _upper(f"{_say(graph, tie.supporting, 'alleges', 'allege')} that {fact}.")
        case Status.DISPUTED:
            saying = _saying(graph, tie.supporting) if tie.supporting else "nobody says"
            denial = _say(graph, tie.contradicting, "contradicts", "contradict") if tie.contradicting else "others dispute"
            return _upper(f"{saying} that {fact}; {denial} this.")
        case Status.DISMISSED | Status.RETRACTED:
            saying = _say(graph, tie.supporting, "alleged", "alleged") if tie.supporting else "it was alleged"
            return _upper(f"{saying} that {fact}; this was {tie.status.value.lower()}.")


def told_from(tie: Relationship, entity: str) -> str:
    """What one end did to the other, without either: "held a seat on the board of", "was reportedly acquired by"."""
    return _hedged(tie.label if entity == tie.source else tie.inverse_label, tie.status)


def path_sentence(graph: KnowledgeGraph, path: Path) -> str:
    """A path as one sentence: "Netflix was co-founded by Reed Hastings (1997), who held a seat on Meta's board (2011-06 – 2019-05-30)"."""
    clauses = []
    for number, hop in enumerate(path.hops):
        label = hop.relationship.label if hop.forward else hop.relationship.inverse_label
        last = number == len(path.hops) - 1
        said = (*_hop_details(hop), *_outcomes(*((hop.start, hop.end) if number == 0 else (hop.end,))))
        clauses.append(f"{_clause(_hedged(label, hop.relationship.status), _named(graph, hop.end), last)} ({'; '.join(said)})")
    pronouns = ["who" if hop.start.kind is EntityKind.PERSON else "which" for hop in path.hops[1:]]
    rest = "".join(f", {pronoun} {clause}" for pronoun, clause in zip(pronouns, clauses[1:], strict=True))
    return f"{_named(graph, path.hops[0].start)} {clauses[0]}{rest}."


def entity_label(graph: KnowledgeGraph, entity: Entity) -> str:
    """An entity as an end of a question: a board by its company, ``Meta's board``."""
    return f"{possessive(_named(graph, entity))} board" if entity.kind is EntityKind.BOARD else entity.name


def possessive(name: str) -> str:
    """``Meta`` → ``Meta's``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _named(graph: KnowledgeGraph, entity: Entity) -> str:
    return graph.company_of(entity).name if entity.kind is EntityKind.BOARD else entity.name


def _clause(label: str, name: str, last: bool) -> str:
    """Verb and object. "The board of Meta" becomes "Meta's board" unless a "which" follows, that would then speak of the board."""
    if last and label.endswith(_ON_BOARD):
        return f"{label.removesuffix(_ON_BOARD)}{possessive(name)} board"
    return f"{label} {name}"


def _hedged(label: str, status: Status) -> str:
    adverb = _ADVERBS.get(status, "allegedly")
    if not adverb:
        return label
    return label.replace("was ", f"was {adverb} ", 1) if label.startswith("was ") else f"{adverb} {label}"


def _perfect(label: str) -> str:
    """A phrase in the past tense as it follows "to have": ``was a partner at`` → ``been a partner at``."""
    verb, _, rest = label.partition(" ")
    return f"{_PARTICIPLES.get(verb, verb)} {rest}".strip()


def details(tie: Relationship) -> list[str]:
    """What a sentence says in brackets: title, side, share, money, dates, what became of it."""
    said = [tie.title]
    said.append(f"for the {tie.side}" if tie.side else None)
    said.append(f"{tie.share.normalize():f} %" if tie.share is not None else None)
    said += [money(amount) for amount in tie.amounts]
    said.append(when(tie))
    said += [f"by others {_span(other)}" for other in other_dates(tie)]
    said.append(f"outcome: {tie.outcome.rstrip('.')}" if tie.outcome else None)
    return [part for part in said if part]


def _outcomes(*entities: Entity) -> Iterator[str]:
    """What became of a case, ruling, deal or event that is spoken of: what was annulled or abandoned is never told without that."""
    told = [entity for entity in entities if entity.outcome]
    for entity in told:
        of = f" of the {_MATTERS.get(entity.kind, entity.kind.value.lower())}" if len(told) > 1 else ""
        yield f"outcome{of}: {(entity.outcome or '').rstrip('.')}"


def _hop_details(hop: Hop) -> list[str]:
    said = details(hop.relationship)
    if hop.relationship.status is not Status.CONFIRMED:
        said.append(hop.relationship.status.value.lower())
    if hop.held is Certainty.POSSIBLE:
        said.append("not certain at the time asked about")
    return said


def _span(interval: Interval) -> str:
    start = _edge(interval.start, interval.start_announced)
    end = _edge(interval.end, interval.end_announced)
    if start and end:
        return start if interval.start == interval.end else f"{start} – {end}"
    if start:
        return f"since {start}" if interval.ends_open else f"from {start}, end unknown"
    return f"until {end}" if end else ""


def _contradict(one: Interval, other: Interval) -> bool:
    """Do they give a start, or an end, that can't be the same day?"""
    ends = ((one.start, other.start), (one.end, other.end))
    return any(a is not None and b is not None and (a.first > b.last or b.first > a.last) for a, b in ends)


def _edge(date: PartialDate | None, announced: bool) -> str:
    """A start or end in words; of one that was only announced: ``2026-09-01 as announced``."""
    if date is None:
        return ""
    return f"{date.text[:-1]} as announced" if announced else spoken(date)


def _observed(interval: Interval) -> str:
    """When it was seen to hold, as far as that says more than its start and end do."""
    if not interval.observed or (interval.start is not None and interval.end is not None):
        return ""
    days = interval.observed
    finest = [day for day in days if not any(other != day and day.first <= other.first and other.last <= day.last for other in days)]
    first, last = finest[0], finest[-1]
    return f"observed {spoken(first)}" if first == last else f"observed {spoken(first)} to {spoken(last)}"


def _saying(graph: KnowledgeGraph, claims: Sequence[Claim]) -> str:
    """Who says it most firmly, and how."""
    strongest = min((claim.status for claim in claims), key=lambda status: status.rank)
    verbs = ("reports", "report") if strongest is Status.REPORTED else ("alleges", "allege")
    return _say(graph, [claim for claim in claims if claim.status is strongest], *verbs)


def _say(graph: KnowledgeGraph, claims: Iterable[Claim], one: str, many: str) -> str:
    """Who makes these claims, with the verb: those who are quoted, else the publishers."""
    names = list(dict.fromkeys(_speaker(graph, claim) for claim in claims))
    listed = names if len(names) < 4 else [*names[:2], f"{len(names) - 2} others"]
    return f"{_and(listed)} {one if len(names) == 1 else many}"


def _speaker(graph: KnowledgeGraph, claim: Claim) -> str:
    if claim.stated_by:
        return graph.entities[claim.stated_by].name
    source = graph.sources[claim.source]
    return source.publisher or source.title


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
