from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlock.server.graphql_request import GraphQLRequest, RequestError, read_body, read_link

LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=5)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6
)
NAMES = ("query", "documentId", "operationName", "variables", "extensions")


def test_body_and_link_ask_the_same() -> None:
    expected = GraphQLRequest("{ a }", None, "A", {"n": [1, None]})
    assert read_body(b'{"query": "{ a }", "operationName": "A", "variables": {"n": [1, null]}, "extensions": {"x": 1}}') == expected
    link = urlencode({"query": "{ a }", "operationName": "A", "variables": '{"n": [1, null]}', "extensions": '{"x": 1}', "utm": "x"})
    assert read_link(link.encode()) == expected


def test_what_is_null_or_empty_is_as_if_not_given() -> None:
    bare = GraphQLRequest("{ a }", None, None, {})
    assert read_body(b'{"query": "{ a }", "operationName": null, "variables": null, "extensions": null, "documentId": null}') == bare
    assert read_body(b'{"query": "{ a }", "operationName": ""}') == bare
    assert read_link(b"query=%7B+a+%7D&operationName=&variables=&extensions=null") == bare


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The body is empty"),
        (b"null", "The body is null; it must be a JSON object"),
        (b"1", "The body is 1;"),
        (b'"{ a }"', "it must be a JSON object"),
        (b"[]", "Batches are not answered"),
        (b'[{"query": "{ a }"}]', "Batches are not answered"),
        (b"{", "not JSON in UTF-8"),
        (b'{"query": NaN}', "not JSON"),
        (b'{"query": "\xff"}', "not JSON in UTF-8"),
        (b'{"query": "\\ud800"}', "not JSON in UTF-8"),
        ('{"query": "{ a }"}'.encode("utf-16"), "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "not JSON"),
        (b"{}", "There is no query. POST"),
        (b'{"qeury": "{ a }"}', 'There is no query. There is only: "qeury".'),
        (b'{"query": null}', "There is no query"),
        (b'{"query": ["{ a }"]}', 'query is ["{ a }"]; it must be a text'),
        (b'{"query": "{ a }", "documentId": "x"}', "Send one of them"),
        (b'{"documentId": 1}', "documentId is 1; it must be a text"),
        (b'{"query": "{ a }", "operationName": 1}', "operationName is 1"),
        (b'{"query": "{ a }", "variables": "{}"}', 'variables is "{}"; it must be a JSON object'),
        (b'{"query": "{ a }", "variables": []}', "variables is []"),
        (b'{"query": "{ a }", "variables": ' + b"[" * 900 + b"]" * 900 + b"}", "variables is nested too deeply to be shown"),
        (b'{"query": "{ a }", "extensions": false}', "extensions is false"),
    ],
)
def test_body_that_is_no_request_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_body(body)
    assert said in str(caught.value)
    assert (caught.value.status, caught.value.code) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (b"", "There is no query"),
        (b"query=", "There is no query"),
        (b"query=%7Ba%7D&query=%7Bb%7D", "gives query twice"),
        (b"query=%7Ba%7D&variables=%7B", "variables is not JSON"),
        (b"query=%7Ba%7D&variables=1", "variables is 1; it must be a JSON object"),
        (b"query=%7Ba%7D&extensions=%5B%5D", "extensions is []"),
        (b"query=%ff", "not in order"),
        (b"query=\xff", "not in order"),
        (b"&".join([b"a=1"] * 101), "not in order"),
    ],
)
def test_link_that_is_no_request_is_refused(link: bytes, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_link(link)
    assert said in str(caught.value)


def read_or_none(read: Callable[[bytes], GraphQLRequest], body: bytes) -> GraphQLRequest | None:
    """The request, or None if it is refused as it should be."""
    try:
        return read(body)
    except RequestError:
        return None


@given(st.binary() | JSON.map(orjson.dumps) | st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON)).map(orjson.dumps))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    for read in (read_body, read_link):
        request = read_or_none(read, body)
        if request is not None:
            assert isinstance(request.query if request.document_id is None else request.document_id, str)
            assert isinstance(request.variables, dict)
