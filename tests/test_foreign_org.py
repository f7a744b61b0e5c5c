from __future__ import annotations

from pathlib import Path

import pytest
from foreign import PEOPLE, loaded, told, unread, warnings

MEMBERSHIP = "e:m a org:Membership ; org:member e:ann ; org:organization e:acme ; {} ."


def test_membership_without_a_role_says_no_more_than_that(tmp_path: Path) -> None:
    graph = loaded(tmp_path, PEOPLE + MEMBERSHIP.format("") + "e:acme org:hasMember e:bob .")
    assert told(graph) == [
        "Ann Example | ASSOCIATION was a member of | Acme",
        "Bob Example | ASSOCIATION was a member of | Acme",
    ]
    assert "http://e.example/m" in graph.relationships
    assert warnings(graph) == []
    assert unread(graph) == {}


@pytest.mark.parametrize(
    ("role", "organization", "told_as"),
    [
        ('org:role [ a org:Role ; skos:prefLabel "Director" ]', "acme", "BOARD_SEAT director"),
        ('org:role [ a org:Role ; skos:prefLabel "Director" ]', "big", "POSITION (Director)"),
        ("org:role e:director", "acme", "BOARD_SEAT director"),
        ('org:role [ skos:prefLabel "Consigliere"@it ]', "big", "BOARD_SEAT director (Consigliere)"),
        ('org:role [ skos:prefLabel "Geschäftsführer"@de, "CEO"@en ]', "acme", "POSITION chief executive officer (CEO)"),
        ('org:role [ skos:prefLabel "Secretary" ]', "acme", "POSITION (Secretary)"),
        ('org:role "Partner"', "acme", "POSITION partner"),
        ("org:role e:42", "acme", "ASSOCIATION was a member of"),
        ('schema:roleName "Chairman"', "acme", "BOARD_SEAT chair of the board (Chairman)"),
    ],
)
def test_role_says_as_what_as_far_as_its_words_are_plain(role: str, organization: str, told_as: str, tmp_path: Path) -> None:
    graph = loaded(tmp_path, PEOPLE + f"e:m a org:Membership ; org:member e:ann ; org:organization e:{organization} ; {role} .")
    assert told(graph) == [f"Ann Example | {told_as} | {organization.title()}"]
    assert unread(graph) == {}


DATES = {
    'time:inXSDDate "2011-06-22"^^xsd:date': "2011-06-22",
    'time:inXSDDate "2011-06-22+02:00"^^xsd:date': "2011-06-22",
    'time:inXSDDateTime "2011-06-22"^^xsd:date': "2011-06-22",
    'time:inXSDDateTime "2011-06-22T23:30:00"^^xsd:dateTime': "2011-06-22",
    'time:inXSDDateTimeStamp "2011-06-22T23:30:00.5-05:00"^^xsd:dateTimeStamp': "2011-06-22",
    'time:inXSDgYear "2011"^^xsd:gYear': "2011",
    'time:inXSDgYearMonth "2011-06"^^xsd:gYearMonth': "2011-06",
    'time:inXSDgYear "2011"^^xsd:gYear ; time:inXSDDate "2011-06-22"^^xsd:date': "2011-06-22",
    'time:inDateTime [ time:unitType time:unitDay ; time:year "2011"^^xsd:gYear ; time:month "--06"^^xsd:gMonth ;'
    ' time:day "---02"^^xsd:gDay ]':
        "2011-06-02",
    'time:inDateTime [ a time:DateTimeDescription ; time:year "2011" ; time:month 6 ]': "2011-06",
    'time:inDateTime [ time:year "2011"^^xsd:gYear ]': "2011",
}  # fmt: skip


@pytest.mark.parametrize("instant", DATES)
def test_every_way_in_which_owl_time_writes_a_date_is_read_and_made_no_finer(instant: str, tmp_path: Path) -> None:
    begins = f"org:memberDuring [ a time:ProperInterval ; time:hasBeginning [ a time:Instant ; {instant} ] ]"
    ends = f"org:memberDuring [ a time:Interval ; time:hasEnd [ {instant} ] ]"
    one, other = (loaded(tmp_path, PEOPLE + MEMBERSHIP.format(during)) for during in (begins, ends))
    assert told(one) == [f"Ann Example | ASSOCIATION was a member of | Acme | {DATES[instant]}/"]
    assert told(other) == [f"Ann Example | ASSOCIATION was a member of | Acme | /{DATES[instant]}"]
    assert warnings(one) == warnings(other) == []
    assert unread(one) == unread(other) == {}


@pytest.mark.parametrize(
    ("during", "interval"),
    [
        ('"2011-06-22/2014"', "2011-06-22/2014"),
        ('"2011-06-22T10:00:00Z/2014-01-02T10:00:00Z"', "2011-06-22/2014-01-02"),
        ('"2011"^^xsd:gYear', "2011"),
        ("<http://reference.data.gov.uk/id/year/2011>", "2011"),
        ('[ a time:Instant ; time:inXSDgYear "2011"^^xsd:gYear ]', "2011"),
        ("[ time:hasBeginning <http://reference.data.gov.uk/id/day/2011-06-22> ]", "2011-06-22/"),
    ],
)
def test_interval_may_be_a_text_a_calendar_iri_or_an_instant(during: str, interval: str, tmp_path: Path) -> None:
    graph = loaded(tmp_path, PEOPLE + MEMBERSHIP.format(f"org:memberDuring {during}"))
    assert [tie.interval.text for tie in graph.relationships.values()] == [interval]


@pytest.mark.parametrize(
    ("during", "subject", "message"),
    [
        ('[ time:hasBeginning [ time:inXSDDate ""^^xsd:date ] ]', "time:hasBeginning of org:memberDuring of <http://e.example/m>", "empty"),
        ('[ time:hasBeginning [ time:inXSDDate "2011-02-30"^^xsd:date ] ]', "time:hasBeginning of org:memberDuring of", "'2011-02-30'"),
        ('[ time:hasEnd [ time:inDateTime [ time:year "MMXI" ] ] ]', "time:inDateTime of time:hasEnd of", "'MMXI'"),
        ("e:never", "<http://e.example/m>", "of which nothing is said"),
        ('"whenever"', "<http://e.example/m>", "'whenever'"),
        ('[ time:hasBeginning [ time:inXSDgYear "2014" ] ; time:hasEnd [ time:inXSDgYear "2011" ] ]', "org:memberDuring of", "2014/2011"),
    ],
)
def test_date_that_says_nothing_is_a_warning_with_the_name_of_its_subject(during: str, subject: str, message: str, tmp_path: Path) -> None:
    graph = loaded(tmp_path, PEOPLE + MEMBERSHIP.format(f"org:memberDuring {during}"))
    assert told(graph) == ["Ann Example | ASSOCIATION was a member of | Acme"]
    (warning,) = warnings(graph)
    assert warning.startswith(subject)
    assert message in warning


def test_several_members_of_one_membership_are_relationships_of_their_own(tmp_path: Path) -> None:
    text = 'e:m a org:Membership ; org:member e:ann, e:bob ; org:organization e:acme ; org:role [ skos:prefLabel "Director" ] .'
    graph = loaded(tmp_path, PEOPLE + text)
    assert [line.partition(" |")[0] for line in told(graph)] == ["Ann Example", "Bob Example"]
    assert all(id.startswith("relationship/") for id in graph.relationships)


def test_post_links_its_holders_to_its_organization_from_either_end(tmp_path: Path) -> None:
    text = """
    e:acme org:hasPost e:cfo . e:cfo a org:Post ; skos:prefLabel "CFO" . e:ann org:holds e:cfo .
    e:desk a org:Post ; org:postIn e:big ; org:heldBy e:bob .
    e:free a org:Post ; skos:prefLabel "Free" ; org:postIn e:big .
    """
    graph = loaded(tmp_path, PEOPLE + text)
    assert told(graph) == ["Ann Example | POSITION chief financial officer (CFO) | Acme", "Bob Example | POSITION | Big"]
    assert warnings(graph) == ["<http://e.example/free> (Free): is a post that nobody holds: it is left out"]


def test_unit_that_is_called_a_board_is_the_board_and_its_members_have_seats(tmp_path: Path) -> None:
    text = """
    e:board a org:OrganizationalUnit ; skos:prefLabel "Board of Directors" ; org:unitOf e:big ; org:hasMember e:ann .
    e:lab a org:OrganizationalUnit ; skos:prefLabel "Laboratory" ; org:unitOf e:big . e:bob org:headOf e:lab .
    """
    graph = loaded(tmp_path, PEOPLE + text)
    assert told(graph) == [
        "Ann Example | BOARD_SEAT director | Big",
        "Bob Example | POSITION head | Laboratory",
        "Laboratory | ASSOCIATION was a part of | Big",
    ]
    board = graph.board_of("http://e.example/big")
    assert board is not None
    assert board.id == "http://e.example/board"


def test_company_on_a_board_is_associated_since_only_people_have_seats(tmp_path: Path) -> None:
    text = 'e:m a org:Membership ; org:member e:big ; org:organization e:acme ; org:role [ skos:prefLabel "Director" ] .'
    assert told(loaded(tmp_path, PEOPLE + text)) == ["Big | ASSOCIATION was a member of (Director) | Acme"]


def test_organizations_in_a_circle_are_told_as_they_are_and_none_is_its_own_part(tmp_path: Path) -> None:
    graph = loaded(tmp_path, PEOPLE + "e:acme org:subOrganizationOf e:big . e:big org:subOrganizationOf e:acme, e:big .")
    assert told(graph) == ["Acme | ASSOCIATION was a part of | Big", "Big | ASSOCIATION was a part of | Acme"]
    assert warnings(graph) == ["<http://e.example/big> (Big): has a relationship with itself, which is left out"]


def test_membership_of_nobody_and_people_who_are_only_spoken_of_are_warnings(tmp_path: Path) -> None:
    text = "e:m a org:Membership ; org:organization e:acme . e:n org:member e:eve ; org:organization e:acme ."
    graph = loaded(tmp_path, PEOPLE + text)
    assert told(graph) == ["eve | ASSOCIATION was a member of | Acme"]
    assert warnings(graph) == [
        "<http://e.example/eve>: is spoken of and not described: it is called 'eve', like the end of its IRI",
        "<http://e.example/m>: is a membership without org:member: it is left out",
    ]
