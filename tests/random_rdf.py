"""Small datasets of RDF at random: most of it of the common shape, some of it wrong if wanted."""

from __future__ import annotations

import random

from rdflib.namespace import OWL, SKOS

from interlock.graph.model import ENDS
from interlock.seeds import vocab

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DATES = ["2011-06/2014", "2011/..", "/2013-02", "2011", "2012?", "2015/2010", "nonsense", "2011-06-22/", "2013~/"]
DAYS = ["2012-10-09", "2010", "2013-05", "then"]
NAMES = ["Name é", "The Acme", "A.B. O'Neil & Sons", "Co", "the inc", "_", "Ünder", 'Quoted \\"', "UPPER-CASE", "Black and Blue"]
FORMS = ["", " Inc.", " Co., Ltd", " company", " Holding", " S.p.A.", " Public Limited Company", " A/S"]
ROLES = ["plaintiff", "chief-executive-officer", "defendant", "judge", "no-such-role"]


def at(place: str) -> str:
    return f"<{vocab.BASE}{place}>"


def il(name: str) -> str:
    return f"<{vocab.IL[name]}>"


def dataset(seed: int, faulty: bool, padded: bool = False) -> list[str]:
    """Lines of a small dataset: most of it of the common shape, some of it wrong, or with space around names, if wanted."""
    draw = random.Random(seed)
    dates, days = (DATES, DAYS) if faulty else (DATES[:3], DAYS[:1])
    lines, kinds = [], draw.choices(["PERSON", "COMPANY", "ORGANIZATION", "LAWSUIT", "EVENT", "PRODUCT"], k=draw.randint(2, 9))
    for number, kind in enumerate(kinds):
        entity = at(f"entity/e{number}")
        name = f"{draw.choice(NAMES)} {draw.choice([number, ''])}{draw.choice(FORMS)}".strip()
        name = f" {name}\\t" if padded and draw.random() < 0.2 else name
        lines += [f"{entity} {RDF_TYPE} <{vocab.ENTITY_CLASSES[kind]}> .", f'{entity} <{vocab.SDO.name}> "{name}" .']
        lines += [f'{entity} {il("during")} "{draw.choice(DATES[1:3])}" .'] if draw.random() < 0.3 else []
        lines += [f'{entity} {il("fileDate")} "2010" .'] if kind == "LAWSUIT" else []
        lines += [f'{entity} <{vocab.SKOS.altLabel}> "Alias" .'] if draw.random() < 0.2 else []
    for number in range(3):
        source = at(f"source/s{number}")
        lines += [f"{source} {RDF_TYPE} {il('Source')} .", f'{source} <{vocab.DCTERMS.title}> "Source {number}" .']
        lines += [f'{source} <{vocab.DCTERMS.publisher}> "Paper" .'] if draw.random() < 0.3 else []
        lines += [f'{source} <{vocab.DCTERMS.issued}> "2011" .'] if draw.random() < 0.3 else []
    for number in range(draw.randint(1, 12)):
        lines += _tie(draw, number, kinds, dates, days, faulty)
    return lines


def likenesses(seed: int, lines: list[str]) -> list[str]:
    """These lines with some entities under two IRIs, and with what says that these are the same, or isn't enough to say so."""
    draw = random.Random(seed)
    entities = [line.split(" ", 1)[0] for line in lines if f"{RDF_TYPE} <https://schema.org/" in line or il("Lawsuit") in line]
    found = list(lines)
    for number in range(draw.randint(1, 3)):
        one, twin = draw.choice(entities), draw.choice([at(f"entity/a{number}"), at(f"entity/t{number}"), f"<https://b.example/{number}>"])
        said = [line.split(" ", 1)[1] for line in lines if line.startswith(f"{one} ")]
        found = [line.replace(f"{one} .", f"{twin} .") if draw.random() < 0.4 else line for line in found]
        found += [f"{twin} {each}" for each in said if RDF_TYPE in each or str(vocab.SDO.name) in each or draw.random() < 0.5]
        if draw.random() < 0.4:
            found = [
                line.replace('> "', '> "Other ', 1) if line.startswith(twin) and str(vocab.SDO.name) in line else line for line in found
            ]
        found += _bond(draw, one, twin)
    for _ in range(draw.choice([0, 0, 1])):
        found += _bond(draw, draw.choice(entities), draw.choice(entities))
    return found


def _bond(draw: random.Random, one: str, other: str) -> list[str]:
    same = f"<{draw.choice([vocab.SDO.sameAs, OWL.sameAs, SKOS.exactMatch])}>"
    pages = draw.choice([("http://www.wikidata.org/entity/Q1", "https://www.wikidata.org/wiki/Q1"), ("https://a.example/", "x:gone")])
    keys = draw.choice([("cik:1", "cik:01"), ("lei:a", "lei:A"), ("lei:a", "lei:b"), ("wikidata:Q2", "wikidata:Q2"), ("isin:1", "isin:1")])
    match draw.randrange(6):
        case 0 | 1:
            return [f"{one} {same} {other} ."]
        case 2 | 3:
            return [f'{each} <{vocab.DCTERMS.identifier}> "{key}" .' for each, key in zip((one, other), keys, strict=True)]
        case 4:
            return [f"{one} {same} <{pages[0]}> .", f"<{pages[1]}> {same} {other} ."]
        case _:
            return [f"{one} <{OWL.differentFrom}> {other} ."]


def _tie(draw: random.Random, number: int, kinds: list[str], dates: list[str], days: list[str], faulty: bool) -> list[str]:
    one, other = draw.sample(range(len(kinds)), 2)
    able = [kind for kind, (sources, targets) in ENDS.items() if kinds[one] in sources and kinds[other] in targets]
    tie, term = at(f"relationship/r{number}"), vocab.RELATIONSHIP_TERMS[draw.choice(able)]
    lines = [f"{tie} {RDF_TYPE} <{term.cls}> .", f"{tie} <{term.source}> {at(f'entity/e{one}')} ."]
    lines += [f"{tie} <{term.target}> {at(f'entity/e{other}')} ."]
    lines += [f'{tie} {il("during")} "{draw.choice(dates)}" .'] if draw.random() < 0.5 else []
    role = draw.choice(ROLES if faulty else ROLES[:-1])
    lines += [f"{tie} <{vocab.ORG.role}> {at(f'role/{role}')} ."] if draw.random() < 0.3 else []
    return lines + _claims(draw, tie, number, days)


def _claims(draw: random.Random, tie: str, number: int, days: list[str]) -> list[str]:
    lines = []
    for each in range(draw.choice([1, 1, 2, 3])):
        claim, graph = at(f"claim/c{number}-{each}"), at(f"source/s{draw.randrange(3)}")
        stance = il("contradicts" if draw.random() < 0.1 else "supports")
        status = f"<{draw.choice([*vocab.STATUSES.values()])}>"
        said = [f"{RDF_TYPE} {il('Claim')}", f"{stance} {tie}", f"{il('status')} {status}"]
        said += [f'{il("observed")} "{draw.choice(days)}"'] if days and draw.random() < 0.3 else []
        said += [f'{il("quote")} "So"'] if draw.random() < 0.1 else []
        lines += [f"{claim} {each} {graph} ." for each in said]
    return lines
