"""Each shape refuses what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SH

from interlock.graph.check import violations
from interlock.graph.rdf import read
from interlock.graph.vocabulary import SEEDS
from interlock.seeds.vocab import PREFIXES

GOOD = (
    "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    + """
entity:ann a schema:Person ; schema:name "Ann" ; dcterms:description "A founder" .
entity:bob a schema:Person ; schema:name "Bob" .
entity:acme a schema:Corporation ; schema:name "Acme" ; skos:altLabel "Acme, Inc." ; dcterms:identifier "cik:42" ;
    schema:sameAs <https://x.example/> .
entity:board a il:Board ; schema:name "Board of Acme" ; org:unitOf entity:acme .
entity:app a schema:Product ; schema:name "App" .
entity:deal a il:Agreement ; schema:name "Deal" ; il:signed "2012-01" ; schema:amount [ schema:value 5 ; schema:currency "USD" ] .
entity:case a il:Lawsuit ; schema:name "Case" ; il:court "A court" ; il:caseNumber "1" ; il:fileDate "2012" ; il:outcome "Settled" .
entity:party a schema:Event ; schema:name "Party" ; il:during "2012" .
rel:seat a il:BoardSeat ; org:member entity:ann ; org:organization entity:acme ; org:role role:director ; il:during "2011/2012" .
rel:post a il:Position ; org:member entity:ann ; org:organization entity:acme ; schema:roleName "boss" .
rel:founding a il:Founding ; il:founder entity:ann ; il:founded entity:acme .
rel:stake a il:Ownership ; il:owner entity:ann ; il:asset entity:acme ; il:share 5.5 .
rel:purchase a il:Acquisition ; il:acquirer entity:acme ; il:acquired entity:app .
rel:money a il:Investment ; il:investor entity:ann ; il:investee entity:acme .
rel:signatory a il:PartyRole ; il:party entity:ann ; il:partyTo entity:deal .
rel:maker a il:Operation ; il:operator entity:acme ; il:product entity:app .
rel:guest a il:Involvement ; il:participant entity:ann ; il:involvedIn entity:party .
rel:friends a il:PersonalTie ; il:person entity:ann ; il:relative entity:bob .
rel:other a il:Association ; il:subject entity:ann ; il:object entity:case ; il:phrase "saw" ; il:inverseLabel "was seen by" .
source:s a il:Source ; dcterms:title "S" ; dcterms:publisher "P" ; schema:url <https://s.example/> ;
    dcterms:issued "2012-05-06" ; il:tier "S" .
source:s {
  claim:seat a il:Claim ; il:supports rel:seat ; il:status il:confirmed ; il:observed "2012-05-06" ; dcterms:date "2012" .
  claim:post a il:Claim ; il:supports rel:post ; il:status il:confirmed ; prov:wasAttributedTo entity:ann .
  claim:no a il:Claim ; il:contradicts rel:post ; il:status il:disputed .
"""
    + "".join(
        f"  claim:{name} a il:Claim ; il:supports rel:{name} ; il:status il:alleged .\n"
        for name in ("founding", "stake", "purchase", "money", "signatory", "maker", "guest", "friends", "other")
    )
    + "}\n"
)

BAD = [
    # what is changed, into what, whose fault it is, what is said of it
    ('schema:name "Ann" ;', "", "entity:ann", "needs exactly one schema:name"),
    ('schema:name "Ann"', 'schema:name "Ann", "Anna"', "entity:ann", "needs exactly one schema:name"),
    ('schema:name "Ann"', 'schema:name " Ann"', "entity:ann", "needs exactly one schema:name"),
    ('"Acme, Inc."', '""', "entity:acme", "skos:altLabel that is empty"),
    ('"cik:42"', '"42"', "entity:acme", "of no known scheme"),
    ('"A founder"', '"A founder", "A person"', "entity:ann", "several descriptions"),
    ("<https://x.example/>", '"https://x.example/"', "entity:acme", "schema:sameAs that is no IRI"),
    ("org:unitOf entity:acme", "org:unitOf entity:ann", "entity:board", "exactly one org:unitOf"),
    ('il:signed "2012-01"', 'il:signed "Jan 2012"', "entity:deal", "il:signed that is no single EDTF date"),
    ("schema:value 5 ;", "", "", "needs one schema:value"),
    ("schema:value 5", "schema:value -5", "", "needs one schema:value"),
    ('schema:currency "USD"', 'schema:currency "$"', "", "schema:currency of three capitals"),
    ('il:court "A court" ;', "", "entity:case", "exactly one il:court"),
    ('il:caseNumber "1"', 'il:caseNumber "1", "2"', "entity:case", "several il:caseNumber"),
    ('il:outcome "Settled"', 'il:outcome "Settled", "Lost"', "entity:case", "several il:outcome"),
    ('il:fileDate "2012"', 'il:fileDate "12"', "entity:case", "no EDTF date such as"),
    ('il:during "2011/2012"', 'il:during "2011-2012"', "rel:seat", "il:during that is an EDTF date or interval"),
    ('il:during "2012"', 'il:during "2012", "2013"', "entity:party", "needs one il:during"),
    ("il:supports rel:founding", "il:supports rel:money", "rel:founding", "has no claim"),
    ("org:role role:director", "org:role role:dictator", "rel:seat", "is no il:Role"),
    ('schema:roleName "boss"', 'schema:roleName "boss", "chief"', "rel:post", "several schema:roleName"),
    ("il:share 5.5", "il:share 105", "rel:stake", "no single percentage"),
    ('; il:phrase "saw" ; il:inverseLabel "was seen by"', "", "rel:other", "says nothing of what it is"),
    (
        "org:member entity:ann ; org:organization entity:acme ; org:role",
        "org:member entity:acme ; org:organization entity:acme ; org:role",
        "rel:seat",
        "org:member, that is a person",
    ),
    (
        "org:organization entity:acme ; org:role",
        "org:organization entity:board ; org:role",
        "rel:seat",
        "org:organization, that is a company",
    ),
    (
        "org:member entity:ann ; org:organization entity:acme ; schema",
        "org:organization entity:acme ; schema",
        "rel:post",
        "exactly one org:member",
    ),
    ("org:organization entity:acme ; schema", "org:organization entity:deal ; schema", "rel:post", "a company, organization or product"),
    ("il:founder entity:ann", "il:founder entity:app", "rel:founding", "exactly one il:founder"),
    ("il:founded entity:acme", "il:founded entity:ann", "rel:founding", "exactly one il:founded"),
    ("il:owner entity:ann", "il:owner entity:app", "rel:stake", "exactly one il:owner"),
    ("il:asset entity:acme", "il:asset entity:acme, entity:ann", "rel:stake", "exactly one il:asset"),
    ("il:acquirer entity:acme", "il:acquirer entity:ann", "rel:purchase", "exactly one il:acquirer"),
    ("il:acquired entity:app", "il:acquired entity:ann", "rel:purchase", "exactly one il:acquired"),
    ("il:investor entity:ann", "il:investor entity:deal", "rel:money", "exactly one il:investor"),
    ("il:investee entity:acme", "il:investee entity:ann", "rel:money", "exactly one il:investee"),
    ("il:party entity:ann", "il:party entity:board", "rel:signatory", "exactly one il:party,"),
    ("il:partyTo entity:deal", "il:partyTo entity:acme", "rel:signatory", "exactly one il:partyTo"),
    ("il:operator entity:acme", "il:operator entity:ann", "rel:maker", "exactly one il:operator"),
    ("il:product entity:app", "il:product entity:acme", "rel:maker", "exactly one il:product"),
    ("il:participant entity:ann", "il:participant entity:app", "rel:guest", "exactly one il:participant"),
    ("il:involvedIn entity:party", "il:involvedIn entity:acme", "rel:guest", "exactly one il:involvedIn"),
    ("il:person entity:ann", "il:person entity:acme", "rel:friends", "exactly one il:person"),
    ("il:relative entity:bob", "il:relative entity:acme", "rel:friends", "exactly one il:relative"),
    ("il:subject entity:ann", "il:subject entity:board", "rel:other", "exactly one il:subject"),
    ("il:object entity:case", "il:object entity:board", "rel:other", "exactly one il:object"),
    ("il:supports rel:seat", "il:supports rel:seat, rel:post", "claim:seat", "exactly one il:supports or exactly one il:contradicts"),
    ("il:status il:confirmed ; il:observed", "il:status il:sure ; il:observed", "claim:seat", "exactly one il:status out of"),
    ('il:observed "2012-05-06"', 'il:observed "6 May 2012"', "claim:seat", "il:observed that is no EDTF date"),
    ('dcterms:date "2012"', 'dcterms:date "12"', "claim:seat", "dcterms:date that is no single EDTF date"),
    ("prov:wasAttributedTo entity:ann", "prov:wasAttributedTo entity:ann, entity:bob", "claim:post", "attributed to several"),
    (
        "il:supports rel:seat ; il:status il:confirmed",
        "il:supports rel:seat ; il:status il:disputed",
        "claim:seat",
        "a denial is an il:contradicts",
    ),
    ("il:status il:disputed", "il:status il:alleged", "claim:no", "contradicts; its status is"),
    ('dcterms:title "S" ;', "", "source:s", "exactly one dcterms:title"),
    ('dcterms:publisher "P"', 'dcterms:publisher "P", "Q"', "source:s", "several dcterms:publisher"),
    ("<https://s.example/>", "<javascript:alert(1)>", "source:s", "no single http or https link"),
    ('dcterms:issued "2012-05-06"', 'dcterms:issued "May"', "source:s", "dcterms:issued or il:retrieved that is no EDTF date"),
    ('il:tier "S"', 'il:tier "X"', "source:s", "needs one il:tier"),
]


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "data.trig"
    path.write_text(text, encoding="utf-8")
    return [f"{problem.subject}: {problem.message}" for problem in violations(read([path]))]


def test_shapes_accept_what_is_right(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(("old", "new", "subject", "message"), BAD)
def test_shapes_refuse_what_is_wrong(old: str, new: str, subject: str, message: str, tmp_path: Path) -> None:
    assert GOOD.count(old) == 1, "the change must be one"
    found = faults(tmp_path, GOOD.replace(old, new))
    assert any(fault.startswith(f"{subject}") and message in fault for fault in found), found


def test_shapes_are_each_refused_by_at_least_one_case() -> None:
    shapes = Graph().parse(SEEDS / "shapes.ttl")
    messages = {str(message) for message in shapes.objects(None, SH.message)}
    assert {message for message in messages if not any(said in message for *_, said in BAD)} == set()
    assert set(shapes.subjects(RDF.type, SH.NodeShape))
