from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import interlock.schema
from harness import entity, graph, tie
from interlock.graph import Engine, KnowledgeGraph, load
from interlock.schema import Context, build_schema, print_schema
from interlock.schema.errors import CODES

SCHEMA = build_schema()
GRAPH = graph(
    tie("ann", "acme", "2011-06/2019", kind="BOARD_SEAT", key="seat"),
    tie("ann", "beta", "2000", kind="FOUNDING", key="founding"),
    tie("bob", "acme", kind="POSITION", key="post", observed=["2012-10-09"]),
    tie("acme", "deal", kind="PARTY", key="party", status="ALLEGED"),
    tie("beta", "deal", kind="PARTY", key="party2", status="DISMISSED"),
    entities=[
        entity("Ann", "PERSON"),
        entity("Bob", "PERSON"),
        entity("Acme", "COMPANY", "Acme, Inc."),
        entity("Beta"),
        entity("Deal", "AGREEMENT"),
        entity("Board of Acme", "BOARD", unit_of="acme"),
    ],
)


def ask(document: str, on: KnowledgeGraph = GRAPH, **variables: Any) -> Any:
    result = SCHEMA.execute_sync(document, variable_values=variables, context_value=Context(Engine(on)))
    assert not result.errors, result.errors
    return result.data


def refused(document: str, **variables: Any) -> dict[str, Any]:
    result = SCHEMA.execute_sync(document, variable_values=variables, context_value=Context(Engine(GRAPH)))
    assert result.errors
    (error,) = result.errors
    return {"message": error.message, **(error.extensions or {})}


def test_sdl_is_the_one_that_is_committed() -> None:
    committed = Path(interlock.schema.__file__).with_name("schema.graphql")
    assert committed.read_text(encoding="utf-8") == print_schema(), "run: interlock sdl > schema/schema.graphql"


def test_entity_is_of_the_type_of_its_kind_and_tells_its_own() -> None:
    found = ask(
        """{ entity(ref: "acme, inc") { __typename id slug name aliases kind degree ... on Company {
          board { name company { name } seats { person { name } } } boardSeats(asOf: "2015") { person { name } role } } } }"""
    )["entity"]
    assert found["__typename"] == "Company"
    assert (found["kind"], found["degree"], found["aliases"]) == ("COMPANY", 3, ["Acme, Inc."])
    assert found["board"] == {"name": "Board of Acme", "company": {"name": "Acme"}, "seats": [{"person": {"name": "Ann"}}]}
    assert len(found["boardSeats"]) == 1


def test_seats_are_those_that_held_at_the_time() -> None:
    document = 'query ($at: PartialDate) { entity(ref: "ann") { ... on Person { boardSeats(asOf: $at) { company { name } } } } }'
    assert len(ask(document, at="2015")["entity"]["boardSeats"]) == 1
    assert ask(document, at="2024")["entity"]["boardSeats"] == []


def test_relationships_leave_out_what_was_dismissed_unless_asked_for() -> None:
    document = 'query ($f: RelationshipFilter) { entity(ref: "deal") { relationships(filter: $f) { totalCount nodes { id status } } } }'
    assert [tie["id"] for tie in ask(document)["entity"]["relationships"]["nodes"]] == ["party"]
    assert ask(document, f={"minStatus": "RETRACTED"})["entity"]["relationships"]["totalCount"] == 2


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    document = """query ($after: String) { entities(first: 4, after: $after) {
      totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { id } } }"""
    one = ask(document)["entities"]
    two = ask(document, after=one["pageInfo"]["endCursor"])["entities"]
    assert [node["id"] for page in (one, two) for node in page["nodes"]] == sorted(GRAPH.entities)
    assert (one["pageInfo"]["hasNextPage"], two["pageInfo"]["hasNextPage"], two["pageInfo"]["hasPreviousPage"]) == (True, False, True)
    assert one["totalCount"] == 6


@pytest.mark.parametrize("field", ["entities", 'entity(ref: "ann") { relationships', 'entity(ref: "ann") { timeline', "dataset { sources"])
def test_pages_lead_there_and_back(field: str) -> None:
    *around, name = field.split(" { ")
    before = "".join(f"{each} {{ " for each in around)
    document = f"""query ($first: Int, $after: String, $last: Int, $before: String) {{
      {before} {name}(first: $first, after: $after, last: $last, before: $before) {{
        totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} edges {{ cursor node {{ __typename }} }}
      }} {"} " * len(around)} }}"""

    def page(**arguments: Any) -> Any:
        found = ask(document, first=None, **arguments) if "first" not in arguments else ask(document, **arguments)
        while "edges" not in found:
            (found,) = found.values()
        return found

    cursors = [edge["cursor"] for edge in page()["edges"]]
    assert len(set(cursors)) == page()["totalCount"] > 0
    for place, cursor in enumerate(cursors):
        assert [edge["cursor"] for edge in page(first=1, after=cursor)["edges"]] == cursors[place + 1 : place + 2]
        assert [edge["cursor"] for edge in page(last=1, before=cursor)["edges"]] == cursors[:place][-1:]
        info = page(last=2, before=cursor)["pageInfo"]
        assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, place > 2)
        assert (info["startCursor"], info["endCursor"]) == ((cursors[:place][-2:][0], cursors[place - 1]) if place else (None, None))
    assert [edge["cursor"] for edge in page(last=2)["edges"]] == cursors[-2:]
    assert page(first=0)["edges"] == []


def test_list_of_no_kinds_is_empty() -> None:
    assert ask("{ entities(kinds: []) { totalCount nodes { id } } }")["entities"] == {"totalCount": 0, "nodes": []}
    assert ask('{ search(text: "Ann", kinds: []) { score } }')["search"] == []


def test_question_in_words_pages_like_paths_and_shares_their_cursors() -> None:
    asked = """{ ask(question: "How is Bob connected to Ann?") { paths(first: 1) { totalCount pageInfo { endCursor } } } }"""
    end = ask(asked)["ask"]["paths"]["pageInfo"]["endCursor"]
    assert end
    document = 'query ($after: String) { paths(from: "bob", to: "ann", after: $after) { pageInfo { hasPreviousPage } nodes { id } } }'
    assert ask(document, after=end)["paths"] == {"pageInfo": {"hasPreviousPage": True}, "nodes": []}


def test_case_names_its_parties_by_their_roles() -> None:
    found = ask(
        """{ entity(ref: "Klein v. Meta") { ... on Lawsuit {
          plaintiffs { name } defendants { name } parties { role party { name } } } } }""",
        on=load(),
    )["entity"]
    for role, field in (("plaintiff", "plaintiffs"), ("defendant", "defendants")):
        named = dict.fromkeys(party["party"]["name"] for party in found["parties"] if party["role"] == role)
        assert [each["name"] for each in found[field]] == list(named) != []


def test_timeline_is_oldest_first() -> None:
    nodes = ask('{ entity(ref: "ann") { timeline { nodes { event date { text } relationship { id } } } } }')["entity"]["timeline"]["nodes"]
    told = [(node["event"], node["date"]["text"], node["relationship"]["id"]) for node in nodes]
    assert told == [("HAPPENED", "2000", "founding"), ("STARTED", "2011-06", "seat"), ("ENDED", "2019", "seat")]


def test_node_finds_whatever_has_an_id_and_null_for_the_rest() -> None:
    found = ask('{ nodes(ids: ["ann", "seat", "source/times", "nobody"]) { __typename id } }')["nodes"]
    assert [node and node["__typename"] for node in found] == ["Person", "BoardSeat", "Source", None]


def test_claims_are_nodes_with_their_source() -> None:
    found = ask('{ node(id: "seat") { ... on BoardSeat { claims { id stance status source { title } } } } }')["node"]["claims"]
    assert found == [{"id": "claim/1", "stance": "SUPPORTS", "status": "CONFIRMED", "source": {"title": "The Times"}}]


def test_paths_page_by_cursor_and_say_how_complete_they_are() -> None:
    document = """query ($after: String, $k: Int) { paths(from: "bob", to: "beta", k: $k, first: 1, after: $after,
      filter: {relationships: {minStatus: RETRACTED}}) { totalCount complete stoppedBy excludedByDefault
      pageInfo { endCursor hasNextPage } nodes { id sentence } } }"""
    one = ask(document)["paths"]
    two = ask(document, after=one["pageInfo"]["endCursor"])["paths"]
    assert (one["totalCount"], one["complete"], one["stoppedBy"], one["excludedByDefault"]) == (2, True, "COMPLETE", [])
    assert one["nodes"][0]["id"] != two["nodes"][0]["id"]
    assert not two["pageInfo"]["hasNextPage"]
    assert refused(document, after=one["pageInfo"]["endCursor"], k=9)["code"] == "INVALID_CURSOR"


def test_paths_of_an_answer_page_as_those_of_a_query_do() -> None:
    document = """query($after: String) { ask(question: "How are Ann and Bob connected?") {
        paths(first: 0, after: $after) { totalCount nodes { id } pageInfo { hasNextPage } }
    } }"""
    assert ask(document)["ask"]["paths"] == {"totalCount": 1, "nodes": [], "pageInfo": {"hasNextPage": True}}


def test_hop_to_a_board_leads_to_the_board() -> None:
    hops = ask('{ paths(from: "beta", to: "Acme\'s board") { nodes { hops { from { name } to { name kind } traversal heldThen } } } }')
    assert hops["paths"]["nodes"][0]["hops"] == [
        {"from": {"name": "Beta"}, "to": {"name": "Ann", "kind": "PERSON"}, "traversal": "REVERSE", "heldThen": None},
        {"from": {"name": "Ann"}, "to": {"name": "Board of Acme", "kind": "BOARD"}, "traversal": "FORWARD", "heldThen": None},
    ]


def test_ongoing_is_told_by_the_end_and_never_by_its_absence() -> None:
    document = "query ($id: ID!) { node(id: $id) { ... on Relationship { interval { ongoing end observed } } } }"
    assert ask(document, id="seat")["node"]["interval"]["ongoing"] == "IMPOSSIBLE"
    assert ask(document, id="post")["node"]["interval"] == {"ongoing": "POSSIBLE", "end": None, "observed": ["2012-10-09"]}


@pytest.mark.parametrize(
    ("document", "code", "message"),
    [
        ("{", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED", "nothing"),
        ('{ entity(ref: "Acmee") { id } }', "UNKNOWN_ENTITY", "Did you mean Acme"),
        ('{ paths(from: "ann", to: "ann") { complete } }', "SAME_ENTITY", "Both ends are Ann"),
        ('{ paths(from: "acme", to: "Acme\'s board") { complete } }', "SAME_ENTITY", "part of its company"),
        ('{ paths(from: "ann", to: "bob", maxHops: 13) { complete } }', "BAD_USER_INPUT", "maxHops is 13"),
        ('{ paths(from: "ann", to: "bob", filter: {avoid: ["Acme\'s board"]}) { complete } }', "BAD_USER_INPUT", "never passed through"),
        (
            '{ paths(from: "ann", to: "bob", filter: {relationships: {sources: ["x"]}}) { complete } }',
            "BAD_USER_INPUT",
            "'x' is not a source",
        ),
        ('{ paths(from: "ann", to: "bob", filter: {relationships: {asOf: "2011-13"}}) { complete } }', "BAD_USER_INPUT", "no month 13"),
        ('{ paths(from: "ann", to: "bob", filter: {relationships: {during: "2014/2011"}}) { complete } }', "BAD_USER_INPUT", "ends before"),
        ("{ entities(first: -1) { totalCount } }", "BAD_USER_INPUT", "first is -1"),
        ("{ entities(first: 501) { totalCount } }", "BAD_USER_INPUT", "first is 501"),
        ('{ search(text: "a", first: 101) { score } }', "BAD_USER_INPUT", "first is 101"),
        ("{ entity(ref: 1) { id } }", "BAD_USER_INPUT", "not a text"),
    ],
)
def test_error_carries_its_code_and_names_the_value(document: str, code: str, message: str) -> None:
    error = refused(document)
    assert error["code"] == code
    assert message in error["message"]
    assert code in CODES


def test_question_that_is_not_understood_is_an_answer_that_says_so() -> None:
    found = ask('{ ask(question: "Why?") { understood interpretation from { id } paths { complete } } }')["ask"]
    assert (found["understood"], found["from"], found["paths"]) == (False, None, None)
    assert "How is X connected to Y?" in found["interpretation"]


def test_dataset_tells_its_size_and_sources() -> None:
    found = ask("{ dataset { version entities relationships claims licence sources { totalCount nodes { title publisher } } } }")["dataset"]
    assert (found["version"], found["entities"], found["relationships"], found["claims"]) == ("test", 6, 5, 1)
    assert found["sources"] == {"totalCount": 1, "nodes": [{"title": "The Times", "publisher": "The Times"}]}
