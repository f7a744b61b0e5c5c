"""Every error has a code of the one table, and what can help beside it."""

from __future__ import annotations

import ast
import json
import logging
from pathlib import Path
from typing import Any

import pytest

import interlock.graph
import interlock.schema
from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, KnowledgeGraph
from interlock.graph.errors import QuestionError
from interlock.schema import Context, build_schema
from interlock.schema.errors import CODES

SCHEMA = build_schema()


def made(version: str = "test") -> KnowledgeGraph:
    entities = [entity("Ann", "PERSON"), entity("Acme"), entity("Acme Foods"), entity("Quick Silver", "PERSON", "Mercury")]
    found = graph(tie("ann", "acme"), tie("ann", "acme-foods"), entities=[*entities, entity("Planet", "COMPANY", "Mercury")])
    found.version = version
    return found


CONTEXT = Context(Engine(made(), PATIENT))
PAGE = "{ entities(kinds: [%s], first: 1, %s: %s) { pageInfo { endCursor } } }"


def answer(document: str, context: Context = CONTEXT, **variables: Any) -> tuple[Any, list[dict[str, Any]]]:
    """The data, and of each error its message, path and extensions."""
    result = SCHEMA.execute_sync(document, variables, context)
    return result.data, [{"message": e.message, "path": e.path, **(e.extensions or {})} for e in result.errors or ()]


def page(cursor: str, argument: str = "after") -> str:
    return PAGE % ("COMPANY", argument, json.dumps(cursor))


def cursor(context: Context = CONTEXT, kind: str = "COMPANY") -> str:
    data, _ = answer(PAGE % (kind, "after", "null"), context)
    return str(data["entities"]["pageInfo"]["endCursor"])


GOOD = cursor()
FORGED = cursor(Context(CONTEXT.engine, cursor_key=b"another key"))
STALE = cursor(Context(Engine(made("an older one"), PATIENT)))
OTHER = cursor(kind="PERSON")

PROVOKED = {
    "GRAPHQL_PARSE_FAILED": ["{", "{ entity(ref: ) { id } }", ""],
    "GRAPHQL_VALIDATION_FAILED": [
        "{ nothing }",
        "{ entity { id } }",
        'query ($n: Int) { entity(ref: $n) { id } search(text: "a", first: $n) { score } }',
        "{ entities(first: 99999999999) { totalCount } }",
        "query ($v: Int!) { entities(first: $v) { totalCount } }",
    ],
    "BAD_USER_INPUT": [
        "{ entity(ref: 1) { id } }",
        "{ entities(first: -1) { totalCount } }",
        "{ entities(first: 1, last: 1) { totalCount } }",
        '{ paths(from: "ann", to: "acme", filter: {relationships: {asOf: "2011-13"}}) { complete } }',
        '{ paths(from: "ann", to: "acme", filter: {relationships: {asOf: "2011", during: "2011/2012"}}) { complete } }',
        '{ paths(from: "ann", to: "acme", filter: {relationships: {kinds: []}}) { complete } }',
        '{ paths(from: "ann", to: "acme", filter: {maxTransitDegree: -1}) { complete } }',
        '{ paths(from: "ann", to: "acme", minHops: 7) { complete } }',
        '{ entity(ref: "ann") { ... on Person { boardSeats(during: "2014/2011") { id } } } }',
        '{ neighborhood(of: ["ann"]) { exportUrl(format: "pdf") } }',
    ],
    "UNKNOWN_ENTITY": ['{ entity(ref: "Acmee") { id } }', '{ neighborhood(of: ["ann", "nobody at all"]) { complete } }'],
    "AMBIGUOUS_ENTITY": ['{ entity(ref: "Mercury") { id } }', '{ paths(from: "ann", to: "mercury") { complete } }'],
    "SAME_ENTITY": ['{ paths(from: "ann", to: "ANN") { complete } }'],
    "INVALID_CURSOR": [page("x"), page(""), page(FORGED), page(OTHER), page(GOOD[:-1]), page(GOOD.swapcase(), "before")],
    "STALE_CURSOR": [page(STALE), page(STALE, "before")],
}
"""What is answered with which code. The others are those of HTTP, of what a document costs, and of what nobody foresaw."""
OF_HTTP = {
    "BACKEND_UNAVAILABLE",
    "RATE_LIMITED",
    "UNAUTHENTICATED",
    "SERVER_BUSY",
    "QUERY_TOO_COSTLY",
    "OPERATION_RESOLUTION_FAILURE",
    "DOCUMENT_NOT_FOUND",
    "DOCUMENT_NOT_TRUSTED",
    "BAD_REQUEST",
}


@pytest.mark.parametrize(("code", "document"), [(code, each) for code, documents in PROVOKED.items() for each in documents])
def test_document_is_refused_with_its_code(code: str, document: str) -> None:
    _, errors = answer(document)
    assert {error["code"] for error in errors} == {code}
    assert all(error["message"] for error in errors)


def test_cursor_of_the_same_list_is_taken() -> None:
    assert answer(page(GOOD))[1] == []


def test_every_code_is_provoked_here_or_known_to_be_provoked_elsewhere() -> None:
    assert PROVOKED.keys() | OF_HTTP | {"INTERNAL"} == CODES.keys()


def test_every_code_that_the_domain_raises_is_in_the_table() -> None:
    def below(kind: type[QuestionError]) -> set[str]:
        return {kind.__dict__["code"]} - {None} if "code" in kind.__dict__ else set().union(*map(below, kind.__subclasses__()))

    assert below(QuestionError) <= CODES.keys()
    assert {"BAD_USER_INPUT", "STALE_CURSOR"} <= below(QuestionError)


def test_variables_are_refused_like_what_is_written_out() -> None:
    document = 'query ($d: PartialDate) { entity(ref: "ann") { ... on Person { boardSeats(asOf: $d) { id } } } }'
    _, (error,) = answer(document, d="2011-13")
    assert error["code"] == "BAD_USER_INPUT"
    assert "no month 13" in error["message"]


def test_suggestions_and_candidates_are_told_by_id_name_and_kind() -> None:
    _, (unknown,) = answer('{ entity(ref: "Acmee") { id } }')
    assert unknown["suggestions"][0] == {"id": "acme", "name": "Acme", "kind": "COMPANY"}
    assert unknown["message"] == "No entity is called 'Acmee'. Did you mean Acme (company)?"
    _, (ambiguous,) = answer('{ entity(ref: "Mercury") { id } }')
    assert ambiguous["candidates"] == [
        {"id": "planet", "name": "Planet", "kind": "COMPANY"},
        {"id": "quick-silver", "name": "Quick Silver", "kind": "PERSON"},
    ]


def test_error_takes_the_field_that_can_be_null_and_leaves_its_neighbours() -> None:
    data, errors = answer(
        """{
          before: entity(ref: "ann") { name }
          unknown: entity(ref: "nobody at all") { name }
          same: paths(from: "ann", to: "ann") { complete }
          ask(question: "How is Ann connected to nobody at all?") { sentence }
          neighborhood(of: ["ann"], hops: 99) { complete }
          inside: entity(ref: "ann") { name relationships(first: -1) { totalCount } }
          after: dataset { version }
        }"""
    )
    assert data == {
        "before": {"name": "Ann"},
        "unknown": None,
        "same": None,
        "ask": None,
        "neighborhood": None,
        "inside": None,
        "after": {"version": "test"},
    }
    assert [(error["path"][0], error["code"]) for error in errors] == [
        ("unknown", "UNKNOWN_ENTITY"),
        ("same", "SAME_ENTITY"),
        ("ask", "UNKNOWN_ENTITY"),
        ("neighborhood", "BAD_USER_INPUT"),
        ("inside", "BAD_USER_INPUT"),
    ]


@pytest.mark.parametrize(
    "field", ["entities(first: -1) { totalCount }", 'search(text: "a", first: 101) { score }', f"nodes(ids: {['x'] * 101}) {{ id }}"]
)
def test_error_of_a_field_that_is_never_null_takes_the_data(field: str) -> None:
    data, (error,) = answer(f'{{ entity(ref: "ann") {{ name }} {field} }}'.replace("'", '"'))
    assert (data, error["code"]) == (None, "BAD_USER_INPUT")


def test_unforeseen_error_is_masked_with_a_number_and_leaves_its_neighbours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Engine(made(), PATIENT)
    monkeypatch.setattr(engine, "paths", lambda question: 1 / 0)
    with caplog.at_level(logging.ERROR, "interlock.schema"):
        data, (error,) = answer('{ paths(from: "ann", to: "acme") { complete } entity(ref: "ann") { name } }', Context(engine))
    assert data == {"paths": None, "entity": {"name": "Ann"}}
    assert (error["code"], "division" in error["message"]) == ("INTERNAL", False)
    assert error["requestId"] in caplog.text


def test_exceptions_of_the_domain_are_drawn_in_its_tree() -> None:
    module = Path(interlock.graph.__file__).with_name("errors.py")
    drawn = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert all(f"{kind.__name__} " in drawn and kind.code in drawn for kind in QuestionError.__subclasses__() if "code" in kind.__dict__)
