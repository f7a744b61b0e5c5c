from __future__ import annotations

import pytest
from graphql import GraphQLError, parse

from interlock.schema.operations import pick_operation


def picked(document: str, name: str | None = None) -> str:
    operation = pick_operation(parse(document), name)
    return operation.name.value if operation.name else ""


@pytest.mark.parametrize(
    ("document", "name", "found"),
    [("{ a }", None, ""), ("query A { a }", None, "A"), ("query A { a }", "", "A"), ("query A { a } query B { a }", "B", "B")],
)
def test_operation_is_the_one_of_that_name_or_the_only_one(document: str, name: str | None, found: str) -> None:
    assert picked(document, name) == found


@pytest.mark.parametrize(
    ("document", "name", "said"),
    [
        ("query A { a } query B { a }", None, "doesn't say which operation is meant. It has 'A', 'B'; give one as operationName"),
        ("query A { a } query B { a }", "C", "no operation called 'C'. It has 'A', 'B'; give one"),
        ("{ a }", "A", "no operation called 'A'. It has one without a name."),
        ("fragment F on Query { a }", None, "It has fragments only."),
    ],
)
def test_operation_that_is_not_there_is_refused_with_those_that_are(document: str, name: str | None, said: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        picked(document, name)
    assert said in caught.value.message
    assert caught.value.extensions == {"code": "OPERATION_RESOLUTION_FAILURE"}


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_operation_that_is_no_query_is_refused(kind: str) -> None:
    with pytest.raises(GraphQLError, match=f"the operation is a {kind}") as caught:
        picked(f"{kind} {{ __typename }}")
    assert caught.value.extensions == {"code": "GRAPHQL_VALIDATION_FAILED"}
