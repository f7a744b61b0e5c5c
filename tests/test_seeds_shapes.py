"""Each shape refuses what it is for, and nothing else: one change to what conforms, one message."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from harness import union
from interlock.graph.dates import parse_date
from interlock.graph.errors import BadInput
from interlock.graph.intervals import parse_interval
from interlock.graph.model import ENDS, EntityKind, RelationshipKind
from interlock.graph.rdf import abbreviate
from interlock.graph.vocabulary import SEEDS
from interlock.seeds import vocab

IL = vocab.IL
VOCABULARY = union(*((SEEDS / name).read_text(encoding="utf-8") for name in ("ontology.ttl", "roles.ttl")))
SHAPES = union((SEEDS / "shapes.ttl").read_text(encoding="utf-8"))
PREFIXES = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in vocab.PREFIXES.items())

ENTITIES = """
entity:ann a schema:Person ; schema:name "Ann" ; skos:altLabel "Annie" ; schema:sameAs <https://example.org/ann> .
entity:bob a schema:Person ; schema:name "Bob" .
entity:acme a schema:Corporation ; schema:name "Acme" ; dcterms:description "Anvils." ; dcterms:identifier "cik:42" .
entity:foundation a schema:Organization ; schema:name "Foundation" ; il:during "1999/.." .
entity:board a il:Board ; schema:name "Board of Acme" ; org:unitOf entity:acme .
entity:anvil a schema:Product ; schema:name "Anvil" .
entity:hammer a schema:Product ; schema:name "Hammer" .
entity:pact a il:Agreement ; schema:name "Pact" ; il:signed "2011-06-22" ;
    schema:amount [ schema:value 5000 ; schema:currency "USD" ; schema:description "announced" ] .
entity:case a il:Lawsuit ; schema:name "Ann v. Acme" ; il:caseNumber "1" ; il:court "Court" ; il:fileDate "2012" ;
    il:closeDate "2013-01" ; il:outcome "Settled." .
entity:action a il:RegulatoryAction ; schema:name "Fine" .
entity:fire a schema:Event ; schema:name "Fire" ; il:during "2014~" .
role:observer a il:Role ; skos:prefLabel "observer" ; il:phrase "observed" ; il:inverseLabel "was observed by" .
entity:renaming a org:ChangeEvent ; schema:name "Renaming" ; il:during "2015" ;
    org:originalOrganization entity:acme ; org:resultingOrganization entity:foundation .
source:filing a il:Source ; dcterms:title "A filing" ; dcterms:publisher "SEC" ; schema:url <https://example.org/filing> ;
    dcterms:issued "2012-10-09" ; il:retrieved "2024-04-02" ; il:tier "P" .
source:article a il:Source ; dcterms:title "An article" ; prov:hadPrimarySource source:filing ; il:tier "S" .
"""
ONE_OF_KIND = dict(zip(EntityKind, ("ann", "acme", "foundation", "board", "anvil", "pact", "case", "action", "fire"), strict=True))
ANOTHER = {"ann": "bob", "bob": "ann", "acme": "foundation", "anvil": "hammer", "pact": "case", "case": "pact", "fire": "action"}
"""An entity → another that can stand in its place."""

TIES = {
    "BOARD_SEAT": ("ann", "acme", 'org:role role:director ; il:during "2011/2019-05-30"'),
    "POSITION": ("ann", "acme", 'org:role role:executive ; schema:roleName "Head of anvils"'),
    "FOUNDING": ("ann", "acme", "org:role role:founder"),
    "OWNERSHIP": ("ann", "acme", 'org:role role:shareholder ; il:share "1.6"^^xsd:decimal'),
    "ACQUISITION": ("acme", "anvil", ""),
    "INVESTMENT": ("ann", "acme", ""),
    "PARTY": ("ann", "pact", 'org:role role:signatory ; il:side "advertisers"'),
    "OPERATION": ("acme", "anvil", ""),
    "INVOLVEMENT": ("ann", "fire", "org:role role:author"),
    "PERSONAL": ("ann", "bob", ""),
    "ASSOCIATION": ("ann", "case", 'il:phrase "knew" ; il:inverseLabel "was known to"'),
}
"""Kind of relationship → its source, its target, and what else is said of it."""

CLAIMS = """
source:filing {
    claim:F1-1 a il:Claim ; il:supports rel:board-seat ; il:status il:confirmed ; dcterms:identifier "F1" ; il:observed "2012-10-09" ;
        prov:wasAttributedTo entity:acme ; dcterms:date "2012" ; il:locator "p. 3" ; il:quote "Ann" ; dcterms:description "Seen." .
}
source:article { claim:F1-2 a il:Claim ; il:contradicts rel:board-seat ; il:status il:disputed . }
"""


def slug(kind: str) -> str:
    return kind.lower().replace("_", "-")


def tie(kind: str, ends: Iterable[tuple[URIRef, str]], name: str = "") -> str:
    """A relationship with these ends, and a claim for it."""
    name = name or slug(kind)
    stated = "".join(f"{abbreviate(end)} entity:{entity} ; " for end, entity in ends)
    return (
        f"rel:{name} a {abbreviate(vocab.RELATIONSHIP_TERMS[kind].cls)} ; {stated}{TIES[kind][2]} .\n"
        f"source:filing {{ claim:{name} a il:Claim ; il:supports rel:{name} ; il:status il:reported . }}\n"
    )


def ends_of(kind: str) -> dict[URIRef, str]:
    term = vocab.RELATIONSHIP_TERMS[kind]
    return {term.source: TIES[kind][0], term.target: TIES[kind][1]}


GOOD = PREFIXES + ENTITIES + "".join(tie(kind, ends_of(kind).items()) for kind in TIES) + CLAIMS

ENDS_OF_TIES = [(kind, end) for kind in TIES for end in ends_of(kind)]

ADDED = {
    # an entity
    'entity:ann schema:name "Anna" .': "needs exactly one schema:name",
    'entity:ann skos:altLabel "" .': "has a schema:name, skos:altLabel or dcterms:description that is empty",
    'entity:ann skos:altLabel " Anna" .': "has a schema:name, skos:altLabel or dcterms:description that is empty",
    'entity:ann skos:altLabel "Anna "@en .': "has a schema:name, skos:altLabel or dcterms:description that is empty",
    "entity:hammer a il:Agreement .": "has several types",
    '[] a schema:Person ; schema:name "Nobody" .': "needs an IRI of its own",
    'entity:acme dcterms:description "Hammers." .': "has several dcterms:description",
    'entity:acme dcterms:identifier "ticker:ACME" .': "has a dcterms:identifier of no known scheme",
    'entity:acme dcterms:identifier "wikidata:380" .': "has a dcterms:identifier of no known scheme",
    'entity:acme dcterms:identifier "lei:BQ4BKCS1" .': "has a dcterms:identifier of no known scheme",
    'entity:ann schema:sameAs "https://example.org/anna" .': "has a schema:sameAs that is no IRI",
    "entity:board org:unitOf entity:foundation .": "has several org:unitOf",
    'entity:foundation il:during "2000" .': "has several il:during",
    'entity:pact il:signed "2012" .': "has several il:signed",
    'entity:case il:caseNumber "2" .': "has several il:caseNumber",
    'entity:case il:court "Another" .': "has several il:court",
    'entity:case il:fileDate "2012-02" .': "has several il:fileDate",
    'entity:case il:closeDate "2014" .': "has several il:closeDate",
    'entity:case il:outcome "Lost." .': "has several il:outcome",
    'entity:ann il:outcome "Won." .': "has an il:outcome, which only",
    'entity:pact il:closeDate "2012" ; il:abandoned "2013" .': "has several il:closeDate or il:abandoned",
    "entity:renaming org:originalOrganization entity:ann .": "is a change, so it needs an org:originalOrganization",
    "entity:renaming org:resultingOrganization entity:pact .": "is a change, so it needs an org:resultingOrganization",
    'entity:action il:outcome "" .': "has an il:caseNumber, il:court or il:outcome that is empty",
    "entity:action il:caseNumber 7 .": "has an il:caseNumber, il:court or il:outcome that is empty",
    # an amount
    'entity:case schema:amount [ schema:currency "USD" ] .': "has an amount that lacks one schema:value",
    'entity:case schema:amount [ schema:value 1, 2 ; schema:currency "USD" ] .': "has an amount that lacks one schema:value",
    'entity:case schema:amount [ schema:value -1 ; schema:currency "USD" ] .': "has an amount that lacks one schema:value",
    'entity:case schema:amount [ schema:value "much" ; schema:currency "USD" ] .': "has an amount that lacks one schema:value",
    "entity:case schema:amount [ schema:value 1 ] .": "has an amount that lacks one schema:currency",
    'entity:case schema:amount [ schema:value 1 ; schema:currency "USD", "EUR" ] .': "has an amount that lacks one schema:currency",
    'entity:case schema:amount [ schema:value 1 ; schema:currency "$" ] .': "has an amount that lacks one schema:currency",
    'entity:case schema:amount [ schema:value 1 ; schema:currency "USD" ; schema:description "a", "b" ] .': "has an amount whose",
    'entity:case schema:amount [ schema:value 1 ; schema:currency "USD" ; schema:description 2 ] .': "has an amount whose",
    # a relationship
    "rel:unsaid a il:PersonalTie ; il:person entity:ann ; il:relative entity:bob .": "has no claim",
    "rel:board-seat org:role role:observer .": "may have one org:role",
    "rel:investment org:role role:dictator .": "may have one org:role",
    'rel:position schema:roleName "Head of hammers" .': "has several schema:roleName",
    'rel:association il:phrase "liked" .': "has several il:phrase",
    'rel:association il:inverseLabel "was liked by" .': "has several il:inverseLabel",
    'rel:investment il:phrase "funded" .': "has an il:phrase and no il:inverseLabel",
    'rel:investment il:inverseLabel "was funded by" .': "has an il:inverseLabel and no il:phrase",
    'rel:investment schema:roleName "Angel " .': "has a schema:roleName, il:side, il:phrase or il:inverseLabel that is empty",
    'rel:investment schema:roleName "Engel"@de .': "has a schema:roleName, il:side, il:phrase or il:inverseLabel that is empty",
    "rel:ownership il:share 2 .": "may have one il:share",
    "rel:investment il:share -1 .": "may have one il:share",
    "rel:investment il:share 100.5 .": "may have one il:share",
    'rel:party il:side "consumers" .': "has several il:side",
    "rel:investment org:role role:director .": "has a role that only a seat on a board can have",
    "rel:investment org:role role:executive .": "has a role that only a position can have",
    "rel:investment org:role role:co-founder .": "has a role that only a founding can have",
    "rel:investment org:role role:shareholder .": "has a role that only an ownership can have",
    "rel:investment org:role role:judge .": "has a role that only a party",
    # a role
    'role:observer skos:prefLabel "watcher" .': "is a role, so it needs exactly one skos:prefLabel",
    'role:observer il:phrase "watched" .': "is a role, so it needs exactly one il:phrase",
    'role:observer il:inverseLabel "was watched by" .': "is a role with several il:inverseLabel",
    # a claim
    "claim:F1-1 il:supports rel:position .": "needs exactly one il:supports or il:contradicts",
    "claim:F1-1 il:contradicts rel:board-seat .": "supports what it contradicts",
    "claim:F1-1 il:status il:reported .": "needs exactly one il:status",
    'claim:F1-1 dcterms:date "2013" .': "has several dcterms:date",
    "claim:F1-1 prov:wasAttributedTo entity:ann .": "has several prov:wasAttributedTo",
    "claim:F1-2 prov:wasAttributedTo entity:anvil .": "is attributed to what can't speak",
    'claim:F1-1 dcterms:identifier "" .': "has a dcterms:description, dcterms:identifier, il:locator or il:quote that is empty",
    "claim:F1-1 dcterms:identifier 2 .": "has a dcterms:description, dcterms:identifier, il:locator or il:quote that is empty",
    'claim:F1-1 il:locator "p. 4" .': "has several il:locator",
    'claim:F1-1 il:quote "Bob" .': "has several il:quote",
    'claim:F1-1 dcterms:description "Heard." .': "speaks in several dcterms:description",
    # a source
    'source:filing dcterms:title "The filing" .': "is a source, so it needs exactly one dcterms:title",
    'source:filing dcterms:publisher "FTC" .': "has several dcterms:publisher",
    "source:filing dcterms:license <https://a.example/>, <https://b.example/> .": "has several dcterms:license",
    'source:article dcterms:publisher "" .': "has a dcterms:title or dcterms:publisher that is empty",
    "source:article dcterms:publisher entity:acme .": "has a dcterms:title or dcterms:publisher that is empty",
    "source:filing schema:url <https://example.org/copy> .": "may have one schema:url",
    'source:article schema:url "https://example.org/" .': "may have one schema:url",
    "source:article schema:url <javascript:alert(1)> .": "may have one schema:url",
    'source:filing dcterms:issued "2013" .': "has several dcterms:issued",
    'source:filing il:retrieved "2025" .': "has several il:retrieved",
    "source:filing prov:hadPrimarySource entity:acme .": "rests on something that is not described",
    'source:filing il:tier "S" .': "is a source, so it needs one il:tier",
}
"""What is added to what conforms → what is said of it."""

CHANGED = {
    ('entity:bob a schema:Person ; schema:name "Bob" .', "entity:bob a schema:Person ."): "needs exactly one schema:name",
    (" ; org:unitOf entity:acme", ""): "is a board, so it needs an org:unitOf",
    ("org:unitOf entity:acme", "org:unitOf entity:ann"): "is a board, so it needs an org:unitOf",
    (" ; org:resultingOrganization entity:foundation", ""): "is a change, so it needs an org:resultingOrganization",
    (";\n    org:originalOrganization entity:acme ;", ";"): "is a change, so it needs an org:originalOrganization",
    (' ; il:during "2015" ;', " ;"): "is a change, so it needs an il:during",
    ('il:signed "2011-06-22"', 'il:signed "22 June 2011"'): "has a date that is no EDTF date",
    ('il:signed "2011-06-22"', 'il:signed "2011-06-22"^^xsd:date'): "has a date that is no EDTF date",
    ('il:during "2014~"', 'il:during "2014-2015"'): "has an il:during that is no EDTF date or interval",
    ('il:during "2014~"', "il:during 2014"): "has an il:during that is no EDTF date or interval",
    ('il:during "2014~"', 'il:during "/"'): "has an il:during that is no EDTF date or interval",
    (' ; il:phrase "knew" ; il:inverseLabel "was known to"', ""): "is an association that doesn't say",
    ('skos:prefLabel "observer" ; ', ""): "is a role, so it needs exactly one skos:prefLabel",
    ('skos:prefLabel "observer"', 'skos:prefLabel ""'): "has a skos:prefLabel, il:phrase or il:inverseLabel that is empty",
    ('skos:prefLabel "observer"', "skos:prefLabel 1"): "has a skos:prefLabel, il:phrase or il:inverseLabel that is empty",
    ('il:phrase "observed" ; ', ""): "is a role, so it needs exactly one il:phrase",
    (' ; il:inverseLabel "was observed by"', ""): "has an il:phrase and no il:inverseLabel",
    ("il:supports rel:board-seat ; il:status il:confirmed", "il:status il:confirmed"): "needs exactly one il:supports or il:contradicts",
    ("il:contradicts rel:board-seat", "il:contradicts entity:acme"): "needs exactly one il:supports or il:contradicts",
    (" ; il:status il:confirmed", ""): "needs exactly one il:status",
    ("il:status il:confirmed", "il:status il:disputed"): "supports, so its il:status is",
    ("il:status il:confirmed", "il:status il:sure"): "supports, so its il:status is",
    ("il:status il:disputed", "il:status il:alleged"): "contradicts, so its il:status is",
    ('dcterms:title "An article" ; ', ""): "is a source, so it needs exactly one dcterms:title",
    (' ; il:tier "S"', ""): "is a source, so it needs one il:tier",
    ('il:tier "S"', 'il:tier "X"'): "is a source, so it needs one il:tier",
}
"""What is changed in what conforms, and into what → what is said of it."""

RIGHT_DATES = ("2011", "2011-06", "2011-06-22", "2011~", "2011-06%", "201X", "20XX", "2011-XX", "2011-06-XX", "2011-21", "-0044", "Y-17000")
WRONG_DATES = (
    "2011-13",
    "2011-00",
    "2011-06-32",
    "2011-6",
    "2011-21-05",
    "2011-XX-05",
    "06/2011",
    "June",
    "20111",
    "~2011",
    "2011-06-",
    "..",
)
RIGHT_INTERVALS = ("2011/2019-05-30", "2020-02/", "/2018-03-08", "2020/..", "../2020", "/..", "../", "../..", "2011~/2012?", "201X/2014-21")
WRONG_INTERVALS = ("/", "2011/2012/2013", "2011//2012", "2011/...", "2011-13/2014", "2011/2012-32", "/2011-6", "2011-2012", "-/2012")

STRUCTURE = {SH.path, SH.message, SH.property, SH.targetClass, SH.targetSubjectsOf, RDF.type}


@cache
def results(text: str) -> tuple[Graph, tuple[Node, ...]]:
    """The report on a document, and its results at the top: those that are no mere detail of another."""
    data = union(text)
    _, report, _ = validate(data + VOCABULARY, shacl_graph=SHAPES, inference="none")
    assert isinstance(report, Graph)
    return report, tuple(report.objects(predicate=SH.result))


def refusals(text: str) -> set[tuple[str, str]]:
    """Who is refused, and with what words."""
    report, found = results(text)
    return {(abbreviate(one(report, result, SH.focusNode)), str(one(report, result, SH.resultMessage))) for result in found}


def one(graph: Graph, node: Node, predicate: URIRef) -> Node:
    (value,) = graph.objects(node, predicate)
    return value


def without(kind: str, end: URIRef) -> str:
    there = ends_of(kind)
    return GOOD.replace(tie(kind, there.items()), tie(kind, [pair for pair in there.items() if pair[0] != end]))


def with_two(kind: str, end: URIRef) -> str:
    return f"{GOOD} rel:{slug(kind)} {abbreviate(end)} entity:{ANOTHER[ends_of(kind)[end]]} ."


def test_what_conforms_is_not_refused() -> None:
    assert refusals(GOOD) == set()


@pytest.mark.parametrize(("statement", "message"), ADDED.items(), ids=ADDED)
def test_addition_is_refused(statement: str, message: str) -> None:
    ((subject, said),) = refusals(GOOD + statement)
    assert said.startswith(message)
    assert statement.startswith((subject, "[]"))


@pytest.mark.parametrize(("change", "message"), CHANGED.items(), ids=map(" → ".join, CHANGED))
def test_change_is_refused(change: tuple[str, str], message: str) -> None:
    assert GOOD.count(change[0]) == 1
    ((_, said),) = refusals(GOOD.replace(*change))
    assert said.startswith(message)


@pytest.mark.parametrize(("kind", "end"), ENDS_OF_TIES, ids=lambda value: abbreviate(value) if isinstance(value, URIRef) else value)
def test_relationship_has_each_end_once(kind: str, end: URIRef) -> None:
    ((subject, said),) = refusals(without(kind, end))
    assert subject == f"rel:{slug(kind)}"
    assert f"so it needs an {abbreviate(end)}" in said
    ((subject, said),) = refusals(with_two(kind, end))
    assert subject == f"rel:{slug(kind)}"
    assert said.startswith(f"has several {abbreviate(end)}")


def of_every_kind() -> dict[str, tuple[str, bool]]:
    """Relationships with an entity of each kind at each end: name → how it is written, and whether the model allows it."""
    found = {}
    for kind, end in ENDS_OF_TIES:
        allowed = ENDS[RelationshipKind(kind)][list(ends_of(kind)).index(end)]
        for entity_kind, entity in ONE_OF_KIND.items():
            name = f"{slug(kind)}-{abbreviate(end).replace(':', '-')}-{entity}"
            found[f"rel:{name}"] = tie(kind, {**ends_of(kind), end: entity}.items(), name), entity_kind in allowed
    return found


OF_EVERY_KIND = GOOD + "".join(text for text, _ in of_every_kind().values())


def test_relationship_has_the_ends_that_the_model_allows() -> None:
    assert {subject for subject, _ in refusals(OF_EVERY_KIND)} == {name for name, (_, allowed) in of_every_kind().items() if not allowed}


def refused_dates(texts: Iterable[str], cls: str, predicate: str) -> set[str]:
    names = {f"entity:date-{number}": text for number, text in enumerate(texts)}
    dated = "".join(f'{name} a {cls} ; schema:name "{name}" ; {predicate} "{text}" .\n' for name, text in names.items())
    return {names[subject] for subject, _ in refusals(GOOD + dated)}


def unreadable(texts: Iterable[str], parse: Callable[[str], object]) -> set[str]:
    found = set()
    for text in texts:
        try:
            parse(text)
        except BadInput:
            found.add(text)
    return found


def test_date_is_refused_as_the_loader_refuses_it() -> None:
    texts = RIGHT_DATES + WRONG_DATES
    assert refused_dates(texts, "il:Agreement", "il:signed") == unreadable(texts, parse_date) == set(WRONG_DATES)


def test_interval_is_refused_as_the_loader_refuses_it() -> None:
    texts = RIGHT_DATES + RIGHT_INTERVALS + WRONG_INTERVALS
    assert refused_dates(texts, "schema:Event", "il:during") == unreadable(texts, parse_interval) == set(WRONG_INTERVALS)


OWNERS = {
    "SeatRole": IL.BoardSeat,
    "PostRole": IL.Position,
    "FounderRole": IL.Founding,
    "OwnerRole": IL.Ownership,
    "CaseRole": IL.PartyRole,
}
"""Shape of roles → the one kind of relationship that may have them."""


def test_shapes_are_for_all_that_the_vocabulary_has() -> None:
    entities, kinds = {*vocab.ENTITY_CLASSES.values(), *vocab.ENTITY_SUBCLASSES}, {term.cls for term in vocab.RELATIONSHIP_TERMS.values()}
    assert targets("Kind") == entities | kinds | {IL.Claim, IL.Source, IL.Role}
    assert targets("Entity") == entities
    assert targets("Relationship") == kinds
    owners = {
        "SeatRole": IL.BoardSeat,
        "PostRole": IL.Position,
        "FounderRole": IL.Founding,
        "OwnerRole": IL.Ownership,
        "CaseRole": IL.PartyRole,
    }
    assert {name: targets(name) for name in owners} == {name: kinds - {owner} for name, owner in owners.items()}


def targets(name: str) -> set[Node]:
    return set(SHAPES.objects(IL[f"{name}Shape"], SH.targetClass))


def test_every_constraint_refuses_something() -> None:
    texts = [GOOD + statement for statement in ADDED] + [GOOD.replace(*change) for change in CHANGED]
    texts += [without(kind, end) for kind, end in ENDS_OF_TIES] + [with_two(kind, end) for kind, end in ENDS_OF_TIES]
    assert constraints() == {hit for text in (*texts, OF_EVERY_KIND) for hit in hits(text)}


def constraints() -> set[tuple[str, Node]]:
    """Every constraint in the shapes: the message with which it refuses (a nested one: its path), and its component."""
    named = [(str(message), shape) for shape, message in SHAPES.subject_objects(SH.message)]
    inner = [shape for node in SHAPES.objects(predicate=SH.node) for shape in SHAPES.objects(node, SH.property)]
    named += [(str(one(SHAPES, shape, SH.path)), shape) for shape in inner]
    return {(name, component(predicate)) for name, shape in named for predicate in set(SHAPES.predicates(shape)) - STRUCTURE}


def component(predicate: Node) -> Node:
    name = str(predicate).removeprefix(str(SH))
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


def hits(text: str) -> set[tuple[str, Node]]:
    """Which constraints refuse something in a document, named as in ``constraints``."""
    report, found = results(text)
    nested = [detail for result in found for detail in report.objects(result, SH.detail)]
    named = [(one(report, result, SH.resultMessage), result) for result in found]
    named += [(one(report, detail, SH.resultPath), detail) for detail in nested]
    return {(str(name), one(report, result, SH.sourceConstraintComponent)) for name, result in named}
