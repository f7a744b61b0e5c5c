from __future__ import annotations

from pathlib import Path

import pytest
from foreign import loaded, told, unread, warnings

from interlock.graph import load

THINGS = """
e:ann a schema:Person ; schema:name "Ann Example" .
e:acme a schema:Corporation ; schema:name "Acme" .
e:big a schema:NGO ; schema:name "Big" .
"""


@pytest.mark.parametrize("base", ["http://schema.org/", "https://schema.org/"])
@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("e:ann schema:worksFor e:acme", "Ann Example | POSITION employee | Acme"),
        ("e:acme schema:employee e:ann", "Ann Example | POSITION employee | Acme"),
        ('e:ann schema:worksFor e:acme ; schema:jobTitle "CEO"', "Ann Example | POSITION chief executive officer (CEO) | Acme"),
        ("e:acme schema:founder e:ann", "Ann Example | FOUNDING founder | Acme | /.."),
        ("e:big schema:member e:ann", "Ann Example | ASSOCIATION was a member of | Big"),
        ("e:acme schema:parentOrganization e:big", "Acme | ASSOCIATION was a part of | Big"),
        ("e:big schema:subOrganization e:acme", "Acme | ASSOCIATION was a part of | Big"),
        ("e:big schema:owns e:acme", "Big | OWNERSHIP | Acme"),
        ("e:ann schema:alumniOf e:big", "Ann Example | ASSOCIATION studied at | Big"),
        (
            'e:acme schema:member [ a schema:OrganizationRole ; '
            'schema:member e:ann ; schema:roleName "Board member" ; schema:startDate "2011-06" ]',
            "Ann Example | BOARD_SEAT director (Board member) | Acme | 2011-06/",
        ),
        (
            'e:ann schema:worksFor [ a schema:EmployeeRole ; schema:worksFor e:acme ; schema:roleName "Clerk" ; schema:endDate "2014" ]',
            "Ann Example | POSITION (Clerk) | Acme | /2014",
        ),
        (
            'e:ann schema:owns [ a schema:OwnershipInfo ; schema:typeOfGood e:acme ; '
            'schema:ownedFrom "2011" ; schema:ownedThrough "2014-02-03" ]',
            "Ann Example | OWNERSHIP | Acme | 2011/2014-02-03",
        ),
    ],
)  # fmt: skip
def test_relationships_are_read_with_http_and_with_https(statement: str, line: str, base: str, tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    prefixes = f"@prefix schema: <{base}> . @prefix e: <http://e.example/> ."
    path.write_text(f"{prefixes}{THINGS}{statement} .", encoding="utf-8")
    graph = load(path)
    assert told(graph) == [line]
    assert unread(graph) == {}
    assert warnings(graph) == []


def test_work_for_two_leaves_the_job_title_unread(tmp_path: Path) -> None:
    graph = loaded(tmp_path, THINGS + 'e:ann schema:worksFor e:acme, e:big ; schema:jobTitle "CEO" .')
    assert told(graph) == ["Ann Example | POSITION employee | Acme", "Ann Example | POSITION employee | Big"]
    assert unread(graph) == {"jobTitle": 1}


def test_text_where_a_thing_belongs_and_a_role_of_nobody_are_warnings(tmp_path: Path) -> None:
    graph = loaded(tmp_path, THINGS + 'e:ann schema:worksFor "Acme" . e:acme schema:member [ a schema:Role ] .')
    assert told(graph) == []
    assert warnings(graph) == [
        "<http://e.example/ann> (Ann Example): has the text 'Acme' where a thing with an IRI or properties belongs: it is left out",
        "schema:member of <http://e.example/acme> (Acme): is a role that leads to nobody: it is left out",
    ]


def test_organization_is_described_with_its_identifiers_links_and_dates(tmp_path: Path) -> None:
    text = """
    e:acme schema:alternateName "Acme Inc." ; schema:description "Makes anvils." ; schema:leiCode "5493006MHB84DD0ZWV18" ;
      schema:sameAs <https://acme.example/>, "https://other.example/acme", <javascript:alert(1)> ; owl:sameAs e:ACME ;
      dcterms:identifier "cik:42" ; schema:foundingDate "1998-02-03"^^xsd:date ; schema:dissolutionDate ""^^xsd:date ;
      schema:email "a@b.c" .
    """
    graph = loaded(tmp_path, THINGS + text)
    acme = graph.entities["http://e.example/acme"]
    assert (acme.kind, acme.aliases, acme.description) == ("COMPANY", ("Acme Inc.",), "Makes anvils.")
    assert acme.identifiers == ("cik:42", "lei:5493006MHB84DD0ZWV18")
    assert acme.same_as[:3] == ("http://e.example/ACME", "https://acme.example/", "https://other.example/acme")
    assert acme.interval is not None
    assert acme.interval.text == "1998-02-03/"
    assert unread(graph) == {"email": 1}
    assert [warning.partition(": ")[2] for warning in warnings(graph)] == [
        "has an empty date (date), which says nothing: it is left out",
        "is the same as 'javascript:alert(1)'; only http and https are allowed there: it is left out",
    ]


def test_death_ends_what_a_person_held_unless_the_dates_contradict_it(tmp_path: Path) -> None:
    post = 'e:acme schema:employee [ a schema:Role ; schema:employee e:ann ; schema:startDate "{}" ] .'
    dead = THINGS + 'e:ann schema:deathDate "2011-10-05"^^xsd:date .'
    assert told(loaded(tmp_path, dead + post.format(2001))) == ["Ann Example | POSITION employee | Acme | 2001/2011-10-05"]
    contradicted = loaded(tmp_path, dead + post.format(2015))
    assert told(contradicted) == ["Ann Example | POSITION employee | Acme | 2015/"]
    assert "the day of death is left out" in warnings(contradicted)[0]
